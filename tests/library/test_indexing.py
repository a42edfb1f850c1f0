"""What is said in all articles is kept beside them, as the readings have it."""

import subprocess
import sys
from datetime import date, datetime
from typing import Any

import msgspec
import pytest

from pullquote.article import Article
from pullquote.findings import (
    Actor,
    ActorKind,
    AttributionKind,
    Claim,
    Commitment,
    Findings,
    Quote,
    Sourcing,
)
from pullquote.library.backlog import rebuild, settle_all
from pullquote.library.store import Library
from pullquote.notes.annotations import Correction, Edit, annotate
from pullquote.notes.dates import day_of
from pullquote.notes.questions import understood

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
    ) == [("Ada Quist", "“The bridge is closed for good,”", "direct", "Ada Quist")]
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
    """And it still follows what is done."""
    library.articles.save(ARTICLE)
    library.findings.save(ARTICLE.id, FOUND)
    before = rows(library, "SELECT number, speaker, words FROM said")
    rebuild(library.database)
    assert rows(library, "SELECT number, speaker, words FROM said") == before
    assert rows(library, "SELECT rowid FROM said_words WHERE said_words MATCH 'bridge'")
    library.bin.delete(ARTICLE.id)
    assert not rows(library, "SELECT 1 FROM said UNION SELECT 1 FROM voices")
    assert not rows(library, "SELECT rowid FROM said_words WHERE said_words MATCH 'bridge'")
    assert not rows(library, "SELECT 1 FROM indexed")


def test_while_all_is_made_anew_others_write(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there is laid aside at once, and goes bit by bit."""
    monkeypatch.setattr("pullquote.library.backlog._BIT", 0)
    for number in range(3):
        one = msgspec.structs.replace(ARTICLE, text=f"{TEXT} {number}", url="")
        library.articles.save(one)
        library.findings.save(one.id, FOUND)
    aside = list[int]()
    with Library.at(library.path) as other:

        def watch(done: int, whole: int) -> None:
            aside.append(len(laid_aside_in(library)))
            other.notes.add(one.id, annotate(one.text, (aside[-1], aside[-1] + 5)))

        rebuild(library.database, watch)
    assert aside[0] > 1
    assert not laid_aside_in(library)
    assert len(library.notes.of(one.id)) == len(aside)


def laid_aside_in(library: Library) -> list[tuple[object, ...]]:
    return rows(library, "SELECT name FROM sqlite_master WHERE name GLOB 'old[0-9]*'")


def test_killed_in_the_middle_the_rest_is_settled_later(library: Library) -> None:
    """What is stale is noted with what makes it so, and is so until its rows are there."""
    for number in range(5):
        one = msgspec.structs.replace(ARTICLE, text=f"{TEXT} {number}", url="")
        library.articles.save(one)
        library.findings.save(one.id, FOUND)
    before = rows(library, "SELECT number, speaker, words FROM said")
    path = library.path
    code = (
        "import os, sys; from pathlib import Path\n"
        "from pullquote.library.store import Library\n"
        "from pullquote.library import backlog\n"
        "backlog._BIT = 0\n"
        "library = Library.at(Path(sys.argv[1]))\n"
        "library.said.rebuild(lambda done, whole: done > 1 and os.kill(os.getpid(), 9))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert done.returncode == -9
    assert rows(library, "SELECT count(*) FROM stale") == [(3,)]
    library.said.settle()
    assert rows(library, "SELECT number, speaker, words FROM said") == before


def test_a_quote_and_the_claims_in_it_are_one_statement(library: Library) -> None:
    """What is known of the parts is known of the whole; each part has its own row besides."""
    library.articles.save(ARTICLE)
    claim = Claim(
        id="c1",
        attribution="t1",
        speaker="a1",
        content=((1, 30),),
        sourcing=Sourcing.NAMED,
        commitment=Commitment.INSISTED,
        checkable=True,
        cue="insisted",
    )
    library.findings.save(ARTICLE.id, msgspec.structs.replace(FOUND, claims=(claim,)))
    judged = msgspec.structs.replace(annotate(TEXT, claim.content[0]), verdict="false")
    library.notes.add(ARTICLE.id, judged)
    seen = rows(
        library,
        "SELECT finding, part_of IS NULL, kind, how, sourcing, checkable, verdict, cue FROM said "
        "ORDER BY number DESC",
    )
    assert seen == [
        ("q1", 1, "quote", "direct", "named", 1, "false", "insisted"),
        ("c1", 0, "claim", "hedged", "named", 1, "false", "insisted"),
    ]


@pytest.mark.parametrize(
    ("published", "day", "is_dated"),
    [
        ("2016-08-03T23:30:00-04:00", "2016-08-03", 1),
        ("2016-08", "2016-08-01", 1),
        ("2016", "2016-01-01", 1),
        ("20160803", "2016-08-03", 1),
        ("Aug. 3, 2016", "2016-08-03", 1),
        ("Wed, 03 Aug 2016 10:00:00 GMT", "2016-08-03", 1),
        ("August 2016", "2016-08-01", 1),
        ("yesterday", "", 0),
        ("2016-99", "", 0),
        ("", "", 0),
    ],
)
def test_the_day_is_that_of_publication_however_it_is_written(
    library: Library, published: str, day: str, is_dated: int
) -> None:
    """Else it is the day on which the article came into the library; a date put right counts."""
    library.articles.save(msgspec.structs.replace(ARTICLE, published=published))
    library.findings.save(ARTICLE.id, FOUND)
    found = rows(library, "SELECT day, is_dated FROM indexed")
    today = datetime.now().astimezone().date().isoformat()
    assert found == [(day or today, is_dated)]
    library.metadata.edit(ARTICLE.id, {"published": "2017-02-03"})
    assert rows(library, "SELECT day, is_dated FROM indexed") == [("2017-02-03", 1)]
    library.notes.undo(ARTICLE.id)
    assert rows(library, "SELECT day, is_dated FROM indexed") == found


def test_what_an_act_changes_is_written_as_if_all_was_made_anew(library: Library) -> None:
    """A verdict, a claim that is none, a quote that somebody else says, and all of it undone."""
    everything = (
        "SELECT finding, kind, words, speaker, voice IS NULL, verdict, checkable, facets, part_of IS NULL "
        "FROM said ORDER BY finding"
    )
    claims = tuple(
        Claim(
            id=f"c{number}",
            attribution="t1",
            speaker="a1",
            content=(span,),
            sourcing=Sourcing.NAMED,
            commitment=Commitment.ASSERTED,
        )
        for number, span in enumerate(((1, 14), (15, 30), (55, 69)), 1)
    )
    library.articles.save(ARTICLE)
    library.findings.save(ARTICLE.id, msgspec.structs.replace(FOUND, claims=claims))

    def note(claim: Claim, **fields: Any) -> None:
        plain = annotate(TEXT, claim.content[0])
        if edit := fields.pop("edit", None):
            fields["correction"] = Correction(
                edit=edit, kind=claim.finding, analyser="a test", of=(plain.target,)
            )
        library.notes.add(ARTICLE.id, msgspec.structs.replace(plain, **fields))

    states = [rows(library, everything)]
    for claim, fields in (
        (claims[0], {"verdict": "mostly true"}),
        (claims[1], {"edit": Edit.REJECT}),
        (claims[2], {"verdict": "false"}),
        (claims[0], {"edit": Edit.REJECT}),
    ):
        note(claim, **fields)
        states.append(rows(library, everything))
        assert states[-1] != states[-2]
        assert not rows(library, "SELECT 1 FROM stale")
        library.said.rebuild()
        assert rows(library, everything) == states[-1]
    for state in reversed(states[:-1]):
        library.notes.undo(ARTICLE.id)
        assert rows(library, everything) == state
    with library.database.transaction() as db:
        db.execute("INSERT INTO said_words (said_words) VALUES ('integrity-check')")


@pytest.mark.parametrize(
    "said",
    [
        *("0001-01-01T00:00:00", "9999999999-99", "Nov 31 99999"),
        *("Tuesday 2016", "10:30 2016", "3/4/2026"),  # what is left out is not taken from today
    ],
)
def test_what_is_no_date_of_publication_is_none(said: str) -> None:
    assert day_of(said, "2026-05-01T12:00:00+00:00") == (date(2026, 5, 1), False)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2016", date(2016, 1, 1)),
        ("2016-08-03T12:00:00Z", date(2016, 8, 3)),
        ("20160803", date(2016, 8, 3)),
        ("August 2016", date(2016, 8, 1)),
        ("3.4.2016", date(2016, 4, 3)),
        ("2016年8月3日", date(2016, 8, 3)),
    ],
)
def test_a_day_of_publication_is_read_as_in_the_head_of_a_file(said: str, day: date) -> None:
    assert day_of(said, "") == (day, True)


@pytest.mark.parametrize(
    "broken",
    [
        {"actors": (*FOUND.actors, FOUND.actors[0])},
        {"quotes": (msgspec.structs.replace(FOUND.quotes[0], content=()),)},
        {"quotes": (msgspec.structs.replace(FOUND.quotes[0], content=((20, 10),)),)},
    ],
)
def test_findings_that_no_analyser_makes_cost_their_article_alone(
    library: Library, broken: dict[str, Any]
) -> None:
    """They can be read as JSON, but nothing can be made of them; they are found anew."""
    other = Article(text=f"{TEXT} So it is.", title="Another", url="https://example.org/other")
    for one in (ARTICLE, other):
        library.articles.save(one)
        library.findings.save(one.id, FOUND)
    json = msgspec.json.encode(msgspec.structs.replace(FOUND, **broken))
    with library.database.transaction() as db:
        db.execute("UPDATE findings SET json = ? WHERE article = ?", (json, ARTICLE.id))
        db.execute("INSERT OR IGNORE INTO stale SELECT number FROM articles")
    library.said.settle()
    assert other.id in {one.article for one in library.said.ask(understood("")).sayings}
    assert library.findings.of(ARTICLE.id, FOUND.analyser) is None
    assert library.findings.damaged(FOUND.analyser) == [ARTICLE.id]
    assert library.findings.of(other.id, FOUND.analyser) == FOUND


def test_an_article_that_cannot_be_indexed_costs_itself_alone(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither its findings are lost, nor what is said elsewhere."""
    other = Article(text=f"{TEXT} So it is.", title="Another", url="https://example.org/other")
    for one in (ARTICLE, other):
        library.articles.save(one)
    library.findings.save(other.id, FOUND)
    monkeypatch.setattr("pullquote.library.indexing.stated", lambda reading: [][0])
    library.findings.save(ARTICLE.id, FOUND)
    assert library.findings.of(ARTICLE.id, FOUND.analyser) == FOUND
    judged = msgspec.structs.replace(annotate(TEXT, (0, 10)), verdict="true")
    library.notes.add(other.id, judged)
    assert len(library.notes.of(other.id)) == 1
    monkeypatch.undo()
    library.said.rebuild()
    assert len(rows(library, "SELECT DISTINCT article FROM said")) == 2
