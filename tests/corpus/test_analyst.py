"""The analysis at a worker: what an article may take, and what is not the article's."""

import sys
from functools import partial

import pytest

from pullquote.analysis import AnalysisFailed
from pullquote.analysis.beside import Helper
from pullquote.corpus import analyst
from pullquote.corpus.parts import Options
from pullquote.corpus.running import plan

# a helper that loads for longer than an article may take; a text with HANGS is never done
_SLOW_TO_LOAD = """
import sys, time
time.sleep(3)
for line in sys.stdin:
    if "HANGS" in line:
        time.sleep(600)
    print('{"findings": {"analyser": "slow"}}', flush=True)
"""


def test_the_deadline_of_an_article_is_not_used_up_by_the_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither at first nor after an article that was given up."""
    command = [sys.executable, "-c", _SLOW_TO_LOAD]
    monkeypatch.setattr(analyst, "Helper", partial(Helper, command=command))
    limits = plan("", Options(), "none", seconds=2, memory=0)
    mine = analyst.analyst(analyst.BESIDE, limits)
    try:
        assert mine.analyse("Short.").analyser == "slow"
        with pytest.raises(AnalysisFailed, match="not done after 2 s"):
            mine.analyse("This one HANGS.")
        assert mine.analyse("Short.").analyser == "slow"
    finally:
        mine.close()
