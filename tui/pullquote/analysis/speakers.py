"""Which actor each attribution's source is, and whom the pronouns stand for.

One walk over the text in its order: names and phrases enter the focus of the article's own voice,
sources take their turns (sources.py, turns.py), pronouns are given to those in focus. Quotations
without a cue are given to whoever is in focus where their paragraph ends, or says the same words
elsewhere. Pronouns inside somebody's words come last, when it is known whose words they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pullquote.analysis.actors import finished
from pullquote.analysis.actors.owners import name_by_owners
from pullquote.analysis.actors.same_name import join_same_names
from pullquote.analysis.agents import agent_of
from pullquote.analysis.doubts import Said, doubted
from pullquote.analysis.drafts import Draft
from pullquote.analysis.echoes import echoing
from pullquote.analysis.en.labels import ADDRESSEES
from pullquote.analysis.fronted import fronted
from pullquote.analysis.in_speech import in_speech, persons
from pullquote.analysis.interviews import answered
from pullquote.analysis.issued import Issued, has_author, is_writing
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.mentions import Index
from pullquote.analysis.parsed import Paragraph, Parsed
from pullquote.analysis.pronouns import is_pronoun, pronoun_of
from pullquote.analysis.quoted import Quoted
from pullquote.analysis.sources import Found, Source, source_of
from pullquote.analysis.together import Together
from pullquote.analysis.turns import (
    ANYBODY,
    FITS,
    HE,
    SHE,
    THEY,
    Focus,
    Mention,
    Question,
    Turn,
    genders,
    genders_of_sources,
    is_accused,
    is_one,
    is_reflexive,
    is_subject,
    latest,
    meant,
    with_theirs,
)
from pullquote.findings import Actor, ActorKind, Attribution, AttributionKind, Rule
from pullquote.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# the share of speakers found so that people name too (docs/quality.md)
_FLOATING, _ECHO, _NOBODY = 0.81, 0.96, 0.1
_REACH = 8  # mentions in somebody's words, back from a pronoun


def assign_speakers(
    parsed: Parsed, drafts: list[Draft], attributions: list[Attribution]
) -> tuple[list[Actor], list[Attribution]]:
    """The finished actors, and the attributions with speakers; new sources become actors.

    Args:
        parsed: The text.
        drafts: The actors so far; they get mentions where a source or a pronoun stands for them.
        attributions: In text order.

    Returns:
        The actors in the order of their first mention, and the attributions as they were, each
        with the id of its speaker, or none, and how sure that is.
    """
    index = Index(parsed, drafts)
    found = join_same_names(parsed.text, index, Walk(parsed, index, attributions).taken())
    name_by_owners(parsed.text, index)
    actors = finished(index.drafts, {one.draft for one in found.values()})
    # of two actors with one name at one place (a government, a people) the last alone speaks
    named = {(actor.mentions[0], actor.name): draft for draft, actor in actors.items()}
    ids = {draft: actors[draft].id for draft in named.values()}
    spoken = [_spoken(one, found.get(number), ids) for number, one in enumerate(attributions)]
    return list(actors.values()), spoken


def _spoken(one: Attribution, found: Found | None, ids: dict[Draft, str]) -> Attribution:
    if found is None:
        return msgspec.structs.replace(one, speaker_confidence=_NOBODY)
    speaker = ids.get(found.draft)
    return msgspec.structs.replace(one, speaker=speaker, speaker_confidence=found.share)


class _Here(NamedTuple):
    """Where the walk is."""

    paragraph: Paragraph
    number: int  # of the paragraph
    token: Token
    inside: int | None  # the attribution whose words it is in
    question: Question | None  # of the sentence before

    @property
    def span(self) -> Span:
        return self.paragraph.span_of([self.token])


class _Place(NamedTuple):
    """A source or a pronoun, and whom it can stand for."""

    here: _Here
    words: Sequence[Mention]  # whom the words mention before it
    before: Sequence[Sequence[Mention]]  # whom the article's own sentences did


class Walk:
    """The way through a text, and what is known where it has come to."""

    def __init__(self, parsed: Parsed, index: Index, attributions: list[Attribution]) -> None:
        self._parsed = parsed
        self._index = index
        self._attributions = attributions
        # by attribution; who is interviewed is known before
        self._found = answered(parsed, attributions, index.drafts)
        self._focus = Focus()
        self._issued = Issued(self._meant_at)
        self._in_words: dict[int, list[Mention]] = defaultdict(list)  # by attribution
        self._pending: list[_Place] = []
        self._passed_on: list[tuple[int, _Place]] = []  # attributions in somebody's words
        self._spoken: list[_Here] = []  # where somebody speaks of themselves, or to somebody
        self._selves: set[int | None] = set()  # the attributions where somebody does the first
        self._floats_here: list[int] = []
        # what there is to come by
        self._named = index.beginnings()
        self._quoted = Quoted(parsed, attributions)
        self._together = Together(parsed, index)
        numbered = list(enumerate(attributions))
        self._sources = parsed.by_head((n, one.source[0]) for n, one in numbered if one.source)
        floating = [(n, one) for n, one in numbered if one.rule is Rule.FLOATING]
        self._floats = parsed.by_head((n, one.content[0]) for n, one in floating)

    def taken(self) -> dict[int, Found]:
        """Who the speakers are, by the number of their attribution."""
        self._through_the_text()
        for attribution, place in self._passed_on:
            self._speak(place, attribution)
        self._beside_the_way()
        self._by_echoes()
        for place in self._pending:
            self._resolve_in_words(place)
        for here in self._spoken:
            self._resolve_in_speech(here)
        self._together.settle({found.draft for found in self._found.values()})
        return {number: self._doubted(number, found) for number, found in self._found.items()}

    # --- the article's own voice

    def _through_the_text(self) -> None:
        last, number = -1, -1
        for paragraph, sentence in self._parsed.sentences():
            if paragraph.start != last:
                self._give_floats(number)
                last, number = paragraph.start, number + 1
            self._focus.begin()
            question, self._focus.question = self._focus.question, None
            before = len(self._found)
            for token in sentence:
                if not token.is_space and not token.is_punct:
                    self._visit(paragraph, number, token, question)
            if self._focus.question is None and len(self._found) == before:
                self._focus.question = question  # still to be answered
        self._give_floats(number)

    def _visit(
        self, paragraph: Paragraph, number: int, token: Token, question: Question | None
    ) -> None:
        offset = paragraph.start + token.idx
        self._floats_here += self._floats.get(offset, ())
        is_pronoun = token.lower_ in genders() or token.lower_ in persons()
        is_somebody = is_pronoun or offset in self._sources or offset in self._named
        writes = is_writing(token)
        if not is_somebody and not writes:
            return
        here = _Here(paragraph, number, token, self._quoted.whose(offset), question)
        takes_turn = offset in self._sources and token.lower_ in genders_of_sources()
        if offset in self._named and not takes_turn:
            self._name(here, *self._named[offset])
        if writes and not self._quoted.is_said(here.span):
            self._issued.see(paragraph, token)
        for attribution in self._sources.get(offset, ()):
            if takes_turn and self._quoted.is_said(here.span):
                self._passed_on.append((attribution, self._place(here)))
            else:
                self._speak(self._place(here), attribution)
        if token.lower_ in genders() and offset not in self._sources:
            self._stand_for(here, is_known=offset in self._named)
        if token.lower_ in persons() and self._quoted.is_said(here.span):
            self._spoken.append(here)
            self._selves |= {here.inside} if persons()[token.lower_] in ("i", "we") else set()

    def _name(self, here: _Here, draft: Draft, span: Span) -> None:
        """Somebody is named, or the model knows whom a pronoun stands for."""
        head = self._parsed.head(span) or here.token
        if genders().get(here.token.lower_) == THEY and not self._quoted.is_said(here.span):
            place = self._place(here)
            both = self._together.nearest(latest([place.words, *place.before[:1]]))
            if both is not None:
                self._index.move(here.span, both)
                draft = both
        mention = Mention(draft, is_subject(head), False, is_one(draft, head), here.number)
        self._put(here, mention._replace(is_accused=is_accused(head)))
        both = self._together.at(here.paragraph.start + head.idx)
        if both is not None:
            self._put(here, mention._replace(draft=both, is_one=False))

    def _meant_at(self, paragraph: Paragraph, token: Token) -> Draft | None:
        """Whom the article speaks of with a word: by a mention, or as a source."""
        offsets = [paragraph.start + one.idx for one in (token, *token.lefts)]
        numbers = (number for offset in offsets for number in self._sources.get(offset, ()))
        found = next((self._found[number] for number in numbers if number in self._found), None)
        return found.draft if found is not None else self._index.at(paragraph.span_of([token]))

    def _speak(self, place: _Place, attribution: int) -> None:
        """The head of a source: who it is speaks."""
        here = place.here
        gender = genders_of_sources().get(here.token.lower_)
        turn = None if gender is None else self._turn(place, attribution, gender)
        found = self._source_of(attribution, turn)
        if found is None:
            return
        self._found[attribution] = found
        one = gender in (HE, SHE) or is_one(found.draft, here.token)
        mention = Mention(found.draft, True, True, one, here.number)
        head = here.token
        self._put(here, mention._replace(wrote=has_author(head), with_theirs=with_theirs(head)))
        for owner in fronted(head):
            if one and FITS[genders()[owner.lower_]](mention):
                self._index.move(here.paragraph.span_of([owner]), found.draft)
        if here.inside is None:
            self._ask(here, attribution, found.draft)

    def _place(self, here: _Here) -> _Place:
        """What a pronoun here can stand for."""
        words = () if here.inside is None else tuple(self._in_words[here.inside][-_REACH:])
        return _Place(here, words, tuple(self._focus.sentences))

    def _turn(self, place: _Place, attribution: int, gender: str) -> Turn:
        here = place.here
        return Turn(
            [place.words, *place.before],
            gender,
            here.number,
            is_source=True,
            continues=bool(self._cue(attribution, "continuing")),
            question=None if self._cue(attribution, "asking") else here.question,
            named=self._called(attribution) | self._teller(here) | self._focus.askers,
        )

    def _teller(self, here: _Here) -> frozenset[int]:
        """In whose own words a place is: nobody there calls themselves "he"."""
        found = self._found.get(here.inside or 0) if self._quoted.is_said(here.span) else None
        return frozenset() if found is None else frozenset({id(found.draft)})

    def _source_of(self, attribution: int, turn: Turn | None) -> Found | None:
        one = self._attributions[attribution]
        known = (self._parsed, self._index, one, self._focus.sentences, self._issued)
        source = Source(*known, self._together)
        return source_of(source) if turn is None else pronoun_of(source, turn)

    def _cue(self, attribution: int, turn: str) -> list[Token]:
        """The words of a cue that make for a kind of turn: that ask, or continue."""
        words = lexicon("cues")["turns"][turn]
        cue = self._parsed.tokens_of(self._attributions[attribution].cue)
        return [token for token in cue if token.lemma_.lower() in words]

    def _ask(self, here: _Here, attribution: int, asker: Draft) -> None:
        """Remember a question, and whom it was put to."""
        asks = self._cue(attribution, "asking")
        if not asks:
            return
        verb = asks[-1]
        whom = (c for c in verb.children if c.dep_ in ADDRESSEES or c.i == verb.i + 1)
        drafts = (self._index.at(here.paragraph.span_of([child])) for child in whom)
        asked = next((draft for draft in drafts if draft is not None), None)
        self._focus.question = Question(None if asked is asker else asker, asked)

    def _called(self, attribution: int) -> frozenset[int]:
        """Whom the words of an attribution call by name; outside marks only as their subject."""
        one = self._attributions[attribution]
        named = [named for span in one.content for named in self._index.named_in(span)]
        if one.kind is not AttributionKind.DIRECT:
            named = [(span, draft) for span, draft in named if is_subject(self._parsed.head(span))]
        return frozenset(id(draft) for _, draft in named)

    def _put(self, here: _Here, mention: Mention) -> None:
        """Somebody is mentioned: in the article's own voice, or in somebody's words."""
        if here.inside is not None:
            self._in_words[here.inside].append(mention)
            mention = mention._replace(is_subject=False)
        if not self._quoted.is_said(here.span):
            self._focus.put(mention)

    def _stand_for(self, here: _Here, *, is_known: bool) -> None:
        """A pronoun, which the model may know; in somebody's words it has to wait."""
        if here.inside is not None:
            if not is_known or self._quoted.is_by_one(here.span):
                self._pending.append(self._place(here))
            return
        if is_known:
            return
        gender = genders()[here.token.lower_]
        reflexive = is_reflexive(here.token)
        turn = Turn(self._focus.sentences, gender, here.number, is_reflexive=reflexive)
        draft = self._given(here, turn)
        if draft is not None:
            one = gender != THEY
            self._put(here, Mention(draft, is_subject(here.token), False, one, here.number))

    def _given(self, here: _Here, turn: Turn) -> Draft | None:
        """Whom a pronoun stands for, with the pronoun as a mention."""
        found = meant(turn)
        if found is None:
            return None
        if turn.gender in (HE, SHE):
            found.draft.gender = found.draft.gender or turn.gender
        self._index.move(here.span, found.draft)
        return found.draft

    # --- quotations without a cue, and what the walk does not come by

    def _give_floats(self, paragraph: int) -> None:
        """Guess the speakers of the paragraph's quotations without a cue."""
        floats, self._floats_here = self._floats_here, []
        for number in floats:
            sentences, called = self._focus.sentences, self._called(number)
            found = meant(Turn(sentences, ANYBODY, paragraph, is_source=True, named=called))
            if found is not None:
                self._found[number] = Found(found.draft, "floating", _FLOATING)
                self._focus.begin()
                self._focus.put(Mention(found.draft, True, True, True, paragraph))

    def _beside_the_way(self) -> None:
        """Sources in what is no sentence, and agents of attributions without a source."""
        for number, one in enumerate(self._attributions):
            if one.source and number not in self._found:
                found = self._source_of(number, None)
            elif one.cue and not one.source:
                found = agent_of(self._parsed, self._index, one)
            else:
                continue
            if found is not None:
                self._found[number] = found

    def _by_echoes(self) -> None:
        """Give quotations without a cue whose words stand in another one to its speaker."""
        for number, who in echoing(self._parsed.text, self._attributions, self._found):
            self._found[number] = Found(self._found[who].draft, "echo", _ECHO)

    # --- in somebody's words

    def _resolve_in_words(self, place: _Place) -> None:
        here, own = place.here, self._teller(place.here)
        assert here.inside is not None
        known = self._index.exact(here.span)
        if known is not None:
            is_self = id(known) in own and here.inside in self._selves
            if not is_self or not self._index.is_alone(known):
                return  # but for who is "I" in these words, and not "he" as well
        found = self._found.get(here.inside)
        sentences = [place.words, *place.before]
        if found is not None and not self._quoted.is_said(here.span):
            is_person = found.draft.kind is ActorKind.PERSON
            sentences.insert(1, [Mention(found.draft, True, True, is_person, here.number)])
        gender, reflexive = genders()[here.token.lower_], is_reflexive(here.token)
        turn = Turn(sentences, gender, here.number, is_reflexive=reflexive, named=own)
        self._given(here, turn)

    def _resolve_in_speech(self, here: _Here) -> None:
        """A first or second person in somebody's words."""
        assert here.inside is not None
        found, said = self._found.get(here.inside), self._attributions[here.inside]
        speaker = found.draft if found is not None else None
        draft = in_speech(here.token.lower_, self._parsed, self._index, said, speaker)
        if draft is not None:
            self._index.move(here.span, draft)

    def _doubted(self, number: int, found: Found) -> Found:
        """Who speaks, with what speaks against it."""
        one = self._attributions[number]
        words, is_source_pronoun = self._quoted.words(one), is_pronoun(self._parsed, one)
        return doubted(Said(found, one, words, is_source_pronoun, self._index))
