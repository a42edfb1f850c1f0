"""The panes: cards that open, tabs, the cast and a speaker's page, and why a pane is empty."""

from itertools import accumulate

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.article import Article
from pullquote.findings import (
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    FindingKind,
    Findings,
    Quote,
    Sourcing,
    Stance,
    Warning,
    WarningKind,
)
from pullquote.kinds import PANES, Badge
from pullquote.library.store import Library
from pullquote.notes.reading import derived
from pullquote.reader.card import Card
from pullquote.reader.heights import Heights
from pullquote.reader.listing import listing
from pullquote.reader.rows import Row
from pullquote.reader.tabs import Tabs
from tests.reader.conftest import NARROW, WIDE, Desk, Open, at_desk
from tests.reader.test_counts import _claimed
from tests.readings import texts


def _shown(at: Desk, name: str) -> list[str]:
    """The rows of the screen that a pane has, as a reader sees them, without its frame."""
    region = at.pane(name).content_region
    return [row[region.x : region.right].rstrip() for row in at.rows[region.y : region.bottom]]


def _words(at: Desk, name: str) -> str:
    """The same on one line, without the bar of the current row."""
    return " ".join(" ".join(_shown(at, name)).replace("▌", " ").split())


@pytest.mark.parametrize("width", range(5))
async def test_an_empty_pane_without_room_does_no_harm(library: Library, width: int) -> None:
    async with at_desk(
        library, Article(text="It was late."), Findings(analyser="none"), size=WIDE
    ) as at:
        pane = at.pane("warnings")
        pane.add_class("-yields")
        pane.styles.min_width, pane.styles.width = 0, width
        await at.settle()
        pane.styles.width = 30
        await at.settle()
        assert "no warnings" in _words(at, "warnings")


# --- cards


@given(
    st.lists(st.integers(1, 3), min_size=1, max_size=30),
    st.integers(0, 29),
    st.integers(1, 20),
)
def test_lines_and_rows_of_a_list_lead_to_each_other(
    closed: list[int], number: int, height: int
) -> None:
    places, here = Heights(closed), number % len(closed)
    places.open(here, height)
    heights = [height if one == here else lines for one, lines in enumerate(closed)]
    tops = [0, *accumulate(heights)]
    assert [places.top(row) for row in range(len(closed))] == tops[:-1]
    assert [places.height(row) for row in range(len(closed))] == heights
    assert len(places) == tops[-1]
    lines = [(row, line) for row, lines in enumerate(heights) for line in range(lines)]
    assert [places.at(line) for line in range(len(places))] == lines
    for line in range(len(places)):
        below = [top for top in tops[:-1] if top >= line]
        assert places.aligned(line) == (below[0] if below else line)


@given(texts, texts, st.integers(16, 60), st.sampled_from([1, 2]))
def test_a_closed_card_is_as_high_as_it_says_and_no_card_is_too_wide(
    words: str, comment: str, width: int, lines: int
) -> None:
    said = " ".join(words.split())
    noted = (((" ".join(comment.split()), ""),),)
    edge = (Badge("mixed"), Badge("✓ true"))
    for row in (
        Row(None, "●", said, "", said, cue=said, edge=edge, lines=lines),
        Row(None, "●", said, "", said, cue=said[:9], edge=edge, denied=True),
        Row(None, "", said, "", said, comment=noted),
    ):
        card = Card(row)
        closed, opened = card.closed(width), card.opened(width, 20)
        assert len(closed) == card.height(width)
        assert all(line.cell_length <= width for line in (*closed, *opened))


def test_a_card_gives_up_its_cue_then_its_kind_and_then_the_end_of_a_name() -> None:
    edge = (Badge("red line"), Badge("✓ true"))
    row = Row(None, "━", "the Foreign Ministry", "", "no", cue="said", edge=edge)
    heads = [str(Card(row).closed(width)[0]).split() for width in (60, 40, 26)]
    assert heads[0] == ["━", "the", "Foreign", "Ministry", "said", "red", "line", "✓", "true"]
    assert "said" not in heads[1]
    assert heads[2][-2:] == ["✓", "true"]
    assert "red" not in heads[2]


def test_a_denial_keeps_its_cue_where_other_cards_give_it_up() -> None:
    edge = (Badge("checkable"), Badge("indirect"), Badge("2016-08-03"))
    for width in (26, 40, 60):
        row = Row(None, "◆", "the Foreign Ministry", "", "no", cue="denied", edge=edge, denied=True)
        assert " denied " in f"{Card(row).closed(width)[0]} "


async def test_rows_wrap_to_two_lines_and_the_current_one_opens(desk: Open) -> None:
    async with desk() as at:
        await at.press("c", "c")
        assert "both countries are considering" in _words(at, "claims")
        assert "support Ukraine’s defense" in _words(at, "claims")  # it is open
        await at.press("c")
        assert "support Ukraine’s defense" not in _words(at, "claims")
        assert "hedge are said to" in _words(at, "claims")


async def test_no_card_is_cut_at_the_top_whichever_is_current(desk: Open) -> None:
    async with desk() as at:
        count = len(at.session.reading.findings.claims) if at.session.reading.findings else 0
        tops = set()
        for key in ("c",) * count + ("C",) * count:
            await at.press(key)
            first = _shown(at, "claims")[0]
            assert first.lstrip("▌ ")[0] in "●◆◐▤○?", first
            tops.add(first)
        assert len(tops) > 2


async def test_the_verdict_stands_at_the_edge_and_its_evidence_below(desk: Open) -> None:
    async with desk() as at:
        await at.press("c", "r", "1")
        await at.press("l", *"https://e.org", "enter", "enter", "enter", "enter")
        await at.press("escape")
        rows = _shown(at, "claims")
        assert rows[0].endswith("✓ true +1")
        assert any("evidence  https://e.org" in row for row in rows)


async def test_a_long_list_goes_to_its_end_and_back(library: Library) -> None:
    words = "The town said that it would pay. "
    claims = tuple(
        Claim(
            content=((at, at + 31),),
            sourcing=Sourcing.INSTITUTION,
            commitment=Commitment.ASSERTED,
            id=f"c{number}",
        )
        for number, at in enumerate(range(0, 635 * len(words), len(words)))
    )
    article = Article(text=words * 635)
    async with at_desk(library, article, Findings(analyser="made", claims=claims)) as at:
        await at.press("1", "end")
        here = at.session.current
        assert here is not None
        assert here.start == claims[-1].content[0][0]
        assert any(row.startswith("▌") for row in _shown(at, "claims"))
        await at.press("home", "pagedown", "k")
        pane = at.pane("claims")
        assert 0 < (pane.highlighted or 0) < 20
        assert pane.scroll_offset.y < 60


async def test_g_and_capital_g_go_to_the_ends_of_the_list_in_a_pane(desk: Open) -> None:
    async with desk(size=WIDE) as at:
        place = at.screen.article.scroll_offset.y
        await at.press("1")
        claims = at.pane("claims")
        for last, first in (("G", "g"), ("end", "home")):
            await at.press(last)
            assert claims.highlighted == len(claims.rows) - 1
            await at.press(first)
            assert claims.highlighted == 0
        assert at.screen.article.scroll_offset.y == place  # of the first claim


async def test_while_words_are_selected_no_row_is_the_current_one(desk: Open) -> None:
    async with desk(size=WIDE) as at:
        await at.press("c")
        claims = at.pane("claims")
        number = claims.highlighted
        assert number is not None
        await at.press("v", "w")
        assert claims.highlighted is None
        await at.press("escape", "1", "down", "v", "w")
        assert claims.highlighted is None


async def test_cards_fit_the_screen_that_it_becomes(desk: Open) -> None:
    async with desk(size=NARROW) as at:
        await at.press("n", "1", "escape")
        for size in ((120, 36), (160, 45), (110, 30), (121, 20), NARROW):
            await at.pilot.resize_terminal(*size)
            await at.settle()
            assert any("Maria Zakharova" in row for row in at.rows)
            if size[0] >= 120:
                assert "such a move would turn" in _words(at, "claims")


async def test_no_row_is_marked_in_a_pane_that_has_none_of_what_a_key_went_to(desk: Open) -> None:
    async with desk() as at:
        await at.press("2", "j", "j")
        pane = at.pane("warnings")
        assert pane.highlighted == 2
        await at.press("a")
        assert (pane.has_focus, pane.highlighted) == (True, None)
        await at.press("k")  # back to where the reader was in it
        assert pane.highlighted == 2
        await at.press("k")
        assert pane.highlighted == 1


async def test_an_act_in_a_pane_is_of_what_a_key_went_to_that_has_no_row_there(desk: Open) -> None:
    async with desk() as at:
        await at.press("2", "c")  # the first claim is no warning
        assert "claim 1/11" in at.status
        claim = at.focused
        await at.press("h", "1")
        await at.press("j")
        assert "warning" in at.status
        warning = at.focused
        await at.press("h", "2")
        assert [(exact, kind) for exact, kind, *_ in at.notes()] == [(claim, 1), (warning, 2)]


# --- tabs


async def test_a_narrow_screen_has_a_row_of_tabs_that_can_be_clicked(desk: Open) -> None:
    async with desk(size=NARROW) as at:
        assert at.rows[-2].strip().startswith("1 Claims 11 │ 2 Warnings 6 │ 3 Quotes 2 │ 4 Cast 21")
        await at.press("n")
        await at.pilot.click(Tabs, offset=(17, 0))
        await at.settle()
        assert at.pane("warnings").has_focus
        assert "2 Warnings 6" in at.title("warnings")
        _, row = at.cell(at.session.position.cursor)
        assert 0 <= row < at.screen.article.size.height  # what it is about is to be seen


async def test_a_wide_screen_has_tabs_of_the_panes_that_are_not_shown(desk: Open) -> None:
    async with desk() as at:
        tabs = at.screen.query_one(Tabs).region
        assert at.rows[tabs.y][tabs.x :].split()[:2] == ["3", "Quotes"]
        await at.press("3")
        assert "1 Claims 11" in at.rows[at.screen.query_one(Tabs).region.y]


async def test_every_tab_is_to_be_seen_beside_a_wide_column_of_text(desk: Open) -> None:
    async with desk() as at:
        await at.press("=", "=", "=", "4")
        tabs = at.screen.query_one(Tabs).region
        shown = [row[tabs.x :].strip() for row in at.rows[tabs.y : tabs.bottom]]
        assert shown == ["1 Claims 11 │ 2 Warnings 6", "3 Quotes 2 │ 5 Notes │ 6 Replies"]


# --- the cast


async def test_the_cast_is_by_what_they_say_and_who_is_only_mentioned_is_folded(desk: Open) -> None:
    async with desk() as at:
        await at.press("4")
        names = [row.who for row in at.pane("actors").rows]
        assert names[0] == "Maria Zakharova"
        assert names[-1] == "13 more are mentioned"
        assert "France" not in names
        assert at.title("actors") == "4 Cast 21"
        assert "▮▯" in _shown(at, "actors")[0]
        await at.press("end", "enter")
        assert "France" in [row.who for row in at.pane("actors").rows]
        assert at.pane("actors").has_focus
        await at.press("enter")
        assert "France" not in [row.who for row in at.pane("actors").rows]


def _told_of(count: int) -> tuple[Article, Findings]:
    article, found = _claimed()
    more = [
        msgspec.structs.replace(found.claims[0], id=f"x{number}", attribution=None)
        for number in range(count)
    ]
    claims = (*found.claims, *more)
    return article, msgspec.structs.replace(found, claims=claims)


async def test_bars_are_shares_where_somebody_says_more_than_they_have_room_for(
    library: Library,
) -> None:
    async with at_desk(library, *_told_of(100)) as at:
        await at.press("4")
        first, second = (row.edge[-1].words for row in at.pane("actors").rows[:2])
        assert len(first) <= 7
        assert second == "▮▯"


async def test_enter_opens_all_that_somebody_says_and_esc_leads_back(desk: Open) -> None:
    async with desk() as at:
        await at.press("4", "enter")
        page = at.pane("speaker")
        assert page.has_focus
        assert at.title("speaker") == "Maria Zakharova 1 · Esc: the cast"
        assert "the Ministry’s spokesperson" in _words(at, "speaker")
        assert "kesperson Maria Zakharova, the Ministry’s spokesperson, warned" in _words(
            at, "speaker"
        )
        await at.press("j", "r", "1")
        assert "● warned" in _words(at, "speaker")
        assert "✓ true" in _words(at, "speaker")
        assert at.focused.startswith("such a move would turn")
        await at.press("escape")
        assert at.pane("actors").has_focus
        await at.press("escape")
        assert at.screen.article.has_focus


async def test_a_colon_behind_a_name_is_no_word_of_saying_in_a_row(library: Library) -> None:
    text = "From the hearing\n\nSILVA: It was closed.\n\nCOLE: It was open, I said so twice."
    starts = [(name, text.index(name)) for name in ("SILVA", "COLE")]
    actors = tuple(
        Actor(id=name, name=name.title(), kind=ActorKind.PERSON, mentions=((at, at + len(name)),))
        for name, at in starts
    )
    said = tuple(
        Attribution(
            id=f"t{name}",
            source=((at, at + len(name)),),
            cue=((at + len(name), at + len(name) + 1),),
            content=((at + len(name) + 2, (text + "\n").index("\n", at)),),
            kind=AttributionKind.DIRECT,
            stance=Stance.SAID,
            speaker=name,
        )
        for name, at in starts
    )
    quotes = tuple(
        Quote(attribution=t.id, content=t.content, kind=t.kind, speaker=t.speaker, id=f"q{t.id}")
        for t in said
    )
    found = Findings(analyser="pullquote/1", actors=actors, attributions=said, quotes=quotes)
    async with at_desk(library, Article(text=text), found) as at:
        await at.press("3")
        assert "Silva direct It was closed." in " ".join(_words(at, "quotes").split("“ "))
        await at.press("escape", "n", "enter")
        assert "“ quote direct It was closed." in _words(at, "speaker")


async def test_a_fear_is_called_so_once_in_its_row(library: Library) -> None:
    text = "Cole and Silva fear a flood."
    place = text.index("a flood")
    said = Attribution(
        id="t1",
        source=((0, 14),),
        cue=((15, 19),),
        content=((place, place + 7),),
        kind=AttributionKind.INDIRECT,
        stance=Stance.FELT,
    )
    fear = Warning(id="w1", attribution="t1", span=said.content, kind=WarningKind.FEAR)
    found = Findings(analyser="pullquote/1", attributions=(said,), warnings=(fear,))
    async with at_desk(library, Article(text=text), found) as at:
        await at.press("o", "2")
        assert _words(at, "warnings").count("fear") == 1


async def test_enter_in_the_text_opens_the_page_of_who_speaks_there(desk: Open) -> None:
    async with desk() as at:
        assert "nobody named here" in await at.press("c", "enter")
        await at.press("n", "n", "enter")
        assert at.title("speaker").startswith("Sergei Shoigu")


async def test_a_speaker_who_was_corrected_away_is_missed_on_their_page(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "enter")
        reading = at.session.reading
        gone = msgspec.structs.replace(reading.findings, actors=(), quotes=(), claims=())
        at.session.renew(derived(reading.article, gone, ()))
        await at.settle()
        assert "They are not in this article any more" in _words(at, "speaker")


async def test_on_a_vast_screen_the_cast_is_listed_once(desk: Open) -> None:
    async with desk(size=(160, 45)) as at:
        await at.press("4")
        assert at.screen.focused.id == "rail-actors"
        assert not at.pane("actors").display
        await at.press("enter")
        assert at.pane("speaker").has_focus
        await at.press("escape")
        assert at.screen.focused.id == "rail-actors"
        assert at.pane("claims").display


async def test_a_cast_that_was_open_goes_to_the_rail_when_there_is_one(desk: Open) -> None:
    async with desk() as at:
        await at.press("4")
        await at.pilot.resize_terminal(160, 45)
        await at.settle()
        assert not at.pane("actors").display
        assert at.pane("claims").display


@pytest.mark.parametrize("small", [(52, 14), (84, 20), (110, 30)])
async def test_a_much_larger_screen_has_the_cast_filled_and_tabs_for_the_rest(
    desk: Open, small: tuple[int, int]
) -> None:
    async with desk(size=small) as at:
        await at.pilot.resize_terminal(200, 50)
        await at.settle()
        assert at.pane("rail-actors").count == 21
        assert [tab.id for tab in at.screen.query_one(Tabs).tabs] == ["quotes", "notes", "replies"]


# --- nothing to list


async def test_a_pane_without_rows_leaves_its_room_to_the_one_that_has_some(desk: Open) -> None:
    async with desk() as at:
        claims, warnings = at.pane("claims"), at.pane("warnings")
        both = claims.size.height
        reading = at.session.reading
        found = msgspec.structs.replace(reading.findings, warnings=())
        at.session.renew(derived(reading.article, found, ()))
        at.screen.show()
        await at.settle()
        assert warnings.size.height < 6
        assert claims.size.height > both + 6
        assert any("There are no warnings here" in row for row in at.rows)
        at.session.renew(derived(reading.article, msgspec.structs.replace(found, claims=()), ()))
        at.screen.show()
        await at.settle()
        assert claims.size.height == both


async def test_a_pane_with_few_rows_leaves_room_to_the_one_that_has_many(desk: Open) -> None:
    async with desk() as at:
        claims, warnings = at.pane("claims"), at.pane("warnings")
        both = claims.size.height
        reading = at.session.reading
        assert reading.findings
        one = msgspec.structs.replace(reading.findings, warnings=reading.findings.warnings[-1:])
        at.session.renew(derived(reading.article, one, ()))
        at.screen.show()
        await at.settle()
        await at.press("w")
        assert claims.size.height > both
        assert len(_shown(at, "warnings")) >= 4  # the open card is seen whole
        assert not warnings.show_vertical_scrollbar or warnings.max_scroll_y == 0
        few = msgspec.structs.replace(one, claims=one.claims[:1])
        at.session.renew(derived(reading.article, few, ()))
        at.screen.show()
        await at.settle()
        assert claims.size.height == both


async def test_before_the_analysis_begins_nothing_is_said_to_be_missing(desk: Open) -> None:
    async with desk() as at:
        session = at.session
        session.renew(derived(session.reading.article, None, ()))
        assert "Still reading" in listing(session, PANES[0]).empty
        session.progress = "analysis stopped"
        assert "Not analysed" in listing(session, PANES[0]).empty


async def test_a_pane_that_lists_a_part_of_a_kind_does_not_say_that_there_is_none(
    desk: Open,
) -> None:
    async with desk() as at:
        claims = next(pane for pane in PANES if pane.kind.layer is FindingKind.CLAIM)
        none = claims._replace(lists=lambda reading, one: False)
        assert listing(at.session, none).empty != claims.kind.empty
        assert listing(at.session, none._replace(empty="None is open.")).empty == "None is open."


async def test_why_there_is_none_is_to_be_read_to_its_end(library: Library) -> None:
    async with at_desk(library, Article(text="It rained."), Findings(analyser="made")) as at:
        assert _words(at, "claims").endswith("then e adds a claim.")
        await at.press("5")
        assert _words(at, "notes").endswith("r gives a verdict.")


def test_each_kind_says_in_whole_sentences_why_there_is_none_and_what_to_do() -> None:
    for pane in PANES:
        assert pane.kind.empty.count(".") >= 2


# --- notes


async def test_a_note_has_a_chip_of_its_kind_its_words_and_the_comment_as_markdown(
    desk: Open,
) -> None:
    async with desk() as at:
        await at.press("n", "h", "1", "i", *"see:", "enter", "enter", *"- *one*", "ctrl+s", "5")
        (row,) = at.pane("notes").rows
        assert (row.glyph, row.who) == ("1", "important")
        assert "$chip-1" in row.manner
        assert _shown(at, "notes")[:4] == [
            "▌1 important",
            "▌  “legitimate targets”",
            "▌  see:",
            "▌  • one",
        ]


async def test_a_highlight_with_a_verdict_has_its_chip_at_the_edge(desk: Open) -> None:
    async with desk() as at:
        await at.press("c", "r", "1", "h", "2", "5")
        (row,) = at.pane("notes").rows
        assert row.who == "✓ true"
        assert row.edge[-1].words == "question"
