"""The exported web page in a browser and as data: axe-core, schema.org's vocabulary, print.

Chromium and, by npm in a folder with NODE_PATH its node_modules, axe-core, schema-dts (the
vocabulary as types) and typescript are used where they are at hand.
"""

import asyncio
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pullquote.analysis.pipeline import analyse
from pullquote.article.source import shipped
from pullquote.formats.html import html
from pullquote.notes.annotations import Annotation, annotate
from pullquote.notes.evidence import Evidence
from pullquote.notes.reading import derived
from pullquote.settings import Settings
from tests.axe import AXE, found_by_axe
from tests.campaigns import Tally
from tests.chromium import CHROMIUM, chromium

_WIDTHS = (1280, 600)
_TALL = "\n\n".join(f"Paragraph {number} of a note that is **tall**." for number in range(30))
_CHECKING = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext"]


def run(rounds: int = 1) -> Iterator[Tally]:
    """The shipped article with notes and verdicts; `rounds` means nothing here."""
    tally = Tally("the exported web page")
    if not (CHROMIUM and AXE.is_file()):
        tally.remark = "not run: Chromium, or axe-core in NODE_PATH, is not here"
    else:
        made = page()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "page.html"
            path.write_text(made, encoding="utf-8")
            for line in asyncio.run(_looked_at(path)):
                tally.attempt(line)
        tally.attempt(_of_the_vocabulary(made))
    yield tally


def page() -> str:
    """The page: notes of all kinds, one of them taller than its paragraphs, and two verdicts."""
    article = shipped()
    text, found = article.text, analyse(article.text)
    notes = [
        _note(text, "legitimate targets", highlight=1, comment="Who *decides*?\n\n- a\n- b"),
        _note(text, "grim chapter", highlight=2, tags=("war",), comment=_TALL),
        *(
            msgspec.structs.replace(
                annotate(text, claim.content[0], comment="Seen."),
                verdict=verdict,
                evidence=(Evidence(url="https://example.org/b", title="A report", quote="so"),),
            )
            for claim, verdict in zip(found.claims, ("true", "nobody knows"), strict=False)
        ),
    ]
    notes.sort(key=lambda note: note.target.span)
    return html(derived(article, found, tuple(notes)), Settings(reader="Ann Lee"))


def _note(text: str, words: str, **bodies: object) -> Annotation:
    start = text.index(words)
    return annotate(text, (start, start + len(words)), **bodies)  # type: ignore[arg-type]


async def _looked_at(path: Path) -> list[str | None]:
    """What axe finds, in light and dark, wide and narrow; and whether it can be printed."""
    outcomes: list[str | None] = []
    for width in _WIDTHS:
        async with chromium(width) as tab:
            for colours in ("light", "dark"):
                await tab.prefer(colours)
                await tab.open(path.as_uri())
                outcomes.append("; ".join(await found_by_axe(tab)) or None)
            await tab.printed(path.with_suffix(".pdf"))
            outcomes.append(None if path.with_suffix(".pdf").stat().st_size else "nothing printed")
    return outcomes


def _of_the_vocabulary(made: str) -> str | None:
    """What schema.org's vocabulary has not of the page's data."""
    data = re.search(r'ld\+json">(.*?)</script>', made, re.S)
    modules = AXE.parents[1]
    if data is None or not (modules / "schema-dts").is_dir():
        return "no data in the page, or no schema-dts in NODE_PATH"
    given = json.dumps(json.loads(data[1]))
    program = modules.parent / "pullquote-page.ts"
    program.write_text(
        f'import type {{Graph}} from "schema-dts";\nexport const page: Graph = {given};\n'
    )
    try:
        done = subprocess.run(
            [modules / ".bin" / "tsc", *_CHECKING, program],
            capture_output=True,
            text=True,
            check=False,
            cwd=modules.parent,
        )
    finally:
        program.unlink()
    return done.stdout.strip() or None
