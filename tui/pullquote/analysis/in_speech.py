"""Whom "I", "we" and "you" in somebody's words stand for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import ADDRESSEES, COMPOUND, INFINITIVE, RECEIVERS, SUBJECTS
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.mentions import Index
from pullquote.analysis.parsed import Paragraph, Parsed, child
from pullquote.findings import ActorKind, Attribution
from pullquote.text import Span

if TYPE_CHECKING:
    from pullquote.analysis.drafts import Draft

_ONE_PERSON = (ActorKind.PERSON, ActorKind.UNNAMED)
_REACH = 8  # paragraphs in which somebody goes on speaking to whom they turned to


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
        return _addressee(parsed, index, said) or _faced(parsed, index, said, speaker)
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
    spoken_for = country or (None if is_of_a_country else body)
    return spoken_for or _fellows(index, role)


def _fellows(index: Index, role: str) -> Draft | None:
    """The group of the article that somebody without an office belongs to, by what both are called.

    "We have no water," said Ann Cole, a villager: the villagers have none; near misses: "a former
    villager", "a minister", who speaks for no ministers.
    """
    words, joints = role.split(), lexicon("words")["of offices"]
    noun = next((a for a, b in pairwise([*words, "of"]) if b in joints), "")
    is_former = any(word in lexicon("words")["former"] for word in words)
    if is_former or noun not in lexicon("sources")["unnamed"]:
        return None
    group = index.worded(f"{noun}s")
    return group if group is not None and group.kind is ActorKind.GROUP else None


def _addressee(parsed: Parsed, index: Index, said: Attribution) -> Draft | None:
    """Whom the cue of an attribution names as the one who was told or asked."""
    cue = parsed.tokens_of(said.cue)
    paragraph = parsed.paragraph(said.cue[0][0]) if cue else None
    if paragraph is None:
        return None
    told = (child for verb in cue for child in verb.children if child.dep_ in ADDRESSEES)
    drafts = (index.at(paragraph.span_of([child])) for child in told)
    return next((draft for draft in drafts if draft is not None), None)


def _faced(parsed: Parsed, index: Index, said: Attribution, speaker: Draft | None) -> Draft | None:
    """Whom the speaker turned to by name in the sentences before, and goes on speaking to.

    "The judge jailed Tom Reed for a year. “You knew,” she said"; near misses: "The judge saw Tom
    Reed. “You never know,” she said", "The judge jailed Tom Reed. “You knew,” said his wife".
    """
    if speaker is None:
        return None
    before = min(span[0] for span in (*said.source, *said.cue, *said.content))
    page = parsed.paragraphs
    last = bisect_right(page, before, key=lambda one: one.start)
    for paragraph in reversed(page[max(0, last - _REACH) : last]):
        spans = (span for span in _turned_to(paragraph, index, speaker) if span[1] <= before)
        faced = [draft for draft in map(index.at, spans) if draft and draft.kind in _ONE_PERSON]
        if faced or (paragraph.start < before and not paragraph.doc[0].is_quote):
            return faced[-1] if faced else None
    return None


def _turned_to(paragraph: Paragraph, index: Index, speaker: Draft) -> Iterator[Span]:
    """Where those stand whom somebody speaks to or judges, in order."""
    facing = lexicon("cues")["turns"]["facing"]
    for verb in (word for word in paragraph.words if word.lemma_.lower() in facing):
        subject, how = child(verb, SUBJECTS), child(verb, (INFINITIVE,))
        whom = child(verb, RECEIVERS) or (how and child(how, RECEIVERS))  # "fined weeping Reed"
        if subject is None or whom is None:
            continue
        name = (subject, *(one for one in subject.lefts if one.dep_ == COMPOUND))
        if any(index.at(paragraph.span_of([one])) is speaker for one in name):
            yield paragraph.span_of([whom])
