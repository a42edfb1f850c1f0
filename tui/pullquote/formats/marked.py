"""What is highlighted in a Markdown note: ==marked== words, and the callouts that we write.

A note on an article, as clippers make it, has the article's address in its properties and its text
below, with the reader's marks in it; what stands behind a mark as %%a comment%% or in a footnote is
what they say of it. A note that we exported has its highlights in callouts between markers.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from pullquote.article.front_matter import parted
from pullquote.formats.markdown import DEMOTED
from pullquote.formats.markdown import comment as exported
from pullquote.notes.annotations import Annotation
from pullquote.notes.evidence import Evidence
from pullquote.notes.incoming import Incoming, admitted, on_words
from pullquote.settings import Settings
from pullquote.text import clean

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_FENCES = ("```", "~~~")
# What of a line is not words, and what stays of it.
_INLINE = (
    (re.compile(r"!\[\[?[^\[\]\n]{0,500}\]\]?(?:\([^()\n]{0,2000}\))?"), ""),
    (re.compile(r"\[\[(?:[^\[\]|\n]{0,500}\|)?([^\[\]|\n]{1,500})\]\]"), r"\1"),
    (re.compile(r"\[\^[^\[\]\n]{1,80}\]"), ""),
    (re.compile(r"(?<!\\)\[([^\[\]\n]{1,2000})\]\([^()\n]{0,2000}\)"), r"\1"),
    (re.compile(r"%%[^%\n]{0,2000}%%"), ""),
    (re.compile(r"(?<!\\)(?:\*{1,3}|~~|==|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)|`)"), ""),
    (re.compile(r"^[ \t]*+(?:>[ \t]?|#{1,6}[ \t]++|[-*+][ \t]++|\d{1,9}[.)][ \t]++)+", re.M), ""),
)
_BEHIND = re.compile(r"\s?%%([^%]{1,5000})%%|\[\^([^\[\]\n]{1,80})\]")
_FOOTNOTE = re.compile(r"^\[\^([^\[\]\n]{1,80})\]:[ \t]*(.+)$", re.M)

_ARTICLE = re.compile(r'^pullquote: "([0-9a-f]{16})"$', re.M)  # its id, in our properties
_SECTION = re.compile(r"^%% pullquote:begin [0-9a-f]{16} %%[ \t]*$", re.M)
_CALLOUT = re.compile(r"^> \[!quote\](.*)\n((?:>.*(?:\n|\Z))*)", re.M)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")  # of code
_LOWERED = re.compile(r"#{4,6} ")  # a heading of the reader's, as an export has it
_VERDICT = re.compile(r"Verdict: \*\*(.+)\*\*")
# how it stood when it was checked is not read: only the forms that hold all of it bring that back
_EVIDENCE = re.compile(r"Evidence: \[(.+)\]\(<([^<>]+)>\)(?:: “(.*)”)?(?: · .*)?")


def plain(markdown: str) -> str:
    """The words of a piece of Markdown."""
    for pattern, stays in _INLINE:
        markdown = pattern.sub(stays, markdown)
    return unescaped(markdown).strip()


def unescaped(markdown: str) -> str:
    """`markdown` without the backslashes that keep its characters from being markup."""
    return _ESCAPED.sub(r"\1", markdown)


def is_ours(text: str) -> bool:
    """Whether there is a section of ours in a note."""
    return bool(_SECTION.search(text))


def is_marked(text: str) -> bool:
    """Whether a note says where it is from and has marks in it."""
    about, body = parted(clean(text))
    names_it = "url" in about or "title" in about
    return names_it and any(next(_marks(one), None) for one in _paragraphs(body))


def loaded(text: str) -> list[Incoming]:
    """What is highlighted in a note: in our own section where it has one, else what is marked."""
    about, body = parted(clean(text))
    url, title = about.get("url", ""), about.get("title", "")
    if not is_ours(body):
        return [admitted(note, "", url, title) for note in _marked(body, url or title)]
    article = _ARTICLE.search(text[: len(text) - len(body)])
    return [admitted(note, article[1] if article else "", url, title) for note in _called_out(body)]


# --- marks


def _paragraphs(body: str) -> list[str]:
    return re.split(r"\n\s*\n", _without_code(body))


def _without_code(body: str) -> str:
    """`body` without its fenced blocks; one that is never closed goes on to the end."""
    kept, fence = [], ""
    for line in body.split("\n"):
        if fence:
            fence = "" if line.rstrip() == fence else fence
        elif line.startswith(_FENCES):
            fence = line[:3]
        else:
            kept.append(line)
    return "\n".join(kept)


def _marked(body: str, source: str) -> Iterator[Annotation]:
    footnotes = dict(_FOOTNOTE.findall(body))
    for paragraph in _paragraphs(body):
        for start, end in _marks(paragraph):
            behind = _BEHIND.match(paragraph, end + 2)
            comment = (behind[1] or footnotes.get(behind[2], "")).strip() if behind else ""
            words = plain(paragraph[start:end])
            before = plain(paragraph[max(0, start - 202) : start - 2] + "x")[:-1]
            after = plain("x" + paragraph[end + 2 : end + 202])[1:]
            if words:
                yield on_words(
                    words,
                    before,
                    after,
                    source=f"marked {source}\n{before}\n{words}\n{comment}",
                    highlight=1,
                    comment=comment,
                )


def _marks(paragraph: str) -> Iterator[tuple[int, int]]:
    """Where marked words begin and end; a mark touches the words that it stands at."""
    opened = 0
    for mark in re.finditer("=+", paragraph):
        start, end = mark.span()
        if end - start != 2:
            continue
        if opened and start > opened and not paragraph[start - 1].isspace():
            yield opened, start
            opened = 0
        elif end < len(paragraph) and not paragraph[end].isspace():
            opened = end


# --- our own


def _called_out(body: str) -> Iterator[Annotation]:
    kinds = {name: number for number, name in enumerate(Settings().highlights, 1)}
    for title, inside in _CALLOUT.findall(body):
        quoting = inside.rstrip("\n").split("\n")
        lines = [line.removeprefix(">").removeprefix(" ") for line in quoting]
        quoted = 0
        while quoted < len(lines) and lines[quoted].startswith(">"):
            quoted += 1
        words = "\n".join(unescaped(line.removeprefix("> ")) for line in lines[:quoted])
        kind = unescaped(title.strip().partition(" · ")[0])
        yield _noted(words, "\n".join(lines[quoted:]).strip("\n"), kinds.get(kind, 0))


def _noted(words: str, said: str, highlight: int) -> Annotation:
    """A note of ours: its comment, then its verdict, then its tags."""
    blocks = said.split("\n\n") if said else []
    tags: tuple[str, ...] = ()
    with suppress(IndexError):
        last = blocks[-1].split(" ")
        if all(re.fullmatch(r"#[^\s#]+", tag) for tag in last):
            tags = tuple(tag[1:] for tag in last)
            blocks.pop()
    bodies = dict[str, Any]()
    while blocks and (last_said := _judged(blocks[-1])):
        for name, value in last_said.items():
            bodies[name] = (*value, *bodies.get(name, ())) if name == "evidence" else value
        blocks.pop()
    return on_words(
        words,
        source=f"obsidian {words}\n{said}",
        highlight=highlight,
        comment=_as_written("\n\n".join(blocks)),
        tags=tags,
        **bodies,
    )


def _as_written(said: str) -> str:
    """A comment as the reader wrote it, out of what an export made of it (markdown.py).

    Headings get their levels back, down to the third, and what had to be shown literally is without
    the backslashes for that; code is as it is.
    """
    written, block, fence = list[str](), list[str](), ""
    for line in [*said.split("\n"), ""]:
        mark = _FENCE.match(line)
        if line and not (fence or mark):
            block.append(line)
            continue
        if block:
            written.append(_block("\n".join(block)))
            block = []
        written.append(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and mark.end() == len(line.rstrip()):
            fence = ""
    return "\n".join(written[:-1])


def _block(text: str) -> str:
    if _LOWERED.match(text):
        return text[DEMOTED:]
    plain = unescaped(text)
    return plain if plain != text and exported(plain) == text else text


def _judged(block: str) -> dict[str, Any]:
    """The verdict or evidence in a block of ours; nothing where it is another."""
    if verdict := _VERDICT.fullmatch(block):
        return {"verdict": unescaped(verdict[1])}
    if evidence := _EVIDENCE.fullmatch(block):
        title, url, quote = (unescaped(part or "") for part in evidence.groups())
        return {"evidence": (Evidence(url=url, title=title, quote=quote),)}
    return {}
