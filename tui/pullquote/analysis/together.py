"""People who are named together and speak or act as one: "Ann Cole and Kim Park said they had".

They are an actor of their own only where they speak together, or where "they" are they; all places
where they are named together are its mentions then. Near misses: "Ann Cole and her team", "Ann Cole
and Acme", "Ann Cole said, and Kim Park agreed", "Ernst and Young". Offsets are half-open, in code
points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pullquote.analysis.drafts import Draft
from pullquote.analysis.en.labels import CONJUNCT, NAME
from pullquote.analysis.mentions import Index
from pullquote.analysis.parsed import Paragraph, Parsed
from pullquote.analysis.turns import FITS, THEY, Mention
from pullquote.findings import ActorKind
from pullquote.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_MOST = 4  # people; more are a list


class Together:
    """Those who are named together, by where the first of them is named."""

    def __init__(self, parsed: Parsed, index: Index) -> None:
        self._index = index
        self._known: dict[frozenset[Draft], Draft] = {}
        self._spans: defaultdict[Draft, list[Span]] = defaultdict(list)
        self._at: dict[int, Draft] = {}
        for paragraph, token in parsed.words():
            if token.pos_ == NAME and token.dep_ != CONJUNCT:
                self._see(paragraph, token)

    def _see(self, paragraph: Paragraph, first: Token) -> None:
        names = [first, *_joined(first)]
        spans = [self._named(paragraph, name) for name in names]
        if not 1 < len(names) <= _MOST or None in spans:
            return
        found = [(span, draft) for one in spans if one is not None for span, draft in (one,)]
        who = frozenset(draft for _, draft in found)
        if len(who) < len(names):
            return
        name = " and ".join(draft.name for _, draft in found)
        draft = self._known.setdefault(who, Draft(name, ActorKind.GROUP))
        self._spans[draft].append((found[0][0][0], found[-1][0][1]))
        self._at[paragraph.start + first.idx] = draft

    def _named(self, paragraph: Paragraph, name: Token) -> tuple[Span, Draft] | None:
        """The person that a word names, with where; one who is named in full somewhere."""
        at = paragraph.span_of([name])
        people = ((s, d) for s, d in self._index.mentions(at) if d.kind is ActorKind.PERSON)
        ones = [(span, draft) for span, draft in people if " " in draft.name]
        return min(ones, key=lambda one: one[0][1] - one[0][0], default=None)

    def at(self, offset: int) -> Draft | None:
        """Those of whom the first is named by the word that begins at an offset."""
        return self._at.get(offset)

    def nearest(self, mentions: Iterable[Mention]) -> Draft | None:
        """Those named together whom "they" in the same sentence stands for: its subject so far.

        Args:
            mentions: In the sentence before the pronoun, the latest first.
        """
        last = next(filter(FITS[THEY], mentions), None)
        return last.draft if last and last.is_subject and last.draft in self._spans else None

    def settle(self, speaking: set[Draft]) -> None:
        """Make actors of those who speak, or whom a pronoun stands for."""
        for draft, spans in self._spans.items():
            if draft in speaking or draft.mentions:
                self._index.add(draft)
                for span in spans:
                    self._index.mention(span, draft)


def _joined(first: Token) -> Iterator[Token]:
    """The names joined to one by "and"."""
    name: Token | None = first
    for _ in range(_MOST):
        assert name is not None
        ands = any(one.lower_ in ("and", "&", ",") for one in name.children)
        name = next((one for one in name.rights if one.dep_ == CONJUNCT), None)
        if name is None or name.pos_ != NAME or not ands:
            return
        yield name
