"""Annotations that come in from a file: what is read, and the door that all of it passes.

Whatever the format, what another program wrote is vetted here alone: cleaned as articles are,
normalised, or refused with the reason, one item at a time. What is then found its place in an
article (`pullquote.library.importing`) can be shown and exported.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from pullquote.errors import PullquoteError
from pullquote.notes.annotations import Annotation, Correction, Edit, Evidence, Target, on_targets
from pullquote.text import clean, one_line

NOWHERE = -1  # the start and end of a target for which the file gives no position
# every JSON reader holds whole numbers up to here exactly (RFC 8259, 6)
MAX_SAFE_INTEGER = 2**53 - 1


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a file: an annotation with what is known of its article, or why there is none."""

    annotation: Annotation | None = None
    refused: str = ""  # one line: what is wrong with the item
    article: str = ""  # the article's id in the library that wrote the file, where it says
    url: str = ""
    title: str = ""


class NotThisFormat(PullquoteError):
    """A file that is not of the format at all; the message is one line that says what is wrong."""


class Refused(PullquoteError):
    """An item that gives no annotation; the message says what is wrong with it."""


def decoded(text: str) -> Any:
    """The JSON value in `text`, which may begin with a byte order mark.

    Raises:
        NotThisFormat: It is no JSON.
    """
    try:
        return msgspec.json.decode(text.removeprefix("\N{BYTE ORDER MARK}"))
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        raise NotThisFormat(f"not JSON: {one_line(str(error))}") from error


def read_each(items: Sequence[Any], read: Callable[[Any], list[Incoming]]) -> list[Incoming]:
    """What `read` makes of each of `items`, in their order.

    Args:
        items: As decoded from JSON; nothing is known of any.
        read: One item's annotations. What it raises of `Refused` and `msgspec.ValidationError`
            becomes a refusal, which names the item and what is wrong with it.
    """
    found: list[Incoming] = []
    for number, item in enumerate(items, 1):
        try:
            found += read(item)
        except (Refused, msgspec.ValidationError, RecursionError) as error:
            name = item.get("id") if isinstance(item, dict) else None
            named = f" ({name[:80]})" if isinstance(name, str) and name else ""
            found.append(Incoming(refused=one_line(f"annotation {number}{named}: {error}")[:400]))
    return found


# --- the door


def vetted(note: Annotation) -> Annotation:
    """`note` from a file, fit for use: words cleaned, dates in our form, no impossible place.

    Returns:
        The note with times in ISO 8601, UTC, and each target where it says, or `NOWHERE`.

    Raises:
        Refused: A highlight of no kind, a date that is none, or a correction of nothing.
    """
    if not 0 <= note.highlight <= 5:
        raise Refused(f"its highlight is {note.highlight}, not a kind from 1 to 5, or 0 for none")
    cleaned = msgspec.structs.replace(
        note,
        comment=clean(note.comment),
        tags=_tags(note.tags),
        created=_moment(note.created),
        modified=_moment(note.modified),
        verdict=one_line(note.verdict),
        evidence=tuple(filter(None, map(_evidence, note.evidence))),
        correction=_correction(note.correction) if note.correction else None,
        origin=one_line(note.origin),
    )
    return placeless(on_targets(cleaned, _target))


def admitted(note: Annotation, article: str, url: str, title: str) -> Incoming:
    """`note` from a file, vetted, with what the file says of its article, each on one line.

    Args:
        note: As it stands in the file.
        article: The article's id there; "" where the file has none.
        url: Its address.
        title: Its title.

    Raises:
        Refused: See `vetted`.
    """
    return Incoming(
        annotation=vetted(note),
        article=one_line(article),
        url=one_line(url),
        title=one_line(title),
    )


def placeless(note: Annotation) -> Annotation:
    """`note`, with targets at `NOWHERE` for an orphan, whose offsets are of another text."""
    if not note.is_orphan:
        return note
    return on_targets(note, lambda one: msgspec.structs.replace(one, start=NOWHERE, end=NOWHERE))


def _target(target: Target) -> Target:
    start, end = (
        target.span if 0 <= target.start < target.end <= MAX_SAFE_INTEGER else (NOWHERE, NOWHERE)
    )
    return Target(start, end, clean(target.exact), clean(target.prefix), clean(target.suffix))


def _tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Each tag once, as one word without the “#” that others write before it."""
    return tuple(
        dict.fromkeys(filter(None, ("-".join(clean(tag).split()).lstrip("#") for tag in tags)))
    )


def _evidence(evidence: Evidence) -> Evidence | None:
    """Evidence with a web address, or with what stood there as its title; None for neither."""
    url, title, quote = clean(evidence.url), clean(evidence.title), clean(evidence.quote)
    if not re.match("https?://", url, re.I):
        url, title = "", title or url
    return Evidence(url=url, title=title, quote=quote) if url or title or quote else None


def _correction(correction: Correction) -> Correction:
    if not correction.of or (correction.edit is Edit.SPLIT and not correction.to):
        raise Refused("its correction is of nothing")
    return msgspec.structs.replace(
        correction, analyser=one_line(correction.analyser), value=one_line(correction.value)
    )


def _moment(text: str) -> str:
    """An ISO 8601 moment as annotations have it: UTC where no zone is named, in milliseconds."""
    if not text:
        return ""
    try:
        when = datetime.fromisoformat(text)
        return (
            (when if when.tzinfo else when.replace(tzinfo=UTC))
            .astimezone(UTC)
            .isoformat(timespec="milliseconds")
        )
    except (ValueError, OverflowError) as error:
        raise Refused(f"no date and time: {text[:40]}") from error
