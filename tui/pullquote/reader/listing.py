"""The panes beside the text: which are shown, what they list, the way there and back."""

from textual import on

from pullquote.findings import FindingKind
from pullquote.notes.annotations import Annotation
from pullquote.notes.reading import NOTE, Layer
from pullquote.reader.filtering import Filtering
from pullquote.reader.marks import orphans
from pullquote.reader.panes import Pane
from pullquote.reader.rows import empty, rows

PANES: dict[str, Layer] = {
    "claims": FindingKind.CLAIM,
    "warnings": FindingKind.WARNING,
    "quotes": FindingKind.QUOTE,
    "actors": FindingKind.ACTOR,
    "notes": NOTE,
}


class Listing(Filtering):
    """The part of the reader's screen that has the panes."""

    def __init__(self) -> None:
        super().__init__()
        self.stale: set[str | None] = set()  # the ids of the panes that are not as the reading is

    def action_cancel(self) -> None:
        """End what is going on, and go back to the text."""
        raise NotImplementedError

    def place_orphan(self, note: Annotation) -> None:
        """Let the reader select where a note without a place belongs."""
        raise NotImplementedError

    # --- what they list

    def fill_panes(self) -> None:
        """Fill the panes that are shown and stale; the others wait until they are shown."""
        for pane in self.query(Pane):
            if pane.id in self.stale and self._is_shown(pane):
                self.stale.discard(pane.id)
                layer = PANES.get(pane.id or "", FindingKind.ACTOR)
                ones = (
                    self.layers_marks[layer]
                    if layer is FindingKind.ACTOR
                    else self.visible_marks(layer)
                )
                why = empty(self.reading, layer, self.still_reading, self.kept_out(layer))
                listed = ones + orphans(self.reading) if layer is NOTE else ones
                pane.fill(
                    rows(self.reading, layer, listed, self.settings.highlights),
                    why,
                    self._about(layer),
                )
                pane.mark_row(self.on_mark)

    def _about(self, layer: Layer) -> str:
        """What a pane's title says beside its count; of the claims shown, how many are open."""
        if layer is NOTE:
            return f"{len(orphans(self.reading))} orphaned" if orphans(self.reading) else ""
        judged = layer is FindingKind.CLAIM and any(
            note.verdict for note in self.reading.annotations
        )
        # the list of whom else to choose stays
        chosen = layer is FindingKind.ACTOR and self.only is not None
        ones = (
            f"{len(self.open_claims())} open" if judged else "",
            "1 chosen" if chosen else "",
            "so far" if self.still_reading and self.layers_marks[layer] else "",
        )
        return " · ".join(filter(None, ones))

    # --- between them and the text

    @on(Pane.Moved)
    def _moved(self, event: Pane.Moved) -> None:
        """The text follows the pane; an act then applies to the row."""
        if event.mark != self.on_mark:
            self.follow_pane()
            self.say("")

    @on(Pane.Chosen)
    def _chosen(self, event: Pane.Chosen) -> None:
        self.article.focus()
        self.remove_class("-drawer")
        if event.mark.spans:
            self.go_to(event.mark)
        else:
            self.place_orphan(self.reading.annotations[event.mark.index])

    def action_pane(self, name: str) -> None:
        """Show a pane and go to it; from the pane itself, back to the text."""
        pane = self.query_one(f"#{name}", Pane)
        if pane.has_focus:
            self.action_cancel()
            return
        self.remove_class("-text-only")
        beside = ("claims", "warnings")
        narrow = self.has_class("-narrow")
        for other in PANES:
            shown = other == name or (name in beside and other in beside and not narrow)
            self.query_one(f"#{other}", Pane).set_class(shown, "-shown")
        self.add_class("-drawer")
        self.fill_panes()
        pane.focus()
        if pane.rows and pane.highlighted is None:
            who = pane.row_of_actor(self.actor_here())
            pane.highlighted = pane.nearest(self.article.cursor) if who is None else who
        elif pane.rows and pane.highlighted is not None:
            self.call_after_refresh(self.follow_pane)

    def action_turn(self, count: int) -> None:
        """Go from the text round the panes on the screen; where there are none, show one."""
        panes = [pane for pane in self.query(Pane) if self._is_shown(pane)]
        places = [self.article, *panes]
        if not panes:
            self.action_pane(
                next(
                    (name for name in PANES if self.query_one(f"#{name}").has_class("-shown")),
                    "claims",
                )
            )
            return
        here = next((number for number, place in enumerate(places) if place.has_focus), 0)
        places[(here + count) % len(places)].focus()

    def action_text_only(self) -> None:
        """The text alone, or with the panes again."""
        self.toggle_class("-text-only")
        self.article.focus()
        self.say(
            "the text alone: z brings the panes back"
            if self.has_class("-text-only")
            else "the text with its panes"
        )

    def _is_shown(self, pane: Pane) -> bool:
        if pane.id == "rail-actors":
            return self.has_class("-vast")
        return pane.has_class("-shown") and (
            not self.has_class("-narrow") or self.has_class("-drawer")
        )
