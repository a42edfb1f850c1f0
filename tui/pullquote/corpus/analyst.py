"""The analysis at a worker: in a helper process, so that an article costs no more than itself.

The helper loads its model once. It is given so much memory and, for each article, so much time; who
needs more, or crashes it, is one failure, and the worker goes on with a new helper.
"""

from importlib import import_module
from typing import Protocol

from pullquote.analysis import AnalysisFailed, NoModel
from pullquote.analysis.beside import Helper, Waiting, deadline
from pullquote.findings import Findings

BESIDE = "pullquote.corpus.analyst:beside"
MEMORY = 4 << 30  # bytes; a book of 500,000 words takes half of it
_LOADED = "Loaded."  # a text that is analysed for what is loaded with it
# Whoever ended the helper so meant it or the machine, not the article: it is tried once more.
_FROM_OUTSIDE = ("(SIGHUP)", "(SIGINT)", "(SIGKILL)", "(SIGTERM)")


class Limits(Protocol):
    """What an article may take."""

    @property
    def model(self) -> str: ...
    @property
    def seconds(self) -> float: ...
    @property
    def memory(self) -> int: ...


class Analyst(Protocol):
    """Who analyses one text after another."""

    def analyse(self, text: str, language: str = "") -> Findings:
        """The findings. Raises `AnalysisFailed` for this text, `NoModel` for all."""
        ...

    def close(self) -> None:
        """Nothing more is analysed."""
        ...


def analyst(maker: str, limits: Limits) -> Analyst:
    """What the function "module:name" makes: `BESIDE`, or a stub where the engine is looked at."""
    module, _, name = maker.partition(":")
    made: Analyst = getattr(import_module(module), name)(limits)
    return made


class _Beside:
    def __init__(self, limits: Limits) -> None:
        def seconds(text: str) -> float:
            return limits.seconds if self._is_loaded and limits.seconds else deadline(text)

        helper = Helper(limits.model, cores=1, deadline=seconds, memory=limits.memory)
        self._waiting, self._helper = Waiting(helper), helper
        self._memory = limits.memory
        self._has_deadline = bool(limits.seconds)
        self._is_loaded = False

    def analyse(self, text: str, language: str = "") -> Findings:
        try:
            return self._analysed(text, language)
        except AnalysisFailed as error:
            if not any(signal in str(error) for signal in _FROM_OUTSIDE):
                raise
        return self._analysed(text, language)

    def _analysed(self, text: str, language: str) -> Findings:
        try:
            if self._has_deadline and not self._is_loaded:  # it is the article's, not the model's
                self._waiting.analyse(_LOADED)
                self._is_loaded = True
            return self._waiting.analyse(text, language)
        except NoModel:
            raise
        except AnalysisFailed as error:
            self._waiting.end()  # what failed may have left it without memory
            self._is_loaded = False
            if "MemoryError" in str(error):
                raise AnalysisFailed(
                    f"the analysis needs more memory than {self._memory / (1 << 30):,.1f} GB"
                ) from error
            raise

    def close(self) -> None:
        self._waiting.close()


def beside(limits: Limits) -> Analyst:
    """The analysis of this program, in a helper process."""
    return _Beside(limits)
