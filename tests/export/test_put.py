"""Files that are written: all or none, never over another, and each under a name of its own."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.readings import note, seed_reading
from tui.analysis.findings import Findings
from tui.article import Article
from tui.export import EXPORTERS, ExportError, put, write
from tui.export.files import write_all
from tui.library.reading import Reading, derived
from tui.settings import Settings

SETTINGS = Settings()


def a_reading(text: str, title: str = "Same title") -> Reading:
    return derived(Article(text=text, title=title), None, (note(1, (0, 2), text, comment="so"),))


def there(folder: Path) -> dict[str, str]:
    return {one.name: one.read_text() for one in folder.iterdir()}


def test_a_file_that_is_there_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    write("one", path)
    with pytest.raises(ExportError, match=r"out\.md: is there already"):
        write("two", path)
    assert path.read_text() == "one"
    write("two", path, force=True)
    assert there(tmp_path) == {"out.md": "two"}


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        write("one", tmp_path / "no" / "out.md")


def test_if_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    (tmp_path / "folder").mkdir()
    for wrong in ("taken", "folder", "no/such", "x" * 300):
        with pytest.raises(ExportError, match=wrong):
            write_all({tmp_path / "first": "new", tmp_path / wrong: "new"})
        assert {one.name for one in tmp_path.iterdir()} == {"taken", "folder"}
    assert (tmp_path / "taken").read_text() == "mine"


def test_all_formats_fit_into_one_folder(seed: Article, findings: Findings, tmp_path: Path) -> None:
    written = [path for form in EXPORTERS for path in put([seed_reading(seed, findings)], form, SETTINGS, tmp_path)]
    assert len({path.name.lower() for path in written}) == len(written) == len(EXPORTERS) + 1
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in written}


def test_into_a_folder_goes_an_article_a_file_and_all_or_none(tmp_path: Path) -> None:
    first, second = a_reading("So it is."), a_reading("So it was.")
    (taken,) = put([second], "markdown", SETTINGS, tmp_path)
    before = there(tmp_path)
    with pytest.raises(ExportError, match="is there already"):
        put([first, second], "markdown", SETTINGS, tmp_path)
    assert there(tmp_path) == before
    assert len(put([first, second, first], "markdown", SETTINGS, tmp_path, force=True)) == 2
    assert len(there(tmp_path)) == 2
    assert taken.name in there(tmp_path)


def test_a_note_that_cannot_be_brought_up_to_date_keeps_all_others_from_being_written(tmp_path: Path) -> None:
    first, second = a_reading("So it is."), a_reading("So it was.")
    (path,) = put([second], "obsidian", SETTINGS, tmp_path)
    path.write_text("mine")
    with pytest.raises(ExportError, match=r"cannot be written into: there is no section") as failed:
        put([first, second], "obsidian", SETTINGS, tmp_path)
    assert str(failed.value).count("choose another") == 1
    assert there(tmp_path) == {path.name: "mine"}


def test_notes_that_are_there_are_brought_up_to_date_and_the_others_made(tmp_path: Path) -> None:
    first, second = a_reading("So it is."), a_reading("So it was.")
    (path,) = put([second], "obsidian", SETTINGS, tmp_path)
    path.write_text(path.read_text() + "mine")
    assert len(put([first, second], "obsidian", SETTINGS, tmp_path)) == 2
    assert path.read_text().endswith("mine")


def test_a_file_that_would_be_its_own_companion_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"a\.txt: two files"):
        put([a_reading("So it is.")], "brat", SETTINGS, tmp_path / "a.txt", force=True)
    (tmp_path / "a.txt").write_text("mine")
    with pytest.raises(ExportError, match=r"a\.txt: is there already"):
        put([a_reading("So it is.")], "brat", SETTINGS, tmp_path / "a.ann")
    assert there(tmp_path) == {"a.txt": "mine"}


def test_several_articles_need_a_folder_but_the_same_one_twice_does_not(tmp_path: Path) -> None:
    one = a_reading("So it is.")
    put([one, replace(one)], "markdown", SETTINGS, tmp_path / "a.md")
    with pytest.raises(ExportError, match="make a folder of that name for 2 articles"):
        put([one, a_reading("So it was.")], "markdown", SETTINGS, tmp_path / "b.md")
