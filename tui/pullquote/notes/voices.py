"""How actors of several articles join into one voice: by their names, within a class of kinds.

A surname alone joins nobody: two people have it. Nor does what stands for somebody unnamed, for a
group without a name ("voters"), or for a document, since "the report" is another one each time.
"""

from collections import Counter
from typing import NamedTuple

from pullquote.findings import Actor, ActorKind
from pullquote.notes.bodies import body_names
from pullquote.notes.names import Names, Use
from pullquote.notes.people import person_names

__all__ = ["BODY", "PERSON", "Names", "Use", "VoiceDecision", "class_of", "names_of", "usual_name"]

# A person is never the same voice as a body, but what one article takes for an organisation may be
# a government to another.
PERSON, BODY = "person", "body"
_CLASSES = {
    ActorKind.PERSON: PERSON,
    ActorKind.ORGANISATION: BODY,
    ActorKind.GOVERNMENT: BODY,
    ActorKind.GROUP: BODY,
}


class VoiceDecision(NamedTuple):
    """What the reader has said of a voice: a name, a role and a link; "" for what they have not."""

    name: str = ""
    role: str = ""
    link: str = ""


def class_of(kind: str) -> str:
    """Within which class actors of a kind join; "" for those that have no voice."""
    return _CLASSES.get(ActorKind(kind), "")


def names_of(actor: Actor) -> Names:
    """The names by which an actor is known in other articles, folded; none for the unnamed."""
    kind = class_of(actor.kind)
    if kind == PERSON:
        return person_names(actor.name, actor.aliases)
    return body_names(actor) if kind else Names()


def usual_name(names: Counter[str], kind: str) -> str:
    """What most call a voice, the shorter of two; of a person no surname alone if avoidable."""
    is_person = kind == ActorKind.PERSON
    rank = {name: (is_person and " " in name, names[name], -len(name), name) for name in names}
    return max(names, key=rank.__getitem__)
