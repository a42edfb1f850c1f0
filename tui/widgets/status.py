"""The bottom line: where am I, what am I on, what did I just do. And the top one: what am I reading."""

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets import Static

from tui.article import Article

PADDING = 1  # cells, as in the style sheet
_LEAST = 16  # cells that are left to what the reader is on


class StatusLine(Static):
    """One line in three parts, the middle one of which gives way."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    def say(self, where: str, what: str, did: str, progress: str = "") -> None:
        """Show the three parts, and a quiet word on the analysis; what the reader is on is cut to leave room for the rest."""
        others = sum(cell_len(part) + 2 for part in (where, did, progress) if part)
        room = self.size.width - 2 * PADDING - others - 2
        if self.size.width and cell_len(what) > max(_LEAST, room):
            what = f"{set_cell_size(what, max(_LEAST, room) - 1).rstrip()}…"
        parts: list[str | tuple[str, str]] = [(where, "bold")]
        for part, style in ((what, ""), (did, "italic"), (progress, "dim")):
            if part:
                parts += ["  ", (part, style)]
        self.update(Content.assemble(*parts), layout=False)  # one line it stays: laying out anew costs 5 ms a key


def headline(article: Article) -> Content:
    """The title, and who published it when."""
    about = " · ".join(filter(None, (article.byline, article.site, article.published)))
    title = article.title or {"": "Untitled", "-": "Standard input"}.get(article.source, article.source)
    return Content.assemble((title, "bold"), ("  " + about if about else "", "dim"))
