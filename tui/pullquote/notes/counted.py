"""What the articles of one event count otherwise: 19 dead in one, 21 in another.

Their sentences need not be alike. Two figures are of one thing where they count the same and their
sentences have words of a subject in common: "140 passengers were on board" and "some 150 passengers
had been on board". An event has one toll of dead and of hurt, so that these are put together
without such words, too; then it is said to be doubtful, as one may be of something else. Nothing is
said of the figures of two years, nor where a claim has two figures of a kind: which is which is not
known.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from pullquote.analysis.lexicon import lexicon
from pullquote.findings import Commitment
from pullquote.notes.figures import UNITS, Figure, figures
from pullquote.notes.names import words_of
from pullquote.notes.story import Count, Counted, Version

_Key = tuple[frozenset[float], str]  # the years of a claim, and a word that says what it is about

_ENOUGH = 2  # words in common, of which one may be what is counted
_MOST = 2_000  # code points of a claim: of a longer one the beginning
_SHORTEST = 4  # letters of a word that says what a sentence is about
_NUMBER = r"(?<![\w.,$€£])(?P<number>\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?![\w.,]*\d|\s?%)"
_WHO = r"(?:\s(?!and\b|but\b|or\b)[^\W\d]+){0,2}?"
_IS = r"(?:\s(?:is|are|was|were|has|have|had|been|confirmed|reported|left|found))*"
_MORE = r"(?:\s(?:at|least|more|than|about|some|up|to|nearly|almost|over|around|another))*"
_DIED = re.compile(rf"{_NUMBER}{_WHO}{_IS}\s(?:dead|killed|died|die|deaths|fatalities|lives)\b")
_KILLED = re.compile(rf"\b(?:killed|killing|kills|kill|claimed){_MORE}\s{_NUMBER}\b")
_TOLL = re.compile(rf"\btoll(?:\s[^\W\d]+){{0,6}}?\s(?:to|of|at|was|is){_MORE}\s{_NUMBER}\b")
_HARMED = re.compile(rf"{_NUMBER}{_WHO}{_IS}\s(?:hurt|injured|wounded|injuries|casualties)\b")
_HARMING = re.compile(rf"\b(?:hurt|injured|injuring|wounded|wounding){_MORE}\s{_NUMBER}\b")
_TOLLS = {"dead": (_DIED, _KILLED, _TOLL), "hurt": (_HARMED, _HARMING)}


def counted(versions: Iterable[Version]) -> tuple[Counted, ...]:
    """What is counted otherwise in several articles: by what it is, in the order of the claims."""
    things = defaultdict[str, _Things](_Things)
    for one in versions:
        if one.commitment is not Commitment.DENIED:
            for figure in _sole(one.words):
                things[figure.unit].add(Count(figure, one))
    found = [_counted(group) for ones in things.values() for group in ones.groups]
    return tuple(one for one in found if one is not None)


class _Things:
    """The figures of a unit, those of one thing together, which is known by the first of them."""

    def __init__(self) -> None:
        self.groups: list[list[Count]] = []
        self._about = defaultdict[_Key, list[int]](list)  # the numbers of groups

    def add(self, one: Count) -> None:
        """Put a figure to those of the same thing; of several such, to what has most in common."""
        keys = _keys(one)
        common = Counter(chain.from_iterable(self._about.get(key, ()) for key in keys))
        most = max(common.values(), default=0)
        if most >= (1 if one.figure.unit in _TOLLS else _ENOUGH):
            self.groups[min(group for group in common if common[group] == most)].append(one)
            return
        for key in keys:
            self._about[key].append(len(self.groups))
        self.groups.append([one])


def _keys(one: Count) -> frozenset[_Key]:
    """What says which thing is counted; of a toll, and of what has a name, also the unit."""
    years, words = _about(one.version.words)
    unit = one.figure.unit
    is_named = unit in _TOLLS or unit not in UNITS.values()
    return frozenset((years, word) for word in (words | {unit} if is_named else words - {unit}))


def _counted(group: list[Count]) -> Counted | None:
    first, *others = group
    differ = len({one.figure.value for one in group}) > 1
    if not differ or len({one.version.article for one in group}) < 2:
        return None
    known = _keys(first)
    is_doubtful = any(len(known & _keys(one)) < _ENOUGH for one in others)
    return Counted(tuple(group), is_doubtful)


def _sole(words: str) -> Iterator[Figure]:
    """The figures of a claim that are the only ones of their unit, tolls among them."""
    units = defaultdict[str, set[float]](set)
    tolls = _tolls(words)
    for figure in (*tolls, *figures(words)):
        is_of_a_toll = figure.unit not in _TOLLS and figure.value in {one.value for one in tolls}
        if figure.unit and figure.unit != "year" and not is_of_a_toll:
            units[figure.unit].add(figure.value)
    yield from (Figure(values.pop(), unit) for unit, values in units.items() if len(values) == 1)


@lru_cache(maxsize=1024)
def _tolls(words: str) -> tuple[Figure, ...]:
    """How many are dead or hurt: "21 passengers died", "a fire killed at least 19"."""
    from text_to_num import alpha2digit

    text = alpha2digit(words[:_MOST], "en", threshold=1).casefold()
    return tuple(
        Figure(float(match["number"].replace(",", "")), unit)
        for unit, patterns in _TOLLS.items()
        for pattern in patterns
        for match in pattern.finditer(text)
    )


@lru_cache(maxsize=1024)
def _about(words: str) -> tuple[frozenset[float], frozenset[str]]:
    """The years in a claim, and the words that say what it is about."""
    years = frozenset(one.value for one in figures(words) if one.unit == "year")
    no_subject = lexicon("events")["no subject"]
    subject = (
        word.removesuffix("s")
        for word in words_of(words)
        if len(word) >= _SHORTEST and word not in no_subject and not word.isdecimal()
    )
    return years, frozenset(subject)
