"""Fingerprints of quotations, by which those with words in common are found among very many.

A shingle is some words in a row (Broder 1997), hashed. All of a quotation's are looked for, but of
a long one only some are stored, chosen by winnowing (Schleimer, Wilkerson & Aiken 2003): of each
window of shingles the one with the least hash. So two quotations that share `SIZE + WINDOW - 1`
words in a row always meet, and those that share fewer often do.
"""

import zlib
from collections.abc import Sequence

SIZE = 3  # words
WINDOW = 4  # shingles
ALL = 12  # of a quotation with so many shingles or fewer, all are stored


def shingles(keys: Sequence[str]) -> list[int]:
    """The shingles of words in a row, in their order, each as a number below 2³¹."""
    return [
        zlib.crc32(" ".join(keys[at : at + SIZE]).encode()) >> 1
        for at in range(len(keys) - SIZE + 1)
    ]


def fingerprint(keys: Sequence[str]) -> frozenset[int]:
    """Those of its shingles that are stored for a quotation."""
    every = shingles(keys)
    if len(every) <= ALL:
        return frozenset(every)
    return frozenset(min(every[at : at + WINDOW]) for at in range(len(every) - WINDOW + 1))
