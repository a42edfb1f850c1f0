"""A comment's Markdown on one line, styled as it means: as a row of the notes pane shows it."""

from textual.content import Content

from pullquote.text import one_line

_STYLES = {"strong": "bold", "em": "italic", "s": "strike", "link": "underline"}
_MARKUP = frozenset("*_`[#>-+~!")


def markdown_line(comment: str) -> Content:
    """`comment` on one line: styled, list items with a bullet, no markup shown."""
    if not _MARKUP & set(comment):
        return Content(one_line(comment))
    from markdown_it import MarkdownIt  # only where there is something to style

    parts: list[str | tuple[str, str]] = []
    styles: list[str] = []
    for block in MarkdownIt("commonmark", {"html": False}).enable("strikethrough").parse(comment):
        if block.type == "list_item_open":
            parts.append("• ")
        elif block.type == "heading_open":
            styles.append("bold")
        elif block.type == "heading_close":
            styles.pop()
        elif block.type in ("fence", "code_block"):
            parts += [(one_line(block.content), "dim"), " "]
        for child in block.children or ():
            name, _, side = child.type.rpartition("_")
            if side == "open":
                styles.append(_STYLES.get(name, ""))
            elif side == "close":
                styles.pop()
            elif child.type in ("softbreak", "hardbreak"):
                parts.append(" ")
            else:
                style = " ".join(
                    filter(None, (*styles, "dim" if child.type == "code_inline" else ""))
                )
                parts.append((child.content, style) if style else child.content)
        if block.type == "inline":
            parts.append(" ")
    return Content.assemble(*parts).rstrip()
