"""What is said in all articles, as a list: asked for by words and conditions, page by page."""

import asyncio
from typing import NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from pullquote.library.said import COUNTED, SORTS, Answer, Sort
from pullquote.library.store import Library
from pullquote.notes.questions import BadQuestion, Question, Term, understood
from pullquote.notes.sayings import Saying
from pullquote.reader.card import Card
from pullquote.reader.card_list import CardList
from pullquote.reader.completing import NONE, Completions, completions
from pullquote.reader.dossier import write_dossier
from pullquote.reader.guarded import Failed, Guarded
from pullquote.reader.line_and_list import go_between
from pullquote.reader.said_rows import row

_PAUSE = 0.08  # seconds: who types on asks for something else
_PAGE = 50  # rows
_AHEAD = 10  # rows before the last from which on the next page is read
_HINT = "words · by: about: site: after: before: kind: sourcing: verdict: checkable"
_KEYS = "↓ list · Enter opens · Tab completes · F2 sorts · F6 dossier · Esc back"

Chosen = tuple[str, int | None]  # an article's id, and the offset to go to


class Asked(NamedTuple):
    """A question as it was typed, with its answer."""

    typed: str
    question: Question
    answer: Answer


class SaidScreen(Screen[Chosen]):
    """Ask who said what, in all articles, and go to where it stands."""

    BINDINGS = [
        Binding("escape", "leave", "Back"),
        Binding("tab", "complete", "Complete", priority=True, show=False),
        Binding("f2", "sort", "Sort"),
        Binding("f6", "dossier", "Dossier"),
    ]

    def __init__(self, library: Guarded, typed: str | None = None) -> None:
        super().__init__()
        self._library, self._first = library, typed
        self._sort: Sort = SORTS[0]
        self._asked: Asked | None = None
        self._sayings: list[Saying] = []
        self._earlier: tuple[str, ...] = ()  # questions, the last one first
        self._goal = 0  # the number of the statement that was gone to last
        self._ends, self._end = NONE, 0  # completions, and which of them comes next
        self._completed = ""  # what the last made of the line

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("Said", "bold"), id="title")
        yield Input(placeholder=_HINT, id="find", select_on_focus=False)
        yield Static(id="complete")
        yield CardList(id="said")
        yield Static(Content(_KEYS), id="keys")

    async def on_mount(self) -> None:
        found = await self._library.quietly(_remembered)
        if not isinstance(found, Failed):
            self._earlier, self._goal = found
        last = self._earlier[0] if self._earlier else ""
        line = self.query_one(Input)
        line.value = last if self._first is None else self._first
        line.action_end()
        self._look()

    # --- asking

    @on(Input.Changed)
    def _look(self) -> None:
        self._find(self.query_one(Input).value)

    @work(exclusive=True)
    async def _find(self, typed: str) -> None:
        await asyncio.sleep(_PAUSE)
        found = await self._library.quietly(completions, typed)
        self._show_completions(NONE if isinstance(found, Failed) else found)
        try:
            question = understood(typed)
        except BadQuestion as error:
            self._tell(str(error))
            return
        answer = await self._library(_ask, question, self._sort, 0)
        if isinstance(answer, Failed):
            self._tell(answer.why)
        elif self.is_current or self.is_attached:
            self._asked = Asked(typed, question, answer)
            self._show(answer)

    def _show(self, answer: Answer) -> None:
        self._sayings = list(answer.sayings)
        cards = self.query_one(CardList)
        cards.show_cards([Card(row(one, self._terms)) for one in answer.sayings])
        places = [at for at, one in enumerate(self._sayings) if one.number == self._goal]
        cards.highlighted = (places or [0])[0] if self._sayings else None
        found = Content(f"  {_counted(answer)}{self._sorted}{_meant(answer)}")
        self.query_one("#title", Static).update(Content.assemble(("Said", "bold"), found))
        self._tell(_KEYS if answer.sayings else _nothing(self._asked))

    @property
    def _sorted(self) -> str:
        """The order, where it is not the usual one."""
        return "" if self._sort == SORTS[0] else f" · {self._sort} first"

    @property
    def _terms(self) -> tuple[Term, ...]:
        return self._asked.question.terms if self._asked else ()

    def _tell(self, words: str) -> None:
        if self.is_mounted:
            self.query_one("#keys", Static).update(Content(words))

    # --- further pages

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index >= len(self._sayings) - _AHEAD:
            self._read_on()

    @work(exclusive=True, group="page")
    async def _read_on(self) -> None:
        """Read the next page, if there is one."""
        asked, there = self._asked, len(self._sayings)
        if asked is None or there < _PAGE or there % _PAGE:
            return
        answer = await self._library(_ask, asked.question, self._sort, there)
        if isinstance(answer, Failed) or asked is not self._asked or there != len(self._sayings):
            return
        self._sayings += answer.sayings
        self.query_one(CardList).add_cards(
            [Card(row(one, asked.question.terms)) for one in answer.sayings]
        )

    # --- typing

    def _show_completions(self, found: Completions) -> None:
        words = " · ".join(one.strip() for one in found.ends)
        self.query_one("#complete", Static).update(Content(f"Tab  {words}" if words else ""))

    @work(exclusive=True, group="completing")
    async def action_complete(self) -> None:
        """Take the next completion; without any, go from the line to the list, or back."""
        line = self.query_one(Input)
        if not line.has_focus:
            line.focus()
            return
        if line.value != self._completed:
            found = await self._library.quietly(completions, line.value)
            self._ends, self._end = NONE if isinstance(found, Failed) else found, 0
        if not self._ends.ends:
            self.query_one(CardList).focus()
            return
        line.value = self._completed = self._ends.line(self._end)
        line.action_end()
        self._end += 1

    def on_key(self, event: Key) -> None:
        """The keys of the line and the list; up in the line brings the question before."""
        line = self.query_one(Input)
        if line.has_focus and event.key == "up":
            self._recall()
            event.stop()
            event.prevent_default()
        else:
            go_between(line, self.query_one(CardList), event)

    def _recall(self) -> None:
        """Type the question before this one."""
        line = self.query_one(Input)
        at = self._earlier.index(line.value) + 1 if line.value in self._earlier else 0
        if at < len(self._earlier):
            line.value = self._earlier[at]
            line.action_end()

    def action_sort(self) -> None:
        """Sort by the next order."""
        self._sort = SORTS[(SORTS.index(self._sort) + 1) % len(SORTS)]
        self._goal = 0
        self._look()

    # --- what is done with it

    @work(group="acts")
    async def action_dossier(self) -> None:
        """Write all that was found to a file."""
        if self._asked and self._asked.answer.total:
            said = await write_dossier(self.app, self._library, self._asked.question, self._sort)
            self._tell(said or _KEYS)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self._go(self.query_one(CardList).highlighted)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._go(event.option_index)

    @work(exclusive=True, group="going")
    async def _go(self, at: int | None) -> None:
        if at is not None and at < len(self._sayings) and self._asked:
            one = self._sayings[at]
            await self._library.quietly(_remember, self._asked.typed, one.number)
            self._leave((one.article, one.start))

    def action_leave(self) -> None:
        """Back to the article."""
        self._leave(None)

    def _leave(self, chosen: Chosen | None) -> None:
        if self.is_current:
            self.dismiss(chosen)


def _ask(library: Library, question: Question, sort: Sort, offset: int) -> Answer:
    return library.said.ask(question, _PAGE, offset, sort)


def _remembered(library: Library) -> tuple[tuple[str, ...], int]:
    return library.said.asked()


def _remember(library: Library, typed: str, number: int) -> None:
    if not library.read_only:
        library.said.remember(typed, number)


def _counted(answer: Answer) -> str:
    """How much is found, and what was not looked through yet."""
    found = f"more than {COUNTED:,}" if answer.is_more else f"{answer.total:,} found"
    return " · ".join(filter(None, (found, answer.left.words)))


def _meant(answer: Answer) -> str:
    """Whom the names in a question stand for, where that is not plain."""
    meant = (
        f"{one.name}: {', '.join(name for _, name in one.voices[:4])}"
        f"{' …' if len(one.voices) > 4 else ''}"
        for one in answer.names
        if len(one.voices) > 1
    )
    return "".join(f" · {one}" for one in meant)


def _nothing(asked: Asked | None) -> str:
    if asked is None:
        return _KEYS
    for one in asked.answer.names:
        if not one.voices:
            return f"Nothing found: no voice is called “{one.name}”. Tab completes names."
    if asked.question.sites and not asked.answer.sites:
        return "Nothing found: no site is called so. Tab completes sites."
    return f"Nothing found; fewer words or conditions find more. {_HINT}"
