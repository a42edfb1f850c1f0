"""Where articles can be cited from: CSL JSON, which Zotero, Pandoc and citeproc read.

The fields are those of the Citation Style Language's input data (1.0.2). A byline is free text: it
becomes people with given and family names where all its parts are sure to be people, else it stays
literal, since a name that is shown whole is better than an agency sorted under "Press".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

import msgspec

from pullquote.article import Article
from pullquote.formats.files import listed
from pullquote.formats.form import Format, Purpose, each_once
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import one_line

_NEWSPAPER, _WEBPAGE, _DOCUMENT = "article-newspaper", "webpage", "document"
_FROM = re.compile(r"(?:by|from)\s+", re.I)
_AND = r"\s+(?:and|&)\s+"
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
_PARTICLE = re.compile(r"af|al|bin|da|del?|della|den|der|di|dos|du|el|ibn|la|le|ten|ter|van|von|zu")
# A name with one of these is a newsroom's, whatever its first word, or one whose parts are not sure
# ("King Jr.").
_NEWSROOM = re.compile(
    r"\b(?:agency|bureau|correspondents?|desk|editors?|group|journal|magazine|media|network|news|newspaper|newsroom|post"
    r"|press|radio|reporter|review|service|staff|team|times|tribune|tv|writer|[js]r|i{2,3}|iv)\b",
    re.I,
)


class Name(msgspec.Struct, frozen=True, omit_defaults=True):
    """An author: a person's family and given names, or whoever it is in one piece."""

    family: str = ""
    given: str = ""
    literal: str = ""


class Date(msgspec.Struct, frozen=True, omit_defaults=True, rename="kebab"):
    """A day, a month or a year (`date_parts` holds one of them); what is no date stays literal."""

    date_parts: tuple[tuple[int, ...], ...] = ()
    literal: str = ""


class Item(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One article as a bibliography has it."""

    id: str
    type: str
    title: str = ""
    author: tuple[Name, ...] = ()
    issued: Date | None = None
    container_title: str = msgspec.field(default="", name="container-title")
    url: str = msgspec.field(default="", name="URL")
    accessed: Date | None = None
    language: str = ""


def csl_json(readings: Iterable[Reading], settings: Settings) -> Iterator[str]:
    """The articles as an indented CSL JSON array, in the order given, each once."""
    yield from listed(items(readings))
    yield "\n"


def items(readings: Iterable[Reading]) -> Iterator[Item]:
    """The articles of `readings`, each once, under a key that depends on the article alone."""
    return (item(reading.article, reading.article.id) for reading in each_once(readings))


def item(article: Article, identity: str) -> Item:
    """An article, of which the text need not be there, by its id."""
    author, issued, site = authors(article.byline), _date(article.published), one_line(article.site)
    kind = _NEWSPAPER if site and issued else _WEBPAGE if article.url else _DOCUMENT
    return Item(
        id=_key(article, identity, author, issued),
        type=kind,
        title=one_line(article.title),
        author=author,
        issued=issued,
        container_title=site,
        url=one_line(article.url),
        accessed=_date(article.retrieved),
        language=one_line(article.language),
    )


def _key(article: Article, identity: str, author: tuple[Name, ...], issued: Date | None) -> str:
    """A citation key in ASCII: "Miller2026-1a2b3c4d"; the text's hash keeps it unique."""
    who = (author[0].family or author[0].literal) if author else article.site
    plain = unicodedata.normalize("NFKD", who).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]", "", plain)[:24]
    year = str(issued.date_parts[0][0]) if issued and issued.date_parts else ""
    return f"{stem or 'Article'}{year}-{identity[:8]}"


def _date(text: str) -> Date | None:
    """The date at the start of an ISO 8601 time; None for no text."""
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?![\d/-])", text)
    if match:
        parts = tuple(int(part) for part in match.groups() if part)
        with suppress(ValueError):  # a month that is not in the calendar
            date(*(*parts, 1, 1)[:3])
            return Date(date_parts=(parts,))
    return Date(literal=one_line(text)) if text.strip() else None


def authors(byline: str) -> tuple[Name, ...]:
    """Who wrote an article, in the byline's order; what may be no person stays literal."""
    parts = [_FROM.sub("", one_line(part), count=1) for part in byline.split(";")]
    return tuple(name for part in parts if part for name in _names(part))


def _names(part: str) -> list[Name]:
    """The names in a list of people: all are, or, joined by "and" alone, one is."""
    for separator, enough in ((rf",\s*(?:and\s+)?|{_AND}", all), (_AND, any)):
        pieces = re.split(separator, part)
        if enough(map(_person, pieces)) and all(map(_looks_like_a_name, pieces)):
            return [_person(piece) or Name(literal=piece) for piece in pieces]
    return [Name(literal=part)]


def _looks_like_a_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 5 and all(map(_part_of_a_name, words))


def _part_of_a_name(word: str) -> bool:
    known = _PARTICLE.fullmatch(word) or _INITIALS.fullmatch(word)
    return bool(known or (word[0].isupper() and _WORD.fullmatch(word)))


def _person(text: str) -> Name | None:
    """The person called `text`: a given name or initials first, the family name last.

    The family's name may begin before, with a particle: "von der Leyen".
    """
    from pullquote.analysis.lexicon import given_names

    words = text.split()
    if not _looks_like_a_name(text) or _NEWSROOM.search(text):
        return None
    if words[0].lower() not in given_names() and not _INITIALS.fullmatch(words[0]):
        return None
    start = next(
        (at for at, word in enumerate(words) if at and _PARTICLE.fullmatch(word)), len(words) - 1
    )
    return Name(family=" ".join(words[start:]), given=" ".join(words[:start]))


FORMAT = Format(
    name="csl-json",
    suffix=".csl.json",
    carries="a citation of the article",
    description="citations for Zotero and Pandoc",
    purpose=Purpose.CITING,
    write=csl_json,
    needs_findings=False,
)
