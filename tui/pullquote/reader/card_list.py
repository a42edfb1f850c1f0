"""A list of cards, the current one of which is open: Textual's list with lines of its own.

Textual's measures all its rows when one of them becomes higher, and here each key opens another.
"""

from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widgets.option_list import Option

from pullquote.reader.card import Card
from pullquote.reader.heights import Heights
from pullquote.reader.row_list import Rows

_LINES = 3  # of most cards
_CACHED = 400  # cards that are painted again as they were
_OPTION = "option-list--option"
_HERE, _HOVERED = "option-list--option-highlighted", "option-list--option-hover"


class CardList(Rows):
    """Cards of two or three lines each; the highlighted one is as high as it needs."""

    def __init__(self, *, id: str, classes: str = "") -> None:
        # first, since Textual's list asks for its lines while it is made
        self.cards: list[Card] = []
        self._places, self._measured = Heights(), 0  # where each has so many cells
        self._opened: list[Content] = []  # the lines of the highlighted one
        self._strips: LRUCache[tuple[int, bool, Style], list[Strip]] = LRUCache(_CACHED)
        super().__init__(lines=_LINES, id=id, classes=classes)

    def show_cards(self, cards: list[Card]) -> None:
        """List these instead of what was listed."""
        self.cards = cards
        self.clear_options()
        self.add_options([Option(card) for card in cards])

    def add_cards(self, cards: list[Card]) -> None:
        """List these behind what is listed."""
        self.cards += cards
        self._measured = 0
        self.add_options([Option(card) for card in cards])

    def paint_anew(self) -> None:
        """Some cards look otherwise, and are as high as before."""
        self._strips.clear()
        self.refresh()

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Open the card that is highlighted, and have it on the screen."""
        if self.cards:
            self._open(highlighted)
        super().watch_highlighted(highlighted)

    def _open(self, number: int | None) -> None:
        if self._measured:
            self._opened = [] if number is None else self._lines_of(number, is_open=True)
            self._places.open(number, len(self._opened))
            self._tell_size()

    def _lines_of(self, number: int, is_open: bool) -> list[Content]:
        card, width = self.cards[number], self._measured
        return card.opened(width, self.size.height) if is_open else card.closed(width)

    def _tell_size(self) -> None:
        last = len(self._places) - self.size.height  # that is the first on the screen
        size = Size(self._measured, len(self._places) + max(0, self._places.aligned(last) - last))
        if size != self.virtual_size:
            # not assigned, which would lay out the whole screen anew: the list stays where it is
            self.set_reactive(CardList.virtual_size, size)
            self._scroll_update(size)

    def on_resize(self) -> None:
        """The highlighted card stays on the screen."""
        self.scroll_to_highlight()

    # --- in the place of Textual's

    def clear_options(self) -> "CardList":
        self._strips.clear()
        self._places, self._measured = Heights(), 0
        super().clear_options()
        return self

    def _clear_caches(self) -> None:
        self._strips.clear()
        self._measured = 0
        super()._clear_caches()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line where the list has no room, as while the terminal becomes narrow."""
        return super().get_content_height(container, viewport, width) if self._fits(width) else 1

    def _fits(self, width: int) -> bool:
        """Whether a word can be shown in so many cells; Textual fails to wrap one in none."""
        return width > self.get_component_styles(_OPTION).padding.width

    def _update_lines(self) -> None:
        width = self.scrollable_content_region.width
        if not self.cards:
            if self._fits(width):
                super()._update_lines()
        elif width and width != self._measured and self.option_count:
            self._strips.clear()
            self._measured = width
            self._places = Heights(card.height(width) for card in self.cards)
            self._open(self.highlighted)
            self._tell_size()

    def render_line(self, y: int) -> Strip:
        if not self.cards:
            return super().render_line(y)
        try:
            number, line = self._places.at(self.scroll_offset.y + y)
        except IndexError:
            return Strip.blank(self.size.width, self.get_visual_style(_OPTION).rich_style)
        is_open = number == self.highlighted
        hovered = (_HOVERED,) if self._mouse_hovering_over == number else ()
        style = self.get_visual_style(_OPTION, *((_HERE,) if is_open else hovered))
        return self._painted(number, is_open, style)[line]

    def _painted(self, number: int, is_open: bool, style: Style) -> list[Strip]:
        key = number, is_open, style
        strips = self._strips.get(key)
        if strips is None:
            lines = self._opened if is_open else self._lines_of(number, is_open=False)
            strips = [
                strip.extend_cell_length(self._measured, style.rich_style).apply_meta(
                    {"option": number}
                )
                for strip in Visual.to_strips(
                    self, Content("\n").join(lines), self._measured, None, style
                )
            ]
            self._strips[key] = strips
        return strips

    def scroll_to_highlight(self, top: bool = False) -> None:
        number = self.highlighted
        if number is None or not self.is_mounted or not self.cards:
            return
        self._update_lines()
        if not self._measured:
            return
        first, end = self._places.top(number), self._places.top(number + 1)
        at, most = self.scroll_offset.y, end - self.size.height
        if first < at or at < most:
            # no card is cut at the top
            to = first if first < at else min(first, self._places.aligned(most))
            self.scroll_to(y=to, force=True, animate=False, immediate=True)
