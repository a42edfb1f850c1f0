"""The dialog that asks a question: one row for each kind, whose fields are the dialog's own."""

from collections.abc import Callable
from typing import Any

import msgspec
from textual.geometry import Region
from textual.screen import Screen

from pullquote.reader import questions as q
from pullquote.reader.choice import Choice
from pullquote.reader.dialogs import Dialog, Layers, Line, Note
from pullquote.reader.evidence_form import EvidenceForm
from pullquote.reader.forms import Mentions, Sift, Tags
from pullquote.reader.guarded import Guarded


def _diff(**fields: Any) -> Screen[None]:
    from pullquote.reader.diff import Diff  # most readings never need it, nor the library

    return Diff(**fields)


def _side_by_side(**fields: Any) -> Screen[int]:
    from pullquote.reader.comparing import SideBySide

    return SideBySide(**fields)


def _library(library: Guarded, is_inbox: bool) -> Screen[Any]:
    from pullquote.reader.library import LibraryScreen
    from pullquote.reader.table import INBOX, LIBRARY

    return LibraryScreen(library, INBOX if is_inbox else LIBRARY)


def _said(library: Guarded) -> Screen[Any]:
    from pullquote.reader.said import SaidScreen

    return SaidScreen(library)


def _metadata(**fields: Any) -> Screen[Any]:
    from pullquote.reader.metadata_form import MetadataForm

    return MetadataForm(**fields)


def _voice(**fields: Any) -> Screen[Any]:
    from pullquote.reader.voice_page import VoiceScreen

    return VoiceScreen(**fields)


def _voices(**fields: Any) -> Screen[Any]:
    from pullquote.reader.voice_list import VoicesScreen

    return VoicesScreen(**fields)


_DIALOGS: dict[type[q.Question[Any]], Callable[..., Screen[Any]]] = {
    q.Choose: Choice,
    q.Write: Note,
    q.WriteLine: Line,
    q.GiveTags: Tags,
    q.GiveEvidence: EvidenceForm,
    q.ChooseClaims: Sift,
    q.ChooseKinds: Layers,
    q.ChooseMentions: Mentions,
    q.ShowChanges: _diff,
    q.Compare: _side_by_side,
    q.FromLibrary: _library,
    q.FromSaid: _said,
    q.PutRight: _metadata,
    q.ShowVoice: _voice,
    q.FromVoices: _voices,
}
_ABOUT_NO_WORDS = (q.ShowChanges, q.Compare, q.PutRight)


def dialog(
    question: q.Question[q.Answer], words: Callable[[], Region | None] = lambda: None
) -> Screen[q.Answer]:
    """The dialog that asks `question`, beside the words that it is about, if it is about some."""
    screen = _DIALOGS[type(question)](**msgspec.structs.asdict(question))
    if isinstance(screen, Dialog) and not isinstance(question, _ABOUT_NO_WORDS):
        screen.words = words
    return screen
