"""What is said in an article, apart from it: with who says it, how, and what the article is."""

from urllib.parse import urlsplit

import msgspec

from pullquote.article import Article
from pullquote.findings import Commitment
from pullquote.text import one_line


def site_of(site: str, url: str) -> str:
    """What the site of an article is called: as the article says, else by its address."""
    try:
        return one_line(site) or urlsplit(url).netloc.removeprefix("www.")
    except ValueError:  # as in "http://[half"
        return ""


def with_doubt(speaker: str, is_doubtful: bool) -> str:
    """The name of who says something, with a question mark where it may well be somebody else."""
    return f"{speaker}?" if is_doubtful else speaker


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """A quote or a claim, or both in one; offsets are half-open, in code points of the article.

    Attributes:
        number: Its place among all that is said; by time.
        article: The article's id.
        finding: The id of the quote or claim in it.
        voice: The number of who says it among the voices; None for the unnamed.
        how: direct, mixed, indirect or hedged.
        sure: How sure it is who says it, 0 to 1.
        doubtful: Whether it may well be somebody else.
        day: ISO 8601; that of publication, or else (not `is_dated`) when the article was added.
    """

    number: int
    article: str
    finding: str
    kind: str
    start: int
    end: int
    words: str
    voice: int | None
    speaker: str
    how: str
    sourcing: str
    commitment: str
    cue: str
    checkable: bool
    verdict: str
    sure: float
    doubtful: bool = False
    title: str
    byline: str
    site: str
    url: str
    published: str
    retrieved: str
    language: str
    day: str
    is_dated: bool

    @property
    def about(self) -> Article:
        """What is known of the article, without its text."""
        return Article(
            text="",
            title=self.title,
            byline=self.byline,
            site=self.site,
            url=self.url,
            published=self.published,
            retrieved=self.retrieved,
            language=self.language,
        )

    @property
    def who(self) -> str:
        """Who says it, as it is shown."""
        return with_doubt(self.speaker, self.doubtful)

    @property
    def known(self) -> tuple[str, ...]:
        """What is known of it, in words: how it is said, how firmly, how sourced, and more."""
        is_usual = self.commitment == Commitment.ASSERTED
        firmly = "" if is_usual else self.commitment  # the words of a denial alone say the opposite
        checkable = "checkable" if self.checkable else ""
        words = (self.how, firmly, self.sourcing, checkable, self.verdict)
        return tuple(filter(None, words))
