"""What pandoc and citation-js make of our citations in APA, Chicago and Vancouver.

Each list of references is compared with the one in tests/data/citations, which was looked at; one
that is not there is written. The styles of APA and Vancouver are those of citation-js, which node
has to find: `npm install citation-js` in a folder, and NODE_PATH its node_modules.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.campaigns import Tally
from tests.citations import (
    RENDERED,
    by_citation_js,
    by_pandoc,
    has_citation_js,
    styles_of_citation_js,
    written,
)


def run(rounds: int = 1) -> Iterator[Tally]:
    """Render all; `rounds` means nothing here."""
    tally = Tally("citations as pandoc and citation-js set them")
    if not (shutil.which("pandoc") and has_citation_js()):
        tally.remark = "not run: pandoc or citation-js (in NODE_PATH) is not here"
    else:
        for name, text in _rendered():
            tally.attempt(_compared(RENDERED / name, text))
    yield tally


def _rendered() -> Iterator[tuple[str, str]]:
    forms = written()
    chicago = subprocess.run(
        ["pandoc", "--print-default-data-file", "default.csl"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    styles = {**dict(styles_of_citation_js()), "chicago": chicago}
    with tempfile.TemporaryDirectory() as folder:
        for style, template in styles.items():
            path = Path(folder) / f"{style}.csl"
            path.write_text(template, encoding="utf-8")
            yield f"citation-js-{style}.txt", by_citation_js(forms["json"], style, template)
            for suffix, text in forms.items():
                bibliography = Path(folder) / f"articles.{suffix}"
                bibliography.write_text(text, encoding="utf-8")
                yield f"pandoc-{suffix}-{style}.txt", by_pandoc(bibliography, path)


def _compared(there: Path, text: str) -> str | None:
    if not there.exists():
        there.write_text(text, encoding="utf-8")
    elif there.read_text(encoding="utf-8") != text:
        return f"{there.name} is not what it was"
    return None
