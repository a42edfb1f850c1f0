"""Who speaks or acts in an article: people, organisations, groups, unnamed sources; every mention.

Mentions are gathered in one pass a kind over the entities and the parse, and joined to actors by
name: a short name to the full one before it, an organisation's last word or initials to the
organisation, a capital or a demonym to its country. A country is an actor where it acts or is acted
on, not where something merely lies or happens. All offsets are half-open, in code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pullquote.analysis.drafts import (
    NAME,
    Bearers,
    Draft,
    Employers,
    FullNames,
    ShortNames,
    initials,
)
from pullquote.analysis.lexicon import countries, given_names, lexicon
from pullquote.analysis.names import Name, find_names, is_country, is_title
from pullquote.analysis.parsed import Paragraph, Parsed, climb, subtree
from pullquote.analysis.places import Places
from pullquote.analysis.pronouns import resolve_pronouns
from pullquote.findings import Actor, ActorKind
from pullquote.text import Span, one_line, overlap

if TYPE_CHECKING:
    from spacy.tokens import Token

_PHRASE = 12  # words before an office; no office has more said of it
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")


def draft_actors(parsed: Parsed) -> list[Draft]:
    """The actors of a parsed text, still open to further mentions."""
    names = find_names(parsed)
    people = _people(parsed, [name for name in names if name.label == "PERSON"])
    named = [span for draft in people for span in draft.mentions]
    organisations = _organisations(
        parsed, [name for name in names if name.label in ("ORG", "")], named
    )
    governments = _governments(
        parsed, [*named, *(span for draft in organisations for span in draft.mentions)]
    )
    _roles(parsed, people, organisations)
    drafts = [*people, *organisations, *governments]
    drafts += _peoples(parsed, [name for name in names if name.label in ("NORP", "")])
    drafts += _groups(parsed, drafts)
    _short_forms(parsed, organisations, governments)
    _offices(parsed, people)
    resolve_pronouns(parsed, people, drafts[len(people) :])
    return drafts


def finished(drafts: list[Draft]) -> list[Actor]:
    """The actors in the order of their first mention, with ids `a1`, `a2`, …"""
    ones = sorted(
        (draft for draft in drafts if draft.mentions), key=lambda draft: min(draft.mentions)
    )
    return [draft.actor(f"a{number}") for number, draft in enumerate(ones, 1)]


def _entities(parsed: Parsed, *labels: str) -> Iterator[tuple[Paragraph, list[Token], Span]]:
    """Entities of these labels: their paragraph, tokens without a possessive mark, and span."""
    for paragraph in parsed.paragraphs:
        for entity in paragraph.doc.ents:
            if entity.label_ not in labels:
                continue
            tokens = [token for token in entity if token.tag_ != "POS" and not token.is_space]
            while tokens and (tokens[0].is_punct or tokens[0].lower_ in ("the", "a")):
                tokens = tokens[1:]
            if tokens:
                yield paragraph, tokens, parsed.clause(paragraph.start, tokens)


# --- persons

_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}


def _people(parsed: Parsed, names: list[Name]) -> list[Draft]:
    """Persons: full names, then each short name to the full one before it, else the first after."""
    full = FullNames()
    bearers = Bearers()
    short: list[tuple[list[Token], Span]] = []
    by_name: dict[str, Draft] = {}
    for name in names:
        tokens, span = name.tokens, name.span
        words_of = [t for t in tokens if not is_title(t) and t.text[0].isalpha()]
        plain = [t for t in words_of if t.lower_ not in _SUFFIXES]
        if not plain or not plain[-1].text[0].isupper():
            continue
        if len(plain) == 1:
            short.append((tokens, span))
            continue
        key = " ".join(t.lower_ for t in plain)
        draft = by_name.get(key) or full.find(plain[0].lower_, plain[-1].lower_)
        if draft is None:
            written = _POSSESSIVE.sub("", one_line(" ".join(t.text for t in words_of)))
            draft = Draft(written, ActorKind.PERSON, gender=_gender(tokens))
            full.add(draft)
            bearers.add(draft, {plain[0].lower_, plain[-1].lower_})
        by_name[key] = draft
        draft.mention(parsed.text, span)
        bearers.mention(draft, span)
        draft.gender = draft.gender or _gender(tokens)
    known = {span for draft in full.drafts for span in draft.mentions}
    short += _missed(
        parsed, {p for p in bearers.words() if len(p) > 2}, known | {span for _, span in short}
    )
    alone: dict[str, Draft] = {}
    for tokens, span in sorted(short, key=lambda one: one[1]):
        part = tokens[-1].lower_
        draft = bearers.nearest(part, span) or bearers.first(part) or alone.get(part)
        if draft is None:
            draft = alone[part] = Draft(tokens[-1].text, ActorKind.PERSON, gender=_gender(tokens))
        draft.mention(parsed.text, span)
        bearers.mention(draft, span)
        draft.gender = draft.gender or _gender(tokens)
    return [*full.drafts, *alone.values()]


def _missed(
    parsed: Parsed, parts: set[str], known: set[Span]
) -> Iterator[tuple[list[Token], Span]]:
    """Short names of known persons that the entities leave out or take for something else."""
    there = sorted(known)
    words = {
        token.text for paragraph in parsed.paragraphs for token in paragraph.doc if token.is_lower
    }
    for paragraph in parsed.paragraphs:
        for token in paragraph.doc:
            name = token.text[0].isupper() and (token.pos_ == "PROPN" or token.lower_ not in words)
            if token.lower_ in parts and name:
                span = parsed.clause(paragraph.start, [token])
                if not any(overlap(span, one) for one in _near(there, span)):
                    yield [token], span


def _gender(tokens: list[Token]) -> str | None:
    """By title, by word beside the name, by given name."""
    words = lexicon("people")
    first = tokens[0]
    before = [first.doc[first.i - 1]] if first.i else []
    for token in [*tokens, *before]:
        if token.text in words["male_titles"] or token.lower_ in words["male_words"]:
            return "m"
        if token.text in words["female_titles"] or token.lower_ in words["female_words"]:
            return "f"
    given = next((t.text for t in tokens if t.text not in words["titles"]), "")
    return (given_names().get(given.lower()) or None) if len(tokens) > 1 else None


def _roles(parsed: Parsed, people: list[Draft], organisations: list[Draft]) -> None:
    """Roles before the name ("French President") and after it (", the Ministry’s spokesman,")."""
    titles = lexicon("people")["titles"]
    known = Employers(organisations)
    for draft in people:
        for span in sorted(draft.mentions):
            tokens = parsed.tokens(span)
            paragraph = parsed.paragraph(span[0])
            if not tokens or paragraph is None or draft.role:
                continue
            first, head = tokens[0], tokens[-1]
            left = first.i
            while (
                left
                and (before := first.doc[left - 1]).dep_
                in ("compound", "amod", "nmod", "poss", "case")
                and (before.head.i >= left and before.head.i <= head.i)
            ):
                left -= 1
            role = [t for t in first.doc[left : first.i] if t.text not in titles]
            if role and any(t.pos_ in ("NOUN", "PROPN") for t in role):
                draft.role = one_line(" ".join(t.text_with_ws for t in role))
                draft.affiliation = draft.affiliation or _affiliation(
                    parsed, paragraph, role, known
                )
                draft.mention(parsed.text, parsed.clause(paragraph.start, [*role, *tokens]))
                draft.aliases.discard(
                    one_line(parsed.text[slice(*parsed.clause(paragraph.start, [*role, *tokens]))])
                )
                continue
            for child in head.children:
                if child.dep_ == "appos" and child.pos_ == "NOUN":
                    words = [
                        t for t in subtree(child) if t.i >= child.left_edge.i and not t.is_space
                    ]
                    words = words[
                        : next((n for n, t in enumerate(words) if n and t.is_punct), len(words))
                    ]
                    draft.role = one_line("".join(t.text_with_ws for t in words))
                    draft.affiliation = draft.affiliation or _affiliation(
                        parsed, paragraph, words, known
                    )
                    gender = _gender(words)
                    draft.gender = draft.gender or gender


def _affiliation(
    parsed: Parsed,
    paragraph: Paragraph,
    role: list[Token],
    known_organisations: Employers | None = None,
) -> str | None:
    """The country or organisation that a role names."""
    known = countries()
    for token in role:
        if country := known.demonyms.get(token.text) or known.names.get(token.text):
            return country
    if known_organisations is None:
        return None
    return known_organisations.named_in(
        parsed.clause(paragraph.start, role), {t.lower_ for t in role}
    )


def _offices(parsed: Parsed, people: list[Draft]) -> None:
    """ "the president" for the person of that role who was named last."""
    holders = Bearers()
    said_of: dict[int, set[str]] = {}
    for draft in people:
        if draft.role:
            said_of[id(draft)] = set(draft.role.lower().split())
            last = draft.role.split()[-1].lower()
            holders.add(draft, {last, *(f"{word} {last}" for word in said_of[id(draft)])})
    offices = set(holders.words())

    def among(said: set[str]) -> Callable[[Draft], bool]:
        return lambda holder: said <= said_of[id(holder)]

    named = sorted(span for draft in people for span in draft.mentions)
    for paragraph in parsed.paragraphs:
        for token in paragraph.doc:
            if token.lower_ not in offices or token.tag_ not in ("NN", "NNP"):
                continue
            start = token.left_edge.i
            if not 0 < token.i - start <= _PHRASE or token.doc[start].lower_ != "the":
                continue
            if any(not child.is_punct for child in token.rights):
                continue
            said = {t.lower_ for t in token.doc[start + 1 : token.i]}
            word = f"{min(said)} {token.lower_}" if said else token.lower_
            span = parsed.clause(paragraph.start, token.doc[start : token.i + 1])
            found = holders.nearest(word, span, among(said))
            if found and not any(overlap(span, one) for one in _near(named, span)):
                found.mention(parsed.text, span)
                holders.mention(found, span)


# --- peoples and parties


def _peoples(parsed: Parsed, names: list[Name]) -> list[Draft]:
    """ "Muslims", "the Democrats": all of a people, a faith or a party, by the plural."""
    found: dict[str, Draft] = {}
    groups = lexicon("people")["groups"]
    for name in names:
        token = name.tokens[-1]
        plural = token.tag_ in ("NNS", "NNPS") and len(name.tokens) == 1
        if plural and (name.label or token.lemma_.lower() in groups):
            draft = found.setdefault(name.text.lower(), Draft(name.text, ActorKind.GROUP))
            draft.mention(parsed.text, name.span)
    return list(found.values())


# --- organisations

_NO_ORGANISATION = {"Defense", "Defence", "Treasury", "Congress's"}


def _organisations(parsed: Parsed, names: list[Name], taken: list[Span]) -> list[Draft]:
    """Organisations, with a possessor ("Russia’s Foreign Ministry"), and seats of government."""
    known = countries()
    drafts: dict[str, Draft] = {}
    known_as = ShortNames()
    people = sorted(taken)
    longest_first = sorted(names, key=lambda name: -len(name.tokens))
    for name in longest_first:
        paragraph, tokens, span = name.paragraph, name.tokens, name.span
        bare = _POSSESSIVE.sub("", name.text)
        seat = next((s for s in known.seats if bare == s or bare.endswith(f" {s}")), None)
        if seat is None and (name.label != "ORG" or is_country(bare) or _is_office(tokens)):
            continue
        if any(overlap(span, one) for one in _near(people, span)) or _is_role(tokens):
            continue
        owner = [c for c in tokens[-1].children if c.dep_ == "poss" and c.i < tokens[0].i]
        if owner and known.names.get(owner[0].text):
            tokens = [owner[0], *owner[0].doc[owner[0].i + 1 : tokens[-1].i + 1]]
            span = parsed.clause(paragraph.start, tokens)
            bare = one_line(parsed.text[slice(*span)])
        key = seat or bare.lower().replace(".", "")
        draft = drafts.get(key) or known_as.find(bare)
        if draft is None:
            kind = ActorKind.GOVERNMENT if seat else ActorKind.ORGANISATION
            draft = Draft(f"the {seat}" if seat and " " not in seat else bare, kind)
            country = next((known.names[t.text] for t in owner if t.text in known.names), None)
            draft.affiliation = known.seats.get(seat or "") or country
            known_as.add(draft)
        drafts[key] = draft
        start = tokens[0].i
        article = (
            [tokens[0].doc[start - 1]] if start and tokens[0].doc[start - 1].lower_ == "the" else []
        )
        draft.mention(parsed.text, parsed.clause(paragraph.start, [*article, *tokens]))
    found = list(dict.fromkeys(drafts.values()))
    return sorted(found, key=lambda draft: min(draft.mentions))


def _is_office(tokens: list[Token]) -> bool:
    """Whether a name is only a word for a person's office: "President", "Senator"."""
    people = lexicon("people")
    lemma = tokens[-1].lemma_.lower()
    return len(tokens) == 1 and (
        lemma in people["groups"] or lemma in people["unnamed"] or is_title(tokens[0])
    )


def _is_role(tokens: list[Token]) -> bool:
    """Whether an entity only belongs to a person's role: "Defense" in "Defense Minister Shoigu"."""
    last = tokens[-1]
    return (
        last.dep_ in ("compound", "amod", "nmod")
        and last.head.i > last.i
        and len(tokens) == 1
        and (last.text in _NO_ORGANISATION or last.head.ent_type_ == "PERSON")
    )


def _short_forms(parsed: Parsed, organisations: list[Draft], governments: list[Draft]) -> None:
    """ "the Ministry": the last organisation that ends so; "the country": the last state to act."""
    by_last = Bearers()
    for draft in organisations:
        if " " in draft.name:
            by_last.add(draft, [draft.name.split()[-1].lower()])
    acting = _Acting(parsed, governments)
    by_initials = {
        initials(draft.name): draft for draft in organisations if len(initials(draft.name)) > 1
    }
    there = sorted(span for draft in organisations for span in draft.mentions)
    for paragraph in parsed.paragraphs:
        for token in paragraph.doc:
            if token.text in by_initials:
                span = parsed.clause(paragraph.start, [token])
                if not any(overlap(span, one) for one in _near(there, span)):
                    by_initials[token.text].mention(parsed.text, span)
            if (
                token.i == 0
                or token.doc[token.i - 1].lower_ != "the"
                or token.pos_ not in ("NOUN", "PROPN")
            ):
                continue
            span = parsed.clause(paragraph.start, [token.doc[token.i - 1], token])
            if token.lower_ in ("country", "nation"):
                if token.dep_ in ("nsubj", "nsubjpass", "poss") and (
                    government := acting.before(span)
                ):
                    government.mention(parsed.text, span)
                    acting.put(span, government)
            elif (nearest := by_last.nearest(token.lower_, span)) and not any(
                overlap(span, one) for one in _near(there, span)
            ):
                nearest.mention(parsed.text, span)
                by_last.mention(nearest, span)


class _Acting:
    """Where governments are the subject of a verb."""

    def __init__(self, parsed: Parsed, governments: list[Draft]) -> None:
        self._parsed = parsed
        self._governments = governments
        self._places: list[tuple[Span, int]] = sorted(
            (span, -n)
            for n, one in enumerate(governments)
            for span in one.mentions
            if self._acts(span)
        )

    def put(self, span: Span, government: Draft) -> None:
        if self._acts(span):
            insort(self._places, (span, -self._governments.index(government)))

    def before(self, span: Span) -> Draft | None:
        """The government that acted last before `span`."""
        at = bisect_left(self._places, (span, -len(self._governments)))
        return self._governments[-self._places[at - 1][1]] if at else None

    def _acts(self, span: Span) -> bool:
        head = self._parsed.head(span)
        return head is not None and head.dep_ in ("nsubj", "nsubjpass", "conj")


# --- governments

_PLACING = {
    "in",
    "at",
    "to",
    "from",
    "near",
    "across",
    "into",
    "on",
    "inside",
    "outside",
    "around",
    "through",
    "of",
}


def _governments(parsed: Parsed, taken: list[Span]) -> list[Draft]:
    """Countries where they act, by name or by capital."""
    there = sorted(taken)
    known = countries()
    drafts: dict[str, Draft] = {}
    for paragraph, tokens, span in _entities(parsed, "GPE", "LOC", "NORP", "ORG", "PERSON"):
        name = one_line(parsed.text[slice(*span)])
        country = known.names.get(name)
        capital = known.capitals.get(name)
        if not (country or capital) or any(overlap(span, one) for one in _near(there, span)):
            continue
        if _is_place(tokens[-1], capital=country is None):
            continue
        nation = country or capital
        assert nation is not None
        draft = drafts.setdefault(nation, Draft(nation, ActorKind.GOVERNMENT))
        start = tokens[0].i
        article = (
            [tokens[0].doc[start - 1]] if start and tokens[0].doc[start - 1].lower_ == "the" else []
        )
        draft.mention(parsed.text, parsed.clause(paragraph.start, [*article, *tokens]))
    return list(drafts.values())


def _is_place(token: Token, capital: bool) -> bool:
    """Whether a country or capital only says where, or names what is of there."""
    token = climb(
        token, lambda one: not (one.dep_ == "conj" and one.head.ent_type_ in ("GPE", "LOC", "NORP"))
    )
    if token.dep_ in ("nsubj", "nsubjpass", "agent", "dobj", "dative", "nmod", "ROOT", "appos"):
        return False
    if token.dep_ == "pobj":
        preposition = token.head
        if preposition.lower_ not in _PLACING:
            return False
        return preposition.head.lemma_.lower() not in lexicon("countries")["attitudes"]
    return capital


# --- groups and unnamed sources


def _near(spans: list[Span], span: Span) -> list[Span]:
    """Those of the sorted `spans` that begin within a name's length of `span`."""
    return spans[bisect_left(spans, (span[0] - NAME, 0)) : bisect_left(spans, (span[1], 0))]


_WHO_ACTS = ("nsubj", "nsubjpass")


def _groups(parsed: Parsed, drafts: list[Draft]) -> list[Draft]:
    """Groups without a name that act: "British officials", "ministers from across Europe"."""
    words = lexicon("people")
    named = Places((span, None) for draft in drafts for span in draft.mentions)
    found: dict[str, Draft] = {}
    for paragraph in parsed.paragraphs:
        for token in paragraph.doc:
            lemma = token.lemma_.lower()
            unnamed, group = lemma in words["unnamed"], lemma in words["groups"]
            acts = token.dep_ in _WHO_ACTS or (token.dep_ == "pobj" and token.head.dep_ == "agent")
            plural = token.tag_ in ("NNS", "NNPS") or lemma in ("those", "people")
            alone = group and (lemma in words["collective"] or _is_one_of_many(token))
            if (
                not acts
                or not (unnamed or alone or (group and plural))
                or (token.lower_ == "those" and not list(token.rights))
            ):
                continue
            phrase = noun_phrase(token)
            span = parsed.clause(paragraph.start, phrase)
            offset = paragraph.start + token.idx
            if named.over((offset, offset + 1)):
                continue
            name = one_line(parsed.text[slice(*span)])
            key = re.sub(r"^(?:the|these|those|some|a|an) ", "", name.lower())
            kind = (
                ActorKind.UNNAMED
                if unnamed or (alone and lemma not in words["collective"])
                else ActorKind.GROUP
            )
            draft = found.setdefault(key, Draft(name, kind))
            draft.affiliation = draft.affiliation or _affiliation(parsed, paragraph, phrase)
            draft.mention(parsed.text, span)
    return list(found.values())


def _is_one_of_many(token: Token) -> bool:
    """ "a senator", "another lawyer": one person, not named."""
    return token.tag_ == "NN" and any(
        c.lower_ in ("a", "an", "one", "another") for c in token.children
    )


def noun_phrase(head: Token) -> list[Token]:
    """The tokens of a head's phrase up to a clause or a comma: what names it."""
    end = head.i
    for token in head.doc[head.i + 1 : head.right_edge.i + 1]:
        if (
            token.is_punct
            or token.dep_ in ("relcl", "appos", "cc", "conj")
            or token.tag_ in ("WP", "WDT", "VBD", "VBZ", "VBP")
        ):
            break
        if token.dep_ in ("nsubj", "aux"):
            break
        end = token.i
    while end > head.i and head.doc[end].pos_ in ("ADP", "DET", "CCONJ", "ADV"):
        end -= 1
    return [token for token in head.doc[head.left_edge.i : end + 1] if not token.is_space]
