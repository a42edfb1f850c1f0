"""The bar at the bottom.

The bar's left side: where the reader is, on what, what was done. Its right side: the keys that
matter now, each of which can be clicked.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.reactive import var
from textual.strip import Strip
from textual.style import Style
from textual.widgets import Static

from pullquote.reader.compositing import in_terminal
from pullquote.reader.hints import Hint

PADDING = 1  # cells, as in the style sheet
_GAP = 2
_LEAST = 16  # cells that are left to what the reader is on, and that what was done is worth
_NAME = 40  # cells that the current finding has, whatever the keys
_FIRST, _MOST = 4, 7  # keys that go before what was done a while ago; keys in all
_SEPARATOR, _SPACE = " · ", " " * _GAP

Words = tuple[str, str]  # with their style
T = TypeVar("T")


class Line(NamedTuple):
    """What there is to say; the last of the keys is always shown."""

    where: str = ""
    what: tuple[Words, ...] = ()  # the current finding, piece by piece, most important first
    more: tuple[Words, ...] = ()  # what is known of it, likewise
    said: str = ""  # the answer to the last key
    done: str = ""  # by the last act, while it is no news any more
    progress: str = ""
    keys: Sequence[Hint] = ()  # most important first


class StatusLine(Static):
    """The bar: one line.

    Where there is no room for all, the place, the answer to a key, the current finding and the key
    to all keys come first; then the first few keys, what is known of the finding, what was done a
    while ago, and more keys.
    """

    line: var[Line] = var(Line, init=False)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._hints: tuple[Hint, ...] = ()  # that are shown
        self._words: tuple[Words, ...] = ()  # all of them
        self._styles: dict[str, RichStyle] = {}

    def on_resize(self) -> None:
        """What is said has to fit anew."""
        self.watch_line(self.line)

    async def on_click(self, event: events.Click) -> None:
        """Do the act of the key; Textual's own links would have one colour for all their words."""
        end = PADDING + self.size.width
        for hint in reversed(self._hints):
            start = end - cell_len(f"{hint.key} {hint.word}")
            if start <= event.x < end:
                await self.run_action(f"screen.act({hint.act!r})")
            end = start - _GAP

    def watch_line(self, line: Line) -> None:
        """Show all that is said."""
        width = self.size.width or 80
        keys, always = line.keys[:-1][:_MOST], line.keys[-1:]
        room = width - _wide(line.where) - _cells(always)
        what, said, progress = _fitted(line.what, line.said, line.progress, room)
        if not said:  # a long name leaves room for the first keys
            left = room - _wide(progress) - _cells(keys[:_FIRST]) - _GAP
            what = _shortened(what, max(_NAME, left))
        room -= _wide(_plain(what)) + _wide(said) + _wide(progress)
        first = _first_that_fit(keys[:_FIRST], _cells, room)
        known = _first_that_fit(line.more, _longer, room - _cells(first)) if what else ()
        room -= _longer(known)
        done = _whole_parts(line.done, room - _cells(first) - _GAP)
        done = done if done == line.done or cell_len(done) >= _LEAST else ""
        shown = _first_that_fit(keys, _cells, room - _wide(done))
        finding = [part for words in (*what, *known) for part in (words, (_SEPARATOR, "dim"))][:-1]
        groups = (
            [(line.where, "bold")],
            finding,
            [(said, "italic")],
            [(done, "dim italic")],
            [(progress, "dim")],
        )
        words = [part for group in groups if _plain(group) for part in (*group, (_SPACE, ""))]
        self._hints = (*shown, *always)
        taken = sum(cell_len(part) for part, _ in words) + _cells(self._hints) - _GAP
        words.append((" " * (width - taken), ""))
        for hint in self._hints:
            words += [(hint.key, "bold $text-primary"), (f" {hint.word}{_SPACE}", "dim")]
        words[-1] = (words[-1][0].rstrip(), "dim")
        self._words = tuple(words)
        # One line it stays: laying out anew costs 5 ms a key.
        self.update(Content.assemble(*words), layout=False)

    # --- painting

    def render_lines(self, crop: Region) -> list[Strip]:
        """The bar in one line; Textual would look up the style of each word with every key."""
        cells = sum(cell_len(words) for words, _ in self._words) + 2 * PADDING
        if crop != Region(0, 0, cells, 1):  # so narrow that it has to be cut
            return super().render_lines(crop)
        edge = (" " * PADDING, "")
        words = (edge, *self._words, edge)
        return [Strip([Segment(one, self._style(style)) for one, style in words if one], cells)]

    def _style(self, name: str) -> RichStyle:
        if name not in self._styles:
            style = (self.visual_style + Style.parse(name)).rich_style
            self._styles[name] = in_terminal(self, style)
        return self._styles[name]

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()


def _plain(pieces: Iterable[Words]) -> str:
    return _SEPARATOR.join(words for words, _ in pieces)


def _wide(part: str) -> int:
    return cell_len(part) + _GAP if part else 0


def _cells(keys: Iterable[Hint]) -> int:
    return sum(_wide(f"{one.key} {one.word}") for one in keys)


def _fitted(
    what: tuple[Words, ...], said: str, progress: str, room: int
) -> tuple[tuple[Words, ...], str, str]:
    """The three parts, cut to fit: the first down to some cells, then the last, the middle.

    What was just done is the news: where it would not fit beside the first, that is left out.
    """
    if what and _LEAST + _GAP + cell_len(said) > room:
        what = ()
    what = _shortened(what, max(_LEAST, room - _wide(said) - _wide(progress) - _GAP))
    progress = _cut(progress, room - _wide(_plain(what)) - _wide(said) - _GAP)
    return what, _whole_parts(said, room - _wide(_plain(what)) - _wide(progress) - _GAP), progress


def _shortened(pieces: tuple[Words, ...], cells: int) -> tuple[Words, ...]:
    """The first of the pieces that fit; of the first of all, as much as fits."""
    while len(pieces) > 2 and cell_len(_plain(pieces)) > cells:
        pieces = pieces[:-1]
    if cell_len(_plain(pieces)) <= cells:
        return pieces
    (words, style), *rest = pieces
    left = cells - cell_len(_plain(rest)) - len(_SEPARATOR)
    if left >= _LEAST:
        return (_cut(words, left), style), *rest
    return ((_cut(words, cells), style),)


def _whole_parts(said: str, cells: int) -> str:
    """What fits of something said: its parts from the first on; of a long one, as much as fits."""
    kept, *parts = said.split(_SEPARATOR)
    for part in parts:
        left = cells - cell_len(kept + _SEPARATOR)
        if cell_len(part) > left and left < _LEAST:
            break
        kept += _SEPARATOR + _cut(part, left)
    return _cut(kept, cells)


def _cut(part: str, cells: int) -> str:
    if cell_len(part) <= cells:
        return part
    return f"{set_cell_size(part, cells - 1).rstrip(' …')}…" if cells > 1 else ""


def _longer(pieces: Iterable[Words]) -> int:
    """The cells that pieces take behind others."""
    return sum(cell_len(_SEPARATOR + words) for words, _ in pieces)


def _first_that_fit(
    some: Sequence[T], cells: Callable[[Sequence[T]], int], room: int
) -> Sequence[T]:
    counts = range(len(some), 0, -1)
    return next((some[:count] for count in counts if cells(some[:count]) <= room), ())
