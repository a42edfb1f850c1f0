"""The library: every article read so far, its findings and its notes, in one SQLite file.

Each act of the reader is one transaction that also writes the act into a log, so that it can be
undone after a restart, and two readers at once lose nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pullquote.library.acts import Change
from pullquote.library.articles import Articles, Entry
from pullquote.library.catalogue import Listed, Order, Sought, listed
from pullquote.library.database import Database
from pullquote.library.deleting import Bin
from pullquote.library.evidence import EvidencePages
from pullquote.library.feeds import Feeds
from pullquote.library.file import FILE, LibraryError
from pullquote.library.findings import StoredFindings
from pullquote.library.imports import Imports
from pullquote.library.inbox import Inbox
from pullquote.library.metadata import Metadata
from pullquote.library.notes import Notes
from pullquote.library.originals import Originals
from pullquote.library.presence import Presence
from pullquote.library.search import Hit, search, titled
from pullquote.library.waiting import Waiting
from pullquote.library.works import Version, Works
from pullquote.notes.reading import Reading, derived

if TYPE_CHECKING:
    from pullquote.library.elsewhere import Elsewhere
    from pullquote.library.restated import Restatements
    from pullquote.library.said import Said
    from pullquote.library.stories import Stories
    from pullquote.library.voice_acts import VoiceActs
    from pullquote.library.voices import Voices

__all__ = ["FILE", "Change", "Entry", "Library", "LibraryError", "Version"]


class Library:
    """An open library, for several threads; each call is one transaction or `LibraryError`.

    Attributes:
        articles: The articles, and how far each has been read.
        works: Which articles are versions of the same work.
        findings: What analysers found in the articles.
        metadata: What is known about the articles, put right by the reader.
        notes: The reader's annotations, with undo.
        feeds: Where new articles come from.
        inbox: What came in, and what is to be fetched.
        waiting: Notes that came in before the article that they are on.
        imports: What came in from which file.
        bin: What was deleted, until the program ends.
        presence: Which articles are open in a reader.
        originals: What the articles were read from.
        evidence: What was fetched as evidence for verdicts.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.articles = Articles(database)
        self.works = Works(database)
        self.findings = StoredFindings(database)
        self.metadata = Metadata(database)
        self.notes = Notes(database)
        self.feeds = Feeds(database)
        self.inbox = Inbox(database)
        self.waiting = Waiting(database)
        self.imports = Imports(database)
        self.presence = Presence(database.path)
        self.bin = Bin(database, self.presence)
        self.originals = Originals(database)
        self.evidence = EvidencePages(database)

    # What is asked over all articles is imported by who asks: an article opens sooner without it.

    @cached_property
    def voices(self) -> "Voices":
        """Who speaks or acts, across all articles."""
        from pullquote.library.voices import Voices

        return Voices(self._database)

    @cached_property
    def voice_acts(self) -> "VoiceActs":
        """What the reader decides about voices, with undo."""
        from pullquote.library.voice_acts import VoiceActs

        return VoiceActs(self._database, self.voices)

    @cached_property
    def elsewhere(self) -> "Elsewhere":
        """In which other articles the same words stand."""
        from pullquote.library.elsewhere import Elsewhere

        return Elsewhere(self._database)

    @cached_property
    def restated(self) -> "Restatements":
        """In which other articles the same claims are made."""
        from pullquote.library.restated import Restatements

        return Restatements(self._database)

    @cached_property
    def stories(self) -> "Stories":
        """Which articles tell of one event."""
        from pullquote.library.stories import Stories

        return Stories(self._database)

    @cached_property
    def said(self) -> "Said":
        """What is said in all of them."""
        from pullquote.library.said import Said

        return Said(self._database)

    @classmethod
    def open(cls, folder: Path, make: bool = True) -> Self:
        """The library in `folder`; the file is brought up to date.

        One that cannot be written is opened all the same, to be read (`read_only`).

        Args:
            folder: Where `library.db` lies.
            make: Whether a folder or file that is not there is made, for its owner alone.

        Raises:
            LibraryError: The file cannot be used, or is not there and not to be made.
        """
        return cls.at(folder / FILE, make)

    @classmethod
    def at(cls, path: Path, make: bool = False) -> Self:
        """The library in a file of any name; see `open`."""
        return cls(Database.open(path, make))

    def close(self, patience: float = -1) -> None:
        """Close the file once any running call has ended; later ones raise `LibraryError`.

        Args:
            patience: Seconds to wait for a running call, less than 0 for as long as it takes. One
                that takes longer is left to end with the program, and the file to be put in order
                by who opens it next.
        """
        self._database.close(patience)
        self.presence.close()

    @property
    def database(self) -> Database:
        """The file itself, for copies of the whole."""
        return self._database

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All calls in the block are one: all of it is in the file at once, or nothing.

        Raises:
            LibraryError: The library cannot be written.
        """
        with self._database.transaction():
            yield

    @property
    def path(self) -> Path:
        """The library's file."""
        return self._database.path

    @property
    def read_only(self) -> bool:
        """Whether it was opened only to be read, since it cannot be written."""
        return self._database.read_only

    @property
    def damaged(self) -> tuple[str, ...]:
        """What could not be read so far, one line each."""
        return self._database.damaged

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def reading(self, article: str, analyser: str) -> Reading | None:
        """An article with its findings and annotations, as they are at one moment.

        Args:
            article: Its id.
            analyser: Whose findings, by `Findings.analyser`; there may be none yet.

        Returns:
            None for an article that is not in the library.

        Raises:
            LibraryError: The library cannot be read.
        """
        with self._database.snapshot():
            found = self.articles.get(article)
            machine, notes = self.findings.of(article, analyser), self.notes.of(article)
        return derived(found, machine, notes) if found else None

    def listed(
        self,
        what: Sought,
        order: Order = "opened",
        limit: int = 200,
        among: tuple[str, ...] | None = None,
    ) -> tuple[Listed, ...]:
        """The articles that meet the conditions of `what`, with what there is in each.

        Args:
            what: The conditions; its words are for `search`.
            order: What they are sorted by.
            limit: The most articles.
            among: The ids of those that come in question, or all.

        Raises:
            LibraryError: The library cannot be read.
        """
        return listed(self._database, what, order, limit, among)

    def titled(self, words: str, limit: int) -> tuple[tuple[str, str, str, str], ...]:
        """Articles whose titles have all of some words, or beginnings of words, or by their ids.

        Returns:
            Id, title, site and date of each, the newest first.

        Raises:
            LibraryError: The library cannot be read.
        """
        return titled(self._database, words, limit)

    def search(self, query: str, limit: int = 50) -> tuple[Hit, ...]:
        """Where all words of `query` stand.

        Args:
            query: Words, or beginnings of words; in scripts without spaces, any characters.
            limit: The most hits in notes, and the most in articles.

        Returns:
            The hits in notes, then those in articles, the newest first.

        Raises:
            LibraryError: The library cannot be read.
        """
        return search(self._database, self.notes, query, limit)
