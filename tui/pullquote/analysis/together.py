"""People, or countries, named together who speak or act as one: "Ann Cole and Kim Park said they".

They are an actor of their own only where they speak together, or where "they" or "the two
countries" are they; all places where they are named together are its mentions then. Near misses:
"Ann Cole and her team", "Ann Cole and Acme", "Ann Cole said, and Kim Park agreed", "Ernst and
Young". "Mr and Mrs Cole" are two, too, and so are "Ann and Tom Cole". Offsets are half-open, in
code points.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pullquote.analysis.drafts import Draft
from pullquote.analysis.en.labels import CONJUNCT, NAME, PLURALS, SAYS_MORE
from pullquote.analysis.lexicon import given_names, lexicon
from pullquote.analysis.mentions import Index
from pullquote.analysis.names import is_title
from pullquote.analysis.parsed import Paragraph, Parsed
from pullquote.analysis.turns import FITS, THEY, Mention
from pullquote.findings import ActorKind
from pullquote.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pullquote.analysis.sources import Source

_MOST = 4  # people; more are a list
_BOTH = 2
# from the word for what several are to the last word of the first name
_BESIDE = re.compile(r"[.,:—–]?\s+(?:[^\W\d_a-z][\w.’'-]*\s+)*")
_COUPLE = 4  # words: "Mr and Mrs Cole"


class Together:
    """Those who are named together, by where the first of them is named."""

    def __init__(self, parsed: Parsed, index: Index) -> None:
        self._index = index
        self._known: dict[frozenset[Draft], Draft] = {}
        self._couples: dict[str, Draft] = {}
        self._spans: defaultdict[Draft, list[Span]] = defaultdict(list)
        self._at: dict[int, Draft] = {}
        self._last: dict[ActorKind, Draft] = {}  # the two of a kind who were named together last
        for paragraph, token in parsed.words():
            if couple := _couple(token):
                self._see_couple(paragraph, couple)
            elif token.pos_ == NAME and token.dep_ != CONJUNCT:
                self._see(paragraph, token)
            elif (both := self._both(token)) is not None:
                self._take(paragraph.span_of([*token.lefts, token]), both)

    def _see_couple(self, paragraph: Paragraph, couple: list[Token]) -> None:
        name = " ".join(token.text for token in couple)
        draft = self._couples.setdefault(name, Draft(name, ActorKind.GROUP))
        self._spans[draft].append(paragraph.span_of(couple))
        self._at |= {paragraph.start + token.idx: draft for token in couple}

    def _see(self, paragraph: Paragraph, first: Token) -> None:
        names = [first, *_joined(first)]
        spans = [self._named(paragraph, name) for name in names]
        if len(names) == _BOTH and spans[1] is not None and _share_surname(*names):
            spans[0] = self._named(paragraph, first, is_full=False)
        if not 1 < len(names) <= _MOST or None in spans:
            return
        found = [(span, draft) for one in spans if one is not None for span, draft in (one,)]
        who = frozenset(draft for _, draft in found)
        if len(who) < len(names):
            return
        kinds = {draft.kind for draft in who}
        if len(kinds) > 1:
            return
        *others, last = (draft.name for _, draft in found)
        name = f"{', '.join(others)} and {last}"
        draft = self._known.setdefault(who, Draft(name, ActorKind.GROUP))
        if len(who) == _BOTH:
            self._last[kinds.pop()] = draft
        self._spans[draft].append((found[0][0][0], found[-1][0][1]))
        self._at[paragraph.start + first.idx] = draft

    def _both(self, noun: Token) -> Draft | None:
        """Whom "the two countries" or "both leaders" are: the two of that kind named together last.

        Near misses: "two countries", "two other leaders", "both countries of the South".
        """
        if noun.tag_ not in PLURALS or any(one.dep_ in SAYS_MORE for one in noun.rights):
            return None
        words, nouns = [one.lower_ for one in noun.lefts], lexicon("people")["two of"]
        if words not in (["both"], ["the", "two"]):
            return None
        kind = next((kind for kind in nouns if noun.lemma_.lower() in nouns[kind]), None)
        return self._last.get(ActorKind(kind)) if kind is not None else None

    def _take(self, span: Span, both: Draft) -> None:
        """Give a phrase to those whom it stands for, with all that the model takes for it."""
        other = self._index.exact(span)
        has_no_name = other is not None and other.kind in (ActorKind.GROUP, ActorKind.UNNAMED)
        for one in set(other.mentions) if other is not None and has_no_name else {span}:
            self._index.move(one, both)

    def _named(
        self, paragraph: Paragraph, name: Token, is_full: bool = True
    ) -> tuple[Span, Draft] | None:
        """Whom a word names: a country, or a person; one who is named in full somewhere, or not."""
        at = paragraph.span_of([name])
        ones = [one for one in self._index.mentions(at) if _can_be_joined(one[1], is_full)]
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


def who_together(source: Source) -> Draft | None:
    """Those named together whom a source is, also behind what they are: "Senators Ann Cole and …".

    Near misses: "The aides of Ann Cole and Kim Park", "Critics, like Ann Cole and Kim Park".
    """
    head, start = source.head, source.paragraph.start
    if head is None:
        return None
    both = source.together.at(start + head.idx)
    if both is not None or head.tag_ not in PLURALS:
        return both
    names = (one for one in source.parsed.tokens(source.span) if one.i > head.i)
    found = ((one, source.together.at(start + one.idx)) for one in names)
    name, both = next(((one, both) for one, both in found if both is not None), (head, None))
    before = source.parsed.text[start + head.idx + len(head) : start + name.idx]
    return both if _BESIDE.fullmatch(before) else None


def _couple(first: Token) -> list[Token]:
    """The words of "Mr and Mrs Cole" that begin with one; none where there are no others."""
    words = list(first.doc[first.i : first.i + _COUPLE])
    people = lexicon("people")
    if first.text not in people["male_titles"] | people["female_titles"] or len(words) < _COUPLE:
        return []
    _, joint, title, name = words
    is_joined = joint.lower_ in (*lexicon("words")["joining"], "&") and name.text[0].isupper()
    return words if is_joined and is_title(title) else []


def _share_surname(first: Token, second: Token) -> bool:
    """Whether a given name is joined to a full name: "Ann and Tom Cole"."""
    start = first.i + 2
    is_beside = start < second.i and second.doc[start].head == second
    is_given = {first.lower_, second.doc[start].lower_} <= given_names().keys()
    return is_beside and is_given and first.nbor().lower_ in lexicon("words")["joining"]


def _can_be_joined(draft: Draft, is_full: bool) -> bool:
    """Whether somebody can be named beside another: a country, a person with a full name."""
    is_person = draft.kind is ActorKind.PERSON and (" " in draft.name or not is_full)
    return is_person or draft.kind is ActorKind.GOVERNMENT


def _joined(first: Token) -> Iterator[Token]:
    """The names joined to one by "and", or in "neither Ann Cole nor Kim Park"."""
    name: Token | None = first
    for _ in range(_MOST):
        assert name is not None
        ands = any(one.lower_ in ("and", "&", ",", "nor") for one in name.children)
        name = next((one for one in name.rights if one.dep_ == CONJUNCT), None)
        if name is None or name.pos_ != NAME or not ands:
            return
        yield name
