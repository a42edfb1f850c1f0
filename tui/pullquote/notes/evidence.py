"""What a verdict rests on, and whether it holds: a source, a quotation, how it stood there when.

A source is a page, another article of the library, or a file; what was fetched of it is kept by the
library under its SHA-256. A check never takes another's place: where the quotation stood before,
and no longer does, both are known.
"""

from collections.abc import Iterable
from enum import StrEnum

import msgspec


class Standing(StrEnum):
    """How a quotation stands in its source."""

    STANDS = "stands"  # in these words; their case and punctuation may differ
    CHANGED = "changed"  # in words much like these
    MISSING = "not there"
    KEPT = "kept"  # there is no quotation to look for: the source alone is kept

    @property
    def words(self) -> str:
        """As the reader is told it."""
        return _WORDS[self]

    @property
    def holds(self) -> bool:
        """Whether the source says so, if it was asked."""
        return self in (Standing.STANDS, Standing.KEPT)

    @property
    def past(self) -> str:
        """The same of an earlier time."""
        return _WORDS[self].replace("stands", "stood")


_WORDS = {
    Standing.STANDS: "stands there",
    Standing.CHANGED: "stands there changed",
    Standing.MISSING: "not there",
    Standing.KEPT: "kept",
}
UNCHECKED = "unchecked"


class Check(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a quotation stood in its source at one time."""

    standing: Standing
    at: str  # when the source was fetched; ISO 8601, UTC
    sha256: str  # of the bytes fetched, in hexadecimal
    url: str = ""  # where they came from after redirects, if that is not what was asked for
    words: str = ""  # what stands in the place of the quotation, where it is changed
    until: str = ""  # when it was last found to be still so

    @property
    def last(self) -> str:
        """When it was last so; ISO 8601, UTC."""
        return self.until or self.at

    def says_as(self, other: "Check") -> bool:
        """Whether the other found the same."""
        return (self.standing, self.words) == (other.standing, other.words)


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A source and what it says. One without an address or article is a file, called `title`."""

    url: str
    title: str = ""
    quote: str = ""
    article: str = ""  # the id of one in the library, if that is the source
    checks: tuple[Check, ...] = ()  # each that found something else than the one before
    problem: str = ""  # why the last attempt to check it failed, on one line

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from other evidence of a note, however often it was checked."""
        source = (self.article, self.url) if self.article or self.url else ("", "", self.title)
        return *source, self.quote

    @property
    def check(self) -> Check | None:
        """The last one; None while it is unchecked."""
        return self.checks[-1] if self.checks else None

    @property
    def stood(self) -> Check | None:
        """The last that found the quotation, or found it unchanged, if the last of all did not."""
        found = _BETTER.get(self.check.standing, ()) if self.check else ()
        return next((one for one in self.checks[-2::-1] if one.standing in found), None)

    @property
    def is_doubtful(self) -> bool:
        """Whether the last check did not find the quotation as it is."""
        return self.check is not None and self.check.standing in (
            Standing.CHANGED,
            Standing.MISSING,
        )


_BETTER = {
    Standing.MISSING: (Standing.STANDS, Standing.CHANGED),
    Standing.CHANGED: (Standing.STANDS,),
}
Evidences = tuple[Evidence, ...]


def checked(one: Evidence, check: Check) -> Evidence:
    """`one` after a check: one that found nothing else only makes the last one go on."""
    last = one.check
    if last is not None and last.says_as(check):
        checks = (*one.checks[:-1], msgspec.structs.replace(last, until=check.at))
    else:
        checks = (*one.checks, check)
    return msgspec.structs.replace(one, checks=checks, problem="")


def unchecked(one: Evidence, problem: str) -> Evidence:
    """`one` after an attempt that failed; what was found before stays."""
    return msgspec.structs.replace(one, problem=problem)


def put(evidence: Evidences, one: Evidence) -> Evidences:
    """`evidence` with `one` in the place of what has its key; as it was, where nothing has."""
    return tuple(one if other.key == one.key else other for other in evidence)


def joined(seen: Evidences, wanted: Evidences, stored: Evidences) -> Evidences:
    """What either of two readers has added, without what either took away, as last checked."""
    was, mine, other = ([one.key for one in ones] for ones in (seen, wanted, stored))
    gone = set(was) - (set(mine) & set(other))
    latest = _latest((*seen, *wanted, *stored))
    return tuple(latest[key] for key in dict.fromkeys((*other, *mine)) if key not in gone)


def _latest(ones: Iterable[Evidence]) -> dict[tuple[str, ...], Evidence]:
    found: dict[tuple[str, ...], Evidence] = {}
    for one in ones:
        other = found.get(one.key)
        found[one.key] = one if other is None else max(other, one, key=_age)
    return found


def _age(one: Evidence) -> tuple[str, int, bytes]:
    """Sorts what was checked later last; of two of one time, always the same."""
    return one.check.last if one.check else "", len(one.checks), msgspec.json.encode(one)
