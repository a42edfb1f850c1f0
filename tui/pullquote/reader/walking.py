"""Moving through the article: by findings, lines and sentences, by matches, and back."""

from pullquote.findings import FindingKind
from pullquote.notes.reading import Layer, layer_named
from pullquote.reader.marks import Mark, after, before
from pullquote.reader.motions import moved, sentence_at
from pullquote.reader.panes import Pane
from pullquote.reader.searching import Searching
from pullquote.text import Spans


class Walking(Searching):
    """The part of the reader's screen that moves."""

    def __init__(self) -> None:
        super().__init__()
        self._back: list[int] = []
        self._forward: list[int] = []

    def go(
        self, cursor: int, spans: Spans = (), mark: Mark | None = None, jump: bool = False
    ) -> None:
        if jump:
            self.remember_jump(self.article.cursor)
        if self.article.selecting:  # every motion takes the end of the selection along
            self.on_mark = None
            self.article.extend(cursor)
        else:
            self.on_mark = mark
            self.article.focus_on(spans, cursor)
        self.mark_rows()
        self.say("")

    def remember_jump(self, cursor: int) -> None:
        self._back.append(cursor)
        self._forward.clear()

    def mark_rows(self) -> None:
        """Mark the row of the current mark in each pane that has one, none in the others."""
        for pane in self.query(Pane):
            pane.mark_row(self.on_mark)

    def step_to(self, layer: Layer | None) -> bool:
        at = self.article.cursor
        if layer is None:
            self.action_unit("sentence", 1)
        else:
            self.action_step(layer, 1)
        return self.article.cursor != at

    def action_step(self, layer: str, count: int) -> None:
        """Go to the next or previous of a layer, or match of a live search."""
        if layer == "quote" and self.matches:
            self.step_match(count)
            return
        ones = self.visible_marks(layer_named(layer))
        here = (
            self.on_mark.start
            if self.on_mark and self.on_mark.layer == layer
            else self.article.cursor - (count > 0)
        )
        mark = after(ones, here) if count > 0 else before(ones, here)
        if mark is None:
            self.say(self.none_to_go_to(layer_named(layer)))
        else:
            self.go_to(mark)

    def action_same_actor(self, count: int) -> None:
        """Go to the next or previous mention of the actor under the cursor."""
        actor = self.actor_here()
        ones = tuple(mark for mark in self.layers_marks[FindingKind.ACTOR] if mark.actor == actor)
        mark = after(ones, self.article.cursor) if count > 0 else before(ones, self.article.cursor)
        if actor is None or mark is None:
            self.say("no actor here: a goes to the next one")
        else:
            self.go_to(mark)

    def action_lines(self, count: int) -> None:
        """Scroll by lines."""
        self._scroll(count)

    def action_pages(self, count: float) -> None:
        """Scroll by pages, with two lines kept."""
        height = max(1, self.article.size.height - 2)
        self._scroll(round(count * height))

    def _scroll(self, lines: int) -> None:
        at = self.article.scroll_offset.y
        self.article.scroll_lines(lines)
        if self.article.scroll_offset.y == at:
            self.say("the end of the text" if lines > 0 else "the start of the text")

    def action_end(self, count: int) -> None:
        """Go to the start or the end of the text."""
        view = self.article
        if view.paragraphs:
            self.go(view.paragraphs[0][0] if count < 0 else view.paragraphs[-1][1] - 1, jump=True)

    def action_unit(self, unit: str, count: int) -> None:
        """Go to the next or previous sentence or paragraph."""
        view = self.article
        if not view.paragraphs:
            return
        cursor = moved(view.text, view.paragraphs, unit, view.cursor, count)
        span = sentence_at(view.text, view.paragraphs, cursor) if unit == "sentence" else None
        self.go(cursor, (span,) if span else ())

    def action_jump(self, count: int) -> None:
        """Go back to where the reader was before a jump, or forward again."""
        source, target = (self._back, self._forward) if count < 0 else (self._forward, self._back)
        if not source:
            self.say("no further jump")
            return
        target.append(self.article.cursor)
        self.go(source.pop())
