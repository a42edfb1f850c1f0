"""The analysis as spaCy components, for anybody's pipeline.

Each adds its part to `doc._.pullquote`, a `Findings`. They stand behind a parser and entities
(furniture, attributions and quotes need neither) in the order of `STAGES`, and take the doc as one
text; spans are character offsets into `doc.text`. Registered as entry points, so that
`nlp.add_pipe("pullquote_attributions")` works without an import.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from pullquote.analysis import VERSION
from pullquote.analysis.actors import draft_actors
from pullquote.analysis.attributions import find_attributions
from pullquote.analysis.claims import find_claims
from pullquote.analysis.furniture import find_furniture
from pullquote.analysis.parsed import Paragraph, Parsed
from pullquote.analysis.quotes import find_quotes
from pullquote.analysis.speakers import assign_speakers
from pullquote.analysis.stances import with_stances
from pullquote.analysis.warnings import find_warnings
from pullquote.findings import Findings
from pullquote.text import paragraphs

STAGES = tuple(
    f"pullquote_{part}"
    for part in ("furniture", "attributions", "actors", "quotes", "claims", "warnings")
)

if not Doc.has_extension("pullquote"):
    Doc.set_extension("pullquote", default=Findings(analyser=f"pullquote/{VERSION}"))


def _parsed(doc: Any) -> Parsed:
    return Parsed(doc.text, [Paragraph(0, doc)], doc._.pullquote.furniture)


def _furniture(doc: Any, found: Findings) -> dict[str, Any]:
    return {"furniture": find_furniture(doc.text, paragraphs(doc.text))}


def _attributions(doc: Any, found: Findings) -> dict[str, Any]:
    return {
        "attributions": tuple(find_attributions(doc.text, paragraphs(doc.text), found.furniture))
    }


def _actors(doc: Any, found: Findings) -> dict[str, Any]:
    parsed = _parsed(doc)
    actors, spoken = assign_speakers(
        parsed, draft_actors(parsed), with_stances(parsed, list(found.attributions))
    )
    return {"actors": tuple(actors), "attributions": tuple(spoken)}


def _quotes(doc: Any, found: Findings) -> dict[str, Any]:
    return {"quotes": tuple(find_quotes(doc.text, paragraphs(doc.text), list(found.attributions)))}


def _claims(doc: Any, found: Findings) -> dict[str, Any]:
    return {
        "claims": tuple(find_claims(_parsed(doc), list(found.actors), list(found.attributions)))
    }


def _warnings(doc: Any, found: Findings) -> dict[str, Any]:
    return {
        "warnings": tuple(find_warnings(_parsed(doc), list(found.actors), list(found.attributions)))
    }


class Stage:
    """One part of the analysis as a component."""

    def __init__(self, find: Callable[[Any, Findings], dict[str, Any]]) -> None:
        self._find = find

    def __call__(self, doc: Any) -> Any:
        """`doc` with this stage's findings added to `doc._.pullquote`."""
        doc._.pullquote = msgspec.structs.replace(
            doc._.pullquote, **self._find(doc, doc._.pullquote)
        )
        return doc


@Language.factory(STAGES[0])
def furniture(nlp: Language, name: str) -> Stage:
    """What is no part of the article: links, credits, datelines."""
    return Stage(_furniture)


@Language.factory(STAGES[1])
def attributions(nlp: Language, name: str) -> Stage:
    """Who is said to have said what: source, cue, content."""
    return Stage(_attributions)


@Language.factory(STAGES[2], requires=["token.dep", "doc.ents"])
def actors(nlp: Language, name: str) -> Stage:
    """Actors with their mentions, and the attributions' speakers."""
    return Stage(_actors)


@Language.factory(STAGES[3])
def quotes(nlp: Language, name: str) -> Stage:
    """The attributions in quotation marks."""
    return Stage(_quotes)


@Language.factory(STAGES[4], requires=["token.dep"])
def claims(nlp: Language, name: str) -> Stage:
    """What is passed on, how sourced and how firmly."""
    return Stage(_claims)


@Language.factory(STAGES[5], requires=["token.dep"])
def warnings(nlp: Language, name: str) -> Stage:
    """Who warns whom, of what, if what."""
    return Stage(_warnings)
