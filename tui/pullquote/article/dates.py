"""Moments and days as servers, mails and people write them."""

import re
from contextlib import suppress
from datetime import date, datetime

_LONGEST = 100  # characters; what is longer is no date


def of_header(text: str) -> datetime | None:
    """A moment as headers of mails and of the web have it (RFC 5322); None for none."""
    from email.utils import parsedate_to_datetime  # what is here is read without it

    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return parsedate_to_datetime(text)
    return None


def in_words(text: str) -> date | None:
    """The day of a date in the words of many languages; None for one that names no year."""
    if not re.search(r"\d", text):
        return None
    import dateparser

    when = dateparser.parse(text[:_LONGEST])
    return when.date() if when else None
