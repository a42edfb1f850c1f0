"""What went out comes in again as it was; what others wrote passes one door."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from pullquote.article import Article, Part, PartKind
from pullquote.cli.notes import export as export_command
from pullquote.cli.notes import import_
from pullquote.findings import FindingKind
from pullquote.formats import export
from pullquote.formats.importers import NotThisFormat, read, read_each
from pullquote.library.importing import Outcome, Result, bring_in
from pullquote.library.store import Library
from pullquote.notes.annotations import (
    Annotation,
    Correction,
    Edit,
    Placed,
    Target,
    annotate,
    targets,
)
from pullquote.notes.evidence import Evidence
from pullquote.notes.incoming import NOWHERE, Incoming
from pullquote.notes.reading import Reading, derived
from pullquote.settings import Settings
from tests.readings import note, readings

FORMS = ("json", "webannotation", "hypothesis")
ARTICLE = Article(
    text="France and Britain said so. Moscow disagreed with both of them.", title="Said"
)
ELSEWHERE = Article(text="Moscow disagreed.", title="Elsewhere")


@pytest.mark.parametrize("form", FORMS)
@given(reading=readings())
@settings(max_examples=25)
def test_the_identity_for_any_reading_and_nothing_the_second_time(
    form: str, reading: Reading
) -> None:
    items = read(str(export([reading], form, Settings())).encode())
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        library.articles.save(reading.article)
        first = bring_in(library, items.notes)
        notes = library.notes.of(reading.article.id)
        assert {one.id: one for one in notes} == {
            one.id: one for one in reading.annotations if not _bare_twin(reading, one.id)
        }
        assert {one.outcome for one in first} <= {Outcome.IMPORTED, Outcome.DUPLICATE}
        assert all(one.outcome is Outcome.DUPLICATE for one in bring_in(library, items.notes))
        assert library.notes.of(reading.article.id) == notes


def _bare_twin(reading: Reading, identity: str) -> bool:
    """Whether a note says just what an earlier one at its place says: a duplicate."""
    notes = list(reading.annotations)
    here = next(i for i, one in enumerate(notes) if one.id == identity)

    def says(number: int) -> object:
        return msgspec.structs.replace(notes[number], id="", created="", modified="")

    return any(says(number) == says(here) for number in range(here))


# --- the door


def written(form: str, one: Annotation) -> Any:
    return json.loads(str(export([derived(ARTICLE, None, (one,))], form, Settings())))


def strings(value: Any) -> Iterator[str]:
    """All that is text in `value`, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


HOSTILE = "\x1b[2J\u202ered\x07"


@pytest.mark.parametrize("form", FORMS)
def test_what_a_terminal_would_obey_stays_outside_whatever_the_format(form: str) -> None:
    marked = Target(0, 6, "France", HOSTILE, HOSTILE)
    fix = Correction(
        edit=Edit.NAME,
        kind=FindingKind.ACTOR,
        analyser=HOSTILE,
        of=(marked,),
        to=(msgspec.structs.replace(marked, exact=HOSTILE),),
        value=f"{HOSTILE}\nnext",
    )
    evidence = {"url": f"https://e.org/{HOSTILE}", "title": HOSTILE, "quote": HOSTILE}
    one = msgspec.convert(
        {
            "id": "f" * 32,
            "target": marked,
            "comment": HOSTILE,
            "tags": [HOSTILE],
            "verdict": f"{HOSTILE}\nnext",
        }
        | {"evidence": [evidence], "origin": HOSTILE},
        Annotation,
    )
    for hostile in (one, msgspec.structs.replace(one, correction=fix, verdict="", evidence=())):
        (incoming,) = read(json.dumps(written(form, hostile)).encode()).notes
        assert incoming.annotation, incoming.refused
        assert not set("\x1b\u202e\x07") & set(
            "".join(strings(msgspec.to_builtins(incoming.annotation)))
        )
        assert "\n" not in incoming.annotation.verdict
        assert (
            incoming.annotation.correction is None
            or "\n" not in incoming.annotation.correction.value
        )


@pytest.mark.parametrize("form", FORMS)
def test_tags_keep_their_spaces_and_come_each_once_and_without_their_mark(form: str) -> None:
    one = note(1, (0, 6), ARTICLE.text, tags=("#war", "war", "climate change", " ", "#"))
    (incoming,) = read(json.dumps(written(form, one)).encode()).notes
    assert incoming.annotation
    assert incoming.annotation.tags == ("war", "climate change")


@pytest.mark.parametrize("form", FORMS)
def test_evidence_has_an_address_on_the_web_or_none(form: str) -> None:
    ones = (
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", "mine"),
        ("https://e.org/", "theirs"),
    )
    one = note(
        1,
        (0, 6),
        ARTICLE.text,
        evidence=tuple(Evidence(url=url, title=title) for url, title in ones),
    )
    (incoming,) = read(json.dumps(written(form, one)).encode()).notes
    assert incoming.annotation
    found = [(one.url, one.title) for one in incoming.annotation.evidence]
    assert found == [("", "javascript:alert(1)"), ("", "mine"), ("https://e.org/", "theirs")]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"highlight": 9}, "annotation 1 (0000"),
        ({"highlight": 9}, "its highlight is 9, not a kind from 1 to 5"),
        ({"highlight": -1}, "its highlight is -1"),
        ({"created": "yesterday"}, "no date and time: yesterday"),
        ({"modified": "=cmd|x"}, "no date and time: =cmd|x"),
        ({"tags": "war"}, "at `$.tags`"),
        ({"target": None}, "at `$.target`"),
    ],
)
def test_a_note_of_our_own_form_is_refused_alone_with_the_reason(
    change: dict[str, Any], reason: str
) -> None:
    form = written("json", note(1, (0, 6), ARTICLE.text, highlight=1))
    form["annotations"].append(form["annotations"][0] | {"id": "b" * 32})
    form["annotations"][0] |= change
    refused, other = read(json.dumps(form).encode()).notes
    assert refused.annotation is None
    assert reason in refused.refused
    assert other.annotation


def test_an_article_comes_in_cleaned_and_without_what_the_machine_is_said_to_have_found() -> None:
    form = written("json", note(1, (0, 6), ARTICLE.text, highlight=1))
    form["article"] |= {
        "title": "T\x1b[2J\nwo",
        "site": "\x07",
        "headings": [[0, 6], [50, 9000], [-3, 2]],
        "parts": [
            {"kind": "quoted", "start": 0, "end": 6, "by": "A\x1b[2Jnn\n"},
            {"kind": "page", "start": 3, "end": 3, "label": "7"},
        ],
    }
    form["machine"] = form["findings"] = {"analyser": "forged", "quotes": "none"}
    items = read(json.dumps(form).encode())
    (article,) = items.articles
    assert (article.title, article.site, article.text) == ("T␛[2J wo", "␇", ARTICLE.text)
    assert article.headings == ((0, 6),)
    assert article.parts == (Part(PartKind.QUOTED, 0, 6, by="A␛[2Jnn"),)
    assert len(items.notes) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"schema": 99},
            "was written by a newer pullquote (schema 99); update pullquote to import it",
        ),
        ({"article": {"text": ""}}, "an article without its text"),
        ({"article": 3}, "not a reading as pullquote exports it"),
    ],
)
def test_a_file_of_our_own_form_that_cannot_be_read_is_refused_as_a_whole(
    change: dict[str, Any], said: str
) -> None:
    form = written("json", note(1, (0, 6), ARTICLE.text)) | change
    with pytest.raises(NotThisFormat) as error:
        read(json.dumps(form).encode())
    assert said in str(error.value)
    assert "\n" not in str(error.value)


# --- the place


def brought(library: Library, *notes: Annotation) -> list[Result]:
    library.articles.save(ARTICLE)
    return bring_in(library, [Incoming(annotation=one) for one in notes], ARTICLE.id)


def at(exact: str, **more: Any) -> Annotation:
    return Annotation(id="a" * 32, target=Target(NOWHERE, NOWHERE, exact, **more), comment="so")


def test_words_that_stand_just_once_are_found_without_any_context(library: Library) -> None:
    (result,) = brought(library, at("Moscow disagreed"))
    assert result.outcome is Outcome.IMPORTED
    (one,) = library.notes.of(ARTICLE.id)
    assert (one.target.span, one.placed) == ((28, 44), Placed.MOVED)


@pytest.mark.parametrize(
    "one",
    [
        at("disagreed"),  # too few to tell
        at("oscow disagreed"),  # not whole words
        at("Moscow disagreed", prefix="according to those who were there, "),
        at("and they all agreed at last"),
    ],
)
def test_words_without_a_place_that_is_sure_are_told_to_be_so(
    library: Library, one: Annotation
) -> None:
    (result,) = brought(library, one)
    assert result.outcome is Outcome.ORPHANED
    assert result.reason.startswith("no place for it that is sure enough")


def test_a_correction_with_a_target_outside_the_text_is_told_to_have_no_place(
    library: Library,
) -> None:
    fix = Correction(
        edit=Edit.SPEAKER,
        kind=FindingKind.QUOTE,
        analyser="",
        of=targets(ARTICLE.text, ((0, 6),)),
        to=(Target(9000, 9006, "Nobody"),),
    )
    (result,) = brought(library, annotate(ARTICLE.text, (0, 6), correction=fix))
    assert result.outcome is Outcome.ORPHANED


def test_results_come_in_the_order_of_the_items(library: Library) -> None:
    good, refused = (
        Incoming(annotation=annotate(ARTICLE.text, (0, 6), comment="so")),
        Incoming(refused="no good"),
    )
    library.articles.save(ARTICLE)
    results = bring_in(library, [refused, good, refused, good], ARTICLE.id)
    assert [str(one.outcome) for one in results] == ["refused", "imported", "refused", "duplicate"]


def test_a_note_on_two_articles_is_brought_onto_both_and_only_once(library: Library) -> None:
    library.articles.save(ELSEWHERE)
    one = at("Moscow disagreed")
    assert [result.outcome for result in brought(library, one)] == [Outcome.IMPORTED]
    for expected in (Outcome.IMPORTED, Outcome.DUPLICATE):
        (result,) = bring_in(library, [Incoming(annotation=one)], ELSEWHERE.id)
        assert result.outcome is expected
    assert len(library.notes.of(ELSEWHERE.id)) == len(library.notes.of(ARTICLE.id)) == 1


def test_two_imports_at_once_bring_each_note_in_once(tmp_path: Path) -> None:
    """Each looks before the other has written."""
    from concurrent.futures import ThreadPoolExecutor

    notes = [
        note(number, (number, number + 5), ARTICLE.text, comment=f"{number}")
        for number in range(1, 8)
    ]
    with Library.open(tmp_path) as library:
        library.articles.save(ARTICLE)

    def imported(_: int) -> None:
        with Library.open(tmp_path) as library:
            bring_in(library, [Incoming(annotation=one) for one in notes], ARTICLE.id)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(imported, range(6)))
    with Library.open(tmp_path) as library:
        assert {one.id for one in library.notes.of(ARTICLE.id)} == {one.id for one in notes}
        assert len(library.notes.of(ARTICLE.id)) == len(notes)


# --- a whole library


def _full(folder: Path, count: int) -> Library:
    """A library of articles with every kind of note, one an orphan that was placed again."""
    library = Library.open(folder)
    for number in range(count):
        article = Article(
            text=f"{number}. {ARTICLE.text}",
            title=f"No. {number}",
            url=f"https://example.org/{number}",
        )
        library.articles.save(article)
        spans = ((0, 5), (6, 12), (13, 20), (21, 27))
        bodies: list[dict[str, Any]] = [
            {"comment": "Who says so?\n\n# really", "tags": ("war", "首都")},
            {
                "verdict": "half true",
                "evidence": (Evidence(url="https://example.org/e", title="E", quote="q"),),
            },
            {"correction": _fix(article)},
            {"comment": "was lost", "placed": Placed.HERE, "origin": "an earlier one"},
        ]
        library.notes.add(
            article.id,
            *(
                msgspec.structs.replace(annotate(article.text, span), **one)
                for span, one in zip(spans, bodies, strict=True)
            ),
        )
    return library


def _fix(article: Article) -> Correction:
    of, to = targets(article.text, ((0, 5),)), targets(article.text, ((6, 12),))
    return Correction(edit=Edit.BOUNDS, kind=FindingKind.QUOTE, analyser="a", of=of, to=to)


def _all(library: Library) -> dict[str, tuple[Article | None, tuple[Annotation, ...]]]:
    return {
        one.id: (library.articles.get(one.id), library.notes.of(one.id))
        for one in library.articles.entries()
    }


def _several(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count > 1)}"


@pytest.mark.parametrize("count", [1, 2, 25])
def test_a_library_larger_than_the_limit_goes_out_and_comes_in_again(
    tmp_path: Path, count: int
) -> None:
    """The limit is on an article; a list of them, or one with its findings, is larger."""
    limit = 1000
    (tmp_path / "config.toml").write_text(f"max_bytes = {limit}\n")
    with _full(tmp_path / "data", count) as library:
        there = _all(library)
    backup = tmp_path / "backup.json"
    run = CliRunner()
    assert (
        run.invoke(export_command, ["--all", "--format", "json", "--output", str(backup)]).exit_code
        == 0
    )
    assert backup.stat().st_size > 2 * limit
    kinds = f"{_several(count, 'correction')}, {2 * count} notes, {_several(count, 'verdict')}"
    for told in (f"{kinds} imported\n", f"{4 * count} duplicate\n"):
        done = run.invoke(import_, [str(backup), "--data", str(tmp_path / "new")])
        assert (done.exit_code, done.stdout) == (0, told)
    with Library.open(tmp_path / "new") as library:
        assert _all(library) == there


def test_a_backup_that_is_cut_off_gives_back_what_is_whole_and_says_so(tmp_path: Path) -> None:
    with _full(tmp_path / "data", 5):
        pass
    backup = tmp_path / "backup.json"
    CliRunner().invoke(export_command, ["--all", "--format", "json", "--output", str(backup)])
    backup.write_bytes(backup.read_bytes()[:-3000])
    done = CliRunner().invoke(import_, [str(backup), "--data", str(tmp_path / "new")])
    assert (done.exit_code, done.stdout) == (2, "4 corrections, 8 notes, 4 verdicts imported\n")
    assert "is cut off" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_backup_is_read_an_article_at_a_time(tmp_path: Path) -> None:
    with _full(tmp_path / "data", 8):
        pass
    backup = tmp_path / "backup.json"
    CliRunner().invoke(export_command, ["--all", "--format", "json", "--output", str(backup)])
    with backup.open("rb") as file:
        assert [len(items.articles) for items in read_each(file, 1000)] == [1] * 8


def test_versions_come_back_in_their_order(tmp_path: Path) -> None:
    ones = [
        Article(text=f"{word} words.", url="https://example.org/a")
        for word in ("First", "Second", "Third")
    ]
    with Library.open(tmp_path / "data") as library:
        for one in ones:
            library.articles.save(one)
        library.articles.save(ones[0])  # read again
    backup = tmp_path / "backup.json"
    everything = ["--all", "--every-version", "--format", "json"]
    CliRunner().invoke(export_command, [*everything, "--output", str(backup)])
    CliRunner().invoke(import_, [str(backup), "--data", str(tmp_path / "new")])
    with Library.open(tmp_path / "new") as library:
        assert [one.id for one in library.works.versions(ones[0].id)] == [one.id for one in ones]


def test_what_is_damaged_is_replaced_by_the_backups(tmp_path: Path) -> None:
    with _full(tmp_path / "data", 1) as library:
        ((_, notes),) = _all(library).values()
    backup = tmp_path / "backup.json"
    CliRunner().invoke(export_command, ["--all", "--format", "json", "--output", str(backup)])
    with sqlite3.connect(tmp_path / "data" / "library.db") as db:
        db.execute("UPDATE annotations SET json = 'x' WHERE id = ?", (notes[0].id,))
    db.close()
    for told in ("1 note imported, 3 duplicate\n", "4 duplicate\n"):
        assert CliRunner().invoke(import_, [str(backup)]).stdout == told
    with Library.open(tmp_path / "data") as library:
        ((_, again),) = _all(library).values()
    assert [one.comment for one in again] == [one.comment for one in notes]
