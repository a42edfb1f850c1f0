"""How far an article has been read: saved every few seconds, so that a kill costs no more."""

from pullquote.reader.guarded import Failed, Guarded
from pullquote.text import Span

_GAP = 2  # code points between two paragraphs


class Bookmark:
    """Where the reading of an article stands; offsets in its text, in code points.

    What lies between two jumps has not been read, whatever was on the screen behind it.
    """

    def __init__(self, article: str, top: int, furthest: int = 0) -> None:
        self.article = article
        self.top = top  # of what the first line on the screen shows
        self._seen: list[Span] = [(0, furthest)]  # what was on the screen, apart, in text order
        self._is_laid_out = self._is_painted = False
        self._saved: tuple[str, int, int] | None = None

    @property
    def furthest(self) -> int:
        """Up to where all has been on the screen."""
        return self._seen[0][1]

    @property
    def is_seen(self) -> bool:
        """Whether any of it has been on the screen; one that was passed by has not."""
        return self._is_laid_out and self._is_painted

    def painted(self) -> None:
        """A frame is on the screen."""
        self._is_painted = True

    @property
    def place(self) -> tuple[str, int, int]:
        """The article's id, where the reader is, and how far they have read."""
        return self.article, self.top, self.furthest

    def see(self, top: int, end: int) -> None:
        """The screen shows the text from `top` to `end`."""
        self.top, self._is_laid_out = top, True
        near = [one for one in self._seen if one[0] <= end + _GAP and top <= one[1] + _GAP]
        starts, ends = [top, *(one[0] for one in near)], [end, *(one[1] for one in near)]
        whole = min(starts), max(ends)
        if near != [whole]:
            self._seen = sorted([*(one for one in self._seen if one not in near), whole])

    async def save(self, library: Guarded) -> None:
        """Save it, where it has changed; nobody is told where that fails.

        In a library that another program held, even so: then it shows whether it works again.
        """
        place = self.place
        if not self.is_seen or (place == self._saved and not library.passes):
            return
        if not isinstance(
            await library.quietly(lambda library: library.articles.save_place(*place)), Failed
        ):
            self._saved = place
