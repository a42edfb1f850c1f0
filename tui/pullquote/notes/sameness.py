"""Whether two claims are the same statement in other words, similar, or neither.

The mean of two measures decides: how much their word vectors agree (analysis/vectors.py), and how
many of their words (RapidFuzz's token set ratio): the first alone takes any two claims about one
person for the same, the second knows no synonyms. What the measures cannot see is a matter of
rules: "they are satisfied" of two others is no claim in common; one that has "not", or another
figure, is never the same but at most similar.

The limits were chosen on pairs of claims marked by hand, half of them held: docs/quality.md.
Contradictions are not claimed: of eight pairs found by polarity one was one.
"""

import re
from enum import StrEnum
from typing import NamedTuple

from pullquote.folding import folded
from pullquote.notes.attributed import is_another
from pullquote.notes.figures import Differing, counts_otherwise, differing

FEWEST = 6  # words; of fewer nothing tells what they are about
SAME, SIMILAR = 0.875, 0.8  # of the mean
# In other words, of the mean and the cosine: those that halves of the pairs in other words chose.
_SAME_IN_OTHER_WORDS, _COSINE = 0.89, 0.84
CANDIDATE = 2 * SIMILAR - 1  # a cosine below it cannot make a mean of `SIMILAR`


class Sameness(StrEnum):
    """How two claims are alike."""

    SAME = "same statement"
    SIMILAR = "similar"


class Told(NamedTuple):
    """A claim as it is compared: its words, who says it by name, and whether they deny it."""

    words: str
    speaker: str
    is_denial: bool


class Comparison(NamedTuple):
    """What two claims have in common, and in what they differ."""

    sameness: Sameness
    differing: tuple[Differing, ...] = ()  # the figures
    is_denied: bool = False  # one of the two is a denial; doubtful, since what it denies may differ


_PAIRS = (
    ("help helps helped", "hurt hurts hurt harm harms harmed"),
    ("win wins won", "lose loses lost"),
    ("rise rises rose risen", "fall falls fell fallen"),
    ("increase increases increased", "decrease decreases decreased"),
    ("support supports supported favor favors favour favours", "oppose opposes opposed"),
    ("accept accepts accepted", "reject rejects rejected refuse refuses refused"),
    ("legal lawful", "illegal unlawful"),
    ("guilty", "innocent"),
    ("possible", "impossible"),
    ("true", "false untrue"),
    ("before", "after"),
)
_OPPOSITES = {
    word: frozenset(others.split())
    for pair in _PAIRS
    for words, others in (pair, pair[::-1])
    for word in words.split()
}
_NOT = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|false|untrue|[a-z]+n't)\b"
)
_PRONOUN = re.compile(
    r"\W*(?:(?:and|but|that|so|because) )?"
    r"(?:i|we|he|she|they|it|my|our|his|her|their)(?:'[a-z]+)?\b"
)


def plain(words: str) -> str:
    """Words as they are compared: in small letters, without marks, with straight apostrophes."""
    return " ".join(re.findall(r"[\w']+", folded(words).casefold().replace("’", "'")))


def likeness(cosine: float, here: str, there: str) -> float:
    """How alike two claims are, 0 to 1, by the cosine of their vectors and their `plain` words."""
    return (cosine + _in_common(here, there)) / 2


def _in_common(here: str, there: str) -> float:
    """How much of their words two claims have in common, 0 to 1."""
    from rapidfuzz.fuzz import token_set_ratio

    return token_set_ratio(here, there) / 100


def compared(alike: float, here: Told, there: Told) -> Comparison | None:
    """Whether two claims are the same statement, or similar; None where they are neither.

    Args:
        alike: Their `likeness`, 1.0 for the same words.
        here: One of them.
        there: The other.
    """
    if alike < SIMILAR:
        return None
    ours, others = plain(here.words), plain(there.words)
    of_two = _of_the_speaker(ours, others) and is_another(here.speaker, there.speaker)
    if ours == others:  # of two who say the same words of themselves one may be a mistake
        is_denied = here.is_denial != there.is_denial
        is_similar = is_denied or of_two
        return Comparison(Sameness.SIMILAR if is_similar else Sameness.SAME, (), is_denied)
    if of_two:
        return None
    figures = differing(here.words, there.words)
    is_denied = here.is_denial != there.is_denial
    is_same = (
        not figures
        and not counts_otherwise(here.words, there.words)
        and not is_denied
        and _negated(ours) == _negated(others)
        and not _opposed(ours, others)
        and _is_near(alike, ours, others)
    )
    return Comparison(Sameness.SAME if is_same else Sameness.SIMILAR, figures, is_denied)


def _of_the_speaker(*claims: str) -> bool:
    """Whether one is about somebody whom only the sentence around it names: its speaker."""
    return any(_PRONOUN.match(words) for words in claims)


def _is_near(alike: float, ours: str, others: str) -> bool:
    """Whether two are near enough to be the same: one in the other, or in other words."""
    shorter, longer = sorted((f" {ours} ", f" {others} "), key=len)
    if shorter in longer:
        return alike >= SAME
    cosine = 2 * alike - _in_common(ours, others)
    return alike >= _SAME_IN_OTHER_WORDS and cosine >= _COSINE


def _opposed(ours: str, others: str) -> bool:
    """Whether one has a word that the other has not, but for its opposite."""
    here, there = set(ours.split()), set(others.split())
    return any(
        opposite in (there if word in here else here)
        for word in here ^ there
        for opposite in _OPPOSITES.get(word, ())
    )


def _negated(words: str) -> bool:
    return _NOT.search(words) is not None
