"""In which order the claims are listed: `O` changes it, the pane says which, and it is remembered."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pullquote.article import Article
from pullquote.findings import Actor, ActorKind, Claim, Commitment, Findings, Sourcing
from pullquote.library.store import Library
from pullquote.settings import Settings, load
from tests.reader.conftest import Desk, at_desk

TEXT = "Some say so. It cost 3 euros. The ministry said it. Ann Cole said 4 died."
ARTICLE = Article(text=TEXT)


def _claim(words: str, sourcing: Sourcing, checkable: bool) -> Claim:
    start = TEXT.index(words)
    return Claim(
        id=f"c{start}",
        content=((start, start + len(words)),),
        sourcing=sourcing,
        commitment=Commitment.ASSERTED,
        checkable=checkable,
    )


FOUND = Findings(
    analyser="pullquote/1",
    claims=(
        _claim("Some say so", Sourcing.ANONYMOUS, False),
        _claim("It cost 3 euros", Sourcing.UNATTRIBUTED, True),
        _claim("it. Ann", Sourcing.INSTITUTION, False),
        _claim("4 died", Sourcing.NAMED, True),
    ),
)


def _listed(at: Desk) -> list[str]:
    return [str(row.what) for row in at.pane("claims").rows]


async def test_capital_o_changes_the_order_of_the_claims_and_the_pane_says_which(
    library: Library,
) -> None:
    async with at_desk(library, ARTICLE, FOUND) as at:
        in_text = ["Some say so", "It cost 3 euros", "it. Ann", "4 died"]
        assert _listed(at) == in_text
        assert "claims: checkable first" in await at.press("O")
        assert _listed(at) == ["It cost 3 euros", "4 died", "Some say so", "it. Ann"]
        assert at.title("claims") == "1 Claims 4 · 2 checkable first"
        assert "claims: best sourced first" in await at.press("O")
        assert _listed(at) == ["4 died", "it. Ann", "Some say so", "It cost 3 euros"]
        assert at.title("claims") == "1 Claims 4 · best sourced first"
        assert "claims: open first" in await at.press("O")
        assert _listed(at) == in_text
        assert "claims: by speaker" in await at.press("O")
        assert "claims: as in the text" in await at.press("O")
        assert _listed(at) == in_text
        assert at.title("claims") == "1 Claims 4"


async def test_claims_without_a_verdict_come_first_and_those_of_one_verdict_together(
    library: Library,
) -> None:
    async with at_desk(library, ARTICLE, FOUND, settings=Settings(claims_order="verdict")) as at:
        await at.press("c", "r", "5", "c", "r", "1", "c", "r", "5")
        assert _listed(at) == ["4 died", "Some say so", "it. Ann", "It cost 3 euros"]
        assert at.title("claims") == "1 Claims 4 · open first · 1 open"


async def test_the_claims_of_a_speaker_come_together_who_is_mentioned_first_first(
    library: Library,
) -> None:
    claims = [
        replace(one, speaker=by)
        for one, by in zip(FOUND.claims, (None, "a2", "a1", "a2"), strict=True)
    ]
    actors = tuple(
        Actor(id=id, name=name, kind=ActorKind.PERSON, mentions=((at, at + len(name)),))
        for id, name in (("a1", "Ann Cole"), ("a2", "The ministry"))
        if (at := TEXT.index(name))
    )
    found = replace(FOUND, actors=actors, claims=tuple(claims))
    async with at_desk(library, ARTICLE, found, settings=Settings(claims_order="speaker")) as at:
        assert _listed(at) == ["It cost 3 euros", "4 died", "it. Ann", "Some say so"]
        assert at.title("claims") == "1 Claims 4 · by speaker"


async def test_the_row_of_the_current_claim_stays_marked_and_the_keys_follow_the_text(
    library: Library,
) -> None:
    async with at_desk(library, ARTICLE, FOUND) as at:
        await at.press("O", "O", "c")
        assert (at.focused, at.pane("claims").highlighted) == ("Some say so", 2)
        await at.press("c")
        assert (at.focused, at.pane("claims").highlighted) == ("It cost 3 euros", 3)
        await at.press("O")
        assert (at.focused, at.pane("claims").highlighted) == ("It cost 3 euros", 1)


async def test_the_pane_is_entered_at_the_claim_beside_the_cursor(library: Library) -> None:
    async with at_desk(library, ARTICLE, FOUND) as at:
        await at.press("O", "O", "1")
        assert at.pane("claims").highlighted == 2
        await at.press("j")
        assert at.focused == "It cost 3 euros"


async def test_the_order_is_remembered(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('# mine\n[keymap]\n"quote.next" = "n"\n')
    async with at_desk(library, ARTICLE, FOUND) as at:
        await at.press("O")
    assert path.read_text().startswith("# mine\n")
    settings = load(path)
    assert (settings.claims_order, settings.keymap) == ("checkable", {"quote.next": "n"})
    async with at_desk(library, ARTICLE, FOUND, settings=settings) as at:
        assert at.title("claims") == "1 Claims 4 · 2 checkable first"


async def test_where_it_cannot_be_saved_it_holds_all_the_same_and_is_said(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_CONFIG", str(tmp_path))  # a folder
    async with at_desk(library, ARTICLE, FOUND, size=(200, 45)) as at:
        assert "claims_order could not be saved" in await at.press("O")
        assert at.title("claims") == "1 Claims 4 · 2 checkable first"


async def test_claims_are_sifted_by_whether_they_can_be_checked(library: Library) -> None:
    async with at_desk(library, ARTICLE, FOUND) as at:
        await at.press("S", "space")
        status = await at.press("ctrl+s")
        assert "only checkable (F: all)" in status
        assert "shown: 2 claims" in status
        assert _listed(at) == ["It cost 3 euros", "4 died"]
        await at.press("S", "j", "j", "space")
        assert "only checkable and named (F: all)" in await at.press("ctrl+s")
        assert _listed(at) == ["4 died"]
        await at.press("F")
        assert len(_listed(at)) == 4
