"""Whose somebody without a name is: "her lawyer" is "Ann Cole’s lawyer", where that is known.

"Ann Cole left. Her lawyer said" and "Acme shut. A spokesman for the company said" name an owner
in a pronoun or in a noun that stands for somebody named; near miss: "her lawyer" of a woman whom
the article does not name stays as it is. The wording of the article is kept as an alias. What a
body is named as the owner of has that body for its affiliation.
"""

from __future__ import annotations

import re
from functools import cache

from pullquote.analysis.drafts import POSSESSIVE, Draft
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.mentions import Index
from pullquote.findings import ActorKind
from pullquote.text import Span, one_line

_BODIES = (ActorKind.ORGANISATION, ActorKind.GOVERNMENT)
_NAMELESS = (ActorKind.UNNAMED, ActorKind.GROUP)
_NAMED = (ActorKind.PERSON, *_BODIES)
_NOUN = re.compile(r"[Tt]he [a-z]")  # an owner that is no name: "the company"
_LONGEST = 60  # characters of a name; no owner makes one longer


def name_by_owners(text: str, index: Index) -> None:
    """Call those without a name by whose they are."""
    for draft in index.drafts:
        if draft.kind in _NAMELESS and draft.mentions:
            _name_by_owner(text, index, draft)


def _name_by_owner(text: str, index: Index, draft: Draft) -> None:
    worded = (span for span in sorted(draft.mentions) if _words(text, span) == draft.name.lower())
    span = next(worded, None)
    if span is None:
        return
    inside = [(at, one) for at, one in index.mentions(span) if _is_owner(span, at, one, draft)]
    for at, owner in inside:
        if owner.kind in _BODIES:
            draft.affiliation = draft.affiliation or owner.name
        name = one_line(_with_owner(text, span, at, owner))
        is_named_already = owner.name in draft.name
        if name != draft.name and len(name) <= _LONGEST and not is_named_already:
            draft.aliases |= {draft.name}
            draft.name = name
            return


def _words(text: str, span: Span) -> str:
    return one_line(text[slice(*span)]).lower()


def _is_owner(span: Span, at: Span, owner: Draft, owned: Draft) -> bool:
    """Whether a mention inside a phrase is of somebody else, who is known by a name."""
    is_inside = span[0] <= at[0] and at[1] <= span[1] and at != span
    is_named = any(word[0].isupper() for word in owner.name.split()[-1:])
    return is_inside and owner is not owned and owner.kind in _NAMED and is_named


def _with_owner(text: str, span: Span, at: Span, owner: Draft) -> str:
    """The words of a phrase, with the owner's name for what stands for it."""
    written = text[slice(*at)]
    before, behind = text[span[0] : at[0]], text[at[1] : span[1]]
    name = POSSESSIVE.sub("", owner.name)
    if not before.strip() and owner.kind in _owners().get(written.lower(), ()):
        return f"{name}’s{behind}"
    is_noun = _NOUN.match(written) and (not behind or POSSESSIVE.match(behind[:2]))
    return f"{before}{name}{behind}" if is_noun else text[slice(*span)]


@cache
def _owners() -> dict[str, tuple[ActorKind, ...]]:
    """What a word can stand for that says whose something is."""
    things = {"its": _BODIES, "their": _BODIES, "our": _BODIES}
    words = lexicon("sources")["possessors"]
    return {word: things.get(word, (ActorKind.PERSON,)) for word in words}
