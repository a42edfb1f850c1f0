"""A corpus is analysed while its workers, the command and the scheduler are killed.

Nothing may be lost, nothing be there twice, and no partition hold less than it would have.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from typing import Any

import msgspec

from pullquote.analysis import DEFAULT_MODEL
from pullquote.corpus import running
from pullquote.corpus.analyst import BESIDE
from pullquote.corpus.cluster import cluster
from pullquote.corpus.dataset import file_name, records
from pullquote.corpus.making import Task
from pullquote.corpus.parts import Options
from pullquote.corpus.place import Place
from pullquote.corpus.running import plan
from tests.campaigns import Tally
from tests.corpus.stubs import STUB, Inline

_ROOT = Path(__file__).parent.parent.parent
_WORDS = "The mayor said that bridge {number} would close. “It is late,” said Jane Miller. "


def run(rounds: int) -> Iterator[Tally]:
    """Kills of workers, with a stub and with the model; a poison article; kills of the command."""
    chance = random.Random(rounds)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield workers_killed(folder / "stub", 2_000, 10 * rounds, STUB, chance)
        yield workers_killed(folder / "model", 1_000, 3 * rounds, BESIDE, chance)
        yield _poison(folder / "poison")
        yield _command(folder / "command", 400, 4 * rounds, chance)


def made_up(folder: Path, count: int, words: str = _WORDS) -> Path:
    inputs = folder / "in"
    inputs.mkdir(parents=True)
    for number in range(count):
        (inputs / f"{number:04}.txt").write_text(words.format(number=number))
    return inputs


def task(inputs: Path, out: Path, analyst: str) -> Task:
    made = plan(str(out), Options(), DEFAULT_MODEL, seconds=0, memory=4 << 30)
    return Task(
        inputs=(str(inputs),),
        plan=msgspec.structs.replace(made, analyst=analyst),
        partition_size=32_000,
    )


def workers_killed(
    folder: Path, count: int, kills: int, analyst: str, chance: random.Random
) -> Tally:
    """Kill as many of two workers at moments of chance: what is lost, or twice, are failures."""
    tally = Tally(
        f"kill -9 of workers, {count:,} articles, {'stub' if analyst == STUB else 'model'}"
    )
    inputs = made_up(folder, count, _WORDS + ("SLOW " if analyst == STUB else ""))
    out, killed = folder / "out", list[int]()
    is_over = Event()

    def kill(client: Any) -> None:
        while len(killed) < kills and not is_over.wait(chance.uniform(1, 6)):
            with contextlib.suppress(Exception):  # none is there for the moment
                (pid,) = chance.sample(list(client.run(os.getpid, on_error="ignore").values()), 1)
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    with cluster(workers=2) as client:
        Thread(target=kill, args=(client,), daemon=True).start()
        try:
            running.run(task(inputs, out, analyst), client, lambda progress: None)
        finally:
            is_over.set()
    for _ in killed:
        tally.attempt()
    tally.failures += _wrong_with(out, count, 0)
    if analyst == STUB:  # what an undisturbed run makes is the same, byte for byte
        running.run(task(inputs, folder / "undisturbed", analyst), Inline(), lambda progress: None)
        if as_bytes(out) != as_bytes(folder / "undisturbed"):
            tally.failures.append("another run gives other files")
    tally.remark = f"{len(killed)} killed"
    return tally


def _poison(folder: Path) -> Tally:
    tally = Tally("an article that ends its worker, each time")
    inputs = made_up(folder, 100)
    for number in (20, 21, 77):
        (inputs / f"{number:04}.txt").write_text("This one EXITS.")
    with cluster(workers=2) as client:
        running.run(task(inputs, folder / "out", STUB), client, lambda progress: None)
    tally.tried = 3
    tally.failures += _wrong_with(folder / "out", 97, 3)
    return tally


def _command(folder: Path, count: int, kills: int, chance: random.Random) -> Tally:
    tally = Tally("kill -9 of pullquote corpus analyze")
    inputs, out = made_up(folder, count), folder / "out"
    command = [sys.executable, "-m", "pullquote", "corpus", "analyze", str(inputs)]
    command += ["--workers", "2", "--partition-size", "8KB", "--out"]
    environment = os.environ | {"PYTHONPATH": str(_ROOT / "tui")}
    began = time.monotonic()
    subprocess.run([*command, folder / "whole"], capture_output=True, env=environment, check=True)
    whole = time.monotonic() - began
    command.append(str(out))
    there = list[int]()
    for _ in range(kills):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=chance.uniform(0.2, 0.6) * whole)
        process.send_signal(signal.SIGKILL)
        process.wait()
        there.append(len(list(out.glob("partitions/*"))))
        tally.attempt()
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        tally.failures.append(done.stderr)
    tally.failures += _wrong_with(out, count, 0)
    if as_bytes(out) != as_bytes(folder / "whole"):
        tally.failures.append("another run gives other files")
    tally.remark = f"partitions there after each: {there}"
    return tally


def _wrong_with(out: Path, articles: int, errors: int) -> list[str]:
    """What is lost, twice, or not whole."""
    from pyarrow import parquet

    wrong, ids = list[str](), list[str]()
    made, failed = 0, 0
    for record in records(Place(str(out))):
        for table, file in record.files.items():
            content = (out / file_name(table, record.stem)).read_bytes()
            if sha256(content).hexdigest() != file.sha256:
                wrong.append(f"{table} of {record.id} is not what its record says")
        made += record.rows("articles")
        failed += record.rows("errors")
        if made:
            path = out / file_name("articles", record.stem)
            ids += parquet.read_table(path, columns=["article"])["article"].to_pylist()
    if len(ids) != len(set(ids)):
        wrong.append(f"{len(ids) - len(set(ids))} articles are there twice")
    if (len(ids), failed) != (articles, errors):
        wrong.append(f"{len(ids)} articles and {failed} errors, not {articles} and {errors}")
    return wrong


def as_bytes(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in out.glob("*/*.parquet")}
