"""Markdown for note-taking tools: a YAML header, the reader's highlights as blockquotes, then what was found."""

import json
import re

from tui.export.said import claim_line, quote_line, speaker, warning_line
from tui.library.annotations import Annotation
from tui.library.reading import Reading
from tui.settings import Settings
from tui.text import one_line

# What could begin or end a construct inside a line; a number or sign at a line's start is caught by `_STARTS`.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$=])")
_STARTS = re.compile(r"^(\s*)([-+>]|\d+[.)])", re.M)


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it stands."""
    return _STARTS.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", _SPECIAL.sub(r"\\\1", text))


def markdown(reading: Reading, settings: Settings) -> str:
    """The reading as Markdown with a YAML header (JSON strings are YAML strings, safely quoted)."""
    parts = [_header(reading), f"# {escaped(reading.article.title or 'Untitled')}"]
    if reading.annotations:
        parts.append("## Notes")
        parts += [_note(reading, note, settings) for note in reading.annotations]
    found = reading.findings
    if found:
        text = reading.article.text
        parts += _list("Quotes", [quote_line(text, found, one) for one in found.quotes])
        parts += _list("Claims", [claim_line(text, found, one) for one in found.claims])
        parts += _list("Warnings", [warning_line(text, found, one) for one in found.warnings])
    else:
        parts.append("Not analysed.")
    return "\n\n".join(parts) + "\n"


def _header(reading: Reading) -> str:
    article = reading.article
    fields = {
        "title": article.title,
        "author": article.byline,
        "site": article.site,
        "url": article.url,
        "published": article.published,
        "retrieved": article.retrieved,
        "pullquote": article.id,
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items() if value]
    tags = sorted({tag for note in reading.annotations for tag in note.tags})
    if tags:
        lines.append(f"tags: {json.dumps(tags, ensure_ascii=False)}")
    return "\n".join(["---", *lines, "---"])


def _note(reading: Reading, note: Annotation, settings: Settings) -> str:
    who = speaker(reading.findings, note)
    lines = [f"> {escaped(one_line(line))}" for line in note.target.exact.split("\n") if line.strip()]
    if who:
        lines += [">", f"> — {escaped(who)}"]
    about = [f"**{escaped(settings.highlights[note.highlight - 1])}**"] if note.highlight else []
    about += [f"\\#{escaped(tag)}" for tag in note.tags]
    parts = ["\n".join(lines)]
    if about:
        parts.append(" ".join(about))
    if note.comment:
        parts.append("\n".join(escaped(line.lstrip()) for line in note.comment.split("\n")))
    return "\n\n".join(parts)


def _list(title: str, lines: list[tuple[str, str]]) -> list[str]:
    if not lines:
        return []
    return [f"## {title}", "\n".join(f"- {escaped(who)}: {escaped(what)}" for who, what in lines)]
