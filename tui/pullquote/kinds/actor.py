"""Actors: who speaks or acts in the article; each has one row, and mentions in the text."""

from pullquote.findings import Actor, FindingKind
from pullquote.kinds.reasons import actor_lines, corrections
from pullquote.kinds.spec import Entry, Kind, Line
from pullquote.kinds.statement import BADGES
from pullquote.notes.reading import Reading


def _row(reading: Reading, actor: Actor, highlights: tuple[str, ...]) -> Entry:
    about = ", ".join(filter(None, (actor.role, actor.affiliation))) or ", ".join(actor.aliases)
    word = f"{actor.kind} · {len(actor.mentions)}"
    return Entry(ACTOR.glyph(actor), actor.name, word, about, BADGES.get(actor.rule, ""))


def _why(reading: Reading, actor: Actor) -> list[Line]:
    said = corrections(reading, FindingKind.ACTOR, actor.mentions)
    return [*said, *actor_lines(reading.article.text, actor)]


ACTOR = Kind[Actor](
    layer=FindingKind.ACTOR,
    key="a",
    step="Go to the {way} mention of any actor",
    hints=("mention.next", "filter.actor", "correct"),
    empty="No actors found.",
    style="text-style: bold;",
    sign=("bold", "an actor"),
    glyph=lambda one: "@",
    row=_row,
    why=_why,
)
