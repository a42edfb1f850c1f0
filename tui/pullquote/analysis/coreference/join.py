"""The model's clusters and the actors that the rules know by name, brought together.

A cluster goes to the actor whose names lie in it; where it holds the names of two, these are one.
What the rules lack, a noun phrase, a pronoun or an actor, comes from the cluster.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from pullquote.analysis.coreference.ages import give_by_age
from pullquote.analysis.coreference.apart import are_namesakes, givens
from pullquote.analysis.coreference.clusters import Cluster
from pullquote.analysis.coreference.mentions import Form, Mention, offices
from pullquote.analysis.coreference.pairs import agreement
from pullquote.analysis.coreference.placed import (
    Placed,
    all_placed,
    are_two_bearers,
    is_nameless,
)
from pullquote.analysis.drafts import Draft, initials, only_ends_alike, without_rank
from pullquote.analysis.lexicon import given_names, lexicon
from pullquote.analysis.mentions import definite_article
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.places import Places
from pullquote.analysis.things import happens, things
from pullquote.findings import ActorKind
from pullquote.text import Span, one_line

# the share from which the model alone makes an actor; places are often taken for governments
_SURE, _SURE_OTHERS = {ActorKind.GOVERNMENT: 0.8}, 0.6
_NAMED = (ActorKind.PERSON, ActorKind.ORGANISATION)
_CLEAR = 0.7  # the share of a name's mentions that the model takes for one kind
_AGREE = (6, 7, 8, 9)  # of `agreement`: one name, or one is part or initials of the other
_OWNER = re.compile(r"^.*['’]s?\s+(?=\S+\s\S)")  # before a full name: "Norland’s Ann Cole"
_OWNERS = (ActorKind.GOVERNMENT, None)
_THIRD = (Form.HE, Form.SHE, Form.IT, Form.THEY, Form.WHO)


def join(
    parsed: Parsed, drafts: list[Draft], clusters: list[Cluster], likely: Sequence[int]
) -> list[Draft]:
    """The actors with the model's mentions, those that it takes for one joined.

    Args:
        parsed: The text.
        drafts: The actors of the rules; those that the model sees nothing of fall out.
        clusters: What the model sees in the text.
        likely: Offsets of words that it holds possible as heads of mentions, in order.
    """
    named = Places((span, draft) for draft in drafts for span in draft.mentions)
    placed = [list(all_placed(parsed, named, cluster)) for cluster in clusters]
    placed = [[one for one in ones if not _is_of_many(one)] for ones in placed]
    seen = {one.draft for ones in placed for one in ones}
    seen |= {draft for draft in drafts if any(_holds(span, likely) for span in draft.mentions)}
    names = Counter(one.draft for ones in placed for one in ones if one.is_name and one.draft)
    _retype(placed)
    nobody = things(parsed)
    known = _Known([draft for draft in drafts if draft in seen], names)
    for ones in placed:
        draft = known.actor(ones)
        if draft is None:
            draft = _new(parsed, ones, nobody)
            if draft is None:
                continue
            known.drafts.append(draft)
        elif is_nameless(draft):
            _name(parsed, draft, ones)
        _name_in_full(parsed, draft, ones)
        for one in ones:
            is_other = is_nameless(one.draft) and not is_nameless(draft) and one.tells
            if _give_noun(one, draft):
                continue
            if is_other or _is_other_bearer(one, known.root(draft)):
                _move(parsed, one, draft)
            elif one.draft is None or one.mention.form in _THIRD:
                _mention(parsed, draft, one)
    drafts = known.joined()
    give_by_age(parsed, drafts)
    return drafts


def _is_of_many(one: Placed) -> bool:
    """Whether one of several is named: "Ann" of "the Cole sisters, Ann and Jane", who are many."""
    is_many = one.is_name and one.mention.type is ActorKind.GROUP
    return is_many and one.draft is not None and one.draft.kind is ActorKind.PERSON


def _retype(clusters: Iterable[Sequence[Placed]]) -> None:
    """Give each name the kind that the model takes it for, where that is clear.

    A name that is "he" or "she" somewhere is a person's; the entities of the parse are often not.
    """
    votes: dict[Draft, Counter[ActorKind | None]] = {}
    gendered: set[Draft] = set()
    for ones in clusters:
        names = [(one.draft, one.mention.type) for one in ones if one.is_name and one.draft]
        names = [(one, kind) for one, kind in names if not (kind in _OWNERS and _has_owner(one))]
        named = [(draft, kind) for draft, kind in names if draft.kind in _NAMED]
        pronouns = sum(one.mention.form in (Form.HE, Form.SHE) for one in ones)
        for draft, kind in named:
            votes.setdefault(draft, Counter())[kind] += 1
        if pronouns:
            for draft in dict.fromkeys(draft for draft, _ in named):
                votes[draft][ActorKind.PERSON] += pronouns
                gendered.add(draft)
    for draft, counted in votes.items():
        kind, most = counted.most_common(1)[0]
        if kind not in _NAMED or kind is draft.kind or most < _CLEAR * counted.total():
            continue
        is_person = kind is ActorKind.PERSON
        if is_person and (_is_body(draft.name) or not (" " in draft.name or draft in gendered)):
            continue
        draft.kind = kind
        if is_person:
            draft.name = _OWNER.sub("", draft.name)


def _has_owner(draft: Draft) -> bool:
    """Whether a name begins with whose it is: "Norland’s Ann Cole"."""
    return _OWNER.match(draft.name) is not None


def _is_body(name: str) -> bool:
    """Whether a name is like a body’s: "Cole Mining Company", "Reed Group", "Cole & Park"."""
    words = name.lower().split()
    is_of_two = not {"&", *lexicon("words")["joining"]}.isdisjoint(words)
    return is_of_two or (len(words) > 1 and words[-1] in lexicon("people")["company"])


def _holds(span: Span, offsets: Sequence[int]) -> bool:
    """Whether one of the offsets, which are in order, lies in a span."""
    first = bisect_left(offsets, span[0])
    return first < len(offsets) and offsets[first] < span[1]


def _is_other_bearer(one: Placed, draft: Draft) -> bool:
    """Whether a surname alone, which the rules give to who was named last, is of a namesake."""
    is_short = one.is_name and one.mention.length == 1
    return is_short and one.draft is not None and are_two_bearers(one.draft.name, draft.name)


def _give_noun(one: Placed, draft: Draft) -> bool:
    """Give a noun to whom it is of, and not to the owner: "Jean Cole’s wife, Ann Cole"."""
    owner = one.draft
    if not one.is_noun or owner is None or not are_two_bearers(owner.name, draft.name):
        return False
    owner.mentions.discard(one.span)
    draft.mentions.add(one.span)
    return True


def _are_two_people(one: str, other: str) -> bool:
    """The same of the names of two actors, of whom one may have a given name that is not known.

    "Zeb Cole" is not "Ann Cole"; near misses: "Mayor Cole", "Hosting Cole" in a headline.
    """
    mine, theirs = one.lower().split(), other.lower().split()
    is_part = set(mine) <= set(theirs) or set(theirs) <= set(mine)
    if is_part or mine[-1] != theirs[-1]:
        return False
    one_known, other_known = givens(mine), givens(theirs)
    unknown = {mine[0], theirs[0]} - given_names().keys()
    called = offices() | lexicon("people")["callings"]
    is_called = any(word in called or word.endswith("ing") for word in unknown)
    are_full = bool(one_known or other_known) and not is_called
    return are_full and are_namesakes(one_known or {mine[0]}, other_known or {theirs[0]})


def _move(parsed: Parsed, one: Placed, draft: Draft) -> None:
    """Give what the rules take for somebody unnamed to whom it stands for."""
    assert one.draft is not None
    for span in [span for span in one.draft.mentions if span[0] <= one.span[0] < span[1]]:
        one.draft.mentions.discard(span)
        draft.mentions.add(span)
    if one.is_name:
        _mention(parsed, draft, one)
        _spell_out(draft, one_line(parsed.text[slice(*one.span)]))


def _spell_out(draft: Draft, name: str) -> None:
    """Give an actor that is known by initials the name that they stand for."""
    if draft.name.isupper() and initials(name) == draft.name:
        draft.name, other = name, draft.name
        draft.aliases = draft.aliases - {name} | {other}


class _Known:
    """The actors, while some are joined."""

    def __init__(self, drafts: Sequence[Draft], names: Counter[Draft]) -> None:
        self.drafts = list(drafts)
        self._names = names  # how often each is named
        self._into: dict[Draft, Draft] = {}

    def root(self, draft: Draft) -> Draft:
        while draft in self._into:
            draft = self._into[draft]
        return draft

    def actor(self, ones: Sequence[Placed]) -> Draft | None:
        """The actor of a cluster; the two are made one where it holds two."""
        named = [one for one in ones if one.is_name and not is_nameless(one.draft)]
        roots = self._roots(named)
        full = self._roots(one for one in named if givens(one.mention.name))
        if full and are_two_bearers(full[0].name, roots[0].name):
            roots = list(dict.fromkeys([*full, *roots]))
        for other in roots[1:]:
            if self._are_one(named, roots[0], other):
                self._into[other] = roots[0]
        called = [" ".join(one.mention.name) for one in ones if one.is_name and one.mention.first]
        nouns = self._roots(one for one in ones if one.is_noun)
        roots += [one for one in nouns if not any(are_two_bearers(c, one.name) for c in called)]
        return roots[0] if roots else None

    def _roots(self, ones: Iterable[Placed]) -> list[Draft]:
        """The actors of mentions, those of most first."""
        counted = Counter(self.root(one.draft) for one in ones if one.draft is not None)
        return [draft for draft, _ in counted.most_common()]

    def _are_one(self, named: Iterable[Placed], first: Draft, other: Draft) -> bool:
        """Whether two actors whose names lie in one cluster are one.

        Most names of the other have to lie there, and one to agree with one of the first.
        """
        by_actor: dict[Draft, list[Mention]] = {first: [], other: []}
        for one in named:
            if one.draft is not None and (root := self.root(one.draft)) in by_actor:
                by_actor[root].append(one.mention)
        agree = (agreement(a, b) in _AGREE for a in by_actor[first] for b in by_actor[other])
        here = 2 * len(by_actor[other]) > self._names[other]
        apart = first.kind is not other.kind or only_ends_alike(first.name, other.name)
        apart = apart or first.is_given or other.is_given
        is_often = min(self._names[first], self._names[other]) > 1
        apart = apart or are_two_bearers(first.name, other.name)
        apart = apart or (is_often and _are_two_people(first.name, other.name))
        return here and not apart and any(agree)

    def joined(self) -> list[Draft]:
        """All actors, each once, and all groups of one wording together."""
        groups: dict[str, Draft] = {}
        for draft in self.drafts:
            if draft.kind is ActorKind.GROUP and draft not in self._into:
                first = groups.setdefault(definite_article().sub("", draft.name.lower()), draft)
                if first is not draft:
                    self._into[draft] = first
        for draft in self.drafts:
            into = self.root(draft)
            if into is not draft:
                _absorb(into, draft)
        return [draft for draft in self.drafts if draft not in self._into]


def _absorb(into: Draft, other: Draft) -> None:
    """Make an actor part of another."""
    if _fullness(other.name) > _fullness(into.name):
        into.name, other.name = other.name, into.name
    into.mentions |= other.mentions
    into.aliases |= other.aliases | {other.name}
    into.aliases.discard(into.name)
    into.role = into.role or other.role
    into.affiliation = into.affiliation or other.affiliation
    into.gender = into.gender or other.gender


def _fullness(name: str) -> tuple[int, bool]:
    """How full a name is: its words, and whether the first is a given name."""
    words = name.lower().split()
    return len(words), words[0] in given_names()


def _new(parsed: Parsed, ones: Sequence[Placed], nobody: frozenset[str]) -> Draft | None:
    """An actor that the rules lack; of `nobody` no name is, in small letters."""
    faiths = lexicon("people")["faiths"]
    names = [one for one in ones if one.is_name and not one.is_inside]
    names = [one for one in names if " ".join(one.mention.name).lower() not in faiths]
    called = [" ".join(one.mention.name) for one in names]
    if any(happens(name) or name.lower() in nobody for name in called):
        return None
    nominal = [one for one in ones if one.is_noun]
    if not names and not (len(ones) > 1 and nominal) and not any(map(_is_called_a_name, nominal)):
        return None
    kind = _kind(ones)
    is_sure = max(one.mention.share for one in ones) > _SURE.get(kind, _SURE_OTHERS)
    if not is_sure or (kind is ActorKind.GOVERNMENT and not names):
        return None
    if kind is ActorKind.PERSON and not names:
        kind = ActorKind.UNNAMED
    best = max(names, key=lambda one: len(one.mention.words)) if names else nominal[0]
    words = one_line(parsed.text[slice(*best.span)]).split()
    if kind is not ActorKind.PERSON:
        return Draft(" ".join(words), kind)
    words = without_rank(words)
    gender = given_names().get(words[0].lower()) if len(words) > 1 else None
    return Draft(" ".join(words), kind, gender=gender or None)


def _is_called_a_name(one: Placed) -> bool:
    """Whether a noun for a body is as good as its name: "the Harbour party"; not "the party"."""
    said = one.mention.said
    is_name = bool(said) and said[0] in lexicon("words")["definite"] and said[-1][0].isupper()
    return is_name and one.mention.word in lexicon("people")["bodies"]["party"]


def _name(parsed: Parsed, draft: Draft, ones: Sequence[Placed]) -> None:
    """Give somebody unnamed the name that the cluster has for them."""
    names = [one for one in ones if one.is_name and one.draft in (None, draft)]
    if not names:
        return
    best = max(names, key=lambda one: len(one.mention.words))
    draft.name = one_line(parsed.text[slice(*best.span)])
    draft.kind = _kind(names)


def _name_in_full(parsed: Parsed, draft: Draft, ones: Sequence[Placed]) -> None:
    """Give a person who is known by one word the full name that the cluster has for them.

    "Mum" is Ann Cole where the text links the two; near miss: "Jane Cole" of another actor.
    """
    if draft.kind is not ActorKind.PERSON or " " in draft.name or draft.is_given:
        return
    full = [one for one in ones if one.is_name and one.draft is None and one.mention.length > 1]
    given = (one for one in full if one.mention.first in given_names())
    best = next(given, None)
    if best is not None:
        draft.aliases |= {draft.name}
        draft.name = one_line(parsed.text[slice(*best.span)])


def _kind(ones: Iterable[Placed]) -> ActorKind:
    """The type that most mentions have."""
    kind = Counter(one.mention.type for one in ones).most_common(1)[0][0]
    assert kind is not None
    return kind


def _mention(parsed: Parsed, draft: Draft, one: Placed) -> None:
    if one.is_name:
        draft.mention(parsed.text, one.span)
    else:
        draft.mentions.add(one.span)
    if one.mention.form in (Form.HE, Form.SHE) and draft.kind is ActorKind.PERSON:
        draft.gender = draft.gender or ("m" if one.mention.form is Form.HE else "f")
