"""Whose words a place in a text is in, and whether it stands there as they were said.

A place is in the content of an attribution, in the article's words or in somebody's own: in marks,
or in a line of a transcript. Offsets are half-open, in code points.
"""

from collections.abc import Sequence
from itertools import chain

from pullquote.analysis.nested import nested
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.places import Places
from pullquote.analysis.quotations import read_quotations
from pullquote.analysis.transcripts import SPOKEN_LINES
from pullquote.findings import Attribution, Stance
from pullquote.text import Span

_IN_WORDS = (Stance.SAID, Stance.WROTE, Stance.THOUGHT)


class Quoted:
    """The quotations and the attributions of a text, by where they lie."""

    def __init__(self, parsed: Parsed, attributions: Sequence[Attribution]) -> None:
        self._text = parsed.text
        self._attributions = attributions
        page = tuple(paragraph.span for paragraph in parsed.paragraphs)
        quotations = list(chain.from_iterable(read_quotations(parsed.text, page)))
        inner = chain.from_iterable(nested(parsed.text, one) for one in quotations)
        self._marks = Places((one.span, None) for one in quotations)
        self._inner = Places((one.span, None) for one in inner)
        numbered = enumerate(attributions)
        said = ((number, one) for number, one in numbered if one.stance in _IN_WORDS)
        self._words = Places((span, number) for number, one in said for span in one.content)

    def whose(self, offset: int) -> int | None:
        """The number of the attribution in whose words a place is; the innermost of several."""
        words = self._words.over((offset, offset + 1))
        return min(words, key=lambda one: one[0][1] - one[0][0])[1] if words else None

    def is_said(self, span: Span) -> bool:
        """Whether words are somebody's own: in marks, or in a line of a transcript."""
        number = self.whose(span[0])
        if number is None:
            return False
        is_line = self._attributions[number].rule in SPOKEN_LINES
        return is_line or bool(self._marks.over(span))

    def is_by_one(self, span: Span) -> bool:
        """Whether words are somebody's own, and nobody else's whom they cite: “He said, ‘I am.’”"""
        return self.is_said(span) and not self._inner.over(span)

    def words(self, one: Attribution) -> int:
        """How many words of an attribution's content stand in marks."""
        marked = [span for content in one.content for span, _ in self._marks.over(content)]
        return sum(len(self._text[slice(*span)].split()) for span in marked)
