"""Read annotations from a file of any format that comes in; the file says itself which it is.

Our own JSON of a whole library is larger than any article: it is read article by article, as its
lines show where each ends. Any other file, and one of ours that another program has laid out anew,
is read at once, up to a limit.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import IO

import msgspec

from pullquote.article import Article
from pullquote.errors import PullquoteError
from pullquote.formats.hypothesis import loaded as from_hypothesis
from pullquote.formats.json_form import loaded as our_own
from pullquote.formats.webannotation import loaded as from_webannotation
from pullquote.notes.incoming import Incoming, NotThisFormat, decoded

__all__ = ["Items", "NotThisFormat", "TooLarge", "read", "read_each"]

# the lines with which an article begins and ends in a list of ours
_OBJECT, _END = (b"  {", (b"  }", b"  },"))
_SCHEMA = b'    "schema": '
_TIMES = 50  # an article of the largest size, as JSON, with all that was found in it


class Items(msgspec.Struct, frozen=True):
    """What stands in a file: notes, and in our own JSON the articles that they are on."""

    notes: Sequence[Incoming]
    articles: Sequence[Article] = ()


class TooLarge(PullquoteError):
    """A file, or an article in one of ours, that is larger than the limit."""


def read_each(file: IO[bytes], limit: int) -> Iterator[Items]:
    """The items of a file, those of an article at a time where it is a list of ours.

    `limit` is in bytes, of what is read at once; of an article in a list of ours, fifty times as
    much. Raises `NotThisFormat`, whose message is one line, `TooLarge`, and `OSError`.
    """
    head = [file.readline(limit + 1) for _ in range(3)]
    if _starts_a_list_of_ours(head):
        yield from _articles(
            chain(head[1:], iter(lambda: file.readline(_TIMES * limit), b"")), _TIMES * limit
        )
        return
    start = b"".join(head)
    data = start + file.read(max(0, limit + 1 - len(start)))
    if len(data) > limit and not _is_one_of_ours(head):
        raise TooLarge
    if len(data) > limit:
        data += file.read(_TIMES * limit)
        if len(data) > _TIMES * limit:
            raise TooLarge
    yield read(data)


def _starts_a_list_of_ours(head: Sequence[bytes]) -> bool:
    return [line.rstrip() for line in head[:2]] == [b"[", _OBJECT] and head[2].startswith(_SCHEMA)


def _is_one_of_ours(head: Sequence[bytes]) -> bool:
    return head[0].rstrip() == b"{" and head[1].startswith(_SCHEMA[2:])


def _articles(lines: Iterator[bytes], limit: int) -> Iterator[Items]:
    """The items of each article in one of our lists; of one cut off what is whole, then a raise."""
    one, size = list[bytes](), 0
    for line in lines:
        bare = line.rstrip()
        if not one and bare == b"]":
            return
        one.append(line)
        size += len(line)
        if size > limit:
            raise TooLarge
        if bare in _END:
            one[-1] = b"  }"
            yield read(b"".join(one))
            one, size = [], 0
    raise NotThisFormat("ends in the middle; what comes before that is in")


def read(data: bytes) -> Items:
    """The items of a file. Raises `NotThisFormat`, whose message is one line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotThisFormat(f"not JSON in UTF-8: {error}; export it again") from error
    whole = decoded(text)
    first = whole[0] if isinstance(whole, list) and whole else whole
    if isinstance(first, dict) and "schema" in first and "article" in first:
        found = our_own(text)
        return Items(
            [note for _, notes in found for note in notes], [article for article, _ in found]
        )
    if isinstance(first, dict) and "annotations" in first and "@context" not in first:
        return Items(from_hypothesis(text))
    return Items(from_webannotation(text))
