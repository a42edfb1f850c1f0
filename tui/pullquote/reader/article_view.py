"""The article: the painted text with a reading place in it, and where the reader is.

Where that is, is the session's to say: the view paints its `position` and brings the cursor on the
screen. However the text is scrolled, it tells where a cursor that has left the screen has to go, so
that an act never falls on words that the reader does not see.
"""

from collections.abc import Sequence

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var

from pullquote.article import Article
from pullquote.reader.filters import VisibleMarks
from pullquote.reader.head import facts, head
from pullquote.reader.layout import Layout
from pullquote.reader.motions import sentence_starts
from pullquote.reader.overview import line_at
from pullquote.reader.painted_text import MARGIN, OVERVIEW, PaintedText
from pullquote.reader.position import Position, lines_between
from pullquote.reader.searching import NOTHING, Search
from pullquote.reader.styling import GUTTER
from pullquote.settings import Settings
from pullquote.text import Span

FRAME = GUTTER + MARGIN + OVERVIEW  # cells beside the column
_COLUMN = (40, 120)  # cells
_BESIDE = {False: 36, True: 64}  # cells that panes have at least, and with them the rail


class ArticleView(PaintedText):
    """Shows the text, scrolls it, and keeps the reader's place in it."""

    # the mouse selects words here (tui/pullquote/reader/selectable.py), not cells as Textual's own
    # would
    ALLOW_SELECT = False
    marks: var[VisibleMarks | None] = var(None, init=False)
    search: var[Search] = var(NOTHING, init=False)
    analysed: var[float | None] = var(None, init=False)  # the share, while the analysis runs

    class Resized(Message):
        """The text was wrapped anew."""

    def __init__(
        self,
        article: Article,
        paragraphs: Sequence[Span],
        settings: Settings,
        position: Position,
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(article, paragraphs, settings.verdicts, id=id)
        self._article = article
        self._column = settings.column
        self._is_chosen = False  # by the reader, on this screen
        self._facts = ""
        self._return_to: int | None = position.top or None
        self.set_reactive(ArticleView.position, position)

    # --- what lies over the text

    def watch_marks(self, marks: VisibleMarks | None) -> None:
        """Paint these marks, and no others, and say above the text how many there are."""
        if marks is not None:
            self._facts = facts(len(self.text), marks.counts())
            self._head = head(self._article, self._facts, self.wrapped.width, self.analysed)
            self.overlay(marks)

    def watch_analysed(self, analysed: float | None) -> None:
        """Show on the rule above the text how far the analysis is."""
        self._head = head(self._article, self._facts, self.wrapped.width, analysed)
        self._redraw_lines(range(self.wrapped.head))

    def watch_search(self, search: Search) -> None:
        """Paint what was found."""
        self.find(search.matches)

    # --- where the reader is

    def watch_position(self, old: Position, new: Position) -> None:
        """Paint the new one in the place of the old, and bring it on the screen."""
        if old is new:
            return
        self._redraw_lines(lines_between(self.wrapped, old, new))
        if new.top is not None:
            self.scroll_to(y=self.wrapped.top(new.top), animate=False, immediate=True)
        elif new.follows:
            end = new.focus[-1][1] if new.focus and not new.selecting else 0
            self.reveal((new.cursor, max(new.cursor + 1, end)))

    @property
    def shows_cursor(self) -> bool:
        """Whether the cursor is on the screen."""
        top = self.scroll_offset.y
        return top <= self.wrapped.line(self.cursor) < top + self._height

    def strayed(self) -> int | None:
        """Where a cursor that is not on the screen has to go; None for one that may stay."""
        stays = self.position.selecting or self._return_to is not None or not self.paragraphs
        if stays or self.shows_cursor:
            return None
        above = self.wrapped.line(self.cursor) < self.scroll_offset.y
        return self.nearest_on_screen(upwards=not above)

    # --- layout and scrolling

    def widen(self, count: int) -> int:
        """Set the text in a column that is `count` cells wider; how wide it then may be."""
        low, high = _COLUMN
        self._column = max(low, min(high, self.wrapped.width + count))
        self._is_chosen = True
        self._take_room()
        self._rewrap()
        return self._column

    def _take_room(self) -> None:
        """Let panes beside the text have what a chosen column leaves, but some at least."""
        beside = not self.screen.has_class("-narrow") and not self.screen.has_class("-text-only")
        room = self.screen.size.width - _BESIDE[self.screen.has_class("-vast")]
        width = min(self._column + FRAME, room) if self._is_chosen and beside else None
        self.styles.width = self.styles.min_width = self.styles.max_width = width

    @property
    def _room(self) -> tuple[int, int]:
        """The cells there are for the text, and those that its lines take."""
        available = self.scrollable_content_region.width or self._column + FRAME
        return available, max(10, min(self._column, available - FRAME))

    @property
    def is_wrapped(self) -> bool:
        """Whether the lines are those of the present size, which comes before its event."""
        return self._layout is not None and self._layout.width == self._room[1]

    def _rewrap(self) -> None:
        available, width = self._room
        self._margin = max(0, (available - FRAME - width) // 2)
        if self._layout is not None and self._layout.width == width:
            self._repaint()
            return
        self._return_to = self.place or None
        self._head = head(self._article, self._facts, width, self.analysed)
        over, under = map(len, self._head)
        self._layout = Layout(self.text, self.paragraphs, width, over, under, self._typeset)
        self.virtual_size = Size(available, len(self._layout) + 1)
        self._repaint()
        if self.is_attached:
            self.call_after_refresh(self._return)
        self.post_message(self.Resized())

    @property
    def place(self) -> int:
        """The offset of the first line on screen: the reading place."""
        if self._return_to is not None:
            return self._return_to
        if not self._layout:
            return 0
        return (
            self._layout.starts[min(self.scroll_offset.y, len(self._layout) - 1)]
            if len(self._layout)
            else 0
        )

    def _return(self) -> None:
        """Scroll back to the reading place after wrapping or resizing, the cursor in view."""
        top = self.wrapped.top(self.place)
        if not self.position.selecting:
            line = self.wrapped.line(self.cursor)
            top = min(max(top, line - self._height + 1), line)
        self.scroll_to(y=top, animate=False, immediate=True)
        self._return_to = None
        self.post_message(self.Resized())

    def reveal(self, span: Span) -> None:
        """Scroll, if need be, so that `span` is on screen with lines around it."""
        lines = self.wrapped.lines(span)
        if lines[-1] <= self.wrapped.head < self._height:  # what stands above it is seen, too
            lines = range(lines[-1] + 1)
        top, height = self.scroll_offset.y, self.size.height
        if (
            lines[0] < top
            or lines[0] >= top + height
            or (lines[-1] >= top + height and len(lines) < height)
        ):
            self.scroll_to(y=max(0, lines[0] - height // 3), animate=False, immediate=True)

    def seek(self, row: int) -> None:
        """Scroll to the lines that a row of the overview stands for."""
        line = line_at(row, self._height, len(self.wrapped))
        self.scroll_to(y=max(0, line - self._height // 2), animate=False, immediate=True)

    def scroll_lines(self, count: int) -> None:
        """Scroll by `count` lines."""
        self.scroll_to(y=self.scroll_offset.y + count, animate=False, immediate=True)

    @property
    def _height(self) -> int:
        return max(1, self.size.height)

    @property
    def shown(self) -> Span:
        """What is on the screen: from the start of its first line to the end of its last."""
        lines = len(self.wrapped)
        bottom = min(lines, max(1, self.scroll_offset.y + self.size.height))
        return self.place, self.wrapped.ends[bottom - 1] if lines else 0

    @property
    def share(self) -> float:
        """How much of the text is on the screen or above it, 0 to 1."""
        lines, bottom = len(self.wrapped), self.scroll_offset.y + self.size.height
        return min(1.0, bottom / lines) if lines else 1.0

    def region_of(self, span: Span) -> Region | None:
        """The cells of the screen that the lines of `span` have; None where they are not on it."""
        top, lines = self.scroll_offset.y, self.wrapped.lines(span)
        first, end = max(lines.start, top), min(lines.stop, top + self._height)
        if first >= end:
            return None
        x, y = self.region.offset
        left = self._margin + GUTTER
        return Region(x + left, y + first - top, self.wrapped.width, end - first)

    def line_away(self, count: int) -> int:
        """The place for the cursor `count` lines (1 or -1) away, blank ones left out."""
        line = self.wrapped.line(self.cursor)
        column = self.cursor - self.wrapped.starts[line] if len(self.wrapped) else 0
        while 0 <= line + count < len(self.wrapped):
            line += count
            start, end = self.wrapped.span(line)
            if end > start:
                return min(start + column, end - 1)
        return self.cursor

    def nearest_on_screen(self, upwards: bool) -> int:
        """Where the first sentence on the screen begins, the last for `upwards`; else a line."""
        top, last = self.scroll_offset.y, len(self.wrapped) - 1
        shown = [
            self.wrapped.span(line)
            for line in range(min(top, last), min(top + self._height, last + 1))
        ]
        shown = [(start, end) for start, end in shown if end > start] or [self.wrapped.span(last)]
        starts = sentence_starts(self.text, self.paragraphs, (shown[0][0], shown[-1][1]))
        places = starts or [shown[-1 if upwards else 0][0]]
        return places[-1 if upwards else 0]

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Wrap the text before it is painted in a new size: the event for that comes behind."""
        is_new = super()._size_updated(size, virtual_size, container_size, layout)
        if is_new and self._layout is not None and not self.is_wrapped:
            self._rewrap()
        return is_new

    def on_resize(self, event: events.Resize) -> None:
        if self._is_chosen:
            self._take_room()
        self._rewrap()
        if self._return_to is None:
            self._return()


def rename(view: ArticleView, article: Article) -> None:
    """Show above the text what is known of the article now."""
    if article is not view._article:
        view._article, view._return_to, view._layout = article, view.place or None, None
        view._rewrap()
