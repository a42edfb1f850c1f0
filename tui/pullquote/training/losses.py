"""What the networks learn by: how far they are from what people marked."""

from collections.abc import Sequence
from functools import cache

import torch
from torch import Tensor, nn

from pullquote.analysis.coreference.heads import TYPES
from pullquote.analysis.coreference.mentions import mention
from pullquote.analysis.coreference.pairs import pairs
from pullquote.training.examples import Batch
from pullquote.training.mentions import Types
from pullquote.training.network import JointNetwork, Network
from pullquote.training.passages import Passage

_NEVER = -1e4
_DOUBTFUL = 0.4  # the share from which a word is paired though nobody marked it


def at_words(vectors: Tensor, first: Tensor) -> Tensor:
    """The vectors of the first piece of each word."""
    return vectors.float().gather(1, first[:, :, None].expand(-1, -1, vectors.shape[2]))


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
    later, earlier, features = (torch.as_tensor(values) for values in found)
    scores = network.pair_scores(vectors[chosen], later, earlier, features)
    chains = [heads[one.head].chain if one.head in heads else None for one in mentions]
    is_right = torch.tensor(
        [
            chains[one] is not None and chains[one] == chains[other]
            for one, other in zip(found.later.tolist(), found.earlier.tolist(), strict=True)
        ]
    )
    return _types_loss(types, allowed), _links_loss(len(chosen), later, earlier, scores, is_right)


def _chosen(passage: Passage, types: Tensor) -> list[int]:
    """The rows of the words that are paired: heads, and some that the network takes for one."""
    numbers, heads = passage.numbers, passage.text.heads
    marked = [row for row, number in enumerate(numbers) if number in heads]
    shares = (1 - types.detach().softmax(-1)[:, 0]).tolist()
    doubtful = [
        row
        for row in sorted(range(len(shares)), key=shares.__getitem__, reverse=True)
        if numbers[row] not in heads and shares[row] > _DOUBTFUL
    ]
    return sorted(marked + doubtful[: 5 + len(marked) // 4])


def _types_loss(types: Tensor, allowed: Sequence[Types]) -> Tensor:
    """Minus the log of the share that the allowed types have together, a word's mean."""
    out_of_reach = torch.stack([_mask(one) for one in allowed])
    return (torch.logsumexp(types, 1) - torch.logsumexp(types + out_of_reach, 1)).mean()


@cache
def _mask(allowed: Types) -> Tensor:
    return torch.tensor([0.0 if one in allowed else _NEVER for one in TYPES])


def _links_loss(
    count: int, later: Tensor, earlier: Tensor, scores: Tensor, is_right: Tensor
) -> Tensor:
    """Minus the log of the share that the right antecedents have together, a mention's mean.

    A mention that has none before it ought to choose none, which scores 0.
    """
    table = torch.full((count, count + 1), _NEVER)
    table[:, 0] = 0
    table = table.index_put((later, earlier + 1), scores)
    right = torch.zeros(count, count + 1, dtype=torch.bool)
    right[later, earlier + 1] = is_right
    right[:, 0] = ~right.any(1)
    table, right = table[1:], right[1:]
    of_right = torch.logsumexp(table.masked_fill(~right, _NEVER), 1)
    return (torch.logsumexp(table, 1) - of_right).mean()
