"""Annotations that come in from a file: what is read, and the door that all of it passes.

Whatever the format, what another program wrote is vetted here alone: cleaned as articles are,
normalised, or refused with the reason, one item at a time. What is then found its place in an
article (`pullquote.library.importing`) can be shown and exported.
"""

import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec

from pullquote.errors import PullquoteError
from pullquote.notes.annotations import CONTEXT, Annotation, Correction, Edit, Target, on_targets
from pullquote.notes.evidence import Check, Evidence
from pullquote.text import clean, is_on_the_web, one_line

_ARTICLE, _SHA256 = re.compile("[0-9a-f]{16}"), re.compile("[0-9a-f]{64}")
NOWHERE = -1  # the start and end of a target for which the file gives no position
# every JSON reader holds whole numbers up to here exactly (RFC 8259, 6)
MAX_SAFE_INTEGER = 2**53 - 1


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a file: an annotation with what is known of its article, or why there is none."""

    annotation: Annotation | None = None
    refused: str = ""  # one line: what is wrong with the item
    skipped: str = ""  # what it is, where it is left out on purpose: "bookmark"
    article: str = ""  # the article's id in the library that wrote the file, where it says
    url: str = ""
    title: str = ""
    whole: bool = False  # it is on the article as a whole, not on words of it


class NotThisFormat(PullquoteError):
    """A file that is not of the format at all; the message is one line that says what is wrong."""


class Refused(PullquoteError):
    """An item that gives no annotation; the message says what is wrong with it."""


def decoded(text: str) -> Any:
    """The JSON value in `text`, which may begin with a byte order mark; JSON Lines are a list.

    Half a character (a lone surrogate) is no reason to refuse the rest: `read_each` refuses the
    item that it is in. A line of JSON Lines that cannot be read stands in the list as None.

    Raises:
        NotThisFormat: It is no JSON.
    """
    text = text.removeprefix("\N{BYTE ORDER MARK}")
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        for read in (_leniently, _by_lines):
            with suppress(ValueError, RecursionError):
                return read(text)
        raise NotThisFormat(f"not JSON: {one_line(str(error))}") from error


def _leniently(text: str) -> Any:
    """The JSON value in `text`, with lone surrogates in it. Raises `ValueError`."""
    return json.loads(text, parse_constant=_no_constant)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _by_lines(text: str) -> list[Any]:
    """The values of JSON Lines. Raises `ValueError` where the first line is not an object."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not isinstance(_leniently(lines[0] if lines else ""), dict):
        raise ValueError("no JSON Lines")
    found = list[Any]()
    for line in lines:
        try:
            found.append(_leniently(line))
        except (ValueError, RecursionError):
            found.append(None)
    return found


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
            _check_characters(item)
            found += read(item)
        except (Refused, msgspec.ValidationError, RecursionError) as error:
            name = item.get("id") if isinstance(item, dict) else None
            named = f" ({name[:80]})" if isinstance(name, str) and name else ""
            found.append(Incoming(refused=one_line(f"annotation {number}{named}: {error}")[:400]))
    return found


def _check_characters(item: Any) -> None:
    try:
        msgspec.json.encode(item)
    except UnicodeEncodeError as error:
        raise Refused("half a character in it (a lone surrogate); export it again") from error


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


def admitted(note: Annotation, article: str, url: str, title: str, whole: bool = False) -> Incoming:
    """`note` from a file, vetted, with what the file says of its article, each on one line.

    Args:
        note: As it stands in the file.
        article: The article's id there; "" where the file has none.
        url: Its address.
        title: Its title.
        whole: Whether it is on the article as a whole; then it has no words to lie on.

    Raises:
        Refused: See `vetted`.
    """
    return Incoming(
        annotation=vetted(note),
        article=one_line(article),
        url=one_line(url),
        title=one_line(title),
        whole=whole,
    )


def on_words(
    words: str, prefix: str = "", suffix: str = "", *, source: str, **bodies: Any
) -> Annotation:
    """A note on words that a program quotes without a place.

    Args:
        words: "" for a note on the whole article.
        prefix: What stands before the words.
        suffix: And after them.
        source: What tells this note from all others in files of its form: its id follows from it,
            so that the same file never brings it twice.
        bodies: Fields of `Annotation`. A note without any of them is a highlight.
    """
    note = Annotation(
        id=uuid5(NAMESPACE_URL, source.encode("utf-8", "replace").decode()).hex,
        target=Target(NOWHERE, NOWHERE, words, prefix[-CONTEXT:], suffix[:CONTEXT]),
        **bodies,
    )
    return msgspec.structs.replace(note, highlight=1) if note.is_bare else note


def local_moment(text: str) -> str:
    """A date and time without a zone, by this machine's clock, in ISO 8601; "" for none."""
    try:
        return datetime.fromisoformat(text).astimezone().isoformat()
    except (ValueError, OverflowError):
        return ""


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
    """Each tag once, on one line, without the “#” that others write before it."""
    return tuple(dict.fromkeys(filter(None, (one_line(tag).lstrip("# ") for tag in tags))))


def _evidence(evidence: Evidence) -> Evidence | None:
    """Evidence with a web address, or with what stood there as its title; None for neither."""
    url, title, quote = clean(evidence.url), clean(evidence.title), clean(evidence.quote)
    if not is_on_the_web(url):
        url, title = "", title or url
    if not (url or title or quote):
        return None
    return Evidence(
        url=url,
        title=title,
        quote=quote,
        article=evidence.article if _ARTICLE.fullmatch(evidence.article) else "",
        checks=tuple(map(_check, evidence.checks)),
        problem=one_line(evidence.problem),
    )


def _check(check: Check) -> Check:
    if not _SHA256.fullmatch(check.sha256) or not check.at:
        raise Refused("what was found in its evidence is without a date and a SHA-256")
    return msgspec.structs.replace(
        check,
        at=_to_the_second(check.at),
        until=_to_the_second(check.until),
        url=one_line(check.url) if is_on_the_web(check.url) else "",
        words=one_line(check.words),
    )


def _to_the_second(text: str) -> str:
    """A moment as checks have it."""
    return datetime.fromisoformat(_moment(text)).isoformat(timespec="seconds") if text else ""


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
