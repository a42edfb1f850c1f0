"""Which actor each attribution's source is, and whom the pronouns stand for.

One walk over the text in its order: names and phrases enter the focus of the article's own voice,
sources take their turns (sources.py, turns.py), pronouns are given to those in focus. Pronouns
inside somebody's words come last, when it is known whose words they are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from pullquote.analysis.actors import finished
from pullquote.analysis.drafts import Draft
from pullquote.analysis.echoes import Echoes
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Paragraph, Parsed
from pullquote.analysis.places import Places
from pullquote.analysis.sources import (
    Found,
    Index,
    Source,
    agent_of,
    is_issued,
    issued_by,
    source_of,
)
from pullquote.analysis.turns import (
    ANYBODY,
    PRONOUNS,
    THEY,
    Focus,
    Mention,
    Question,
    Turn,
    is_one,
    is_subject,
    meant,
)
from pullquote.findings import Actor, ActorKind, Attribution, AttributionKind, Rule, Stance
from pullquote.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


def assign_speakers(
    parsed: Parsed, drafts: list[Draft], attributions: list[Attribution]
) -> tuple[list[Actor], list[Attribution]]:
    """The finished actors, and the attributions with speakers; new sources become actors."""
    walk = _Walk(parsed, Index(parsed, drafts), attributions)
    walk.through_the_text()
    walk.through_the_echoes()
    walk.through_the_words()
    actors = finished(walk.index.drafts)
    # of two actors with one name at one place (a government, a people) the last alone speaks
    named = {(actor.mentions[0], actor.name): draft for draft, actor in actors.items()}
    ids = {draft: actors[draft].id for draft in named.values()}
    spoken = []
    for number, one in enumerate(attributions):
        found = walk.found.get(number)
        speaker = ids.get(found.draft) if found is not None else None
        spoken.append(
            msgspec.structs.replace(
                one,
                speaker=speaker,
                speaker_confidence=found.share if found is not None else _NOBODY,
            )
        )
    return list(actors.values()), spoken


_REACH = 8  # mentions in somebody's words, back from a pronoun
# the share of speakers found so that people name too (docs/quality.md)
_FLOATING, _ECHO, _NOBODY = 0.83, 0.85, 0.5
_IN_WORDS = (Stance.SAID, Stance.WROTE, Stance.THOUGHT)


@dataclass
class _Pending:
    """A pronoun inside somebody's words."""

    token: Token
    paragraph: Paragraph
    number: int  # of the paragraph
    attribution: int
    here: list[Mention]  # those whom the words mention before it
    before: tuple[list[Mention], ...]  # the article's own sentences up to there


@dataclass
class _Walk:
    """The state of the walk."""

    parsed: Parsed
    index: Index
    attributions: list[Attribution]
    focus: Focus = field(default_factory=Focus)
    found: dict[int, Found] = field(default_factory=dict)  # by attribution

    def __post_init__(self) -> None:
        self._words = Places(
            (span, number)
            for number, one in enumerate(self.attributions)
            if one.stance in _IN_WORDS
            for span in one.content
        )
        self._sources: dict[int, list[int]] = defaultdict(list)  # by the offset of their head
        for number, one in enumerate(self.attributions):
            head = self.parsed.head(one.source[0]) if one.source else None
            paragraph = self.parsed.paragraph(one.source[0][0]) if one.source else None
            if head is not None and paragraph is not None:
                self._sources[paragraph.start + head.idx].append(number)
        self._floating = {
            next(
                (
                    self._offset(one.content[0], t)
                    for t in self.parsed.tokens(one.content[0])
                    if not t.is_punct
                ),
                -1,
            ): number
            for number, one in enumerate(self.attributions)
            if one.rule is Rule.FLOATING
        }
        self._floats_here: list[int] = []
        self._issued: dict[str, Draft | None] = {}
        self._named = self.index.beginnings()
        self._pending: list[_Pending] = []
        self._inside: dict[int, list[Mention]] = defaultdict(list)  # by attribution

    # --- the article's own voice

    def through_the_text(self) -> None:
        """Give sources and pronouns in the article's own voice their actors."""
        last, number = -1, -1
        for paragraph, sentence in self.parsed.sentences():
            if paragraph.start != last:
                self._float(number)
                last, number = paragraph.start, number + 1
            self.focus.begin()
            question, self.focus.question = self.focus.question, None
            before = len(self.found)
            for token in sentence:
                if not token.is_space and not token.is_punct:
                    self._visit(paragraph, number, token, question)
            if self.focus.question is None and len(self.found) == before:
                self.focus.question = question
        self._float(number)
        for number, one in enumerate(self.attributions):
            if number not in self.found and one.source:
                self._speak(number, None)
            elif not one.source and one.cue:
                agent = agent_of(self.parsed, self.index, one)
                if agent is not None:
                    self.found[number] = agent

    def _visit(
        self, paragraph: Paragraph, number: int, token: Token, question: Question | None
    ) -> None:
        offset = paragraph.start + token.idx
        words = self._words.over((offset, offset + 1))
        inside = min(words, key=lambda one: one[0][1] - one[0][0])[1] if words else None
        if offset in self._floating:
            self._floats_here.append(self._floating[offset])
        named = self._named.get(offset)
        if named is not None:
            draft, span = named
            head = self.parsed.head(span) or token
            mention = Mention(draft, is_subject(head), False, is_one(draft, head), number)
            self._put(mention, inside)
        if is_issued(token) and not self._is_quoted(inside):
            issuer = issued_by(self.index, paragraph, token)
            if issuer is not None or any(child.lower_ in ("a", "an") for child in token.lefts):
                self._issued[token.lemma_.lower()] = issuer
        for attribution in self._sources.get(offset, ()):
            turn = None
            gender = PRONOUNS.get(token.lower_) or ("n" if token.lower_ == "it" else None)
            if gender is not None:
                turn = Turn(
                    self.focus.sentences if inside is None else self._seen(inside),
                    gender,
                    number,
                    is_source=True,
                    question=None if self._asks(attribution) else question,
                    named=self._called(attribution),
                )
            self._speak(attribution, turn)
            found = self.found.get(attribution)
            if found is not None and found.draft is not None:
                one = is_one(found.draft, token) or gender not in (None, THEY, "n")
                self._put(Mention(found.draft, True, True, one, number), inside)
                if inside is None:
                    self._ask(attribution, found.draft)
        if token.lower_ in PRONOUNS and offset not in self._sources:
            if inside is not None:
                before = tuple(self.focus.sentences)
                here = self._inside[inside][-_REACH:]
                self._pending.append(_Pending(token, paragraph, number, inside, here, before))
            else:
                turn = Turn(
                    self.focus.sentences,
                    PRONOUNS[token.lower_],
                    number,
                    is_reflexive="sel" in token.lower_,
                )
                self._resolve(turn, paragraph, token)

    def _offset(self, span: Span, token: Token) -> int:
        paragraph = self.parsed.paragraph(span[0])
        return (paragraph.start if paragraph is not None else 0) + token.idx

    def _float(self, paragraph: int) -> None:
        """Guess the speakers of the paragraph's quotations without a cue."""
        floating, self._floats_here = self._floats_here, []
        for number in floating:
            turn = Turn(
                self.focus.sentences,
                ANYBODY,
                paragraph,
                is_source=True,
                named=self._called(number),
            )
            found = meant(turn)
            if found is not None:
                self.found[number] = Found(found.draft, "floating", _FLOATING)

    def _put(self, mention: Mention, inside: int | None) -> None:
        if inside is not None:
            self._inside[inside].append(mention)
            if self._is_quoted(inside):
                return
            mention = mention._replace(is_subject=False)
        self.focus.put(mention)

    def _is_quoted(self, inside: int | None) -> bool:
        """Whether somebody's words are all in marks."""
        return inside is not None and (self.attributions[inside].kind is AttributionKind.DIRECT)

    def _seen(self, inside: int) -> list[list[Mention]]:
        return [self._inside[inside], *self.focus.sentences]

    def _called(self, attribution: int) -> frozenset[int]:
        """Whom the words of an attribution call by name; outside marks only as their subject."""
        one = self.attributions[attribution]
        quoted = one.kind is AttributionKind.DIRECT
        return frozenset(
            id(draft)
            for span in one.content
            for place, draft in self.index.named_in(span)
            if quoted or self._is_subject(place)
        )

    def _is_subject(self, place: Span) -> bool:
        head = self.parsed.head(place)
        return head is not None and is_subject(head)

    def _speak(self, attribution: int, turn: Turn | None) -> None:
        one = self.attributions[attribution]
        source = Source(self.parsed, self.index, one, self.focus.sentences, self._issued)
        found = source_of(source, turn)
        if found is not None:
            self.found[attribution] = found

    def _asks(self, attribution: int) -> list[Token]:
        """The words of a cue that ask."""
        asking = lexicon("cues")["turns"]["asking"]
        cue = (t for span in self.attributions[attribution].cue for t in self.parsed.tokens(span))
        return [token for token in cue if token.lemma_.lower() in asking]

    def _ask(self, attribution: int, asker: Draft) -> None:
        """Remember a question, and whom it was put to."""
        one = self.attributions[attribution]
        asks = self._asks(attribution)
        if not asks:
            return
        paragraph = self.parsed.paragraph(one.cue[0][0])
        assert paragraph is not None
        asked = None
        for child in asks[-1].children:
            if child.dep_ in ("dobj", "dative", "nsubjpass", "pobj") or child.i == asks[-1].i + 1:
                offset = paragraph.start + child.idx
                asked = asked or self.index.at((offset, offset + len(child.text)))
        if asked is asker:
            asker = None  # type: ignore[assignment]
        self.focus.question = Question(asker, asked)

    def _resolve(self, turn: Turn, paragraph: Paragraph, token: Token) -> None:
        found = meant(turn)
        if found is None:
            return
        draft = found.draft
        if turn.gender != THEY:
            draft.gender = draft.gender or turn.gender
        offset = paragraph.start + token.idx
        self.index.mention(self.parsed.text, (offset, offset + len(token.text)), draft)
        one = turn.gender != THEY
        self.focus.put(Mention(draft, is_subject(token), False, one, turn.paragraph))

    def through_the_echoes(self) -> None:
        """Give quotations without a cue whose words stand in another one to its speaker."""
        text = self.parsed.text
        said = Echoes(
            (text[slice(*span)], number)
            for number, one in enumerate(self.attributions)
            if one.rule is not Rule.FLOATING
            and number in self.found
            and one.kind is not AttributionKind.INDIRECT
            for span in one.content
        )
        for number, one in enumerate(self.attributions):
            if one.rule is not Rule.FLOATING:
                continue
            who = said.find(text[slice(*one.content[0])])
            if who is not None:
                self.found[number] = Found(self.found[who].draft, "echo", _ECHO)

    # --- in somebody's words

    def through_the_words(self) -> None:
        """Give the pronouns inside quotations and reported clauses their actors."""
        for one in self._pending:
            attribution = self.attributions[one.attribution]
            found = self.found.get(one.attribution)
            speaker = found.draft if found is not None else None
            offset = one.paragraph.start + one.token.idx
            here = one.here
            direct = attribution.kind is AttributionKind.DIRECT
            is_person = speaker is not None and speaker.kind is ActorKind.PERSON
            said = [Mention(speaker, True, True, is_person, one.number)] if speaker else []
            before = list(one.before)
            sentences = [here, *before] if direct else [here, said, *before]
            turn = Turn(
                sentences,
                PRONOUNS[one.token.lower_],
                one.number,
                is_reflexive="sel" in one.token.lower_,
                named=frozenset({id(speaker)} if direct and speaker else ()),
            )
            result = meant(turn)
            if result is not None:
                if turn.gender != THEY:
                    result.draft.gender = result.draft.gender or turn.gender
                self.index.mention(
                    self.parsed.text, (offset, offset + len(one.token.text)), result.draft
                )
