"""Dask's workers: those of a scheduler that is there, or some of this machine's own."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pullquote.corpus.extra import CorpusError, require
from pullquote.errors import described

_DEATHS = 1  # of workers over one partition, before it is done with a trail (worker.py)

_PATIENCE = "10s"  # for a scheduler to answer
_RESTART = "60s"  # for a nanny to have its worker back; a crowded machine needs more than Dask's 15
# What Dask does all the time beside the work, for tasks of milliseconds: ours take minutes. With
# two workers it takes a ninth of a core, and a fiftieth as here (CPU of all, idle for 20 s).
_SELDOM: dict[str, object] = {
    "distributed.admin.tick.interval": "1s",  # a look at whether the event loop hangs
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.scheduler.active-memory-manager.start": False,  # no results are held
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.worker.profile.enabled": False,  # what Python is at, a hundred times a second
}
_QUIET = ("distributed", "distributed.client", "bokeh", "tornado")


@contextmanager
def cluster(scheduler: str = "", workers: int | None = None) -> Iterator[Any]:
    """A client of Dask, until the run is over.

    Args:
        scheduler: An address as "tcp://host:8786"; "" for workers of this machine.
        workers: How many of those, a core each; None for all cores.

    Raises:
        CorpusError: There is no scheduler, or Dask is not installed.
    """
    require("dask", "distributed", "pyarrow", "fsspec")
    import dask
    import distributed

    assert distributed
    for name in _QUIET:  # what is of use of it, is said by us
        logging.getLogger(name).setLevel(logging.CRITICAL)
    settings = {
        "logging": dict.fromkeys(_QUIET, "critical"),  # of the workers' processes
        "distributed.scheduler.allowed-failures": _DEATHS,
        "distributed.comm.timeouts.connect": _PATIENCE,
        "distributed.deploy.lost-worker-timeout": _RESTART,
        **_SELDOM,
    }
    found = _existing(scheduler) if scheduler else _local(workers)
    with dask.config.set(settings), found as client:
        yield client


@contextmanager
def _existing(scheduler: str) -> Iterator[Any]:
    from distributed import Client
    from distributed.comm import get_address_host_port

    try:
        get_address_host_port(scheduler, strict=True)  # a client complains of it when it is dropped
        client = Client(scheduler, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:  # the last for tls:// without certificates
        raise CorpusError(
            f"{scheduler}: no scheduler answers there; start one with dask scheduler"
        ) from error
    with client:
        yield client


@contextmanager
def _local(workers: int | None) -> Iterator[Any]:
    from distributed import Client, LocalCluster

    try:
        ours = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            preload=["pullquote.corpus.worker"],
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        )
    except (OSError, RuntimeError) as error:
        why = described(error.__cause__ or error)
        raise CorpusError(
            f"no workers start on this machine: {why}; try fewer --workers"
        ) from error
    with ours, Client(ours, set_as_default=False) as client:
        yield client


def replenish(client: Any) -> None:
    """Start anew the workers of this machine whose nannies have given up.

    A nanny starts a worker that died, but not one that dies while it starts, or takes long to.
    """
    ours = getattr(client, "cluster", None)
    if ours is not None:
        ours.scale(len(ours.worker_spec))


def dashboard(client: Any) -> str:
    """The address of Dask's dashboard; "" where there is none."""
    return str(client.dashboard_link) if client.run_on_scheduler(_draws) else ""


def _draws() -> bool:
    """Whether the scheduler has bokeh, and was not told --no-dashboard: else the page says less."""
    return "bokeh.core" in sys.modules
