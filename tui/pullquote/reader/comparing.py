"""A quotation and the same words in other articles, side by side."""

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pullquote.library.elsewhere import Place, When
from pullquote.notes.changes import Piece
from pullquote.reader.dialogs import Dialog
from pullquote.reader.diff import STYLES
from pullquote.reader.row_list import Rows
from pullquote.reader.standing import outlet
from pullquote.reader.wording import plural

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

    def __init__(self, places: Sequence[Place], speaker: str) -> None:
        super().__init__(f"The same words in {plural(len(places), 'other place')}")
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
        here, there = place.collation.sides
        self.query_one(".here", Static).update(_side("Here", self._speaker, here))
        self.query_one(".there", Static).update(_side("There", place.speaker, there))
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


def _row(place: Place) -> Content:
    """What the words are there, where that is, and when."""
    known = (
        place.collation.remark,
        f"said by {place.speaker}" if place.is_another else "",
        place.when if place.when is not When.SAME_DAY else "",
    )
    return Content.assemble(
        (" · ".join(filter(None, known)), "bold"), "  ", outlet(place), "  ", (place.title, "dim")
    )


def _side(where: str, speaker: str, pieces: Iterable[Piece]) -> Content:
    styled = (((words, STYLES[how]) if STYLES[how] else words) for how, words in pieces)
    return Content.assemble((f"{where}: ", "dim"), (speaker, "bold"), "\n", *styled)
