"""The names in an article and what each is of: a person, an organisation, a place, a people.

The entities of the parse are trimmed to what can be a name, the proper nouns that they leave out
are added, and all that is written the same way is of one kind: the article votes (one sense per
discourse, Gale, Church and Yarowsky 1992). Offsets are half-open, in code points.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pullquote.analysis.lexicon import countries, given_names, lexicon
from pullquote.analysis.parsed import Paragraph, Parsed
from pullquote.text import Span, one_line

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMED = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW")
_VOTES = ("PERSON", "ORG", "GPE", "NORP")
_NO_PART = ("the", "a", "an", "image", "photo", "photograph", "video", "file")
_ACTS = ("nsubj", "nsubjpass", "agent", "poss")


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands: its tokens without article and possessive, its span, its label."""

    paragraph: Paragraph
    tokens: list[Token]
    span: Span
    text: str
    label: str


def find_names(parsed: Parsed) -> list[Name]:
    """The names of an article, in text order; those of one wording share one label, or none."""
    found = list(_candidates(parsed))
    found += _repeated(parsed, found)
    found.sort(key=lambda name: name.span)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    acting: set[str] = set()
    parts: Counter[str] = Counter()
    for name in found:
        key = name.text.lower()
        if name.label in _VOTES:
            votes[key][name.label] += 1
        if name.label == "PERSON" and len(name.tokens) > 1:
            parts.update({name.tokens[0].lower_, name.tokens[-1].lower_})
        if _acts(name.tokens):
            acting.add(key)
    written = Counter(name.text for name in found)
    acting |= {
        text.lower()
        for text, count in written.items()
        if count > 1 and len(text) > 2 and text.isupper()
    }
    kinds = {name.text.lower(): "" for name in found}
    for key in kinds:
        kinds[key] = _kind(key, votes[key], parts[key], key in acting)
    return [_relabelled(name, kinds[name.text.lower()]) for name in found]


def _repeated(parsed: Parsed, found: list[Name]) -> Iterator[Name]:
    """Words that are a name elsewhere in the article, and tagged as common nouns here."""
    known = {
        name.text for name in found if name.label in ("PERSON", "ORG") and len(name.tokens) == 1
    }
    there = {(name.paragraph.start, token.i) for name in found for token in name.tokens}
    for paragraph in parsed.paragraphs:
        for token in paragraph.doc:
            if (
                token.text in known
                and token.pos_ == "NOUN"
                and (paragraph.start, token.i) not in there
            ):
                yield Name(
                    paragraph, [token], parsed.clause(paragraph.start, [token]), token.text, ""
                )


def _kind(name: str, votes: Counter[str], part_of_person: int, acts: bool) -> str:
    """What the article takes a name for."""
    if part_of_person and " " not in name and not votes["ORG"] > part_of_person:
        return "PERSON"
    if acts and " of " in name and not votes["PERSON"]:
        return "ORG"  # "Municipality of Livorno", "City of Chicago"
    if votes["GPE"] + votes["NORP"] > votes["PERSON"] + votes["ORG"]:
        return "GPE" if votes["GPE"] >= votes["NORP"] else "NORP"
    if votes["PERSON"] or votes["ORG"]:
        return "PERSON" if votes["PERSON"] > votes["ORG"] else "ORG"
    if " " in name and name.split()[0] in given_names():
        return "PERSON"
    return "ORG" if acts else ""


def _relabelled(name: Name, label: str) -> Name:
    return Name(name.paragraph, name.tokens, name.span, name.text, label)


def _acts(tokens: list[Token]) -> bool:
    """Whether a name is the subject of a verb in a sentence of prose, or owns something."""
    inside = {token.i for token in tokens}
    head = next((token for token in tokens if token.head.i not in inside), tokens[-1])
    acts = head.dep_ in _ACTS or (head.dep_ == "pobj" and head.head.lower_ == "by")
    people = lexicon("people")
    acts = acts or (
        head.dep_ == "compound" and head.head.lemma_.lower() in people["groups"] | people["unnamed"]
    )
    return acts and head.sent[-1].is_punct and head.pos_ == "PROPN"


def _candidates(parsed: Parsed) -> Iterator[Name]:
    for paragraph in parsed.paragraphs:
        doc = paragraph.doc
        covered: set[int] = set()
        pieces: list[tuple[list[Token], str]] = []
        places: dict[int, list[Token]] = {}
        # the first and the last token of places that are part of a longer name
        joined: set[tuple[int, int]] = set()
        for entity in doc.ents:
            if entity.label_ == "GPE":
                places[entity.start] = list(entity)
            if entity.label_ in _NAMED:
                covered.update(token.i for token in entity)
                parts = list(_pieces(list(entity)))
                pieces += [(part, entity.label_ if len(parts) == 1 else "") for part in parts]
        run: list[Token] = []
        runs: list[tuple[list[Token], str]] = []
        for token in [*doc, None]:
            if (
                token is not None
                and token.i not in covered
                and token.pos_ == "PROPN"
                and token.text[0].isupper()
            ):
                run.append(token)
            elif run:
                if place := _of_place(run[-1], places):
                    joined.add((place[0].i, place[-1].i))
                    run = [*run, run[-1].nbor(), *place]
                runs += [(piece, "") for piece in _pieces(run)]
                run = []
        alone = [one for one in pieces if (one[0][0].i, one[0][-1].i) not in joined]
        for tokens, label in sorted([*alone, *runs], key=lambda piece: piece[0][0].i):
            span = parsed.clause(paragraph.start, tokens)
            yield Name(paragraph, tokens, span, one_line(parsed.text[slice(*span)]), label)


def _of_place(token: Token, places: dict[int, list[Token]]) -> list[Token]:
    """The place that "of" joins to a name: "Municipality of Livorno"."""
    of = token.i + 1
    return places.get(of + 1, []) if of < len(token.doc) and token.doc[of].lower_ == "of" else []


def _pieces(tokens: list[Token]) -> Iterator[list[Token]]:
    """The parts of an entity that can each be a name: "Smith the Acme" holds two."""
    run: list[Token] = []
    for token in tokens:
        links = (
            run
            and token.lower_ in lexicon("people")["name_links"]
            and not (token.lower_ == "the" and run[-1].lower_ not in ("of", "for", "on", "and"))
        )
        # "Ann Smith for Acme"
        if links and token.lower_ == "for" and run[0].lower_ in given_names():
            links = False
        if token.tag_ != "POS" and not token.is_space and (links or _can_name(token)):
            run.append(token)
        elif not (token.text in "-.'’" and run):
            yield from _ended(run)
            run = []
        else:
            run.append(token)
    yield from _ended(run)


def _can_name(token: Token) -> bool:
    return (
        bool(token.text[0].isupper() or (token.text[0].isdigit() and not token.is_digit))
        and token.lower_ not in _NO_PART
    )


def _ended(run: list[Token]) -> list[list[Token]]:
    while (
        run
        and (run[-1].lower_ in lexicon("people")["name_links"] or run[-1].is_punct)
        and not run[-1].text[0].isupper()
    ):
        run = run[:-1]
    return [run] if run else []


def is_country(name: str) -> bool:
    """Whether a name is a country's or its people's."""
    known = countries()
    return name in known.names or name in known.demonyms


def is_title(token: Token) -> bool:
    """Whether a word is a form of address: "Mr.", "Sen."."""
    return token.text in lexicon("people")["titles"]
