"""What a web page says of itself to programs: its findings as JSON-LD, in schema.org's words.

Quotations and claims have the names of their entries in the page, so that what is read can be
pointed at; a verdict is a ClaimReview of its claim, as the format of that name has it. Of who
speaks it says only what can be looked up: a name that the article gives.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from pullquote.findings import Claim, FindingKind, Findings, Statement, statements
from pullquote.formats.claimreview import TYPES, Thing, appearance, review, source, thing
from pullquote.formats.said import assessed
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import joined

if TYPE_CHECKING:
    from markupsafe import Markup

_ARTICLE = "#text"  # the name of the article's text in the page


def linked_data(reading: Reading, language: str, settings: Settings) -> "Markup":
    """The findings as JSON that may stand in a `<script>` as it is: no "<" is in it."""
    from markupsafe import Markup

    graph = [_article(reading, language), *_quotations(reading), *_claims(reading, settings)]
    whole = {"@context": "https://schema.org", "@graph": graph}
    return Markup(msgspec.json.encode(whole).decode().replace("<", "\\u003c"))


def _article(reading: Reading, language: str) -> Thing:
    about = {**appearance(reading.article), "@type": "NewsArticle", "@id": _ARTICLE}
    return about | ({"inLanguage": language} if language else {})


def _quotations(reading: Reading) -> Iterator[Thing]:
    for number, one in _numbered(reading, FindingKind.QUOTE):
        if text := joined(reading.article.text, one.spans).strip():
            yield thing(
                "Quotation",
                text=text,
                spokenByCharacter=_speaker(reading.findings, one),
                isPartOf={"@id": _ARTICLE},
            ) | {"@id": f"#quote-{number}"}


def _claims(reading: Reading, settings: Settings) -> Iterator[Thing]:
    """The claims, and the verdicts, each with its claim."""
    names = dict[int, str]()
    for number, one in _numbered(reading, FindingKind.CLAIM):
        names[id(one)] = f"#claim-{number}"
        if isinstance(one, Claim) and (text := joined(reading.article.text, one.content).strip()):
            yield thing(
                "Claim", text=text, author=source(reading, one), appearance={"@id": _ARTICLE}
            ) | {"@id": names[id(one)]}
    for claim, note in assessed(reading):
        if made := review(reading, claim, note, settings):
            if id(claim) in names:
                made["itemReviewed"] = {"@type": "Claim", "@id": names[id(claim)]}
            del made["@context"]
            yield made


def _numbered(reading: Reading, kind: FindingKind) -> Iterator[tuple[int, Statement]]:
    """The findings of a kind as the page counts them."""
    yield from enumerate(statements(reading.findings or Findings(analyser=""), kind), 1)


def _speaker(found: Findings | None, one: Statement) -> Thing:
    actor = found.actor(one.speaker) if found else None
    if actor is None or actor.kind not in TYPES:
        return {}
    return thing(TYPES[actor.kind], name=actor.name)
