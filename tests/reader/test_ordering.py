"""In which order the claims are listed: `O` changes it, the pane says which, and it is remembered."""

from pathlib import Path

import pytest

from pullquote.article import Article
from pullquote.findings import Claim, Commitment, Findings, Sourcing
from pullquote.library.store import Library
from pullquote.settings import load
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
        assert "claims: as in the text" in await at.press("O")
        assert _listed(at) == in_text
        assert at.title("claims") == "1 Claims 4"


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
