"""A row of a pane as it is seen: who and how, the words on two lines; the current one whole."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from pullquote.kinds import Badge, Styled
from pullquote.reader.rows import Row

_BAR, _GLYPH = 1, 2  # cells: of the current row; with a space, where there is one
_MARGIN = 1  # cells before the scroll bar
_GAP = "  "
_GOES_ON = " …"
_LEAST = 12  # cells that are left to who it is, before what stands at the edge
_SHARE = 0.45  # of a row: so much of it a long name has
_LINES = 2  # of the words in a closed card
_FEWEST = 4  # lines of the words in an open one, however small the pane is
_FAR = (
    20_000  # code points: what lies further away is on no screen, and an article may be one claim
)
_AHEAD = 4  # code points a cell: more than words have with what is put on their letters


class Card(Visual):
    """A row, which is open where it is the current one."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self._indent = _BAR + (_GLYPH if row.glyph else 0)
        self._words = _plain(row.what)
        self._comment = _GAP.join(map(_plain, row.comment))

    def __str__(self) -> str:
        edge = _GAP.join(badge.words for badge in self.row.edge)
        parts = (self.row.glyph, self.row.who, self.row.cue, edge, self._words, self._comment)
        return _GAP.join(filter(None, parts))

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self.height(width)

    def height(self, width: int) -> int:
        """How many lines it has where it is closed: as `closed` gives them."""
        room = width - _MARGIN - self._indent
        words = _count(self._words, room, 1 if self._comment else self.row.lines)
        return 1 + words + _count(self._comment, room, _LINES)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        lines = Content("\n").join(self.closed(width))
        return lines.render_strips(width, height, style, options)

    def closed(self, width: int) -> list[Content]:
        """Its lines where it is not the current one."""
        row, room = self.row, width - _MARGIN - self._indent
        lines = [_head(row, width - _MARGIN, " ")]
        most = 1 if row.comment else row.lines
        words = _wrapped(self._said(), room, most)
        words += _wrapped(Content(" ").join(map(styled, row.comment)), room, _LINES)
        return lines + [Content.assemble(" " * self._indent, line) for line in words]

    def opened(self, width: int, height: int) -> list[Content]:
        """Its lines where it is the current one, with all that is known of it.

        The words are cut only where a pane of `height` lines has no room for them.
        """
        row, room = self.row, width - _MARGIN - self._indent
        below = [line for one in row.comment for line in _wrapped(styled(one), room, _FEWEST)]
        for heading, words in row.details():
            below += _wrapped(
                Content.assemble((f"{heading}  ", "$muted"), styled(words)), room, _FEWEST
            )
        most = max(_FEWEST, height - 1 - len(below))
        lines = [*_wrapped(self._said(), room, most), *below]
        bar = Content.styled("▌", row.hue or "$muted")
        return [
            Content.assemble(bar, _head(row, width - _MARGIN, "")),
            *(Content.assemble(bar, " " * (self._indent - 1), line) for line in lines),
        ]

    def _said(self) -> Content:
        words = styled(self.row.what)
        return words.stylize("$muted") if self.row.doubtful else words


def _head(row: Row, width: int, margin: str) -> Content:
    """Who, by what words, and at the right edge of what kind; what has no room goes.

    The words of a denial go last: without them its row says the opposite.
    """
    indent = _BAR + (_GLYPH if row.glyph else 0)
    cue = len(_GAP) + cell_len(row.cue) if row.cue else 0
    kept = cue if row.denied and indent + _LEAST + cue <= width else 0
    least = max(_LEAST, min(cell_len(row.who), int(width * _SHARE)))
    edge = _fitting(row.edge, width - indent - least - kept)
    right = Content(_GAP).join(Content.styled(*badge) for badge in edge)
    room = width - indent - (right.cell_length + len(_GAP) if edge else 0)
    who = Content.styled(row.who, row.manner).truncate(room - kept, ellipsis=True)
    left = Content.assemble(margin, (row.glyph, row.tone), " " if row.glyph else "", who)
    if cue and who.cell_length + cue <= room:
        left = Content.assemble(left, _GAP, (row.cue, "$muted"))
    gap = width - (not margin) - left.cell_length - right.cell_length
    return Content.assemble(left, " " * gap, right) if edge else left


def _fitting(edge: Sequence[Badge], room: int) -> Sequence[Badge]:
    """As many of the last as have room."""
    used, first = -len(_GAP), len(edge)
    for number in reversed(range(len(edge))):
        used += len(_GAP) + cell_len(edge[number].words)
        if used > room:
            break
        first = number
    return edge[first:]


def _plain(words: str | Styled) -> str:
    return words if isinstance(words, str) else "".join(part for part, _ in words)


def styled(words: str | Styled) -> Content:
    """Words as they are shown; of very many, as many as any screen has."""
    return Content(words[:_FAR]) if isinstance(words, str) else Content.assemble(*words)


def _fits(words: str, room: int) -> bool:
    return len(words) <= _FAR and cell_len(words) <= room


def _count(words: str, room: int, most: int) -> int:
    """How many lines `_wrapped` makes of words: of those wider than a line, all they may have."""
    if not words:
        return 0
    return 1 if _fits(words, room) else most


def _wrapped(words: Content, room: int, most: int) -> list[Content]:
    """Words on as many lines at most, with a sign where they go on."""
    if not words:
        return []
    if _fits(words.plain, room):
        return [words]
    if most == 1:
        return [words.truncate(room, ellipsis=True)]
    lines = words[: _AHEAD * room * most].wrap(room)
    if len(lines) > most:
        return [
            *lines[: most - 1],
            Content.assemble(_cut(lines[most - 1], room), (_GOES_ON, "$muted")),
        ]
    return lines + [Content("")] * (min(most, _LINES) - len(lines))


def _cut(line: Content, room: int) -> Content:
    """A line with room for a sign behind it, and no word cut where it has several."""
    kept = line.truncate(max(1, room - len(_GOES_ON))).rstrip()
    if len(kept) < len(line) and " " in kept.plain and line.plain[len(kept)] != " ":
        kept = kept[: kept.plain.rindex(" ")].rstrip()
    return kept
