"""Whether a noun is somebody: who can be asked, can threaten, can be struck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import NOUN, WHO
from pullquote.analysis.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_somebody(token: Token) -> bool:
    """A name, a pronoun for people, or a noun for people or a body of them."""
    people, sources = lexicon("people"), lexicon("sources")
    lemma = token.lemma_.lower()
    return (
        token.ent_type_ in WHO
        or token.lower_ in people["pronouns"]
        or any(lemma in people[name] for name in ("unnamed", "groups", "possessed"))
        or any(
            lemma in sources[name]
            for name in ("officials", "institutions", "representatives", "unnamed")
        )
        or (
            token.pos_ == NOUN
            and lemma.endswith(tuple(people["agents"]))
            and lemma not in people["things"]
        )
    )
