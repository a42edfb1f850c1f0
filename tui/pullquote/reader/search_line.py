"""The line that a search is typed into, in place of the status line, with the matches counted."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static


class SearchLine(Horizontal):
    """What is looked for, and how often it is there; finding it is the screen's affair."""

    class Typed(Message):
        """The reader looks for `words` now, and has not done typing."""

        def __init__(self, words: str) -> None:
            self.words = words
            super().__init__()

    class Entered(Message):
        """The reader has done typing."""

    def compose(self) -> ComposeResult:
        yield Static("/", classes="sign", markup=False)
        yield Input(placeholder="search the text", select_on_focus=True)
        yield Static("", classes="found", markup=False)

    @property
    def is_open(self) -> bool:
        """Whether the line is on the screen."""
        return self.has_class("-shown")

    def open(self) -> str:
        """Show the line with what was looked for last, which is given back."""
        self.add_class("-shown")
        line = self.query_one(Input)
        line.focus()
        return line.value

    def close(self) -> None:
        """Put the line away."""
        self.remove_class("-shown")

    def tell(self, found: str) -> None:
        """Show `found` beside what is typed."""
        self.query_one(".found", Static).update(Content(found))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_open:
            self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered())
