"""Select a piece of the article by keyboard.

While selecting, the motions move one end of the selection and the other stays; `o` lets the other one move. The keys are
the screen's to declare (tui/screens/actions.py); here is what they do.
"""

from tui.widgets.article_view import ArticleView
from tui.widgets.motions import grapheme_end, moved


class SelectableArticle(ArticleView):
    """The article, with the keys that work while selecting."""

    def action_caret(self, unit: str, count: int) -> None:
        """Move the end of the selection."""
        if unit == "line":
            self.extend(self._line_away(count))
        else:
            self.extend(moved(self.text, self.paragraphs, unit, self.cursor, count))

    def action_swap_ends(self) -> None:
        """Let the other end of the selection move."""
        self.fixed, cursor = self.cursor, self.fixed
        self.extend(cursor)

    fixed = 0  # the offset of the end of the selection that stays

    def begin(self, anchor: int, cursor: int) -> None:
        """Select from `anchor` to `cursor`, both included, and let the cursor be moved."""
        self.selecting = True
        self.fixed = anchor
        self.extend(cursor)

    def extend(self, cursor: int) -> None:
        """Select up to `cursor`, included."""
        self._redraw_lines([self.wrapped.line(self.cursor)])
        self.cursor = cursor
        low, high = sorted((self.fixed, cursor))
        self.select((low, grapheme_end(self.text, high)))
        self.reveal((cursor, cursor + 1))

    def _line_away(self, count: int) -> int:
        line = self.wrapped.line(self.cursor)
        column = self.cursor - self.wrapped.starts[line]
        while 0 <= line + count < len(self.wrapped):
            line += count
            start, end = self.wrapped.span(line)
            if end > start:
                return min(start + column, end - 1)
        return self.cursor
