"""An index that was gone on with answers as one that was made at once."""

import random
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb")

from pullquote.corpus import dataset, indexing
from pullquote.corpus.asking import ask
from pullquote.corpus.index import keep_decisions, opened
from pullquote.corpus.place import Place
from pullquote.corpus.tables import Rows, rows
from pullquote.corpus.voices import Decision
from pullquote.findings import ActorKind
from pullquote.notes.questions import understood
from tests.corpus.making import written
from tests.corpus.test_questions import article

_FIRST, _LAST = ("Mary", "John", "Ada", "A."), ("Quist", "Rask", "Quay")
_QUESTIONS = ("", "harbour", '"the harbour"', 'by:"Mary Quist"', "by:quist site:post", "year -opens",
              "about:rask", "after:2016-06 opens", "11")  # fmt: skip
_TABLES = {
    "said": "SELECT * EXCLUDE (statement, stem) FROM said",
    "voices": "FROM voices",
    "members": "FROM members",
    "names": "FROM voice_names",
    "articles": "SELECT * EXCLUDE stem FROM articles ORDER BY article",
    "about": "SELECT a.voice, said.rowid FROM about AS a JOIN said USING (statement) ORDER BY ALL",
    "words": "SELECT word, said.rowid FROM postings JOIN said USING (statement) ORDER BY ALL",
}


def _articles(partition: int) -> list[Rows]:
    """Three articles of a partition, in which a small cast speaks."""
    chance = random.Random(partition)

    def one(number: int) -> Rows:
        cast = [
            (f"{chance.choice(_FIRST)} {chance.choice(_LAST)}", role, ActorKind.PERSON)
            for role in chance.sample(("mayor", "goalkeeper", "", "senator"), 2)
        ]
        day = f"201{chance.randrange(5, 8)}-0{chance.randrange(1, 9)}-01"
        return rows(*article(number, chance.choice(("Herald", "Post")), day, *cast))

    return [one(partition * 3 + at) for at in range(3)]


def _corpus(folder: Path, *partitions: int) -> Path:
    """A corpus of these partitions and no others."""
    place = Place(str(folder))
    for record in list(dataset.records(place)):
        place.remove(dataset.record_name(record.id))
    return written(folder, *(_articles(one) for one in partitions))


def _held(folder: Path) -> dict[str, Any]:
    with opened(str(folder)) as db:
        tables = {name: db.execute(query).fetchall() for name, query in _TABLES.items()}
        answers = {asked: ask(db, understood(asked)) for asked in _QUESTIONS}
    return {**tables, **answers}


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many files of statements each making of an index has read."""
    counts: list[int] = []
    show = indexing.show

    def shown(db: Any, found: Any, *others: Any) -> None:
        counts.append(len(found["said"]))
        show(db, found, *others)

    monkeypatch.setattr(indexing, "show", shown)
    return counts


def test_what_is_new_is_added_and_what_is_gone_is_taken_out(
    tmp_path: Path, looked_at: list[int]
) -> None:
    grown, last = tmp_path / "grown", [0, 1, 2, 99, 4, 5, 6, 7, 8]  # one is gone, two are new
    for step in (range(8), last):
        with opened(str(_corpus(grown, *step))):
            pass
    assert _held(grown) == _held(_corpus(tmp_path / "once", *last))
    assert looked_at == [8, 2, 9]


def test_where_much_is_new_all_is_made_anew(tmp_path: Path, looked_at: list[int]) -> None:
    for count in (4, 5, 6):
        with opened(str(_corpus(tmp_path, *range(count)))):
            pass
    assert looked_at == [4, 1, 6]


def test_what_a_reader_puts_right_reads_no_table_again(
    tmp_path: Path, looked_at: list[int]
) -> None:
    made = _corpus(tmp_path, *range(5))
    _held(made)
    keep_decisions(str(made), [Decision("person", "Ada Rask", "", "", "The harbour master")])
    voices = {voice for *_, voice in _held(made)["voices"]}
    assert "The harbour master" in voices
    assert looked_at == [5, 0]


def test_an_index_of_another_version_is_made_anew(
    tmp_path: Path, looked_at: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _corpus(tmp_path, *range(5))
    before = _held(made)
    monkeypatch.setattr(indexing, "BASE", "another")
    assert _held(made) == before
    assert looked_at == [5, 5]
