"""What is painted: what has changed, not the whole screen, and no frame that the next one mends."""

import pytest
from textual._compositor import Compositor, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from pullquote.reader.article_view import ArticleView
from tests.reader.conftest import Open


async def test_a_pane_that_gets_the_keys_is_painted_and_not_the_whole_screen(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole: list[object] = []
    paint = Compositor.render_full_update

    def counted(self: Compositor, simplify: bool = False) -> LayoutUpdate:
        whole.append(self.root)
        return paint(self, simplify)

    async with desk() as at:
        monkeypatch.setattr(Compositor, "render_full_update", counted)
        await at.press("tab")
        await at.press("tab")
        await at.press("3")
        await at.press("n")
        await at.press("escape")
        assert whole == []


async def test_the_bar_is_as_wide_when_a_search_ends(desk: Open) -> None:
    async with desk() as at:
        before = await at.press("n")
        await at.press("slash", "x")
        assert at.rows[-1].startswith(" / x")
        await at.press("escape")
        assert at.rows[-1].strip() == before.strip()


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45)])
async def test_the_text_is_painted_in_its_column_from_the_first_frame_on(
    desk: Open, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    widths: list[int] = []
    paint = ArticleView.render_lines

    def counted(view: ArticleView, crop: Region) -> list[Strip]:
        widths.append(view.wrapped.width)
        return paint(view, crop)

    monkeypatch.setattr(ArticleView, "render_lines", counted)
    async with desk(size=size):
        assert widths
        assert len(set(widths)) == 1
