"""What analysers found in the library's articles, so that it need not be found again."""

import msgspec

from pullquote.findings import STATED, Findings
from pullquote.library.database import Database
from pullquote.library.following import settle

_AT_ONCE = 100  # rows, of some 30,000 bytes each


class StoredFindings:
    """The findings in each article, by analyser."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, article: str, analyser: str) -> Findings | None:
        """What an analyser found in an article, if that is stored and can still be read.

        Args:
            article: The article's id.
            analyser: `Findings.analyser`.

        Raises:
            LibraryError: The library cannot be read.
        """
        rows = self._database.rows(
            "SELECT CAST(json AS BLOB) FROM findings WHERE article = ? AND analyser = ?",
            article,
            analyser,
        )
        damage = f"the findings in the article {article} cannot be read; opening it finds them anew"
        found = self._database.decoded(rows[0][0], Findings, damage) if rows else None
        if found is None or _is_sound(found):
            return found
        self._database.report(damage)
        return None

    def damaged(self, analyser: str) -> list[str]:
        """The ids of the articles of which what an analyser found cannot be read any more.

        Args:
            analyser: `Findings.analyser`.

        Raises:
            LibraryError: The library cannot be read.
        """
        found, last = list[str](), ""
        query = (
            "SELECT article, CAST(json AS BLOB) FROM findings WHERE analyser = ? AND article > ? "
            f"ORDER BY article LIMIT {_AT_ONCE}"
        )
        while rows := self._database.rows(query, analyser, last):
            found += [article for article, json in rows if not _is_readable(json)]
            last = rows[-1][0]
        return found

    def save(self, article: str, findings: Findings) -> None:
        """Store what an analyser found, in place of what it found in that article before.

        Raises:
            LibraryError: The library cannot be written, or has no such article.
        """
        with self._database.transaction() as db:
            silent = findings.non_speech_ids
            quotes = sum(one.attribution not in silent for one in findings.quotes)
            row = (article, findings.analyser, msgspec.json.encode(findings), quotes)
            db.execute(
                "INSERT OR REPLACE INTO findings (article, analyser, json, quotes) "
                "VALUES (?, ?, ?, ?)",
                row,
            )
            settle(db, article)


def _is_readable(json: bytes) -> bool:
    try:
        return _is_sound(msgspec.json.decode(json, type=Findings))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False


def _is_sound(found: Findings) -> bool:
    """Whether an analyser may have found it: statements have words, actors ids of their own."""
    return len({one.id for one in found.actors}) == len(found.actors) and all(
        one.spans and all(0 <= start < end for start, end in one.spans)
        for kind in STATED
        for one in found.of(kind)
    )
