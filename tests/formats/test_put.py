"""Files that are written: all or none, never over another, and each under a name of its own."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.formats import FORMATS, ExportError, export, file_name, pieces, put, write
from pullquote.formats.files import File, indented, listed, write_all
from pullquote.notes.reading import Reading, derived
from pullquote.settings import Settings
from tests.readings import note, readings, seed_reading

SETTINGS = Settings()


def a_reading(text: str, title: str = "Same title") -> Reading:
    return derived(Article(text=text, title=title), None, (note(1, (0, 2), text, comment="so"),))


def there(folder: Path) -> dict[str, str]:
    return {one.name: one.read_text() for one in folder.iterdir()}


def test_a_file_that_is_there_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    write("one", path)
    with pytest.raises(ExportError, match=r"out\.md: already exists"):
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
            write_all([File(tmp_path / "first", ["new"]), File(tmp_path / wrong, ["new"])])
        assert {one.name for one in tmp_path.iterdir()} == {"taken", "folder"}
    assert (tmp_path / "taken").read_text() == "mine"


def test_all_formats_fit_into_one_folder(seed: Article, findings: Findings, tmp_path: Path) -> None:
    written = [
        path
        for form in FORMATS
        for path in put([seed_reading(seed, findings)], form, SETTINGS, tmp_path)
    ]
    assert len({path.name.lower() for path in written}) == len(written) == len(FORMATS) + 1
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in written}


def test_into_a_folder_goes_an_article_a_file_and_all_or_none(tmp_path: Path) -> None:
    first, second = a_reading("So it is."), a_reading("So it was.")
    (taken,) = put([second], "markdown", SETTINGS, tmp_path)
    before = there(tmp_path)
    with pytest.raises(ExportError, match="already exists"):
        put([first, second], "markdown", SETTINGS, tmp_path)
    assert there(tmp_path) == before
    assert len(put([first, second, first], "markdown", SETTINGS, tmp_path, force=True)) == 2
    assert len(there(tmp_path)) == 2
    assert taken.name in there(tmp_path)


def test_a_note_that_cannot_be_brought_up_to_date_keeps_all_others_from_being_written(
    tmp_path: Path,
) -> None:
    first, second = a_reading("So it is."), a_reading("So it was.")
    (path,) = put([second], "obsidian", SETTINGS, tmp_path)
    path.write_text("mine")
    with pytest.raises(ExportError, match=r"cannot be updated: there is no section") as failed:
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
    with pytest.raises(ExportError, match=r"a\.txt: already exists"):
        put([a_reading("So it is.")], "brat", SETTINGS, tmp_path / "a.ann")
    assert there(tmp_path) == {"a.txt": "mine"}


def test_with_force_a_companion_replaces_only_what_an_export_wrote(tmp_path: Path) -> None:
    reading = a_reading("So it is.")
    (tmp_path / "art.txt").write_text("mine")
    with pytest.raises(ExportError, match=r"art\.txt: already exists"):
        put([reading], "brat", SETTINGS, tmp_path / "art.ann", force=True)
    assert there(tmp_path) == {"art.txt": "mine"}
    put([reading], "brat", SETTINGS, tmp_path / "other.ann")
    put([reading], "brat", SETTINGS, tmp_path / "other.ann", force=True)
    assert there(tmp_path)["other.txt"] == "So it is."


def test_the_file_that_an_article_was_read_from_is_kept_under_any_name(tmp_path: Path) -> None:
    source = tmp_path / "article.txt"
    source.write_text("So it is.")
    (tmp_path / "hard.md").hardlink_to(source)
    (tmp_path / "soft.md").symlink_to("article.txt")
    (tmp_path / "in").mkdir()
    before = source.read_text()
    for name in ("article.txt", "hard.md", "soft.md", "in/../article.txt"):
        with pytest.raises(
            ExportError, match="is the file that the article was read from; choose another name"
        ):
            put(
                [a_reading("So it is.")],
                "text",
                SETTINGS,
                tmp_path / name,
                force=True,
                sources=lambda: [source],
            )
    assert source.read_text() == before
    (tmp_path / "art.ann").write_text("an export")
    (tmp_path / "art.txt").hardlink_to(source)
    with pytest.raises(ExportError, match="was read from"):
        put(
            [a_reading("So it is.")],
            "brat",
            SETTINGS,
            tmp_path / "art.ann",
            force=True,
            sources=lambda: [source],
        )
    assert (source.read_text(), (tmp_path / "art.ann").read_text()) == (before, "an export")


def test_a_note_that_is_a_link_is_brought_up_to_date_behind_it(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    real, link = tmp_path / "vault" / "note.md", tmp_path / "note.md"
    link.symlink_to(real)
    reading = a_reading("So it is.")
    put([reading], "obsidian", SETTINGS, link)
    real.write_text(real.read_text() + "mine")
    put([reading], "obsidian", SETTINGS, link)
    assert link.is_symlink()
    assert real.read_text().endswith("mine")


@pytest.mark.parametrize("form", FORMATS)
def test_a_pipe_is_written_into_and_never_read(form: str, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    other_end = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        os.write(other_end, b"not for us")
        list(put([a_reading("Said.")], form, Settings(), pipe))
        assert os.read(other_end, 10) == b"not for us"
        assert pipe.is_fifo()
    finally:
        os.close(other_end)


@pytest.mark.parametrize("letter", ["\U0001d538", "漢", "é", "w"])
def test_a_long_title_in_any_letters_gives_a_name_that_file_systems_take(
    tmp_path: Path, letter: str
) -> None:
    for form in FORMATS:
        name = file_name(a_reading("So.", letter * 60), form)
        assert len(name.encode()) < 255
        assert name.startswith(letter * 40)
    assert len(put([a_reading("So.", letter * 60)], "claimreview", SETTINGS, tmp_path)) == 1


# --- of any size


def _alive() -> int:
    gc.collect()
    return sum(isinstance(one, Reading) for one in gc.get_objects())


@pytest.mark.parametrize("form", FORMATS)
def test_no_more_than_a_few_readings_are_held_at_a_time(form: str, tmp_path: Path) -> None:
    """Whatever the format, a library of any size can be written."""
    before, held = _alive(), list[int]()

    def readings() -> Iterator[Reading]:
        for number in range(12):
            yield a_reading(f"So it is, {number}.")
        held.append(_alive() - before)

    (tmp_path / "folder").mkdir()
    put(readings(), form, SETTINGS, tmp_path / "folder")
    if not FORMATS[form].single:
        put(readings(), form, SETTINGS, tmp_path / "file")
    assert max(held) <= 3


@pytest.mark.parametrize("form", [name for name, one in FORMATS.items() if not one.single])
@given(st.lists(readings(), max_size=3))
def test_piece_by_piece_gives_the_same_as_at_once(form: str, ones: list[Reading]) -> None:
    written = b"".join(
        one.encode() if isinstance(one, str) else one for one in pieces(iter(ones), form, SETTINGS)
    )
    whole = export(ones, form, SETTINGS)
    assert written == (whole.encode() if isinstance(whole, str) else whole)


def test_a_list_of_values_is_written_as_json_at_once_would_be() -> None:
    for values in ([], [1], [{"a": [1, {}], "b": []}, "x\ny", [[]]]):
        assert "".join(listed(iter(values))) + "\n" == indented(values)
        assert "".join(listed(iter(values), depth=2)) in indented({"a": {"b": values}})


def test_several_articles_need_a_folder_but_the_same_one_twice_does_not(tmp_path: Path) -> None:
    one = a_reading("So it is.")
    put([one, replace(one)], "markdown", SETTINGS, tmp_path / "a.md")
    with pytest.raises(ExportError, match="make it a folder to export several"):
        put([one, a_reading("So it was.")], "markdown", SETTINGS, tmp_path / "b.md")
