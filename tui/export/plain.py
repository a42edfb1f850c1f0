"""The reading as linear plain text: for pipes, scripts and screen readers.

First the article with its quotes marked in place, then quotes, claims and warnings with who and how sourced, then the notes.
"""

from tui.export.said import claim_line, name, quote_line, speaker, warning_line
from tui.library.annotations import Annotation
from tui.library.reading import Reading
from tui.settings import Settings
from tui.text import Span, one_line, overlap, paragraphs


def plain(reading: Reading, settings: Settings) -> str:
    """The reading as text, a paragraph a line."""
    article = reading.article
    about = " · ".join(filter(None, (article.byline, article.site, article.published, article.url)))
    head = [line for line in (article.title, about) if line]
    body = [_paragraph(reading, span) for span in paragraphs(article.text)]
    parts = ["\n".join(head), "\n\n".join(body), *_findings(reading), *_notes(reading, settings)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _paragraph(reading: Reading, span: Span) -> str:
    """A paragraph on one line, each quote followed by its number and speaker; furniture is set apart."""
    start, end = span
    text, found = reading.article.text, reading.findings
    if found is None:
        return one_line(text[start:end])
    if sum(overlap(span, furniture) for furniture in found.furniture) >= 0.9 * (end - start):
        return f"[also on the page: {one_line(text[start:end])}]"
    marks = [
        (stop, f" [quote {number}: {name(found, quote.speaker)}]")
        for number, quote in enumerate(found.quotes, 1)
        for _, stop in quote.content[-1:]
        if start < stop <= end
    ]
    pieces, last = [], start
    for stop, mark in sorted(marks):
        pieces += [text[last:stop], mark]
        last = stop
    return one_line("".join([*pieces, text[last:end]]))


def _findings(reading: Reading) -> list[str]:
    found, text = reading.findings, reading.article.text
    if found is None:
        return ["Not analysed."]
    return [
        _section("Quotes", [quote_line(text, found, one) for one in found.quotes]),
        _section("Claims", [claim_line(text, found, one) for one in found.claims]),
        _section("Warnings", [warning_line(text, found, one) for one in found.warnings]),
    ]


def _section(title: str, lines: list[tuple[str, str]]) -> str:
    listed = [f"{number}. {who}: {what}" for number, (who, what) in enumerate(lines, 1)] or ["none"]
    return "\n".join([title.upper(), *listed])


def _notes(reading: Reading, settings: Settings) -> list[str]:
    if not reading.annotations:
        return []
    return ["\n".join(["NOTES", *(_note(reading, note, settings) for note in reading.annotations)])]


def _note(reading: Reading, note: Annotation, settings: Settings) -> str:
    who = speaker(reading.findings, note)
    about = [settings.highlights[note.highlight - 1]] if note.highlight else []
    about += [f"#{tag}" for tag in note.tags]
    words = f"- {one_line(note.target.exact)}" + (f" ({who})" if who else "")
    return words + (f" [{' '.join(about)}]" if about else "") + (f": {one_line(note.comment)}" if note.comment else "")
