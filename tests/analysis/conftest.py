"""For the tests of the analysis the shipped article is analysed anew; the others take the frozen findings."""

import pytest

from tui.analysis.findings import Findings
from tui.analysis.pipeline import analyse
from tui.article.source import shipped


@pytest.fixture(scope="session")
def findings() -> Findings:
    return analyse(shipped().text)
