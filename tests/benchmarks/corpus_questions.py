"""Questions to a corpus of 2,000,000 attributions, timed.

The corpus is made up: 200,000 articles of ten attributions, each said of fifteen words that come as
often as words do (Zipf), by a cast of 20,000 of whom few speak often, on 200 sites over ten years.
"""

import datetime
import random
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
import numpy

from pullquote.corpus.asking import ask
from pullquote.corpus.dataset import MANIFEST, File, Manifest, Record, put, record_name
from pullquote.corpus.index import opened
from pullquote.corpus.parts import Options
from pullquote.corpus.place import Place
from pullquote.corpus.tables import schema
from pullquote.notes.questions import understood

ARTICLES, OF_EACH, WORDS, ACTORS = 200_000, 10, 15, 4
AT_ONCE = 5_000  # articles of a partition
CAST, SITES, LEXICON = 20_000, 200, 30_000
_SYLLABLES = tuple(f"{one}{other}" for one in "bdklmprstvz" for other in "aeiou")


def _names(count: int, syllables: int, chance: random.Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(chance.choices(_SYLLABLES, k=syllables))] = None
    return list(found)


class Maker:
    """Makes the rows of partitions."""

    def __init__(self) -> None:
        chance = random.Random(1)
        self.lexicon = ["the", "of", "to", *_names(LEXICON - 3, 3, chance)]
        first, last = _names(400, 2, chance), _names(4000, 3, chance)
        self.cast = [f"{chance.choice(first)} {chance.choice(last)}".title() for _ in range(CAST)]
        self.sites = [f"The {name.title()} Times" for name in _names(SITES, 3, chance)]

    def tables(self, number: int) -> dict[str, Any]:
        """The tables of a partition."""
        from pyarrow import Table

        draws = numpy.random.default_rng(number)
        ids = [f"n{number}-{at}" for at in range(AT_ONCE)]
        sites = draws.integers(0, SITES, AT_ONCE)
        days = draws.integers(0, 3650, AT_ONCE)
        cast = _often(draws, CAST, (AT_ONCE, ACTORS))
        words = _often(draws, LEXICON, (AT_ONCE * OF_EACH, WORDS))
        speaking = draws.integers(0, ACTORS, AT_ONCE * OF_EACH)
        spoken_of = draws.integers(0, ACTORS, AT_ONCE * OF_EACH)
        begin = datetime.date(2014, 1, 1)
        each = numpy.repeat(numpy.arange(AT_ONCE), OF_EACH)
        day = [begin + datetime.timedelta(days=int(one)) for one in days]
        site = [self.sites[one] for one in sites]
        found = [f"q{at}" for _ in range(AT_ONCE) for at in range(OF_EACH)]
        speaker = [f"a{one}" for one in speaking]
        article = [ids[at] for at in each]
        columns: dict[str, dict[str, Any]] = {
            "articles": {
                "article": ids, "title": [self.lexicon[one] for one in words[::OF_EACH, 5]],
                "site": site, "day": day, "published": [str(one) for one in day],
                "url": [f"https://example.org/{one}" for one in ids],
            },
            "actors": {
                "article": [one for one in ids for _ in range(ACTORS)],
                "actor": [f"a{at}" for _ in ids for at in range(ACTORS)],
                "name": [self.cast[one] for one in cast.ravel()],
                "kind": ["person"] * (AT_ONCE * ACTORS),
            },
            "attributions": {
                "article": article, "attribution": found, "actor": speaker,
                "kind": ["direct"] * len(article), "stance": ["said"] * len(article),
            },
            "said": {
                "article": article, "site": [site[at] for at in each],
                "day": [day[at] for at in each], "finding": found,
                "kind": ["quote" if one % 3 else "claim" for one in range(len(article))],
                "kinds": [["quote"] if one % 3 else ["claim"] for one in range(len(article))],
                "how": ["direct" if one % 3 else "indirect" for one in range(len(article))],
                "sourcing": ["named" if one % 4 else "document" for one in range(len(article))],
                "checkable": [one % 5 == 0 for one in range(len(article))],
                "words": [" ".join([self.lexicon[one] for one in row]) for row in words.tolist()],
                "actor": speaker,
                "speaker": [self.cast[cast[at, one]] for at, one in zip(each, speaking, strict=True)],
                "about": [
                    [f"a{other}"] if other != one else []
                    for other, one in zip(spoken_of, speaking, strict=True)
                ],
            },
        }  # fmt: skip
        return {
            name: Table.from_pydict(_filled(name, given), schema=schema(name))
            for name, given in columns.items()
        }


def _often(draws: numpy.random.Generator, count: int, shape: tuple[int, int]) -> numpy.ndarray:
    """Numbers below `count`, the n-th one time in n + 5."""
    share = 1 / (numpy.arange(count) + 5)
    edges = numpy.cumsum(share / share.sum())
    return numpy.minimum(numpy.searchsorted(edges, draws.random(shape)), count - 1)


_NOTHING = {"bool": False, "int64": 0, "double": 1.0, "string": ""}


def _filled(name: str, given: dict[str, Any]) -> dict[str, Any]:
    """All columns of a table: those that are not given have nothing in them."""
    (count,) = {len(one) for one in given.values()}
    nothing = {
        field.name: _NOTHING.get(str(field.type), None if field.name == "part_of" else [])
        for field in schema(name)
    } | {"part_of": None, "born": None}
    return {field.name: given.get(field.name, [nothing[field.name]] * count)
            for field in schema(name)}  # fmt: skip


def fill(folder: Path, maker: Maker, articles: int = ARTICLES) -> int:
    """Make the corpus, if it is not there. Returns how many rows were written."""
    from pyarrow import BufferOutputStream
    from pyarrow.parquet import write_table

    place = Place(str(folder))
    written = 0
    for number in range(articles // AT_ONCE):
        identity = f"{number:05}"
        if place.exists(record_name(identity)):
            continue
        files, contents = {}, {}
        for name, table in maker.tables(number).items():
            sink = BufferOutputStream()
            write_table(table, sink, compression="zstd")
            contents[name] = sink.getvalue().to_pybytes()
            files[name] = File(rows=table.num_rows, size=len(contents[name]), sha256=identity)
            written += table.num_rows
        put(place, Record(id=identity, analyser="made", files=files), contents)
    manifest = Manifest(pullquote="0", analyser="made", inputs=(), options=Options(),
                        partition_size=1, is_complete=True)  # fmt: skip
    place.write(MANIFEST, msgspec.json.encode(manifest))
    return written


def kinds(maker: Maker, chance: random.Random) -> dict[str, Callable[[], str]]:
    """Makers of questions, by their kind."""
    common, rare = maker.lexicon[3:300], maker.lexicon[3000:]

    def name() -> str:
        return maker.cast[min(int(chance.expovariate(1 / 300)), CAST - 1)]

    def span() -> str:
        year = chance.randrange(2014, 2023)
        return f"after:{year}-0{chance.randrange(1, 10)} before:{year + 1}"

    return {
        "nothing: the newest": lambda: "",
        "a common word": lambda: chance.choice(common),
        "two common words": lambda: " ".join(chance.sample(common, 2)),
        "the most common words": lambda: "the of",
        "a rare word": lambda: chance.choice(rare),
        "a phrase": lambda: f'"the {chance.choice(common)}"',
        "by": lambda: f'by:"{name()}"',
        "by part of a name": lambda: f"by:{name().split()[1]}",
        "about": lambda: f'about:"{name()}"',
        "by and about": lambda: f'by:"{name()}" about:"{name()}"',
        "by, with a common word": lambda: f'by:"{name()}" {chance.choice(common)}',
        "site and dates": lambda: f'site:"{chance.choice(maker.sites)}" {span()}',
        "site, dates, a common word": lambda: (
            f'site:"{chance.choice(maker.sites)}" {span()} {chance.choice(common)}'
        ),
        "checkable": lambda: f"checkable {chance.choice(common)}",
        "claims from documents": lambda: f"kind:claim sourcing:document {span()}",
        "but not": lambda: f"{chance.choice(common)} -{chance.choice(common)}",
    }


def questions(
    folder: Path, report: Callable[[str, str, str], None], articles: int = ARTICLES, count: int = 20
) -> None:
    """How long questions take: the first 50 rows, by a process that has the index open."""
    maker, chance = Maker(), random.Random(3)
    fill(folder, maker, articles)
    began = time.perf_counter()
    with opened(str(folder)) as db:
        there = db.execute("SELECT count(*) FROM said").fetchall()[0][0]
        took = f"{time.perf_counter() - began:.0f} s"
        report(f"the index of {there:,} statements, made once", took, "")
        every: list[float] = []
        for kind, make in kinds(maker, chance).items():
            times, used = [], []
            for _ in range(count):
                question = understood(make())
                began, before = time.perf_counter(), time.process_time()
                ask(db, question)
                times.append(1000 * (time.perf_counter() - began))
                used.append(1000 * (time.process_time() - before))
            report(f"  {kind}", f"p95 {_p95(times):.0f} ms, CPU {median(used):.0f} ms", "")
            every += times
    report("a question", f"p95 {_p95(every):.0f} ms", "<= 300 ms")


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]
