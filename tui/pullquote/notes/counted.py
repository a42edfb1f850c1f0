"""What the articles of one event count otherwise: 19 dead in one, 21 in another.

Their sentences need not be alike. Two figures are of one thing where they count the same and their
sentences have words of a subject in common: "140 passengers were on board" and "some 150 passengers
had been on board". An event has one toll of dead and of hurt, so that these are put together
without such words, too; then it is said to be doubtful, as one may be of something else. Nothing is
said of the figures of two years, nor where a claim has two figures of a kind: which is which is not
known.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from pullquote.analysis.lexicon import lexicon
from pullquote.findings import Commitment
from pullquote.notes.figures import TOLLS, UNITS, Figure, counts, figures
from pullquote.notes.names import words_of
from pullquote.notes.story import Count, Counted, Version

_Key = tuple[frozenset[float], str]  # the years of a claim, and a word that says what it is about

_ENOUGH = 2  # words in common, of which one may be what is counted
_SHORTEST = 4  # letters of a word that says what a sentence is about


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
        if most >= (1 if one.figure.unit in TOLLS else _ENOUGH):
            self.groups[min(group for group in common if common[group] == most)].append(one)
            return
        for key in keys:
            self._about[key].append(len(self.groups))
        self.groups.append([one])


def _keys(one: Count) -> frozenset[_Key]:
    """What says which thing is counted; of a toll, and of what has a name, also the unit."""
    years, words = _about(one.version.words)
    unit = one.figure.unit
    is_named = unit in TOLLS or unit not in UNITS.values()
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
    for figure in counts(words):
        if figure.unit and figure.unit != "year":
            units[figure.unit].add(figure.value)
    yield from (Figure(values.pop(), unit) for unit, values in units.items() if len(values) == 1)


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
