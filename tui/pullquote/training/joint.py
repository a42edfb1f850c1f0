"""The joint training: attributions and actors through one encoder.

It goes on from the network that has learned attributions. Each step learns from a batch of
attributions, held by the teachers' marginals as before, and from a passage with mentions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path
from random import Random

import torch
from torch import Tensor

from pullquote.analysis.words import Tokens
from pullquote.training.examples import Example, Window, collated, epoch
from pullquote.training.loop import REPORT, Progress
from pullquote.training.losses import actor_losses, attribution_losses, attribution_outputs
from pullquote.training.mentions import ORGANISATION, Text
from pullquote.training.network import JointNetwork, Network
from pullquote.training.passages import Passage, passages
from pullquote.training.run import Run, Schedule
from pullquote.training.vectors import word_vectors


@dataclass(frozen=True, slots=True)
class JointPlan:
    """What a joint run does; with the same start, examples and texts it repeats."""

    seed: int = 7
    steps: int = 6000
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm: int = 80  # steps
    batch: int = 500  # pieces of attributions a step
    passage: int = 1000  # pieces of actors a step
    rooms: tuple[int, ...] = (70, 120, 200)  # pieces of a window, by dice
    trust: float = 0.5  # how much the teachers count beside the annotators
    weight: float = 2.0  # of attributions beside actors
    novels: float = 0.5  # the share of the novels in a pass
    rich: int = 6  # passages with so many organisations come twice in a pass
    marked_from: int = 700  # the step from which passages are of the project's own marks, too
    marked_share: float = 0.6


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from: examples of attributions, and texts with mentions."""

    tokens: Tokens
    examples: list[Example]
    documents: list[Text]
    novels: list[Text]
    marked: list[Text]


def train_jointly(
    base: Path,
    start: Network,
    material: Material,
    plan: JointPlan,
    state: Path,
    progress: Progress,
) -> JointNetwork:
    """The network trained on both; `state` is written now and then, and resumed from."""
    torch.manual_seed(plan.seed)
    network = JointNetwork(base).to(torch.get_default_device())
    network.load_state_dict(start.state_dict(), strict=False)
    schedule = Schedule(plan.seed, plan.steps, plan.rate, plan.head_rate, plan.warm)
    frozen = ("word_embeddings", "token_type_embeddings")
    run = Run(network, schedule, state, frozen)
    if run.done >= plan.steps:
        return network.eval()
    losses = torch.zeros(4)
    network.train()
    steps = zip(_batches(material, plan), _passages(material, plan), strict=True)
    for step, (windows, passage) in islice(enumerate(steps, 1), run.done, plan.steps):
        run.begin(step)
        losses += _learn(network, windows, passage, plan.weight)
        run.end(step)
        if step % REPORT == 0:
            told = "tagging {:.4f} pointing {:.4f} types {:.4f} antecedents {:.4f}"
            progress(step, told.format(*(losses / REPORT).tolist()))
            losses.zero_()
    return network.eval()


def _learn(
    network: JointNetwork, windows: Sequence[Window], passage: Passage, weight: float
) -> Tensor:
    """The gradients of one step; its losses."""
    batch = collated(windows)
    vectors = word_vectors(network, [*(one.inputs for one in windows), *passage.windows])
    said, acting = vectors.split([len(vectors) - len(passage.numbers), len(passage.numbers)])
    outputs = attribution_outputs(network, said, batch)
    tagging, pointing = attribution_losses(network, batch, outputs)
    types, antecedents = actor_losses(network, passage, acting)
    (weight * (4 * tagging + 0.3 * pointing) + 4 * types + antecedents).backward()
    return torch.stack((tagging, pointing, types, antecedents)).detach()


def _batches(material: Material, plan: JointPlan) -> Iterator[list[Window]]:
    """Batches of attributions without end."""
    dice = Random(plan.seed)
    epochs = (epoch(material.examples, dice, plan.rooms, plan.batch, plan.trust) for _ in count())
    return chain.from_iterable(epochs)


def _passages(material: Material, plan: JointPlan) -> Iterator[Passage]:
    """Passages without end: of GUM and the novels, and by and by of our own marks."""
    others, marked = _others(material, plan), _marked(material, plan)
    dice = Random(plan.seed + 2)
    for step in count(1):
        is_marked = step >= plan.marked_from and dice.random() < plan.marked_share
        yield next(marked if is_marked else others)


def _others(material: Material, plan: JointPlan) -> Iterator[Passage]:
    dice = Random(plan.seed + 1)
    while True:
        found = _cut(material.documents, material, plan, dice)
        found += [one for one in found if _organisations(one) >= plan.rich]
        novels = dice.sample(material.novels, int(len(material.novels) * plan.novels))
        found += _cut(novels, material, plan, dice)
        dice.shuffle(found)
        yield from found


def _marked(material: Material, plan: JointPlan) -> Iterator[Passage]:
    dice = Random(plan.seed + 3)
    while True:
        found = _cut(material.marked, material, plan, dice)
        dice.shuffle(found)
        yield from found


def _cut(texts: Sequence[Text], material: Material, plan: JointPlan, dice: Random) -> list[Passage]:
    return passages(texts, material.tokens, dice, plan.passage, plan.rooms)


def _organisations(passage: Passage) -> int:
    heads = passage.text.heads
    return sum(heads[number].types == ORGANISATION for number in passage.heads)
