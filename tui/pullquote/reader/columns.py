"""The columns beside the text: which panes are shown in them, filled only when they are."""

from collections.abc import Callable, Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import var

from pullquote import kinds
from pullquote.findings import FindingKind
from pullquote.kinds import PaneSpec
from pullquote.notes.reading import NOTE, Layer
from pullquote.reader.cast import again, cast, page
from pullquote.reader.cast_panes import CastPane, SpeakerPage
from pullquote.reader.filters import VisibleMarks
from pullquote.reader.listing import Listing, count, listing
from pullquote.reader.marks import Mark
from pullquote.reader.panes import NotesPane, Pane
from pullquote.reader.session import Session
from pullquote.reader.tabs import Tab, Tabs

Specs = Mapping[str, PaneSpec]  # of panes, by their ids
PANES: Specs = {pane.name: pane for pane in kinds.PANES}
KEYS = {name: str(number) for number, name in enumerate(PANES, 1)}
CAST, PAGE = "actors", "speaker"  # ids of panes
RAIL: Specs = {f"rail-{CAST}": PANES[CAST]}
TOGETHER = ("claims", "warnings")  # these are shown at once where there is room
_SHARES = {"claims": 0.6, "warnings": 0.4}  # of that room, as in the style sheet
_FRAME, _BESIDE = 2, 3  # rows of a pane's frame; cells of it and of its scroll bar
_OF_KIND: Mapping[Layer, type[Pane]] = {NOTE: NotesPane, FindingKind.ACTOR: CastPane}
_LISTED: Mapping[Layer, Callable[[Session, PaneSpec], Listing]] = {FindingKind.ACTOR: cast}


def drawn(pane: Pane) -> bool:
    """Whether a pane beside the text is on its screen: a narrow one has them in a drawer."""
    screen = pane.screen
    beside = not screen.has_class("-narrow") or screen.has_class("-drawer")
    return beside and pane.has_class("-shown")


def in_rail(pane: Pane) -> bool:
    """Whether a pane in the rail is on its screen: a vast one has room for it."""
    return pane.screen.has_class("-vast")


class Column(Vertical):
    """Several panes, of which those on the screen are filled; the others wait until they are."""

    marks: var[VisibleMarks | None] = var(None, init=False)
    current: var[Mark | None] = var(None, init=False)

    def __init__(
        self, session: Session, specs: Specs, is_shown: Callable[[Pane], bool], *, id: str
    ) -> None:
        super().__init__(id=id)
        self.session, self._specs, self._is_shown = session, specs, is_shown
        self._stale: set[str] = set()  # the ids of the panes that are not as the reading is

    def compose(self) -> ComposeResult:
        for name, spec in self._specs.items():
            pane = _OF_KIND.get(spec.kind.layer, Pane)
            shown = "-shown" if name in TOGETHER else ""
            yield pane(KEYS[spec.name], spec.title, id=name, classes=shown)

    @property
    def shown(self) -> list[Pane]:
        """The panes that are on the screen."""
        return [pane for pane in self._panes if self._is_shown(pane)]

    @property
    def _panes(self) -> list[Pane]:
        # With every key: a query would look through all that is in the column, and sort it.
        return [one for one in self.children if isinstance(one, Pane)]

    def on_resize(self) -> None:
        """The screen has another size: which panes it shows depends on that."""
        self.fit()

    def fit(self) -> None:
        """Fill what a screen of another size shows."""
        self.fill()

    def pane(self, name: str) -> Pane:
        """The pane of that id."""
        return self.query_one(f"#{name}", Pane)

    def watch_marks(self) -> None:
        """All panes have to be filled anew."""
        self._stale = {pane.id or "" for pane in self._panes}
        self.fill()

    def watch_current(self, current: Mark | None) -> None:
        """Mark the row of the current finding in each pane that has one, none in the others."""
        for pane in self._panes:
            pane.mark_row(current)

    def on_descendant_blur(self) -> None:
        """A pane that the reader has left marks no row but that of the current finding."""
        self.watch_current(self.current)

    def fill(self) -> None:
        """Fill the panes that are shown and stale."""
        for pane in self.shown:
            if pane.id in self._stale:
                self._stale.discard(pane.id)
                if pane.id in self._specs:
                    spec = self._specs[pane.id]
                    pane.heading = spec.over(self.session.reading) or spec.title
                pane.fill(*self.listing(pane.id))
                pane.mark_row(self.session.current, keeps=True)

    def listing(self, name: str) -> Listing:
        """What a pane lists."""
        spec = self._specs[name]
        return _LISTED.get(spec.kind.layer, listing)(self.session, spec)


class Panes(Column):
    """The panes that the keys open, one or two at a time, over their tabs; and a speaker's page."""

    _speaker: Mark | None = None  # whose page it is

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield SpeakerPage("", "", id=PAGE)
        yield Tabs()

    def listing(self, name: str) -> Listing:
        if name != PAGE:
            return super().listing(name)
        assert self._speaker is not None
        self._speaker = again(self.session, self._speaker)
        return page(self.session, self._speaker)

    def open(self, name: str, alone: bool) -> Pane:
        """Show a pane, and with it the one that it is shown together with, unless `alone`."""
        for other in self._panes:
            together = name in TOGETHER and other.id in TOGETHER and not alone
            other.set_class(other.id == name or together, "-shown")
        self.fill()
        return self.pane(name)

    def open_page(self, speaker: Mark, name: str) -> Pane:
        """Show everything that a speaker of that name says."""
        self._speaker = speaker
        self._stale.add(PAGE)
        self.pane(PAGE).heading = name
        return self.open(PAGE, alone=True)

    def fit(self) -> None:
        """The screen is another size: what it has in the rail is not shown here, too."""
        if self.screen.has_class("-vast") and self.pane(CAST).has_class("-shown"):
            self.open(TOGETHER[0], alone=False)
        else:
            self.fill()

    def fill(self) -> None:
        super().fill()
        self._share()
        beside = {pane.id for pane in self.shown}
        rail = {CAST} if self.screen.has_class("-vast") else set()
        is_narrow = self.screen.has_class("-narrow")
        tabs = (
            Tab(name, KEYS[name], title, count(self.session, spec), name in beside)
            for name, spec in self._specs.items()
            if (title := spec.over(self.session.reading))
            and (is_narrow or name not in beside | rail)
        )
        self.query_one(Tabs).tabs = tuple(tabs)

    def _share(self) -> None:
        """Of two panes, one that lists nothing takes no more room than what it says.

        Nor does one that lists little, where the other has more to list than its share has room.
        """
        shown = self.shown
        for pane in shown:
            yields = not pane.rows and any(other.rows for other in shown)
            pane.set_class(yields, "-yields")
        few = {pane: self._lines_of_few(pane) for pane in shown if pane.id in _SHARES}
        for pane, lines in few.items():
            other_is_long = any(one is not pane and few[one] is None for one in few)
            pane.styles.height = lines if pane.rows and other_is_long else None

    def _lines_of_few(self, pane: Pane) -> int | None:
        """The lines that a pane with few rows takes at most; None for one that fills its share."""
        most, width = round(_SHARES[pane.id or ""] * self.size.height), self.size.width - _BESIDE
        lines, more = _FRAME, 0
        for card in pane.cards if width > 0 else ():
            closed = card.height(width)
            lines, more = lines + closed, max(more, len(card.opened(width, most)) - closed)
            if lines + more > most:
                return None
        return lines + more
