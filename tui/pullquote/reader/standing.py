"""Where else the words of a quote stand, in a few words: a sign on its row, a line in its card."""

from collections.abc import Sequence
from typing import NamedTuple

from pullquote.kinds import Badge
from pullquote.library.elsewhere import Place, When
from pullquote.notes.collation import Likeness
from pullquote.reader.wording import plural


class Standing(NamedTuple):
    """In how many other places the words are, and what they made of them."""

    badge: Badge
    words: str


def standing(places: Sequence[Place]) -> Standing:
    """Of the places where words stand, the earliest first: "3 places: the same · cut there"."""
    is_same = all(one.collation.likeness is Likeness.SAME and not one.is_another for one in places)
    remarks = dict.fromkeys(_remark(one) for one in places)
    first = f"; first in {outlet(places[0])}" if places[0].when is When.EARLIER else ""
    return Standing(
        Badge(f"≡ {len(places)}") if is_same else Badge(f"≢ {len(places)}", "bold"),
        f"{plural(len(places), 'place')}: {' · '.join(remarks)}{first}",
    )


def outlet(place: Place) -> str:
    """The outlet, or else the title, and the day."""
    return f"{place.site or place.title or 'Untitled'}, {place.day.isoformat()}"


def _remark(place: Place) -> str:
    return f"said by {place.speaker}" if place.is_another else place.collation.remark
