"""What the screen says of how many there are, and of what is the current one, agrees everywhere."""

import asyncio

import msgspec
import pytest

from pullquote.article import Article
from pullquote.findings import Actor, ActorKind, Claim, Commitment, Findings, Sourcing, Stance
from pullquote.library.store import Library
from pullquote.notes.annotations import Annotation, annotate
from pullquote.notes.reading import Reading, derived
from pullquote.reader.choice import Choice
from pullquote.reader.head import head
from tests.reader.conftest import NARROW, Open, at_desk
from tests.reader.test_reader import _told


def _claimed() -> tuple[Article, Findings]:
    """The told article, whose three attributions are claims too; the last of them is a thought."""
    article, found = _told()
    claims = [
        Claim(
            content=one.content,
            sourcing=Sourcing.NAMED,
            commitment=Commitment.ASSERTED,
            attribution=one.id,
            speaker=one.speaker,
        )
        for one in found.attributions
    ]
    return article, msgspec.structs.replace(found, claims=tuple(claims))


async def test_open_counts_the_claims_that_are_shown_and_r_walks_just_these(
    library: Library,
) -> None:
    async with at_desk(library, *_claimed()) as at:
        assert at.title("claims") == "1 Claims 2"
        assert "1 open, R goes on" in await at.press("c", "r", "1")
        assert at.title("claims") == "1 Claims 2 · 1 open"
        await at.press("R", "r", "1")
        assert "no claim is open" in at.status
        assert at.title("claims") == "1 Claims 2 · 0 open"
        assert "no claim shown is open" in await at.press("R")
        await at.press("o")
        assert at.title("claims") == "1 Claims 3 · 1 open"
        await at.press("g", "c", "f")
        assert at.title("claims") == "1 Claims 1 · 0 open"


async def test_taking_a_verdict_away_opens_its_claim_again_in_all_that_counts(
    library: Library,
) -> None:
    async with at_desk(library, *_claimed()) as at:
        await at.press("c", "r", "1", "r", "8")
        assert "removed the verdict on" in at.status
        assert "2 open" in at.status


async def test_while_the_analysis_runs_nothing_is_said_to_be_missing(library: Library) -> None:
    async with at_desk(library, *_told()) as at:
        at.session.helper = asyncio.Future()  # an analysis that has found nothing yet
        at.session.progress = "finding who says what … 40%"
        at.session.renew(derived(at.session.reading.article, None, ()))
        for key, layer in (
            ("n", "quotes"),
            ("c", "claims"),
            ("w", "warnings"),
            ("a", "actors"),
            ("R", "claims"),
        ):
            said = await at.press(key)
            assert f"still reading: no {layer} found so far" in said
            assert "40%" in said
        assert "still reading" in await at.press("f")
        await at.press("3")
        assert "Still reading" in str(at.pane("quotes").get_option_at_index(0).prompt)
        at.session.helper = None


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["w"], "no warnings in this article"),
        (["m"], "no notes of mine here yet"),
        (["f", "1", "c"], "no claims in this"),
    ],
)
async def test_where_there_is_none_it_is_said_why(
    library: Library, keys: list[str], said: str
) -> None:
    async with at_desk(library, *_told()) as at:
        assert said in await at.press(*keys)


async def test_where_a_filter_hides_all_it_is_named(library: Library) -> None:
    article, found = _told()
    only = msgspec.structs.replace(
        found, quotes=found.quotes[2:], attributions=found.attributions[2:]
    )
    assert only.attributions[0].stance is Stance.THOUGHT
    async with at_desk(library, article, only) as at:
        assert (
            "no quotes are shown: thoughts and wishes are hidden, o shows them"
            in await at.press("n")
        )
        await at.press("3")
        said = "None of the quotes is shown. Thoughts and wishes are hidden, o shows them."
        assert str(at.pane("quotes").get_option_at_index(0).prompt) == said


async def test_an_empty_pane_names_the_filters_that_keep_its_own_kind_out_of_it(desk: Open) -> None:
    async with desk() as at:
        await at.press("a", "f", "S", "space", "ctrl+s", "2")
        name = at.session.reading.findings.actors[0].name
        said = f"None of the warnings is shown. Only what {name} says is shown, F shows all."
        assert str(at.pane("warnings").get_option_at_index(0).prompt) == said
        await at.press("1")
        said = str(at.pane("claims").get_option_at_index(0).prompt)
        assert said.endswith("F shows all. Only checkable claims are shown, F shows all.")


async def test_a_quote_that_is_a_claim_too_is_marked_in_both_panes_and_nothing_else(
    library: Library,
) -> None:
    async with at_desk(library, *_claimed(), size=(200, 50)) as at:
        await at.press("3", "escape", "1", "escape", "n", "n")
        assert (at.pane("quotes").highlighted, at.pane("claims").highlighted) == (1, 1)
        await at.press("a")
        assert (at.pane("quotes").highlighted, at.pane("claims").highlighted) == (None, None)
        await at.press("c")
        assert at.pane("claims").highlighted == at.pane("quotes").highlighted
        await at.press("right_parenthesis")
        assert at.pane("claims").highlighted is None


async def test_a_pane_opens_at_the_row_nearest_to_the_cursor(desk: Open) -> None:
    async with desk() as at:
        await at.press("G", "1")
        assert at.pane("claims").highlighted == len(at.pane("claims").rows) - 1


async def test_a_pane_opens_at_what_the_cursor_is_in(library: Library) -> None:
    article, found = _claimed()
    town = found.claims[0].content[0][0] + 5
    actor = Actor(id="a9", name="The town", kind=ActorKind.GROUP, mentions=((town, town + 4),))
    found = msgspec.structs.replace(found, actors=(actor,))
    async with at_desk(library, article, found) as at:
        await at.press("a", "1")
        assert at.pane("claims").highlighted == 0


async def test_the_filter_offers_those_who_say_something_the_most_first(library: Library) -> None:
    article, found = _told()
    silent = Actor(id="a0", name="Nobody Special", kind=ActorKind.PERSON, mentions=((14, 18),))
    found = msgspec.structs.replace(found, actors=(silent, *found.actors))
    async with at_desk(library, article, found) as at:
        await at.press("G", "f")
        dialog = at.pilot.app.screen
        assert isinstance(dialog, Choice)
        assert list(dialog._choices) == ["Bob (2)", "Ann (1)"]
        await at.press("1")
        assert "shown: 1 quote" in at.status
        assert "only Bob (F: all)" in at.status
        assert "everyone's findings: 2 quotes" in await at.press("F")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("o", "thoughts and wishes shown: 1"),
        ("d", "doubtful findings hidden: 1"),
        ("F", "no filter: everyone's findings are shown"),
        ("z", "the text alone: z brings the panes back"),
    ],
)
async def test_a_filter_says_what_it_did_to_what(library: Library, key: str, said: str) -> None:
    async with at_desk(library, *_told(), size=(160, 36)) as at:
        assert said in await at.press(key)


async def test_tab_goes_round_from_the_text_through_the_panes_on_the_screen(desk: Open) -> None:
    async with desk() as at:
        seen = []
        for _ in range(3):
            await at.press("tab")
            seen.append(at.screen.focused.id)
        assert seen == ["claims", "warnings", "article"]
        await at.press("shift+tab")
        assert at.screen.focused.id == "warnings"
    async with desk(size=NARROW) as at:
        await at.press("tab")
        assert at.screen.focused.display
        assert isinstance(at.screen.focused, type(at.pane("claims")))


@pytest.mark.parametrize(
    "keys", [[], ["n"], ["c"], ["w"], ["a"], ["v"], ["1"], ["o", "d"], ["slash", "u", "enter"]]
)
@pytest.mark.parametrize("size", [NARROW, (60, 20), (200, 50)])
async def test_the_status_line_always_leads_to_the_keys(
    desk: Open, size: tuple[int, int], keys: list[str]
) -> None:
    async with desk(size=size) as at:
        await at.press(*keys)
        assert at.rows[-1].rstrip().endswith("? keys")


async def test_at_rest_the_status_line_tells_of_the_panes(desk: Open) -> None:
    async with desk(size=NARROW) as at:
        assert "1–6 panes" in at.rows[-1]
        await at.press("j", "j")
        assert "1–6 panes" in at.rows[-1]


@pytest.mark.parametrize(
    ("article", "says"),
    [
        (
            Article(text="", title="Talks fail | Jane Doe", byline="Jane Doe"),
            ["Talks fail | Jane Doe"],
        ),
        (
            Article(text="", title="Talks fail - The Daily", site="the daily", published="2026"),
            ["Talks fail - The Daily", "2026"],
        ),
        (
            Article(text="", title="Talks fail", byline="Jane Doe", site="The Daily"),
            ["Talks fail", "Jane Doe · The Daily"],
        ),
    ],
)
def test_what_stands_above_the_text_says_each_name_once(article: Article, says: list[str]) -> None:
    above = head(article, "about 1 minute", 60)
    lines = ["".join(piece.words for piece in line) for part in above for line in part]
    assert lines == ["", *says, "about 1 minute", "─" * 60, ""]


def _with_note(article: Article, found: Findings, **bodies: object) -> tuple[Reading, Annotation]:
    note = msgspec.structs.replace(annotate(article.text, found.quotes[0].content[0]), **bodies)
    return derived(article, found, (note,)), note


@pytest.mark.parametrize("bodies", [{"comment": "hm"}, {"tags": ("war",)}])
async def test_a_note_on_a_quote_leaves_it_its_tint_and_does_not_make_it_doubtful(
    library: Library, bodies: dict[str, object]
) -> None:
    article, found = _told()
    async with at_desk(library, article, found) as at:
        await at.press("G")
        column, row = at.cell(3)
        region = at.screen.article.region
        before = at.screen.get_style_at(region.x + column, region.y + row)
        at.session.annotated(_with_note(article, found, **bodies)[0].annotations, "")
        await at.settle()
        after = at.screen.get_style_at(region.x + column, region.y + row)
        assert (after.bgcolor, after.color) == (before.bgcolor, before.color)
        assert at.rows[region.y + row].find("*") in range(column)


async def test_the_first_v_shows_what_is_selected(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "V")
        assert at.selection == "legitimate"
        column, row = at.cell(at.session.position.selected[0])
        region = at.screen.article.region
        inside, outside = (
            at.screen.get_style_at(region.x + column + far, region.y + row).bgcolor
            for far in (0, len("legitimate") + 1)
        )
        assert inside != outside
        assert "SELECTING 1 word" in at.status
