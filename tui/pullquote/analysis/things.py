"""What has a name and is no actor: a faith, a law, an illness, a service that carries words.

Some are known by name, some by what the article itself says: initials in brackets are a law's
behind a law, and a thing's behind small letters ("Freedom of Information Act (FOIA)", "annual
general meeting (AGM)"); near misses: "Food and Rural Agency (FRA)", "the national farmers’ union
(NFU)", "chief executive officer (CEO)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed

_DEFINED = re.compile(r" \((?:the )?[“\"]?([A-Z]{2,7})[”\"]?\)")
_WORD = re.compile(r"[\w’'-]+")
_WORDS, _BEFORE = 7, 100  # words, and characters, that initials can stand for


def things(parsed: Parsed) -> frozenset[str]:
    """The names in an article that are a thing's, in small letters."""
    return known_things() | frozenset(_initials(parsed.text))


def known_things() -> frozenset[str]:
    """Those of every article."""
    people = lexicon("people")
    known: frozenset[str] = people["things with names"] | people["beliefs"]
    return known


def happens(name: str) -> bool:
    """Whether a name of several words is of what happens, or is given or passed: "Super Bowl"."""
    words = name.lower().split()
    return len(words) > 1 and words[-1] in lexicon("people")["happenings"]


def _initials(text: str) -> Iterator[str]:
    """The initials that the article gives to what is no actor."""
    for match in _DEFINED.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()].split()[-_WORDS:]
        words = list(takewhile(_WORD.fullmatch, reversed(before)))[::-1]
        short = match[1].lower()
        long = _long_form(words, short)
        if long and (happens(" ".join(long)) or _is_small(long)):
            yield short


def _long_form(words: list[str], short: str) -> list[str]:
    """The last words whose initials these are, small words among them left out or not."""
    small = lexicon("furniture")["small words"]
    for first in range(len(words) - 1):
        long = words[first:]
        if long[0].lower() in small:
            continue
        letters = "".join(word[0].lower() for word in long if word.lower() not in small)
        if short in (letters, "".join(word[0].lower() for word in long)):
            return long
    return []


def _is_small(words: list[str]) -> bool:
    """Whether words have no capital, and the last is no body and no person."""
    people, sources = lexicon("people"), lexicon("sources")
    last = words[-1].lower()
    last = last.removesuffix("s") if last not in people["collective"] else last
    bodies = (people["collective"], people["kinds"]["organisation"], people["callings"])
    is_body = last in sources["institutions"] or any(last in names for names in bodies)
    is_body = is_body or any(last in names for names in people["bodies"].values())
    return not is_body and not any(word[0].isupper() for word in words)
