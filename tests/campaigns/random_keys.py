"""Random keys and mouse events at the reader, over articles of many shapes, through every dialog.

What must hold after each handful: nothing has been raised, the cursor is inside the text and on the
screen, what is selected and every note made lies inside the text and is not empty, and the status
line leads to the keys.
"""

import asyncio
import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

from textual import events
from textual.app import App
from textual.command import CommandPalette
from textual.pilot import Pilot

from pullquote.actions import READING, SELECTING
from pullquote.analysis import analyser
from pullquote.app import Pullquote
from pullquote.article import Article
from pullquote.article.source import shipped
from pullquote.findings import (
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    Findings,
    Quote,
)
from pullquote.findings import Sourcing as Sourced
from pullquote.library.store import Library
from pullquote.notes.reading import derived
from pullquote.reader.screen import Reader
from pullquote.settings import Settings
from tests.campaigns import Tally
from tests.conftest import seed_findings

EVENTS = 1_200  # at each article, in one round
_HANDFUL = 5  # events between two looks
_PATIENCE = 20  # looks, until something is said to be wrong
_SIZES = ((80, 24), (120, 36), (200, 50), (50, 12), (30, 8), (100, 20))
# leaves; starts an editor; among the commands of the palette are some that leave
_BARRED = {"q", "f4", "colon"}
_KEYS = sorted({key for act in (*READING, *SELECTING) for key in act.keys.split(",")} - _BARRED)
_DIALOG_KEYS = [
    *"abcxyz 123",
    "enter",
    "escape",
    "tab",
    "down",
    "up",
    "space",
    "ctrl+j",
    "f2",
    "backspace",
    "pagedown",
]
_MANY = "漢字とかな 👩\u200d👩\u200d👧 e\u0301tude שלום עולם “quoted” 🇩🇪🇫🇷 नमस्ते — ok? "


def articles() -> dict[str, tuple[Article, Findings]]:
    """Articles of many shapes, with their findings."""
    name = analyser(Settings().model)
    none = Findings(analyser=name)
    return {
        "the shipped article": (shipped(), seed_findings()),
        "next to nothing": (Article(text="\n  .\n\n", title=""), none),
        "one word": (Article(text="Word", title="One"), none),
        "many scripts": (
            Article(text="\n\n".join([_MANY * 9, "\u0301", _MANY * 2]), title="Scripts"),
            none,
        ),
        "three hundred quotes": _quoted(300),
    }


def _quoted(count: int) -> tuple[Article, Findings]:
    """An article of that many quotes, each a claim too."""
    lines, quotes, claims, said, offset = [], [], [], [], 0
    for number in range(count):
        line = f"Ann Cole said “point {number} is that nothing has been agreed so far”, and went on. She paused."
        span = ((offset + line.index("“"), offset + line.index("”") + 1),)
        identity, kind = f"t{number}", AttributionKind.DIRECT
        said.append(
            Attribution(
                id=identity,
                source=((offset, offset + 8),),
                cue=(),
                content=span,
                kind=kind,
                speaker="a1",
            )
        )
        quotes.append(Quote(attribution=identity, content=span, kind=kind, speaker="a1"))
        claims.append(
            Claim(
                content=span,
                sourcing=Sourced.NAMED,
                commitment=Commitment.ASSERTED,
                attribution=identity,
                speaker="a1",
            )
        )
        lines.append(line)
        offset += len(line) + 1
    ann = Actor(
        id="a1",
        name="Ann Cole",
        kind=ActorKind.PERSON,
        mentions=tuple(one.source[0] for one in said),
    )
    found = Findings(
        analyser=analyser(Settings().model),
        actors=(ann,),
        attributions=tuple(said),
        quotes=tuple(quotes),
        claims=tuple(claims),
    )
    return Article(text="\n".join(lines), title="Quotes"), found


def run(rounds: int) -> Iterator[Tally]:
    """Attack each article; a tally for each."""
    for name, one in articles().items():
        for number in range(rounds):
            with tempfile.TemporaryDirectory() as folder, chdir(folder):
                os.environ["PULLQUOTE_CONFIG"] = str(Path(folder) / "config.toml")
                yield asyncio.run(_attacked(name, one, Path(folder), seed=number))


async def _attacked(name: str, one: tuple[Article, Findings], folder: Path, seed: int) -> Tally:
    tally = Tally(f"random keys and mouse: {name}")
    chance, failed = random.Random(f"{name} {seed}"), 0
    while tally.tried < EVENTS and failed < 5:  # an app that has failed is started anew
        with Library.open(folder / f"data{failed}") as library:
            for article, findings in articles().values():  # so that there are others to open
                library.articles.save(article)
                library.findings.save(article.id, findings)
            library.articles.save(one[0])
            app = Pullquote(derived(*one, ()), library, Settings())
            done: list[str] = []
            try:
                async with app.run_test(size=(80, 24)) as pilot:
                    await _at(pilot, chance, tally, done)
            except Exception as error:  # what the app raised comes out of its context
                tally.failures.append(
                    f"{type(error).__name__}: {error} after {' '.join(done[-12:])}"
                )
            failed += 1
    tally.remark = f"seed {seed}"
    return tally


async def _at(pilot: Pilot[None], chance: random.Random, tally: Tally, done: list[str]) -> None:
    while tally.tried < EVENTS:
        for _ in range(_HANDFUL):
            done.append(await _one_event(pilot, chance))
            tally.attempt()
            await asyncio.sleep(0)
        await pilot.pause()
        if pilot.app._exception:  # raised again where the app ends
            return
        if isinstance(pilot.app.screen, Reader) and len(pilot.app.workers):
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
        # on a busy machine Textual takes itself for idle while it is not
        for _ in range(_PATIENCE):
            wrong = next(_wrong(pilot), None)
            if wrong is None:
                break
            await pilot.pause(0.05)
        if wrong is not None:
            tally.failures.append(f"{wrong} after {' '.join(done[-12:])}")
            return


async def _one_event(pilot: Pilot[None], chance: random.Random) -> str:
    """Something that a reader does, given to the app as a terminal would give it."""
    app = pilot.app
    if isinstance(app.screen, CommandPalette):
        return _key(app, "escape")
    if chance.random() < 0.02:
        size = chance.choice(_SIZES)
        await pilot.resize_terminal(*size)
        return f"resize{size}"
    if chance.random() < 0.3:
        return _mouse(app, chance)
    dialog = not isinstance(app.screen, Reader) or app.screen.search_line.is_open
    return _key(app, chance.choice(_DIALOG_KEYS if dialog and chance.random() < 0.9 else _KEYS))


def _send(app: App[None], event: events.Event) -> None:
    assert app._driver is not None
    event.set_sender(app)
    app._driver.send_message(event)


def _key(app: App[None], key: str) -> str:
    _send(app, events.Key("space" if key == " " else key, key if len(key) == 1 else None))
    return key


def _point(
    app: App[None], kind: type[events.MouseEvent], at: tuple[int, int], button: int = 0
) -> None:
    x, y = at
    _send(app, kind(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y))


def _mouse(app: App[None], chance: random.Random) -> str:
    width, height = app.size
    start, end = ((chance.randrange(width), chance.randrange(height)) for _ in range(2))
    match chance.randrange(4):
        case 0:
            times, button = chance.choice((1, 1, 2, 3, 4)), chance.choice((1, 1, 1, 3))
            for _ in range(times):
                _point(app, events.MouseDown, start, button)
                _point(app, events.MouseUp, start, button)
            return f"click{start}x{times}/{button}"
        case 1:
            _point(app, events.MouseDown, start, 1)
            _point(app, events.MouseMove, end, 1)
            _point(app, events.MouseUp, end, 1)
            return f"drag{start}{end}"
        case _:
            wheel = chance.choice((events.MouseScrollDown, events.MouseScrollUp))
            times = chance.randrange(1, 6)
            for _ in range(times):
                _point(app, wheel, start)
            return f"{wheel.__name__}x{times}"


def _wrong(pilot: Pilot[None]) -> Iterator[str]:
    """What does not hold."""
    screen = next(
        (one for one in reversed(pilot.app.screen_stack) if isinstance(one, Reader)), None
    )
    if screen is None:
        yield "no reader on the screen"
        return
    view = screen.article
    length = len(view.text)
    if view.paragraphs and not any(start <= view.cursor < end for start, end in view.paragraphs):
        yield f"cursor {view.cursor} outside the text"
    elif screen.session.on_text(view.cursor) != view.cursor:
        yield f"cursor {view.cursor} inside a grapheme"
    line = view.wrapped.line(view.cursor) - view.scroll_offset.y
    if (
        screen is pilot.app.screen
        and not screen.session.position.selecting
        and not 0 <= line < max(1, view.size.height)
    ):
        yield f"the cursor is {line} lines below the top of {view.size.height}"
    span = screen.session.position.selected
    if span and not 0 <= span[0] < span[1] <= length:
        yield f"{span} is selected"
    for note in screen.session.reading.annotations:
        start, end = note.target.span
        if not note.is_orphan and (
            not 0 <= start < end <= length or view.text[start:end] != note.target.exact
        ):
            yield f"a note on {start, end}"
    if (
        screen is pilot.app.screen
        and screen.query_one("#status").display
        and pilot.app.size.width >= 50
    ):
        rows = [
            "".join(segment.text for segment in strip)
            for strip in screen._compositor.render_strips()
        ]
        if "? keys" not in rows[-1]:
            yield f"no way to the keys: {rows[-1]!r}"
