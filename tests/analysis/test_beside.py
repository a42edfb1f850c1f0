"""The helper process may hang, die or lie in a folder of traps; the reader gets one line."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import psutil
import pytest

from pullquote.analysis import DEFAULT_MODEL, SHIPPED, AnalysisFailed, NoModel
from pullquote.analysis.beside import Helper, Waiting, analyse_beside, deadline, each_in_order
from pullquote.analysis.messages import Request
from pullquote.analysis.pipeline import analyse
from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.store import Library
from pullquote.settings import Settings
from tests.analysis import models
from tests.conftest import ROOT, SOURCE
from tests.reader.conftest import at_desk

SAID = "“We will go,” said Jane Miller."
_PATIENCE = 60  # seconds, for what takes a moment: a process that is still there then never ends


@pytest.fixture
def misbehaving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A model that does what a text says in brackets."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    return models.install(tmp_path / "site")


def given(helper: Helper, *texts: str) -> list[Findings | str]:
    """What a helper gives for each of some texts: findings, or the line that says why not."""

    async def one(text: str) -> Findings | str:
        try:
            return await helper.analyse(text)
        except AnalysisFailed as error:
            return str(error)

    async def all_of_them() -> list[Findings | str]:
        try:
            return [await one(text) for text in texts]
        finally:
            await helper.close()

    return asyncio.run(all_of_them())


def running() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def test_a_helper_finds_what_the_analysis_finds_in_one_text_after_another(model: str) -> None:
    texts = (SAID, "", "The weather was fine.", SAID)
    assert given(Helper(model), *texts) == [analyse(text) for text in texts]


@pytest.fixture
def model() -> str:
    return DEFAULT_MODEL


@pytest.mark.parametrize(
    "code", ["import time; time.sleep(600)", "import re; re.match('(a+)+$', 'a' * 64 + 'b')"]
)
def test_an_analysis_that_hangs_is_given_up_and_its_process_ended(model: str, code: str) -> None:
    before = running()
    helper = Helper(model, command=[sys.executable, "-c", code], deadline=lambda text: 0.2)
    (line,) = given(helper, "x" * 5_000_000)  # more than a pipe takes: it is not even read
    assert line == "the analysis was given up: not done after 0 s"
    assert running() == before


@pytest.mark.parametrize(
    ("code", "line"),
    [
        (
            "import os; os.kill(os.getpid(), 9)",
            "ended by the system (SIGKILL); its memory may have run out",
        ),
        ("raise SystemExit(3)", "ended without findings (status 3)"),
        ("print('no JSON', flush=True); input()", "broke off: "),
        ("print('{}', flush=True); input()", "failed: None"),
    ],
)
def test_a_helper_that_dies_or_babbles_is_one_line(model: str, code: str, line: str) -> None:
    (said,) = given(Helper(model, command=[sys.executable, "-c", code]), SAID)
    assert isinstance(said, str)
    assert line in said
    assert "\n" not in said


def test_a_program_that_is_not_there_is_one_line(model: str) -> None:
    (said,) = given(Helper(model, command=["/none/python"]), SAID)
    assert isinstance(said, str)
    assert said.startswith("the analysis broke off: ")


def test_after_a_text_that_kills_its_helper_the_next_is_analysed(misbehaving: str) -> None:
    found = given(Helper(misbehaving), "It [dies] here.", SAID, "It [fails] here.", SAID)
    assert [isinstance(one, Findings) for one in found] == [False, True, False, True]
    assert found[2] == "the analysis failed: MemoryError: no room for this"


def test_a_model_that_is_not_there_is_told_from_a_text_that_fails() -> None:
    helper = Waiting(Helper("no_such_model"))
    with pytest.raises(NoModel, match='"no_such_model" cannot be loaded; install it'):
        helper.analyse(SAID)
    before = running()
    helper.close()
    assert len(running()) == len(before) - 1


def test_a_deadline_grows_with_the_text() -> None:
    assert deadline("") >= 60
    assert deadline("x" * 2_000_000) - deadline("x" * 1_000_000) == pytest.approx(1_000)


def test_cancelling_ends_the_process(misbehaving: str) -> None:
    before = running()

    async def cancelled() -> None:
        task = asyncio.create_task(
            analyse_beside("It [spins].", misbehaving, lambda share: None, lambda found: None)
        )
        while running() == before:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert running() == before


@pytest.mark.parametrize("moment", [0, 1, 2, 3, 5, 8, 13, 21, 34])
def test_cancelling_at_any_moment_leaves_no_process(model: str, moment: int) -> None:
    before = running()

    async def cancelled() -> None:
        helper = Helper(model, command=[sys.executable, "-S", "-c", "import time; time.sleep(600)"])
        task = asyncio.create_task(helper.analyse(SAID))
        for _ in range(moment):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        assert running() == before

    asyncio.run(cancelled())


def test_several_helpers_give_their_findings_in_the_order_of_the_texts() -> None:
    async def work(helper: Helper, number: int) -> int:
        for _ in range(50 - number):  # the later a text, the sooner it is done
            await asyncio.sleep(0)
        return number

    assert list(each_in_order(work, range(50), [Helper("m") for _ in range(3)])) == list(range(50))


async def test_in_the_reader_an_analysis_that_dies_is_one_line_and_the_text_is_read_on(
    misbehaving: str, library: Library
) -> None:
    article = Article(text="It [dies] here. It goes on.")
    async with at_desk(library, article, None, settings=Settings(model=misbehaving)) as at:
        assert "the analysis was ended by the system" in at.status
        assert "match 1 of 1" in await at.press("slash", *"goes", "enter")


# --- a reader that was killed

_READER = """
import asyncio, sys
from pullquote.analysis.beside import Helper
asyncio.run(Helper(sys.argv[1]).analyse(sys.argv[2]))
"""


def test_a_helper_whose_reader_was_killed_ends(misbehaving: str) -> None:
    reader = subprocess.Popen([sys.executable, "-c", _READER, misbehaving, "It [spins]."], cwd=ROOT)
    one = psutil.Process(reader.pid)
    while not (helpers := one.children()):
        assert reader.poll() is None
    reader.kill()
    reader.wait()
    assert not psutil.wait_procs(helpers, timeout=_PATIENCE)[1]


def test_a_helper_that_hangs_in_c_code_and_is_left_alone_is_ended_by_the_system(
    misbehaving: str,
) -> None:
    command = [sys.executable, "-m", "pullquote.analysis", "--model", misbehaving]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=ROOT
    ) as helper:
        assert helper.stdin is not None
        helper.stdin.write(msgspec.json.encode(Request(text="It [hangs].", seconds=1.0)) + b"\n")
        helper.stdin.flush()
        assert helper.wait(_PATIENCE) == -signal.SIGPROF


# --- a folder full of traps

_TRAPS = (
    "spacy",
    "random",
    "dis",
    "names",
    "warnings",
    "numpy",
    "msgspec",
    "sitecustomize",
    "en_core_web_sm",
)
_SPRUNG = "open({trace!r}, 'a').write(__name__ + chr(10))\n"


@pytest.fixture
def trapped(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of files that would run in place of Python's and ours, and the traces' place."""
    folder, trace = tmp_path / "downloads", tmp_path / "trace"
    for package in ("pullquote", "pullquote/analysis", "tui", "model", "data"):
        (folder / package).mkdir(parents=True)
        (folder / package / "__init__.py").write_text(_SPRUNG.format(trace=str(trace)))
    for name in _TRAPS:
        (folder / f"{name}.py").write_text(_SPRUNG.format(trace=str(trace)))
    (folder / "article.txt").write_text(SAID, encoding="utf-8")
    return folder, trace


@pytest.mark.parametrize("path", [None, "", ".", os.pathsep, f"model{os.pathsep}{os.pathsep}."])
def test_a_helper_runs_nothing_from_the_folder_that_the_reader_is_in(
    model: str, trapped: tuple[Path, Path], path: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, trace = trapped
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONSTARTUP", str(folder / "random.py"))
    if path is not None:
        monkeypatch.setenv("PYTHONPATH", path)
    assert given(Helper(model), SAID) == [analyse(SAID)]
    assert not trace.exists()


def program(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program as its own script starts it: no modules from the working directory."""
    command = [sys.executable, "-P", "-m", "pullquote.cli", *arguments]
    environment = os.environ | {"PYTHONPATH": str(SOURCE.parent)}
    return subprocess.run(
        command, capture_output=True, text=True, cwd=folder, env=environment, check=False
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("analyze", "article.txt", "--format", "text"),
        ("analyze", "article.txt", "article.txt", "--jobs", "2", "--format", "text"),
        ("--plain", "article.txt"),
        ("export", "article.txt", "--format", "text"),
    ],
)
def test_no_command_runs_what_lies_beside_the_article(
    trapped: tuple[Path, Path], arguments: tuple[str, ...]
) -> None:
    folder, trace = trapped
    done = program(folder, *arguments)
    assert done.returncode == 0, done.stderr
    assert "[quote 1: Jane Miller]" in done.stdout
    assert not trace.exists()


def test_a_model_in_a_folder_is_found_from_where_the_reader_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SHIPPED, tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    (found,) = given(Helper("./mine"), SAID)
    assert isinstance(found, Findings)
    assert len(found.quotes) == 1
    (refused,) = given(Helper("mine"), SAID)  # a bare name is a package's
    assert 'pipeline "mine" cannot be loaded' in str(refused)


# --- the command line


@pytest.fixture
def settings_of(tmp_path: Path) -> Callable[[str], None]:
    def write(model: str) -> None:
        (tmp_path / "config.toml").write_text(f'model = "{model}"\n')

    return write


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_kills_the_analysis_is_reported_and_the_others_go_on(
    tmp_path: Path, settings_of: Callable[[str], None], jobs: str
) -> None:
    settings_of(models.NAME)
    models.install(tmp_path / "site")
    for name, text in {
        "a": SAID,
        "b": "It [dies].",
        "c": SAID,
        "d": "It [fails].",
        "e": SAID,
    }.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    names = [f"{name}.txt" for name in "abcde"]
    command = [sys.executable, "-P", "-m", "pullquote.cli", "analyze", *names, "--jobs", jobs]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(tmp_path / "site"), str(SOURCE.parent)))
    }
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
    )
    assert done.returncode == 1
    assert [msgspec.json.decode(line)["doc"] for line in done.stdout.splitlines()] == [
        "a",
        "c",
        "e",
    ]
    first, second = done.stderr.splitlines()
    assert first.startswith("pullquote: b.txt: the analysis was ended by the system (SIGKILL)")
    assert second == "pullquote: d.txt: the analysis failed: MemoryError: no room for this"


def test_a_text_that_cannot_be_analysed_is_printed_all_the_same(
    tmp_path: Path, settings_of: Callable[[str], None]
) -> None:
    settings_of(models.NAME)
    models.install(tmp_path / "site")
    (tmp_path / "b.txt").write_text("It [dies].\n\nThat was all.", encoding="utf-8")
    command = [sys.executable, "-P", "-m", "pullquote.cli", "--plain", "b.txt"]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(tmp_path / "site"), str(SOURCE.parent)))
    }
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
    )
    assert done.returncode == 1
    assert "It [dies].\n\nThat was all.\n\nNot analysed." in done.stdout
    (line,) = done.stderr.splitlines()
    assert line.startswith("pullquote: the analysis was ended by the system (SIGKILL)")


@pytest.mark.parametrize("arguments", [("analyze",), ("--plain",), ("export",)])
def test_a_model_that_is_not_there_is_one_line_and_status_2(
    tmp_path: Path, settings_of: Callable[[str], None], arguments: tuple[str, ...]
) -> None:
    settings_of("no_such_model")
    (tmp_path / "article.txt").write_text(SAID, encoding="utf-8")
    done = program(
        tmp_path,
        *arguments,
        "article.txt",
        *(("--format", "text") if arguments == ("export",) else ()),
    )
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(
        'pullquote: the spaCy pipeline "no_such_model" cannot be loaded; install it'
    )
