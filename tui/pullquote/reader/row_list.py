"""A list of rows in which every key is safe, however few they are and however small the screen."""

from typing import Any

from textual.widgets import OptionList


class Rows(OptionList):
    """Textual's list, but for page keys pressed before a row has been painted."""

    def __init__(self, *args: Any, lines: int = 1, **options: Any) -> None:
        super().__init__(*args, markup=False, **options)
        self._row_lines = lines  # of a row on the screen

    def action_page_up(self) -> None:
        """A page of rows up."""
        self._turn_page(-1)

    def action_page_down(self) -> None:
        """A page of rows down."""
        self._turn_page(1)

    def _turn_page(self, direction: int) -> None:
        # Textual's own looks the row up among the lines last painted, which may not have it yet.
        if self.option_count and not self.get_option_at_index(0).disabled:
            page = max(1, self.size.height // self._row_lines)
            goal = (self.highlighted or 0) + direction * page
            self.highlighted = max(0, min(goal, self.option_count - 1))
