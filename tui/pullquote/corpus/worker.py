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
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, suppress
from itertools import count
from threading import Lock, Thread

import msgspec

from pullquote import __version__
from pullquote.analysis import AnalysisFailed, NoModel, analyser
from pullquote.corpus import inputs
from pullquote.corpus.analyst import BESIDE, MEMORY, Analyst, analyst
from pullquote.corpus.dataset import Record, put, record_name
from pullquote.corpus.partitions import Partition
from pullquote.corpus.parts import Entry, Failure, Options, Part
from pullquote.corpus.place import Place
from pullquote.corpus.tables import rows
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
    has_trail: bool = False
    deadly: tuple[Step, ...] = ()  # to be skipped


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a job: one of these."""

    record: Record | None = None
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
        if place.exists(name := record_name(job.partition.id)):  # its worker was only thought dead
            return Outcome(record=msgspec.json.decode(place.read(name), type=Record))
        mine = _taken(plan)
        try:
            if job.has_trail:
                _warm(mine)
            made, words = _made(job, mine, place)
        finally:
            _given_back(plan, mine)
        return Outcome(record=_written(job, made, words, place))
    except NoModel as error:
        return Outcome(refusal=str(error))
    except Stopped:
        return Outcome(is_stopped=True)
    except OSError as error:
        return Outcome(unwritten=_line(error))


def _written(job: Job, made: Tables, words: int, place: Place) -> Record:
    """Put a partition in its place. Raises `OSError`."""
    finished = made.finished()
    record = Record(
        id=job.partition.id,
        analyser=job.plan.analyser,
        parts=job.partition.parts,
        failures=job.partition.failures,
        files={table: file for table, (file, _) in finished.items()},
        words=words,
    )
    put(place, record, {table: content for table, (_, content) in finished.items()})
    return record


def _warm(mine: Analyst) -> None:
    """Load all that is loaded once: what ends the worker meanwhile is no fault of an article."""
    mine.analyse("Loaded.")
    loaded = Tables()
    loaded.add({"errors": [msgspec.structs.asdict(Failure("", "", ""))]})
    loaded.finished()


def _made(job: Job, mine: Analyst, place: Place) -> tuple[Tables, int]:
    """All rows of a partition, and the number of words in it."""
    made, words = Tables(), 0
    failures = list(job.partition.failures)
    for part, one in _entries(job, place):
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
    made.add({"errors": [msgspec.structs.asdict(one) for one in failures]})
    return made, words


def _entries(job: Job, place: Place) -> Iterator[tuple[Part, Entry | Failure]]:
    """What is read from each part, without what is deadly."""
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
