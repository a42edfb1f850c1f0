"""Where else the words of a quote stand, or a claim is made: a sign on its row, a line in its card.

And each of these places as it is compared with what is said here.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pullquote.findings import Commitment, Sourcing
from pullquote.kinds import Badge
from pullquote.library.elsewhere import Place, When
from pullquote.library.restated import Claimed, Restated
from pullquote.notes.changes import How
from pullquote.notes.collation import Likeness
from pullquote.notes.reading import Layer
from pullquote.reader.marks import Mark
from pullquote.reader.questions import There
from pullquote.text import plural


class Standing(NamedTuple):
    """In how many other places the words are, and what they made of them."""

    badge: Badge
    words: str
    same: int = 0  # how many of them are the same statement, without a verdict


At = tuple[Layer, int, int]  # a quote or claim by its layer, start and end


def at(mark: Mark) -> At:
    """By what a quote or claim is found again."""
    return mark.layer, mark.start, mark.end


def standing(places: Sequence[Place]) -> Standing:
    """Of the places where words stand, the earliest first: "3 places: the same · cut there"."""
    is_same = all(one.collation.likeness is Likeness.SAME and not one.is_another for one in places)
    remarks = dict.fromkeys(_remark(one) for one in places)
    first = f"; first in {outlet(places[0])}" if places[0].when is When.EARLIER else ""
    return Standing(
        Badge(f"≡ {len(places)}") if is_same else Badge(f"≢ {len(places)}", "bold"),
        f"{plural(len(places), 'place')}: {' · '.join(remarks)}{first}",
    )


def compared(place: Place) -> There:
    """A place where the words of a quote stand, as it is compared."""
    known = (
        place.collation.remark,
        f"said by {place.who}" if place.is_another else "",
        place.when if place.when is not When.SAME_DAY else "",
    )
    remark = " · ".join(filter(None, known))
    return There(remark, outlet(place), place.title, place.who, place.collation.sides)


def outlet(place: Place | Restated) -> str:
    """The outlet, or else the title, and the day."""
    return f"{place.site or place.title or 'Untitled'}, {place.day.isoformat()}"


def _remark(place: Place) -> str:
    return f"said by {place.who}" if place.is_another else place.collation.remark


# --- claims


def restated(claim: Claimed) -> Standing:
    """Where a claim is made again: "2 articles: same statement · similar; 19 dead here, 21 …"."""
    places = claim.places
    is_same = all(one.is_same for one in places)
    remarks = dict.fromkeys(_of_claim(claim, one) for one in places)
    return Standing(
        Badge(f"≡ {len(places)}") if is_same else Badge(f"≈ {len(places)}"),
        f"{plural(len(places), 'article')}: {' · '.join(remarks)}",
        sum(one.is_same and not one.verdict for one in places),
    )


def told(claim: Claimed, place: Restated) -> There:
    """A place where a claim is made again, as it is compared."""
    known = (_known(claim), _known(place))
    sides = ((How.KEPT, claim.words),), ((How.KEPT, place.words),)
    remark = _of_claim(claim, place)
    return There(remark, outlet(place), place.title, place.who, sides, known)


def _known(one: Claimed | Restated) -> str:
    """How it is sourced, its cue, and the reader's verdict on it."""
    verdict = f"verdict {one.verdict}" if one.verdict else ""
    cue = "" if one.cue == one.commitment else one.cue  # "denied" says both
    return " · ".join(filter(None, (_how(one), cue, verdict)))


def _of_claim(claim: Claimed, place: Restated) -> str:
    """How alike it is, which figures differ, and whether a source is named only there or here."""
    named_here = claim.sourcing is not Sourcing.ANONYMOUS
    remarks = (
        place.sameness,
        *map(str, place.differing),
        "denied by one of the two?" if place.is_denied else "",
        f"{place.who} named there" if place.is_named and not named_here else "",
        "anonymous there" if named_here and place.sourcing is Sourcing.ANONYMOUS else "",
    )
    return ", ".join(filter(None, remarks))


def _how(claim: Claimed | Restated) -> str:
    usual = claim.commitment is Commitment.ASSERTED
    return claim.sourcing if usual else f"{claim.sourcing} · {claim.commitment}"
