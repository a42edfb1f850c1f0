"""The keys that work where the reader is, from the same declarations as the keys themselves."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from tui.screens.actions import Action
from tui.screens.dialogs import Page

_NAMES = {
    "asterisk": "*", "number_sign": "#", "slash": "/", "question_mark": "?", "colon": ":", "minus": "-", "plus": "+",
    "equals_sign": "=", "left_curly_bracket": "{", "right_curly_bracket": "}", "left_parenthesis": "(",
    "right_parenthesis": ")", "escape": "Esc", "pagedown": "PgDn", "pageup": "PgUp", "down": "↓", "up": "↑", "left": "←",
    "right": "→", "enter": "Enter", "delete": "Del", "backspace": "Backspace", "home": "Home", "end": "End",
    "space": "Space", "full_stop": ".", "left_square_bracket": "[", "right_square_bracket": "]",
}  # fmt: skip


def key_names(keys: str) -> str:
    """Keys as a reader knows them: `left_parenthesis,alt+left` is `( alt+←`."""
    return " ".join("+".join(_NAMES.get(part, part) for part in key.split("+")) for key in keys.split(",") if key)


def hint(actions: Iterable[Action], keymap: Mapping[str, str]) -> str:
    """The most used acts with their first keys, on one line, help first."""
    shown = sorted((a for a in actions if a.shown), key=lambda a: a.id != "help")
    keys = {a.id: key_names(keymap.get(a.id, a.keys)).partition(" ")[0] for a in shown}
    return " · ".join(f"{keys[a.id]} {a.label.lower()}" for a in shown if keys[a.id])


class Help(Page):
    """All keys of a place, by group."""

    BINDINGS = [Binding("question_mark,f1", "leave", "Leave", show=False)]

    def __init__(self, title: str, actions: Iterable[Action], keymap: Mapping[str, str], intro: str) -> None:
        super().__init__(title)
        self._lines = _table(actions, keymap, intro)

    def compose(self) -> ComposeResult:
        yield self.page(Static(self._lines))


def _table(actions: Iterable[Action], keymap: Mapping[str, str], intro: str) -> Content:
    parts: list[str | tuple[str, str]] = [intro]
    for group, ones in groupby(actions, key=lambda action: action.group):
        parts += ["\n\n", (group, "bold underline")]
        for action in ones:
            keys = key_names(keymap.get(action.id, action.keys))
            parts += ["\n  ", (f"{keys:<22}", "bold"), f" {action.tooltip}"]
    return Content.assemble(*parts)
