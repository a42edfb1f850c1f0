"""What other systems lack is done without: by the code alone, and by taking it away here.

Nothing of this was run on Windows or macOS; docs/platforms.md says so.
"""

import ast
import errno
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath, PureWindowsPath

import msgspec
import pytest

from pullquote import system
from pullquote.article import Article
from pullquote.cli import output
from pullquote.files import replacing, staging
from pullquote.findings import Findings
from pullquote.formats.naming import file_name
from pullquote.library.presence import Presence
from pullquote.library.store import Library
from pullquote.notes.reading import derived
from tests.conftest import SOURCE

POSIX_MODULES = {"fcntl", "termios", "pty", "tty", "pwd", "grp", "resource", "posix", "syslog"}
POSIX_NAMES = {
    "os": {
        *("nice", "geteuid", "getuid", "getegid", "getgid", "fork", "forkpty", "setsid", "uname"),
        *("killpg", "getpgid", "setpgid", "tcgetpgrp", "tcsetpgrp", "mkfifo", "mknod", "chown"),
        *("fchmod", "fchown", "lchown", "sched_getaffinity", "sched_setaffinity", "getloadavg"),
        *("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_DIRECTORY", "WNOHANG", "statvfs", "sync"),
        "sysconf",
    },
    "signal": {"SIGHUP", "SIGPIPE", "SIGKILL", "SIGPROF", "SIGALRM", "setitimer", "alarm", "pause"},
    "select": {"poll", "epoll", "kqueue"},
}
# where they stand all the same, and what keeps them from being met elsewhere
GUARDED = {
    ("system.py", "fcntl"): "imported where it is there",
    ("system.py", "nice"): "hasattr",
    ("system.py", "geteuid"): "hasattr",
    ("system.py", "sched_getaffinity"): "hasattr",
    ("system.py", "sysconf"): "tried",
    ("files.py", "fchmod"): "hasattr",
    ("article/source.py", "O_NONBLOCK"): "of a named pipe, which Windows has none of",
    ("reader/leaving.py", "termios"): "imported where it is there",
    ("reader/leaving.py", "SIGKILL"): "of processes that /proc tells of",
    ("reader/leaving.py", "poll"): "on Linux alone",
    ("cli/pages.py", "SIGHUP"): "hasattr",
    ("cli/pages.py", "killpg"): "hasattr",
    ("cli/pages.py", "SIGKILL"): "beside killpg",
    ("analysis/__main__.py", "resource"): "imported where it is there",
    ("analysis/__main__.py", "SIGPROF"): "hasattr",
    ("analysis/__main__.py", "setitimer"): "hasattr",
}


_ONLY = {name for names in POSIX_NAMES.values() for name in names}
_MET = re.compile(rf"\b({'|'.join(sorted(POSIX_MODULES | _ONLY))}|read_text|write_text)\b")


@cache
def _trees() -> tuple[tuple[str, ast.Module], ...]:
    """The modules that have any of these words in them."""
    paths = sorted(SOURCE.rglob("*.py"))
    texts = ((path.relative_to(SOURCE).as_posix(), path.read_text("utf-8")) for path in paths)
    return tuple(
        (place, ast.parse(text))
        for place, text in texts
        if _MET.search(text)
        and not place.startswith("training/")  # which runs where models are made
    )


def _met(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in POSIX_MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in POSIX_MODULES:
            yield str(node.module)
        elif isinstance(node, ast.ImportFrom) and node.module in POSIX_NAMES:
            yield from (one.name for one in node.names if one.name in POSIX_NAMES[node.module])
        elif (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.attr in POSIX_NAMES.get(node.value.id, ())
        ):
            yield node.attr


def test_what_only_some_systems_have_stands_where_it_is_guarded() -> None:
    assert {(place, name) for place, tree in _trees() for name in _met(tree)} == set(GUARDED)


def test_no_module_imports_it_unguarded() -> None:
    """At the top of a module such an import stands in a try."""
    tops = [(place, node) for place, tree in _trees() for node in tree.body]
    imported = [
        (place, one.name)
        for place, node in tops
        if isinstance(node, ast.Import)
        for one in node.names
    ]
    assert [row for row in imported if row[1] in POSIX_MODULES] == []


def test_every_text_file_is_read_and_written_in_an_encoding_that_is_named() -> None:
    """That of Windows is another on every machine."""
    nameless = [
        (place, node.lineno)
        for place, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("read_text", "write_text")
        and ast.unparse(node.func) != "formatter.write_text"  # of the help
        and not any(one.arg == "encoding" for one in node.keywords)
        and not (node.func.attr == "read_text" and node.args)
    ]
    assert nameless == []


# --- taken away

BARE = """
import asyncio, importlib.metadata, os, select, shutil, signal, subprocess, sys, tempfile
import click._termui_impl, platformdirs.unix, textual.drivers.linux_driver, webbrowser  # these look for themselves what there is
for name in %r:
    sys.modules[name] = None
for module, names in ((os, %r), (signal, %r)):
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
"""
TAKEN = BARE % (
    sorted({"fcntl", "pwd", "grp", "resource", "termios"}),
    sorted(POSIX_NAMES["os"] - {"O_NONBLOCK", "O_CLOEXEC", "WNOHANG"}),
    ["SIGHUP", "SIGPIPE", "SIGPROF", "setitimer"],
)


def _bare(code: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", f"{TAKEN}\n{code}", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONUTF8": "1"},
    )


def test_commands_do_without_what_windows_lacks(
    library: Library, seed: Article, findings: Findings, tmp_path: Path
) -> None:
    library.articles.save(seed)
    library.findings.save(seed.id, findings)
    library.close()
    (tmp_path / "more.txt").write_text("“We will go,” said Jane Miller.", encoding="utf-8")
    out = tmp_path / "out"
    lines = (
        ["add", str(tmp_path / "more.txt")],
        ["list"],
        ["--plain", seed.id],
        ["export", "--all", "--format", "json", "--output", f"{out}{os.sep}"],
        ["export", seed.id, "--format", "markdown", "--output", str(tmp_path / "one.md")],
        ["backup", str(tmp_path / "library.backup")],
        ["restore", str(tmp_path / "library.backup")],
        ["delete", "--yes", "--purge", seed.id],
        ["config"],
    )
    code = f"""
from pullquote.cli import main
for line in {lines!r}:
    try:
        main(line, prog_name="pullquote")
    except SystemExit as end:
        print("STATUS", end.code or 0)
"""
    done = _bare(code)
    assert re.findall("^STATUS (.*)$", done.stdout, re.M) == ["0"] * len(lines), done.stderr
    assert len(list(out.iterdir())) == 2
    left = [path for path in tmp_path.rglob("*") if path.name.startswith(".pullquote")]
    assert left == []


def test_the_reader_opens_without_what_windows_lacks(
    library: Library, seed: Article, findings: Findings
) -> None:
    library.articles.save(seed)
    library.findings.save(seed.id, findings)
    from tests.test_imports import _OPEN

    done = _bare(_OPEN, str(library.path.parent))
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "HAS_LOCKS", False)


@pytest.mark.usefixtures("no_locks")
def test_without_locks_a_writer_removes_its_own_and_nobody_elses(tmp_path: Path) -> None:
    with staging(tmp_path) as other, replacing(tmp_path / "a.txt") as file:
        file.write(b"words")
    assert not other.exists()
    with staging(tmp_path) as other:
        with replacing(tmp_path / "a.txt") as file:
            file.write(b"more")
        assert other.exists()
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_a_file_is_closed_before_it_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows removes no file that is open; NFS and FUSE keep it in the folder until it is."""
    events: list[str] = []
    for name, what in (("close", os.close), ("unlink", os.unlink)):

        def noted(*given: object, _name: str = name, _what: object = what, **more: object) -> None:
            events.append(_name)
            _what(*given, **more)  # type: ignore[operator]

        monkeypatch.setattr(os, name, noted)
    with staging(tmp_path):
        events.clear()
    assert events[:1] == ["close"]


@pytest.mark.usefixtures("no_locks")
def test_without_locks_nobody_counts_as_reading_elsewhere(tmp_path: Path) -> None:
    here, there = Presence(tmp_path / "library.db"), Presence(tmp_path / "library.db")
    there.enter("0a")
    assert not here.is_elsewhere("0a")
    assert there.is_here("0a")


# --- names, addresses, commands, line ends

RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.I)
TITLES = ("CON", "nul.", "COM1.txt", "a: b/c\\d <e>|f? *g*", "…", "What?", "x" * 400, "Über", " . ")


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("form", ["markdown", "html"])
def test_an_export_has_a_name_that_every_system_takes(
    seed: Article, findings: Findings, title: str, form: str
) -> None:
    reading = derived(msgspec.structs.replace(seed, title=title), findings, ())
    name = file_name(reading, form)
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert not RESERVED.match(name)
    assert not name.endswith((".", " "))
    assert len(name.encode()) <= 255
    assert name == name.lower()


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/jo roe/a?b#c.db"), "file:///home/jo%20roe/a%3Fb%23c.db?mode=ro"),
        (PureWindowsPath(r"C:\Users\Jo Roe\x.db"), "file:///C:/Users/Jo%20Roe/x.db?mode=ro"),
        (PureWindowsPath(r"\\server\share\x.db"), "file:////server/share/x.db?mode=ro"),
    ],
)
def test_sqlite_finds_a_path_of_any_system(path: PurePosixPath | PureWindowsPath, uri: str) -> None:
    assert system.sqlite_uri(path, mode="ro") == uri


def test_a_command_is_told_as_the_systems_shell_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert system.as_typed("my folder") == "'my folder'"
    monkeypatch.setattr(sys, "platform", "win32")
    assert system.as_typed("my folder") == '"my folder"'


def test_a_pipe_that_is_closed_is_known_as_each_system_says_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    invalid = OSError(errno.EINVAL, "Invalid argument")
    assert system.is_closed_pipe(BrokenPipeError())
    assert not system.is_closed_pipe(invalid)
    monkeypatch.setattr(sys, "platform", "win32")
    assert system.is_closed_pipe(invalid)


def test_what_programs_read_has_one_kind_of_line_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n"))
    output.write_utf_8()
    print("“a”")
    sys.stdout.flush()
    assert raw.getvalue() == "“a”\n".encode()


def test_settings_saved_by_an_editor_of_windows_are_read(tmp_path: Path) -> None:
    from pullquote.settings import load, save_setting

    path = Path(os.environ["PULLQUOTE_CONFIG"])
    path.write_bytes(b"\xef\xbb\xbfcolumn = 60\r\n")
    assert load().column == 60
    save_setting("theme", "nord")
    assert (load().column, load().theme) == (60, "nord")
