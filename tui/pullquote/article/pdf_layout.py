"""From the lines of a PDF's pages to its paragraphs, in reading order.

What stands at the same place of several pages is a running head; a number alone at a page's edge is
its number. Both are dropped, the number kept as the page's label. Columns are read one after the
other. A paragraph ends where the next line is set in, stands further below, or is of other letters,
or where its last line is short; it goes on over the end of a column or a page. Notes at the foot of
a page follow the paragraph that runs over them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise
from statistics import median
from typing import NamedTuple

from pullquote.article.pdf_lines import Line

_EDGE = 2  # rows at a page's top and bottom among which running heads are looked for
_SAME_PLACE = 3.0  # points
_LARGER = 1.12  # times the size of the text; a heading's letters
_SMALLER = 0.93  # of the size of the text; a note's letters
_SET_IN = 0.7  # of a letter's size; the first line of a paragraph is set in by more
_FURTHER = 1.35  # times the usual distance of lines; a paragraph begins further below
_SHORT = 0.8  # of a column's longest lines; a shorter line is a paragraph's last
_HEADING = 120  # characters; no heading is longer
_STOPS = ".!?…:”’\"')"
PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite|página|pagina)?\s*+(?:[-–—|\[(]\s*+)?"
    r"(?P<number>\d{1,4}|[ivxlc]{1,7})(?:\s*+[-–—|\])])?(?:\s*+(?:/|of|von|de|di|sur)\s*+\d{1,4})?",
    re.I,
)


class Paragraph(NamedTuple):
    """Lines that run on, or a heading."""

    lines: list[Line]
    is_heading: bool


class Laid(NamedTuple):
    """What is on the pages, in reading order."""

    paragraphs: list[Paragraph]
    labels: dict[int, str]  # the numbers printed on the pages, by page


def laid_out(pages: Sequence[Sequence[Line]]) -> Laid:
    """The paragraphs on `pages`, each the lines in the order in which they are drawn."""
    furniture, labels = _furniture(pages)
    texts = [_in_order([line for line in page if line not in furniture]) for page in pages]
    body = _usual_size(line for page in texts for line in page)
    found: list[Paragraph] = []
    waiting: list[Line] = []  # notes at the feet of pages that a paragraph runs over
    for page in texts:
        text, notes = _without_notes(page, body)
        for paragraph in _paragraphs(text, body):
            if found and _runs_over(found, paragraph, text):
                found[-1].lines.extend(paragraph.lines)
                continue
            found += _paragraphs(waiting, body)
            waiting = []
            found.append(paragraph)
        waiting += notes
    return Laid([*found, *_paragraphs(waiting, body)], labels)


# --- running heads and page numbers


def _furniture(pages: Sequence[Sequence[Line]]) -> tuple[set[Line], dict[int, str]]:
    """The running heads and page numbers, and the numbers by page."""
    places: dict[str, list[Line]] = {}
    dropped: set[Line] = set()
    labels: dict[int, str] = {}
    title = max(chain.from_iterable(pages[:1]), key=lambda line: line.size, default=None)
    for page in pages:
        rows = sorted({line.y for line in page})
        for line in page:
            if line.y not in rows[:_EDGE] and line.y not in rows[-_EDGE:]:
                continue
            places.setdefault(_pattern(line), []).append(line)
            if len(rows) == 1 or line.y not in (rows[0], rows[-1]):
                continue
            if number := PAGE_NUMBER.fullmatch(line.text):
                dropped.add(line)
                labels[line.page] = number["number"]
            if title and title.size > line.size and _pattern(title) in _pattern(line):
                dropped.add(line)
    for lines in places.values():
        for line in lines:
            alike = {one.page for one in lines if abs(one.y - line.y) < _SAME_PLACE}
            if len(alike) > 1 and 5 * len(alike) >= min(len(pages), 20):
                dropped.add(line)
    return dropped, labels


def _pattern(line: Line) -> str:
    """What is alike of a running head on all pages."""
    return re.sub(r"\d+", "#", line.text.casefold())


# --- reading order


def _in_order(lines: list[Line]) -> list[Line]:
    """A page's lines in reading order: as drawn, unless two columns were drawn side by side."""
    rows = Counter(
        round(right.x)
        for left, right in pairwise(lines)
        if abs(left.y - right.y) < left.size / 2 and right.x > left.x
    )
    if not rows or max(rows.values()) < 4:
        return lines
    gutter = min(x for x, count in rows.items() if count == max(rows.values())) - 1
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    by_row = groupby(sorted(lines, key=lambda line: (round(line.y), line.x)), lambda line: line.y)
    for _, row in by_row:
        pieces = list(row)
        if len(pieces) == 1 and pieces[0].x < gutter and pieces[0].end > gutter + pieces[0].size:
            ordered += [*left, *right, *pieces]
            left, right = [], []
        else:
            left += [piece for piece in pieces if piece.x < gutter]
            right += [piece for piece in pieces if piece.x >= gutter]
    return [*ordered, *left, *right]


def _without_notes(page: list[Line], body: float) -> tuple[list[Line], list[Line]]:
    """The text of a page, and the notes in smaller letters at the feet of its columns."""
    notes: list[Line] = []
    for _, column in groupby(_with_columns(page), lambda one: one[0]):
        lines = [line for _, line in column]
        while lines and lines[-1].size < _SMALLER * body:
            notes.append(lines.pop())
    if len(notes) == len(page):
        return page, []
    return [line for line in page if line not in notes], notes[::-1]


def _with_columns(page: Iterable[Line]) -> Iterator[tuple[int, Line]]:
    """Each line with the number of its column: a new one begins where a line stands higher."""
    column, y = 0, float("-inf")
    for line in page:
        column += line.y < y - line.size
        y = line.y
        yield column, line


# --- paragraphs


def _usual_size(lines: Iterable[Line]) -> float:
    """The size of most letters."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size, 1)] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 1.0


def _paragraphs(lines: Sequence[Line], body: float) -> list[Paragraph]:
    """The paragraphs in lines that are in reading order."""
    found: list[Paragraph] = []
    page = _Page(lines)
    for index, line in enumerate(lines):
        is_heading = _is_heading(line, body)
        before = found[-1] if found else None
        if (
            before
            and before.is_heading == is_heading
            and not page.begins(index, before, is_heading)
        ):
            before.lines.append(line)
        else:
            found.append(Paragraph([line], is_heading))
    return found


def _is_heading(line: Line, body: float) -> bool:
    return len(line.text) <= _HEADING and (
        line.size >= _LARGER * body or (line.is_bold and line.size >= _SMALLER * body)
    )


class _Page:
    """What is usual on a page: how far lines are apart, and how long they are."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        apart = [
            (after.y - before.y) / before.size
            for before, after in pairwise(lines)
            if 0 < after.y - before.y < 3 * before.size and before.size == after.size
        ]
        self._apart = median(apart) if apart else 1.2
        lengths = sorted(len(line.text) for line in lines)
        self._length = lengths[len(lengths) * 9 // 10] if lengths else 0

    def begins(self, index: int, paragraph: Paragraph, is_heading: bool) -> bool:
        """Whether the line there begins a paragraph, and does not go on with `paragraph`."""
        before, line = paragraph.lines[-1], self._lines[index]
        if line.y < before.y - before.size / 2:  # at the top of the next column
            return is_heading or self.is_last(before) or self.is_set_in(index)
        if abs(line.size - before.size) > (1 - _SMALLER) * before.size:
            return True
        if line.y - before.y > _FURTHER * self._apart * before.size:
            return True
        if is_heading:
            return False
        if line.x > before.x + _SET_IN * line.size:
            return True
        comes_back = line.x < before.x - _SET_IN * line.size and len(paragraph.lines) > 1
        return comes_back or self.is_last(before)

    def is_last(self, line: Line) -> bool:
        """Whether a line is a paragraph's last, by its length and its end."""
        return len(line.text) < _SHORT * self._length and line.text[-1] in _STOPS

    def is_set_in(self, index: int) -> bool:
        """Whether a line is set in against the one after it."""
        line, after = self._lines[index], self._lines[index + 1 : index + 2]
        return any(line.x > one.x + _SET_IN * line.size and one.y > line.y for one in after)


def _runs_over(found: list[Paragraph], paragraph: Paragraph, text: Sequence[Line]) -> bool:
    """Whether the first paragraph of a page goes on with the last one of the page before."""
    before, line = found[-1].lines[-1], paragraph.lines[0]
    if line is not text[0] or found[-1].is_heading or paragraph.is_heading:
        return False
    if abs(line.size - before.size) > (1 - _SMALLER) * before.size:
        return False
    page = _Page([*found[-1].lines, *text])
    return not (page.is_last(before) or page.is_set_in(len(found[-1].lines)))
