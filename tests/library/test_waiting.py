"""Notes that come in before their article wait, and find their place when it comes."""

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from pullquote.article import Article
from pullquote.cli import main
from pullquote.formats import export
from pullquote.formats.importers import read
from pullquote.library.copies import merge_all
from pullquote.library.importing import Outcome, bring_in, place_waiting, settle_waiting
from pullquote.library.imports import Begun
from pullquote.library.store import Library
from pullquote.notes.annotations import Placed, annotate
from pullquote.notes.evidence import Evidence
from pullquote.notes.incoming import Incoming, admitted, on_words
from pullquote.notes.reading import derived
from pullquote.settings import Settings
from tests.formats.test_old_highlights import annotation, at, clippings

TEXT = (
    "The council will close the harbour next year.\n"
    "“The quays belong to the town, and they will stay with the town,” said Anna Petrov.\n"
    "Nobody asked the union, she added.\n"
)
ADDRESS = "https://example.org/harbour"
ARTICLE = Article(text=TEXT, title="Council: harbour to close | The Courier", url=ADDRESS)
QUAYS = "The quays belong to the town, and they will stay"


def item(
    words: str, url: str = "", title: str = "", comment: str = "", whole: bool = False
) -> Incoming:
    note = on_words(words, source=f"{words}{comment}", comment=comment)
    return admitted(note, "", url, title, whole)


def outcomes(library: Library, *items: Incoming) -> list[str]:
    return [str(one.outcome) for one in bring_in(library, items)]


def arrived(library: Library, article: Article = ARTICLE) -> list[tuple[str, str]]:
    """What lies on an article once it has come, and how each came there."""
    library.articles.save(article)
    place_waiting(library, article.id)
    return [(one.target.exact, one.placed) for one in library.notes.of(article.id)]


@pytest.mark.parametrize(
    "one",
    [
        item("Nobody asked", url=f"{ADDRESS}?utm_source=x"),
        item("Nobody asked the union", title="Council: Harbour to close"),
        item(QUAYS),
        item("“The quays belong to the town — and they will stay with the town”", title="another"),
    ],
    ids=["address", "title", "words", "words in other marks"],
)
def test_a_note_waits_and_finds_its_article_by(library: Library, one: Incoming) -> None:
    assert outcomes(library, one) == ["waiting"]
    assert outcomes(library, one) == ["duplicate"]
    ((words, placed),) = arrived(library)
    assert words.strip("“”")[:12] == (
        one.annotation and one.annotation.target.exact.strip("“”")[:12]
    )
    assert placed is not Placed.ORPHANED
    assert library.waiting.count() == 0
    assert outcomes(library, one) == ["duplicate"]


@pytest.mark.parametrize(
    "one",
    [
        item(QUAYS, url="https://example.org/elsewhere"),
        item("Nobody asked", title="Another title of another article"),
        item("words that stand nowhere in it, however long", title=ARTICLE.title),
    ],
    ids=["another address", "few words", "no place"],
)
def test_a_note_that_may_be_anothers_goes_on_waiting(library: Library, one: Incoming) -> None:
    assert outcomes(library, one) == ["waiting"]
    assert arrived(library) == []
    assert library.waiting.count() == 1


def test_words_that_its_own_article_has_not_are_listed_with_it(library: Library) -> None:
    outcomes(library, item("words that stand nowhere", url=ADDRESS))
    assert arrived(library) == [("words that stand nowhere", Placed.ORPHANED)]


def test_a_note_on_the_whole_article_lies_on_its_first_line(library: Library) -> None:
    outcomes(library, item("", url=ADDRESS, comment="read it again", whole=True))
    assert arrived(library) == [("The council will close the harbour next year.", Placed.HERE)]


def test_an_article_that_is_there_is_found_by_title_or_words_at_once(library: Library) -> None:
    library.articles.save(ARTICLE)
    items = item("Nobody asked the union", title="Council: harbour to close"), item(QUAYS)
    assert outcomes(library, *items) == ["imported", "imported"]
    assert outcomes(library, *items) == ["duplicate", "duplicate"]


def test_what_nothing_is_known_of_cannot_wait(library: Library) -> None:
    (result,) = bring_in(library, [item("too few")])
    assert result.outcome is Outcome.REFUSED
    assert "name it with --onto" in result.reason


def test_those_that_find_their_place_are_one_act(library: Library) -> None:
    outcomes(
        library, item("Nobody asked", url=ADDRESS), item(QUAYS), item("The council", url=ADDRESS)
    )
    assert len(arrived(library)) == 3
    assert library.notes.undo(ARTICLE.id) == "adding 3 notes"
    assert library.notes.of(ARTICLE.id) == ()
    library.notes.redo(ARTICLE.id)
    assert len(library.notes.of(ARTICLE.id)) == 3


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, ""),
        (1, "1 waiting note found its place"),
        (2, "2 waiting notes found their place"),
    ],
)
def test_how_many_found_their_place_is_told(library: Library, count: int, told: str) -> None:
    bring_in(library, [item("Nobody asked", url=ADDRESS), item("The council", url=ADDRESS)][:count])
    library.articles.save(ARTICLE)
    assert settle_waiting(library, ARTICLE.id) == told


def test_notes_are_found_among_very_many_that_wait(library: Library) -> None:
    others = [
        item(f"{number} is a long quotation of some other book", title=f"Book number {number}")
        for number in range(3000)
    ]
    library.waiting.add(others)
    outcomes(library, item(QUAYS))
    assert len(arrived(library)) == 1


@pytest.mark.parametrize("form", ["obsidian", "readwise"])
def test_what_went_out_for_people_is_there_already_when_it_comes_back(
    library: Library, form: str
) -> None:
    library.articles.save(ARTICLE)
    evidence = (Evidence(url="https://example.org/e", title="E", quote="q"),)
    verdict = {"verdict": "half true", "evidence": evidence} if form == "obsidian" else {}
    notes = (
        annotate(TEXT, (4, 11), highlight=2, comment="which **one**?", tags=("town", "a-b")),
        msgspec.structs.replace(annotate(TEXT, (4, 11), comment="so"), **verdict),
        annotate(TEXT, (47, 75), highlight=1),
        annotate(TEXT, (47, 75), comment="only"),
    )
    library.notes.add(ARTICLE.id, *notes)
    before = library.notes.of(ARTICLE.id)
    text = str(export([derived(ARTICLE, None, before)], form, Settings()))
    assert {*outcomes(library, *read(text.encode()).notes)} == {"duplicate"}
    assert library.notes.of(ARTICLE.id) == before


# --- on the command line


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture
def kindle(tmp_path: Path) -> Path:
    path = tmp_path / "My Clippings.txt"
    path.write_text(
        clippings(
            (at("1-2"), QUAYS),
            (at("2", "Note"), "who says?"),
            (at("3-4"), "Nobody asked the union"),
            (at("4", "Bookmark"), ""),
        )
    )
    return path


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "Council: harbour to close.txt"
    path.write_text(TEXT)
    return path


def test_what_waits_is_told_listed_and_dropped(kindle: Path) -> None:
    done = run("import", kindle)
    assert done.exit_code == 0
    assert done.stdout == "2 waiting, 1 skipped (1 bookmark)\n"
    assert "finds its place when its article is opened" in done.stderr
    title, *lines = run("import", "--waiting").stdout.splitlines()
    assert title == "Council: harbour to close"
    assert [line.split("  ", 2)[2] for line in lines] == [
        f"“{QUAYS}”  who says?",
        "“Nobody asked the union”",
    ]
    assert run("import", kindle).stdout == "2 duplicate, 1 skipped (1 bookmark)\n"
    assert run("import", "--drop", lines[0].split()[0]).stdout == "1 waiting note dropped\n"
    assert run("import", "--drop", "zzz").exit_code == 2
    assert run("import", "--drop", "all").stdout == "1 waiting note dropped\n"
    assert run("import", "--waiting").stdout == "no notes wait for their article\n"


def test_a_command_that_brings_the_article_says_what_found_its_place(
    kindle: Path, article: Path
) -> None:
    run("import", kindle)
    done = run("export", article, "--format", "hypothesis")
    assert done.stderr == f"pullquote: {article}: 2 waiting notes found their place\n"
    assert len(json.loads(done.stdout)["annotations"]) == 2


@pytest.mark.parametrize("form", ["json", "hypothesis", "webannotation"])
def test_notes_that_wait_go_out_with_the_library_and_wait_elsewhere(
    kindle: Path, article: Path, tmp_path: Path, form: str
) -> None:
    other = tmp_path / "notes.json"
    other.write_text(json.dumps({"rows": [annotation(1)]}))
    run("import", kindle, other)
    out = tmp_path / "out.json"
    assert run("export", "--all", "--format", form, "--output", out).exit_code == 0
    assert run("import", out, "--data", tmp_path / "new").stdout == "3 waiting\n"
    done = run("export", article, "--format", "hypothesis", "--data", tmp_path / "new")
    assert "3 waiting notes found their place" in done.stderr
    assert {one["text"] for one in json.loads(done.stdout)["annotations"]} == {"", "who says?"}


def test_an_import_is_taken_back_as_one_act_on_all_its_articles(tmp_path: Path) -> None:
    one, other = ARTICLE, Article(text="Nothing else is known.", url="https://example.org/b")
    with Library.open(tmp_path / "data") as library:
        for each in (one, other):
            library.articles.save(each)
        library.notes.add(one.id, annotate(one.text, (0, 11), comment="mine"))
    path = tmp_path / "rows.json"
    selector = {"type": "TextQuoteSelector", "exact": "Nothing else"}
    rows = [
        annotation(1),
        annotation(2, uri="https://example.org/b", target=[{"selector": [selector]}]),
        annotation(3, uri="https://example.org/c"),
    ]
    path.write_text(json.dumps({"rows": rows}))
    assert run("import", path).stdout == "2 notes imported, 1 waiting\n"
    with Library.open(tmp_path / "data") as library:
        (note,) = library.notes.of(other.id)
        library.notes.change(other.id, msgspec.structs.replace(note, comment="changed since"))
    done = run("import", "--undo")
    assert done.stdout.startswith(f"undone: {path}, ")
    assert done.stdout.endswith(": 2 notes taken back; 1 changed since then stay\n")
    with Library.open(tmp_path / "data") as library:
        assert [note.comment for note in library.notes.of(one.id)] == ["mine"]
        assert [note.comment for note in library.notes.of(other.id)] == ["changed since"]
        assert library.waiting.count() == 0
    assert run("import", "--undo").exit_code == 2


def test_notes_that_found_their_place_are_taken_back_with_their_import(
    kindle: Path, article: Path, tmp_path: Path
) -> None:
    run("import", kindle)
    run("export", article, "--format", "hypothesis")
    assert ": 2 notes taken back" in run("import", "--undo").stdout
    with Library.open(tmp_path / "data") as library:
        assert library.notes.of(library.articles.entries()[0].id) == ()
    assert run("import", kindle).stdout.startswith("1 highlight, 1 note imported")


def test_merged_libraries_wait_together_and_each_takes_back_its_own(
    kindle: Path, tmp_path: Path
) -> None:
    rows = tmp_path / "rows.json"
    rows.write_text(json.dumps({"rows": [annotation(1)]}))
    run("import", rows)
    run("import", kindle, "--data", tmp_path / "other")
    with Library.open(tmp_path / "other") as other, Library.open(tmp_path / "data") as library:
        for merged in (library, library):
            merge_all(merged._database, other._database, lambda done, whole: None)
        assert library.waiting.count() == 3
    assert ": 2 notes taken back" in run("import", "--undo").stdout
    assert ": 1 note taken back" in run("import", "--undo").stdout


def test_one_thing_at_a_time_is_asked_for(kindle: Path) -> None:
    for arguments in ((), (kindle, "--undo"), ("--waiting", "--undo")):
        done = run("import", *arguments)
        assert done.exit_code == 2
        assert "name the files to import, or one of --waiting, --drop and --undo" in done.stderr


def test_what_cannot_be_read_is_one_line_that_names_what_can(tmp_path: Path) -> None:
    for content in (b"", b"\x00\xff", b"a shopping list\n", b'{"a": 1}', b"\x89PNG\r\n"):
        (tmp_path / "file").write_bytes(content)
        done = run("import", tmp_path / "file")
        assert done.exit_code == 2
        assert len(done.stderr.splitlines()) == 1
        assert "what can be imported: hypothesis, json, kindle, koreader, obsidian" in done.stderr


def test_a_whole_note_of_hypothesis_comes_back_as_one(library: Library) -> None:
    page = annotation(2, text="read it again", target=[{"source": ADDRESS}])
    items = read(json.dumps({"rows": [page]}).encode()).notes
    assert outcomes(library, *items) == ["waiting"]
    assert arrived(library)[0][0] == "The council will close the harbour next year."


def test_an_import_that_is_ended_in_the_middle_can_be_undone_and_done_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No note is there of which the import does not know, and none has gone."""
    library.articles.save(ARTICLE)
    here, elsewhere = item(QUAYS), item("Nobody asked", url="https://example.org/other")
    begun = Begun.of("notes.csv")
    with monkeypatch.context() as patch:
        patch.setattr(library.imports, "note", _ends)
        with pytest.raises(KeyboardInterrupt):
            bring_in(library, [here, elsewhere], begun=begun)
    assert (library.notes.of(ARTICLE.id), library.waiting.count()) == ((), 0)
    bring_in(library, [here, elsewhere], begun=begun)
    other = Article(text="“No,” he said. Nobody asked.", url="https://example.org/other")
    library.articles.save(other)
    with monkeypatch.context() as patch:
        patch.setattr(library.waiting, "drop", _ends)
        with pytest.raises(KeyboardInterrupt):
            place_waiting(library, other.id)
    assert (library.notes.of(other.id), library.waiting.count()) == ((), 1)
    assert place_waiting(library, other.id) == 1
    assert library.imports.undo(begun.id) == (2, 0)


def _ends(*args: object) -> None:
    raise KeyboardInterrupt


def test_what_waited_and_comes_once_more_after_its_article_waits_no_longer(
    library: Library,
) -> None:
    """The second import puts it there, and the first one's undo takes it back."""
    one, begun = item(QUAYS, url=ADDRESS), Begun.of("notes.csv")
    bring_in(library, [one], begun=begun)
    library.articles.save(ARTICLE)
    assert outcomes(library, one) == ["imported"]
    assert library.waiting.count() == 0
    assert len(library.notes.of(ARTICLE.id)) == 1
    assert library.imports.undo(begun.id) == (1, 0)
