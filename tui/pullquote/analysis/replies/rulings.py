"""A ruling is no reply: who judges was not asked whether it is true of them.

"The judge rejected the claim" decides between others; "the firm rejected the claim" answers. What
is brought against a judge she may deny as anybody does: "rejected the allegations against her".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import (
    APPOSITION,
    COMPOUND,
    OBJECT,
    OBJECT_OF_PREPOSITION,
    PRONOUN,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import child, subtree
from pullquote.analysis.replies.word import Word
from pullquote.findings import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_ruling(word: Word, asked: Token | None, actor: Actor | None) -> bool:
    """Whether what a word tells is a decision on what others say.

    Args:
        word: What the reply would hang on.
        asked: Who would have been asked.
        actor: The same as the article knows them, if it does.
    """
    if asked is None or not (word.is_of("rejects") or word.is_of("denies")):
        return False
    what = child(word.token, (OBJECT,))
    if what is None or what.lemma_.lower() not in lexicon("replies")["pleas"]:
        return False
    return _judges(asked, actor) and not _is_of_themselves(what)


def _judges(asked: Token, actor: Actor | None) -> bool:
    """ "the court", "Judge Cole", "Ann Cole, the judge", "he" where he is one."""
    judging = lexicon("replies")["judging"]
    beside = (one for one in asked.children if one.dep_ in (COMPOUND, APPOSITION))
    if any(one.lemma_.lower() in judging for one in (asked, *beside)):
        return True
    role = (actor.role or "") if actor is not None else ""
    return not judging.isdisjoint(role.lower().split())


def _is_of_themselves(what: Token) -> bool:
    """ "the allegations against her"."""
    return any(
        one.dep_ == OBJECT_OF_PREPOSITION and one.pos_ == PRONOUN and one.head.lower_ == "against"
        for one in subtree(what)
    )
