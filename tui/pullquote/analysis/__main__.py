"""The helper process: it analyses the texts that come on standard input, in turn, until that ends.

A `Request` a line comes in and `Answer`s go out (messages.py): how far it is, for a long text the
findings of its first part, then all findings or why there are none. It ends at once when its
standard input does, so also when the reader was killed. An analysis that hangs, and cannot even
notice that, is ended by the system at a limit of the processor's time.
"""

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread

import msgspec

from pullquote.analysis import DEFAULT_MODEL, NoModel
from pullquote.analysis.messages import Answer, Request
from pullquote.errors import described
from pullquote.extra_kinds import EXTRA_KINDS
from pullquote.findings import Findings
from pullquote.system import step_back

# numpy's threads would fight those of onnxruntime; read when numpy is loaded, so set before
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def main() -> None:
    """Answer the requests on standard input."""
    parser = argparse.ArgumentParser(prog="python -m pullquote.analysis", description=__doc__)
    parser.add_argument("--model", default=DEFAULT_MODEL, help="a spaCy pipeline")
    parser.add_argument("--cores", type=int, default=2, help="how many it may use: 1 or 2")
    parser.add_argument(
        "--nice", type=int, default=0, help="how far it steps back behind other processes"
    )
    parser.add_argument("--memory", type=int, default=0, help="bytes that it may have; 0 for any")
    options = parser.parse_args()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the terminal; the reader ends us, if at all
    _limit_memory(options.memory)
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    step_back(options.nice)
    requests: SimpleQueue[Request] = SimpleQueue()
    Thread(target=_listen, args=(requests,), daemon=True).start()
    with suppress(Exception):  # said when the first text is there
        _load(options.model)
    while True:
        request = requests.get()
        for answer in _answers(request, options.model, options.cores):
            _say(answer)


def _load(model: str) -> None:
    """Load what every analysis needs, while the reader gets the text."""
    from pullquote.analysis.encoder import encoder
    from pullquote.analysis.pipeline import pipeline

    pipeline(model)
    encoder()


def _listen(requests: SimpleQueue[Request]) -> None:
    for line in sys.stdin.buffer:
        requests.put(msgspec.json.decode(line, type=Request))
    os._exit(0)  # the reader is gone or needs no more; what is still being found is for nobody


def _answers(request: Request, model: str, cores: int) -> Iterator[Answer]:
    _limit(request.seconds * cores)
    try:
        from pullquote.analysis.pipeline import analyse

        try:
            part = (lambda found: _say(Answer(so_far=found))) if request.in_parts else None
            findings = analyse(
                request.text,
                model,
                lambda share: _say(Answer(progress=share)),
                part,
                cores,
                request.language,
            )
        except NoModel as error:
            yield Answer(no_model=str(error))
        else:
            yield Answer(findings=_with_extras(request.text, findings, model))
    except Exception as error:  # of one text; the next may well be fine
        yield Answer(error=described(error))


def _with_extras(text: str, findings: Findings, model: str) -> Findings:
    """With those of other packages, if there are any; before each it is said what is found."""
    if not EXTRA_KINDS.are_declared():
        return findings
    from pullquote.analysis.extras import with_extras

    return with_extras(
        text, findings, model, lambda name, found: _say(Answer(ours=found, plug_in=name))
    )


def _limit(seconds: float) -> None:
    """End this process after so much processor time, by a signal that needs no Python to run."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory(size: int) -> None:
    """Make whatever asks for more than `size` bytes fail, where the system can do that."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    if size:
        with suppress(OSError, ValueError):  # a lower limit stands already
            resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def _say(answer: Answer) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
