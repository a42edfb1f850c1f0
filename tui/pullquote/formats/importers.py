"""Read annotations from a file of any format that comes in; the file says itself which it is.

Our own JSON of a whole library is larger than any article: it is read article by article, as its
lines show where each ends. Any other file, and one of ours that another program has laid out anew,
is read at once, up to a limit.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import IO

from pullquote.errors import PullquoteError
from pullquote.formats.form import Content, Format, Importer, Items
from pullquote.formats.registry import FORMATS, IMPORTERS
from pullquote.notes.incoming import NotThisFormat, decoded
from pullquote.plugins import raising

__all__ = ["Items", "NotThisFormat", "TooLarge", "read", "read_each"]

# the lines with which an article begins and ends in a list of ours
_OBJECT, _END = (b"  {", (b"  }", b"  },"))
_SCHEMA = b'    "schema": '
_TIMES = 50  # an article of the largest size, as JSON, with all that was found in it


class TooLarge(PullquoteError):
    """A file, or an article in one of ours, that is larger than the limit."""


def read_each(file: IO[bytes], limit: int) -> Iterator[Items]:
    """The items of a file, those of an article at a time where it is a list of ours.

    Args:
        file: Read from where it stands.
        limit: In bytes, of what is read at once; of an article in a list of ours, fifty times as
            much.

    Raises:
        NotThisFormat: No format knows it, or the one that does cannot read it; one line.
        TooLarge: It is larger than the limit.
        OSError: It cannot be read.
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
    ours, one, size = FORMATS["json"], list[bytes](), 0
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
            yield _read_as(ours, Content(b"".join(one)))
            one, size = [], 0
    raise NotThisFormat("is cut off; the articles before the break were imported")


def read(data: bytes) -> Items:
    """The items of a file, by the first form that knows it, ours before any other package's.

    Raises:
        NotThisFormat: No form knows it, or the one that does cannot read it; one line.
    """
    content = Content(data)
    coming, broken = _coming()
    for one in coming:
        if _is_of(one, content):
            return _read_as(one, content)
    raise NotThisFormat("; ".join((_why_not(content, coming), *broken)))


Incomer = Format | Importer  # a form with `read` and `sniff`


def _coming() -> tuple[list[Incomer], list[str]]:
    """The forms that come in, ours first, and one line for each that cannot be used."""
    formats, broken = FORMATS.working()
    importers, broken_too = IMPORTERS.working()
    both = [one for one in formats if one.read and one.sniff]
    coming: list[Incomer] = [*both, *importers]
    return sorted(coming, key=lambda one: not _is_ours(one)), [*broken, *broken_too]


def _is_ours(one: Incomer) -> bool:
    return (IMPORTERS if isinstance(one, Importer) else FORMATS).is_ours(one.name)


def _read_as(form: Incomer, content: Content) -> Items:
    """The items of a file that is of that form. Raises `NotThisFormat`."""
    if form.read is None:
        raise NotThisFormat(f"is in the format {form.name}, which cannot be imported")
    if _is_ours(form):
        return form.read(content)
    with raising(NotThisFormat, f"the format {form.name}"):
        return form.read(content)


def _is_of(form: Incomer, content: Content) -> bool:
    """Whether the file is of that form, as it says itself; one that fails to say so is not."""
    try:
        return form.sniff is not None and form.sniff(content)
    except Exception:  # another package's: it may raise anything on a file that is not its own
        return False


def _why_not(content: Content, coming: Sequence[Incomer]) -> str:
    can = f"what can be imported: {', '.join(sorted(one.name for one in coming))}"
    try:
        if not content.text.strip():
            return f"is empty; {can}"
        if content.text.lstrip().startswith(("{", "[")):
            decoded(content.text)
    except NotThisFormat as error:
        return f"{error}; {can}"
    return f"is in none of the formats that can be imported; {can}"
