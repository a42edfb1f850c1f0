"""What a person is, beside the name: "French President", ", the Ministry’s spokesperson,"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, dropwhile
from typing import TYPE_CHECKING

from pullquote.analysis.actors.people import gender
from pullquote.analysis.actors.phrases import is_joint
from pullquote.analysis.drafts import Draft, Employers
from pullquote.analysis.en.labels import (
    APPOSITION,
    BEFORE_NOUNS,
    CLAUSE_OPENERS,
    CONJUNCTIONS,
    DETERMINERS,
    NOUN,
    NOUNS,
    OWNERS,
    PLURALS,
    POSSESSIVE,
    RELATIVE_CLAUSE,
    WHERE,
)
from pullquote.analysis.lexicon import countries, lexicon
from pullquote.analysis.parsed import Paragraph, Parsed, subtree
from pullquote.analysis.prefixes import runs_in
from pullquote.text import one_line

if TYPE_CHECKING:
    from spacy.tokens import Token

_NO_ENDS = frozenset({"IN", "TO", "DT"})  # tags: "of", "to", "the" end no role
_SHORT = 4  # letters of a word that an ending says nothing of: "fee"


def add_roles(parsed: Parsed, people: list[Draft], organisations: list[Draft]) -> None:
    """Give each person the first role that stands beside a mention, with its affiliation."""
    employers = Employers(organisations)
    for draft in people:
        for span in sorted(draft.mentions):
            tokens, paragraph = parsed.tokens(span), parsed.paragraph(span[0])
            if not tokens or paragraph is None or draft.role:
                continue
            if role := _before(tokens):
                _add_title(parsed, paragraph, draft, role, tokens, employers)
            beside = chain(_behind(tokens[-1]), _ahead(tokens[-1]))
            for role in (one for one in beside if draft.role is None):
                draft.role = _told(role)
                draft.gender = draft.gender or gender(role)
                _affiliate(parsed, paragraph, draft, role, employers)
                if role[-1].i < tokens[0].i:
                    draft.mentions.add(paragraph.span_of(_phrase(role)))
            draft.affiliation = draft.affiliation or _nationality(tokens[-1])


def _nationality(name: Token) -> str | None:
    """The country of a demonym in apposition that tells no role: "Ann Nove, the Canadian No 3".

    Near miss: "Ann Cole, who beat a Canadian".
    """
    beside = (child for child in name.children if child.dep_ == APPOSITION and child.i > name.i)
    words = [token for child in beside for token in child.doc[child.left_edge.i : child.i + 1]]
    known = (countries().demonyms.get(token.text) for token in words)
    return next(filter(None, known), None)


def _before(name: list[Token]) -> list[Token]:
    """The role before a name, if a noun is in it; no "Mr".

    What a hyphen joins to it is a part of it: "Oscar-winning actress Ann Cole".
    """
    first, last = name[0], name[-1]
    titles = lexicon("people")["titles"]
    left = first.i
    while left:
        if _belongs(first.doc[left - 1], left, last.i):
            left -= 1
        elif left > 1 and left < first.i and is_joint(first.doc[left - 1]):
            left -= 2
        else:
            break
    role = [token for token in first.doc[left : first.i] if token.text not in titles]
    return role if any(token.pos_ in NOUNS for token in role) else []


def _belongs(word: Token, left: int, last: int) -> bool:
    """Whether a word says something of one of the words from number `left` to `last`."""
    said = word.head if word.tag_ == POSSESSIVE else word
    return not runs_in(word) and said.dep_ in BEFORE_NOUNS and left <= said.head.i <= last


def _behind(name: Token) -> Iterator[list[Token]]:
    """The roles in apposition to a name, each up to a comma or a clause.

    "Ann Cole, a lawyer who told of storms" is a lawyer, and "Ann Cole, the author of “Rain”" the
    author; near miss: "Ann Cole, events that shook the town" has no role.
    """
    for child in name.children:
        if child.dep_ == APPOSITION and child.pos_ == NOUN and is_calling(child):
            words = [token for token in subtree(child) if token.i >= child.left_edge.i]
            words = list(dropwhile(lambda word: word.is_punct, words))
            stops = (number for number, token in enumerate(words) if number and _ends(token))
            role = [token for token in words[: next(stops, None)] if not token.is_space]
            ends = list(dropwhile(lambda token: token.tag_ in _NO_ENDS, reversed(role)))
            yield ends[::-1] or role[:1]


def _ahead(name: Token) -> Iterator[list[Token]]:
    """The role that a name is in apposition to, without article and owner.

    "The firm’s new head, Ann Cole" is new head; near misses: "two lawyers, Ann Cole and …", "the
    trial, Ann Cole said", "another witness, Ann Cole", which others are, too.
    """
    noun = name.head
    if name.dep_ != APPOSITION or noun.i > name.i or not noun.is_lower or not is_calling(noun):
        return
    words = list(noun.doc[noun.left_edge.i : name.left_edge.i])
    owners = [number for number, word in enumerate(words) if _owns(word) and word.i < noun.i]
    role = list(dropwhile(_is_silent, words[owners[-1] + 1 if owners else 0 :]))
    while role and _is_silent(role[-1]):
        role.pop()
    is_passing = noun.lemma_.lower() in lexicon("people")["passing"]
    if role and not is_passing and not any(_ends(word) or word.is_quote for word in role):
        yield role


def _owns(token: Token) -> bool:
    """Whether a word ends an owner: "’s" of "the firm’s", "their"."""
    return token.tag_ in OWNERS


def _is_silent(token: Token) -> bool:
    """Whether a word at an end of a role says nothing: "the", "another", a comma, a blank."""
    return token.dep_ in DETERMINERS or token.is_punct or token.is_space


def _phrase(role: list[Token]) -> list[Token]:
    """A role with its article and owner: "the firm’s new head", without a "whether" before it."""
    noun = next(token for token in role if token.head == token or token.head not in role)
    words = noun.doc[noun.left_edge.i : role[-1].i + 1]
    return list(dropwhile(lambda word: word.pos_ in CONJUNCTIONS or word.is_punct, words))


def _ends(token: Token) -> bool:
    """Whether a role ends before a word: a comma, "who", "where", a clause."""
    is_clause = token.tag_ in (*CLAUSE_OPENERS, WHERE) or token.dep_ == RELATIVE_CLAUSE
    is_mark = token.is_punct and token.text != "-" and not _is_owners(token)
    return is_clause or is_mark


def _is_owners(mark: Token) -> bool:
    """Whether a mark ends an owner: "Burns’ campaign manager"."""
    is_apostrophe = mark.i > 0 and mark.text in ("’", "'")
    return is_apostrophe and mark.nbor(-1).lower_.endswith("s") and bool(mark.whitespace_)


def is_calling(token: Token) -> bool:
    """Whether a noun says what one person is: "lawyer", "mayor", "policeman"; not "report"."""
    people, lemma = lexicon("people"), token.lemma_.lower()
    if token.tag_ in PLURALS or lemma in people["things"]:
        return False
    known = (people[name] for name in ("callings", "unnamed", "possessed", "male_words"))
    words = {lemma, lemma.rpartition("-")[2]}
    if any(not words.isdisjoint(nouns) for nouns in (*known, people["female_words"])):
        return True
    return len(lemma) > _SHORT and lemma.endswith((*people["agents"], "man", "woman"))


def _told(role: list[Token]) -> str:
    return one_line("".join(token.text_with_ws for token in role))


def _add_title(
    parsed: Parsed,
    paragraph: Paragraph,
    draft: Draft,
    role: list[Token],
    name: list[Token],
    employers: Employers,
) -> None:
    """A role before the name; both together are a mention, but no other name of the person.

    "Mayor Ann Cole" has one; near miss: "the BBC’s Ann Cole" is of the BBC, and has none.
    """
    if is_calling(role[-1]):
        draft.role = _told(role)
    _affiliate(parsed, paragraph, draft, role, employers)
    span = paragraph.span_of([*role, *name])
    draft.mention(parsed.text, span)
    draft.aliases.discard(one_line(parsed.text[slice(*span)]))


def _affiliate(
    parsed: Parsed, paragraph: Paragraph, draft: Draft, role: list[Token], employers: Employers
) -> None:
    if draft.affiliation is None:
        span = paragraph.span_of(role)
        words = {token.lower_ for token in role}
        draft.affiliation = country_in(role) or employers.named_in(span, words)


def country_in(tokens: list[Token]) -> str | None:
    """The first country that is named, itself or by its people; "New Jersey" names none."""
    known = countries()
    whole = (t for t in tokens if not t.i or t.nbor(-1).text != "New")
    named = (known.demonyms.get(t.text) or known.names.get(t.text) for t in whole)
    return next((country for country in named if country), None)
