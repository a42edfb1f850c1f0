"""What all parts of the reader's screen share: its state, and what one part may ask of another.

The screen is put together from parts, one for each kind of act: walking, filtering, marking,
judging, correcting, exporting, versions. State sits here, in one place; what is on the screen, and
how, is tui/pullquote/reader/screen.py's.
"""

from textual.screen import Screen

from pullquote.findings import FindingKind
from pullquote.notes.annotations import Annotation
from pullquote.notes.reading import Layer, Reading
from pullquote.reader.guarded import Guarded
from pullquote.reader.marks import Mark, covering
from pullquote.reader.motions import sentence_at
from pullquote.reader.panes import Pane
from pullquote.reader.selectable import SelectableArticle
from pullquote.reader.wording import excerpt, room
from pullquote.settings import Settings
from pullquote.text import Span, Spans


class Part(Screen[None]):
    """A part of the reader's screen."""

    reading: Reading
    library: Guarded
    settings: Settings
    article: SelectableArticle  # the article's view
    on_mark: Mark | None = None  # the finding or note that the reader is on
    layers_marks: dict[Layer, tuple[Mark, ...]]

    def say(self, did: str | None = None) -> None:
        """Show on the status line where the reader is, and what was just done."""
        raise NotImplementedError

    def derive(self) -> None:
        """Put the reading on the screen: marks over the text, rows in the panes."""
        raise NotImplementedError

    def visible_marks(self, layer: Layer) -> tuple[Mark, ...]:
        """The marks of a layer that the filters let through."""
        raise NotImplementedError

    def go(
        self, cursor: int, spans: Spans = (), mark: Mark | None = None, jump: bool = False
    ) -> None:
        """Put the cursor at `cursor` with `spans` marked as what the reader is on."""
        raise NotImplementedError

    def none_to_go_to(self, layer: Layer) -> str:
        """Why there is none of a layer to go to: none found, none shown, or none yet."""
        raise NotImplementedError

    def remember_jump(self, cursor: int) -> None:
        """Let `ctrl+o` lead back to `cursor`."""
        raise NotImplementedError

    def step_to(self, layer: Layer | None) -> bool:
        """Go to the next of a layer, or the next sentence for None; whether there is one."""
        raise NotImplementedError

    def show_annotations(self, annotations: tuple[Annotation, ...], did: str) -> None:
        """Show the reading with these annotations, and say what was done."""
        raise NotImplementedError

    def open_article(self, identity: str, at: int | None = None) -> None:
        """Open another article of the library, at an offset."""
        raise NotImplementedError

    def quoted(self, spans: Spans) -> str:
        """The words at `spans` as a message quotes them."""
        words = " … ".join(self.reading.article.text[start:end] for start, end in spans)
        return excerpt(words, room(self.size.width))

    def go_to(self, mark: Mark) -> None:
        """Go to a mark."""
        self.go(mark.start, mark.spans, mark, jump=True)

    def follow_pane(self) -> None:
        """Before an act: in a pane, it applies to the row that is marked there."""
        pane = self.focused
        if not isinstance(pane, Pane) or not pane.rows or pane.highlighted is None:
            return
        mark = pane.rows[pane.highlighted].mark
        if mark != self.on_mark and mark.spans:
            self.go(mark.start, mark.spans, mark)
        elif mark != self.on_mark:
            self.on_mark = mark

    def aim(self) -> Span | None:
        """What an act applies to: the selection, else the finding here, else the sentence."""
        view = self.article
        if selected := view.selected():
            return selected
        if self.on_mark and self.on_mark.spans:
            return self.on_mark.start, self.on_mark.end
        return sentence_at(view.text, view.paragraphs, view.cursor) if view.paragraphs else None

    def actor_here(self) -> str | None:
        """The id of the actor under the cursor."""
        if self.on_mark and self.on_mark.actor:
            return self.on_mark.actor
        return next(
            (m.actor for m in covering(self.layers_marks[FindingKind.ACTOR], self.article.cursor)),
            None,
        )
