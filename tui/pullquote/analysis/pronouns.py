"""Which actor "he", "she", "they", "his", "her" and "their" stand for.

By gender, number and prominence: of the fitting actors named in the sentence and the few before it,
the nearest sentence wins, and in it the subject before the others (after Lappin and Leass 1994).
"They" stands for a group or an organisation before it stands for a person. A pronoun that is
resolved gives its gender to a person whose own is not known.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from pullquote.analysis.drafts import Draft
from pullquote.analysis.en.labels import SUBJECTS
from pullquote.analysis.parsed import Parsed
from pullquote.findings import ActorKind
from pullquote.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_GENDER = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
_GENDER |= dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "p")
_REACH = 5  # sentences back


def resolve_pronouns(parsed: Parsed, people: list[Draft], others: list[Draft]) -> None:
    """Add the third person pronouns to the mentions of the actors that they stand for."""
    named: dict[int, tuple[Draft, Span]] = {}
    for draft in (*others, *people):
        for span in draft.mentions:
            named[span[0]] = (draft, span)
    recent: deque[list[tuple[Draft, bool]]] = deque(maxlen=_REACH)
    for paragraph, sentence in parsed.sentences():
        here: list[tuple[Draft, bool]] = []
        recent.appendleft(here)
        for token in sentence:
            offset = paragraph.start + token.idx
            gender = _GENDER.get(token.lower_)
            if gender is None and offset in named:
                draft, span = named[offset]
                head = parsed.head(span)
                here.append((draft, head is not None and _is_subject(head)))
            elif gender is not None:
                found = _antecedent(recent, gender, nearest="sel" in token.lower_)
                if found is not None:
                    if gender != "p":
                        found.gender = found.gender or gender
                    found.mention(parsed.text, (offset, offset + len(token.text)))
                    here.append((found, _is_subject(token)))


def _antecedent(
    recent: deque[list[tuple[Draft, bool]]], gender: str, nearest: bool
) -> Draft | None:
    """The actor a pronoun stands for: the `nearest` for "himself", else a subject first."""
    for sentence in recent:
        if likely := _likely(sentence, gender):
            first = (draft for draft, subject in reversed(likely) if subject or nearest)
            return next(first, likely[-1][0])
    return None


def _likely(sentence: list[tuple[Draft, bool]], gender: str) -> list[tuple[Draft, bool]]:
    """Those named in a sentence who are of a gender, or else may be."""
    fitting = [one for one in sentence if _fits(one[0], gender)]
    known = [one for one in fitting if one[0].gender == gender]
    if known or gender == "p":
        return known or fitting
    return [one for one in fitting if " " in one[0].name]  # a lone name may be no person's


def _fits(draft: Draft, gender: str) -> bool:
    if gender == "p":
        return draft.kind is not ActorKind.PERSON or (
            draft.gender is None and " " not in draft.name
        )
    return draft.kind is ActorKind.PERSON and draft.gender in (gender, None)


def _is_subject(token: Token) -> bool:
    return token.dep_ in SUBJECTS
