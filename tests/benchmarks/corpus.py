"""What a corpus costs beside the analysis itself: `make bench-corpus`. No figure fails anything.

The ratios are of the analysis, one core each, and want an idle machine; the load is told. The
others have a stub in the analysis' place, so that the engine alone is seen. Parts are run alone by
their names: `python -m tests.benchmarks.corpus memory kills`.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from pullquote.analysis import DEFAULT_MODEL
from pullquote.corpus import inputs
from pullquote.corpus.analyst import BESIDE, MEMORY, Limits, analyst
from pullquote.corpus.dataset import Manifest
from pullquote.corpus.fingerprint import Fingerprint
from pullquote.corpus.making import Progress, Task
from pullquote.corpus.parts import Entry, Options, Part
from pullquote.corpus.running import plan, run
from pullquote.findings import (
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    Findings,
    Quote,
    Sourcing,
)
from tests.benchmarks.corpus_questions import questions
from tests.benchmarks.duplicates import STORIES
from tests.campaigns.corpus import workers_killed
from tests.conftest import ROOT
from tests.corpus.stubs import STUB

ARTICLES = 240  # of the analysis; a minute or so of a core
COUNTS = (1_000, 10_000, 100_000)  # of the stub
FILES = 24  # a part each, so that two workers end at about the same time
PARTITION = 1 << 14  # bytes; of what is less than that one file is a partition
_STUB = "tests.benchmarks.corpus:stub"


def report(what: str, measured: str, budget: str) -> None:
    """One line of the table."""
    print(f"{what:58} {measured:>34}   {budget}", flush=True)


class _Stub:
    """Ten attributions an article, where they would be, without looking."""

    def analyse(self, text: str, language: str = "") -> Findings:
        places = [(at * len(text) // 11, at * len(text) // 11 + 10) for at in range(10)]
        return Findings(
            analyser="stub",
            actors=tuple(
                Actor(id=f"a{at}", name=f"Ada {at}", kind=ActorKind.PERSON, mentions=(place,))
                for at, place in enumerate(places[:3])
            ),
            attributions=tuple(
                Attribution(id=f"t{at}", source=(place,), cue=(place,), content=(place,),
                            speaker=f"a{at % 3}", kind=AttributionKind.DIRECT)
                for at, place in enumerate(places)
            ),
            quotes=tuple(
                Quote(id=f"q{at}", attribution=f"t{at}", content=(place,), speaker=f"a{at % 3}",
                      kind=AttributionKind.DIRECT)
                for at, place in enumerate(places)
            ),
            claims=tuple(
                Claim(id=f"c{at}", attribution=f"t{at}", content=(place,), speaker=f"a{at % 3}",
                      sourcing=Sourcing.NAMED, commitment=Commitment.ASSERTED)
                for at, place in enumerate(places[:5])
            ),
        )  # fmt: skip

    def close(self) -> None:
        """Nothing is open."""


def stub(limits: Limits) -> _Stub:
    return _Stub()


def written(path: Path, count: int, first: int = 0) -> Path:
    """JSON Lines of made-up articles: three of our stories each, of some 450 words."""
    every = [text for pair in STORIES for text in pair]
    with path.open("w", encoding="utf-8") as file:
        for number in range(first, first + count):
            those = [every[(number * step + at) % len(every)] for at, step in enumerate((1, 3, 5))]
            text = "\n\n".join((f"Story number {number}", *those))
            file.write(json.dumps({"id": f"n{number}", "text": text}) + "\n")
    return path


def _task(path: Path, out: Path, by: str, partition: int) -> Task:
    made = plan(str(out), Options(), DEFAULT_MODEL, seconds=0, memory=MEMORY)
    made = msgspec.structs.replace(made, analyst=by)
    return Task(inputs=(str(path),), plan=made, partition_size=partition)


def made(path: Path, out: Path, by: str, workers: int, partition: int) -> tuple[Progress, Manifest]:
    """A run on workers of this machine."""
    from pullquote.corpus.cluster import cluster

    with cluster(workers=workers) as client:
        return run(_task(path, out, by, partition), client, lambda progress: None)


def looped(path: Path) -> float:
    """The seconds that a plain loop takes: read, analyse, print; one core."""
    began = time.perf_counter()
    limits = plan("", Options(), DEFAULT_MODEL, seconds=0, memory=MEMORY)
    mine = analyst(BESIDE, limits)
    with open(os.devnull, "wb") as out:
        for part in inputs.parts([str(path)], Options()):
            assert isinstance(part, Part)
            for one in inputs.read(part, Options()):
                assert isinstance(one, Entry)
                out.write(msgspec.json.encode(mine.analyse(one.article.text)))
    mine.close()
    return time.perf_counter() - began


def ratios(folder: Path) -> None:
    """The worker over the loop, and two workers over one."""
    files = folder / "in"
    files.mkdir()
    for at in range(FILES):
        written(files / f"{at:02}.jsonl", ARTICLES // FILES, at * ARTICLES // FILES)
    loop = looped(files)
    one = made(files, folder / "one", BESIDE, 1, PARTITION)[0].seconds
    two = made(files, folder / "two", BESIDE, 2, PARTITION)[0].seconds
    report(
        "a worker over a plain loop", f"{one:.1f} s / {loop:.1f} s = {one / loop:.3f}", "<= 1.05"
    )
    report("two workers over one", f"{one:.1f} s / {two:.1f} s = {one / two:.2f}", ">= 1.8")


def engine(count: int, folder: Path) -> dict[str, Any]:
    """A run with a stub: what this process, client and scheduler, has taken at most, and rows."""
    path = written(folder / "in.jsonl", count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    progress, held = made(path, folder / "out", _STUB, 2, 1 << 20)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = sum(one.stat().st_size for one in (folder / "out").glob("*/*.parquet"))
    return {"before": before, "after": after, "rows": sum(held.rows.values()),
            "seconds": progress.seconds, "bytes": size, "words": held.words}  # fmt: skip


def memory(folder: Path, counts: tuple[int, ...]) -> None:
    """Of client and scheduler, each run in a process of its own; rows a second into Parquet."""
    for count in counts:
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            found = json.loads(
                subprocess.run(
                    [sys.executable, "-m", __spec__.name, "engine", str(count), scratch],
                    check=True, cwd=ROOT, stdout=subprocess.PIPE,
                ).stdout
            )  # fmt: skip
        what = f"client and scheduler at {count:,} articles"
        report(what, f"{found['after'] / 1024:.0f} MB", "as at 1,000")
        rate = f"{found['rows'] / found['seconds']:,.0f} rows a second"
        report("  into Parquet, two workers, the stub", rate, "")
        report("  Parquet", f"{found['bytes'] / count:,.0f} bytes an article", "")


def kills(folder: Path) -> None:
    """Ten workers are killed during a run of 2,000 articles; what an undisturbed one makes, too."""
    tally = workers_killed(folder / "killed", 2_000, 10, STUB, random.Random(1))
    found = "; ".join(tally.failures) or "nothing lost, nothing twice"
    report(f"{tally.tried} workers killed, 2,000 articles", found, "nothing lost, nothing twice")


def hashes(folder: Path) -> None:
    """What the hash of what is read costs, against the reading: both in this process."""
    path = written(folder / "hashed.jsonl", 2_000)
    (part, *_) = inputs.parts([str(path)], Options())
    assert isinstance(part, Part)
    began = time.process_time()
    entries = list(inputs.read(part, Options()))
    read = time.process_time() - began
    began = time.process_time()
    fingerprint = Fingerprint(part)
    for one in entries:
        fingerprint.add(one)
    hashed = time.process_time() - began
    each = 1e6 / len(entries)
    what = f"{read * each:.0f} and {hashed * each:.0f} microseconds"
    report("an article read, and its hash", what, "")


PARTS: dict[str, Callable[[Path], None]] = {
    "ratios": ratios,
    "hashes": hashes,
    "memory": lambda folder: memory(folder, COUNTS),
    "kills": kills,
    "questions": lambda folder: questions(folder / "asked", report),
}


def main(names: Sequence[str]) -> None:
    """Print the table, or the parts of it that are named."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    report(f"load of {os.cpu_count()} cores", load, "idle, for the ratios")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        for name in names or PARTS:
            PARTS[name](Path(scratch))
    report("all of this", f"{(time.monotonic() - began) / 60:.0f} min", "15 min")


if __name__ == "__main__":
    if sys.argv[1:2] == ["engine"]:
        print(json.dumps(engine(int(sys.argv[2]), Path(sys.argv[3]))))
    else:
        main(sys.argv[1:])
