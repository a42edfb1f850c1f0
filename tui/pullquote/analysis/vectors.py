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
_Found = tuple[NDArray[np.integer[Any]], Likenesses]  # the numbers of statements, and the cosines

DIMENSIONS = 128  # of 256; with all of them no figure is better (docs/quality.md)
_LONGEST = 256  # pieces; what a statement says further on does not count
_UNIT = 127  # the length of a vector
# Of 956 pairs of claims of gold articles that are similar or the same, 954 differ in no more signs
# than that, and all 239 that are the same.
_DIFFERING = 42
_FEW = 8  # statements: of more, a comparison with every other costs less for each
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
    """Statements in memory by their vectors, with which new ones are compared.

    Many at once are compared with every other, exactly. A few are by the signs of their vectors
    first, 16 bytes each: those that differ in more than `_DIFFERING` are not near (Charikar 2002).
    """

    def __init__(self, vectors: Iterable[bytes] = ()) -> None:
        every = np.frombuffer(b"".join(vectors), dtype=np.int8).reshape(-1, DIMENSIONS)
        self._vectors = _Rows(every)
        self._signs: _Rows | None = None  # made for the first few that are compared

    def add(self, statements: Sequence[str], least: float, most: int) -> Iterator[Near]:
        """Add statements; for each the earlier ones whose cosine with it is `least` or more.

        At most so many of them as `most` says.
        """
        new, before = static_vectors().of(statements), len(self._vectors)
        self._vectors.add(new)
        if self._signs is not None:
            self._signs.add(_signs(new))
        found = self._few(new, before) if len(new) <= _FEW else self._many(new, before, least)
        for vector, (others, cosines) in zip(new, found, strict=True):
            nearest = np.argsort(-cosines, kind="stable")[:most]
            near = ((int(others[one]), float(cosines[one])) for one in nearest)
            yield Near(vector.tobytes(), tuple(one for one in near if one[1] >= least))

    def _many(self, new: Vectors, before: int, least: float) -> Iterator[_Found]:
        for number, cosines in enumerate(_cosines(new, self._vectors.all), before):
            near = np.flatnonzero(cosines[:number] >= least)
            yield near, cosines[near]

    def _few(self, new: Vectors, before: int) -> Iterator[_Found]:
        if self._signs is None:
            self._signs = _Rows(_signs(self._vectors.all))
        for number, ours in enumerate(new, before):
            (first, second), signs = self._signs.all[:number].T, self._signs.all[number]
            apart = np.bitwise_count(first ^ signs[0]) + np.bitwise_count(second ^ signs[1])
            near = np.flatnonzero(apart <= _DIFFERING)
            yield near, _cosines(ours[np.newaxis], self._vectors.all[near])[0]


class _Rows:
    """Rows of an array that grows; what is added is copied, and seldom all."""

    def __init__(self, rows: NDArray[Any]) -> None:
        self._room, self._count = rows, len(rows)

    def __len__(self) -> int:
        return self._count

    @property
    def all(self) -> NDArray[Any]:
        """The rows that there are."""
        return self._room[: self._count]

    def add(self, rows: NDArray[Any]) -> None:
        """Add rows at the end."""
        end = self._count + len(rows)
        if end > len(self._room):
            more = np.empty((end // 8 + len(rows), *rows.shape[1:]), dtype=rows.dtype)
            self._room = np.concatenate((self.all, more), dtype=rows.dtype)
        self._room[self._count : end] = rows
        self._count = end


def _signs(vectors: Vectors) -> NDArray[np.uint64]:
    """Which numbers of each vector are above zero: two of 64 bits a row."""
    return np.packbits(vectors > 0, axis=1).view(np.uint64)


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
