"""Choose one of a list; a long one, or one with names in it, is filtered by typing."""

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from pullquote.reader.dialogs import Dialog
from pullquote.reader.fitting import best
from pullquote.reader.row_list import Rows

_DIGITS = 9  # rows that a digit chooses
_HINT = "Enter or a digit chooses · Esc leaves"


class FilterLine(Input):
    """What the rows are filtered by; digits are left to the rows."""

    def on_key(self, event: events.Key) -> None:
        if _is_digit(event.character):
            event.prevent_default()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """A digit goes on to the dialog."""
        return not _is_digit(character) and super().check_consume_key(key, character)


class Choice(Dialog[int]):
    """Choose by digit or Enter; a long list is filtered by typing. Answers with the index."""

    BINDINGS = [
        *(
            Binding(str(digit), f"choose({digit - 1})", show=False)
            for digit in range(1, _DIGITS + 1)
        ),
        Binding("j", "move('cursor_down')", show=False),
        Binding("k", "move('cursor_up')", show=False),
        Binding("down", "move('cursor_down')", show=False),
        Binding("up", "move('cursor_up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[str],
        names: Sequence[str] = (),
        chips: Sequence[str] = (),
        at: int | None = None,
    ) -> None:
        super().__init__(title)
        self._choices = (*choices, *names)
        self._names = len(choices)  # the first of the names, which are what typing is for
        self._chips = chips
        self._at = at  # the choice as it is now
        # indexes of the choices that the filter lets through
        self._shown: Sequence[int] = range(len(self._choices))

    @property
    def filters(self) -> bool:
        """Whether there is a filter line."""
        return len(self._choices) > max(self._names, _DIGITS) or self._names > _DIGITS

    def compose(self) -> ComposeResult:
        rows = Rows()
        if self.filters:
            rows.can_focus = False
            line = FilterLine(placeholder="type some letters or initials", id="filter")
            yield self.box(line, rows, hint=_HINT)
        else:
            yield self.box(rows, hint=_HINT)

    def on_mount(self) -> None:
        self._show(self._at if self._at is not None and self._at < self._names else 0)

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        self._shown = best(event.value, self._choices, self._names)
        self._show(0)

    def _show(self, highlighted: int) -> None:
        rows = self.query_one(Rows)
        rows.clear_options()
        rows.add_options(self._row(number, index) for number, index in enumerate(self._shown, 1))
        rows.highlighted = highlighted if self._shown else None
        if self._choices and not self._shown:
            rows.add_option(Option(Content("   none of that name"), disabled=True))

    def _row(self, number: int, index: int) -> Option:
        digit = str(number) if number <= _DIGITS else " "
        chip = self._chips[index] if index < len(self._chips) else ""
        tick = "✓ " if index == self._at else "  "
        return Option(Content.assemble((f" {digit} ", chip), tick, self._choices[index]))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.action_choose(event.option_index)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_choose(self.query_one(Rows).highlighted)

    def action_choose(self, row: int | None) -> None:
        """Choose a row that is shown."""
        if row is not None and row < len(self._shown):
            self.dismiss(self._shown[row])

    async def action_move(self, how: str) -> None:
        """Move in the list, also from the filter line."""
        await self.query_one(Rows).run_action(how)


def _is_digit(character: str | None) -> bool:
    """Whether a key chooses a row."""
    return character is not None and character in "123456789"
