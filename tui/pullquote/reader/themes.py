"""Themes of our own, which stand beside Textual's: a dark one, and one like paper."""

from textual.theme import Theme

DARK = Theme(
    name="pullquote-dark",
    primary="#7aa2f7",
    secondary="#8a93a8",
    accent="#e0af68",
    warning="#e0af68",
    error="#f7768e",
    success="#9ece6a",
    foreground="#d6d8de",
    background="#15171c",
    surface="#1c1f26",
    panel="#22262f",
    variables={"block-cursor-background": "#34425f", "block-cursor-foreground": "#e8eaf0"},
)
LIGHT = Theme(
    name="pullquote-light",
    primary="#2858b8",
    secondary="#5d6474",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#b3203f",
    success="#39701d",
    foreground="#2b2d33",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e9e7e0",
    dark=False,
    variables={"block-cursor-background": "#d3dff5", "block-cursor-foreground": "#1c2740"},
)
