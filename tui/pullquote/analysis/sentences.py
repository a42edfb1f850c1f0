"""A content, sentence by sentence: a quotation of six asserts six things. Offsets are half-open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pullquote.analysis.parsed import Paragraph, Parsed
from pullquote.text import Span, Spans, overlap, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token


def by_sentence(parsed: Parsed, content: Spans) -> Iterator[Spans]:
    """The parts of `content` that lie in one sentence each, in order; all of it where none does.

    What a cue parts ("It was late, she said, and cold") stays together.
    """
    found: dict[tuple[int, int], list[Span]] = {}
    for paragraph, tokens in parsed.by_paragraph(content):
        for number, span in _parts(paragraph, tokens, content):
            found.setdefault((paragraph.start, number), []).append(trimmed(parsed.text, span))
    yield from (tuple(parts) for parts in found.values())


def _parts(paragraph: Paragraph, tokens: list[Token], content: Spans) -> Iterator[tuple[int, Span]]:
    """The number of each sentence's first word, with each part of the content in it."""
    end = 0  # of the sentence before
    for token in tokens:
        if token.i < end:
            continue
        sentence = token.sent
        end = sentence.end
        whole = paragraph.start + sentence.start_char, paragraph.start + sentence.end_char
        for span in content:
            if overlap(whole, span):
                yield sentence.start, (max(whole[0], span[0]), min(whole[1], span[1]))
