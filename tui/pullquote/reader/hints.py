"""Which keys the status line names: those that matter here, and always the one to all keys."""

from collections.abc import Iterable, Mapping

from pullquote.actions import READING, key_names, keys_with
from pullquote.kinds import KINDS

_PANES = tuple(action.id for action in READING if action.id.startswith("pane."))
_PANES_WORD = "panes"
# The acts that matter, by where the reader is, most important first; with the word that a hint has
# room for.
MOMENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "reading": (
        ("quote.next", "quote"),
        ("", _PANES_WORD),
        ("claim.next", "claim"),
        ("highlight", "highlight"),
    ),
    **{kind.layer: (*kind.hints, ("", _PANES_WORD)) for kind in KINDS},
    "match": (("quote.next", "next"), ("quote.previous", "previous"), ("cancel", "ends")),
    "pane": (("cancel", "text"), ("why", "why?"), ("highlight", "highlight")),
    "selected": (
        ("highlight", "highlight"),
        ("note.write", "note"),
        ("correct", "add"),
        ("cancel", "ends"),
        ("copy", "copy"),
        ("tag", "tag"),
        ("select", "change"),
    ),
    "selecting": (
        ("selecting.take", "highlight"),
        ("note.write", "note"),
        ("correct", "add"),
        ("cancel", "ends"),
        ("copy", "copy"),
        ("tag", "tag"),
        ("selecting.swap", "other end"),
    ),
    "taking": (
        ("selecting.take", "takes it"),
        ("cancel", "drops it"),
        ("selecting.swap", "other end"),
    ),
}
_ALWAYS = ("help", "keys")


class Hints:
    """What the status line says of keys, with those that the reader has chosen."""

    def __init__(self, keymap: Mapping[str, str]) -> None:
        self._keys = {identity: _first(keys) for identity, keys in keys_with(keymap).items()}
        self._said = {
            moment: tuple(self._hints((*acts, _ALWAYS))) for moment, acts in MOMENTS.items()
        }

    def at(self, moment: str) -> tuple[str, ...]:
        """The hints for where the reader is; the last is for all keys."""
        return self._said[moment]

    def _hints(self, acts: Iterable[tuple[str, str]]) -> Iterable[str]:
        for identity, word in acts:
            key = self._keys[identity] if identity else self._of_the_panes()
            if key:
                yield f"{key} {word}"

    def _of_the_panes(self) -> str:
        keys = [self._keys[one] for one in _PANES if self._keys[one]]
        together = len(keys) > 2 and "".join(keys) in "123456789"
        return f"{keys[0]}–{keys[-1]}" if together else " ".join(keys)


def _first(keys: str) -> str:
    return key_names(keys).partition(" ")[0]
