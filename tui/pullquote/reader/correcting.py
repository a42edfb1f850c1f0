"""The reader has the last word: correct what the machine found, in place, or add what it missed.

Every correction is an annotation that names its finding by place; the reading applies it
(tui/pullquote/notes/corrections/).
"""

import re
from collections import Counter

from textual import work

from pullquote.findings import (
    NOBODY,
    Actor,
    Finding,
    FindingKind,
    Findings,
    Statement,
    WarningKind,
)
from pullquote.notes.annotations import (
    Annotation,
    Correction,
    Edit,
    Placed,
    annotate,
    target,
    targets,
)
from pullquote.notes.corrections import (
    Asks,
    EditSpec,
    confirmed_value,
    mentioned,
    offered,
    spec_of,
)
from pullquote.notes.reading import NOTE
from pullquote.reader.choice import Choice
from pullquote.reader.dialogs import Line, Save
from pullquote.reader.forms import Mentions
from pullquote.reader.judging import Judging
from pullquote.reader.marking import Taker, replaced
from pullquote.reader.marks import Mark
from pullquote.reader.wording import excerpt, room
from pullquote.text import Span, Spans, one_line

_SELECT = "to its first letter, v, to its last · Enter saves · Esc"
_EXTENT = "] [ grow and shrink by a word · o the other end · Enter saves · Esc leaves"
_NAMED = "Enter saves · Esc leaves"


class Correcting(Judging):
    """The part of the reader's screen that corrects findings."""

    @work
    async def action_correct(self) -> None:
        """Correct the finding here; on a selection, or where there is none, add one."""
        self.follow_pane()
        mark = None if self.article.selected() else self.on_mark
        if self.reading.findings is None and (mark is None or mark.layer is not NOTE):
            self.say("not analysed yet: nothing to correct")
        elif mark is not None and mark.layer is NOTE:
            note = self.reading.annotations[mark.index]
            if note.is_orphan:
                self.place_orphan(note)
            else:
                self._put_elsewhere(note, note.target.span, _EXTENT)
        elif mark is None:
            await self._add_missed()
        else:
            await self._correct(mark)

    async def _correct(self, mark: Mark) -> None:
        kind = FindingKind(mark.layer)
        menu = offered(kind)
        lines = [spec.menu_line(kind) for spec in menu]
        title = f"Correct this {kind}: {self.aimed_words()}"
        chosen = await self.app.push_screen_wait(Choice(title, lines))
        if chosen is not None:
            await self._ask(menu[chosen], mark)

    async def _ask(self, spec: EditSpec, mark: Mark) -> None:
        """Ask for what an edit needs, and make it."""
        match spec.asks:
            case Asks.NOTHING:
                await self.do(lambda: self._edit(spec.edit))
            case Asks.VERDICT:
                await self.do(self._confirm)
            case Asks.VALUE:
                await self._choose_value(spec, mark)
            case Asks.SPEAKER:
                await self._choose_speaker(spec, mark)
            case Asks.ACTOR:
                await self._merge(spec, mark)
            case Asks.WORDS:
                take = self._take_source(spec, mark)
                self.want_selection(None, take, f"who says it? {_SELECT}")
            case Asks.EXTENT:
                extent = mark.start, mark.end
                self.want_selection(extent, self._take_bounds(spec, mark), _EXTENT)
            case Asks.NAME:
                await self._call(spec, mark)
            case Asks.MENTIONS:
                await self._split(spec, mark)

    # --- one correction

    def _finding(self, mark: Mark) -> Finding:
        found = self.reading.findings
        assert found is not None
        return found.of(FindingKind(mark.layer))[mark.index]

    def _of(self, mark: Mark) -> Spans:
        """What a correction names the finding by: its place; an actor's best mention."""
        finding = self._finding(mark)
        return (self._naming(finding),) if isinstance(finding, Actor) else finding.spans

    def _naming(self, actor: Actor) -> Span:
        """The mention that an actor is named by: its own alone, and best its name."""
        text, found = self.reading.article.text, self.reading.findings
        assert found is not None
        own = [span for span in actor.mentions if mentioned(found, span)] or actor.mentions
        return max(
            own, key=lambda span: (text[slice(*span)] == actor.name, span[1] - span[0], -span[0])
        )

    def _made(
        self, mark: Mark, edit: Edit, to: Spans = (), value: str = "", of: Spans = ()
    ) -> Annotation:
        """A correction of the finding at `mark`."""
        assert self.reading.findings is not None
        text = self.reading.article.text
        spans = of or self._of(mark)
        correction = Correction(
            edit=edit,
            kind=FindingKind(mark.layer),
            analyser=self.reading.findings.analyser,
            of=targets(text, spans),
            to=targets(text, to),
            value=value,
        )
        return annotate(text, (spans[0][0], spans[-1][1]), correction=correction)

    async def _edit(self, edit: Edit, to: Spans = (), value: str = "") -> str:
        """Correct the finding that the reader is on."""
        mark = self.on_mark
        if mark is None or mark.layer is NOTE:
            self.say("no finding here: n, c, w and a go to one")
            return ""
        kind = FindingKind(mark.layer)
        spec = spec_of(edit, kind)
        if kind not in spec.kinds or (spec.asks is Asks.VALUE and value not in spec.values):
            self.say(f"this {kind} has no {edit} {value}".rstrip())
            return ""
        return await self._correct_as(self._made(mark, edit, to, value))

    async def _confirm(self) -> str:
        """The finding that the reader is on is right, as it stands."""
        mark = self.on_mark
        if mark is None or mark.layer is NOTE:
            self.say("no finding here: n, c, w and a go to one")
            return ""
        finding, found = self._finding(mark), self.reading.findings
        speaker = (
            None if found is None or isinstance(finding, Actor) else found.actor(finding.speaker)
        )
        to = (self._naming(speaker),) if speaker else ()
        return await self._correct_as(self._made(mark, Edit.CONFIRM, to, confirmed_value(finding)))

    async def _correct_as(self, note: Annotation) -> str:
        """Save a correction in the place of one of the same thing, if there is one."""
        new = note.correction
        assert new is not None
        spec = spec_of(new.edit, new.kind)
        old = [
            a
            for a in self.reading.annotations
            if a.correction and not spec.repeats and _key(a.correction) == _key(new)
        ]
        words = excerpt(new.of[0].exact, room(self.size.width))
        why_not = await self.save(
            [*((one, None) for one in old), (None, note)],
            f"corrected {words} · {spec.done_line(new)}",
        )
        if not why_not and note.id in self.reading.conflicts:
            self.say(
                "saved, but it does not fit what was found here: 5 lists it as a conflict, u "
                "undoes it"
            )
        return why_not

    async def _choose_value(self, spec: EditSpec, mark: Mark) -> None:
        title = f"{spec.edit.capitalize()} of this {mark.layer}"
        chosen = await self.app.push_screen_wait(Choice(title, spec.values))
        if chosen is not None:
            value = str(spec.values[chosen])
            await self.do(lambda: self._edit(spec.edit, value=value))

    async def _choose_actor(
        self, title: str, mark: Mark | None, leave_out: str | None = None, nobody: bool = False
    ) -> tuple[str, Spans] | None:
        """An actor's name and the mention that names it best; nobody has no mention."""
        found = self.reading.findings
        assert found is not None
        at = mark.start if mark and mark.spans else self.article.cursor
        actors = [actor for actor in most_likely(found, at) if actor.id != leave_out]
        present = mark.actor if mark and not leave_out else None
        names = [actor.name for actor in actors] + [NOBODY] * nobody
        if not names:
            self.say("there is no other actor: select a name and press e to add one")
            return None
        rows = [
            f"{actor.name}  (now)" if actor.id == present else actor.name for actor in actors
        ] + names[len(actors) :]
        chosen = await self.app.push_screen_wait(Choice(title, rows))
        if chosen is None:
            return None
        if chosen < len(actors) and actors[chosen].id == present:
            self.say(f"it is by {names[chosen]} already; “It is right” confirms it")
            return None
        return names[chosen], (self._naming(actors[chosen]),) if chosen < len(actors) else ()

    async def _choose_speaker(self, spec: EditSpec, mark: Mark) -> None:
        chosen = await self._choose_actor(spec.question, mark, nobody=mark.actor is not None)
        if chosen is not None:
            name, to = chosen
            await self.do(lambda: self._edit(spec.edit, to, name))

    def _take_source(self, spec: EditSpec, mark: Mark) -> Taker:
        async def take(span: Span) -> str:
            words = one_line(self.reading.article.text[slice(*span)])
            return await self._correct_as(self._made(mark, spec.edit, (span,), words))

        return take

    def _take_bounds(self, spec: EditSpec, mark: Mark) -> Taker:
        async def take(span: Span) -> str:
            old = mark.spans
            to = _stretched(old, span)
            return (
                "" if to == old else await self._correct_as(self._made(mark, spec.edit, to, of=old))
            )

        return take

    # --- actors

    async def _call(self, spec: EditSpec, mark: Mark) -> None:
        now = str(getattr(self._finding(mark), spec.field) or "")

        async def save(line: str) -> str:
            name = one_line(line)
            if name == now:
                return ""
            return await self._correct_as(self._made(mark, spec.edit, value=name))

        await self._ask_name(spec.question, now, save)

    async def _ask_name(self, title: str, name: str, save: Save[str]) -> None:
        await self.app.push_screen_wait(Line(title, name, _NAMED, check=_needed, save=save))

    async def _merge(self, spec: EditSpec, mark: Mark) -> None:
        actor = self._finding(mark)
        assert isinstance(actor, Actor)
        chosen = await self._choose_actor(
            f"{actor.name} is the same as …", mark, leave_out=actor.id
        )
        if chosen is not None:
            name, to = chosen
            await self._correct_as(self._made(mark, spec.edit, to, name))

    async def _split(self, spec: EditSpec, mark: Mark) -> None:
        actor, text = self._finding(mark), self.reading.article.text
        assert isinstance(actor, Actor)
        if len(actor.mentions) < 2:
            self.say("this actor is mentioned only once")
            return
        words = text[slice(*mark.spans[0])]
        alike = frozenset(i for i, span in enumerate(actor.mentions) if text[slice(*span)] == words)
        everyone = len(alike) == len(actor.mentions)
        title = f"Which mentions are of another than {actor.name}?"
        start = frozenset[int]() if everyone else alike
        chosen = await self.app.push_screen_wait(
            Mentions(title, _around(text, actor.mentions), start)
        )
        if not chosen:
            return
        if len(chosen) == len(actor.mentions):
            self.say("all of them: give the actor another name instead")
            return
        taken = tuple(actor.mentions[index] for index in sorted(chosen))
        left = next(span for span in actor.mentions if span not in taken)
        of = self._naming(actor)

        async def save(line: str) -> str:
            name = one_line(line)
            note = self._made(mark, spec.edit, taken, name, of=(left if of in taken else of,))
            return await self._correct_as(note)

        await self._ask_name("And who is that?", text[slice(*taken[0])], save)

    # --- what was missed, and what lost its place

    async def _add_missed(self) -> None:
        span = self.article.selected()
        if span is None:
            self.say(
                "no finding here: n, c, w and a go to one; select words (v) to add what was missed"
            )
            return
        kinds = tuple(FindingKind)
        chosen = await self.app.push_screen_wait(
            Choice("What is it?", ["A quote", "A claim", "A warning", "An actor"])
        )
        if chosen is None:
            return
        kind, text = kinds[chosen], self.reading.article.text
        value = ""
        to: Spans = ()
        of: Spans = (span,)
        if kind is FindingKind.ACTOR:
            of = (span, *_same_words(text, span))
        else:
            if kind is FindingKind.WARNING:
                which = await self.app.push_screen_wait(
                    Choice("Which kind of warning?", list(WarningKind))
                )
                if which is None:
                    return
                value = str(list(WarningKind)[which])
            who = await self._choose_actor("Who says it?", Mark(kind, "", 0, of), nobody=True)
            if who is None:
                return
            to = who[1]
        mark = Mark(kind, "", 0, of)
        note = self._made(mark, Edit.ADD, to, value, of=of)
        await self._correct_as(_lying(note, text, span))

    def place_orphan(self, note: Annotation) -> None:
        """Let the reader put a note that lost its place somewhere by hand."""
        self._put_elsewhere(note, None, f"{_SELECT} · ORPHANED {self._title(note)}")

    def _put_elsewhere(self, note: Annotation, start: Span | None, words: str) -> None:
        """Let the reader select what a note of theirs lies on."""
        if note.correction:
            self.say("a correction lies where its finding does: x removes it")
            return

        async def take(span: Span) -> str:
            placed = replaced(
                note, target=target(self.reading.article.text, span), placed=Placed.HERE
            )
            return await self.save([(note, placed)], f"placed on {self.on_words(placed)}")

        self.want_selection(start, take, words)


def _lying(note: Annotation, text: str, span: Span) -> Annotation:
    """`note` lying on `span`: an actor's other mentions do not make it longer."""
    return replaced(note, target=target(text, span))


def _key(one: Correction) -> tuple[object, ...]:
    return one.kind, one.edit, one.of


def most_likely(found: Findings, at: int) -> list[Actor]:
    """The actors mentioned, those who say most first, then those named nearest to `at`."""
    ones: list[Statement] = [*found.quotes, *found.claims, *found.warnings]
    said = Counter(one.speaker for one in ones)
    far = {
        one.id: min(abs(at - start) for start, _ in one.mentions)
        for one in found.actors
        if one.mentions
    }
    return sorted(
        (one for one in found.actors if one.mentions), key=lambda one: (-said[one.id], far[one.id])
    )


def _needed(line: str) -> str | None:
    return None if line.strip() else "a name is needed"


def _stretched(spans: Spans, extent: Span) -> Spans:
    """`spans` from one end of `extent` to the other: cut off outside, the gaps kept."""
    start, end = extent
    kept = [span for span in spans if span[0] < end and span[1] > start] or [extent]
    kept[0] = (start, kept[0][1])
    kept[-1] = (kept[-1][0], end)
    return tuple(kept)


def _same_words(text: str, span: Span) -> Spans:
    """The other places where the words of `span` stand, as whole words."""
    pattern = rf"(?<!\w){re.escape(text[slice(*span)])}(?!\w)"
    return tuple(m.span() for m in re.finditer(pattern, text) if m.span() != span)


def _around(text: str, mentions: Spans) -> tuple[str, ...]:
    """Each mention with a few words around."""
    return tuple(
        f"{one_line(text[max(0, s - 24) : s])} [{text[s:e]}] {one_line(text[e : e + 32])}"
        for s, e in mentions
    )
