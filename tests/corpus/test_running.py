"""A run makes what is missing, each article once, and loses nothing to whatever ends it."""

import os
import shutil
from collections import Counter
from pathlib import Path

import msgspec
import pytest

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

from pyarrow import parquet

from pullquote import __version__
from pullquote.analysis import DEFAULT_MODEL
from pullquote.corpus import dataset
from pullquote.corpus.dataset import Manifest, files
from pullquote.corpus.extra import CorpusError
from pullquote.corpus.locking import alone
from pullquote.corpus.making import Progress, Task
from pullquote.corpus.parts import Options
from pullquote.corpus.place import Place
from pullquote.corpus.running import plan, run
from pullquote.corpus.worker import Outcome, perform
from tests.corpus.stubs import STUB, Inline, analysed

COUNT = 20
_MADE = {"articles": COUNT, "actors": 3 * COUNT, "signatures": COUNT, "inputs": COUNT}
_SMALL = 2_000  # bytes of a partition: two or so of our files, each of which counts for 1 KB


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder of twenty articles."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(COUNT):
        (folder / f"{number:02}.txt").write_text(f"On day {number} Ada met Bo.")
    analysed.clear()
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def _task(out: Path | str, *inputs: Path, **told: bool) -> Task:
    made = plan(str(out), Options(), DEFAULT_MODEL, seconds=0, memory=0)
    return Task(
        inputs=tuple(map(str, inputs)),
        plan=msgspec.structs.replace(made, analyst=STUB),
        partition_size=_SMALL,
        **told,
    )


def _run(task: Task, client: Inline | None = None) -> tuple[Progress, Manifest]:
    return run(task, client or Inline(), lambda progress: None)


def _rows(out: Path | str, table: str = "articles") -> list[dict[str, object]]:
    return [row for one in files(str(out), table) for row in parquet.read_table(one).to_pylist()]


def _ids(out: Path) -> list[object]:
    return sorted(str(row["article"]) for row in _rows(out))


def test_all_articles_are_there_once_with_their_findings(inputs: Path, out: Path) -> None:
    progress, held = _run(_task(out, inputs))
    assert _ids(out) == [f"{number:02}" for number in range(COUNT)]
    names = Counter(row["name"] for row in _rows(out, "actors"))
    assert names == {"On": COUNT, "Ada": COUNT, "Bo.": COUNT}
    assert (progress.articles, progress.errors, progress.words) == (COUNT, 0, 6 * COUNT)
    assert held.rows == _MADE
    assert (held.is_complete, held.words) == (True, 6 * COUNT)
    assert held == dataset.manifest(Place(str(out)))
    assert held.partitions > 3
    listed = _rows(out, "inputs")
    assert {row["input"] for row in listed} == {str(path) for path in inputs.iterdir()}
    assert {row["articles"] for row in listed} == {1}
    assert len({row["sha256"] for row in listed}) == COUNT


def test_a_second_run_does_nothing(inputs: Path, out: Path) -> None:
    _run(_task(out, inputs))
    before = {path: path.stat().st_mtime_ns for path in out.glob("*/*")}
    analysed.clear()
    progress, held = _run(_task(out, inputs))
    assert not analysed
    assert (progress.articles, progress.kept) == (0, held.partitions)
    assert {path: path.stat().st_mtime_ns for path in out.glob("*/*")} == before


def test_a_stopped_run_goes_on_where_it_was(inputs: Path, out: Path, tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.articles > 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(_task(out, inputs), Inline(), stop)
    there = len(_rows(out))
    assert 5 < there < COUNT
    made = dataset.manifest(Place(str(out)))
    assert made is not None
    assert not made.is_complete
    analysed.clear()
    _run(_task(out, inputs))
    assert there + len(analysed) <= COUNT + 8  # those that were in flight are done again
    _run(_task(tmp_path / "at once", inputs))
    of_both = [
        sorted((path.name, path.read_bytes()) for path in folder.glob("*/*"))
        for folder in (out, tmp_path / "at once")
    ]
    assert of_both[0] == of_both[1]


def test_what_has_changed_is_done_anew_and_what_is_gone_goes(inputs: Path, out: Path) -> None:
    _run(_task(out, inputs))
    (inputs / "10.txt").write_text("Cy met Di, who was late.")
    (inputs / "18.txt").unlink()
    (inputs / "15b.txt").write_text("A new one of Ed.")
    analysed.clear()
    _run(_task(out, inputs))
    assert len(analysed) < COUNT
    texts = {str(row["article"]): row["text"] for row in _rows(out)}
    assert set(texts) == {f"{number:02}" for number in range(COUNT)} - {"18"} | {"15b"}
    assert len(_rows(out)) == COUNT
    assert texts["10"] == "Cy met Di, who was late."
    assert {str(path) for path in out.glob("articles/*")} == set(files(str(out), "articles"))


def test_what_was_only_touched_is_read_and_not_analysed_anew(inputs: Path, out: Path) -> None:
    _run(_task(out, inputs))
    before = {path: path.read_bytes() for path in out.glob("*/*.parquet")}
    for path in inputs.iterdir():
        os.utime(path, (1, 1))
    analysed.clear()
    progress, held = _run(_task(out, inputs))
    assert not analysed
    assert progress.kept == held.partitions
    assert {path: path.read_bytes() for path in out.glob("*/*.parquet")} == before


def test_a_change_that_neither_size_nor_time_tells_is_found_when_asked(
    inputs: Path, out: Path
) -> None:
    _run(_task(out, inputs))
    path, at = inputs / "10.txt", (inputs / "10.txt").stat()
    path.write_text(path.read_text().replace("Ada", "Eve"))
    os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))
    analysed.clear()
    _run(_task(out, inputs))
    assert not analysed
    progress, held = _run(_task(out, inputs, verifies=True))
    assert progress.kept == held.partitions - 1
    names = Counter(row["name"] for row in _rows(out, "actors"))
    assert (names["Ada"], names["Eve"]) == (COUNT - 1, 1)
    assert held.rows == _MADE


def test_the_inputs_are_listed_once(
    inputs: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = list[object]()
    listdir = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: (listed.append(path), listdir(path))[1])
    progress, _ = _run(_task(out, inputs))
    assert listed.count(str(inputs)) == 1
    assert progress.total == progress.done > 0


def test_a_record_does_not_grow_with_its_inputs(inputs: Path, out: Path) -> None:
    def analyse() -> None:
        _run(msgspec.structs.replace(_task(out, inputs), partition_size=1 << 20))

    analyse()
    few = next(out.glob("partitions/*")).stat().st_size
    for number in range(100, 400):
        (inputs / f"{number}.txt").write_text(f"On day {number} Ada met Bo.")
    analyse()
    assert all(one.stat().st_size < few + 50 for one in out.glob("partitions/*"))


def test_what_came_of_another_input_is_not_dropped_unasked(inputs: Path, out: Path) -> None:
    other = inputs.parent / "other"
    shutil.copytree(inputs, other)
    _run(_task(out, inputs))
    with pytest.raises(CorpusError, match=r"was made of .*in, too; name that again"):
        _run(_task(out, other))
    assert _ids(out) == [f"{number:02}" for number in range(COUNT)]
    _run(_task(out, other, drops=True))
    assert {row["source"] for row in _rows(out)} == {str(path) for path in other.iterdir()}


def test_a_record_that_is_damaged_is_told_and_made_anew_without_it(inputs: Path, out: Path) -> None:
    _run(_task(out, inputs))
    before = _rows(out)
    record = next((out / "partitions").iterdir())
    record.write_bytes(b"")
    with pytest.raises(CorpusError, match=r"^\S+partitions: a file in it is damaged"):
        _run(_task(out, inputs))
    record.unlink()
    _run(_task(out, inputs))
    assert _rows(out) == before


def test_a_partition_that_has_lost_a_file_is_made_anew(inputs: Path, out: Path) -> None:
    _run(_task(out, inputs))
    before = _rows(out, "actors")
    Path(files(str(out), "actors")[0]).unlink()
    progress, held = _run(_task(out, inputs))
    assert _rows(out, "actors") == before
    assert progress.kept == held.partitions - 1


def test_files_of_others_are_neither_written_among_nor_removed(inputs: Path, out: Path) -> None:
    theirs = out / "articles" / "theirs.parquet"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"PAR1")
    with pytest.raises(CorpusError, match=r"theirs\.parquet"):
        _run(_task(out, inputs))
    theirs.rename(out / "away")
    _run(_task(out, inputs))
    (out / "away").rename(theirs)
    _run(_task(out, inputs))
    assert theirs.exists()


@pytest.mark.parametrize("where", [".", "corpus", "deep/corpus"])
def test_a_corpus_is_not_made_where_it_would_be_read(where: str, inputs: Path) -> None:
    with pytest.raises(CorpusError, match="use a folder beside it"):
        _run(_task(inputs / where, inputs))


def test_an_input_that_cannot_be_reached_loses_nothing(inputs: Path, out: Path) -> None:
    _run(_task(out, inputs))
    inputs.rename(inputs.parent / "unplugged")
    _, held = _run(_task(out, inputs))
    assert held.rows["articles"] == COUNT
    ((error),) = _rows(out, "errors")
    assert (error["input"], error["part"]) == (str(inputs), "")
    (inputs.parent / "unplugged").rename(inputs)
    _, held = _run(_task(out, inputs))
    assert held.rows == _MADE


def test_an_article_that_fails_is_one_row_of_errors(inputs: Path, out: Path) -> None:
    (inputs / "07.txt").write_text("This one FAILS.")
    (inputs / "08.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    progress, held = _run(_task(out, inputs))
    assert (held.rows["articles"], progress.errors) == (COUNT - 1, 2)
    failed, unread = sorted(_rows(out, "errors"), key=lambda row: str(row["input"]))
    assert failed == {
        "input": str(inputs / "07.txt"),
        "part": "07",
        "why": "the analysis failed: as it was told to",
    }
    assert unread["input"] == str(inputs / "08.png")
    (inputs / "07.txt").touch()
    analysed.clear()
    _run(_task(out, inputs, retries_errors=True))
    assert 0 < len(analysed) < COUNT
    assert len(_rows(out)) == COUNT - 1


@pytest.mark.parametrize("killers", [{"12"}, {"00", "01", "19"}])
def test_an_article_that_kills_its_worker_costs_itself_alone(
    inputs: Path, out: Path, killers: set[str]
) -> None:
    for one in killers:
        (inputs / f"{one}.txt").write_text("This one KILLS.")
    _, held = _run(_task(out, inputs))
    assert set(_ids(out)) == {f"{number:02}" for number in range(COUNT)} - killers
    errors = _rows(out, "errors")
    assert {row["part"] for row in errors} == killers
    assert {row["why"] for row in errors} == {"its worker died of it, each time"}
    assert not list(out.glob("trails/*"))
    assert held.is_complete


def test_two_runs_into_one_folder_are_refused(inputs: Path, out: Path) -> None:
    for folder in (str(out), "memory://two-runs"):
        with (
            alone(Place(folder)),
            pytest.raises(CorpusError, match="another run is writing"),
        ):
            _run(_task(folder, inputs))
        _run(_task(folder, inputs))
        assert len(_rows_in_memory(folder)) == COUNT


def _rows_in_memory(folder: str) -> list[object]:
    place = Place(folder)
    return [row for record in dataset.records(place) for row in range(record.rows("articles"))]


def test_a_folder_that_cannot_be_written_ends_the_run_with_a_line(inputs: Path, out: Path) -> None:
    out.mkdir()
    (out / "articles").write_text("in the way")
    with pytest.raises(CorpusError, match=r"articles.*; the same command goes on from here"):
        _run(_task(out, inputs))
    (out / "articles").unlink()
    _run(_task(out, inputs))
    assert len(_rows(out)) == COUNT


def test_a_lost_scheduler_ends_the_run_with_a_line(inputs: Path, out: Path) -> None:
    with pytest.raises(CorpusError, match="scheduler is gone; the same command goes on"):
        _run(_task(out, inputs), Inline(lost=3))
    _run(_task(out, inputs))
    assert len(_rows(out)) == COUNT


def test_where_there_is_no_model_the_run_ends(inputs: Path, out: Path) -> None:
    (inputs / "07.txt").write_text("This one has NOMODEL.")
    with pytest.raises(CorpusError, match="no such model"):
        _run(_task(out, inputs))


def test_a_worker_of_another_version_does_nothing() -> None:
    outcome = msgspec.json.decode(perform("0.0.0", b"of another form"), type=Outcome)
    assert outcome.refusal == (
        f"the worker has pullquote {__version__}, and this is 0.0.0; install the same"
    )


def test_another_analyser_makes_other_partitions(inputs: Path, out: Path) -> None:
    task = _task(out, inputs)
    _run(task)
    other = msgspec.structs.replace(task.plan, analyser="another/9")
    with pytest.raises(CorpusError, match="this is another/9"):
        _run(msgspec.structs.replace(task, plan=other))
    assert len(_rows(out)) == COUNT
