"""Where articles can be cited from: CSL JSON, which Zotero, Pandoc and citeproc read.

The fields are those of the Citation Style Language's input data (1.0.2).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import chain, count

import msgspec

from pullquote.article import Article
from pullquote.formats.bylines import Name, authors
from pullquote.formats.files import listed
from pullquote.formats.form import Format, Purpose, each_once
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import one_line

_NEWSPAPER, _WEBPAGE, _DOCUMENT = "article-newspaper", "webpage", "document"
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-(?:[a-z]{4}-)?([a-z]{2})?[a-z0-9-]*)?", re.I)


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
    """The articles of `readings`, each once, under a key of its work's first version.

    Of several versions of a work, the later ones have keys of their own.
    """
    given = set[str]()
    for reading in each_once(readings):
        one = item(reading.article, reading.article.id, language_of(reading))
        first = [item(reading.first, reading.first.id).id] if reading.first else []
        others = (f"{one.id}-{number}" for number in count(2))
        key = next(key for key in chain(first, [one.id], others) if key not in given)
        given.add(key)
        yield msgspec.structs.replace(one, id=key)


def item(article: Article, identity: str, language: str = "") -> Item:
    """An article, of which the text need not be there, by its id."""
    language = language or language_of(Reading(article))
    issued, site = _date(article.published), one_line(article.site)
    author = authors(article.byline, language, site)
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
        language=language,
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


def language_of(reading: Reading) -> str:
    """The language of an article as CSL has it ("de", "en-GB"); "" where it is not known.

    It is the page's own word, or else what its words were found to be.
    """
    found = reading.findings
    said = reading.article.language or (found.language if found and found.foreign else "")
    match = _LANGUAGE.fullmatch(said.strip().replace("_", "-"))
    if match is None:
        return ""
    language, region = match.groups()
    return "-".join(filter(None, (language.lower(), (region or "").upper())))


FORMAT = Format(
    name="csl-json",
    suffix=".csl.json",
    carries="a citation of the article",
    description="citations for Zotero and Pandoc",
    purpose=Purpose.CITING,
    write=csl_json,
    needs_findings=False,
)
