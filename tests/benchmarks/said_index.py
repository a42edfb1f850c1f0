"""Questions to a library of 50,000 articles and 2,000,000 quotes and claims, timed.

`python -m tests.benchmarks.said_index FOLDER [ARTICLES]` makes the library once (an hour on one
core) out of gold articles that are analysed there and then: each article is some of them in a row,
every word but the most common ones replaced by another word of theirs that is as long, so that all
that was found lies where it lay; every name by one of a made cast, in which few speak often. Then
it prints what the index takes and how long each kind of question takes, each made of random words,
names, sites and days. No figure fails anything.
"""

import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import msgspec

from pullquote.analysis.pipeline import analyse
from pullquote.analysis.vectors import static_vectors
from pullquote.article import Article
from pullquote.findings import Actor, ActorKind, Findings
from pullquote.library.schema import DERIVED
from pullquote.library.store import Library
from pullquote.notes.annotations import Correction, Edit, annotate
from pullquote.notes.questions import understood
from pullquote.record import record
from tests.conftest import SHARED

STATEMENTS = 28  # quotes and claims of an article at least; 40 on average
PLAIN = 120  # the most common words, which stay
CAST, SITES = 20_000, 200
_TABLE = 20_000  # draws that words are drawn from, as often as they are
_WORD = re.compile(r"[A-Za-z]{2,}")


class Template(msgspec.Struct):
    """An article to make others of."""

    text: str
    found: Findings


def _moved(value: object, by: int, prefix: str) -> object:
    """What was found, further on in the text, under ids of its own."""
    match value:
        case int() if not isinstance(value, bool):
            return value + by
        case str() if re.fullmatch(r"[atqcwr]\d+", value):
            return prefix + value
        case list() | tuple():
            return [_moved(one, by, prefix) for one in value]
        case dict():
            return {name: _moved(one, by, prefix) for name, one in value.items()}
    return value


def templates(analysed: Path, count: int) -> list[Template]:
    """Articles with at least `STATEMENTS` quotes and claims, each several of those analysed."""
    chance = random.Random(1)
    records = [msgspec.json.decode(line) for line in analysed.read_bytes().splitlines()]
    kinds = ("actors", "attributions", "quotes", "claims", "warnings", "replies")
    made = []
    for _ in range(count):
        text, found, number = "", defaultdict[str, list[object]](list), 0
        while len(found["quotes"]) + len(found["claims"]) < STATEMENTS:
            one = chance.choice(records)
            for kind in kinds:
                found[kind] += [_moved(each, len(text), f"n{number}") for each in one[kind]]
            text += one["text"] + "\n\n"
            number += 1
        made.append(Template(text, msgspec.convert({"analyser": "made", **found}, Findings)))
    return made


class Maker:
    """Makes articles of templates."""

    def __init__(self, made_of: list[Template]) -> None:
        self._templates = made_of
        counts = Counter(word for one in made_of for word in _WORD.findall(one.text))
        self.plain = frozenset(word for word, _ in counts.most_common(PLAIN))
        self.words = [(word, count) for word, count in counts.items() if word not in self.plain]
        by_shape = defaultdict[tuple[int, bool], list[tuple[str, int]]](list)
        for word, count in self.words:
            by_shape[len(word), word[0].isupper()].append((word, count))
        chance = random.Random(2)
        self._by_shape = {
            shape: chance.choices(*zip(*ones, strict=True), k=_TABLE)
            for shape, ones in by_shape.items()
        }
        names = [word for word, _ in self.words if word[0].isupper() and len(word) > 3]
        self.cast = sorted({f"{chance.choice(names)} {chance.choice(names)}" for _ in range(CAST)})
        chance.shuffle(self.cast)
        often = [1 / (rank + 5) for rank in range(len(self.cast))]
        self.speaking = chance.choices(self.cast, often, k=10 * _TABLE)
        self.sites = [f"The {one} Times" for one in chance.sample(names, SITES)]

    def article(self, number: int) -> tuple[Article, Findings]:
        chance = random.Random(number)
        one = chance.choice(self._templates)
        text = _WORD.sub(lambda found: self._other(found[0], chance), one.text)
        # read about as they came out
        when = date(2014, 1, 1) + timedelta(days=number * 3650 // 50_000 + chance.randrange(90))
        names = iter(chance.choices(self.speaking, k=len(one.found.actors)))
        actors = tuple(self._actor(actor, next(names), chance) for actor in one.found.actors)
        about = Article(
            text=text,
            title=text[:60].splitlines()[0],
            site=chance.choice(self.sites) if number % 20 else "",
            url=f"https://example.org/{number}",
            published=when.isoformat() if number % 10 else "",
        )
        return about, msgspec.structs.replace(one.found, actors=actors)

    def _other(self, word: str, chance: random.Random) -> str:
        if word in self.plain:
            return word
        return self._by_shape[len(word), word[0].isupper()][int(chance.random() * _TABLE)]

    def _actor(self, actor: Actor, name: str, chance: random.Random) -> Actor:
        if actor.kind is not ActorKind.PERSON:
            name = " ".join(chance.choices([*name.split(), "Council", "group"], k=2))
        aliases = (name.split()[-1],) if actor.aliases else ()
        return msgspec.structs.replace(actor, name=name, aliases=aliases)


def fill(library: Library, maker: Maker, articles: int, at_once: int = 200) -> None:
    there = len(library.articles.titles())
    began = time.perf_counter()
    for first in range(there, articles, at_once):
        with library.transaction():
            for number in range(first, min(articles, first + at_once)):
                article, found = maker.article(number)
                library.articles.save(article)
                library.findings.save(article.id, found)
        if first % 2000 == 0:
            print(first, f"{time.perf_counter() - began:.0f} s", flush=True)


def vectors(library: Library, at_once: int = 20_000) -> None:
    """Give each wording its vector; comparing all of them takes hours, and writes little."""
    query = (
        "SELECT wordings.number, min(words) FROM wordings "
        "JOIN worded ON wording = wordings.number JOIN said ON said.number = said "
        "WHERE vector IS NULL GROUP BY wordings.number ORDER BY wordings.number LIMIT ?"
    )
    while waiting := library.database.rows(query, at_once):
        made = static_vectors().of([words for _, words in waiting])
        with library.database.transaction() as db:
            db.executemany(
                "UPDATE wordings SET vector = ? WHERE number = ?",
                [(one.tobytes(), number) for (number, _), one in zip(waiting, made, strict=True)],
            )


# --- questions

_INDEX = (*DERIVED, "said_words_data", "said_words_idx", "said_words_docsize", "said_words_config")


def sizes(library: Library) -> tuple[int, int]:
    """Bytes of the whole library, and of what is derived: its tables and their indexes."""
    rows = library.database.rows(
        "SELECT tbl_name, sum(pgsize) FROM dbstat JOIN sqlite_master USING (name) GROUP BY tbl_name"
    )
    found = dict(rows)
    return sum(found.values()), sum(found.get(name, 0) for name in _INDEX)


def kinds(maker: Maker, library: Library, chance: random.Random) -> dict[str, Callable[[], str]]:
    """Makers of questions, by their kind."""
    by_count = sorted(maker.words, key=lambda one: -one[1])
    common = [word for word, _ in by_count[:300]]
    rare = [word for word, _ in by_count[3000:]]
    plain = sorted(maker.plain)
    sites = [name for name, _ in library.said.sites()]

    def name() -> str:
        return chance.choice(maker.speaking)

    def span() -> str:
        year = chance.randrange(2014, 2023)
        return f"after:{year}-0{chance.randrange(1, 10)} before:{year + 1}"

    return {
        "a common word": lambda: chance.choice(common),
        "two common words": lambda: " ".join(chance.sample(common, 2)),
        "the most common words": lambda: chance.choice(plain),
        "a rare word": lambda: chance.choice(rare),
        "the beginning of a word": lambda: f"{chance.choice(common)[:4]}*",
        "a phrase": lambda: f'"{chance.choice(plain)} {chance.choice(common)}"',
        "by": lambda: f'by:"{name()}"',
        "by part of a name": lambda: f"by:{name().split()[1]}",
        "about": lambda: f'about:"{name()}"',
        "by and about": lambda: f'by:"{name()}" about:"{name()}"',
        "by, with a common word": lambda: f'by:"{name()}" {chance.choice(common)}',
        "site and dates": lambda: f'site:"{chance.choice(sites)}" {span()}',
        "site, dates and a common word": lambda: (
            f'site:"{chance.choice(sites)}" {span()} {chance.choice(common)}'
        ),
        "checkable": lambda: f"checkable {chance.choice(common)}",
        "claims from documents": lambda: f"kind:claim sourcing:document {span()}",
        "but not": lambda: f"{chance.choice(common)} -{chance.choice(plain)}",
    }


def questions(maker: Maker, library: Library, count: int) -> None:
    """How long each kind of question takes: the first 50 rows, ready to be shown."""
    chance = random.Random(3)
    for kind, make in kinds(maker, library, chance).items():
        took, cpu = [], []
        for _ in range(count):
            question = understood(make())
            began, before = time.perf_counter(), time.process_time()
            library.said.ask(question)
            took.append(1000 * (time.perf_counter() - began))
            cpu.append(1000 * (time.process_time() - before))
        print(f"{kind:32} p95 {_p95(took):7.1f} ms   CPU {_p95(cpu):7.1f} ms", flush=True)


def acts(library: Library, count: int) -> None:
    """How long an act with a correction takes until it is durable, and opening an article."""
    chance = random.Random(4)
    ids = chance.sample([one for one, _ in library.articles.titles()][2::10], count)
    took: dict[str, list[float]] = defaultdict(list)
    for identity in ids:
        began = time.perf_counter()
        reading = library.reading(identity, "made")
        took["opening"].append(1000 * (time.perf_counter() - began))
        assert reading is not None
        assert reading.findings is not None
        claim = chance.choice(reading.findings.claims)
        span = claim.content[0][0], claim.content[-1][1]
        plain = annotate(reading.article.text, span)
        wrong = Correction(
            edit=Edit.REJECT, kind=claim.finding, analyser="made", of=(plain.target,)
        )
        corrected = msgspec.structs.replace(plain, correction=wrong)
        judged = msgspec.structs.replace(corrected, id=f"{corrected.id}v", correction=None,
                                         verdict="false")  # fmt: skip
        remark = msgspec.structs.replace(plain, id=f"{plain.id}c", comment="why?")
        notes = (("comment", remark), ("verdict", judged), ("correction", corrected))
        for what, note in notes:
            before = time.process_time()
            began = time.perf_counter()
            library.notes.add(identity, note)
            took[what].append(1000 * (time.perf_counter() - began))
            took[f"{what}, CPU"].append(1000 * (time.process_time() - before))
        for _ in notes:
            library.notes.undo(identity)
    for what, values in took.items():
        print(f"{what:32} p95 {_p95(values):7.1f} ms   median {median(values):7.1f} ms")


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def analysed(path: Path) -> None:
    """Analyse a fifth of the gold articles, if that has not been done."""
    if path.exists():
        return
    texts = sorted((SHARED / "gold" / "polnear").glob("*/text/*.txt"))[::4]
    with path.open("wb") as out:
        for text in texts:
            words = text.read_text(encoding="utf-8")
            out.write(record(text.stem, words, analyse(words)) + b"\n")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    analysed(folder / "analysed.jsonl")
    maker = Maker(templates(folder / "analysed.jsonl", 400))
    with Library.open(folder) as library:
        with library.database.maintenance() as db:  # what is lost is made again
            db.execute("PRAGMA cache_size = -500000")
            db.execute("PRAGMA synchronous = OFF")
            db.execute("PRAGMA wal_autocheckpoint = 50000")
        fill(library, maker, int(sys.argv[2]) if len(sys.argv) > 2 else 50_000)
        library.said.settle()
        vectors(library)
    with Library.open(folder) as library:
        whole, index = sizes(library)
        said = library.database.rows("SELECT count(*) FROM said")[0][0]
        print(f"{said:,} quotes and claims; {whole / 1e6:,.0f} MB, of which the index {index / 1e6:,.0f} MB: "
              f"{whole / (whole - index):.2f} times its size without")  # fmt: skip
        questions(maker, library, 40)
        acts(library, 60)
