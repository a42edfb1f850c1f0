"""Inputs are divided into partitions: what one task reads, and one file a table holds.

A partition ends after a part that chance chooses, by the part's name and its share of the size that
is wanted, never by what came before: where an input is added, changed or gone, the partitions
around it are other ones, and all the rest stay as they are (chunks defined by content, as rsync and
backup programs have them). So the same inputs give the same partitions on every machine. What is
done already is known by the id, and whether it has changed since, by the state.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

import msgspec

from pullquote.corpus.parts import Failure, Options, Part
from pullquote.corpus.tables import SCHEMA

SIZE = 1 << 20  # bytes; some 250 articles, two minutes of a core
_LEAST, _MOST = 0.25, 2.0  # shares of the size that is wanted
_SMALLEST = 1 << 10  # bytes that a part counts for at least, so that a million of none end, too
_DIGITS = 24  # hexadecimal, of an id and of a state


class Partition(msgspec.Struct, frozen=True):
    """Parts that are read, analysed and written together."""

    id: str  # of what its parts are called, and how they are read
    state: str  # another one where any of them may have changed
    parts: tuple[Part, ...]
    failures: tuple[Failure, ...] = ()  # inputs in between that cannot be read at all

    @property
    def weight(self) -> int:
        """How much it is to read, in bytes, about."""
        return sum(weight(part) for part in self.parts)


def is_stem(name: str) -> bool:
    """Whether the files of a partition may be called so (`Record.stem`)."""
    return re.fullmatch(rf"[0-9a-f]{{{_DIGITS}}}(-[0-9a-f]+)?", name) is not None


def weight(part: Part) -> int:
    """How much a part is to read, in bytes, about."""
    return max(part.size, _SMALLEST)


def partitions(
    found: Iterable[Part | Failure], size: int, analyser: str, options: Options
) -> Iterator[Partition]:
    """The partitions of what is found, in its order.

    Args:
        found: The parts of all inputs, in a stable order.
        size: Of a partition in bytes; from a quarter to twice of it, or a single part.
        analyser: With its version and model; another one makes other partitions.
        options: How the inputs are read.
    """
    made_by = [SCHEMA, analyser, msgspec.structs.replace(options, storage={})]
    held: list[Part | Failure] = []
    weighs = 0
    for one in found:
        held.append(one)
        if isinstance(one, Failure):
            continue
        weighs += weight(one)
        if _ends(one, weighs, size):
            yield _partition(held, made_by)
            held, weighs = [], 0
    if held:
        yield _partition(held, made_by)


def _ends(part: Part, weighs: int, size: int) -> bool:
    drawn = sha256(msgspec.json.encode([part.input, part.start])).digest()[:8]
    share = int.from_bytes(drawn) / 2**64
    return weighs >= _MOST * size or (weighs >= _LEAST * size and share < weight(part) / size)


def _partition(held: list[Part | Failure], made_by: list[object]) -> Partition:
    parts = tuple(one for one in held if isinstance(one, Part))
    called = [
        msgspec.structs.replace(one, size=0, state="") if isinstance(one, Part) else one
        for one in held
    ]
    return Partition(
        id=_digest([made_by, called]),
        state=_digest([(one.size, one.state) for one in parts]),
        parts=parts,
        failures=tuple(one for one in held if isinstance(one, Failure)),
    )


def _digest(what: object) -> str:
    return sha256(msgspec.json.encode(what)).hexdigest()[:_DIGITS]
