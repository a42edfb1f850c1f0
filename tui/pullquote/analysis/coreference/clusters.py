"""Clusters: the mentions of one actor, from the scores of pairs.

In text order each mention joins the cluster before it with the highest summed odds, or begins one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from pullquote.analysis.coreference.heads import Heads
from pullquote.analysis.coreference.mentions import Form, Mention
from pullquote.analysis.coreference.pairs import Floats, Pairs, Scorer, pairs
from pullquote.findings import ActorKind

# added to the scores of pronouns, which nearly always stand for somebody named before
_MORE = {Form.HE: 2.0, Form.SHE: 2.0, Form.THEY: 2.0, Form.IT: 1.0}
_GENDERED = (Form.HE, Form.SHE)


@dataclass(eq=False)
class Cluster:
    """Mentions that are taken for one actor, and what they have in common."""

    mentions: list[Mention] = field(default_factory=list)
    gender: Form | None = None  # HE or SHE
    is_person: bool | None = None
    words: frozenset[str] = frozenset()  # of the names of persons

    def put(self, one: Mention) -> None:
        """Add a mention."""
        self.mentions.append(one)
        if one.form in _GENDERED:
            self.gender = self.gender or one.form
        if self.is_person is None:
            self.is_person = _is_person(one)
        self.words |= _words(one)

    def takes(self, one: Mention) -> bool:
        """Whether a mention can be of this actor.

        No cluster holds "he" and "she", persons and others, or persons' names without a common
        word.
        """
        is_person, words = _is_person(one), _words(one)
        if None not in (is_person, self.is_person) and is_person != self.is_person:
            return False
        if words and self.words and not words & self.words:
            return False
        return one.form not in _GENDERED or self.gender in (None, one.form)


def _is_person(one: Mention) -> bool | None:
    """Whether a mention is a person's; None where its word does not tell."""
    if one.form in _GENDERED:
        return True
    return one.type is ActorKind.PERSON if one.form.is_full else None


def _words(one: Mention) -> frozenset[str]:
    return one.words if one.form is Form.NAME and one.type is ActorKind.PERSON else frozenset()


def clusters(heads: Heads, scorer: Scorer) -> list[Cluster]:
    """The clusters of a text's mentions, by their first ones."""
    found = pairs(heads.mentions)
    scores = scorer.scores(heads.anaphors, heads.antecedents, found)
    made: list[Cluster] = []
    of: list[Cluster] = []  # by mention
    for one, odds in zip(heads.mentions, _odds(len(heads.mentions), found, scores), strict=True):
        by_cluster: dict[int, tuple[Cluster, list[float]]] = {}
        for earlier, score in odds:
            by_cluster.setdefault(id(of[earlier]), (of[earlier], []))[1].append(score)
        more = _MORE.get(one.form, 0.0)
        fitting = ((_sum(s) + more, c) for c, s in by_cluster.values() if c.takes(one))
        score, cluster = max(fitting, key=lambda fit: fit[0], default=(0.0, None))
        if cluster is None or score <= 0:
            cluster = Cluster()
            made.append(cluster)
        cluster.put(one)
        of.append(cluster)
    return made


def _odds(count: int, found: Pairs, scores: Floats) -> Iterator[list[tuple[int, float]]]:
    """For each mention those before it, with their scores."""
    starts = np.searchsorted(found.later, np.arange(count + 1))
    earlier, values = found.earlier.tolist(), scores.tolist()
    for start, end in zip(starts.tolist(), starts[1:].tolist(), strict=False):
        yield list(zip(earlier[start:end], values[start:end], strict=True))


def _sum(scores: list[float]) -> float:
    """The logarithm of the sum of the odds."""
    highest = max(scores)
    return highest + math.log(sum(math.exp(score - highest) for score in scores))
