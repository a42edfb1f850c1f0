"""Select a piece of the article by keyboard.

While selecting, the motions move one end of the selection and the other stays; `o` lets the other one move. The keys are
the screen's to declare (tui/screens/actions.py); here is what they do.
"""

from tui.widgets.article_view import ArticleView
from tui.widgets.motions import grapheme_end, moved, word_ends


class SelectableArticle(ArticleView):
    """The article, with the keys that work while selecting."""

    def action_caret(self, unit: str, count: int) -> None:
        """Move the end of the selection."""
        if unit == "line":
            self.extend(self._line_away(count))
        else:
            self.extend(moved(self.text, self.paragraphs, unit, self.cursor, count))

    def action_by_word(self, count: int) -> None:
        """Grow the selection by a word at the end that moves, or shrink it."""
        forward = self.cursor >= self.fixed
        if forward:
            ends = word_ends(self.text, self.paragraphs, self.cursor)
            later = [end - 1 for end in ends if (end - 1 > self.cursor if count > 0 else end - 1 < self.cursor)]
            cursor = (min if count > 0 else max)(later, default=self.cursor)
            self.extend(max(self.fixed, cursor))
        else:
            self.extend(min(self.fixed, moved(self.text, self.paragraphs, "word", self.cursor, -count)))

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
