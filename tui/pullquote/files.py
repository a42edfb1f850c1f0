"""Write files completely or not at all, through the user's own links, and leave nothing behind.

A file is staged in a hidden folder beside its destination until it is complete. The folder holds a
lock, which the system releases when the writer ends, however it ends; so a folder whose lock is
free was left by a writer that was killed, and the next writer removes it. A device or a pipe is
written to, never replaced.
"""

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from pullquote import system

_PREFIX = ".pullquote-writing-"
_LOCK = "lock"
_MAX_LINKS = 40  # in a row; Linux follows no more
# The errors of file systems without hard links: on USB sticks, cameras, phones, network shares.
_NO_HARD_LINKS = {
    errno.EPERM,
    errno.EACCES,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.ENOSYS,
    errno.EMLINK,
    errno.EINVAL,
}
_OPEN_FILE = re.compile(r"/(?:dev|proc/self)/fd/(\d+)")
_STANDARD = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}


def is_stream(path: Path) -> bool:
    """Whether `path` is written to and not replaced: a terminal, `/dev/null`, a pipe."""
    if _open_file(path) is not None:
        return True
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def stream(path: Path) -> IO[bytes]:
    """Open a stream for writing; an open file keeps its position. Raises `OSError`."""
    number = _open_file(path)
    return open(path, "wb") if number is None else open(os.dup(number), "wb")


def _open_file(path: Path) -> int | None:
    name = str(path)
    found = _OPEN_FILE.fullmatch(name)
    return int(found[1]) if found else _STANDARD.get(name)


def through(path: Path) -> Path:
    """Follow the user's own links from `path` to a file, which need not exist yet.

    Raises `OSError` for a link owned by another user, and for what is not a regular file.
    """
    for _ in range(_MAX_LINKS):
        if not path.is_symlink():
            break
        if not system.is_owned(os.lstat(path).st_uid, 0):
            raise PermissionError(errno.EPERM, "is a link owned by another user", str(path))
        path = path.parent / os.readlink(path)
    else:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    if os.path.lexists(path) and not path.is_file():
        raise OSError(errno.EINVAL, "is not a file", str(path))
    return path


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """A hidden folder in `folder` to stage files in, removed at the end with what is left in it.

    Raises `OSError`.
    """
    clear(folder)
    stage, lock = _locked(folder)
    try:
        yield stage
    finally:
        # Windows removes no file that is open, and NFS and FUSE keep it under another name. Nobody
        # takes the folder over whose lock is free now: others can only remove it, too.
        os.close(lock)
        _remove(stage)


def _locked(folder: Path) -> tuple[Path, int]:
    import tempfile

    while True:
        try:
            stage = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
        except OSError as error:  # it names what nobody has heard of
            raise OSError(error.errno, error.strerror, str(folder)) from error
        lock = -1
        try:
            lock = os.open(stage / _LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            # a file system without locks: nothing on it is ever removed as left behind
            is_ours = system.locked(lock) is not False
            if is_ours and os.path.samestat(os.fstat(lock), os.stat(stage / _LOCK)):
                return stage, lock
        except FileNotFoundError:
            pass  # another writer removed the folder before the lock was in it
        if lock >= 0:
            os.close(lock)


def clear(folder: Path) -> None:
    """Remove what killed writers have left in `folder`."""
    with suppress(OSError), os.scandir(folder) as entries:
        left = [
            one.path
            for one in entries
            if one.name.startswith(_PREFIX) and one.is_dir(follow_symlinks=False)
        ]
        for path in left:
            if system.is_owned(os.lstat(path).st_uid):
                _clear(Path(path))


def _clear(stage: Path) -> None:
    try:
        lock = os.open(stage / _LOCK, os.O_RDWR | system.NO_LINK)
    except OSError:
        with suppress(OSError):
            stage.rmdir()  # its writer was killed before it made the lock: the folder is empty
        return
    if system.locked(lock):  # else it is still at work, or there are no locks here
        _remove(stage)
    os.close(lock)
    with suppress(OSError):  # where the lock was kept under another name until it was closed
        stage.rmdir()


def _remove(stage: Path) -> None:
    """Remove the folder, its lock last: if we are killed here, the rest is still recognisable."""
    with suppress(OSError):
        for path in sorted(stage.iterdir(), key=lambda one: one.name == _LOCK):
            path.unlink(missing_ok=True)
        stage.rmdir()


@contextmanager
def written(path: Path, like: Path | None = None) -> Iterator[IO[bytes]]:
    """Open a new file at `path`, with the permissions of `like` if it exists; synced at the end."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | system.NO_LINK | system.BINARY
    number = os.open(path, flags, 0o666)
    with open(number, "wb") as file:
        yield file
        file.flush()
        with suppress(OSError):
            if like is not None and hasattr(os, "fchmod"):
                os.fchmod(number, stat.S_IMODE(os.stat(like).st_mode))
        os.fsync(number)


def put_in_place(staged: Path, path: Path, over: bool) -> None:
    """Move a staged file to `path`, over an existing file only if `over`. Raises `OSError`."""
    if not over:
        try:
            os.link(staged, path)  # unlike a rename, this fails if the name is taken
            return
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))  # claims the name, or fails
        try:
            os.replace(staged, path)
        except OSError:
            path.unlink()
            raise
        return
    os.replace(staged, path)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that replaces `path` at the end, unless an error occurs; a stream opens as is.

    Raises `OSError`.
    """
    if is_stream(path):
        with stream(path) as file:
            yield file
        return
    path = through(path)
    with staging(path.parent) as stage:
        with written(stage / "new", like=path) as file:
            yield file
        put_in_place(stage / "new", path, over=True)
