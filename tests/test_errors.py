"""What can be wrong is told in one line, wherever it comes from."""

from pathlib import Path

import pytest

from pullquote.analysis import AnalysisFailed, NoModel
from pullquote.article import Unreadable
from pullquote.cli.opening import one_line_errors
from pullquote.errors import PullquoteError, installing
from pullquote.formats.files import ExportError
from pullquote.formats.importers import TooLarge
from pullquote.formats.obsidian import NoMarkers
from pullquote.library.acts import NotDone
from pullquote.library.store import LibraryError
from pullquote.notes.incoming import NotThisFormat
from pullquote.settings import BadSettings

OURS = (
    AnalysisFailed,
    BadSettings,
    ExportError,
    LibraryError,
    NoMarkers,
    NoModel,
    NotDone,
    NotThisFormat,
    TooLarge,
    Unreadable,
)


@pytest.mark.parametrize("error", OURS)
def test_an_error_of_ours_is_one_line_and_status_2(
    error: type[PullquoteError], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended, one_line_errors():
        raise error("notes.json: is not there; check the path")
    assert ended.value.code == 2
    assert capsys.readouterr().err == "pullquote: notes.json: is not there; check the path\n"


def test_an_error_of_a_plug_ins_own_kind_is_told_too(capsys: pytest.CaptureFixture[str]) -> None:
    class Odd(PullquoteError):
        pass

    with pytest.raises(SystemExit), one_line_errors():
        raise Odd("odd")
    assert capsys.readouterr().err == "pullquote: odd\n"


def test_a_mistake_of_the_programs_own_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), one_line_errors():
        _ = 1 / 0


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ("uv-receipt.toml", "uv tool install --force 'pullquote[docx,serve]'"),
        ("pipx_metadata.json", "pipx install --force 'pullquote[docx,serve]'"),
        ("pyvenv.cfg", "pip install 'pullquote[serve]'"),
    ],
)
def test_what_is_missing_is_installed_in_the_way_that_the_program_was(
    left: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / left).touch()
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda module: module == "mammoth" or None)
    assert installing("serve") == said
