"""Markdown for note-taking tools: a YAML header, the reader's notes as blockquotes, then what was found.

What other formats have of Markdown is written here too: text that stays text, properties, links to evidence.
"""

import json
import re
from collections.abc import Iterable

from tui.article import Article
from tui.export.said import evidence_words, lists, sections, speaker, standing, web_address
from tui.library.annotations import Annotation, Evidence, correction_line
from tui.library.reading import Reading
from tui.settings import Settings
from tui.text import one_line

# What could begin or end a construct inside a line (an entity too, and a comment of Obsidian's, %%); a number or sign at a
# line's start is caught by `_STARTS`.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$=]|&(?=[#\w])|(?<=%)%)")
_STARTS = re.compile(r"^([^\S\n]*)([-+>]|\d+[.)])", re.M)
_ENTITY = re.compile(r"&(?=#?\w+;)")
_UNPRINTABLE = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in YAML


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it stands."""
    return _STARTS.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", _SPECIAL.sub(r"\\\1", text))


def line(text: str) -> str:
    """`text` on one line, so that Markdown shows it as it stands."""
    return escaped(one_line(text))


def properties(article: Article, tags: Iterable[str]) -> str:
    """What is known of an article as a YAML header. JSON strings are YAML strings, once what YAML cannot print is escaped."""
    known = {
        "title": article.title,
        "author": article.byline,
        "site": article.site,
        "source": article.url,
        "published": article.published,
        "retrieved": article.retrieved,
        "pullquote": article.id,
    }
    lines = [f"{key}: {_yaml(text)}" for key, text in known.items() if text]
    listed = [f"  - {_yaml(tag)}" for tag in sorted(set(tags))]
    return "\n".join(["---", *lines, *(["tags:", *listed] if listed else []), "---"])


def _yaml(text: str) -> str:
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(one_line(text), ensure_ascii=False))


def quotation(note: Annotation) -> str:
    """The words that a note lies on as a blockquote, a line a paragraph."""
    return "\n".join(f"> {line(words)}" for words in note.target.exact.split("\n") if words.strip())


def judged(note: Annotation) -> list[str]:
    """What the note corrects, its verdict, and the evidence for it, a paragraph each."""
    correction = [f"Correction: {line(correction_line(note.correction))}"] if note.correction else []
    verdict = [f"Verdict: **{line(note.verdict)}**"] if note.verdict else []
    return [*correction, *verdict, *(f"Evidence: {evidence_line(one)}" for one in note.evidence)]


def evidence_line(one: Evidence) -> str:
    """A link to the evidence, where it leads into the web, and the words quoted from it."""
    address = _ENTITY.sub("&amp;", web_address(one.url)).replace("$", "%24")  # no math
    if not address:
        return line(evidence_words(one))
    link = f"[{line(one.title or one.url)}](<{address}>)"
    return f"{link}: “{line(one.quote)}”" if one.quote else link


def markdown(reading: Reading, settings: Settings) -> str:
    """The reading as Markdown with a YAML header."""
    tags = (tag for note in reading.annotations for tag in note.tags)
    parts = [properties(reading.article, tags), f"# {line(reading.article.title) or 'Untitled'}"]
    for title, notes in sections(reading).items():
        parts += [f"## {title}", *(_note(reading, note, settings) for note in notes)]
    if reading.findings is None:
        parts.append("Not analysed.")
    else:
        for title, ones in lists(reading, reading.findings).items():
            parts += [f"## {title}", "\n".join(f"- {line(who)}: {line(what)}" for who, what in ones)] if ones else []
    return "\n\n".join(parts) + "\n"


def _note(reading: Reading, note: Annotation, settings: Settings) -> str:
    who, kind, state = speaker(reading.findings, note), settings.highlight(note.highlight), standing(reading, note)
    about = [f"**{line(kind)}**"] if kind else []
    about += [f"\\#{line(tag)}" for tag in note.tags]
    about += [f"({state})"] if state else []
    comment = "\n".join(escaped(words.lstrip()) for words in note.comment.split("\n"))
    words = quotation(note) + (f"\n>\n> — {line(who)}" if who else "")
    return "\n\n".join(filter(None, (words, " ".join(about), comment, *judged(note))))
