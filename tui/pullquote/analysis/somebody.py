"""Whether a noun is somebody: who can be asked, can threaten, can be struck."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import NAME, NO_NOUNS, NOUN, PERSON, PRONOUN, SINGULAR, VERBS, WHO
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import antecedent
from pullquote.findings import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_somebody(token: Token) -> bool:
    """A name, a pronoun for people, or a noun for people or a body of them."""
    people, sources = lexicon("people"), lexicon("sources")
    lemma = token.lemma_.lower()
    return (
        token.ent_type_ in WHO
        or token.lower_ in people["pronouns"]
        or any(lemma in people[name] for name in ("unnamed", "groups", "possessed"))
        or any(
            lemma in sources[name]
            for name in ("officials", "institutions", "representatives", "unnamed")
        )
        or (
            token.pos_ == NOUN
            and lemma.endswith(tuple(people["agents"]))
            and lemma not in people["things"]
        )
    )


def is_nobody(head: Token) -> bool:
    """Whether a source says only that somebody speaks: "one", "many", or is no noun at all.

    "What was found", "institutional"; near misses: "the accused", "some".
    """
    words = lexicon("words")
    is_some = head.lower_ in words["somebody"]
    is_noun = head.pos_ not in NO_NOUNS or any(t.lower_ in words["definite"] for t in head.lefts)
    is_pronoun = head.pos_ == PRONOUN or not is_noun
    return (is_pronoun and not is_some) or head.lower_ in words["nobody"]


def noun_of(written: Token) -> Token:
    """The noun that a relative pronoun stands for, or the word itself.

    "Who" is somebody: in "a juror at the trial, who added" the juror, not the trial.
    """
    noun = antecedent(written)
    if noun is None or is_somebody(noun) or written.lower_ not in lexicon("words")["of persons"]:
        return noun or written
    above = takewhile(lambda token: token.pos_ not in VERBS, noun.ancestors)
    return next(filter(is_somebody, above), noun)


def kind_of(head: Token) -> ActorKind:
    """What kind of actor a noun is that no name is known of."""
    words = lexicon("people")
    lemma = head.lemma_.lower()
    if lemma in words["groups"] and (head.tag_ != SINGULAR or lemma in words["collective"]):
        return ActorKind.GROUP
    if head.pos_ == NAME:
        return ActorKind.PERSON if head.ent_type_ == PERSON else ActorKind.ORGANISATION
    return ActorKind.UNNAMED
