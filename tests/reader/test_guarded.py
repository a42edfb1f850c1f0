"""A library that cannot be used is one line: the app goes on, and what was typed stays."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from pullquote.article import Article
from pullquote.library.database import Database
from pullquote.library.notes import Notes
from pullquote.library.store import Library
from pullquote.reader.dialogs import Dialog, Note
from pullquote.reader.evidence_form import EvidenceForm
from pullquote.reader.forms import Tags
from tests.reader.conftest import Desk, Open

HALF_A_PAGE = "They said one thing on Monday and another on Tuesday. " * 40
# Every act that asks something of the library, as a reader presses it; what is left open is left
# with Esc.
ACTS: dict[str, tuple[str, ...]] = {
    "highlight": ("c", "h", "1"),
    "note": ("c", "i", *"so", "ctrl+s"),
    "tag": ("c", "t", *"war", "enter"),
    "remove": ("m", "x"),
    "undo": ("u",),
    "redo": ("ctrl+r",),
    "verdict": ("c", "r", "2"),
    "evidence": ("c", "l", *"https://e.org", "ctrl+s"),
    "correction": ("c", "e", "7"),
    "extent": ("c", "e", "3", "left_square_bracket", "enter"),
    "name": ("a", "e", "1", *"X", "enter"),
    "merge": ("a", "e", "3", "1"),
    "repeat": ("n", "full_stop"),
    "marked notes": ("5", "space", "t", *"war", "enter"),
    "a note's place": ("m", "e", "left_square_bracket", "enter"),
    "versions": ("D",),
    "library": ("L", *"war"),
    "search": ("slash", *"war", "enter"),
}
SAVED_AT_ONCE = ("They said", "war law", "https://example.org/a")


@contextmanager
def locked(library: Library) -> Iterator[None]:
    """Another program writes to the library, and takes its time."""
    library._database._connection.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(library.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@contextmanager
def full(library: Library) -> Iterator[None]:
    """The disk is full: the room in SQLite's file is used up, and the file cannot grow."""
    db = library._database._connection
    most = db.execute("PRAGMA max_page_count").fetchone()[0]
    db.execute("CREATE TABLE filler (words TEXT)")
    db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
    with suppress(sqlite3.OperationalError):
        while True:
            db.execute("INSERT INTO filler VALUES (?)", ("x" * 500,))
    yield
    db.execute(f"PRAGMA max_page_count = {most}")
    db.execute("DROP TABLE filler")


@contextmanager
def read_only(library: Library) -> Iterator[None]:
    """The library may be read, and no more."""
    library._database._connection.execute("PRAGMA query_only = ON")
    yield
    library._database._connection.execute("PRAGMA query_only = OFF")


REASONS = {locked: "locked", full: "full", read_only: "cannot be written"}
Broken = Any
each_way = pytest.mark.parametrize("broken", REASONS, ids=lambda way: way.__name__)


def dialog(at: Desk) -> Dialog[Any]:
    screen = at.app.screen
    assert isinstance(screen, Dialog)
    return screen


def wrong(at: Desk) -> str:
    return str(dialog(at).query_one(".message").content)  # type: ignore[attr-defined]


@each_way
async def test_a_note_that_cannot_be_saved_stays_in_its_dialog_and_is_saved_later(
    desk: Open, library: Library, broken: Broken
) -> None:
    async with desk() as at:
        await at.press("n", "i")
        at.app.screen.query_one(TextArea).text = HALF_A_PAGE
        with broken(library):
            await at.press("ctrl+s")
            assert isinstance(at.app.screen, Note)
            assert at.app.screen.query_one(TextArea).text == HALF_A_PAGE
            assert REASONS[broken] in wrong(at)
            assert REASONS[broken] in at.status
        await at.press("ctrl+s")
        assert at.notes()[0][2] == HALF_A_PAGE.strip()
        assert "note on “legitimate targets”" in at.status
        assert library.notes.of(at.session.reading.article.id)[0].comment == HALF_A_PAGE.strip()


@each_way
async def test_tags_and_evidence_stay_in_their_dialogs_too(
    desk: Open, library: Library, broken: Broken
) -> None:
    tags = " ".join(f"tag{number}" for number in range(400))
    async with desk() as at:
        await at.press("c", "t")
        at.app.screen.query_one(Input).value = tags
        with broken(library):
            await at.press("enter")
            assert isinstance(at.app.screen, Tags)
            assert at.app.screen.query_one(Input).value == tags
        await at.press("enter")
        assert len(at.notes()[0][3]) == 400
        await at.press("c", "l")
        at.app.screen.query_one("#evidence-source", Input).value = address = (
            f"https://e.org/{'a' * 4000}"
        )
        with broken(library):
            await at.press("ctrl+s")
            assert isinstance(at.app.screen, EvidenceForm)
            assert at.app.screen.query_one("#evidence-source", Input).value == address
            assert REASONS[broken] in wrong(at)
        await at.press("ctrl+s", "escape")
        assert [one.url for note in at.session.reading.annotations for one in note.evidence] == [
            address
        ]


@each_way
async def test_no_act_ends_the_app_whatever_is_wrong_with_the_library(
    desk: Open, library: Library, broken: Broken
) -> None:
    async with desk() as at:
        await at.press("n", "h", "1", "w", "h", "2", "u")
        with broken(library):
            for keys in ACTS.values():
                await at.press(*keys)
                while len(at.app.screen_stack) > 1:
                    await at.press("escape", "escape")
                await at.press("escape")
                assert at.app.is_running
            await at.press("c", "i")
            # more than the acts before can have made room for
            at.app.screen.query_one(TextArea).text = HALF_A_PAGE * 30
            await at.press("ctrl+s", "escape", "escape")
            assert REASONS[broken] in at.status
            await at.press("j")
            assert REASONS[broken] in at.status  # it stays until the library works again
        await at.press("n", "h", "3")
        assert "highlighted" in at.status
        assert 3 in {highlight for _, highlight, *_ in at.notes()}


async def test_no_library_call_is_on_the_event_loop(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow disk must not keep keys from being heard: no act touches the library there."""
    loops_own = threading.get_ident()
    calls: list[bool] = []

    def watched(name: str) -> None:
        original = getattr(Database, name)

        def call(self: Database, *args: Any) -> Any:
            calls.append(threading.get_ident() == loops_own)
            return original(self, *args)

        monkeypatch.setattr(Database, name, call)

    async with desk() as at:
        watched("rows")
        watched("transaction")
        for keys in ACTS.values():
            await at.press(*keys)
            while len(at.app.screen_stack) > 1:
                await at.press("escape", "escape")
            await at.press("escape")
        await at.press("L")
        await at.press("enter")  # opens what was read last
        await at.app.action_quit()
        await at.pilot.pause()
    assert len(calls) > 40
    assert not any(calls)


async def test_the_end_of_the_analysis_is_shown_also_where_it_cannot_be_saved(
    desk: Open, library: Library, monkeypatch: pytest.MonkeyPatch, findings: Any
) -> None:
    async def at_once(*_: Any) -> Any:
        return findings

    monkeypatch.setattr("pullquote.reader.analysing.analyse_beside", at_once)
    with locked(library):
        library.articles.save = lambda *_: True  # type: ignore[method-assign]
        async with desk(findings=None) as at:
            assert len(at.pane("claims").rows) == len(findings.claims)
            assert "locked" in at.status


async def test_while_a_save_waits_for_another_program_it_is_said_and_keys_are_heard(
    desk: Open, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, act = threading.Event(), Notes.act

    def waiting(self: Notes, *args: Any) -> str:
        held.wait(20)
        return act(self, *args)

    monkeypatch.setattr(Notes, "act", waiting)
    async with desk() as at:
        await at.pilot.press("n", "i", *"one")
        await at.pilot.press("ctrl+s")
        while "saving" not in wrong(at):
            await at.pilot.pause()
        await at.pilot.press(*" two", "escape")
        assert at.app.screen.query_one(TextArea).text == "one two"
        held.set()
        await at.settle()
        assert "what you wrote since is not" in wrong(at)
        assert at.notes()[0][2] == "one"
        await at.press("ctrl+s")
        assert at.notes()[0][2] == "one two"
        assert len(at.notes()) == 1


async def test_an_article_that_is_gone_from_the_library_is_said_to_be(
    desk: Open, library: Library
) -> None:
    other = Article(text="Another article, read before this one.\n", title="Other")
    library.articles.save(other)
    async with desk() as at:
        await at.press("L", "down", "down")
        library._database._connection.execute("DELETE FROM articles WHERE id = ?", (other.id,))
        await at.press("enter")
        await at.settle()
        assert "that article is not in the library any more" in at.status
        assert "quote 1/" in await at.press("n")
