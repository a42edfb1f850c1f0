"""What of an input one worker reads: values small enough to be sent anywhere, never texts."""

from collections.abc import Mapping

import msgspec

from pullquote.article import Article
from pullquote.article.forms import LIMIT


class Options(msgspec.Struct, frozen=True):
    """How inputs are read; the same for a whole run."""

    columns: Mapping[str, str] = {}  # of `Article`'s fields and "id": what a table calls them
    language: str = ""  # "en" where all is to be analysed as English, whatever it looks like
    limit: int = LIMIT  # bytes of one article
    storage: Mapping[str, str] = {}  # what fsspec is told of the place


class Part(msgspec.Struct, frozen=True):
    """A piece of one input."""

    input: str  # a path or an address, as fsspec opens it
    form: str  # what reads it: a name of `inputs.FORMS`
    name: str = ""  # what the ids of its articles begin with
    start: int = 0  # half-open, in what the form counts: rows, records or bytes
    stop: int = -1  # -1 for the end of the input
    size: int = 0  # bytes, about; of what a worker has to read
    state: str = ""  # another one where the input has changed since


class Entry(msgspec.Struct, frozen=True):
    """An article of an input. The same input gives the same ids, in the same order."""

    id: str  # what the input calls it, or the name of its file; with "#3" for the third in it
    article: Article


class Failure(msgspec.Struct, frozen=True):
    """What could not be read or analysed, and why, in one line."""

    input: str
    part: str  # where in it: the id of the article, or the rows; "" for all of it
    why: str
