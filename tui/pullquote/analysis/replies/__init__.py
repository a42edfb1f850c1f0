"""What an article says of asking the other side: who declined, did not answer, denied it.

A reply hangs on one word of a sentence: a verb ("declined"), a noun ("no response") or an adjective
("unavailable"), with what it governs. Each row of rows.py says what that must be and where whoever
was asked stands to it. Offsets are half-open, in code points.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import HELD, NO_PART, VERBS
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, climb, subtree
from pullquote.analysis.places import Places
from pullquote.analysis.replies import rows
from pullquote.analysis.replies.rulings import is_ruling
from pullquote.analysis.replies.word import Word
from pullquote.analysis.warnings.issuers import Issuers
from pullquote.findings import Actor, Quote, Reply, ReplyKind, numbered

if TYPE_CHECKING:
    from spacy.tokens import Token

# The share of what the rows find on gold articles that people marked as replies too.
_CONFIDENCE = 0.85


def find_replies(parsed: Parsed, actors: list[Actor], quotes: list[Quote]) -> list[Reply]:
    """The replies in an article, in text order."""
    known = Issuers(actors)
    quoted = Places((span, quote.speaker) for quote in quotes for span in quote.content)
    found: list[Reply] = []
    for paragraph, sentence in parsed.sentences():
        for token in sentence:
            if token.lemma_.lower() not in _hinges():
                continue
            word = Word(token)
            row = next((row for row in rows.ROWS if row.when(word)), None)
            if row is None:
                continue
            asked = row.who(word)
            offset = paragraph.start + token.idx
            said = quoted.over((offset, offset + 1))
            if said and row.kind is not ReplyKind.DECLINED:
                continue  # what somebody else says of it
            span = paragraph.span_of(_clause(token))
            if found and found[-1].span[-1][1] > span[0]:
                continue
            actor = known.at(paragraph, asked) if asked is not None else None
            if is_ruling(word, asked, actor):
                continue
            found.append(
                Reply(
                    span=(span,),
                    kind=row.kind,
                    speaker=actor.id if actor else said[0][1] if said else None,
                    confidence=_CONFIDENCE,
                )
            )
    return numbered(found)


def _clause(word: Token) -> list[Token]:
    """The words of the clause that a reply hangs on, from whose it is to what it is about."""
    verb = climb(word, lambda above: above.pos_ in VERBS)
    verb = climb(verb, lambda above: above.dep_ not in HELD)
    inside = [
        token
        for child in verb.children
        if child.dep_ not in NO_PART or word.i in {below.i for below in subtree(child)}
        for token in subtree(child)
    ]
    numbers = [t.i for t in (*inside, verb, word) if not t.is_space]
    return list(word.doc[min(numbers) : max(numbers) + 1])


@cache
def _hinges() -> frozenset[str]:
    """The lemmas that a reply can hang on."""
    words = lexicon("replies")
    return frozenset().union(*(words[name] for name in words["hinges"]))
