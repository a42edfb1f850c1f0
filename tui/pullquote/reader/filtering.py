"""What is shown: one actor's findings, some claims, what is sure or said, which layers."""

from collections import Counter

from textual import work

from pullquote.findings import Actor, FindingKind
from pullquote.notes.reading import LAYERS, NOTE, Layer
from pullquote.reader.choice import Choice
from pullquote.reader.dialogs import Layers
from pullquote.reader.judging import Judging, Sifted
from pullquote.reader.marks import Mark, covering
from pullquote.reader.rows import who
from pullquote.reader.wording import plural

_SAID = (FindingKind.QUOTE, FindingKind.CLAIM, FindingKind.WARNING)


class Filtering(Judging):
    """The part of the reader's screen that filters."""

    hidden: frozenset[str] = frozenset()  # layers
    only: str | None = None  # an actor's id
    every_stance = False
    sure_only = False

    def __init__(self) -> None:
        super().__init__()
        # what the filters let through, until the reading is derived anew
        self._let_through: dict[Layer, tuple[Mark, ...]] = {}

    def visible_marks(self, layer: Layer) -> tuple[Mark, ...]:
        # a long article has tens of thousands, and every key press asks
        if layer not in self._let_through:
            ones = self.layers_marks[layer]
            self._let_through[layer] = (
                ones if layer is NOTE else tuple(mark for mark in ones if self._lets(mark))
            )
        return self._let_through[layer]

    def _lets(self, mark: Mark) -> bool:
        return (
            (self.only is None or mark.actor == self.only)
            and (mark.layer is not FindingKind.CLAIM or self._sifts(mark))
            and (self.every_stance or not mark.non_speech)
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
            f"only {self._named(self.only)} (F: all)" if self.only else "",
            f"only {self.sifted.words()} (F: all)" if self.sifted != Sifted() else "",
            "thoughts and wishes too (o: words alone)" * self.every_stance,
            "no doubtful (d: all)" * self.sure_only,
        )
        return " · ".join(filter(None, ones))

    def _named(self, actor: str | None) -> str:
        return who(self.reading.findings, actor) if self.reading.findings else ""

    @property
    def still_reading(self) -> bool:
        """Whether the analysis runs, so that what there is of findings may not be all."""
        raise NotImplementedError

    def kept_out(self, layer: Layer) -> str:
        """Which filters hide findings of a layer, with the keys that show them; "" for none."""
        if len(self.visible_marks(layer)) == len(self.layers_marks[layer]):
            return ""
        aside = any(mark.non_speech for mark in self.layers_marks[layer]) and not self.every_stance
        ones = (self.filters(), f"o shows the {layer}s that are thoughts and wishes" * aside)
        return " · ".join(filter(None, ones))

    def none_to_go_to(self, layer: Layer) -> str:
        if layer is NOTE:
            return "no notes of mine here yet"
        if self.still_reading:
            return f"still reading: no {layer}s found so far"
        if self.reading.findings is None:
            return f"not analysed, so no {layer}s are known"
        reason = self.kept_out(layer)
        return f"no {layer}s are shown: {reason}" if reason else f"no {layer}s in this article"

    def mark_at(self, offset: int) -> Mark | None:
        """The shortest of the marks on the screen that lie over `offset`."""
        shown = [
            mark
            for layer in LAYERS
            if layer not in self.hidden
            for mark in self.visible_marks(layer)
        ]
        return next(iter(covering(shown, offset)), None)

    def _sources(self) -> list[tuple[int, Actor]]:
        """The actors who say something, with how many findings are theirs, most first."""
        found = self.reading.findings
        said = Counter(mark.actor for layer in _SAID for mark in self.layers_marks[layer])
        ones = [(said[one.id], one) for one in (found.actors if found else ()) if said[one.id]]
        return sorted(ones, key=lambda one: -one[0])

    @work
    async def action_filter(self) -> None:
        """Show one actor's findings alone: the one under the cursor, or one chosen."""
        actor = self.actor_here()
        sources = self._sources()
        if actor is None and sources:
            names = [f"{one.name} ({count})" for count, one in sources]
            chosen = await self.app.push_screen_wait(Choice("Only what one actor says", names))
            if chosen is None:
                return
            actor = sources[chosen][1].id
        if actor is None:
            self.say(
                "still reading: no actors found so far"
                if self.still_reading
                else "nobody here says anything"
            )
            return
        self.only = actor
        self.derive()
        self.say(f"shown: {self._shown() or f'nothing that {self._named(actor)} says'}")

    def _shown(self) -> str:
        counts = ((len(self.visible_marks(layer)), layer) for layer in _SAID)
        return " · ".join(plural(count, layer) for count, layer in counts if count)

    def action_clear_filter(self) -> None:
        """Show everyone's findings again."""
        had = self.only is not None or self.sifted != Sifted()
        self.only = None
        self.sifted = Sifted()
        self.derive()
        self.say(
            f"everyone's findings: {self._shown()}"
            if had
            else "no filter: everyone's findings are shown"
        )

    def action_stances(self) -> None:
        """Show thoughts, feelings, wishes and the like too, or speech and writing alone."""
        self.every_stance = not self.every_stance
        self.derive()
        count = sum(mark.non_speech for layer in _SAID for mark in self.layers_marks[layer])
        self.say(f"thoughts and wishes {'shown' if self.every_stance else 'hidden'}: {count}")

    def action_doubtful(self) -> None:
        """Hide the doubtful findings, or show them again."""
        self.sure_only = not self.sure_only
        self.derive()
        count = sum(mark.doubtful for layer in _SAID for mark in self.layers_marks[layer])
        self.say(f"doubtful findings {'hidden' if self.sure_only else 'shown'}: {count}")

    @work
    async def action_layers(self) -> None:
        """Choose what is highlighted."""
        hidden = await self.app.push_screen_wait(Layers(list(LAYERS), self.hidden))
        if hidden is not None:
            self.hidden = hidden
            self.derive()
            names = ", ".join(f"{layer}s" for layer in LAYERS if layer in hidden)
            self.say(f"not highlighted: {names}" if names else "all kinds are highlighted")
