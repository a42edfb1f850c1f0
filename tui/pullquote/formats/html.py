"""One self-contained web page: the article with findings and notes, to read, send, print, keep.

Marks overlap, elements must not: the text is cut wherever a mark begins or ends, and each piece
carries the kinds of all the marks that cover it. Nothing on the page runs or is fetched; its policy
forbids that, and every word from outside is escaped by the template. What was found is on it for
programs too, as data that does not run (linked_data.py). How it looks is in
html_page.css, how it is built in html_page.html, both beside this module.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pullquote.extra import EXTRA
from pullquote.findings import DOUBTFUL, STATED, Actor, FindingKind, Findings, Statement, statements
from pullquote.formats.form import Format, Purpose, single_writer
from pullquote.formats.linked_data import linked_data
from pullquote.formats.said import (
    CHECKED,
    is_mostly,
    name,
    not_analysed,
    placement_remark,
    said_by,
    speaker,
    web_address,
)
from pullquote.kinds import BY_LAYER
from pullquote.kinds import about as known_of
from pullquote.kinds.extra import titles
from pullquote.kinds.sources import sources
from pullquote.notes.annotations import Annotation
from pullquote.notes.corrections import correction_line
from pullquote.notes.evidence_lines import changed_words, when
from pullquote.notes.reading import EVERY_LAYER, NOTE, Layer, Reading
from pullquote.settings import Settings
from pullquote.text import Span, Spans, at, joined, one_line, paragraphs

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

_HERE = Path(__file__).parent
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.I)
_LINKED = re.compile(r"(https?://|mailto:)[^\s/]", re.I)


class Mark(NamedTuple):
    """What lies over the text: its entry's name in the page, its kinds for the style, its spans."""

    entry: str
    kinds: tuple[str, ...]
    spans: Spans
    label: str = ""  # what stands behind its last word and leads to its entry
    number: int = 0  # among the mentions of an actor

    @property
    def place(self) -> str:
        """The name of its place in the text."""
        return f"at-{self.entry}" + (f"-{self.number}" if self.number else "")


class Piece(NamedTuple):
    """A stretch of text under the same marks, with those that begin before and end behind it."""

    text: str
    marks: tuple[Mark, ...]
    begins: tuple[Mark, ...]
    ends: tuple[Mark, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of all its marks, each once."""
        return tuple(dict.fromkeys(kind for mark in self.marks for kind in mark.kinds))

    @property
    def actor(self) -> str:
        """The entry of the actor who is mentioned here, if any; of two the inner one."""
        mentions = (mark for mark in self.marks if mark.number)
        inner = min(mentions, key=lambda one: one.spans[0][1] - one.spans[0][0], default=None)
        return inner.entry if inner else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list below the text: who, what about it, and the words."""

    mark: Mark
    who: str
    about: tuple[str, ...]
    words: str
    parts: tuple[tuple[str, str], ...] = ()  # more of it, with what it is
    note: Annotation | None = None  # the reader's, or the verdict on the claim
    mentions: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph with the white space before it, and the notes that begin in it."""

    gap: str
    element: str
    furniture: bool
    pieces: tuple[Piece, ...]
    notes: tuple[Entry, ...]


def html(reading: Reading, settings: Settings) -> str:
    """The reading as one HTML document, without scripts and without anything from elsewhere."""
    lists = _lists(reading, settings)
    rows, tail = _rows(reading, lists)
    language = reading.article.language or (
        reading.findings.language if reading.findings and reading.findings.foreign else ""
    )
    language = language if _LANGUAGE.fullmatch(language) else ""
    return template("html_page.html").render(
        reading=reading,
        article=reading.article,
        settings=settings,
        css=style(),
        language=language,
        linked_data=linked_data(reading, language, settings),
        not_analysed=not_analysed(reading),
        sources=sources(reading),
        lists=lists,
        titles={layer: kind.plural.capitalize() for layer, kind in BY_LAYER.items()}
        | ({EXTRA: titles(reading)} if reading.findings else {}),
        rows=rows,
        tail=tail,
        placed={mark.place for row in rows for piece in row.pieces for mark in piece.begins},
    )


def style() -> str:
    """How pages look, as CSS."""
    return (_HERE / "html_page.css").read_text(encoding="utf-8")


@cache
def template(name: str) -> "Template":
    """A page's template, which lies beside this module; all that is put into it is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "markdown": _markdown,
        "web_address": web_address,
        "line": one_line,
        "changed_words": changed_words,
        "when": when,
    }
    return environment.get_template(name)


def _markdown(comment: str) -> "Markup":
    """A comment as HTML: no HTML of its own, pictures or headings; links to web and mail alone."""
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    options = {"html": False, "breaks": True, "xhtmlOut": False}
    parser = MarkdownIt("commonmark", options).disable(["image", "heading", "lheading"])
    parser.validateLink = lambda url: _LINKED.match(url) is not None  # type: ignore[method-assign]
    return Markup(parser.render(comment))


# --- the lists


def _lists(reading: Reading, settings: Settings) -> dict[str, list[Entry]]:
    """The entries of each list, by the kind of their marks."""
    found = reading.findings or Findings(analyser="")
    reader = settings.reader or "the reader"
    every: dict[Layer, list[Entry]] = {
        FindingKind.ACTOR: [
            _actor(number, one, reader) for number, one in enumerate(found.actors, 1)
        ],
        NOTE: _notes(reading, settings),
    }
    every.update((kind, _statements(reading, found, kind, reader)) for kind in STATED)
    every[EXTRA] = _extras(reading, found)
    return {layer: every[layer] for layer in EVERY_LAYER}


def _extras(reading: Reading, found: Findings) -> list[Entry]:
    return [
        Entry(
            _mark(EXTRA, number, one.span, one.confidence, one.rule),
            name(found, one.speaker) if one.speaker else one.kind,
            tuple(filter(None, (one.label, one.note))),
            joined(reading.article.text, one.span),
        )
        for number, one in enumerate(found.of_plug_ins, 1)
    ]


def _mark(kind: str, number: int, spans: Spans, confidence: float, rule: str) -> Mark:
    kinds = (kind, *([f"{kind}-doubtful"] if confidence < DOUBTFUL else ()))
    own = "✎" if rule in CHECKED else ""
    return Mark(f"{kind}-{number}", kinds, spans, f"{kind[0]}{number}{own}")


def _stated(number: int, one: Statement, found: Findings) -> Mark:
    mark = _mark(one.finding, number, one.spans, one.confidence, one.rule)
    looks_it = one.is_attribution and found.is_speaker_doubtful(one)  # a quote; others say it below
    by_another = (f"{one.finding}-by-another",) * looks_it
    return mark._replace(kinds=mark.kinds + by_another)


def _standing(confidence: float, rule: str, reader: str) -> tuple[str, ...]:
    """What there is to say of how sure a finding is."""
    if rule in CHECKED:
        return (f"✎ {CHECKED[rule]} by {reader}",)
    return ("doubtful",) if confidence < DOUBTFUL else ()


def _statements(reading: Reading, found: Findings, kind: FindingKind, reader: str) -> list[Entry]:
    text, spec = reading.article.text, BY_LAYER[kind]
    return [
        Entry(
            _stated(number, one, found),
            said_by(found, one),
            (
                *known_of(one),
                *_standing(one.confidence, one.rule, reader),
                *(("speaker doubtful",) if found.is_speaker_doubtful(one) else ()),
            ),
            joined(text, one.spans),
            tuple(
                (part.word, joined(text, part.spans))
                for part in spec.parts(one)
                if part.word and part.spans and part.spans != one.spans
            ),
            note=reading.verdict(one) if spec.is_judged else None,
        )
        for number, one in enumerate(statements(found, kind), 1)
    ]


def _actor(number: int, actor: Actor, reader: str) -> Entry:
    mark = Mark(f"actor-{number}", ("actor",), ())
    mentions = tuple(
        mark._replace(spans=(span,), number=place) for place, span in enumerate(actor.mentions, 1)
    )
    about = filter(
        None, (actor.kind.value, actor.role, actor.affiliation, *_standing(1.0, actor.rule, reader))
    )
    parts = (("also", ", ".join(actor.aliases)),) if actor.aliases else ()
    return Entry(mark, actor.name, tuple(about), "", parts, mentions=mentions)


def _notes(reading: Reading, settings: Settings) -> list[Entry]:
    """The reader's notes; of corrections only those that could not be applied."""
    entries: list[Entry] = []
    for note in reading.annotations:
        if note.correction and note.id not in reading.conflicts:
            continue
        number = len(entries) + 1
        kinds = ("note", f"note-{note.highlight}")
        spans = () if note.is_orphan or note.correction else (note.target.span,)
        mark = Mark(f"note-{number}", kinds, spans, f"n{number}")
        about = (
            settings.highlight(note.highlight),
            *(f"#{tag}" for tag in note.tags),
            correction_line(note.correction) if note.correction else "",
            "its words are gone from the text"
            if note.is_orphan
            else placement_remark(reading, note),
        )
        who = speaker(reading.findings, note)
        entries.append(
            Entry(mark, who, tuple(filter(None, about)), one_line(note.target.exact), note=note)
        )
    return entries


# --- the text


def _rows(reading: Reading, lists: dict[str, list[Entry]]) -> tuple[list[Row], str]:
    """The paragraphs, and the white space behind the last."""
    text, furniture = reading.article.text, reading.findings.furniture if reading.findings else ()
    cut = paragraphs(text)
    entries = [entry for listed in lists.values() for entry in listed]
    marks = [mark for entry in entries for mark in (entry.mark, *entry.mentions)]
    rows, last = [], 0
    for span, pieces in zip(cut, _pieces(text, cut, marks), strict=True):
        begun = {mark for piece in pieces for mark in piece.begins}
        element = "h2" if is_mostly(span, reading.article.headings) else "p"
        notes = tuple(entry for entry in lists["note"] if entry.mark in begun)
        rows.append(Row(text[last : span[0]], element, is_mostly(span, furniture), pieces, notes))
        last = span[1]
    return rows, text[last:]


def _pieces(text: str, cut: Spans, marks: Sequence[Mark]) -> list[tuple[Piece, ...]]:
    """The paragraphs `cut` from `text`, each cut again wherever a mark begins or ends."""
    stretches = list(_stretches(cut, marks))
    last = {mark: index for index, (_, _, here) in enumerate(stretches) for mark in here}
    begun: set[Mark] = set()
    result: list[list[Piece]] = [[] for _ in cut]
    for index, (paragraph, (start, end), here) in enumerate(stretches):
        begins = tuple(mark for mark in here if mark not in begun)
        begun.update(begins)
        ends = tuple(mark for mark in here if mark.label and last[mark] == index)
        result[paragraph].append(Piece(text[start:end], here, begins, ends))
    return [tuple(pieces) for pieces in result]


def _stretches(cut: Spans, marks: Sequence[Mark]) -> Iterator[tuple[int, Span, tuple[Mark, ...]]]:
    """From one edge to the next: in which paragraph, where, and under which marks in order."""
    opening, closing = defaultdict(list), defaultdict(list)
    for mark in marks:
        for start, end in mark.spans:
            opening[start].append(mark)
            closing[end].append(mark)
    edges = sorted({*opening, *closing, *chain.from_iterable(cut)})
    rank = {mark: number for number, mark in enumerate(marks)}
    covered: Counter[Mark] = Counter()
    for span in pairwise(edges):
        covered.update(opening[span[0]])
        covered.subtract(closing[span[0]])
        covered = +covered
        paragraph = at(cut, span[0])
        if paragraph is not None:
            yield paragraph, span, tuple(sorted(covered, key=rank.__getitem__))


FORMAT = Format(
    name="html",
    suffix=".html",
    carries="everything, marked up in a self-contained web page",
    description="a self-contained web page with everything marked up",
    purpose=Purpose.READING,
    write=single_writer(html),
    single=True,
)
