"""A quotation or a claim and the same in other articles, side by side."""

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pullquote.notes.changes import Piece
from pullquote.reader.dialogs import Dialog
from pullquote.reader.diff import STYLES
from pullquote.reader.questions import There
from pullquote.reader.row_list import Rows

_HINT = "j and k choose a place · Enter goes there · space scrolls · Esc leaves"


class SideBySide(Dialog[int]):
    """The places, and the words of the one that is chosen beside those here.

    Answers with the number of the place to go to.
    """

    BINDINGS = [
        Binding("Q,q", "leave", "Leave", show=False),
        Binding("j", "move('cursor_down')", show=False),
        Binding("k", "move('cursor_up')", show=False),
        Binding("space", "scroll_on", show=False),
    ]

    def __init__(self, title: str, speaker: str, places: Sequence[There]) -> None:
        super().__init__(title)
        self._places, self._speaker = places, speaker

    def compose(self) -> ComposeResult:
        yield self.box(
            Rows(*(Option(_row(place)) for place in self._places)),
            VerticalScroll(
                Horizontal(Static(classes="here"), Static(classes="there")), can_focus=False
            ),
            hint=_HINT,
        )

    def on_mount(self) -> None:
        self.query_one(Rows).highlighted = 0

    @on(OptionList.OptionHighlighted)
    def _show(self, event: OptionList.OptionHighlighted) -> None:
        place = self._places[event.option_index]
        for where, speaker, pieces, known in zip(
            ("here", "there"),
            (self._speaker, place.speaker),
            place.sides,
            place.known,
            strict=True,
        ):
            side = _side(where.capitalize(), speaker, pieces, known)
            self.query_one(f".{where}", Static).update(side)
        self.query_one(VerticalScroll).scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    async def action_move(self, how: str) -> None:
        """Move in the list."""
        await self.query_one(Rows).run_action(how)

    def action_scroll_on(self) -> None:
        """Show more of the words."""
        words = self.query_one(VerticalScroll)
        words.scroll_relative(y=max(1, words.size.height - 1), animate=False)


def _row(place: There) -> Content:
    """What is said there to what is said here, where that is, and when."""
    return Content.assemble((place.remark, "bold"), "  ", place.outlet, "  ", (place.title, "dim"))


def _side(where: str, speaker: str, pieces: Iterable[Piece], known: str) -> Content:
    styled = (((words, STYLES[how]) if STYLES[how] else words) for how, words in pieces)
    below = ("\n", (known, "dim")) if known else ()
    return Content.assemble((f"{where}: ", "dim"), (speaker, "bold"), "\n", *styled, *below)
