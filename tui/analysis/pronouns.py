"""Which person "he", "she", "his" and "her" stand for.

By gender, number and prominence: of the persons of fitting gender named in the sentence and the few before it, the nearest
sentence wins, and in it the subject before the others (after Lappin and Leass 1994). A pronoun that is resolved
gives its gender to a person whose own is not known.
"""

from collections import deque
from typing import TYPE_CHECKING

from tui.analysis.parsed import Parsed, Token
from tui.text import Span

if TYPE_CHECKING:
    from tui.analysis.actors import Draft

_GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_REACH = 5  # sentences back


def resolve_pronouns(parsed: Parsed, people: list["Draft"]) -> None:
    """Add the third person singular pronouns to the mentions of the persons that they stand for."""
    named: dict[int, tuple[Draft, Span]] = {}
    for draft in people:
        for span in draft.mentions:
            named[span[0]] = (draft, span)
    recent: deque[list[tuple[Draft, bool]]] = deque(maxlen=_REACH)
    for paragraph, sentence in parsed.sentences():
        here: list[tuple[Draft, bool]] = []
        recent.appendleft(here)
        for token in sentence:
            offset = paragraph.start + token.idx
            if offset in named:
                draft, span = named[offset]
                head = parsed.head(span)
                here.append((draft, head is not None and _is_subject(head)))
            elif gender := _GENDER.get(token.lower_):
                found = _antecedent(recent, gender)
                if found is not None:
                    found.gender = found.gender or gender
                    found.mention(parsed.text, (offset, offset + len(token.text)))
                    here.append((found, _is_subject(token)))


def _antecedent(recent: "deque[list[tuple[Draft, bool]]]", gender: str) -> "Draft | None":
    for sentence in recent:
        fitting = [(draft, subject) for draft, subject in sentence if draft.gender in (gender, None)]
        known = [one for one in fitting if one[0].gender == gender] or fitting
        if known:
            return next((draft for draft, subject in reversed(known) if subject), known[-1][0])
    return None


def _is_subject(token: Token) -> bool:
    return token.dep_ in ("nsubj", "nsubjpass")
