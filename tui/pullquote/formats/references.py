"""Formatted references: an article as a list of sources has it, in plain words.

Who, “what”, where, when, at which address; in the order of the Chicago Manual's notes for news.
"""

from datetime import date

from pullquote.formats.bylines import Name
from pullquote.formats.csl import Date, Item

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def reference(item: Item) -> str:
    """An article on one line, without its address, ending in a stop."""
    who = _names(item.author)
    title = f"“{item.title or 'Untitled'}”"
    parts = (who, title, item.container_title, when(item.issued))
    return f"{', '.join(filter(None, parts))}."


def when(day: Date | None) -> str:
    """A date as it is written out: 3 August 2016; "" for none."""
    if day is None or not day.date_parts:
        return day.literal if day else ""
    year, *rest = day.date_parts[0]
    named = [_MONTHS[rest[0] - 1]] if rest else []
    return " ".join([*(str(one) for one in rest[1:2]), *named, str(year)])


def today() -> str:
    """This day, written out."""
    here = date.today()
    return when(Date(date_parts=((here.year, here.month, here.day),)))


def _names(author: tuple[Name, ...]) -> str:
    names = [f"{one.given} {one.family}".strip() or one.literal for one in author]
    if len(names) > 3:
        return f"{names[0]} et al."
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
