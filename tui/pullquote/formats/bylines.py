"""Who wrote an article, out of its byline: people with their family names, institutions whole.

A byline is free text. What is sure to be a newsroom's or another body's name stays literal, since a
name that is shown whole is better than an agency sorted under "Press"; what looks like a person's
is taken apart by nameparser. Where a family's name stands first, as Chinese, Korean, Vietnamese and
Hungarian ones do, is told by the surname, the syllables behind it and the article's language; an
English byline has most of them turned round ("Xi Wang" beside "Xi Jinping"), and what cannot be
known is read as English is. The words for all this are in bylines.toml, beside this module.
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from pullquote.text import one_line

if TYPE_CHECKING:
    from nameparser import Parser

_PARTS = re.compile(" / |[;|•·]")
_ASIDE = re.compile(r"\([^()]*\)|(?<!\S)[^\s@]*+@\S+")
_EDITED = re.compile(
    r"(?:additional )?(?:editing|edited|illustrations?|photographs?|photos) by\b", re.I
)
# "Martin Luther King, Jr.": no other person
_JUNIOR = re.compile(r", ?(?=(?:[js]r|i{2,3}|iv)\b)", re.I)
# where somebody was, or for whom they write
_WHERE = re.compile(r" (?:in|at|for|of|from) (?:the )?(?=[^\W\d_a-z])")
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
_PARTICLE = re.compile(
    r"af|al|av|bin|bint|d[aeiou]s?|d[eo]lla|del|den|der|dos|du|e|el|ibn|la|las|le|los|ten|ter|till?|"
    r"und|van|vom|von|y|zu[mr]?"
)
_MOST_WORDS = 6  # of a person's name
_WRITTEN_WHOLE = 3  # letters from which capitals write a name, not initials
# A syllable as Chinese, Korean, Vietnamese and Cantonese are written with Latin letters.
_SYLLABLE = (
    "(?:[bcdfghjklmnpqrstvwxyz]|ch|sh|zh|ts|tz|kw|hs|ph|th|kh|tr|nh|ngh?|gi|qu)?"
    "(?:[aeiouy]{1,3}|eo|yeo)(?:ng|nh|ch|[nmkptlrh])?"
)
_ONE_SYLLABLE = re.compile(_SYLLABLE)
_PINYIN = re.compile(
    "(?:(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:a|o|e|ai|ei|ao|ou|i|ia|ie|iao|iu|u|ua|uo|uai|ui|ue)"
    "(?:ng?(?![aeiou])|r(?![a-z]))?){1,2}"
)
_EAST_ASIAN = re.compile("[가-힣]{2,4}|[一-鿿]{2,4}")  # a whole name in one word
_HALVES = 2


class Name(msgspec.Struct, frozen=True, omit_defaults=True):
    """An author: a person's names, or whoever it is in one piece."""

    family: str = ""
    given: str = ""
    suffix: str = ""  # "Jr."
    literal: str = ""


def authors(byline: str, language: str = "", site: str = "") -> tuple[Name, ...]:
    """Who wrote an article, in the byline's order, each once; what may be no person is literal.

    Args:
        byline: As the article has it.
        language: Of the article, as BCP 47 has it; it tells how people are joined and in which
            order their names stand.
        site: Where the article stands; an author of that name is no person.
    """
    language = language.lower().replace("_", "-").partition("-")[0]
    parts = [_stripped(part, language) for part in _PARTS.split(one_line(byline))]
    named = (name for part in parts if part for name in _names(part, language, site.casefold()))
    return tuple(dict.fromkeys(named))


def _stripped(part: str, language: str) -> str:
    """A part of a byline without what says that it is one, addresses and what is in brackets."""
    if _EDITED.match(part.strip()):
        return ""
    part = one_line(_ASIDE.sub(" ", part)).strip(" ,-–—:")
    opening = [*_words()["by"][""], *_words()["by"].get(language, ())]
    for words in sorted(opening, key=len, reverse=True):
        if part.lower().startswith(f"{words} "):
            return part[len(words) :].strip(" :")
    return part


def _names(part: str, language: str, site: str) -> list[Name]:
    """The authors in a list of them, if it is sure to be one; else all of it as one."""
    pieces = _pieces(part, language)
    kept = [*pieces[:1], *filter(_no_role, pieces[1:])]
    found = [_author(piece, language, site) for piece in kept]
    known = [one for one in found if one]
    of_one = "," not in part and _is_institution(pieces[0]) and re.search(" (?:of|for) ", pieces[0])
    if len(known) < len(found) or of_one:
        return [_person(part, language) or Name(literal=part)]  # a "y" may join what is one name
    if any(one.family for one in known) or all(_is_agency(one.literal) for one in known):
        return known
    return [Name(literal=part)]


def _pieces(part: str, language: str) -> list[str]:
    """What commas and words for "and" part."""
    joining = {*_words()["and"][""], *_words()["and"].get(language, ())}
    pieces: list[list[str]] = [[]]
    for word in _JUNIOR.sub(" ", part).split():
        if word.lower() in joining:
            pieces.append([])
        else:
            pieces[-1].append(word.rstrip(","))
        if word.endswith(","):
            pieces.append([])
    return [" ".join(piece) for piece in pieces if any(piece)] or [part]


def _no_role(piece: str) -> bool:
    return not _words()["roles"] & set(piece.lower().split())


def _author(piece: str, language: str, site: str) -> Name | None:
    """A person, or an institution that is known as one; None for who knows what."""
    bare = _WHERE.split(piece, maxsplit=1)[0]
    for name in (piece, bare):
        if _is_agency(name):
            return Name(literal=name)
    if piece.casefold() == site or _is_institution(piece):
        return Name(literal=piece)
    return _person(bare, language)


def _is_agency(name: str) -> bool:
    return name.lower() in _words()["names"] or name in _words()["acronyms"]


def _is_institution(name: str) -> bool:
    words = [re.sub("[’']s$", "", word.strip(".,")) for word in name.split()]
    return bool(
        _is_agency(name)
        or _words()["acronyms"] & set(words)
        or _words()["institutions"] & {word.lower() for word in words}
    )


# --- people


def _person(text: str, language: str) -> Name | None:
    """The person called `text`; None where it looks like nobody's full name."""
    words = text.split()
    if not (_looks_like_a_name(words) and _no_role(text)):
        return None
    if _is_east_asian(words, language):
        return Name(family=_lowered(words[0]), given=" ".join(words[1:]))
    if words[0].lower() in _words()["articles"]:
        return None
    if _stands_first_in_capitals(words):
        return Name(family=_lowered(words[0]), given=" ".join(words[1:]))
    parser = _parser(language, _has_two_family_names(words, language))
    parsed = parser.parse(text)
    if text.isupper():
        parsed = parsed.capitalized(force=True)
    given = f"{parsed.given} {parsed.middle}".strip()
    if not (given and parsed.family):
        return None
    suffix = parsed.suffix if _JUNIOR.match(f", {parsed.suffix}") else ""
    family = " ".join(map(_lowered, parsed.family.split()))
    return Name(family=family, given=given, suffix=suffix)


def _looks_like_a_name(words: Sequence[str]) -> bool:
    if len(words) == 1:
        return bool(_EAST_ASIAN.fullmatch(words[0]))
    return (
        len(words) <= _MOST_WORDS
        and all(map(_part_of_a_name, words))
        and not _PARTICLE.fullmatch(words[-1])
    )


def _part_of_a_name(word: str) -> bool:
    known = _PARTICLE.fullmatch(word) or _INITIALS.fullmatch(word)
    return bool(known or (_is_capital(word[0]) and _WORD.fullmatch(word)))


def _is_capital(letter: str) -> bool:
    """Whether a name may begin with it, also in a script without capitals."""
    return letter.isupper() or unicodedata.category(letter) == "Lo"


def _lowered(word: str) -> str:
    """A family's name that is written in capitals, as others are."""
    is_loud = len(word) > 1 and word.isupper() and "." not in word
    return word.title() if is_loud else word


def _stands_first_in_capitals(words: Sequence[str]) -> bool:
    """Whether the family's name is told by its capitals: DUPONT Jean."""
    first, *rest = words
    return (
        len(first) > _WRITTEN_WHOLE and first.isupper() and not any(word.isupper() for word in rest)
    )


def _is_east_asian(words: Sequence[str], language: str) -> bool:
    """Whether a name in Latin letters has the family's first, as in Chinese, Korean, Vietnamese."""
    head, *rest = (_plain(word) for word in words)
    surnames = _words()["surnames"]
    if not rest or not head.isascii() or not head.isalpha():
        return False
    if head in surnames["vietnamese"] and (language == "vi" or _is_vietnamese(head, rest)):
        return True
    east = {*surnames["chinese"], *surnames["korean"], *surnames["cantonese"]}
    if head not in east:
        return False
    halves = rest[0].split("-")
    if len(rest) == 1 and len(halves) == 1:
        return _is_chinese(head, rest[0])
    syllables = halves if len(rest) == 1 else rest
    return len(syllables) == _HALVES and (
        all(map(_ONE_SYLLABLE.fullmatch, syllables))
        and (syllables is halves or rest[-1] not in east)
    )


def _is_vietnamese(head: str, rest: Sequence[str]) -> bool:
    """Nguyen Van An, and not Viet Thanh Nguyen, nor Le Pen."""
    vietnamese = _words()["surnames"]["vietnamese"]
    return len(rest) > 1 and (
        all(map(_ONE_SYLLABLE.fullmatch, rest))
        and (rest[-1] not in vietnamese or rest[0] in {"van", "thi"})
    )


def _is_chinese(head: str, given: str) -> bool:
    """Li Wei, and not Wei Li: of two surnames, the one that more people have is the surname."""
    chinese = _words()["surnames"]["chinese"]
    if head not in chinese or not _PINYIN.fullmatch(given):
        return False
    return given not in chinese or chinese.index(head) < chinese.index(given)


def _has_two_family_names(words: Sequence[str], language: str) -> bool:
    """Gabriel García Márquez, and not Juan Carlos García."""
    if len(words) == 1:
        return False
    *_, before, last = map(_plain, words)
    if language in {"es", "ca", "gl"}:
        return before not in _words()["given"]["spanish"]
    spanish = _words()["surnames"]["spanish"]
    return before in spanish and last in spanish


def _plain(word: str) -> str:
    """A word in lower case, without accents."""
    spread = unicodedata.normalize("NFKD", word.lower().replace("đ", "d"))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


@cache
def _parser(language: str, two_family_names: bool) -> "Parser":
    """How people's names are read in an article of that language."""
    from nameparser import FAMILY_FIRST, GIVEN_FIRST, Parser, Policy, locales, parser_for

    order = FAMILY_FIRST if language == "hu" else GIVEN_FIRST
    policy = Policy(name_order=order, two_family_names=two_family_names)
    own = [locales.get(language)] if language in {"ru", "zh"} else []
    return parser_for(*own, base=Parser(policy=policy))


@cache
def _words() -> dict[str, Any]:
    """The words of bylines.toml; lists in which order means nothing are sets."""
    words = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {key: frozenset(one) if isinstance(one, list) else one for key, one in words.items()}
