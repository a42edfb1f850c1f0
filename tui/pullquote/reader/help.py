"""The keys by the place where they work, from the same declarations as the keys themselves."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from pullquote.actions import Action, key_names, keys_with
from pullquote.reader.dialogs import Dialog
from pullquote.reader.placing import Needs

_KEYS = 25  # cells of the first column
Rows = Sequence[tuple[str, str]]  # keys or signs, and what they do or mean
Section = tuple[str, Rows]  # under a heading

# What is no act of reading, and has no place in the keymap.
_ELSEWHERE: tuple[Section, ...] = (
    (
        "In a pane",
        (
            ("Enter", "Go to the place in the text"),
            ("j k ↓ ↑", "To the next row, the previous; the text follows"),
            ("Space ctrl+a", "In my notes: mark the row, or all, for t and x"),
            ("Esc", "Back to the text"),
        ),
    ),
    (
        "In a dialog",
        (
            ("letters", "Find in the list by beginnings of words, initials, or nearly so"),
            ("1 to 9", "Choose that row"),
            ("Enter ctrl+s", "Choose or save; in a note, Enter begins a new line"),
            ("f4", "In a note: write it in your own editor"),
            ("Esc", "Leave; where something was written, twice"),
        ),
    ),
    (
        "In the library",
        (
            ("words", "Find articles and notes with all of them"),
            ("site: tag: author: after:", "Only these, as in site:bbc after:2026-03"),
            ("unread", "Only what was never opened"),
            ("F2", "Sort by the next column; again: the next"),
            ("↓ Enter Esc", "Into the table; open; back to the article"),
        ),
    ),
)


class Help(Dialog[None]):
    """What the looks mean, and all keys by place; those that fit what is typed.

    It lies on the side of the line that the reader is on where there are more rows; where both are
    short, over it.
    """

    NEEDS = Needs(least=14, enough=1000)

    BINDINGS = [
        Binding("f1", "leave", "Leave", show=False),
        *(
            Binding(key, f"scroll_by({lines})", show=False)
            for key, lines in (("down", 1), ("up", -1), ("pagedown", 10), ("pageup", -10))
        ),
    ]

    def __init__(
        self,
        title: str,
        intro: Sequence[str],
        acts: Iterable[Action],
        keymap: Mapping[str, str],
        signs: Rows = (),
    ) -> None:
        super().__init__(title)
        self._intro = intro
        chosen = keys_with(keymap)
        self._sections: tuple[Section, ...] = (
            *(
                (group, [(key_names(chosen[one.id]), one.tooltip) for one in several])
                for group, several in groupby(acts, key=lambda act: act.group)
            ),
            *_ELSEWHERE,
            ("Signs", signs),
        )

    def compose(self) -> ComposeResult:
        yield self.box(
            Input(placeholder="type what you want to do"),
            VerticalScroll(Static(Content("\n".join(self._intro)), id="intro"), Static(id="keys")),
            hint="↓ ↑ PgDn PgUp scroll · letters find · Esc leaves",
        )

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).can_focus = False
        self._find("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._find(event.value)

    def _find(self, typed: str) -> None:
        """Show the rows that have all the words that are typed."""
        self.query_one("#intro").display = not typed.strip()
        words = typed.casefold().split()
        found = [
            (heading, [row for row in rows if _has(words, heading, *row)])
            for heading, rows in self._sections
        ]
        shown = [_table(heading, rows) for heading, rows in found if rows]
        nothing = Text("No key does that.")
        self.query_one("#keys", Static).update(Group(*shown) if shown else nothing)
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_scroll_by(self, lines: int) -> None:
        """Scroll the keys."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _has(words: Iterable[str], *parts: str) -> bool:
    text = " ".join(parts).casefold()
    return all(word in text for word in words)


def _table(heading: str, rows: Rows) -> Table:
    """Two columns under a heading; what is too long for the second goes on below in it."""
    table = Table(
        box=None, show_header=False, padding=(0, 1, 0, 0), title=Text(f"— {heading}", "bold")
    )
    table.title_justify = "left"
    table.add_column(width=_KEYS, overflow="fold")
    table.add_column(ratio=1)
    for keys, words in rows:
        table.add_row(Text(f"  {keys}", "bold"), Text(words))
    return table
