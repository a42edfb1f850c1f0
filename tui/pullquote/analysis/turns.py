"""Whose turn it is to speak: which actor "he said", "she added", "they said", "it said" stand for.

A pronoun in the article's own voice stands for somebody whom that voice spoke of: who spoke last,
or who has been the subject of its sentences since. Whoever is only named in somebody's words is
out of its focus, and nobody is a pronoun whose own words call them by name. Each way to find the
one meant is a row of `ROWS` with a sentence where it does and a near miss.

What the focus holds are sentences in the article's own voice (centering, Grosz, Joshi and
Weinstein 1995), the latest first; those inside quotations and reported clauses neither enter it
nor push anything out of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import CONJUNCT, POSSESSOR, SINGULAR, SUBJECTS, UNDERGOERS
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import climb
from pullquote.findings import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pullquote.analysis.drafts import Draft

HE, SHE, THEY, IT, ANYBODY = "m", "f", "p", "n", ""


@cache
def genders() -> dict[str, str]:
    """Each pronoun of the third person but "it" with the gender of whom it stands for."""
    by_gender = lexicon("words")["pronouns"]
    return {pronoun: gender for gender, pronouns in by_gender.items() for pronoun in pronouns}


@cache
def genders_of_sources() -> dict[str, str]:
    """The same for what says something: "it" too."""
    return genders() | dict.fromkeys(lexicon("words")["of things"], IT)


def is_reflexive(token: Token) -> bool:
    """Whether a word is "himself" or its like."""
    return token.lower_ in lexicon("words")["reflexives"]


_REACH = 8  # sentences of the article's own voice
_NEAR = 2  # paragraphs in which who spoke last is the likeliest to go on


class Mention(NamedTuple):
    """Somebody in the focus."""

    draft: Draft
    is_subject: bool
    spoke: bool
    is_one: bool  # one human being, by name or by noun
    paragraph: int
    is_accused: bool = False
    with_theirs: bool = False  # and others of theirs: "Ann Cole and her colleagues"
    wrote: bool = False  # whether they speak by what they wrote: "Ann Cole's report"


def latest(sentences: Iterable[Sequence[Mention]]) -> Iterator[Mention]:
    """Those who are mentioned in sentences of which the latest comes first, the latest first."""
    return chain.from_iterable(map(reversed, sentences))


class Question(NamedTuple):
    """Who asked, and whom, in the sentence before."""

    asker: Draft | None
    asked: Draft | None


@dataclass
class Focus:
    """Whom the article's own voice has spoken of, sentence by sentence, the latest first."""

    sentences: deque[list[Mention]] = field(default_factory=lambda: deque(maxlen=_REACH))
    question: Question | None = None

    @property
    def askers(self) -> frozenset[int]:
        """Who has asked in this sentence: "asked by Ann Cole whether it was late, she said"."""
        asker = self.question.asker if self.question is not None else None
        return frozenset() if asker is None else frozenset({id(asker)})

    def begin(self) -> None:
        """A new sentence; one that mentioned nobody takes no place."""
        if not self.sentences or self.sentences[0]:
            self.sentences.appendleft([])

    def put(self, mention: Mention) -> None:
        """Somebody is mentioned."""
        self.sentences[0].append(mention)


@dataclass(frozen=True)
class Turn:
    """A pronoun that the rows look for the actor of."""

    sentences: Sequence[Sequence[Mention]]  # the latest first
    gender: str
    paragraph: int
    is_source: bool = False  # whether it is who says something
    is_reflexive: bool = False
    continues: bool = False  # whether it says more: "he added"
    question: Question | None = None
    named: frozenset[int] = frozenset()  # ids of the drafts that its words call by name

    def placed(self) -> Iterator[tuple[int, Mention]]:
        """Those whom it may stand for, the latest first, each with how many sentences ago.

        In a sentence those whose gender is known come alone.
        """
        for place, sentence in enumerate(self.sentences):
            fitting = [mention for mention in sentence if self._fits(mention)]
            known = [mention for mention in fitting if mention.draft.gender == self.gender]
            yield from ((place, mention) for mention in reversed(known or fitting))

    def mentions(self) -> Iterator[Mention]:
        """Those whom it may stand for, the latest first."""
        return (mention for _, mention in self.placed())

    def _fits(self, mention: Mention) -> bool:
        is_known = mention.draft.kind is ActorKind.PERSON or (
            self.is_source and self.paragraph - mention.paragraph <= _NEAR
        )
        fits = FITS[self.gender](mention) and (is_known or self.gender in (THEY, IT))
        return fits and id(mention.draft) not in self.named


def _fits_one(gender: str) -> Callable[[Mention], bool]:
    return lambda mention: mention.is_one and mention.draft.gender in (gender, None)


def _fits_many(mention: Mention) -> bool:
    draft = mention.draft
    if draft.kind is ActorKind.PERSON:
        return mention.with_theirs or (draft.gender is None and " " not in draft.name)
    return True


def _fits_thing(mention: Mention) -> bool:
    is_thing = not mention.is_one and mention.draft.kind is not ActorKind.PERSON
    return mention.wrote or is_thing


FITS: dict[str, Callable[[Mention], bool]] = {
    HE: _fits_one(HE),
    SHE: _fits_one(SHE),
    THEY: _fits_many,
    IT: _fits_thing,
    ANYBODY: lambda mention: mention.is_one or mention.spoke,
}


def is_one(draft: Draft, head: Token) -> bool:
    """Whether a mention is of one human being."""
    if draft.kind is ActorKind.PERSON:
        return True
    people = lexicon("people")
    lemma = head.lemma_.lower()
    known = lemma in people["unnamed"] or lemma in people["groups"]
    known = known or lemma in people["male_words"] or lemma in people["female_words"]
    return known and head.tag_ == SINGULAR and lemma not in people["collective"]


# --- the rows


class Row(NamedTuple):
    """A way to find whom a pronoun stands for, a text where it does and one where it does not."""

    name: str
    who: Callable[[Turn], Draft | None]
    share: float  # of the pronouns that it resolves alone, those that people resolve so too
    rivalled: float  # the same where somebody else near could be meant
    yes: tuple[str, str]
    no: tuple[str, str]


def _asked(turn: Turn) -> Draft | None:
    if not turn.is_source or turn.question is None:
        return None
    asked = turn.question.asked
    return next((m.draft for m in turn.mentions() if m.draft is asked), None)


def _in_focus(turn: Turn) -> Draft | None:
    """The last who spoke or was the subject, for what says something."""
    near = (m for m in turn.mentions() if turn.paragraph - m.paragraph <= _NEAR)
    return next((m.draft for m in near if m.is_subject), None) if turn.is_source else None


def _spoke_before(turn: Turn) -> Draft | None:
    """Who spoke in the paragraph before, whatever the given name is taken for."""
    if not turn.is_source or turn.gender not in (HE, SHE):
        return None
    near = (m for m in latest(turn.sentences) if m.spoke and turn.paragraph - m.paragraph <= 1)
    last = next(near, None)
    if last is None or not last.is_one or id(last.draft) in turn.named:
        return None
    return last.draft


def _nearest(turn: Turn) -> Draft | None:
    """Whom the nearest sentence speaks of, its subject first; nearest of all for "himself"."""
    first, place = None, None
    for place_here, mention in turn.placed():
        if place is not None and place_here != place:
            break
        if mention.is_subject or turn.is_reflexive:
            return mention.draft
        first, place = first or mention.draft, place_here
    return first


ROWS = (
    Row(
        "asked answers",
        _asked,
        0.6,
        0.5,
        yes=("Kim Park asked Paul Cole whether he knew. “I did not,” he said.", "Paul Cole"),
        no=("Paul Cole said that Kim Park had asked. “I did not,” he said.", "Paul Cole"),
    ),
    Row(
        "in focus",
        _in_focus,
        0.85,
        0.8,
        yes=("Tom Levitt said John Marlow knew the town. “I like it,” he said.", "Tom Levitt"),
        no=("Tom Levitt met John Marlow. Marlow left. “I like it,” he said.", "John Marlow"),
    ),
    Row(
        "spoke before",
        _spoke_before,
        0.65,
        0.65,
        yes=("Ann Cole called. Jin Bao said it was late. “I like it,” he said.", "Jin Bao"),
        no=("Jin Bao said it was late. Paul Cole left. “I like it,” he said.", "Paul Cole"),
    ),
    Row(
        "nearest",
        _nearest,
        0.5,
        0.5,
        yes=("The town welcomed Tom Levitt. “I like it,” he said.", "Tom Levitt"),
        no=("The town welcomed Ann Levitt. “I like it,” he said.", "nobody"),
    ),
)


class Meant(NamedTuple):
    """Whom a pronoun stands for, the row that found it, and who came second."""

    draft: Draft
    row: Row
    rival: Draft | None = None

    @property
    def share(self) -> float:
        """How sure that is."""
        return self.row.share if self.rival is None else self.row.rivalled


def meant(turn: Turn) -> Meant | None:
    """Whom a pronoun stands for."""
    for row in ROWS:
        draft = row.who(turn)
        if draft is not None:
            near = (m for m in turn.mentions() if turn.paragraph - m.paragraph <= _NEAR)
            rival = next((m.draft for m in near if m.draft is not draft), None)
            return Meant(draft, row, rival)
    return None


def is_subject(token: Token | None) -> bool:
    """Whether a word is the subject of a verb."""
    return token is not None and token.dep_ in SUBJECTS


def with_theirs(token: Token) -> bool:
    """Whether others of theirs are joined to somebody: "Cole and her team"; not "Cole and Park"."""
    others = (one for one in token.children if one.dep_ == CONJUNCT)
    owners = (below for one in others for below in one.children if below.dep_ == POSSESSOR)
    return any(owner.lower_ in genders() for owner in owners)


def is_accused(token: Token) -> bool:
    """Whether a word is whom somebody accuses, or one of them: "sued Ann Cole and Acme"."""
    first = climb(token, lambda one: one.dep_ != CONJUNCT)
    return first.dep_ in UNDERGOERS and first.head.lemma_.lower() in lexicon("accusations")["cues"]
