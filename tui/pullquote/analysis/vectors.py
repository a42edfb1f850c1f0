"""Statements as vectors, so that the same one in other words is found: static word vectors.

Each word piece has a fixed vector (potion-base-8M of MinishLab, distilled from bge-base; 128 of its
256 dimensions in eight bits: model/MODEL_CARD.md), and a statement's is their mean. That knows no
order of words: it finds what may be the same, and `pullquote.notes.sameness` says whether it is.
The pieces are those of the attribution model's tokenizer.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pullquote.analysis.pieces import Pieces
from pullquote.analysis.words import FILES

Vectors = NDArray[np.int8]  # a row a statement
Likenesses = NDArray[np.floating[Any]]

DIMENSIONS = 128  # of 256; with all of them no figure is better (docs/quality.md)
_LONGEST = 256  # pieces; what a statement says further on does not count
_UNIT = 127  # the length of a vector
_AT_ONCE = 1 << 16  # statements that are compared at once, so that memory does not grow with them


class StaticVectors:
    """The vectors of the word pieces, loaded."""

    def __init__(self, folder: Path = FILES) -> None:
        self._pieces = Pieces(folder / "tokenizer.json")
        self._vectors = np.load(folder / "statements.npy", mmap_mode="r")

    def of(self, statements: Sequence[str]) -> Vectors:
        """The vectors of statements: a row each, of length 127, or of zeros without a word."""
        rows = np.zeros((len(statements), self._vectors.shape[1]), dtype=np.float32)
        for row, statement in zip(rows, statements, strict=True):
            if numbers := self._pieces.of(statement)[:_LONGEST]:
                row[:] = self._vectors[numbers].mean(0, dtype=np.float32)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.round(rows * (_UNIT / np.maximum(lengths, 1e-9))).astype(np.int8)


class Near(NamedTuple):
    """A statement's vector, and the earlier statements near it, the nearest first."""

    vector: bytes  # 128 bytes
    others: tuple[tuple[int, float], ...]  # their numbers as they were added, and the cosines


class Compared:
    """Statements in memory by their vectors, with which new ones are compared, exactly."""

    def __init__(self, vectors: Iterable[bytes] = ()) -> None:
        every = np.frombuffer(b"".join(vectors), dtype=np.int8)
        self._vectors: Vectors = every.reshape(-1, DIMENSIONS)

    def add(self, statements: Sequence[str], least: float, most: int) -> Iterator[Near]:
        """Add statements; for each the earlier ones whose cosine with it is `least` or more.

        At most so many of them as `most` says.
        """
        new, before = static_vectors().of(statements), len(self._vectors)
        self._vectors = np.concatenate((self._vectors, new))
        for number, cosines in enumerate(_cosines(new, self._vectors)):
            earlier = cosines[: before + number]
            near = np.flatnonzero(earlier >= least)
            nearest = near[np.argsort(-earlier[near], kind="stable")[:most]]
            others = tuple((int(other), float(earlier[other])) for other in nearest)
            yield Near(new[number].tobytes(), others)


def _cosines(some: Vectors, every: Vectors) -> Likenesses:
    """The cosines of `some` statements, a row each, with `every` one, a column each."""
    ours = some.astype(np.float32) / _UNIT**2
    return np.concatenate(
        [
            ours @ every[start : start + _AT_ONCE].astype(np.float32).T
            for start in range(0, max(1, len(every)), _AT_ONCE)
        ],
        axis=1,
    )


@cache
def static_vectors() -> StaticVectors:
    """The vectors, loaded once."""
    return StaticVectors()
