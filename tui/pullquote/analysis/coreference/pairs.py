"""Pairs of mentions, and how well the earlier one serves the later as its antecedent.

The score is a small network's over the two head words' vectors and five features that need no
learning; its arrays are in model/actors.npz. Training makes its pairs here, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pullquote.analysis.coreference.mentions import Form, Mention
from pullquote.analysis.words import FILES

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.int64]

BACK = 100  # mentions that a mention may look back
# the features' values: both forms; how the words agree; mentions and paragraphs between; quotation
# and paragraph
SIZES = (len(Form) ** 2, 12, 8, 6, 8)
_ONCE = 512  # pairs scored at once: so many fit the processor's cache, and take half as long
_PARAGRAPHS = np.array([0, 1, 2, 3, 3, 3, 4, 4, 4, 4, 4, 5])  # the value of so many between


class Pairs(NamedTuple):
    """Numbers of mentions, the later and the earlier, and a row of features for each pair."""

    later: Ints
    earlier: Ints
    features: Ints


def pairs(mentions: Sequence[Mention], back: int = BACK) -> Pairs:
    """Each mention with up to `back` before it."""
    count = len(mentions)
    first = np.maximum(0, np.arange(count) - back)
    sizes = np.arange(count) - first
    later = np.repeat(np.arange(count), sizes)
    if not len(later):
        return Pairs(later, later, np.zeros((0, len(SIZES)), np.int64))
    earlier = np.arange(len(later)) - np.repeat(np.cumsum(sizes) - sizes - first, sizes)
    forms = np.array([int(one.form) for one in mentions])
    paragraphs = np.array([one.paragraph for one in mentions])
    quoted = np.array([int(one.is_quoted) for one in mentions])
    between = paragraphs[later] - paragraphs[earlier]
    columns = (
        forms[later] * len(Form) + forms[earlier],
        _agreements(mentions, forms, later, earlier),
        np.minimum(SIZES[2] - 1, np.ceil(np.log2(later - earlier))).astype(np.int64),
        _PARAGRAPHS[np.minimum(between, len(_PARAGRAPHS) - 1)],
        (quoted[later] * 2 + quoted[earlier]) * 2 + (between == 0),
    )
    return Pairs(later, earlier, np.stack(columns, 1))


def _agreements(mentions: Sequence[Mention], forms: Ints, later: Ints, earlier: Ints) -> Ints:
    """How the words of names and nouns agree; 0 for pronouns."""
    found = np.zeros(len(later), np.int64)
    full = (forms == Form.NAME) | (forms == Form.NOMINAL)
    numbers: dict[tuple[Any, ...], int] = {}  # of the wordings; those of two mentions agree once
    wordings = np.array(
        [numbers.setdefault((m.form, m.word, m.words), len(numbers)) for m in mentions]
    )
    of_full = np.flatnonzero(full[later] & full[earlier])
    ones, others = later[of_full], earlier[of_full]
    each = wordings[ones] * len(numbers) + wordings[others]
    _, firsts, which = np.unique(each, return_index=True, return_inverse=True)
    two = zip(ones[firsts].tolist(), others[firsts].tolist(), strict=True)
    agreements = [agreement(mentions[one], mentions[other]) for one, other in two]
    found[of_full] = np.array(agreements, np.int64)[which]
    return found


def agreement(one: Mention, other: Mention) -> int:
    """How the words of two mentions agree: 0 to 11, as the model has learned it."""
    if not (one.form.is_full and other.form.is_full):
        return 0
    is_same = one.word == other.word
    if one.form is other.form is Form.NOMINAL:
        return 2 if is_same else 1
    if one.form is not other.form:
        return 4 if is_same else 3
    return _agreement_of_names(one, other)


def _agreement_of_names(one: Mention, other: Mention) -> int:
    if one.words == other.words:
        return 6
    is_short = 1 in (len(one.words), len(other.words))
    if one.initials and one.initials == other.initials and is_short:
        return 9
    common = one.words & other.words
    if not common:
        return 5
    is_part = len(common) == min(len(one.words), len(other.words))
    if one.word == other.word:
        return 7 if is_part else 10
    return 8 if is_part else 11


class Scorer:
    """The network that scores pairs; "no antecedent" scores 0."""

    def __init__(self, arrays: Mapping[str, Floats]) -> None:
        self._arrays = {name: np.asarray(arrays[name], np.float32) for name in arrays}

    def scores(self, anaphors: Floats, antecedents: Floats, found: Pairs) -> Floats:
        """A score for each pair.

        Args:
            anaphors: Each mention's vector as a later one, a row each.
            antecedents: The same as an earlier one.
            found: The pairs of the mentions.
        """
        of = self._arrays
        later, earlier = _gelu(anaphors), _gelu(antecedents)
        mine = later @ of["mine.weight"].T + of["mine.bias"]
        theirs = earlier @ of["theirs.weight"].T
        scores = np.empty(len(found.later), np.float32)
        for start in range(0, len(scores), _ONCE):
            some = slice(start, start + _ONCE)
            one, other = found.later[some], found.earlier[some]
            hidden = (later.take(one, 0) * earlier.take(other, 0)) @ of["both.weight"].T
            hidden += mine.take(one, 0)
            hidden += theirs.take(other, 0)
            for number, column in enumerate(found.features[some].T):
                hidden += of[f"features.{number}.weight"].take(column, 0)
            scores[some] = _gelu(hidden) @ of["score.weight"][0] + of["score.bias"][0]
        return scores


@cache
def scorer() -> Scorer:
    """The network, loaded once."""
    with np.load(FILES / "actors.npz") as arrays:
        return Scorer(arrays)


def _gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit (Hendrycks and Gimpel 2016), by its tanh approximation.

    It is written as a share of the exponential, which takes a third of the time of the tangent.
    """
    # in place: there are many pairs, and each new array costs as much as the sum
    inner = values * values
    inner *= -2 * 0.044715 * 0.7978845608
    inner -= 2 * 0.7978845608
    inner *= values
    with np.errstate(over="ignore"):  # of a low value nothing is left
        np.exp(inner, out=inner)
    inner += 1
    return np.divide(values, inner, out=inner)
