"""Clusters: the mentions of one actor, from the scores of pairs.

In text order each mention joins the cluster before it with the highest summed odds, or begins one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pullquote.analysis.coreference.apart import (
    Distinction,
    are_apart,
    are_namesakes,
    differ,
    distinction,
    givens,
)
from pullquote.analysis.coreference.heads import Heads
from pullquote.analysis.coreference.mentions import Form, Mention
from pullquote.analysis.coreference.pairs import BACK, Floats, Pairs, Scorer, pairs
from pullquote.analysis.lexicon import countries, given_names, lexicon
from pullquote.findings import ActorKind

# added to the scores of pronouns, which nearly always stand for somebody named before
_MORE = {Form.HE: 2.0, Form.SHE: 2.0, Form.THEY: 2.0, Form.IT: 1.0}
_PERSON = 0.25  # the share of a name's mentions from which all are a person's
_MAIN, _LEAD = 3, 3  # times as often is named whom an article is about; its first paragraphs
# no sum of so many odds, each below it, is above 0
_HOPELESS = [-math.log(max(1, count)) - 0.001 for count in range(BACK + 1)]
_GENDERED = (Form.HE, Form.SHE)
_OF_GIVEN_NAMES = {"m": Form.HE, "f": Form.SHE}


class Quoted(NamedTuple):
    """A pronoun in quotation marks: "I", "he" or "she".

    "I miss him", she said: nobody is "I" and "he" in one quotation; near misses: "He left. “I miss
    it,” he said", and "he" in the next paragraph.
    """

    paragraph: int
    is_speaker: bool

    def opposite(self) -> Quoted:
        """The pronoun beside it that somebody else is."""
        return self._replace(is_speaker=not self.is_speaker)


class Seen(NamedTuple):
    """A mention, and what its words tell of whose it can be."""

    mention: Mention
    names: frozenset[str]  # what its name can be known by
    gender: Form | None
    is_person: bool | None
    bodies: frozenset[str]
    givens: frozenset[str]
    distinction: Distinction
    quoted: Quoted | None


@dataclass(eq=False)
class Cluster:
    """Mentions that are taken for one actor, and what they have in common."""

    seen: list[Seen] = field(default_factory=list)
    gender: Form | None = None  # HE or SHE, once a pronoun, a title or a given name tells
    is_person: bool | None = None
    names: frozenset[str] = frozenset()  # what its names can be known by
    bodies: frozenset[str] = frozenset()  # "court", "company": what it is called
    givens: frozenset[str] = frozenset()  # the given names in its full names
    distinctions: set[Distinction] = field(default_factory=set)  # of its kind, which it is
    quoted: set[Quoted] = field(default_factory=set)

    @property
    def mentions(self) -> list[Mention]:
        """The mentions, in order."""
        return [one.mention for one in self.seen]

    def put(self, one: Seen) -> None:
        """Add a mention."""
        self.seen.append(one)
        if self.gender is None:  # HE is 0
            self.gender = one.gender
        if self.is_person is None:
            self.is_person = one.is_person
        self.names |= one.names
        self.bodies |= one.bodies
        self.givens |= one.givens
        self.distinctions.add(one.distinction)
        if one.quoted is not None:
            self.quoted.add(one.quoted)

    def takes(self, one: Seen) -> bool:
        """Whether a mention can be of this actor.

        No cluster holds a man and a woman, persons and others, a court and a company, two offices,
        who says "I" and whom they speak of, or names without anything in common.
        """
        if None not in (one.is_person, self.is_person) and one.is_person != self.is_person:
            return False
        if differ(one.names, self.names) or differ(one.bodies, self.bodies):
            return False
        if one.gender is not None and self.gender not in (None, one.gender):
            return False
        if one.distinction.is_new or are_apart(one.distinction, self.distinctions):
            return False
        if one.quoted is not None and one.quoted.opposite() in self.quoted:
            return False
        return not are_namesakes(one.givens, self.givens)

    def takes_all(self, other: Cluster) -> bool:
        """Whether all nouns of another cluster, which has no name, can be of this actor."""
        return all(self.takes(one) for one in other.seen if one.mention.form.is_full)

    def take(self, other: Cluster) -> None:
        """Make another cluster, which has no name, part of this one."""
        for one in other.seen:
            self.put(one)
        self.seen.sort(key=lambda one: one.mention.at)


def _bodies(one: Mention) -> frozenset[str]:
    """The kinds of bodies that a name or a noun is of: "court" of "the tribunal"."""
    if not one.form.is_full:
        return frozenset()
    called = {one.name[-1].lower(), one.name[0].lower()} if one.name else {one.word}
    kinds = lexicon("people")["bodies"]
    return frozenset(kind for kind in kinds if not called.isdisjoint(kinds[kind]))


def _givens(one: Mention) -> frozenset[str]:
    """The given names in a person's full name."""
    is_full = one.form is Form.NAME and one.type is ActorKind.PERSON and one.length > 1
    return givens(one.name) if is_full else frozenset()


def _quoted(one: Mention) -> Quoted | None:
    is_speaker = one.form is Form.I
    is_either = is_speaker or one.form in _GENDERED
    return Quoted(one.paragraph, is_speaker) if one.is_quoted and is_either else None


def _gender(one: Mention) -> Form | None:
    """HE or SHE where the word tells: a pronoun, "Mr" in a name, the given name."""
    if one.form in _GENDERED:
        return one.form
    words = lexicon("people")
    sexes = ((Form.HE, words["male_titles"]), (Form.SHE, words["female_titles"]))
    titled = next((form for form, titles in sexes if not titles.isdisjoint(one.name)), None)
    is_full = one.type is ActorKind.PERSON and one.length > 1
    given = given_names().get(one.first) if is_full else None
    if titled is None and one.form is Form.NOMINAL:
        nouns = ((Form.HE, words["male_words"]), (Form.SHE, words["female_words"]))
        titled = next((form for form, known in nouns if one.word in known), None)
    return titled if titled is not None else _OF_GIVEN_NAMES.get(given or "")


def _is_person(one: Mention) -> bool | None:
    """Whether a mention is a person's; None where its word does not tell."""
    if one.form in _GENDERED:
        return True
    return one.type is ActorKind.PERSON if one.form.is_full else None


def _seen(mentions: Sequence[Mention]) -> Iterator[Seen]:
    """The mentions with what their words tell.

    What is no name can be known by nothing: a noun, an office, a capital that only begins a
    sentence; a name by its words, its initials, the country's name.
    """
    sure = {word for one in mentions if not one.is_first for word in one.words}
    for one in mentions:
        names = _names(one) if _is_name(one, sure) else frozenset()
        yield Seen(
            one,
            names,
            _gender(one),
            _is_person(one),
            _bodies(one),
            _givens(one),
            distinction(one),
            _quoted(one),
        )


def _is_name(one: Mention, sure: Container[str]) -> bool:
    if one.form is not Form.NAME or one.is_office:
        return False
    return one.length > 1 or not one.is_first or one.word in sure


def _names(one: Mention) -> frozenset[str]:
    """What a name can be known by: "the White House" by no "house", which is another."""
    known = countries()
    name = " ".join(one.name)
    country = known.names.get(name) or known.demonyms.get(name) or known.capitals.get(name)
    more = {one.initials, country.lower() if country else ""} - {""}
    ends = {one.name[-1].lower()} if one.length > 1 else set[str]()
    return one.words - (ends & lexicon("people")["no short forms"]) | more


def clusters(heads: Heads, scorer: Scorer) -> list[Cluster]:
    """The clusters of a text's mentions, by their first ones."""
    if not heads.mentions:
        return []
    found = pairs(heads.mentions)
    scores = scorer.scores(heads.anaphors, heads.antecedents, found)
    _agree_on_types(heads.mentions)
    made: list[Cluster] = []
    of: list[int] = []  # the number of each mention's cluster
    odds_of_each = _odds(len(heads.mentions), found, scores)
    for one, odds in zip(_seen(heads.mentions), odds_of_each, strict=True):
        by_cluster: dict[int, list[float]] = defaultdict(list)
        for number, score in zip(of[len(of) - len(odds) :], odds, strict=True):
            by_cluster[number].append(score)
        more = _MORE.get(one.mention.form, 0.0)
        hopeful = ((c, s) for c, s in by_cluster.items() if max(s) + more > _HOPELESS[len(s)])
        scored = ((_sum(s) + more, c) for c, s in hopeful)
        likely = sorted((fit for fit in scored if fit[0] > 0), key=lambda fit: -fit[0])
        number = next((c for _, c in likely if made[c].takes(one)), len(made))
        if number == len(made):
            made.append(Cluster())
        made[number].put(one)
        of.append(number)
    return _named_later(made)


def _named_later(made: list[Cluster]) -> list[Cluster]:
    """The clusters, with whom the beginning speaks of before it names them.

    "A doctor who lied about her past has lost her job. Ann Cole, 43, …": where Ann Cole is the one
    that the article is about, she is the doctor; near miss: a man, or somebody who comes once.
    """
    people = [one for one in made if one.is_person and one.gender is not None]
    about = max(people, key=lambda one: len(one.seen), default=None)
    if about is None or not about.names:
        return made
    start = next(one for one in about.mentions if one.form is Form.NAME)
    for one in people:
        first, is_other = one.seen[0].mention, one.gender is not about.gender
        if is_other or first.at > start.at or first.paragraph > _LEAD or one is about:
            continue
        is_small = 1 < len(one.seen) <= len(about.seen) / _MAIN
        if one.names or not is_small or not about.takes_all(one):
            return made
        about.take(one)
        return [other for other in made if other is not one]
    return made


def _agree_on_types(mentions: Sequence[Mention]) -> None:
    """Give names of the same words one type: that which they are likeliest of, taken together.

    What is a person to the model every fourth time is one: "Katja" reads like a firm, too. What
    a body's name begins with is none: "Bright Valley" of "Bright Valley Group"; near misses: "Cole"
    of "Cole Group", "Tom Cole" of "Tom Cole Group".
    """
    shares: dict[frozenset[str], dict[ActorKind, float]] = {}
    names = [one for one in mentions if one.form is Form.NAME]
    for one in names:
        if one.type is not None:
            of = shares.setdefault(one.words, {})
            of[one.type] = of.get(one.type, 0.0) + one.share
    bodies = _short_forms_of_bodies(names)
    for one in (one for one in names if one.type is not None):
        of = shares[one.words]
        is_person = of.get(ActorKind.PERSON, 0.0) > _PERSON * sum(of.values())
        one.type = ActorKind.PERSON if is_person else max(of, key=lambda kind: of[kind])
        if one.name in bodies:
            one.type = ActorKind.ORGANISATION


def _short_forms_of_bodies(names: Sequence[Mention]) -> set[tuple[str, ...]]:
    """What the names of bodies begin with, from two words on."""
    ends, given = lexicon("people")["company"], given_names()
    full = {one.name for one in names if one.name[-1].lower() in ends and one.first not in given}
    return {name[:words] for name in full for words in range(2, len(name))}


def _odds(count: int, found: Pairs, scores: Floats) -> Iterator[list[float]]:
    """For each mention the scores of those right before it, in order."""
    starts = np.searchsorted(found.later, np.arange(count + 1))
    values = scores.tolist()
    for start, end in pairwise(starts.tolist()):
        yield values[start:end]


def _sum(scores: list[float]) -> float:
    """The logarithm of the sum of the odds."""
    if len(scores) == 1:
        return scores[0]
    highest = max(scores)
    return highest + math.log(sum(math.exp(score - highest) for score in scores))
