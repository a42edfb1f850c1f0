"""Why what the reader is on is there."""

from pullquote import kinds
from pullquote.kinds import Line
from pullquote.notes.reading import Reading
from pullquote.reader.marks import Mark


def why(reading: Reading, mark: Mark) -> list[Line]:
    """The reasons for a finding, as headings and texts, with the reader's word; all of a note."""
    return kinds.why(reading, mark.layer, mark.item)
