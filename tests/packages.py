"""Packages of somebody else's, for the tests of what they may add to ours."""

import sys
from pathlib import Path

import pytest

from pullquote.article.registry import ADDRESSES, OTHERS
from pullquote.extra_kinds import EXTRA_KINDS
from pullquote.formats import FORMATS
from pullquote.formats.registry import IMPORTERS

WORDS_ALONE = """
from pullquote.formats.form import Format, Items
from pullquote.notes.annotations import Annotation, Target
from pullquote.notes.incoming import NOWHERE, Incoming

def write(readings, settings):
    yield "TOY\\n"
    for reading in readings:
        for note in reading.annotations:
            yield note.target.exact + "\\n"

def read(content):
    lines = content.text.splitlines()[1:]
    notes = [Annotation(id=f"{n:032x}", target=Target(NOWHERE, NOWHERE, line), highlight=1)
             for n, line in enumerate(lines)]
    return Items([Incoming(annotation=note) for note in notes])

DECLARED = Format(
    name="toy", suffix=".toy", carries="words", description="words alone, line by line",
    write=write, read=read, sniff=lambda content: content.data.startswith(b"TOY"),
    needs_findings=False,
)
"""


def install(
    folder: Path, group: str, name: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package that declares its `DECLARED` as `name` in `group`, for us and what we start."""
    module = f"{name}_package"
    about = folder / f"{module}-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / f"{module}.py").write_text(code, encoding="utf-8")
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[{group}]\n{name} = {module}:DECLARED\n")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.delitem(sys.modules, module, raising=False)
    look_again()


def look_again() -> None:
    """Packages have come or gone."""
    for plug_ins in (FORMATS, IMPORTERS, OTHERS, ADDRESSES, EXTRA_KINDS):
        plug_ins.look_again()
