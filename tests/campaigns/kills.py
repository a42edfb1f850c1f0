"""kill -9 at any moment: while notes are saved, come in and go out, while a library is migrated.

Whatever was reported as saved must be there, the library must be whole, and the next export leaves
no file of a killed one.
"""

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pullquote.article import Article
from pullquote.library.schema import SCRIPTS, statements
from pullquote.library.store import FILE, Library, LibraryError
from pullquote.notes.annotations import annotate
from tests.campaigns import Tally

_ROOT = Path(__file__).parent.parent.parent
_WORDS = "Ministers met on Monday. One of them said that nothing had been decided. "
_ANNOTATING = """
import sys
from pathlib import Path
from pullquote.notes.annotations import annotate
from pullquote.library.store import Library
library = Library.open(Path(sys.argv[1]))
article = library.articles.get(sys.argv[2])
print("open", flush=True)
number = 0
while True:
    note = annotate(article.text, (number % 50, number % 50 + 9), comment=f"note {number}", tags=("t",))
    library.notes.add(article.id, note)
    print(note.id, flush=True)
    number += 1
"""


def run(rounds: int) -> Iterator[Tally]:
    """Annotating, importing, exporting and migrating, killed at moments that chance chooses."""
    chance = random.Random(rounds)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield _annotating(folder / "annotating", 30 * rounds, chance)
        yield _importing(folder / "importing", 8 * rounds, chance)
        yield _exporting(folder / "exporting", 8 * rounds, chance)
        yield _migrating(folder / "migrating", 12 * rounds, chance)


def _filled(folder: Path, articles: int) -> Path:
    """A library of so many articles with three notes each."""
    with Library.open(folder) as library:
        for number in range(articles):
            article = Article(text=f"{number}. {_WORDS * 20}", title=f"Number {number}")
            library.articles.save(article)
            library.notes.add(
                article.id,
                *(annotate(article.text, (at, at + 9), comment="so") for at in (3, 13, 23)),
            )
    return folder


def _pullquote(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "pullquote.cli", *map(str, arguments)]


def _started(command: list[str]) -> "subprocess.Popen[str]":
    environment = os.environ | {"PYTHONPATH": str(_ROOT / "tui")}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def _killed(command: list[str], after: float) -> None:
    process = _started(command)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=after)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def _seconds(command: list[str]) -> float:
    """How long it takes when nobody kills it."""
    began = time.monotonic()
    process = _started(command)
    _, said = process.communicate(timeout=300)
    if process.returncode != 0:
        raise RuntimeError(said)
    return time.monotonic() - began


def _wrong_with(data: Path, check: Callable[[Library], str]) -> str:
    try:
        with Library.open(data) as library:
            return "; ".join(filter(None, (check(library), *library.damaged)))
    except LibraryError as error:
        return str(error)


def _annotating(folder: Path, kills: int, chance: random.Random) -> Tally:
    _filled(folder, 1)
    with Library.open(folder) as library:
        identity = library.articles.entries()[0].id
    tally = Tally("kill -9 while notes are saved")
    saved: set[str] = set()

    def check(library: Library) -> str:
        lost = saved - {note.id for note in library.notes.of(identity)}
        return f"{len(lost)} notes lost" if lost else ""

    for _ in range(kills):
        process = _started([sys.executable, "-c", _ANNOTATING, str(folder), identity])
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
        lines, _ = process.communicate()
        saved |= {line for line in lines.splitlines() if len(line) == 32}
        tally.attempt(_wrong_with(folder, check))
    tally.remark = f"{len(saved)} notes reported as saved"
    return tally


def _importing(folder: Path, kills: int, chance: random.Random) -> Tally:
    articles = 40
    backup, tally, parts = folder / "backup.json", Tally("kill -9 in import"), 0
    subprocess.run(
        _pullquote(
            "export",
            "--all",
            "--format",
            "json",
            "--output",
            backup,
            "--data",
            _filled(folder / "full", articles),
        ),
        check=True,
        capture_output=True,
        cwd=_ROOT,
    )
    whole = _seconds(_pullquote("import", backup, "--data", folder / "whole"))
    for number in range(kills):
        command = _pullquote("import", backup, "--data", folder / str(number))
        _killed(command, chance.uniform(0.4, 1) * whole)

        def all_or_none(library: Library) -> str:
            nonlocal parts
            counts = [entry.notes for entry in library.articles.entries()]
            parts += 0 < sum(counts) < 3 * articles
            return "" if set(counts) <= {0, 3} else "an article came in with a part of its notes"

        def complete(library: Library) -> str:
            counts = [entry.notes for entry in library.articles.entries()]
            return (
                ""
                if counts == [3] * articles
                else f"after a second import {sum(counts)} of {3 * articles} notes"
            )

        wrong = _wrong_with(folder / str(number), all_or_none)
        _seconds(command)
        tally.attempt(wrong or _wrong_with(folder / str(number), complete))
    tally.remark = f"{parts} of them in the middle"
    return tally


def _exporting(folder: Path, kills: int, chance: random.Random) -> Tally:
    articles = 100
    data, out, tally = (
        _filled(folder / "data", articles),
        folder / "out",
        Tally("kill -9 in export --all"),
    )
    command = _pullquote("export", "--all", "--output", f"{out}/", "--force", "--data", data)
    whole, left = _seconds(command), 0
    for _ in range(kills):
        _killed(command, chance.uniform(0.4, 1) * whole)
        hidden = [one for one in out.iterdir() if one.name.startswith(".")]
        left += sum(len(list(one.iterdir())) if one.is_dir() else 1 for one in hidden)
        torn = [
            one.name for one in out.glob("*.md") if not one.read_text().endswith("Not analysed.\n")
        ]
        _seconds(command)
        hidden = [one for one in out.iterdir() if one.name.startswith(".")]
        wrong = f"{len(hidden)} hidden files after the next export" if hidden else ""
        tally.attempt(wrong or (f"{len(torn)} files are not whole" if torn else ""))
    tally.remark = f"the killed left {left} hidden files behind"
    return tally


def _migrating(folder: Path, kills: int, chance: random.Random) -> Tally:
    tally, articles, halves = Tally("kill -9 in migration"), 1500, 0
    folder.mkdir()
    old = folder / "old.db"
    _of_version_1(old, articles)
    command = [
        sys.executable,
        "-c",
        "import sys; from pathlib import Path; from pullquote.library.store import Library; "
        "Library.open(Path(sys.argv[1]))",
    ]
    (folder / "whole").mkdir()
    (folder / "whole" / FILE).write_bytes(old.read_bytes())
    whole = _seconds([*command, str(folder / "whole")])
    for number in range(kills):
        data = folder / str(number)
        data.mkdir()
        (data / FILE).write_bytes(old.read_bytes())
        _killed([*command, str(data)], chance.uniform(0.3, 1) * whole)
        log = data / f"{FILE}-wal"
        halves += log.exists() and log.stat().st_size > 0

        def check(library: Library) -> str:
            there = len(library.articles.entries())
            return "" if there == articles else f"{there} of {articles} articles"

        tally.attempt(_wrong_with(data, check))
    tally.remark = f"{halves} of them in the middle"
    return tally


def _of_version_1(path: Path, articles: int) -> None:
    db = sqlite3.connect(path)
    for statement in statements(SCRIPTS[0]):
        db.execute(statement)
    for number in range(articles):
        article = Article(text=f"{number}. {_WORDS * 20}", title=f"Number {number}")
        row = (article.id, article.text, article.title, *[""] * 7, "[]", 0, "2026-01-01")
        db.execute(f"INSERT INTO articles VALUES ({', '.join('?' * 13)})", row)
    db.execute("PRAGMA user_version = 1")
    db.commit()
    db.close()
