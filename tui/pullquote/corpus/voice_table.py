"""The voices of a corpus as a table that a reader can put right, and what they have changed in it.

A row is a voice with a name that articles call it, or a member of it. The column `voice` is what
is changed: two voices become one where both are given one name, a voice becomes two where some of
its rows are given another. `number` says which row it was, and stays as it is.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.corpus.arrow import Found, answered
from pullquote.corpus.extra import CorpusError
from pullquote.corpus.viewing import quoted
from pullquote.corpus.voices import Decision
from pullquote.notes.names import words_of

if TYPE_CHECKING:
    from pullquote.corpus.viewing import Connection

_NAMES = """
SELECT voices.number, voice, voices.kind, name, '' AS article, '' AS actor,
    count(DISTINCT members.article) AS articles, any_value(voices.said) AS voice_said
FROM members JOIN voices USING (number) GROUP BY ALL
ORDER BY any_value(voices.articles) DESC, voices.number, articles DESC, name"""
_MEMBERS = """
SELECT voices.number, voice, voices.kind, name, article, actor, 1 AS articles,
    voices.said AS voice_said
FROM members JOIN voices USING (number)
ORDER BY voices.articles DESC, voices.number, name, article, actor"""
_NEEDED = ("number", "voice", "name")


def listed(db: "Connection", typed: str, kind: str, limit: int) -> Found:
    """The voices with all words of `typed`, or words that begin so, in one of their names.

    Args:
        db: The index.
        typed: Words of a name; nothing for all voices.
        kind: Only voices of this kind of actors; "" for all.
        limit: The most voices; those in most articles come first.
    """
    words = words_of(typed)
    begins = " AND ".join(["contains(' ' || name, ' ' || ?)"] * len(words)) or "true"
    return answered(
        db,
        "SELECT voice, kind, articles, said FROM voices WHERE ? IN ('', kind) AND number IN "
        f"(SELECT number FROM voice_names WHERE {begins}) ORDER BY articles DESC, number LIMIT ?",
        [kind, *words, limit],
    )


def table(db: "Connection", by_member: bool) -> Found:
    """All voices to be put right: a row a name of a voice, or a row a member."""
    return answered(db, _MEMBERS if by_member else _NAMES)


def decided(db: "Connection", path: Path) -> tuple[list[Decision], int]:
    """What a reader has put right in a table of `table`.

    Args:
        db: The index that the table was made of.
        path: Of the table; CSV or Parquet.

    Returns:
        The decisions; and how many rows are not of this index, so that they are left out.

    Raises:
        CorpusError: It is no such table.
    """
    _read(db, path)
    lost = db.execute(
        "SELECT count(*) FROM coming WHERE NOT EXISTS (SELECT 1 FROM members "
        "WHERE members.number = coming.number AND members.name = coming.name "
        "AND coming.article IN ('', members.article))"
    ).fetchall()[0][0]
    db.execute(_CHANGED)
    return [Decision(*row) for row in db.execute(_DECIDED).fetchall()], lost


def together(before: Iterable[Decision], after: Iterable[Decision]) -> list[Decision]:
    """Earlier and later decisions; of two on the same the later stands."""
    found = {(*one[:4],): one for one in (*before, *after)}
    return sorted(found.values())


def _read(db: "Connection", path: Path) -> None:
    """Make the table `coming` of a file."""
    is_parquet = path.suffix.lower() == ".parquet"
    name = quoted(str(path))
    source = f"read_parquet({name})" if is_parquet else f"read_csv({name}, all_varchar = true)"
    columns = {row[0] for row in db.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    if missing := [one for one in _NEEDED if one not in columns]:
        raise CorpusError(
            f"{path}: has no column {', '.join(missing)}; write one with pullquote corpus voices"
        )
    member = [f"coalesce({one}, '')" if one in columns else "''" for one in ("article", "actor")]
    db.execute(
        "CREATE OR REPLACE TEMP TABLE coming AS SELECT try_cast(number AS BIGINT) AS number, "
        f"trim(voice) AS voice, {_unguarded('name')} AS name, {member[0]} AS article, "
        f"{member[1]} AS actor FROM {source} WHERE trim(coalesce(voice, '')) != ''"
    )


def _unguarded(column: str) -> str:
    """A cell that a spreadsheet would have taken for a formula has an apostrophe before it."""
    return f"regexp_replace({column}, '^''([=+@-])', '\\1')"


# `called` is what each name of each voice is to be called now; of a voice that is called as another
# was, all names are decided, so that the next run knows them.
_CHANGED = """
CREATE OR REPLACE TEMP TABLE changed AS
SELECT DISTINCT coming.voice FROM coming JOIN voices USING (number)
WHERE coming.voice != voices.voice"""
_DECIDED = """
WITH names AS (
    SELECT DISTINCT members.number, class, name, voices.voice AS voice
    FROM members JOIN voices USING (number)
), called AS (
    SELECT names.number, class, names.name, coalesce(coming.voice, names.voice) AS voice,
        count(*) OVER (PARTITION BY class, names.name) > 1 AS is_shared
    FROM names LEFT JOIN coming ON coming.number = names.number AND coming.name = names.name
        AND coming.article = ''
), anchored AS (
    SELECT * FROM called WHERE voice IN (SELECT voice FROM changed)
), parted AS (
    SELECT class, members.name, members.article, members.actor, coming.voice
    FROM coming JOIN members ON members.number = coming.number
        AND members.article = coming.article AND members.actor = coming.actor
    JOIN voices ON voices.number = members.number
    WHERE coming.article != '' AND coming.voice != voices.voice
)
SELECT DISTINCT class, name, '', '', voice FROM anchored WHERE NOT is_shared
UNION ALL
SELECT class, anchored.name, article, actor, anchored.voice
FROM anchored JOIN members USING (number, class, name)
WHERE is_shared AND (article, actor) NOT IN (SELECT (article, actor) FROM parted)
UNION ALL SELECT class, name, article, actor, voice FROM parted
ORDER BY ALL"""
