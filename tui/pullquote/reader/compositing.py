"""A frame costs what it changes: of each widget the lines are painted on which something has.

Textual's compositor asks every widget for all its lines that lie in the rectangle round all that
has changed: with a key that moves a line of the text and changes the bar, that is the whole screen.
"""

from collections.abc import Iterable, Iterator

from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class PartialCompositor(Compositor):
    """Textual's, but for the frames in which some regions have changed and not the whole screen."""

    _changed: tuple[Region, ...] = ()

    def render_partial_update(self) -> ChopsUpdate | None:
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        return self._changed_renders() if self._changed else super()._get_renders(crop)

    def _changed_renders(self) -> Iterator[tuple[Region, Region, list[Strip]]]:
        """From the front to the back, until nothing of what has changed lies open any more."""
        open_ones = list(self._changed)
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            touched = [one for one in open_ones if one.overlaps(seen)]
            if not touched:
                continue
            lines = Region.from_union(touched).intersection(seen)
            part = Region(seen.x, lines.y, seen.width, lines.height)
            yield region, part, widget.render_lines(part.translate(-region.offset))
            open_ones = [one for one in open_ones if not seen.contains_region(one)]
            if not open_ones:
                return


def in_terminal(widget: Widget, style: Style) -> Style:
    """A style as the terminal gets it, with what Textual filters out of the colours of a line.

    Done once for each style; Textual does it for each line of each frame.
    """
    segments, ground = [Segment(" ", style)], widget.background_colors[1]
    for one in widget.get_line_filters():
        segments = one.apply(segments, ground)
    return segments[0].style or style
