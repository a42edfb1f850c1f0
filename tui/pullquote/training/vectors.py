"""From windows to what the heads read: the encoder's vector of each word.

A step is small, and a GPU takes as long for each pass as it takes to ask for its products; so all
windows of a step go through the encoder at once there. A processor pays for padding, so it takes
windows of like size together.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from pullquote.training.network import Network

Inputs = tuple[list[int], list[int], list[int], list[int]]  # as analysis.words gives them


def word_vectors(network: Network, windows: Sequence[Inputs]) -> Tensor:
    """The encoder's vector of each word of the windows, a row each, in order."""
    groups = _alike([len(pieces) for pieces, *_ in windows])
    if network.tag.weight.device.type != "cpu":
        groups = [list(range(len(windows)))]
    found = [_vectors(network, [windows[number] for number in group]) for group in groups]
    if len(found) == 1:
        return found[0]
    return torch.cat(found)[torch.tensor(_places(groups, [len(window[3]) for window in windows]))]


def _vectors(network: Network, windows: Sequence[Inputs]) -> Tensor:
    """The vectors of windows that are read at once."""
    words = [(row, piece) for row, window in enumerate(windows) for piece in window[3]]
    with network.mixed_precision():
        hidden = network.hidden(*torch.tensor(_padded(windows)))
    rows, pieces = torch.tensor(np.array(words, dtype=np.int64).reshape(-1, 2).T)
    return hidden[rows, pieces].float()


def _alike(sizes: Sequence[int]) -> list[list[int]]:
    """The numbers of windows of like size together, so that little is padding."""
    groups: list[list[int]] = []
    for number in sorted(range(len(sizes)), key=sizes.__getitem__):
        if groups and sizes[number] <= 1.4 * sizes[groups[-1][0]] + 10:
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _places(groups: Iterable[Sequence[int]], counts: Sequence[int]) -> NDArray[np.int64]:
    """Where each window's words lie among those of the groups, window after window."""
    order = list(chain.from_iterable(groups))
    ends = dict(zip(order, np.cumsum([counts[number] for number in order]).tolist(), strict=True))
    runs = [np.arange(ends[number] - count, ends[number]) for number, count in enumerate(counts)]
    return np.concatenate(runs)


def _padded(windows: Sequence[Inputs]) -> NDArray[np.int64]:
    """Pieces, casing, quotation state and mask, each windows x pieces."""
    padded = np.zeros((4, len(windows), max(len(pieces) for pieces, *_ in windows)), np.int64)
    for row, columns in enumerate(windows):
        size = len(columns[0])
        padded[:3, row, :size] = columns[:3]
        padded[3, row, :size] = 1
    return padded
