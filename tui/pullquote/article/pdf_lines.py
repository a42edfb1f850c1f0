"""The lines of a page of a PDF, with where they stand and how large they are.

A PDF has no lines: it says where each run of letters is drawn. pypdf tells runs and the spaces
between them; here those on one baseline become a line, and those far apart on it, as in two columns
drawn side by side, become two. Coordinates are in points, downwards from an origin of the page's.
"""

from collections.abc import Iterator
from itertools import chain
from math import hypot
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pypdf import PageObject

_LETTER = 0.5  # of its size; the width of a letter on the average
_NARROW = 0.4  # of its size; the width of a letter at the least, on the average
_ROWS = 4  # as many pieces of lines that begin below each other are a column
_PROSE = 20  # characters; shorter pieces are cells of a table
_RAISED = 0.85  # of a line's size; a number that is smaller and not alone points to a note
_MOVES = (b"Td", b"TD", b"Tm", b"T*")
_SHOWS = (b"Tj", b"TJ", b"'", b'"')
_HEAVY = ("bold", "black", "heavy", "semibold", "-bd")


class Line(NamedTuple):
    """One line of letters; `x` is where it begins, `y` its baseline, growing downwards."""

    page: int  # from 0
    x: float
    y: float
    size: float  # of its letters
    is_bold: bool
    text: str

    @property
    def end(self) -> float:
        """About where it ends."""
        return self.x + _LETTER * self.size * len(self.text)


class _Run(NamedTuple):
    x: float
    y: float
    size: float
    is_bold: bool
    text: str


def lines(page: "PageObject", number: int) -> list[Line]:
    """The lines of a page in the order in which they are drawn, in points.

    Raises whatever pypdf raises for a damaged page.
    """
    found: list[list[_Run]] = []
    runs = _runs(page)
    columns = _columns(runs)
    for run in runs:
        if found and _goes_on(found[-1], run, columns):
            found[-1].append(run)
        else:
            found.append([run])
    return [line for runs in found if (line := _line(runs, number)).text]


def _columns(runs: list[_Run]) -> frozenset[int]:
    """Where columns begin: the points, across, below each other at which prose begins."""
    at: dict[int, list[int]] = {}
    for run in runs:
        at.setdefault(round(run.x), []).append(len(run.text))
    return frozenset(
        x for x, sizes in at.items() if len(sizes) >= _ROWS and sum(sizes) > _PROSE * len(sizes)
    )


def _runs(page: "PageObject") -> list[_Run]:
    runs: list[_Run] = []

    def see(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if not text.strip():
            if runs and text and not runs[-1].text.endswith((" ", "\n")):
                runs[-1] = runs[-1]._replace(text=runs[-1].text + text)
            return
        x, y = (tm[4] * cm[i] + tm[5] * cm[i + 2] + cm[i + 4] for i in (0, 1))
        across, up = (tm[2] * cm[i] + tm[3] * cm[i + 2] for i in (0, 1))
        name = str((font or {}).get("/BaseFont", "")).lower()
        runs.append(
            _Run(
                *_turned(x, y, page.rotation),
                size=abs(size) * hypot(across, up),
                is_bold=any(word in name for word in _HEAVY),
                text=text,
            )
        )

    _spell_out(page)
    page.extract_text(visitor_text=see)
    return runs


def _turned(x: float, y: float, rotation: int) -> tuple[float, float]:
    """A point as it is seen on the page, which may be shown turned by `rotation` degrees."""
    return {90: (y, x), 180: (-x, y), 270: (-y, -x)}.get(rotation % 360, (x, -y))


def _goes_on(line: list[_Run], run: _Run, columns: frozenset[int]) -> bool:
    """Whether a run stands on the baseline of a line, and not in the column beside it."""
    first, last = line[0], line[-1]
    size = max(first.size, run.size)
    if abs(run.y - first.y) >= size / 2 or run.x < last.x - size / 2 or last.text.endswith("\n"):
        return False
    end = last.x + _NARROW * last.size * len(last.text)
    is_apart = last.text.endswith(" ") and run.x > end + size
    return not (is_apart and round(run.x) in columns)


def _line(runs: list[_Run], page: int) -> Line:
    size = max(run.size for run in runs)
    words = [
        run.text.replace("\n", " ")
        for run in runs
        if len(runs) == 1 or run.size > _RAISED * size or not run.text.strip().isdigit()
    ]
    text = " ".join("".join(words).split())
    return Line(page, runs[0].x, runs[0].y, size, all(run.is_bold for run in runs), text)


def _spell_out(page: "PageObject") -> None:
    """Change what draws the page so that pypdf sees each move, and the space between words.

    It joins what is on one baseline, however far apart, unless the font is set again; and it does
    not count word spacing (Tw), so that a word of two pieces seems to be two words.
    """
    from pypdf.generic import ContentStream, NameObject

    if page.get_contents() is not None:
        contents = ContentStream(page["/Contents"].get_object(), page.pdf, "bytes")
        contents.operations = [*_spelled_out(contents.operations)]
        page[NameObject("/Contents")] = contents


def _spelled_out(operations: list[tuple[Any, bytes]]) -> Iterator[tuple[Any, bytes]]:
    font: Any = None
    spacing, saved = 0.0, []
    for operands, operator in operations:
        if operator == b"Tf" and len(operands) > 1:
            font = operands
        elif operator == b"Tw" and operands:
            spacing = float(operands[0])
        elif operator == b"q":
            saved.append((font, spacing))
        elif operator == b"Q" and saved:
            font, spacing = saved.pop()
        if operator in (b"Tj", b"TJ") and operands and spacing and font and float(font[1]):
            yield [_spaced(operands[0], -1000 * spacing / float(font[1]))], b"TJ"
        else:
            yield operands, operator
        if operator in _MOVES and font:
            yield font, b"Tf"


def _spaced(shown: Any, offset: float) -> Any:
    """What is shown, with the width of word spacing after each space."""
    from pypdf.generic import ArrayObject, FloatObject

    pieces = shown if isinstance(shown, list) else [shown]
    return ArrayObject(chain.from_iterable(_apart(piece, FloatObject(offset)) for piece in pieces))


def _apart(piece: Any, offset: Any) -> Iterator[Any]:
    from pypdf.generic import ByteStringObject

    if not isinstance(piece, bytes) or b" " not in piece:
        yield piece
        return
    first, *others = piece.split(b" ")
    for word in others:
        yield ByteStringObject(first + b" ")
        yield offset
        first = word
    yield ByteStringObject(first)
