"""What the article passes on without vouching for it: reported claims, and hedged ones.

Where a source is named for what a hedge stands in ("allegedly …, the affidavit said"), the claim is
the source's. Offsets are half-open, in code points.
"""

from msgspec.structs import replace

from pullquote.analysis.accused import accused
from pullquote.analysis.hedges import hedged_claims
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.passed import Passed
from pullquote.analysis.places import Places
from pullquote.analysis.reported import reported_claims
from pullquote.analysis.warnings.issuers import Issuers
from pullquote.findings import Actor, Attribution, AttributionKind, Claim, numbered
from pullquote.text import Spans, overlap


def find_claims(
    parsed: Parsed, actors: list[Actor], attributions: list[Attribution]
) -> list[Claim]:
    """The claims of an article, in text order."""
    sourced = {one.id for one in attributions if one.source}
    reported = list(reported_claims(parsed, actors, attributions))
    named = Places(
        (span, None) for one in reported if one.attribution in sourced for span in one.content
    )
    known = Issuers(actors)
    hedged = [
        replace(one, against=accused(_hedged(parsed, one), known))
        for one in hedged_claims(parsed)
        if not _is_covered(one.content, named)
    ]
    places = Places((span, None) for one in hedged for span in (*one.content, *one.hedges))
    cues = {one.id: one.cue for one in attributions}
    kept = (
        one
        for one in reported
        if one.attribution in sourced or not any(map(places.over, cues[one.attribution or ""]))
    )
    return numbered([*hedged, *kept])


def _hedged(parsed: Parsed, one: Claim) -> Passed:
    """A hedged claim as if its hedge were the cue of an attribution without a source."""
    kind = AttributionKind.INDIRECT
    return Passed(
        parsed, Attribution(id="", source=(), cue=one.hedges, content=one.content, kind=kind)
    )


def _is_covered(content: Spans, places: Places[None]) -> bool:
    """Whether half of a content lies on other claims."""
    words = sum(end - start for start, end in content)
    shared = sum(
        min(end, span[1]) - max(start, span[0])
        for start, end in content
        for span, _ in places.over((start, end))
        if overlap(span, (start, end))
    )
    return 2 * shared >= words
