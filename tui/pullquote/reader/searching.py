"""Search the text as one types: each letter goes to the nearest match, Enter stays, Esc returns."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from textual import on

from pullquote.reader.marks import Mark
from pullquote.reader.part import Part
from pullquote.reader.search_line import SearchLine
from pullquote.text import Spans


class _Place(NamedTuple):
    """Where the reader was when the search began."""

    cursor: int
    spans: Spans
    mark: Mark | None
    top: int  # line


class Searching(Part):
    """The part of the reader's screen that searches the text."""

    matches: Spans = ()  # of a live search
    sought = ""
    _began_at: _Place | None = None

    @property
    def search_line(self) -> SearchLine:
        """Where the search is typed."""
        return self.query_one(SearchLine)

    def action_search(self) -> None:
        """Ask what to search for."""
        if not self.search_line.is_open:
            view = self.article
            self._began_at = _Place(
                view.cursor, view.focus_spans, self.on_mark, view.scroll_offset.y
            )
        self.add_class("-searching")
        self._seek(self.search_line.open())

    @on(SearchLine.Typed)
    def _typed(self, event: SearchLine.Typed) -> None:
        if self.search_line.is_open:
            self._seek(event.words)

    def _seek(self, words: str) -> None:
        """Show the matches, and go to the first behind where the reader was."""
        self.sought = words.strip()
        self.matches = found(words, self.reading.article.text)
        self.article.find(self.matches)
        if self.matches and self._began_at:
            self._go_to_match(
                bisect_left(self.matches, (self._began_at.cursor, 0)) % len(self.matches)
            )
        else:
            self._return()
        self.search_line.tell(self._told())

    def _told(self) -> str:
        if self.matches:
            return f"{self.match_number} of {len(self.matches)} · Enter stays · Esc goes back"
        return "no match · Esc goes back" if self.sought else "Esc goes back"

    @property
    def match_number(self) -> int:
        """Which of the matches the reader is at or behind, from 1."""
        return max(1, bisect_right(self.matches, self._here, key=lambda match: match[0]))

    @property
    def _here(self) -> int:
        """The cursor, or its match's start, which may be inside a grapheme, unlike the cursor."""
        return max((self.article.cursor, *(span[0] for span in self.article.focus_spans[:1])))

    @on(SearchLine.Entered)
    def _entered(self) -> None:
        if self.matches and self._began_at:
            self.remember_jump(self._began_at.cursor)
        self.close_search()
        if self.sought and not self.matches:
            self.say(f"no match: “{self.sought}”")
        else:
            self.say("")

    def step_match(self, count: int) -> None:
        """Go to the next or previous match, round at the ends."""
        here = self._here
        if count > 0:
            number = bisect_right(self.matches, here, key=lambda match: match[0])
        else:
            number = bisect_left(self.matches, here, key=lambda match: match[0]) - 1
        self.remember_jump(self.article.cursor)
        self._go_to_match(number % len(self.matches))

    def _go_to_match(self, number: int) -> None:
        match = self.matches[number]
        self.go(match[0], (match,))

    def close_search(self) -> None:
        """Put the search line away; the matches stay."""
        self._began_at = None
        self.remove_class("-searching")
        self.search_line.close()
        if self.focused is None or self.search_line in self.focused.ancestors:
            self.article.focus()

    def end_search(self) -> bool:
        """End the search, and go back if it was still being typed; whether there was one."""
        if not self.matches and not self.search_line.is_open:
            return False
        self.matches = ()
        self.article.find(())
        self._return()
        self.close_search()
        return True

    def _return(self) -> None:
        left = self._began_at
        if left is not None:
            self.go(left.cursor, left.spans, left.mark)
            self.article.scroll_to(y=left.top, animate=False, immediate=True)


def found(words: str, text: str) -> Spans:
    """Where `words` stand in `text`, whatever their case, white space and form of accents."""
    parts = words.split()
    pattern = re.compile(r"\s+".join(map(_either_form, parts)), re.IGNORECASE) if parts else None
    return tuple(match.span() for match in pattern.finditer(text)) if pattern else ()


def _either_form(word: str) -> str:
    """A pattern for a word whose accents may be parts of their letters in the text, or follow them
    (as in files of a Mac, and in many a PDF).
    """
    whole = unicodedata.normalize("NFC", word)
    forms = ((re.escape(one), re.escape(unicodedata.normalize("NFD", one))) for one in whole)
    letters = "".join(a if a == b else f"(?:{a}|{b})" for a, b in forms)
    return letters if whole == word else f"(?:{re.escape(word)}|{letters})"
