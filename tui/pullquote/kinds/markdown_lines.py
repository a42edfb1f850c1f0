"""A comment's Markdown in lines, styled as it means: as a row of the notes pane shows it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pullquote.kinds.spec import Styled
from pullquote.text import one_line

if TYPE_CHECKING:
    from markdown_it.token import Token

_STYLES = {"strong": "bold", "em": "italic", "s": "strike", "link": "underline"}
_MARKUP = frozenset("*_`[#>-+~!")


def markdown_lines(comment: str) -> tuple[Styled, ...]:
    """`comment`, a line each paragraph, heading, item and code: styled, no markup shown."""
    if not _MARKUP & set(comment):
        blocks = (one_line(block) for block in comment.split("\n\n"))
        return tuple(((block, ""),) for block in blocks if block)
    from markdown_it import MarkdownIt  # only where there is something to style

    lines: list[Styled] = []
    bullet: Styled = ()
    styles: list[str] = []
    for block in MarkdownIt("commonmark", {"html": False}).enable("strikethrough").parse(comment):
        if block.type == "list_item_open":
            bullet = (("• ", ""),)
        elif block.type == "heading_open":
            styles.append("bold")
        elif block.type == "heading_close":
            styles.pop()
        elif block.type in ("fence", "code_block"):
            lines.append(((one_line(block.content), "dim"),))
        elif block.type == "inline":
            lines.append((*bullet, *_inline(block.children or (), styles)))
            bullet = ()
    return tuple(lines)


def _inline(tokens: "Iterable[Token]", around: list[str]) -> Iterator[tuple[str, str]]:
    """The words of a block, with their styles and those `around` the block."""
    styles = [*around]
    for token in tokens:
        name, _, side = token.type.rpartition("_")
        if side == "open":
            styles.append(_STYLES.get(name, ""))
        elif side == "close":
            styles.pop()
        elif token.type in ("softbreak", "hardbreak"):
            yield " ", ""
        else:
            own = "dim" if token.type == "code_inline" else ""
            yield token.content, " ".join(filter(None, (*styles, own)))
