"""How well actors are joined across articles, and how fast a voice is shown in a large library.

Joined: pairs of actors in two articles that are one voice, against chains that people marked across
articles (MEANTIME), of those pairs that were found and are marked.

`python -m tests.benchmarks.voices FOLDER [ARTICLES]` makes a library of 50,000 short articles with
25 actors and 40 quotes and claims each, of a cast of whom few speak often (some minutes), and times
what the reader asks of the voices that say most. No figure fails anything.
"""

import json
import random
import sqlite3
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import msgspec

from pullquote.analysis.pipeline import analyse
from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.store import Library
from pullquote.notes.questions import Question
from pullquote.notes.voices import PERSON, class_of
from pullquote.text import Spans
from tests.conftest import SHARED


class Joined(NamedTuple):
    """An actor that was found, with what it is in truth, and its voice."""

    article: str
    kind: str
    truth: str
    voice: int


def meantime(folder: Path) -> dict[str, tuple[float, float, int]]:
    """Precision and recall of joins by class, and the number of pairs; none without the articles."""
    source = SHARED / "gold/meantime"
    if not source.is_dir():
        return {}
    gold = json.loads((source / "gold.json").read_bytes())
    found = list[Joined]()
    with Library.open(folder) as library:
        ids = {}
        for name in gold:
            text = (source / "text" / f"{name}.txt").read_bytes().decode()
            article = Article(text=text, title=name)
            ids[name] = article.id
            library.articles.save(article)
            library.findings.save(article.id, findings_of(text))
        for name, marked in gold.items():
            findings = library.findings.of(article_id := ids[name], "measured")
            assert findings is not None
            found += _known(library, article_id, findings, marked["actors"])
    return {
        kind: scores([one for one in found if (one.kind == PERSON) == (kind == PERSON)])
        for kind in (PERSON, "body")
    }


def findings_of(text: str) -> Findings:
    """What the machine finds in a text."""
    return msgspec.structs.replace(analyse(text), analyser="measured")


def _known(
    library: Library, article: str, findings: Findings, marked: list[dict[str, object]]
) -> Iterator[Joined]:
    for actor in findings.actors:
        voice = library.voices.of(article, actor.id)
        if not voice:
            continue
        for one in marked:
            names: Spans = tuple((s, e) for s, e in one["names"])  # type: ignore[misc,attr-defined]
            if set(names) & set(actor.mentions):
                truth = str(one["id"]).rsplit("_", 1)[-1]
                yield Joined(article, class_of(actor.kind), truth, voice)
                break


def scores(found: list[Joined]) -> tuple[float, float, int]:
    """Precision and recall over pairs in two articles, and how many pairs are one in truth."""
    by_truth, by_voice = defaultdict(list), defaultdict(list)
    for one in found:
        by_truth[one.truth].append(one)
        by_voice[one.voice].append(one)
    same, joined = (
        {
            frozenset((one, other))
            for ones in groups.values()
            for one, other in combinations(ones, 2)
            if one.article != other.article
        }
        for groups in (by_truth, by_voice)
    )
    right = len(same & joined)
    return right / max(1, len(joined)), right / max(1, len(same)), len(same)


# --- a large library

CAST, SITES, ACTORS, SAID = 40_000, 200, 25, 40
_DAY, _ARTICLE = 1 << 41, 1 << 17  # of a row's number (library/indexing.py)


def fill(library: Library, articles: int) -> None:
    """Write what the index would have of so many articles, as the index writes it."""
    chance = random.Random(1)
    names = [f"{_word(chance).title()} {_word(chance).title()}" for _ in range(CAST)]
    words = [_word(chance) for _ in range(5_000)]
    often = [1 / (rank + 5) for rank in range(CAST)]
    drawn = chance.choices(range(1, CAST + 1), often, k=1_000_000)
    with library.transaction(), library.database.transaction() as db:
        db.executemany(
            "INSERT INTO voices (number, kind, name) VALUES (?, 'person', ?)",
            enumerate(names, 1),
        )
        db.executemany(
            "INSERT INTO sites VALUES (?, ?)", [(n, f"The {n} Times") for n in range(1, SITES + 1)]
        )
    for first in range(1, articles + 1, 500):
        with library.database.transaction() as db:
            for number in range(first, min(articles, first + 499) + 1):
                _write(db, number, names, words, drawn, chance)
        if first % 5_000 == 1:
            print(first, flush=True)


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _ in range(3))


def _write(
    db: sqlite3.Connection,
    number: int,
    names: list[str],
    words: list[str],
    drawn: list[int],
    chance: random.Random,
) -> None:
    when = date(2014, 1, 1) + timedelta(days=number * 3650 // 50_000)
    db.execute(
        "INSERT INTO articles (number, id, text, title, byline, site, url, published, retrieved, "
        "language, source, headings, added, opened, work) "
        "VALUES (?1, ?2, 'text', ?3, '', 'site', '', ?4, '', '', '', '[]', ?4, ?4, ?2)",
        (number, f"{number:032x}", f"Article {number}", when.isoformat()),
    )
    site = chance.randrange(1, SITES + 1)
    db.execute(
        "INSERT INTO indexed (article, analyser, day, is_dated, site) VALUES (?, 'made', ?, 1, ?)",
        (number, when.isoformat(), site),
    )
    cast = sorted({chance.choice(drawn) for _ in range(ACTORS)})
    db.executemany(
        "INSERT INTO members (article, actor, voice, name, role, affiliation, born, names) "
        "VALUES (?, ?, ?, ?, ?, '', NULL, ?)",
        [(number, f"a{v}", v, names[v - 1], words[v % 50], _names(names[v - 1])) for v in cast],
    )
    base = when.toordinal() * _DAY + number * _ARTICLE
    rows = []
    for place in range(SAID):
        voice, about = chance.choice(cast), chance.choice(cast)
        rows.append((base + place, number, voice, names[voice - 1], f"a{about} s{site}",
                     " ".join(chance.choices(words, k=20))))  # fmt: skip
    db.executemany(
        "INSERT INTO said (number, article, finding, kind, start, end, words, voice, speaker, how, "
        "sourcing, commitment, cue, checkable, verdict, sure, facets) VALUES "
        "(?1, ?2, 'q', 'quote', 0, 9, ?6, ?3, ?4, 'direct', 'named', '', 'said', 0, '', 0.9, ?5)",
        rows,
    )


def _names(name: str) -> str:
    given, last = name.lower().split()
    uses = [("main", f"{given} {last}"), ("word", given), ("word", last)]
    return json.dumps(uses)


def timed(what: str, ask: Callable[[int], object], voices: list[int]) -> None:
    """Print how long a question takes for these voices: the median and the 95th percentile."""
    times = []
    for voice in voices:
        start = time.perf_counter()
        ask(voice)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"{what:50} median {middle:6.1f} ms, p95 {high:6.1f} ms", flush=True)


def questions(library: Library) -> None:
    """Time what the page of a voice asks: of those who say most, and of any."""
    most = list(range(1, 101))
    some = random.Random(2).sample(range(1, CAST), 100)
    names = {one: found.name for one in (*most, *some) if (found := library.voices.get(one))}
    for who, voices in (("who say most", most), ("of any", some)):
        there = [one for one in voices if one in names]
        timed(
            f"all one said, newest 300, {who}",
            lambda one: library.said.ask(Question(by=(str(one),)), 300, sort="newest"),
            there,
        )
        timed(f"the head of the page, {who}", library.voices.page, there)
        timed(f"a voice by its name, {who}", lambda one: library.voices.named(names[one]), there)
        timed(
            f"completing a surname, {who}",
            lambda one: library.voices.completions(names[one].split()[1][:4]),
            there,
        )
    timed("what may be one", lambda one: library.voices.proposals(), [1, 2, 3])


if __name__ == "__main__":
    folder, count = Path(sys.argv[1]), int((*sys.argv[2:], "50000")[0])
    with Library.open(folder) as opened:
        if not opened.voices.find("", 1):
            fill(opened, count)
        questions(opened)
