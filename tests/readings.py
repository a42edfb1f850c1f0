"""Readings for several tests: the shipped article with a note of every kind, and random ones."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from pullquote.article import Article
from pullquote.findings import FindingKind, Findings
from pullquote.notes.annotations import (
    Annotation,
    Correction,
    Edit,
    Placed,
    Target,
    on_targets,
    target,
    targets,
)
from pullquote.notes.evidence import Evidence
from pullquote.notes.reading import Reading, derived
from pullquote.text import Span, clean


def note(number: int, span: Span, text: str, **bodies: Any) -> Annotation:
    """A note of a known id and time."""
    when = f"2026-01-0{number}T12:00:00.000+00:00"
    return Annotation(
        id=f"{number:032x}", target=target(text, span), created=when, modified=when, **bodies
    )


def seed_reading(seed: Article, findings: Findings) -> Reading:
    """The shipped article with a highlight, a note, a verdict, a correction and an orphan."""
    text = seed.text
    claim, quote = findings.claims[0], findings.quotes[0]
    evidence = Evidence(
        url="https://example.org/a?b=1&c=2", title="A, “B” & C", quote="it <was> so"
    )
    correction = Correction(
        edit=Edit.SPEAKER,
        kind=FindingKind.QUOTE,
        analyser="golden",
        of=targets(text, quote.content),
        to=targets(text, ((text.index("Emmanuel Macron"), text.index("Emmanuel Macron") + 15),)),
    )
    lost = Target(900, 916, "a sentence gone\n", "before it ", " and after")
    notes = (
        note(1, (34, 44), text, highlight=2, tags=("hedge",)),
        note(
            2,
            (1527, 1545),
            text,
            highlight=1,
            comment="# who decides that?\n=SUM(A1)",
            tags=("war", "russia"),
        ),
        note(
            3,
            (claim.content[0][0], claim.content[-1][1]),
            text,
            verdict="half true",
            evidence=(evidence,),
        ),
        note(4, (quote.content[0][0], quote.content[-1][1]), text, correction=correction),
        on_targets(note(5, (0, 1), text, comment="lost", placed=Placed.ORPHANED), lambda _: lost),
    )
    return derived(seed, msgspec.structs.replace(findings, analyser="golden"), notes)


# Characters of one and two UTF-16 units, wide, combining, from right to left, of line ends and of
# markup.
_CHARACTERS = st.sampled_from(
    "a b.,\n“”'\"<>&\\%$#{}é\u0301漢字🙂👩\u200d👧שלم]|*_`-=+@"
) | st.characters(codec="utf-8")
texts = st.text(_CHARACTERS, min_size=1, max_size=80).map(clean)
words = st.text(_CHARACTERS, max_size=30).map(clean)
tags = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8).map(
    lambda tag: "".join(clean(tag).split()).lstrip("#")
)


@st.composite
def notes(draw: st.DrawFn, text: str, number: int) -> Annotation:
    """A random note on `text`."""
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    evidence = st.builds(
        Evidence,
        url=st.just("https://example.org/") | words.map("https://e.org/{}".format),
        title=words,
    )
    return note(
        number,
        (start, end),
        text,
        highlight=draw(st.integers(0, 5)),
        comment=draw(words),
        tags=tuple(dict.fromkeys(tag for tag in draw(st.lists(tags, max_size=2)) if tag)),
        verdict=draw(st.sampled_from(("", "true", "opinion"))),
        evidence=tuple(draw(st.lists(evidence, max_size=2))),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A random article with random notes, not analysed."""
    text = draw(texts)
    ones = [draw(notes(text, number)) for number in range(1, draw(st.integers(1, 4)))]
    ones.sort(key=lambda one: (one.target.span, one.created))
    return derived(
        Article(
            text=text, title=draw(words), url=draw(st.sampled_from(("", "https://example.org/a")))
        ),
        None,
        tuple(ones),
    )
