"""Verdicts as they stand at the edge of a row or line: a glyph, the words, how many links."""

from pullquote.kinds.spec import Badge
from pullquote.notes.annotations import Annotation

# the sign and colour of each that the settings have at first
KNOWN = {
    "true": ("✓", "$sourced-named"),
    "mostly true": ("✓", "$sourced-named"),
    "half true": ("≈", "$sourced-official"),
    "mostly false": ("✗", "$warned"),
    "false": ("✗", "$warned"),
    "unverifiable": ("?", "$muted"),
    "opinion": ("“", "$muted"),
}
_OWN = ("=", "$text-accent")  # a word of the reader's own scale
_OPEN = ("…", "$muted")  # there is evidence, and no verdict yet


def verdict_badge(verdict: Annotation | None) -> Badge | None:
    """What is said of a claim that was looked at; None where it was not."""
    if verdict is None:
        return None
    doubt = "!" * any(one.is_doubtful for one in verdict.evidence)  # not there, or changed
    links = f" +{len(verdict.evidence)}{doubt}" if verdict.evidence else ""
    return badge_of(verdict.verdict, links)


def badge_of(word: str, links: str = "") -> Badge:
    """A verdict by its word, "" for none yet."""
    glyph, tone = KNOWN.get(word, _OWN) if word else _OPEN
    return Badge(f"{glyph} {word or 'open'}{links}", f"bold {tone}")
