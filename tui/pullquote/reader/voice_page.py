"""The page of a voice: all that it said, its roles, who speaks of it, and when it speaks."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

import msgspec
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Sparkline, Static

from pullquote.library.said import Sort
from pullquote.library.store import Library, LibraryError
from pullquote.library.voice_pages import Often, VoicePage
from pullquote.notes.questions import BadQuestion, Question, understood
from pullquote.notes.sayings import Saying
from pullquote.reader import questions as q
from pullquote.reader.asking import dialog
from pullquote.reader.card import Card
from pullquote.reader.card_list import CardList
from pullquote.reader.guarded import Failed, Guarded
from pullquote.reader.line_and_list import go_between
from pullquote.reader.voice_notes import Done, comments_on, judge, note_on, verdict_on, write
from pullquote.reader.voice_rows import Shown, about_line, by_topic, head_line, role_line, row
from pullquote.reader.wording import excerpt

_PAUSE = 0.08  # seconds: who types on asks for something else
_SHOWN = 300  # quotes and claims; typing finds the others
_HINT = "words · about: site: after: before: kind: sourcing: verdict: checkable"
_KEYS = "Enter opens · F2 sort · F3 merge · F4 name · F5 note · F6 all · F7 verdict"
_BAR = 3  # cells at most that a month's bar is wide
_TITLE = 60  # cells of what a dialog is about
_ORDERS = ("newest", "by topic", "oldest")

Chosen = tuple[str, int | None]  # an article's id, and the offset to go to


class VoiceScreen(Screen[Chosen]):
    """One voice; what it said is filtered by typing, and leads to where it stands."""

    BINDINGS = [
        Binding("escape", "leave", "Back"),
        Binding("f2", "sort", "Sort"),
        Binding("f3", "merge", "Is also"),
        Binding("f4", "describe", "Name, role, link"),
        Binding("f5", "write", "Note"),
        Binding("f6", "choose", "All voices"),
        Binding("f7", "judge", "Verdict"),
        Binding("delete", "part", "Another in this article"),
        Binding("ctrl+z", "step('undo')", "Undo"),
        Binding("ctrl+y", "step('redo')", "Redo"),
    ]

    def __init__(
        self, library: Guarded, number: int, verdicts: Sequence[str] = (), analyser: str = ""
    ) -> None:
        super().__init__()
        self._library, self._number = library, number
        self._verdicts, self._analyser = tuple(verdicts), analyser
        self._page: VoicePage | None = None
        self._order = _ORDERS[0]
        self._shown: Sequence[Shown] = ()
        self._goal: int | None = None  # the number of the row to stay on
        self._done = Done()

    def compose(self) -> ComposeResult:
        yield Static(id="title")
        yield Static(id="roles")
        yield Static(id="about")
        yield Horizontal(Static(id="first"), Sparkline([]), Static(id="last"), id="months")
        with Horizontal(id="line"):
            yield Input(placeholder=_HINT, id="find", select_on_focus=False)
            yield Static(id="count")
        yield CardList(id="said")
        yield Static(Content(_KEYS), id="keys")

    def on_mount(self) -> None:
        self._look_anew()

    # --- looking

    @work(exclusive=True, group="page")
    async def _look_anew(self, said: str = "") -> None:
        """Read all that is known of the voice, and what it said."""
        page = await self._library(_page_of, self._number)
        if isinstance(page, Failed):
            self._tell(page.why)
        elif page is None:
            self._leave(None)
        elif self.is_attached:
            self._page = page
            self._show_head(page)
            self._find(self.query_one(Input).value, said)

    def _show_head(self, page: VoicePage) -> None:
        lines = {"#title": head_line(page), "#roles": role_line(page), "#about": about_line(page)}
        for name, line in lines.items():
            self.query_one(name, Static).update(line)
            self.query_one(name).display = bool(line)
        months = page.months
        self.query_one("#months").display = bool(months)
        if months:
            bars = self.query_one(Sparkline)
            bars.data = [float(one.said) for one in months]
            bars.styles.max_width = _BAR * len(months)
            self.query_one("#first", Static).update(Content(f"{months[0].month} "))
            self.query_one("#last", Static).update(Content(f" {months[-1].month}"))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._find(event.value)

    @work(exclusive=True)
    async def _find(self, typed: str, said: str = "") -> None:
        await asyncio.sleep(_PAUSE)
        try:
            question = understood(typed)
        except BadQuestion as error:
            self._tell(str(error))
            return
        topics = self._page.speaks_of if self._page and self._order == "by topic" else None
        found = await self._library(_said, self._number, question, self._order, topics)
        if isinstance(found, Failed):
            self._tell(found.why)
        elif self.is_attached:
            self._shown, count = found
            cards = self.query_one(CardList)
            cards.show_cards([Card(row(one)) for one in self._shown])
            places = [at for at, one in enumerate(self._shown) if one.said.number == self._goal]
            cards.highlighted = (places or [0])[0] if self._shown else None
            self.query_one("#count", Static).update(Content(f"{count} {self._order}"))
            self._tell(said or (_KEYS if self._shown else _nothing(typed)))

    def _tell(self, words: str) -> None:
        if self.is_attached:
            self.query_one("#keys", Static).update(Content(words))

    # --- going

    def on_key(self, event: events.Key) -> None:
        """The keys of the line and the list."""
        go_between(self.query_one(Input), self.query_one(CardList), event)

    def action_sort(self) -> None:
        """List by the next order."""
        self._order = _ORDERS[(_ORDERS.index(self._order) + 1) % len(_ORDERS)]
        self._goal = None
        self._find(self.query_one(Input).value)

    @property
    def _here(self) -> Saying | None:
        at = self.query_one(CardList).highlighted
        return self._shown[at].said if at is not None and at < len(self._shown) else None

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        if one := self._here:
            self._leave((one.article, one.start))

    @work(group="acts")
    async def action_choose(self) -> None:
        """Show another voice."""
        number = await self.app.push_screen_wait(dialog(q.FromVoices(self._library)))
        if number is not None:
            self._number, self._goal, self._done = number, None, Done()
            self.query_one(Input).value = ""
            self._look_anew()

    def action_leave(self) -> None:
        """Back to the article."""
        self._leave(None)

    def _leave(self, chosen: Chosen | None) -> None:
        if self.is_current:
            self.dismiss(chosen)

    # --- what is said of the voice

    @work(group="acts")
    async def action_merge(self) -> None:
        """Say who this is, too: the two voices become one."""
        proposed = await self._library.quietly(_like, self._number)
        value = "" if isinstance(proposed, Failed) else proposed
        hint = "a name, or a number · Enter makes the two one · Esc leaves"
        await self._ask_line("Who is this, too?", value, hint, partial(_merge, self._number))

    @work(group="acts")
    async def action_describe(self) -> None:
        """Give it a name, a role or a link."""
        if self._page is None:
            return
        voice, fields = self._page.voice, ("name", "role", "link")
        shown = [f"{one}: {getattr(voice, one) or '–'}" for one in fields]
        question = q.Choose(f"About {voice.name}", shown)
        chosen = await self.app.push_screen_wait(dialog(question))
        if chosen is not None:
            field = fields[chosen]
            await self._ask_line(
                f"The {field} of {voice.name}",
                getattr(voice, field),
                _HINTS[field],
                partial(_describe, self._number, field),
            )

    async def _ask_line(
        self, title: str, value: str, hint: str, act: Callable[[str, Library], str]
    ) -> None:
        async def save(line: str) -> str:
            done = await self._library.quietly(partial(act, line))
            if isinstance(done, Failed):
                return done.why
            self._tell_done(done, "")
            return ""

        question = q.WriteLine(title, value, hint, lambda line: None, save)
        await self.app.push_screen_wait(dialog(question))

    @work(group="acts")
    async def action_part(self) -> None:
        """Who is meant in the article of this row is another."""
        if one := self._here:
            await self._do(lambda library: library.voice_acts.part(self._number, [one.article]))

    @work(group="acts")
    async def action_step(self, way: str) -> None:
        """Undo what was done last, here or to voices, or do it again."""
        self._stay()
        said = await self._library(lambda library: self._done.step(library, way == "undo"))
        self._look_anew(said.why if isinstance(said, Failed) else said)

    async def _do(self, act: Callable[[Library], str], article: str = "") -> None:
        """Do an act on voices, or on the notes of an article."""
        done = await self._library(act)
        if isinstance(done, Failed):
            self._tell(done.why)
        else:
            self._tell_done(done, article)

    def _tell_done(self, done: str, article: str) -> None:
        """Say what was done, if anything, and show it."""
        if done:
            self._done.add(article)
            self._stay()
            self._look_anew(f"{done} · ctrl+z undoes it")

    def _stay(self) -> None:
        """Stay on the row through what is shown anew."""
        if self._here:
            self._goal = self._here.number

    # --- notes

    @work(group="acts")
    async def action_write(self) -> None:
        """Write a note on what is said in this row."""
        one = self._here
        if one is None:
            return
        before = await self._library(note_on, one)
        if isinstance(before, Failed):
            self._tell(before.why)
            return

        async def save(comment: str) -> str:
            done = await self._library.quietly(partial(write, one, comment))
            if isinstance(done, Failed):
                return done.why
            self._tell_done(done, one.article)
            return ""

        question = q.Write(excerpt(one.words, _TITLE), before.comment if before else "", save)
        await self.app.push_screen_wait(dialog(question))

    @work(group="acts")
    async def action_judge(self) -> None:
        """Give the claim in this row a verdict."""
        one = self._here
        if one is None or not self._verdicts:
            self._tell("Enter opens the article; r gives a verdict there")
            return
        now = await self._library(verdict_on, one, self._analyser)
        if isinstance(now, Failed) or now is None:
            self._tell(now.why if isinstance(now, Failed) else "no claim in this row")
            return
        choices = (*self._verdicts, *(("take the verdict away",) if now else ()))
        at = self._verdicts.index(now) if now in self._verdicts else None
        title = f"Verdict: {excerpt(one.words, _TITLE)}"
        chosen = await self.app.push_screen_wait(dialog(q.Choose(title, choices, at=at)))
        if chosen is not None:
            verdict = (*self._verdicts, "")[chosen]
            await self._do(partial(judge, one, verdict, self._analyser), one.article)


_HINTS = {
    "name": "Enter saves it; empty, it is called what articles call it · Esc leaves",
    "role": "Enter saves it · Esc leaves",
    "link": "a Wikidata id (Q42) or an address · Enter saves it · Esc leaves",
}


# --- what is asked of the library


def _page_of(library: Library, number: int) -> VoicePage | None:
    return library.voices.page(number)


def _said(
    library: Library, number: int, question: Question, order: str, topics: Sequence[Often] | None
) -> tuple[tuple[Shown, ...], str]:
    """What the voice said that meets a question, in an order; and how much, as far as is known."""
    own = msgspec.structs.replace(question, by=(str(number),))
    sort: Sort = "oldest" if order == "oldest" else "newest"
    answer = library.said.ask(own, _SHOWN, sort=sort)
    count = f"more than {answer.total - 1:,}" if answer.is_more else f"{answer.total:,}"
    left = f"{answer.left.words} · " if answer.left.words else ""
    shown = (
        tuple(Shown(one) for one in answer.sayings)
        if topics is None
        else by_topic(answer.sayings, topics, partial(_about, library, own))
    )
    comments = comments_on(library, answer.sayings)
    shown = tuple(one._replace(comments=comments[one.said.number]) for one in shown)
    return shown, f"{left}{count}"


def _about(library: Library, question: Question, topic: Often) -> frozenset[int]:
    about = (*question.about, str(topic.voice))
    asked = msgspec.structs.replace(question, about=about)
    sayings = library.said.ask(asked, _SHOWN, sort="newest").sayings
    return frozenset(one.number for one in sayings)


def _like(library: Library, number: int) -> str:
    """Who is proposed to be this voice, too."""
    for one in library.voices.proposals():
        if number in (one.one.number, one.other.number):
            other = one.other if one.one.number == number else one.one
            return str(other.number) if other.name == one.one.name else other.name
    return ""


def _merge(number: int, line: str, library: Library) -> str:
    found = [one for one in library.voices.named(line) if one.number != number]
    if len(found) != 1:
        which = ", ".join(f"{one.number} {one.name}" for one in found[:5])
        raise LibraryError(f"which? {which}" if found else f"no other voice is called “{line}”")
    return library.voice_acts.merge(number, found[0].number)


def _describe(number: int, field: str, line: str, library: Library) -> str:
    return library.voice_acts.describe(number, **{field: line})


def _nothing(typed: str) -> str:
    return f"Nothing found. Type {_HINT}" if typed.strip() else "Nothing that is quoted."
