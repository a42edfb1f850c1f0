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
from datetime import date, timedelta
from pathlib import Path

import msgspec

from pullquote.article import Article
from pullquote.findings import Actor, ActorKind, Findings
from pullquote.library.store import Library

_GOLD = Path("/nonexistent")
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
        self._plain = frozenset(word for word, _ in counts.most_common(PLAIN))
        self.words = [(word, count) for word, count in counts.items() if word not in self._plain]
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
        self._speaking = chance.choices(self.cast, often, k=10 * _TABLE)
        self.sites = [f"The {one} Times" for one in chance.sample(names, SITES)]

    def article(self, number: int) -> tuple[Article, Findings]:
        chance = random.Random(number)
        one = chance.choice(self._templates)
        text = _WORD.sub(lambda found: self._other(found[0], chance), one.text)
        # read about as they came out
        when = date(2014, 1, 1) + timedelta(days=number * 3650 // 50_000 + chance.randrange(90))
        names = iter(chance.choices(self._speaking, k=len(one.found.actors)))
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
        if word in self._plain:
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
    with library.database.maintenance() as db:
        db.execute("PRAGMA cache_size = -500000")
        db.execute("PRAGMA synchronous = OFF")
    for first in range(there, articles, at_once):
        with library.transaction():
            for number in range(first, min(articles, first + at_once)):
                article, found = maker.article(number)
                library.articles.save(article)
                library.findings.save(article.id, found)
        if first % 2000 == 0:
            print(first, f"{time.perf_counter() - began:.0f} s", flush=True)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    maker = Maker(templates(folder / "analysed.jsonl", 400))
    with Library.open(folder) as library:
        fill(library, maker, int(sys.argv[2]))
