"""The tests of the analysis analyse the shipped article anew; the others take frozen findings."""

import pytest

from pullquote.analysis.pipeline import analyse
from pullquote.article.source import shipped
from pullquote.findings import Findings


@pytest.fixture(scope="session")
def findings() -> Findings:
    return analyse(shipped().text)
