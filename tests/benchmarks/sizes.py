"""Texts of a size that no article has: time and memory grow as the text does."""

import json
import subprocess
import sys
from collections.abc import Callable
from statistics import median

# What opening takes without the screen and the analysis: reading, cleaning, paragraphs, lines; and
# the most memory.
_MEASURE = """
import io, json, sys, time
from pullquote.article.source import extract, fetch
from pullquote.text import Paragraphs
from pullquote.reader.layout import Layout
unit, count = json.loads(sys.argv[1])
data = ("word" + unit * count).encode()
began = time.process_time()
text = extract(fetch("-", io.BytesIO(data), limit=10**9)).text
Layout(text, Paragraphs(text), 84)
took = time.process_time() - began
with open("/proc/self/status") as status:
    most = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(took, most / 1024)
"""
_TEXTS = {
    "lines of one word": ("word\n", 4_000_000),
    "words on one line": ("said ", 1_000_000),
    "blanks on one line": (" ", 4_000_000),
    "lines of blanks": (" " * 10 + "\n", 400_000),
    "characters of Chinese on one line": ("東", 1_000_000),
}


def sizes(report: Callable[[str, str, str], None]) -> None:
    """The time of a text over that of one half as long."""
    for what, (unit, count) in _TEXTS.items():
        runs = [(_measured(unit, count // 2)[0], *_measured(unit, count)) for _ in range(3)]
        ratio = median(whole / half for half, whole, _ in runs)
        seconds, most = (
            median(whole for _, whole, _ in runs),
            median(memory for _, _, memory in runs),
        )
        report(
            f"{count:,} {what} / half of them, CPU",
            f"{ratio:.2f} ({seconds:.2f} s, {most:.0f} MB)",
            "<= 2.5",
        )


def _measured(unit: str, count: int) -> tuple[float, float]:
    command = [sys.executable, "-c", _MEASURE, json.dumps((unit, count))]
    took, most = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(took), float(most)
