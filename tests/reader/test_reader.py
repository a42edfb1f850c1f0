"""The reader, by its keys: what a reader sees after pressing them."""

from itertools import pairwise
from pathlib import Path

import pytest
from textual.widgets import Static

from pullquote.actions import keys_with
from pullquote.article import Article
from pullquote.findings import (
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    FindingKind,
    Findings,
    Quote,
    Stance,
)
from pullquote.library.store import Library
from pullquote.settings import Settings
from tests.conftest import seed_findings
from tests.reader.conftest import NARROW, Open, at_desk


async def test_n_walks_the_quotes_round_and_the_pane_follows(desk: Open) -> None:
    async with desk() as at:
        await at.press("3", "escape")
        first = await at.press("n")
        assert "Maria Zakharova · quote 1/2" in first
        assert at.focused == "“legitimate targets”"
        assert at.pane("quotes").highlighted == 0
        assert "Sergei Shoigu" in await at.press("n")
        assert at.pane("quotes").highlighted == 1
        assert "Maria Zakharova" in await at.press("n")
        assert "Sergei Shoigu" in await at.press("N")


@pytest.mark.parametrize(
    ("key", "said"),
    [("c", "claim 1/"), ("w", "warning 1/"), ("a", "actor 1/"), ("W", "warning 6/6")],
)
async def test_every_kind_has_its_key(desk: Open, key: str, said: str) -> None:
    async with desk() as at:
        assert said in await at.press(key)


async def test_the_next_mention_is_of_the_same_actor(desk: Open) -> None:
    async with desk() as at:
        await at.press("n")
        await at.press("asterisk")
        assert at.focused == "Her"


async def test_a_pane_row_leads_back_to_the_text(desk: Open) -> None:
    async with desk() as at:
        await at.press("2", "down", "enter")
        assert at.screen.article.has_focus
        assert at.focused.startswith("any deployment of foreign troops")


async def test_jumps_are_gone_back_and_forward(desk: Open) -> None:
    async with desk() as at:
        await at.press("w", "n")
        there = at.screen.article.cursor
        await at.press("ctrl+o")
        assert at.screen.article.cursor < there
        await at.press("alt+right")
        assert at.screen.article.cursor == there


async def test_the_filter_leaves_one_actor_and_is_cleared(desk: Open) -> None:
    async with desk() as at:
        await at.press("3", "escape", "n", "f")
        assert len(at.pane("quotes").rows) == 1
        assert "only Maria Zakharova" in at.status
        await at.press("F")
        assert len(at.pane("quotes").rows) == 2


async def test_a_highlight_is_saved_shown_and_undone_across_restarts(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "h")
        said = await at.press("2")
        assert "highlighted “legitimate targets” as question · u undoes it" in said
        assert at.notes() == [("“legitimate targets”", 2, "", ())]
    async with desk() as at:
        await at.press("5", "escape")
        assert len(at.pane("notes").rows) == 1
        assert "undone: highlight on “legitimate targets”" in await at.press("u")
        assert at.notes() == []
        assert "redone" in await at.press("ctrl+r")
        assert len(at.notes()) == 1


async def test_a_note_of_several_lines_is_kept_edited_and_removed(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "i")
        await at.press("o", "n", "e", "enter", "t", "w", "o")
        await at.press("f2")
        assert at.notes() == [("“legitimate targets”", 0, "one\ntwo", ())]
        await at.press("m", "i", "exclamation_mark")
        await at.press("f2")
        assert at.notes()[0][2] == "one\ntwo!"
        await at.press("m", "x")
        assert at.notes() == []


async def test_tags_are_kept_each_once(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "t")
        await at.press(*"war", "space", *"law", "space", *"war", "enter")
        assert at.notes()[0][3] == ("war", "law")


async def test_without_a_finding_an_act_applies_to_the_sentence(desk: Open) -> None:
    async with desk() as at:
        await at.press("right_curly_bracket", "h", "1")
        assert at.notes()[0][0].startswith("The possibility of Western boots")
        assert at.notes()[0][0].endswith("peaceful resolution.")


async def test_a_selection_grows_from_word_to_paragraph(desk: Open) -> None:
    async with desk() as at:
        await at.press("n")
        grown = []
        for _ in range(5):
            await at.press("V")
            selected = at.session.position.selected
            grown.append(at.session.reading.article.text[slice(*selected)])
        assert all(one in two for one, two in pairwise(grown))
        assert grown[-1].startswith("In a recent statement"), grown


async def test_a_selection_by_motions_is_highlighted(desk: Open) -> None:
    async with desk() as at:
        await at.press("v", "w", "w", "w", "enter")
        await at.press("1")
        assert at.notes()[0][0] == "France and the"
        assert not at.session.position.selecting


async def test_copying_takes_the_speaker_along(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "y")
        assert at.pilot.app.clipboard.startswith(
            "“legitimate targets”\n— Maria Zakharova, France and"
        )


async def test_export_writes_a_file_and_never_over_one(
    desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with desk() as at:
        for _ in range(2):
            await at.press("E")
            await at.press("1")
            assert "wrote" in await at.press("enter")
    assert len(list(tmp_path.glob("*.md"))) == 2


async def test_layers_are_hidden_and_shown(desk: Open) -> None:
    async with desk() as at:
        await at.press("s", "space", "escape")
        assert at.session.filters.hidden == {"quote"}


async def test_in_a_narrow_terminal_the_panes_are_a_drawer(desk: Open) -> None:
    async with desk(size=NARROW) as at:
        assert not at.pane("claims").display
        await at.press("1")
        assert at.pane("claims").display
        await at.press("escape")
        assert not at.pane("claims").display


async def test_resizing_keeps_the_reading_place(desk: Open) -> None:
    async with desk(size=(80, 13)) as at:
        await at.press("space", "space")
        before = at.screen.article.place
        await at.pilot.resize_terminal(60, 13)
        await at.settle()
        start, end = at.screen.article.wrapped.span(at.screen.article.scroll_offset.y)
        assert start <= before < end, (start, before, end)


async def test_the_place_is_kept_until_the_next_time(desk: Open) -> None:
    async with desk(size=(80, 12)) as at:
        await at.press("space", "space")
        place = at.screen.article.place
    async with desk(size=(80, 12)) as at:
        assert at.screen.article.place == place


async def test_what_is_left_without_keys_or_loses_its_key_is_so_everywhere(desk: Open) -> None:
    keymap = {"claim.next": "", "warning.next": "h"}
    async with desk(settings=Settings(keymap=keymap)) as at:
        status = await at.press("c")
        assert at.session.current is None
        assert "c claim" not in status
        assert "h highlight" not in status
        await at.press("h")
        assert at.session.current
        assert at.session.current.layer is FindingKind.WARNING
    assert keys_with(keymap)["highlight"] == keys_with(keymap)["claim.next"] == ""
    assert keys_with(keymap)["selecting.left"] == "h,left"


async def test_a_key_of_the_readers_own_works_and_the_old_one_not(desk: Open) -> None:
    async with desk(settings=Settings(keymap={"quote.next": "ctrl+n"})) as at:
        assert "quote 1/2" in await at.press("ctrl+n")
        await at.press("g")
        assert "quote 1/2" not in await at.press("n")


async def test_the_palette_has_every_act(desk: Open) -> None:
    from pullquote.actions import OF_PLUG_INS, READING

    async with desk() as at:
        titles = {command.title for command in at.pilot.app.get_system_commands(at.screen)}
        ours = {action.label for action in READING if action.id not in OF_PLUG_INS}
        assert ours <= titles


async def test_an_article_not_analysed_is_read_at_once_and_its_findings_come(
    library: Library, seed: Article
) -> None:
    async with at_desk(library, seed, None) as at:
        await at.pilot.app.workers.wait_for_complete()
        await at.settle()
        assert len(at.pane("claims").rows) == 11
    assert library.findings.of(seed.id, seed_findings().analyser) is not None


async def test_an_analysis_that_dies_is_a_line_and_reading_goes_on(
    library: Library, seed: Article
) -> None:
    async with at_desk(library, seed, None, settings=Settings(model="no_such_model")) as at:
        await at.pilot.app.workers.wait_for_complete()
        await at.settle()
        assert "the analysis failed" in at.status
        assert "Not analysed." in str(at.pane("claims").get_option_at_index(0).prompt)


async def test_markup_in_an_article_is_only_text(library: Library) -> None:
    article = Article(
        text="[@click=app.quit]He[/] said [/foo] so.\n[link=x]y[/link]", title="[/bar]"
    )
    async with at_desk(library, article, Findings(analyser="none")) as at:
        await at.press("h", "1", "5")
        assert len(at.pane("notes").rows) == 1


async def test_words_of_every_script_wrap_inside_the_column(library: Library) -> None:
    text = (
        "他说：“你好，世界。”" * 30
        + " e\u0301" * 40
        + " 👩\u200d👩\u200d👧" * 30
        + " שלום עולם" * 20
    )
    article = Article(text=text)
    async with at_desk(library, article, Findings(analyser="none"), size=(60, 30)) as at:
        widths = {
            strip.cell_length for strip in (at.screen.article.render_line(y) for y in range(20))
        }
        assert len(widths) == 1


def _told() -> tuple[Article, Findings]:
    """An article with a sure quote, a doubtful one and a thought in quotation marks."""
    text = "“We will go,” said Ann. “We may stay,” said Bob. “I am late,” he thought."
    spans = [(0, 13), (24, 38), (49, 61)]
    kind = AttributionKind.DIRECT
    sources, cues = [((19, 22),), ((44, 47),), ((62, 64),)], [((14, 18),), ((39, 43),), ((65, 72),)]
    people = [
        Actor(id="a1", name="Ann", kind=ActorKind.PERSON, mentions=((19, 22),)),
        Actor(id="a2", name="Bob", kind=ActorKind.PERSON, mentions=((44, 47), (62, 64))),
    ]
    said = [
        Attribution(
            id=f"t{number}",
            source=source,
            cue=cue,
            content=(span,),
            kind=kind,
            speaker=speaker,
            stance=stance,
            confidence=confidence,
        )
        for number, (source, cue, span, speaker, stance, confidence) in enumerate(
            zip(
                sources,
                cues,
                spans,
                ("a1", "a2", "a2"),
                (Stance.SAID, Stance.SAID, Stance.THOUGHT),
                (0.9, 0.3, 0.8),
                strict=True,
            ),
            1,
        )
    ]
    quotes = [
        Quote(
            attribution=one.id,
            content=one.content,
            kind=kind,
            speaker=one.speaker,
            confidence=one.confidence,
        )
        for one in said
    ]
    found = Findings(
        analyser="none", actors=tuple(people), attributions=tuple(said), quotes=tuple(quotes)
    )
    return Article(text=text, title="Told"), found


async def test_thoughts_come_on_request_and_doubtful_ones_go(library: Library) -> None:
    async with at_desk(library, *_told()) as at:
        await at.press("3")
        pane = at.pane("quotes")
        assert [row.who for row in pane.rows] == ["Ann", "Bob"]
        assert [row.doubtful for row in pane.rows] == [False, True]
        assert "doubtful" in str(pane.get_option_at_index(1).prompt)
        await at.press("escape", "o")
        assert [row.word for row in pane.rows] == ["direct", "direct", "direct · thought"]
        assert "no doubtful" in await at.press("o", "d")
        assert [row.who for row in pane.rows] == ["Ann"]
        await at.press("d")
        assert len(pane.rows) == 2


async def test_p_tells_why_a_finding_is_there(library: Library) -> None:
    async with at_desk(library, *_told()) as at:
        assert "no finding here" in await at.press("G", "p")
        await at.press("g", "o", "N", "p")
        shown = " ".join(str(one.content) for one in at.pilot.app.screen.query(Static))
        assert "the model of who says what · confidence 80 %" in shown
        assert "thought · direct" in shown
        assert "“he” refers back to the last fitting name: “Bob”" in shown
        assert not any(word in shown for word in ("sure to", "49–61", " at 44"))
        await at.press("escape")
        assert len(at.pilot.app.screen_stack) == 1


async def test_stopping_an_analysis_that_does_not_run_says_so(desk: Open) -> None:
    async with desk() as at:
        assert "no analysis is running" in await at.press("X")
