"""One reading in progress: the state that every act of reading shares, without a screen.

What there is to read is a `Reading`, what is shown of it `VisibleMarks` under `Filters`, and where
the reader is a `Position` with the finding that they are on. Each is one value that an act replaces
by another; the screen shows what the session holds and is told by `changed` when that becomes
something else of itself: an act in a dialog was saved, the analysis found something. Acts are
functions of the session in modules of their own (moving, selecting, marking, judging, …).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from math import inf

import msgspec
from msgspec.structs import replace

from pullquote.findings import FindingKind, Findings
from pullquote.library.store import Change, Library
from pullquote.notes.annotations import Annotation
from pullquote.notes.reading import Layer, Reading, derived
from pullquote.reader.bookmark import Bookmark
from pullquote.reader.checks import Checks
from pullquote.reader.filters import Filters, VisibleMarks
from pullquote.reader.guarded import Failed, Guarded
from pullquote.reader.marks import Mark, covering
from pullquote.reader.motions import grapheme_end, inside, on_grapheme, sentence_at
from pullquote.reader.opening import AS_IT_WAS, Opening
from pullquote.reader.position import Position, Selecting
from pullquote.reader.searching import NOTHING, Search
from pullquote.reader.standing import At, Standing
from pullquote.reader.trail import Destination, Stop, Trail
from pullquote.reader.wording import excerpt, room
from pullquote.settings import Settings
from pullquote.text import Paragraphs, Span, Spans

# Each gives back why it could not be saved, or "".
OnSelected = Callable[[Span], Awaitable[str]]  # does something with a selection
Repeatable = Callable[[], Awaitable[str]]  # does something to what is the target then


class LastAct(msgspec.Struct, frozen=True):
    """An act that can be done again: on whatever is its target next."""

    act: Repeatable
    target: Span | None  # what it was done to; None where it failed, or was done to several
    kind: Layer | None  # the kind of finding that it was done to


class Session:
    """What is read, what is shown of it, where the reader is, what was done last."""

    def __init__(
        self, reading: Reading, library: Guarded, settings: Settings, opening: Opening = AS_IT_WAS
    ) -> None:
        self.reading, self.library, self.settings = reading, library, settings
        self.paragraphs = Paragraphs(reading.article.text)
        self.filters = Filters()
        self.marks = VisibleMarks(reading, self.filters)
        self.current: Mark | None = None  # the finding or note that the reader is on
        at = max(0, opening.at or 0)
        self.position = Position(inside(self.paragraphs, at), top=at)
        self.trail = Trail(opening.trail)
        self.bookmark = Bookmark(reading.article.id, at, opening.furthest)
        self.destination: Destination | None = None  # another article that the reader wants
        self.search: Search = NOTHING
        # what the selection is for, when not for marking up
        self.on_selected: OnSelected | None = None
        # the ids of notes that were chosen in their pane, for acts on many at once
        self.chosen: frozenset[str] = frozenset()
        self.last: LastAct | None = None
        # where else quotes stand and claims are made, as far as it is known
        self.elsewhere: Mapping[At, Standing] = {}
        self.pressed = -inf  # when the last act was asked for, by `monotonic`
        self.done = ""  # what the last act did, in words; it stays until the next one
        self.said = opening.remark  # the answer to the last key, in words
        self.progress = ""  # of the analysis, in words
        self.analysed: float | None = None  # the share that it has done, 0 to 1, while it runs
        self.checks = Checks()  # of evidence, that run
        self.helper: asyncio.Future[Findings] | None = None  # the analysis, while it runs
        self.width = 80  # cells of the screen: how much of the text a message has room to quote
        self.changed: Callable[[], None] = lambda: None

    @property
    def text(self) -> str:
        """The article's text, into which all offsets are."""
        return self.reading.article.text

    @property
    def is_analysing(self) -> bool:
        """Whether the analysis runs, so that what there is of findings may not be all."""
        return self.helper is not None

    # --- what is read, and shown of it

    def renew(self, reading: Reading) -> None:
        """Read this from now on: the same article with other findings or annotations."""
        was, self.reading = self.marks, reading
        self.filters = self.filters.renewed(was, reading)
        self._look_again()
        self.changed()

    def narrow(self, filters: Filters) -> None:
        """Show what these filters let through."""
        self.filters = filters
        self._look_again()

    def _look_again(self) -> None:
        self.marks = VisibleMarks(self.reading, self.filters, self.marks)
        was, now = self.current, self.marks.again(self.current)
        if was is not None and (now is None or now.spans != was.spans):
            focus = now.spans if now else ()
            self.position = replace(self.position, focus=focus, follows=False, top=None)
        self.current = now

    def annotated(self, annotations: tuple[Annotation, ...], done: str) -> None:
        """Show the reading with these annotations; `done` says what was done."""
        self.end_selection()
        self.done = self.said = done
        self.renew(derived(self.reading.article, self.reading.machine, annotations))

    # --- where the reader is

    def on_text(self, offset: int) -> int:
        """The place for a cursor at `offset`, or nearest to it."""
        return on_grapheme(self.text, self.paragraphs, offset)

    def go(
        self, cursor: int, focus: Spans = (), mark: Mark | None = None, jump: bool = False
    ) -> None:
        """Put the cursor at `cursor`, on `focus`; while selecting, the selection goes along."""
        if jump:
            self.trail.leave(self.stop)
        if self.position.selecting:
            self.current = None
            self.position = replace(self.position, focus=())
            self.extend(cursor)
        else:
            self.current, self.position = mark, Position(self.on_text(cursor), focus)
        self.said = ""

    def go_to(self, mark: Mark) -> None:
        """Go to a finding or note; the way back leads to where the reader was."""
        self.go(mark.start, mark.spans, mark, jump=True)

    def follow(self, mark: Mark) -> None:
        """Be on what a pane's row stands for; a note without a place leaves the cursor alone."""
        if mark == self.current:
            return
        if mark.spans:
            self.go(mark.start, mark.spans, mark)
        else:
            self.current = mark

    @property
    def stop(self) -> Stop:
        """Where the reader is, to come back to."""
        return Stop(self.position.cursor, self.position.focus, self.current, self.bookmark.top)

    def found_again(self, stop: Stop) -> tuple[Mark | None, Spans]:
        """What the reader was on at `stop` as it now is, and its place; that may be gone."""
        mark = self.marks.again(stop.mark)
        if mark is not None:
            return mark, mark.spans
        return None, () if stop.mark else stop.focus

    def leave_for(self, article: str, at: int | None = None) -> None:
        """Want another article of the library next, at an offset; the way back leads here."""
        here = self.reading.article.id, self.bookmark.top
        self.destination = Destination(article, at, (*self.trail.articles, here))

    def stray(self, cursor: int) -> None:
        """The text was scrolled away: the cursor comes along, and what it was on is let go."""
        self.current, self.position = None, Position(self.on_text(cursor), follows=False)

    # --- the selection

    def begin(self, anchor: int, cursor: int, loose: bool = False) -> None:
        """Select from `anchor` to `cursor`, both included, and let the cursor be moved."""
        self.position = replace(
            self.position, selecting=Selecting(self.on_text(anchor), loose), follows=True, top=None
        )
        self.extend(cursor)

    def extend(self, cursor: int) -> None:
        """Select up to `cursor`, included."""
        cursor = self.on_text(cursor)
        selecting = self.position.selecting or Selecting(cursor)
        if selecting.loose:
            selecting = Selecting(cursor, loose=True)
        low, high = sorted((selecting.fixed, cursor))
        selected = (low, grapheme_end(self.text, high)) if self.paragraphs else None
        self.position = Position(cursor, self.position.focus, selected, selecting)
        if self.on_selected is None:
            self.said = ""  # it has nothing to do with a new selection

    def sweep(self, span: Span, cursor: int) -> None:
        """Select `span`, as the mouse did, with the cursor in it where the mouse is."""
        start, last, cursor = map(self.on_text, (span[0], span[1] - 1, cursor))
        if self.position.selecting:
            self.begin(*((last, start) if cursor == start else (start, last)))
        else:
            selected = start, grapheme_end(self.text, last)
            self.current, self.said = None, ""
            self.position = Position(cursor, (), selected, follows=False)

    def end_selection(self) -> None:
        """Let the selection go, and what it was for."""
        self.on_selected = None
        if self.position.selected or self.position.selecting:
            self.position = Position(self.position.cursor, self.position.focus, follows=False)

    def want_selection(self, span: Span | None, on_selected: OnSelected, words: str) -> None:
        """Let the reader change the selection of `span`, or make one where there is none yet.

        Taking it gives it to `on_selected`; `words` tell how.
        """
        cursor = self.position.cursor
        self.begin(*((span[0], span[1] - 1) if span else (cursor, cursor)), loose=span is None)
        self.on_selected, self.said = on_selected, words

    # --- what an act applies to

    def target(self) -> Span | None:
        """The selection, else the finding here, else the sentence; None without a text."""
        if self.position.selected:
            return self.position.selected
        if self.current and self.current.spans:
            return self.current.start, self.current.end
        if not self.paragraphs:
            return None
        return sentence_at(self.text, self.paragraphs, self.position.cursor)

    def actor_here(self) -> str | None:
        """The id of the actor under the cursor."""
        if self.current and self.current.actor:
            return self.current.actor
        mentions = covering(self.marks.every[FindingKind.ACTOR], self.position.cursor)
        return next((mark.actor for mark in mentions), None)

    def quoted(self, words: str) -> str:
        """Words as a message quotes them: as many as the screen has room for."""
        return excerpt(words, room(self.width))

    # --- what is saved

    async def save(self, changes: Sequence[Change], done: str) -> str:
        """Change annotations as one act, which is saved first and shown then; why not, or ""."""
        saved = await self.library(_acted, self.reading.article.id, changes)
        if isinstance(saved, Failed):
            return saved.why
        remark, notes = saved
        self.annotated(notes, " · ".join(filter(None, (done, remark, "u undoes it"))))
        return ""

    def repeatable(self, act: Repeatable, on_target: bool = True) -> LastAct:
        """An act to be repeated once it is done; `on_target`: to what is the target now."""
        kind = self.current.layer if self.current and not self.position.selected else None
        return LastAct(act, self.target() if on_target else None, kind)


def _acted(
    library: Library, article: str, changes: Sequence[Change]
) -> tuple[str, tuple[Annotation, ...]]:
    """Do an act; what is to be said of it, and the notes as they then are."""
    return library.notes.act(article, changes), library.notes.of(article)
