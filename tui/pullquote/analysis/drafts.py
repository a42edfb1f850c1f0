"""Actors in the making, and how one is found: by a name, a short name, an office, an employer.

Each question costs what it finds, not a look at all actors, so that a text of twice the length
takes twice as long.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pullquote.analysis.lexicon import countries, given_names, lexicon
from pullquote.analysis.names import is_country
from pullquote.analysis.places import Places
from pullquote.findings import Actor, ActorKind
from pullquote.text import Span, one_line

NAME = 200  # characters; no name is longer
POSSESSIVE = re.compile(r"(?:['’]s|['’])$")


@dataclass(eq=False)
class Draft:
    """An actor while it is being put together."""

    name: str
    kind: ActorKind
    role: str | None = None
    affiliation: str | None = None
    gender: str | None = None  # "m", "f" or not known
    is_given: bool = False  # whether the given name is all that is told; in full it is another's
    aliases: set[str] = field(default_factory=set)
    mentions: set[Span] = field(default_factory=set)

    def mention(self, text: str, span: Span) -> None:
        """Add a mention; other wording than the name is an alias."""
        self.mentions.add(span)
        words = one_line(text[slice(*span)])
        if words.lower() not in (self.name.lower(), *lexicon("people")["stand_ins"]):
            self.aliases.add(words)

    def actor(self, identity: str) -> Actor:
        """The actor as it is found."""
        return Actor(
            id=identity,
            name=self.name,
            kind=self.kind,
            role=self.role,
            affiliation=self.affiliation,
            aliases=tuple(sorted(self.aliases)),
            mentions=tuple(sorted(self.mentions)),
        )


class FullNames:
    """Persons by full name: one surname, and given names that are alike, short, or an initial."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._whole: dict[tuple[str, str], int] = {}  # by given name and surname
        # by each beginning of the given name, and surname
        self._begun: dict[tuple[str, str], int] = {}

    def add(self, draft: Draft) -> None:
        first, *_, last = draft.name.lower().split()
        self._whole.setdefault((first.rstrip("."), last), len(self.drafts))
        for end in range(min(len(first), NAME) + 1):
            self._begun.setdefault((first[:end], last), len(self.drafts))
        self.drafts.append(draft)

    def find(self, given: str, surname: str) -> Draft | None:
        """The first of the persons of this name."""
        given = given.rstrip(".")
        hits = [self._begun.get((given, surname))]
        hits += [
            self._whole.get((given[:end], surname)) for end in range(min(len(given), NAME) + 1)
        ]
        number = min((hit for hit in hits if hit is not None), default=None)
        return None if number is None else self.drafts[number]


class Bearers:
    """Who bears a word in the name or the role, and where each is mentioned."""

    def __init__(self) -> None:
        self._drafts: dict[str, list[Draft]] = {}
        # a draft's words, and which of their bearers it is
        self._numbers: dict[int, list[tuple[str, int]]] = {}
        self._mentions: dict[str, list[tuple[Span, int]]] = {}  # in order

    def add(self, draft: Draft, words: Iterable[str]) -> None:
        """A bearer of these words, with all its mentions so far."""
        for word in words:
            drafts = self._drafts.setdefault(word, [])
            self._numbers.setdefault(id(draft), []).append((word, len(drafts)))
            drafts.append(draft)
        for span in draft.mentions:
            self.mention(draft, span)

    def call(self, draft: Draft, word: str) -> None:
        """Let a draft bear one word more, with its mentions so far."""
        known = self._numbers.setdefault(id(draft), [])
        if any(word == other for other, _ in known):
            return
        drafts = self._drafts.setdefault(word, [])
        known.append((word, len(drafts)))
        for span in draft.mentions:
            insort(self._mentions.setdefault(word, []), (span, len(drafts)))
        drafts.append(draft)

    def mention(self, draft: Draft, span: Span) -> None:
        """A bearer is mentioned once more; others are passed over."""
        for word, number in self._numbers.get(id(draft), ()):
            insort(self._mentions.setdefault(word, []), (span, number))

    def words(self) -> Iterable[str]:
        return self._drafts

    def nearest(
        self, word: str, span: Span, fits: Callable[[Draft], bool] | None = None
    ) -> Draft | None:
        """Of the bearers that fit the one mentioned last before `span`."""
        mentions = self._mentions.get(word, [])
        for at in range(bisect_left(mentions, (span, -1)) - 1, -1, -1):
            draft = self._drafts[word][mentions[at][1]]
            if fits is None or fits(draft):
                return draft
        return None

    def count(self, word: str) -> int:
        """How many bear a word."""
        return len(self._drafts.get(word, ()))

    def first(self, word: str) -> Draft | None:
        """The bearer mentioned first."""
        mentions = self._mentions.get(word)
        return self._drafts[word][mentions[0][1]] if mentions else None


class Employers:
    """Organisations by where they are mentioned and by the last word of their names."""

    def __init__(self, organisations: list[Draft]) -> None:
        self._drafts = organisations
        self._places = Places(
            (span, n) for n, draft in enumerate(organisations) for span in draft.mentions
        )
        self._last = {draft.name.split()[-1].lower(): n for n, draft in enumerate(organisations)}

    def named_in(self, span: Span, words: set[str]) -> str | None:
        """The first organisation mentioned in `span`, else the last whose name ends in a word."""
        here = [n for _, n in self._places.over(span)]
        ending = [self._last[word] for word in words if word in self._last]
        number = min(here) if here else max(ending, default=None)
        return None if number is None else self._drafts[number].name


class ShortNames:
    """Organisations by initials, by how their names end, and without "Inc." and the like."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._initials: dict[str, int] = {}
        self._defined: dict[str, int] = {}  # in brackets behind the name
        self._ends: dict[str, int] = {}
        self._beginnings: dict[str, int] = {}
        self._firsts: dict[str, set[int]] = {}  # by the first word of several

    def add(self, draft: Draft) -> None:
        number = len(self._drafts)
        self._drafts.append(draft)
        if len(draft.name) > NAME:
            return
        self._initials.setdefault(initials(draft.name), number)
        words = draft.name.lower().split(" ")
        if len(words) > 1:
            self._firsts.setdefault(words[0], set()).add(number)
        for cut in range(1, len(words)):
            end = " ".join(words[cut:])
            if not (only_ends_alike(end, draft.name) or end in lexicon("people")["no short forms"]):
                self._ends.setdefault(end, number)
            if set(words[cut:]) <= lexicon("people")["company"]:
                self._beginnings.setdefault(" ".join(words[:cut]), number)

    def define(self, short: str, draft: Draft) -> None:
        """An organisation's short form, as the article says it."""
        self._defined.setdefault(short, self._drafts.index(draft))

    def find(self, name: str, before: int) -> Draft | None:
        """The first organisation that has this short name, which stands at the offset `before`."""
        lower = name.lower()
        hits = [
            self._defined.get(name),
            self._beginnings.get(lower),
            self._alone(name, before),
            None if is_country(name) else self._ends.get(lower),
        ]
        if name.isupper() and len(name) >= 2:
            hits.append(self._initials.get(name.replace(".", "")))
        number = min((hit for hit in hits if hit is not None), default=None)
        return None if number is None else self._drafts[number]

    def _alone(self, name: str, before: int) -> int | None:
        """The one organisation whose name begins so, where it stands in full before.

        "Lumen" is "Lumen Robotics"; near misses: "Lumen" before "Lumen Robotics", "Lumen Fair",
        "National" behind "National Grid", "Paris" behind "Paris Police".
        """
        known = countries()
        firsts = self._firsts.get(name.lower(), set())
        if len(firsts) != 1 or name in known.capitals or is_country(name):
            return None
        number = min(firsts)
        whole = self._drafts[number]
        is_common = name.lower() in lexicon("people")["first words"] | given_names().keys()
        is_event = whole.name.split()[-1].lower() in lexicon("people")["events"]
        is_first = min(whole.mentions, default=(before, before))[0] >= before
        return None if is_common or is_event or is_first else number


def without_rank(words: list[str]) -> list[str]:
    """The words of a full name without the rank before it: "Councillor Ann Cole" is Ann Cole.

    "Superintendent Jo Reed" is Jo Reed, "Chef Jo Reed", too; near misses: "Bishop Auckland", "Judge
    Reinhold", "Dean Jo Reed", who may be called so.
    """
    first, *rest = words
    is_full = len(rest) > 1 and rest[0].lower() in given_names()
    people, called = lexicon("people"), first.lower()
    is_called = called in people["callings"] and called not in given_names()
    return rest if is_full and (first in people["ranks"] or is_called) else words


def only_ends_alike(one: str, other: str) -> bool:
    """Whether a name that ends like another is no short form of it, since it is a whole one.

    "Bank of Canada" and "Royal Bank of Canada", not "Health Ministry" and "Indian Health Ministry".
    """
    shorter, longer = sorted((one.lower(), other.lower()), key=len)
    return " of " in shorter and longer.endswith(f" {shorter}")


def initials(name: str) -> str:
    """The capitals that a name's words begin with; nothing for one word."""
    words = name.split()
    return "".join(word[0] for word in words if word[0].isupper()) if len(words) > 1 else ""
