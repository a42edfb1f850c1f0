"""What a form of input is: how it is divided among workers, and how a worker reads a part of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pullquote.corpus.inputs.places import Place
from pullquote.corpus.parts import Entry, Failure, Options, Part

PIECE = 1_000_000  # bytes, about; of a part where a file can be divided: some 200 articles

Read = Iterator[Entry | Failure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form of input.

    Both functions may raise whatever a damaged file or a lost connection brings: it is told as a
    failure of the file, or of the rest of the part.
    """

    name: str
    suffixes: tuple[str, ...] = ()  # in lower case, with the dot, without that of a compression
    divide: Callable[[Place, Options], Iterator[Part]]
    read: Callable[[Part, Options], Read]


def whole(form: str) -> Callable[[Place, Options], Iterator[Part]]:
    """What makes one part of a file of the form of that name."""

    def divide(place: Place, options: Options) -> Iterator[Part]:
        yield part_of(place, form)

    return divide


def part_of(place: Place, form: str, start: int = 0, stop: int = -1, size: int = -1) -> Part:
    """A part of a file: all of it, or from `start` to `stop` with `size` bytes."""
    return Part(
        input=place.url,
        form=form,
        name=place.name,
        start=start,
        stop=stop,
        size=place.size if size < 0 else size,
        state=place.state,
    )


def is_whole(part: Part) -> bool:
    """Whether the part is all of its input, so that rows can be counted from the first."""
    return part.start == 0 and part.stop < 0


def failed(part: Part, where: str, why: str) -> Failure:
    """What could not be read in a part: at `where`, for the reason `why`."""
    return Failure(part.input, where, why)
