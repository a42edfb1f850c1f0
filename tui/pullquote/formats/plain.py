"""The reading as linear plain text: for pipes, scripts and screen readers.

First the article with its quotes marked in place, then quotes, claims and warnings with who and how
sourced, then the notes.
"""

from bisect import bisect_right

from pullquote.findings import Findings
from pullquote.formats.form import Format, Purpose, single_writer
from pullquote.formats.said import (
    about,
    bodies,
    is_mostly,
    lists,
    not_analysed,
    placement_remark,
    said_by,
    sections,
    sources_in_words,
    speaker,
    wrapped,
)
from pullquote.notes.annotations import Annotation
from pullquote.notes.corrections import correction_line
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import Span, one_line, paragraphs


def plain(reading: Reading, settings: Settings) -> str:
    """The reading as text, a paragraph a line; a title with which it begins stands once."""
    article, title = reading.article, reading.article.title
    stops = _stops(reading.findings)
    body = [_paragraph(reading, span, stops) for span in paragraphs(article.text)]
    has_title = (
        bool(title and article.headings) and article.text[: article.headings[0][1]].strip() == title
    )
    head = "\n".join(filter(None, (body.pop(0) if has_title else title, about(article))))
    notes = [
        _section(heading, [_note(reading, note, settings) for note in notes])
        for heading, notes in sections(reading).items()
    ]
    parts = (head, "\n\n".join(body), *_findings(reading), *notes)
    return "\n\n".join(filter(None, parts)) + "\n"


def _stops(found: Findings | None) -> list[tuple[int, str]]:
    """Where each quote ends, in order, and what stands behind it."""
    if found is None:
        return []
    return sorted(
        (quote.content[-1][1], f" [quote {number}: {said_by(found, quote)}]")
        for number, quote in enumerate(found.quotes, 1)
        if quote.content
    )


def _paragraph(reading: Reading, span: Span, stops: list[tuple[int, str]]) -> str:
    """A paragraph on one line, each quote with its number and speaker; furniture set apart."""
    start, end = span
    text, found = reading.article.text, reading.findings
    if found is None:
        return one_line(text[start:end])
    if is_mostly(span, found.furniture):
        return f"[also on the page: {one_line(text[start:end])}]"
    first, behind = (bisect_right(stops, place, key=lambda stop: stop[0]) for place in span)
    pieces, last = [], start
    for stop, mark in stops[first:behind]:
        pieces += [text[last:stop], mark]
        last = stop
    return one_line("".join([*pieces, text[last:end]]))


def _findings(reading: Reading) -> list[str]:
    remark = [not_analysed(reading)]
    if reading.findings is None:
        return remark
    found = [
        _section(
            title,
            [f"{number}. {who}: {what}" for number, (who, what) in enumerate(rows, 1)] or ["none"],
        )
        for title, rows in lists(reading, reading.findings).items()
    ]
    return [*remark, *found, _section("Sources", sources_in_words(reading) or ["none"])]


def _section(title: str, lines: list[str]) -> str:
    return "\n".join([title.upper(), *lines])


def _note(reading: Reading, note: Annotation, settings: Settings) -> str:
    """The words, who says them, kind and tags; then what the reader wrote, a line each."""
    who, state = speaker(reading.findings, note), placement_remark(reading, note)
    kind = " ".join(
        filter(None, (settings.highlight(note.highlight), *(f"#{tag}" for tag in note.tags)))
    )
    head = "- " + one_line(note.target.exact)
    head += wrapped(" ({})", who) + wrapped(" [{}]", kind) + wrapped(" ({})", state)
    correction = [correction_line(note.correction)] if note.correction else []
    return "\n  ".join([head, *correction, *map(one_line, bodies(note))])


FORMAT = Format(
    name="text",
    suffix=".txt",
    carries="everything, as linear text",
    description="the whole reading as plain text",
    purpose=Purpose.READING,
    write=single_writer(plain),
    single=True,
)
