"""Who wrote what is cited: "Acme’s letter said", "a report by Acme", "she denied it in a post".

A letter, a post, a statement speaks for whoever wrote, signed or issued it, where the article says
who that is: beside the noun, in the verb that it is the object of, or where it was last spoken of
so. A report with its author beside it, "the report by Acme", is a source of its own, which tells
whose it is; "the report" behind it is the same. Each way to tell who wrote something is a row, with
a text where it does and a near miss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import (
    AGENT,
    ATTRIBUTES,
    NOUN,
    OBJECT,
    OBJECT_OF_PREPOSITION,
    OF_NOUNS,
    PASSIVE_SUBJECT,
    POSSESSOR,
    PREPOSITION,
    PREPOSITIONS,
    SHARE_SUBJECTS,
    SUBJECT,
    SUBJECTS,
    VERB,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import child, climb
from pullquote.findings import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pullquote.analysis.drafts import Draft
    from pullquote.analysis.parsed import Paragraph

    Place = tuple[Paragraph, Token]
    Who = Callable[[Paragraph, Token], Draft | None]  # of whom the article speaks with a word

_JOINED = 4  # verbs that share a subject: "met, voted and issued a statement"
_BODIES = (ActorKind.ORGANISATION, ActorKind.GOVERNMENT)


def is_issued(head: Token) -> bool:
    """Whether a noun names words that somebody issues, and answers for: a statement, a post."""
    return head.pos_ == NOUN and head.lemma_.lower() in lexicon("cues")["turns"]["issued"]


def has_author(head: Token) -> bool:
    """Whether a noun names words that somebody writes: those that are issued, reports, books."""
    is_written = head.lemma_.lower() in lexicon("cues")["turns"]["authored"]
    return is_issued(head) or (head.pos_ == NOUN and is_written)


def is_writing(word: Token) -> bool:
    """Whether a word names what somebody wrote, or says that they did: "posted"."""
    if word.pos_ == VERB:
        return word.lemma_.lower() in lexicon("cues")["written"]
    return is_legible(word)


def is_legible(word: Token) -> bool:
    """Whether a noun names what can be read: what somebody writes, or what words stand on."""
    return word.pos_ == NOUN and word.lemma_.lower() in _legible()


@cache
def _legible() -> frozenset[str]:
    turns = lexicon("cues")["turns"]
    return frozenset().union(turns["issued"], turns["authored"], turns["surfaces"])


class Row(NamedTuple):
    """A way to tell who wrote what a noun names, a text where it does and one where it does not."""

    name: str
    who: Callable[[Token], Iterator[Token]]
    yes: tuple[str, str]
    no: tuple[str, str]
    kinds: tuple[ActorKind, ...] = tuple(ActorKind)
    is_beside: bool = True  # whether it stands with the noun


def _whose(noun: Token) -> Iterator[Token]:
    return (below for below in noun.children if below.dep_ == POSSESSOR)


def _beside(noun: Token) -> Iterator[Token]:
    return (below for below in noun.children if below.dep_ in ATTRIBUTES)


def _by(noun: Token) -> Iterator[Token]:
    of_issuers = lexicon("words")["of issuers"]
    by = (one for one in noun.children if one.dep_ in PREPOSITIONS and one.lower_ in of_issuers)
    return chain.from_iterable(one.children for one in by)


def _made_by(noun: Token) -> Iterator[Token]:
    for verb in noun.children:
        if verb.dep_ not in OF_NOUNS or not _issues(verb):
            continue
        by = child(verb, (AGENT,))
        who = child(verb, (SUBJECT,)) if by is None else child(by, (OBJECT_OF_PREPOSITION,))
        if who is not None:
            yield who


def _issues(verb: Token) -> bool:
    return verb.lemma_.lower() in lexicon("cues")["turns"]["issuing"]


def _object(noun: Token) -> Iterator[Token]:
    if noun.dep_ == OBJECT and _issues(noun.head):
        yield from _doer(noun.head, noun)


def _in(noun: Token) -> Iterator[Token]:
    """Who says something in it, but for what the words tell of being read or named there."""
    if noun.dep_ != OBJECT_OF_PREPOSITION or noun.head.dep_ != PREPOSITION:
        return
    verb = climb(noun.head.head, lambda one: one.pos_ == VERB)
    turns = lexicon("cues")["turns"]
    if noun.head.lower_ in turns["in"] and verb.lemma_.lower() not in turns["reading"]:
        yield from _doer(verb, noun)


def _doer(verb: Token, noun: Token) -> Iterator[Token]:
    """The subject of an active verb, or of one that shares its subject with that."""
    for _ in range(_JOINED):
        subject = child(verb, SUBJECTS)
        if subject is not None or verb.dep_ not in SHARE_SUBJECTS:
            break
        verb = verb.head
    if subject is None or subject.dep_ == PASSIVE_SUBJECT:
        return
    first, last = sorted((subject.i, noun.i))
    if not any(token.is_quote for token in noun.doc[first:last]):  # “We did,” it says
        yield subject


ROWS = (
    Row(
        "whose it is",
        _whose,
        yes=("Acme Corp’s letter said that it was “never late”.", "Acme Corp"),
        no=("A letter on Acme Corp’s trains said it was “late”.", "A letter on Acme Corp’s trains"),
    ),
    Row(
        "the body beside it",
        _beside,
        yes=("An Acme Corp letter said that it was “never late”.", "Acme Corp"),
        no=("A railway letter said that it was “never late”.", "A railway letter"),
        kinds=_BODIES,
    ),
    Row(
        "by whom it is",
        _by,
        yes=("A letter by Acme Corp said that it was “never late”.", "Acme Corp"),
        no=("A letter about Acme Corp said that it was “never late”.", "A letter about Acme Corp"),
    ),
    Row(
        "who signed it",
        _made_by,
        yes=("A letter signed by Dov Klein said that it was “never late”.", "Dov Klein"),
        no=("A letter read by Dov Klein said it was “late”.", "A letter read by Dov Klein"),
    ),
    Row(
        "who sent it",
        _object,
        yes=("Dov Klein wrote a letter to Acme Corp. The letter said it was “late”.", "Dov Klein"),
        no=("Dov Klein got a letter. The letter said it was “late”.", "The letter"),
        is_beside=False,
    ),
    Row(
        "who spoke in it",
        _in,
        yes=("Dov Klein denied it in a letter. The letter said it was “late”.", "Dov Klein"),
        no=("Dov Klein was named in a letter. The letter said it was “late”.", "The letter"),
        is_beside=False,
    ),
)


def author_of(noun: Token) -> Token | None:
    """Whose words a noun names, where it says so beside it: "her order", "orders from Ann Cole"."""
    return next(chain(_whose(noun), _by(noun)), None)


class Issued:
    """Who wrote the last letter, statement, report, … that the article has spoken of."""

    def __init__(self, who: Who) -> None:
        self._who = who
        self._authors: dict[str, Place | None] = {}  # by the lemma of the noun
        self.last: Place | None = None  # the last noun for what can be read

    def see(self, paragraph: Paragraph, word: Token) -> None:
        """What somebody wrote is spoken of; or somebody "posted": then "the post" is theirs."""
        lemma = word.lemma_.lower()
        self.last = (paragraph, word) if is_legible(word) else self.last
        if word.pos_ == VERB:
            doer = next(_doer(word, word), None)
            if doer is not None:
                written = lexicon("cues")["written"].get(lemma, ())
                self._authors |= dict.fromkeys(written, (paragraph, doer))
        elif has_author(word):
            author = self._named(paragraph, word)
            indefinite = lexicon("words")["indefinite"]
            if author is not None or any(below.lower_ in indefinite for below in word.lefts):
                self._authors[lemma] = author

    def _named(self, paragraph: Paragraph, noun: Token) -> Place | None:
        """The word for who wrote it; beside the noun it has to be of somebody known."""
        for row in ROWS:
            for token in row.who(noun):
                if not row.is_beside:
                    return paragraph, token
                draft = self._who(paragraph, token)
                is_known = draft is not None and draft.kind in row.kinds
                if is_known and draft is not self._who(paragraph, noun):
                    return paragraph, token if is_issued(noun) else noun
        return None

    def author(self, noun: Token) -> Draft | None:
        """Who wrote what a noun names, as far as the article has said so."""
        place = self._authors.get(noun.lemma_.lower())
        return None if place is None else self._who(*place)

    def is_of(self, noun: Token) -> bool:
        """Whether it is this very noun that says who wrote it."""
        place = self._authors.get(noun.lemma_.lower())
        return place is not None and place[1].doc is noun.doc and place[1].i == noun.i
