"""An article's audit as readers meet it: bars with their words, and who was asked.

The screen draws the bars; exports write them, or the lines made of them.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from pullquote.audit import Audit, Voice, audit
from pullquote.findings import Findings, Sourcing
from pullquote.kinds.claim import SOURCING_GLYPHS
from pullquote.kinds.statement import who
from pullquote.notes.reading import Reading

Line = tuple[str, str]  # a heading and what stands under it


class Bar(NamedTuple):
    """Something counted."""

    label: str
    amount: int
    glyph: str = ""
    more: str = ""  # what else is counted of it
    actor: str | None = None  # the id of whom it is of


class Chart(NamedTuple):
    """Bars to be compared with each other."""

    title: str
    bars: tuple[Bar, ...]

    @property
    def most(self) -> int:
        """What the longest bar stands for, at least 1."""
        return max(1, *(bar.amount for bar in self.bars))


class Sources(NamedTuple):
    """What there is to say of an article's sources."""

    summary: str
    charts: tuple[Chart, ...]  # none without bars
    asked: tuple[Line, ...]  # what came of asking, and whom

    @property
    def lines(self) -> tuple[Line, ...]:
        """All but the summary in words, each with its heading."""
        said = ((one.title, " · ".join(map(_in_words, one.bars))) for one in self.charts)
        return (*said, *self.asked)


def sources(reading: Reading) -> Sources | None:
    """The sources of an article; None where it was not analysed."""
    found = reading.findings
    if found is None:
        return None
    counts = audit(found, reading.article.text)
    charts = (
        Chart("Speakers", _speakers(counts)),
        Chart("Words in quotation marks", _voices(counts, found)),
        Chart("Claims", _sourcing(counts)),
    )
    with_bars = tuple(one for one in charts if one.bars)
    return Sources(_summary(counts), with_bars, (*_asked(counts, found), *_unheard(counts, found)))


def _counted(count: int, one: str) -> str:
    """How many there are of something: "1 claim", "2 claims"."""
    return f"{count} {one}{'' if count == 1 else 's'}"


def _summary(counts: Audit) -> str:
    of_claims = {"checkable": counts.checkable, "second-hand": counts.second_hand}
    about = [f"{count} {word}" for word, count in of_claims.items() if count]
    parts = (
        _counted(counts.speakers, "speaker"),
        _counted(counts.quotes, "quote"),
        ", ".join((_counted(counts.claims, "claim"), *about)),
    )
    return " · ".join(parts)


def _speakers(counts: Audit) -> tuple[Bar, ...]:
    """How many of the speakers are persons with a name, how many are of other kinds."""
    others = counts.speakers - counts.named - counts.documents - counts.anonymous
    bars = (
        ("named persons", counts.named, Sourcing.NAMED),
        ("institutions and groups", others, Sourcing.INSTITUTION),
        ("documents", counts.documents, Sourcing.DOCUMENT),
        ("without a name", counts.anonymous, Sourcing.ANONYMOUS),
    )
    return _shares(bars, counts.speakers)


def _sourcing(counts: Audit) -> tuple[Bar, ...]:
    return _shares(((one, count, one) for one, count in counts.sourcing.items()), counts.claims)


def _shares(counts: Iterable[tuple[str, int, Sourcing]], whole: int) -> tuple[Bar, ...]:
    """Bars with their share of the whole; none for what there is none of."""
    return tuple(
        Bar(label, count, SOURCING_GLYPHS[alike], f"{count / whole:.0%}")
        for label, count, alike in counts
        if count
    )


def _voices(counts: Audit, found: Findings) -> tuple[Bar, ...]:
    """Who speaks, with how many words between quotation marks."""
    return tuple(
        Bar(who(found, one.speaker), one.words, more=_said(one), actor=one.speaker)
        for one in counts.voices
    )


def _said(voice: Voice) -> str:
    parts = ((voice.quotes, "quote"), (voice.claims, "claim"))
    return ", ".join(_counted(count, word) for count, word in parts if count)


def _asked(counts: Audit, found: Findings) -> tuple[Line, ...]:
    """Who was asked, by what came of it; how often, where it is not said who."""
    lines = []
    for kind, count in counts.replies.items():
        ones = dict.fromkeys(one.speaker for one in counts.asked if one.kind is kind)
        names = ", ".join(who(found, one) for one in ones if one)
        lines += [(kind.capitalize(), names or _counted(count, "time"))] if count else []
    return tuple(lines)


def _unheard(counts: Audit, found: Findings) -> tuple[Line, ...]:
    """Against whom there are claims, though they neither speak nor were asked."""
    against = {claim.id: claim.against for claim in found.claims}
    names = Counter(who(found, against[one]) for one in counts.unanswered)
    said = ", ".join(f"{name} ({_counted(count, 'claim')})" for name, count in names.items())
    return (("Accused, but not heard", said),) if said else ()


def _in_words(bar: Bar) -> str:
    return f"{bar.label} {bar.amount}" + (f" ({bar.more})" if bar.more else "")
