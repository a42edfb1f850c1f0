"""A web server of bad manners: silent, slow, endless, cut off; see `tests/article/manners.py`.

Each manner is met by the program as a reader starts it, with a short deadline. It must end soon
after that, with status 0 or 2; a refusal is one line that names the address, and nothing of it is
in the library.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pullquote.library.store import Library
from tests.article.manners import MANNERS, server
from tests.campaigns import Tally

_DEADLINE = 2.0  # seconds
_LATE = 1.0  # more than the deadline
_HUNG = 30.0
# The command line, with a short deadline, that says on its last line how long the fetching took,
# less what it waited for a processor that others had: a thread that sleeps wakes so much later.
_RUN = f"""
import sys, threading, time
from pullquote.article import source
asked = source.fetch
waited = 0.0
def watch():
    global waited
    while True:
        began, worked = time.monotonic(), time.process_time()
        time.sleep(0.05)
        late = time.monotonic() - began - 0.05
        waited += max(0.0, late - (time.process_time() - worked))
def fetch(*args, **options):
    threading.Thread(target=watch, daemon=True).start()
    began = time.monotonic()
    try:
        return asked(*args, **options, timeout={_DEADLINE})
    finally:
        print("TOOK", time.monotonic() - began - waited, file=sys.stderr)
source.fetch = fetch
from pullquote.cli import main
main()
"""


def run(rounds: int) -> Iterator[Tally]:
    """Every manner, `rounds` times."""
    tally = Tally("servers of bad manners")
    with (
        server() as address,
        tempfile.TemporaryDirectory() as folder,
        ThreadPoolExecutor(4) as pool,
    ):
        names = list(MANNERS) * rounds
        failures = pool.map(
            lambda number: _met(address, names[number], Path(folder, str(number))),
            range(len(names)),
        )
        for failure in failures:
            tally.attempt(failure)
    with server(is_mute=True) as address, tempfile.TemporaryDirectory() as folder:
        tally.attempt(_met(address.replace("http://", "https://"), "silent", Path(folder)))
    tally.remark = f"{len(MANNERS) + 1} manners"
    yield tally


def _met(address: str, name: str, folder: Path) -> str | None:
    """What went wrong with one manner, if anything did."""
    environment = os.environ | {
        "NO_PROXY": "*",
        "PULLQUOTE_DATA": str(folder),
        "PULLQUOTE_CONFIG": str(folder / "none.toml"),
    }
    command = [
        sys.executable,
        "-P",
        "-c",
        _RUN,
        "export",
        f"{address}/{name}",
        "--format",
        "csl-json",
    ]
    try:
        done = subprocess.run(
            command, capture_output=True, env=environment, timeout=_HUNG, check=False
        )
    except subprocess.TimeoutExpired:
        return f"{name}: hung"
    said = done.stderr.decode().splitlines()
    took = next((float(line.split()[1]) for line in said if line.startswith("TOOK ")), _HUNG)
    lines = [line for line in said if not line.startswith("TOOK ")]
    if took > _DEADLINE + _LATE:
        return f"{name}: took {took:.1f} s"
    told = MANNERS[name].told
    if done.returncode != (2 if told else 0):
        return f"{name}: status {done.returncode}: {' '.join(lines)[-200:]}"
    told = told and rf"{told}|within {_DEADLINE:g} seconds"  # which may come first
    if told and not (
        len(lines) == 1 and re.fullmatch(rf"pullquote: .*/{name}: .*(?:{told}).*", lines[0])
    ):
        return f"{name}: said {lines}"
    if told and (done.stdout or _kept(folder)):
        return f"{name}: refused, and kept all the same"
    return None


def _kept(folder: Path) -> bool:
    with Library.open(folder) as library:
        return bool(library.articles.entries())
