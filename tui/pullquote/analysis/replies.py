"""What an article says of asking the other side: who declined, did not answer, denied it.

A reply hangs on one word of a sentence: a verb ("declined"), a noun ("no response") or an adjective
("unavailable"), with what it governs. Each row says what that must be and where whoever was asked
stands to it. Offsets are half-open, in code points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import (
    CLAUSES,
    MODAL,
    NEGATION,
    NOUN,
    NOUNS,
    OBJECT,
    OF_NOUNS,
    POSSESSOR,
    PREPOSITION,
    PREPOSITIONS,
    SUBJECTS,
    VERB,
    WHO,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, subtree
from pullquote.analysis.places import Places
from pullquote.analysis.warnings.issuers import Issuers, subject_of
from pullquote.findings import Actor, Quote, Reply, ReplyKind, numbered

if TYPE_CHECKING:
    from spacy.tokens import Token

# The share of what the rows find on gold articles that people marked as replies too.
_SURE = 0.85


@dataclass(frozen=True)
class Word:
    """A word with what it governs, as the rows look at it."""

    token: Token

    @cached_property
    def lemma(self) -> str:
        return self.token.lemma_.lower()

    def is_of(self, name: str) -> bool:
        """Whether the word is of a list of en/replies.toml."""
        return self.lemma in lexicon("replies")[name]

    def is_verb(self, name: str) -> bool:
        return self.token.pos_ == VERB and self.is_of(name)

    @cached_property
    def under(self) -> list[Token]:
        """What the word governs, its subject left out."""
        skipped = {t.i for child in self.token.children if child.dep_ in SUBJECTS for t in (child,)}
        return [
            below
            for child in self.token.children
            if child.i not in skipped and child.dep_ not in _LOOSE
            for below in subtree(child)
        ]

    def governs(self, name: str) -> bool:
        """Whether a word of a list is among what this one governs."""
        return any(token.lemma_.lower() in lexicon("replies")[name] for token in self.under)

    @cached_property
    def is_negated(self) -> bool:
        """ "did not", "was unable to", "has yet to", "neither … nor"."""
        return _negates(self.token) or (
            self.token.dep_ == "xcomp"
            and (
                self.token.head.lemma_.lower() in ("unable", "fail")
                or (self.token.head.lemma_.lower() in ("able", "manage") and _fails(self.token))
                or any(child.lower_ == "yet" for child in self.token.head.children)
            )
        )

    @cached_property
    def is_passive(self) -> bool:
        return any(child.dep_ in ("auxpass", "nsubjpass") for child in self.token.children)

    def has_modal(self, *words: str) -> bool:
        return any(c.tag_ == MODAL and c.lower_ in words for c in self.token.children)

    def child(self, *labels: str) -> Token | None:
        return next((child for child in self.token.children if child.dep_ in labels), None)


_LOOSE = frozenset({"advcl", "conj", "relcl", "parataxis", "ccomp", "cc"})


def _negates(token: Token) -> bool:
    return any(
        child.dep_ == NEGATION or child.lower_ in ("neither", "never") for child in token.children
    )


def _fails(verb: Token) -> bool:
    """ "was not able to reach", "did not manage to reach"."""
    return _negates(verb.head) or _negates(verb.head.head)


class Row(NamedTuple):
    """A kind of reply: the word that it hangs on, who was asked, and sentences with and without."""

    kind: ReplyKind
    when: Callable[[Word], bool]
    who: Callable[[Word], Token | None]
    yes: str
    no: str


# --- where whoever was asked stands


_TOWARDS = ("to", "for", "from")


def _subject(word: Word) -> Token | None:
    return subject_of(word.token)


def _object(word: Word) -> Token | None:
    return word.child(OBJECT) or word.child("nsubjpass")


def _nobody(word: Word) -> Token | None:
    return None


def _addressee(word: Word) -> Token | None:
    """ "calls to the council", "messages left for Nye", "no response from the ministry"."""
    return _to_whom(subject_of(word.token) or word.token)


def _from_whom(word: Word) -> Token | None:
    return _to_whom(word.token, "from")


def _to_whom(noun: Token, *words: str) -> Token | None:
    for below in subtree(noun):
        if below.dep_ in (*PREPOSITIONS, "dative") and below.lower_ in (words or _TOWARDS):
            for child in below.children:
                if child.dep_ == "pobj" and child.lemma_.lower() not in _for_comment():
                    return child
    return next(
        (
            child
            for below in subtree(noun)
            if below.lemma_.lower() in lexicon("replies")["reaches"]
            for child in below.children
            if child.dep_ == OBJECT
        ),
        None,
    )


def _for_comment() -> frozenset[str]:
    words: frozenset[str] = lexicon("replies")["comment"]
    return words


# --- what a word must govern


def _to_answer(word: Word) -> bool:
    """ "to comment", "to say who had paid"."""
    return any(
        child.dep_ == "xcomp" and child.lemma_.lower() in lexicon("replies")["answers"]
        for child in word.token.children
    )


def _a_request(word: Word) -> bool:
    """ "a request for an interview"."""
    return word.governs("requests") and word.governs("comment")


def _asked_subject(word: Word) -> bool:
    """ "Calls to the council …"."""
    subject = subject_of(word.token)
    return subject is not None and subject.lemma_.lower() in lexicon("replies")["requests"]


def _is_left_open(word: Word) -> bool:
    """ "promised to respond but did not do so": nothing is said to be answered."""
    return word.child(OBJECT, *PREPOSITIONS, *CLAUSES) is None


def _no(word: Word) -> bool:
    """ "no response", "no immediate response"."""
    return word.token.pos_ in NOUNS and any(c.lower_ == "no" for c in word.token.children)


def _is_somebody(token: Token | None) -> bool:
    people = lexicon("people")
    return token is not None and (
        token.ent_type_ in WHO
        or token.lemma_.lower() in people["unnamed"] | people["groups"] | {"he", "she", "they"}
        or token.lemma_.lower() in lexicon("sources")["officials"] | people["possessed"]
    )


def _is_known(token: Token | None) -> bool:
    """Somebody whom the article has spoken of: "the family", "her", a name; no "voters"."""
    return (token is not None and _is_somebody(token)) and (
        token.pos_ in ("PROPN", "PRON")
        or any(child.dep_ == POSSESSOR or child.lower_ == "the" for child in token.children)
    )


def _denies(word: Word) -> bool:
    """ "denied the claims", "denied taking it", "which she denies"; not "denied entry"."""
    if not word.is_verb("denies") or word.is_negated or word.is_passive:
        return False
    what = word.child(OBJECT)
    if what is not None:
        return word.governs("accusations") or what.tag_ == "VBG"
    return word.child(*CLAUSES, "pcomp") is not None or word.token.dep_ in OF_NOUNS


ROWS = (
    Row(
        ReplyKind.DECLINED,
        lambda one: one.is_verb("refuses") and not one.is_negated and _to_answer(one),
        _subject,
        yes="The firm declined to comment on the sale.",
        no="The minister refused to resign.",
    ),
    Row(
        ReplyKind.DECLINED,
        lambda one: one.is_verb("turns_down") and not one.is_negated and _a_request(one),
        _subject,
        yes="Ann Cole turned down several requests for an interview.",
        no="The minister turned down an offer of two million.",
    ),
    Row(
        ReplyKind.DECLINED,
        lambda one: one.is_verb("comments") and one.is_negated,
        _subject,
        yes="The club would not comment on the talks.",
        no="The club commented on the talks.",
    ),
    Row(
        ReplyKind.DECLINED,
        lambda one: one.is_verb("keeps_quiet") and one.is_negated and one.has_modal("would", "wo"),
        _subject,
        yes="Ann Cole would not say whether she had signed the paper.",
        no="Ann Cole did not say much as a child.",
    ),
    Row(
        ReplyKind.DECLINED,
        lambda one: one.is_of("comments") and _no(one),
        lambda one: _to_whom(one.token) or subject_of(one.token),
        yes="The embassy offered no comment.",
        no="The embassy offered a comment.",
    ),
    Row(
        ReplyKind.NO_RESPONSE,
        lambda one: (
            one.is_verb("responds")
            and one.is_negated
            and not one.is_passive
            and not one.has_modal("could", "can", "ca")
            and (one.governs("requests") or _is_left_open(one))
        ),
        _subject,
        yes="The firm did not respond to a request for comment.",
        no="The patient did not respond to the treatment.",
    ),
    Row(
        ReplyKind.NO_RESPONSE,
        lambda one: (
            one.is_verb("responds")
            and one.has_modal("will", "would")
            and one.governs("requests")
            and one.governs("comment")
        ),
        _subject,
        yes="The airline said it would respond shortly to a request for comment.",
        no="The airline said it would respond to the storm.",
    ),
    Row(
        ReplyKind.NO_RESPONSE,
        lambda one: (
            one.is_verb("responds") and one.is_negated and one.is_passive and _asked_subject(one)
        ),
        _addressee,
        yes="Messages left for Ann Cole were not returned.",
        no="Books lent to Ann Cole were not returned.",
    ),
    Row(
        ReplyKind.NO_RESPONSE,
        lambda one: one.lemma == "unanswered" and _asked_subject(one),
        _addressee,
        yes="Calls to the council went unanswered.",
        no="Prayers to the saint went unanswered.",
    ),
    Row(
        ReplyKind.NO_RESPONSE,
        lambda one: (
            one.is_of("response")
            and _no(one)
            and (_from_whom(one) is not None or _asked_subject(one))
        ),
        lambda one: _from_whom(one) or _addressee(one),
        yes="There was no immediate response from the ministry.",
        no="There was no response to the drug.",
    ),
    Row(
        ReplyKind.NO_RESPONSE,
        lambda one: (
            one.lemma == "available" and _negates(one.token.head) and one.governs("comment")
        ),
        _subject,
        yes="The agency was not immediately available for comment.",
        no="The player was not available for the match.",
    ),
    Row(
        ReplyKind.NO_RESPONSE,
        lambda one: one.is_verb("asks") and not one.is_negated and one.governs("comment"),
        _object,
        yes="The Herald has contacted Ann Cole for comment.",
        no="The police contacted the family on Monday.",
    ),
    Row(
        ReplyKind.NOT_REACHED,
        lambda one: (
            one.is_verb("reaches")
            and one.is_negated
            and one.is_passive
            and one.child("agent") is None
            and (one.governs("comment") or _is_somebody(one.child("nsubjpass")))
        ),
        lambda one: one.child("nsubjpass"),
        yes="Ann Cole could not be reached for comment.",
        no="The road could not be reached by lorries.",
    ),
    Row(
        ReplyKind.NOT_REACHED,
        lambda one: (
            one.is_verb("reaches")
            and one.is_negated
            and not one.is_passive
            and _is_known(one.child(OBJECT))
        ),
        lambda one: one.child(OBJECT),
        yes="The Herald was unable to reach Ann Cole on Tuesday.",
        no="The climbers were unable to reach the summit.",
    ),
    Row(
        ReplyKind.NOT_REACHED,
        lambda one: (
            one.is_verb("reaches")
            and one.token.head.pos_ == NOUN
            and one.token.head.lemma_.lower() in lexicon("replies")["attempts"]
            and any(
                token.lemma_.lower() in lexicon("replies")["fails"]
                for token in one.token.sent
                if token.i > one.token.i
            )
        ),
        lambda one: one.child(OBJECT),
        yes="Attempts to reach Ann Cole were unsuccessful.",
        no="Attempts to reach Ann Cole led to the arrest.",
    ),
    Row(
        ReplyKind.NOT_REACHED,
        lambda one: (
            one.lemma == "unavailable"
            and _is_somebody(subject_of(one.token))
            and (one.governs("comment") or one.child(PREPOSITION) is None)
        ),
        _subject,
        yes="Ann Cole was unavailable for comment.",
        no="Ann Cole was unavailable for the match.",
    ),
    Row(
        ReplyKind.DENIED,
        _denies,
        _subject,
        yes="The company has denied any wrongdoing.",
        no="The ministry denied entry to the two reporters.",
    ),
    Row(
        ReplyKind.DENIED,
        lambda one: one.is_verb("rejects") and not one.is_passive and one.governs("charges"),
        _subject,
        yes="Ann Cole has rejected the accusations.",
        no="The court rejected the appeal.",
    ),
    Row(
        ReplyKind.DENIED,
        lambda one: (
            one.lemma == "plead"
            and "guilty" in {token.lower_ for token in one.under}
            and any(token.lower_ == "not" for token in one.under)
        ),
        _subject,
        yes="Ann Cole pleaded not guilty.",
        no="Ann Cole pleaded guilty.",
    ),
    Row(
        ReplyKind.DENIED,
        lambda one: (
            one.is_verb("maintains") and any(token.lower_ == "innocence" for token in one.under)
        ),
        _subject,
        yes="The brothers maintain their innocence.",
        no="The brothers maintain their house.",
    ),
    Row(
        ReplyKind.DENIED,
        lambda one: (
            one.lemma == "do" and {"nothing", "wrong"} <= {token.lower_ for token in one.under}
        ),
        _subject,
        yes="Ann Cole insisted that she had done nothing wrong.",
        no="Ann Cole insisted that she had done nothing else.",
    ),
    Row(
        ReplyKind.UNVERIFIED,
        lambda one: (
            one.is_verb("verifies")
            and _is_open(one)
            and (one.is_passive or "independently" in {token.lower_ for token in one.under})
        ),
        _nobody,
        yes="The figures could not be confirmed independently.",
        no="The figures were confirmed.",
    ),
    Row(
        ReplyKind.UNVERIFIED,
        lambda one: (
            one.is_verb("verifies")
            and one.token.dep_ in ("xcomp", "ccomp", "acl")
            and (_negates(one.token.head) or one.token.head.lower_ in ("unable", "impossible"))
            and not one.is_passive
            and one.token.head.lemma_.lower() in ("possible", "be", "unable", "impossible", "able")
        ),
        _nobody,
        yes="It was not possible to verify the account.",
        no="It was possible to verify the account.",
    ),
    Row(
        ReplyKind.UNVERIFIED,
        lambda one: (
            one.lemma in ("confirmation", "verification")
            and _no(one)
            and any(child.lower_ == "independent" for child in one.token.children)
        ),
        _nobody,
        yes="There was no independent confirmation of the report.",
        no="There was independent confirmation of the report.",
    ),
)


def _is_open(word: Word) -> bool:
    """ "could not verify", "has not been verified"; not "was not confirmed by the senate"."""
    return word.is_negated and word.child("agent") is None and not word.has_modal("would", "wo")


def find_replies(parsed: Parsed, actors: list[Actor], quotes: list[Quote]) -> list[Reply]:
    """The replies in an article, in text order."""
    known = Issuers(actors)
    quoted = Places((span, quote.speaker) for quote in quotes for span in quote.content)
    found: list[Reply] = []
    for paragraph, sentence in parsed.sentences():
        for token in sentence:
            word = Word(token)
            row = next((row for row in ROWS if row.when(word)), None)
            if row is None:
                continue
            asked = row.who(word)
            offset = paragraph.start + token.idx
            said = quoted.over((offset, offset + 1))
            if said and row.kind is not ReplyKind.DECLINED:
                continue  # what somebody else says of it
            span = paragraph.span_of(_clause(token))
            if found and found[-1].span[-1][1] > span[0]:
                continue
            actor = known.at(paragraph, asked) if asked is not None else None
            found.append(
                Reply(
                    span=(span,),
                    kind=row.kind,
                    speaker=actor.id if actor else said[0][1] if said else None,
                    confidence=_SURE,
                )
            )
    return numbered(found)


def _clause(word: Token) -> list[Token]:
    """The words of the clause that a reply hangs on, from whose it is to what it is about."""
    verb = word
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    while verb.dep_ in ("xcomp", "ccomp", "acl") and verb.head.i != verb.i:
        verb = verb.head
    inside = [
        token
        for child in verb.children
        if child.dep_ not in ("advcl", "conj", "parataxis", "cc", "punct", "meta")
        or word.i in {below.i for below in subtree(child)}
        for token in subtree(child)
    ]
    numbers = [t.i for t in (*inside, verb, word) if not t.is_space]
    return list(word.doc[min(numbers) : max(numbers) + 1])
