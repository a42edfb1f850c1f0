"""One run of training on attributions, from the base weights to the network."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray

from pullquote.training.examples import Example, Window, collated, epoch, packed, window
from pullquote.training.losses import attribution_losses, attribution_outputs
from pullquote.training.network import LABELS, Network, log_partition
from pullquote.training.run import Run, Schedule
from pullquote.training.vectors import word_vectors

Halves = NDArray[np.float16]
Progress = Callable[[int, str], None]  # is told the step and the losses since the last call

REPORT = 50  # steps between two reports of progress
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
    base: Path, examples: Sequence[Example], plan: Plan, state: Path, progress: Progress
) -> Network:
    """The network trained on `examples`; `state` is written now and then, and resumed from."""
    torch.manual_seed(plan.seed)
    network = Network(base).to(torch.get_default_device())
    schedule = Schedule(plan.seed, plan.steps, plan.rate, plan.head_rate, _WARM)
    run = Run(network, schedule, state, frozen=("word_embeddings",))
    if run.done >= plan.steps:
        return network.eval()
    losses = torch.zeros(2)
    network.train()
    for step, windows in islice(_steps(examples, plan), run.done, None):
        run.begin(step)
        batch = collated(windows)
        vectors = word_vectors(network, [one.inputs for one in windows])
        outputs = attribution_outputs(network, vectors, batch)
        tagging, pointing = attribution_losses(network, batch, outputs)
        (4 * tagging + 0.3 * pointing).backward()
        run.end(step)
        losses += torch.stack((tagging, pointing)).detach()
        if step % REPORT == 0:
            told = "tagging {:.4f} pointing {:.4f}"
            progress(step, told.format(*(losses / REPORT).tolist()))
            losses.zero_()
    return network.eval()


def _steps(examples: Sequence[Example], plan: Plan) -> Iterator[tuple[int, list[Window]]]:
    """The numbers of the steps, from 1, each with its batch: epoch after epoch."""
    dice = Random(plan.seed)
    epochs = (epoch(examples, dice, (plan.room,), plan.batch, plan.trust) for _ in count())
    return islice(enumerate(chain.from_iterable(epochs), 1), plan.steps)


def marginals(network: Network, example: Example, room: int) -> tuple[Halves, Halves]:
    """The network's marginals of labels and of moves (zeros where a window begins).

    Shapes are words x labels and words x labels x labels; a move is to a word from the one before.
    """
    unary = np.zeros((len(example.labels), LABELS), dtype=np.float16)
    pairs = np.zeros((len(example.labels), LABELS, LABELS), dtype=np.float16)
    offsets = example.offsets
    for run in packed([part.size for part in example.parts], room):
        with torch.no_grad():
            vectors = word_vectors(network, [window(example, run).inputs])
            scores = network.attribution(vectors)[0]
            moves = network.moves().expand(len(scores) - 1, -1, -1)
            starts = network.starts()
        scores.requires_grad_(True)
        moves = moves.clone().requires_grad_(True)
        steps = moves + scores[1:, None, :]
        total = log_partition((starts + scores[0])[None], steps[None])
        by_label, by_move = torch.autograd.grad(total[0], [scores, moves], allow_unused=True)
        offset = offsets[run.start]
        unary[offset : offset + len(scores)] = by_label.numpy()
        if by_move is not None:
            pairs[offset + 1 : offset + len(scores)] = by_move.numpy()
    return unary, pairs
