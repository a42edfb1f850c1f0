"""Evidence in words: what it is, what it says, and how that stood there when it was checked."""

from collections.abc import Callable

from pullquote.notes.annotations import local_day
from pullquote.notes.changes import Piece, by_words, in_marks
from pullquote.notes.evidence import UNCHECKED, Check, Evidence, Standing
from pullquote.text import one_line

Shown = Callable[[str], str]
_DIGITS = 64  # of SHA-256


def evidence_line(evidence: Evidence, link: str = "", shown: Shown = one_line) -> str:
    """Evidence on one line: what it is and says, and how it was checked, with date and hash.

    Args:
        evidence: What is told.
        link: In the place of its title and address.
        shown: Makes words from outside fit to stand in the line.
    """
    return f"{said_in(evidence, link, shown)} · {standing_line(evidence, shown)}"


def said_in(evidence: Evidence, link: str = "", shown: Shown = one_line) -> str:
    """Its title and address, or `link` for the two, and what it says."""
    quote = f"“{shown(evidence.quote)}”" if evidence.quote else ""
    article = f"(article {evidence.article[:8]})" if evidence.article else ""
    source = (
        (f"{link}:" if quote else link,)
        if link
        else (shown(evidence.title), shown(evidence.url), article)
    )
    return " ".join(filter(None, (*source, quote)))


def changed_words(one: Evidence) -> tuple[Piece, ...]:
    """What became of the quotation where it stands there changed, piece by piece; else nothing."""
    check = one.check
    if check is None or check.standing is not Standing.CHANGED:
        return ()
    return by_words(one_line(one.quote), check.words, lambda word: word.strip().casefold())


def standing_line(evidence: Evidence, shown: Shown = one_line, digits: int = _DIGITS) -> str:
    """How it stands: “stands there, 2026-11-27 (SHA-256 …)”; `digits` of each hash."""
    check, stood, problem = evidence.check, evidence.stood, shown(evidence.problem)
    if check is None:
        return f"{UNCHECKED}: {problem}" if problem else UNCHECKED
    there = shown(in_marks(changed_words(evidence)))
    parts = [
        f"{check.standing.words}{f': {there}' if there else ''}, {when(check, digits)}",
        f"{stood.standing.past}, {when(stood, digits)}" if stood else "",
        f"asked again in vain: {problem}" if problem else "",
    ]
    return "; ".join(filter(None, parts))


def when(check: Check, digits: int = _DIGITS) -> str:
    """The day of a check, the last on which it was still so, and the hash of what was checked."""
    first, last = local_day(check.at), local_day(check.last)
    so = "there" if check.standing is Standing.KEPT else "so"  # its bytes may be others since
    still = f", still {so} {last}" if last > first else ""
    return f"{first}{still} (SHA-256 {check.sha256[:digits]}{'…' if digits < _DIGITS else ''})"
