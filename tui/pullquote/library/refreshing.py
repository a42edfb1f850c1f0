"""Fetch an article's source again, or read its original anew, and keep what has changed.

A text that has changed becomes a version of the same work, in one transaction with its original;
then the notes are carried over. Whoever is killed in between has the new version, and is asked by
the reader, or by the next refresh, what is to become of the notes.
"""

from collections import Counter
from enum import StrEnum
from typing import Any

import msgspec

from pullquote.article import Article, Unreadable, Watch, canonical
from pullquote.article.forms import Raw
from pullquote.article.original import Original
from pullquote.library.originals import Known
from pullquote.library.store import Library
from pullquote.library.versions import carry_over, summary, undecided
from pullquote.notes.annotations import Placed
from pullquote.text import one_line

NOT_KEPT = (
    "its original is not kept: it was off in the settings, too large, or read by an earlier "
    "pullquote"
)


class Outcome(StrEnum):
    """What became of a source since it was fetched last."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    BACK = "changed back"  # to the text of an earlier version
    READ_ANEW = "read anew"  # the source is the same, but is read differently by this pullquote
    GONE = "gone"
    FAILED = "failed"  # it cannot be reached, or there is no article in it


class Refreshed(msgspec.Struct, frozen=True):
    """What a refresh found."""

    outcome: Outcome
    article: str  # the id of the version that is valid now
    title: str
    source: str
    words: int = 0  # that were changed, added or removed
    notes: str = ""  # what became of them, in words
    problem: str = ""  # why it is gone or failed, on one line
    wait: float | None = None  # seconds for which the server asks to be left alone

    @property
    def is_there(self) -> bool:
        """Whether there is an article at the source."""
        return self.outcome not in (Outcome.GONE, Outcome.FAILED)


def refresh(
    library: Library, known: Known, limit: int, kept: int, watch: Watch | None = None
) -> Refreshed:
    """Fetch a source again, if it has changed; for any thread.

    Args:
        library: Has the article.
        known: The source.
        limit: The largest size accepted, in bytes.
        kept: The largest original that is kept, in bytes; less than 0 for none.
        watch: Called twice a second meanwhile.

    Raises:
        LibraryError: The library cannot be read or written.
    """
    from pullquote.article.source import chosen, extract, fetch_again

    if not known.source:
        return _found(Outcome.FAILED, known, problem="came from neither a file nor the web")
    try:
        raw = fetch_again(known.source, known.validators, limit, watch=watch)
        if raw is None:
            library.originals.seen_again(known.article)
            return _found(Outcome.UNCHANGED, known)
        raw = _mended_as(chosen(raw), library, known)
        if raw.url and canonical(known.url) and not canonical(raw.url):
            return _found(Outcome.GONE, known, problem=f"leads to {one_line(raw.url)}")
        article = library.articles.from_source(raw.digest) or extract(raw)
    except Unreadable as error:
        outcome = Outcome.GONE if getattr(error, "is_gone", False) else Outcome.FAILED
        return _found(outcome, known, problem=str(error), wait=getattr(error, "wait", None))
    return _kept(library, known, article, raw, kept)


def read_anew(library: Library, known: Known) -> Refreshed:
    """Read the kept original of an article anew, as this version of pullquote does; no fetching.

    Raises `LibraryError` where the library cannot be read or written.
    """
    from pullquote.article.source import extract

    original = library.originals.of(known.article)
    raw = _raw(library, known)
    if original is None or raw is None:
        return _found(Outcome.FAILED, known, problem=NOT_KEPT)
    try:
        article = extract(raw)
    except Unreadable as error:
        return _found(Outcome.FAILED, known, problem=str(error))
    return _kept(library, known, article, raw, original.size)


def raw_of(original: Original | None) -> Raw | None:
    """What is kept as it was fetched; None where its bytes, or who reads them, are not there."""
    from pullquote.article.registry import by_name

    form = by_name(original.form) if original else None
    if original is None or original.data is None or form is None:
        return None
    return Raw(
        data=original.data,
        form=form,
        source=original.source,
        url=original.url,
        charset=original.charset,
        retrieved=original.retrieved,
        status=original.status,
        headers=original.headers,
        about=original.about,
    )


def _raw(library: Library, known: Known) -> Raw | None:
    """The original as it was read; None where its bytes, or who reads them, are not there."""
    raw = raw_of(library.originals.of(known.article))
    if raw is None:
        return None
    # where the reader had its garbled letters mended, they stay so
    mended = msgspec.structs.replace(raw, mend=True)
    there = library.articles.from_source(mended.digest)
    return mended if there and there.id == known.article else raw


def _mended_as(raw: Raw, library: Library, known: Known) -> Raw:
    """What is fetched now, to be mended if what was fetched before was."""
    before = _raw(library, known)
    return msgspec.structs.replace(raw, mend=before.mend) if before else raw


def _found(outcome: Outcome, known: Known, **more: Any) -> Refreshed:
    return Refreshed(outcome, known.article, known.title, known.source, **more)


def _kept(library: Library, known: Known, article: Article, raw: Raw, kept: int) -> Refreshed:
    """Keep the article that the source gives now, and carry the notes over to it."""
    path = "" if raw.url else known.source
    original = raw.original(kept, path)
    is_same = article.id == known.article
    before = None if is_same else _read_as_now(library, known)
    with library.transaction():
        stored = library.articles.get(known.article)
        if stored is None:
            return _found(Outcome.FAILED, known, problem="was deleted in the meantime")
        if is_same:
            library.originals.keep(article.id, original, raw.digest)
            library.metadata.complete(article)
        else:
            is_new = library.articles.save(
                article, raw.digest, path, original, earlier=known.article
            )
    if is_same:
        earlier = undecided(library, article.id)
        notes = _carried(library, earlier, article.id) if earlier else ""
        return _found(Outcome.UNCHANGED, known, notes=notes)
    before = before or stored
    notes = _carried(library, known.article, article.id)
    outcome, compared = Outcome.CHANGED if is_new else Outcome.BACK, before
    if before.text == article.text:
        outcome, compared = Outcome.READ_ANEW, stored
    title = article.title or known.title
    words = _changed_words(compared.text, article.text)
    return Refreshed(outcome, article.id, title, known.source, words, notes)


def _read_as_now(library: Library, known: Known) -> Article | None:
    """What the source gave before, read as it is read now, so that like is compared with like."""
    from pullquote.article.source import extract

    raw = _raw(library, known)
    try:
        return extract(raw) if raw else None
    except Unreadable:
        return None


def _changed_words(old: str, new: str) -> int:
    """How many words were put in the place of others, added or removed, wherever they stand."""
    before, after = Counter(old.split()), Counter(new.split())
    return max((after - before).total(), (before - after).total())


def _carried(library: Library, earlier: str, later: str) -> str:
    """Carry the notes over, unless not one of them finds a place; what became of them, in words."""
    counts = carry_over(library, earlier, later, lost=False)
    lost = counts[Placed.ORPHANED]
    if lost and lost == counts.total():
        return f"notes: none of {lost} has a place in it"
    return summary(counts) if counts else ""
