"""A question to all that is said: words, and conditions by their names, as a reader types them.

`vaccine by:"Ann Cole" after:2016 kind:claim checkable` asks for claims of Ann Cole's with a word
that begins so. Of several values of one condition one is enough; all conditions must hold.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property

import msgspec

from pullquote.errors import PullquoteError
from pullquote.findings import SPEECH, AttributionKind, Sourcing
from pullquote.notes.dates import days
from pullquote.notes.statements import HEDGED

KINDS = (*map(str, SPEECH), *AttributionKind, HEDGED)
SOURCINGS = tuple(Sourcing)
OPEN = "open"  # in the place of a verdict: there is none yet
CHECKABLE = "checkable"
DATES = ("after", "before", "since", "until")
FIELDS = ("by", "about", "site", *DATES, "kind", "sourcing", "verdict")
_PART = re.compile(rf'(?:({"|".join(FIELDS)}):)?(-?"[^"]*"?\*?|\S+)', re.IGNORECASE)
# What an index can cut into words: no script that is written without spaces between them.
CUT_BY_SPACES = re.compile(
    "[^\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]*"
)
_SATURATION, _LENGTH = 1.2, 0.75  # k1 and b of BM25, as FTS5 has them
_LEAST = 4  # letters; the beginning of a word that is shorter is too many words


class BadQuestion(PullquoteError):
    """A question that cannot be asked; the message, one line, says what can."""


class Term(msgspec.Struct, frozen=True):
    """A word, the beginning of one, or several in a row."""

    text: str
    begins: bool = False  # whether the last word may go on
    excluded: bool = False

    @property
    def is_cut_by_spaces(self) -> bool:
        """Whether an index of words knows it."""
        return bool(CUT_BY_SPACES.fullmatch(self.text))

    @property
    def pattern(self) -> str:
        """A regular expression for it in plain text (`plain`)."""
        words = re.findall(r"\w+", plain(self.text)) or [re.escape(self.text)]
        if not self.is_cut_by_spaces:
            return re.escape(plain(self.text))
        return r"\b" + r"\W+".join(words) + ("" if self.begins else r"\b")


class Question(msgspec.Struct, frozen=True, dict=True):
    """What is asked for; an empty field asks for nothing, so that everything meets it.

    Attributes:
        words: As typed: all of them, or words that begin so, "several in a row", -none of these.
        by: Names of who says it.
        about: Names of who is spoken of.
        sites: Parts of the names of sites.
        since: The first day; a year or a month begins with its first.
        until: The last day; a year or a month ends with its last.
        kinds: Of `KINDS`.
        sourcings: Of `Sourcing`.
        verdicts: The reader's, or `OPEN` for what has none.
        checkable: Whether it has to be a fact that can be checked.
    """

    words: str = ""
    by: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    kinds: tuple[str, ...] = ()
    sourcings: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    checkable: bool = False

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """What the words are."""
        return tuple(filter(None, map(_term, re.findall(r'-?"[^"]*"?\*?|\S+', self.words))))

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """What finds each of the words in plain text, without those that must not be there."""
        return tuple(re.compile(one.pattern) for one in self.terms if not one.excluded)


def _term(typed: str) -> Term | None:
    excluded = typed.startswith("-")
    quoted = typed.lstrip("-").startswith('"')
    text = typed.lstrip("-").strip('"*').replace('"', "")
    if not re.search(r"\w", text):
        return None
    begins = typed.endswith("*") or (not quoted and len(text) >= _LEAST)
    return Term(text, begins, excluded)


def plain(words: str) -> str:
    """Words without case and accents, as the index compares them."""
    if unicodedata.is_normalized("NFD", words):
        return words.lower()
    letters = unicodedata.normalize("NFD", words)
    return "".join(one for one in letters if not unicodedata.combining(one)).lower()


def relevance(question: Question, texts: Sequence[str]) -> list[float]:
    """How well each of the texts, which have all words of the question, fits it: by BM25.

    With all words in each of them, how rare a word is tells nothing: their frequency and the length
    of the text decide.
    """
    plains = [plain(text) for text in texts]
    mean = sum(map(len, plains)) / max(1, len(plains)) or 1

    def score(text: str) -> float:
        weight = _SATURATION * (1 - _LENGTH + _LENGTH * len(text) / mean)
        counts = (len(one.findall(text)) for one in question.patterns)
        return sum(count * (_SATURATION + 1) / (count + weight) for count in counts)

    return [score(text) for text in plains]


def bounds(values: dict[str, str]) -> dict[str, date]:
    """The first and the last day of a question, from `after`, `before`, `since` and `until`.

    Raises:
        BadQuestion: One of them is no date.
    """
    found = dict[str, date]()
    for name, value in values.items():
        span = days(value)
        if span is None:
            raise BadQuestion(f"{name}: “{value}” is no date; write 2016, 2016-08 or 2016-08-03")
        first, last = span
        field = "since" if name in ("since", "after") else "until"
        day = {"before": date.fromordinal(max(1, first.toordinal() - 1)), "until": last}
        found[field] = day.get(name, first)
    return found


def understood(typed: str) -> Question:
    """What is typed; a condition that is not whole yet says nothing.

    Raises:
        BadQuestion: A condition has a value that it cannot have.
    """
    words, values, dates, checkable = list[str](), dict[str, list[str]](), dict[str, str](), False
    for name, value in _PART.findall(typed):
        field, said = name.lower(), value.strip('"')
        if field in DATES and said:
            dates[field] = said
        elif field and said:
            values.setdefault(field, []).append(said)
        elif value.lower() == CHECKABLE:
            checkable = True
        elif not name and value.lower().rstrip(":") not in FIELDS:
            words.append(value)
    return Question(
        words=" ".join(words),
        by=tuple(values.get("by", ())),
        about=tuple(values.get("about", ())),
        sites=tuple(values.get("site", ())),
        kinds=_known("kind", values.get("kind", ()), KINDS),
        sourcings=_known("sourcing", values.get("sourcing", ()), SOURCINGS),
        verdicts=tuple(values.get("verdict", ())),
        checkable=checkable,
        **bounds(dates),
    )


def _known(field: str, values: list[str] | tuple[()], known: tuple[str, ...]) -> tuple[str, ...]:
    """The values, each by its beginning."""
    found = []
    for value in values:
        meant = next((one for one in known if one.startswith(value.lower())), None)
        if meant is None:
            raise BadQuestion(f"{field}: “{value}” is none of {', '.join(known)}")
        found.append(meant)
    return tuple(found)


def typed(question: Question) -> str:
    """A question as it is typed."""
    lists = (
        ("by", question.by),
        ("about", question.about),
        ("site", question.sites),
        ("kind", question.kinds),
        ("sourcing", question.sourcings),
        ("verdict", question.verdicts),
    )
    quoted: Callable[[str], str] = lambda one: f'"{one}"' if " " in one else one  # noqa: E731
    parts = [question.words, *(f"{name}:{quoted(one)}" for name, ones in lists for one in ones)]
    for name, day in (("since", question.since), ("until", question.until)):
        parts += [f"{name}:{day.isoformat()}"] if day else []
    return " ".join(filter(None, (*parts, CHECKABLE if question.checkable else "")))
