"""A form for what is known about an article, with what the page said beside it."""

from collections.abc import Iterator, Mapping, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Label, Static

from pullquote.library.fields import WORDS, Wrong, checked
from pullquote.library.metadata import Field
from pullquote.reader.dialogs import Dialog
from pullquote.reader.questions import Save
from pullquote.text import one_line

Values = Mapping[str, str]


class MetadataForm(Dialog[Values]):
    """One line a field; answers with those that were changed, once they are saved."""

    BINDINGS = [Binding("ctrl+r", "reset", "What the page said", show=False, priority=True)]
    DEFAULT_CSS = """
    MetadataForm Horizontal { height: 1; }
    MetadataForm Horizontal Label { width: 10; }
    MetadataForm Horizontal Input { width: 1fr; margin: 0; }
    """

    def __init__(self, fields: Sequence[Field], save: Save[Values]) -> None:
        super().__init__("What is known about this article", save)
        self._fields = {field.name: field for field in fields}
        self._saved = {field.name: field.value for field in fields}

    def compose(self) -> ComposeResult:
        lines = [
            Horizontal(
                Label(WORDS[name]), Input(field.value, id=f"field-{name}", select_on_focus=False)
            )
            for name, field in self._fields.items()
        ]
        hint = (
            "Enter goes on, and saves at the end (ctrl+s at once) · ctrl+r takes what the page "
            "said · Esc leaves"
        )
        yield self.box(*lines, Static(id="said", markup=False), hint=hint)

    @property
    def _inputs(self) -> Iterator[tuple[str, Input]]:
        return ((name, self.query_one(f"#field-{name}", Input)) for name in self._fields)

    @property
    def _here(self) -> str | None:
        """The name of the field that the reader is in."""
        return next((name for name, line in self._inputs if line.has_focus), None)

    @on(Input.Changed)
    def on_descendant_focus(self, event: events.DescendantFocus | Input.Changed) -> None:
        """Say what the page said of this field, where that is something else."""
        name = self._here
        if name is not None:
            said, line = self._fields[name].said, self.query_one(f"#field-{name}", Input)
            words = f"the page said: {said or 'nothing'}" if line.value != said else ""
            self.query_one("#said", Static).update(Content(words))

    def action_reset(self) -> None:
        """Take what the page said of this field."""
        if (name := self._here) is not None:
            self.query_one(f"#field-{name}", Input).value = self._fields[name].said

    @property
    def _changed(self) -> Values:
        written = {name: one_line(line.value) for name, line in self._inputs}
        return {name: value for name, value in written.items() if value != self._saved[name]}

    def is_unsaved(self) -> bool:
        return bool(self._changed)

    def settles_on(self, value: Values) -> bool:
        self._saved |= value
        return not self.is_unsaved()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        lines = [line for _, line in self._inputs]
        at = lines.index(event.input) + 1
        if at < len(lines):
            lines[at].focus()
        else:
            self.action_save()

    def action_save(self) -> None:
        """Save what was changed, unless a field cannot have its value."""
        try:
            values = {name: checked(name, value) for name, value in self._changed.items()}
        except Wrong as wrong:
            self.tell(str(wrong))
            return
        self.answer(values)
