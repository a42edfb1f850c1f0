"""Whom "I", "we" and "you" in somebody's words stand for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import ADDRESSEES
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.mentions import Index
from pullquote.analysis.parsed import Parsed
from pullquote.findings import ActorKind, Attribution

if TYPE_CHECKING:
    from pullquote.analysis.drafts import Draft

_ONE_PERSON = (ActorKind.PERSON, ActorKind.UNNAMED)


@cache
def persons() -> dict[str, str]:
    """Each pronoun of the first and the second person with the one of it that names its list."""
    pronouns = lexicon("mentions")["pronouns"]
    return {word: person for person in ("i", "we", "you") for word in pronouns[person]}


def in_speech(
    word: str, parsed: Parsed, index: Index, said: Attribution, speaker: Draft | None
) -> Draft | None:
    """Whom a first or second person in the words of `speaker` stands for, if that can be told.

    "I" is who says them, "we" too if that is no person; "you" is whom they are said to.
    """
    person = persons()[word]
    if person == "you":
        return _addressee(parsed, index, said)
    if person == "we" and speaker is not None and speaker.kind in _ONE_PERSON:
        return _spoken_for(index, speaker)
    return speaker


def _spoken_for(index: Index, speaker: Draft) -> Draft | None:
    """The body that somebody speaks for, whose words "we" and "our" are.

    "We are late," said a spokesman for Acme; of a ministry or a seat of government it is the
    country. Near miss: a lawyer of Acme speaks for nobody else.
    """
    role = (speaker.role or speaker.name).lower()
    speaks = any(word in role for word in lexicon("people")["speaks for"])
    body = index.worded(speaker.affiliation) if speaks and speaker.affiliation else None
    ministries = lexicon("apart")["kinds"]["ministry"]
    country = index.worded(body.affiliation) if body is not None and body.affiliation else None
    is_of_a_country = body is not None and body.name.split()[-1].lower() in ministries
    return country or (None if is_of_a_country else body)


def _addressee(parsed: Parsed, index: Index, said: Attribution) -> Draft | None:
    """Whom the cue of an attribution names as the one who was told or asked."""
    cue = parsed.tokens_of(said.cue)
    paragraph = parsed.paragraph(said.cue[0][0]) if cue else None
    if paragraph is None:
        return None
    told = (child for verb in cue for child in verb.children if child.dep_ in ADDRESSEES)
    drafts = (index.at(paragraph.span_of([child])) for child in told)
    return next((draft for draft in drafts if draft is not None), None)
