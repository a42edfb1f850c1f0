"""How actors of several articles join into one voice: by their names, within a kind.

A surname alone joins nobody: two people have it. Nor does what stands for somebody unnamed.
"""

from pullquote.findings import Actor, ActorKind
from pullquote.folding import folded

_WITHOUT_VOICE = (ActorKind.UNNAMED,)


def names_of(actor: Actor) -> tuple[str, ...]:
    """The names by which an actor is known in other articles, folded; none for the unnamed.

    A person's have two words at least.
    """
    if actor.kind in _WITHOUT_VOICE:
        return ()
    least = 2 if actor.kind is ActorKind.PERSON else 1
    names = (" ".join(folded(name).casefold().split()) for name in (actor.name, *actor.aliases))
    return tuple(dict.fromkeys(name for name in names if len(name.split()) >= least))
