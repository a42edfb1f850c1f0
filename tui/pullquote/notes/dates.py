"""The day of an article, however its page writes it, and days as readers ask for them."""

import re
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache

from pullquote.article.dates import in_words
from pullquote.notes.annotations import local_day

_ISO = re.compile(r"([1-9]\d{3})(?:-?(\d\d))?(?:-?(\d\d))?(?=T|\W|$)(?![/-])")
_SAID = 100  # characters of a date; what is longer is none


def day_of(published: str, added: str) -> tuple[date, bool]:
    """The day on which an article was published, or else came into the library.

    Args:
        published: As the page says it; of a month or a year the first day stands.
        added: ISO 8601, a moment.

    Returns:
        The day, and whether it is that of publication.
    """
    if day := _published(published.strip()[:_SAID]):
        return day, True
    with suppress(ValueError):
        return date.fromisoformat(local_day(added)), False
    return date.min, False


@lru_cache(1000)
def _published(said: str) -> date | None:
    if found := _ISO.match(said):
        with suppress(ValueError):
            year, month, day = (int(part or 1) for part in found.groups())
            return date(year, month, day)
    if not re.search(r"[1-9]\d{3}", said):
        return None  # "yesterday": of what day? 0001-01-01: a program's for none
    with suppress(ValueError, OverflowError):  # it does not take all that looks like a date
        return in_words(said, or_month=True)
    return None


def days(asked: str) -> tuple[date, date] | None:
    """The first and the last day of a year, month or day as YYYY, YYYY-MM or YYYY-MM-DD.

    Returns:
        None for what is none of them.
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", asked.strip())
    if found is None:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    try:
        first = date(year, month or 1, day or 1)
        return first, _last(first, month, day)
    except (ValueError, OverflowError):
        return None


def _last(first: date, month: int, day: int) -> date:
    if day:
        return first
    if month:
        return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(month=12, day=31)
