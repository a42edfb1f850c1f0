"""Marks of Obsidian and of other note programs that CommonMark knows nothing of.

Highlights (`==words==`), links to notes (`[[note|words]]`) and what they embed (`![[picture]]`) are
rules of the parser, so that escaped marks stay as they are. Comments (`%%…%%`) and the ids of
blocks (`^id`) are not shown.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_COMMENT = re.compile(r"(?<!\S)%%.*?%%(?!\S)", re.S)
_BLOCK_ID = re.compile(r"(?:^|[ \t])\^[A-Za-z0-9-]{4,}[ \t]*$", re.M)
_NOTE_LINK = re.compile(r"(!?)\[\[([^\[\]\n|]+)(?:\|([^\[\]\n]*))?\]\]")
_MARK = "=="


def without_comments(source: str) -> str:
    """Markdown without what Obsidian does not show."""
    return _BLOCK_ID.sub("", _COMMENT.sub("", source))


def obsidian_marks(parser: "MarkdownIt") -> None:
    """A plug-in for markdown-it: highlights and links to notes become their words."""
    parser.inline.ruler.before("link", "note_link", _note_link)
    parser.inline.ruler.before("link", "highlight", _highlight)


def _note_link(state: "StateInline", silent: bool) -> bool:
    found = _NOTE_LINK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent and not found[1]:  # what is embedded has no words here
        state.push("text", "", 0).content = found[3] or found[2].replace("#", " > ").strip("> ")
    state.pos = found.end()
    return True


def _highlight(state: "StateInline", silent: bool) -> bool:
    start, most = state.pos + len(_MARK), state.posMax
    if not state.src.startswith(_MARK, state.pos) or state.src[start : start + 1] == "=":
        return False
    end = state.src.find(_MARK, start + 1, most)
    if end < 0 or state.src[start].isspace() or state.src[end - 1].isspace():
        return False
    if not silent:
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.posMax = most
    state.pos = end + len(_MARK)
    return True
