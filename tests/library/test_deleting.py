"""Deleting: all versions with all that belongs to them; undone, or without a trace."""

import sqlite3
import subprocess
import sys

import msgspec
import pytest
from click.testing import CliRunner

from pullquote.article import Article
from pullquote.article.forms import Raw
from pullquote.article.plain import TEXT as PLAIN
from pullquote.cli import main
from pullquote.findings import Actor, ActorKind, Findings
from pullquote.library import deleting
from pullquote.library.file import explained
from pullquote.library.importing import bring_in
from pullquote.library.imports import Begun
from pullquote.library.schema import DERIVED
from pullquote.library.store import FILE, Library, LibraryError
from pullquote.notes.annotations import annotate
from pullquote.notes.incoming import admitted, on_words
from pullquote.notes.questions import understood

URL = "https://example.org/leak"
FIRST = Article(text="Zanzibar quokkas met the xylophonist.", title="Quetzalcoatl", url=URL)
SECOND = Article(text=f"{FIRST.text} Wombats did too.", title="Quetzalcoatl", url=URL)
OTHER = Article(text="The council met on Monday.", title="Council")
ACTOR = Actor(id="a1", name="Ann", kind=ActorKind.PERSON, mentions=((0, 6),))
SECRETS = ("Zanzibar", "quokkas", "xylophonist", "Wombats", "Quetzalcoatl", "whistleblower")


@pytest.fixture
def shelf(library: Library, findings: Findings) -> Library:
    found = Findings(analyser=findings.analyser, actors=(ACTOR,), quotes=())
    for article in (FIRST, SECOND, OTHER):
        raw = Raw(data=article.text.encode(), form=PLAIN, source="-", url=article.url)
        library.articles.save(article, raw.digest, original=raw.original(1000))
        library.findings.save(article.id, found)
        library.notes.add(article.id, annotate(article.text, (0, 6), comment="kept"))
    library.notes.add(FIRST.id, annotate(FIRST.text, (0, 8), comment="our whistleblower"))
    library.metadata.edit(FIRST.id, {"title": "Quetzalcoatl again"})
    return library


def rows(library: Library) -> dict[str, list[tuple[object, ...]]]:
    """All that the library holds, but for the numbers that SQLite gives and what is made of it."""
    left = dict.fromkeys(("articles", "annotations", "acts", "feeds"), "number")
    found = {}
    for (table,) in library._database.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%words%' "
        "AND name NOT LIKE 'sqlite%'"
    ):
        if table in DERIVED:
            continue
        columns = [
            name
            for (name,) in library._database.rows("SELECT name FROM pragma_table_info(?)", table)
            if name != left.get(table) and name != "bundle"
        ]
        found[table] = sorted(
            library._database.rows(f"SELECT {', '.join(columns)} FROM {table}"), key=repr
        )
    return found


def words_of(library: Library) -> set[str]:
    """The words in the indexes of the search."""
    with library._database.maintenance() as db:
        found = set()
        for index in ("article_words", "note_words"):
            db.execute(f"CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, {index}, instance)")
            found |= {term for (term,) in db.execute("SELECT DISTINCT term FROM v")}
            db.execute("DROP TABLE v")
    return found


def test_all_versions_go_and_nothing_of_them_is_left(shelf: Library) -> None:
    going = shelf.bin.going(SECOND.id)
    assert going is not None
    assert going.articles == (FIRST.id, SECOND.id)
    assert going.words.startswith(
        "“Quetzalcoatl”, all 2 versions: 3 notes, 2 analyses, 2 originals, 4 acts"
    )
    shelf.bin.delete(*going.articles)
    assert [one.id for one in shelf.articles.entries()] == [OTHER.id]
    assert not {word.lower() for word in SECRETS} & words_of(shelf)
    left = rows(shelf)
    assert [len(left[table]) for table in ("annotations", "findings", "acts", "sources")] == [1] * 4
    assert shelf.bin.going(SECOND.id) is None


def test_it_comes_back_as_it_was_until_the_program_ends(shelf: Library) -> None:
    before = rows(shelf)
    shelf.bin.delete(FIRST.id, SECOND.id)
    shelf.bin.delete(OTHER.id)
    assert (shelf.bin.put_back(), shelf.bin.put_back(), shelf.bin.put_back()) == (1, 2, 0)
    assert rows(shelf) == before
    assert [hit.article for hit in shelf.search("whistleblower")] == [FIRST.id]
    assert shelf.notes.undo(FIRST.id) == "changing the title"
    shelf.bin.delete(OTHER.id)
    with Library.open(shelf.path.parent) as again:
        assert again.bin.put_back() == 0


def test_after_a_purge_no_word_of_it_is_in_the_file_its_log_or_the_copies(shelf: Library) -> None:
    folder = shelf.path.parent
    copy = folder / "library-2026-11-26-120000.db"
    with shelf._database.maintenance() as db:
        db.execute("VACUUM INTO ?", (str(copy),))
    assert all(
        any(word.encode() in one.read_bytes() for one in folder.iterdir()) for word in SECRETS
    )
    shelf.bin.delete(FIRST.id, SECOND.id)
    shelf.bin.purge((FIRST.id, SECOND.id))
    files = [one for one in folder.iterdir() if one.is_file()]
    assert {FILE, f"{FILE}-wal", f"{FILE}-shm", copy.name} <= {one.name for one in files} | {
        f"{FILE}-wal",
        f"{FILE}-shm",
    }
    for word in SECRETS:
        for piece in (word, word.lower(), word[1:]):
            assert [one.name for one in files if piece.encode() in one.read_bytes()] == []
    assert not {word.lower() for word in SECRETS} & words_of(shelf)
    assert shelf.bin.put_back() == 0
    assert [hit.article for hit in shelf.search("council")] == [OTHER.id]


def test_a_copy_that_cannot_be_opened_is_named(shelf: Library) -> None:
    copy = shelf.path.with_name("library-2026-11-26-120000.db")
    copy.write_text("damaged, and so it was moved away " * 30)
    told: list[str] = []
    shelf.bin.purge(tell=told.append)
    assert told[-1].startswith(f"may still have it, delete the file yourself: {copy}: ")


def test_where_there_is_no_room_to_purge_it_says_what_to_do(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise explained(sqlite3.OperationalError("database or disk is full"), shelf.path)

    monkeypatch.setattr(deleting, "_purge", full)
    with pytest.raises(LibraryError, match=r"2 MB free beside it .* pullquote delete --purge$"):
        shelf.bin.purge()


def test_a_plain_delete_is_purged_later(shelf: Library) -> None:
    shelf.bin.delete(FIRST.id, SECOND.id)
    shelf.bin.purge()
    assert not any(
        word.encode() in one.read_bytes() for word in SECRETS for one in shelf.path.parent.iterdir()
    )


def test_a_purge_leaves_no_name_of_a_file_that_brought_only_what_is_gone(shelf: Library) -> None:
    words = FIRST.text[9:]
    one = admitted(on_words(words, source="a"), "", URL, "")
    other = admitted(on_words("council met", source="b"), OTHER.id, "", "")
    for file, items in (("whistleblower.csv", [one]), ("several.csv", [one, other])):
        bring_in(shelf, items, begun=Begun.of(file))
    shelf.bin.delete(FIRST.id, SECOND.id)
    shelf.bin.purge((FIRST.id, SECOND.id))
    last = shelf.imports.last()
    assert last is not None
    assert (last.file, last.notes) == ("several.csv", 1)
    assert b"whistleblower" not in shelf.path.read_bytes()


_READER = """
import sys
from pathlib import Path
from pullquote.library.store import Library
library = Library.open(Path(sys.argv[1]))
library.presence.enter(sys.argv[2])
print("open", flush=True)
sys.stdin.readline()
library.presence.leave(sys.argv[2])
print("left", flush=True)
sys.stdin.readline()
"""


def test_what_is_open_in_another_reader_is_not_deleted(shelf: Library) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _READER, shelf.path.parent, SECOND.id],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        assert reader.stdout.readline() == "open\n"
        shelf.presence.enter(SECOND.id)  # that it is open here, too, changes nothing
        with pytest.raises(LibraryError, match="is open in another reader; leave it there"):
            shelf.bin.delete(FIRST.id, SECOND.id)
        assert shelf.articles.get(FIRST.id)
        shelf.bin.delete(OTHER.id)
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == "left\n"
        shelf.bin.delete(FIRST.id, SECOND.id)
        reader.stdin.write("\n")
    assert shelf.articles.get(FIRST.id) is None


def test_a_reader_who_was_killed_keeps_nothing_open(shelf: Library) -> None:
    reader = subprocess.Popen(
        [sys.executable, "-c", _READER, shelf.path.parent, OTHER.id],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout is not None
    reader.stdout.readline()
    assert shelf.presence.is_elsewhere(OTHER.id)
    reader.kill()
    reader.communicate()
    assert not shelf.presence.is_elsewhere(OTHER.id)


# --- the commands


def run(*arguments: str, typed: str = "") -> tuple[int, str, str]:
    done = CliRunner().invoke(main, list(arguments), input=typed)
    return done.exit_code, done.stdout, done.stderr


def test_the_command_says_what_goes_and_asks(shelf: Library) -> None:
    status, said, told = run("delete", FIRST.id[:8], typed="n\n")
    assert status == 1
    assert "all 2 versions: 3 notes" in said
    assert "nothing was deleted" in told
    assert shelf.articles.get(FIRST.id)
    status, said, _ = run("delete", SECOND.id[:6], FIRST.id, typed="y\n")
    assert (status, said.splitlines()[-1]) == (0, "deleted")
    assert shelf.articles.get(FIRST.id) is None
    assert run("delete", OTHER.id, "--yes", "--purge")[0] == 0
    assert shelf.articles.entries() == ()


def test_an_id_that_is_none_or_several_is_refused_in_one_line(shelf: Library) -> None:
    for wrong in ("feedfeed", "no id", "../a"):
        status, said, told = run("delete", wrong, "--yes")
        assert (status, said) == (2, "")
        assert told == (
            f"pullquote: {wrong}: no article of that id; pullquote list shows all with their ids\n"
        )
    assert run("delete")[0] == 2


def test_edit_shows_and_puts_right_and_resets(shelf: Library) -> None:
    status, said, _ = run(
        "edit", OTHER.id[:8], "--byline", "Ann [b]Lee[/b]", "--published", "2026-03"
    )
    assert status == 0
    assert "byline     Ann [b]Lee[/b]\n           the page said: –\n" in said
    assert run("edit", OTHER.id)[1] == said
    exported = CliRunner().invoke(main, ["export", OTHER.id, "--format", "bibtex"]).stdout
    assert "2026-03" in exported
    status, said, told = run("edit", OTHER.id, "--url", "ftp://x", "--title", "Other")
    assert (status, said) == (2, "")
    assert told.startswith("pullquote: url: “ftp://x” is no web address")
    status, said, _ = run("edit", OTHER.id, "--reset", "all")
    assert "the page said" not in said
    assert shelf.articles.get(OTHER.id) == OTHER


def test_the_shell_completes_ids_with_titles(shelf: Library) -> None:
    done = CliRunner().invoke(
        main,
        [],
        env={
            "_PULLQUOTE_COMPLETE": "zsh_complete",
            "COMP_LINE": f"pullquote delete {OTHER.id[:2]}",
        },
        prog_name="pullquote",
    )
    assert done.stdout == f"plain\t{OTHER.id[:8]}\tCouncil\n"


def test_notes_of_a_deleted_article_are_refused_politely(shelf: Library) -> None:
    shelf.bin.delete(OTHER.id)
    with pytest.raises(LibraryError, match="no longer has this article"):
        shelf.notes.add(OTHER.id, annotate(OTHER.text, (0, 3), comment="late"))


def test_a_purge_forgets_sites_of_no_article_and_questions_that_led_to_what_is_gone(
    library: Library, findings: Findings
) -> None:
    for article, site in ((FIRST, "Zanzibar Times"), (OTHER, "The Council")):
        article = msgspec.structs.replace(article, site=site)
        library.articles.save(article)
        library.findings.save(article.id, findings)
    library.said.settle()
    (one,) = library.said.ask(understood('site:"Zanzibar Times"')).sayings[:1]
    (other,) = library.said.ask(understood("site:Council")).sayings[:1]
    library.said.remember("quokkas", one.number)
    library.said.remember("council", other.number)
    library.bin.delete(FIRST.id)
    library.bin.purge([FIRST.id])
    assert [name for name, _ in library.said.sites()] == ["The Council"]
    assert library.said.asked()[0] == ("council",)
    assert b"Zanzibar Times" not in library.path.read_bytes()
