"""A content, sentence by sentence: a quotation of six asserts six things. Offsets are half-open."""

from __future__ import annotations

from collections.abc import Iterator

from pullquote.analysis.parsed import Parsed
from pullquote.text import Span, Spans, trimmed


def by_sentence(parsed: Parsed, content: Spans) -> Iterator[Spans]:
    """The parts of `content` that lie in one sentence each, in order; all of it where none does.

    What a cue parts ("It was late, she said, and cold") stays together.
    """
    found: dict[tuple[int, int], list[Span]] = {}
    for span in content:
        for place, part in _parts(parsed, span):
            found.setdefault(place, []).append(part)
    yield from (tuple(parts) for parts in found.values())


def _parts(parsed: Parsed, span: Span) -> Iterator[tuple[tuple[int, int], Span]]:
    """What of a span lies in each sentence, with the paragraph's and the sentence's number."""
    paragraph = parsed.paragraph(span[0])
    end = 0  # of the sentence before
    for token in parsed.tokens(span):
        if paragraph is None or token.i < end:
            continue
        sentence = token.sent
        end = sentence.end
        whole = paragraph.start + sentence.start_char, paragraph.start + sentence.end_char
        part = max(whole[0], span[0]), min(whole[1], span[1])
        yield (paragraph.start, sentence.start), trimmed(parsed.text, part)
