"""The page: what stands above the text, in its gutter, behind its lines and at its right edge."""

import msgspec
import pytest
from textual.strip import Strip

from pullquote.article import Article, Part, PartKind
from pullquote.findings import Findings
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate
from pullquote.reader import styling
from pullquote.reader.article_view import FRAME
from tests.reader.conftest import Desk, Open, at_desk
from tests.reader.test_correcting import choose
from tests.reader.test_reader import _told

NONE = Findings(analyser="none")


def gutter(at: Desk, words: str) -> str:
    """The gutter of the line on which `words` begin."""
    view = at.screen.article
    line = view.wrapped.line(view.text.index(words))
    strip = Strip(view._build(line, view.size.width - 1))
    return strip.text[view._margin : view._margin + styling.GUTTER]


def line(at: Desk, words: str) -> str:
    """The line on which `words` begin, as it is painted."""
    view = at.screen.article
    number = view.wrapped.line(view.text.index(words))
    return Strip(view._build(number, view.size.width - 1)).text


async def test_headline_facts_and_one_rule_stand_above_the_text(desk: Open) -> None:
    async with desk() as at:
        rows = [row[: at.screen.article.size.width - 1].strip() for row in at.rows[:7]]
        assert rows[1] == "France and the United Kingdom explore sending troops to Ukraine"
        assert rows[2].startswith("about ")
        assert rows[2].endswith("2 quotes · 11 claims · 6 warnings")
        assert set(rows[3]) == {"─"}
        assert rows[0] == rows[4] == ""
        await at.press("j", "j", "j", "g")
        assert "explore sending troops" in at.rows[1]


async def test_the_text_stays_where_it_is_when_the_analysis_is_through(library: Library) -> None:
    article = Article(text="One two.\nThree.", title="Talks fail", byline="Jane Doe")
    async with at_desk(library, article, None) as at:
        before = at.cell(article.text.index("Three"))
        await at.settle()
        assert at.cell(article.text.index("Three")) == before


NEWS = (
    "Two towns wait for a bridge.",
    "The old one was closed in May.",
    "A ferry at dawn, seen from the old bridge. Photograph: Kim Park",
    "The council said on Monday that it would decide soon.",
    "“We have waited for ten years, and our children have grown up on this side of the water.”",
    "Nobody else spoke.",
)


def _part(kind: PartKind, words: str, by: str = "") -> Part:
    start = "\n".join(NEWS).index(words)
    return Part(kind, start, start + len(words), by)


def _rows(at: Desk) -> list[str]:
    """The rows of the text's column."""
    view = at.screen.article
    left = view.region.x + view._margin + styling.GUTTER
    return [row[left : left + view.wrapped.width].rstrip() for row in at.rows]


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_the_standfirst_stands_above_the_rule_and_captions_are_set_in(
    library: Library, size: tuple[int, int]
) -> None:
    article = Article(
        text="\n".join(NEWS),
        title="A bridge too late",
        byline="Ann Lee",
        parts=(
            _part(PartKind.STANDFIRST, NEWS[0]),
            _part(PartKind.CAPTION, NEWS[2]),
            _part(PartKind.QUOTED, NEWS[4], "Ann Cole"),
        ),
    )
    async with at_desk(library, article, NONE, size=size) as at:
        column = _rows(at)
        assert column[1:4] == ["A bridge too late", NEWS[0], "Ann Lee"]
        assert column[4].startswith("about 1 minute")
        assert set(column[5]) == {"─"}
        assert column[7] == NEWS[1]
        assert column[9].startswith("    A ferry at dawn")
        second = next(row for row in column if "other" not in row and "grown up" in row)
        assert second.startswith("    ")
        view = at.screen.article
        assert {"standfirst", "caption"} <= {
            look.name for over in view._painted.values() for _, look in over
        }
        await at.press("G", "g")
        assert _rows(at) == column


async def test_what_is_pointed_at_in_a_caption_is_the_word_there(library: Library) -> None:
    article = Article(text="\n".join(NEWS), parts=(_part(PartKind.CAPTION, NEWS[2]),))
    async with at_desk(library, article, NONE) as at:
        row = next(number for number, words in enumerate(at.rows) if "A ferry" in words)
        await at.pilot.click(offset=(at.rows[row].index("ferry") + 1, row), times=2)
        await at.settle()
        assert at.selection == "ferry"


async def test_a_headline_in_the_text_stands_above_the_rule(library: Library) -> None:
    article = Article(text="Talks fail\nNobody came.", title="Talks fail", headings=((0, 10),))
    async with at_desk(library, article, NONE) as at:
        rows = _rows(at)
        assert rows[1:3] == ["Talks fail", "about 1 minute"]
        assert rows.count("Talks fail") == 1


async def test_in_a_transcript_the_name_of_who_speaks_is_a_line_of_its_own(
    library: Library,
) -> None:
    said = ("PENCE: I will not be there.", "HARRIS (laughs): Why is that?", "I did ask.",
            "PENCE: It was June.", "HARRIS: It was not.")  # fmt: skip
    async with at_desk(library, Article(text="\n".join(said)), NONE) as at:
        rows = _rows(at)
        at_name = rows.index("PENCE:")
        assert rows[at_name + 1] == "I will not be there."
        assert rows[at_name + 3 : at_name + 5] == ["HARRIS (laughs):", "Why is that?"]
        assert rows[at_name + 6] == "I did ask."


async def test_two_letters_that_take_turns_stay_in_their_lines(library: Library) -> None:
    said = ("Q. A snail?", "A. A snail.", "Q. Where?", "A. There.")
    async with at_desk(library, Article(text="\n".join(said)), NONE) as at:
        assert said[0] in _rows(at)


@pytest.mark.parametrize(
    ("size", "columns"),
    [((80, 24), (70, 70)), ((120, 36), (66, 70)), ((160, 45), (72, 80)), ((200, 50), (80, 84))],
)
async def test_the_column_is_chosen_before_the_panes_get_their_share(
    desk: Open, size: tuple[int, int], columns: tuple[int, int]
) -> None:
    async with desk(size=size) as at:
        view = at.screen.article
        assert columns[0] <= view.wrapped.width <= columns[1]
        assert view.size.width - view.wrapped.width >= FRAME
        if size[0] >= 120:
            assert at.screen.panes.size.width >= 40
            assert at.screen.panes.region.right == size[0]
        if size[0] >= 160:
            assert at.screen.rail.size.width == max(28, size[0] * 17 // 100)


async def test_a_narrower_column_leaves_more_to_the_panes_and_a_wider_one_less(desk: Open) -> None:
    async with desk() as at:
        view, panes = at.screen.article, at.screen.panes
        column, beside = view.wrapped.width, panes.size.width
        assert f"column of {column - 4}" in await at.press("minus")
        assert (view.wrapped.width, panes.size.width) == (column - 4, beside + 4)
        await at.press("plus", "plus")
        assert (view.wrapped.width, panes.size.width) == (column + 4, beside - 4)
        await at.pilot.resize_terminal(80, 24)
        await at.settle()
        assert view.region.right == 80


async def test_claims_and_warnings_have_their_marks_beside_their_first_line(desk: Open) -> None:
    async with desk() as at:
        assert "?" in gutter(at, "France and the United Kingdom are")
        assert "~" in gutter(at, "raised fears")
        assert "●" in gutter(at, "such a move would turn")
        assert "▲" in gutter(at, "such a move would turn")
        assert "▎" in gutter(at, "“legitimate targets”")


async def test_a_quote_whose_speaker_may_be_another_looks_doubtful_until_the_reader_knows(
    library: Library,
) -> None:
    """A dotted bar and a question mark, which go with the reader's word and come with its undoing."""
    article, found = _told()
    low = {"speaker_confidence": 0.5}
    found = msgspec.structs.replace(
        found,
        attributions=tuple(msgspec.structs.replace(one, **low) for one in found.attributions),
        quotes=tuple(msgspec.structs.replace(one, **low) for one in found.quotes),
    )
    async with at_desk(library, article, found) as at:
        assert "┊" in gutter(at, "“We will go,”")
        await at.press("3")
        assert at.pane("quotes").rows[0].who == "Ann?"
        assert "Ann?" in await at.press("escape", "n")
        await at.press("e")
        await choose(at, "It is right")
        assert [row.who for row in at.pane("quotes").rows] == ["Ann", "Bob?"]
        assert "Ann?" not in at.status
        await at.press("u")
        assert at.pane("quotes").rows[0].who == "Ann?"
        await at.press("e", "1")  # whoever chooses the same one knows it, too
        await choose(at, "✓")
        assert [row.who for row in at.pane("quotes").rows] == ["Ann", "Bob?"]


async def test_the_note_of_a_line_is_not_hidden_by_its_highlight(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "h", "2", "i", *"Which?", "f2")
        assert gutter(at, "“legitimate targets”").startswith("2*")


async def test_the_claim_that_the_reader_is_on_is_underlined_and_no_other(desk: Open) -> None:
    async with desk() as at:
        view = at.screen.article
        words = {True: 0, False: 0}
        await at.press("c")
        for number in range(len(view.wrapped)):
            for start, segment in at.words(number):
                if segment.style and segment.style.underline:
                    mark = at.session.current
                    assert mark is not None
                    words[any(s <= start < e for s, e in mark.spans)] += 1
                    assert not segment.style.reverse
        assert words[True]
        assert not words[False]


async def test_a_verdict_is_a_badge_behind_the_claim(desk: Open) -> None:
    async with desk() as at:
        await at.press("c", "r", "1", "f2")
        claim = at.focused
        assert line(at, claim[-20:]).rstrip().endswith(" ✓")
        await at.press("u")
        assert not line(at, claim[-20:]).rstrip().endswith("✓")


async def test_the_overview_shows_what_is_where_and_a_click_goes_there(desk: Open) -> None:
    async with desk(size=(100, 44)) as at:
        view = at.screen.article
        edge = [row[view.region.right - 1] for row in at.rows[: view.size.height]]
        assert "▲" in edge
        assert "▐" in edge
        last = view.size.height - 1
        await at.pilot.click(offset=(view.region.right - 1, view.region.y + last))
        await at.settle()
        assert view.scroll_offset.y == view.max_scroll_y > 0
        assert at.selection == ""
        await at.press("slash", *"stakes", "enter")
        assert "◂" in [row[view.region.right - 1] for row in at.rows[: view.size.height]]


async def test_a_highlight_is_seen_whole_also_where_it_lies_over_a_quote(
    desk: Open, library: Library, seed: Article
) -> None:
    words = "turn Western soldiers into “legitimate targets” for"
    start = seed.text.index(words)
    library.articles.save(seed)
    library.notes.add(seed.id, annotate(seed.text, (start, start + len(words)), highlight=1))
    async with desk() as at:
        view = at.screen.article

        def ground(words: str) -> object:
            number = view.wrapped.line(offset := view.text.index(words))
            cell = at.cell(offset)[0]
            strip = Strip(view._build(number, view.size.width - 1))
            style = next(iter(strip.crop(cell, cell + 1))).style
            return style.bgcolor if style else None

        assert ground("legitimate") == ground("soldiers") != ground("Maria")
        assert "▎" in gutter(at, "into “legitimate")  # whose quote it is
