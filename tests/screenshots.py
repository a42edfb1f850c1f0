"""Draw the pictures in docs/pictures anew: `make screenshots`. SVG by Textual, PNG from it by CairoSVG (needs libcairo)."""

import asyncio
import re
import tempfile
from pathlib import Path

from tui.analysis.pipeline import analyse
from tui.app import Pullquote
from tui.article.source import shipped
from tui.library.reading import derived
from tui.library.store import Library
from tui.settings import Settings

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
SCENES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "reader-80x24": ((80, 24), "textual-dark", ("n",)),
    "reader-80x24-drawer": ((80, 24), "textual-dark", ("n", "1")),
    "reader-120x36": ((120, 36), "textual-dark", ("n",)),
    "reader-120x36-light": ((120, 36), "textual-light", ("w", "w")),
    "reader-200x50": ((200, 50), "textual-dark", ("n", "n")),
    "marking-120x36": ((120, 36), "textual-dark", ("n", "h", "1", "c", "c", "h")),
    "why-120x36": ((120, 36), "textual-dark", ("w", "w", "p")),
    "help-120x36": ((120, 36), "textual-dark", ("question_mark",)),
}


async def draw(name: str, folder: Path) -> None:
    """Draw one scene into `name`.svg and `name`.png."""
    size, theme, keys = SCENES[name]
    article = shipped()
    with Library.open(folder / name) as library:
        library.keep(article)
        app = Pullquote(derived(article, analyse(article.text), ()), library, Settings(theme=theme))
        async with app.run_test(size=size) as pilot:
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.2)
            svg = app.export_screenshot(title="pullquote", simplify=True)
    (PICTURES / f"{name}.svg").write_text(svg, encoding="utf-8")
    import cairosvg

    local = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")
    cairosvg.svg2png(bytestring=local.encode(), write_to=str(PICTURES / f"{name}.png"), scale=1)


def main() -> None:
    """Draw all scenes."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in SCENES:
            asyncio.run(draw(name, Path(folder)))
            print(f"docs/pictures/{name}.svg and .png")


if __name__ == "__main__":
    main()
