"""What is part of a corpus, and what only lies in its folder."""

from pathlib import Path

import pytest

from pullquote.corpus.dataset import File, Record, file_name, files, put
from pullquote.corpus.extra import CorpusError
from pullquote.corpus.place import Place

pytest.importorskip("fsspec")


@pytest.fixture(params=["disk", "memory"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "out") if request.param == "disk" else f"memory://{tmp_path.name}"


def _write(place: Place, identity: str, *tables: str) -> str:
    """Write a partition; what its files are called."""
    held = {table: File(rows=1, size=3, sha256="") for table in tables}
    record = Record(id=identity, analyser="a", files=held)
    put(place, record, dict.fromkeys(tables, b"any"))
    return record.stem


def test_what_no_record_names_is_no_part_of_the_corpus(folder: str) -> None:
    place = Place(folder)
    place.write(file_name("quotes", "left"), b"any")
    b = _write(place, "b", "articles", "quotes")
    a = _write(place, "a", "quotes")
    assert files(folder, "quotes") == [place.url(f"quotes/{one}.parquet") for one in (a, b)]
    assert files(folder, "articles") == [place.url(f"articles/{b}.parquet")]
    assert files(folder, "warnings") == []


def test_a_folder_whose_name_could_be_a_pattern_is_read(tmp_path: Path) -> None:
    folder = str(tmp_path / "Corpus [draft] *")
    stem = _write(Place(folder), "a", "quotes")
    assert files(folder, "quotes") == [f"{folder}/quotes/{stem}.parquet"]


def test_what_is_no_corpus_or_no_table_is_said(folder: str) -> None:
    with pytest.raises(CorpusError, match="no corpus; pullquote corpus analyze"):
        files(folder, "quotes")
    with pytest.raises(CorpusError, match="no such table"):
        files(folder, "voices")


def test_a_file_is_made_once(folder: str) -> None:
    place = Place(folder)
    place.create("lock", b"mine")
    with pytest.raises(FileExistsError):
        place.create("lock", b"theirs")
    assert place.read("lock") == b"mine"
    place.remove("lock")
    place.remove("lock")
    assert not place.exists("lock")


def test_what_is_not_whole_is_not_in_its_place(folder: str) -> None:
    place = Place(folder)

    def break_off() -> None:
        with place.written("list") as file:
            file.write(b"the first half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert not place.exists("list")
    with place.written("list") as file:
        file.write(b"all of it")
    assert place.read("list") == b"all of it"


def test_what_killed_writers_have_left_is_removed(tmp_path: Path) -> None:
    place = Place(str(tmp_path))
    left = [tmp_path / ".writing-1-inputs.jsonl", tmp_path / "said" / ".writing-1-a.parquet"]
    index = tmp_path / ".writing-1-index.duckdb"
    (tmp_path / "said").mkdir()
    for path in (*left, index):
        path.touch()
    place.clear()
    assert not any(path.exists() for path in left)
    assert index.exists()  # somebody may be making it
