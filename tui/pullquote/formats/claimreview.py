"""schema.org's ClaimReview: verdicts on claims, in the form that fact-checkers exchange.

It is an exchange file, not a way into search results: what is written here is a draft without an
address of its own, and whoever publishes it adds `url`. Properties: https://schema.org/ClaimReview,
https://schema.org/Claim.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from pullquote.article import Article
from pullquote.findings import ActorKind, Claim, Sourcing
from pullquote.formats.bylines import authors
from pullquote.formats.files import listed
from pullquote.formats.form import Format, Purpose
from pullquote.formats.said import assessed
from pullquote.notes.annotations import Annotation
from pullquote.notes.evidence import Evidence
from pullquote.notes.evidence_lines import standing_line
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import joined, one_line

_CHECKABLE = (Sourcing.NAMED, Sourcing.INSTITUTION)
TYPES = {
    ActorKind.PERSON: "Person",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.GOVERNMENT: "GovernmentOrganization",
}
Thing = dict[str, Any]


def claimreview(readings: Iterable[Reading], settings: Settings) -> Iterator[str]:
    """A JSON-LD list of ClaimReviews, one a verdict; it may stand inside a `<script>` as it is."""
    reviews = (
        review(reading, claim, note, settings)
        for reading in readings
        for claim, note in assessed(reading)
    )
    for piece in listed(filter(None, reviews)):
        yield piece.replace("<", "\\u003c")
    yield "\n"


def review(reading: Reading, claim: Claim | None, note: Annotation, settings: Settings) -> Thing:
    """A verdict as a ClaimReview; empty where there is none, or nothing that it is on."""
    if not (note.verdict and _words(reading, claim, note)):
        return {}
    article = reading.article
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "creativeWorkStatus": "Draft",
            "author": thing("Person", name=settings.reader, url=settings.reader_url),
            "datePublished": note.modified,
            "claimReviewed": _words(reading, claim, note),
            "reviewRating": _rating(note, settings),
            "itemReviewed": thing(
                "Claim",
                author=source(reading, claim),
                datePublished=article.published,
                appearance=appearance(article),
            ),
            "citation": [_evidence(one) for one in note.evidence],
        }
    )


def _words(reading: Reading, claim: Claim | None, note: Annotation) -> str:
    claimed = joined(reading.article.text, claim.content).strip() if claim else ""
    return claimed or one_line(note.target.exact)


def _rating(note: Annotation, settings: Settings) -> Thing:
    """The verdict in words; with a number where it lies on the reader's scale, best highest."""
    rating = thing("Rating", alternateName=note.verdict, ratingExplanation=note.comment)
    if note.verdict in settings.verdicts:
        best = len(settings.verdicts)
        value = best - settings.verdicts.index(note.verdict)
        rating |= {"ratingValue": value, "bestRating": best, "worstRating": 1}
    return rating


def source(reading: Reading, claim: Claim | None) -> Thing:
    """Who made the claim, where it can be checked who that is."""
    if claim is None or reading.findings is None or claim.sourcing not in _CHECKABLE:
        return {}
    actor = reading.findings.actor(claim.speaker)
    if actor is None or actor.kind not in TYPES:
        return {}
    role = actor.role if actor.kind is ActorKind.PERSON else None
    return thing(TYPES[actor.kind], name=actor.name, jobTitle=role)


def appearance(article: Article) -> Thing:
    """The article as where the claim was met; a byline that is no list of people stays text."""
    names = authors(article.byline, article.language, article.site)
    people = [thing("Person", name=f"{one.given} {one.family}") for one in names if one.family]
    sure = len(people) == len(names)
    return thing(
        "CreativeWork",
        url=article.url,
        headline=article.title,
        author=people if sure else [],
        creditText="" if sure else article.byline,
        datePublished=article.published,
        publisher=thing("Organization", name=article.site),
    )


def _evidence(evidence: Evidence) -> Thing:
    """A source with what it says; of what was fetched of it, when, its hash, how it stood there."""
    check = evidence.check
    copy = thing(
        "MediaObject",
        dateCreated=check.at if check else "",
        contentUrl=(check.url or evidence.url) if check else "",
        sha256=check.sha256 if check else "",
    )
    source = thing(
        "CreativeWork",
        url=evidence.url,
        name=evidence.title,
        text=evidence.quote,
        encoding=copy,
    )
    return source | {"description": standing_line(evidence)} if source and check else source


def thing(kind: str, **properties: Any) -> Thing:
    """An object of a schema.org type with what is known of it; empty where nothing is."""
    known = _filled(properties)
    return {"@type": kind, **known} if known else {}


def _filled(properties: Thing) -> Thing:
    return {name: value for name, value in properties.items() if value}


FORMAT = Format(
    name="claimreview",
    suffix=".claimreview.jsonld",
    carries="verdicts (schema.org)",
    description="your verdicts as schema.org ClaimReview",
    purpose=Purpose.CHECKING,
    write=claimreview,
    whole=True,
)
