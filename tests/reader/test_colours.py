"""In each of Textual's themes all can be read, and what differs can be told apart by every eye."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest
from coloraide.everything import ColorAll as Color
from rich.style import Style
from textual import constants

from pullquote.reader import styling
from pullquote.reader.article_view import ArticleView
from tests.reader.conftest import Desk, Open

_AA = 4.5  # of contrast, by WCAG 2
# CIEDE2000; 2.3 is what an eye can just tell apart side by side
_SPEAKERS_APART = 9.0
_CHIPS_APART = 12.0
_A_TINT = 4.0
_HUES = [f"speaker-{hue}" for hue in range(1, 7)]
_TINTS = [look.name for look in styling.QUOTES.values()]
_CURRENT = [look.name for look in styling.FOCUSED.values()]
_CHIPS = [look.name for look in styling.CHIPS.values()]


async def _in(at: Desk, theme: str) -> ArticleView:
    at.app.theme = theme
    await at.pilot.pause()
    return at.screen.article


def _ink(style: Style) -> Color:
    assert style.color is not None
    return Color(style.color.get_truecolor().hex)


def _ground(style: Style) -> Color:
    assert style.bgcolor is not None
    return Color(style.bgcolor.get_truecolor().hex)


def _has_own_colours(view: ArticleView) -> bool:
    """Whether the theme says which colours, and not only which of the terminal's sixteen."""
    return view.base.bgcolor is not None and not view.base.bgcolor.is_default


def _worn_together() -> Iterator[tuple[str, ...]]:
    """Which looks and signs may lie over one another."""
    for one in styling.COMPONENTS:
        yield (one.removeprefix("article--"),)
    inks = ["hedge", "furniture", "heading", "caption", "standfirst", *_HUES, "speaker-unnamed"]
    grounds = ["noted", "doubtful", *_TINTS, *_CURRENT, *_CHIPS, "selected", "caret"]
    yield from product(inks, grounds)
    for quote, focus in product(_TINTS, _CURRENT):
        yield quote, focus, "extent"
        yield quote, focus, "current-match"
    for tick in ("warned", "note", "cursor", *(f"bar-{one}" for one in "123456")):
        yield tick, "here"


async def test_all_text_and_signs_can_be_read_in_every_theme(desk: Open) -> None:
    async with desk() as at:
        for theme in sorted(at.app.available_themes):
            view = await _in(at, theme)
            if not _has_own_colours(view):
                continue
            for looks in _worn_together():
                style = view._style(looks)
                contrast = _ink(style).contrast(_ground(style), method="wcag21")
                least = 1.0 if looks == ("rule",) else _AA  # a rule is no text
                assert contrast >= least, f"{theme}: {looks} {contrast:.2f}"


@pytest.mark.parametrize("eyes", ["", "protan", "deutan"])
async def test_the_six_hues_are_far_apart_for_colour_blind_eyes_too(desk: Open, eyes: str) -> None:
    def seen(color: Color) -> Color:
        return color.filter(eyes, method="machado").clip("srgb") if eyes else color

    async with desk() as at:
        for theme in sorted(at.app.available_themes):
            view = await _in(at, theme)
            if not _has_own_colours(view):
                continue
            hues = [_ink(view._style((name,))) for name in _HUES]
            for one, other in combinations(map(seen, hues), 2):
                apart = one.delta_e(other, method="2000")
                assert apart >= _SPEAKERS_APART, f"{theme}: {apart:.1f}"


async def test_highlights_quotes_and_page_differ_clearly_in_every_theme(desk: Open) -> None:
    async with desk() as at:
        for theme in sorted(at.app.available_themes):
            view = await _in(at, theme)
            if not _has_own_colours(view):
                # the terminal's own sixteen colours: each highlight has another one
                names = [view._style((name,)).bgcolor for name in ("quote-1", "focus-1", *_CHIPS)]
                assert len(set(names)) == len(names), theme
                continue
            page = _ground(view.base)
            grounds = {name: _ground(view._style((name,))) for name in (*_TINTS, *_CURRENT)}
            chips = {name: _ground(view._style((name,))) for name in _CHIPS}
            for name, tint in grounds.items():
                assert tint.delta_e(page, method="2000") >= _A_TINT, f"{theme}: {name}"
            for quote, current in zip(_TINTS, _CURRENT, strict=True):
                apart = grounds[quote].delta_e(grounds[current], method="2000")
                assert apart >= _A_TINT, f"{theme}: {current}"
            for chip, (name, ground) in product(chips, [*grounds.items(), ("page", page)]):
                apart = chips[chip].delta_e(ground, method="2000")
                assert apart >= _CHIPS_APART, f"{theme}: {chip} and {name} are {apart:.1f} apart"
            for chip, other in combinations(chips, 2):
                assert chips[chip].delta_e(chips[other], method="2000") >= _CHIPS_APART


async def test_without_all_colours_the_grounds_are_greys(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal of 256 colours would make black of a dark green."""
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "256")
    async with desk() as at:
        for name in (*_TINTS, *_CURRENT):
            ground = at.screen.article._style((name,)).bgcolor
            assert ground is not None
            assert len(set(ground.get_truecolor())) == 1


async def test_a_name_on_a_highlight_is_bold_but_where_bold_black_is_grey(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Terminals of sixteen colours have no bold black."""
    for system, is_bold in (("truecolor", True), ("standard", False)):
        monkeypatch.setattr("rich.console.Console.color_system", system)
        async with desk() as at:
            style = at.screen.article._style(("speaker-1", "chip-1"))
            assert bool(style.bold) is is_bold, system
