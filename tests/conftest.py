"""What the tests share: a library, the shipped article with its findings, the gold articles."""

import compileall
import gc
import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import settings
from textual import constants

from pullquote.article import Article
from pullquote.article.source import shipped
from pullquote.findings import Findings
from pullquote.library.store import Library

settings.register_profile(
    "steady", deadline=None, derandomize=bool(os.environ.get("CI")), max_examples=60
)
settings.load_profile("steady")

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "tui" / "pullquote"
SHARED = ROOT.parent / "shared"
FROZEN = ROOT / "tests" / "data" / "troops-to-ukraine.findings.json"


def pytest_xdist_auto_num_workers() -> int:
    """One more process than cores: many tests wait for a program that they have started."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    """The programs that tests start find the package compiled, as installed, whatever is set here.

    Where nothing may be compiled while it runs, each would compile it anew.
    """
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(SOURCE, quiet=2)


def pytest_collection_finish() -> None:
    """What is imported and collected stays: no hunt for garbage looks at it again.

    And hunts are fewer: with Python's own measure they take a sixth of the time of all tests.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def _nothing_of_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's own settings and library."""
    monkeypatch.setenv("PULLQUOTE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PULLQUOTE_CONFIG", str(tmp_path / "config.toml"))


@pytest.fixture(autouse=True)
def _all_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen has all colours, whatever the terminal that the tests run in."""
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="session")
def _empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a library with nothing in it: a copy is made in no time."""
    folder = tmp_path_factory.mktemp("empty")
    with Library.open(folder):
        pass
    (made,) = folder.iterdir()
    return made


@pytest.fixture
def library(tmp_path: Path, _empty_library: Path) -> Iterator[Library]:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    shutil.copy(_empty_library, folder)
    with Library.open(folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def seed() -> Article:
    return shipped()


@cache
def seed_findings() -> Findings:
    """The shipped article's findings, frozen: files and screens are alike on every processor.

    `python -m tests.freeze` makes them anew; tests/analysis has fresh ones.
    """
    return msgspec.json.decode(FROZEN.read_bytes(), type=Findings)


@pytest.fixture(scope="session")
def findings() -> Findings:
    return seed_findings()


@pytest.fixture
def shared() -> Path:
    """The folder of gold articles and scorers, beside a developer's checkout."""
    if not SHARED.is_dir():
        pytest.skip("the gold articles (../shared) are not beside this checkout")
    return SHARED
