"""Actors: who speaks or acts in the article; each has one row, and mentions in the text."""

from pullquote.findings import Actor, FindingKind
from pullquote.kinds.reasons import actor_lines, corrections
from pullquote.kinds.spec import Badge, Entry, Kind, Line
from pullquote.kinds.statement import BADGES
from pullquote.notes.reading import Reading
from pullquote.text import plural

_PRONOUNS = frozenset(
    ("i", "me", "my", "we", "us", "our", "you", "your", "he", "him", "his", "she", "her", "they")
)
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "the"])


def _row(reading: Reading, actor: Actor, highlights: tuple[str, ...]) -> Entry:
    about = actor.role or actor.affiliation or ", ".join(_other_names(actor))
    word = f"{actor.kind}, {plural(len(actor.mentions), 'mention')}"
    badge = BADGES.get(actor.rule, "")
    edge = (Badge(badge, "bold"),) if badge else ()
    return Entry(ACTOR.glyph(actor), actor.name, word, about, badge, edge=edge)


def _other_names(actor: Actor) -> list[str]:
    """What else they are called that tells more than their name and a pronoun do."""
    known = set(actor.name.casefold().split())
    return [
        alias
        for alias in actor.aliases
        if alias[:1].isupper()
        and alias.casefold() not in _PRONOUNS
        and not set(alias.casefold().split()) - _TITLES <= known
    ]


def _details(reading: Reading, actor: Actor) -> list[Line]:
    """What they are, how often they are mentioned, and what else they are called."""
    count = len(actor.mentions)
    of = f" of {actor.affiliation}" if actor.role and actor.affiliation else ""
    often = "once" if count == 1 else f"{count} times"
    names = _other_names(actor)
    also = [("also", " · ".join(names))] if names else []
    return [("who", f"{actor.kind}{of}, mentioned {often}"), *also]


def _why(reading: Reading, actor: Actor) -> list[Line]:
    said = corrections(reading, FindingKind.ACTOR, actor.mentions)
    return [*said, *actor_lines(reading.article.text, actor)]


ACTOR = Kind[Actor](
    layer=FindingKind.ACTOR,
    key="a",
    step="Go to the {way} mention of any actor",
    turn="Go to the cast: who speaks here, and who is mentioned",
    pane="Cast",
    hints=("speaker", "mention.next", "filter.actor", "correct"),
    empty="Nobody speaks or acts here, as far as can be told. "
    "Select a name with v, then e adds somebody.",
    is_name=True,
    sign=("a name in a hue", "who says most; in grey italics: who speaks and has no name"),
    glyph=lambda one: "@",
    row=_row,
    why=_why,
    details=_details,
)
