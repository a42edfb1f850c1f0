"""Check evidence: fetch its source, keep what came, and look for the quotation in it.

A page comes through the one door that all pages come through, a file as any file does, and an
article is looked up in its last version; nothing of it becomes an article of the library. Where a
source cannot be had, what was found before stays, or what is kept of it from another check is
looked through; why it cannot stands beside.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from itertools import chain

import msgspec

from pullquote.article import Article, Unreadable, Watch
from pullquote.article.forms import Raw
from pullquote.article.original import Original, Validators
from pullquote.library.evidence import Job
from pullquote.library.refreshing import raw_of
from pullquote.library.store import Library
from pullquote.notes.evidence import Check, Evidence, Standing, checked, unchecked
from pullquote.settings import expanded
from pullquote.text import is_address, is_on_the_web, one_line

NOWHERE = (
    "no such file, and no article of that id or title; an address begins with https:// or http://"
)
_ID = re.compile(r"(?=.*\d)[0-9a-f]{4,16}")
Fetch = Callable[[str, Validators], Raw | None]  # a source; None where it is as it was known


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found."""

    evidence: Evidence  # as it is now
    is_gone: bool = False  # whether the server says that there is no such page
    wait: float | None = None  # seconds for which the server asks to be left alone

    @property
    def is_there(self) -> bool:
        """Whether the source could be looked through."""
        return not self.evidence.problem


def _address(typed: str) -> str:
    """An address without the white space that it was pasted with."""
    return "".join(typed.split())


def is_source(typed: str) -> bool:
    """Whether what is typed is an address, a file that is there, or may be an article's id."""
    if is_on_the_web(typed):
        return is_address(_address(typed))
    with suppress(OSError, ValueError):
        return bool(_ID.fullmatch(typed.lower())) or expanded(typed).is_file()
    return False


def named(library: Library, source: str, title: str, quote: str) -> tuple[Evidence | None, str]:
    """The evidence that is meant by a source as it is typed, and the full path of a file.

    None where it is nothing: `NOWHERE` says so. Raises `LibraryError`.
    """
    source, title, quote = one_line(source), one_line(title), one_line(quote)
    if not is_source(source):
        return None, ""
    if is_on_the_web(source):
        return Evidence(url=_address(source), title=title, quote=quote), ""
    path = expanded(source)
    if path.is_file():
        whole = str(path.resolve())
        return Evidence(url="", title=title or one_line(path.name), quote=quote), whole
    ids = library.articles.find(source.lower())
    article = library.articles.get(ids[0]) if len(ids) == 1 else None
    if article is None:
        return None, ""
    url = article.url if is_on_the_web(article.url) else ""
    return Evidence(url=url, title=title or article.title, quote=quote, article=article.id), ""


def source_of(library: Library, job: Job) -> str:
    """What would be fetched: an address, a path, "" for an article or what is not known here."""
    one = job.evidence
    if one.article or is_on_the_web(one.url):
        return "" if one.article else one.url
    known = library.evidence.of(one.check.sha256) if one.check else None
    return job.path or (known.source if known else "")


def fetching(limit: int, watch: Watch | None = None) -> Fetch:
    """How sources are fetched: at most `limit` bytes, `watch` called twice a second meanwhile."""
    from pullquote.article.source import fetch_again

    return partial(fetch_again, limit=limit, watch=watch)


def check(library: Library, job: Job, kept: int, fetch: Fetch) -> Checked:
    """Check evidence, and keep what was found with its note; for any thread.

    Args:
        library: Has the article, and the note unless it is still to come.
        job: What to check.
        kept: The largest source that is kept, in bytes; less than 0 for none.
        fetch: Gives a source.

    Raises:
        LibraryError: The library cannot be read or written.
    """
    one, page = job.evidence, None
    gone, wait = False, None
    try:
        if one.article:
            one = _in_article(library, one)
        else:
            one, page = _in_source(library, job, kept, fetch)
    except Unreadable as error:
        gone, wait = getattr(error, "is_gone", False), getattr(error, "wait", None)
        one = unchecked(_in_copy(library, job), _why(error, source_of(library, job)))
    library.evidence.checked(job.article, job.note, one, page)
    return Checked(evidence=one, is_gone=gone, wait=wait)


def _in_article(library: Library, one: Evidence) -> Evidence:
    """Look the quotation up in the last version of an article of the library."""
    versions = library.works.versions(one.article)
    article = library.articles.get(versions[-1].id) if versions else None
    if article is None:
        raise Unreadable("the article is not in the library any more")
    original = library.originals.of(article.id)
    known = original.sha256 if original else hashlib.sha256(article.text.encode()).hexdigest()
    return checked(one, _found(one, (article,), _moment(article.retrieved), known))


def _in_source(
    library: Library, job: Job, kept: int, fetch: Fetch
) -> tuple[Evidence, Original | None]:
    """Look the quotation up in a page or file as it is now; with that, where it is to be kept."""
    from pullquote.article.whole import whole

    one, source = job.evidence, source_of(library, job)
    if not source:
        raise Unreadable("where the file lies is not known here; add it again")
    last = one.check
    raw = fetch(source, library.evidence.validators(last.sha256 if last else ""))
    if raw is None and last is not None:
        return checked(one, msgspec.structs.replace(last, at=_now(), until="")), None
    assert raw is not None  # it was not asked whether it has changed
    articles = whole(raw)
    first = next(articles, None)
    original = raw.original(kept, "" if raw.url else source)
    if one.url and not one.title and first is not None:
        one = msgspec.structs.replace(one, title=first.title)
    found = _found(one, chain(filter(None, (first,)), articles), raw.retrieved, original.sha256)
    if raw.url and raw.url != one.url:
        found = msgspec.structs.replace(found, url=one_line(raw.url))
    is_new = last is None or not found.says_as(last)
    return checked(one, found), original if is_new else None


def _in_copy(library: Library, job: Job) -> Evidence:
    """Look the quotation up in what is kept of its source, where it has never been checked."""
    from pullquote.article.whole import whole

    one = job.evidence
    kept = library.evidence.from_source(source_of(library, job)) if not one.checks else None
    raw = raw_of(kept)
    if kept is None or raw is None:
        return one
    with suppress(Unreadable):
        return checked(one, _found(one, whole(raw), kept.retrieved, kept.sha256))
    return one


def _found(one: Evidence, articles: Iterable[Article], at: str, sha256: str) -> Check:
    from pullquote.notes.standing import look_up

    found = look_up(one.quote, (article.text for article in articles))
    words = found.words if found.standing is Standing.CHANGED else ""
    return Check(standing=found.standing, at=at, sha256=sha256, words=words)


def _why(error: Unreadable, source: str) -> str:
    """What is wrong with a source, without its name: that stands beside."""
    return one_line(str(error)).removeprefix(f"{one_line(source)}: ")


def _moment(text: str) -> str:
    """A moment as checks have it; now, where an article does not say when it was retrieved."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return _now()
    return when.astimezone(UTC).isoformat(timespec="seconds")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
