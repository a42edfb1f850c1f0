"""What tells apart two that are called by the same noun: two offices, two unions, two ministers.

A mention that has a noun of `kinds` for its head is told from others by the words before it:
"the statistics office" is not "the prime minister’s office", "the French ministry" not the German
one; near misses: "the office", "the new office" say nothing, and "the audit office" is "the
National Audit Office". Whatever is "another", "a rival", "a second" one is none that was spoken of
before, and "the first man" is not "the second". Nor is "the patient" whoever treats one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import product
from typing import NamedTuple

from pullquote.analysis.coreference.mentions import Mention
from pullquote.analysis.lexicon import countries, given_names, lexicon
from pullquote.findings import ActorKind

_NOTHING: frozenset[str] = frozenset()


class Distinction(NamedTuple):
    """What one mention says of which of its kind it is."""

    kind: str = ""  # what it is called: "office"; nothing where no others are called the same
    deputy: frozenset[str] = _NOTHING  # "vice" of a president
    countries: frozenset[str] = _NOTHING
    words: frozenset[str] = _NOTHING  # of which office: "statistics"
    place: frozenset[str] = _NOTHING  # which of several: "second", "rival"
    sides: frozenset[tuple[str, str]] = frozenset()  # of what, and on which: ("care", "cared")
    is_new: bool = False  # whether it is none that was spoken of before


def distinction(one: Mention) -> Distinction:
    """What a name or a noun says of which of its kind it is."""
    if not one.form.is_full:
        return Distinction()
    apart = lexicon("apart")
    written = (*one.said, *_beside_head(one))
    words = frozenset(word.lower() for word in written)
    place = apart["places"] & words
    is_new = bool(apart["new"] & words or (place and apart["indefinite"] & words))
    sides = _sides({word.lower() for word in (*one.said, *one.name, one.word)})
    kind = _kind(one)
    if not kind:
        return Distinction(place=place, sides=sides, is_new=is_new)
    lands = _countries(written)
    naming = (
        frozenset(filter(_names, words))
        - frozenset(lands)
        - apart["kinds"].get(kind, _NOTHING)
        - {one.word}
    )
    which = apart["levels"] & words
    deputy = apart["deputies"] & words
    lands_named = frozenset(lands.values())
    return Distinction(kind, deputy, lands_named, naming, place | which, sides, is_new)


def are_apart(one: Distinction, others: Iterable[Distinction]) -> bool:
    """Whether what one mention says is not what others of one actor say."""
    return any(_are_two(one, other) for other in others)


def differ(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether there is something of both, and nothing in common."""
    return bool(some and others) and some.isdisjoint(others)


def givens(name: Sequence[str]) -> frozenset[str]:
    """The given names in a full name, in small letters: those before its last word.

    "Sophie" of "Sophie Cole", "Anne-Sophie" of "Anne-Sophie Cole"; near miss: "Miss Cole", though
    some are named so.
    """
    before = frozenset(word.lower() for word in name[:-1]) - lexicon("mentions")["titles"]
    return frozenset(word for word in before if word.partition("-")[0] in given_names())


def are_namesakes(one: Collection[str], other: Collection[str]) -> bool:
    """Whether given names are of two people, of whatever surname.

    "Tom" and "Ann"; near misses: "Annie" and "Ann", "Tom" and none.
    """
    alike = (a.startswith(b) or b.startswith(a) for a, b in product(one, other))
    return bool(one and other) and not any(alike)


def _are_two(one: Distinction, other: Distinction) -> bool:
    if differ(one.place, other.place) or _are_opposite(one, other):
        return True
    return bool(one.kind) and one.kind == other.kind and _are_two_of_a_kind(one, other)


def _are_opposite(one: Distinction, other: Distinction) -> bool:
    mine, theirs = dict(one.sides), dict(other.sides)
    return any(mine[of] != theirs[of] for of in mine.keys() & theirs.keys())


def _are_two_of_a_kind(one: Distinction, other: Distinction) -> bool:
    is_another = differ(one.countries, other.countries) or differ(one.words, other.words)
    return is_another or one.deputy != other.deputy


def _beside_head(one: Mention) -> list[str]:
    """The words of a name but for its head."""
    return [word for word in one.name if word.lower() != one.word] if len(one.name) > 1 else []


def _sides(words: Collection[str]) -> frozenset[tuple[str, str]]:
    """On which side of what words put somebody."""
    known = lexicon("apart")["sides"].items()
    found = ((of, side, known) for of, sides in known for side, known in sides.items())
    return frozenset((of, side) for of, side, known in found if not known.isdisjoint(words))


def _kind(one: Mention) -> str:
    """What a mention is called, where others are called the same; a person's name is no noun."""
    kinds = lexicon("apart")["kinds"]
    if one.name and one.type is ActorKind.PERSON and not one.is_office:
        return ""
    ends = {one.name[0].lower(), one.name[-1].lower()} if one.name else {one.word}
    kind = next((kind for kind in kinds if not ends.isdisjoint(kinds[kind])), "")
    return kind or (one.word if one.type is ActorKind.GROUP and not one.name else "")


def _countries(words: Iterable[str]) -> dict[str, str]:
    """The countries that words name, by the word in small letters."""
    known = countries()
    found = ((word, known.names.get(word) or known.demonyms.get(word)) for word in words)
    return {word.lower(): country for word, country in found if country}


def _names(word: str) -> bool:
    """Whether a word says which one: "audit" does, "new", "highest" and "the" do not."""
    apart = lexicon("apart")
    silent = apart["silent"] | apart["levels"] | lexicon("mentions")["determiners"]
    return word not in silent and word.isalpha() and not word.endswith(tuple(apart["endings"]))
