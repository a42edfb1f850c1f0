"""How well a reader could check what an actor says: by what the actor is, and whose.

The head noun decides: a report is a document, a ministry an institution, a spokeswoman an official
whatever she speaks for, an analyst nobody whom a reader could ask. It is read off the actor's name,
so that a correction of who speaks has its sourcing by the same rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from pullquote.analysis.lexicon import given_names, lexicon
from pullquote.findings import Actor, ActorKind, Sourcing

_BODIES = (ActorKind.ORGANISATION, ActorKind.GOVERNMENT)


@dataclass(frozen=True)
class _Source:
    """An actor as the rows look at it."""

    actor: Actor

    @cached_property
    def _written(self) -> list[str]:
        return self.actor.name.replace("’", "'").split()

    @cached_property
    def words(self) -> list[str]:
        """The words that name what it is: "two officials" of "two officials at the ministry".

        What is before a possessive says whose it is: "spokesman" of "the Bank of Oslo's spokesman".
        """
        words = self._written
        behind = max((n for n, word in enumerate(words[:-1], 1) if _owns(word)), default=0)
        words = words[behind:]
        joints = lexicon("sources")["joints"]
        ends = (n for n, word in enumerate(words) if n and word.strip(",").lower() in joints)
        return [word.strip(",.“”\"'") for word in words[: next(ends, len(words))]]

    @cached_property
    def head(self) -> str | None:
        """The lemma of the last word that is of a list, where the name has one."""
        return next((word for word in map(_lemma, reversed(self.words)) if word in _known()), None)

    def is_of(self, *lists: str) -> bool:
        """Whether the head noun is in one of these lists of en/sources.toml."""
        return any(self.head in lexicon("sources")[name] for name in lists)

    @property
    def is_somebodys(self) -> bool:
        """ "her lawyer", "Cole's lawyer", "a lawyer for Cole"."""
        words = self._written
        return (
            words[0].lower() in lexicon("sources")["possessors"]
            or any(map(_owns, words[:-1]))
            or "for" in words
        )

    @property
    def are_people(self) -> bool:
        """Whether they are people named together, of whom one has a given name that is known."""
        names = self.actor.name.split(" and ")
        is_known = any(name.split(" ")[0].lower() in given_names() for name in names)
        return self.actor.kind is ActorKind.GROUP and len(names) > 1 and is_known

    @property
    def is_common(self) -> bool:
        """Whether the head is no part of a proper name: "the post", not "The Washington Post"."""
        return not any(word[:1].isupper() and _lemma(word) == self.head for word in self.words[1:])


def _owns(word: str) -> bool:
    return word.endswith(("'s", "s'"))


@cache
def _known() -> frozenset[str]:
    lists = lexicon("sources")
    return frozenset().union(
        *(words for name, words in lists.items() if name not in ("joints", "possessors", "anybody"))
    )


def _lemma(word: str) -> str:
    """A noun's singular where it is of a list, else the word, in lower case."""
    lower = word.lower().removesuffix("'s")
    known = _known()
    singulars = (lower, lower.removesuffix("s"), lower.removesuffix("es"), lower[:-3] + "y")
    return next((one for one in singulars if one in known), lower)


class Row(NamedTuple):
    """When an actor is a source of a kind, a sentence where it is and a near miss."""

    sourcing: Sourcing
    when: Callable[[_Source], bool]
    yes: str
    no: str


SOURCINGS = (
    Row(
        Sourcing.NAMED,
        lambda one: one.actor.kind is ActorKind.PERSON,
        yes="Ann Cole said that the bridge was safe.",
        no="A neighbour said that the bridge was safe.",
    ),
    Row(
        Sourcing.NAMED,
        lambda one: one.are_people,
        yes="Ann Cole and Tom Reed said that the bridge was safe.",
        no="Masons and Welders said that the bridge was safe.",
    ),
    Row(
        Sourcing.DOCUMENT,
        lambda one: one.actor.kind is ActorKind.DOCUMENT,
        yes="The indictment says that the bridge was safe.",
        no="The engineer says that the bridge was safe.",
    ),
    Row(
        Sourcing.OFFICIAL,
        lambda one: one.is_of("officials") and one.is_common,
        yes="An FBI spokeswoman said that the bridge was safe.",
        no="An FBI analyst said that the bridge was safe.",
    ),
    Row(
        Sourcing.OFFICIAL,
        lambda one: one.is_of("representatives") and one.is_somebodys,
        yes="A lawyer for the firm said that the bridge was safe.",
        no="A lawyer said that the bridge was safe.",
    ),
    Row(
        Sourcing.INSTITUTION,
        lambda one: one.actor.kind in _BODIES or one.is_of("institutions"),
        yes="The company said that the bridge was safe.",
        no="The critics said that the bridge was safe.",
    ),
    Row(
        Sourcing.ANONYMOUS,
        lambda one: True,
        yes="Two people familiar with the talks said that the bridge was safe.",
        no="The ministry said that the bridge was safe.",
    ),
)


def sourcing(actor: Actor | None, has_source: bool) -> Sourcing:
    """How well a reader could check who makes a claim: by its source, if any, and its words."""
    if actor is None:
        return Sourcing.ANONYMOUS if has_source else Sourcing.UNATTRIBUTED
    source = _Source(actor)
    return next(row.sourcing for row in SOURCINGS if row.when(source))


def is_document(name: str) -> bool:
    """Whether a noun phrase is of something to be read: "a letter to parents"."""
    source = _Source(Actor(id="", name=name, kind=ActorKind.UNNAMED))
    return source.is_of("documents") and source.is_common


def is_institution(name: str) -> bool:
    """Whether a noun phrase is of one body: "the court", "a jury at Leeds"."""
    source = _Source(Actor(id="", name=name, kind=ActorKind.UNNAMED))
    return source.is_of("institutions")


def is_part_of_a_text(name: str) -> bool:
    """Whether a noun phrase is of a stretch of text: "a second paragraph", not "a line manager".

    "The third paragraph of the letter" is of the letter, which says something.
    """
    return name.lower().split()[-1] in lexicon("words")["parts of a text"]
