"""The names by which organisations, governments and named groups are known in other articles.

Legal forms and articles are left out, "Department of Justice" is "Justice Department", and initials
stand for a name. What every country has one of is another one in each: "the Foreign Ministry" joins
only where it is said whose.
"""

import re
from functools import cache

from pullquote.analysis.lexicon import countries, lexicon
from pullquote.findings import Actor, ActorKind
from pullquote.notes.names import Names, without, words_of

_ARTICLES = ("the", "a", "an")
_EVERYWHERE = re.compile(
    r"(?:(?:foreign|defence|interior|finance|health|education|justice|energy) )?"
    r"(?:ministry|embassy|government|army|military|navy|air force|police|parliament|cabinet|"
    r"central bank|administration|authorities|intelligence|security council)"
)
_OFFICE = re.compile(r"(department|ministry|office|bureau) of (?:the )?(.+)")
_SAME = {
    "defense ministry": "defence ministry",
    "eu": "european union",
    "foreign affairs ministry": "foreign ministry",
    "un": "united nations",
}
_GOVERNMENT = ("government", "administration", "authorities")
_LEAST_INITIALS, _MOST_INITIALS = 3, 6
_LONGEST_COUNTRY = 4  # words


def body_names(actor: Actor) -> Names:
    """The names of what is no person, folded; a group without a name of its own has none."""
    main = _folded(actor.name) if _is_named(actor) else ""
    nation, rest = _of_country(main)
    rest = _in_order(rest)
    if rest in _GOVERNMENT or main in _folded_countries("names"):
        main = nation or main
    elif nation and rest:
        main = f"{nation} {rest}"
    else:
        main = _in_order(main)
    if _EVERYWHERE.fullmatch(rest) and not nation:
        nation = _nation(actor.affiliation or "")
        if not nation:
            return Names(main)
        main = f"{nation} {rest}"
    initials = initials_of(actor.name)
    short = _short(main)
    written = {_letters(one) if _is_initials(one) else _folded(one) for one in actor.aliases}
    aliases = {initials, short} & written - {"", main}
    begun = {one for one in written if main.startswith(f"{one} ")}  # "Acme" of "Acme Bridges"
    everywhere = rest == main or " " not in rest or _EVERYWHERE.fullmatch(rest)
    return Names(
        main,
        joins=bool(main),
        aliases=tuple(sorted(aliases)),
        initials="" if _is_initials(actor.name) else initials,
        loose=tuple(sorted({"" if everywhere else rest, short, *begun} - aliases - {"", main})),
    )


def _short(main: str) -> str:
    """A company's name without what can be left out of it."""
    words = main.split()
    while len(words) > 1 and words[-1] in lexicon("people")["company"]:
        words = words[:-1]
    return " ".join(words)


def _folded(name: str) -> str:
    words = without(words_of(name), _ARTICLES)
    while len(words) > 1 and words[-1] in lexicon("names")["legal forms"]:
        words = words[:-1]
    return " ".join("and" if word == "&" else word for word in words)


def _in_order(name: str) -> str:
    """A name as most write it: "justice department" for "department of justice"."""
    match = _OFFICE.fullmatch(name)
    ordered = f"{match[2]} {match[1]}" if match else name
    return _SAME.get(ordered, ordered)


# --- groups


def _is_named(actor: Actor) -> bool:
    """Whether a capital in it is a name's: "the Trump campaign", not "Younger black voters"."""
    words = [word for word in re.split(r"[\s-]+", actor.name) if word]
    has_article = bool(words) and words[0].lower() in _ARTICLES
    words = words[has_article:]
    capitals = [word for word in words if word[:1].isupper()]
    if actor.kind is not ActorKind.GROUP or has_article or len(capitals) > 1:
        return bool(capitals)
    return any(
        word != words[0] or word.endswith(("’s", "'s", "s’", "s'")) or _is_people(word)
        for word in capitals
    )


def _is_people(word: str) -> bool:
    """Whether a word is one for the people of a country or of a party: "Americans"."""
    demonyms, groups = countries().demonyms, lexicon("names")["groups"]
    return word in groups or word in demonyms or word.removesuffix("s") in demonyms


# --- initials


def initials_of(name: str) -> str:
    """The first letters of a name's words, without those that link them; "" for under three."""
    linking = lexicon("names")["without initials"]
    letters = "".join(word[0] for word in words_of(name) if word not in linking)
    return letters if _LEAST_INITIALS <= len(letters) <= _MOST_INITIALS else ""


def _is_initials(name: str) -> bool:
    """Whether a name is nothing but initials: "FBI", "U.N."."""
    is_one_word = " " not in name and name.replace(".", "").isupper()
    return is_one_word and 1 < len(_letters(name)) <= _MOST_INITIALS


def _letters(name: str) -> str:
    return "".join(letter for letter in name if letter.isalpha()).lower()


# --- countries


def _of_country(name: str) -> tuple[str, str]:
    """The country that a folded name begins with, and what stands behind; ("", name) for none."""
    words = name.split()
    for end in range(min(_LONGEST_COUNTRY, len(words)), 0, -1):
        first = " ".join(words[:end])
        country = _folded_countries("names").get(first) or _folded_countries("demonyms").get(first)
        if country:
            return country, " ".join(words[end:])
    return "", name


def _nation(name: str) -> str:
    nation, rest = _of_country(" ".join(words_of(name)))
    return "" if rest else nation


@cache
def _folded_countries(table: str) -> dict[str, str]:
    """Countries by their folded names, or by the words for their people (`demonyms`)."""
    rows: dict[str, str] = getattr(countries(), table)
    return {" ".join(words_of(word)): " ".join(words_of(rows[word])) for word in rows}
