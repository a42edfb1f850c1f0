"""A list of rows in which every key is safe, however few rows there are and however small the
screen is.
"""

from textual.widgets import OptionList


class Rows(OptionList):
    """Textual's list, which looks a row up on the screen when a page key is pressed: there may be
    none on it yet.
    """

    def action_page_up(self) -> None:
        """A page up."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]
        else:
            self.action_first()

    def action_page_down(self) -> None:
        """A page down."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]
        else:
            self.action_last()
