"""A corpus answers as the library does: the same statements, by the same words and conditions."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from pullquote.analysis import analyser
from pullquote.article import Article
from pullquote.cli import main
from pullquote.findings import NOBODY
from pullquote.library.store import Library
from pullquote.notes.questions import Question, understood
from tests.library.test_said import TALKS, add

pytest.importorskip("duckdb")
if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

QUESTIONS = (
    "",
    "bridge",
    "BRIDGE clos",
    '"bridge"',
    '"bridge is"',
    '-"bridge is" bridge',
    "bridge -closed",
    "-bridge",
    "cafe",
    "決裂",
    "-決裂",
    'by:"ada quist"',
    "by:rask",
    "by:neighbour",
    "by:nobody",
    "by:rask by:ada",
    "about:quist",
    "about:ada by:bo checkable",
    "about:ada by:cy",
    "site:herald",
    "site:nowhere",
    "since:2017 until:2017",
    "before:2017",
    "until:2016-08-03 after:2016-08-03",
    "kind:claim",
    "kind:direct bridge",
    "kind:indirect",
    "sourcing:anon",
    "checkable",
    "verdict:false",
    "verdict:open until:2017",
    'xyzzy OR NEAR(bridge, 3) * ^"',
)


def fill(library: Library) -> None:
    add(
        library, "Herald", "2016-08-03", ("Ada Quist", "The bridge is closed for good", False),
        ("Bo Rask", "Ada Quist spent 40 crowns on the bridge", True),
    )  # fmt: skip
    add(
        library, "The Post", "2017", ("Cy Rask", "Bridges are closing, the café stays", False),
        ("a neighbour", "Nobody asked us", False),
    )  # fmt: skip
    add(library, "Herald", "", ("Ada Quist", TALKS, False))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A library, and the corpus that it was written as."""
    data, out = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("corpora") / "town"
    with Library.open(data) as library:
        fill(library)
    done = CliRunner().invoke(
        main, ["corpus", "from-library", "--out", str(out), "--data", str(data)]
    )
    assert done.exit_code == 0, done.output
    assert "3 articles" in done.stderr
    return data, out


@pytest.fixture(scope="module")
def index(folder: tuple[Path, Path]) -> Iterator["DuckDBPyConnection"]:
    from pullquote.corpus.index import opened

    with opened(str(folder[1])) as db:
        yield db


@pytest.mark.parametrize("asked", QUESTIONS)
def test_a_corpus_answers_as_the_library_does(
    folder: tuple[Path, Path], index: "DuckDBPyConnection", asked: str
) -> None:
    """In the same order, but for an article without a date: it comes last in a corpus."""
    from pullquote.corpus.asking import ask

    with Library.open(folder[0]) as library:
        expected = library.said.ask(understood(asked)).sayings
    found = ask(index, understood(asked)).rows
    dated = [(one.article, one.finding) for one in expected if one.is_dated]
    rows = [(row["article"], row["finding"]) for row in found]
    assert rows[: len(dated)] == dated
    assert set(rows) == {(one.article, one.finding) for one in expected}
    known = {(one.article, one.finding): one for one in expected}
    for row in found:
        one = known[row["article"], row["finding"]]
        for name in ("words", "speaker", "how", "sourcing", "cue", "checkable", "site", "title"):
            assert row[name] == getattr(one, name)
        assert (row["voice"] is None) == (one.voice is None)


def test_pages_follow_each_other_and_all_comes_by_time(index: "DuckDBPyConnection") -> None:
    from pullquote.corpus.asking import ask, every

    pages = [ask(index, Question(), 2, at).rows for at in (0, 2, 4)]
    rows = [row for page in pages for row in page]
    assert rows == list(every(index, Question()))
    oldest = list(every(index, Question(), "oldest"))
    assert oldest[:-1] == rows[:-1][::-1]
    assert oldest[-1] == rows[-1]  # of no day


def test_said_prints_what_it_finds_and_says_whom_a_name_stands_for(
    folder: tuple[Path, Path],
) -> None:
    done = CliRunner().invoke(main, ["corpus", "said", str(folder[1]), "bridge", "--by", "rask"])
    assert done.exit_code == 0
    assert "“Bridges are closing, the café stays”" in done.stdout
    assert "by “rask”: Bo Rask, Cy Rask" in done.stderr
    none = CliRunner().invoke(main, ["corpus", "said", str(folder[1]), "--by", "Ada Quisst"])
    assert none.exit_code == 1
    assert "did you mean “Ada Quist”?" in none.stderr


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_said_writes_a_form_for_programs(
    folder: tuple[Path, Path], tmp_path: Path, form: str
) -> None:
    import pandas

    path = tmp_path / f"said.{form}"
    command = ["corpus", "said", str(folder[1]), "--format", form, "--output", str(path)]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.stderr
    read = {"csv": pandas.read_csv, "json": pandas.read_json, "parquet": pandas.read_parquet}
    found = read[form](path)
    printed = CliRunner().invoke(main, [*command[:-1], "-"])
    assert printed.stdout_bytes == path.read_bytes()
    assert len(found) == 5
    assert set(found["speaker"]) == {"Ada Quist", "Bo Rask", "Cy Rask", "a neighbour"}


def test_a_question_that_cannot_be_asked_is_one_line(folder: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(main, ["corpus", "said", str(folder[1]), "kind:nonsense"])
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1


def test_an_article_comes_back_into_a_library_with_its_findings(
    folder: tuple[Path, Path], tmp_path: Path
) -> None:
    """And opens without a new analysis, since the analyser is the same."""
    with Library.open(folder[0]) as library:
        ids = [identity for identity, _ in library.articles.titles()]
        expected = [library.reading(one, analyser()) for one in ids]
    command = ["corpus", "to-library", str(folder[1]), *ids, "--data", str(tmp_path)]
    done = CliRunner().invoke(main, command)
    assert (done.exit_code, done.stdout.split()) == (0, ids)
    with Library.open(tmp_path) as library:
        found = [library.reading(one, analyser()) for one in ids]
    assert [one.findings for one in found if one] == [one.findings for one in expected if one]
    assert [one.article.title for one in found if one] == [
        "Herald 2016-08-03",
        "The Post 2017",
        "Herald ",
    ]


def test_nobody_named_has_no_voice(index: "DuckDBPyConnection") -> None:
    assert index.execute("SELECT count(*) FROM voices WHERE voice = ?", [NOBODY]).fetchall() == [
        (0,)
    ]


def test_the_index_is_made_anew_with_a_partition_that_had_errors(tmp_path: Path) -> None:
    from pullquote.corpus.index import opened
    from tests.corpus.making import corpus

    def ids() -> list[str]:
        with opened(str(tmp_path)) as db:
            return [row[0] for row in db.sql("SELECT article FROM articles").fetchall()]

    one, other = ((name, Article(text=f"Of {name}.")) for name in "ab")
    corpus(tmp_path, [one])
    assert ids() == ["a"]
    corpus(tmp_path, [one, other])
    assert ids() == ["a", "b"]


def test_an_index_whose_maker_was_killed_is_removed_a_day_later(tmp_path: Path) -> None:
    from pullquote.corpus.index import settled
    from tests.corpus.making import corpus

    names = (".writing-1-index.duckdb", ".writing-1-index.scratch", ".writing-2-index.duckdb")
    for name in names:
        (tmp_path / name).touch()
    for name in names[:2]:
        os.utime(tmp_path / name, (0, 0))
    corpus(tmp_path, [("a", Article(text="Of a."))])
    settled(str(tmp_path))
    assert [name for name in names if (tmp_path / name).exists()] == [names[2]]
