"""What is shown: one actor's findings, some claims, what is sure or said, which kinds."""

from collections import Counter

import msgspec
from msgspec.structs import replace

from pullquote.extra import EXTRA
from pullquote.findings import NOBODY, STATED, Actor, Finding, FindingKind, Findings
from pullquote.notes.annotations import Annotation
from pullquote.notes.reading import LAYERS, NOTE, Layer, Reading
from pullquote.reader.hues import Hues, hues
from pullquote.reader.marks import Mark, covering, found_again, marks
from pullquote.text import plural

OPEN = "open"  # of a claim without a verdict
CHECKABLE, NOT_CHECKABLE = "checkable", "not checkable"
_WORDS = {True: CHECKABLE, False: NOT_CHECKABLE}
# what claims are filtered by, beside their verdicts
_OF_CLAIM = ("checkable", "sourcing", "commitment")
SAID = tuple(STATED)


class ClaimFilter(msgspec.Struct, frozen=True):
    """Which claims are shown: those of the chosen values; all, where none is chosen of a field."""

    checkable: frozenset[str] = frozenset()
    sourcing: frozenset[str] = frozenset()
    commitment: frozenset[str] = frozenset()
    verdict: frozenset[str] = frozenset()

    def matches(self, claim: Finding, verdict: Annotation | None) -> bool:
        """Whether a claim is shown."""
        given = verdict.verdict if verdict and verdict.verdict else OPEN
        pairs = [(self.verdict, given)]
        for field in _OF_CLAIM:
            value = getattr(claim, field)
            pairs.append((getattr(self, field), _WORDS.get(value, value)))
        return all(not chosen or value in chosen for chosen, value in pairs)

    def words(self) -> str:
        """What is chosen, for the status line."""
        fields = (self.checkable, self.sourcing, self.commitment, self.verdict)
        return " and ".join(" or ".join(sorted(chosen)) for chosen in fields if chosen)


class Filters(msgspec.Struct, frozen=True):
    """What the reader has chosen to see."""

    actor: str | None = None  # the id of the only one whose findings are shown
    claims: ClaimFilter = ClaimFilter()
    every_stance: bool = False  # also what is neither said nor written
    sure_only: bool = False
    hidden: frozenset[str] = frozenset()  # kinds that are not highlighted, but still listed

    @property
    def narrow(self) -> bool:
        """Whether some actors or claims are left out."""
        return self.actor is not None or self.claims != ClaimFilter()

    def cleared(self) -> "Filters":
        """The same with all actors and claims."""
        return replace(self, actor=None, claims=ClaimFilter())

    def renewed(self, was: "VisibleMarks", reading: Reading) -> "Filters":
        """The same for a reading derived anew, in which the actor may have another id.

        One who is not found there any more filters nothing.
        """
        before, found = was.reading.findings, reading.findings
        if before and found and before.actor(self.actor) == found.actor(self.actor):
            return self
        now = marks(reading)[FindingKind.ACTOR]
        mentions = (m for m in was.every[FindingKind.ACTOR] if m.actor == self.actor)
        there = (found_again(now, mention) for mention in mentions)
        return replace(self, actor=next((one.actor for one in there if one), None))

    def shows(self, mark: Mark, reading: Reading) -> bool:
        """Whether a finding is shown; notes always are."""
        return mark.layer is NOTE or (
            (self.actor is None or mark.actor == self.actor)
            and (self.every_stance or not mark.non_speech)
            and not (self.sure_only and mark.doubtful)
            and (mark.layer is not FindingKind.CLAIM or self._shows_claim(mark, reading))
        )

    def _shows_claim(self, mark: Mark, reading: Reading) -> bool:
        if self.claims == ClaimFilter():
            return True
        return self.claims.matches(mark.finding, reading.verdict(mark.finding))

    def words(self, found: Findings | None) -> str:
        """What is shown, for the status line."""
        words = (
            f"only {name_of(found, self.actor)} (F: all)" if self.actor else "",
            f"only {self.claims.words()} (F: all)" if self.claims != ClaimFilter() else "",
            "thoughts and wishes too (o: words alone)" * self.every_stance,
            "no doubtful (d: all)" * self.sure_only,
        )
        return " · ".join(filter(None, words))


_Hued = tuple[Findings | None, Hues]


class VisibleMarks:
    """The marks of a reading, and which of them the filters show; it never changes.

    The speakers keep the hues that they had before, in `was`. Who lost theirs to a correction has
    it again when that is undone: first of all they go by what they were before it.
    """

    def __init__(
        self, reading: Reading, filters: Filters, was: "VisibleMarks | None" = None
    ) -> None:
        self.reading, self.filters = reading, filters
        now = (was.reading.findings, was.hues) if was else (None, Hues())
        is_same = was is not None and was.reading.machine is reading.machine
        first: _Hued = was.first_hues if was and is_same else now
        self.hues: Hues = hues(reading.findings, first, now)
        # what the speakers were when these findings were first shown, and the hues that they had
        self.first_hues: _Hued = first if first[0] else (reading.findings, self.hues)
        self.every = marks(reading)
        # a long article has tens of thousands, and every key press asks
        self._visible: dict[Layer, tuple[Mark, ...]] = {}

    def of(self, kind: Layer) -> tuple[Mark, ...]:
        """The visible marks of a kind, in text order."""
        if kind not in self._visible:
            shows = self.filters.shows
            self._visible[kind] = tuple(m for m in self.every[kind] if shows(m, self.reading))
        return self._visible[kind]

    def highlighted(self) -> dict[Layer, tuple[Mark, ...]]:
        """The visible marks of the kinds that are highlighted in the text."""
        layers = (EXTRA, *LAYERS)  # in the gutter ours are seen before those of plug-ins
        return {kind: self.of(kind) for kind in layers if kind not in self.filters.hidden}

    def at(self, offset: int) -> Mark | None:
        """The shortest of the highlighted marks that lie over `offset`."""
        shown = (mark for marks in self.highlighted().values() for mark in marks)
        return next(iter(covering(shown, offset)), None)

    def again(self, was: Mark | None) -> Mark | None:
        """A mark of another reading of this text in this one: it may have moved, or be gone."""
        return found_again(self.of(was.layer), was) if was else None

    def open_claims(self) -> tuple[Mark, ...]:
        """The visible claims that have no verdict yet."""
        is_open = self.reading.is_open
        return tuple(mark for mark in self.of(FindingKind.CLAIM) if is_open(mark.finding))

    def left_out(self, kind: Layer) -> tuple[str, ...]:
        """Which filters hide marks of a kind, with the keys that show them."""
        if len(self.of(kind)) == len(self.every[kind]):
            return ()
        filters, found = self.filters, self.reading.findings
        chosen = filters.claims if kind is FindingKind.CLAIM else ClaimFilter()
        marks = self.every[kind]
        hides_doubtful = filters.sure_only and any(mark.doubtful for mark in marks)
        hides_thoughts = not filters.every_stance and any(mark.non_speech for mark in marks)
        who = name_of(found, filters.actor)
        reasons = (
            (filters.actor, f"only what {who} says is shown, F shows all"),
            (chosen != ClaimFilter(), f"only {chosen.words()} claims are shown, F shows all"),
            (hides_doubtful, "doubtful ones are hidden, d shows them"),
            (hides_thoughts, "thoughts and wishes are hidden, o shows them"),
        )
        return tuple(words for is_so, words in reasons if is_so)

    def counts(self) -> str:
        """How many there are of what is said: "2 quotes · 1 claim"; "" for none."""
        counts = ((len(self.of(kind)), kind) for kind in SAID)
        return " · ".join(plural(count, kind, kind.plural) for count, kind in counts if count)

    def mention(self, actor: str | None) -> Mark | None:
        """The first mention of an actor."""
        mentions = self.every[FindingKind.ACTOR]
        return next((mark for mark in mentions if mark.actor == actor), None)

    def speakers(self) -> list[tuple[Actor, int]]:
        """The actors who say something, with how many findings are theirs, most first."""
        found = self.reading.findings
        said = Counter(mark.actor for kind in SAID for mark in self.every[kind])
        counted = [(one, said[one.id]) for one in (found.actors if found else ()) if said[one.id]]
        return sorted(counted, key=lambda one: -one[1])


def name_of(found: Findings | None, actor: str | None) -> str:
    """The name of an actor, or a word for none."""
    one = found.actor(actor) if found else None
    return one.name if one else NOBODY
