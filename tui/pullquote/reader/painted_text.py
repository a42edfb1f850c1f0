"""The text, painted: lines of it with everything that lies over them.

A `ScrollView` over the line API. The text is wrapped once a width; each line's strip is built when
it is first shown and kept until something on that line changes, so that a key press costs what it
changes and not what the article is long. Segments carry `(offset, 0)` as their meta offset: what is
pointed at is known in the text's own coordinates.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pullquote.notes.reading import Layer
from pullquote.reader import styling
from pullquote.reader.layout import Layout
from pullquote.reader.marks import Mark, by_paragraph
from pullquote.reader.motions import grapheme_end
from pullquote.reader.position import Position
from pullquote.text import Span, Spans

GUTTER = 4  # cells: the cursor, a warning or note, a quote, a space
_CACHED_LINES = 2048
# one for one: a line end inside a hard-wrapped paragraph is a space
_SHOWN = str.maketrans("\t\n", "  ")


class PaintedText(ScrollView, can_focus=True, inherit_bindings=False):
    """Paints the text and its marks; the cursor and the selection are for others to say."""

    COMPONENT_CLASSES = {*styling.COMPONENTS.values(), *styling.GUTTER_COMPONENTS}
    DEFAULT_CSS = f"PaintedText {{ {styling.CSS} }}"
    position: var[Position] = var(Position, init=False)  # where the reader is

    def __init__(
        self, text: str, paragraphs: Sequence[Span], headings: Spans, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.text = text
        self.paragraphs = paragraphs
        self._headings = headings
        self._layout: Layout | None = None
        self._margin = 0
        self._spans: dict[int, list[tuple[Span, int]]] = {}
        self._matches: Spans = ()
        self._strips: LRUCache[int, Strip] = LRUCache(_CACHED_LINES)
        self._styles: dict[int, Style] = {}
        self._gutter_styles: dict[str, Style] = {}
        self._base: Style | None = None

    @property
    def cursor(self) -> int:
        """Where the reader is."""
        return self.position.cursor

    # --- what lies over the text

    def overlay(self, layers: Mapping[Layer, Sequence[Mark]], furniture: Spans) -> None:
        """Paint these marks, and no others, over the text."""
        spans = [(span, styling.FURNITURE) for span in furniture]
        spans += [(span, styling.HEADING) for span in self._headings]
        for layer in layers.values():
            for mark in layer:
                bits = styling.bits_of(mark)
                spans.extend((span, bits) for span in mark.spans)
        self._spans = by_paragraph(spans, self.paragraphs)
        self._repaint()

    def find(self, matches: Spans) -> None:
        """Show these sorted matches of a search, the current one in a look of its own."""
        self._matches = matches
        self._repaint()

    @property
    def wrapped(self) -> Layout:
        """The lines at the present width."""
        if self._layout is None:
            self._rewrap()
        assert self._layout is not None
        return self._layout

    def _rewrap(self) -> None:
        raise NotImplementedError

    def _redraw_lines(self, lines: Iterable[int]) -> None:
        top, height = self.scroll_offset.y, self.size.height
        for line in lines:
            self._strips.discard(line)
            if top <= line < top + height:
                self.refresh_line(line)

    def _repaint(self) -> None:
        self._strips.clear()
        self.refresh()

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
            for bit, name in styling.COMPONENTS.items():
                if styling.is_on(bit, bits):
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
        cuts = sorted(
            {
                start,
                end,
                *(max(start, s) for (s, _), _ in marks),
                *(min(end, e) for (_, e), _ in marks),
            }
        )
        for left, right in pairwise(cuts):
            style = self._style(styling.laid_over(marks, left, right)) + Style.from_meta(
                {"offset": (left, 0)}
            )
            segments.append(Segment(self.text[left:right].translate(_SHOWN), style))
        used = sum(cell_len(segment.text) for segment in segments)
        if used < width:
            segments.append(Segment(" " * (width - used), self.base))
        strip = Strip(segments, max(used, width))
        return strip if used <= width else strip.crop(0, width)

    def _marks(self, line: int, start: int, end: int) -> list[tuple[Span, int]]:
        over = self._spans.get(self.wrapped.paragraph(line), ())
        here = [one for one in over if one[0][0] < end and one[0][1] > start]
        at = self.position
        if not at.selecting:  # what is selected is the current thing then
            here += [((s, e), styling.FOCUS) for s, e in at.focus if s < end and e > start]
        here += self._matches_on(start, end)
        if at.selected and at.selected[0] < end and at.selected[1] > start:
            here.append((at.selected, styling.SELECTED))
        if at.selecting and start <= at.cursor < end:
            here.append(((at.cursor, grapheme_end(self.text, at.cursor)), styling.CARET))
        return here

    def _matches_on(self, start: int, end: int) -> Iterator[tuple[Span, int]]:
        first = bisect_left(self._matches, start, key=lambda match: match[1])
        for match in self._matches[first:]:
            if match[0] >= end:
                return
            current = match in self.position.focus
            yield match, styling.CURRENT_MATCH if current else styling.MATCH

    def _gutter_segments(self, line: int, marks: list[tuple[Span, int]]) -> list[Segment]:
        bits = 0
        for _, of_mark in marks:
            bits |= of_mark
        on_cursor = self.wrapped.line(self.cursor) == line and not self.position.selecting
        left = Segment("▸", self._gutter("cursor")) if on_cursor else Segment(" ", self.base)
        blank = Segment(" ", self.base)
        return [left, self._sign(bits, marks) or blank, self._bar(bits) or blank, blank]

    def _bar(self, bits: int) -> Segment | None:
        kind = next((kind for bit, kind in styling.BARS.items() if bits & bit), None)
        bar = "┊" if bits & styling.DOUBTFUL else "┃"
        return Segment(bar, self._gutter(kind.layer)) if kind else None

    def _sign(self, bits: int, marks: list[tuple[Span, int]]) -> Segment | None:
        """The sign of what lies on the line: the shortest note's, a kind's, or a verdict's."""
        if notes := [
            (stop - begin, one & styling.NOTES)
            for (begin, stop), one in marks
            if one & styling.NOTES
        ]:
            return Segment(styling.NOTE_SIGNS[min(notes)[1] // styling.NOTE], self._gutter("note"))
        kind = next((kind for bit, kind in styling.SIGNS.items() if bits & bit), None)
        if kind:
            return Segment(kind.gutter, self._gutter(kind.layer))
        return Segment("=", self._gutter("note")) if bits & styling.SIGN else None
