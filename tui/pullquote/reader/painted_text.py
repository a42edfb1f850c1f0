"""The text, painted: lines of it with everything that lies over them.

A `ScrollView` over the line API. The text is wrapped once a width; each line's strip is built when
it is first shown and kept until something on that line changes, so that a key press costs what it
changes and not what the article is long. Segments of one look share one style, which Textual then
knows already: none carries an offset, as what is pointed at is known by line and cell.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.geometry import Region
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.kinds import BY_LAYER
from pullquote.notes.reading import NOTE
from pullquote.reader import styling
from pullquote.reader.compositing import in_terminal
from pullquote.reader.filters import VisibleMarks
from pullquote.reader.head import Head
from pullquote.reader.hues import Hues
from pullquote.reader.layout import Layout
from pullquote.reader.marks import Mark, by_paragraph
from pullquote.reader.motions import grapheme_end
from pullquote.reader.naming import QUIET, mentions
from pullquote.reader.overview import Tick, line_at, ticks
from pullquote.reader.position import Position
from pullquote.reader.styling import GUTTER, Painted, Plane, Sign, Signed
from pullquote.reader.typesetting import looks, typeset
from pullquote.text import Span, Spans, overlap

MARGIN = 3  # cells to the right of the column, for a verdict
OVERVIEW = 1  # cell at the right edge
_CACHED_LINES = 512  # with what Textual makes of each for the terminal
Cell = tuple[str, tuple[str, ...]]  # of the overview: a glyph, the components that style it
# a line: its pieces, and what they are made into beside cells of the overview
Line = tuple[list[Segment], dict[Cell, Strip]]
# one for one: a line end inside a hard-wrapped paragraph is a space
_SHOWN = str.maketrans("\t\n", "  ")


class PaintedText(ScrollView, can_focus=True, inherit_bindings=False):
    """Paints the text and its marks; the cursor and the selection are for others to say."""

    position: var[Position] = var(Position, init=False)  # where the reader is
    current: var[Mark | None] = var(None, init=False)  # what they are on, if it is a mark

    def __init__(
        self,
        article: Article,
        paragraphs: Sequence[Span],
        verdicts: Sequence[str],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.text = article.text
        self.paragraphs = paragraphs
        self._typeset, self._verdicts = typeset(article, paragraphs), verdicts
        self._headings = [(span, styling.HEADING) for span in article.headings]
        self._set_apart = looks(article, paragraphs)
        self._layout: Layout | None = None
        self._head = Head()
        self._margin = 0
        self._painted: dict[int, list[Painted]] = {}
        self._signs: dict[int, list[Signed]] = {}
        self._badges: dict[int, list[tuple[Span, str]]] = {}
        self._matches: Spans = ()
        self._hues = Hues()
        self._marks: VisibleMarks | None = None
        self._ticks: tuple[Tick, ...] = ()  # of the overview, one a row of the screen
        self._strips: LRUCache[int, Line] = LRUCache(_CACHED_LINES)
        self._styles: dict[tuple[str, ...], Style] = {}
        self._base: Style | None = None

    @property
    def cursor(self) -> int:
        """Where the reader is."""
        return self.position.cursor

    # --- what lies over the text

    def overlay(self, marks: VisibleMarks) -> None:
        """Paint these marks, and no others, over the text."""
        found, hues = marks.reading.findings, marks.hues
        self._marks, self._hues = marks, hues
        over = [mark for layer in marks.highlighted().values() for mark in layer]
        painted = [(span, styling.FURNITURE) for span in (found.furniture if found else ())]
        painted += self._headings
        painted += [one for mark in over for one in styling.looks(mark, hues)]
        if found:
            room = _room(self.text, painted)
            painted += _names(over, self.text, self.paragraphs, found, hues, room)
        self._painted = by_paragraph((*self._set_apart, *painted), self.paragraphs)
        self._signs = by_paragraph(
            (one for mark in over for one in styling.signs(mark, hues)), self.paragraphs
        )
        self._badges = by_paragraph(
            (
                ((mark.end - 1, mark.end), mark.note.verdict)
                for mark in over
                if mark.layer is NOTE and (mark.note.verdict or mark.note.evidence)
            ),
            self.paragraphs,
        )
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

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Paint other lines; Textual's would move a scroll bar, too, and lay out all for that."""
        if round(old_value) != round(new_value):
            self.refresh(self.size.region)

    def _redraw_lines(self, lines: Iterable[int]) -> None:
        top, height = self.scroll_offset.y, self.size.height
        for line in lines:
            self._strips.discard(line)
            if top <= line < top + height:
                self.refresh_line(line)

    def _repaint(self) -> None:
        self._strips.clear()
        self._ticks = ()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._component_styles.clear()
        self._styles.clear()
        self._base = None
        self._strips.clear()

    # --- painting

    @property
    def base(self) -> Style:
        """The style of plain text; looking it up is dear, so it is kept."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def _style(self, names: tuple[str, ...] = ()) -> Style:
        """The style of component classes laid over one another, the last on top."""
        style = self._styles.get(names)
        if style is None:
            style = self.base
            for name in names:
                style += self._component(f"article--{name}")
            style = self._styles[names] = in_terminal(self, style)
        return style

    def get_component_styles(self, *names: str) -> RenderStyles:
        """The styles of one of `styling.COMPONENTS`, looked up when it is first painted.

        Those that are declared to Textual are all looked up whenever the focus or the size changes,
        and here they are some seventy.
        """
        (name,) = names
        if name not in self._component_styles:
            node = DOMNode(classes=name)
            node._attach(self)
            self.app.stylesheet.apply(node, animate=False)
            self._component_styles[name] = node.styles
        return self._component_styles[name]

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

    def render_line(self, y: int) -> Strip:
        """The strip of the line that is `y` lines below the top of the screen."""
        return self.render_lines(Region(0, y, self.size.width, 1))[0]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips in a part of the screen: of a line that is as it was, the same ones as before.

        So what Textual has made of them for the terminal is kept, too. Its own cache of a widget's
        lines is by rows of the screen and starts anew with each scroll; what else it does, to draw
        borders and the like, the text has none of.
        """
        width, top = self.scrollable_content_region.width, self.scroll_offset.y
        cells = self._overview(top)[crop.y : crop.bottom]
        strips = [self._strip(y, cell, width) for y, cell in enumerate(cells, top + crop.y)]
        left, right = crop.column_span
        return strips if (left, right) == (0, width) else [one.crop(left, right) for one in strips]

    def _strip(self, line: int, cell: Cell, width: int) -> Strip:
        """The strip of a line beside a cell of the overview."""
        painted = self._strips.get(line)
        if painted is None:
            painted = self._strips[line] = self._build(line, width - OVERVIEW), {}
        segments, strips = painted
        strip = strips.get(cell)
        if strip is None:
            glyph, names = cell
            strip = Strip((*segments, Segment(glyph, self._style(names))), width)
            strips[cell] = strip
        # The size is there before its event, which has the lines made anew.
        return strip.adjust_cell_length(width, self._style())

    def _overview(self, top: int) -> list[Cell]:
        """The cells of the overview, where the screen shows the text from the line `top` on."""
        height, lines = self.size.height, len(self._layout or ())
        if not lines:
            return [(" ", ())] * height
        if len(self._ticks) != height:
            self._ticks = ticks(self.wrapped, self._marks, self._matches, height)
        cuts = [line_at(y, height, lines) for y in range(height + 1)]
        bottom = top + height if lines > height else 0
        return [
            (glyph, (name, "here") if start < bottom and end > top else (name,))
            for (glyph, name), (start, end) in zip(self._ticks, pairwise(cuts), strict=True)
        ]

    def _build(self, line: int, width: int) -> list[Segment]:
        """A line with all that lies over it; what is alike is written at once."""
        pieces = Segment.adjust_line_length(self._pieces(line), width, self._style())
        return list(Segment.simplify(pieces))

    def _pieces(self, line: int) -> list[Segment]:
        if self._layout is None or line >= len(self._layout):
            return []
        start, end = self.wrapped.span(line)
        above = self.wrapped.head_line(line)
        if above is not None:
            pieces = (*self._head.over, *self._head.under)[above]
            words = (Segment(piece.words, self._style((piece.name,))) for piece in pieces)
            return [*self._left({}), *words]
        signs = self._gutter(line, start, end)
        return [
            *self._left(signs, self.wrapped.indent(line)),
            *self._words(self._over(line, start, end), start, end),
            *self._badge_segments(line, start, end),
        ]

    def _left(self, signs: Mapping[int, Sign], indent: int = 0) -> Iterator[Segment]:
        """What stands to the left of the words: blanks, and the signs in the gutter."""
        blank, done = self._style(), -self._margin
        for cell, sign in sorted(signs.items()):
            if done < cell:
                yield Segment(" " * (cell - done), blank)
            yield Segment(sign.glyph, self._style((sign.name,)))
            done = cell + 1
        if done < GUTTER + indent:
            yield Segment(" " * (GUTTER + indent - done), blank)

    def _words(self, over: list[Painted], start: int, end: int) -> Iterator[Segment]:
        inner = (cut for span, _ in over for cut in span if start < cut < end)
        for left, right in pairwise(sorted({start, end, *inner})):
            style = self._style(styling.laid_over(over, left, right))
            yield Segment(self.text[left:right].translate(_SHOWN), style)

    def _over(self, line: int, start: int, end: int) -> list[Painted]:
        """All that lies on a line; the last in the list is the nearest to the reader."""
        painted = self._painted.get(self.wrapped.paragraph(line), ())
        here = [one for one in painted if overlap(one[0], (start, end))]
        at = self.position
        if not at.selecting:  # what is selected is the current thing then
            here += [
                (span, look)
                for span in at.focus
                if overlap(span, (start, end))
                for look in styling.focus(self.current, self._hues)
            ]
        here += _matches_on(self._matches, at.focus, (start, end))
        if at.selected and overlap(at.selected, (start, end)):
            here.append((at.selected, styling.SELECTED))
        if at.selecting and start <= at.cursor < end:
            here.append(((at.cursor, grapheme_end(self.text, at.cursor)), styling.CARET))
        return here

    def _gutter(self, line: int, start: int, end: int) -> dict[int, Sign]:
        """The signs in the gutter, by its cells."""
        signs = self._signs.get(self.wrapped.paragraph(line), ())
        here = [one for one in signs if overlap(one[0], (start, end))]
        here.sort(key=lambda one: one[0][0] - one[0][1])  # the shortest last
        current, at = self.current, self.position
        if current and current.spans and overlap((current.start, current.end), (start, end)):
            over = styling.signs(current, self._hues)
            here += (one for one in over if overlap(one[0], (start, end)))
        cells = {sign.cell: sign for _, sign in here}
        if not at.selecting:
            if any(overlap(span, (start, end)) for span in at.focus):
                actor = current.actor if current else None
                cells[styling.BAR] = styling.CURRENT_BARS[styling.speaker(self._hues, actor)]
            if self.wrapped.line(at.cursor) == line:
                cells[styling.CURSOR] = styling.CURSOR_SIGN
        return cells

    def _badge_segments(self, line: int, start: int, end: int) -> Iterator[Segment]:
        """The verdicts on what ends on a line, behind it."""
        ending = self._badges.get(self.wrapped.paragraph(line), ())
        for (begin, _), verdict in ending:
            if start <= begin < end:
                glyph, name = styling.badge(verdict, self._verdicts)
                yield Segment(f" {glyph}", self._style((name,)))


def _matches_on(matches: Spans, focus: Spans, line: Span) -> Iterator[Painted]:
    """The matches of a search that lie on a line, the one in focus in a look of its own."""
    first = bisect_left(matches, line[0], key=lambda match: match[1])
    for match in matches[first:]:
        if match[0] >= line[1]:
            return
        yield match, styling.CURRENT_MATCH if match in focus else styling.MATCH


def _room(text: str, painted: Sequence[Painted]) -> float:
    """How many letters more may be styled on a page that stays quiet beside what is painted."""
    grounds = (Plane.GROUND, Plane.CHIP)
    taken = sum(end - start for (start, end), look in painted if look.plane not in grounds)
    return QUIET * len(text) - taken


def _names(
    over: Sequence[Mark],
    text: str,
    paragraphs: Sequence[Span],
    found: Findings,
    hues: Hues,
    room: float,
) -> list[Painted]:
    """The names of speakers, as many as there is room for, in letters."""
    names = (one for one in over if one.layer is not NOTE and BY_LAYER[one.layer].is_name)
    shown = mentions(names, text, paragraphs, found, hues, room)
    return [(one.span, styling.name(hues, one.actor)) for one in shown]
