"""What runs into a person's full name in capitals and is no part of it: "Comedian Ann Cole".

A name is full where it begins with a given name that is known and has a word more; so a word before
it is told by what it is itself. What stands before that word can be a name of its own: the team of
"Rovers QB Ann Cole". Near misses are those that are called so: "Sterling Ann Cole", "Major Ann
Cole".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.lexicon import countries, given_names, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_CAPITALS = range(2, 4)  # letters of a short form for what somebody is: "QB", "CEO"
_INITIAL = "J"  # in the initials of many given names, and in no such short form
_LONGEST = 12  # words of a run that is looked into; no name is longer
_SHORT = 4  # letters of a word that an ending says nothing of: "Peer"


class Parts(NamedTuple):
    """A run of capitals, taken apart; what stands between the two belongs to neither."""

    before: Sequence[Token]
    name: Sequence[Token]


class Prefix(NamedTuple):
    """A kind of word before a name, a text with one and a near miss; both tell of "Ann Cole"."""

    kind: str
    is_one: Callable[[Token], bool]
    yes: str
    no: str
    before_surname: bool = False  # whether what is behind it need be no full name


def _is_verb_of_speech(word: Token) -> bool:
    return _begins(word) and word.lower_ in lexicon("cues")["spoken"]["verbs"]


def _is_participle(word: Token) -> bool:
    return _begins(word) and len(word) > _SHORT and word.lower_.endswith("ing")


def _is_calling(word: Token) -> bool:
    people, called = lexicon("people"), word.lower_
    if called in people["things"]:
        return False
    known = (people[name] for name in ("callings", "unnamed", "possessed"))
    if any(called in nouns for nouns in known):
        return True
    return len(called) > _SHORT and called.endswith((*people["agents"], "man", "woman"))


def _are_callings(word: Token) -> bool:
    """ "Brothers" of "Brothers Tom and Ann Cole"."""
    people, one = lexicon("people"), word.lower_.removesuffix("s")
    is_known = any(one in people[nouns] for nouns in ("callings", "unnamed", "possessed"))
    return is_known and one != word.lower_ and word.nbor().lower_ in given_names()


def _is_short_form(word: Token) -> bool:
    """ "QB", "PM"; not "JD", the initials of a given name, or a word of a line in capitals."""
    is_other = any(one.text.isupper() for one in word.doc[word.i + 1 : word.i + 2])
    is_short = word.text.isupper() and word.is_alpha and len(word) in _CAPITALS
    return is_short and _INITIAL not in word.text and not is_other


def _is_land(word: Token) -> bool:
    known = countries()
    return word.text in known.names or word.text in known.demonyms or word.text in known.capitals


def _is_of_an_office(word: Token) -> bool:
    """ "State" of "Secretary of State Ann Cole"."""
    if word.i < 2 or word.nbor(-1).lower_ not in lexicon("words")["of offices"]:
        return False
    office = word.nbor(-2)
    return office.text[0].isupper() and office.text in lexicon("people")["ranks"]


ROWS = (
    Prefix(
        "a verb of speech",
        _is_verb_of_speech,
        yes="It was late. Added Cole: “I am sorry.” Ann Cole left.",
        no="Stella Cole left. It was she who went.",
        before_surname=True,
    ),
    Prefix(
        "a participle",
        _is_participle,
        yes="Inviting Ann Cole was a mistake, Tom Reed said.",
        no="Reporters asked Sterling Ann Cole of Dale about it.",
    ),
    Prefix(
        "what somebody is",
        _is_calling,
        yes="Comedian Ann Cole left. Billionaire Ann Cole stayed.",
        no="Hunter Ann Cole left the room on Monday.",
    ),
    Prefix(
        "what several are",
        _are_callings,
        yes="Sisters Ann and Jane Cole left. Ann Cole wept.",
        no="Francis Ann Cole left the room on Monday.",
        before_surname=True,
    ),
    Prefix(
        "what somebody is, in short",
        _is_short_form,
        yes="Rovers QB Ann Cole left. The Rovers lost.",
        no="Lee Ann Cole left.",
    ),
    Prefix(
        "a land",
        _is_land,
        yes="The envoy to Norland Ann Cole left. Cole is back.",
        no="Georgia Ann Cole left.",
    ),
    Prefix(
        "of an office",
        _is_of_an_office,
        yes="The former Secretary of Defense Ann Cole left.",
        no="The friend of Rhonda Ann Cole left.",
    ),
)


def runs_in(word: Token) -> bool:
    """Whether a word before a name is of the sentence: "Added Cole: …"."""
    return _is_verb_of_speech(word) or _is_participle(word)


def parted(run: Sequence[Token]) -> Parts:
    """The words of a name without what only runs into it; of a name without that, all."""
    first = run[0].lower_
    if len(run) > _LONGEST:
        return Parts((), run)
    if first in given_names() and first not in lexicon("cues")["spoken"]["verbs"]:
        return Parts((), run)
    for number in range(len(run) - 1, 0, -1):
        word, name = run[number - 1], run[number:]
        if word.lower_ in given_names():
            continue
        is_full = _is_full(name)
        if any((is_full or row.before_surname) and row.is_one(word) for row in ROWS):
            return Parts(_without_callings(run[: number - 1]), name)
    return Parts((), run)


def _without_callings(run: Sequence[Token]) -> Sequence[Token]:
    """A name without what somebody is behind it: "Navy" of "Navy Major General"."""
    ranks = lexicon("people")["ranks"] | lexicon("people")["titles"]
    while run and (_is_calling(run[-1]) or run[-1].text in ranks):
        run = run[:-1]
    return run


def _is_full(name: Sequence[Token]) -> bool:
    """Whether words are a full name: "Ann Cole"; near misses: "Cole Jr", "Ann Cole Group"."""
    people = lexicon("people")
    name = [word for word in name if word.lower_ not in people["suffixes"]] or name
    is_whole = len(name) > 1 and name[0].lower_ in given_names()
    is_body = name[-1].lower_ in people["company"]
    none = people["name_links"] | lexicon("mentions")["titles"]  # "Lotte Van Dyck", "Major General"
    is_whole = is_whole and none.isdisjoint((name[0].lower_, name[-1].lower_))
    return is_whole and not is_body and not name[-1].text.isupper()


def _begins(word: Token) -> bool:
    """Whether a word begins a sentence, a line or a quotation."""
    return word.is_sent_start or word.i == 0 or word.nbor(-1).is_quote or word.nbor(-1).is_space
