"""What systems differ in: locks between programs, stepping back, how a command is typed.

Nothing else in the package imports what only some systems have (tests/test_platforms.py). What a
system lacks is done without: docs/platforms.md says what that costs.
"""

import errno
import os
import shlex
import sys
from pathlib import PurePath
from typing import Literal

try:
    import fcntl
except ImportError:  # Windows has locks of another kind
    HAS_LOCKS = False
else:
    HAS_LOCKS = True

Lock = Literal["shared", "alone", "free"]

NO_LINK = getattr(os, "O_NOFOLLOW", 0)  # for `os.open`: no symbolic link is followed
BINARY = getattr(os, "O_BINARY", 0)  # for `os.open`: line ends stay as they are


def locked(file: int) -> bool | None:
    """Lock an open file for this program alone, until it is closed or the program ends.

    Returns:
        False where another program has it; None where there are no locks: on Windows, and on some
        network shares.
    """
    if not HAS_LOCKS:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def bytes_locked(file: int, how: Lock, first: int, count: int = 1) -> bool | None:
    """Lock some bytes of an open file, which need not be there, or let them go.

    Returns:
        As `locked`.
    """
    if not HAS_LOCKS:
        return None
    kinds = {"shared": fcntl.LOCK_SH, "alone": fcntl.LOCK_EX, "free": fcntl.LOCK_UN}
    at_once = 0 if how == "free" else fcntl.LOCK_NB
    try:
        fcntl.lockf(file, kinds[how] | at_once, count, first)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True


def step_back(niceness: int) -> None:
    """Let other processes go first, where the system has degrees of that."""
    if hasattr(os, "nice"):
        os.nice(niceness)


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory() -> int:
    """This machine's memory in bytes; 0 where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0


def is_owned(owner: int, *others: int) -> bool:
    """Whether what belongs to `owner`, a user's number, is the user's own or of one of `others`.

    Where users have no numbers, all counts as their own.
    """
    return not hasattr(os, "geteuid") or owner in (os.geteuid(), *others)


def is_closed_pipe(error: OSError) -> bool:
    """Whether what was written to has stopped reading, as each system says it."""
    is_windows = sys.platform == "win32" and error.errno == errno.EINVAL
    return is_windows or isinstance(error, BrokenPipeError)


def as_typed(word: str) -> str:
    """A word of a command as it is to be typed in the system's usual shell."""
    if sys.platform == "win32":
        from subprocess import list2cmdline

        return list2cmdline([word])
    return shlex.quote(word)


def sqlite_uri(path: PurePath, **parameters: str) -> str:
    """The URI by which SQLite opens an absolute path; a host is a part of the path to it."""
    uri = path.as_uri()
    if not uri.startswith("file:///"):
        uri = uri.replace("file://", "file:////", 1)
    asked = "&".join(f"{name}={value}" for name, value in parameters.items())
    return f"{uri}?{asked}" if asked else uri
