"""Draw the pictures in docs/pictures anew: `make screenshots`. PNG by CairoSVG (needs libcairo)."""

import asyncio
import re
import tempfile
from pathlib import Path

import msgspec

from pullquote.analysis.pipeline import analyse
from pullquote.app import Pullquote
from pullquote.article import Article
from pullquote.article.source import shipped
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate
from pullquote.notes.reading import derived
from pullquote.reader.opening import AS_IT_WAS, Opening
from pullquote.settings import Settings

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
SCENES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "reader-80x24": ((80, 24), "textual-dark", ("n",)),
    "reader-80x24-drawer": ((80, 24), "textual-dark", ("n", "1")),
    "reader-120x36": ((120, 36), "textual-dark", ("n",)),
    "reader-120x36-light": ((120, 36), "textual-light", ("w", "w")),
    "reader-200x50": ((200, 50), "textual-dark", ("n", "n")),
    "marking-120x36": ((120, 36), "textual-dark", ("n", "h", "1", "c", "c", "h")),
    "why-120x36": ((120, 36), "textual-dark", ("w", "w", "p")),
    "correcting-120x36": (
        (120, 36),
        "textual-dark",
        ("3", "escape", "n", "e", "1", "down", "enter", "n", "n", "e"),
    ),
    "verdict-120x36": ((120, 36), "textual-dark", ("c", "r", "3", "R", "r", "6", "R", "r")),
    "notes-120x36": (
        (120, 36),
        "textual-dark",
        ("c", "h", "2", "w", "w", "h", "1", "w", "r", "5", "5", "home", "space", "space"),
    ),
    "changed-120x36": ((120, 36), "textual-dark", ()),
    "diff-120x36": ((120, 36), "textual-dark", ("3",)),
    "library-120x36": ((120, 36), "textual-dark", ("n", "h", "1", "L", *"leg")),
    "help-120x36": ((120, 36), "textual-dark", ("question_mark",)),
}


async def draw(name: str, folder: Path) -> None:
    """Draw one scene into `name`.svg and `name`.png."""
    size, theme, keys = SCENES[name]
    article = shipped()
    with Library.open(folder / name) as library:
        opening = AS_IT_WAS
        if name.startswith(("changed", "diff")):
            opening = Opening(earlier=_earlier(library, article))
            article = library.articles.get(library.articles.entries()[0].id) or article
        library.articles.save(article)
        reading = derived(article, analyse(article.text), ())
        app = Pullquote(reading, library, Settings(theme=theme), opening)
        async with app.run_test(size=size) as pilot:
            await pilot.pause(0.3)
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.2)
            svg = app.export_screenshot(title="pullquote", simplify=True)
    (PICTURES / f"{name}.svg").write_text(svg, encoding="utf-8")
    import cairosvg

    local = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace(
        "Fira Code", "DejaVu Sans Mono"
    )
    cairosvg.svg2png(bytestring=local.encode(), write_to=str(PICTURES / f"{name}.png"), scale=1)


def _earlier(library: Library, article: Article) -> str:
    """An earlier version of the article, with two notes; the changed one is kept, too."""
    old = msgspec.structs.replace(article, url="https://example.org/troops")
    new = old.text.replace("has not taken these developments lightly", "has reacted sharply")
    new = new.replace("“legitimate targets”", "“legitimate military targets”").replace(
        "Ukraine, for its part,", "Ukraine"
    )
    library.articles.save(old)
    library.findings.save(old.id, analyse(old.text))
    library.notes.add(
        old.id,
        annotate(old.text, (0, 6), highlight=1),
        annotate(old.text, (34, 44), comment="says who?"),
    )
    library.articles.save(msgspec.structs.replace(old, text=new))
    return old.id


def main() -> None:
    """Draw all scenes."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in SCENES:
            asyncio.run(draw(name, Path(folder)))
            print(f"docs/pictures/{name}.svg and .png")


if __name__ == "__main__":
    main()
