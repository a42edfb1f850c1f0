"""The keys between a line that is typed in and the list below it that it narrows."""

from textual.events import Key
from textual.widgets import Input, OptionList


def go_between(line: Input, listed: OptionList, event: Key) -> None:
    """Go from the line to the list and back; a letter in the list is typed in the line."""
    if line.has_focus and event.key == "down":
        listed.focus()
    elif listed.has_focus and event.key == "up" and not listed.highlighted:
        line.focus()
    elif listed.has_focus and event.is_printable and event.character:
        line.focus()
        line.insert_text_at_cursor(event.character)
    else:
        return
    event.stop()
    event.prevent_default()
