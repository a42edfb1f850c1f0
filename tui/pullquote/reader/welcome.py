"""The card of the first run: what the looks of the text mean, and where to begin."""

from collections.abc import Mapping

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from pullquote.actions import key_names, keys_with


def lines(keymap: Mapping[str, str]) -> tuple[str, str, str]:
    """What a tint, a mark and a bar mean, and the keys that lead on."""
    keys = {act: key_names(one).partition(" ")[0] for act, one in keys_with(keymap).items()}
    goes = " · ".join(
        f"{keys[act]} {does}"
        for act, does in (
            ("quote.next", "goes to the first quote"),
            ("claim.next", "to the first claim"),
            ("help", "lists all keys"),
        )
        if keys[act]
    )
    return (
        "A tint with a bar is a quote, in its speaker’s colour.",
        "A mark in the margin is a claim, a red one is a warning.",
        goes,
    )


class Card(Static):
    """The lines, over the foot of the text until any key or click."""

    def __init__(self, keymap: Mapping[str, str]) -> None:
        super().__init__(Content("\n".join(lines(keymap))), id="welcome")
        self.border_title = Content("How to read the colours")


def put_away(screen: Screen[object]) -> None:
    """Any key puts the card away, and the mouse."""
    screen.query(Card).remove()  # one that is only hidden costs every frame 3 ms
