"""Write readings in the forms that people use.

Every exporter is one function from readings to what stands in a file, registered here in one table; to add one, write its
module and its line. None knows the screen, and none computes what another would need too.
"""

import os
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
from tui.export.files import ExportError, write, write_all
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
    """One format: the suffix of its files, what it is good for, and the function that writes one file.

    Suffixes differ, so that all formats can be written into one folder.
    """

    suffix: str
    description: str
    write: Write
    whole: bool = False  # whatever the reader may not want to see
    single: bool = False  # an article a file
    needs_findings: bool = True  # tells who says what, or what was found
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
        ".md", "notes as blockquotes, then quotes, claims and warnings", _alone(markdown), single=True
    ),
    "csv": Exporter(".csv", "one row an annotation, for spreadsheets", csv_table),
    "json": Exporter(".json", "the whole reading, for programs", json_form, whole=True),
    "text": Exporter(".txt", "the whole reading as plain text", _alone(plain), single=True),
    "html": Exporter(".html", "a web page of its own, with everything marked", _alone(html), single=True),
    "obsidian": Exporter(
        ".obsidian.md",
        "a note for Obsidian, brought up to date when exported again",
        _alone(obsidian),
        single=True,
        merged=merged,
    ),
    "readwise": Exporter(".readwise.csv", "highlights for Readwise's import", readwise, needs_findings=False),
    "webannotation": Exporter(
        ".jsonld",
        "W3C Web Annotation, for other annotation tools",
        webannotation,
        whole=True,
        needs_findings=False,
    ),
    "hypothesis": Exporter(
        ".hypothesis.json",
        "notes as the Hypothesis client exports and imports them",
        hypothesis,
        whole=True,
        needs_findings=False,
    ),
    "worksheet": Exporter(".worksheet.md", "a work sheet for fact-checkers: claim by claim", worksheet),
    "claimreview": Exporter(".claimreview.jsonld", "your verdicts as schema.org ClaimReview", claimreview, whole=True),
    "brat": Exporter(
        ".brat.ann",
        "standoff annotations, for annotation tools",
        _alone(ann),
        whole=True,
        single=True,
        companions=((".txt", _alone(txt)),),
    ),
    "csl-json": Exporter(".csl.json", "citations for Zotero and Pandoc", csl_json, needs_findings=False),
    "bibtex": Exporter(".bib", "citations for LaTeX (biblatex)", bibtex, needs_findings=False),
    "jsonl-corrections": Exporter(".jsonl", "what you put right, for training and measuring", jsonl, whole=True),
    "spacy": Exporter(".spacy", "what you put right, as a spaCy DocBin", docbin, whole=True),
}


def export(readings: Sequence[Reading], form: str, settings: Settings, every_stance: bool = False) -> str | bytes:
    """`readings`, each article once, in the format named `form`: one file's worth. A `single` format takes just one.

    What is written for people lists quotes and claims of speech and writing alone, unless `every_stance`.
    """
    exporter = EXPORTERS[form]
    return exporter.write([seen(reading, exporter, every_stance) for reading in _each_once(readings)], settings)


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

    Gives back what was written, each article once; if one file cannot be, none is. A file that is there is kept unless
    `force`; a format that can, puts what is new into it and leaves the rest of it alone. Raises `ExportError`.
    """
    exporter, readings = EXPORTERS[form], _each_once(readings)
    if os.path.isdir(path):
        parts = [(path / file_name(one, form), [one]) for one in readings]
    elif exporter.single and len(readings) != 1:
        raise ExportError(
            f"{path}: {form} has an article a file; make a folder of that name for {len(readings)} articles"
        )
    else:
        parts = [(path, readings)]
    files: dict[Path, str | bytes] = {}
    over = set[Path]()
    for place, ones in parts:
        content = export(ones, form, settings, every_stance)
        if exporter.merged and os.path.exists(place) and not force:
            content = _merged(exporter.merged, str(content), place)
            over.add(place)
        beside = [(place.with_suffix(suffix), companion(ones, settings)) for suffix, companion in exporter.companions]
        for one, written in ((place, content), *beside):
            if one in files:
                raise ExportError(f"{one}: two files of {form} would have this name; choose another one")
            files[one] = written
    write_all(files, files if force else over)
    return list(files)


def _each_once(readings: Sequence[Reading]) -> list[Reading]:
    return list({one.article.id: one for one in readings}.values())


def _merged(merge: Callable[[str, str], str], content: str, path: Path) -> str:
    try:
        return merge(content, path.read_bytes().decode())
    except (OSError, ValueError) as error:
        why = (isinstance(error, OSError) and error.strerror) or error
        raise ExportError(f"{path}: cannot be written into: {why}; choose another name, or use --force") from error


def file_name(reading: Reading, form: str) -> str:
    """A name for the file of a reading: the words of its title and the start of its id, so that it stays the same."""
    words = re.sub(r"[\W_]+", "-", reading.article.title.lower()).strip("-")[:60].rstrip("-")
    return f"{words}-{reading.article.id[:8]}{EXPORTERS[form].suffix}".lstrip("-")
