"""Evidence as the reader sees it: what it is and says, and how that stands, in styled words."""

from pullquote.kinds.spec import Line, Styled
from pullquote.notes.changes import How
from pullquote.notes.evidence import UNCHECKED, Evidence, Standing
from pullquote.notes.evidence_lines import changed_words, said_in, when
from pullquote.text import one_line

_TONES = {
    Standing.STANDS: "bold $sourced-named",
    Standing.CHANGED: "bold $sourced-official",
    Standing.MISSING: "bold $warned",
    Standing.KEPT: "bold $muted",
}
_CHANGED = {How.KEPT: "", How.ADDED: "underline $text-success", How.REMOVED: "strike $text-error"}
_DIGITS = 12  # of a hash, which exports give whole


def evidence_lines(one: Evidence) -> tuple[Line, Line]:
    """What evidence is and says, and how it stood there when it was checked."""
    return ("Evidence", said_in(one)), ("Checked", _standing(one))


def _standing(one: Evidence) -> Styled:
    """How evidence stands, with the words that changed as between two versions."""
    check, problem = one.check, one_line(one.problem)
    if check is None:
        return ((UNCHECKED, "bold $muted"), (f": {problem}" if problem else "", ""))
    pieces = [(words, _CHANGED[how]) for how, words in changed_words(one)]
    before = f"; {one.stood.standing.past}, {when(one.stood, _DIGITS)}" if one.stood else ""
    again = f"; asked again in vain: {problem}" if problem else ""
    return (
        (check.standing.words, _TONES[check.standing]),
        *((": ", ""), *pieces) * bool(pieces),
        (f", {when(check, _DIGITS)}{before}{again}", ""),
    )
