"""Write readings in the forms that people use.

Every exporter is one function from readings to what stands in a file, registered here in one table;
to add one, write its module and its line. None knows the screen, and none computes what another
would need too.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pullquote.files import is_stream
from pullquote.formats.bibtex import bibtex
from pullquote.formats.brat import ann, txt
from pullquote.formats.claimreview import claimreview
from pullquote.formats.csl import csl_json
from pullquote.formats.csv_table import csv_table
from pullquote.formats.files import ExportError, File, Pieces, usual_folder, write, write_all
from pullquote.formats.html import html
from pullquote.formats.hypothesis import hypothesis
from pullquote.formats.json_form import json_form
from pullquote.formats.markdown import markdown
from pullquote.formats.obsidian import merged, obsidian
from pullquote.formats.plain import plain
from pullquote.formats.readwise import readwise
from pullquote.formats.training_data import docbin, jsonl
from pullquote.formats.webannotation import webannotation
from pullquote.formats.worksheet import worksheet
from pullquote.notes.reading import Reading
from pullquote.settings import Settings

__all__ = [
    "EXPORTERS",
    "ExportError",
    "Exporter",
    "export",
    "file_name",
    "pieces",
    "put",
    "usual_folder",
    "write",
]

Write = Callable[[Iterable[Reading], Settings], Pieces]


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: the suffix of its files, what it is good for, and the function that writes one
    file, piece by piece.

    It takes the readings one by one and lets go of each, so that a library of any size can be
    written. Suffixes differ, so that all formats can be written into one folder.
    """

    suffix: str
    description: str
    write: Write
    whole: bool = False  # whatever the reader may not want to see
    single: bool = False  # an article a file
    needs_findings: bool = True  # tells who says what, or what was found
    companions: tuple[tuple[str, Write], ...] = ()  # other files that belong beside, by suffix
    merged: Callable[[str, str], str] | None = (
        None  # the new text put into the file that is there, the rest of it kept
    )


def _alone(write: Callable[[Reading, Settings], str | bytes]) -> Write:
    """A writer of one reading, of which there is just one."""

    def written(readings: Iterable[Reading], settings: Settings) -> Iterator[str | bytes]:
        (reading,) = readings
        yield write(reading, settings)

    return written


EXPORTERS = {
    "markdown": Exporter(
        ".md",
        "notes as blockquotes, then quotes, claims and warnings",
        _alone(markdown),
        single=True,
    ),
    "csv": Exporter(".csv", "one row an annotation, for spreadsheets", csv_table),
    "json": Exporter(".json", "the whole reading, for programs", json_form, whole=True),
    "text": Exporter(".txt", "the whole reading as plain text", _alone(plain), single=True),
    "html": Exporter(
        ".html", "a web page of its own, with everything marked", _alone(html), single=True
    ),
    "obsidian": Exporter(
        ".obsidian.md",
        "a note for Obsidian, brought up to date when exported again",
        _alone(obsidian),
        single=True,
        merged=merged,
    ),
    "readwise": Exporter(
        ".readwise.csv", "highlights for Readwise's import", readwise, needs_findings=False
    ),
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
    "worksheet": Exporter(
        ".worksheet.md", "a work sheet for fact-checkers: claim by claim", worksheet
    ),
    "claimreview": Exporter(
        ".claimreview.jsonld", "your verdicts as schema.org ClaimReview", claimreview, whole=True
    ),
    "brat": Exporter(
        ".brat.ann",
        "standoff annotations, for annotation tools",
        _alone(ann),
        whole=True,
        single=True,
        companions=((".txt", _alone(txt)),),
    ),
    "csl-json": Exporter(
        ".csl.json", "citations for Zotero and Pandoc", csl_json, needs_findings=False
    ),
    "bibtex": Exporter(".bib", "citations for LaTeX (biblatex)", bibtex, needs_findings=False),
    "jsonl-corrections": Exporter(
        ".jsonl", "what you put right, for training and measuring", jsonl, whole=True
    ),
    "spacy": Exporter(".spacy", "what you put right, as a spaCy DocBin", docbin, whole=True),
}


def export(
    readings: Iterable[Reading], form: str, settings: Settings, every_stance: bool = False
) -> str | bytes:
    """`readings`, each article once, in the format named `form`: one file's worth. A `single`
    format takes just one.

    What is written for people lists quotes and claims of speech and writing alone, unless
    `every_stance`.
    """
    written = list(pieces(readings, form, settings, every_stance))
    if any(isinstance(one, bytes) for one in written):
        return b"".join(one.encode() if isinstance(one, str) else one for one in written)
    return "".join(map(str, written))


def pieces(
    readings: Iterable[Reading], form: str, settings: Settings, every_stance: bool = False
) -> Pieces:
    """What `export` gives, piece by piece, so that no more than one or two readings are held at a
    time.
    """
    exporter = EXPORTERS[form]
    return exporter.write(
        (seen(reading, exporter, every_stance) for reading in each_once(readings)), settings
    )


def seen(reading: Reading, exporter: Exporter, every_stance: bool) -> Reading:
    """The reading with what the reader wants to see of it."""
    if reading.findings is None or every_stance or exporter.whole:
        return reading
    return msgspec.structs.replace(reading, findings=reading.findings.in_words())


def put(
    readings: Iterable[Reading],
    form: str,
    settings: Settings,
    path: Path,
    force: bool = False,
    every_stance: bool = False,
    sources: Callable[[], Iterable[Path]] = tuple,
) -> list[Path]:
    """Write `readings` to the file `path`, with its companions beside, or into the folder `path`,
    an article a file.

    Gives back what was written, each article once; if one file cannot be, none is. A file that is
    there is kept unless `force`; a format that can, puts what is new into it and leaves the rest of
    it alone. `sources` are the files that articles were read from, which are kept whatever is asked
    for. Raises `ExportError`.
    """
    exporter, readings = EXPORTERS[form], each_once(readings)

    def files() -> Iterator[File]:
        if os.path.isdir(path):
            for one in readings:
                yield from _files(
                    [one], form, settings, path / file_name(one, form), force, every_stance
                )
        else:
            ones = _only(readings, form, path) if exporter.single else readings
            yield from _files(ones, form, settings, path, force, every_stance)

    return write_all(files(), sources)


def _only(readings: Iterator[Reading], form: str, path: Path) -> list[Reading]:
    """The only reading there is."""
    first, second = next(readings, None), next(readings, None)
    if first is None or second is not None:
        raise ExportError(
            f"{path}: {form} has an article a file; make a folder of that name for several articles"
        )
    return [first]


def _files(
    readings: Iterable[Reading],
    form: str,
    settings: Settings,
    path: Path,
    force: bool,
    every_stance: bool,
) -> Iterator[File]:
    """The file of `readings`, and those that belong beside it.

    A companion replaces what is there only where the file that it goes with does: another may be
    the reader's own.
    """
    exporter = EXPORTERS[form]
    is_there = os.path.exists(path)
    content = pieces(readings, form, settings, every_stance)
    if exporter.merged and is_there and not force and not is_stream(path):
        new = "".join(map(str, content))
        yield File(path, [_merged(exporter.merged, new, path)], over=True)
    else:
        yield File(path, content, over=force)
    for suffix, companion in exporter.companions:
        yield File(path.with_suffix(suffix), companion(readings, settings), over=force and is_there)


def each_once(readings: Iterable[Reading]) -> Iterator[Reading]:
    """`readings`, no article twice."""
    there = set[str]()
    for reading in readings:
        if reading.article.id not in there:
            there.add(reading.article.id)
            yield reading


def _merged(merge: Callable[[str, str], str], content: str, path: Path) -> str:
    try:
        return merge(content, path.read_bytes().decode())
    except (OSError, ValueError) as error:
        why = (isinstance(error, OSError) and error.strerror) or error
        raise ExportError(
            f"{path}: cannot be written into: {why}; choose another name, or use --force"
        ) from error


_NAME = 200  # bytes of a title in a file's name; most file systems take 255 of the whole name


def file_name(reading: Reading, form: str) -> str:
    """A name for the file of a reading: the words of its title and the start of its id, so that it
    stays the same.
    """
    words = re.sub(r"[\W_]+", "-", reading.article.title.lower()).strip("-")[:60]
    words = words.encode()[:_NAME].decode(errors="ignore").rstrip("-")
    return f"{words}-{reading.article.id[:8]}{EXPORTERS[form].suffix}".lstrip("-")
