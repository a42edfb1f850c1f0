"""What is printed twice is marked, whoever analysed it where; what is like it only in its event is not."""

import random
from pathlib import Path
from typing import Any

import pytest

from pullquote.article import Article

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")
pytest.importorskip("rensa")

from pullquote.corpus import duplicates
from pullquote.corpus.signatures import signature
from tests.corpus.making import corpus

WORDS = random.Random(5).choices(
    ["tide", "harbour", "board", "said", "ships", "grain", "dawn", "quay", "sail", "low"], k=3000
)


def story(start: int, words: int = 300) -> str:
    return " ".join(f"{word}{at % 7}" for at, word in enumerate(WORDS[start : start + words]))


def marked(folder: Path) -> dict[str, dict[str, Any]]:
    from pyarrow.parquet import read_table

    return {row["article"]: row for row in read_table(folder / duplicates.FILE).to_pylist()}


def article(text: str, published: str = "") -> Article:
    return Article(text=text, published=published)


def test_the_same_words_are_a_duplicate_of_what_was_published_first(tmp_path: Path) -> None:
    text = story(0)
    made = corpus(
        tmp_path,
        [("a", article(text)), ("b", article(text.upper() + ".", "2024-03-02"))],
        [("c", article(text, "2024-03-01")), ("d", article(story(1000)))],
    )
    found = duplicates.mark(str(made))
    assert (found.exact, found.near, found.repeated_ids) == (2, 0, 0)
    rows = marked(made)
    assert {name: row["of"] for name, row in rows.items()} == {"a": "c", "b": "c"}
    assert all(row["is_exact"] and row["near"] == 1.0 for row in rows.values())


def test_a_story_that_was_cut_and_has_another_title_is_near(tmp_path: Path) -> None:
    made = corpus(
        tmp_path,
        [("agency", article(story(0), "2024-03-01")), ("other", article(story(500)))],
        [("paper", article("At dawn.\n" + story(0, 220), "2024-03-01"))],
    )
    duplicates.mark(str(made))
    (row,) = marked(made).values()
    assert (row["article"], row["of"], row["is_exact"]) == ("paper", "agency", False)
    assert 0.6 < row["near"] < 0.85


def test_what_is_marked_does_not_depend_on_the_partitions(tmp_path: Path) -> None:
    those = [(f"n{at}", article(story(at % 5 * 400, 250 + at))) for at in range(40)]
    once = corpus(tmp_path / "once", those)
    often = corpus(tmp_path / "often", *([one] for one in reversed(those)))
    duplicates.mark(str(once))
    duplicates.mark(str(often))
    assert marked(once) == marked(often)
    assert len(marked(once)) == 35


def test_two_articles_with_one_id_are_told(tmp_path: Path) -> None:
    made = corpus(tmp_path, [("a", article(story(0)))], [("a", article(story(900)))])
    assert duplicates.mark(str(made)).repeated_ids == 1


def test_what_was_marked_goes_when_the_articles_are_others(tmp_path: Path) -> None:
    made = corpus(tmp_path, [("a", article(story(0)))])
    duplicates.mark(str(made))
    assert not duplicates.clear(str(made))
    corpus(tmp_path, [("a", article(story(0)))], [("b", article(story(0)))])
    assert duplicates.clear(str(made))
    assert not (made / duplicates.FILE).exists()


def test_what_was_marked_goes_when_a_partition_is_made_anew(tmp_path: Path) -> None:
    made = corpus(tmp_path, [("a", article(story(0)))])
    duplicates.mark(str(made))
    corpus(tmp_path, [("a", article(story(0))), ("b", article(story(0)))])  # no error any more
    assert duplicates.clear(str(made))


@pytest.mark.parametrize("text", ["", "one", "one two", "\ud800 half"])
def test_a_text_of_few_words_has_a_signature(text: str) -> None:
    exact, minhash = signature(text)
    assert (len(exact), len(minhash)) == (32, 504)
    assert signature(text) == (exact, minhash)


def test_sql_has_a_table_of_them_where_they_are_marked_in_what_there_is(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from pullquote.cli import main

    made = corpus(tmp_path, [("a", article(story(0))), ("b", article(story(0)))])
    queries = (
        "SELECT article FROM articles WHERE article NOT IN (SELECT article FROM duplicates)",
        "SELECT count(*) FROM duplicates WHERE near > 0.5",
    )

    def asked(query: str) -> list[str]:
        done = CliRunner().invoke(main, ["corpus", "sql", str(made), query, "--format", "csv"])
        return done.output.split()

    for query in queries:
        assert "duplicates are not marked; pullquote corpus analyze" in " ".join(asked(query))
    duplicates.mark(str(made))
    assert [asked(query)[1] for query in queries] == ["a", "1"]
    corpus(tmp_path, [("a", article(story(0)))])
    assert "not marked" in " ".join(asked(queries[0]))
