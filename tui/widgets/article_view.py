"""The article: one column of text with everything that lies over it.

A `ScrollView` over the line API. The text is wrapped once a width; each line's strip is built when it is first shown and
kept until something on that line changes, so that a key press costs what it changes and not what the article is long.
Segments carry `(offset, 0)` as their meta offset: a selection is thus in the text's own coordinates and survives a resize.

The cursor is always inside a paragraph, at the start of a grapheme, and on the screen: however the text is scrolled, the
cursor comes along once it would leave, so that an act never falls on words that the reader does not see.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from tui.text import Span, Spans, paragraphs
from tui.widgets import painting
from tui.widgets.layout import Layout
from tui.widgets.marks import Layer, Mark, by_paragraph
from tui.widgets.motions import graphemes, inside, sentence_starts

GUTTER = 4  # cells: the cursor, a warning or note, a quote, a space
_CACHED_LINES = 2048
_SHOWN = str.maketrans("\t\n", "  ")  # one for one: a line end inside a hard-wrapped paragraph is a space


class ArticleView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows the text, scrolls it, marks it, and paints what is selected of it."""

    ALLOW_SELECT = False  # the mouse selects words here (tui/widgets/selectable.py), not cells as Textual's own would
    COMPONENT_CLASSES = {*painting.COMPONENTS.values(), "article--gutter-quote", "article--gutter-warning"} | {
        "article--gutter-note",
        "article--gutter-cursor",
    }

    class Resized(Message):
        """The text was wrapped anew."""

    selecting: var[bool] = var(False)  # by keyboard: the motions move an end of the selection
    chosen: var[Span | None] = var(None)  # what is selected, as last painted

    def __init__(self, text: str, headings: Spans, column: int, place: int = 0, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = text
        self.paragraphs = paragraphs(text)
        self._headings = headings
        self._column = column
        self._layout: Layout | None = None
        self._margin = 0
        self._spans: list[list[tuple[Span, int]]] = [[] for _ in self.paragraphs]
        self._matches: Spans = ()
        self.focus_spans: Spans = ()  # what the reader is on
        self._cursor = inside(self.paragraphs, max(0, place))
        self._return_to: int | None = place or None
        self._strips: LRUCache[int, Strip] = LRUCache(_CACHED_LINES)
        self._styles: dict[int, Style] = {}
        self._gutter_styles: dict[str, Style] = {}
        self._base: Style | None = None

    # --- what lies over the text

    def overlay(self, layers: Mapping[Layer, Sequence[Mark]], furniture: Spans) -> None:
        """Paint these marks, and no others, over the text."""
        spans = [(span, painting.FURNITURE) for span in furniture]
        spans += [(span, painting.HEADING) for span in self._headings]
        for ones in layers.values():
            for mark in ones:
                bits = painting.bits_of(mark)
                spans.extend((span, bits) for span in mark.spans)
        self._spans = by_paragraph(spans, self.paragraphs)
        self._repaint()

    def find(self, matches: Spans) -> None:
        """Show these matches of a search; they are sorted. The one that the reader is on is told apart."""
        self._matches = matches
        self._repaint()

    @property
    def cursor(self) -> int:
        """Where the reader is: inside a paragraph, at the start of a grapheme; 0 where there is no text."""
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
        """Mark `spans` as what the reader is on, with the cursor at `cursor` or their start, and bring them on screen."""
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

    def _redraw_lines(self, lines: Iterable[int]) -> None:
        top, height = self.scroll_offset.y, self.size.height
        for line in lines:
            self._strips.discard(line)
            if top <= line < top + height:
                self.refresh_line(line)

    def _repaint(self) -> None:
        self._strips.clear()
        self.refresh()

    # --- layout and scrolling

    @property
    def wrapped(self) -> Layout:
        """The lines at the present width."""
        if self._layout is None:
            self._rewrap()
        assert self._layout is not None
        return self._layout

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
        return self._layout.starts[min(self.scroll_offset.y, len(self._layout) - 1)] if len(self._layout) else 0

    def _return(self) -> None:
        """Scroll back to the reading place after the text was wrapped or the screen resized; the cursor stays in view."""
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
        if lines[0] < top or lines[0] >= top + height or (lines[-1] >= top + height and len(lines) < height):
            self.scroll_to(y=max(0, lines[0] - height // 3), animate=False, immediate=True)

    def scroll_lines(self, count: int) -> None:
        """Scroll by `count` lines."""
        self.scroll_to(y=self.scroll_offset.y + count, animate=False, immediate=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """By whatever the text is scrolled (keys, the wheel, the scroll bar), the cursor comes along."""
        super().watch_scroll_y(old_value, new_value)
        if self._layout and self._return_to is None and round(old_value) != round(new_value):
            self._take_cursor_along()

    @property
    def _height(self) -> int:
        return max(1, self.size.height)

    def watch_selecting(self, selecting: bool) -> None:
        """A selection may be scrolled off the screen; when it is done with, the cursor comes back on it."""
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
        """Where the first sentence begins that begins on the screen, or the last for `upwards`; else the first line there."""
        top, last = self.scroll_offset.y, len(self.wrapped) - 1
        shown = [self.wrapped.span(line) for line in range(min(top, last), min(top + self._height, last + 1))]
        shown = [(start, end) for start, end in shown if end > start] or [self.wrapped.span(last)]
        starts = sentence_starts(self.text, self.paragraphs, (shown[0][0], shown[-1][1]))
        places = starts or [shown[-1 if upwards else 0][0]]
        return places[-1 if upwards else 0]

    def on_resize(self, event: events.Resize) -> None:
        self._rewrap()
        if self._return_to is None:
            self._return()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()
        self._gutter_styles.clear()
        self._base = None
        self._strips.clear()

    # --- painting

    @property
    def base(self) -> Style:
        """The style of plain text; looking it up is dear, so it is kept."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def _style(self, bits: int) -> Style:
        style = self._styles.get(bits)
        if style is None:
            style = self.base
            for bit, name in painting.COMPONENTS.items():
                if painting.is_on(bit, bits):
                    style += self._component(name)
            self._styles[bits] = style
        return style

    def _component(self, name: str) -> Style:
        """What a component class adds; its translucent colours are laid over the text's own."""
        style = self.get_component_rich_style(name, partial=True)
        ground, background = self.background_colors[1], self.get_component_styles(name).background
        if background.a:
            style += Style(bgcolor=(ground + background).rich_color)
        color = self.get_component_styles(name).color
        if 0 < color.a < 1:
            style += Style(color=(ground + color).rich_color)
        return style

    def _gutter(self, name: str) -> Style:
        if name not in self._gutter_styles:
            self._gutter_styles[name] = self.base + self.get_component_rich_style(
                f"article--gutter-{name}", partial=True
            )
        return self._gutter_styles[name]

    def render_line(self, y: int) -> Strip:
        """The strip of the line that is `y` lines below the top of the screen."""
        line = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if self._layout is None or line >= len(self._layout):
            return Strip.blank(width, self.base)
        strip = self._strips.get(line)
        if strip is None:
            strip = self._strips[line] = self._build(line, width)
        return strip

    def _build(self, line: int, width: int) -> Strip:
        start, end = self.wrapped.span(line)
        marks = self._marks(line, start, end)
        segments = [Segment(" " * self._margin, self.base), *self._gutter_segments(line, marks)]
        cuts = sorted({start, end, *(max(start, s) for (s, _), _ in marks), *(min(end, e) for (_, e), _ in marks)})
        for left, right in pairwise(cuts):
            style = self._style(painting.laid_over(marks, left, right)) + Style.from_meta({"offset": (left, 0)})
            segments.append(Segment(self.text[left:right].translate(_SHOWN), style))
        used = sum(cell_len(segment.text) for segment in segments)
        if used < width:
            segments.append(Segment(" " * (width - used), self.base))
        strip = Strip(segments, max(used, width))
        return strip if used <= width else strip.crop(0, width)

    def _marks(self, line: int, start: int, end: int) -> list[tuple[Span, int]]:
        here = [one for one in self._spans[self.wrapped.paragraph(line)] if one[0][0] < end and one[0][1] > start]
        here += [((s, e), painting.FOCUS) for s, e in self.focus_spans if s < end and e > start]
        first = bisect_left(self._matches, start, key=lambda match: match[1])
        for match in self._matches[first:]:
            if match[0] >= end:
                break
            here.append((match, painting.CURRENT_MATCH if match in self.focus_spans else painting.MATCH))
        if selected := self.selected():
            here += [(selected, painting.SELECTED)] if selected[0] < end and selected[1] > start else []
        if self.selecting and start <= self.cursor < end:
            here.append(((self.cursor, self.cursor + 1), painting.CARET))
        return here

    def _gutter_segments(self, line: int, marks: list[tuple[Span, int]]) -> list[Segment]:
        bits = 0
        for _, one in marks:
            bits |= one
        on_cursor = self.wrapped.line(self.cursor) == line and not self.selecting
        left = Segment("▸", self._gutter("cursor")) if on_cursor else Segment(" ", self.base)
        blank = Segment(" ", self.base)
        sign = Segment("!", self._gutter("warning")) if bits & painting.WARNING else blank
        if notes := [(stop - begin, one & painting.NOTES) for (begin, stop), one in marks if one & painting.NOTES]:
            sign = Segment(painting.NOTE_SIGNS[min(notes)[1] // painting.NOTE], self._gutter("note"))
        elif bits & painting.SIGN and not bits & painting.WARNING:
            sign = Segment("=", self._gutter("note"))
        doubtful = Segment("┊" if bits & painting.DOUBTFUL else "┃", self._gutter("quote"))
        return [left, sign, doubtful if bits & painting.QUOTE else blank, blank]

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

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        start, end = self.selected() or (0, 0)
        return self.text[start:end], "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        old, new = self.chosen, self.selected()
        changed = ((old[0], new[0]), (old[1], new[1])) if old and new else filter(None, (old, new))
        lines = {line for one in changed for line in self.wrapped.lines((min(one), max(one)))}
        ends = {self.wrapped.line(place) for span in (old, new) if span for place in span}
        self._redraw_lines(lines | ends | {self.wrapped.line(self.cursor)})
        self.chosen = new
