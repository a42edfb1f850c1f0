"""Print the budgets of the design as measured here: `make bench`. Not part of the tests; no figure fails anything.

Ratios are taken within one run, since machines differ and drift; the median of several runs where a run is short.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.benchmarks.terminal import Press, Terminal
from tests.conftest import ROOT, SHARED
from tui.analysis import analyser
from tui.analysis.findings import Actor, ActorKind, Attribution, AttributionKind, Findings, Quote
from tui.article import Article
from tui.article.source import shipped
from tui.library.annotations import annotate
from tui.library.store import Library
from tui.settings import Settings

PULLQUOTE = [sys.executable, "-m", "tui.cli"]
BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("SENTINEL words on the screen")
Bare().run()
"""
KEYS = {"next quote": b"n", "line down": b"j", "extend selection": b"w"}


def report(what: str, measured: str, budget: str) -> None:
    """One line of the table."""
    print(f"{what:58} {measured:>34}   {budget}", flush=True)


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


@contextmanager
def reader(folder: Path, *arguments: str) -> Iterator[Terminal]:
    """Pullquote in a terminal, with a library in `folder`."""
    environment = {"PULLQUOTE_DATA": str(folder), "PULLQUOTE_CONFIG": str(folder / "none.toml")}
    terminal = Terminal([*PULLQUOTE, *arguments], environment)
    try:
        yield terminal
    finally:
        terminal.close()


def long_article(words: int) -> tuple[Article, Findings]:
    """A made article of so many words, with a quote every dozen."""
    chance = random.Random(words)
    lexicon = ["the", "minister", "said", "that", "talks", "on", "grain", "and", "gas", "would", "go", "until", "both"]
    lines, quotes, attributions, offset = [], [], [], 0
    for _ in range(words // 60):
        line = " ".join(chance.choice(lexicon) for _ in range(60))
        for place in range(40, len(line) - 40, 72):
            number = f"t{len(quotes) + 1}"
            span = ((offset + place, offset + place + 24),)
            kind = AttributionKind.DIRECT
            quotes.append(Quote(attribution=number, content=span, kind=kind, speaker="a1"))
            attributions.append(Attribution(id=number, source=(), cue=(), content=span, kind=kind, speaker="a1"))
        lines.append(line)
        offset += len(line) + 1
    name = analyser(Settings().model)
    actor = Actor(id="a1", name="The Minister", kind=ActorKind.PERSON, mentions=((0, 3),))
    found = Findings(analyser=name, actors=(actor,), attributions=tuple(attributions), quotes=tuple(quotes))
    return Article(text="\n".join(lines), title="SENTINEL"), found


def starting(folder: Path) -> None:
    """From process start to the text on the screen, cold and analysed before."""
    bare, cold, warm = [], [], []
    for number in range(5):
        terminal = Terminal([sys.executable, "-c", BARE], {})
        bare.append(terminal.wait_for(b"SENTINEL"))
        terminal.close()
        with reader(folder / f"cold{number}") as opened:
            cold.append(opened.wait_for(b"reportedly"))
    article = shipped()
    with Library.open(folder / "warm") as library:
        library.keep(article)
    subprocess.run([*PULLQUOTE, "--plain", "--data", folder / "warm"], check=True, capture_output=True)
    for _ in range(5):
        with reader(folder / "warm") as opened:
            warm.append(opened.wait_for(b"red line"))  # a row of the warnings' pane
            memory = opened.memory()
    base = median(bare)
    report(
        "start to text on screen / bare Textual app",
        f"{median(cold) / base:.2f} ({median(cold):.2f} s / {base:.2f} s)",
        "<= 2",
    )
    report(
        "start to findings, analysed before / bare app",
        f"{median(warm) / base:.2f} ({median(warm):.2f} s)",
        "same frame",
    )
    report("memory, analysed article of 500 words", f"{memory:.0f} MB", "<= 100 MB at 1,000 words")


def pressing(folder: Path) -> None:
    """CPU and wall from key to frame, by length of the article."""
    cpu: dict[tuple[int, str], float] = {}
    for words in (5_000, 50_000, 500_000):
        article, found = long_article(words)
        with Library.open(folder / str(words)) as library:
            library.keep(article)
            library.keep_findings(article.id, found)
        source = folder / f"{words}.txt"
        source.write_text(article.text)
        with reader(folder / str(words), str(source)) as opened:
            first = opened.wait_for(b"minister", 120)
            opened.settle(2.0)
            for name, key in KEYS.items():
                if name == "extend selection":
                    opened.press(b"v")
                presses: list[Press] = [opened.press(key) for _ in range(60)]
                cpu[words, name] = p95([press.cpu for press in presses])
                wall = p95([press.wall for press in presses])
                figures = f"{cpu[words, name]:.1f} ms (wall p95 {wall:.1f} ms)"
                report(f"{words:,} words: {name}, CPU p95", figures, "<= 10 ms at 50,000")
            report(f"{words:,} words: start to text on screen; memory", f"{first:.2f} s; {opened.memory():.0f} MB", "")
    for name in KEYS:
        report(f"{name}, CPU p95 at 500,000 / at 5,000 words", f"{cpu[500_000, name] / cpu[5_000, name]:.2f}", "<= 1.5")


def beside(folder: Path) -> None:
    """Keys while an analysis runs, against none running."""
    article, found = long_article(20_000)
    source = folder / "beside.txt"
    source.write_text(article.text)
    with Library.open(folder / "idle") as library:
        library.keep(article)
        library.keep_findings(article.id, found)
    figures = {}
    for name in ("idle", "busy"):
        with reader(folder / name, str(source)) as opened:
            opened.wait_for(b"minister")
            time.sleep(1.0)
            opened.settle(0.1) if name == "idle" else None
            # To the first byte: while an analysis runs, its progress is painted too.
            presses = [opened.press(b"j", quiet=0.02).first for _ in range(250)]
            figures[name] = (p95(presses), max(presses))
    ratio = figures["busy"][0] / figures["idle"][0]
    walls = f"{figures['busy'][0]:.0f} / {figures['idle'][0]:.0f} ms"
    report("line down while analysing / idle, wall p95", f"{ratio:.2f} ({walls})", "<= 1.5")
    report("the longest stall while analysing", f"{figures['busy'][1]:.0f} ms", "<= 100 ms")


def analysing() -> None:
    """The whole analysis against the bare spaCy pass over the same text."""
    from tui.analysis.pipeline import analyse, pipeline

    folder = SHARED / "gold/polnear/dev/text"
    texts = (
        [p.read_bytes().decode() for p in sorted(folder.glob("*.txt"))[:30]]
        if folder.is_dir()
        else [shipped().text] * 30
    )
    nlp = pipeline(Settings().model)
    analyse(texts[0])
    ratios, words = [], sum(len(text.split()) for text in texts)
    for _ in range(3):
        start = time.perf_counter()
        for _doc in nlp.pipe(texts):
            pass
        bare = time.perf_counter() - start
        start = time.perf_counter()
        for text in texts:
            analyse(text)
        whole = time.perf_counter() - start
        ratios.append(whole / bare)
    report("analysis / bare spaCy pass", f"{median(ratios):.2f} ({words / whole:,.0f} words/s)", "<= 1.5")


def keeping(folder: Path) -> None:
    """An annotation made durable; a list of many articles."""
    article = shipped()
    with Library.open(folder / "keeping") as library:
        library.keep(article)
        times = []
        for number in range(200):
            start = time.perf_counter()
            library.add(article.id, annotate(article.text, (number, number + 9), comment="a note"))
            times.append((time.perf_counter() - start) * 1000)
        report("an annotation made durable, p95", f"{p95(times):.1f} ms", "<= 10 ms")
        for number in range(10_000):
            library.keep(Article(text=f"{number} words", title=f"Article {number}"))
        start = time.perf_counter()
        library.entries()
        report(
            "listing 10,000 articles (without the screen)",
            f"{(time.perf_counter() - start) * 1000:.0f} ms",
            "<= 300 ms",
        )


def finding(folder: Path) -> None:
    """The figures of the analysis, where the gold articles are."""
    if not SHARED.is_dir():
        print("attribution figures: skipped, the gold articles (../shared) are not beside this checkout")
        return
    gold, out = SHARED / "gold/polnear/dev", folder / "dev.jsonl"
    texts = sorted(str(path) for path in (gold / "text").glob("*.txt"))
    subprocess.run([*PULLQUOTE, "analyze", *texts, "--output", out], check=True)
    scorer = [sys.executable, SHARED / "bench/score_attribution.py", gold, out, "--json"]
    figures = json.loads(subprocess.run(scorer, check=True, capture_output=True).stdout)
    for kind, goal in (("all", ">= 0.72"), ("direct", ">= 0.90"), ("mixed", ""), ("indirect", "")):
        report(f"attrib F1 on PolNeAR dev, {kind}", f"{figures[kind]['attrib']['f1']:.3f}", goal)


def main() -> None:
    """Measure and print everything."""
    os.chdir(ROOT)
    report("what", "measured here", "budget")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        starting(folder)
        pressing(folder)
        beside(folder)
        analysing()
        keeping(folder)
        finding(folder)


if __name__ == "__main__":
    main()
