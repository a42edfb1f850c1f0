"""Moments and days as servers, mails and people write them."""

import re
from contextlib import suppress
from datetime import date, datetime

_LONGEST = 100  # characters; what is longer is no date
# Points stand between day, month and year; slashes, in some countries, between month, day and year.
_WHOLE = {"REQUIRE_PARTS": ["day", "month", "year"], "PREFER_LOCALE_DATE_ORDER": False}
_POINTED = {"DATE_ORDER": "DMY"}
_OF_MONTH = {**_WHOLE, "REQUIRE_PARTS": ["month", "year"], "PREFER_DAY_OF_MONTH": "first"}
_EITHER = re.compile(r"\b(0?[1-9]|1[0-2])/(0?[1-9]|1[0-2])/\d{4}\b")


def of_header(text: str) -> datetime | None:
    """A moment as headers of mails and of the web have it (RFC 5322); None for none."""
    from email.utils import parsedate_to_datetime  # what is here is read without it

    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return parsedate_to_datetime(text)
    return None


def in_words(text: str, or_month: bool = False) -> date | None:
    """The day of a date in the words of many languages; None where day, month or year is left out.

    None, too, where it may be one of two days, as 3/4/2026 is: a wrong date is worse than none.

    Args:
        text: As it is written.
        or_month: Whether a month of a year is enough, which then stands for its first day.
    """
    text = text[:_LONGEST]
    either = _EITHER.search(text)
    if not re.search(r"\d", text) or (either and int(either[1]) != int(either[2])):
        return None
    import dateparser

    pointed = re.search(r"\d\.\d{1,2}\.\d{4}", text)
    enough = (_WHOLE, _OF_MONTH) if or_month else (_WHOLE,)
    read = (
        dateparser.parse(text, settings={**parts, **(_POINTED if pointed else {})})
        for parts in enough
    )
    when = next(filter(None, read), None)
    return when.date() if when else None
