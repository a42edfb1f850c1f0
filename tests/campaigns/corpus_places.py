"""A corpus is analysed over TCP while everything is killed, and in folders that turn bad.

The command, Dask's scheduler and its workers are processes of their own, with a stub in the
analysis' place; what is there in the end is what an undisturbed run makes, byte for byte.
"""

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pullquote.corpus import running
from pullquote.corpus.cluster import cluster
from pullquote.corpus.extra import CorpusError
from tests.campaigns import Tally
from tests.campaigns.corpus import as_bytes, made_up, task
from tests.conftest import ROOT
from tests.corpus.stubs import STUB, Inline

COUNT = 400
_ENOUGH = 180.0  # seconds after which a round is given up
_SLOW = "The mayor said that bridge {number} would close. “It is late,” said Jane Miller. SLOW "


def run(rounds: int) -> Iterator[Tally]:
    """Kills of all that takes part, a full and a read-only disk, two runs, an input that goes."""
    chance = random.Random(rounds)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = made_up(folder, COUNT, _SLOW)
        running.run(task(inputs, folder / "quiet", STUB), Inline(), lambda progress: None)
        quiet = as_bytes(folder / "quiet")
        yield _everything(folder, inputs, quiet, 10 * rounds, chance)
        yield _full(folder, inputs, quiet)
        yield _read_only(inputs)
        yield _two(folder, inputs, quiet)
        yield _gone(folder)


class _Processes:
    """A scheduler, two workers and a run, each started anew where it has ended."""

    def __init__(self, inputs: Path, out: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._address = f"127.0.0.1:{probe.getsockname()[1]}"
        port = self._address.rpartition(":")[2]
        worker = ["worker", f"tcp://{self._address}", "--nthreads", "1", "--no-dashboard",
                  "--death-timeout", "20"]  # fmt: skip
        self._commands = {
            "scheduler": _dask(
                "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"
            ),
            "worker 1": _dask(*worker),
            "worker 2": _dask(*worker),
            "client": [sys.executable, "-m", __name__, str(inputs), str(out), self._address],
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Start what does not run."""
        for name, command in self._commands.items():
            if name not in self.running or self.running[name].poll() is not None:
                self.running[name] = subprocess.Popen(
                    command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
                    start_new_session=True, env=os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT}/tui"},
                )  # fmt: skip

    def kill(self, *names: str) -> None:
        """Kill some, with what they have started."""
        for name in names or tuple(self.running):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.running[name].pid, signal.SIGKILL)
            self.running[name].wait()


def _dask(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]


def _everything(
    folder: Path, inputs: Path, quiet: dict[str, bytes], rounds: int, chance: random.Random
) -> Tally:
    tally = Tally(f"kill -9 of command, scheduler, workers, {COUNT} articles, TCP")
    kills = dict.fromkeys(("client", "scheduler", "worker 1", "worker 2"), 0)
    for number in range(rounds):
        out = folder / f"round {number}"
        processes = _Processes(inputs, out)
        began = time.monotonic()
        try:
            while time.monotonic() - began < _ENOUGH:
                processes.start()
                client = processes.running["client"]
                with contextlib.suppress(subprocess.TimeoutExpired):
                    client.wait(chance.uniform(1, 6))
                if client.poll() == 0:
                    break
                if sum(kills.values()) < 4 * (number + 1):
                    (victim,) = chance.sample(sorted(kills), 1)
                    kills[victim] += 1
                    processes.kill(victim)
        finally:
            processes.kill()
        tally.attempt(None if as_bytes(out) == quiet else f"round {number}: other files")
        shutil.rmtree(out)
    tally.remark = ", ".join(f"{name} {count}" for name, count in kills.items())
    return tally


def _run(inputs: Path, out: Path) -> str:
    """Run it on workers of this machine; what it was stopped by."""
    try:
        with cluster(workers=2) as client:
            running.run(task(inputs, out, STUB), client, lambda progress: None)
    except (CorpusError, OSError) as error:
        return str(error)
    return ""


def _full(folder: Path, inputs: Path, quiet: dict[str, bytes]) -> Tally:
    tally = Tally("a disk that is full: a line; and goes on where there is room")
    with ExitStack() as stack:
        disk = _disk(stack, "size=300k")
        if disk is None:
            tally.remark = "no disk of our own here"
            return tally
        said = _run(inputs, disk / "out")
        tally.attempt(None if "No space left" in said else f"said: {said}")
        shutil.copytree(disk / "out", folder / "room")
    tally.remark = f"{len(list((folder / 'room').glob('partitions/*')))} partitions fitted"
    said = _run(inputs, folder / "room")
    tally.attempt(None if not said and as_bytes(folder / "room") == quiet else f"other: {said}")
    return tally


def _read_only(inputs: Path) -> Tally:
    tally = Tally("a folder that cannot be written: a line")
    with ExitStack() as stack:
        disk = _disk(stack, "size=1m,ro")
        if disk is not None:
            said = _run(inputs, disk / "out")
            tally.attempt(None if "Read-only" in said else f"said: {said}")
    return tally


def _disk(stack: ExitStack, options: str) -> Path | None:
    """A small disk in memory; None where we may not make one."""
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder]
    if not shutil.which("mount") or subprocess.run(command, stderr=subprocess.DEVNULL).returncode:
        return None
    stack.callback(subprocess.run, ["umount", folder], check=True)
    return Path(folder)


def _two(folder: Path, inputs: Path, quiet: dict[str, bytes]) -> Tally:
    tally = Tally("two runs into one folder at once: one is refused")
    out = folder / "two"
    with cluster(workers=2) as client:
        address = client.scheduler.address.removeprefix("tcp://")
        command = [sys.executable, "-m", __name__, str(inputs), str(out), address]
        both = [
            subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT,
                             env=os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT}/tui"})
            for _ in range(2)
        ]  # fmt: skip
        said = [one.communicate()[1] for one in both]
    codes = sorted(one.returncode for one in both)
    tally.attempt(None if codes == [0, 2] else f"they ended with {codes}: {said}")
    tally.attempt(None if as_bytes(out) == quiet else "other files")
    return tally


def _gone(folder: Path) -> Tally:
    """Half of the inputs go while a run is on: each is an error, or was read before."""
    tally = Tally("inputs that go while they are read: a row of errors each")
    inputs, out = made_up(folder / "going", COUNT, _SLOW), folder / "gone"
    left = sorted(inputs.iterdir())

    def remove(progress: Any) -> None:
        if progress.articles:
            for path in left[COUNT // 2 :]:
                path.unlink(missing_ok=True)

    with cluster(workers=2) as client:
        progress, held = running.run(task(inputs, out, STUB), client, remove)
    there, errors = held.rows["articles"], held.rows.get("errors", 0)
    is_whole = there + errors == COUNT and there >= COUNT // 2
    tally.attempt(None if is_whole else f"{there} articles and {errors} errors")
    with cluster(workers=2) as client:
        progress, held = running.run(task(inputs, out, STUB), client, lambda progress: None)
    after = (held.rows["articles"], held.rows.get("errors", 0))
    tally.attempt(None if after == (COUNT // 2, 0) else f"afterwards {after}")
    tally.remark = f"{there} articles, {errors} errors; then {after[0]}, {progress.articles} anew"
    return tally


def _client(inputs: str, out: str, address: str) -> int:
    """A run at a scheduler that is there; the exit status of `pullquote corpus analyze`."""
    try:
        with cluster(f"tcp://{address}") as client:
            running.run(task(Path(inputs), Path(out), STUB), client, lambda progress: None)
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(_client(*sys.argv[1:]))
