"""Which actor a source is, by the words that name it: rows, the surest first.

A name, a role with the name beside it, a phrase for an actor; a relative ("who cautioned that")
stands for what it follows; "Her remarks" for their owner, "the statement" for who issued it; a
pronoun takes its turn (pronouns.py). Any other wording is an unnamed source, kept as written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.actors.phrases import noun_phrase
from pullquote.analysis.appositions import name_beside, name_in
from pullquote.analysis.definite import is_definite, is_national, last_person, of_kind
from pullquote.analysis.drafts import Draft
from pullquote.analysis.en.labels import NAME, POSSESSOR, SINGULAR
from pullquote.analysis.fronted import is_utterance
from pullquote.analysis.introduced import named_below, who_answers, whose_line
from pullquote.analysis.issued import Issued, has_author, is_issued
from pullquote.analysis.lexicon import countries, lexicon
from pullquote.analysis.mentions import Index
from pullquote.analysis.parsed import Paragraph, Parsed
from pullquote.analysis.somebody import is_nobody, kind_of, noun_of
from pullquote.analysis.sourcing import is_document, is_part_of_a_text
from pullquote.analysis.things import known_things
from pullquote.analysis.together import Together, who_together
from pullquote.analysis.turns import Mention, latest
from pullquote.findings import ActorKind, Attribution, AttributionKind, Rule
from pullquote.text import Span, one_line

if TYPE_CHECKING:
    from spacy.tokens import Token


class Found(NamedTuple):
    """Who a source is, by which row, and the share of its findings that are right."""

    draft: Draft
    row: str
    share: float


@dataclass
class Source:
    """A source as the rows look at it."""

    parsed: Parsed
    index: Index
    attribution: Attribution
    focus: Sequence[Sequence[Mention]]  # whom the article's own voice has spoken of
    issued: Issued  # who wrote the last statement, letter, …
    together: Together  # who are named together

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
        return noun_of(self.written) if self.written is not None else None

    @cached_property
    def paragraph(self) -> Paragraph:
        paragraph = self.parsed.paragraph(self.span[0])
        assert paragraph is not None
        return paragraph

    @cached_property
    def spoken_of(self) -> Draft | None:
        """Whom the article speaks of with it.

        A noun stands for nobody whom its own words call by name: "the boy said, ‘Hello, Ann’".
        """
        head, one = self.head, self.attribution
        draft = self.at(head) if head is not None else None
        if head is None or head.pos_ == NAME or one.kind is not AttributionKind.DIRECT:
            return draft
        called = [other for span in one.content for _, other in self.index.named_in(span)]
        return None if draft in called else draft

    def at(self, token: Token) -> Draft | None:
        return self.index.at(self.paragraph.span_of([token]))


class Row(NamedTuple):
    """A way to find who a source is, a text where it does and one where it does not."""

    name: str
    who: Callable[[Source], Draft | None]
    share: float  # of the speakers that it finds, those that people name too
    yes: tuple[str, str]
    no: tuple[str, str]


NAMED = (ActorKind.PERSON, ActorKind.ORGANISATION, ActorKind.GOVERNMENT)


def _named(source: Source) -> Draft | None:
    head = source.head
    return _meant(source) if head is not None and head.pos_ == NAME else None


def _meant(source: Source) -> Draft | None:
    """ "The man", whom the model takes for somebody named."""
    draft = source.spoken_of
    return draft if draft is not None and draft.kind is ActorKind.PERSON else None


def _beside(source: Source) -> Draft | None:
    said = source.attribution.content
    return name_beside(source.parsed, source.index.mentions, source.span, said)


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
    source.index.mention(source.span, draft)
    return draft


def _national(source: Source) -> Draft | None:
    """ "The Canadian": whoever is known to be that, else who spoke or did something last."""
    head, known = source.head, source.spoken_of
    if head is None or not is_national(head):
        return None
    if known is not None and known.affiliation == countries().demonyms[head.text]:
        return known
    last = last_person(source.focus, known) or _meant(source)
    if last is not None:
        span = source.paragraph.span_of([head])
        whole = source.paragraph.span_of(noun_phrase(head))
        source.index.move(span if source.index.exact(span) else whole, last)
    return last


def _known(source: Source) -> Draft | None:
    draft = source.spoken_of
    return draft if draft is not None and draft.kind in NAMED else None


def _phrase(source: Source) -> Draft | None:
    return source.spoken_of


def _owner(source: Source) -> Draft | None:
    """ "Her remarks", "the company's letter"."""
    head = source.head
    if head is None or not is_utterance(head):
        return None
    owners = (source.at(child) for child in head.children if child.dep_ == POSSESSOR)
    return next((owner for owner in owners if owner is not None), None)


def _issuer(source: Source) -> Draft | None:
    """ "The letter", where the article has said who wrote it; "the report by Acme" is itself."""
    head = source.head
    author = source.issued.author(head) if head is not None and has_author(head) else None
    if author is None or head is None or is_issued(head):
        return author
    report = source.at(head) or _unnamed(source)
    phrase = one_line(source.text.partition(",")[0])
    if report is author and source.issued.is_of(head) and len(phrase) > len(author.name):
        author.aliases.add(author.name)
        author.name = phrase
    return author


def _body(source: Source) -> Draft | None:
    return of_kind(source.head, source.focus) if source.head is not None else None


def _again(source: Source) -> Draft | None:
    """ "The source", "the spokesman", behind somebody unnamed who spoke last."""
    head = source.head
    if head is None or not is_definite(head):
        return None
    spoke = (mention.draft for mention in latest(source.focus) if mention.spoke)
    last = next(spoke, None)
    if last is None or last.kind is not ActorKind.UNNAMED:
        return None
    if head.lower_ not in {*last.name.lower().split(), *lexicon("sources")["anybody"]}:
        return None
    source.index.move(source.paragraph.span_of(noun_phrase(head)), last)
    return last


def _unnamed(source: Source) -> Draft | None:
    """A new actor, or the one of the same wording before."""
    head, parsed = source.head, source.parsed
    if head is None or is_nobody(head):
        return None
    start, span, whole = source.paragraph.start, source.span, noun_phrase(head)
    if head is source.written:  # no relative pronoun
        whole = [t for t in whole if span[0] <= start + t.idx < span[1]] or parsed.tokens(span)
    span = source.paragraph.span_of(whole)
    name = one_line(parsed.text[slice(*span)])
    is_number = not any(map(str.isalpha, name))  # "18 %"
    if is_number or is_part_of_a_text(name) or name.lower() in known_things():
        return None
    draft = source.index.worded(name)
    if draft is None:
        draft = Draft(name, ActorKind.DOCUMENT if is_document(name) else kind_of(head))
        source.index.add(draft)
    source.index.mention(span, draft)
    return draft


def _somebody_known(source: Source) -> Draft | None:
    """ "the patient": somebody whom the article knows, by a name that is not found."""
    head = source.head
    if head is None or head.tag_ != SINGULAR:
        return None
    definite = lexicon("words")["definite"]
    is_known = any(t.lower_ in definite or t.dep_ == POSSESSOR for t in head.lefts)
    return _unnamed(source) if is_known else None


ROWS = (
    Row(
        "answers",
        who_answers,
        0.8,
        yes=(
            "Ann Cole runs the port.\n\nQ: Is it open?\n\nA: Not yet.\n\nQ: Why?\n\nA: Ice.",
            "Ann Cole",
        ),
        no=("WALLACE: Is it open?\n\nPENCE: Not yet. Ann Cole runs it.", "PENCE"),
    ),
    Row(
        "line",
        whose_line,
        0.77,
        yes=(
            "Ann Cole met Kim Park.\n\nCOLE: Is it open?\n\nPARK: Not yet.\n\nCOLE: Why?",
            "Ann Cole",
        ),
        no=("WALLACE: Is it open?\n\nPENCE: Not yet. Ann Cole runs it.", "PENCE"),
    ),
    Row(
        "written out",
        _written,
        0.9,
        yes=("Robert “Bobby” Tremaine said it was late.", "Robert Tremaine"),
        no=("Robert Tremaine said it was late.", "Robert Tremaine"),
    ),
    Row(
        "together",
        who_together,
        0.9,
        yes=("Dov Klein and Ann Cole said it was late.", "Dov Klein and Ann Cole"),
        no=("Dov Klein and his team said it was late.", "Dov Klein"),
    ),
    Row(
        "name beside",
        _beside,
        0.97,
        yes=("The contractor, Dov Klein, said it was late.", "Dov Klein"),
        no=("The contractor of Dov Klein said it was late.", "The contractor of Dov Klein"),
    ),
    Row(
        "national",
        _national,
        0.75,
        yes=("Dov Klein won again. “It was late,” said the Canadian.", "Dov Klein"),
        no=("Dov Klein won again. “It was late,” said the Canadians.", "Canadians"),
    ),
    Row(
        "named",
        _named,
        0.98,
        yes=("Dov Klein said it was late.", "Dov Klein"),
        no=("The man said it was late.", "The man"),
    ),
    Row(
        "meant",
        _meant,
        0.77,
        yes=("President Dov Klein left. The president said it was late.", "Dov Klein"),
        no=("The man said it was late.", "The man"),
    ),
    Row(
        "named below",
        named_below,
        0.78,
        yes=(
            "A tenant says he was locked out of his own flat.\n\n"
            "Tom Reed, 45, came home on Friday. Reed wept.",
            "Tom Reed",
        ),
        no=("A witness said he had shouted. The trial of Tom Reed goes on.", "A witness"),
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
        0.69,
        yes=("The Acme Group sent a statement. “It is late,” the statement said.", "Acme Group"),
        no=("The Acme Group sent a man. “It is late,” the man said.", "the man"),
    ),
    Row(
        "spoke last, and again",
        _again,
        0.86,
        yes=("A friend said it was late. “It is too late,” the source added.", "A friend"),
        no=("Dov Klein said it was late. “It is too late,” the source added.", "the source"),
    ),
    Row(
        "of a kind",
        _body,
        0.75,
        yes=("Acme Corp closed. “It is late,” the company said.", "Acme Corp"),
        no=("Acme Corp closed. “It is late,” a company said.", "a company"),
    ),
    Row(
        "known",
        _known,
        0.78,
        yes=("The United Nations said it was late.", "United Nations"),
        no=("The man said it was late.", "The man"),
    ),
    Row(
        "phrase",
        _phrase,
        0.8,
        yes=("The police came. The police said it was late.", "The police"),
        no=("The man said it was late.", "The man"),
    ),
    Row(
        "somebody known",
        _somebody_known,
        0.6,
        yes=("The patient said it was late.", "The patient"),
        no=("A patient said it was late.", "A patient"),
    ),
    Row(
        "unnamed",
        _unnamed,
        0.54,
        yes=("Leaked papers said it was late.", "Leaked papers"),
        no=("It said it was late.", "nobody"),
    ),
)


def source_of(source: Source) -> Found | None:
    """Who a source is that is no pronoun. None where that cannot be told."""
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


def _mention_relative(source: Source, draft: Draft) -> None:
    """ "who" is a mention of whom it stands for."""
    written, head = source.written, source.head
    if written is None or head is None or written.i == head.i:
        return
    source.index.mention(source.paragraph.span_of([written]), draft)
