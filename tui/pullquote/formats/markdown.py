"""Markdown for note-taking tools: a YAML header, the notes as blockquotes, then what was found.

What other formats have of Markdown is written here too: text that stays text, properties, links to
evidence, and the reader's comments, which are Markdown and stay so as far as they cannot break what
stands around them.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pullquote.article import Article
from pullquote.formats.form import Format, Purpose, single_writer
from pullquote.formats.said import (
    lists,
    not_analysed,
    placement_remark,
    sections,
    sources_in_words,
    speaker,
    web_address,
    wrapped,
)
from pullquote.notes.annotations import Annotation
from pullquote.notes.corrections import correction_line
from pullquote.notes.evidence import Evidence
from pullquote.notes.evidence_lines import evidence_line
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import clean, one_line

if TYPE_CHECKING:
    from markdown_it.token import Token

# What could begin or end a construct inside a line (an entity too, and a comment of Obsidian's,
# %%); a number or sign at a line's start is caught by `_STARTS`.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$=]|&(?=[#\w])|(?<=%)%)")
_STARTS = re.compile(r"^([^\S\n]*)([-+>]|\d+[.)])", re.M)
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What of a comment's Markdown stays as written: what stays inside its block, and fetches nothing.
_INLINE = frozenset(
    {"inline", "text", "softbreak", "hardbreak", "em", "strong", "code_inline", "link"}
)
_BLOCKS = frozenset(
    {
        "paragraph",
        "bullet_list",
        "ordered_list",
        "list_item",
        "blockquote",
        "hr",
        "fence",
        "code_block",
    }
)
# What CommonMark knows nothing of does not: Obsidian's comments, math, embeds, footnotes, HTML,
# block ids.
_BEYOND = re.compile(r"%%|\$\$|!\[|\[\^|<[a-z/!?]|(?:\s|^)\^[a-z0-9-]+\s*$", re.I | re.M)
DEMOTED = 3  # levels: below the headings that an export has itself
_UNPRINTABLE = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in YAML


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it stands."""
    return _STARTS.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", _SPECIAL.sub(r"\\\1", text))


def line(text: str) -> str:
    """`text` on one line, so that Markdown shows it as it stands."""
    return escaped(one_line(text))


def properties(article: Article, tags: Iterable[str]) -> str:
    """An article's metadata as a YAML header; a JSON string, escaped for YAML, is a YAML string."""
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
    return _UNPRINTABLE.sub(
        lambda m: f"\\u{ord(m[0]):04x}", json.dumps(one_line(text), ensure_ascii=False)
    )


def quotation(note: Annotation) -> str:
    """The words that a note lies on as a blockquote, a line a paragraph."""
    return "\n".join(f"> {line(words)}" for words in note.target.exact.split("\n") if words.strip())


def judged(note: Annotation) -> list[str]:
    """What the note corrects, its verdict, and the evidence for it, a paragraph each."""
    correction = correction_line(note.correction) if note.correction else ""
    evidence = (f"Evidence: {linked_evidence(one)}" for one in note.evidence)
    lines = (
        wrapped("Correction: {}", line(correction)),
        wrapped("Verdict: **{}**", line(note.verdict)),
        *evidence,
    )
    return list(filter(None, lines))


def linked_evidence(evidence: Evidence) -> str:
    """A link to the evidence, where it leads into the web, and the words quoted from it."""
    address = _ENTITY.sub("&amp;", web_address(evidence.url)).replace("$", "%24")  # no math
    if not address:
        return evidence_line(evidence, shown=line)
    return evidence_line(
        evidence, f"[{line(evidence.title or evidence.url)}](<{address}>)", shown=line
    )


# --- the reader's comments


class Block(NamedTuple):
    """An outermost block of a comment: whether it is a paragraph, and its Markdown."""

    is_paragraph: bool
    text: str


def comment(text: str) -> str:
    """A reader's comment, which is Markdown, as it may stand between other blocks."""
    return "\n\n".join(block.text for block in blocks(text))


def blocks(text: str) -> list[Block]:
    """The blocks of a comment, as written if harmless, else escaped; headings go down a level."""
    from markdown_it import MarkdownIt

    lines = clean(text).split("\n")
    found, last = list[Block](), 0
    for start, end, inside in _outermost(MarkdownIt("commonmark").parse("\n".join(lines))):
        found.append(Block(True, _literal(lines[last:start])))  # what makes no block defines links
        found.append(_block(lines[start:end], inside))
        last = end
    found.append(Block(True, _literal(lines[last:])))
    return [block for block in found if block.text.strip()]


def _block(lines: list[str], tokens: "list[Token]") -> Block:
    first = tokens[0]
    if first.type == "heading_open" and tokens[1].content and _is_harmless(lines, tokens[1:-1]):
        return Block(
            False, f"{'#' * min(6, int(first.tag[1]) + DEMOTED)} {one_line(tokens[1].content)}"
        )
    if _is_harmless(lines, tokens):
        return Block(first.type == "paragraph_open", "\n".join(lines).rstrip())
    return Block(True, _literal(lines))


def _outermost(tokens: "list[Token]") -> "Iterator[tuple[int, int, list[Token]]]":
    """The outermost blocks: the lines from and up to which each lies, with all its tokens."""
    begin = 0
    for number, token in enumerate(tokens, 1):
        if token.level == 0 and token.nesting <= 0:
            inside = tokens[begin:number]
            start, end = inside[0].map or (0, 0)
            yield start, end, [one for block in inside for one in (block, *(block.children or ()))]
            begin = number


def _is_harmless(lines: list[str], tokens: "list[Token]") -> bool:
    if any(re.sub("_(open|close)$", "", token.type) not in _INLINE | _BLOCKS for token in tokens):
        return False
    first = tokens[0]
    # an end has to be there, since Obsidian's editor looks for it beyond the callout
    if first.type == "fence":
        return (
            len(lines) > 1
            and re.fullmatch(f" {{0,3}}{first.markup}{first.markup[0]}*\\s*", lines[-1]) is not None
        )
    code = any(token.type == "fence" for token in tokens)
    unlinked = any(token.type == "text" and "](" in token.content for token in tokens)
    return not (code or unlinked or _BEYOND.search("\n".join(lines)))


def _literal(lines: list[str]) -> str:
    return "\n".join(line(one) for one in lines if one.strip())


# --- the page


def markdown(reading: Reading, settings: Settings) -> str:
    """The reading as Markdown with a YAML header."""
    tags = (tag for note in reading.annotations for tag in note.tags)
    parts = [properties(reading.article, tags), f"# {line(reading.article.title) or 'Untitled'}"]
    for title, notes in sections(reading).items():
        parts += [f"## {title}", *(_note(reading, note, settings) for note in notes)]
    return "\n\n".join([*parts, *_findings(reading)]) + "\n"


def _findings(reading: Reading) -> list[str]:
    remark = list(filter(None, [not_analysed(reading)]))
    if reading.findings is None:
        return remark
    found = lists(reading, reading.findings)
    parts = [f"## {title}\n\n{_bullets(rows)}" for title, rows in found.items() if rows]
    said = "\n".join(f"- {line(one)}" for one in sources_in_words(reading))
    return [*remark, *parts, *([f"## Sources\n\n{said}"] if said else [])]


def _bullets(rows: list[tuple[str, str]]) -> str:
    return "\n".join(f"- {line(who)}: {line(what)}" for who, what in rows)


def _note(reading: Reading, note: Annotation, settings: Settings) -> str:
    who, kind, state = (
        speaker(reading.findings, note),
        settings.highlight(note.highlight),
        placement_remark(reading, note),
    )
    tags = (f"\\#{line(tag)}" for tag in note.tags)
    about = filter(None, (wrapped("**{}**", line(kind)), *tags, wrapped("({})", state)))
    words = quotation(note) + wrapped("\n>\n> — {}", line(who))
    return "\n\n".join(filter(None, (words, " ".join(about), comment(note.comment), *judged(note))))


FORMAT = Format(
    name="markdown",
    suffix=".md",
    carries="notes as blockquotes, then quotes, claims, warnings",
    description="notes as blockquotes, then quotes, claims and warnings",
    purpose=Purpose.NOTES,
    write=single_writer(markdown),
    single=True,
)
