"""A hue a speaker: the six who say most are known by one, wherever they stand on the screen.

Names, tints, bars and rows of panes agree because all ask here. A hue is a number; which colour it
is in a theme is the palette's to say (palette.py), as the CSS variables `$speaker-1` to
`$speaker-6`, `$speaker-other` for everybody else who speaks.
"""

from collections import Counter
from collections.abc import Mapping

import msgspec

from pullquote.findings import SPEECH, ActorKind, Findings, Sourcing

HUES = 6
_NAMELESS = {Sourcing.OFFICIAL, Sourcing.ANONYMOUS}


class Hues(msgspec.Struct, frozen=True):
    """Who has which hue, by the ids of actors."""

    of: Mapping[str, int] = {}  # 1 to 6, of those who say most
    others: frozenset[str] = frozenset()  # who speak too, and have none
    unnamed: frozenset[str] = frozenset()  # actors without a name, who never have one

    def hue(self, actor: str | None) -> int | None:
        """The hue of an actor, 1 to 6; None for one who has none, or for nobody."""
        return self.of.get(actor or "")

    def speaks(self, actor: str | None) -> bool:
        """Whether an actor says something."""
        return actor in self.of or actor in self.others

    def style(self, actor: str | None) -> str:
        """How the name of an actor is written, as a style of Textual's Content.

        The six in their hue, other speakers grey, the unnamed and nobody in italics too; who says
        nothing has no style, "".
        """
        hue = self.hue(actor)
        if hue is not None:
            return f"bold $speaker-{hue}"
        if actor is None or actor in self.unnamed:
            return "bold italic $speaker-other"
        return "bold $speaker-other" if actor in self.others else ""


def hues(found: Findings | None, *earlier: tuple[Findings | None, Hues]) -> Hues:
    """The hues of the speakers in `found`.

    Args:
        found: What an article's speakers are; None before its analysis.
        earlier: What they were in other states of the same article, whose ids may be others, and
            the hues there: a speaker who is still among the six keeps theirs, by the first of the
            states that they had one in, and of two who say as much the one who had a hue stays
            among them.
    """
    if found is None:
        return Hues()
    said = Counter(
        one.speaker
        for kind in SPEECH
        for one in found.of(kind)
        if one.speaker is not None and one.attribution not in found.non_speech_ids
    )
    unnamed = _unnamed(found)
    kept: dict[str, int] = {}
    for was, before in earlier:
        for actor, hue in _kept(found, was, before).items() if was else ():
            if actor not in kept and hue not in kept.values():
                kept[actor] = hue
    named = [one for one in found.actors if said[one.id] and one.id not in unnamed]
    first = sorted(named, key=lambda one: (-said[one.id], one.id not in kept))[:HUES]
    of = {one.id: kept[one.id] for one in first if one.id in kept}
    free = iter(hue for hue in range(1, HUES + 1) if hue not in of.values())
    of |= {one.id: next(free) for one in first if one.id not in of}
    return Hues(of, frozenset(said) - of.keys(), unnamed)


def _unnamed(found: Findings) -> frozenset[str]:
    """Who has no name, by ids: also a group ("other ministers") none of whose claims is by name."""
    named = {one.speaker for one in found.claims if one.sourcing not in _NAMELESS}
    nameless = {one.speaker for one in found.claims} - named
    return frozenset(
        one.id
        for one in found.actors
        if one.kind is ActorKind.UNNAMED or (one.kind is ActorKind.GROUP and one.id in nameless)
    )


def _kept(found: Findings, was: Findings, before: Hues) -> dict[str, int]:
    """The hues that actors had, by their ids now: they are the same where they are mentioned.

    Each hue is kept by one alone, also where an actor was parted in two.
    """
    if found is was:
        return dict(before.of)
    had = {
        mention: hue
        for actor in was.actors
        if (hue := before.hue(actor.id)) is not None
        for mention in actor.mentions
    }
    kept: dict[str, int] = {}
    for actor in found.actors:
        hue = next((had[one] for one in actor.mentions if one in had), None)
        if hue is not None and hue not in kept.values():
            kept[actor.id] = hue
    return kept
