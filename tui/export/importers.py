"""Read annotations from a file of any format that can come in; which one it is, the file says itself."""

from collections.abc import Sequence

import msgspec

from tui.article import Article
from tui.export.hypothesis import loaded as from_hypothesis
from tui.export.json_form import loaded as our_own
from tui.export.webannotation import loaded as from_webannotation
from tui.library.incoming import Incoming, NotThisFormat, decoded

__all__ = ["Items", "NotThisFormat", "read"]


class Items(msgspec.Struct, frozen=True):
    """What stands in a file: notes, and in our own JSON the articles that they are on."""

    notes: Sequence[Incoming]
    articles: Sequence[Article] = ()


def read(data: bytes) -> Items:
    """The items of a file. Raises `NotThisFormat`, whose message is one line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotThisFormat(f"not JSON in UTF-8: {error}; export it again") from error
    whole = decoded(text)
    first = whole[0] if isinstance(whole, list) and whole else whole
    if isinstance(first, dict) and "schema" in first and "article" in first:
        found = our_own(text)
        return Items([note for _, notes in found for note in notes], [article for article, _ in found])
    if isinstance(first, dict) and "annotations" in first and "@context" not in first:
        return Items(from_hypothesis(text))
    return Items(from_webannotation(text))
