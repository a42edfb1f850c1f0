"""Read annotations from a file of any format that can come in; which one it is, the file says itself."""

from collections.abc import Sequence

import msgspec

from tui.analysis.findings import Findings
from tui.article import Article
from tui.export.hypothesis import loaded as from_hypothesis
from tui.export.json_form import loaded as our_own
from tui.export.webannotation import loaded as from_webannotation
from tui.library.incoming import Incoming, NotThisFormat

__all__ = ["Items", "NotThisFormat", "read"]


class Items(msgspec.Struct, frozen=True):
    """What stands in a file: notes, and in our own JSON the articles and findings too."""

    notes: Sequence[Incoming]
    articles: Sequence[Article] = ()
    findings: Sequence[tuple[str, Findings]] = ()  # with the article's id


def read(data: bytes) -> Items:
    """The items of a file. Raises `NotThisFormat`, whose message is one line."""
    try:
        text = data.decode("utf-8-sig")
        whole = msgspec.json.decode(text)
    except (UnicodeDecodeError, msgspec.DecodeError, RecursionError) as error:
        raise NotThisFormat(f"not JSON in UTF-8: {error}; export it again") from error
    first = whole[0] if isinstance(whole, list) and whole else whole
    if isinstance(first, dict) and "schema" in first and "article" in first:
        return _our_own(text)
    if isinstance(first, dict) and "annotations" in first and "@context" not in first:
        return Items(from_hypothesis(text))
    return Items(from_webannotation(text))


def _our_own(text: str) -> Items:
    try:
        readings = our_own(text)
    except msgspec.DecodeError as error:
        raise NotThisFormat(f"not a reading as pullquote exports it: {error}") from error
    notes = [
        Incoming(annotation=note, article=one.article.id, url=one.article.url, title=one.article.title)
        for one in readings
        for note in one.annotations
    ]
    found = [(one.article.id, one.machine) for one in readings if one.machine]
    return Items(notes, [one.article for one in readings], found)
