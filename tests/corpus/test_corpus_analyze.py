"""`pullquote corpus analyze`, as it is called."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from click.testing import CliRunner

from pullquote.article import Article
from pullquote.cli import main
from pullquote.corpus import extra
from pullquote.corpus.dataset import files
from pullquote.corpus.tables import TABLES, rows
from pullquote.findings import Findings
from pullquote.record import Record

parquet = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("distributed")

_TEXTS = {
    "bridge": "“We will close it on Monday,” said Ada Quay, the mayor of Port Ellis. She warned "
    "that the bridge would fall if nothing was done.\n\nThe ministry declined to comment.",
    "strike": "Nurses will strike unless they are paid, their union said. “It's not a threat,” "
    "Bo Lund told reporters, adding that 400 people had left since May.",
}


def _pullquote(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pullquote", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_rows_are_those_that_analyze_prints(tmp_path: Path) -> None:
    inputs, out = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    for name, text in _TEXTS.items():
        (inputs / f"{name}.txt").write_text(text)
    done = _pullquote("corpus", "analyze", inputs, "--out", out, "--workers", "1")
    assert (done.returncode, done.stdout) == (0, "")
    assert f"pullquote: {out} holds 2 articles\n" in done.stderr
    printed = _pullquote("analyze", *sorted(inputs.iterdir())).stdout
    expected = [_rows(msgspec.json.decode(line, type=Record)) for line in printed.splitlines()]
    assert sum(len(one["quotes"]) for one in expected) >= 2
    for table in sorted(set(TABLES) - {"articles", "inputs"}):
        made = [
            row for file in files(str(out), table) for row in parquet.read_table(file).to_pylist()
        ]
        assert made == [row for one in expected for row in one.get(table, [])]
    (file,) = files(str(out), "articles")
    texts = {row["article"]: row["text"] for row in parquet.read_table(file).to_pylist()}
    assert texts == _TEXTS


def _rows(record: Record) -> dict[str, list[dict[str, object]]]:
    fields = {name: getattr(record, name) for name in Findings.__struct_fields__}
    return rows(record.doc, Article(text=record.text), Findings(**fields))


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None if name == "distributed" else name)
    done = CliRunner().invoke(main, ["corpus", "analyze", "in", "--out", "out"])
    assert done.exit_code == 2
    assert done.stderr == (
        "pullquote: distributed: not installed; a corpus needs pip install 'pullquote[corpus]'\n"
    )


def test_workers_that_do_not_start_are_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As where the system gives no more processes."""
    import distributed

    def refused(**given: object) -> None:
        raise RuntimeError("Nanny failed to start.") from BlockingIOError(11, "no more processes")

    monkeypatch.setattr(distributed, "LocalCluster", refused)
    out = str(tmp_path / "out")
    done = CliRunner().invoke(main, ["corpus", "analyze", str(tmp_path), "--out", out])
    assert done.exit_code == 2
    assert "no workers start on this machine" in done.stderr
    assert "no more processes" in done.stderr
    assert len(done.stderr.splitlines()) == 1


class _Scheduler:
    """A client of a scheduler in this process, which gives an address for a dashboard anyway."""

    dashboard_link = "http://127.0.0.1:8787/status"

    def run_on_scheduler(self, function: Callable[[], object]) -> object:
        return function()


def test_a_dashboard_is_told_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of a scheduler that has bokeh and was started with --no-dashboard, there is none."""
    from pullquote.corpus.cluster import dashboard

    monkeypatch.delitem(sys.modules, "bokeh.core", raising=False)
    assert dashboard(_Scheduler()) == ""
    monkeypatch.setitem(sys.modules, "bokeh.core", ModuleType("bokeh.core"))
    assert dashboard(_Scheduler()) == _Scheduler.dashboard_link


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--map", "text"], "write it as name=value"),
        (["--partition-size", "much"], "not a size; write it as 500KB, 16MB or 4GB"),
        (["--memory", "1MB"], "the analysis alone needs 512MB"),
        (["--scheduler", "tcp://127.0.0.1:1", "--workers", "2"], "a scheduler has its own"),
        (["--scheduler", "nowhere"], "no scheduler answers there"),
        ([""], "is empty; name a file or folder"),
        (["--map", "words=body"], "no field “words”"),
    ],
)
def test_a_bad_option_is_one_line(arguments: list[str], line: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = CliRunner().invoke(main, ["corpus", "analyze", "in", "--out", str(out), *arguments])
    assert done.exit_code == 2
    assert line in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not os.path.exists(out)
