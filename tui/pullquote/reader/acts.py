"""Every act of reading by its id (tui/pullquote/actions.py): the tables of the modules, joined."""

from pullquote.reader import (
    analysing,
    bookmarks,
    browsing,
    correcting,
    elsewhere,
    everywhere,
    evidence,
    exporting,
    filtering,
    incoming,
    judging,
    marking,
    metadata,
    moving,
    ordering,
    selecting,
    versioning,
    voices,
)
from pullquote.reader.acting import Act, AskingAct

ACTS: dict[str, Act] = moving.ACTS | filtering.ACTS | selecting.ACTS | analysing.ACTS
ASKING: dict[str, AskingAct] = (
    marking.ASKING
    | judging.ASKING
    | evidence.ASKING
    | correcting.ASKING
    | filtering.ASKING
    | ordering.ASKING
    | selecting.ASKING
    | versioning.ASKING
    | elsewhere.ASKING
    | everywhere.ASKING
    | exporting.ASKING
    | bookmarks.ASKING
    | browsing.ASKING
    | metadata.ASKING
    | incoming.ASKING
    | voices.ASKING
)
# In a pane, these apply to the row that is marked there.
AIMED = frozenset(
    {
        "highlight",
        "note.write",
        "tag",
        "note.remove",
        "repeat",
        "verdict",
        "evidence",
        "correct",
        "why",
        "elsewhere",
        "verdict.elsewhere",
        "voice",
        "copy",
        "mark.set",
        "open.evidence",
        "menu",
    }
)
