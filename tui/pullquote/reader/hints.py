"""Which keys the bar names: those that matter here, and always the one to all keys."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pullquote.actions import READING, SELECTING, key_names, keys_with
from pullquote.kinds import EVERY_KIND, PANES

_PANES = tuple(f"pane.{pane.name}" for pane in PANES if pane.titles is None)
_PANES_WORD = "panes"
_ALWAYS = "help"
_PAGE = "speaker"
_MARKING = ("note.write", "correct=add", "cancel=end", "copy", "tag")
# The acts that matter, by where the reader is, most important first. What an act is called here
# stands behind a "=", where that is not what it is called anywhere else.
MOMENTS: dict[str, tuple[str, ...]] = {
    "reading": ("quote.next", "claim.next", _PANES_WORD, "warning.next", "search", "library"),
    "analysing": ("analysis.cancel=stop", "search", "text.only", "library"),
    **{
        kind.layer: (f"{kind.layer}.next", *kind.hints, "why", "repeat", _PANES_WORD)
        for kind in EVERY_KIND
    },
    **{
        # where Enter leads to the place in the text
        f"{kind.plural} pane": (
            "cancel=text",
            *(one for one in kind.hints if one != _PAGE),
            "why",
            "focus.next",
        )
        for kind in EVERY_KIND
    },
    "cast": ("cancel=text", _PAGE, "mention.next", "filter.actor", "correct", "why", "focus.next"),
    "pane": ("cancel=text", "focus.next", "filter.clear"),
    "match": ("quote.next=next", "quote.previous=previous", "cancel=end search", "search=anew"),
    "selected": ("highlight", *_MARKING, "select=change"),
    "selecting": ("selecting.take=highlight", *_MARKING, "selecting.swap=other end"),
    "taking": ("selecting.take=take it", "cancel=drop it", "selecting.swap=other end"),
}


class Hint(NamedTuple):
    """A key with the word for what it does, and the act that a click on it does."""

    key: str
    word: str
    act: str


class Hints:
    """What the bar says of keys, with those that the reader has chosen."""

    def __init__(self, keymap: Mapping[str, str]) -> None:
        self._keys = {identity: _first(keys) for identity, keys in keys_with(keymap).items()}
        self._said = {
            moment: tuple(self._hints((*acts, _ALWAYS))) for moment, acts in MOMENTS.items()
        }

    def at(self, moment: str) -> Sequence[Hint]:
        """The hints for where the reader is; the last is for all keys."""
        return self._said[moment]

    def key(self, act: str) -> str:
        """The key of an act."""
        return self._keys[act]

    def _hints(self, acts: Iterable[str]) -> Iterable[Hint]:
        for one in acts:
            identity, _, word = one.partition("=")
            hint = (
                Hint(self._of_the_panes(), _PANES_WORD, "focus.next")
                if identity == _PANES_WORD
                else Hint(self._keys[identity], word or _WORDS[identity], identity)
            )
            if hint.key:
                yield hint

    def _of_the_panes(self) -> str:
        keys = [self._keys[one] for one in _PANES if self._keys[one]]
        together = len(keys) > 2 and "".join(keys) in "123456789"
        return f"{keys[0]}–{keys[-1]}" if together else " ".join(keys)


_WORDS = {act.id: act.word for act in (*READING, *SELECTING)}


def _first(keys: str) -> str:
    return key_names(keys).partition(" ")[0]
