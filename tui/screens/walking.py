"""Moving through the article: from finding to finding, by lines and sentences, through the matches of a search, and back."""

import re

from textual import on
from textual.widgets import Input

from tui.screens.part import Part
from tui.text import Spans
from tui.widgets.marks import Layer, Mark, after, before
from tui.widgets.motions import moved, sentence_at
from tui.widgets.panes import Pane


class Walking(Part):
    """The part of the reader's screen that moves."""

    matches: Spans = ()  # of a live search

    def __init__(self) -> None:
        super().__init__()
        self._back: list[int] = []
        self._forward: list[int] = []

    def why_none(self) -> str:
        """Why there may be none of a layer to go to, to be said behind "no quotes"."""
        raise NotImplementedError

    def go(self, cursor: int, spans: Spans = (), mark: Mark | None = None, jump: bool = False) -> None:
        if jump:
            self._back.append(self.article.cursor)
            self._forward.clear()
        self.on_mark = mark
        self.article.focus_on(spans, cursor)
        if mark:
            for pane in self.query(Pane):
                pane.mark_row(mark)
        self.say("")

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
            self._step_match(count)
            return
        ones = self.walked(Layer(layer))
        here = self.on_mark.start if self.on_mark and self.on_mark.layer == layer else self.article.cursor - (count > 0)
        mark = after(ones, here) if count > 0 else before(ones, here)
        if mark is None:
            self.say(f"no {layer}s" + self.why_none())
        else:
            self.go_to(mark)

    def _step_match(self, count: int) -> None:
        starts = [start for start, _ in self.matches]
        here = self.article.cursor
        if count > 0:
            index = next((i for i, start in enumerate(starts) if start > here), 0)
        else:
            index = next((i for i in range(len(starts) - 1, -1, -1) if starts[i] < here), len(starts) - 1)
        self.go(starts[index], (self.matches[index],), jump=True)

    def action_same_actor(self, count: int) -> None:
        """Go to the next or previous mention of the actor under the cursor."""
        actor = self.actor_here()
        ones = tuple(mark for mark in self.layers_marks[Layer.ACTOR] if mark.actor == actor)
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
        if self.article.scroll_lines(lines):
            self.on_mark = None
        self.say()

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

    # --- search

    def action_search(self) -> None:
        """Ask what to search for."""
        line = self.query_one("#search", Input)
        line.add_class("-shown")
        line.focus()

    @on(Input.Changed, "#search")
    def _searched(self, event: Input.Changed) -> None:
        words = event.value.split()
        pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE) if words else None
        self.matches = tuple(m.span() for m in pattern.finditer(self.reading.article.text)) if pattern else ()
        self.article.find(self.matches)
        self.say("" if self.matches or not words else "no match")

    @on(Input.Submitted, "#search")
    def _search_entered(self) -> None:
        self.close_search()
        if self.matches:
            self.article.cursor -= 1  # a match right at the cursor counts
            self._step_match(1)

    def close_search(self) -> None:
        """Put the search line away; the matches stay."""
        self.query_one("#search", Input).remove_class("-shown")
        self.article.focus()

    def end_search(self) -> bool:
        """End the search, and say whether there was one."""
        if not self.matches and not self.query_one("#search", Input).has_class("-shown"):
            return False
        self.matches = ()
        self.article.find(())
        self.close_search()
        return True
