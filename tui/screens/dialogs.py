"""The small screens that ask for something: which kind of highlight, a note, tags, an actor, layers, a file to export to.

Each gives back what the reader chose, or None when they left with Esc.
"""

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Label, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from tui.text import clean

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """A box in the middle with a title, something to answer with, and a hint of the keys."""

    BINDINGS = [Binding("escape", "leave", "Leave", id="dialog.leave")]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title

    def box(self, *children: Widget, hint: str) -> Vertical:
        """The box around `children`."""
        box = Vertical(*children, Label(Content(hint), classes="hint"))
        box.border_title = Content(self._heading)
        return box

    def action_leave(self) -> None:
        """Leave without an answer."""
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
    """Headings with what stands under each."""

    BINDINGS = [Binding("p", "leave", "Leave", show=False)]

    def __init__(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__(title)
        self._lines = lines

    def compose(self) -> ComposeResult:
        ones: list[Static] = []
        for heading, words in self._lines:
            ones += [Static(Content.styled(heading, "bold")), Static(Content(words), classes="under")]
        yield self.page(*ones)


class Choice(Dialog[int]):
    """Choose one of a list, by digit or by Enter. Answers with its index."""

    BINDINGS = [
        *(Binding(str(digit), f"choose({digit - 1})", show=False) for digit in range(1, 10)),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[str]) -> None:
        super().__init__(title)
        self._choices = choices

    def compose(self) -> ComposeResult:
        options = [
            Option(Content(f"{number}  {choice}" if number < 10 else f"   {choice}"))
            for number, choice in enumerate(self._choices, 1)
        ]
        yield self.box(OptionList(*options, markup=False), hint="a digit or Enter chooses · Esc leaves")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_choose(self, index: int) -> None:
        """Choose by digit."""
        if index < len(self._choices):
            self.dismiss(index)

    def action_move(self, count: int) -> None:
        """Move the cursor in the list."""
        options = self.query_one(OptionList)
        if count > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()


class Note(Dialog[str]):
    """Write a note of several lines, in Markdown. Answers with its text; an empty one takes the note away."""

    BINDINGS = [
        Binding("ctrl+j,f2,alt+enter", "save", "Keep", id="dialog.keep", priority=True),
        Binding("f4", "edit", "Editor", id="dialog.editor", priority=True),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self._text = text
        self._warned = False

    def compose(self) -> ComposeResult:
        hint = "ctrl+j or F2 keeps it · F4 opens your editor ($EDITOR) · Esc leaves it as it was"
        yield self.box(TextArea(self._text, soft_wrap=True), hint=hint)

    def on_mount(self) -> None:
        editor = self.query_one(TextArea)
        editor.move_cursor(editor.document.end)

    def action_save(self) -> None:
        """Keep the note."""
        self.dismiss(clean(self.query_one(TextArea).text).strip())

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
        if wrong:
            self.notify(f"the editor cannot be used: {wrong}; set EDITOR to another", severity="warning", markup=False)
        if written is not None:  # None where the editor was left without saving
            editor.load_text(clean(written).rstrip("\n"))
            editor.move_cursor(editor.document.end)

    def action_leave(self) -> None:
        """Leave; what was written is not dropped at the first press."""
        if self.query_one(TextArea).text == self._text or self._warned:
            self.dismiss(None)
            return
        self._warned = True
        self.query_one(".hint", Label).update(Content("Esc again drops what you wrote · ctrl+j or F2 keeps it"))


class Line(Dialog[str]):
    """Ask for one line, with completion and a check. Answers with the line."""

    def __init__(
        self,
        title: str,
        value: str,
        hint: str,
        known: Sequence[str] = (),
        check: Callable[[str], str | None] = lambda line: None,
    ) -> None:
        super().__init__(title)
        self._value, self._hint, self._known, self._check = value, hint, known, check

    def compose(self) -> ComposeResult:
        suggester = SuggestFromList(self._known, case_sensitive=False) if self._known else None
        yield self.box(
            Input(self._value, suggester=suggester), Label("", classes="error", markup=False), hint=self._hint
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        wrong = self._check(event.value)
        if wrong:
            self.query_one(".error", Label).update(Content(wrong))
        else:
            self.dismiss(event.value)


class Checks(OptionList):
    """A list of which several may be chosen, told by a glyph and not by colour alone."""

    BINDINGS = [
        Binding("space", "check", "Choose", show=False),
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    def __init__(self, options: Sequence[Content], chosen: Collection[int]) -> None:
        super().__init__(markup=False)
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

    def __init__(self, layers: Sequence[str], hidden: frozenset[str]) -> None:
        super().__init__("Layers")
        self._layers, self._hidden = layers, hidden

    def compose(self) -> ComposeResult:
        shown = [index for index, layer in enumerate(self._layers) if layer not in self._hidden]
        yield self.box(
            Checks([Content(f"{layer}s") for layer in self._layers], shown), hint="space shows or hides · Esc is done"
        )

    def action_leave(self) -> None:
        """Done."""
        shown = self.query_one(Checks).chosen
        self.dismiss(frozenset(layer for index, layer in enumerate(self._layers) if index not in shown))
