"""The article: one column of text with everything that lies over it.

A `ScrollView` over the line API. The text is wrapped once a width; each line's strip is built when it is first shown and
kept until something on that line changes, so that a key press costs what it changes and not what the article is long.
Segments carry `(offset, 0)` as their meta offset: a selection is thus in the text's own coordinates and survives a resize.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Offset, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from tui.text import Paragraphs, Span, Spans
from tui.widgets.layout import Layout
from tui.widgets.marks import Layer, Mark, by_paragraph

GUTTER = 4  # cells: the cursor, a warning or note, a quote, a space
_CACHED_LINES = 2048
_SHOWN = str.maketrans("\t\n", "  ")  # one for one: a line end inside a hard-wrapped paragraph is a space

_QUOTE, _CLAIM, _WARNING, _ACTOR, _FURNITURE, _HEADING, _FOCUS, _MATCH, _SELECTED, _CARET, _NOTE = (
    1 << bit for bit in range(11)
)
_LAYER_BITS = {Layer.QUOTE: _QUOTE, Layer.CLAIM: _CLAIM, Layer.WARNING: _WARNING, Layer.ACTOR: _ACTOR}
_DOUBTFUL = 1 << 13  # above the three bits of a note's kind
_SIGN = 1 << 14  # a verdict or a correction: a sign in the gutter alone
# In the order they are laid on: later ones win where they say the same thing.
_COMPONENTS = {
    _ACTOR: "article--actor",
    _CLAIM: "article--claim",
    _WARNING: "article--warning",
    _FURNITURE: "article--furniture",
    _HEADING: "article--heading",
    _QUOTE: "article--quote",
    _DOUBTFUL: "article--doubtful",
    **{_NOTE * kind: f"article--note-{kind}" for kind in range(1, 7)},
    _MATCH: "article--match",
    _FOCUS: "article--focus",
    _SELECTED: "article--selected",
}
_NOTES = _NOTE * 7  # the kind of the reader's highlight lies in three bits; 6 is a note without a highlight
_NOTE_SIGNS = " 12345*"  # by kind, so that a highlight's is not told by its colour alone
_GROUNDS = _QUOTE | _NOTES  # these paint the background: the shorter lies on top


class ArticleView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows the text, scrolls it, marks it, and lets a piece of it be selected by mouse or keyboard."""

    ALLOW_SELECT = True
    COMPONENT_CLASSES = {*_COMPONENTS.values(), "article--gutter-quote", "article--gutter-warning"} | {
        "article--gutter-note",
        "article--gutter-cursor",
        "article--caret",
    }

    class Clicked(Message):
        """The reader pointed at `offset`."""

        def __init__(self, offset: int) -> None:
            self.offset = offset
            super().__init__()

    class Resized(Message):
        """The text was wrapped anew."""

    def __init__(self, text: str, headings: Spans, column: int, place: int = 0, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = text
        self.paragraphs = Paragraphs(text)
        self._headings = headings
        self._column = column
        self._layout: Layout | None = None
        self._margin = 0
        self._spans: dict[int, list[tuple[Span, int]]] = {}
        self._furniture: Spans = ()
        self._matches: Spans = ()
        self._focus: Spans = ()
        self.cursor = max(place, self.paragraphs[0][0] if self.paragraphs else 0)
        self._return_to: int | None = place or None
        self._strips: LRUCache[int, Strip] = LRUCache(_CACHED_LINES)
        self._styles: dict[int, Style] = {}
        self._gutter_styles: dict[str, Style] = {}
        self._base: Style | None = None
        self.selecting = False
        self._selected: Span | None = None

    # --- what lies over the text

    def overlay(self, layers: Mapping[Layer, Sequence[Mark]], furniture: Spans) -> None:
        """Paint these marks, and no others, over the text."""
        spans = [(span, _FURNITURE) for span in furniture] + [(span, _HEADING) for span in self._headings]
        for ones in layers.values():
            for mark in ones:
                bits = _bits_of(mark)
                spans.extend((span, bits) for span in mark.spans)
        self._furniture = furniture
        self._spans = by_paragraph(spans, self.paragraphs)
        self._repaint()

    def find(self, matches: Spans) -> None:
        """Show these matches of a search; they are sorted."""
        self._matches = matches
        self._repaint()

    def focus_on(self, spans: Spans, cursor: int | None = None) -> None:
        """Mark `spans` as what the reader is on, with the cursor at `cursor` or their start, and bring them on screen."""
        old = self._dirty_lines()
        self._focus = spans
        self.cursor = cursor if cursor is not None else spans[0][0]
        self._redraw_lines(old | self._dirty_lines())
        self.reveal((self.cursor, max(self.cursor + 1, spans[-1][1] if spans else self.cursor + 1)))

    def _dirty_lines(self) -> set[int]:
        if not self._layout:
            return set()
        lines = {line for span in self._focus for line in self._layout.lines(span)}
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
        top = self.place
        self._layout = Layout(self.text, self.paragraphs, width)
        self.virtual_size = Size(available, len(self._layout) + 1)
        self._repaint()
        if top and self.is_attached:
            self.call_after_refresh(self.go_to_place, top)
        self.post_message(self.Resized())

    @property
    def place(self) -> int:
        """The offset of the first line on screen: the reading place."""
        if self._return_to is not None:
            return self._return_to
        if not self._layout:
            return 0
        return self._layout.starts[min(self.scroll_offset.y, len(self._layout) - 1)] if len(self._layout) else 0

    def go_to_place(self, offset: int) -> None:
        """Scroll so that `offset` is on the first line."""
        self._return_to = None
        self.scroll_to(y=self.wrapped.line(offset), animate=False, immediate=True)
        self.post_message(self.Resized())

    def reveal(self, span: Span) -> None:
        """Scroll, if need be, so that `span` is on screen with lines around it."""
        lines = self.wrapped.lines(span)
        top, height = self.scroll_offset.y, self.size.height
        if lines[0] < top or lines[0] >= top + height or (lines[-1] >= top + height and len(lines) < height):
            self.scroll_to(y=max(0, lines[0] - height // 3), animate=False)

    def scroll_lines(self, count: int) -> bool:
        """Scroll by `count` lines; the cursor stays on screen. Whether it had to leave what it was on."""
        self.scroll_to(y=self.scroll_offset.y + count, animate=False, immediate=True)
        return self._keep_cursor_on_screen()

    def _keep_cursor_on_screen(self) -> bool:
        top, height = self.scroll_offset.y, self.size.height
        line = self.wrapped.line(self.cursor)
        if top <= line < top + height:
            return False
        target = top if line < top else min(top + height - 1, len(self.wrapped) - 1)
        while (
            target < len(self.wrapped) - 1 and line < top and self.wrapped.starts[target] == self.wrapped.ends[target]
        ):
            target += 1
        old = self._dirty_lines()
        self._focus = ()
        self.cursor = self.wrapped.starts[target]
        self._redraw_lines(old | self._dirty_lines())
        return True

    def on_resize(self, event: events.Resize) -> None:
        self._rewrap()

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
            for bit, name in _COMPONENTS.items():
                if (bits & _NOTES) == bit if bit & _NOTES else bits & bit:
                    style += self._component(name)
            if bits & _CARET:
                style += self._component("article--caret")
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
        segments = [Segment(" " * self._margin, self.base), *self._gutter_segments(line, start, end, marks)]
        cuts = sorted({start, end, *(max(start, s) for (s, _), _ in marks), *(min(end, e) for (_, e), _ in marks)})
        for left, right in pairwise(cuts):
            style = self._style(_bits(marks, left, right)) + Style.from_meta({"offset": (left, 0)})
            segments.append(Segment(self.text[left:right].translate(_SHOWN), style))
        used = sum(cell_len(segment.text) for segment in segments)
        if used < width:
            segments.append(Segment(" " * (width - used), self.base))
        strip = Strip(segments, max(used, width))
        return strip if used <= width else strip.crop(0, width)

    def _marks(self, line: int, start: int, end: int) -> list[tuple[Span, int]]:
        ones = self._spans.get(self.wrapped.paragraph(line), ())
        here = [one for one in ones if one[0][0] < end and one[0][1] > start]
        here += [((s, e), _FOCUS) for s, e in self._focus if s < end and e > start]
        first = bisect_left(self._matches, start, key=lambda match: match[1])
        for match in self._matches[first:]:
            if match[0] >= end:
                break
            here.append((match, _MATCH))
        if selected := self.selected():
            here += [(selected, _SELECTED)] if selected[0] < end and selected[1] > start else []
        if self.selecting and start <= self.cursor < end:
            here.append(((self.cursor, self.cursor + 1), _CARET))
        return here

    def _gutter_segments(self, line: int, start: int, end: int, marks: list[tuple[Span, int]]) -> list[Segment]:
        bits = 0
        for _, one in marks:
            bits |= one
        on_cursor = self.wrapped.line(self.cursor) == line and not self.selecting
        left = Segment("▸", self._gutter("cursor")) if on_cursor else Segment(" ", self.base)
        blank = Segment(" ", self.base)
        sign = Segment("!", self._gutter("warning")) if bits & _WARNING else blank
        if notes := [(stop - begin, one & _NOTES) for (begin, stop), one in marks if one & _NOTES]:
            sign = Segment(_NOTE_SIGNS[min(notes)[1] // _NOTE], self._gutter("note"))
        elif bits & _SIGN and not bits & _WARNING:
            sign = Segment("=", self._gutter("note"))
        bar = Segment("┊" if bits & _DOUBTFUL else "┃", self._gutter("quote")) if bits & _QUOTE else blank
        return [left, sign, bar, blank]

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
        old, self._selected = self._selected, self.selected()
        spans = [span for span in (old, self._selected) if span]
        self._redraw_lines(
            {line for span in spans for line in self.wrapped.lines(span)} | {self.wrapped.line(self.cursor)}
        )

    def on_click(self, event: events.Click) -> None:
        meta = event.style.meta.get("offset")
        if meta is not None and not self.selected():
            _, offset = self.screen.get_widget_and_offset_at(event.screen_x, event.screen_y)
            self.post_message(self.Clicked(offset.x if offset is not None else meta[0]))


def _bits_of(mark: Mark) -> int:
    doubt = _DOUBTFUL if mark.doubtful else 0
    if mark.layer is not Layer.NOTE:
        return _LAYER_BITS[mark.layer] | doubt
    return _SIGN if mark.silent else _NOTE * (mark.highlight or 6)


def _bits(marks: list[tuple[Span, int]], start: int, end: int) -> int:
    """What lies over `[start, end)`; of several backgrounds only the shortest one's, and of two alike the reader's own."""
    over = [
        (mark_end - mark_start, bits) for (mark_start, mark_end), bits in marks if mark_start <= start < end <= mark_end
    ]
    grounds = [one for one in over if one[1] & _GROUNDS]
    result = min(grounds, key=lambda one: (one[0], -one[1]))[1] if grounds else 0
    for _, bits in over:
        if not bits & _GROUNDS:
            result |= bits
    return result
