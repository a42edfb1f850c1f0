"""Draw the pictures in docs/pictures anew, and the tour, by a real terminal: `make screenshots`.

xterm runs under Xvfb, keys and clicks come from xdotool: what is seen is what a reader sees. With a
folder as argument the whole matrix of sizes and colours is drawn there instead, to be looked at.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from pullquote.analysis.pipeline import analyse
from pullquote.article import Article
from pullquote.article.source import shipped
from pullquote.cli.opening import fetched
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate
from pullquote.settings import Settings
from tests.xterm import XTerm

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
DARK, LIGHT = "pullquote-dark", "pullquote-light"
_ALL_COLOURS = {"COLORTERM": "truecolor"}
_COLOURS, _COLOURS_OF_TOUR = 255, 112
_SHOWN, _ANALYSED = 1.5, 15.0  # seconds without a change: so long an analysis may say nothing
Key = str


class Scene(NamedTuple):
    """What is on a picture, and the keys that lead there."""

    columns: int
    rows: int
    keys: tuple[Key, ...] = ()
    theme: str = DARK
    terminal: str = "xterm-256color"
    environment: dict[str, str] = _ALL_COLOURS
    changed: bool = False  # whether the article is one that has changed since it was read
    papers: bool = False  # whether it is one of several on the same event


def _typed(words: str) -> tuple[Key, ...]:
    return tuple(f"type {letter}" for letter in words)


SCENES = {
    "reader-80x24": Scene(80, 24, ("n",)),
    "reader-80x24-drawer": Scene(80, 24, ("n", "1")),
    "reader-120x36": Scene(120, 36, ("n",)),
    "reader-120x36-light": Scene(120, 36, ("w", "w"), LIGHT),
    "reader-160x45": Scene(160, 45, ("n",)),
    "marking-120x36": Scene(120, 36, ("n", "h", "1", "c", "c", "h")),
    "why-120x36": Scene(120, 36, ("w", "w", "p")),
    "sources-120x36": Scene(120, 36, ("T",)),
    "correcting-120x36": Scene(
        120, 36, ("3", "Escape", "n", "e", "1", "Down", "Return", "n", "n", "e")
    ),
    "verdict-120x36": Scene(120, 36, ("c", "r", "3", "R", "r", "6", "R", "r")),
    "notes-120x36": Scene(
        120,
        36,
        ("c", "h", "2", "w", "w", "h", "1", "w", "r", "5", "5", "Home", "space", "space"),
    ),
    "changed-120x36": Scene(120, 36, changed=True),
    "diff-120x36": Scene(120, 36, ("3",), changed=True),
    "library-120x36": Scene(120, 36, ("n", "h", "1", "L", *_typed("leg"))),
    "help-120x36": Scene(120, 36, ("question",)),
    "voice-120x36": Scene(120, 36, ("n", "at"), papers=True),
    "quotation-120x36": Scene(120, 36, ("n", "Q"), papers=True),
    "story-120x36": Scene(120, 36, ("ampersand",), papers=True),
}
_SIZES = ((80, 24), (120, 36), (160, 45), (200, 50))
_LOOKS = {
    "dark": Scene(0, 0),
    "light": Scene(0, 0, theme=LIGHT),
    "no-color": Scene(0, 0, environment={"NO_COLOR": "1"}),
    "256": Scene(0, 0, environment={}),
    "16": Scene(0, 0, terminal="xterm-16color", environment={}),
    "nord": Scene(0, 0, theme="nord"),
    "solarized-light": Scene(0, 0, theme="solarized-light"),
}
MATRIX = {
    f"{name}-{columns}x{rows}": look._replace(
        columns=columns, rows=rows, keys=("n", "h", "2", "c") if columns > 80 else ("n", "c", "1")
    )
    for name, look in _LOOKS.items()
    for columns, rows in _SIZES
}
# what is pressed, and for how long, in seconds, a reader looks at what then is on the screen
TOUR: tuple[tuple[Key, float], ...] = (
    ("", 2.2),
    ("n", 1.8), ("c", 1.5), ("p", 2.4), ("Escape", 0.4),
    ("r", 1.2), ("1", 1.4), ("n", 0.6), ("h", 1.0), ("2", 1.2),
    ("4", 1.6), ("Return", 2.0), ("Escape", 0.5), ("T", 2.8),
)  # fmt: skip


def _image(scene: Scene) -> Image.Image:
    """The scene as the terminal shows it."""
    with _opened(scene) as terminal:
        image = terminal.settle()
        for key in scene.keys:
            terminal.press(key)
            image = terminal.settle()
    return image


@contextmanager
def _opened(scene: Scene) -> Iterator[XTerm]:
    """A terminal in which the scene's article is read, in a library of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = folder / "config.toml"
        config.write_text(f'theme = "{scene.theme}"\n', encoding="utf-8")
        with Library.open(folder / "data") as library:
            source = (
                _changed(library, folder)
                if scene.changed
                else _papers(library)
                if scene.papers
                else _shipped(library)
            )
        environment = {
            "PULLQUOTE_DATA": str(folder / "data"),
            "PULLQUOTE_CONFIG": str(config),
            **scene.environment,
        }
        command = [sys.executable, "-m", "pullquote.cli", *source]
        with XTerm(command, environment, scene.columns, scene.rows, scene.terminal) as terminal:
            terminal.started(_ANALYSED if scene.changed else _SHOWN)
            yield terminal


def _shipped(library: Library) -> list[str]:
    """The shipped article, analysed, and read before: so nothing is explained."""
    article = shipped()
    library.articles.save(article)
    library.articles.save_place(article.id, 0, 0)
    library.findings.save(article.id, analyse(article.text))
    return []


_LEAD = "The port of Northhaven will close its old dock in May, the council said on Monday."
_PAPERS = (  # site, day, title, text: three papers on one event, and one from before
    (
        "Northhaven Herald",
        "2026-05-04",
        "Old dock to close in May",
        f"{_LEAD}\n\n“We will not let a single docker lose work over this, whatever it costs,” said "
        "Ann Cole, the mayor of Northhaven. She said that 240 people work at the old dock.\n\n"
        "Jo Roe, who leads the dockers’ union, called the decision “a betrayal of the town”. He "
        "warned that the dockers would strike if nobody asked them.\n\nThe owners of the dock did "
        "not respond to a request for comment.",
    ),
    (
        "Coast Courier",
        "2026-05-04",
        "Northhaven closes its old dock",
        f"{_LEAD}\n\n“We will not let a single docker lose his job over this, whatever it costs,” Ann "
        "Cole, the mayor, told reporters in Northhaven. Some 180 people work at the dock, according to the "
        "council.\n\nThe dock is reportedly to become a park.",
    ),
    (
        "The Ledger",
        "2026-05-05",
        "Dockers threaten strike over closing of old dock in Northhaven",
        "Dockers in Northhaven threatened on Tuesday to strike over the closing of the old dock in "
        f"May. {_LEAD}\n\n“It is a betrayal of the town,” said Jo Roe, who leads the dockers’ union. "
        "Bo Lind, who owns the dock, said that 240 people work there.\n\nAnn Cole, the mayor of Northhaven, "
        "said that no docker would lose work.",
    ),
    (
        "Northhaven Herald",
        "2026-02-11",
        "Mayor promises to keep the dock",
        "“The old dock is the heart of this town,” Ann Cole, the mayor of Northhaven, said on "
        "Wednesday. She denied that it would be sold, and said that it made a profit of $4 million "
        "last year.",
    ),
)


def _papers(library: Library) -> list[str]:
    """Several articles of our own, all analysed; the first is opened."""
    ids: list[str] = []
    for number, (site, day, title, text) in enumerate(_PAPERS):
        address = f"https://example.org/{number}"
        article = Article(text=text, title=title, site=site, published=day, url=address)
        library.articles.save(article)
        library.articles.save_place(article.id, 0, 0)
        library.findings.save(article.id, analyse(text))
        ids.append(article.id)
    return [ids[0]]


def _changed(library: Library, folder: Path) -> list[str]:
    """A file that has changed since it was read, with two notes on what it was."""
    article = shipped()
    path = folder / f"{article.title}.txt"
    path.write_text(article.text, encoding="utf-8")
    old, _ = fetched(str(path), Settings(), library)
    library.articles.save_place(old.id, 0, 0)
    library.findings.save(old.id, analyse(old.text))
    library.notes.add(
        old.id,
        annotate(old.text, (0, 6), highlight=1),
        annotate(old.text, (34, 44), comment="says who?"),
    )
    new = old.text
    for before, after in _CHANGES:
        new = new.replace(before, after)
    path.write_text(new, encoding="utf-8")
    return [str(path)]


_CHANGES = (
    ("has not taken these developments lightly", "has reacted sharply"),
    ("“legitimate targets”", "“legitimate military targets”"),
    ("Ukraine, for its part,", "Ukraine"),
)


def _tour() -> None:
    """An animated picture of some twenty seconds."""
    scene = Scene(120, 30)
    frames: list[Image.Image] = []
    seconds: list[float] = []
    with _opened(scene) as terminal:
        for key, looked in TOUR:
            if key:
                terminal.press(key)
            frames.append(terminal.settle())
            seconds.append(looked)
    drawn = _in_few_colours(frames, _COLOURS_OF_TOUR)
    drawn[0].save(
        PICTURES / "tour.gif",
        save_all=True,
        append_images=drawn[1:],
        duration=[round(1000 * one) for one in seconds],
        loop=0,
        optimize=True,
    )


def _in_few_colours(images: Sequence[Image.Image], most: int) -> list[Image.Image]:
    """The images in their commonest colours, those of grounds among them, exactly."""
    counted = Counter[tuple[int, ...]]()
    for image in images:
        for count, colour in image.getcolors(image.width * image.height) or ():
            counted[colour] += count
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour, _ in counted.most_common(most) for part in colour])
    return [one.quantize(palette=palette, dither=Image.Dither.NONE) for one in images]


def _draw(scenes: Mapping[str, Scene], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, scene in scenes.items():
        (image,) = _in_few_colours([_image(scene)], _COLOURS)
        image.save(folder / f"{name}.png", optimize=True)
        print(folder / f"{name}.png")


def main() -> None:
    """Draw the pictures of the docs and the tour, or those named; with a folder, the matrix."""
    wanted = sys.argv[1:]
    if wanted and "/" in wanted[0]:
        _draw(_among(MATRIX, wanted[1:]), Path(wanted[0]))
        return
    _draw(_among(SCENES, wanted), PICTURES)
    if not wanted or "tour" in wanted:
        _tour()


def _among(scenes: Mapping[str, Scene], names: Sequence[str]) -> Mapping[str, Scene]:
    return {name: one for name, one in scenes.items() if not names or name in names}


if __name__ == "__main__":
    main()
