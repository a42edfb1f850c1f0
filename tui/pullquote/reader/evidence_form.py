"""The evidence for a verdict: what there is with how it stands, and a form for one piece more.

A piece is saved when it is entered. What is typed as its source may be an address, a file, or the
words of a title: the library's articles are listed as one types.
"""

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pullquote.kinds import evidence_lines
from pullquote.library.checking import NOWHERE, is_source
from pullquote.notes.evidence import Evidence
from pullquote.reader.card import styled
from pullquote.reader.dialogs import Dialog
from pullquote.reader.evidence import Gathering, Offered
from pullquote.reader.row_list import Rows
from pullquote.text import one_line

_INDENT = "   "
Values = dict[str, str]


class EvidenceForm(Dialog[None]):
    """The evidence for a verdict, and a form for one more; each change is saved at once."""

    BINDINGS = [
        Binding("ctrl+d", "drop", "Take the last away", show=False, priority=True),
        Binding("f5", "check", "Check again", show=False, priority=True),
        Binding("down", "into_list", show=False),
    ]
    FIELDS = {
        "source": "https://…, words of a title, or a file (empty: Enter closes)",
        "title": "its title",
        "quote": "what it says, word for word",
    }

    def __init__(self, title: str, gathering: Gathering) -> None:
        super().__init__(f"Evidence: {title}")
        self._gathering = gathering
        self._offered: Sequence[Offered] = ()
        self._looking = False  # for the article that is meant

    @property
    def is_busy(self) -> bool:
        """Whether a key has to wait."""
        return super().is_busy or self._looking

    def compose(self) -> ComposeResult:
        fields = [
            Input(placeholder=placeholder, id=f"evidence-{name}")
            for name, placeholder in self.FIELDS.items()
        ]
        hint = (
            "Enter goes on, and saves at the end (ctrl+s at once) · ctrl+d takes the last away · "
            "F5 checks again, or stops · Esc leaves"
        )
        there = VerticalScroll(Static(id="links", markup=False), id="there", can_focus=False)
        yield self.box(there, fields[0], Rows(), *fields[1:], hint=hint)

    def on_mount(self) -> None:
        self.query_one(Rows).display = False
        self._field("source").focus()
        self._gathering.changed = self._show
        self._show()

    def on_unmount(self) -> None:
        self._gathering.changed = lambda: None

    # --- what there is

    def _show(self) -> None:
        if not self.is_attached:
            return
        lines = [
            line
            for number, one in enumerate(self._gathering.evidence, 1)
            for line in self._lines(number, one)
        ]
        shown = Content("\n").join(lines or [Content("No evidence yet.")])
        self.query_one("#links", Static).update(shown)
        there = self.query_one("#there", VerticalScroll)
        self.call_after_refresh(there.scroll_end, animate=False)

    def _lines(self, number: int, one: Evidence) -> tuple[Content, Content]:
        """What it is and says, and how it stands, or how far its check is."""
        (_, what), (_, stands) = evidence_lines(one)
        progress = self._gathering.progress(one)
        return (
            Content.assemble(f"{number}. ", styled(what)),
            Content.assemble(_INDENT, styled(progress or stands)),
        )

    # --- articles to choose from

    @on(Input.Changed, "#evidence-source")
    def _typed(self, event: Input.Changed) -> None:
        self._offer(event.value)

    @work(exclusive=True, group="offer")
    async def _offer(self, typed: str) -> None:
        offered = await self._gathering.offered(typed)
        if not self.is_mounted or typed != self._field("source").value:
            return
        is_one = any(one.id == typed for one in offered)
        self._offered = () if is_one else offered
        rows = self.query_one(Rows)
        rows.clear_options()
        rows.add_options(Option(_row(one)) for one in self._offered)
        rows.display = bool(self._offered)

    def action_into_list(self) -> None:
        """Go to the articles."""
        rows = self.query_one(Rows)
        if rows.display:
            rows.focus()
            rows.highlighted = 0

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._take(self._offered[event.option_index])

    def _take(self, article: Offered) -> None:
        """Take an article for the source: its id stands there then, and its title below."""
        self._field("source").value = article.id
        self._field("title").value = article.title
        self.query_one(Rows).display = False
        self._field("quote").focus()

    # --- one more

    def _field(self, name: str) -> Input:
        return self.query_one(f"#evidence-{name}", Input)

    def _values(self) -> Values:
        return {name: one_line(self._field(name).value) for name in self.FIELDS}

    def is_unsaved(self) -> bool:
        return any(self._values().values())

    def action_drop(self) -> None:
        """Take the last away."""
        if self._gathering.evidence and self.begin_saving():
            self._drop()

    @work
    async def _drop(self) -> None:
        await self.saved(None, lambda _: self._gathering.drop())
        self._show()

    def action_check(self) -> None:
        """Check all that there is again; what is being checked is stopped instead."""
        self._gathering.check()

    def action_save(self) -> None:
        """Save what is written; with nothing written, leave."""
        self._enter(self._values())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        values = self._values()
        if event.input.id == "evidence-quote" or not any(values.values()):
            self._enter(values)
        elif is_source(values["source"]):
            self.tell("")
            fields = list(self.query(Input))
            fields[fields.index(event.input) + 1].focus()
        else:
            self._looking = True
            self._take_first(values["source"])

    @work
    async def _take_first(self, typed: str) -> None:
        """Take the first article that the words lead to; what is typed meanwhile waits for it."""
        try:
            offered = await self._gathering.offered(typed)
        finally:
            self._looking = False
        self.tell("" if offered else NOWHERE)
        if offered:
            self._take(offered[0])
        else:
            self._field("source").focus()

    def _enter(self, values: Values) -> None:
        if not any(values.values()):
            self.dismiss(None)
        elif self.begin_saving():
            self._add(values)

    @work
    async def _add(self, values: Values) -> None:
        wrong = await self.saved(values, lambda one: self._gathering.add(**one))
        if wrong:
            self._field("source").focus()
            return
        for name in self.FIELDS:
            # if not, the reader has written on while it was saved
            if one_line(self._field(name).value) == values[name]:
                self._field(name).value = ""
        self._field("source").focus()
        self._show()


def _row(one: Offered) -> Content:
    about = " · ".join(filter(None, (one.site, one.published[:10], one.id[:8])))
    return Content.assemble(one.title or "Untitled", (f"  {about}", "dim"))
