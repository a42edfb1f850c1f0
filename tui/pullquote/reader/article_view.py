"""The article: the painted text with a cursor, a reading place and a selection in it.

The cursor is always inside a paragraph, at the start of a grapheme, and on the screen: however the
text is scrolled, the cursor comes along once it would leave, so that an act never falls on words
that the reader does not see.
"""

from bisect import bisect_right

from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.selection import Selection

from pullquote.reader.layout import Layout
from pullquote.reader.motions import graphemes, inside, sentence_starts
from pullquote.reader.painted_text import GUTTER, PaintedText
from pullquote.text import Span, Spans


class ArticleView(PaintedText):
    """Shows the text, scrolls it, and keeps the reader's place and selection in it."""

    # the mouse selects words here (tui/pullquote/reader/selectable.py), not cells as Textual's own
    # would
    ALLOW_SELECT = False

    class Resized(Message):
        """The text was wrapped anew."""

    def __init__(
        self, text: str, headings: Spans, column: int, place: int = 0, *, id: str | None = None
    ) -> None:
        super().__init__(text, headings, place, id=id)
        self._column = column
        self._return_to: int | None = place or None

    # --- the cursor

    @property
    def cursor(self) -> int:
        """Where the reader is: in a paragraph, at the start of a grapheme; 0 without a text."""
        return self._cursor

    @cursor.setter
    def cursor(self, offset: int) -> None:
        self._cursor = self.on_text(offset)

    def on_text(self, offset: int) -> int:
        """The place for a cursor at `offset`, or nearest to it."""
        offset = inside(self.paragraphs, offset)
        if self.text[offset : offset + 1].isascii():
            return offset
        start, end = self.wrapped.span(self.wrapped.line(offset))
        begins = [start + one[0] for one in graphemes(self.text[start:end])]
        return begins[bisect_right(begins, offset) - 1] if offset < end else offset

    def focus_on(self, spans: Spans, cursor: int | None = None) -> None:
        """Mark `spans` as current, with the cursor at `cursor` or their start, and show them."""
        old = self._dirty_lines()
        self.focus_spans = spans
        self.cursor = cursor if cursor is not None else spans[0][0]
        self._redraw_lines(old | self._dirty_lines())
        self.reveal((self.cursor, max(self.cursor + 1, spans[-1][1] if spans else self.cursor + 1)))

    def _dirty_lines(self) -> set[int]:
        if not self._layout:
            return set()
        lines = {line for span in self.focus_spans for line in self._layout.lines(span)}
        return lines | {self._layout.line(self.cursor)}

    # --- layout and scrolling

    def widen(self, column: int) -> None:
        """Set the text in a column of at most `column` cells."""
        self._column = column
        self._rewrap()

    def _rewrap(self) -> None:
        available = self.scrollable_content_region.width or self._column + GUTTER + 1
        width = max(10, min(self._column, available - GUTTER - 1))
        self._margin = max(0, (available - GUTTER - width) // 2)
        if self._layout is not None and self._layout.width == width:
            self._repaint()
            return
        self._return_to = self.place or None
        self._layout = Layout(self.text, self.paragraphs, width)
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
        top = self.wrapped.line(self.place)
        if not self.selecting:
            line = self.wrapped.line(self.cursor)
            top = min(max(top, line - self._height + 1), line)
        self.scroll_to(y=top, animate=False, immediate=True)
        self._return_to = None
        self.post_message(self.Resized())

    def reveal(self, span: Span) -> None:
        """Scroll, if need be, so that `span` is on screen with lines around it."""
        lines = self.wrapped.lines(span)
        top, height = self.scroll_offset.y, self.size.height
        if (
            lines[0] < top
            or lines[0] >= top + height
            or (lines[-1] >= top + height and len(lines) < height)
        ):
            self.scroll_to(y=max(0, lines[0] - height // 3), animate=False, immediate=True)

    def scroll_lines(self, count: int) -> None:
        """Scroll by `count` lines."""
        self.scroll_to(y=self.scroll_offset.y + count, animate=False, immediate=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """However the text is scrolled (keys, wheel, scroll bar), the cursor comes along."""
        super().watch_scroll_y(old_value, new_value)
        if self._layout and self._return_to is None and round(old_value) != round(new_value):
            self._take_cursor_along()

    @property
    def _height(self) -> int:
        return max(1, self.size.height)

    def watch_selecting(self, selecting: bool) -> None:
        """The cursor comes back on the screen when a selection has ended."""
        self._redraw_lines(self._dirty_lines())
        if not selecting and self._layout and self._return_to is None:
            self._take_cursor_along()

    def _take_cursor_along(self) -> None:
        top, line = self.scroll_offset.y, self.wrapped.line(self.cursor)
        if self.selecting or top <= line < top + self._height or not self.paragraphs:
            return
        old = self._dirty_lines()
        self.focus_spans = ()
        self.cursor = self.nearest_on_screen(upwards=line >= top)
        self._redraw_lines(old | self._dirty_lines())

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

    def on_resize(self, event: events.Resize) -> None:
        self._rewrap()
        if self._return_to is None:
            self._return()

    # --- selection: offsets of the text, in the screen's own selection, so that copying is shared

    def selected(self) -> Span | None:
        """The selected span, by mouse or keyboard."""
        selection = self.text_selection
        if selection is None:
            return None
        start = 0 if selection.start is None else selection.start.x
        end = len(self.text) if selection.end is None else selection.end.x
        return (start, min(end, len(self.text))) if end > start else None

    def select(self, span: Span) -> None:
        """Select `span`."""
        self.screen.selections = {self: Selection(Offset(span[0], 0), Offset(span[1], 0))}
        self.selection_updated(None)  # at once: Textual tells of it a frame later

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        start, end = self.selected() or (0, 0)
        return self.text[start:end], "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        old, new = self.chosen, self.selected()
        if old == new:
            return
        changed = ((old[0], new[0]), (old[1], new[1])) if old and new else filter(None, (old, new))
        lines = {line for one in changed for line in self.wrapped.lines((min(one), max(one)))}
        ends = {self.wrapped.line(place) for span in (old, new) if span for place in span}
        self._redraw_lines(lines | ends | {self.wrapped.line(self.cursor)})
        self.chosen = new
