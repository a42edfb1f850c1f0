"""The article under the mouse: it takes whole words.

A sweep takes those that it touches, two clicks the word, three the sentence, four the paragraph;
one click goes there. What is pointed at or swept over goes up as messages.
"""

from textual import events
from textual.message import Message

from pullquote.actions import SELECTING, bindings
from pullquote.reader.article_view import ArticleView
from pullquote.reader.painted_text import OVERVIEW
from pullquote.reader.pointing import RIGHT, clicked, pointed_at, swept
from pullquote.reader.styling import GUTTER
from pullquote.text import Span


class SelectableArticle(ArticleView):
    """The article, with the keys that work while selecting, and what the mouse does in it."""

    BINDINGS = [*bindings(SELECTING)]

    leaves_keys = True  # to the acts: none ends here (reader/typed_ahead.py)

    _anchor: Span | None = None  # what the mouse was pressed on, while it is
    _pressed_at = (0, 0)
    _swept = False  # the mouse was moved since it was pressed

    class Clicked(Message):
        """The reader pointed at `offset`; `asks` with the right button."""

        def __init__(self, offset: int, asks: bool) -> None:
            self.offset, self.asks = offset, asks
            super().__init__()

    class Swept(Message):
        """The mouse took `span`, and is at `cursor` in it; None where it took nothing."""

        def __init__(self, span: Span | None, cursor: int) -> None:
            self.span, self.cursor = span, cursor
            super().__init__()

    def _pointed(self, event: events.MouseEvent) -> Span:
        line = self.scroll_offset.y + max(0, min(event.y, self.size.height - 1))
        before = self._margin + GUTTER + self.wrapped.indent(line)
        return pointed_at(self.text, self.wrapped, line, event.x - before)

    def _is_overview(self, event: events.MouseEvent) -> bool:
        return event.x >= self.size.width - OVERVIEW

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._swept = False
        if self._is_overview(event):
            self.seek(event.y)
            self._swept = True  # no click on the text
        elif event.button != RIGHT:
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
            cursor = span[1] - 1 if here >= self._anchor else span[0]
            self.post_message(self.Swept(span, cursor))
        elif self.position.selected:
            self.post_message(self.Swept(None, self.cursor))

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
        offset = start if start < end else min(start, self.wrapped.ends[line] - 1)
        if event.button == RIGHT or event.chain == 1:
            self.post_message(self.Clicked(offset, event.button == RIGHT))
        else:
            span = clicked(self.text, self.paragraphs, offset, event.chain)
            self.post_message(self.Swept(span, offset))
