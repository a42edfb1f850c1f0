"""How well the same claim in other words is found: `python -m tests.benchmarks.same_claims`.

Pairs of claims from PolNeAR's dev and train splits, marked by hand (tests/data/same_claims.tsv: the
articles' ids, half-open offsets in code points, labels, and how many pairs each stands for). Half of
the articles choose a limit, the other half tells what it is worth. Needs ../shared.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.fuzz import token_set_ratio

from pullquote.analysis.vectors import static_vectors
from pullquote.notes.sameness import FEWEST, Sameness, Told, compared, likeness, plain
from pullquote.text import clean, joined
from tests.conftest import SHARED

PAIRS = Path(__file__).parent.parent / "data" / "same_claims.tsv"


class Pair(NamedTuple):
    """Two claims with their label, whether their speaker is one, and how many pairs they are."""

    here: str
    there: str
    label: str
    again: str
    is_one_speaker: bool
    weight: float
    half: int


def pairs() -> Iterator[Pair]:
    """All that are marked."""
    texts = {
        sha256(text.encode()).hexdigest()[:16]: text
        for path in sorted((SHARED / "gold" / "polnear").glob("*/text/*.txt"))
        for text in [clean(path.read_text(encoding="utf-8"))]
    }
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            here, there = (joined(texts[row[one]], _spans(row[f"{one}_spans"])) for one in _SIDES)
            yield Pair(
                here,
                there,
                row["label"],
                row["again"],
                row["speakers"] == "one",
                float(row["weight"]),
                int(row["one"], 16) % 2,
            )


_SIDES = ("one", "other")


def _spans(written: str) -> tuple[tuple[int, int], ...]:
    ends = [part.split("-") for part in written.split("+")]
    return tuple((int(start), int(end)) for start, end in ends)


def _cosines(found: list[Pair]) -> list[float]:
    vectors = static_vectors()
    here, there = (
        vectors.of([getattr(one, side) for one in found]).astype(float) / 127
        for side in ("here", "there")
    )
    return [float(value) for value in (here * there).sum(1)]


def _told(name: str, found: list[Pair], wanted: Callable[[Pair], bool], chosen: list[bool]) -> None:
    for half, what in ((0, "one half"), (1, "the other"), (None, "both")):
        those = [
            (pair, taken)
            for pair, taken in zip(found, chosen, strict=True)
            if half is None or pair.half == half
        ]
        taken = [pair for pair, taken in those if taken]
        right = [pair for pair in taken if wanted(pair)]
        every = sum(wanted(pair) for pair, _ in those)
        weighted = sum(one.weight for one in right) / max(1e-9, sum(one.weight for one in taken))
        share = len(right) / max(1, len(taken))
        print(
            f"{name:34} {what:10} P {share:.3f} ({len(right)}/{len(taken)}), weighted {weighted:.3f},"
            f" of {every}"
        )


def main() -> None:
    """Print the figures."""
    every = list(pairs())
    print(f"{len(every)} pairs:", dict(Counter(one.label for one in every)))
    both = Counter((one.label, one.again) for one in every if one.again)
    agreed = sum(count for (one, other), count in both.items() if one == other)
    print(f"marked twice: {both.total()}, alike {agreed}")
    found = [one for one in every if min(len(one.here.split()), len(one.there.split())) >= FEWEST]
    cosines = _cosines(found)
    words = [token_set_ratio(plain(one.here), plain(one.there)) / 100 for one in found]
    alike = [
        likeness(cosine, plain(one.here), plain(one.there))
        for cosine, one in zip(cosines, found, strict=True)
    ]
    answers = [
        compared(
            1.0 if plain(one.here) == plain(one.there) else value,
            Told(one.here, "Ann", False),
            Told(one.there, "Ann" if one.is_one_speaker else "Ben", False),
        )
        for one, value in zip(found, alike, strict=True)
    ]
    is_same = [bool(one and one.sameness is Sameness.SAME) for one in answers]
    is_other = [plain(one.here) != plain(one.there) for one in found]
    _told("same statement", found, lambda one: one.label == "same", is_same)
    other = [same and differs for same, differs in zip(is_same, is_other, strict=True)]
    _told("  in other words", found, lambda one: one.label == "same", other)
    near = [bool(one) and differs for one, differs in zip(answers, is_other, strict=True)]
    _told("same or similar, in other words", found, lambda one: one.label != "neither", near)
    for name, values, limit in (("vectors alone", cosines, 0.86), ("words alone", words, 0.9)):
        alone = [
            value >= limit and differs for value, differs in zip(values, is_other, strict=True)
        ]
        _told(f"{name}, {limit}", found, lambda one: one.label != "neither", alone)


if __name__ == "__main__":
    main()
