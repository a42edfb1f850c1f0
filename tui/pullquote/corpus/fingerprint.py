"""What was read of a part, in a number: another one where any of it is another.

It is the SHA-256 of the articles as they were read, with their ids and metadata, and of what could
not be read; so nothing is read for it that is not read anyway, whatever the form of the input. When
a file was written counts for nothing: a copy, or one that was only touched, is the same.
"""

from collections.abc import Iterable
from hashlib import sha256

import msgspec

from pullquote.corpus.inputs.documents import DOCUMENT
from pullquote.corpus.parts import Entry, Failure, Part


class Fingerprint:
    """Of one part, while it is read."""

    def __init__(self, part: Part) -> None:
        self._digest = sha256()
        # Of a file it is when the file was written, of a page when it is read
        self._is_undated = part.form == DOCUMENT.name
        self.articles = 0

    def add(self, one: Entry | Failure) -> None:
        """Add what comes next."""
        if isinstance(one, Entry):
            self.articles += 1
            if self._is_undated:
                article = msgspec.structs.replace(one.article, retrieved="")
                one = msgspec.structs.replace(one, article=article)
        self._digest.update(msgspec.json.encode(one) + b"\n")

    def hexdigest(self) -> str:
        """Of all that was added."""
        return self._digest.hexdigest()


def content(prints: Iterable[Fingerprint]) -> str:
    """Of several parts."""
    return sha256("".join(one.hexdigest() for one in prints).encode()).hexdigest()
