"""What of the findings is shown: one actor's, some claims, what is sure, what is said; and which layers are painted."""

from textual import work

from tui.screens.choice import Choice
from tui.screens.dialogs import Layers
from tui.screens.judging import Judging, Sifted
from tui.widgets.marks import Layer, Mark, covering
from tui.widgets.rows import who


class Filtering(Judging):
    """The part of the reader's screen that filters."""

    hidden: frozenset[str] = frozenset()  # layers
    only: str | None = None  # an actor's id
    every_stance = False
    sure_only = False

    def __init__(self) -> None:
        super().__init__()
        self.through: dict[
            Layer, tuple[Mark, ...]
        ] = {}  # what the filters let through, until the reading is derived anew

    def walked(self, layer: Layer) -> tuple[Mark, ...]:
        if layer not in self.through:  # a long article has tens of thousands, and every key press asks
            ones = self.layers_marks[layer]
            self.through[layer] = ones if layer is Layer.NOTE else tuple(mark for mark in ones if self._lets(mark))
        return self.through[layer]

    def _lets(self, mark: Mark) -> bool:
        return (
            (self.only is None or mark.actor == self.only)
            and (mark.layer is not Layer.CLAIM or self._sifts(mark))
            and (self.every_stance or not mark.aside)
            and not (self.sure_only and mark.doubtful)
        )

    def _sifts(self, mark: Mark) -> bool:
        if self.sifted == Sifted() or self.reading.findings is None:
            return True
        claim = self.reading.findings.claims[mark.index]
        return self.sifted.lets(claim, self.reading.verdict(claim))

    def filters(self) -> str:
        """What the filters let through, for the status line."""
        ones = (
            f"only {who(self.reading.findings, self.only)} (F: all)" if self.only and self.reading.findings else "",
            f"only {self.sifted.words()} (F: all)" if self.sifted != Sifted() else "",
            "every stance (o: words alone)" * self.every_stance,
            "no doubtful (d: all)" * self.sure_only,
        )
        return " · ".join(filter(None, ones))

    def why_none(self) -> str:
        return " of this actor" if self.only else ""

    def mark_at(self, offset: int) -> Mark | None:
        """The shortest of the marks on the screen that lie over `offset`."""
        shown = [mark for layer in Layer if layer not in self.hidden for mark in self.walked(layer)]
        return next(iter(covering(shown, offset)), None)

    @work
    async def action_filter(self) -> None:
        """Show one actor's findings alone: the one under the cursor, or one chosen."""
        actor = self.actor_here()
        actors = self.reading.findings.actors if self.reading.findings else ()
        if actor is None and actors:
            chosen = await self.app.push_screen_wait(Choice("Only this actor", [one.name for one in actors]))
            actor = actors[chosen].id if chosen is not None else None
        if actor is not None:
            self.only = actor
            self.derive()

    def action_clear_filter(self) -> None:
        """Show everyone's findings again."""
        self.only = None
        self.sifted = Sifted()
        self.derive()

    def action_stances(self) -> None:
        """Show thoughts, feelings, wishes, decisions and perceptions too, or speech and writing alone."""
        self.every_stance = not self.every_stance
        self.derive()

    def action_doubtful(self) -> None:
        """Hide the doubtful findings, or show them again."""
        self.sure_only = not self.sure_only
        self.derive()

    @work
    async def action_layers(self) -> None:
        """Choose what is highlighted."""
        hidden = await self.app.push_screen_wait(Layers(list(Layer), self.hidden))
        if hidden is not None:
            self.hidden = hidden
            self.derive()
