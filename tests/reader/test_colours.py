"""The five highlights, the quotes' tint and the page are told apart at a glance in every theme that
Textual brings.
"""

import math
from itertools import combinations

from rich.color import Color

from pullquote.reader.article_view import ArticleView
from tests.reader.conftest import Open

_AT_A_GLANCE = 10.0  # ΔE 1976; 2.3 is what an eye can just tell apart side by side
_GROUNDS = ("quote", *(f"note-{kind}" for kind in range(1, 6)))


def _lab(color: Color) -> tuple[float, float, float]:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (part / 255 for part in color.get_truecolor())
    )
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _grounds(view: ArticleView) -> dict[str, Color]:
    grounds = {name: view._component(f"article--{name}").bgcolor for name in _GROUNDS}
    return {"page": view.base.bgcolor, **grounds}  # type: ignore[dict-item]


async def test_highlights_quotes_and_page_differ_clearly_in_every_theme(desk: Open) -> None:
    async with desk() as at:
        for theme in sorted(at.pilot.app.available_themes):
            at.pilot.app.theme = theme
            await at.pilot.pause()
            grounds = _grounds(at.screen.article)
            # the terminal's own sixteen colours: each ground another one
            if grounds["page"].is_default:
                assert len({color.number for color in grounds.values()}) == len(grounds), theme
                continue
            for one, other in combinations(grounds, 2):
                apart = math.dist(_lab(grounds[one]), _lab(grounds[other]))
                assert apart >= _AT_A_GLANCE, f"{theme}: {one} and {other} are {apart:.1f} apart"
