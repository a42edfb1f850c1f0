"""The tables of articles: what their columns say of each, and on how wide a screen.

One is of the whole library, one of the inbox.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from pullquote.library.catalogue import Listed, Order
from pullquote.library.inbox import Waiting
from pullquote.library.search import Hit

_PADDING = 2  # cells around a cell
_SCROLL_BAR = 2
_ARROW = 2  # cells behind the heading of what is sorted by
_BAR = 8  # cells of a progress bar, full only where all has been read


class Column(NamedTuple):
    """One column."""

    heading: str
    width: int  # in cells; 0 for the rest
    least: int  # the width of the screen from which on it is shown
    order: Order
    words: Callable[[Listed, datetime], str]
    style: str = ""


def _age(article: Listed, now: datetime) -> str:
    """How long ago it was published, or else added."""
    try:
        when = datetime.fromisoformat(article.entry.published or article.entry.added)
    except ValueError:
        return ""
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    days = max(0, (now - when).days)
    units = ((365, "y"), (30, "mo"), (7, "w"), (1, "d"))
    return next((f"{days // unit} {word}" for unit, word in units if days >= unit), "today")


def _bar(article: Listed, now: datetime) -> str:
    """How much of it has been on the screen."""
    if article.unread:
        return "unread"
    cells = _BAR if article.entry.finished else min(_BAR - 1, int(article.entry.read * _BAR))
    return "━" * cells + "┄" * (_BAR - cells)


def _verdicts(article: Listed, now: datetime) -> str:
    """How many claims were judged, of how many."""
    return f"{article.judged}/{article.claims}" if article.judged or article.claims else ""


def _title(article: Listed, now: datetime) -> str:
    entry = article.entry
    version = f" ({entry.versions} versions)" if entry.versions > 1 else ""
    return (entry.title or entry.source or "Untitled") + version


_ABOUT = (
    Column("Title", 0, 0, "title", _title, "bold"),
    Column("Site", 16, 100, "site", lambda one, now: one.entry.site),
    Column("Age", 5, 0, "published", _age),
    Column("Read", 8, 0, "read", _bar),
)
_COLUMNS = (
    *_ABOUT,
    Column("Quotes", 8, 90, "quotes", lambda one, now: str(one.quotes or "")),
    Column("Notes", 7, 0, "notes", lambda one, now: str(one.entry.notes or "")),
    Column("Verdicts", 10, 0, "verdicts", _verdicts),
    Column("Tags", 18, 120, "tags", lambda one, now: " ".join(f"#{tag}" for tag in one.tags)),
)
_INBOX_COLUMNS = (
    *(one._replace(least=0) for one in _ABOUT),
    Column("Quotes", 7, 0, "quotes", lambda one, now: str(one.quotes) if one.analysed else "·"),
    Column("Claims", 7, 0, "claims", lambda one, now: str(one.claims) if one.analysed else "·"),
)


class Shelf(NamedTuple):
    """What a table is of."""

    title: str
    columns: tuple[Column, ...]
    orders: tuple[Order, ...]  # what it can be sorted by, first by the first
    hint: str
    keys: str
    empty: str  # what is said where nothing is in it
    is_inbox: bool = False


LIBRARY = Shelf(
    "Library",
    _COLUMNS,
    ("opened", *(one.order for one in _COLUMNS)),
    "words · site: tag: author: after: unread",
    "↓ table · Enter open · F2 sort · F4 edit · F6 voices · Del delete · Esc back",
    "The library is empty.",
)
INBOX = Shelf(
    "Inbox",
    _INBOX_COLUMNS,
    ("published", "site", "title", "quotes", "claims"),
    "words · site: after: unread · or an address to be read later",
    "↓ table · Enter opens · F2 sorts · F5 fetches · Del deletes · Esc back",
    "The inbox is empty. To read an article later, paste its address above and press Enter. "
    "For all that is new on a site, add its feed with “pullquote feeds add ADDRESS”; "
    "F5, or “pullquote fetch”, then brings in what is new.",
    is_inbox=True,
)


Needs = Mapping[str, int]  # the cells that columns need, by their headings


def needs(articles: Iterable[Listed], now: datetime, shelf: Shelf, least: Needs) -> Needs:
    """The cells that each column needs for what it says of `articles`; no fewer than `least`."""
    told = tuple(articles)
    return {
        one.heading: max(
            least.get(one.heading, cell_len(one.heading) + _ARROW),
            *(cell_len(one.words(article, now)) for article in told),
            0,
        )
        for one in shelf.columns
    }


def columns(
    width: int, shelf: Shelf = LIBRARY, need: Needs = MappingProxyType({})
) -> list[tuple[Column, int]]:
    """The columns on a screen so wide, with their widths; what one does not need, the title has."""
    shown = [one for one in shelf.columns if width >= one.least]
    widths = [min(one.width, need.get(one.heading, one.width)) for one in shown]
    left = max(10, width - sum(widths) - _PADDING * len(shown) - _SCROLL_BAR)
    return [(one, size or left) for one, size in zip(shown, widths, strict=True)]


def cells(
    article: Listed, hit: Hit | None, shown: Sequence[tuple[Column, int]], now: datetime
) -> list[Text]:
    """What the columns say of an article; below its title, where the words were found."""
    row = [_cut(Text(column.words(article, now), column.style), size) for column, size in shown]
    if hit:
        mark = Text("* " if hit.note else "  ")
        room = shown[0][1]
        words = _cut(mark + _lit(_from_near(hit.words, room - len(mark))), room)
        row[0] = Text.assemble(row[0], "\n", words)
    return row


def waiting_cells(one: Waiting, shown: Sequence[tuple[Column, int]]) -> list[Text]:
    """What the inbox's columns say of an address still to be fetched: all of it, and why."""
    words = one.problem.removeprefix(f"{one.address}: ") or "not fetched yet"
    title = Text(one.address, overflow="fold").append(f"\n{words}", "dim")
    said = {"title": title, "read": Text("waits")}
    return [said.get(column.order, Text()) for column, _ in shown]


def _cut(words: Text, width: int) -> Text:
    words.truncate(width, overflow="ellipsis")
    return words


def _from_near(words: str, room: int) -> str:
    """Words from near what was found on, where that would lie behind the first `room` cells.

    What was found stands between « and ».
    """
    before, opened, rest = words.partition("«")
    found, closed, _ = rest.partition("»")
    if not closed or cell_len(before + found) <= room:
        return words
    kept = before[-max(1, room // 3) :].partition(" ")[2]
    return f"…{kept}{opened}{rest}"


def _lit(words: str) -> Text:
    """Words with what was found, which stands between « and », in bold."""
    lit = Text()
    for piece in words.split("«"):
        found, close, rest = piece.partition("»")
        lit = lit.append(found, "bold underline").append(rest) if close else lit.append(piece)
    return lit
