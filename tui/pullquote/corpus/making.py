"""The partitions of a corpus that are being made: a window of them is with the scheduler at a time.

So neither it nor the client holds more of a large corpus than of a small one. A partition whose
worker has died is made again; an article that has ended several workers is skipped.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

import msgspec

from pullquote import __version__
from pullquote.corpus import dataset, inputs
from pullquote.corpus.cluster import replenish
from pullquote.corpus.dataset import Record
from pullquote.corpus.extra import CorpusError
from pullquote.corpus.listing import Listing, listing
from pullquote.corpus.partitions import Partition, partitions
from pullquote.corpus.parts import Failure
from pullquote.corpus.place import Place
from pullquote.corpus.tables import TABLES
from pullquote.corpus.worker import TRAILS, Job, Outcome, Plan, Step, perform
from pullquote.errors import described

_TICK = 1.0  # seconds between two looks at whether the scheduler is there
_LOOKED = 10.0  # seconds between two looks at how many workers there are
_AHEAD = 2  # partitions a worker has before it: one in work, one to go on with
# Deaths of workers over one article, after which it is skipped: where ten workers are killed at
# moments of chance, two of them may well have been at the same (tests/campaigns/corpus.py).
_DEATHS = 3
_TRIES = 20  # with a trail; after that all that is left of a partition is given up
_WRITES = 3  # tries to write a partition before the run is stopped


class Progress(msgspec.Struct):
    """How far a run is."""

    articles: int = 0  # made in this run
    errors: int = 0
    words: int = 0
    kept: int = 0  # partitions that were there
    workers: int = 0
    done: int = 0  # bytes of inputs, about
    skipped: int = 0  # of those, what was there
    total: int = 0  # bytes of inputs; 0 until they are counted
    seconds: float = 0.0

    @property
    def words_a_second(self) -> float:
        """Of this run."""
        return self.words / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """What is left at this pace; None where nobody knows."""
        made = self.done - self.skipped
        if not self.total or not made:
            return None
        return self.seconds * (self.total - self.done) / made


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is told, beside how it is done."""

    inputs: tuple[str, ...]
    plan: Plan
    partition_size: int
    retries_errors: bool = False  # make partitions with errors anew
    verifies: bool = False  # read all inputs again, whatever their sizes and times
    drops: bool = False  # also what came of inputs that are not named any more


class Making:
    """The window of partitions that are being made."""

    def __init__(
        self,
        task: Task,
        client: Any,
        place: Place,
        tell: Callable[[Progress], None],
    ) -> None:
        self.progress = Progress()
        self._task, self._client, self._place = task, client, place
        self._tell = tell
        self._ended: SimpleQueue[Any] = SimpleQueue()
        self._jobs: dict[str, tuple[Any, Job]] = {}  # by the key of its future
        self._tries: Counter[str] = Counter()
        self._began = time.monotonic()
        self._looked = -_LOOKED
        self._is_whole = True  # each input that was named could be read
        self._listing: Listing | None = None

    def all(self) -> tuple[set[str], bool]:
        """Make all partitions; the ids of all, and whether all inputs named are there."""
        there = self._there()
        seen: set[str] = set()
        with listing(self._partitions()) as self._listing:
            for partition in self._listing:
                seen.add(partition.id)
                self._notice(partition.failures)
                is_there = partition.id in there
                is_current = there.pop(partition.id, "") == partition.state
                if is_there and is_current and not self._task.verifies:
                    self._skip(partition)
                    continue
                while len(self._jobs) >= self._window():
                    self._wait()
                self._submit(Job(plan=self._task.plan, partition=partition, checks=is_there))
            while self._jobs:
                self._wait()
            self._tell(self._now())
        return seen, self._is_whole

    def _there(self) -> dict[str, str]:
        """The state of each partition whose files are all there."""
        there: dict[str, str] = {}
        lying = self._lying()
        for record in dataset.records(self._place):
            wanted = sum(1 << TABLES.index(table) for table in record.files)
            is_wanting = self._task.retries_errors and record.rows("errors")
            if is_wanting or wanted & ~lying[record.stem]:
                self._place.remove(dataset.record_name(record.id))
            else:
                there[record.id] = record.state
        return there

    def _lying(self) -> Counter[str]:
        """The files of each partition: a bit for each table."""
        lying: Counter[str] = Counter()
        for at, table in enumerate(TABLES):
            for name in self._place.names(table, dataset.SUFFIX):
                lying[name.removesuffix(dataset.SUFFIX)] |= 1 << at
        return lying

    def _partitions(self) -> Iterator[Partition]:
        plan = self._task.plan
        found = inputs.parts(self._task.inputs, plan.options)
        return partitions(found, self._task.partition_size, plan.analyser, plan.options)

    def _notice(self, failures: Sequence[Failure]) -> None:
        named = set(self._task.inputs)
        self._is_whole = self._is_whole and not any(one.input in named for one in failures)

    def _skip(self, partition: Partition) -> None:
        self.progress.done += partition.weight
        self.progress.skipped += partition.weight
        self.progress.kept += 1

    def _window(self) -> int:
        """How many partitions may be with the scheduler."""
        self._look()
        return max(1, self.progress.workers) * _AHEAD

    def _look(self) -> None:
        """See how many workers there are, now and then."""
        if time.monotonic() - self._looked > _LOOKED:
            self._looked = time.monotonic()
            with suppress(Exception):  # a scheduler that is lost is noticed in waiting
                self.progress.workers = sum(self._client.nthreads().values())
                replenish(self._client)

    def _submit(self, job: Job) -> None:
        self._tries[job.partition.id] += 1
        key = f"pullquote-{self._task.plan.run}-{job.partition.id}-{self._tries[job.partition.id]}"
        encoded = msgspec.json.encode(job)
        future = self._client.submit(perform, __version__, encoded, key=key, pure=False)
        self._jobs[key] = future, job
        future.add_done_callback(self._ended.put)

    def _wait(self) -> None:
        """Wait for a partition to end, or a second."""
        self._look()
        try:
            future = self._ended.get(timeout=_TICK)
        except Empty:
            if self._client.status not in ("running", "newly-created"):
                raise _lost() from None
        else:
            self._end(future)
        self._tell(self._now())

    def _now(self) -> Progress:
        self.progress.seconds = time.monotonic() - self._began
        self.progress.total = self._listing.total if self._listing else 0
        return self.progress

    def _end(self, future: Any) -> None:
        """Take what came of a job, or have it done again."""
        from distributed import KilledWorker

        _, job = self._jobs.pop(future.key)
        if future.status == "cancelled" or self._client.status != "running":
            raise _lost()
        try:
            outcome = msgspec.json.decode(future.result(), type=Outcome)
        except KilledWorker:
            self._submit(self._after_death(job))
            return
        except Exception as error:
            if isinstance(error, CancelledError) or self._client.status != "running":
                raise _lost() from error
            raise CorpusError(
                f"a worker cannot do it: {described(error)}; is pullquote[corpus] installed there?"
            ) from error
        finally:
            future.release()
        if outcome.refusal:
            raise CorpusError(outcome.refusal)
        if outcome.unwritten:
            if self._tries[job.partition.id] >= _WRITES:
                raise CorpusError(f"{outcome.unwritten}; the same command goes on from here")
            self._submit(job)
        elif outcome.record is not None:
            del self._tries[job.partition.id]
            if outcome.is_kept:
                self._skip(job.partition)
            else:
                self._record(outcome.record, job)

    def _record(self, record: Record, job: Job) -> None:
        self.progress.articles += record.rows("articles")
        self.progress.errors += record.rows("errors")
        self.progress.words += record.words
        self.progress.done += job.partition.weight

    def _after_death(self, job: Job) -> Job:
        """The job as it is to be done after its workers have died."""
        if self._tries[job.partition.id] >= _TRIES:
            parts = range(len(job.partition.parts))
            deadly = tuple(Step(number, 0, is_read=False) for number in parts)
            return msgspec.structs.replace(job, deadly=deadly)
        names = [one for one in self._place.names(TRAILS) if one.startswith(job.partition.id)]
        trails = self._place.read_all([f"{TRAILS}/{one}" for one in names])
        ends = Counter(msgspec.json.decode(trail, type=Step) for trail in trails)
        deadly = tuple(step for step, deaths in ends.items() if deaths >= _DEATHS)
        return msgspec.structs.replace(
            job, checks=False, has_trail=True, deadly=tuple(sorted({*job.deadly, *deadly}))
        )


def _lost() -> CorpusError:
    return CorpusError("the scheduler is gone; the same command goes on from here")
