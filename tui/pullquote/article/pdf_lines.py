"""The lines of a page of a PDF, with where they stand and how large they are.

A PDF has no lines: it says where each run of letters is drawn. pypdf tells runs and the spaces
between them; here those on one baseline become a line, and those far apart on it, as in two columns
drawn side by side, become two. Coordinates are in points, downwards from an origin of the page's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import hypot
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pypdf import PageObject

_LETTER = 0.5  # of its size; the width of a letter on the average
_NARROW = 0.4  # of its size; the width of a letter at the least, on the average
_ROWS = 4  # as many pieces of lines that begin below each other are a column
_PROSE = 20  # characters; shorter pieces are cells of a table
_RAISED = 0.85  # of a line's size; a number that is smaller and not alone points to a note
_WIDE = 0.3  # of a letter's size; wider letter spacing stands for a space
_MOVES = (b"Td", b"TD", b"Tm", b"T*")
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

    It joins what is on one baseline, however far apart, unless the font is set again; it does not
    count word spacing (Tw), so that a word of two pieces seems to be two words; and it takes no
    letter spacing (Tc) for a space, however wide, as Ghostscript writes them.
    """
    from pypdf.generic import ContentStream, NameObject

    if page.get_contents() is not None:
        contents = ContentStream(page["/Contents"].get_object(), page.pdf, "bytes")
        contents.operations = [*_spelled_out(contents.operations, _of_one_byte(page))]
        page[NameObject("/Contents")] = contents


def _of_one_byte(page: "PageObject") -> frozenset[str]:
    """The names of the fonts whose letters are one byte each: only they have spacing."""
    resources: Any = page.get("/Resources", {})
    fonts: Any = resources.get_object().get("/Font", {}) if resources else {}
    every = {name: font.get_object() for name, font in fonts.get_object().items()} if fonts else {}
    return frozenset(name for name, font in every.items() if font.get("/Subtype") != "/Type0")


@dataclass(slots=True)
class _Spacing:
    """What is set when something is shown."""

    font: Any = None  # operands of Tf: its name and size
    word: float = 0.0
    letter: float = 0.0

    def set(self, operator: bytes, operands: Any) -> None:
        """Note what an operator sets, if it does."""
        if operator == b"Tf" and len(operands) > 1:
            self.font = operands
        elif operator == b"Tw" and operands:
            self.word = float(operands[0])
        elif operator == b"Tc" and operands:
            self.letter = float(operands[0])

    def offsets(self, simple: frozenset[str]) -> tuple[float, float]:
        """What stands for the spacing after a space, and after any letter, in a TJ; 0 for none."""
        if self.font is None or str(self.font[0]) not in simple or not float(self.font[1]):
            return 0, 0
        size = float(self.font[1])
        letter = self.letter if self.letter > _WIDE * size else 0
        return -1000 * self.word / size, -1000 * letter / size


def _spelled_out(
    operations: list[tuple[Any, bytes]], simple: frozenset[str]
) -> Iterator[tuple[Any, bytes]]:
    now, saved = _Spacing(), list[_Spacing]()
    for operands, operator in operations:
        now.set(operator, operands)
        if operator == b"q":
            saved.append(replace(now))
        elif operator == b"Q" and saved:
            now = saved.pop()
        word, letter = now.offsets(simple)
        if operator in (b"Tj", b"TJ") and operands and (word or letter):
            if letter:
                yield [0], b"Tc"
            yield [_spaced(operands[0], word, letter)], b"TJ"
            if letter:
                yield [now.letter], b"Tc"
        else:
            yield operands, operator
        if operator in _MOVES and now.font:
            yield now.font, b"Tf"


def _spaced(shown: Any, word: float, letter: float) -> Any:
    """What is shown, with the spacing between its letters and words as it is in a TJ."""
    from pypdf.generic import ArrayObject, ByteStringObject, FloatObject

    found = ArrayObject()
    for piece in shown if isinstance(shown, list) else [shown]:
        if not isinstance(piece, bytes):
            found.append(piece)
            continue
        for part in (piece[at : at + 1] for at in range(len(piece))) if letter else _words(piece):
            found.append(ByteStringObject(part))
            found.append(FloatObject(letter + (word if part.endswith(b" ") else 0)))
    if found and isinstance(found[-1], FloatObject):
        found.pop()  # what comes next is moved to where it stands
    return found


def _words(piece: bytes) -> list[bytes]:
    """The words of a piece, each with the space after it."""
    return re.findall(rb"[^ ]* |[^ ]+", piece)
