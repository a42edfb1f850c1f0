"""Which actor "he", "she", "they", "his", "her" and "their" stand for.

By gender, number and prominence: of the fitting actors named in the sentence and the few before it,
the nearest sentence wins, and in it the subject before the others (after Lappin and Leass 1994).
"They" stands for a group or an organisation before it stands for a person. A pronoun that is
resolved gives its gender to a person whose own is not known.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.drafts import Draft
from pullquote.analysis.en.labels import SUBJECTS
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed
from pullquote.findings import ActorKind
from pullquote.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 5  # sentences back
_SEVERAL = "p"  # beside "m" and "f"


class _Named(NamedTuple):
    """An actor where a sentence names it or stands for it."""

    draft: Draft
    is_subject: bool


@cache
def _genders() -> dict[str, str]:
    """Each pronoun with the gender of what it stands for."""
    genders = lexicon("words")["pronouns"]
    return {pronoun: gender for gender, pronouns in genders.items() for pronoun in pronouns}


def resolve_pronouns(parsed: Parsed, people: list[Draft], others: list[Draft]) -> None:
    """Add the third person pronouns to the mentions of the actors that they stand for.

    Args:
        parsed: The text.
        people: The persons in it; they get a gender too where a pronoun tells it.
        others: All other actors.
    """
    names = {span[0]: (one, span) for one in (*others, *people) for span in one.mentions}
    genders = _genders()
    recent: deque[list[_Named]] = deque(maxlen=_REACH)
    for paragraph, sentence in parsed.sentences():
        here: list[_Named] = []
        recent.appendleft(here)
        for token in sentence:
            offset = paragraph.start + token.idx
            if gender := genders.get(token.lower_):
                span = offset, offset + len(token.text)
                here += _resolved(parsed.text, span, token, gender, recent)
            elif offset in names:
                draft, span = names[offset]
                here.append(_Named(draft, _is_subject(parsed.head(span))))


def _resolved(
    text: str, span: Span, pronoun: Token, gender: str, recent: Iterable[list[_Named]]
) -> Iterator[_Named]:
    """The actor that a pronoun stands for, if there is one, with the pronoun as a mention."""
    is_reflexive = pronoun.lower_ in lexicon("words")["reflexives"]
    draft = _antecedent(recent, gender, nearest=is_reflexive)
    if draft is None:
        return
    if gender != _SEVERAL:
        draft.gender = draft.gender or gender
    draft.mention(text, span)
    yield _Named(draft, _is_subject(pronoun))


def _antecedent(recent: Iterable[list[_Named]], gender: str, nearest: bool) -> Draft | None:
    """The actor a pronoun stands for: the `nearest` for "himself", else a subject first."""
    for sentence in recent:
        if likely := _likely(sentence, gender):
            first = (one.draft for one in reversed(likely) if one.is_subject or nearest)
            return next(first, likely[-1].draft)
    return None


def _likely(sentence: list[_Named], gender: str) -> list[_Named]:
    """Those named in a sentence who are of a gender, or else may be."""
    fitting = [one for one in sentence if _fits(one.draft, gender)]
    known = [one for one in fitting if one.draft.gender == gender]
    if known or gender == _SEVERAL:
        return known or fitting
    return [one for one in fitting if _has_full_name(one.draft)]


def _fits(draft: Draft, gender: str) -> bool:
    is_person = draft.kind is ActorKind.PERSON
    if gender != _SEVERAL:
        return is_person and draft.gender in (gender, None)
    return not is_person or (draft.gender is None and not _has_full_name(draft))


def _has_full_name(draft: Draft) -> bool:
    """A lone name may be no person's."""
    return " " in draft.name


def _is_subject(token: Token | None) -> bool:
    return token is not None and token.dep_ in SUBJECTS
