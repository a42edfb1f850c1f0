"""What analysers found in the library's articles, so that it need not be found again."""

import msgspec

from pullquote.findings import Findings
from pullquote.library.database import Database
from pullquote.library.following import settle


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
        return self._database.decoded(rows[0][0], Findings, damage) if rows else None

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
