"""The names in an article and what each is of: a person, an organisation, a place, a people.

All that is written the same way is of one kind: the article votes (one sense per discourse, Gale,
Church and Yarowsky 1992). Offsets are half-open, in code points.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.candidates import candidates
from pullquote.analysis.coreference.mentions import is_of_one
from pullquote.analysis.en.labels import (
    AGENT,
    COMPOUND,
    NAME,
    NOUN,
    OBJECT_OF_PREPOSITION,
    ORGANISATION,
    PEOPLE,
    PERSON,
    POSSESSOR,
    STATE,
    SUBJECTS,
    WHO,
)
from pullquote.analysis.firms import with_firms
from pullquote.analysis.lexicon import countries, given_names, lexicon
from pullquote.analysis.parsed import Paragraph, Parsed
from pullquote.analysis.things import happens, things
from pullquote.text import Span, one_line

if TYPE_CHECKING:
    from spacy.tokens import Token

_ACTING = SUBJECTS | {AGENT, POSSESSOR}
_LONGEST = 12  # words of a name that runs on in a headline
_INITIALS = 3  # letters of an organisation's, at least


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands: its tokens without article and possessive, its span, its label."""

    paragraph: Paragraph
    tokens: list[Token]
    span: Span
    text: str
    label: str  # the parser's for an entity of that kind; none where it is of none

    @property
    def key(self) -> str:
        """Names of one key are of one kind."""
        return self.text.lower()


def find_names(parsed: Parsed) -> list[Name]:
    """The names of an article, in text order; those of one wording share one label, or none."""
    names = named(parsed)
    labels = {usage.name: label_of(usage) for usage in usages(names)}
    return [replace(name, label=labels[name.key]) for name in names]


def named(parsed: Parsed) -> list[Name]:
    """The names of an article, in text order, each with the parser's label or none."""
    names = _cut_in_headline(parsed, with_firms(parsed.text, list(_candidates(parsed))))
    names += _repeated(parsed, names)
    nobody = things(parsed) | _common(parsed, names)
    return sorted((one for one in names if one.key not in nobody), key=lambda name: name.span)


def _common(parsed: Parsed, names: Sequence[Name]) -> set[str]:
    """Words that have a capital only because a sentence begins with them, in small letters.

    "Refoulement is banned. … He spoke of refoulement"; near misses: "Target" where it stands in the
    midst of a sentence, too, "Cole" below "Ann Cole", "Acme", which is nowhere in small letters.
    """
    alone: set[str] = set()
    others: set[str] = set()
    for name in names:
        is_alone = len(name.tokens) == 1 and _only_begins(name.tokens[0])
        (alone if is_alone else others).update(token.lower_ for token in name.tokens)
    alone -= others | given_names().keys()
    nouns = (token for _, token in parsed.words() if token.pos_ == NOUN and token.is_lower)
    return {token.text for token in nouns if token.text in alone} if alone else set()


def _only_begins(token: Token) -> bool:
    """Whether a word has a capital where a sentence or a quotation begins."""
    begins = token.is_sent_start or (token.i > 0 and token.nbor(-1).is_quote)
    return token.is_title and begins


def _candidates(parsed: Parsed) -> Iterator[Name]:
    for paragraph in parsed.paragraphs:
        for tokens, label in candidates(paragraph.doc):
            span = paragraph.span_of(tokens)
            if not is_one_of_people(tokens):
                yield Name(paragraph, tokens, span, one_line(parsed.text[slice(*span)]), label)


def is_one_of_people(tokens: Sequence[Token]) -> bool:
    """Whether words are no name but somebody by where they are from: "the Canadian".

    "The Canadian, Dov Klein, left"; near misses: "the French", who are many, "Canadian Tire".
    """
    word, before = tokens[-1], tokens[0].i - 1
    if len(tokens) > 1 or before < 0 or not is_of_one(word.text):
        return False
    return word.doc[before].lower_ in lexicon("words")["definite"]


def _cut_in_headline(parsed: Parsed, names: Sequence[Name]) -> list[Name]:
    """The names, those that run on in a headline's capitals cut to a person named below it.

    "Ann Cole Holding Firm" above an article on Ann Cole is Ann Cole; near miss: "Ann Cole Bridge"
    above one that has the bridge, too, stays.
    """
    if len(parsed.paragraphs) < 2:
        return list(names)
    headline = parsed.paragraphs[0]
    below = [name for name in names if name.paragraph is not headline]
    whole = {name.key for name in below}
    known = {name.key for name in below if name.label == PERSON and " " in name.text}
    above = [name for name in names if name.paragraph is headline]
    return [one if one.key in whole else _cut(parsed, one, known) for one in above] + below


def _cut(parsed: Parsed, name: Name, known: Container[str]) -> Name:
    """The first name of several words inside a longer one that is known, else the whole."""
    count = len(name.tokens)
    if count > _LONGEST:
        return name
    for first, last in combinations(range(count + 1), 2):
        span = name.paragraph.span_of(name.tokens[first:last])
        text = one_line(parsed.text[slice(*span)])
        if text.lower() in known:
            return Name(name.paragraph, name.tokens[first:last], span, text, PERSON)
    return name


def _repeated(parsed: Parsed, names: Sequence[Name]) -> Iterator[Name]:
    """Words that are a name elsewhere in the article, and tagged as common nouns here."""
    known = {name.text for name in names if _is_one_word_of_actor(name)}
    taken = {name.paragraph.start + token.idx for name in names for token in name.tokens}
    if not known:
        return
    for paragraph, token in parsed.words():
        is_known = token.text in known and token.pos_ == NOUN
        if is_known and paragraph.start + token.idx not in taken:
            yield Name(paragraph, [token], paragraph.span_of([token]), token.text, "")


def _is_one_word_of_actor(name: Name) -> bool:
    return len(name.tokens) == 1 and name.label in (PERSON, ORGANISATION)


# --- what an article takes a name for


@dataclass(frozen=True, slots=True)
class Usage:
    """How an article uses a name: what the rows of `KINDS` look at."""

    name: str  # in small letters
    votes: Counter[str]  # how often the parser gave it which label
    in_people: int  # how often the full name of a person begins or ends with it
    acts: bool  # whether it does something, anywhere

    @property
    def is_one_word(self) -> bool:
        return " " not in self.name

    @property
    def is_of_a_place(self) -> bool:
        """ "Municipality of Livorno"."""
        return not lexicon("words")["of places"].isdisjoint(self.name.split(" ")[1:-1])

    @property
    def is_place(self) -> bool:
        """Whether most take it for a place or for who lives there."""
        places = self.votes[STATE] + self.votes[PEOPLE]
        return places > self.votes[PERSON] + self.votes[ORGANISATION]

    @property
    def ends_in_a_happening(self) -> bool:
        """ "Super Bowl", "Affordable Care Act": what happens, or is given or passed."""
        return happens(self.name)

    @property
    def joins_given_names(self) -> bool:
        """ "Anna-Lise"; not "Coca-Cola"."""
        parts = self.name.split("-")
        return self.is_one_word and len(parts) > 1 and set(parts) <= given_names().keys()

    @property
    def has_given_name(self) -> bool:
        return self.name.split()[0] in given_names()


def usages(names: Sequence[Name]) -> list[Usage]:
    """How each wording of `names` is used, the first first.

    What the parser takes capitals for says nothing where the article has the name in small letters.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    in_people: Counter[str] = Counter()
    written = {name.key for name in names if not name.text.isupper()}
    for name in names:
        is_shouted = name.text.isupper() and " " in name.text and name.key in written
        votes[name.key][name.label] += name.label in WHO and not is_shouted
        in_people.update(_ends_of_person(name))
    acting = {name.key for name in names if _acts(name.tokens)} | _initials(names)
    return [Usage(key, votes[key], in_people[key], key in acting) for key in votes]


def _ends_of_person(name: Name) -> set[str]:
    """The first and the last word of a person's full name, also without what a hyphen joins to it.

    "anna-lise" and "anna" of "Anna-Lise Cole", "hadid" of "Omar al-Hadid".
    """
    words = [*name.key.split(), *(token.lower_ for token in name.tokens)]
    is_full = name.label == PERSON and len(name.tokens) > 1
    return {words[0], name.key.split()[-1], name.tokens[0].lower_, words[-1]} if is_full else set()


def _initials(names: Sequence[Name]) -> set[str]:
    """The keys of what stands in capitals more than once: "WHO"."""
    written = Counter(name.text for name in names if name.text.isupper())
    again = (text for text, count in written.items() if count > 1)
    return {text.lower() for text in again if len(text) >= _INITIALS}


class KindRow(NamedTuple):
    """When an article takes a name for what, a text with such a name and a near miss."""

    label: str
    when: Callable[[Usage], bool]
    yes: str
    no: str


KINDS = (
    KindRow(
        "",
        lambda one: one.ends_in_a_happening,
        yes="The Nobel Peace Prize went to Jane Miller.",
        no="The Peace Council went to Berlin.",
    ),
    KindRow(
        PERSON,
        lambda one: (
            one.in_people > 0 and one.is_one_word and one.votes[ORGANISATION] <= one.in_people
        ),
        yes="Anna Keller spoke on Monday. Then Keller left.",
        no="Keller left on Monday.",
    ),
    KindRow(
        ORGANISATION,
        lambda one: one.acts and one.is_of_a_place and not one.votes[PERSON],
        yes="The City of Chicago sued.",
        no="The minister flew to the City of Chicago.",
    ),
    KindRow(
        STATE,
        lambda one: one.is_place and one.votes[STATE] >= one.votes[PEOPLE],
        yes="The minister flew to Berlin on Monday.",
        no="Muslims rejected the plan.",
    ),
    KindRow(
        PEOPLE,
        lambda one: one.is_place,
        yes="Muslims rejected the plan.",
        no="Jane Miller left the room.",
    ),
    KindRow(
        PERSON,
        lambda one: one.votes[PERSON] > one.votes[ORGANISATION],
        yes="Jane Miller left the room.",
        no="Congress rejected the plan.",
    ),
    KindRow(
        PERSON,
        lambda one: one.joins_given_names,
        yes="Anna-Lise rejected the plan.",
        no="Coca-Cola rejected the plan.",
    ),
    KindRow(
        ORGANISATION,
        lambda one: one.votes[ORGANISATION] > 0,
        yes="Congress rejected the plan.",
        no="Jane Miller left the room.",
    ),
    KindRow(
        PERSON,
        lambda one: not one.is_one_word and one.has_given_name,
        yes="The Dorothy Day House opened.",
        no="Congress rejected the plan.",
    ),
    KindRow(
        ORGANISATION,
        lambda one: one.acts,
        yes="Acme rejected the plan.",
        no="The plan of Globex failed.",
    ),
)


def label_of(usage: Usage) -> str:
    """What the article takes a name for; nothing where no row holds."""
    return next((row.label for row in KINDS if row.when(usage)), "")


def _acts(tokens: list[Token]) -> bool:
    """Whether a name is the subject of a verb in a sentence of prose, or owns something."""
    inside = {token.i for token in tokens}
    head = next((token for token in tokens if token.head.i not in inside), tokens[-1])
    is_acting = head.dep_ in _ACTING or _is_agent(head) or _is_title(head)
    return is_acting and head.pos_ == NAME and head.sent[-1].is_punct


def _is_agent(token: Token) -> bool:
    """ "by Acme", also where the parser sees no passive."""
    agents = lexicon("words")["agents"]
    return token.dep_ == OBJECT_OF_PREPOSITION and token.head.lower_ in agents


def _is_title(token: Token) -> bool:
    """ "Acme officials"."""
    people = lexicon("people")
    lemma = token.head.lemma_.lower()
    return token.dep_ == COMPOUND and (lemma in people["groups"] or lemma in people["unnamed"])


def is_country(name: str) -> bool:
    """Whether a name is a country's or its people's."""
    known = countries()
    return name in known.names or name in known.demonyms


def is_title(token: Token) -> bool:
    """Whether a word is a form of address: "Mr.", "Sen."."""
    return token.text in lexicon("people")["titles"]
