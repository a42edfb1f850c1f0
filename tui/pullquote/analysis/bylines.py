"""Who wrote an article and when, where a plain text has it in lines of its own above the prose.

Such a line stands near the top, is short, and ends like no sentence: "By Ann Cole, health editor",
"Published 3 May 2026, 10:04 GMT". In the first line of all "by" wants somebody's given name behind
it, since a headline may begin so. What these words are is in en/furniture.toml.
"""

import re
from functools import cache

from pullquote.analysis.lexicon import any_of, given_names, lexicon

_TOP = 6  # paragraphs, among which such a line stands
_LONG = 160  # characters; no such line is longer
_STOP = re.compile(r"[.!?…;:,][”’\"')]*$")
_DIGIT = re.compile(r"\d")


@cache
def _by() -> re.Pattern[str]:
    """ "By Ann Cole", "Words by Ann Cole and Ben Doe", and what may follow on the line."""
    words = lexicon("furniture")["byline"]
    particle = rf"(?:{any_of(words['particles'])})"
    word = r"[A-Z][\w’'-]*\.?"
    name = rf"(?:{particle}[ ’'-]?)?{word}(?:[ -](?:{particle}[ -])*{word}){{1,3}}"
    one = rf"(?:{any_of(words['nobody'])}|{name})"
    what = rf"(?:(?i:{any_of(words['what'])})\s+)?"
    rest = r"\s*(?:[,|•·/(–—-]|\b(?:in|for|at|of)\b)[^“”\"]*"
    joint = r"(?:,? and|,|&|,? with)\s*"
    return re.compile(
        rf"{what}[Bb][Yy]:?\s+(?P<who>(?>{one}(?>\s?{joint}{one})*))(?P<rest>{rest})?$"
    )


@cache
def credit() -> re.Pattern[str]:
    """How a line begins that says who made something: "Interview by", "Photography:"; no "By"."""
    words = lexicon("furniture")["byline"]
    what, told = any_of(words["what"]), any_of(words["told"])
    return re.compile(rf"(?:(?:{what})(?:\s+by\b|:)|(?:{told})\b)", re.I)


@cache
def byline() -> re.Pattern[str]:
    """The same, "By Ann Cole" among it."""
    return re.compile(rf"by\b|{credit().pattern}", re.I)


@cache
def _when() -> re.Pattern[str]:
    """ "Published 3 May 2026", "May 3, 2026 | Updated 10:04 a.m.": nothing else."""
    words = lexicon("furniture")["dates"]
    parts = any_of({*words["labels"], *words["days"], *words["months"], *words["small"]})
    word, number = rf"(?:{parts})(?![^\W\d_])", r"(?<!\d)\d{1,4}(?!\d)"
    return re.compile(rf"(?>(?>{word}|{number}|[\s,|•·/:@()+.–—-])+)$", re.I)


@cache
def _label() -> re.Pattern[str]:
    """What tells such a line from a bare date, which is left as it is: it says nothing."""
    return re.compile(rf"(?:{any_of(lexicon('furniture')['dates']['labels'])})\b", re.I)


def is_byline(line: str, place: int) -> bool:
    """Whether a paragraph tells who wrote the article; `place` is its number, from 0."""
    if place >= _TOP or len(line) > _LONG:
        return False
    found = _by().match(line)
    if found is None or (found["rest"] and _STOP.search(found["rest"])):
        return False
    words = lexicon("furniture")["byline"]
    if found["who"] in words["nobody"]:
        return True
    first = re.split(r"[\s-]", found["who"])[0].lower().rstrip(".")
    return first not in words["no names"] and (place > 0 or first in given_names())


def is_date_line(line: str, place: int) -> bool:
    """Whether a paragraph is the day when the article came out; `place` is its number, from 0."""
    if place >= _TOP or len(line) > _LONG or _DIGIT.search(line) is None:
        return False
    return _when().match(line) is not None and _label().search(line) is not None
