"""What the mouse points at, and what it sweeps over: cells of the screen to spans of the text.

A point in the gutter, the margin, a blank line or below the text is the empty span at the end of
the text that is nearest on that line, so that a sweep that leaves the text ends in the paragraph
where it leaves it.
"""

from collections.abc import Sequence

from pullquote.reader.layout import Layout
from pullquote.reader.motions import graphemes, paragraph_at, sentence_at, snapped, word_at
from pullquote.text import Span

RIGHT = 3  # the mouse's button


def pointed_at(text: str, layout: Layout, line: int, cell: int) -> Span:
    """The grapheme at `cell` of `line`, or an empty span where there is none."""
    if not len(layout):
        return 0, 0
    if line >= len(layout):
        return layout.ends[-1], layout.ends[-1]
    start, end = layout.span(max(0, line))
    if cell < 0 or line < 0:
        return start, start
    used = 0
    for begin, stop, cells in graphemes(text[start:end]):
        used += cells
        if cell < used:
            return start + begin, start + stop
    return end, end


def swept(text: str, paragraphs: Sequence[Span], anchor: Span, here: Span) -> Span | None:
    """The words between two points, both taken in; None where there are none."""
    return snapped(text, paragraphs, (min(anchor[0], here[0]), max(anchor[1], here[1])))


def clicked(text: str, paragraphs: Sequence[Span], offset: int, times: int) -> Span:
    """What several clicks in a row take: the word, the sentence, the paragraph."""
    if times == 2:
        return word_at(text, paragraphs, offset)
    return sentence_at(text, paragraphs, offset) if times == 3 else paragraph_at(paragraphs, offset)
