"""Choose one of a list; a long one is filtered by typing."""

import re
import unicodedata
from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from pullquote.reader.dialogs import Dialog
from pullquote.reader.row_list import Rows

_DIGITS = 9  # rows that a digit chooses


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

    def __init__(self, title: str, choices: Sequence[str], at: int | None = None) -> None:
        super().__init__(title)
        self._choices = choices
        self._at = at  # the row to begin on
        # indexes of the choices that the filter lets through
        self._shown = range(len(choices)) if len(choices) else []

    @property
    def filters(self) -> bool:
        """Whether there is a filter line."""
        return len(self._choices) > _DIGITS

    def compose(self) -> ComposeResult:
        rows = Rows(markup=False)
        if self.filters:
            rows.can_focus = False
            hint = "type to filter, also by initials · a digit or Enter chooses · Esc leaves"
            yield self.box(FilterLine(placeholder="filter", id="filter"), rows, hint=hint)
        else:
            yield self.box(rows, hint="a digit or Enter chooses · Esc leaves")

    def on_mount(self) -> None:
        self._show(self._at or 0)

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        self._shown = [
            index for index, choice in enumerate(self._choices) if fits(event.value, choice)
        ]
        self._show(0)

    def _show(self, highlighted: int) -> None:
        rows = self.query_one(Rows)
        rows.clear_options()
        rows.add_options(
            self._row(number, self._choices[index]) for number, index in enumerate(self._shown, 1)
        )
        rows.highlighted = highlighted if self._shown else None
        if self._choices and not self._shown:
            rows.add_option(Option(Content("   none of that name"), disabled=True))

    def _row(self, number: int, choice: str) -> Option:
        return Option(Content(f"{number}  {choice}" if number <= _DIGITS else f"   {choice}"))

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


def fits(typed: str, name: str) -> bool:
    """Whether `name` contains what was typed, or has such initials, whatever case and accents."""
    wanted, name = _plain(typed), _plain(name)
    initials = "".join(word[0] for word in re.findall(r"\w+", name))
    return wanted in name or initials.startswith("".join(wanted.split()))


def _plain(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words).casefold()
    return " ".join(
        "".join(letter for letter in letters if not unicodedata.combining(letter)).split()
    )
