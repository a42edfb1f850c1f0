"""How long it takes to find the same words among 600,000 quotations, and what the index takes.

`python -m tests.benchmarks.same_words_speed FOLDER [ARTICLES]` makes a library once (some minutes)
of 50,000 articles with twelve quotations each: chains of words as they follow on each other in the
quotations of PolNeAR (../shared), so that common phrases are as common as they are; a tenth of them
are another's, word for word. Then it asks for 400 at random. No figure fails anything.
"""

import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from pullquote.library.elsewhere import Quoted
from pullquote.library.indexing import first_of
from pullquote.library.shingled import keep_shingles
from pullquote.library.store import Library
from tests.benchmarks.same_words import GOLD, quotations

_EACH = 12  # quotations of an article
_COPIED = 0.1
_POOL = 20_000  # quotations to be copied
_AT_ONCE = 1000  # articles
_INDEXED = "article, analyser, day, is_dated, site"


def _maker(chance: random.Random) -> Callable[[], str]:
    """Makes a quotation."""
    real = [words.split() for words in quotations().values()]
    following = defaultdict(list)
    for words in real:
        for first, second, third in zip(words, words[1:], words[2:], strict=False):
            following[first, second].append(third)
    starts = [tuple(words[:2]) for words in real if len(words) > 5]
    sizes = [max(5, len(words)) for words in real]
    pool: list[str] = []

    def make() -> str:
        if pool and chance.random() < _COPIED:
            return chance.choice(pool)
        size, words = chance.choice(sizes), list(chance.choice(starts))
        while len(words) < size:
            then = following.get((words[-2], words[-1]))
            goes_on = then and chance.random() < 0.9
            words += [chance.choice(then)] if then and goes_on else chance.choice(starts)
        made = " ".join(words[:size])
        if len(pool) < _POOL:
            pool.append(made)
        else:
            pool[chance.randrange(_POOL)] = made
        return made

    return make


def fill(library: Library, articles: int) -> None:
    """Put so many articles into an empty library: what the index has of them alone."""
    make = _maker(random.Random(3))
    for base in range(1, articles + 1, _AT_ONCE):
        with library.database.transaction() as db:
            for number in range(base, min(base + _AT_ONCE, articles + 1)):
                day = date(2015, 1, 1) + timedelta(days=number % 700)
                db.execute(
                    "INSERT INTO articles (number, id, text, title, byline, site, url, published, "
                    "retrieved, language, source, headings, added, opened, work) VALUES "
                    "(?, ?, '', 'Title', '', '', '', ?, '', 'en', '', '[]', '', '', ?)",
                    (number, f"{number:016x}", day.isoformat(), str(number)),
                )
                row = (number, "made", day.isoformat(), True, None)
                db.execute(f"INSERT INTO indexed ({_INDEXED}) VALUES (?, ?, ?, ?, ?)", row)
                for place in range(_EACH):
                    words, said = make(), first_of(day) | number << 17 | place
                    db.execute(
                        "INSERT INTO said (number, article, finding, kind, start, end, words, "
                        "speaker, how, sourcing, commitment, cue, checkable, verdict, sure, facets)"
                        " VALUES (?, ?, ?, 'quote', 0, 1, ?, 'Ada Quist', 'direct', 'named', '', "
                        "'said', 0, '', 1, '')",
                        (said, number, f"q{place}", words),
                    )
                    keep_shingles(db, said, words)


def ask(library: Library, count: int = 400) -> None:
    """Time so many questions, and print what the tables take."""
    chance = random.Random(5)
    numbers = library.database.rows("SELECT number FROM said")
    times, found = [], 0
    for (number,) in chance.sample(numbers, count):
        ((article, words),) = library.database.rows(
            "SELECT id, words FROM said JOIN articles ON articles.number = said.article "
            "WHERE said.number = ?",
            number,
        )
        began = time.perf_counter()
        found += bool(library.elsewhere.places(Quoted(article, words, "Ada Quist")))
        times.append(1000 * (time.perf_counter() - began))
    times.sort()
    middle, most = times[count // 2], times[int(0.95 * count)]
    print(
        f"{len(numbers):,} quotations: {middle:.1f} ms, p95 {most:.1f} ms, most {times[-1]:.1f} ms"
    )
    print(f"  of {count} asked for, {found} stand elsewhere, too")
    for name, size in library.database.rows(
        "SELECT name, sum(pgsize) / 1e6 FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 6"
    ):
        print(f"  {name:24} {size:8.1f} MB")


if __name__ == "__main__":
    if not GOLD.is_dir():
        sys.exit("the gold articles (../shared) are not beside this checkout: no words to make any")
    place = Path(sys.argv[1])
    is_new = not place.exists()
    with Library.open(place) as opened:
        if is_new:
            started = time.perf_counter()
            fill(opened, int(sys.argv[2]) if len(sys.argv) > 2 else 50_000)
            print(f"made in {time.perf_counter() - started:.0f} s")
        ask(opened)
