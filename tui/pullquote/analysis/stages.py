"""The stages of the analysis, in their order: what each needs, what it gives, and what finds it.

`analyse()` and the spaCy components both run this table over a `Material`, so that they cannot
differ in anything but where the parse comes from. A new kind of finding is a row more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import msgspec

from pullquote.analysis.actors import draft_actors
from pullquote.analysis.attributions import attributions_of, in_order
from pullquote.analysis.cited import with_cited
from pullquote.analysis.claims import find_claims
from pullquote.analysis.coreference.join import join
from pullquote.analysis.furniture import find_furniture
from pullquote.analysis.heard import with_tellers
from pullquote.analysis.nested import with_nested
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.predicted import Predicted
from pullquote.analysis.quotations import read_quotations
from pullquote.analysis.quotes import find_quotes
from pullquote.analysis.replies import find_replies
from pullquote.analysis.speakers import assign_speakers
from pullquote.analysis.stances import with_stances
from pullquote.analysis.warnings import find_warnings
from pullquote.findings import Findings
from pullquote.text import Spans

Found = dict[str, Any]  # fields of `Findings`


@dataclass(frozen=True, slots=True)
class Material:
    """What the stages work on.

    What the model says and the parse are had when a stage asks for them: they cost a model each,
    and not every pipeline has both.
    """

    text: str
    paragraphs: Spans  # all of them
    prose: Spans  # those that findings may lie in; no furniture
    predicted: Callable[[], Predicted]
    parsed: Callable[[], Parsed]


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of the analysis."""

    name: str
    find: Callable[[Material, Findings], Found]
    needs: tuple[str, ...] = ()  # stages that must have run before
    parse: bool = False  # whether it needs the parse

    def added(self, material: Material, found: Findings) -> Findings:
        """The findings with those of this stage."""
        return msgspec.structs.replace(found, **self.find(material, found))


def _furniture(material: Material, found: Findings) -> Found:
    return {"furniture": find_furniture(material.text, material.paragraphs)}


def _attributions(material: Material, found: Findings) -> Found:
    links = material.predicted().links
    return {"attributions": tuple(attributions_of(material.text, material.prose, links))}


def _actors(material: Material, found: Findings) -> Found:
    parsed = material.parsed()
    quoted = read_quotations(material.text, material.prose)
    marked = with_nested(material.text, chain.from_iterable(quoted))
    cited = with_cited(parsed, marked, found.attributions)
    attributions = with_tellers(parsed, with_stances(parsed, in_order(cited)))
    drafts = draft_actors(parsed)
    predicted = material.predicted()
    if predicted.heads:
        drafts = join(parsed, drafts, predicted.clusters, predicted.whole.likely)
    actors, spoken = assign_speakers(parsed, drafts, attributions)
    return {"actors": tuple(actors), "attributions": tuple(spoken)}


def _quotes(material: Material, found: Findings) -> Found:
    attributions = list(found.attributions)
    return {"quotes": tuple(find_quotes(material.text, material.paragraphs, attributions))}


def _claims(material: Material, found: Findings) -> Found:
    actors, attributions = list(found.actors), list(found.attributions)
    return {"claims": tuple(find_claims(material.parsed(), actors, attributions))}


def _warnings(material: Material, found: Findings) -> Found:
    actors, attributions = list(found.actors), list(found.attributions)
    return {"warnings": tuple(find_warnings(material.parsed(), actors, attributions))}


def _replies(material: Material, found: Findings) -> Found:
    ones = find_replies(material.parsed(), list(found.actors), list(found.quotes))
    return {"replies": tuple(ones)}


STAGES = (
    Stage("furniture", _furniture),
    Stage("attributions", _attributions),
    Stage("actors", _actors, needs=("attributions",), parse=True),
    Stage("quotes", _quotes, needs=("attributions",)),
    Stage("claims", _claims, needs=("attributions", "actors"), parse=True),
    Stage("warnings", _warnings, needs=("attributions", "actors"), parse=True),
    Stage("replies", _replies, needs=("actors", "quotes"), parse=True),
)
NAMES = tuple(stage.name for stage in STAGES)


def run(material: Material, found: Findings, first: str) -> Findings:
    """The findings with those of some stages.

    Args:
        material: The text, and how its links and its parse are had.
        found: What the stages before `first` have found.
        first: The name of the first stage to run; all behind it run, too.

    Raises:
        ValueError: No stage is named so.
    """
    for stage in STAGES[NAMES.index(first) :]:
        found = stage.added(material, found)
    return found
