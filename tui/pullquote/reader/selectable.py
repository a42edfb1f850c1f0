"""Select a piece of the article, by keyboard or by mouse.

While selecting by keyboard, the motions move one end of the selection and the other stays; `o` lets
the other one move. The keys are the screen's to declare (tui/pullquote/actions.py); here is what
they do. The mouse takes whole words: a sweep those that it touches, two clicks the word, three the
sentence, four the paragraph.
"""

from textual import events
from textual.message import Message

from pullquote.reader.article_view import ArticleView
from pullquote.reader.motions import ends, grapheme_end, moved
from pullquote.reader.painted_text import GUTTER
from pullquote.reader.pointing import clicked, pointed_at, swept
from pullquote.text import Span

_RIGHT = 3  # the mouse's button


class SelectableArticle(ArticleView):
    """The article, with what keys and mouse do to select."""

    fixed = 0  # the offset of the end of the selection that stays
    loose = False  # no end stays yet: the motions only move the cursor
    _anchor: Span | None = None  # what the mouse was pressed on, while it is
    _pressed_at = (0, 0)
    _swept = False  # the mouse was moved since it was pressed

    class Clicked(Message):
        """The reader pointed at `offset`; `asks` with the right button."""

        def __init__(self, offset: int, asks: bool) -> None:
            self.offset, self.asks = offset, asks
            super().__init__()

    # --- by keyboard

    def action_caret(self, unit: str, count: int) -> None:
        """Move the end of the selection; forward, to the end of a unit and no letter further."""
        if unit == "line":
            self.extend(self._line_away(count))
        elif unit == "character" or count < 0 or self.loose or self.cursor < self.fixed:
            self.extend(
                moved(self.text, self.paragraphs, unit, self.cursor, count)
                if self.paragraphs
                else 0
            )
        else:
            self.extend(self._last_of(unit, 1))

    def action_by_word(self, count: int) -> None:
        """Grow the selection by a word at the end that moves, or shrink it."""
        if self.cursor >= self.fixed:
            self.extend(self._last_of("word", count))
        else:
            self.extend(
                min(self.fixed, moved(self.text, self.paragraphs, "word", self.cursor, -count))
            )

    def _last_of(self, unit: str, count: int) -> int:
        """The last character of the next unit, or of the one before, still in the selection."""
        near = ends(self.text, self.paragraphs, unit, self.cursor) if self.paragraphs else []
        lasts = [last for last in (self.on_text(end - 1) for end in near) if last >= self.fixed]
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
        self.fixed = self.on_text(anchor)
        self.extend(cursor)

    def extend(self, cursor: int) -> None:
        """Select up to `cursor`, included."""
        self._redraw_lines([self.wrapped.line(self.cursor)])
        self.cursor = cursor
        if self.loose:
            self.fixed = self.cursor
        low, high = sorted((self.fixed, self.cursor))
        self.select((low, grapheme_end(self.text, high)))
        self.reveal((self.cursor, self.cursor + 1))

    def scroll_lines(self, count: int) -> None:
        """Scroll by `count` lines; a selection that is being made goes along."""
        super().scroll_lines(count)
        line = self.wrapped.line(self.cursor) - self.scroll_offset.y
        if self.selecting and not 0 <= line < self.size.height:
            self.extend(self.nearest_on_screen(upwards=count < 0))

    def _line_away(self, count: int) -> int:
        line = self.wrapped.line(self.cursor)
        column = self.cursor - self.wrapped.starts[line] if len(self.wrapped) else 0
        while 0 <= line + count < len(self.wrapped):
            line += count
            start, end = self.wrapped.span(line)
            if end > start:
                return min(start + column, end - 1)
        return self.cursor

    # --- by mouse

    def _pointed(self, event: events.MouseEvent) -> Span:
        line = self.scroll_offset.y + max(0, min(event.y, self.size.height - 1))
        return pointed_at(self.text, self.wrapped, line, event.x - self._margin - GUTTER)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._swept = False
        if event.button != _RIGHT:
            self._anchor, self._pressed_at = self._pointed(event), (event.x, event.y)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._anchor is None or (not self._swept and (event.x, event.y) == self._pressed_at):
            return
        self._swept = True
        if not 0 <= event.y < self.size.height:
            self.scroll_lines(-1 if event.y < 0 else 1)
        here = self._pointed(event)
        span = swept(self.text, self.paragraphs, self._anchor, here)
        if span is not None:
            self._take(span, span[1] - 1 if here >= self._anchor else span[0])
        elif self.selected():
            self.screen.clear_selection()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        self._anchor = None
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        start, end = self._pointed(event)
        line = self.scroll_offset.y + event.y
        if (
            self._swept
            or line >= len(self.wrapped)
            or self.wrapped.starts[line] == self.wrapped.ends[line]
        ):
            return
        offset = self.on_text(start if start < end else min(start, self.wrapped.ends[line] - 1))
        if event.button == _RIGHT or event.chain == 1:
            self.post_message(self.Clicked(offset, event.button == _RIGHT))
        else:
            self._take(clicked(self.text, self.paragraphs, offset, event.chain), offset)

    def _take(self, span: Span, cursor: int) -> None:
        """Select `span`, with the cursor in it where the mouse is."""
        start, last = self.on_text(span[0]), self.on_text(span[1] - 1)
        if self.selecting:
            self.begin(*((last, start) if cursor == start else (start, last)))
            return
        old = self._dirty_lines()
        self.focus_spans = ()
        self.cursor = cursor
        self._redraw_lines(old | self._dirty_lines())
        self.select((start, grapheme_end(self.text, last)))
        self._take_cursor_along()
