"""The library as a list to choose from: narrowed, in an order, with what is known of each article.

What the reader types is words to be looked for and conditions: `site:`, `author:` and `tag:` with
the beginning or a part of one, `after:` with a year, month or day, `unread` and `inbox`.
"""

import re
from typing import Any, Literal

import msgspec

from pullquote.library.articles import Entry
from pullquote.library.database import Database
from pullquote.vocabulary import IN_WORDS

Order = Literal[
    "opened", "title", "site", "published", "read", "quotes", "claims", "notes", "verdicts", "tags"
]
# Of several parts `a:b`, those that are conditions; a value with spaces stands in quotation marks.
_PART = re.compile(r'(?:(site|author|tag|after):)?("[^"]*"?|\S+)', re.IGNORECASE)
_TAGS = "SELECT value FROM json_each(iif(json_valid(tags), tags, '[]'))"
_CONDITIONS = {
    "site": "(instr(lower(site), ?1) OR instr(lower(url), ?1))",
    "author": "instr(lower(byline), ?1)",
    "tag": "id IN (SELECT article FROM annotations WHERE instr(lower(tags), ?1) AND EXISTS "
    f"({_TAGS} WHERE substr(lower(value), 1, length(?1)) = ?1))",
    "after": "coalesce(nullif(published, ''), added) >= ?1",
}
_NEVER = "place IS NULL"
_READ = "min(1.0, 1.0 * furthest / max(1, length(text)))"
_NOTES = "(SELECT count(*) FROM annotations WHERE article = articles.id)"
_VERDICTS = "(SELECT count(*) FROM annotations WHERE article = articles.id AND verdict != '')"
# of findings that were stored when quotes were not yet counted, all are
_QUOTES = (
    "(SELECT coalesce(quotes, iif(json_valid(json), json_array_length(json, '$.quotes'), 0)) "
    "FROM findings WHERE article = articles.id ORDER BY rowid DESC LIMIT 1)"
)
_CLAIMS = (
    "(SELECT iif(json_valid(json), json_array_length(json, '$.claims'), 0) "
    "FROM findings WHERE article = articles.id ORDER BY rowid DESC LIMIT 1)"
)
_FIRST_TAG = (
    "(SELECT min(lower(tag.value)) FROM annotations, "
    "json_each(iif(json_valid(tags), tags, '[]')) AS tag WHERE article = articles.id)"
)
_ORDERS: dict[Order, str] = {
    "opened": "opened DESC",
    "title": "title COLLATE NOCASE",
    "site": "site COLLATE NOCASE, opened DESC",
    "published": "coalesce(nullif(published, ''), added) DESC",
    "read": f"{_READ}, opened DESC",
    "quotes": f"{_QUOTES} DESC, opened DESC",
    "claims": f"{_CLAIMS} DESC, opened DESC",
    "notes": f"{_NOTES} DESC, opened DESC",
    "verdicts": f"{_VERDICTS} DESC, opened DESC",
    "tags": f"{_FIRST_TAG} NULLS LAST, opened DESC",
}
_INCOMING = "id IN (SELECT article FROM inbox)"
_BY_AGE = "(SELECT dated FROM inbox WHERE article = articles.id) DESC"


class Sought(msgspec.Struct, frozen=True):
    """What is looked for: words, and conditions by their names."""

    words: str = ""
    conditions: tuple[tuple[str, str], ...] = ()
    unread: bool = False
    inbox: bool = False  # only what is in the inbox, what is unread first


def sought(typed: str) -> Sought:
    """What is typed, understood; a condition without a value says nothing yet."""
    words: list[str] = []
    conditions: list[tuple[str, str]] = []
    unread = inbox = False
    for name, value in _PART.findall(typed):
        plain = value.strip('"')
        if name and plain:
            conditions.append((name.lower(), plain.lower().lstrip("#")))
        elif value.lower() == "unread":
            unread = True
        elif value.lower() == "inbox":
            inbox = True
        elif not name and value.lower() not in _BEGUN:
            words.append(value)
    return Sought(" ".join(words), tuple(conditions), unread, inbox)


_BEGUN = frozenset(f"{name}:" for name in _CONDITIONS)


class Listed(msgspec.Struct, frozen=True):
    """An article in the list: its entry, and what there is in it."""

    entry: Entry
    byline: str = ""
    unread: bool = False  # never opened
    quotes: int = 0
    claims: int = 0
    judged: int = 0  # claims with a verdict
    tags: tuple[str, ...] = ()
    analysed: bool = False  # else nothing is known of quotes and claims


class _Said(msgspec.Struct):
    attribution: str | None = None


class _Attribution(msgspec.Struct):
    id: str = ""
    stance: str = ""


class _Found(msgspec.Struct):
    """What is counted of the findings, which are not read any further."""

    attributions: list[_Attribution] = []
    quotes: list[_Said] = []
    claims: list[_Said] = []


def listed(
    database: Database,
    what: Sought,
    order: Order,
    limit: int,
    among: tuple[str, ...] | None = None,
) -> tuple[Listed, ...]:
    """The articles that meet the conditions of `what`, in order; its words are not looked at.

    Args:
        database: The library's.
        what: The conditions.
        order: What they are sorted by: the last, newest or most first; titles, sites and tags by
            name; what is least read first.
        limit: The most articles.
        among: The ids of those that come in question, or all.
    """
    where, values = _narrowed(what, among)
    sorted_by = _sorted_by(what, order)
    rows = database.rows(
        "SELECT id, title, site, published, source, opened, added, finished, "
        f"{_READ}, {_NOTES}, "
        "(SELECT count(*) FROM articles AS other WHERE other.work = articles.work), "
        f"byline, {_NEVER}, "
        f"{_VERDICTS}, "
        f"(SELECT json_group_array(DISTINCT tag.value) FROM annotations, "
        "json_each(iif(json_valid(tags), tags, '[]')) AS tag WHERE article = articles.id), "
        "(SELECT CAST(json AS BLOB) FROM findings WHERE article = articles.id "
        "ORDER BY rowid DESC LIMIT 1) "
        # which they are is asked first, so that nothing is counted in those not listed
        "FROM articles WHERE number IN (SELECT number FROM articles "
        f"{where} ORDER BY {sorted_by}, id LIMIT {int(limit)}) ORDER BY {sorted_by}, id",
        *values,
    )
    return tuple(map(_listed, rows))


def _sorted_by(what: Sought, order: Order) -> str:
    """In the inbox what is unread comes first, and has the age that its feed says."""
    if not what.inbox:
        return _ORDERS[order]
    return f"{_NEVER} DESC, {_BY_AGE if order == 'published' else f'{_ORDERS[order]}, {_BY_AGE}'}"


def _narrowed(what: Sought, among: tuple[str, ...] | None) -> tuple[str, list[Any]]:
    conditions, values = [_NEVER] if what.unread else [], list[Any]()
    for name, value in what.conditions:
        values.append(value)
        conditions.append(_CONDITIONS[name].replace("?1", f"?{len(values)}"))
    if what.inbox:
        conditions.append(_INCOMING)
    if among is not None:
        values.append(msgspec.json.encode(among).decode())
        conditions.append(f"id IN (SELECT value FROM json_each(?{len(values)}))")
    return f"WHERE {' AND '.join(conditions)}" if conditions else "", values


def _listed(row: tuple[Any, ...]) -> Listed:
    *entry, byline, never, judged, tags, findings = row
    quotes, claims = _counted(findings) if findings else (0, 0)
    return Listed(
        Entry(*entry),
        byline,
        bool(never),
        quotes,
        claims,
        judged,
        tuple(msgspec.json.decode(tags)),
        analysed=findings is not None,
    )


def _counted(findings: bytes) -> tuple[int, int]:
    """The quotes and claims that a reader is shown: what is said or written; 0 where damaged."""
    try:
        found = msgspec.json.decode(findings, type=_Found)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return 0, 0
    silent = {one.id for one in found.attributions if one.stance not in IN_WORDS}
    quotes, claims = (
        sum(one.attribution not in silent for one in said) for said in (found.quotes, found.claims)
    )
    return quotes, claims
