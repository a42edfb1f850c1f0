"""The voices of the library as a list, found by typing; and those that may be one."""

import asyncio
from collections.abc import Sequence

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pullquote.library.store import Library
from pullquote.library.voices import Proposal
from pullquote.notes.cast import Voice
from pullquote.reader.guarded import Failed, Guarded
from pullquote.reader.line_and_list import go_between
from pullquote.reader.row_list import Rows
from pullquote.text import one_line, plural

_PAUSE = 0.08  # seconds: who types on asks for something else
_SHOWN = 200
_KEYS = "↓ list · Enter shows all that it said · F3 what may be one · Esc back"
_PROPOSED = "Enter makes the two one · Del never does · ctrl+z undoes · F3 all voices"


class VoicesScreen(Screen[int]):
    """Choose a voice by its name, or decide which two are one. Answers with a voice's number."""

    BINDINGS = [
        Binding("escape", "leave", "Back"),
        Binding("f3", "propose", "What may be one"),
        Binding("delete", "refuse", "Never one"),
        Binding("ctrl+z", "undo", "Undo"),
    ]

    def __init__(self, library: Guarded, title: str = "Voices") -> None:
        super().__init__()
        self._library, self._title = library, title
        self._voices: Sequence[Voice] = ()
        self._proposals: Sequence[Proposal] | None = None  # none while voices are listed

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(self._title, "bold"), id="title")
        yield Input(placeholder="a name, or the beginnings of its words", id="find")
        yield Rows(id="voices")
        yield Static(Content(_KEYS), id="keys")

    def on_mount(self) -> None:
        self._find("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._proposals = None
        self._find(event.value)

    @work(exclusive=True)
    async def _find(self, typed: str) -> None:
        await asyncio.sleep(_PAUSE)
        found = await self._library(_found, typed)
        if isinstance(found, Failed):
            self._tell(found.why)
        elif self.is_attached:
            self._voices, left = found
            self._show([_row(one) for one in self._voices], _KEYS)
            title = (self._title, "bold"), f"  {left}" if left else ""
            self.query_one("#title", Static).update(Content.assemble(*title))

    def _show(self, rows: Sequence[Content], keys: str, at: int = 0) -> None:
        listed = self.query_one(Rows)
        listed.clear_options()
        listed.add_options([Option(one) for one in rows])
        listed.highlighted = min(at, len(rows) - 1) if rows else None
        self._tell(keys if rows else "None of that name.")

    def _tell(self, words: str) -> None:
        self.query_one("#keys", Static).update(Content(words))

    # --- what may be one

    def action_propose(self) -> None:
        """List what may be one voice, or all voices again."""
        if self._proposals is None:
            self._list_proposals()
        else:
            self._proposals = None
            self._find(self.query_one(Input).value)

    @work(exclusive=True)
    async def _list_proposals(self, said: str = "", at: int = 0) -> None:
        found = await self._library(lambda library: library.voices.proposals())
        if isinstance(found, Failed):
            self._tell(found.why)
        elif self.is_attached:
            self._proposals = found
            self._show([_pair(one) for one in found], said or _PROPOSED, at)
            if not found:
                self._tell(said or "No two voices are proposed as one. F3, or Esc, goes back.")
            self.query_one(Rows).focus()

    @work(group="acts")
    async def action_refuse(self) -> None:
        """Never propose these two as one again."""
        at = self.query_one(Rows).highlighted
        if self._proposals and at is not None:
            await self._decide(self._proposals[at], at, is_one=False)

    async def _decide(self, pair: Proposal, at: int, is_one: bool) -> None:
        done = await self._library(_decided, pair, is_one)
        said = done.why if isinstance(done, Failed) else f"{done} · ctrl+z undoes it"
        self._list_proposals(said, at)

    @work(group="acts")
    async def action_undo(self) -> None:
        """Undo the last act on voices."""
        done = await self._library(lambda library: library.voice_acts.undo())
        said = done.why if isinstance(done, Failed) else done
        if self._proposals is None:
            self._find(self.query_one(Input).value)
        else:
            self._list_proposals(f"undone: {said}" if said else "nothing to undo")

    # --- going

    def on_key(self, event: events.Key) -> None:
        """The keys of the line and the list."""
        go_between(self.query_one(Input), self.query_one(Rows), event)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self._choose(self.query_one(Rows).highlighted)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._choose(event.option_index)

    @work(group="acts")
    async def _choose(self, at: int | None) -> None:
        if at is None:
            return
        if self._proposals is not None:
            await self._decide(self._proposals[at], at, is_one=True)
        elif at < len(self._voices) and self.is_current:
            self.dismiss(self._voices[at].number)

    def action_leave(self) -> None:
        """Back to the list, or to the article."""
        if self._proposals is not None:
            self.action_propose()
        elif self.is_current:
            self.dismiss(None)


def _found(library: Library, typed: str) -> tuple[tuple[Voice, ...], str]:
    """The voices of such a name, and what is not indexed yet."""
    left = library.said.settle_soon()
    return library.voices.find(typed, _SHOWN), left.words


def _decided(library: Library, pair: Proposal, is_one: bool) -> str:
    act = library.voice_acts.merge if is_one else library.voice_acts.refuse
    return act(pair.one.number, pair.other.number)


def _row(one: Voice) -> Content:
    role = f"  {one_line(one.role)}" if one.role else ""
    counts = f"  {one.kind} · {plural(one.articles, 'article')} · {one.said:,} said"
    star = " *" if one.decided else ""
    return Content.assemble((one_line(one.name), "bold"), star, role, (counts, "$muted"))


def _pair(one: Proposal) -> Content:
    names = [f"{each.name} ({each.articles:,})" for each in (one.one, one.other)]
    return Content.assemble((one_line(" = ".join(names)), "bold"), (f"  {one.why}", "$muted"))
