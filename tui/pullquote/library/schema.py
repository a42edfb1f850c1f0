"""The tables of the library's file, one script a version; a released script is never changed.

The first ten are in schema_to_10.py, those that are long in schema_said.py and schema_to_25.py.

`PRAGMA user_version` counts those that a file has been through. The scripts run with foreign keys
off, so that a table may be built anew without what refers to it being deleted.
"""

import sqlite3
from collections.abc import Iterator

from pullquote.library.schema_said import FAR_ROWS, MEMBER_ROWS, SAID_ROWS
from pullquote.library.schema_to_10 import SCRIPTS_TO_10
from pullquote.library.schema_to_25 import SCRIPT_25

# What is made of other tables, and made anew rather than merged.
DERIVED = (
    "voices", "voice_names", "stale", "sites", "unseated", "indexed", "member_rows", "said_rows", "said_terms",
    "shingles", "wordings", "alike", "untidy",
)  # fmt: skip
# What the reader has decided about voices, merged in a way of its own.
DECISIONS = ("decisions", "decision_log")

SCRIPTS = (
    *SCRIPTS_TO_10,
    # What is said in all articles, by whose voice: derived from readings, of the newest analysed version of each work.
    # Triggers note in `stale` whose rows are to be made anew, whoever changed what they are derived from.
    # The number of a row in `said` begins with its day (library/indexing.py), so that every index has the newest last;
    # what may be asked for beside words stands as words in `facets` of the full-text index.
    """
    CREATE TABLE voices (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        name TEXT NOT NULL
    ) STRICT;
    CREATE TABLE voice_names (
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        voice INTEGER NOT NULL REFERENCES voices (number) ON DELETE CASCADE,
        PRIMARY KEY (name, kind, voice)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX names_by_voice ON voice_names (voice);

    CREATE TABLE stale (
        article INTEGER PRIMARY KEY
    ) STRICT;
    CREATE TABLE sites (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE indexed (
        article INTEGER PRIMARY KEY,
        analyser TEXT NOT NULL,
        day TEXT NOT NULL,
        is_dated INTEGER NOT NULL,
        site INTEGER REFERENCES sites (number)
    ) STRICT;
    CREATE INDEX indexed_by_site ON indexed (site);
    CREATE TABLE members (
        article INTEGER NOT NULL REFERENCES indexed (article) ON DELETE CASCADE,
        actor TEXT NOT NULL,
        voice INTEGER NOT NULL REFERENCES voices (number) ON DELETE CASCADE,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        affiliation TEXT NOT NULL,
        PRIMARY KEY (article, actor)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX members_by_voice ON members (voice, article);
    CREATE TABLE said (
        number INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES indexed (article) ON DELETE CASCADE,
        finding TEXT NOT NULL,
        kind TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        words TEXT NOT NULL,
        voice INTEGER REFERENCES voices (number) ON DELETE SET NULL,
        speaker TEXT NOT NULL,
        how TEXT NOT NULL,
        sourcing TEXT NOT NULL,
        commitment TEXT NOT NULL,
        cue TEXT NOT NULL,
        checkable INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        sure REAL NOT NULL,
        part_of INTEGER,
        facets TEXT NOT NULL
    ) STRICT;
    CREATE INDEX said_by_article ON said (article);
    CREATE INDEX said_by_voice ON said (voice) WHERE voice IS NOT NULL;
    CREATE TABLE said_about (
        voice INTEGER NOT NULL REFERENCES voices (number) ON DELETE CASCADE,
        said INTEGER NOT NULL REFERENCES said (number) ON DELETE CASCADE,
        PRIMARY KEY (voice, said)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX about_by_said ON said_about (said);
    CREATE VIEW said_text AS SELECT number, words, speaker,
        facets || ' v' || coalesce(voice, 0) || ' k' || kind || ' h' || how || ' q' || sourcing
        || iif(checkable, ' checkable', '') || iif(part_of IS NULL, ' whole', '') AS facets FROM said;
    CREATE VIRTUAL TABLE said_words USING fts5 (
        words, speaker, facets, content = 'said_text', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER said_words_added AFTER INSERT ON said BEGIN
        INSERT INTO said_words (rowid, words, speaker, facets)
            SELECT number, words, speaker, facets FROM said_text WHERE number = new.number;
    END;
    CREATE TRIGGER said_words_removed BEFORE DELETE ON said BEGIN
        INSERT INTO said_words (said_words, rowid, words, speaker, facets)
            SELECT 'delete', number, words, speaker, facets FROM said_text WHERE number = old.number;
    END;
    CREATE TRIGGER said_words_changing BEFORE UPDATE ON said BEGIN
        INSERT INTO said_words (said_words, rowid, words, speaker, facets)
            SELECT 'delete', number, words, speaker, facets FROM said_text WHERE number = old.number;
    END;
    CREATE TRIGGER said_words_changed AFTER UPDATE ON said BEGIN
        INSERT INTO said_words (rowid, words, speaker, facets)
            SELECT number, words, speaker, facets FROM said_text WHERE number = new.number;
    END;

    CREATE TRIGGER stale_by_findings AFTER INSERT ON findings BEGIN
        INSERT OR IGNORE INTO stale SELECT number FROM articles WHERE id = new.article;
    END;
    CREATE TRIGGER stale_by_note_added AFTER INSERT ON annotations
    WHEN new.verdict != '' OR instr(new.json, '"correction":{') BEGIN
        INSERT OR IGNORE INTO stale SELECT number FROM articles WHERE id = new.article;
    END;
    CREATE TRIGGER stale_by_note_removed AFTER DELETE ON annotations
    WHEN old.verdict != '' OR instr(old.json, '"correction":{') BEGIN
        INSERT OR IGNORE INTO stale SELECT number FROM articles WHERE id = old.article;
    END;
    CREATE TRIGGER stale_by_work AFTER UPDATE OF work ON articles WHEN old.work != new.work BEGIN
        INSERT OR IGNORE INTO stale SELECT number FROM articles WHERE work IN (old.work, new.work);
    END;
    CREATE TRIGGER stale_by_metadata AFTER UPDATE OF published, added, site, url ON articles
    WHEN (old.published, old.added, old.site, old.url) IS NOT (new.published, new.added, new.site, new.url) BEGIN
        INSERT OR IGNORE INTO stale SELECT new.number WHERE new.number IN (SELECT article FROM indexed);
    END;
    CREATE TRIGGER stale_by_deletion AFTER DELETE ON articles BEGIN
        DELETE FROM indexed WHERE article = old.number;
        DELETE FROM stale WHERE article = old.number;
        INSERT OR IGNORE INTO stale SELECT number FROM articles WHERE work = old.work;
    END;
    INSERT INTO stale SELECT number FROM articles WHERE id IN (SELECT article FROM findings);
    """,
    # The names of voices by their use, each with how many members bear it, so that none stays that no article has; what the
    # reader has decided about voices, by names and works so that it outlives analyses, and the log of these acts.
    """
    DROP TABLE voice_names;
    CREATE TABLE voice_names (
        use TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        voice INTEGER NOT NULL REFERENCES voices (number) ON DELETE CASCADE,
        members INTEGER NOT NULL,
        PRIMARY KEY (use, name, kind, voice)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX names_by_voice ON voice_names (voice);
    ALTER TABLE voices ADD COLUMN identity TEXT NOT NULL DEFAULT '';
    ALTER TABLE voices ADD COLUMN role TEXT NOT NULL DEFAULT '';
    ALTER TABLE voices ADD COLUMN link TEXT NOT NULL DEFAULT '';
    ALTER TABLE voices ADD COLUMN why TEXT NOT NULL DEFAULT '';
    CREATE UNIQUE INDEX voices_by_identity ON voices (identity) WHERE identity != '';
    ALTER TABLE members ADD COLUMN born INTEGER;
    ALTER TABLE members ADD COLUMN names TEXT NOT NULL DEFAULT '[]';
    CREATE TRIGGER voice_names_added AFTER INSERT ON members BEGIN
        INSERT INTO voice_names (use, name, kind, voice, members)
            SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'),
                iif((SELECT kind FROM voices WHERE number = new.voice) = 'person', 'person', 'body'), new.voice, 1
            FROM json_each(new.names) WHERE 1
            ON CONFLICT DO UPDATE SET members = members + 1;
    END;
    CREATE TRIGGER voice_names_removed AFTER DELETE ON members BEGIN
        UPDATE voice_names SET members = members - 1 WHERE voice = old.voice AND (use, name) IN
            (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(old.names));
        DELETE FROM voice_names WHERE voice = old.voice AND members < 1;
    END;

    CREATE TABLE decisions (
        what TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        place TEXT NOT NULL,
        value TEXT NOT NULL,
        modified TEXT NOT NULL,
        PRIMARY KEY (what, kind, name, place)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX decisions_by_place ON decisions (place) WHERE place != '';
    CREATE INDEX decisions_by_value ON decisions (value);
    CREATE TABLE decision_log (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        said TEXT NOT NULL,
        json TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT OR IGNORE INTO stale SELECT number FROM articles WHERE id IN (SELECT article FROM findings);
    """,
    # By which quotations with words in common are found (notes/shingles.py).
    """
    CREATE TABLE shingles (
        hash INTEGER NOT NULL,
        said INTEGER NOT NULL REFERENCES said (number) ON DELETE CASCADE,
        PRIMARY KEY (hash, said)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX shingles_by_said ON shingles (said);
    INSERT OR IGNORE INTO stale SELECT article FROM indexed;
    """,
    # The search knows words without what only sets them: soft hyphens, zero-width spaces, ligatures (pullquote/folding.py).
    # Its indexes are of views, from which passages are cut, too.
    """
    DROP TRIGGER article_words_added;
    DROP TRIGGER article_words_removed;
    DROP TRIGGER article_words_changed;
    DROP TABLE article_words;
    CREATE VIEW folded_articles AS SELECT number,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(title, char(173), ''), char(8203), ''), char(8288), ''), char(64256), 'ff'), char(64257), 'fi'), char(64258), 'fl'), char(64259), 'ffi'), char(64260), 'ffl'), char(64261), 'st'), char(64262), 'st') AS title,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text, char(173), ''), char(8203), ''), char(8288), ''), char(64256), 'ff'), char(64257), 'fi'), char(64258), 'fl'), char(64259), 'ffi'), char(64260), 'ffl'), char(64261), 'st'), char(64262), 'st') AS text
        FROM articles;
    CREATE VIRTUAL TABLE article_words USING fts5 (
        title, text, content = 'folded_articles', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER article_words_added AFTER INSERT ON articles BEGIN
        INSERT INTO article_words (rowid, title, text) SELECT * FROM folded_articles WHERE number = new.number;
    END;
    CREATE TRIGGER article_words_removed BEFORE DELETE ON articles BEGIN
        INSERT INTO article_words (article_words, rowid, title, text)
            SELECT 'delete', * FROM folded_articles WHERE number = old.number;
    END;
    CREATE TRIGGER article_words_changing BEFORE UPDATE OF title ON articles WHEN old.title != new.title BEGIN
        INSERT INTO article_words (article_words, rowid, title, text)
            SELECT 'delete', * FROM folded_articles WHERE number = old.number;
    END;
    CREATE TRIGGER article_words_changed AFTER UPDATE OF title ON articles WHEN old.title != new.title BEGIN
        INSERT INTO article_words (rowid, title, text) SELECT * FROM folded_articles WHERE number = new.number;
    END;
    INSERT INTO article_words (article_words) VALUES ('rebuild');

    DROP TRIGGER note_words_added;
    DROP TRIGGER note_words_removed;
    DROP TABLE note_words;
    CREATE VIEW folded_notes AS SELECT number,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(exact, char(173), ''), char(8203), ''), char(8288), ''), char(64256), 'ff'), char(64257), 'fi'), char(64258), 'fl'), char(64259), 'ffi'), char(64260), 'ffl'), char(64261), 'st'), char(64262), 'st') AS exact,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(comment, char(173), ''), char(8203), ''), char(8288), ''), char(64256), 'ff'), char(64257), 'fi'), char(64258), 'fl'), char(64259), 'ffi'), char(64260), 'ffl'), char(64261), 'st'), char(64262), 'st') AS comment,
        tags, verdict FROM annotations;
    CREATE VIRTUAL TABLE note_words USING fts5 (
        exact, comment, tags, verdict, content = 'folded_notes', content_rowid = 'number',
        tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER note_words_added AFTER INSERT ON annotations BEGIN
        INSERT INTO note_words (rowid, exact, comment, tags, verdict) SELECT * FROM folded_notes WHERE number = new.number;
    END;
    CREATE TRIGGER note_words_removed BEFORE DELETE ON annotations BEGIN
        INSERT INTO note_words (note_words, rowid, exact, comment, tags, verdict)
            SELECT 'delete', * FROM folded_notes WHERE number = old.number;
    END;
    INSERT INTO note_words (note_words) VALUES ('rebuild');
    """,
    # The wordings of claims, which of them are alike (library/wordings.py), and how much. The vector is a static one of
    # int8 (analysis/vectors.py), null until it is made; of two that are alike `low` is the older.
    """
    CREATE TABLE wordings (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        digest BLOB NOT NULL UNIQUE,
        vector BLOB
    ) STRICT;
    CREATE INDEX wordings_without_vector ON wordings (number) WHERE vector IS NULL;
    CREATE TABLE worded (
        said INTEGER PRIMARY KEY REFERENCES said (number) ON DELETE CASCADE,
        wording INTEGER NOT NULL REFERENCES wordings (number)
    ) STRICT;
    CREATE INDEX worded_by_wording ON worded (wording);
    CREATE TABLE alike (
        low INTEGER NOT NULL REFERENCES wordings (number) ON DELETE CASCADE,
        high INTEGER NOT NULL REFERENCES wordings (number) ON DELETE CASCADE,
        likeness REAL NOT NULL,
        PRIMARY KEY (low, high)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX alike_by_high ON alike (high);
    INSERT OR IGNORE INTO stale SELECT article FROM indexed;
    """,
    # What was fetched as evidence for verdicts on an article, by its hash: each state in which something else was found.
    """
    CREATE TABLE evidence_pages (
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        form TEXT NOT NULL,
        source TEXT NOT NULL,
        url TEXT NOT NULL,
        charset TEXT NOT NULL,
        retrieved TEXT NOT NULL,
        status INTEGER NOT NULL,
        headers TEXT NOT NULL,
        about TEXT NOT NULL,
        etag TEXT NOT NULL,
        last_modified TEXT NOT NULL,
        data BLOB,
        PRIMARY KEY (article, sha256)
    ) STRICT;
    CREATE INDEX evidence_by_hash ON evidence_pages (sha256);
    CREATE INDEX evidence_by_source ON evidence_pages (source);
    """,
    # Questions to all that is said, as they were typed, and what they led to. The full-text index has what is said once, not
    # its parts again, and no sizes, since what it finds is ranked by its words.
    """
    DROP TABLE said_words;
    DROP VIEW said_text;
    CREATE VIEW said_text AS SELECT number, words, speaker,
        facets || ' v' || coalesce(voice, 0) || ' k' || kind || ' h' || how || ' q' || sourcing
        || ' w' || iif(checkable, ' checkable', '') AS facets FROM said WHERE part_of IS NULL;
    CREATE VIRTUAL TABLE said_words USING fts5 (
        words, speaker, facets, content = 'said_text', content_rowid = 'number', columnsize = 0,
        tokenize = 'unicode61 remove_diacritics 2'
    );
    INSERT INTO said_words (said_words) VALUES ('rebuild');
    INSERT OR IGNORE INTO stale SELECT article FROM indexed;
    CREATE TABLE asked (
        typed TEXT PRIMARY KEY,
        number INTEGER NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    """,
    # By which an act on notes sees that the voices of an article stay as they are.
    """
    ALTER TABLE indexed ADD COLUMN actors INTEGER NOT NULL DEFAULT 0;
    """,
    # What a voice said is counted once, not its parts again.
    """
    DROP INDEX said_by_voice;
    CREATE INDEX said_by_voice ON said (voice, part_of) WHERE voice IS NOT NULL;
    """,
    # Of what kind a member is, which its voice need not be: by the reader's word a person and a body are one.
    """
    ALTER TABLE members ADD COLUMN kind TEXT NOT NULL DEFAULT '';
    DROP TRIGGER voice_names_added;
    DROP TRIGGER voice_names_removed;
    CREATE TRIGGER voice_names_added AFTER INSERT ON members BEGIN
        INSERT INTO voice_names (use, name, kind, voice, members)
            SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'),
                iif(coalesce(nullif(new.kind, ''), (SELECT kind FROM voices WHERE number = new.voice)) = 'person',
                    'person', 'body'), new.voice, 1
            FROM json_each(new.names) WHERE 1
            ON CONFLICT DO UPDATE SET members = members + 1;
    END;
    CREATE TRIGGER voice_names_removed AFTER DELETE ON members BEGIN
        UPDATE voice_names SET members = members - 1 WHERE voice = old.voice AND kind =
            iif(coalesce(nullif(old.kind, ''), (SELECT kind FROM voices WHERE number = old.voice)) = 'person',
                'person', 'body') AND (use, name) IN
            (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(old.names));
        DELETE FROM voice_names WHERE voice = old.voice AND members < 1;
    END;
    INSERT OR IGNORE INTO stale
        SELECT article FROM members JOIN voices ON voices.number = voice WHERE identity != '';
    """,
    SAID_ROWS,
    MEMBER_ROWS,
    FAR_ROWS,
    # The names whose bearers are to be given their voices anew (library/arranging.py), by class: those of all in a library
    # in which they had them by the order of what was done. What is decided in a work may be another's when that changes.
    """
    CREATE TABLE unseated (
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (kind, name)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO unseated SELECT DISTINCT kind, name FROM voice_names WHERE use = 'main';
    DROP TRIGGER stale_by_work;
    CREATE TRIGGER stale_by_work AFTER UPDATE OF work ON articles WHEN old.work != new.work BEGIN
        INSERT OR IGNORE INTO stale SELECT number FROM articles WHERE work IN (old.work, new.work);
        UPDATE indexed SET actors = -1 WHERE article = new.number;
    END;
    """,
    SCRIPT_25,
)


def statements(script: str) -> Iterator[str]:
    """The statements of a script one by one, for one transaction; a trigger stays whole."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
