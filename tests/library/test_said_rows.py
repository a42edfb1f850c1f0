"""What is said takes little room, and is read as it was written; an older library's is, too."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from pullquote.library.backlog import rebuild
from pullquote.library.indexing import first_of
from pullquote.library.relating import relate
from pullquote.library.schema import DERIVED, SCRIPTS, statements
from pullquote.library.schema_said import SAID_ROWS
from pullquote.library.shingled import keep_shingles
from pullquote.library.store import FILE, Library
from pullquote.notes.questions import understood
from tests.quotations import COURIER, add, one_quotation

BEFORE = SCRIPTS.index(SAID_ROWS)  # the version in which a row had all that is said in it
TEXT = (
    "Floods\n“We will rebuild the old\nbridge,” she said, “before the winter comes,” and “at once.”"
)
ONE = "“We will rebuild the old bridge,”"
TWO = f"{ONE} … “before the winter comes,”"
THREE = f"{TWO} … “at once.”"
ELSE = "“We must rebuild it,”"
BASE = first_of(date(2016, 1, 1)) | 1 << 17  # of the numbers of the rows of the first article
ROWS = tuple(
    (BASE + number, f"q{number}", "quote", 7, max(20, TEXT.find(words[-6:]) + 6), words, None, "Ann Cole", "direct",
     "named", "", "said", 0, "", 0.86, None if number == 4 else BASE + 4, "a7" if number == 4 else "")
    for number, words in enumerate((ONE, TWO, ELSE, THREE), 1)
)  # fmt: skip
COLUMNS = (
    "number, finding, kind, start, end, words, voice, speaker, how, sourcing, commitment, cue, "
    "checkable, verdict, sure, part_of, facets"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library as it was before."""
    with closing(sqlite3.connect(tmp_path / FILE)) as db, db:
        db.create_function("work", 2, lambda url, identity: identity)
        for script in SCRIPTS[:BEFORE]:
            for statement in statements(script):
                db.execute(statement)
        db.execute(
            "INSERT INTO articles (number, id, text, title, byline, site, url, published, retrieved, "
            "language, source, headings, added, opened, work) "
            "VALUES (1, '1e', ?, '', '', '', '', '', '', 'en', '', '[]', '2016-01-01', '', '1e')",
            (TEXT,),
        )
        db.execute("INSERT INTO indexed VALUES (1, 'a test', '2016-01-01', 0, NULL, 0)")
        marks = ", ".join("?" * len(ROWS[0]))
        db.executemany(f"INSERT INTO said (article, {COLUMNS}) VALUES (1, {marks})", ROWS)
        db.execute("INSERT INTO wordings VALUES (5, x'000102030405060708090a0b0c0d0e0f', x'01')")
        db.execute("INSERT INTO worded VALUES (?, 5)", (BASE + 2,))
        keep_shingles(db, BASE + 4, THREE)
        db.execute(f"PRAGMA user_version = {BEFORE}")
    return tmp_path


def check_words(library: Library) -> None:
    """Whether the full-text index has the words that the rows have."""
    with library.database.transaction() as db:
        db.execute("INSERT INTO said_words (said_words, rank) VALUES ('integrity-check', 1)")


def test_what_is_said_is_as_it_was(folder: Path) -> None:
    with Library.open(folder) as library:
        rows = library.database.rows
        assert tuple(rows(f"SELECT {COLUMNS} FROM said ORDER BY number")) == ROWS
        assert rows("SELECT * FROM worded") == [(BASE + 2, 5)]
        assert rows("SELECT * FROM wordings") == [(5, bytes(range(8)), b"\1")]
        found = rows("SELECT rowid FROM said_words WHERE said_words MATCH '\"before the winter\"'")
        assert [one.words for one in library.said.get([row[0] for row in found])] == [THREE]
        check_words(library)


def test_words_that_the_article_has_are_not_kept_again(folder: Path) -> None:
    with Library.open(folder) as library:
        kept = library.database.rows("SELECT words FROM said_rows ORDER BY number")
        assert kept == [(None,), (None,), (ELSE,), (THREE,)]


def test_what_goes_leaves_nothing(folder: Path) -> None:
    with Library.open(folder) as library:
        library.bin.delete("1e")
        for table in ("said_rows", "shingles", "indexed"):
            assert library.database.rows(f"SELECT count(*) FROM {table}") == [(0,)]
        check_words(library)


def test_an_index_that_is_made_anew_is_the_same(library: Library) -> None:
    words = "“We will rebuild the old bridge before the winter, whatever it costs.”"
    here = add(library, words)
    add(library, words, url=COURIER)
    relate(library.database)
    before = [library.database.rows(f"SELECT count(*) FROM {table}") for table in DERIVED]
    rebuild(library.database)
    relate(library.database)
    assert [library.database.rows(f"SELECT count(*) FROM {table}") for table in DERIVED] == before
    assert len(library.elsewhere.quotations(here)) == 1
    check_words(library)


def test_what_only_deleted_articles_have_is_purged(library: Library) -> None:
    here = add(library, "“We will rebuild the old bridge before the winter.”", "Zoe Quetzal")
    there = add(library, "“We will rebuild the old bridge before the winter.”", url=COURIER)
    library.bin.delete(here)
    library.bin.purge([here])
    terms = [term for (term,) in library.database.rows("SELECT term FROM said_terms")]
    assert "Ada Quist" in terms
    assert not [term for term in terms if "quetzal" in term.casefold()]
    assert library.elsewhere.quotations(there)


def test_far_down_in_a_long_article_words_are_kept_and_found(library: Library) -> None:
    words = "“We will rebuild the old bridge before the winter.”"
    article, found = one_quotation(words)
    above = "Nothing. " * 6_000
    quote, actor = found.quotes[0], found.actors[0]
    far = len(above)
    moved = replace(
        found,
        quotes=(replace(quote, content=((far, far + len(words)),)),),
        actors=(replace(actor, mentions=tuple((a + far, b + far) for a, b in actor.mentions)),),
    )
    long = replace(article, text=above + article.text)
    library.articles.save(long)
    library.findings.save(long.id, moved)
    assert library.database.rows("SELECT words FROM said_rows") == [(words,)]
    found_again = library.said.ask(understood("rebuild winter"))
    assert [one.words for one in found_again.sayings] == [words]
    library.bin.delete(long.id)
    check_words(library)
