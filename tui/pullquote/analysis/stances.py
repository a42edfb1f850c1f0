"""What attitude an attribution reports: speech, writing, thought, feeling, a wish, a decision.

The cue's words decide, by the classes in en/cues.toml; where a word can report several, so does
the form of the content: what stands in quotation marks was said, "told him *to go*" wants
something, and what is only named ("discussed *the bill*") is attended to, which counts as
perceived. Offsets are half-open, in code points.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from pullquote.analysis.en.labels import ANY_SUBJECT, FINITE, OF_NOUNS
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.sourcing import is_document, is_institution
from pullquote.findings import Attribution, AttributionKind, Stance
from pullquote.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_IN_WORDS = (Stance.SAID, Stance.WROTE, Stance.THOUGHT)


def with_stances(parsed: Parsed, attributions: list[Attribution]) -> list[Attribution]:
    """The attributions, each with its stance."""
    return [msgspec.structs.replace(one, stance=stance(parsed, one)) for one in attributions]


def stance(parsed: Parsed, one: Attribution) -> Stance:
    """The stance of an attribution."""
    lemma, found = _of_cue([token for cue in one.cue for token in parsed.tokens(cue)])
    if one.kind is AttributionKind.DIRECT and found not in _IN_WORDS:
        return Stance.SAID
    clause = is_clause(parsed, one.content)
    if _asserts(parsed, one, lemma, clause):
        return Stance.SAID
    if found is None:
        return Stance.SAID if clause else _of_form(parsed, one)
    words = lexicon("cues")["stance"]
    if lemma in words["directs"] and _is_infinitive(parsed, one):
        return Stance.WANTED
    if clause or one.kind is not AttributionKind.INDIRECT:
        return found
    named = next((Stance(name) for name, verbs in words["phrase"].items() if lemma in verbs), None)
    # "denied the charge" is said, "was denied a visa" decided
    if named is Stance.DECIDED and one.source:
        return found
    return named or _of_topic(parsed, one, lemma, found)


def _asserts(parsed: Parsed, one: Attribution, lemma: str, clause: bool) -> bool:
    """Judgements of what somebody did, what a document shows, what a court hears."""
    words = lexicon("cues")["assertion"]
    source = " ".join(parsed.text[slice(*span)] for span in one.source)
    if lemma in words["denials"]:
        return True
    if clause:
        return lemma in words["hearings"] and bool(source) and is_institution(source)
    head = parsed.head(one.content[0]) if one.content else None
    if head is None or not any(c.dep_ in ("prep", "acl", "relcl") for c in head.children):
        return False
    return lemma in words["judges"] or (
        lemma in words["shows"] and bool(source) and is_document(source)
    )


def _of_topic(parsed: Parsed, one: Attribution, lemma: str, found: Stance) -> Stance:
    """By a content that is no clause: "expressed *support*" is felt, "discussed *it*" is not."""
    tokens = [token for span in one.content for token in parsed.tokens(span)]
    if found not in _IN_WORDS or any(
        token.tag_ in FINITE and token.dep_ != "relcl" for token in tokens
    ):
        return found
    if lemma in lexicon("cues")["assertion"]["of a thing"] or _is_infinitive(parsed, one):
        return found
    head = parsed.head(one.content[0]) if one.content else None
    noun = _known().get(head.lemma_.lower()) if head is not None and head.pos_ == "NOUN" else None
    return noun if noun is not None and noun not in _IN_WORDS else Stance.PERCEIVED


def is_clause(parsed: Parsed, content: tuple[Span, ...]) -> bool:
    """Whether a content has a subject and a verb, of its own and not of a relative clause in it."""
    return any(_has_clause(tokens) for _, tokens in parsed.by_paragraph(content))


def _has_clause(tokens: list[Token]) -> bool:
    inside = {token.i for token in tokens}
    return any(
        token.dep_ in ANY_SUBJECT and not _beside_noun(token.head, inside) for token in tokens
    )


def _beside_noun(verb: Token, inside: set[int]) -> bool:
    """Whether a verb only describes a noun among `inside`."""
    return verb.dep_ in OF_NOUNS and verb.head.i in inside


def _of_cue(tokens: list[Token]) -> tuple[str, Stance | None]:
    """The last word or pair of words of a cue that has a stance, and the stance."""
    lemmas = [token.lemma_.lower() for token in tokens]
    pairs = [f"{one} {two}" for one, two in pairwise(lemmas)]
    known = _known()
    for lemma in (*reversed(pairs), *reversed(lemmas)):
        if lemma in known:
            return lemma, known[lemma]
    return "", None


@cache
def _known() -> dict[str, Stance]:
    classes = lexicon("cues")["stance"]
    return {lemma: one for one in reversed(Stance) for lemma in classes[one]}


def _is_infinitive(parsed: Parsed, one: Attribution) -> bool:
    """Whether a content begins with "to" and a verb; the addressee stands before it."""
    tokens = [token for span in one.content[:1] for token in parsed.tokens(span)]
    words = (token for token in tokens if not token.is_punct and token.pos_ != "ADV")
    first = next(words, None)
    return first is not None and first.lower_ == "to" and first.dep_ == "aux"


def _of_form(parsed: Parsed, one: Attribution) -> Stance:
    """By an unknown cue: "to" and a verb are wished, words in marks said, the rest felt."""
    if _is_infinitive(parsed, one):
        return Stance.WANTED
    return Stance.SAID if one.kind is AttributionKind.MIXED else Stance.FELT
