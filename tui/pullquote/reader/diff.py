"""What changed between two versions, on the screen: taken out and put in, marked in place."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from pullquote.notes.changes import Change, Changes, How
from pullquote.reader.dialogs import Page

STYLES = {How.KEPT: "", How.ADDED: "underline $text-success", How.REMOVED: "strike $text-error"}
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_NOT_COMPARED = "not compared: one of the versions has not been analysed"
_AROUND = 80  # characters of what stayed as it was, around what changed


class Diff(Page):
    """What changed between two versions: what is said first, then the text."""

    BINDINGS = [Binding("D", "leave", "Leave", show=False)]

    def __init__(self, found: Changes, title: str) -> None:
        super().__init__(f"What changed: {title}")
        self._found = found

    def compose(self) -> ComposeResult:
        parts: list[Static] = []
        for title, changes in self._found.sections:
            heading = f"{title.capitalize()} {len(changes or ()) or ''}".rstrip()
            parts.append(Static(Content.styled(heading, "bold"), classes="heading"))
            if changes:
                parts += [Static(_shown(change), classes="change") for change in changes]
            else:
                none = _NOT_COMPARED if changes is None else "no change"
                parts.append(Static(Content.styled(none, "dim")))
        yield self.page(*parts)


def _shown(change: Change) -> Content:
    """A change on the screen: what was taken out struck through, what was put in underlined."""
    parts: list[str | tuple[str, str]] = [(f"{_SIGNS[change.how]} ", "bold")]
    parts += [(f"{change.who}: ", "bold")] if change.who else []
    last = len(change.pieces) - 1
    for number, (how, words) in enumerate(change.pieces):
        if how is How.KEPT and len(words) > 2 * _AROUND:
            head = words[:_AROUND].rpartition(" ")[0] if number else ""
            tail = words[-_AROUND:].partition(" ")[2] if number < last else ""
            words = f"{head} … {tail}"
        elif number and how is How.ADDED and not change.pieces[number - 1][1][-1:].isspace():
            parts.append(" ")  # so that what was taken out does not run into what was put in
        parts.append((words, STYLES[how]) if STYLES[how] else words)
    return Content.assemble(*parts)
