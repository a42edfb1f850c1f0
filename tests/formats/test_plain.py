"""The reading as plain text, of an article of any length."""

from collections.abc import Iterator
from typing import Any

from pullquote.article import Article
from pullquote.findings import Actor, ActorKind, Attribution, AttributionKind, Findings, Quote
from pullquote.formats import export
from pullquote.notes.reading import derived
from pullquote.settings import Settings

LINE = "“We will go,” said Jane Miller."


class Counted(tuple[Any, ...]):
    """Values that count how often one of them is looked at."""

    looked_at = 0

    def __iter__(self) -> Iterator[Any]:
        for one in super().__iter__():
            Counted.looked_at += 1
            yield one


def _looked_at(lines: int) -> int:
    """How often a text of so many lines looks at its quotes and furniture."""
    starts = range(0, lines * (len(LINE) + 1), len(LINE) + 1)
    contents = [((start, start + 13),) for start in starts]
    kind = AttributionKind.DIRECT
    found = Findings(
        analyser="test",
        actors=(Actor(id="a1", name="Jane Miller", kind=ActorKind.PERSON),),
        attributions=tuple(
            Attribution(id=f"t{n}", source=(), cue=(), content=content, kind=kind, speaker="a1")
            for n, content in enumerate(contents)
        ),
        quotes=Counted(
            Quote(attribution=f"t{n}", content=content, kind=kind, speaker="a1")
            for n, content in enumerate(contents)
        ),
        furniture=Counted((start, start + 1) for start in starts),
    )
    article = Article(text="\n".join([LINE] * lines))
    Counted.looked_at = 0
    text = export([derived(article, found, ())], "text", Settings(), every_stance=True)
    assert f"“We will go,” [quote {lines}: Jane Miller] said Jane Miller." in text
    return Counted.looked_at


def test_twice_the_quotes_are_looked_at_twice_as_often() -> None:
    assert _looked_at(80) <= 2.5 * _looked_at(40)


def test_doubt_is_told_in_words() -> None:
    content, kind = ((0, 13),), AttributionKind.DIRECT
    sure = {"confidence": 0.4, "speaker_confidence": 0.5}
    found = Findings(
        analyser="test",
        actors=(Actor(id="a1", name="Jane Miller", kind=ActorKind.PERSON, role="mayor"),),
        attributions=(
            Attribution(
                id="t1", source=(), cue=(), content=content, kind=kind, speaker="a1", **sure
            ),
        ),
        quotes=(Quote(attribution="t1", content=content, kind=kind, speaker="a1", **sure),),
    )
    reading = derived(Article(text=LINE), found, ())
    text = export([reading], "text", Settings())
    assert "“We will go,” [quote 1: Jane Miller? (mayor)] said" in text
    assert "1. Jane Miller? (mayor) [doubtful]: “We will go,”" in text
    assert "- Jane Miller? (mayor) [doubtful]:" in export(
        [reading], "markdown", Settings()
    ).replace("\\", "")


def test_a_title_with_which_the_text_begins_stands_once() -> None:
    text = "Quay to close\nThe quay will close."
    article = Article(text=text, title="Quay to close", site="Herald", headings=((0, 13),))
    written = export([derived(article, None, ())], "text", Settings())
    assert written.startswith("Quay to close\nHerald\n\nThe quay will close.\n")
