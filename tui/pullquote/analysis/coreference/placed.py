"""Where the model's mentions lie, and whose they are by the rules.

A noun that stands as a title before a name is its holder's; "a company" that does something is none
that was spoken of before. All offsets are half-open, in code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from pullquote.analysis.actors.phrases import is_joint, noun_phrase
from pullquote.analysis.actors.roles import is_calling
from pullquote.analysis.coreference.apart import are_namesakes, givens
from pullquote.analysis.coreference.clusters import Cluster
from pullquote.analysis.coreference.mentions import Form, Mention, offices
from pullquote.analysis.drafts import Draft
from pullquote.analysis.en.labels import ATTRIBUTES, SUBJECTS
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.places import Places
from pullquote.findings import ActorKind
from pullquote.text import Span

_NAMELESS = (ActorKind.UNNAMED, ActorKind.GROUP)


class Placed(NamedTuple):
    """A mention of the model, where it lies, and the actor that the rules give it."""

    mention: Mention
    span: Span
    draft: Draft | None
    is_inside: bool = False  # whether it is a name in a phrase for others: "Aides of Ann Cole"

    @property
    def is_name(self) -> bool:
        """Whether it is a name, and no more than an office."""
        return self.mention.form is Form.NAME and not self.mention.is_office

    @property
    def is_noun(self) -> bool:
        """Whether it is a noun, or an office in capitals."""
        return self.mention.form.is_full and not self.is_name

    @property
    def tells(self) -> bool:
        """Whether it is a noun, or a name of several words."""
        return self.is_noun or (self.is_name and self.mention.length > 1)


def _is_new(parsed: Parsed, one: Placed) -> bool:
    """Whether "a company" does something: it is none that was spoken of before."""
    if one.mention.form is not Form.NOMINAL:
        return False
    token = parsed.head(one.mention.at)
    if token is None or token.dep_ not in SUBJECTS:
        return False
    indefinite = lexicon("words")["one of many"]
    return any(child.lower_ in indefinite for child in token.lefts)


def all_placed(parsed: Parsed, named: Places[Draft], cluster: Cluster) -> Iterator[Placed]:
    """The mentions of a cluster, but for what is new, and titles, which their holders get."""
    for one in map(partial(_placed, parsed, named), cluster.mentions):
        holder = _holder(parsed, named, one.mention) if one.draft is None else None
        if holder is not None:
            holder.mentions.add(one.span)
        elif not _is_new(parsed, one):
            yield one


def _placed(parsed: Parsed, named: Places[Draft], one: Mention) -> Placed:
    start = one.at[0]
    over = [
        (at[1] - at[0], draft)
        for at, draft in named.over(one.at)
        if at[0] <= start < at[1] and (_is_whole(one, draft) or _heads(parsed, at, start))
    ]
    draft = min(over, key=lambda hit: hit[0])[1] if over else None
    if draft is not None and _is_namesake(one, draft):
        for at in [at for at, other in named.over(one.span) if other is draft]:
            draft.mentions.discard(at)
        draft = None
    span = _phrase(parsed, one.at) if one.form is Form.NOMINAL else one.span
    within = () if over or one.form is not Form.NAME else named.over(one.at)
    return Placed(one, span, draft, any(is_nameless(other) for _, other in within))


def _is_whole(one: Mention, draft: Draft) -> bool:
    """Whether a mention inside an actor's is the actor wherever in it the word stands.

    A part of a name is; near miss: "Republican" of "Republican leaders".
    """
    return one.form is not Form.NOMINAL and not is_nameless(draft)


def _holder(parsed: Parsed, named: Places[Draft], one: Mention) -> Draft | None:
    """Who has a noun for a title: "former congressman Ann Cole" is one, whoever else could be."""
    token, paragraph = parsed.head(one.at), parsed.paragraph(one.at[0])
    if one.form is not Form.NOMINAL or token is None or paragraph is None:
        return None
    if token.i + 1 == len(token.doc) or token.dep_ not in ATTRIBUTES or not is_calling(token):
        return None
    behind = paragraph.start + token.nbor().idx
    people = (draft for at, draft in named.over((behind, behind + 1)) if at[0] == behind)
    return next((draft for draft in people if draft.kind is ActorKind.PERSON), None)


def _is_namesake(one: Mention, draft: Draft) -> bool:
    """Whether a full name is of somebody else who has the surname of an actor."""
    is_person = one.form is Form.NAME and one.type is ActorKind.PERSON is draft.kind
    return is_person and are_two_bearers(" ".join(one.name), draft.name)


def are_two_bearers(one: str, other: str) -> bool:
    """Whether two full names have a surname in common, and given names that differ.

    "Tom Cole" and "Ann Cole"; near misses: "Mayor Cole", "A. Cole", "Annie Cole" and "Ann Cole".
    """
    mine, theirs = one.lower().split(), other.lower().split()
    return mine[-1] == theirs[-1] and are_namesakes(givens(mine), givens(theirs))


def _heads(parsed: Parsed, phrase: Span, noun: int) -> bool:
    """Whether a noun governs a phrase: "person" does in "a person near the inquiry"."""
    head, paragraph = parsed.head(phrase), parsed.paragraph(phrase[0])
    return head is None or paragraph is None or paragraph.start + head.idx == noun


def _phrase(parsed: Parsed, head: Span) -> Span:
    """The noun phrase of a head, which may be the first part of a word: "co" of "co-star"."""
    token, paragraph = parsed.head(head), parsed.paragraph(head[0])
    if token is None or paragraph is None:
        return head
    start = token.left_edge.i
    while token.i + 1 < len(token.doc) and is_joint(token.nbor()):
        token = token.nbor(2)
    words = noun_phrase(token)
    if words and start < words[0].i <= token.i:
        words = [*token.doc[start : words[0].i], *words]
    return paragraph.span_of(words) if words else head


def is_nameless(draft: Draft | None) -> bool:
    """Whether an actor has no name, or only an office for one."""
    if draft is None:
        return False
    return draft.kind in _NAMELESS or offices().issuperset(draft.name.lower().split())
