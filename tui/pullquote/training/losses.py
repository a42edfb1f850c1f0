"""What the networks learn by: how far they are from what people marked."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pullquote.analysis.coreference.heads import TYPES
from pullquote.analysis.coreference.mentions import mention
from pullquote.analysis.coreference.pairs import Pairs, pairs
from pullquote.training.examples import Batch
from pullquote.training.mentions import Types
from pullquote.training.network import JointNetwork, Network
from pullquote.training.passages import Passage

_NEVER = -1e4
_DOUBTFUL = 0.4  # the share from which a word is paired though nobody marked it


def attribution_outputs(network: Network, vectors: Tensor, batch: Batch) -> tuple[Tensor, ...]:
    """Label scores, queries and keys of the words of a batch; `vectors` has a row for each word."""
    return network.attribution(network.drop(vectors[batch.words]))


def attribution_losses(
    network: Network, batch: Batch, outputs: Sequence[Tensor]
) -> tuple[Tensor, Tensor]:
    """The tagger's loss a word and the pointer's a link.

    `outputs` are each word's label scores, queries and keys.
    """
    scores, queries, keys = outputs
    tagging = (
        network.tagging_loss(scores, batch.unary, batch.pairs, batch.word_mask)
        / batch.word_mask.sum()
    )
    if not len(batch.links):
        return tagging, torch.zeros(())
    where, word, target = batch.links.T
    points = network.pointing(queries[where, word], keys[where]).masked_fill(
        batch.word_mask[where] == 0, _NEVER
    )
    return tagging, nn.functional.cross_entropy(points, target)


def actor_losses(network: JointNetwork, passage: Passage, vectors: Tensor) -> tuple[Tensor, Tensor]:
    """The loss of types a word and of antecedents a mention; `vectors` has a row for each word."""
    vectors = network.drop(vectors)
    types = network.mention(vectors)
    numbers, heads = passage.numbers, passage.text.heads
    allowed = [
        heads[number].types if number in heads else passage.text.elsewhere for number in numbers
    ]
    chosen = _chosen(passage, types)
    if len(chosen) < 2:
        return _types_loss(types, allowed), torch.zeros(())
    mentions = [mention(passage.text.words, numbers[row]) for row in chosen]
    found = pairs(mentions)
    scores = network.pair_scores(vectors[chosen], *map(torch.tensor, found))
    names = [heads[one.head].chain if one.head in heads else None for one in mentions]
    numbered = {name: number for number, name in enumerate(dict.fromkeys(names))}
    chains = np.array([-1 if name is None else numbered[name] for name in names])
    is_right = (chains[found.later] == chains[found.earlier]) & (chains[found.later] >= 0)
    return _types_loss(types, allowed), _links_loss(len(chosen), found, scores, is_right)


def _chosen(passage: Passage, types: Tensor) -> list[int]:
    """The rows of the words that are paired: heads, and some that the network takes for one."""
    heads = passage.text.heads
    is_marked = np.array([number in heads for number in passage.numbers])
    shares = 1 - types.detach().softmax(-1)[:, 0].cpu().numpy()
    doubtful = np.flatnonzero((shares > _DOUBTFUL) & ~is_marked)
    doubtful = doubtful[np.argsort(-shares[doubtful], kind="stable")]
    marked = np.flatnonzero(is_marked)
    return sorted([*marked.tolist(), *doubtful[: 5 + len(marked) // 4].tolist()])


def _types_loss(types: Tensor, allowed: Sequence[Types]) -> Tensor:
    """Minus the log of the share that the allowed types have together, a word's mean."""
    out_of_reach = torch.tensor(np.array([_mask(one) for one in allowed], np.float32))
    return (torch.logsumexp(types, 1) - torch.logsumexp(types + out_of_reach, 1)).mean()


@cache
def _mask(allowed: Types) -> tuple[float, ...]:
    return tuple(0.0 if one in allowed else _NEVER for one in TYPES)


def _links_loss(count: int, found: Pairs, scores: Tensor, is_right: NDArray[np.bool_]) -> Tensor:
    """Minus the log of the share that the right antecedents have together, a mention's mean.

    A mention that has none before it ought to choose none, which scores 0.
    """
    right = np.zeros((count, count + 1), np.bool_)
    right[found.later, found.earlier + 1] = is_right
    right[:, 0] = ~right.any(1)
    table = torch.full((count, count + 1), _NEVER)
    table[:, 0] = 0
    cells = torch.tensor(found.later), torch.tensor(found.earlier + 1)
    table = table.index_put(cells, scores)[1:]
    of_right = torch.logsumexp(table.masked_fill(torch.tensor(~right[1:]), _NEVER), 1)
    return (torch.logsumexp(table, 1) - of_right).mean()
