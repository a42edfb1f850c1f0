"""How well the same words are known: real quotations of seven outlets, and made edits of them.

`python -m tests.benchmarks.same_words [--speakers]` takes the quotations that people marked in
PolNeAR's train and dev splits (../shared). Of `tests/data/same_words.tsv`, pairs of them marked by
reading, in two passes, and of edits made at random, it prints precision and recall of each class:
thresholds were chosen on the first half, the second is the one to believe. With `--speakers`, the
marked articles are analysed into a library, and it is asked where words stand and who says them.
No figure fails anything.
"""

import hashlib
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from csv import DictReader
from pathlib import Path
from typing import NamedTuple

from pullquote.analysis.quotations import read_quotations
from pullquote.notes.collation import Likeness, collate
from pullquote.notes.shingles import fingerprint, shingles
from pullquote.notes.words import FEWEST, read
from pullquote.text import Spans, joined, overlap, paragraphs
from pullquote.training.corpus import read_split
from tests.conftest import ROOT, SHARED

PAIRS = ROOT / "tests" / "data" / "same_words.tsv"
GOLD = SHARED / "gold" / "polnear"
SPLITS = ("train", "dev")
CLASSES = ("same", "cut there", "cut here", "cut in both", "changed", "none")
MARKS = dict(zip(("s", "c2", "c1", "cb", "x", "n"), CLASSES, strict=True))
_CUTS = {(False, True): "cut there", (True, False): "cut here", (True, True): "cut in both"}
RATES = (0.05, 0.1, 0.2)  # of the words


class Marked(NamedTuple):
    """Two quotations by their places, and what the second is to the first."""

    first: str
    second: str
    kind: str
    is_another: bool  # who says it
    again: str  # in the second pass; "" where it was not marked again


def texts() -> dict[str, str]:
    """The gold articles by the digest of their names."""
    return {_digest(one.name): one.text for split in SPLITS for one in read_split(GOLD / split)}


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def quotations() -> dict[str, str]:
    """All quotations that people marked, by their places: "digest:start-end,start-end"."""
    found = {}
    for split in SPLITS:
        for article in read_split(GOLD / split):
            cut = read_quotations(article.text, paragraphs(article.text))
            quoted = [one.span for those in cut for one in those]
            for marked in article.attributions:
                spans = tuple(
                    (max(a, c), min(b, d))
                    for a, b in marked.content
                    for c, d in quoted
                    if overlap((a, b), (c, d))
                )
                if spans:
                    found[_place(article.name, spans)] = joined(article.text, spans)
    return found


def _place(name: str, spans: Spans) -> str:
    return f"{_digest(name)}:{','.join(f'{start}-{end}' for start, end in spans)}"


def marked() -> list[Marked]:
    """The pairs that were marked by reading."""
    with PAIRS.open(encoding="utf-8") as file:
        rows = list(DictReader(file, delimiter="\t"))
    return [
        Marked(
            row["first"],
            row["second"],
            MARKS[row["marked"].rstrip("!")],
            row["marked"].endswith("!"),
            MARKS.get(row["again"].rstrip("!"), ""),
        )
        for row in rows
    ]


def kind_of(first: str, second: str) -> str:
    """What the second is found to be to the first."""
    found = collate(read(first), read(second))
    if found is None:
        return "none"
    return _CUTS[found.cuts] if found.likeness is Likeness.CUT else str(found.likeness)


def half(place: str) -> int:
    """In which half a quotation is, 0 or 1; all of an article are in one."""
    return int(place[:4], 16) % 2


# --- the figures


def report(title: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Precision and recall of each class, of what was expected and found."""
    counted = Counter(pairs)
    print(f"\n{title}: {sum(counted.values())} pairs")
    for name in (*CLASSES[:-1], "all but none"):
        ok = (
            (lambda one: one != "none")
            if name == "all but none"
            else (lambda one, n=name: one == n)
        )
        right = sum(count for (want, got), count in counted.items() if ok(got) and ok(want))
        found = sum(count for (_, got), count in counted.items() if ok(got))
        there = sum(count for (want, _), count in counted.items() if ok(want))
        print(
            f"  {name:14} P {right / found if found else 1:.3f}  R {right / there if there else 1:.3f}"
            f"  ({right} right, {found} found, {there} there)"
        )


def real(quoted: dict[str, str], pairs: list[Marked]) -> None:
    """The marked pairs, by halves; what is found besides; and whether the index has them."""
    agreeing = [one for one in pairs if one.again]
    same = sum(one.kind == one.again for one in agreeing)
    print(f"marked again: {len(agreeing)} pairs, {same} alike (by the same reader)")
    for number, name in enumerate(("the half for choosing", "the other half")):
        report(
            f"Real pairs, {name}",
            (
                (one.kind, kind_of(quoted[one.first], quoted[one.second]))
                for one in pairs
                if half(one.first) == number
            ),
        )
    there = [one for one in pairs if one.kind != "none"]
    met = sum(
        bool(set(shingles(read(quoted[a]).keys)) & fingerprint(read(quoted[b]).keys))
        for one in there
        for a, b in ((one.first, one.second), (one.second, one.first))
    )
    print(f"  in the index: {met} of {2 * len(there)} (both ways)")
    known = {frozenset((one.first, one.second)) for one in pairs}
    others = Counter(
        kind_of(quoted[a], quoted[b]) for a, b in _meeting(quoted) if frozenset((a, b)) not in known
    )
    print(f"  of {sum(others.values())} pairs that meet and are not marked, found: {dict(others)}")


def _meeting(quoted: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Quotations of two articles that share a shingle, but for the most common ones."""
    having = defaultdict(list)
    for place, words in quoted.items():
        for one in set(shingles(read(words).keys)):
            having[one].append(place)
    pairs = {
        (a, b)
        for places in having.values()
        if len(places) <= 60
        for number, a in enumerate(places)
        for b in places[number + 1 :]
        if a[:12] != b[:12]
    }
    return iter(sorted(pairs))


# --- made edits

Edit = Callable[[list[str], float, random.Random, list[str]], list[str]]


def _some(words: list[str], rate: float, chance: random.Random) -> set[int]:
    return set(chance.sample(range(len(words)), max(1, round(rate * len(words)))))


def _replaced(words: list[str], rate: float, chance: random.Random, others: list[str]) -> list[str]:
    some = _some(words, rate, chance)
    return [chance.choice(others) if n in some else word for n, word in enumerate(words)]


def _deleted(words: list[str], rate: float, chance: random.Random, others: list[str]) -> list[str]:
    some = _some(words, rate, chance)
    return [word for n, word in enumerate(words) if n not in some]


def _inserted(words: list[str], rate: float, chance: random.Random, others: list[str]) -> list[str]:
    some = _some(words, rate, chance)
    return [
        one
        for n, word in enumerate(words)
        for one in ((chance.choice(others), word) if n in some else (word,))
    ]


def _elided(words: list[str], rate: float, chance: random.Random, others: list[str]) -> list[str]:
    size = max(1, round(rate * len(words)))
    start = chance.randrange(1, max(2, len(words) - size))
    return [*words[:start], "…", *words[start + size :]]


def _bracketed(
    words: list[str], rate: float, chance: random.Random, others: list[str]
) -> list[str]:
    some = _some(words, rate, chance)
    return [f"[{chance.choice(others)}]" if n in some else word for n, word in enumerate(words)]


def _shouted(words: list[str], rate: float, chance: random.Random, others: list[str]) -> list[str]:
    some = _some(words, rate, chance)
    return [word.upper() if n in some else word for n, word in enumerate(words)]


def _reset(words: list[str], rate: float, chance: random.Random, others: list[str]) -> list[str]:
    """With other marks: curly ones for straight ones and the other way, commas gone, dashes set."""
    table = str.maketrans({"’": "'", "'": "’", "“": '"', "”": '"', ",": "", "—": "-", "-": "—"})
    return [word.translate(table) for word in words]


EDITS: dict[str, tuple[Edit, str]] = {
    "replace": (_replaced, "changed"),
    "delete": (_deleted, "cut there"),
    "insert": (_inserted, "cut here"),
    "ellipsis": (_elided, "cut there"),
    "bracket": (_bracketed, "same"),
    "case": (_shouted, "same"),
    "marks": (_reset, "same"),
}


def made(quoted: dict[str, str], number: int) -> None:
    """Edits of the quotations of a half, and as many pairs that share words by chance."""
    chance = random.Random(15)
    ours = [words for place, words in sorted(quoted.items()) if half(place) == number]
    ours = [words for words in ours if len(read(words)) >= FEWEST]
    others = [word for words in ours for word in words.split() if word.isalpha() and word.islower()]
    pairs: list[tuple[str, str]] = []
    print(f"\nEdits, {'the other half' if number else 'the half for choosing'}: right of each")
    for name, (edit, kind) in EDITS.items():
        shares = []
        for rate in RATES:
            some = chance.sample(ours, 500)
            edited = [
                (words, " ".join(edit(words.split(), rate, chance, others))) for words in some
            ]
            found = [
                (kind, kind_of(one, other))
                for one, other in edited
                if (len(read(other)) >= FEWEST and read(one).keys != read(other).keys)
                or kind == "same"
            ]
            pairs += found
            shares.append(sum(want == got for want, got in found) / len(found))
        print(
            f"  {name:10}",
            "  ".join(f"{rate:.0%} {share:.3f}" for rate, share in zip(RATES, shares, strict=True)),
        )
    known = {frozenset((one.first, one.second)) for one in marked() if one.kind != "none"}
    strangers = [
        pair
        for pair in _meeting({p: w for p, w in quoted.items() if half(p) == number})
        if frozenset(pair) not in known
    ]
    pairs += [
        ("none", kind_of(quoted[a], quoted[b]))
        for a, b in chance.sample(strangers, min(len(strangers), 10_000))
    ]
    report("  with pairs that share words by chance", pairs)


# --- who says it, in a library


def speakers(pairs: list[Marked]) -> None:
    """Where the words of the marked pairs stand in a library of these articles, and whose they are."""
    from pullquote.analysis.pipeline import analyse
    from pullquote.article import Article
    from pullquote.library.elsewhere import Place
    from pullquote.library.store import Library

    every = texts()
    names = {place[:12] for one in pairs for place in (one.first, one.second) if one.kind != "none"}
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        ids = {}
        for name in sorted(names):
            article = Article(text=every[name], title=name)
            library.articles.save(article)
            library.findings.save(article.id, analyse(article.text))
            ids[name] = article.id
        found: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for article_id in ids.values():
            for quoted in library.elsewhere.quotations(article_id):
                for place in library.elsewhere.places(quoted):
                    found[article_id, place.article].append(place)
    counted = Counter(
        (one.is_another, any(p.is_another for p in places if _meets(p, one.second)))
        for one in pairs
        if one.kind != "none"
        for places in [found.get((ids[one.first[:12]], ids[one.second[:12]]), [])]
        if any(_meets(place, one.second) for place in places)
    )
    there = sum(one.kind != "none" for one in pairs)
    print(
        f"\nIn a library of {len(names)} articles: {sum(counted.values())} of {there} pairs found"
    )
    print(
        f"  another speaker, marked and said: {counted[True, True]}; marked only:"
        f" {counted[True, False]}; said only: {counted[False, True]}; neither: {counted[False, False]}"
    )


def _meets(place: "object", where: str) -> bool:
    start, end = where.partition(":")[2].split(",")[0].split("-")
    return bool(overlap((place.start, place.end), (int(start), int(end))))  # type: ignore[attr-defined]


if __name__ == "__main__":
    if not GOLD.is_dir():
        sys.exit("the gold articles (../shared) are not beside this checkout: nothing to compare")
    those, all_pairs = quotations(), marked()
    real(those, all_pairs)
    for which in (0, 1):
        made(those, which)
    if "--speakers" in sys.argv:
        speakers(all_pairs)
