"""Search the text as one types: each letter goes to the nearest match, Enter stays, Esc returns."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from pullquote.folding import Folded, folded
from pullquote.reader.position import Position
from pullquote.reader.trail import Stop
from pullquote.text import Spans

if TYPE_CHECKING:
    from pullquote.reader.session import Session


class Search(msgspec.Struct, frozen=True, eq=False):
    """What is looked for, and where it stands; no two are equal, however many matches they have."""

    sought: str = ""
    matches: Spans = ()
    began: Stop | None = None  # where the reader was; None once they have done typing


NOTHING = Search()


def begin(session: "Session") -> None:
    """Begin to look for something; Esc will lead back to here."""
    session.search = Search(began=session.stop)


def seek(session: "Session", words: str) -> None:
    """Show the matches, and go to the first behind where the reader was."""
    began = session.search.began
    matches = found(words, session.text)
    session.search = Search(words.strip(), matches, began)
    if matches and began:
        _go_to_match(session, bisect_left(matches, (began.cursor, 0)) % len(matches))
    else:
        _return(session)


def enter(session: "Session") -> str:
    """Stay at the match; what there is to say."""
    search = session.search
    if search.matches and search.began:
        session.trail.leave(search.began)
    stay(session)
    return f"no match: “{search.sought}”" if search.sought and not search.matches else ""


def stay(session: "Session") -> None:
    """Stay here; so do the matches."""
    if session.search.began:
        session.search = replace(session.search, began=None)


def end(session: "Session") -> None:
    """End the search, and go back if it was still being typed."""
    _return(session)
    session.search = NOTHING


def step(session: "Session", count: int) -> None:
    """Go to the next or previous match, round at the ends."""
    matches, here = session.search.matches, _here(session)
    side = bisect_right if count > 0 else bisect_left
    number = side(matches, here, key=lambda match: match[0]) - (count < 0)
    session.trail.leave(session.stop)
    _go_to_match(session, number % len(matches))


def number(session: "Session") -> int:
    """Which of the matches the reader is at or behind, from 1."""
    matches = session.search.matches
    return max(1, bisect_right(matches, _here(session), key=lambda match: match[0]))


def count_line(session: "Session") -> str:
    """What is said beside the line in which the search is typed."""
    search = session.search
    if search.matches:
        return f"{number(session)} of {len(search.matches)} · Enter stays · Esc goes back"
    return "no match · Esc goes back" if search.sought else "Esc goes back"


def _here(session: "Session") -> int:
    """The cursor, or its match's start, which may be inside a grapheme, unlike the cursor."""
    position = session.position
    return max((position.cursor, *(span[0] for span in position.focus[:1])))


def _go_to_match(session: "Session", number: int) -> None:
    match = session.search.matches[number]
    session.go(match[0], (match,))


def _return(session: "Session") -> None:
    began = session.search.began
    if began is not None and session.position.selecting is None:
        mark, focus = session.found_again(began)
        session.current, session.said = mark, ""
        session.position = Position(began.cursor, focus, top=began.top)
    elif began is not None:
        session.go(began.cursor)


def found(words: str, text: str) -> Spans:
    """Where `words` stand in `text`, whatever their case, accents and white space.

    Nor do soft hyphens and ligatures hide a word (`pullquote.folding`).
    """
    parts = folded(words).split()
    if not parts:
        return ()
    pattern = re.compile(r"\s+".join(map(_either_form, parts)), re.IGNORECASE)
    place = _fold(text)
    return tuple(place.span(match.span()) for match in pattern.finditer(place.text))


@lru_cache(1)
def _fold(text: str) -> Folded:
    return Folded(text)  # once for all that is typed


def _either_form(word: str) -> str:
    """A pattern for a word whose accents may be parts of their letters in the text, or follow them.

    The latter is so in files of a Mac, and in many a PDF.
    """
    whole = unicodedata.normalize("NFC", word)
    forms = ((re.escape(one), re.escape(unicodedata.normalize("NFD", one))) for one in whole)
    letters = "".join(a if a == b else f"(?:{a}|{b})" for a, b in forms)
    return letters if whole == word else f"(?:{re.escape(word)}|{letters})"
