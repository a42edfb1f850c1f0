"""How sure the analysis is of who speaks, and whether it is right to be: out of fold by register.

    python -m tests.benchmarks.speakers GOLD FINDINGS.jsonl [GOLD FINDINGS.jsonl …]

GOLD is a folder with a `gold.json` of quotes and their speakers by article, or one of ours in
`training/marked`; FINDINGS is what `pullquote analyze` prints for its texts. For each set it tells
the expected calibration error (ten bins), and how many of the wrong speakers and of the right ones
are below 0.7: by the shares that the rows were counted to have, by the confidences as shipped, and
by those shares raised by what is likeliest on all other registers of all sets (articles, where a
set knows no registers). Below is the share of right ones at each confidence, to hold `share` of the
rows in sources.py, turns.py, doubts.py and pronouns.py against.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path
from typing import Any, NamedTuple

from pullquote.analysis.doubts import RAISED, raised
from pullquote.text import Span, overlap
from pullquote.training.marked import read_page

_DOUBT = 0.7
_HALF = 0.5  # of a quote, that has to be shown
_BINS = 10
_SURELY = 0.75  # confidences from here on are raised ones
_WORD = re.compile(r"[^\W_]+")
_SMALL = {"the", "a", "an", "of", "for", "and", "mr", "mrs", "ms", "dr", "sir", "lady", "lord"}
_SMALL |= {"president", "minister", "prime"}


class Shown(NamedTuple):
    """A quote that is shown with a speaker where people name one, too."""

    fold: str
    confidence: float
    is_right: bool


def read(gold: Path, findings: Path) -> list[Shown]:
    """The quotes of a set that are shown with a speaker."""
    marked = dict(_ours(gold)) if any(gold.glob("*.txt")) else _theirs(gold)
    found: list[Shown] = []
    for line in findings.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        fold, quotes = marked[record["doc"]]
        found += _shown(f"{gold.name} {fold}", quotes, record)
    return found


# the fold; quotes with the names of who says them
_Marked = tuple[str, list[tuple[Span, str | None]]]


def _theirs(folder: Path) -> dict[str, _Marked]:
    articles = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    return {
        name: (
            one.get("register", name),
            [
                ((q["start"], q["end"]), q["speaker"])
                for q in one["quotes"]
                if not q.get("headline")
            ],
        )
        for name, one in articles.items()
    }


def _ours(folder: Path) -> Iterator[tuple[str, _Marked]]:
    for path in sorted(folder.glob("*.txt")):
        written = path.read_text(encoding="utf-8")
        table = written.partition("\n---\n")[0].splitlines()
        names = {line.split()[0][1:]: line.split(" ", 2)[2] for line in table if line}
        said = [mark for mark in read_page(written).quotations if mark.actor in names]
        quotes: list[tuple[Span, str | None]] = [(one.span, names[one.actor]) for one in said]
        yield path.stem, (path.stem, quotes)


def _shown(
    fold: str, quotes: list[tuple[Span, str | None]], record: dict[str, Any]
) -> Iterator[Shown]:
    actors = {one["id"]: [one["name"], *one["aliases"]] for one in record["actors"]}
    said = {one["id"] for one in record["attributions"] if one["stance"] in ("said", "wrote")}
    own = [one for one in record["quotes"] if one["attribution"] in said]
    for span, speaker in quotes:
        best = max(own, key=lambda one: _covered(one["content"], span), default=None)
        is_shown = best is not None and _covered(best["content"], span) >= _HALF
        if best is not None and is_shown and best["speaker"]:
            names = actors[best["speaker"]]
            is_right = speaker is not None and any(_same(speaker, name) for name in names)
            yield Shown(fold, best["speaker_confidence"], is_right)


def _covered(content: list[Span], span: Span) -> float:
    shared = (min(e, span[1]) - max(s, span[0]) for s, e in content if overlap((s, e), span))
    return sum(shared) / (span[1] - span[0])


def _same(one: str, other: str) -> bool:
    """Whether all words of one name stand in the other."""
    mine, theirs = (
        set(_WORD.findall(name.casefold().replace("’s", "").replace("'s", ""))) - _SMALL
        for name in (one, other)
    )
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


# --- what is told of them


def fitted(sets: Sequence[Sequence[Shown]]) -> float:
    """By how much the shares as they were counted are to be raised; each set weighs the same.

    Of the steps of a twentieth up to two the one whose likelihood is the highest.
    """
    return max((step / 20 for step in range(41)), key=lambda by: _likelihood(sets, by))


def _likelihood(sets: Sequence[Sequence[Shown]], by: float) -> float:
    return sum(
        log(sure if one.is_right else 1 - sure) / len(ones)
        for ones in sets
        for one in ones
        for sure in (raised(_counted(one), by),)
    )


def _counted(one: Shown) -> float:
    """The share that the confidence was made of."""
    return raised(one.confidence, -RAISED) if one.confidence >= _SURELY else one.confidence


def out_of_fold(sets: Sequence[Sequence[Shown]]) -> dict[str, float]:
    """For each fold by how much the shares are raised where it is left out."""
    folds = dict.fromkeys(one.fold for ones in sets for one in ones)
    return {
        fold: fitted([[one for one in ones if one.fold != fold] for ones in sets]) for fold in folds
    }


def error(pairs: Sequence[tuple[float, bool]]) -> float:
    """The expected calibration error of confidences, each with whether it was right."""
    bins: dict[int, list[float]] = defaultdict(list)
    for sure, is_right in pairs:
        bins[min(_BINS - 1, int(sure * _BINS))].append(sure - is_right)
    return sum(abs(sum(ones)) for ones in bins.values()) / len(pairs)


def told(pairs: Sequence[tuple[float, bool]]) -> str:
    """The figures of one set, as a line."""
    below = {
        kind: [sure < _DOUBT for sure, is_right in pairs if is_right is kind]
        for kind in (False, True)
    }
    wrong, right = (sum(below[kind]) / max(1, len(below[kind])) for kind in (False, True))
    return f"error {error(pairs):.3f}, below {_DOUBT}: {wrong:.2f} of wrong, {right:.2f} of right"


def main(arguments: Sequence[str]) -> None:
    """Print the figures of each set, and the shares at each confidence."""
    pairs = [(Path(gold), Path(found)) for gold, found in zip(*[iter(arguments)] * 2, strict=True)]
    sets = {gold: read(gold, found) for gold, found in pairs}
    everything = [one for ones in sets.values() for one in ones]
    by = out_of_fold(list(sets.values()))
    print(f"all raised by {fitted(list(sets.values())):.2f}, shipped {RAISED:.2f}")
    for gold, ones in sets.items():
        print(f"{gold.name}, {len(ones)} quotes")
        anew = [(raised(_counted(one), by[one.fold]), one.is_right) for one in ones]
        print(f"  as counted   {told([(_counted(one), one.is_right) for one in ones])}")
        print(f"  as shipped   {told([(one.confidence, one.is_right) for one in ones])}")
        print(f"  out of fold  {told(anew)}")
    for level in sorted({one.confidence for one in everything}):
        shares = (
            _share([one for one in ones if one.confidence == level]) for ones in sets.values()
        )
        print(f"  {level:.2f}  " + "  ".join(shares))


def _share(ones: Sequence[Shown]) -> str:
    return f"{sum(one.is_right for one in ones):4} of {len(ones):4}"


if __name__ == "__main__":
    main(sys.argv[1:])
