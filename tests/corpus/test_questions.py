"""Voices, counts and SQL over a corpus, as somebody gets them who asks."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pullquote.article import Article
from pullquote.audit import audit
from pullquote.cli import main
from pullquote.findings import (
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    Findings,
    Quote,
    Reply,
    ReplyKind,
    Sourcing,
    Stance,
)

pytest.importorskip("duckdb")

ANALYSER = "test 1"
Cast = tuple[str, str, ActorKind]  # name, role, kind


def article(number: int, site: str, day: str, *cast: Cast) -> tuple[str, Article, Findings]:
    """An article in which each of the cast says one thing."""
    text, actors, said, quotes = "", list[Actor](), list[Attribution](), list[Quote]()
    for at, (name, role, kind) in enumerate(cast):
        start = len(text)
        words = f"“The harbour opens in year {number}{at}”"
        text += f"{words} said {name}. "
        content = ((start, start + len(words)),)
        source = ((start + len(words) + 6, start + len(words) + 6 + len(name)),)
        actors.append(Actor(id=f"a{at}", name=name, kind=kind, role=role or None, mentions=source))
        direct = AttributionKind.DIRECT
        said.append(
            Attribution(
                id=f"t{at}", source=source, cue=(), content=content, kind=direct, speaker=f"a{at}"
            )
        )
        quotes.append(
            Quote(id=f"q{at}", attribution=f"t{at}", content=content, kind=direct, speaker=f"a{at}")
        )
    found = Findings(
        analyser=ANALYSER, actors=tuple(actors), attributions=tuple(said), quotes=tuple(quotes)
    )
    return f"n{number}.txt", Article(text=text, site=site, published=day), found


def written(folder: Path, articles: Iterable[tuple[str, Article, Findings]]) -> str:
    from pullquote.corpus.keeping import write
    from pullquote.corpus.tables import rows

    write(str(folder), "test", ANALYSER, (rows(*one) for one in articles))
    return str(folder)


PERSON, UNNAMED = ActorKind.PERSON, ActorKind.UNNAMED
ARTICLES = (
    article(1, "Herald", "2016-03-01", ("Mary Quist", "mayor", PERSON), ("a guard", "", UNNAMED)),
    article(2, "Herald", "2016-04-01", ("Sen. Mary A. Quist", "senator", PERSON)),
    article(3, "Post", "2017-04-01", ("Mary Quist", "goalkeeper", PERSON)),
    article(4, "Post", "", ("John Rask", "", PERSON), ("the report", "", ActorKind.DOCUMENT)),
    article(5, "Post", "2017-05-01", ("Jack Rask", "", PERSON), ("Rask", "", PERSON)),
)


@pytest.fixture
def harbour(tmp_path: Path) -> str:
    return written(tmp_path / "harbour", ARTICLES)


@pytest.fixture(scope="module")
def quay(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same, for questions that change nothing."""
    return written(tmp_path_factory.mktemp("quay") / "harbour", ARTICLES)


def run(*command: str) -> Result:
    return CliRunner().invoke(main, ["corpus", *command], catch_exceptions=False)


def rows_of(*command: str) -> list[dict[str, object]]:
    done = run(*command, "--format", "json")
    assert done.exit_code == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def members(folder: str) -> dict[str, set[str]]:
    """Who is in which articles."""
    query = "SELECT voice, list(article) AS articles FROM members JOIN voices USING (number) GROUP BY voice"
    return {str(one["voice"]): set(one["articles"]) for one in rows_of("sql", folder, query)}  # type: ignore[call-overload]


def test_voices_join_by_full_names_and_part_by_trades(quay: str) -> None:
    """A title and an initial are no other name; a surname alone is nobody's."""
    assert members(quay) == {
        "Mary Quist": {"n1.txt", "n2.txt"},
        "Mary Quist (2)": {"n3.txt"},
        "John Rask": {"n4.txt"},
        "Jack Rask": {"n5.txt"},
    }


def test_voices_do_not_depend_on_the_order_of_articles(quay: str, tmp_path: Path) -> None:
    other = written(tmp_path / "backwards", ARTICLES[::-1])
    query = "SELECT * FROM voices ORDER BY number"
    assert rows_of("sql", other, query) == rows_of("sql", quay, query)


def test_voices_are_listed(quay: str) -> None:
    done = run("voices", quay, "qui")
    assert "Mary Quist (2)" in done.stdout
    assert "Rask" not in done.stdout
    assert run("voices", quay, "nobody").exit_code == 1


def corrected(folder: str, path: Path, *options: str, **changes: str) -> Result:
    """Take in a table of voices, changed; `changes` say what rows of an article or name become."""
    assert run("voices", folder, "--format", "csv", "--output", str(path), *options).exit_code == 0
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for key in (row["voice"], row["name"], row["article"]):
            row["voice"] = changes.get(key.replace(" ", "_"), row["voice"])
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return run("voices", folder, "--apply", str(path))


def test_two_voices_become_one_by_one_name(harbour: str, tmp_path: Path) -> None:
    """And stay one when an article is added; --by finds them by either name."""
    assert corrected(harbour, tmp_path / "v.csv", Jack_Rask="John Rask").exit_code == 0
    assert members(harbour)["John Rask"] == {"n4.txt", "n5.txt"}
    written(Path(harbour), (*ARTICLES, article(6, "Post", "2018", ("Jack Rask", "", PERSON))))
    assert members(harbour)["John Rask"] == {"n4.txt", "n5.txt", "n6.txt"}
    found = rows_of("said", harbour, "--by", "John Rask")
    assert {one["article"] for one in found} == {"n4.txt", "n5.txt", "n6.txt"}
    assert {one["voice"] for one in found} == {"John Rask"}


def test_of_one_name_two_voices_become_one(harbour: str, tmp_path: Path) -> None:
    assert corrected(harbour, tmp_path / "v.csv", **{"Mary_Quist_(2)": "Mary Quist"}).exit_code == 0
    assert members(harbour)["Mary Quist"] == {"n1.txt", "n2.txt", "n3.txt"}


def test_a_voice_is_renamed_and_parted(harbour: str, tmp_path: Path) -> None:
    """By a name that some articles have, or article by article."""
    changes = {"Sen._Mary_A._Quist": "Senator Quist"}
    assert corrected(harbour, tmp_path / "v.csv", **changes).exit_code == 0
    assert members(harbour)["Senator Quist"] == {"n2.txt"}
    assert "Senator Quist" in run("voices", harbour, "senator").stdout
    changes = {"n4.txt": "John Rask of Hull"}
    assert corrected(harbour, tmp_path / "w.csv", "--members", **changes).exit_code == 0
    assert members(harbour)["John Rask of Hull"] == {"n4.txt"}
    assert "John Rask of Hull" in run("voices", harbour, "hull").stdout
    assert members(harbour)["Senator Quist"] == {"n2.txt"}


def test_a_file_that_is_no_table_of_voices_is_refused(harbour: str, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    done = run("voices", harbour, "--apply", str(path))
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)


# --- audit


def test_an_audit_counts_what_the_audits_of_its_articles_count(tmp_path: Path) -> None:
    text = (
        "“The harbour opens,” said Mary Quist. Bo Rask thinks it will not. He declined to comment."
    )
    found = Findings(
        analyser=ANALYSER,
        actors=(
            Actor(id="a1", name="Mary Quist", kind=PERSON, mentions=((26, 36),)),
            Actor(id="a2", name="Bo Rask", kind=PERSON, mentions=((38, 45),)),
        ),
        attributions=(
            Attribution(id="t1", source=((26, 36),), cue=((21, 25),), content=((0, 20),),
                        kind=AttributionKind.DIRECT, speaker="a1"),
            Attribution(id="t2", source=((38, 45),), cue=((46, 52),), content=((53, 64),),
                        kind=AttributionKind.INDIRECT, stance=Stance.THOUGHT, speaker="a2"),
        ),
        quotes=(Quote(id="q1", attribution="t1", content=((0, 20),), kind=AttributionKind.DIRECT,
                      speaker="a1"),),
        claims=(
            Claim(id="c1", attribution="t1", content=((1, 18),), speaker="a1", via="a2",
                  sourcing=Sourcing.NAMED, commitment=Commitment.ASSERTED, checkable=True),
            Claim(id="c2", attribution="t2", content=((53, 64),), speaker="a2",
                  sourcing=Sourcing.NAMED, commitment=Commitment.ASSERTED),
        ),
        replies=(Reply(id="r1", span=((66, 88),), kind=ReplyKind.DECLINED, speaker="a2"),),
    )  # fmt: skip
    folder = written(tmp_path / "one", [("one", Article(text=text, site="Herald"), found)])
    (row,) = rows_of("audit", folder)
    counted = audit(found, text)
    assert row["site"] == "Herald"
    for name in (
        "speakers",
        "named",
        "documents",
        "anonymous",
        "quotes",
        "claims",
        "checkable",
        "second_hand",
    ):
        assert row[name] == getattr(counted, name), name
    assert row["quoted_words"] == sum(one.words for one in counted.voices)
    assert row["replies"] == sum(counted.replies.values()) == 1


def test_an_audit_has_a_row_a_site_or_a_month_with_shares(quay: str) -> None:
    """What is not dated comes last; women and men are a guess by given names."""
    by_site = {one["site"]: one for one in rows_of("audit", quay)}
    assert set(by_site) == {"Herald", "Post"}
    herald = by_site["Herald"]
    assert (herald["articles"], herald["speakers"], herald["named"]) == (2, 3, 2)
    assert (herald["named_share"], herald["women_share"], herald["men_share"]) == (0.6667, 1, 0)
    assert by_site["Post"]["documents_share"] == 0.2
    months = [one["month"] for one in rows_of("audit", quay, "--by", "month")]
    assert months == ["2016-03", "2016-04", "2017-04", "2017-05", ""]
    assert [one["year"] for one in rows_of("audit", quay, "--by", "year")] == [
        "2016",
        "2017",
        "",
    ]


def test_an_audit_as_a_table_fits_a_terminal_of_80_columns(quay: str) -> None:
    """Shares are percentages; what there is none of, or is not known, is a dash."""
    shown = run("audit", quay).stdout.splitlines()
    assert max(map(len, shown)) <= 80
    heads = ["articles", "words", "speakers", "named", "orgs", "docs", "anon", "women", "men"]
    assert shown[0].split() == ["site", *heads]
    assert shown[2].split()[0] == "Herald"
    assert shown[2].split()[4:] == ["67%", "0%", "0%", "33%", "100%", "0%"]
    undated = run("audit", quay, "--by", "month").stdout.splitlines()[-1].split()
    assert undated[0] == "–"


def test_at_a_terminal_a_wide_table_is_cut_to_its_columns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Text gets narrower, numbers stay whole."""
    import pyarrow

    from pullquote.cli.tabled import put
    from pullquote.corpus.arrow import batches

    class Terminal(io.BytesIO):
        def isatty(self) -> bool:
            return True

    schema = pyarrow.schema([(name, pyarrow.string()) for name in ("words", "who")])
    schema = schema.append(pyarrow.field("n", pyarrow.int64()))
    row = {"words": "one two three " * 4, "who": "Jane Miller of the council", "n": 123456}
    terminal = Terminal()
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(terminal))
    assert put(batches(iter([row]), schema), "table", None, False) == 1
    shown = terminal.getvalue().decode().splitlines()
    assert {len(line) for line in shown[1:]} == {50}
    assert shown[2].endswith("… 123456")


# --- SQL


def test_sql_asks_all_tables(quay: str) -> None:
    from pullquote.corpus.tables import TABLES

    for table in (*TABLES, "voices", "members"):
        assert run("sql", quay, f"SELECT count(*) AS n FROM {table}").exit_code == 0
    done = run("sql", quay, "SELECT site, count(*) AS n FROM articles GROUP BY site ORDER BY site")
    assert [line.split() for line in done.stdout.splitlines()][::2] == [
        ["site", "n"],
        ["Herald", "2"],
    ]


def test_a_page_that_nobody_can_reach_is_one_line(quay: str) -> None:
    done = run("said", quay, "x", "--page", "9" * 20)
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert "--page" in done.stderr


def test_columns_of_one_name_are_told_apart(quay: str) -> None:
    query = "SELECT 1 AS a, 2 AS a, 3 AS a_2"
    assert rows_of("sql", quay, query) == [{"a": 1, "a_2": 2, "a_2_2": 3}]
    assert run("sql", quay, query).stdout.split()[:3] == ["a", "a_2", "a_2_2"]


def test_numbers_are_whole_in_csv(quay: str) -> None:
    query = "SELECT -5 AS a, 0.00012345 :: DOUBLE AS b, 12345678.9 :: DOUBLE AS c"
    assert (
        run("sql", quay, query, "--format", "csv").stdout.split()[1] == "-5,0.00012345,12345678.9"
    )


@pytest.mark.parametrize(
    "query",
    [
        "COPY articles TO '{path}/out.csv'",
        "COPY (SELECT 1) TO '{folder}/articles/x.parquet'",
        "ATTACH '{path}/other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "PRAGMA database_list",
        "CREATE TABLE x AS SELECT 1",
        "DROP VIEW articles",
        "EXPORT DATABASE '{path}/all'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('{path}/secret.csv')",
        "SELECT * FROM '{path}/secret.csv'",
        "SELECT * FROM glob('{path}/*')",
        "SELECT * FROM read_parquet('https://example.org/a.parquet')",
        "SELECT * FROM query('COPY articles TO ''{path}/out.csv''')",
        "SELECT 1; COPY articles TO '{path}/out.csv'",
        "EXPLAIN ANALYZE COPY articles TO '{path}/out.csv'",
        "INSERT INTO indexed.voices SELECT * FROM indexed.voices",
        "DELETE FROM members",
        "SELEC 1",
        "SELECT words::INT FROM said",
        "SELECT nothing FROM articles",
        "SELECT '\udcff'",
        "",
    ],
)
def test_sql_reads_the_corpus_and_nothing_else(quay: str, tmp_path: Path, query: str) -> None:
    """Whatever is wrong is one line."""
    (tmp_path / "secret.csv").write_text("a\n1\n")
    before = sorted(tmp_path.rglob("*"))
    done = run("sql", quay, query.format(path=tmp_path, folder=quay))
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1), done.output
    assert sorted(tmp_path.rglob("*")) == before
    assert run("sql", quay, "SELECT * FROM articles").exit_code == 0


def test_where_there_is_no_corpus_one_line_says_so(tmp_path: Path) -> None:
    for command in (["said", "x"], ["voices"], ["audit"], ["sql", "SELECT 1"]):
        done = run(command[0], str(tmp_path / "none"), *command[1:])
        assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1), done.output


def test_a_corpus_in_an_object_store_is_asked(
    bucket: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pullquote.corpus.keeping import write
    from pullquote.corpus.tables import rows

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    place = "s3://news/harbour"
    write(place, "test", ANALYSER, (rows(*one) for one in ARTICLES), storage=bucket)
    told = [f"--storage-option={name}={value}" for name, value in bucket.items()]
    asked = CliRunner().invoke(
        main, ["corpus", "said", place, "harbour", "--format", "csv", "--limit", "0", *told]
    )
    assert asked.exit_code == 0, asked.output
    assert {row["article"] for row in csv.DictReader(asked.stdout.splitlines())} == {
        identity for identity, _, _ in ARTICLES
    }


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Mary Quist", "f"),
        ("Sen. John A. Rask", "m"),
        ("Kim Park", ""),
        ("Jean Martin", ""),
        ("Andrea Rossi", ""),
        ("Nikita Orlov", ""),
        ("Quist", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_women_and_men_are_told_by_names_that_are_not_both(name: str | None, told: str) -> None:
    from pullquote.corpus.auditing import gender

    assert gender(name) == told


def test_an_audit_counts_who_has_no_name(tmp_path: Path) -> None:
    hedged = Claim(
        id="c1", content=((0, 18),), sourcing=Sourcing.UNATTRIBUTED, commitment=Commitment.ALLEGED
    )
    quoted = article(1, "Herald", "2016-03-01", ("Mary Quist", "mayor", PERSON))
    found = Findings(analyser=ANALYSER, claims=(hedged,))
    folder = written(
        tmp_path / "in",
        [quoted, ("n2.txt", Article(text="The bridge closes, reportedly.", site="Herald"), found)],
    )
    (row,) = rows_of("audit", folder)
    assert (row["articles"], row["speakers"], row["women"], row["claims"]) == (2, 1, 1, 1)
