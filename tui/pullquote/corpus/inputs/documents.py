"""Files of every form that opens in the reader: read by the same door, each article that they hold.

Their articles are called as `pullquote analyze` calls them: by the name of the file, with `#3` for
the third of several.
"""

import re
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import msgspec

from pullquote.article import Article, Unreadable, check_size
from pullquote.article.forms import Member, Raw
from pullquote.article.registry import of_file
from pullquote.article.source import extract, fetch, members
from pullquote.corpus.inputs.forms import Form, Read, failed, whole
from pullquote.corpus.inputs.places import compression, opened
from pullquote.corpus.parts import Entry, Failure, Options, Part
from pullquote.text import is_on_the_web, one_line

_UNKNOWN = "unknown"
_MTIME = re.compile(r"\d+-(\d+)(?:\.\d+)?")


def _read(part: Part, options: Options) -> Read:
    try:
        raw = _raw(part, options)
        for number, member in enumerate(found := members(raw), 1):
            yield _entry(part, f"{part.name}#{number}" if len(found) > 1 else part.name, member)
    except Unreadable as error:
        yield failed(part, "", _why(error, part.input))


def _raw(part: Part, options: Options) -> Raw:
    """The bytes of the file, with when it was written: what is not known is not made up."""
    if is_on_the_web(part.input) and not compression(part.input):
        return fetch(part.input, limit=options.limit)
    with opened(part.input, options) as file:
        data = file.read(options.limit + 1)
    check_size(one_line(part.input), len(data), options.limit)
    path = PurePosixPath(part.input)
    path = path.with_suffix("") if compression(part.input) else path
    return Raw(
        data=data,
        form=of_file(Path(path), data, one_line(part.input)),
        source=part.input,
        retrieved=_written(part),
        limit=options.limit,
    )


def _written(part: Part) -> str:
    """When a file of this machine was written; a run gives the same as another one."""
    found = _MTIME.fullmatch(part.state)
    if found is None:
        return _UNKNOWN
    return datetime.fromtimestamp(int(found[1]), UTC).isoformat(timespec="seconds")


def _entry(part: Part, identity: str, member: Member) -> Entry | Failure:
    try:
        return Entry(identity, dated(extract(member.raw)))
    except Unreadable as error:
        return failed(part, identity, _why(error, member.raw.source))


def dated(article: Article) -> Article:
    """An article without the time of reading it where it is not known when it was retrieved."""
    if article.retrieved != _UNKNOWN:
        return article
    return msgspec.structs.replace(article, retrieved="")


def _why(error: Unreadable, source: str) -> str:
    """A message without the name of the file, which stands beside it; --limit is the way out."""
    said = str(error).removeprefix(f"{one_line(source)}: ")
    return said.replace("raise max_bytes in the settings to", "raise --limit to")


DOCUMENT = Form(name="document", divide=whole("document"), read=_read)
