"""An article that has changed goes out once, as it is now, into the file that was written before."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pullquote.article import Article
from pullquote.cli.notes import export
from pullquote.library.store import Library
from pullquote.library.versions import carry_over
from pullquote.notes.annotations import annotate

FIRST = Article(
    text="The council has met. A vote will follow on Monday.",
    title="Council meets",
    url="https://news.example/council",
    site="Example",
    published="2026-01-05",
)
SECOND = Article(
    text="The council has met at last. A vote will follow on Monday, the mayor says.",
    title="Council has met: vote on Monday",
    url="https://news.example/council",
    site="Example",
    published="2026-01-06",
)
OTHER = Article(text="Something else is known.", title="Other", url="https://news.example/other")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with a version with two notes, and an article beside it."""
    data = tmp_path / "data"
    with Library.open(data) as opened:
        for one in (FIRST, OTHER):
            opened.articles.save(one)
        opened.notes.add(FIRST.id, annotate(FIRST.text, (4, 11), highlight=1, tags=("city",)))
        opened.notes.add(FIRST.id, annotate(FIRST.text, (21, 27), comment="which?"))
    return data


def changed(data: Path, carried: bool) -> None:
    with Library.open(data) as opened:
        opened.articles.save(SECOND)
        if carried:
            carry_over(opened, FIRST.id, SECOND.id)


def exported(data: Path, *options: str) -> Result:
    done = CliRunner().invoke(export, [*options, "--data", str(data)])
    assert done.exit_code == 0, done.output
    return done


@pytest.mark.parametrize("carried", [True, False])
def test_readwise_csv_and_citations_have_an_article_once_however_often_it_changed(
    library: Path, carried: bool
) -> None:
    """Its notes are those of the newest version, also where nobody has carried them over yet."""
    changed(library, carried)
    for form in ("readwise", "csv"):
        rows = list(
            csv.DictReader(io.StringIO(exported(library, "--all", "--format", form).stdout))
        )
        assert [{**row, **{k.lower(): v for k, v in row.items()}}["title"] for row in rows] == [
            SECOND.title
        ] * 2
    titles = [
        one["title"] for one in json.loads(exported(library, "--all", "--format=csl-json").stdout)
    ]
    assert titles == [SECOND.title, OTHER.title]


def test_a_citation_key_stays_when_the_article_changes(library: Path) -> None:
    def key(*options: str) -> str:
        return json.loads(exported(library, *options, "--format=csl-json").stdout)[0]["id"]

    before = key(FIRST.id)
    changed(library, carried=True)
    assert key("--all") == key(SECOND.id) == key(FIRST.id) == before


def test_notes_that_wait_in_an_earlier_version_go_out_with_the_newest_and_stay_where_they_are(
    library: Path,
) -> None:
    changed(library, carried=False)
    out = json.loads(exported(library, "--all", "--tag=city", "--format=json").stdout)
    assert out["article"]["title"] == SECOND.title
    (note,) = out["annotations"]
    start, end = note["target"]["start"], note["target"]["end"]
    assert SECOND.text[start:end] == note["target"]["exact"] == "council"
    with Library.open(library) as opened:
        assert opened.notes.of(SECOND.id) == ()
        carry_over(opened, FIRST.id, SECOND.id)
        assert note["id"] in {one.id for one in opened.notes.of(SECOND.id)}


def test_every_version_goes_out_where_it_is_asked_for(library: Path) -> None:
    changed(library, carried=True)
    done = exported(library, "--all", "--every-version", "--format", "csl-json")
    assert [one["title"] for one in json.loads(done.stdout)] == [
        FIRST.title,
        OTHER.title,
        SECOND.title,
    ]
    refused = CliRunner().invoke(export, ["--every-version", FIRST.id, "--data", str(library)])
    assert refused.exit_code == 2
    assert "--every-version goes with --all" in refused.output


def test_after_a_new_headline_the_note_for_obsidian_is_the_one_that_was_written_before(
    library: Path, tmp_path: Path
) -> None:
    vault = tmp_path / "vault"
    into = ("--format=obsidian", f"--output={vault}/")
    exported(library, "--all", *into)
    (note,) = vault.glob("council-meets-*")
    note.write_text(f"{note.read_text()}\nMy own words.\n")
    changed(library, carried=True)
    for what in ("--all", SECOND.id):
        exported(library, what, *into)
        assert len(list(vault.iterdir())) == 2
        assert note.read_text().count("[!quote]") == 2
        assert note.read_text().endswith("My own words.\n")
    renamed = note.rename(vault / f"Council ({note.name[:3]})-{note.name.rpartition('-')[2]}")
    exported(library, "--all", *into)
    assert len(list(vault.iterdir())) == 2
    assert renamed.exists()


def test_the_first_export_of_a_work_is_named_after_its_first_version(
    library: Path, tmp_path: Path
) -> None:
    changed(library, carried=True)
    out = tmp_path / "out"
    exported(library, "--all", f"--output={out}/")
    assert {path.name for path in out.iterdir()} == {
        f"council-meets-{FIRST.id[:8]}.md",
        f"other-{OTHER.id[:8]}.md",
    }
    assert f"# {SECOND.title}" in (out / f"council-meets-{FIRST.id[:8]}.md").read_text()


def test_versions_that_are_named_have_a_file_each(library: Path, tmp_path: Path) -> None:
    changed(library, carried=True)
    for number, named in enumerate(((FIRST.id, SECOND.id), (SECOND.id, FIRST.id))):
        out = tmp_path / str(number)
        exported(library, *named, "--format=csv", f"--output={out}/")
        exported(library, *named, "--format=brat", f"--output={out}/")
        assert len(list(out.glob("*.ann"))) == 2
