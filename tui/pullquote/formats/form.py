"""What a format is: one value, declared in a module of its own, from which all else follows.

The command line's choices and help, the reader's menu, the table in docs/formats.md and the
detection of what comes in are made from these values. None knows the screen, and none computes what
another would need too.
"""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import msgspec

from pullquote.article import Article
from pullquote.formats.files import Pieces
from pullquote.notes.incoming import Incoming, NotThisFormat, decoded
from pullquote.notes.reading import Reading
from pullquote.settings import Settings

Write = Callable[[Iterable[Reading], Settings], Pieces]


class Purpose(StrEnum):
    """What a format is for, in the order in which formats are listed."""

    NOTES = "note-taking"
    READING = "reading"
    DATA = "spreadsheets and programs"
    EXCHANGE = "other annotation tools"
    CHECKING = "fact-checking"
    CITING = "citations"
    TRAINING = "training and measuring"
    OTHER = "other"


class Content:
    """What stands in a file that comes in; decoded once, however many formats look at it."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def text(self) -> str:
        """The bytes as UTF-8, or as UTF-16 where a byte order mark says so; without that mark.

        Half a character (a lone surrogate) stays.

        Raises:
            NotThisFormat: They are neither.
        """
        wide = self.data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
        try:
            return self.data.decode("utf-16" if wide else "utf-8-sig", "surrogatepass")
        except UnicodeDecodeError as error:
            raise NotThisFormat(f"is not UTF-8: {error}; export it again") from error

    @cached_property
    def items(self) -> list[Any]:
        """The JSON value as a list: its own items where it is one, none where it is no JSON."""
        with suppress(NotThisFormat):
            whole = decoded(self.text)
            return whole if isinstance(whole, list) else [whole]
        return []


class Items(msgspec.Struct, frozen=True):
    """What comes in from a file: notes, and the articles that they are on, where it has them."""

    notes: Sequence[Incoming]
    articles: Sequence[Article] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format, out and, where it has `read` and `sniff`, in.

    Attributes:
        name: As the command line has it; unique.
        suffix: Of its files, with the dot. It is no other format's, so that all of them can be
            written into one folder.
        write: Takes readings, each article once, and the settings; gives the file piece by piece,
            as text or bytes. It lets go of each reading, so that a library of any size can be
            written.
        read: Gives what stands in a file that comes in; raises `NotThisFormat`.
        sniff: Tells whether a file is of this format; raises nothing.
        merged: Takes what `write` gives and the text of the file that is there, and gives that text
            with what is new in it; raises `ValueError` or `PullquoteError` where it cannot.
        companions: Other files that belong beside, each with its suffix.
    """

    name: str
    suffix: str
    carries: str  # of an article and its notes, for the table in docs/formats.md
    description: str  # what it is good for, for menus and help
    write: Write
    read: Callable[[Content], Items] | None = None
    sniff: Callable[[Content], bool] | None = None
    purpose: Purpose = Purpose.OTHER
    whole: bool = False  # whatever the reader may not want to see
    single: bool = False  # an article a file
    needs_findings: bool = True  # tells who says what, or what was found
    companions: tuple[tuple[str, Write], ...] = ()
    merged: Callable[[str, str], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """A form that only comes in: what another program writes of its notes.

    Attributes:
        name: As messages have it; unique.
        carries: What comes in from it, for the table in docs/importing.md.
        read: Gives what stands in a file; raises `NotThisFormat`.
        sniff: Tells whether a file is of this form; raises nothing.
    """

    name: str
    carries: str
    read: Callable[[Content], Items]
    sniff: Callable[[Content], bool]


def single_writer(write: Callable[[Reading, Settings], str | bytes]) -> Write:
    """A writer for a `single` format, out of a function that gives the whole file of a reading."""

    def written(readings: Iterable[Reading], settings: Settings) -> Iterator[str | bytes]:
        (reading,) = readings
        yield write(reading, settings)

    return written


def notes_reader(load: Callable[[str], Sequence[Incoming]]) -> Callable[[Content], Items]:
    """`Format.read` for a format of notes alone, out of a function that reads them from text."""
    return lambda content: Items(load(content.text))


def each_once(readings: Iterable[Reading]) -> Iterator[Reading]:
    """`readings` without an article that comes again; one without a text is never another."""
    there = set[str]()
    for reading in readings:
        if not reading.article.text or reading.article.id not in there:
            there.add(reading.article.id)
            yield reading
