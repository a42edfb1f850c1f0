"""From articles to what the network learns from: windows with marginals and pointers, in batches.

A content points at its cue; a cue points at its source, or at itself where it has none, so that
several cues can share one.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from pullquote.analysis.words import Encoded, Tokens, inputs
from pullquote.text import Spans, paragraphs
from pullquote.training.corpus import Article, Marked
from pullquote.training.network import LABELS
from pullquote.training.vectors import Inputs

SOURCE, CUE, CONTENT = 1, 3, 5  # the labels that begin a role's span; one more goes on with it
Floats = NDArray[np.float32]


@dataclass(slots=True)
class Example:
    """An article's paragraphs as encoded, with a label for each word and `links` from word to word.

    `soft` holds a teacher's marginals, where there is one: of each word's label, and of the move to
    it from the one before.
    """

    name: str
    parts: list[Encoded]
    labels: NDArray[np.int64]
    links: dict[int, int]
    soft: tuple[Floats, Floats] | None = field(default=None)

    @property
    def offsets(self) -> list[int]:
        """The number of the first word of each part."""
        return [0, *np.cumsum([len(part.words) for part in self.parts]).tolist()]


def example(article: Article, tokens: Tokens) -> Example:
    """The article as an example with hard labels."""
    parts = [
        part for span in paragraphs(article.text) for part in tokens.encoded(article.text, span)
    ]
    labels, links = _targets(parts, article.attributions)
    return Example(article.name, parts, labels, links)


def _targets(
    parts: Sequence[Encoded], attributions: Sequence[Marked]
) -> tuple[NDArray[np.int64], dict[int, int]]:
    words = [(word.start, word.end) for part in parts for word in part.words]
    part_of = [number for number, part in enumerate(parts) for _ in part.words]
    labels = np.zeros(len(words), dtype=np.int64)
    links: dict[int, int] = {}
    for one in attributions:
        sources, cues, contents = (
            _label(labels, words, part_of, spans, label)
            for label, spans in ((SOURCE, one.source), (CUE, one.cue), (CONTENT, one.content))
        )
        if not sources:  # an earlier attribution may have marked it
            shared = [_word_at(words, start) for start, _ in one.source]
            sources = [number for number in shared if labels[number] == SOURCE]
        links |= _links(sources, cues, contents)
    return labels, links


def _links(sources: list[int], cues: list[int], contents: list[int]) -> dict[int, int]:
    """Which word of an attribution points at which: the numbers of those that begin its spans."""
    if not cues:
        return dict.fromkeys(contents, contents[0]) if contents else {}
    first = cues[0]
    to_cues = {content: _nearest(cues, content) for content in contents}
    among_cues = dict.fromkeys(cues, first)
    return to_cues | among_cues | {first: _nearest(sources or [first], first)}


def _nearest(numbers: list[int], number: int) -> int:
    return min(numbers, key=lambda other: abs(other - number))


def _word_at(words: Sequence[tuple[int, int]], offset: int) -> int:
    return max(0, bisect_right(words, (offset, 1 << 60)) - 1)


def _label(
    labels: NDArray[np.int64],
    words: Sequence[tuple[int, int]],
    part_of: Sequence[int],
    spans: Spans,
    label: int,
) -> list[int]:
    """Labels the free words that lie by half or more in `spans`; returns those that begin a run."""
    begins = []
    for start, end in spans:
        number, fresh = _word_at(words, start), True
        while number < len(words) and words[number][0] < end:
            one = words[number]
            covered = min(end, one[1]) - max(start, one[0])
            if 2 * covered >= one[1] - one[0] and covered > 0 and labels[number] == 0:
                begin = fresh or part_of[number] != part_of[number - 1]
                labels[number] = label if begin else label + 1
                if begin:
                    begins.append(number)
                fresh = False
            number += 1
    return begins


@dataclass(frozen=True, slots=True)
class Window:
    """Some paragraphs that go through the network at once."""

    inputs: Inputs
    unary: Floats  # words x labels
    pairs: Floats  # labels x labels: how often each move is expected
    links: list[tuple[int, int]]

    @property
    def size(self) -> int:
        return len(self.inputs[0])


def packed(sizes: Sequence[int], room: int, first: int | None = None) -> list[range]:
    """Runs of neighbours that fit into `room`, the first into `first`, to vary the epochs' cuts."""
    runs, begin, used, limit = [], 0, 0, first or room
    for number, size in enumerate(sizes):
        if number > begin and used + size > limit:
            runs.append(range(begin, number))
            begin, used, limit = number, 0, room
        used += size
    return [*runs, range(begin, len(sizes))] if sizes else []


def window(example: Example, run: range, trust: float = 0.0) -> Window:
    """The paragraphs `run` of an example; targets are the teacher's by `trust`, else people's."""
    parts = example.parts[run.start : run.stop]
    columns = inputs(parts)
    offset = example.offsets[run.start]
    count = len(columns[3])
    labels = example.labels[offset : offset + count].copy()
    for number, label in enumerate(labels):
        if label in (2, 4, 6) and (number == 0 or labels[number - 1] not in (label, label - 1)):
            labels[number] = label - 1
    unary = np.eye(LABELS, dtype=np.float32)[labels]
    pairs = np.zeros((LABELS, LABELS), dtype=np.float32)
    np.add.at(pairs, (labels[:-1], labels[1:]), 1)
    if example.soft is not None and trust:
        soft_unary, soft_pairs = example.soft
        unary = (1 - trust) * unary + trust * soft_unary[offset : offset + count]
        pairs = (1 - trust) * pairs + trust * soft_pairs[offset + 1 : offset + count].sum(
            0, dtype=np.float32
        )
    links = [
        (number - offset, target - offset)
        for number, target in example.links.items()
        if offset <= number < offset + count and offset <= target < offset + count
    ]
    return Window(columns, unary, pairs, links)


def epoch(
    examples: Sequence[Example], random: Random, rooms: Sequence[int], batch: int, trust: float
) -> list[list[Window]]:
    """All windows of the examples, cut anew and shuffled, in batches of about `batch` pieces.

    Each example's windows have one of the `rooms`, in pieces.
    """
    windows = []
    for one in examples:
        room = random.choice(rooms) if len(rooms) > 1 else rooms[0]
        sizes = [part.size for part in one.parts]
        windows += [
            window(one, run, trust) for run in packed(sizes, room, random.randint(room // 3, room))
        ]
    windows.sort(key=lambda window: window.size + random.random() * 12)
    batches: list[list[Window]] = [[]]
    for item in windows:
        if batches[-1] and item.size * (len(batches[-1]) + 1) > batch:
            batches.append([])
        batches[-1].append(item)
    random.shuffle(batches)
    return batches


@dataclass(frozen=True, slots=True)
class Batch:
    """What windows ought to come to, padded with zeros; `links` are rows of window, word, target.

    `words` are the numbers of each window's words among all of them.
    """

    words: Tensor
    unary: Tensor
    pairs: Tensor
    word_mask: Tensor
    links: Tensor


def collated(windows: Sequence[Window]) -> Batch:
    """The windows' targets as one batch."""
    shape = len(windows), max(len(one.unary) for one in windows)
    words, mask = np.zeros(shape, np.int64), np.zeros(shape, np.float32)
    unary = np.zeros((*shape, LABELS), np.float32)
    before = 0
    for number, one in enumerate(windows):
        count = len(one.unary)
        words[number, :count] = np.arange(before, before + count)
        mask[number, :count] = 1
        unary[number, :count] = one.unary
        before += count
    links = [(number, *link) for number, one in enumerate(windows) for link in one.links]
    return Batch(
        torch.tensor(words),
        torch.tensor(unary),
        torch.tensor(np.stack([one.pairs for one in windows])),
        torch.tensor(mask),
        torch.tensor(links, dtype=torch.long).reshape(-1, 3),
    )
