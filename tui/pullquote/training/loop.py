"""One run of training, with its state kept beside it so that it goes on where it was stopped."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pullquote.training.examples import Batch, Example, Window, collated, epoch, packed, window
from pullquote.training.network import LABELS, Network

Halves = NDArray[np.float16]

_KEEP = 200  # steps between two saves of the state
_REPORT = 50  # steps between two reports of progress
_WARM = 60  # steps


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does; with the same examples and plan it repeats."""

    seed: int = 0
    steps: int = 4000
    rate: float = 2e-4
    head_rate: float = 1e-3
    room: int = 200  # pieces of a window
    batch: int = 1400  # pieces
    trust: float = 0.0  # how much a teacher counts beside the annotator


def train(
    base: Path,
    examples: Sequence[Example],
    plan: Plan,
    state: Path,
    progress: Callable[[int, str], None],
) -> Network:
    """The network trained on `examples`; `state` is written now and then, and resumed from.

    `progress` is told the step and the losses since the last call.
    """
    torch.manual_seed(plan.seed)
    network = Network(base)
    network.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    body = [
        p
        for name, p in network.named_parameters()
        if name.startswith("encoder") and p.requires_grad
    ]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder")]
    optimiser = torch.optim.AdamW(
        [
            {"params": body, "lr": plan.rate, "weight_decay": 0.01},
            {"params": heads, "lr": plan.head_rate, "weight_decay": 0},
        ],
        fused=True,
    )
    done = _restore(state, network, optimiser)
    if done >= plan.steps:
        return network.eval()
    losses = np.zeros(2)
    network.train()
    for step, windows in islice(_steps(examples, plan), done, None):
        torch.manual_seed(plan.seed * 1_000_003 + step)  # dropout repeats, stopped or not
        _set_rates(optimiser, plan, step)
        losses += _step(network, optimiser, windows)
        if step % _REPORT == 0:
            progress(step, "tagging {:.4f} pointing {:.4f}".format(*(losses / _REPORT)))
            losses[:] = 0
        if step % _KEEP == 0 or step == plan.steps:
            _keep(state, network, optimiser, step)
    return network.eval()


def _steps(examples: Sequence[Example], plan: Plan) -> Iterator[tuple[int, list[Window]]]:
    """The numbers of the steps, from 1, each with its batch: epoch after epoch."""
    dice = random.Random(plan.seed)
    epochs = (epoch(examples, dice, plan.room, plan.batch, plan.trust) for _ in count())
    return islice(enumerate(chain.from_iterable(epochs), 1), plan.steps)


def _set_rates(optimiser: torch.optim.Optimizer, plan: Plan, step: int) -> None:
    """Rates rise for some steps, then fall to nothing at the last."""
    share = min(1, step / _WARM) * (1 - (step - 1) / plan.steps)
    for group, rate in zip(optimiser.param_groups, (plan.rate, plan.head_rate), strict=True):
        group["lr"] = rate * share


def _step(
    network: Network, optimiser: torch.optim.Optimizer, windows: Sequence[Window]
) -> tuple[float, float]:
    """Learn from one batch; its losses of tagging and pointing."""
    tagging, pointing = _losses(network, collated(windows))
    optimiser.zero_grad(set_to_none=True)
    (4 * tagging + 0.3 * pointing).backward()
    learning = [weight for group in optimiser.param_groups for weight in group["params"]]
    nn.utils.clip_grad_norm_(learning, 1.0)
    optimiser.step()
    return tagging.item(), pointing.item()


def _losses(network: Network, batch: Batch) -> tuple[Tensor, Tensor]:
    """The tagger's loss a word and the pointer's a link."""
    scores, queries, keys = _words(network, batch)
    tagging = (
        network.tagging_loss(scores, batch.unary, batch.pairs, batch.word_mask)
        / batch.word_mask.sum()
    )
    if not len(batch.links):
        return tagging, torch.zeros(())
    where, word, target = batch.links.T
    points = network.pointing(queries[where, word], keys[where]).masked_fill(
        batch.word_mask[where] == 0, -1e4
    )
    return tagging, nn.functional.cross_entropy(points, target)


def _words(network: Network, batch: Batch) -> tuple[Tensor, ...]:
    """The network's outputs at the first piece of each word."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        outputs = network(batch.pieces, batch.casing, batch.quoted, batch.mask)
    return tuple(
        out.float().gather(1, batch.first[:, :, None].expand(-1, -1, out.shape[2]))
        for out in outputs
    )


def marginals(network: Network, example: Example, room: int) -> tuple[Halves, Halves]:
    """The network's marginals of labels and of moves (zeros where a window begins).

    Shapes are words x labels and words x labels x labels; a move is to a word from the one before.
    """
    unary = np.zeros((len(example.labels), LABELS), dtype=np.float16)
    pairs = np.zeros((len(example.labels), LABELS, LABELS), dtype=np.float16)
    offsets = example.offsets
    for run in packed([part.size for part in example.parts], room):
        batch = collated([window(example, run)])
        with torch.no_grad():
            scores = _words(network, batch)[0][0]
            moves = network.moves().expand(len(scores) - 1, -1, -1)
            starts = network.starts()
        scores.requires_grad_(True)
        moves = moves.clone().requires_grad_(True)
        total = starts + scores[0]
        for step in range(1, len(scores)):
            total = torch.logsumexp(total[:, None] + moves[step - 1], 0) + scores[step]
        by_label, by_move = torch.autograd.grad(
            torch.logsumexp(total, 0), [scores, moves], allow_unused=True
        )
        offset = offsets[run.start]
        unary[offset : offset + len(scores)] = by_label.numpy()
        if by_move is not None:
            pairs[offset + 1 : offset + len(scores)] = by_move.numpy()
    return unary, pairs


def _keep(state: Path, network: Network, optimiser: torch.optim.Optimizer, step: int) -> None:
    part = state.with_suffix(".part")
    torch.save(
        {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, part
    )
    part.replace(state)


def _restore(state: Path, network: Network, optimiser: torch.optim.Optimizer) -> int:
    """The steps done by the kept state, which is put back; 0 where there is none."""
    if not state.exists():
        return 0
    kept = torch.load(state, weights_only=True)
    network.load_state_dict(kept["network"])
    optimiser.load_state_dict(kept["optimiser"])
    return int(kept["step"])
