"""A date in words is a day, or none: nothing of it is guessed."""

import pytest

from pullquote.article.dates import in_words


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Thursday, March 5, 2026 10:12 AM", "2026-03-05"),
        ("le jeudi 5 mars 2026 à 10:12", "2026-03-05"),
        ("12.03.2026 um 10:15", "2026-03-12"),
        ("13/03/2026", "2026-03-13"),
        ("3/3/2026", "2026-03-03"),
    ],
)
def test_a_date_in_words_is_a_day(written: str, day: str) -> None:
    found = in_words(written)
    assert found is not None
    assert found.isoformat() == day


@pytest.mark.parametrize("written", ["2016-13", "2016", "May 2016", "5 May", "12/03/2026", "soon"])
def test_what_does_not_name_one_day_is_none(written: str) -> None:
    assert in_words(written) is None
