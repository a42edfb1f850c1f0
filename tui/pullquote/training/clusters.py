"""How good the model's mentions and clusters are against people's, by their head words.

Clusters are measured by B-cubed (Bagga and Baldwin 1998), with mentions that only one of both has.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from pullquote.analysis.coreference.clusters import clusters
from pullquote.analysis.coreference.heads import all_heads, heads
from pullquote.analysis.coreference.pairs import Scorer
from pullquote.analysis.encoder import Encoder
from pullquote.text import paragraphs
from pullquote.training.mentions import Head, Text

Heads = dict[int, Head]  # by where the word begins, in code points


def marked_heads(text: Text) -> Heads:
    """The heads that people marked."""
    return {text.words[number].start: head for number, head in text.heads.items()}


def found_heads(text: Text, encoder: Encoder, scorer: Scorer) -> Heads:
    """The heads that the model finds, with its clusters as chains."""
    windows = encoder.read(text.text, paragraphs(text.text))
    found = clusters(all_heads([heads(window) for window in windows]), scorer)
    return {
        mention.at[0]: Head(frozenset({mention.type}), str(number))
        for number, cluster in enumerate(found)
        for mention in cluster.mentions
    }


def figures(marked: Sequence[Heads], found: Sequence[Heads]) -> dict[str, float]:
    """`mentions` (F1 of heads), `types` (share of right ones) and `clusters` (F1 by B-cubed)."""
    both = list(zip(marked, found, strict=True))
    common = [(one[at], other[at]) for one, other in both for at in one.keys() & other.keys()]
    counts = [sum(map(len, side)) for side in (marked, found)]
    right = sum(bool(one.types & other.types) for one, other in common)
    precision = _mean(chain.from_iterable(_shares(other, one) for one, other in both))
    recall = _mean(chain.from_iterable(_shares(one, other) for one, other in both))
    return {
        "mentions": round(2 * len(common) / max(1, sum(counts)), 4),
        "types": round(right / max(1, len(common)), 4),
        "clusters": round(2 * precision * recall / max(1e-9, precision + recall), 4),
    }


def _shares(one: Heads, other: Heads) -> Iterator[float]:
    """For each head in `one` the share of its chain that is in its chain in `other`, too."""
    sizes = Counter(head.chain for head in one.values())
    common = Counter((head.chain, other[at].chain) for at, head in one.items() if at in other)
    for at, head in one.items():
        yield common[head.chain, other[at].chain] / sizes[head.chain] if at in other else 0.0


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / max(1, len(listed))
