"""Where an annotation lies and what it is called, as W3C's model has it and Hypothesis after it."""

import re
from collections.abc import Sequence
from typing import Annotated, Any, TypeVar
from urllib.parse import quote as percent_encoded
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from pullquote.article import Article
from pullquote.notes.annotations import Target
from pullquote.notes.incoming import MAX_SAFE_INTEGER, NOWHERE, Refused

Offset = Annotated[int, msgspec.Meta(ge=0, le=MAX_SAFE_INTEGER)]
Highlight = Annotated[int, msgspec.Meta(ge=0, le=5)]

URN = "urn:pullquote:"  # what we name that has no address of its own

_T = TypeVar("_T")


class Quote(msgspec.Struct, frozen=True):
    """A quote selector: the words, and those around them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class _Position(msgspec.Struct, frozen=True):
    start: Offset
    end: Offset


# --- where it lies


def selectors(target: Target) -> list[dict[str, Any]]:
    """The selectors of `target`: its position where it has one, then its words.

    Offsets are written as they are, half-open; whoever counts in other units gives them in those.
    """
    words = {
        "type": "TextQuoteSelector",
        "prefix": target.prefix,
        "exact": target.exact,
        "suffix": target.suffix,
    }
    if target.start == NOWHERE:
        return [words] if target.exact else []
    return [{"type": "TextPositionSelector", "start": target.start, "end": target.end}, words]


def target_of(selectors: Sequence[Any]) -> Target:
    """The place and words that `selectors` lead to.

    Args:
        selectors: As they stand in the file. Those that are refined by another are passed over.

    Returns:
        A target `NOWHERE` where no position is given; with an empty `exact` where no words are.

    Raises:
        Refused: Neither words nor a position are given, or the position ends before it begins.
        msgspec.ValidationError: A selector has not the fields of its type.
    """
    plain = [one for one in selectors if isinstance(one, dict) and not one.get("refinedBy")]
    words = _first(plain, "TextQuoteSelector", Quote) or Quote("")
    place = _first(plain, "TextPositionSelector", _Position)
    if place is None:
        if not words.exact:
            raise Refused(_no_selector(selectors))
        return Target(NOWHERE, NOWHERE, words.exact, words.prefix, words.suffix)
    if place.end <= place.start:
        raise Refused(f"its position ends at {place.end}, not after its start at {place.start}")
    return Target(place.start, place.end, words.exact, words.prefix, words.suffix)


def _first(selectors: Sequence[Any], kind: str, form: type[_T]) -> _T | None:
    return next((msgspec.convert(one, form) for one in selectors if is_a(one, kind)), None)


def _no_selector(selectors: Sequence[Any]) -> str:
    types = ", ".join(str(one.get("type")) for one in selectors if isinstance(one, dict))
    return (
        "no selector that gives words or a position in a text, and is not refined by "
        f"another: {types or 'none'}"
    )


# --- what it is called


def source_of(article: Article) -> str:
    """The IRI that stands for an article: its address, or one made from its id."""
    return iri(article.url) or URN + article.id


def iri(url: str) -> str:
    """`url`, percent-encoded where a URI demands it (RFC 3986, 2); "" for one without a scheme."""
    encoded = percent_encoded(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", url), safe="%:/?#@!$&'()*+,;=")
    return encoded if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:.", encoded) else ""


def identity(name: str) -> str:
    """The id for an annotation that another program calls `name`: its UUID, or one made from it.

    Returns:
        32 hexadecimal digits, for the same name always the same.
    """
    try:
        return UUID(name).hex
    except ValueError:
        return uuid5(NAMESPACE_URL, name).hex


def name_of(item: Any) -> str:
    """What an annotation in a file is called: its `id`, else all that stands in it."""
    return item.get("id") or msgspec.json.encode(item, order="sorted").decode()


# --- values of JSON-LD


def is_a(item: Any, kind: str) -> bool:
    """Whether an item of a file is an object with `kind` as a `type` of it."""
    return isinstance(item, dict) and kind in values(item.get("type"))


def values(value: Any) -> list[Any]:
    """The values of a property that may have none, one or several."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]
