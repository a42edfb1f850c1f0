"""Who speaks or acts in an article: people, organisations, groups, unnamed sources; every mention.

Mentions are gathered in one pass a kind over the entities and the parse, and joined to actors by
name: a short name to the full one before it, an organisation's last word or initials to the
organisation, a capital or a demonym to its country. All offsets are half-open, in code points.
"""

from collections.abc import Container

from pullquote.analysis.actors.governments import add_acting_countries, find_governments
from pullquote.analysis.actors.groups import find_groups, find_peoples
from pullquote.analysis.actors.offices import add_offices
from pullquote.analysis.actors.organisations import add_short_forms, find_organisations
from pullquote.analysis.actors.people import find_people
from pullquote.analysis.actors.roles import add_roles
from pullquote.analysis.actors.titles import add_titles
from pullquote.analysis.drafts import Draft
from pullquote.analysis.en.labels import ORGANISATION, PEOPLE, PERSON
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.names import Name, find_names
from pullquote.analysis.parsed import Parsed
from pullquote.findings import Actor, ActorKind
from pullquote.text import Span

_UNCLEAR = ""  # the label of a name that may be of anything


def draft_actors(parsed: Parsed) -> list[Draft]:
    """The actors of a parsed text, still open to further mentions; persons first."""
    names = find_names(parsed)
    people = find_people(parsed, _labelled(names, PERSON))
    organisations = find_organisations(parsed, _labelled(names, ORGANISATION, _UNCLEAR), people)
    governments = find_governments(parsed, [*people, *organisations])
    add_roles(parsed, people, organisations)
    add_titles(parsed, people)
    others = [*organisations, *governments]
    others += find_peoples(parsed, _labelled(names, PEOPLE, _UNCLEAR))
    others += find_groups(parsed, [*people, *others])
    add_short_forms(parsed, organisations)
    add_acting_countries(parsed, governments)
    add_offices(parsed, people)
    return [*people, *others]


def _labelled(names: list[Name], *labels: str) -> list[Name]:
    return [name for name in names if name.label in labels]


def finished(drafts: list[Draft], speaking: Container[Draft] = ()) -> dict[Draft, Actor]:
    """The actors in the order of their first mention, with ids `a1`, `a2`, …, each by its draft.

    Left out are a draft without a mention and, where it does not speak, a noun for somebody named
    ("the spokesman", all of whose mentions are that person's, too) and nobody in particular.
    """
    named = {span for draft in drafts if draft.kind is ActorKind.PERSON for span in draft.mentions}
    silent = (draft for draft in drafts if draft not in speaking)
    left = {draft for draft in silent if _is_shadow(draft, named) or _is_anybody(draft)}
    mentioned = [draft for draft in drafts if draft.mentions and draft not in left]
    mentioned.sort(key=lambda draft: min(draft.mentions))
    return {draft: draft.actor(f"a{number}") for number, draft in enumerate(mentioned, 1)}


def _is_shadow(draft: Draft, named: set[Span]) -> bool:
    return draft.kind is ActorKind.UNNAMED and draft.mentions <= named


def _is_anybody(draft: Draft) -> bool:
    """Whether an actor is mentioned once, and nobody in particular.

    "At least seven people", "some"; near miss: "people who knew her" are some of whom the article
    tells something.
    """
    if draft.kind not in (ActorKind.UNNAMED, ActorKind.GROUP) or len(draft.mentions) > 1:
        return False
    return draft.name.lower().split()[-1] in lexicon("people")["anybody"]
