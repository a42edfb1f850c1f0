"""The scripts of the schema's versions 1 to 10: articles, notes, feeds and more.

They are released, and never changed; those after them are in schema.py.
"""

SCRIPTS_TO_10 = (
    """
    CREATE TABLE articles (
        id TEXT PRIMARY KEY,
        text TEXT NOT NULL,
        title TEXT NOT NULL,
        byline TEXT NOT NULL,
        site TEXT NOT NULL,
        url TEXT NOT NULL,
        published TEXT NOT NULL,
        retrieved TEXT NOT NULL,
        language TEXT NOT NULL,
        source TEXT NOT NULL,
        headings TEXT NOT NULL,
        place INTEGER,
        opened TEXT NOT NULL
    ) STRICT;
    CREATE TABLE sources (
        digest TEXT PRIMARY KEY,
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE
    ) STRICT;
    CREATE TABLE findings (
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        analyser TEXT NOT NULL,
        json BLOB NOT NULL,
        PRIMARY KEY (article, analyser)
    ) STRICT;
    CREATE TABLE annotations (
        id TEXT PRIMARY KEY,
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        exact TEXT NOT NULL,
        prefix TEXT NOT NULL,
        suffix TEXT NOT NULL,
        highlight INTEGER NOT NULL,
        comment TEXT NOT NULL,
        tags TEXT NOT NULL,
        created TEXT NOT NULL,
        modified TEXT NOT NULL
    ) STRICT;
    CREATE INDEX annotations_by_place ON annotations (article, start, end);
    CREATE TABLE acts (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        annotation TEXT NOT NULL,
        before TEXT,
        after TEXT,
        undone INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX acts_by_article ON acts (article, undone, number);
    """,
    # Articles become versions of works; a journal; corrections and verdicts; a search over texts
    # and notes.
    """
    CREATE TABLE new_articles (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        text TEXT NOT NULL,
        title TEXT NOT NULL,
        byline TEXT NOT NULL,
        site TEXT NOT NULL,
        url TEXT NOT NULL,
        published TEXT NOT NULL,
        retrieved TEXT NOT NULL,
        language TEXT NOT NULL,
        source TEXT NOT NULL,
        headings TEXT NOT NULL,
        place INTEGER,
        furthest INTEGER NOT NULL DEFAULT 0,
        added TEXT NOT NULL,
        opened TEXT NOT NULL,
        finished TEXT NOT NULL DEFAULT '',
        work TEXT NOT NULL,
        origin TEXT NOT NULL DEFAULT ''
    ) STRICT;
    INSERT INTO new_articles (id, text, title, byline, site, url, published, retrieved, language, source, headings, place,
            furthest, added, opened, work)
        SELECT id, text, title, byline, site, url, published, retrieved, language, source, headings, place,
            coalesce(place, 0), coalesce(nullif(retrieved, ''), opened), opened, work(url, id) FROM articles ORDER BY rowid;
    DROP TABLE articles;
    ALTER TABLE new_articles RENAME TO articles;
    CREATE INDEX articles_by_work ON articles (work, added);
    CREATE INDEX articles_by_origin ON articles (origin) WHERE origin != '';
    CREATE INDEX articles_by_opened ON articles (opened);

    CREATE TABLE new_annotations (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        exact TEXT NOT NULL,
        comment TEXT NOT NULL,
        tags TEXT NOT NULL,
        verdict TEXT NOT NULL,
        placed TEXT NOT NULL,
        created TEXT NOT NULL,
        modified TEXT NOT NULL,
        json TEXT NOT NULL
    ) STRICT;
    INSERT INTO new_annotations (id, article, start, end, exact, comment, tags, verdict, placed, created, modified, json)
        SELECT id, article, start, end, exact, comment, tags, '', 'here', created, modified, json_object(
            'id', id, 'target', json_object('start', start, 'end', end, 'exact', exact, 'prefix', prefix, 'suffix', suffix),
            'highlight', highlight, 'comment', comment, 'tags', json(tags), 'created', created, 'modified', modified)
        FROM annotations;
    DROP TABLE annotations;
    ALTER TABLE new_annotations RENAME TO annotations;
    CREATE INDEX annotations_by_place ON annotations (article, start, end);

    ALTER TABLE acts ADD COLUMN bundle INTEGER NOT NULL DEFAULT 0;
    UPDATE acts SET bundle = number;

    CREATE VIRTUAL TABLE article_words USING fts5 (
        title, text, content = 'articles', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER article_words_added AFTER INSERT ON articles BEGIN
        INSERT INTO article_words (rowid, title, text) VALUES (new.number, new.title, new.text);
    END;
    CREATE TRIGGER article_words_removed AFTER DELETE ON articles BEGIN
        INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
    END;
    INSERT INTO article_words (article_words) VALUES ('rebuild');

    CREATE VIRTUAL TABLE note_words USING fts5 (
        exact, comment, tags, verdict, content = 'annotations', content_rowid = 'number',
        tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER note_words_added AFTER INSERT ON annotations BEGIN
        INSERT INTO note_words (rowid, exact, comment, tags, verdict)
            VALUES (new.number, new.exact, new.comment, new.tags, new.verdict);
    END;
    CREATE TRIGGER note_words_removed AFTER DELETE ON annotations BEGIN
        INSERT INTO note_words (note_words, rowid, exact, comment, tags, verdict)
            VALUES ('delete', old.number, old.exact, old.comment, old.tags, old.verdict);
    END;
    INSERT INTO note_words (note_words) VALUES ('rebuild');
    """,
    # What the list of the library sorts by and looks at, without the texts between.
    """
    CREATE INDEX articles_listed ON articles
        (opened, id, title, site, url, byline, published, added, place, furthest);
    """,
    # What stretches of an article are besides headings: captions, block quotations, pages, …
    """
    ALTER TABLE articles ADD COLUMN parts TEXT NOT NULL DEFAULT '[]';
    """,
    # How many quotes there are, to sort by; NULL for findings that were stored before.
    """
    ALTER TABLE findings ADD COLUMN quotes INTEGER;
    CREATE INDEX findings_counted ON findings (article, quotes);
    """,
    # What the page said where the reader has put an article's metadata right; when acts were done; a title that changes is
    # found by its new words.
    """
    CREATE TABLE metadata (
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        field TEXT NOT NULL,
        said TEXT NOT NULL,
        edited TEXT NOT NULL,
        PRIMARY KEY (article, field)
    ) STRICT;
    ALTER TABLE acts ADD COLUMN at TEXT NOT NULL DEFAULT '';
    CREATE TRIGGER article_words_changed AFTER UPDATE OF title ON articles WHEN old.title != new.title BEGIN
        INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
        INSERT INTO article_words (rowid, title, text) VALUES (new.number, new.title, new.text);
    END;
    """,
    # What an article was read from (data: zlib's format; NULL if the bytes are not kept), and by
    # what its server tells, when it was last asked, that it is still so.
    """
    CREATE TABLE originals (
        article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
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
        checked TEXT NOT NULL,
        etag TEXT NOT NULL,
        last_modified TEXT NOT NULL,
        data BLOB
    ) STRICT;
    """,
    # Feeds; which of their items have come in, by digests, so that a deleted article's address is not kept; what came in,
    # whether it was read or not; and addresses to be fetched.
    """
    CREATE TABLE feeds (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        address TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        site TEXT NOT NULL,
        folder TEXT NOT NULL,
        added TEXT NOT NULL,
        fetched TEXT NOT NULL DEFAULT '',
        wait TEXT NOT NULL DEFAULT '',
        problem TEXT NOT NULL DEFAULT '',
        etag TEXT NOT NULL DEFAULT '',
        last_modified TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE TABLE seen_items (
        digest INTEGER PRIMARY KEY
    ) STRICT;
    CREATE TABLE inbox (
        article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
        feed TEXT NOT NULL,
        dated TEXT NOT NULL,
        added TEXT NOT NULL
    ) STRICT;
    CREATE TABLE waiting (
        address TEXT PRIMARY KEY,
        added TEXT NOT NULL,
        problem TEXT NOT NULL DEFAULT ''
    ) STRICT;
    """,
    # All that belongs to an article is found at once.
    """
    CREATE INDEX sources_by_article ON sources (article);
    """,
    # Notes that came in before the article that they are on; what each import brought, to be undone as one act.
    """
    CREATE TABLE waiting_notes (
        id TEXT PRIMARY KEY,
        work TEXT NOT NULL,
        title TEXT NOT NULL,
        words TEXT NOT NULL,
        added TEXT NOT NULL,
        json TEXT NOT NULL
    ) STRICT;
    CREATE INDEX waiting_by_work ON waiting_notes (work) WHERE work != '';
    CREATE INDEX waiting_by_title ON waiting_notes (title) WHERE title != '';
    CREATE TABLE imports (
        id TEXT PRIMARY KEY,
        file TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE imported (
        import TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
        note TEXT NOT NULL,
        article TEXT NOT NULL,
        PRIMARY KEY (import, note)
    ) STRICT;
    CREATE INDEX imported_by_note ON imported (note);
    """,
)
