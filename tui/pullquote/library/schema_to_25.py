"""The script of the schema's version 25; released, and never changed.

A statement knows whether it may well be somebody else's. Its row takes less room: the speaker's
name is a term as a member's is, the whole of a part is told by how far its number is, and since the
numbers of an article's rows lie between two (`numbered`), no index finds them by article, nor parts
by voice. What is to be put in order when nothing waits any more is noted in `untidy`.
"""

from collections.abc import Iterable

from pullquote.library.schema_said import (
    FAR,
    HEAD,
    MEMBERS,
    ONE,
    SAID_TRIGGERS,
    TAIL,
    TWO,
    USES,
    of_the_article,
    term,
)

_COLUMNS = (
    "number", "article", "finding", "kind", "start", "end", "words", "voice", "speaker", "how", "sourcing", "commitment",
    "cue", "checkable", "verdict", "sure", "doubtful", "part_of", "facets",
)  # fmt: skip
_SAID = ("kind", "speaker", "how", "sourcing", "commitment", "cue")  # of a statement, by terms
_CALLED = ("name", "role", "affiliation", "names", "kind")  # of a member, by terms
_WORDS = of_the_article(f"iif(head IS NULL, {ONE}, {TWO.format(head='head', tail='tail')})")
_IN_ONE, _IN_TWO = (of_the_article(words) for words in (ONE, TWO.format(head=HEAD, tail=TAIL)))
_PIECES = f"CASE WHEN end > {FAR} THEN 0 ELSE CASE words WHEN {_IN_ONE} THEN 1 WHEN {_IN_TWO} THEN 2 ELSE 0 END END"
# as library/indexing.py numbers them
_FIRST = "((CAST(julianday(day) - 1721424.5 AS INTEGER) << 24 | article) << 17)"
_LAST = f"({_FIRST} + {(1 << 17) - 1})"
_WHICH = (
    "iif(coalesce(nullif((SELECT term FROM said_terms WHERE number = {row}.kind), ''), "
    "(SELECT kind FROM voices WHERE number = {row}.voice)) = 'person', 'person', 'body')"
)


def _number(column: str) -> str:
    return f"(SELECT number FROM said_terms WHERE term = {column})"


def _columns(those: Iterable[str], write: str, by_term: tuple[str, ...]) -> str:
    """Columns, those that are terms as `write` has them."""
    return ", ".join(write.format(one) if one in by_term else one for one in those)


_READ = {
    **{one: f"{term(one)} AS {one}" for one in _SAID},
    "words": f"coalesce(words, {_WORDS}) AS words",
    "sure": "sure / 100.0 AS sure",
    "part_of": "number + part_of AS part_of",
}
_NEW = ", ".join(f"new.{one} AS {one}" for one in _COLUMNS)
_MEMBERS = MEMBERS.split(", ")
_TERM_OF_MEMBER = "(SELECT term FROM said_terms WHERE number = member_rows.{0}) AS {0}"
_NEW_MEMBER = ", ".join(
    _number(f"coalesce(new.{one}, '')") if one in _CALLED else f"new.{one}" for one in _MEMBERS
)

SCRIPT_25 = f"""
    DROP VIEW said_text;
    DROP VIEW worded;
    DROP VIEW said;
    INSERT OR IGNORE INTO said_terms (term) SELECT DISTINCT speaker FROM said_rows;
    CREATE TABLE new_said_rows (
        number INTEGER PRIMARY KEY,
        article INTEGER NOT NULL,
        finding TEXT NOT NULL,
        kind INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        words TEXT,
        head INTEGER,
        tail INTEGER,
        voice INTEGER,
        speaker INTEGER NOT NULL,
        how INTEGER NOT NULL,
        sourcing INTEGER NOT NULL,
        commitment INTEGER NOT NULL,
        cue INTEGER NOT NULL,
        checkable INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        sure INTEGER NOT NULL,
        doubtful INTEGER NOT NULL,
        part_of INTEGER,
        wording INTEGER REFERENCES wordings (number),
        facets TEXT NOT NULL
    ) STRICT;
    INSERT INTO new_said_rows SELECT number, article, finding, kind, start, end, words, head, tail, voice,
        {_number("speaker")}, how, sourcing, commitment, cue, checkable, verdict, sure, 0, part_of - number, wording,
        facets FROM said_rows;
    DROP TABLE said_rows;
    ALTER TABLE new_said_rows RENAME TO said_rows;
    CREATE INDEX said_by_voice ON said_rows (voice) WHERE voice IS NOT NULL AND part_of IS NULL;
    CREATE INDEX said_by_wording ON said_rows (wording) WHERE wording IS NOT NULL;
    CREATE VIEW numbered AS SELECT article, {_FIRST} AS first, {_LAST} AS last FROM indexed;
    CREATE TRIGGER unsaid BEFORE DELETE ON indexed BEGIN
        DELETE FROM said_rows WHERE number BETWEEN (SELECT first FROM numbered WHERE article = old.article)
            AND (SELECT last FROM numbered WHERE article = old.article);
    END;
    CREATE TRIGGER unvoiced BEFORE DELETE ON voices BEGIN
        UPDATE said_rows SET voice = NULL WHERE voice = old.number AND part_of IS NULL;
    END;

    CREATE VIEW said AS SELECT {", ".join(_READ.get(one, one) for one in _COLUMNS)} FROM said_rows;
    CREATE VIEW worded AS SELECT number AS said, wording FROM said_rows WHERE wording IS NOT NULL;
    CREATE VIEW said_text AS SELECT number, words, speaker,
        facets || ' v' || coalesce(voice, 0) || ' k' || kind || ' h' || how || ' q' || sourcing
        || ' w' || iif(checkable, ' checkable', '') AS facets FROM said WHERE part_of IS NULL;
    CREATE TRIGGER said_written INSTEAD OF INSERT ON said BEGIN
        INSERT OR IGNORE INTO said_terms (term) VALUES {", ".join(f"(new.{one})" for one in _SAID)};
        INSERT INTO said_rows SELECT number, article, finding, {_number("kind")}, start, end,
            iif(pieces, NULL, words), iif(pieces = 2, {HEAD}, NULL), iif(pieces = 2, {TAIL}, NULL), voice,
            {", ".join(_number(one) for one in _SAID[1:])}, checkable, verdict,
            CAST(round(sure * 100) AS INTEGER), coalesce(doubtful, 0), part_of - number, NULL, facets
            FROM (SELECT *, {_PIECES} AS pieces FROM (SELECT {_NEW}));
    END;
    {SAID_TRIGGERS}
    CREATE TRIGGER shingles_removed BEFORE DELETE ON said_rows
    WHEN old.kind = (SELECT number FROM said_terms WHERE term = 'quote') BEGIN
        DELETE FROM shingles WHERE said = old.number AND hash IN
            (SELECT value FROM json_each(shingles_of((SELECT words FROM said WHERE number = old.number))));
    END;

    DROP VIEW members;
    INSERT OR IGNORE INTO said_terms (term) SELECT DISTINCT kind FROM member_rows;
    CREATE TABLE new_member_rows (
        article INTEGER NOT NULL REFERENCES indexed (article) ON DELETE CASCADE,
        actor TEXT NOT NULL,
        voice INTEGER NOT NULL REFERENCES voices (number) ON DELETE CASCADE,
        name INTEGER NOT NULL,
        role INTEGER NOT NULL,
        affiliation INTEGER NOT NULL,
        born INTEGER,
        names INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        PRIMARY KEY (article, actor)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO new_member_rows SELECT {_columns(_MEMBERS, _number("{}"), ("kind",))} FROM member_rows;
    DROP TABLE member_rows;
    ALTER TABLE new_member_rows RENAME TO member_rows;
    CREATE INDEX members_by_voice ON member_rows (voice, article);
    CREATE VIEW members AS SELECT {_columns(_MEMBERS, _TERM_OF_MEMBER, _CALLED)} FROM member_rows;
    CREATE TRIGGER members_written INSTEAD OF INSERT ON members BEGIN
        INSERT OR IGNORE INTO said_terms (term)
            VALUES {", ".join(f"(coalesce(new.{one}, ''))" for one in _CALLED)};
        INSERT INTO member_rows VALUES ({_NEW_MEMBER});
    END;
    CREATE TRIGGER members_erased INSTEAD OF DELETE ON members BEGIN
        DELETE FROM member_rows WHERE article = old.article AND actor = old.actor;
    END;
    CREATE TRIGGER voice_names_added AFTER INSERT ON member_rows BEGIN
        INSERT INTO voice_names (use, name, kind, voice, members)
            SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), {_WHICH.format(row="new")}, new.voice, 1
            {USES.format(row="new")} WHERE 1
            ON CONFLICT DO UPDATE SET members = members + 1;
    END;
    CREATE TRIGGER voice_names_removed AFTER DELETE ON member_rows BEGIN
        UPDATE voice_names SET members = members - 1 WHERE voice = old.voice AND kind = {_WHICH.format(row="old")}
            AND (use, name) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') {USES.format(row="old")});
        DELETE FROM voice_names WHERE voice = old.voice AND members < 1;
    END;
    CREATE TABLE untidy (
        what TEXT PRIMARY KEY
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO stale SELECT article FROM indexed;
    """
