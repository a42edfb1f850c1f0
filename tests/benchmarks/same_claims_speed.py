"""How long one claim takes to be searched for among very many: `python -m tests.benchmarks.same_claims_speed [CLAIMS]`.

Makes a library of 1,000,000 wordings with the vectors of gold claims, each moved at random, and
compares claims one at a time, as the library does with what is new, and many at once. Whether the
search by signs finds what comparing with all finds is told of the same claims. Times are of one
thread; processor time stands beside it. Needs ../shared.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"  # read by numpy

import random
import sys
import time

import numpy as np

from pullquote.analysis.vectors import DIMENSIONS, Compared, static_vectors
from pullquote.notes.sameness import CANDIDATE, FEWEST, SAME, SIMILAR, likeness, plain
from pullquote.text import clean, joined
from pullquote.training.corpus import read_split
from tests.conftest import SHARED

MOST = 60  # as in library/relating.py
ASKED = 200


def claims() -> list[str]:
    """What people marked as said, in gold articles."""
    return [
        words
        for split in ("train", "dev")
        for article in read_split(SHARED / "gold" / "polnear" / split)
        for marked in article.attributions
        if len((words := joined(clean(article.text), marked.content)).split()) >= FEWEST
    ]


def moved(words: list[str], count: int) -> Compared:
    """So many vectors: those of the claims, and each of them again and again, moved a little."""
    chance = np.random.default_rng(1)
    own = static_vectors().of(words)
    every = [own[:count]]
    while sum(map(len, every)) < count:
        away = own.astype(np.float32) + chance.normal(0, 6, own.shape)
        away *= 127 / np.linalg.norm(away, axis=1, keepdims=True)
        every.append(np.round(away).astype(np.int8))
    flat = np.concatenate(every)[:count]
    assert flat.shape[1] == DIMENSIONS
    return Compared(row.tobytes() for row in flat)


def found(words: list[str], ours: str, others: tuple[tuple[int, float], ...]) -> dict[int, float]:
    """Those among the claims themselves that are alike, each with how much."""
    alike = {
        other: likeness(cosine, plain(ours), plain(words[other]))
        for other, cosine in others
        if other < len(words)
    }
    return {other: one for other, one in alike.items() if one >= SIMILAR}


def main(count: int) -> None:
    """Print the times, and what is found."""
    words = claims()
    every = moved(words, count)
    asked = random.Random(1).sample(words, ASKED)
    [*every.add([asked[0]], CANDIDATE, MOST)]  # the signs are made
    took, cpu, by_signs = [], [], []
    for one in asked:
        began, before = time.perf_counter(), time.process_time()
        (near,) = every.add([one], CANDIDATE, MOST)
        took.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - before))
        by_signs.append(near.others)
    began, before = time.perf_counter(), time.process_time()
    exact = [near.others for near in every.add(asked, CANDIDATE, MOST)]
    print(f"{count:,} claims; load {os.getloadavg()[0]:.1f}")
    print(f"one at a time: median {np.median(took):.1f} ms, p95 {np.percentile(took, 95):.1f} ms; "
          f"CPU {np.median(cpu):.1f}, p95 {np.percentile(cpu, 95):.1f}")  # fmt: skip
    print(f"{ASKED} at once: {1000 * (time.perf_counter() - began) / ASKED:.1f} ms each; "
          f"CPU {1000 * (time.process_time() - before) / ASKED:.1f}")  # fmt: skip
    pairs = [
        (found(words, one, signs), found(words, one, all_of))
        for one, signs, all_of in zip(asked, by_signs, exact, strict=True)
    ]
    for name, limit in (("similar", SIMILAR), ("the same", SAME)):
        wanted = [(n, k) for n, (_, there) in enumerate(pairs) for k in there if there[k] >= limit]
        both = sum(k in pairs[n][0] for n, k in wanted)
        print(f"found of what comparing with all finds, {name}: {both} of {len(wanted)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
