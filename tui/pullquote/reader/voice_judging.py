"""Verdicts on claims of other articles, given on the page of a voice."""

from pullquote.findings import Claim
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate
from pullquote.notes.reading import Reading
from pullquote.notes.sayings import Saying
from pullquote.reader.marking import change, replaced


def verdict_on(library: Library, one: Saying, analyser: str) -> str | None:
    """The verdict on the claim in what is said, "" for none yet; None where there is no claim."""
    found = _claim(library, one, analyser)
    if found is None:
        return None
    reading, claim = found
    before = reading.verdict(claim)
    return before.verdict if before else ""


def judge(one: Saying, verdict: str, analyser: str, library: Library) -> str:
    """Give the claim in what is said a verdict, or take it away; what was done, in words."""
    found = _claim(library, one, analyser)
    if found is None:
        return "no claim in this row"
    reading, claim = found
    before = reading.verdict(claim)
    span = claim.content[0][0], claim.content[-1][1]
    note = before or annotate(reading.article.text, span)
    library.notes.act(reading.article.id, [change(before, replaced(note, verdict=verdict))])
    return f"verdict {verdict}" if verdict else "verdict off"


def _claim(library: Library, one: Saying, analyser: str) -> tuple[Reading, Claim] | None:
    """The claim that is said, or the first that lies in it."""
    reading = library.reading(one.article, analyser)
    if reading is None or reading.findings is None:
        return None
    claims = reading.findings.claims
    own = [claim for claim in claims if claim.id == one.finding]
    inside = [
        claim
        for claim in claims
        if one.start <= claim.content[0][0] and claim.content[-1][1] <= one.end
    ]
    found = next(iter((*own, *inside)), None)
    return (reading, found) if found else None
