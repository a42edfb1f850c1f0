"""What all dialogs promise: nothing typed is lost, every key is safe, ctrl+s saves."""

from collections.abc import Callable
from typing import Any
from unittest.mock import AsyncMock

import pytest
from textual import events
from textual.app import App
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, OptionList, TextArea

from pullquote.library.store import Library
from pullquote.notes.evidence import Evidences
from pullquote.notes.reading import LAYERS
from pullquote.reader import screen
from pullquote.reader.choice import Choice
from pullquote.reader.dialogs import Dialog, Layers, Line, Note
from pullquote.reader.evidence_form import EvidenceForm
from pullquote.reader.fitting import best
from pullquote.reader.forms import Mentions, Sift, Tags
from pullquote.reader.showing import words as place_of_words
from tests.reader.conftest import NARROW, WIDE, Open
from tests.reader.test_correcting import choose, row
from tests.reader.test_guarded import dialog, wrong


async def _none() -> tuple[str, ...]:
    return ()


async def _saved(_: object) -> str:
    return ""


def _names(count: int) -> list[str]:
    return [f"row {number}" for number in range(count)]


LISTS: dict[str, Callable[[int], Screen[Any]]] = {
    "choice": lambda count: Choice("one of", _names(count)),
    "layers": lambda count: Layers([*LAYERS, *LAYERS, *LAYERS][:count], frozenset()),
    "mentions": lambda count: Mentions("which", _names(count), frozenset()),
    "sift": lambda count: Sift({"group": _names(count)}, {"group": frozenset()}),
    "tags": lambda count: Tags("tags", (), _none),
}


@pytest.mark.parametrize("count", [0, 1, 2, 3, 12])
@pytest.mark.parametrize("name", LISTS)
async def test_page_keys_are_safe_in_every_list_however_short(name: str, count: int) -> None:
    app: App[None] = App()
    async with app.run_test(size=(60, 12)) as pilot:
        screen = LISTS[name](count)
        app.push_screen(screen)
        await pilot.pause()
        rows = screen.query_one(OptionList)
        for shown in (True, False):  # a list may have no room on the screen
            rows.display = shown
            await pilot.pause()
            for act in (
                "page_down",
                "page_up",
                "last",
                "page_down",
                "first",
                "page_up",
                "cursor_down",
                "cursor_up",
            ):
                await rows.run_action(act)
            await pilot.press("pagedown", "pageup", "end", "home")
        assert app.screen is screen


class _Nothing:
    """The evidence for a claim that has none yet."""

    evidence: Evidences = ()

    async def offered(self, typed: str) -> tuple[()]:
        return ()


TYPED: dict[str, Callable[[], Screen[Any]]] = {
    "note": lambda: Note("note", ""),
    "line": lambda: Line("line", "", ""),
    "tags": lambda: Tags("tags", (), _none),
    "evidence": lambda: EvidenceForm("claim", _Nothing()),  # type: ignore[arg-type]
}


def _typed(screen: Screen[Any]) -> str:
    found = (
        screen.query(TextArea).first() if screen.query(TextArea) else screen.query(Input).first()
    )
    return found.text if isinstance(found, TextArea) else found.value


@pytest.mark.parametrize("name", TYPED)
async def test_escape_asks_before_it_drops_what_was_typed(name: str) -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        screen = TYPED[name]()
        app.push_screen(screen)
        await pilot.pause()
        await pilot.press(*"half", "escape")
        assert app.screen is screen
        await pilot.press("n")  # an answer to the question, and no letter of the note
        assert _typed(screen) == "half"
        await pilot.press("s", "escape", "left", "escape")
        assert app.screen is screen  # every time anew
        assert _typed(screen) == "halfs"
        app.post_message(events.Paste(" pasted"))
        await pilot.pause()
        assert sorted(_typed(screen)) == sorted("halfs pasted")
        await pilot.press("escape", "escape")
        assert app.screen is not screen


@pytest.mark.parametrize("name", TYPED)
async def test_escape_leaves_at_once_where_nothing_was_typed(name: str) -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        app.push_screen(TYPED[name]())
        await pilot.pause()
        await pilot.press("escape")
        assert len(app.screen_stack) == 1


async def test_ctrl_q_does_not_drop_what_was_typed_either(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "i", *"half", "ctrl+q")
        assert at.app.is_running
        assert _typed(dialog(at)) == "half"
        await at.press("ctrl+s")
        assert at.notes()[0][2] == "half"


@pytest.mark.parametrize(
    ("name", "typed", "begun", "found"),
    [
        ("substring", "kopolyan", "", "Zoë Akopolyan"),
        ("accents", "zoe", "", "Zoë Akopolyan"),
        ("initials", "za", "", "Zoë Akopolyan"),
        ("capitals", "ÉCOLE", "", "École normale"),
    ],
)
async def test_a_long_list_is_filtered_by_what_is_typed(
    name: str, typed: str, begun: str, found: str
) -> None:
    app: App[None] = App()
    names = [*_names(20), "Zoë Akopolyan", "École normale", *_names(20)]
    async with app.run_test() as pilot:
        answers: list[int | None] = []
        app.push_screen(Choice("who", names), answers.append)
        await pilot.pause()
        await pilot.press(*typed)
        await pilot.press("enter")
        assert [names[answer] for answer in answers if answer is not None] == [found]


async def test_a_dialog_answers_once_however_often_it_is_told_to() -> None:
    """A double click, or Enter twice, comes as two answers; the second finds the dialog gone."""
    app: App[None] = App()
    answers: list[int | None] = []
    async with app.run_test(size=(60, 12)) as pilot:
        choice = Choice("one of", _names(3))
        app.push_screen(choice, answers.append)
        await pilot.pause()
        choice.action_choose(1)
        choice.action_choose(2)
        await pilot.pause()
        assert app.screen is app.screen_stack[0]
    assert answers == [1]


async def test_in_a_filtered_list_a_digit_chooses_the_row_that_it_stands_at() -> None:
    app: App[None] = App()
    names = [*_names(20), "Ann Lee", "Ann Cole"]
    async with app.run_test() as pilot:
        answers: list[int | None] = []
        app.push_screen(Choice("who", names), answers.append)
        await pilot.pause()
        await pilot.press(*"ann", "2")
        assert answers == [21]
        app.push_screen(Choice("who", names), answers.append)
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        assert answers == [21, 2]
        app.push_screen(Choice("who", names), answers.append)
        await pilot.pause()
        await pilot.press(*"nobody", "enter", "1", "escape")
        assert answers == [21, 2, None]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("uk", ["United Kingdom"]),
        ("", ["Ann Lee", "United Kingdom", "Sergei Shoigu", "Another speaker …"]),
        ("ku", []),
        ("an", ["Ann Lee", "Another speaker …"]),  # what begins with it is better than what has it
        ("shoygu", ["Sergei Shoigu"]),  # as another agency spells it
        ("sh", ["Sergei Shoigu"]),
        ("another sp", ["Another speaker …"]),
    ],
)
def test_what_is_typed_finds_beginnings_initials_and_the_like(typed: str, found: list[str]) -> None:
    names = ["Ann Lee", "United Kingdom", "Sergei Shoigu", "Another speaker …"]
    assert [names[index] for index in best(typed, names)] == found


def test_names_are_found_before_the_other_choices_that_fit_as_well() -> None:
    assert best("an", ["Another speaker …", "Ann Lee"], first=1) == [1, 0]


async def test_another_speaker_is_two_letters_away(desk: Open) -> None:
    async with desk() as at:
        await at.press("3", "escape", "n", "e", *"sh", "enter")
        assert "Sergei Shoigu" in row(at, "quotes", 0)
        assert "speaker: Sergei Shoigu" in at.status


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45)])
@pytest.mark.parametrize(
    "keys",
    [["n", "p"], ["n", "e"], ["w", "p"], ["w", "w", "i"], ["c", "r"], ["G", "h"], ["c", "l"]],
)
async def test_a_dialog_does_not_lie_over_the_words_nor_dims_them(
    desk: Open, size: tuple[int, int], keys: list[str]
) -> None:
    async with desk(size=size) as at:
        await at.press(*keys[:-1])
        words = place_of_words(at.screen)
        before = [row[words.x : words.right] for row in at.rows[words.y : words.bottom]]
        style = at.app.screen.get_style_at(words.x + 4, words.y)
        await at.press(keys[-1])
        box = at.app.screen.query_one(".box").region
        assert not box.overlaps(words)
        assert at.rows[box.bottom - 1][box.x] == "╰"  # all of it is on the screen
        assert [row[words.x : words.right] for row in at.rows[words.y : words.bottom]] == before
        assert at.app.screen.get_style_at(words.x + 4, words.y).color == style.color


async def test_highlights_are_offered_in_their_colours_and_the_one_it_has_is_ticked(
    desk: Open,
) -> None:
    async with desk() as at:
        await at.press("n", "h", "2", "m", "h")
        rows = at.app.screen.query_one(OptionList).region
        grounds = {at.app.screen.get_style_at(rows.x + 2, rows.y + n).bgcolor for n in range(5)}
        assert len(grounds) == 5
        assert "✓ question" in at.rows[rows.y + 1]


async def test_evidence_is_saved_when_it_is_entered_and_undone_one_by_one(
    desk: Open, library: Library
) -> None:
    async with desk() as at:
        await at.press("c", "l", *"https://e.org/a", "enter", "enter", "enter")
        await at.press(*"https://e.org/b", "ctrl+s", "escape")
        urls = [one.url for one in at.session.reading.annotations[0].evidence]
        assert urls == ["https://e.org/a", "https://e.org/b"]
        assert (
            library.notes.of(at.session.reading.article.id)[0].evidence[0].url == "https://e.org/a"
        )
        await at.press("u")
        assert [one.url for one in at.session.reading.annotations[0].evidence] == [
            "https://e.org/a"
        ]
        await at.press("ctrl+r", "l", "ctrl+d", "escape")
        assert [one.url for one in at.session.reading.annotations[0].evidence] == [
            "https://e.org/a"
        ]
        assert "1 link for" in at.session.done  # the bar may tell what a check found by now
        await at.press("u")
        assert len(at.session.reading.annotations[0].evidence) == 2


async def test_who_says_it_begins_with_those_who_say_most_and_marks_who_it_is_now(
    desk: Open,
) -> None:
    async with desk() as at:
        await at.press("n", "e", "1")
        options = dialog(at).query_one(OptionList)
        prompts = [str(one.prompt) for one in options.options]
        speakers = {one.speaker for one in at.session.reading.findings.quotes}
        names = {at.session.reading.findings.actor(one).name for one in speakers if one}
        assert any("✓ Maria Zakharova" in one for one in prompts)
        firsts = " ".join(prompts[: len(prompts) // 2])
        assert all(name in firsts for name in names)
        assert "already" in await choose(at, "✓")
        assert at.notes() == []


async def test_acts_say_what_they_were_done_to(desk: Open) -> None:
    async with desk() as at:
        assert "highlighted “legitimate targets” as important · u undoes it" in await at.press(
            "n", "h", "1"
        )
        assert "tagged “legitimate targets” #war" in await at.press("t", *"war", "enter")
        assert "note on “legitimate targets”" in await at.press("i", *"so", "ctrl+s")
        assert "copied “legitimate targets”" in await at.press("y")
        assert "removed the note on “legitimate targets”" in await at.press("m", "x")


async def test_in_the_notes_pane_x_removes_the_row_and_says_so_and_tags_are_repeated(
    desk: Open,
) -> None:
    async with desk() as at:
        await at.press("c", "h", "1", "c", "h", "2", "c", "h", "3")
        await at.press("5", "home", "space", "t", *"war", "enter")
        assert [tags for *_, tags in at.notes()] == [("war",), (), ()]
        await at.press("full_stop")
        assert "war" in at.notes()[1][3]
        said = await at.press("5", "5", "end", "x")
        assert "removed the highlight on “" in said
        assert [highlight for _, highlight, *_ in at.notes()] == [1, 2]


async def test_a_verdict_with_a_note_still_shows_its_claim(desk: Open) -> None:
    async with desk() as at:
        await at.press("c", "r", "3", "i", *"they differ", "ctrl+s", "5")
        shown = row(at, "notes", 0)
        assert "they differ" in shown
        assert at.session.reading.annotations[0].target.exact[:20] in shown


async def test_from_an_article_of_the_library_a_key_leads_back_to_where_one_was(
    desk: Open, library: Library
) -> None:
    from pullquote.article import Article

    other = Article(text="Another text altogether.\n\nWith two paragraphs.", title="Other")
    library.articles.save(other)
    async with desk(size=(80, 14)) as at:
        first = at.session.reading.article.id
        await at.press("G")
        place = at.screen.article.place
        await at.press("L", *"altogether", "enter")
        await at.settle()
        assert at.session.reading.article.id == other.id
        await at.press("ctrl+o")
        await at.settle()
        assert at.session.reading.article.id == first
        assert at.screen.article.place == place


async def test_an_export_that_cannot_be_written_keeps_its_dialog(desk: Open, tmp_path: Any) -> None:
    async with desk() as at:
        await at.press("E", "1")
        line = f"{tmp_path}/nowhere/at all/a.md"
        at.app.screen.query_one(Input).value = line
        await at.press("enter")
        assert "cannot be written" in wrong(at)
        assert at.app.screen.query_one(Input).value == line


async def test_a_dialog_has_a_line_of_what_is_wrong_only_while_something_is(desk: Open) -> None:
    async with desk() as at:
        await at.press("c", "l")
        told = dialog(at).query_one(".message")
        assert not told.display
        await at.press(*"example.org", "enter")
        assert told.display
        await at.press("ctrl+u", *"https://e.org", "ctrl+s")
        assert not told.display


async def test_a_dialog_that_opens_saves_the_place_and_then_nothing_is_painted_behind_it(
    desk: Open, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "_PLACE_EVERY", 0.05)
    async with desk(size=(80, 24)) as at:
        await at.press("G")
        article = at.session.reading.article.id
        await at.press("?")
        await at.pilot.app.workers.wait_for_complete()
        assert library.articles.place(article) == at.session.bookmark.top > 0
        saved: list[object] = []
        monkeypatch.setattr(at.session.bookmark, "save", AsyncMock(side_effect=saved.append))
        await at.pilot.pause(0.3)
        assert not saved
        await at.press("escape")
        await at.pilot.pause(0.3)
        assert saved


@pytest.mark.parametrize("size", [WIDE, (160, 45), (200, 50)])
@pytest.mark.parametrize("going", [[], ["n"], ["w", "w"], ["c", "c", "c"], ["W"]], ids="".join)
@pytest.mark.parametrize("key", ["question_mark", "p"])
async def test_help_and_why_hide_neither_the_line_nor_the_rows_of_the_panes(
    desk: Open, size: tuple[int, int], going: list[str], key: str
) -> None:
    async with desk(size=size) as at:
        await at.press("N", *going)
        words = place_of_words(at.screen)
        await at.press(key)
        box = at.app.screen.query_one(".box").region
        assert not box.overlaps(words)
        panes = [one for one in (*at.screen.rail.shown, *at.screen.panes.shown) if one.display]
        assert panes
        assert not any(box.overlaps(pane.region) for pane in panes)


async def test_the_help_has_room_for_keys_where_the_line_is_in_the_middle(desk: Open) -> None:
    """On the smallest screen that is over the line: there are too few rows on either side."""
    async with desk(size=NARROW) as at:
        at.screen.article.scroll_to(y=0, animate=False)
        await at.press("n", "question_mark")
        assert at.app.screen.query_one(".box").region.height >= 14


async def test_why_is_as_high_as_what_it_says(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "p")
        page = at.app.screen.query_one(VerticalScroll)
        assert page.virtual_size.height == page.size.height > len(at.app.screen.query(".what"))


@pytest.mark.parametrize("small", [(20, 5), (1, 1)])
async def test_a_dialog_lies_beside_its_words_again_when_the_window_has_its_size_back(
    desk: Open, small: tuple[int, int]
) -> None:
    async with desk(size=NARROW) as at:
        await at.press("r")
        dialog = at.app.screen
        assert isinstance(dialog, Dialog)
        before = dialog.query_one(".box").region
        for size in (small, NARROW):
            await at.pilot.resize_terminal(*size)
            await at.settle()
        words = dialog.words()
        assert words is not None
        assert not words.overlaps(dialog.query_one(".box").region)
        assert dialog.query_one(".box").region == before
