"""The line that a search is typed into, in place of the status line, with the matches counted."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from pullquote.reader import searching
from pullquote.reader.session import Session


class SearchLine(Horizontal):
    """What is looked for, and how often it is there."""

    class Sought(Message):
        """The session has looked for what is typed; what there is to say of it, or None."""

        def __init__(self, said: str | None = None) -> None:
            self.said = said
            super().__init__()

    def __init__(self, session: Session, *, id: str) -> None:
        super().__init__(id=id)
        self._session = session

    def compose(self) -> ComposeResult:
        yield Static("/", classes="sign", markup=False)
        yield Input(placeholder="search the text", select_on_focus=True)
        yield Static("", classes="found", markup=False)

    @property
    def is_open(self) -> bool:
        """Whether the line is on the screen."""
        return self.has_class("-shown")

    def open(self) -> None:
        """Show the line, and look for what was looked for last."""
        if not self.is_open:
            searching.begin(self._session)
        self.add_class("-shown")
        line = self.query_one(Input)
        line.focus()
        self._seek(line.value)

    def close(self) -> None:
        """Put the line away; the matches stay."""
        searching.stay(self._session)
        self.remove_class("-shown")
        if self.query_one(Input).has_focus:
            self.screen.set_focus(None)  # the screen knows where the keys go then

    def _seek(self, words: str) -> None:
        searching.seek(self._session, words)
        found = searching.count_line(self._session)
        self.query_one(".found", Static).update(Content(found))
        self.post_message(self.Sought())

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_open:
            self._seek(event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        said = searching.enter(self._session)
        self.close()
        self.post_message(self.Sought(said))
