"""The quotations of a text, in every house style: the one place that reads quotation marks.

Double marks (curly, straight, low, TeX), angled ones with and without spaces, single ones that are
no apostrophes, and the dash that opens a line of dialogue. A style is a row of `STYLES` that says
on which side of a word each of its marks stands; how marks pair up is the same for all of them.
Marks are paired inside a paragraph, so that one too many spoils no other; a quotation that is left
open goes on in the next paragraph where that begins with a mark again. Offsets are half-open, in
code points; every text is read in time that grows as it does.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pullquote.analysis.lexicon import any_of, lexicon
from pullquote.text import Span, Spans


class Quotation(NamedTuple):
    """What stands between two quotation marks, with them; an open one ends with its paragraph."""

    start: int
    end: int
    closed: bool
    opening: int  # length of the opening mark: 1, or 2 for '' and ``; 0 where it is missing
    closing: int = 1  # length of the closing mark; 0 where it is missing

    @property
    def span(self) -> Span:
        """Where it lies, with its marks."""
        return self.start, self.end

    @property
    def inner(self) -> Span:
        """Where the words between its marks lie."""
        return self.start + self.opening, self.end - (self.closing if self.closed else 0)


Quoted = tuple[Quotation, ...]  # the outermost quotations of a paragraph, in order


class Side(Enum):
    """What a mark does by where it stands."""

    OPENS = auto()
    CLOSES = auto()
    EITHER = auto()  # it closes what is open, and else opens
    MAY_CLOSE = auto()  # a plural's apostrophe looks the same
    NONE = auto()


class _Mark(NamedTuple):
    start: int
    end: int
    side: Side


class _Stand(NamedTuple):
    """A mark with the characters on both sides of it; a blank where the paragraph ends."""

    text: str
    before: str
    after: str

    @property
    def opens(self) -> bool:
        """Whether it stands before a word and behind a blank, a bracket, a dash or a mark."""
        return not self.after.isspace() and (self.before.isspace() or self.before in "([{—–-/“‘")

    @property
    def closes(self) -> bool:
        """Whether it stands behind a word."""
        return not self.before.isspace()


def _straight(mark: _Stand) -> Side:
    if mark.opens:
        return Side.OPENS
    return Side.CLOSES if mark.closes else Side.EITHER


def _double(mark: _Stand) -> Side:
    if mark.text in ("“", "„", "``"):
        return Side.EITHER if mark.text == "“" and mark.closes else Side.OPENS
    return Side.CLOSES if mark.text == "”" else _straight(mark)


def _angled(mark: _Stand) -> Side:
    return Side.OPENS if mark.text == "«" else Side.CLOSES


def _angled_inwards(mark: _Stand) -> Side:
    return Side.OPENS if mark.text == "»" else Side.CLOSES


def _single(mark: _Stand) -> Side:
    if mark.text != "’" and mark.opens and mark.after not in ",.;:!?)":
        return Side.OPENS
    if not mark.closes or mark.after.isalnum() or mark.text == "‘":
        return Side.NONE
    return Side.MAY_CLOSE if mark.before in "sS" and mark.after.isspace() else Side.CLOSES


class Style(NamedTuple):
    """How one kind of marks is told, with a sentence that has a quotation and one without."""

    name: str
    marks: Callable[[], re.Pattern[str]]
    side: Callable[[_Stand], Side]
    yes: str
    no: str


@cache
def single_marks() -> re.Pattern[str]:
    """Single marks but for those of 'em, 'tis and the '90s, where letters are left out."""
    words = any_of(lexicon("words")["shortened"]["words"])
    left_out = rf"\d0s\b|(?:{words})\b"
    return re.compile(rf"[‘’](?!\d0s\b)|(?<!')'(?!'|{left_out})", re.I)


_DOUBLE_MARKS = re.compile("[“”„\"]|''|``")
_ANGLED_MARKS = re.compile("[«»]")

DOUBLE = Style(
    "double",
    lambda: _DOUBLE_MARKS,
    _double,
    yes="“We are late,” she said.",
    no='The board is 6" by 4".',
)
ANGLED = Style(
    "angled",
    lambda: _ANGLED_MARKS,
    _angled,
    yes="« We are late », she said.",
    no="It costs less » more.",
)
ANGLED_INWARDS = ANGLED._replace(
    name="angled inwards",
    side=_angled_inwards,
    yes="»We are late«, she said.",
)
SINGLE = Style(
    "single",
    single_marks,
    _single,
    yes="‘It wasn’t the drivers’ fault,’ she said.",
    no="It’s the drivers’ fault, and the ’90s were no better.",
)
STYLES = (DOUBLE, ANGLED, ANGLED_INWARDS, SINGLE)


def _marks(text: str, paragraph: Span, style: Style) -> Iterator[_Mark]:
    start, end = paragraph
    for mark in style.marks().finditer(text, start, end):
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        side = style.side(_Stand(mark[0], before, after))
        if side is Side.CLOSES and mark.start() == start:
            side = Side.OPENS  # a slip of the pen
        if side is not Side.NONE:
            yield _Mark(mark.start(), mark.end(), side)


def _paired(text: str, paragraph: Span, style: Style) -> list[Quotation]:
    """The outermost quotations of a style; marks of one kind nest where none is missing."""
    marks = list(_marks(text, paragraph, style))
    nested = _nested(marks)
    if nested is not None:
        return nested
    first = marks[0]
    if style is DOUBLE and first.side is Side.CLOSES and text[first.start - 1] in _STOPS:
        start = paragraph[0]  # the opening mark is missing, or stands paragraphs before
        return [
            Quotation(start, first.end, True, 0, first.end - first.start),
            *_flat(text, marks[1:], paragraph[1]),
        ]
    return _flat(text, marks, paragraph[1])


def _nested(marks: list[_Mark]) -> list[Quotation] | None:
    """The quotations where each mark that opens has one that closes; None where that is not so."""
    found: list[Quotation] = []
    opened: list[_Mark] = []
    for mark in marks:
        if mark.side is Side.OPENS or (mark.side is Side.EITHER and not opened):
            opened.append(mark)
        elif mark.side is Side.MAY_CLOSE or not opened:
            return None
        else:
            first = opened.pop()
            if not opened:
                found.append(_between(first, mark))
    return None if opened else found


def _between(first: _Mark, last: _Mark) -> Quotation:
    return Quotation(first.start, last.end, True, first.end - first.start, last.end - last.start)


_SHORT = 4  # words; a longer quotation is no coined name
_NAME = 60  # characters; nor is one of more
_STOPS = ",.?!…"
_MARKS = "“”„‘’'\"«»,.;:?!()[]…"


def _flat(text: str, marks: list[_Mark], end: int) -> list[Quotation]:
    """The quotations where the first mark that closes ends what is open."""
    found: list[Quotation] = []
    opened: _Mark | None = None
    perhaps: _Mark | None = None
    for mark in marks:
        if opened is None:
            if mark.side in (Side.OPENS, Side.EITHER):
                opened, perhaps = mark, None
        elif mark.side is Side.OPENS:
            if perhaps is not None:
                found.append(_between(opened, perhaps))
                opened, perhaps = mark, None
        elif mark.side is Side.MAY_CLOSE:
            # "the ‘heroes’ of the drivers’ union": a short one ends with the first that may
            length = mark.start - opened.end
            is_short = length <= _NAME and text.count(" ", opened.end, mark.start) < _SHORT
            perhaps = mark if perhaps is None or not is_short else perhaps
        else:
            found.append(_between(opened, mark))
            opened = None
    if opened is not None and perhaps is not None:
        found.append(_between(opened, perhaps))
    elif opened is not None and opened.end < end:
        found.append(Quotation(opened.start, end, False, opened.end - opened.start, 0))
    return found


# --- a paragraph, and an article


_DASH = re.compile(r"[—–―]\s*(?=\S)")


@cache
def speech_in_line() -> re.Pattern[str]:
    """Where the words of a line of dialogue end: "— Then who did? asked the prosecutor."."""
    words = lexicon("cues")["spoken"]
    pronouns, verbs = any_of(words["pronouns"]), any_of(words["verbs"])
    return re.compile(rf"(?<=[,?!…])\s{{1,3}}(?:(?:{pronouns}) )?(?:{verbs})\b")


def quotations(text: str, paragraph: Span) -> Quoted:
    """The outermost quotations in one paragraph that is looked at by itself."""
    return read_quotations(text, (paragraph,))[0]


def read_quotations(text: str, paragraphs: Spans) -> tuple[Quoted, ...]:
    """The outermost quotations of each paragraph of an article."""
    inwards = _points_inwards(text, paragraphs)
    singles = [_paired(text, one, SINGLE) for one in paragraphs]
    single_house = any(_is_speech(text, one) for ones in singles for one in ones)
    lines = _dialogue(text, paragraphs)
    found: list[Quoted] = []
    for number, paragraph in enumerate(paragraphs):
        if number in lines:
            found.append((lines[number],))
            continue
        ones = _paired(text, paragraph, DOUBLE)
        ones = _outermost(ones, [one for one in _paired(text, paragraph, inwards) if one.closed])
        single = [
            one
            for one in singles[number]
            if one.closed or (single_house and _goes_on(text, paragraphs, singles, number))
        ]
        found.append(tuple(_outermost(ones, single)))
    return tuple(found)


def _points_inwards(text: str, paragraphs: Spans) -> Style:
    """Which way an article's angled marks point: by the first."""
    for start, end in paragraphs:
        if mark := _ANGLED_MARKS.search(text, start, end):
            return ANGLED_INWARDS if mark[0] == "»" else ANGLED
    return ANGLED


def _is_speech(text: str, one: Quotation) -> bool:
    """Whether a stop stands before the closing mark: a name or a term has none."""
    return one.closed and text[one.end - one.closing - 1] in _STOPS


def _goes_on(
    text: str, paragraphs: Spans, singles: Sequence[Sequence[Quotation]], number: int
) -> bool:
    """Whether the paragraph after this one begins with a single mark."""
    after = number + 1
    if after >= len(paragraphs) or not singles[after]:
        return False
    return singles[after][0].start == paragraphs[after][0]


def _outermost(ones: list[Quotation], others: list[Quotation]) -> list[Quotation]:
    """Quotations of two styles in order, without those that begin inside another."""
    found: list[Quotation] = []
    for one in sorted([*ones, *others], key=lambda one: (one.start, -one.end)):
        if found and one.start < found[-1].end:
            continue
        found.append(one)
    return found


def _dialogue(text: str, paragraphs: Spans) -> dict[int, Quotation]:
    """The lines that a dash opens, by paragraph; none where no line has a verb of speech."""
    lines: dict[int, Quotation] = {}
    has_cue = False
    for number, (start, end) in enumerate(paragraphs):
        dash = _DASH.match(text, start, end)
        if dash is None:
            continue
        cue = speech_in_line().search(text, dash.end(), end)
        has_cue = has_cue or cue is not None
        stop = cue.start() if cue else end
        lines[number] = Quotation(start, stop, True, dash.end() - start, 0)
    return lines if has_cue and len(lines) > 1 else {}


def is_title(text: str, one: Quotation) -> bool:
    """Whether a quotation is written as a title: all its words but small ones begin with capitals.

    One word or two with a stop are a sentence.
    """
    words = [word.strip(_MARKS) for word in text[slice(*one.inner)].split()]
    words = [word for word in words if word]
    if not words or (len(words) <= 2 and text[one.inner[1] - 1] in ".?!…"):
        return False
    small = lexicon("furniture")["small words"]
    return all(not word[0].isalpha() or word[0].isupper() or word in small for word in words)


class Place(NamedTuple):
    """A quotation and the number of its paragraph."""

    paragraph: int
    quotation: Quotation


def chains(paragraphs: Spans, quoted: Sequence[Quoted]) -> list[list[Place]]:
    """The quotations that run over several paragraphs, each with its part in every one of them.

    A quotation that a paragraph leaves open goes on in the next if that begins with a mark.
    """
    found: list[list[Place]] = []
    for number, (before, here) in enumerate(pairwise(quoted), 1):
        if not before or before[-1].closed or not here or here[0].start != paragraphs[number][0]:
            continue
        part = Place(number, here[0])
        if found and found[-1][-1] == Place(number - 1, before[-1]):
            found[-1].append(part)
        else:
            found.append([Place(number - 1, before[-1]), part])
    return found


# --- what the models read


_NESTED = re.compile("[“”]")


def with_double_marks(text: str, paragraphs: Spans) -> str:
    """`text` as the models read it: every quotation between “ and ”, each character in its place.

    They were trained on articles that quote between double marks; nested ones become single.
    """
    changed: dict[int, str] = {}
    for quoted in read_quotations(text, paragraphs):
        for one in quoted:
            if one.opening == 0 or text[one.start] in '“"`”' or text.startswith("''", one.start):
                continue
            for inner in _NESTED.finditer(text, one.start, one.end):
                changed[inner.start()] = "‘" if inner[0] == "“" else "’"
            changed[one.start] = "“"
            if one.closed:
                changed[one.end - 1] = "”"
    if not changed:
        return text
    letters = list(text)
    for at, letter in changed.items():
        letters[at] = letter
    return "".join(letters)
