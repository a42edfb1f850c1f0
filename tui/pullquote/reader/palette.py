"""The colours of the screen that no theme has, as variables of its style sheet.

Six hues for speakers, with the tint of what they say and the ground of what the reader is on; the
colours of how claims are sourced; five chips for the reader's highlights. All are fitted to the
theme's own ground: each can be read on it by WCAG's AA (contrast 4.5), names on every tint, too.
Where the terminal has only its own sixteen colours, these are named instead, and nothing is mixed;
nor is black bold there, which most terminals draw in grey.
"""

from collections.abc import Iterable

from textual.color import Color
from textual.theme import Theme

# Far apart for colour-blind eyes, too: the nearest two differ by 9 of CIEDE2000 or more under
# deuteranopia and protanopia, on every built-in theme (tests/reader/test_colours.py).
_HUES = {
    True: ("#8cf1ff", "#eda439", "#61dc99", "#9ab0ff", "#e6a1bd", "#ffff7b"),
    False: ("#1459a5", "#6a5709", "#005037", "#340778", "#814666", "#610001"),
}
_CHIPS = ("#ffd54f", "#4dd0e1", "#ff8a80", "#81c784", "#ce93d8")
_CHIP_INK = "#16161a"
_TINT = 0.13  # of a hue, laid over the ground
_CURRENT = 0.26  # the same for what the reader is on
_AA = 4.5
_ALL, _FEW = 2**24, 16  # colours that a terminal has
_STEP = 0.04  # by which a colour is moved towards white or black until it can be read

# How well a claim is sourced, from green to red: on a dark ground and on a light one.
_SOURCED = {
    "named": ("#9ece6a", "#39701d"),
    "institution": ("#7aa2f7", "#2858b8"),
    "official": ("#e0af68", "#8a5a00"),
    "document": ("#6fd0c5", "#00695c"),
    "anonymous": ("#ff9e64", "#a44b00"),
    "unattributed": ("#f7768e", "#b3203f"),
}


def variables(theme: Theme, colours: int = _ALL) -> dict[str, str]:
    """The variables for a theme, by their names without the `$`.

    On a terminal that has not all `colours`, the grounds are greys: it would turn tints into
    others. Of sixteen colours none is a soft ground: there signs and bars tell.
    """
    own = theme.to_color_system().generate()
    if Color.parse(own["background"]).ansi is not None:
        return _ansi(theme.dark) | {"bar": own["panel"]}
    ground, ink = Color.parse(own["background"]), Color.parse(own["foreground"])
    grey = ground.blend(ink, 0.62)
    raw = {str(number): Color.parse(hue) for number, hue in enumerate(_HUES[theme.dark], 1)}
    raw["other"] = grey
    more = {"other": 1.7}  # of grey, which is seen less
    tints = {name: ground.blend(hue, _TINT * more.get(name, 1)) for name, hue in raw.items()}
    currents = {name: ground.blend(hue, _CURRENT * more.get(name, 1)) for name, hue in raw.items()}
    doubtful = ground.blend(grey, 0.07)
    soft, selected = ground.blend(ink, 0.13), ground.blend(Color.parse(own["primary"]), 0.5)
    grounds = (ground, soft, *tints.values())
    found = {f"speaker-{name}": legible(hue, grounds) for name, hue in raw.items()}
    found |= {f"tint-{name}": tint for name, tint in tints.items()}
    found |= {f"current-{name}": current for name, current in currents.items()}
    found |= {
        f"sourced-{name}": legible(Color.parse(light if theme.dark else dark), grounds)
        for name, (light, dark) in _SOURCED.items()
    }
    found |= {f"chip-{number}": Color.parse(chip) for number, chip in enumerate(_CHIPS, 1)}
    found |= {
        "current": soft,
        "here": soft,
        "tint-doubtful": doubtful,
        "ink": legible(ink, grounds),
        "current-ink": legible(ink, (*grounds, *currents.values())),
        "muted": legible(grey, grounds),
        "rule": ground.blend(ink, 0.3),
        "analysed": legible(Color.parse(own["primary"]), grounds),
        "bar": Color.parse(own["panel"]),
        "warned": found["sourced-unattributed"],
        "chip-ink": Color.parse(_CHIP_INK),
        "selected": selected,
        "selected-ink": legible(ink, (selected,)),
    }
    if colours < _ALL:
        found |= {name: one.monochrome for name, one in found.items() if _is_ground(name)}
    if colours <= _FEW:
        found |= _of_sixteen(theme.dark, ground)
    names = "not bold" if colours <= _FEW else "none"
    return {name: color.hex6 for name, color in found.items()} | {"chip-style": names}


def _is_ground(name: str) -> bool:
    return name.startswith(("tint-", "current", "bar")) and name != "current-ink"


def _of_sixteen(dark: bool, ground: Color) -> dict[str, Color]:
    """The same with colours that a terminal of sixteen has: pure ones, on no ground but blue."""
    full, none = (255, 0) if dark else (128, 0)
    hues = ((none, full, full), (full, full, none), (none, full, none), (full, none, full),
            (none, none, full), (full, none, none))  # fmt: skip
    numbers = range(1, len(hues) + 1)
    found = {f"speaker-{number}": Color(*hue) for number, hue in enumerate(hues, 1)}
    found |= {f"tint-{number}": ground for number in numbers}
    found |= {f"current-{name}": Color(0, 0, 128) for name in (*map(str, numbers), "other")}
    plain = ("current", "bar", "tint-other", "tint-doubtful")
    signs = {"current-ink": Color(255, 255, 255), "analysed": Color(none, full, full)}
    return found | signs | dict.fromkeys(plain, ground)


def _ansi(dark: bool) -> dict[str, str]:
    """The sixteen colours of the terminal's own; on a light ground the bright ones are too pale."""
    bright = "ansi_bright_" if dark else "ansi_"
    hues = ("cyan", "yellow", "green", "magenta", "blue", "red")
    grey = "ansi_white" if dark else "ansi_bright_black"
    tint = "ansi_bright_black" if dark else "ansi_white"
    found = {f"speaker-{number}": f"{bright}{hue}" for number, hue in enumerate(hues, 1)}
    found |= {f"tint-{name}": tint for name in (*map(str, range(1, 7)), "other")}
    found |= {f"current-{name}": "ansi_blue" for name in (*map(str, range(1, 7)), "other")}
    sourced = ("green", "blue", "yellow", "cyan", "magenta", "red")
    found |= {f"sourced-{name}": bright + hue for name, hue in zip(_SOURCED, sourced, strict=True)}
    chips = ("yellow", "cyan", "red", "green", "magenta")
    found |= {f"chip-{number}": f"ansi_{chip}" for number, chip in enumerate(chips, 1)}
    return found | {
        "speaker-other": grey,
        "current": tint,
        "here": tint,
        "tint-doubtful": "ansi_default",
        "ink": "ansi_default",
        "current-ink": "ansi_bright_white",
        "muted": grey,
        "rule": grey,
        "analysed": f"{bright}blue",
        "warned": f"{bright}red",
        "chip-ink": "ansi_black",
        "chip-style": "not bold",
        "selected": "ansi_white" if dark else "ansi_black",
        "selected-ink": "ansi_black" if dark else "ansi_white",
    }


def legible(ink: Color, grounds: Iterable[Color]) -> Color:
    """`ink`, moved as little as need be towards white or black to be read on all of `grounds`."""
    grounds = tuple(grounds)
    goal = max(
        (Color.parse("white"), Color.parse("black")),
        key=lambda end: min(contrast(end, ground) for ground in grounds),
    )
    shares = (number * _STEP for number in range(round(1 / _STEP) + 1))
    moved = (ink.blend(goal, share) for share in shares)
    return next(
        (one for one in moved if min(contrast(one, ground) for ground in grounds) >= _AA), goal
    )


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours by WCAG 2: 1 for the same, 21 for black on white."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
