"""Actors: who speaks or acts in the article; each has one row, and mentions in the text."""

from pullquote.findings import Actor, FindingKind
from pullquote.kinds.reasons import actor_lines, corrections
from pullquote.kinds.spec import Entry, Kind, Line
from pullquote.kinds.statement import BADGES
from pullquote.notes.reading import Reading


def _row(reading: Reading, one: Actor, highlights: tuple[str, ...]) -> Entry:
    about = ", ".join(filter(None, (one.role, one.affiliation))) or ", ".join(one.aliases)
    word = f"{one.kind} · {len(one.mentions)}"
    return Entry(ACTOR.glyph(one), one.name, word, about, BADGES.get(one.rule, ""))


def _why(reading: Reading, one: Actor) -> list[Line]:
    said = corrections(reading, FindingKind.ACTOR, one.mentions)
    return [*said, *actor_lines(reading.article.text, one)]


ACTOR = Kind[Actor](
    layer=FindingKind.ACTOR,
    key="a",
    step="Go to the {way} mention of any actor",
    hints=(("mention.next", "next mention"), ("filter.actor", "alone"), ("correct", "correct")),
    empty="No actors found.",
    style="text-style: bold;",
    sign=("bold", "an actor"),
    glyph=lambda one: "@",
    row=_row,
    why=_why,
)
