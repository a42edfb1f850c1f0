"""The scripts by which what is said takes half the room; released, and never changed.

`said` and `worded` become views, read and written as before, of `said_rows`: words that the article
has in one piece stand there alone, and what many rows have (kind, cue, how sourced) stands once, in
`said_terms`. Who is spoken of is told by `facets`. The shingles of a row that goes are those of its
words, so that no index of them is needed; therefore rows go while their article is still there. `members`
is such a view of `member_rows`, since most are called as others are.
"""

from collections.abc import Callable

_COLUMNS = (
    "number", "article", "finding", "kind", "start", "end", "words", "voice", "speaker", "how", "sourcing", "commitment",
    "cue", "checkable", "verdict", "sure", "part_of", "facets",
)  # fmt: skip
# The words of a row as its article has them: in one piece, or in two of so many code points each.
ONE = "substr(text, start + 1, end - start)"
TWO = "substr(text, start + 1, {head}) || ' … ' || substr(text, end - {tail} + 1, {tail})"
HEAD, TAIL = "(instr(words, ' … ') - 1)", "(length(words) - instr(words, ' … ') - 2)"
_NEW = f"SELECT {', '.join(f'new.{one} AS {one}' for one in _COLUMNS)}, NULL AS wording"  # for a trigger
# What keeps the rows and the words that are looked for together; the same in both forms.
SAID_TRIGGERS = """CREATE TRIGGER said_rewritten INSTEAD OF UPDATE ON said BEGIN
        UPDATE said_rows SET voice = new.voice, facets = new.facets WHERE number = old.number;
    END;
    CREATE TRIGGER said_erased INSTEAD OF DELETE ON said BEGIN
        DELETE FROM said_rows WHERE number = old.number;
    END;
    CREATE TRIGGER worded_written INSTEAD OF INSERT ON worded BEGIN
        UPDATE said_rows SET wording = new.wording WHERE number = new.said;
    END;
    CREATE TRIGGER said_words_added AFTER INSERT ON said_rows BEGIN
        INSERT INTO said_words (rowid, words, speaker, facets)
            SELECT number, words, speaker, facets FROM said_text WHERE number = new.number;
    END;
    CREATE TRIGGER said_words_removed BEFORE DELETE ON said_rows BEGIN
        INSERT INTO said_words (said_words, rowid, words, speaker, facets)
            SELECT 'delete', number, words, speaker, facets FROM said_text WHERE number = old.number;
    END;
    CREATE TRIGGER said_words_changing BEFORE UPDATE OF voice, facets ON said_rows BEGIN
        INSERT INTO said_words (said_words, rowid, words, speaker, facets)
            SELECT 'delete', number, words, speaker, facets FROM said_text WHERE number = old.number;
    END;
    CREATE TRIGGER said_words_changed AFTER UPDATE OF voice, facets ON said_rows BEGIN
        INSERT INTO said_words (rowid, words, speaker, facets)
            SELECT number, words, speaker, facets FROM said_text WHERE number = new.number;
    END;"""


def of_the_article(words: str) -> str:
    return f"(SELECT replace({words}, char(10), ' ') FROM articles WHERE number = article)"


def term(column: str, table: str = "said_rows") -> str:
    return f"(SELECT term FROM said_terms WHERE number = {table}.{column})"


def _number(column: str) -> str:
    return f"(SELECT number FROM said_terms WHERE term = {column})"


def _into_said_rows(source: str, apart: str = "") -> str:
    """Write what `source` selects, `_COLUMNS` and `wording`, as rows of `said_rows`.

    Rows for which `apart` holds keep their words.
    """
    kind, how, sourcing, commitment, cue = (
        _number(column) for column in ("kind", "how", "sourcing", "commitment", "cue")
    )
    one, two = (of_the_article(words) for words in (ONE, TWO.format(head=HEAD, tail=TAIL)))
    pieces = f"CASE words WHEN {one} THEN 1 WHEN {two} THEN 2 ELSE 0 END"
    if apart:
        pieces = f"CASE WHEN {apart} THEN 0 ELSE {pieces} END"
    return f"""INSERT INTO said_rows SELECT number, article, finding, {kind}, start, end,
        iif(pieces, NULL, words), iif(pieces = 2, {HEAD}, NULL), iif(pieces = 2, {TAIL}, NULL),
        voice, speaker, {how}, {sourcing}, {commitment}, {cue}, checkable, verdict,
        CAST(round(sure * 100) AS INTEGER), part_of, wording, facets
        FROM (SELECT *, {pieces} AS pieces FROM ({source}))"""


SAID_ROWS = f"""
    DROP TRIGGER stale_by_deletion;
    CREATE TRIGGER unindexed_by_deletion BEFORE DELETE ON articles BEGIN
        DELETE FROM indexed WHERE article = old.number;
    END;
    CREATE TRIGGER stale_by_deletion AFTER DELETE ON articles BEGIN
        DELETE FROM stale WHERE article = old.number;
        INSERT OR IGNORE INTO stale SELECT number FROM articles WHERE work = old.work;
    END;

    CREATE TABLE said_terms (
        number INTEGER PRIMARY KEY,
        term TEXT NOT NULL UNIQUE
    ) STRICT;
    INSERT INTO said_terms (term) SELECT kind FROM said UNION SELECT how FROM said UNION SELECT sourcing FROM said
        UNION SELECT commitment FROM said UNION SELECT cue FROM said;
    CREATE TABLE said_rows (
        number INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES indexed (article) ON DELETE CASCADE,
        finding TEXT NOT NULL,
        kind INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        words TEXT,
        head INTEGER,
        tail INTEGER,
        voice INTEGER REFERENCES voices (number) ON DELETE SET NULL,
        speaker TEXT NOT NULL,
        how INTEGER NOT NULL,
        sourcing INTEGER NOT NULL,
        commitment INTEGER NOT NULL,
        cue INTEGER NOT NULL,
        checkable INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        sure INTEGER NOT NULL,
        part_of INTEGER,
        wording INTEGER REFERENCES wordings (number),
        facets TEXT NOT NULL
    ) STRICT;
    {_into_said_rows("SELECT said.*, wording FROM said LEFT JOIN worded ON worded.said = said.number")};
    DROP VIEW said_text;
    DROP TABLE said_about;
    DROP TABLE worded;
    DROP TABLE said;
    CREATE INDEX said_by_article ON said_rows (article);
    CREATE INDEX said_by_voice ON said_rows (voice, part_of) WHERE voice IS NOT NULL;
    CREATE INDEX said_by_wording ON said_rows (wording) WHERE wording IS NOT NULL;

    CREATE VIEW said AS SELECT number, article, finding, {term("kind")} AS kind, start, end,
        coalesce(words, {of_the_article(f"iif(head IS NULL, {ONE}, {TWO.format(head='head', tail='tail')})")}) AS words,
        voice, speaker, {term("how")} AS how, {term("sourcing")} AS sourcing, {term("commitment")} AS commitment,
        {term("cue")} AS cue, checkable, verdict, sure / 100.0 AS sure, part_of, facets FROM said_rows;
    CREATE VIEW worded AS SELECT number AS said, wording FROM said_rows WHERE wording IS NOT NULL;
    CREATE VIEW said_text AS SELECT number, words, speaker,
        facets || ' v' || coalesce(voice, 0) || ' k' || kind || ' h' || how || ' q' || sourcing
        || ' w' || iif(checkable, ' checkable', '') AS facets FROM said WHERE part_of IS NULL;
    CREATE TRIGGER said_written INSTEAD OF INSERT ON said BEGIN
        INSERT OR IGNORE INTO said_terms (term)
            VALUES (new.kind), (new.how), (new.sourcing), (new.commitment), (new.cue);
        {_into_said_rows(_NEW)};
    END;
    {SAID_TRIGGERS}

    CREATE TABLE new_shingles (
        hash INTEGER NOT NULL,
        said INTEGER NOT NULL,
        PRIMARY KEY (hash, said)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO new_shingles SELECT hash, said FROM shingles;
    DROP TABLE shingles;
    ALTER TABLE new_shingles RENAME TO shingles;
    CREATE TRIGGER shingles_removed BEFORE DELETE ON said_rows
    WHEN old.kind = (SELECT number FROM said_terms WHERE term = 'quote') BEGIN
        DELETE FROM shingles WHERE said = old.number AND hash IN
            (SELECT value FROM json_each(shingles_of((SELECT words FROM said WHERE number = old.number))));
    END;

    CREATE TABLE new_wordings (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        digest BLOB NOT NULL UNIQUE,
        vector BLOB
    ) STRICT;
    INSERT OR IGNORE INTO new_wordings SELECT number, substr(digest, 1, 8), vector FROM wordings;
    DROP TABLE wordings;
    ALTER TABLE new_wordings RENAME TO wordings;
    CREATE INDEX wordings_without_vector ON wordings (number) WHERE vector IS NULL;
    """

# SQLite reads an article's whole text for a row that has its words there: of so many code points that is soon done, but
# the rows of a text a hundred times as long would cost its length each. So those further down keep theirs.
FAR = 50_000
FAR_ROWS = f"""
    DROP TRIGGER said_written;
    CREATE TRIGGER said_written INSTEAD OF INSERT ON said BEGIN
        INSERT OR IGNORE INTO said_terms (term)
            VALUES (new.kind), (new.how), (new.sourcing), (new.commitment), (new.cue);
        {_into_said_rows(_NEW, f"end > {FAR}")};
    END;
    """

_CALLED = ("name", "role", "affiliation", "names")  # by terms
MEMBERS = "article, actor, voice, name, role, affiliation, born, names, kind"
_WHICH = "iif(coalesce(nullif({row}.kind, ''), (SELECT kind FROM voices WHERE number = {row}.voice)) = 'person', 'person', 'body')"
USES = "FROM json_each((SELECT term FROM said_terms WHERE number = {row}.names))"


def _by(write: Callable[[str], str], prefix: str = "") -> str:
    """The columns of a member, those that are terms as `write` has them."""
    ones = MEMBERS.split(", ")
    return ", ".join(
        write(f"{prefix}{one}") if one in _CALLED else f"{prefix}{one}" for one in ones
    )


MEMBER_ROWS = f"""
    INSERT OR IGNORE INTO said_terms (term) SELECT name FROM members UNION SELECT role FROM members
        UNION SELECT affiliation FROM members UNION SELECT names FROM members;
    CREATE TABLE member_rows (
        article INTEGER NOT NULL REFERENCES indexed (article) ON DELETE CASCADE,
        actor TEXT NOT NULL,
        voice INTEGER NOT NULL REFERENCES voices (number) ON DELETE CASCADE,
        name INTEGER NOT NULL,
        role INTEGER NOT NULL,
        affiliation INTEGER NOT NULL,
        born INTEGER,
        names INTEGER NOT NULL,
        kind TEXT NOT NULL,
        PRIMARY KEY (article, actor)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO member_rows SELECT {_by(_number)} FROM members;
    DROP TABLE members;
    CREATE INDEX members_by_voice ON member_rows (voice, article);
    CREATE VIEW members AS SELECT {_by(lambda one: f"{term(one, 'member_rows')} AS {one}")} FROM member_rows;
    CREATE TRIGGER members_written INSTEAD OF INSERT ON members BEGIN
        INSERT OR IGNORE INTO said_terms (term) VALUES (new.name), (new.role), (new.affiliation), (new.names);
        INSERT INTO member_rows VALUES ({_by(_number, "new.")});
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
    """
