"""What the index finds by its words is what somebody finds who reads all that is said."""

import random
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pullquote.article import Article
from pullquote.findings import Actor, ActorKind, Attribution, AttributionKind, Findings, Quote
from pullquote.notes.questions import Question, Term, plain

pytest.importorskip("duckdb")
if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_WORDS = ("the", "The", "of", "harbour", "harbours", "HARBOUR", "harb", "quay", "Café", "cafés",
          "cafe\u0301", "11", "1,100", "a_b", "won’t", "post-war", "—", "决裂", "Ünder")  # fmt: skip
_SITES = ("Herald", "Post")


def _article(number: int, chance: random.Random) -> tuple[str, Article, Findings]:
    """An article in which somebody says five things."""
    text, said, quotes = "", list[Attribution](), list[Quote]()
    direct = AttributionKind.DIRECT
    for at in range(5):
        start = len(text)
        text += f"“{' '.join(chance.choices(_WORDS, k=chance.randrange(1, 9)))}” "
        content = ((start, len(text) - 1),)
        said.append(Attribution(id=f"t{at}", source=(), cue=(), content=content, kind=direct,
                                speaker="a0"))  # fmt: skip
        quotes.append(
            Quote(id=f"q{at}", attribution=f"t{at}", content=content, kind=direct, speaker="a0")
        )
    name = ("Ada Quist", "Bo Rask")[number % 2]
    start = len(text)
    text += f"said {name}."
    actor = Actor(id="a0", name=name, kind=ActorKind.PERSON, mentions=((start + 5, len(text) - 1),))
    found = Findings(
        analyser="test 1", actors=(actor,), attributions=tuple(said), quotes=tuple(quotes)
    )
    day = f"201{number % 3}-0{1 + number % 7}-01"
    return f"n{number}", Article(text=text, site=_SITES[number % 3 % 2], published=day), found


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator["DuckDBPyConnection"]:
    from pullquote.corpus.index import opened
    from pullquote.corpus.tables import rows
    from tests.corpus.making import written

    chance = random.Random(1)
    made = [rows(*_article(number, chance)) for number in range(60)]
    folder = written(tmp_path_factory.mktemp("corpora"), made[:30], made[30:])
    with opened(str(folder)) as db:
        yield db


@pytest.fixture(scope="module")
def everything(index: "DuckDBPyConnection") -> list[dict[str, Any]]:
    from pullquote.corpus.asking import every

    return list(every(index, Question()))


def _has(words: str, term: Term) -> bool:
    """Whether a term is in what somebody says, word for word."""
    if not term.is_cut_by_spaces:
        return term.text in words
    there = re.findall(r"\w+", plain(words))
    wanted = re.findall(r"\w+", plain(term.text))
    return any(
        row[:-1] == wanted[:-1]
        and (row[-1].startswith(wanted[-1]) if term.begins else row[-1] == wanted[-1])
        for row in (there[at : at + len(wanted)] for at in range(len(there)))
        if len(row) == len(wanted)
    )


def _meets(row: dict[str, Any], question: Question) -> bool:
    return (
        all(_has(row["words"], one) is not one.excluded for one in question.terms)
        and (not question.sites or row["site"] in question.sites)
        and (not question.by or row["speaker"] in question.by)
    )


@st.composite
def _typed(draw: st.DrawFn) -> str:
    """A word, or several in a row, that somebody types."""
    words = draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3))
    excluded, goes_on = draw(st.booleans()), draw(st.booleans())
    if len(words) == 1 and draw(st.booleans()):
        return "-" * excluded + words[0]
    return f'{"-" * excluded}"{" ".join(words)}"{"*" * goes_on}'


@given(
    words=st.lists(_typed(), max_size=3).map(" ".join),
    sites=st.lists(st.sampled_from(_SITES), max_size=1).map(tuple),
    by=st.lists(st.sampled_from(["Ada Quist", "Bo Rask"]), max_size=1).map(tuple),
)
@example(words='"the harb"*', sites=(), by=())
@example(words='"the harbour" -"harbour of" quay', sites=("Post",), by=("Bo Rask",))
@example(words='"of of"', sites=(), by=())
def test_the_index_finds_what_is_there(
    index: "DuckDBPyConnection",
    everything: list[dict[str, Any]],
    words: str,
    sites: tuple[str, ...],
    by: tuple[str, ...],
) -> None:
    from pullquote.corpus.asking import ask

    question = Question(words=words, sites=sites, by=by)
    found = ask(index, question, limit=1000, sort="newest").rows
    assert found == [row for row in everything if _meets(row, question)]
