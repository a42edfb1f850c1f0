"""What counts as a reply: the word that it hangs on, what that governs, and who was asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import (
    CLAUSES,
    HELD,
    INFINITIVE,
    NAMERS,
    NOUN,
    NOUNS,
    OBJECT,
    OBJECT_OF_PREPOSITION,
    OF_NOUNS,
    PASSIVE_SUBJECT,
    POSSESSOR,
    PREPOSITION,
    PREPOSITIONS,
    PRESENT_PARTICIPLE,
    RECEIVER,
    WHO,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import subtree
from pullquote.analysis.replies.word import Word, negates
from pullquote.analysis.warnings.issuers import subject_of
from pullquote.findings import ReplyKind

if TYPE_CHECKING:
    from spacy.tokens import Token


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
    return word.child(OBJECT) or word.child(PASSIVE_SUBJECT)


def _nobody(word: Word) -> Token | None:
    return None


def _addressee(word: Word) -> Token | None:
    """ "calls to the council", "messages left for Nye", "no response from the ministry"."""
    return _to_whom(subject_of(word.token) or word.token)


def _from_whom(word: Word) -> Token | None:
    return _to_whom(word.token, "from")


def _to_whom(noun: Token, *words: str) -> Token | None:
    for below in subtree(noun):
        if below.dep_ in (*PREPOSITIONS, RECEIVER) and below.lower_ in (words or _TOWARDS):
            for child in below.children:
                if (
                    child.dep_ == OBJECT_OF_PREPOSITION
                    and child.lemma_.lower() not in lexicon("replies")["comment"]
                ):
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


# --- what a word must govern


def _to_answer(word: Word) -> bool:
    """ "to comment", "to say who had paid"."""
    return any(
        child.dep_ == INFINITIVE and child.lemma_.lower() in lexicon("replies")["answers"]
        for child in word.token.children
    )


def _a_request(word: Word) -> bool:
    """ "a request for an interview"."""
    return word.governs("requests") and word.governs("comment")


def _asked_subject(word: Word) -> bool:
    """ "Calls to the council …", "messages left for Nye": a request of somebody."""
    subject = subject_of(word.token)
    is_request = subject is not None and subject.lemma_.lower() in lexicon("replies")["requests"]
    return is_request and _addressee(word) is not None


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
        token.pos_ in NAMERS
        or any(child.dep_ == POSSESSOR or child.lower_ == "the" for child in token.children)
    )


def _denies(word: Word) -> bool:
    """ "denied the claims", "denied taking it", "which she denies"; not "denied entry"."""
    if not word.is_verb("denies") or word.is_negated or word.is_passive:
        return False
    what = word.child(OBJECT)
    if what is not None:
        return word.governs("accusations") or what.tag_ == PRESENT_PARTICIPLE
    return word.child(*CLAUSES, "pcomp") is not None or word.token.dep_ in OF_NOUNS


def _what_is_charged(word: Word) -> bool:
    """ "rejected the claims", "rejected that"; not "rejected the plan that failed"."""
    what = word.child(OBJECT)
    is_that = what is not None and what.lower_ in lexicon("words")["complementizers"]
    return is_that or word.governs("charges")


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
        lambda one: (one.is_of("comments") and _no(one)) or one.is_nothing_to_say,
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
        lambda one: one.lemma == "available" and negates(one.token.head) and one.governs("comment"),
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
            and (one.governs("comment") or _is_somebody(one.child(PASSIVE_SUBJECT)))
        ),
        lambda one: one.child(PASSIVE_SUBJECT),
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
        lambda one: one.is_verb("rejects") and not one.is_passive and _what_is_charged(one),
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
            and one.token.dep_ in HELD
            and (negates(one.token.head) or one.token.head.lower_ in ("unable", "impossible"))
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
