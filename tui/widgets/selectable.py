"""Select a piece of the article by keyboard.

While selecting, the motions move one end of the selection and the other stays; `o` lets the other one move. The keys are
the screen's to declare (tui/screens/actions.py); here is what they do.
"""

from tui.widgets.article_view import ArticleView
from tui.widgets.motions import ends, grapheme_end, moved


class SelectableArticle(ArticleView):
    """The article, with the keys that work while selecting."""

    fixed = 0  # the offset of the end of the selection that stays
    loose = False  # no end stays yet: the motions only move the cursor

    def action_caret(self, unit: str, count: int) -> None:
        """Move the end of the selection; forward to the end of a unit, so that no letter of the next one is taken in."""
        if unit == "line":
            self.extend(self._line_away(count))
        elif unit == "character" or count < 0 or self.loose or self.cursor < self.fixed:
            self.extend(moved(self.text, self.paragraphs, unit, self.cursor, count))
        else:
            self.extend(self._last_of(unit, 1))

    def action_by_word(self, count: int) -> None:
        """Grow the selection by a word at the end that moves, or shrink it."""
        if self.cursor >= self.fixed:
            self.extend(self._last_of("word", count))
        else:
            self.extend(min(self.fixed, moved(self.text, self.paragraphs, "word", self.cursor, -count)))

    def _last_of(self, unit: str, count: int) -> int:
        """The last character of the next unit, or of the one before, that is still in the selection."""
        lasts = [end - 1 for end in ends(self.text, self.paragraphs, unit, self.cursor) if end - 1 >= self.fixed]
        if count > 0:
            return min((last for last in lasts if last > self.cursor), default=self.cursor)
        return max((last for last in lasts if last < self.cursor), default=self.cursor)

    def action_swap_ends(self) -> None:
        """Let the other end of the selection move."""
        self.fixed, cursor = self.cursor, self.fixed
        self.extend(cursor)

    def begin(self, anchor: int, cursor: int, loose: bool = False) -> None:
        """Select from `anchor` to `cursor`, both included, and let the cursor be moved."""
        self.selecting, self.loose = True, loose
        self.fixed = anchor
        self.extend(cursor)

    def extend(self, cursor: int) -> None:
        """Select up to `cursor`, included."""
        self._redraw_lines([self.wrapped.line(self.cursor)])
        self.cursor = cursor
        if self.loose:
            self.fixed = cursor
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
