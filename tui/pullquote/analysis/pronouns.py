"""Who a pronoun is that speaks: whom the model takes it for, and whose turn it is (turns.py)."""

from pullquote.analysis.sources import Found, Source
from pullquote.analysis.turns import HE, SHE, Meant, Turn, meant

# the share that is right: by the model alone, where its turn says the same, and by its turn alone
_ASKED = "asked answers"  # the row that the model does not outdo
_BY_MODEL, _BY_BOTH, _RIVALLED = 0.74, 0.95, 0.9


def pronoun_of(source: Source, turn: Turn) -> Found | None:
    """Whom the model takes a pronoun for; where it says nothing, whose turn it is."""
    if source.written is None:
        return None
    span, found = source.paragraph.span_of([source.written]), meant(turn)
    known = source.index.exact(span)
    is_turn = found is not None and (found.row.name == _ASKED or _goes_on(turn, found))
    if known is not None and not is_turn:
        is_both = found is not None and found.draft is known
        if found is None or not is_both:
            return Found(known, "model", _BY_MODEL)
        row, share = ("both", _BY_BOTH) if found.rival is None else ("both, a rival", _RIVALLED)
        return Found(known, row, share)
    if found is None:
        return None
    if turn.gender in (HE, SHE):
        found.draft.gender = found.draft.gender or turn.gender
    source.index.move(span, found.draft)
    return Found(found.draft, found.row.name, found.share)


def _goes_on(turn: Turn, found: Meant) -> bool:
    """Whether who spoke in the sentence before, in the same paragraph, speaks again.

    Who "added" or "went on" may have spoken in the paragraph before.
    """
    before = next((sentence for sentence in turn.sentences if sentence), ())
    reach = 1 if turn.continues else 0
    spoke = [one.draft for one in before if one.spoke and turn.paragraph - one.paragraph <= reach]
    return bool(spoke) and spoke[-1] is found.draft
