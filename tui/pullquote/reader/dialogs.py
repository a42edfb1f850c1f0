"""The small screens that ask for something: which kind of highlight, a note, a line, layers.

Each gives back what the reader chose, or None when they left with Esc. One with something to save
saves it itself, and goes only when it is saved: what cannot be saved stays in the dialog, with a
line that says why.
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from typing import ClassVar, TypeVar

from textual import events, on, work
from textual.app import ComposeResult, SuspendNotSupported
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.reactive import var
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea
from textual.widgets.option_list import Option

from pullquote.kinds import Line as KindLine
from pullquote.notes.reading import Layer
from pullquote.reader.article_view import ArticleView
from pullquote.reader.card import styled
from pullquote.reader.dialog_hint import Hint
from pullquote.reader.guarded import MOMENT
from pullquote.reader.placing import Needs, beside
from pullquote.reader.questions import Check, Save
from pullquote.reader.row_list import Rows
from pullquote.text import clean

Answer = TypeVar("Answer")
Value = TypeVar("Value")
_FRAME = 2  # rows
_LEAST = 3  # rows of what fills it


class Dialog(ModalScreen[Answer]):
    """A box beside the words that it is about: a title, something to answer with, and the keys."""

    BINDINGS = [
        Binding("escape", "leave", "Leave", id="dialog.leave"),
        Binding("ctrl+s", "save", "Save", show=False, priority=True),
    ]
    NEEDS: ClassVar = Needs()
    focused: var[Widget | None] = var(None)  # as in the reader (tui/pullquote/reader/screen.py)

    def __init__(self, title: str, save: Save[Answer] | None = None) -> None:
        super().__init__()
        self._heading, self._save = title, save
        self._saving, self._slow = False, False
        # where the words are on the screen that it is about; without any, it lies in the middle
        self.words: Callable[[], Region | None] = lambda: None

    def on_resize(self) -> None:
        """The screen below lays out its text anew first."""
        self.call_after_refresh(self._lie_beside)

    @on(events.Mount)
    @on(ArticleView.Resized)
    def _lie_beside(self) -> None:
        """Lie beside the words, with as many rows as there are room for."""
        words, box = self.words(), self.query_one(".box")
        if words is None:
            return
        width = round(box.styles.width.value) if box.styles.width else 0
        at = beside(words, self.app.size, width, self.NEEDS)
        self.styles.align = "left", at.edge
        box.styles.margin, box.styles.max_height, box.styles.max_width = at.margin, at.rows, "100%"
        around = _FRAME + sum(one.display for one in box.children)
        for part in box.query("Rows, TextArea, VerticalScroll"):
            if part.styles.height and not part.styles.height.is_fraction:  # of the box, as it is
                part.styles.max_height = max(_LEAST, at.rows - around)

    def box(self, *children: Widget, hint: str) -> Vertical:
        """The box around `children`."""
        box = Vertical(
            *children, Static("", classes="message", markup=False), Hint(hint), classes="box"
        )
        box.border_title = Content(self._heading)
        return box

    def tell(self, line: str) -> None:
        """Say what is wrong, or going on; "" for nothing any more."""
        message = self.query_one(".message", Static)
        message.update(Content(line))
        message.display = bool(line)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Leave with a result; a dialog left already (Enter twice, a double click) does nothing."""
        return super().dismiss(result) if self.is_current else AwaitComplete.nothing()  # type: ignore[no-untyped-call]

    # --- what a dialog with something in it says of itself

    def is_unsaved(self) -> bool:
        """Whether something has been written that leaving would drop."""
        return False

    def settles_on(self, value: Answer) -> bool:
        """Take a value for saved; whether the dialog holds nothing more than that."""
        return True

    def action_save(self) -> None:
        """Save what the dialog holds, and leave."""

    # --- saving

    @property
    def is_saving(self) -> bool:
        """Whether something is being saved."""
        return self._saving

    @property
    def is_busy(self) -> bool:
        """Whether a key has to wait, since what came before it is still being saved."""
        return self._saving and not self._slow

    def answer(self, value: Answer) -> None:
        """Leave with an answer, once it is saved."""
        if self._save is None:
            self.dismiss(value)
        elif self.begin_saving():
            self._store(value, self._save)

    def begin_saving(self) -> bool:
        """Whether something can be saved now, which then waits for `saved`."""
        if self._saving:
            return False
        self._saving, self._slow = True, False
        return True

    @work
    async def _store(self, value: Answer, save: Save[Answer]) -> None:
        wrong = await self.saved(value, save)
        if wrong:
            return
        if self.settles_on(value):
            self.dismiss(value)
        else:
            self.tell("saved; what you wrote since is not: ctrl+s")

    async def saved(self, value: Value, save: Save[Value]) -> str:
        """Save a value while the keys go on; why it could not be saved, which is shown, or ""."""
        task: asyncio.Future[str] = asyncio.ensure_future(save(value))
        try:
            await asyncio.wait({task}, timeout=MOMENT)
            if not task.done():
                self._slow = True
                self.tell("saving …")
            wrong = await task
        finally:
            self._saving = False
        self.tell(f"not saved: {wrong}" if wrong else "")
        return wrong

    async def rescue(self) -> None:
        """The program ends: save what was written, where that can be done."""

    # --- leaving

    def action_leave(self) -> None:
        """Leave; what was written is not dropped at the first press."""
        hint = self.query_one(Hint)
        if self._saving:
            self.tell("still saving …")
        elif self.is_unsaved() and not hint.is_warning:
            hint.warn(
                "Esc again drops what you wrote · any other key goes on writing · ctrl+s saves it"
            )
        else:
            self.dismiss(None)


class Page(Dialog[None]):
    """A text to read, longer than the box may be."""

    BINDINGS = [
        Binding("q", "leave", "Leave", show=False),
        Binding("j", "scroll_by(1)", show=False),
        Binding("k", "scroll_by(-1)", show=False),
        Binding("space", "scroll_by(10)", show=False),
    ]

    def page(self, *children: Widget) -> Vertical:
        """The box around `children`, which scroll."""
        return self.box(VerticalScroll(*children), hint="j and k scroll · Esc leaves")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def action_scroll_by(self, lines: int) -> None:
        """Scroll the text."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


class Why(Page):
    """What is known of a finding: headings, and beside each what stands there.

    So it is half as high as with one below the other, and hides half as much of the text.
    """

    BINDINGS = [Binding("p", "leave", "Leave", show=False)]

    def __init__(self, title: str, lines: Sequence[KindLine]) -> None:
        super().__init__(title)
        self._lines = lines

    def compose(self) -> ComposeResult:
        lines = (
            Horizontal(
                Static(Content.styled(heading, "bold"), classes="what"), Static(styled(words))
            )
            for heading, words in self._lines
        )
        yield self.page(*lines)


class Note(Dialog[str]):
    """Write a note of several lines, in Markdown; an empty one takes the note away."""

    BINDINGS = [
        Binding("ctrl+j,f2,alt+enter", "save", "Save", id="dialog.keep", priority=True),
        Binding("f4", "edit", "Editor", id="dialog.editor", priority=True),
    ]

    def __init__(self, title: str, text: str, save: Save[str] | None = None) -> None:
        super().__init__(title, save)
        self._text = text  # as it is saved

    def compose(self) -> ComposeResult:
        hint = (
            "ctrl+s saves it (also ctrl+j, F2) · F4 opens your editor ($EDITOR) · "
            "Esc leaves it as it was"
        )
        yield self.box(TextArea(self._text, soft_wrap=True), hint=hint)

    def on_mount(self) -> None:
        editor = self.query_one(TextArea)
        editor.move_cursor(editor.document.end)

    @property
    def _written(self) -> str:
        return clean(self.query_one(TextArea).text).strip()

    def is_unsaved(self) -> bool:
        return self.query_one(TextArea).text != self._text

    def settles_on(self, value: str) -> bool:
        self._text = value
        return self._written == value

    def action_save(self) -> None:
        """Save the note."""
        self.answer(self._written)

    async def rescue(self) -> None:
        if self._save is not None and self.is_unsaved() and self._written:
            await self._save(self._written)

    def action_edit(self) -> None:
        """Write it in the reader's own editor, and come back."""
        from click import ClickException, edit

        editor = self.query_one(TextArea)
        written, wrong = None, ""
        try:
            with self.app.suspend():
                try:  # inside, so that the screen comes back whatever happens
                    written = edit(editor.text, extension=".md")
                except ClickException as error:
                    wrong = error.format_message()
        except (SuspendNotSupported, OSError) as error:
            wrong = str(error)
        self.tell(f"the editor cannot be used: {wrong}; set EDITOR to another" if wrong else "")
        if written is not None:  # None where the editor was left without saving
            editor.load_text(clean(written).rstrip("\n"))
            editor.move_cursor(editor.document.end)


class Line(Dialog[str]):
    """Ask for one line, with completion and a check. Answers with the line."""

    def __init__(
        self,
        title: str,
        value: str,
        hint: str,
        known: Sequence[str] = (),
        check: Check = lambda line: None,
        save: Save[str] | None = None,
    ) -> None:
        super().__init__(title, save)
        self._value, self._hint, self._known, self._check = value, hint, known, check

    def compose(self) -> ComposeResult:
        suggester = SuggestFromList(self._known, case_sensitive=False) if self._known else None
        yield self.box(Input(self._value, suggester=suggester), hint=self._hint)

    def is_unsaved(self) -> bool:
        return self.query_one(Input).value != self._value

    def settles_on(self, value: str) -> bool:
        self._value = value
        return not self.is_unsaved()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Save the line, if nothing is wrong with it."""
        line = self.query_one(Input).value
        wrong = self._check(line)
        self.tell(wrong or "")
        if not wrong:
            self.answer(line)


class Checks(Rows):
    """A list of which several may be chosen, told by a glyph and not by colour alone."""

    BINDINGS = [
        Binding("space", "check", "Choose", show=False),
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    def __init__(self, options: Sequence[Content], chosen: Collection[int]) -> None:
        super().__init__()
        self._words, self.chosen = options, frozenset(chosen)

    def on_mount(self) -> None:
        self.add_options(Option(self._prompt(index)) for index in range(len(self._words)))
        self.highlighted = 0 if self._words else None

    def _prompt(self, index: int) -> Content:
        return Content.assemble("▣ " if index in self.chosen else "▢ ", self._words[index])

    def action_check(self) -> None:
        """Choose the row, or let it go."""
        if self.highlighted is not None:
            self.chosen ^= {self.highlighted}
            self.replace_option_prompt_at_index(self.highlighted, self._prompt(self.highlighted))


class Layers(Dialog[frozenset[str]]):
    """Choose which kinds of highlights are shown. Answers with those hidden."""

    def __init__(self, layers: Sequence[Layer], hidden: frozenset[str]) -> None:
        super().__init__("Layers")
        self._layers, self._hidden = layers, hidden

    def compose(self) -> ComposeResult:
        shown = [index for index, layer in enumerate(self._layers) if layer not in self._hidden]
        hint = "space shows or hides · ctrl+s or Esc closes"
        yield self.box(Checks([Content(layer.plural) for layer in self._layers], shown), hint=hint)

    def action_save(self) -> None:
        """Done."""
        shown = self.query_one(Checks).chosen
        self.dismiss(
            frozenset(layer for index, layer in enumerate(self._layers) if index not in shown)
        )

    def action_leave(self) -> None:
        self.action_save()
