"""From a source to an article: a file, a URL, standard input, or the sample article.

There are three steps, so that a page seen before need not be extracted again: `fetch` gives the
bytes, `chosen` those of one article where they hold several, `extract` the article. `book.epub#3`
is the third article in a book. Whatever is wrong with a source is one line, in `Unreadable`.
"""

import os
import re
import stat
import sys
import time
import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from pullquote.article import Article, Unreadable, Watch, check_size
from pullquote.article.decoding import decoded
from pullquote.article.forms import LIMIT, Member, Members, Raw
from pullquote.article.original import Validators
from pullquote.article.registry import ADDRESSES, OURS, of_file, of_page, scheme_of, sniffed
from pullquote.plugins import raising
from pullquote.settings import expanded
from pullquote.settings import shipped as shipped_folder
from pullquote.text import clean, is_on_the_web, one_line

TIMEOUT = 30.0  # seconds, for a whole page or everything that comes through a named pipe
_CHUNK = 65_536  # bytes; the capacity of a pipe on Linux
_LISTED = 10  # a message names no more members than this
_NUMBERED = re.compile(r"(.+)#([1-9]\d{0,8})", re.S)
_PASSWORD = re.compile(r"(?<=://)[^/?#]*@")


def load(source: str, stdin: BinaryIO | None = None, limit: int = LIMIT) -> Article:
    """The article that `source` names: `fetch`, then `extract`.

    Args:
        source: A path, an http(s) URL, or `-` for standard input; `#N` after it for one of several.
        stdin: Read instead of the process's standard input.
        limit: The largest size accepted, in bytes.

    Raises:
        Unreadable: There is no article in it; the message is one line.
    """
    return extract(fetch(source, stdin, limit))


def fetch(
    source: str,
    stdin: BinaryIO | None = None,
    limit: int = LIMIT,
    timeout: float = TIMEOUT,
    watch: Watch | None = None,
) -> Raw:
    """The bytes of a source.

    Args:
        source: A path, an http(s) URL, or `-` for standard input; `#N` after it for one of several.
        stdin: Read instead of the process's standard input.
        limit: The largest size accepted, in bytes.
        timeout: In seconds, for a whole page or everything that comes through a named pipe.
        watch: Called twice a second while a page is fetched.

    Raises:
        Unreadable: There is nothing to read, or it is too large, too late or of no known form.
    """
    whole, member = numbered(source)
    raw = _fetched(whole, stdin, limit, timeout, watch)
    return msgspec.structs.replace(raw, member=member, limit=limit, retrieved=_now())


def fetch_again(
    source: str,
    known: Validators,
    limit: int = LIMIT,
    timeout: float = TIMEOUT,
    watch: Watch | None = None,
) -> Raw | None:
    """The bytes of a source as it is now; None if its server says that it has not changed.

    Args:
        source: A path or an http(s) URL.
        known: The state that it was in when it was fetched last; see `fetch` for the others.
        limit: The largest size accepted, in bytes.
        timeout: In seconds.
        watch: Called twice a second while a page is fetched.

    Raises:
        Unreadable: As `fetch`; from the web, `Refused` where the server refuses it.
    """
    if not is_on_the_web(source.strip()):
        return fetch(source, None, limit, timeout, watch)
    whole, member = numbered(source)
    raw = _from_web(whole.strip(), limit, timeout, watch, known)
    if raw is None:
        return None
    return msgspec.structs.replace(raw, member=member, limit=limit, retrieved=_now())


def _fetched(
    source: str, stdin: BinaryIO | None, limit: int, timeout: float, watch: Watch | None
) -> Raw:
    if not source.strip():
        raise Unreadable("no source given; name a file, a URL, or - for standard input")
    if source == "-":
        return _from_stdin(stdin or (sys.stdin.buffer if sys.stdin else None), limit)
    if is_on_the_web(source.strip()):
        raw = _from_web(source.strip(), limit, timeout, watch)
        assert raw is not None  # it was not asked whether it has changed
        return raw
    return _from_file(source, limit, timeout)


def numbered(source: str) -> tuple[str, int]:
    """A source without the number after it, and that number: 0 for none, or a file named so."""
    found = _NUMBERED.fullmatch(source)
    if found is None or os.path.lexists(source):
        return source, 0
    return found[1], int(found[2])


def _from_stdin(stdin: BinaryIO | None, limit: int) -> Raw:
    if stdin is None:
        raise Unreadable("standard input: is closed; give a file or a URL")
    try:
        data = stdin.read(limit + 1)
    except OSError as error:
        raise Unreadable(
            f"standard input: cannot be read: {error.strerror}; give a file or a URL"
        ) from error
    check_size("standard input", len(data), limit)
    return Raw(data=data, form=sniffed(data), source="-")


def _from_file(source: str, limit: int, timeout: float) -> Raw:
    name = one_line(source)
    try:
        path = expanded(source)
        if path.is_dir():
            raise Unreadable(f"{name}: is a folder; name a file in it")
        if not path.exists() and (scheme := scheme_of(source)):
            return _from_plug_in(scheme, source, limit, timeout)
        if not path.exists():
            raise Unreadable(
                f"{name}: no such file; check the path, or give a URL that starts with https://"
            )
        data = _content(path, name, limit, timeout)
        check_size(name, len(data), limit)
        form = of_file(path, data, name)
    except (OSError, ValueError) as error:
        raise Unreadable(
            f"{name}: cannot be read: {getattr(error, 'strerror', None) or error}"
        ) from error
    return Raw(data=data, form=form, source=source)


def _from_plug_in(scheme: str, source: str, limit: int, timeout: float) -> Raw:
    """What another package makes of an address: the bytes, or a file or page to read instead."""
    name = one_line(source)
    with raising(Unreadable, f"{name}: the address {scheme}"):
        found = ADDRESSES[scheme].fetch(source.strip())
        if isinstance(found, str):
            if is_on_the_web(found):
                raw = _from_web(found, limit, timeout, None)
                assert raw is not None  # it was not asked whether it has changed
            else:
                raw = _from_file(os.path.abspath(found), limit, timeout)
            return msgspec.structs.replace(raw, source=source)
        check_size(name, len(found.data), limit)
        form = of_page(found.media_type, found.data)
        if form is None:
            raise Unreadable(f"{name}: is {one_line(found.media_type)[:100]}, which cannot be read")
        data, url, charset = found.data, found.url, found.charset
        return Raw(data=data, form=form, source=source, url=url, charset=charset)


def _content(path: Path, name: str, limit: int, timeout: float) -> bytes:
    """The first `limit + 1` bytes of a file or pipe; a device, which may be endless, is refused."""
    about = path.stat()
    if stat.S_ISFIFO(about.st_mode):
        return _piped(path, name, limit, timeout)
    if not stat.S_ISREG(about.st_mode):
        raise Unreadable(
            f"{name}: is not a regular file; name a file, or give - for standard input"
        )
    check_size(name, about.st_size, limit)
    with path.open("rb") as file:
        return file.read(limit + 1)


def _piped(path: Path, name: str, limit: int, timeout: float) -> bytes:
    """The bytes that come through a named pipe, as from `<(command)`; its writer may never come."""
    from select import select

    data, deadline = bytearray(), time.monotonic() + timeout
    pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        while len(data) <= limit:
            ready, _, _ = select([pipe], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise Unreadable(
                    f"{name}: is not a regular file but a pipe, and was not closed within "
                    f"{timeout:g} seconds; save its output to a file"
                )
            chunk = os.read(pipe, _CHUNK)
            if not chunk:
                break
            data += chunk
    finally:
        os.close(pipe)
    return bytes(data)


def _from_web(
    url: str, limit: int, timeout: float, watch: Watch | None, known: Validators | None = None
) -> Raw | None:
    from pullquote.article.web import page  # the client takes a while to import

    found = page(url, limit, timeout, watch, known)
    if found.is_unchanged:
        return None
    form = of_page(found.media_type, found.body)
    if form is None:
        raise Unreadable(
            f"{one_line(url)}: is {one_line(found.media_type)[:100]}, not a web page; give the URL "
            "of an article"
        )
    return Raw(
        data=found.body,
        form=form,
        source=_PASSWORD.sub("", url),
        url=found.url,
        charset=found.charset,
        status=found.status,
        headers=found.headers,
    )


def members(raw: Raw) -> Members:
    """The articles in `raw`: all that a container holds, or the one that was asked for.

    What is no container is its own only member. Raises `Unreadable` if there is none.
    """
    name = _named(raw)
    if raw.form.members is None:
        return (Member("", "", raw),)
    with _one_line(raw, name):
        found = raw.form.members(raw, name)
    if not found:
        raise Unreadable(f"{name}: holds no articles; nothing to read")
    if raw.member > len(found):
        raise Unreadable(f"{name}: {_list_of(found)}; there is no number {raw.member}")
    every = tuple(_belonging(member, raw, number, found) for number, member in enumerate(found, 1))
    return every[raw.member - 1 : raw.member] if raw.member else every


def _belonging(member: Member, raw: Raw, number: int, found: Members) -> Member:
    """A member that knows where it comes from."""
    is_numbered = len(found) > 1 and raw.source != "-"
    source = f"{raw.source}#{number}" if is_numbered else raw.source
    within = msgspec.structs.replace(
        member.raw,
        source=source,
        limit=raw.limit,
        mend=raw.mend,
        retrieved=member.raw.retrieved or raw.retrieved,
    )
    return msgspec.structs.replace(member, raw=within)


def chosen(raw: Raw, choose: Callable[[Members], Raw] | None = None) -> Raw:
    """The bytes of the one article in `raw` that the reader asked for.

    Args:
        raw: A source.
        choose: Asked where it holds several articles and none was named.

    Raises:
        Unreadable: It has no article of that number; or several, and there is nobody to ask.
    """
    found = members(raw)
    if len(found) == 1:
        return found[0].raw
    if choose is not None:
        return choose(found)
    how = (
        "save it to a file, and name one as FILE#1"
        if raw.source == "-"
        else f"name one, as {one_line(raw.source)}#1"
    )
    raise Unreadable(f"{_named(raw)}: {_list_of(found)}; {how}")


def _list_of(found: Members) -> str:
    """What a source holds, as a message has it."""
    if len(found) == 1:
        return "holds one article"
    first = (f"{number} {member.title[:60]}" for number, member in enumerate(found, 1))
    more = "; …" if len(found) > _LISTED else ""
    return f"holds {len(found):,} articles: {'; '.join(islice(first, _LISTED))}{more}"


def extract(raw: Raw) -> Article:
    """The article in `raw`, stamped with its source, URL and time. Raises `Unreadable`."""
    raw = chosen(raw)
    name = _named(raw)
    if not raw.data.strip():
        raise Unreadable(f"{name}: is empty; nothing to read")
    with _one_line(raw, name):
        article = raw.form.read(_mended(raw, name) if raw.mend else raw, name)
    if not re.search(r"\w", article.text):
        raise Unreadable(f"{name}: contains no words; nothing to read")
    about: dict[str, Any] = {
        "source": one_line(raw.source),
        "url": next(filter(is_on_the_web, (one_line(raw.url), article.url)), ""),  # as it may claim
        "retrieved": article.retrieved or raw.retrieved or _now(),
        **{field: one_line(value) for field, value in raw.about.items()},
    }
    return msgspec.structs.replace(article, **about)


def _mended(raw: Raw, name: str) -> Raw:
    """The bytes with garbled letters as they were meant; as they are, where they are no text."""
    from pullquote.article.mojibake import mended

    try:
        text = decoded(raw.data, raw.charset, name)
    except Unreadable:
        return raw
    return msgspec.structs.replace(
        raw, data=mended(text).encode("utf-8", "replace"), charset="utf-8"
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _named(raw: Raw) -> str:
    """The source, as messages name it."""
    return one_line("standard input" if raw.source == "-" else raw.source)


def _one_line(raw: Raw, name: str) -> AbstractContextManager[None]:
    """Whatever another package's form raises is one line."""
    if raw.form in OURS:
        return nullcontext()
    return raising(Unreadable, f"{name}: the form {raw.form.name}")


def shipped() -> Article:
    """The sample article that is shipped with pullquote."""
    folder = shipped_folder("seeds")
    path = next(folder.glob("*.txt"))
    about = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    return Article(text=clean(path.read_text(encoding="utf-8")), source=path.name, **about)
