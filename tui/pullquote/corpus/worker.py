"""What a worker does: it reads the articles of a partition, analyses them and writes their rows.

Only values of a few kilobytes go to and from the scheduler, as JSON: a `Job` and an `Outcome`.
What is wrong with an article, or a part, is a row of the table `errors`. What is wrong with the
worker itself (another version, no model, no room to write) is told to the client instead, so that
no partition is written that would hold less than it could.

An article that kills the worker leaves no word of it. So a partition whose worker has died is done
anew with a trail: a file that says which article is in work, written before each. Where three
workers in turn died over the same one, the client has it skipped.
"""

import os
import secrets
import signal
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from itertools import count
from threading import Lock, Thread
from typing import NamedTuple

import msgspec

from pullquote import __version__
from pullquote.analysis import AnalysisFailed, NoModel, analyser
from pullquote.corpus import inputs
from pullquote.corpus.analyst import BESIDE, MEMORY, Analyst, analyst
from pullquote.corpus.dataset import Record, put, record, record_name
from pullquote.corpus.fingerprint import Fingerprint, content
from pullquote.corpus.partitions import Partition
from pullquote.corpus.parts import Entry, Failure, Options, Part
from pullquote.corpus.place import Place
from pullquote.corpus.tables import Row, rows
from pullquote.corpus.writing import Tables
from pullquote.errors import described

TRAILS = "trails"
DEADLY = "its worker died of it, each time"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for all partitions of a run."""

    run: str  # another one each time
    folder: str
    storage: Mapping[str, str] = {}
    options: Options = Options()
    analyser: str
    model: str
    seconds: float = 0  # an article may take; 0 for what `pullquote analyze` gives it
    memory: int = MEMORY  # bytes an article may take
    analyst: str = BESIDE


class Step(msgspec.Struct, frozen=True, order=True):
    """A moment of a partition's making: an article is read, or has been and is analysed."""

    part: int
    entry: int
    is_read: bool


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A partition to be made."""

    plan: Plan
    partition: Partition
    checks: bool = False  # it is there, and is made anew only if its inputs read otherwise
    has_trail: bool = False
    deadly: tuple[Step, ...] = ()  # to be skipped


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a job: one of these."""

    record: Record | None = None
    is_kept: bool = False  # what was there is what would be made
    unwritten: str = ""  # why there was no room to write, or no right to
    refusal: str = ""  # why this worker can do no job of this run
    is_stopped: bool = False  # the run is over


class Stopped(Exception):
    """The run is over; what is being made is for nobody."""


def dask_setup(worker: object) -> None:
    """Called by Dask in a new worker of this machine: ctrl+c is for the client alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def perform(version: str, job: bytes) -> bytes:
    """Make a partition; `job` is a `Job` of the client's version, the answer an `Outcome`."""
    if version != __version__:
        refusal = f"the worker has pullquote {__version__}, and this is {version}; install the same"
        return msgspec.json.encode(Outcome(refusal=refusal))
    return msgspec.json.encode(_outcome(msgspec.json.decode(job, type=Job)))


def _outcome(job: Job) -> Outcome:
    plan = job.plan
    if (ours := analyser(plan.model)) != plan.analyser:
        return Outcome(refusal=f"the worker analyses with {ours}, and this is {plan.analyser}")
    try:
        place = Place(plan.folder, plan.storage)
        if kept := _reusable(job, place):
            return Outcome(record=kept, is_kept=job.checks)
        mine = _taken(plan)
        try:
            if job.has_trail:
                _warm(mine)
            made = _made(job, mine, place)
        finally:
            _given_back(plan, mine)
        return Outcome(record=_written(job, made, place))
    except NoModel as error:
        return Outcome(refusal=str(error))
    except Stopped:
        return Outcome(is_stopped=True)
    except OSError as error:
        return Outcome(unwritten=_line(error))


def _reusable(job: Job, place: Place) -> Record | None:
    """What is there, if it need not be made anew. Raises `OSError`."""
    there, state = record(place, job.partition.id), job.partition.state
    if there is None:
        return None
    if not job.checks:  # if it is as it would be, its worker was only thought dead
        return there if there.state == state else None
    prints = [Fingerprint(part) for part in job.partition.parts]
    for part, one in zip(job.partition.parts, prints, strict=True):
        for read in _read(part, job.plan.options):
            one.add(read)
    if there.content != content(prints):
        return None
    kept = msgspec.structs.replace(there, state=state)
    if kept != there:
        place.write(record_name(kept.id), msgspec.json.encode(kept))
    return kept


class _Made(NamedTuple):
    """The rows of a partition."""

    tables: Tables
    words: int
    content: str


def _written(job: Job, made: _Made, place: Place) -> Record:
    """Put a partition in its place. Raises `OSError`."""
    finished = made.tables.finished()
    whole = Record(
        id=job.partition.id,
        analyser=job.plan.analyser,
        state=job.partition.state,
        content=made.content,
        files={table: file for table, (file, _) in finished.items()},
        words=made.words,
    )
    put(place, whole, {table: rows for table, (_, rows) in finished.items()})
    return whole


def _warm(mine: Analyst) -> None:
    """Load all that is loaded once: what ends the worker meanwhile is no fault of an article."""
    mine.analyse("Loaded.")
    loaded = Tables()
    loaded.add({"errors": [msgspec.structs.asdict(Failure("", "", ""))]})
    loaded.finished()


def _made(job: Job, mine: Analyst, place: Place) -> _Made:
    """All rows of a partition, the number of words in it, and what was read."""
    made, words = Tables(), 0
    failures = list(job.partition.failures)
    prints = [Fingerprint(part) for part in job.partition.parts]
    for part, one in _entries(job, place, prints):
        if isinstance(one, Failure):
            failures.append(one)
            continue
        try:
            found = mine.analyse(one.article.text, job.plan.options.language)
            made.add(those := rows(one.id, one.article, found))
        except NoModel:
            raise
        except Exception as error:  # of one article; the next may well be fine
            why = str(error) if isinstance(error, AnalysisFailed) else _line(error)
            failures.append(Failure(part.input, one.id, why))
        else:
            words += those["articles"][0]["words"]
        if job.plan.run in _over:
            raise Stopped
    inputs_read = [_input(*one) for one in zip(job.partition.parts, prints, strict=True)]
    made.add({"errors": [msgspec.structs.asdict(one) for one in failures], "inputs": inputs_read})
    return _Made(made, words, content(prints))


def _input(part: Part, read: Fingerprint) -> Row:
    known = msgspec.structs.asdict(part)
    del known["state"]
    return {**known, "sha256": read.hexdigest(), "articles": read.articles}


def _entries(
    job: Job, place: Place, prints: Sequence[Fingerprint]
) -> Iterator[tuple[Part, Entry | Failure]]:
    """What is read from each part, and in the part's fingerprint; without what is deadly."""
    trail = f"{TRAILS}/{job.partition.id}.{secrets.token_hex(4)}"

    def goes_on(step: Step) -> bool:
        if step in job.deadly:
            return False
        if job.has_trail:
            place.write(trail, msgspec.json.encode(step))
        return True

    for number, part in enumerate(job.partition.parts):
        with closing(_read(part, job.plan.options)) as found:
            for at in count():
                if not goes_on(Step(number, at, is_read=False)):
                    where = f"from article {at + 1} on" if at else ""
                    yield part, Failure(part.input, where, DEADLY)
                    break
                if (one := next(found, None)) is None:
                    break
                prints[number].add(one)
                if isinstance(one, Entry) and not goes_on(Step(number, at, is_read=True)):
                    one = Failure(part.input, one.id, DEADLY)
                yield part, one
    with suppress(OSError):
        place.remove(trail)


def _read(part: Part, options: Options) -> Generator[Entry | Failure]:
    """What is in a part; where its reading breaks off, a failure is the last."""
    try:
        yield from inputs.read(part, options)
    except Exception as error:
        yield Failure(part.input, "", _line(error))


def _line(error: Exception) -> str:
    """An error in one line, as a reader of it can use it."""
    if isinstance(error, OSError) and error.strerror:
        return ": ".join(filter(None, (str(error.filename or ""), error.strerror)))
    return described(error)


# Who is free at this worker to analyse for a run, and which runs are over. A worker has one thread
# as a rule; where it has more, each is given an analyst of its own.
_free: dict[str, list[Analyst]] = {}
_over: set[str] = set()
_lock = Lock()


def _taken(plan: Plan) -> Analyst:
    with _lock:
        if plan.run in _over:
            raise Stopped
        if free := _free.get(plan.run):
            return free.pop()
    # Dask has its workers give memory back at once, by which an analysis takes a tenth longer; what
    # is started from here reads this, the worker itself has read it
    os.environ.pop("MALLOC_TRIM_THRESHOLD_", None)
    return analyst(plan.analyst, plan)


def _given_back(plan: Plan, mine: Analyst) -> None:
    with _lock:
        if plan.run not in _over:
            _free.setdefault(plan.run, []).append(mine)
            return
    mine.close()


def dismiss(run: str) -> None:
    """End what this worker keeps for a run; what it is making for it is not written any more."""
    with _lock:
        _over.add(run)
        free = _free.pop(run, [])
    for one in free:
        Thread(target=one.close, daemon=True).start()  # it may wait for a process to end
