"""The heads of mentions in the encoder's windows, with their types and their vectors.

Of a window only what may be a mention is kept: a long text has many words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np

from pullquote.analysis.coreference.mentions import Form, Mention, is_capital, mention, part
from pullquote.analysis.coreference.pairs import Floats
from pullquote.analysis.encoder import Window
from pullquote.findings import ActorKind

# what the columns of a window's types mean; the first is the head of no mention
TYPES = (
    None,
    ActorKind.PERSON,
    ActorKind.ORGANISATION,
    ActorKind.GOVERNMENT,
    ActorKind.GROUP,
    ActorKind.DOCUMENT,
)
_SURE = 0.35  # the share from which a word is the head of a mention
_AGAIN = 0.02  # the same of a name that is one elsewhere
_LIKELY = 0.2  # the same of a name that the rules take for an actor's


class Heads(NamedTuple):
    """Possible mentions, in order, with a row for each: as the later of two, as the earlier."""

    mentions: list[Mention]
    anaphors: Floats
    antecedents: Floats
    likely: Sequence[int] = ()  # where the heads lie that are likely for a name of the rules


def heads(window: Window) -> Heads:
    """What may be a mention in a window."""
    words = window.words
    shares = _shares(window.types)
    of_any = 1 - shares[:, 0]
    sure = [mention(words, int(number)) for number in np.flatnonzero(of_any > _SURE)]
    _give_types(sure, shares)
    for one, other in pairwise(sure):
        part(words, one, other)
    inside = {number for one in sure for number in range(one.run[0], one.run[1] + 1)}
    again = [
        mention(words, number)
        for number in np.flatnonzero((of_any > _AGAIN) & (of_any <= _SURE)).tolist()
        if number not in inside and is_capital(words[number])
    ]
    again = [one for one in again if one.run[1] == one.head]
    _give_types(again, shares)
    found = sorted([*sure, *again], key=lambda one: one.head)
    rows = [one.head for one in found]
    return Heads(found, window.anaphors[rows], window.antecedents[rows])


def _give_types(mentions: Sequence[Mention], shares: Floats) -> None:
    for one in mentions:
        one.type = TYPES[1 + int(shares[one.head, 1:].argmax())]
        one.share = float(1 - shares[one.head, 0])


def _shares(scores: Floats) -> Floats:
    weights = np.exp(scores - scores.max(1, keepdims=True))
    shares: Floats = weights / weights.sum(1, keepdims=True)
    return shares


def all_heads(parts: Sequence[Heads]) -> Heads:
    """The mentions of a text: those that are likely, and names that are mentions elsewhere."""
    mentions = list(chain.from_iterable(part.mentions for part in parts))
    names = {one.words for one in mentions if one.share > _SURE and one.form is Form.NAME}
    kept = [
        number
        for number, one in enumerate(mentions)
        if one.share > _SURE or (one.form is Form.NAME and one.words in names)
    ]
    likely = [one.at[0] for one in mentions if one.share > _LIKELY]
    if not kept:
        return Heads([], np.zeros((0, 0)), np.zeros((0, 0)), likely)
    anaphors = np.concatenate([part.anaphors for part in parts])[kept]
    antecedents = np.concatenate([part.antecedents for part in parts])[kept]
    return Heads([mentions[number] for number in kept], anaphors, antecedents, likely)
