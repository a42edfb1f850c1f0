"""The reader in a real terminal: what a headless run cannot show."""

import sys
from pathlib import Path

import pytest

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.store import Library
from tests.benchmarks.terminal import Terminal


@pytest.mark.skipif(sys.platform != "linux", reason="reads a process's time from /proc")
def test_every_press_is_painted_also_far_down_in_the_text(
    library: Library, seed: Article, findings: Findings, tmp_path: Path
) -> None:
    """A selection is painted as it grows, at the top and where the text has been scrolled."""
    library.articles.save(seed)
    library.findings.save(seed.id, findings)
    environment = {
        "PULLQUOTE_DATA": str(tmp_path / "data"),
        "PULLQUOTE_CONFIG": str(tmp_path / "none.toml"),
    }
    terminal = Terminal([sys.executable, "-m", "pullquote.cli"], environment, columns=80, rows=14)
    try:
        terminal.wait_for(b"reportedly")
        terminal.settle()
        keys = [
            b"v",
            b"w",
            b"w",
            b"\x1b",
            *[b"j"] * 20,
            b"v",
            b"w",
            b"w",
            b"\x1b",
            b"n",
            b"?",
            b"\x1b",
        ]
        painted = [terminal.press(key, quiet=0.2).wall > 0 for key in keys]
    finally:
        terminal.close()
    assert all(painted), [key for key, seen in zip(keys, painted, strict=True) if not seen]
