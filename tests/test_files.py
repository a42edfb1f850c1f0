"""Files are written whole, through links, into devices and pipes, with nothing left behind."""

import errno
import fcntl
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pullquote.files import clear, is_stream, put_in_place, replacing, staging, through


def text(path: Path, words: str) -> None:
    with replacing(path) as file:
        file.write(words.encode())


def test_a_link_of_the_users_own_is_written_through_and_stays(tmp_path: Path) -> None:
    (tmp_path / "drive").mkdir()
    target, link, other = tmp_path / "drive" / "real", tmp_path / "link", tmp_path / "link to link"
    target.write_text("old")
    link.symlink_to(Path("drive") / "real")
    other.symlink_to("link")
    text(other, "new")
    assert (other.is_symlink(), link.is_symlink(), target.read_text()) == (True, True, "new")
    assert {one.name for one in tmp_path.rglob("*")} == {"drive", "real", "link", "link to link"}


def test_a_link_to_nothing_yet_makes_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    text(tmp_path / "link", "new")
    assert (tmp_path / "real").read_text() == "new"


def test_links_in_a_circle_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OSError, match=r"Too many|symbolic"):
        text(tmp_path / "a", "new")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a link of another user's")
def test_a_link_of_another_user_is_not_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("mine")
    link.symlink_to(target)
    os.lchown(link, 65534, 65534)
    with pytest.raises(PermissionError, match="another user"):
        through(link)


def test_the_rights_of_a_file_stay_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("old")
    path.chmod(0o604)
    text(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("old")
    with pytest.raises(TypeError), replacing(path) as file:
        file.writelines([b"new", "no bytes"])  # type: ignore[list-item]
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    path, got = tmp_path / "pipe", list[str]()
    os.mkfifo(path)
    reader = threading.Thread(target=lambda: got.append(path.read_text()))
    reader.start()
    text(path, "words")
    reader.join()
    assert got == ["words"]
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_a_device_is_written_into(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/dev/null")
    for path in (Path("/dev/null"), tmp_path / "link"):
        assert is_stream(path)
        text(path, "words")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_an_open_file_is_written_into_where_it_stands(tmp_path: Path) -> None:
    """As `--output /dev/stdout >> log` asks."""
    log = tmp_path / "log"
    log.write_text("before\n")
    run = "from pathlib import Path; from pullquote.files import replacing\nwith replacing(Path('/dev/stdout')) as f: f.write(b'new')"
    with log.open("ab") as out:
        subprocess.run([sys.executable, "-c", run], stdout=out, check=True)
    assert log.read_text() == "before\nnew"


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP, errno.ENOSYS])
def test_where_there_are_no_hard_links_a_file_that_is_there_is_kept_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refused(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "link", refused)
    (tmp_path / "staged").write_text("new")
    put_in_place(tmp_path / "staged", tmp_path / "out", over=False)
    assert (tmp_path / "out").read_text() == "new"
    (tmp_path / "staged").write_text("newer")
    with pytest.raises(FileExistsError):
        put_in_place(tmp_path / "staged", tmp_path / "out", over=False)
    assert (tmp_path / "out").read_text() == "new"


# --- what killed writers leave

_WRITER = """
import sys, time
from pathlib import Path
from pullquote.files import staging
with staging(Path(sys.argv[1])) as stage:
    (stage / "0").write_text("half")
    print("writing", flush=True)
    time.sleep(600)
"""


def _writer(folder: Path) -> "subprocess.Popen[str]":
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, folder], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    return writer


def test_what_a_killed_writer_left_goes_with_the_next_one_and_what_is_in_use_stays(
    tmp_path: Path,
) -> None:
    killed, alive = _writer(tmp_path), _writer(tmp_path)
    try:
        assert len(list(tmp_path.iterdir())) == 2
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
        with staging(tmp_path) as stage:
            left = [one for one in tmp_path.iterdir() if one != stage]
            assert [(one / "0").read_text() for one in left] == ["half"]
    finally:
        alive.kill()
        alive.wait()
    with staging(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_provably_ours_is_not_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".pullquote-settings").write_text("mine")
    (tmp_path / ".pullquote-writing-notes").mkdir()
    (tmp_path / ".pullquote-writing-notes" / "mine").write_text("mine")
    (tmp_path / ".pullquote-writing-file").write_text("mine")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "lock").write_text("mine")
    (tmp_path / ".pullquote-writing-link").symlink_to(tmp_path / "elsewhere")
    before = sorted(tmp_path.rglob("*"))
    clear(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_another_writer_is_clearing_away_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other came between the making of the lock and the locking of it."""
    lock, cleared = fcntl.flock, list[Path]()

    def another_is_first(number: int, how: int) -> None:
        if not cleared:
            (stage,) = tmp_path.iterdir()
            cleared.append(stage)
            lock(os.open(stage / "lock", os.O_RDWR), fcntl.LOCK_EX)
        lock(number, how)

    monkeypatch.setattr(fcntl, "flock", another_is_first)
    with staging(tmp_path) as stage:
        assert stage not in cleared


def test_many_writers_in_one_folder_do_not_clear_each_other_away(tmp_path: Path) -> None:
    failed = list[BaseException]()

    def work(name: int) -> None:
        try:
            for _ in range(30):
                text(tmp_path / str(name), "words")
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(one.name for one in tmp_path.iterdir()) == ["0", "1", "2", "3"]
