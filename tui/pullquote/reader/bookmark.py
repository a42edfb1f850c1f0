"""How far an article has been read: saved every few seconds, so that a kill costs no more."""

from pullquote.reader.guarded import Failed, Guarded


class Bookmark:
    """Where the reading of an article stands; offsets in its text, in code points."""

    def __init__(self, article: str, top: int) -> None:
        self.article = article
        self.top = top  # of what the first line on the screen shows
        self.furthest = 0  # the end of what has been on the screen
        self._saved: tuple[str, int, int] | None = None

    @property
    def place(self) -> tuple[str, int, int]:
        """The article's id, where the reader is, and how far they have read."""
        return self.article, self.top, self.furthest

    def see(self, top: int, end: int) -> None:
        """The screen shows the text from `top` to `end`."""
        self.top, self.furthest = top, max(self.furthest, end)

    async def save(self, library: Guarded) -> None:
        """Save it, where it has changed; nobody is told where that fails.

        In a library that could not be used, even so: then it shows whether it works again.
        """
        place = self.place
        if place == self._saved and not library.trouble:
            return
        if not isinstance(
            await library.quietly(lambda library: library.articles.save_place(*place)), Failed
        ):
            self._saved = place
