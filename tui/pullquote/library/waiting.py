"""Notes that wait for the article that they are on, which is not in the library yet.

They came in from another program with the words that they lie on and what it knew of the source:
an address, a title, or neither. When an article comes, those that may be on it are found by these,
and whoever puts it into the library has them anchored (`pullquote.library.importing`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple

import msgspec

from pullquote.article import Article, canonical
from pullquote.folding import folded
from pullquote.library.acts import as_json
from pullquote.library.database import Database
from pullquote.notes.annotations import Placed
from pullquote.notes.incoming import Incoming
from pullquote.notes.reading import Reading, derived
from pullquote.text import one_line

# characters of words from which it is no chance that they stand in a text
TELLING = 32
_SHORTEST = 12  # characters of a title that other articles are not likely to have, too
# what sites put behind a title: their name
_SITE = re.compile(r"(?<!\s)\s++[|·–—-]\s++[^|·–—-]{1,40}$")


class Candidate(NamedTuple):
    """A note that waits and may be on an article; `sure` where it names the article's address."""

    item: Incoming
    sure: bool


class Waiting:
    """The notes that wait, each under its id; every call raises `LibraryError` where it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, items: Sequence[Incoming]) -> frozenset[str]:
        """Let notes wait; one of an id that waits already stays as it is.

        Returns:
            The ids of those that are new.
        """
        when = datetime.now(UTC).isoformat(timespec="milliseconds")
        new = set[str]()
        with self._database.transaction() as db:
            for item in items:
                if item.annotation is None:
                    continue
                added = db.execute(
                    "INSERT OR IGNORE INTO waiting_notes (id, work, title, words, added, json) "
                    "VALUES (:id, :work, :title, :words, :added, :json)",
                    row(item, when),
                )
                if added.rowcount:
                    new.add(item.annotation.id)
        return frozenset(new)

    def all(self) -> tuple[Incoming, ...]:
        """All notes that wait, by their source, in the order in which they came."""
        rows = self._database.rows(
            "SELECT id, CAST(json AS BLOB) FROM waiting_notes ORDER BY work, title, added, rowid"
        )
        return self._items(rows)

    def count(self) -> int:
        """How many notes wait."""
        found: int = self._database.rows("SELECT count(*) FROM waiting_notes")[0][0]
        return found

    def candidates(self, article: Article) -> tuple[Candidate, ...]:
        """The notes that may be on an article: by its address, else by its title or its words.

        Those that name another address are on that, whatever words they share.
        """
        if not self.count():
            return ()
        by_address = self._database.rows(
            "SELECT id, CAST(json AS BLOB) FROM waiting_notes WHERE work != '' AND work = ?",
            canonical(article.url),
        )
        known = "" if canonical(article.url) else " OR TRUE"
        others = self._database.rows(
            "SELECT id, CAST(json AS BLOB) FROM waiting_notes "
            f"WHERE (work = ''{known}) AND ((title != '' AND title = ?) OR "
            "(length(words) >= ? AND instr(?, words) > 0))",
            title_key(article.title),
            TELLING,
            words_key(article.text),
        )
        return (
            *(Candidate(item, True) for item in self._items(by_address)),
            *(Candidate(item, False) for item in self._items(others)),
        )

    def drop(self, identities: Iterable[str]) -> int:
        """Let those of these ids wait no longer; how many there were."""
        with self._database.transaction() as db:
            return db.execute(
                "DELETE FROM waiting_notes WHERE id IN (SELECT value FROM json_each(?))",
                (as_json(list(identities)),),
            ).rowcount

    def _items(self, rows: Iterable[tuple[str, bytes]]) -> tuple[Incoming, ...]:
        damage = "a note that waits cannot be read; it is left as it is: {}"
        items = (
            self._database.decoded(json, Incoming, damage.format(one_line(identity)))
            for identity, json in rows
        )
        return tuple(filter(None, items))


def row(item: Incoming, when: str) -> dict[str, str]:
    """The row of a note that waits since `when`."""
    assert item.annotation is not None
    return {
        "id": item.annotation.id,
        "work": canonical(item.url),
        "title": title_key(item.title),
        "words": words_key(item.annotation.target.exact),
        "added": when,
        "json": as_json(item),
    }


def readings(items: Iterable[Incoming]) -> Iterator[Reading]:
    """Notes that wait, as readings of articles without a text, one for each source.

    The notes have no place, and words to find one by.
    """
    by_source = groupby(items, key=lambda item: (item.title, item.url))
    for (title, url), ones in by_source:
        article = Article(text="", title=title, url=url)
        notes = (
            msgspec.structs.replace(one.annotation, placed=Placed.ORPHANED)
            for one in ones
            if one.annotation
        )
        yield derived(article, None, tuple(notes))


def words_key(text: str) -> str:
    """The words of `text` as they are compared, whatever marks and spaces stand between them."""
    return " ".join(re.findall(r"\w+", folded(text).casefold()))


def title_key(title: str) -> str:
    """A title as it is compared, without a site's name behind it; "" where it tells too little."""
    bare = _SITE.sub("", one_line(title)[:1000])
    key = words_key(bare if len(bare.split()) > 2 else title)
    return key if len(key) >= _SHORTEST else ""
