"""Libraries in every bad state, and all commands over them: each ends in time, with no traceback.

What is not ours, or cannot be read, is the same afterwards, byte by byte.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

from pullquote.analysis import analyser
from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.schema import SCRIPTS, statements
from pullquote.library.store import FILE, Library
from pullquote.notes.annotations import annotate
from pullquote.settings import Settings
from tests.campaigns import Tally

_ROOT = Path(__file__).parent.parent.parent
_DEADLINE = 60.0  # seconds for one command, on a machine that is busy
_ARTICLE = Article(
    text="Ministers met on Monday. Nothing had been decided.",
    title="Met",
    url="https://example.org/a",
)
State = Callable[[Path], object]


def run(rounds: int) -> Iterator[Tally]:
    """Every state with half of the commands, from the second round on with all of them."""
    tally = Tally("commands over damaged, foreign and read-only libraries")
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        folder = Path(name)
        good = _good(folder)
        backup = folder / "backup.json"
        _called(["export", "--all", "--format", "json", "--output", str(backup)], good)
        states = {**_STATES, **{f"shot {n}": _shot(n) for n in range(6 * rounds)}}
        work = [
            (state, number, command)
            for place, state in enumerate(states)
            for number, command in enumerate(_commands(backup))
            if rounds > 1 or (place + number) % 2
        ]
        for wrong in pool.map(lambda one: _attempt(folder, good, states, *one), work):
            tally.attempt(wrong)
        tally.remark = f"{len(states)} states"
    yield tally


def _good(folder: Path) -> Path:
    with Library.open(folder / "good") as library:
        library.articles.save(_ARTICLE)
        library.findings.save(_ARTICLE.id, Findings(analyser=analyser(Settings().model)))
        for at in (0, 10, 20):
            library.notes.add(
                _ARTICLE.id,
                annotate(_ARTICLE.text, (at, at + 4), comment="so", tags=("war",), highlight=1),
            )
        for number in range(30):
            library.articles.save(Article(text=f"{number} words " * 300, title=f"Number {number}"))
    return folder / "good"


def _commands(backup: Path) -> tuple[list[str], ...]:
    return (
        ["list", "--tag", "war"],
        ["search", "decided"],
        ["--plain", _ARTICLE.id],
        ["export", _ARTICLE.id, "--format", "json"],
        ["export", "--all", "--format", "csv", "--actor", "minister"],
        ["export", "--all", "--format", "json", "--tag", "war"],
        ["import", str(backup)],
    )


def _attempt(
    folder: Path, good: Path, states: dict[str, State], state: str, number: int, command: list[str]
) -> str | None:
    data = folder / f"{state}-{number}"
    with ExitStack() as stack:
        shutil.copytree(good, data)
        stack.callback(shutil.rmtree, data, ignore_errors=True)
        held = states[state](data)
        if hasattr(held, "close"):
            stack.enter_context(closing(held))  # type: ignore[type-var]
        before = _bytes(data) if state in _UNTOUCHED else None
        done = _called(command, data, state in _READ_ONLY)
        wrong = "ran past its deadline" if done is None else _wrong_with(done)
        if not wrong and before is not None and _bytes(data) != before:
            wrong = "the file was changed"
        data.chmod(0o700) if data.is_dir() else None
    return f"{state}: {' '.join(command[:3])}: {wrong}" if wrong else None


def _wrong_with(done: "subprocess.CompletedProcess[str]") -> str:
    lines = done.stderr.splitlines()
    if "Traceback" in done.stderr or done.returncode not in (0, 1, 2):
        return f"status {done.returncode}: {lines[-1] if lines else ''}"
    if done.returncode == 2 and not lines:
        return "status 2 without a word"
    other = [
        line
        for line in lines
        if not line.startswith(("pullquote: ", "duplicate: ", "No matching article"))
    ]
    return f"says {other[0]!r}" if other else ""


def _called(
    command: list[str], data: Path, bound: bool = False
) -> "subprocess.CompletedProcess[str] | None":
    """The command over that library; where rights are the matter, root is bound by them."""
    root = (
        ["setpriv", "--bounding-set=-dac_override"]
        if bound and os.geteuid() == 0 and shutil.which("setpriv")
        else []
    )
    try:
        return subprocess.run(
            [*root, sys.executable, "-m", "pullquote.cli", *command, "--data", str(data)],
            capture_output=True,
            text=True,
            timeout=_DEADLINE,
            cwd=_ROOT,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return None


def _bytes(data: Path) -> bytes | None:
    file = data / FILE
    return file.read_bytes() if file.is_file() else None


# --- states


def _sql(*lines: str) -> State:
    def damage(data: Path) -> None:
        with closing(sqlite3.connect(data / FILE)) as db:
            for line in lines:
                db.execute(line)
            db.commit()

    return damage


def _content(make: Callable[[bytes], bytes]) -> State:
    def damage(data: Path) -> None:
        (data / FILE).write_bytes(make((data / FILE).read_bytes()))

    return damage


def _shot(number: int) -> State:
    """Every so many bytes another one."""

    def damage(content: bytes) -> bytes:
        shot = bytearray(content)
        for at in range(97 * (number + 1), len(shot), 4001 + 977 * number):
            shot[at] ^= 0xA5
        return bytes(shot)

    return _content(damage)


def _rights(file: int, folder: int) -> State:
    def take(data: Path) -> None:
        (data / FILE).chmod(file)
        data.chmod(folder)

    return take


def _foreign(*lines: str) -> State:
    def replace(data: Path) -> None:
        (data / FILE).unlink()
        _sql(*lines)(data)

    return replace


def _kind(make: Callable[[Path], object]) -> State:
    def replace(data: Path) -> None:
        (data / FILE).unlink()
        make(data / FILE)

    return replace


def _of_version_1(data: Path) -> None:
    (data / FILE).unlink()
    with closing(sqlite3.connect(data / FILE)) as db:
        for statement in statements(SCRIPTS[0]):
            db.execute(statement)
        row = (_ARTICLE.id, _ARTICLE.text, _ARTICLE.title, *[""] * 7, "[]", 0, "2026-01-01")
        db.execute(f"INSERT INTO articles VALUES ({', '.join('?' * 13)})", row)
        db.execute("PRAGMA user_version = 1")
        db.commit()


def _old_and_read_only(data: Path) -> None:
    _of_version_1(data)
    _rights(0o400, 0o500)(data)


def _locked(data: Path) -> sqlite3.Connection:
    db = sqlite3.connect(data / FILE, isolation_level=None, check_same_thread=False)
    db.execute("BEGIN IMMEDIATE")
    return db


_BAD_JSON = "UPDATE {0} SET json = CAST('{1}' AS {2})"
_STATES: dict[str, State] = {
    "notes that are no JSON": _sql(_BAD_JSON.format("annotations", "no JSON", "TEXT")),
    "notes of another form": _sql(_BAD_JSON.format("annotations", '{"id": 7}', "TEXT")),
    "notes that are no text": _sql(
        "UPDATE annotations SET json = CAST(x'ff00fe' AS TEXT), tags = CAST(x'ff' AS TEXT)"
    ),
    "tags that are no JSON": _sql("UPDATE annotations SET tags = 'no JSON'"),
    "tags of another form": _sql("""UPDATE annotations SET tags = '{"a": [1, null]}'"""),
    "findings that are no JSON": _sql(_BAD_JSON.format("findings", "no JSON", "BLOB")),
    "headings that are no JSON": _sql("UPDATE articles SET headings = 'no JSON'"),
    "headings beyond the text": _sql("UPDATE articles SET headings = '[[-5, 900000], [7, 3]]'"),
    "titles that are no text": _sql(
        "UPDATE articles SET title = CAST(x'ff' AS TEXT), opened = CAST(x'fe' AS TEXT)"
    ),
    "a text that is none": _sql(
        f"UPDATE articles SET text = CAST(x'41ff42' AS TEXT) WHERE id = '{_ARTICLE.id}'"
    ),
    "an empty text": _sql(f"UPDATE articles SET text = '' WHERE id = '{_ARTICLE.id}'"),
    "dates that are none": _sql(
        "UPDATE articles SET opened = 'never', added = ''", "UPDATE annotations SET created = 'x'"
    ),
    "places that cannot be": _sql(
        "UPDATE articles SET place = -9, furthest = -9223372036854775808"
    ),
    "notes that lie nowhere": _sql(
        "UPDATE annotations SET json = json_set(json, '$.target.start', -3, '$.target.end', 99999)"
    ),
    "a log of acts that is none": _sql("UPDATE acts SET before = 'x', after = 'y'"),
    "a newer version": _sql("PRAGMA user_version = 999"),
    "a negative version": _sql("PRAGMA user_version = -7"),
    "no version": _sql("PRAGMA user_version = 0"),
    "a table is missing": _sql("DROP TABLE acts"),
    "an index is missing": _sql("DROP TABLE note_words"),
    "another program's": _foreign(
        "CREATE TABLE moz_places (id INTEGER)", "PRAGMA user_version = 2"
    ),
    "another program's, without a version": _foreign("CREATE TABLE moz_places (id INTEGER)"),
    "no database": _content(lambda _: b"words, just words. " * 900),
    "one byte": _content(lambda whole: whole[:1]),
    "half a file": _content(lambda whole: whole[: len(whole) // 2]),
    "a file without an end": _content(lambda whole: whole[:-1500]),
    "an empty file": _content(lambda _: b""),
    "a folder": _kind(os.mkdir),
    "a pipe": _kind(os.mkfifo),
    "a link to nothing": _kind(lambda path: path.symlink_to("nowhere/at all")),
    "garbage as its log": lambda data: (data / f"{FILE}-wal").write_bytes(b"garbage " * 5000),
    "locked": _locked,
    "of version 1": _of_version_1,
    "a file that may not be written": _rights(0o400, 0o700),
    "a folder that may not be written": _rights(0o600, 0o500),
    "neither may be written": _rights(0o400, 0o500),
    "it may not be read": _rights(0o000, 0o700),
    "of version 1, and may not be written": _old_and_read_only,
}
_READ_ONLY = {
    "a file that may not be written",
    "a folder that may not be written",
    "neither may be written",
    "it may not be read",
    "of version 1, and may not be written",
}
# Nothing at all may be written into these.
_UNTOUCHED = _READ_ONLY - {"it may not be read"} | {
    "a newer version",
    "a negative version",
    "no version",
    "a table is missing",
    "another program's",
    "another program's, without a version",
    "no database",
    "one byte",
    "half a file",
}
