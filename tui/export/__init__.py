"""Write readings in the forms that people use.

Every exporter is one function from readings to what stands in a file, registered here in one table; to add one, write its
module and its line. None knows the screen, and none computes what another would need too.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tui.export.bibtex import bibtex
from tui.export.brat import ann, txt
from tui.export.claimreview import claimreview
from tui.export.csl import csl_json
from tui.export.csv_table import csv_table
from tui.export.files import ExportError, write
from tui.export.html import html
from tui.export.hypothesis import hypothesis
from tui.export.json_form import json_form
from tui.export.markdown import markdown
from tui.export.obsidian import merged, obsidian
from tui.export.plain import plain
from tui.export.readwise import readwise
from tui.export.training_data import docbin, jsonl
from tui.export.webannotation import webannotation
from tui.export.worksheet import worksheet
from tui.library.reading import Reading
from tui.settings import Settings

__all__ = ["EXPORTERS", "ExportError", "Exporter", "export", "file_name", "put", "write"]

Write = Callable[[Sequence[Reading], Settings], str | bytes]


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: the suffix of its files, what it is good for, and the function that writes one file."""

    suffix: str
    description: str
    write: Write
    whole: bool = False  # whatever the reader may not want to see
    single: bool = False  # an article a file
    companions: tuple[tuple[str, Write], ...] = ()  # other files that belong beside, by suffix
    merged: Callable[[str, str], str] | None = None  # the new text put into the file that is there, the rest of it kept


def _alone(write: Callable[[Reading, Settings], str | bytes]) -> Write:
    """A writer of one reading, of which there is just one."""

    def written(readings: Sequence[Reading], settings: Settings) -> str | bytes:
        (reading,) = readings
        return write(reading, settings)

    return written


EXPORTERS = {
    "markdown": Exporter(
        ".md", "highlights as blockquotes, then quotes, claims and warnings", _alone(markdown), single=True
    ),
    "csv": Exporter(".csv", "one row an annotation, for spreadsheets", csv_table),
    "json": Exporter(".json", "the whole reading, for programs", json_form, whole=True),
    "text": Exporter(".txt", "the whole reading as plain text", _alone(plain), single=True),
    "html": Exporter(".html", "a web page of its own, with everything marked", _alone(html), single=True),
    "obsidian": Exporter(
        ".md",
        "a note for Obsidian, brought up to date when exported again",
        _alone(obsidian),
        single=True,
        merged=merged,
    ),
    "readwise": Exporter(".csv", "highlights for Readwise's import", readwise),
    "webannotation": Exporter(".jsonld", "W3C Web Annotation, for other annotation tools", webannotation, whole=True),
    "hypothesis": Exporter(".json", "notes as the Hypothesis client exports and imports them", hypothesis, whole=True),
    "worksheet": Exporter(".md", "a work sheet for fact-checkers: claim by claim", worksheet),
    "claimreview": Exporter(".jsonld", "your verdicts as schema.org ClaimReview", claimreview, whole=True),
    "brat": Exporter(
        ".ann",
        "standoff annotations, for annotation tools",
        _alone(ann),
        whole=True,
        single=True,
        companions=((".txt", _alone(txt)),),
    ),
    "csl-json": Exporter(".csl.json", "citations for Zotero and Pandoc", csl_json),
    "bibtex": Exporter(".bib", "citations for LaTeX (biblatex)", bibtex),
    "jsonl-corrections": Exporter(".jsonl", "what you put right, for training and measuring", jsonl, whole=True),
    "spacy": Exporter(".spacy", "what you put right, as a spaCy DocBin", docbin, whole=True),
}


def export(readings: Sequence[Reading], form: str, settings: Settings, every_stance: bool = False) -> str | bytes:
    """`readings` in the format named `form`: one file's worth. A `single` format takes just one.

    What is written for people lists quotes and claims of speech and writing alone, unless `every_stance`.
    """
    exporter = EXPORTERS[form]
    return exporter.write([seen(reading, exporter, every_stance) for reading in readings], settings)


def seen(reading: Reading, exporter: Exporter, every_stance: bool) -> Reading:
    """The reading with what the reader wants to see of it."""
    if reading.findings is None or every_stance or exporter.whole:
        return reading
    return msgspec.structs.replace(reading, findings=reading.findings.in_words())


def put(
    readings: Sequence[Reading],
    form: str,
    settings: Settings,
    path: Path,
    force: bool = False,
    every_stance: bool = False,
) -> list[Path]:
    """Write `readings` to the file `path`, with its companions beside, or into the folder `path`, an article a file.

    Gives back what was written. A file that is there is kept unless `force`; a format that can, puts what is new into it and
    leaves the rest of it alone. Raises `ExportError`.
    """
    exporter = EXPORTERS[form]
    if path.is_dir():
        alone = [[reading] for reading in readings]
        return [one for a in alone for one in put(a, form, settings, path / file_name(a[0], form), force, every_stance)]
    if exporter.single and len(readings) != 1:
        raise ExportError(
            f"{path}: {form} has an article a file; make a folder of that name for {len(readings)} articles"
        )
    content = export(readings, form, settings, every_stance)
    if exporter.merged and path.exists() and not force:
        content, force = _merged(exporter.merged, str(content), path), True
    written = {path: content} | {
        path.with_suffix(suffix): one(readings, settings) for suffix, one in exporter.companions
    }
    for place, words in written.items():
        write(words, place, force)
    return list(written)


def _merged(merge: Callable[[str, str], str], content: str, path: Path) -> str:
    try:
        return merge(content, path.read_bytes().decode())
    except (OSError, ValueError) as error:
        raise ExportError(f"{path}: cannot be written into: {error}; choose another name, or use --force") from error


def file_name(reading: Reading, form: str) -> str:
    """A name for the file of a reading: the words of its title and the start of its id, so that it stays the same."""
    words = re.sub(r"[\W_]+", "-", reading.article.title.lower()).strip("-")[:60].rstrip("-")
    return f"{words}-{reading.article.id[:8]}{EXPORTERS[form].suffix}".lstrip("-")
