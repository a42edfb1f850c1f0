"""For the tests of the analysis the shipped article is analysed anew; the others take the frozen
findings.
"""

import pytest

from pullquote.analysis.pipeline import analyse
from pullquote.article.source import shipped
from pullquote.findings import Findings


@pytest.fixture(scope="session")
def findings() -> Findings:
    return analyse(shipped().text)
