"""A list of rows in which every key is safe, however few they are and however small the screen."""

from textual.widgets import OptionList


class Rows(OptionList):
    """Textual's list, but for page keys pressed before a row has been painted."""

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
