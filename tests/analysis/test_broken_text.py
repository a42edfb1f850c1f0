"""Headlines, fragments, lists, shuffled sentences: the rules end and stay within the text."""

import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, combinations_with_replacement
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pullquote.analysis import DEFAULT_MODEL
from pullquote.analysis.parsed import Paragraph, Parsed
from pullquote.analysis.pipeline import analyse, found_in, parse, pipeline
from pullquote.article.source import shipped
from pullquote.findings import Attribution, AttributionKind, Findings
from pullquote.text import Span, clean, paragraphs
from tests.analysis.bounds import ends
from tests.conftest import ROOT, SHARED

HEADLINES = (
    "Apple reportedly close to a deal with Intel",
    "Minister allegedly behind the leak",
    "Talks on a ceasefire reportedly under way in Doha",
    "Allegedly a spy",
    "Storm apparently no threat to the coast",
    "Two dead, several reportedly missing",
    "Mayor of Bonn, supposedly ill, back at work",
)


def check(found: Findings, text: str) -> None:
    """Every span lies in the text and holds something, and every id is somebody's."""
    actors = {one.id for one in found.actors}
    attributions = {one.id for one in found.attributions}
    spans = [
        *(span for one in found.actors for span in one.mentions),
        *(span for one in found.attributions for span in (*one.source, *one.cue, *one.content)),
        *(span for one in found.quotes for span in one.content),
        *(span for one in found.claims for span in (*one.content, *one.hedges, *one.figures)),
        *(span for one in found.replies for span in one.span),
        *(
            s
            for one in found.warnings
            for s in (*one.span, *one.target, *one.condition, *one.consequence)
        ),
    ]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert {one.speaker for one in (*found.attributions, *found.quotes)} <= {*actors, None}
    assert {one.attribution for one in (*found.quotes, *found.claims, *found.warnings)} <= {
        *attributions,
        None,
    }
    assert {one.speaker for one in (*found.warnings, *found.replies)} <= {*actors, None}
    assert {who for one in found.claims for who in (one.via, one.against)} <= {*actors, None}


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_without_a_verb_is_a_hedged_claim(headline: str) -> None:
    with ends():
        found = analyse(headline)
    check(found, headline)
    (claim,) = found.claims
    assert (
        re.search(r"reportedly|apparently|allegedly|supposedly", headline, re.I)[0]
        == headline[slice(*claim.hedges[0])]
    )  # type: ignore[index]


@pytest.mark.parametrize("text", ["Reportedly", "reportedly.", "Allegedly!", "— apparently —"])
def test_a_hedge_alone_passes_nothing_on(text: str) -> None:
    with ends():
        assert analyse(text).claims == ()


def test_a_that_apart_from_its_clause_is_no_claim() -> None:
    """It once was a span that ended before it began; the rules' search over any parse found it."""
    text = "Ann Lee said that, it was late."
    page = paragraphs(text)
    said = Attribution(
        id="t1",
        source=((0, 7),),
        cue=((8, 12),),
        content=((13, 17), (19, 30)),
        kind=AttributionKind.INDIRECT,
    )
    found = found_in(Parsed(text, list(parse(text, page, DEFAULT_MODEL))), page, [said], "any")
    check(found, text)
    assert [one.content for one in found.claims] == [((19, 30),)]


# --- any parse at all: trees that no parser makes, words that the rules look for


def _any_of(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words.split())


_WORDS = _any_of(
    "reportedly allegedly said say says told that who which if unless would will could may not "
    "warned warn threatens fear "
    "fears of against to by is was the a it they he her we I Iran Israel France Paris Moscow "
    "Kremlin Reuters Smith Ann "
    "Ann. Dr. Jr. Ministry ministry president President country officials people those minister "
    "spokesman attack attacks "
    "war impose sanctions withdraw troops respond red line deny denied ask asked whether expected "
    "comment declined reached request response verify kill fire strike told accused blamed lied "
    "believed known claim "
    "“ ” \" , . ? — - ’s ' 's and or House City Trump’s U.S. 2024 1914 ％ ñ 漢"
)
_DEPENDENCIES = _any_of(
    "ROOT nsubj nsubjpass csubj expl dobj pobj prep agent poss conj cc advcl mark ccomp xcomp acl "
    "relcl appos auxpass aux "
    "neg compound amod nmod case dative det punct attr prt acomp parataxis"
)
_CLASSES = _any_of("VERB AUX NOUN PROPN PRON ADV ADP PUNCT CCONJ SCONJ DET ADJ NUM PART SPACE")
_TAGS = _any_of("MD VB VBD VBZ VBP NN NNS NNP NNPS WP WDT POS IN RB JJ PRP DT .")
_LABELS = _any_of("PERSON ORG GPE LOC FAC NORP DATE")


@cache
def _vocabulary() -> Any:
    import spacy

    return spacy.blank("en").vocab


@st.composite
def _documents(draw: st.DrawFn) -> Any:
    """A paragraph with a parse that is a tree, or several, and is else of any form."""
    from spacy.tokens import Doc, Span

    count = draw(st.integers(1, 14))

    def each(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=count, max_size=count))

    order = draw(st.permutations(range(count)))
    heads = list(range(count))
    for place, token in enumerate(order):
        above = draw(st.integers(-1, place - 1))  # -1: a root, whatever its class and its label
        heads[token] = order[above] if above >= 0 else token
    words = each(_WORDS)
    doc = Doc(
        _vocabulary(),
        words=words,
        spaces=each(st.booleans()),
        heads=heads,
        deps=each(_DEPENDENCIES),
        pos=each(_CLASSES),
        tags=each(_TAGS),
        lemmas=[word.lower().removesuffix("s") for word in words],
    )
    cuts = sorted(draw(st.sets(st.integers(0, count), max_size=4)))
    doc.ents = [
        Span(doc, a, b, label=draw(_LABELS)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    return doc


@st.composite
def _parses(draw: st.DrawFn) -> tuple[Parsed, list[Attribution]]:
    """A text of one to three paragraphs with any parse, and attributions anywhere in it."""
    page: list[Paragraph] = []
    start = 0
    for doc in draw(st.lists(_documents(), min_size=1, max_size=3)):
        page.append(Paragraph(start, doc))
        start = page[-1].span[1] + 1
    text = "\n".join(paragraph.doc.text for paragraph in page)
    by_paragraph = [[(p.start + t.idx, p.start + t.idx + len(t)) for t in p.doc] for p in page]
    runs = [
        (a[0], b[1]) for tokens in by_paragraph for a, b in combinations_with_replacement(tokens, 2)
    ]

    def spans(most: int) -> st.SearchStrategy[tuple[Span, ...]]:
        return st.lists(st.sampled_from(runs), max_size=most, unique=True).map(
            lambda ones: tuple(sorted(ones))
        )

    ones = [
        Attribution(
            id=f"t{number}",
            source=draw(spans(1)),
            cue=draw(spans(1)) or (by_paragraph[0][0],),
            content=draw(spans(4)),
            kind=draw(st.sampled_from(AttributionKind)),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    return Parsed(text, page), ones


@given(_parses())
def test_the_rules_end_on_any_parse(made: tuple[Parsed, list[Attribution]]) -> None:
    parsed, attributions = made
    with ends():
        found = found_in(
            parsed, tuple(paragraph.span for paragraph in parsed.paragraphs), attributions, "any"
        )
    check(found, parsed.text)


# --- text that people write and break, with spaCy's own parse


def _own_sentences() -> Iterator[str]:
    """Sentences of this repository: the shipped article, and the examples of the documentation."""
    yield from re.split(r"(?<=[.!?”])\s+", shipped().text)
    page = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    yield from re.findall(r"^\| ([^|*]+?\.”?(?: [^|]*)?) \|", page, re.M)


def _gold_sentences(folder: Path) -> Iterator[str]:
    """Sentences of articles that people marked, where those lie beside this checkout."""
    for path in sorted(folder.glob("*.txt"))[::8]:
        yield from re.split(r"(?<=[.!?”])\s+", clean(path.read_bytes().decode()))


@cache
def _sentences() -> list[list[str]]:
    folders = ("registers/text", "gum-news/text", "polnear/dev/text")
    gold = chain.from_iterable(_gold_sentences(SHARED / "gold" / name) for name in folders)
    return [words for sentence in chain(_own_sentences(), gold) if (words := sentence.split())]


_BREAKS = ("shuffled", "headline", "fragment", "list", "hedged", "quoted", "word")


def _broken(how: str, words: list[str], chance: random.Random) -> str:
    """A sentence broken in one of the ways in which text is."""
    words = list(words)
    at = chance.randrange(len(words))
    if how == "shuffled":
        chance.shuffle(words)
    elif how == "headline":
        words = [word for word in words if word[0].isupper() or chance.random() < 0.3] or words
    elif how == "fragment":
        words = words[at : at + chance.randint(1, 6)]
    elif how == "list":
        words = [f"• {word}\n" for word in words]
    elif how == "hedged":
        words[at:at] = [
            chance.choice(("reportedly", "allegedly", "is said to", "it is believed that"))
        ]
    elif how == "quoted":
        words = [
            chance.choice(("“", '"', "", "", "")) + word + chance.choice(("”", '"', "", "", ""))
            for word in words
        ]
    else:
        words = [words[at]]
    return " ".join(words)


@given(
    st.randoms(use_true_random=False), st.lists(st.sampled_from(_BREAKS), min_size=1, max_size=6)
)
@example(random.Random(1), [*_BREAKS])
def test_the_analysis_ends_on_broken_text(chance: random.Random, ways: list[str]) -> None:
    text = "\n".join(_broken(how, chance.choice(_sentences()), chance) for how in ways)
    with ends():
        found = analyse(text, cores=1)
    check(found, text)


def test_thousands_of_marks_without_a_space_are_one_token() -> None:
    assert len(pipeline().make_doc("“‘" * 1000 + "go" + "’”" * 1000)) == 1
    assert len(pipeline().make_doc("“‘go’”")) == 5
