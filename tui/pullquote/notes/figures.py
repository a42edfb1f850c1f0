"""The figures in a statement, as numbers with what they count, so that two can be compared.

"Nineteen dead" and "21 dead" differ, "19 dead" and "19 killed" do not; "$2.5 million" is "2,500,000
dollars". Words become numbers by text2num. A figure is only compared with one of the same unit:
of 46 per cent and 40 voters nothing is said. Who is dead or hurt is known by what became of them,
wherever the sentence says that: "21 passengers died", "the fire killed at least 19".
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

_CURRENCIES = {
    "$": "$",
    "us$": "$",
    "dollar": "$",
    "€": "€",
    "euro": "€",
    "£": "£",
    "pound": "£",
    "¥": "¥",
    "yen": "¥",
    "₹": "₹",
    "rupee": "₹",
    "rouble": "₽",
    "ruble": "₽",
    "yuan": "yuan",
}
_SHARES = {"%": "%", "percent": "%", "per cent": "%", "pc": "%", "percentage point": "points"}
_COUNTS = {
    **dict.fromkeys(("person", "people", "men", "women", "civilian", "soldier"), "people"),
    **dict.fromkeys(
        (
            "dead",
            "killed",
            "died",
            "death",
            "fatality",
            "victim",
            "people dead",
            "people killed",
            "people died",
        ),
        "dead",
    ),
    **dict.fromkeys(("hurt", "injured", "wounded", "injury", "casualty"), "hurt"),
}
UNITS = {**_CURRENCIES, **_SHARES, **_COUNTS}
_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"

_FIGURE = re.compile(
    r"(?P<before>us\$|[$€£¥₹])?\s?"
    r"(?<![\w.])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<scale>(?:k|mn?|bn?|tn)\b)?"
    r"(?P<scales>(?:\s10{3}(?:0{3})*\b)*)"
    r"(?:\s?(?P<sign>%)|[\s-](?P<unit>percentage points?|per cent"
    r"|people (?:were |are |have been )?(?:dead|killed|died)|[^\W\d_]+))?",
    re.IGNORECASE,
)
_DATE = re.compile(rf"\b(?:{_MONTH})[a-z]*\.?\s$", re.IGNORECASE)
_PASSED_OVER = frozenset(
    ("the", "of", "a", "an", "more", "other", "new", "were", "was", "to", "and")
)
_YEAR = range(1500, 2200)
_NUMBER = r"(?<![\w.,$€£])(?P<number>\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?![\w.,]*\d|\s?%)"
_WHO = r"(?:\s(?!and\b|but\b|or\b)[^\W\d]+){0,2}?"
_IS = r"(?:\s(?:is|are|was|were|has|have|had|been|confirmed|reported|left|found))*"
_MORE = r"(?:\s(?:at|least|more|than|about|some|up|to|nearly|almost|over|around|another))*"
_DIED = re.compile(rf"{_NUMBER}{_WHO}{_IS}\s(?:dead|killed|died|die|deaths|fatalities|lives)\b")
_KILLED = re.compile(rf"\b(?:killed|killing|kills|kill|claimed){_MORE}\s{_NUMBER}\b")
_TOLL = re.compile(rf"\btoll(?:\s[^\W\d]+){{0,6}}?\s(?:to|of|at|was|is){_MORE}\s{_NUMBER}\b")
_HARMED = re.compile(rf"{_NUMBER}{_WHO}{_IS}\s(?:hurt|injured|wounded|injuries|casualties)\b")
_HARMING = re.compile(rf"\b(?:hurt|injured|injuring|wounded|wounding){_MORE}\s{_NUMBER}\b")
TOLLS = {"dead": (_DIED, _KILLED, _TOLL), "hurt": (_HARMED, _HARMING)}
_MOST = 2_000  # code points of a statement: of a longer one the beginning


class Figure(NamedTuple):
    """A number and what it counts: "dead", "%", "$", "year"; "" where that is not said."""

    value: float
    unit: str

    def __str__(self) -> str:
        if self.unit == "year":
            return f"{self.value:.0f}"
        number = f"{self.value:,.10g}"
        if self.unit in _CURRENCIES:
            return f"{self.unit}{number}"
        if self.unit == "%":
            return f"{number}%"
        is_plain = self.unit in UNITS.values() or self.value == 1
        return f"{number} {self.unit if is_plain else _plural(self.unit)}".rstrip()


class Differing(NamedTuple):
    """A figure here, and the one of the same unit that another statement has in its place."""

    here: Figure
    there: Figure

    def __str__(self) -> str:
        return f"{self.here} here, {self.there} there"


@lru_cache(maxsize=4096)
def figures(words: str) -> tuple[Figure, ...]:
    """The figures in a statement, each once, in the order of its words.

    Days of a month are none, nor are ordinal numbers.
    """
    return tuple(dict.fromkeys(_found(words[:_MOST])))


@lru_cache(maxsize=4096)
def counts(words: str) -> tuple[Figure, ...]:
    """The same, where who is dead or hurt is counted as such: first those, then the others."""
    tolls = tuple(_tolls(words[:_MOST]))
    known = {one.value for one in tolls}
    others = (one for one in figures(words) if one.unit in TOLLS or one.value not in known)
    return tuple(dict.fromkeys((*tolls, *others)))


def _tolls(words: str) -> Iterator[Figure]:
    from text_to_num import alpha2digit

    text = alpha2digit(words, "en", threshold=1).casefold()
    for unit, patterns in TOLLS.items():
        for match in chain.from_iterable(one.finditer(text) for one in patterns):
            yield Figure(float(match["number"].replace(",", "")), unit)


def _found(words: str) -> Iterator[Figure]:
    from text_to_num import alpha2digit

    text = alpha2digit(words, "en", threshold=1)
    for match in _FIGURE.finditer(text):
        if _DATE.search(text, 0, match.start("number")):
            continue
        value = float(match["number"].replace(",", ""))
        value *= _SCALES.get((match["scale"] or "").lower(), 1)
        for scale in match["scales"].split():
            value *= float(scale)
        unit = _unit((match["before"] or match["sign"] or match["unit"] or "").lower())
        if not match["before"] and not match["scales"] and _is_year(match["number"], unit):
            unit = "year"
        if unit or value != 1:  # "one of them"
            yield Figure(value, unit)


def _is_year(number: str, unit: str) -> bool:
    is_plain = len(number) == 4 and number.isdigit()
    return is_plain and int(number) in _YEAR and unit not in UNITS.values()


def _unit(word: str) -> str:
    word = re.sub(r" (?:were|are|have been)\b", "", word)
    one = word if word in UNITS else _singular(word)
    return "" if one in _PASSED_OVER else UNITS.get(one, one)


def _plural(word: str) -> str:
    if not word:
        return ""
    return f"{word[:-1]}ies" if word[-1] == "y" and word[-2:-1] not in "aeiou" else f"{word}s"


def _singular(word: str) -> str:
    for end, instead in (("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("us", "us"), ("s", "")):
        if word.endswith(end):
            return word.removesuffix(end) + instead
    return word


def differing(here: str, there: str) -> tuple[Differing, ...]:
    """Which figures of two statements differ: of one unit, and in only one of the two."""
    ours, others = _by_unit(counts(here)), _by_unit(counts(there))
    return tuple(
        Differing(Figure(one, unit), Figure(other, unit))
        for unit in ours
        if unit in others
        for one, other in zip(
            [value for value in ours[unit] if value not in others[unit]],
            [value for value in others[unit] if value not in ours[unit]],
            strict=False,
        )
    )


def counts_otherwise(here: str, there: str) -> bool:
    """Whether each of two statements has a number that the other has not, whatever it counts."""
    ours, others = ({one.value for one in counts(words)} for words in (here, there))
    return bool(ours - others) and bool(others - ours)


def _by_unit(ones: Iterable[Figure]) -> dict[str, list[float]]:
    units: dict[str, list[float]] = {}
    for one in ones:
        if one.unit:
            units.setdefault(one.unit, []).append(one.value)
    return units
