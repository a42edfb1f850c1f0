"""Which actor a source is, by the words that name it: rows, the surest first.

A name, a role with the name beside it, a phrase that an actor is mentioned by; a relative ("who
cautioned that") stands for what it follows; "Her remarks" for their owner, "the statement" for who
issued it; a pronoun takes its turn (turns.py). Any other wording is an unnamed source, kept as
written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.actors.phrases import noun_phrase
from pullquote.analysis.appositions import name_beside, name_in
from pullquote.analysis.drafts import Draft
from pullquote.analysis.en.labels import ATTRIBUTES, POSSESSOR, PREPOSITIONS, SUBJECTS, VERB
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Paragraph, Parsed, antecedent, climb
from pullquote.analysis.places import Places
from pullquote.analysis.turns import Mention, Turn, meant
from pullquote.findings import ActorKind, Attribution, Rule
from pullquote.text import Span, one_line

if TYPE_CHECKING:
    from spacy.tokens import Token


class Found(NamedTuple):
    """Who a source is, by which row, and the share of its findings that are right."""

    draft: Draft
    row: str
    share: float


class Index:
    """The drafts by where they are mentioned and, those that are no persons, by their wording."""

    def __init__(self, parsed: Parsed, drafts: Iterable[Draft]) -> None:
        self.drafts: list[Draft] = []
        self._parsed = parsed
        self._places: Places[Draft] = Places()
        self._worded: dict[str, Draft] = {}
        for draft in drafts:
            self.add(draft)
            for span in draft.mentions:
                self._places.put(span, draft)

    def add(self, draft: Draft) -> None:
        self.drafts.append(draft)
        if draft.kind is not ActorKind.PERSON:
            self._worded.setdefault(draft.name.lower().removeprefix("the "), draft)

    def beginnings(self) -> dict[int, tuple[Draft, Span]]:
        """The mentions by their first character; of several there the longest."""
        found: dict[int, tuple[Draft, Span]] = {}
        for draft in self.drafts:
            for span in draft.mentions:
                if span[0] not in found or span[1] >= found[span[0]][1][1]:
                    found[span[0]] = draft, span
        return found

    def mention(self, text: str, span: Span, draft: Draft) -> None:
        draft.mention(text, span)
        self._places.put(span, draft)

    def worded(self, key: str) -> Draft | None:
        return self._worded.get(key)

    def mentions(self, span: Span) -> Iterator[tuple[Span, Draft]]:
        """The mentions that lie on `span`; those of a draft that was moved away are left out."""
        return ((at, one) for at, one in self._places.over(span) if at in one.mentions)

    def named_in(self, span: Span) -> Iterator[tuple[Span, Draft]]:
        """The persons that are called by name in `span`, with where."""
        stand_ins = lexicon("people")["stand_ins"]
        text = self._parsed.text
        for at, draft in self.mentions(span):
            if draft.kind is ActorKind.PERSON and text[slice(*at)].lower() not in stand_ins:
                yield at, draft

    def at(self, span: Span) -> Draft | None:
        """The draft whose shortest mention holds all of `span`."""
        hits = [one for one in self.mentions(span) if one[0][0] <= span[0] and span[1] <= one[0][1]]
        return min(hits, key=lambda hit: hit[0][1] - hit[0][0])[1] if hits else None


@dataclass
class Source:
    """A source as the rows look at it."""

    parsed: Parsed
    index: Index
    attribution: Attribution
    focus: Sequence[Sequence[Mention]]  # whom the article's own voice has spoken of
    issued: Mapping[str, Draft | None]  # who issued the last statement, letter, …

    @property
    def span(self) -> Span:
        return self.attribution.source[0]

    @property
    def text(self) -> str:
        return self.parsed.text[slice(*self.span)]

    @cached_property
    def written(self) -> Token | None:
        """The word that governs it."""
        return self.parsed.head(self.span)

    @cached_property
    def head(self) -> Token | None:
        """The word that governs it, or that a relative pronoun in its place stands for."""
        written = self.written
        return (antecedent(written) or written) if written is not None else None

    @cached_property
    def paragraph(self) -> Paragraph:
        paragraph = self.parsed.paragraph(self.span[0])
        assert paragraph is not None
        return paragraph

    def at(self, token: Token) -> Draft | None:
        offset = self.paragraph.start + token.idx
        return self.index.at((offset, offset + len(token.text)))


class Row(NamedTuple):
    """A way to find who a source is, a text where it does and one where it does not."""

    name: str
    who: Callable[[Source], Draft | None]
    share: float  # of the speakers that it finds, those that people name too
    yes: tuple[str, str]
    no: tuple[str, str]


_JOINED = 4  # verbs that share a subject: "met, voted and issued a statement"
_NAMED = (ActorKind.PERSON, ActorKind.ORGANISATION, ActorKind.GOVERNMENT)
_STEM = 6  # letters that a word of a name and a word of the phrase share
_NOBODY = {"it", "this", "that", "there", "what", "i", "we", "you", "me", "us", "they"}


def _named(source: Source) -> Draft | None:
    draft = source.at(source.head) if source.head is not None else None
    return draft if draft is not None and draft.kind is ActorKind.PERSON else None


def _beside(source: Source) -> Draft | None:
    return name_beside(source.parsed, source.index.mentions, source.span)


def _written(source: Source) -> Draft | None:
    """A name with a nickname in it, or with a title alone."""
    text = source.parsed.text
    name = name_in(one_line(text[slice(*source.span)]).replace(" ,", ","))
    if name is None:
        return None
    known = (draft for _, draft in source.index.mentions(source.span))
    draft = next((d for d in known if d.name in name or name in d.name), None)
    if draft is None:
        draft = Draft(name, ActorKind.PERSON)
        source.index.add(draft)
    if len(name) > len(draft.name):
        draft.name, draft.kind = name, ActorKind.PERSON
    source.index.mention(text, source.span, draft)
    return draft


def _known(source: Source) -> Draft | None:
    draft = source.at(source.head) if source.head is not None else None
    return draft if draft is not None and draft.kind in _NAMED else None


def _phrase(source: Source) -> Draft | None:
    return source.at(source.head) if source.head is not None else None


def _owner(source: Source) -> Draft | None:
    """ "Her remarks", "the company's letter"."""
    head = source.head
    if head is None or not _is_utterance(head):
        return None
    owners = (source.at(child) for child in head.children if child.dep_ == "poss")
    return next((owner for owner in owners if owner is not None), None)


def issued_by(index: Index, paragraph: Paragraph, noun: Token) -> Draft | None:
    """Who issues the words that a noun names: "X denied it in a statement", "a statement by X"."""

    def at(token: Token) -> Draft | None:
        offset = paragraph.start + token.idx
        return index.at((offset, offset + len(token.text)))

    for child in noun.children:
        if child.dep_ in (POSSESSOR, *ATTRIBUTES) and (draft := at(child)):
            return draft
        if child.dep_ in PREPOSITIONS and child.lower_ in ("by", "from"):
            named = (at(one) for one in child.children)
            if draft := next((one for one in named if one is not None), None):
                return draft
    verb = climb(noun, lambda one: one.pos_ == VERB)
    for _ in range(_JOINED):
        subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
        if subjects or verb.dep_ not in ("conj", "advcl", "xcomp"):
            break
        verb = verb.head
    else:
        subjects = []
    return at(subjects[0]) if subjects and subjects[0].i != noun.i else None


def _issuer(source: Source) -> Draft | None:
    head = source.head
    if head is None or not is_issued(head) or any(c.dep_ == "prep" for c in head.children):
        return None
    return source.issued.get(head.lemma_.lower())


def is_issued(head: Token) -> bool:
    """Whether a noun names words that somebody issues."""
    return head.pos_ == "NOUN" and head.lemma_.lower() in lexicon("cues")["turns"]["issued"]


def _of_kind(source: Source) -> Draft | None:
    """ "the company", "the government": the last of that kind, one with a word of it first."""
    head = source.head
    if head is None or not _is_definite(head):
        return None
    kinds = lexicon("people")["kinds"]
    kind = next((k for k, nouns in kinds.items() if head.lemma_.lower() in nouns), None)
    stems = [t.lower_[:_STEM] for t in head.lefts if t.dep_ in ATTRIBUTES and len(t) >= _STEM]
    for sentence in source.focus:
        ones = [
            m.draft for m in reversed(sentence) if m.draft.kind == kind and (m.is_subject or stems)
        ]
        ones = [one for one in ones if not stems or any(s in one.name.lower() for s in stems)]
        if ones:
            return ones[0]
    return None


def _is_definite(head: Token) -> bool:
    """Whether "the" stands before a noun, and nothing behind it says more."""
    lefts = [token.lower_ for token in head.lefts]
    more = (c for c in head.rights if c.dep_ in (*PREPOSITIONS, "relcl", "appos", "acl"))
    return "the" in lefts and head.tag_ == "NN" and next(more, None) is None


def _is_utterance(head: Token) -> bool:
    """Whether a noun is somebody's words."""
    stances = lexicon("cues")["stance"]
    lemma = head.lemma_.lower()
    return head.pos_ == "NOUN" and (lemma in stances["said"] or lemma in stances["wrote"])


def _unnamed(source: Source) -> Draft | None:
    """A new actor, or the one of the same wording before."""
    head, parsed = source.head, source.parsed
    if head is None or head.lower_ in _NOBODY:
        return None
    if head.pos_ == "PRON" and head.lower_ not in ("those", "some", "many", "others"):
        return None
    start, span = source.paragraph.start, source.span
    phrase = [t for t in noun_phrase(head) if span[0] <= start + t.idx < span[1]] or parsed.tokens(
        span
    )
    span = source.paragraph.span_of(phrase)
    name = one_line(parsed.text[slice(*span)])
    key = name.lower().removeprefix("the ").removeprefix("a ").removeprefix("an ")
    draft = source.index.worded(key)
    if draft is None:
        draft = Draft(name, _kind(head))
        source.index.add(draft)
    source.index.mention(parsed.text, span, draft)
    return draft


def _kind(head: Token) -> ActorKind:
    words = lexicon("people")
    if head.lemma_.lower() in words["groups"]:
        return ActorKind.GROUP
    if head.pos_ == "PROPN":
        return ActorKind.PERSON if head.ent_type_ == "PERSON" else ActorKind.ORGANISATION
    return ActorKind.UNNAMED


def _answers(source: Source) -> Draft | None:
    """The A of questions and answers: whom the article names most."""
    if source.attribution.rule is not Rule.TRANSCRIPT or source.text != "A":
        return None
    people = (draft for draft in source.index.drafts if draft.kind is ActorKind.PERSON)
    return max(people, key=lambda draft: len(draft.mentions), default=None)


def _somebody_known(source: Source) -> Draft | None:
    """ "the patient", "the premier's": somebody whom the article names elsewhere, not known whom."""
    head = source.head
    is_one = head is not None and head.tag_ == "NN"
    definite = is_one and any(t.lower_ == "the" or t.dep_ == POSSESSOR for t in head.lefts)
    return _unnamed(source) if definite else None


ROWS = (
    Row(
        "answers",
        _answers,
        0.8,
        yes=(
            "Ann Cole runs the port.\n\nQ: Is it open?\n\nA: Not yet.\n\nQ: Why?\n\nA: Ice.",
            "Ann Cole",
        ),
        no=("Ann Cole runs the port.\n\nA: Not yet.", "nobody"),
    ),
    Row(
        "written out",
        _written,
        0.9,
        yes=("Robert “Bobby” Tremaine said it was late.", "Robert Tremaine"),
        no=("Robert Tremaine said it was late.", "Robert Tremaine"),
    ),
    Row(
        "name beside",
        _beside,
        0.97,
        yes=("The contractor, Dov Klein, said it was late.", "Dov Klein"),
        no=("The contractor of Dov Klein said it was late.", "The contractor of Dov Klein"),
    ),
    Row(
        "named",
        _named,
        0.99,
        yes=("Dov Klein said it was late.", "Dov Klein"),
        no=("The man said it was late.", "The man"),
    ),
    Row(
        "owner",
        _owner,
        0.8,
        yes=("Dov Klein’s letter said it was late.", "Dov Klein"),
        no=("Dov Klein’s lawyer said it was late.", "Dov Klein’s lawyer"),
    ),
    Row(
        "issuer",
        _issuer,
        0.9,
        yes=("The Acme Group sent a statement. “It is late,” the statement said.", "Acme Group"),
        no=("The Acme Group sent a man. “It is late,” the man said.", "the man"),
    ),
    Row(
        "of a kind",
        _of_kind,
        0.8,
        yes=("Acme Corp closed. “It is late,” the company said.", "Acme Corp"),
        no=("Acme Corp closed. “It is late,” a company said.", "a company"),
    ),
    Row(
        "known",
        _known,
        0.91,
        yes=("The United Nations said it was late.", "United Nations"),
        no=("The man said it was late.", "The man"),
    ),
    Row(
        "phrase",
        _phrase,
        0.69,
        yes=("The police came. The police said it was late.", "The police"),
        no=("The man said it was late.", "The man"),
    ),
    Row(
        "somebody known",
        _somebody_known,
        0.3,
        yes=("The man said it was late.", "The man"),
        no=("A man said it was late.", "A man"),
    ),
    Row(
        "unnamed",
        _unnamed,
        0.84,
        yes=("The man said it was late.", "The man"),
        no=("It said it was late.", "nobody"),
    ),
)


def source_of(source: Source, turn: Turn | None) -> Found | None:
    """Who a source is; a pronoun takes its `turn`. None where that cannot be told."""
    if turn is not None:
        return _of_pronoun(source, turn)
    if source.written is None:
        return None
    if source.attribution.rule is Rule.TRANSCRIPT and source.text == "Q":
        return None
    for row in ROWS:
        draft = row.who(source)
        if draft is not None:
            _mention_relative(source, draft)
            return Found(draft, row.name, row.share)
    return None


def _of_pronoun(source: Source, turn: Turn) -> Found | None:
    found = meant(turn)
    head = source.written
    if found is None or head is None:
        return None
    if turn.gender in ("m", "f"):
        found.draft.gender = found.draft.gender or turn.gender
    offset = source.paragraph.start + head.idx
    source.index.mention(source.parsed.text, (offset, offset + len(head.text)), found.draft)
    return Found(found.draft, found.row.name, found.share)


_BY = re.compile(r"[,\s]*by\s")
_BEHIND = 60  # characters in which an agent is named


def agent_of(parsed: Parsed, index: Index, attribution: Attribution) -> Found | None:
    """Who is named behind "by" at the end of an attribution without a source."""
    end = max(one[1] for one in (*attribution.cue, *attribution.content))
    by = _BY.match(parsed.text, end)
    if by is None:
        return None
    named = (one for one in index.mentions((by.end(), by.end() + _BEHIND)) if one[0][0] >= end)
    for span, draft in sorted(named, key=lambda one: one[0]):
        if draft.kind in _NAMED and parsed.text.find(".", by.end(), span[0]) < 0:
            return Found(draft, "agent", 0.9)
    return None


def _mention_relative(source: Source, draft: Draft) -> None:
    """ "who" is a mention of whom it stands for."""
    written, head = source.written, source.head
    if written is None or head is None or written.i == head.i:
        return
    offset = source.paragraph.start + written.idx
    source.index.mention(source.parsed.text, (offset, offset + len(written.text)), draft)
