"""A run: the client divides the inputs, has the partitions made that are not there, and tidies up.

What lies in the folder at the end of a run follows from the inputs and the settings alone, not from
what was there before: a partition that is there is not made again, and one that the inputs do not
give any more is dropped, whether an input has changed or is gone. Nothing is dropped before the
rest is there.
"""

import os
import secrets
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec

from pullquote import __version__
from pullquote.analysis import analyser
from pullquote.corpus import dataset
from pullquote.corpus.dataset import Manifest
from pullquote.corpus.extra import CorpusError
from pullquote.corpus.locking import alone
from pullquote.corpus.making import Making, Progress, Task
from pullquote.corpus.partitions import is_stem
from pullquote.corpus.parts import Options
from pullquote.corpus.place import Place, has_protocol
from pullquote.corpus.tables import SCHEMA, TABLES
from pullquote.corpus.worker import TRAILS, Plan, dismiss


def run(task: Task, client: Any, tell: Callable[[Progress], None]) -> tuple[Progress, Manifest]:
    """Make what is missing.

    Args:
        task: What to do.
        client: Of Dask.
        tell: Given the progress every second or so.

    Returns:
        The progress at the end, and what the folder holds.

    Raises:
        CorpusError: It was stopped by what is said; what was made until then stays.
        OSError: The folder cannot be written.
    """
    place = Place(task.plan.folder, task.plan.storage)
    with alone(place) as check:
        _check(task, place)
        place.clear()
        _remove_trails(place)  # of a run that was killed
        making = Making(task, client, place, tell)
        place.write(dataset.MANIFEST, msgspec.json.encode(_manifest(task)))
        try:
            seen, is_whole = making.all()
        finally:
            _dismiss(client, task.plan.run)
        check()  # nothing is dropped that another run has made
        return making.progress, _finish(task, place, seen, is_whole)


def located(name: str) -> str:
    """An address, or a path in full: a worker may stand elsewhere."""
    return name if has_protocol(name) else os.path.abspath(os.path.expanduser(name))


def plan(folder: str, options: Options, model: str, seconds: float, memory: int) -> Plan:
    """How partitions are made in a folder, with the limits of an article (`Plan`)."""
    return Plan(
        run=secrets.token_hex(8),
        folder=located(folder),
        storage=options.storage,
        options=options,
        analyser=analyser(model),
        model=model,
        seconds=seconds,
        memory=memory,
    )


def _check(task: Task, place: Place) -> None:
    """Refuse to lose what was made, by us or others. Raises `CorpusError`."""
    for one in task.inputs:
        if _is_within(place.folder, one):
            raise CorpusError(
                f"{place.folder}: lies in {one}, and would be read as articles; "
                "use a folder beside it"
            )
    before = dataset.manifest(place)
    if before is None:
        for table in TABLES:
            if others := place.names(table, dataset.SUFFIX):
                raise CorpusError(
                    f"{place.url(table)}: holds {others[0]}, which is no part of a corpus; "
                    "use another folder"
                )
    if before is None or (before.is_complete and not before.rows.get("articles")):
        return
    if before.schema > SCHEMA:
        raise CorpusError(f"{place.folder}: written by a later version of pullquote")
    missing = [one for one in before.inputs if one not in task.inputs]
    if missing and not task.drops:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise CorpusError(
            f"{place.folder}: was made of {missing[0]}{more}, too; name that again, "
            "use another folder, or --drop what came of it"
        )


def _is_within(folder: str, given: str) -> bool:
    """Whether all that is in a folder is read with an input."""
    if "://" not in f"{folder}{given}":
        folder, given = os.path.realpath(folder), os.path.realpath(given)
    return f"{folder}/".startswith(f"{given.removesuffix('/**').rstrip('/')}/")


def _dismiss(client: Any, run: str) -> None:
    with suppress(Exception):  # workers that are gone keep nothing
        client.run(dismiss, run, on_error="ignore")


def _finish(task: Task, place: Place, seen: set[str], is_whole: bool) -> Manifest:
    """Drop what the inputs do not give any more, and write down what there is."""
    if is_whole:
        for identity in dataset.partitions(place):
            if identity not in seen:
                place.remove(dataset.record_name(identity))
    rows: Counter[str] = Counter()
    words, there = 0, set[str]()
    for record in dataset.records(place):
        there.add(record.stem)
        words += record.words
        rows.update({table: record.rows(table) for table in record.files})
    for table in TABLES:
        for name in place.names(table, dataset.SUFFIX):
            stem = name.removesuffix(dataset.SUFFIX)
            if is_stem(stem) and stem not in there:
                place.remove(f"{table}/{name}")
    _remove_trails(place)
    whole = msgspec.structs.replace(
        _manifest(task), is_complete=True, partitions=len(there), rows=dict(sorted(rows.items())),
        words=words,
    )  # fmt: skip
    place.write(dataset.MANIFEST, msgspec.json.format(msgspec.json.encode(whole), indent=2))
    return whole


def _remove_trails(place: Place) -> None:
    for trail in place.names(TRAILS):
        place.remove(f"{TRAILS}/{trail}")


def _manifest(task: Task) -> Manifest:
    return Manifest(
        pullquote=__version__,
        analyser=task.plan.analyser,
        inputs=task.inputs,
        options=msgspec.structs.replace(task.plan.options, storage={}),
        partition_size=task.partition_size,
        is_complete=False,
    )
