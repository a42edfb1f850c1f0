"""What is said in all articles is kept beside them, as the readings have it."""

from typing import Any

import msgspec

from pullquote.article import Article
from pullquote.findings import Actor, ActorKind, AttributionKind, Findings, Quote
from pullquote.library.indexing import rebuild, settle_all
from pullquote.library.store import Library

TEXT = "“The bridge is closed for good,” Mayor Ada Quist said. The town council reportedly agrees."
ARTICLE = Article(text=TEXT, title="Bridge", url="https://example.org/bridge")
FOUND = Findings(
    analyser="a test",
    actors=(
        Actor(id="a1", name="Ada Quist", kind=ActorKind.PERSON, mentions=((39, 48),)),
        Actor(id="a2", name="a neighbour", kind=ActorKind.UNNAMED),
    ),
    quotes=(
        Quote(
            id="q1", attribution="t1", content=((0, 32),), kind=AttributionKind.DIRECT, speaker="a1"
        ),
    ),
)
NEWER = msgspec.structs.replace(ARTICLE, text=f"{TEXT} It will be torn down.")


def rows(library: Library, query: str) -> list[tuple[Any, ...]]:
    return library.database.rows(query)


def test_who_said_what_is_known_as_soon_as_it_is_found(library: Library) -> None:
    library.articles.save(ARTICLE)
    library.findings.save(ARTICLE.id, FOUND)
    assert rows(
        library, "SELECT speaker, words, how, name FROM said JOIN voices ON voice = voices.number"
    ) == [("Ada Quist", "“The bridge is closed for good,”", "hedged", "Ada Quist")]
    assert rows(library, "SELECT rowid FROM said_words WHERE said_words MATCH 'bridg*'")
    assert not rows(library, "SELECT 1 FROM stale")


def test_only_the_newest_analysed_version_of_a_work_speaks(library: Library) -> None:
    for one in (ARTICLE, NEWER):
        library.articles.save(one)
        library.findings.save(one.id, FOUND)
    said = "SELECT id FROM said JOIN articles ON article = articles.number"
    assert rows(library, said) == [(NEWER.id,)]
    library.bin.delete(NEWER.id)
    settle_all(library.database)
    assert rows(library, said) == [(ARTICLE.id,)]
    library.bin.delete(ARTICLE.id)
    assert not rows(library, "SELECT 1 FROM said UNION SELECT 1 FROM voices")


def test_made_anew_it_is_the_same(library: Library) -> None:
    library.articles.save(ARTICLE)
    library.findings.save(ARTICLE.id, FOUND)
    before = rows(library, "SELECT speaker, words FROM said")
    rebuild(library.database)
    assert rows(library, "SELECT speaker, words FROM said") == before
