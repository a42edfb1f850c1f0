"""How often notes are found again after an edit: `python -m tests.benchmarks.anchoring`.

The articles of PolNeAR's dev split are edited at random (tests/benchmarks/edits.py). Floors were
tuned on the articles of even number with seed 1 (`--tuning`); what is printed is of those of odd
number with seed 2.

A target is rightly placed where both ends are within a few characters of the truth (at most 3, and
at most a quarter of its length) or where the two share four fifths of what they cover together. All
else that is placed is wrongly placed.
"""

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise, product
from time import process_time
from typing import Any

from pullquote.analysis.quotations import quotations
from pullquote.notes.anchoring import carried, locate
from pullquote.notes.annotations import Placed, annotate, target
from pullquote.text import Span, clean, overlap, paragraphs, sentences
from pullquote.training.corpus import Article, read_split
from tests.benchmarks.edits import KINDS, Draft, edited
from tests.conftest import SHARED

TUNING, REPORTED = (0, 1), (1, 2)  # which half of the articles, and the seed
GROUPS = ("edits", "words edited", "target", "its words", "all")
RATES = (0.05, 0.10, 0.20)  # of an article's words are in what is edited


def spans(article: Article, chance: random.Random) -> Iterator[tuple[str, Span]]:
    """Spans as readers annotate them, with what they are."""
    draft = Draft(clean(article.text), [], chance)
    words = draft.words()
    often = Counter(draft.text[slice(*word)].lower() for word in words)
    repeated = [word for word in words if often[draft.text[slice(*word)].lower()] >= 3]
    yield from (("repeated word", span) for span in _some(chance, repeated, 6))
    runs = [
        (words[i][0], words[i + size - 1][1])
        for size in (1, 2, 3)
        for i in _some(chance, range(len(words) - size), 2)
    ]
    yield from (("words", span) for span in runs)
    marked = {
        span for one in article.attributions for role in one for span in role if span[1] > span[0]
    }
    yield from (("attribution", span) for span in _some(chance, sorted(marked), 12))
    blocks = paragraphs(draft.text)
    quoted = [quotation.span for block in blocks for quotation in quotations(draft.text, block)]
    yield from (("quotation", span) for span in _some(chance, quoted, 6))
    whole = [sentence for block in blocks for sentence in sentences(draft.text, block)]
    yield from (("sentence", span) for span in _some(chance, whole, 6))
    two = [
        (
            chance.choice(sentences(draft.text, one))[0],
            chance.choice(sentences(draft.text, other))[1],
        )
        for one, other in pairwise(blocks)
    ]
    yield from (("two paragraphs", span) for span in _some(chance, two, 4))


def _some(chance: random.Random, ones: Sequence[Any], size: int) -> list[Any]:
    return chance.sample(ones, min(size, len(ones)))


# --- what became of them


class Outcome(StrEnum):
    """What became of a target."""

    RIGHT = "rightly placed"
    WRONG = "wrongly placed"
    LOST = "orphaned though it stands"
    GONE = "rightly orphaned"


def outcome(found: Span | None, truth: Span | None) -> Outcome:
    """What to say of a target that was found at `found` and stands at `truth`."""
    if found is None:
        return Outcome.LOST if truth else Outcome.GONE
    return Outcome.RIGHT if truth and _agree(found, truth) else Outcome.WRONG


def _agree(found: Span, truth: Span) -> bool:
    shared, both = overlap(found, truth), max(found[1], truth[1]) - min(found[0], truth[0])
    few = min(3, (truth[1] - truth[0]) // 4)
    ends_agree = all(abs(one - other) <= few for one, other in zip(found, truth, strict=True))
    return shared >= 0.8 * both or (shared > 0 and ends_agree)


class Tally:
    """Outcomes of a kind of edit, or of all."""

    def __init__(self) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self.standing = 0
        self.silently_wrong = 0  # and marked as the same words at the same place

    def add(self, found: Outcome, placed: Placed, stands: bool) -> None:
        """Count one."""
        self.outcomes[found] += 1
        self.standing += stands
        self.silently_wrong += found is Outcome.WRONG and placed is Placed.CARRIED

    def row(self) -> str:
        """The shares as a row of the table."""
        ones, every, standing = self.outcomes, self.outcomes.total(), self.standing
        shares = [
            (ones[Outcome.RIGHT], standing),
            (ones[Outcome.LOST], standing),
            (ones[Outcome.WRONG], every),
            (self.silently_wrong, every),
            (ones[Outcome.GONE], every - standing),
        ]
        cells = [f"{100 * part / whole:.2f} %" if whole else "" for part, whole in shares]
        return " | ".join((str(every), str(standing), *cells))


def measured(articles: list[Article], seed: int) -> dict[tuple[str, str, str], Tally]:
    """The tallies by way of finding, by what they are grouped by and by the group's name."""
    tallies: defaultdict[tuple[str, str, str], Tally] = defaultdict(Tally)
    for kind, rate, article in product(KINDS, RATES, articles):
        chance = random.Random(f"{seed} {kind} {rate} {article.name}")
        old, chosen = clean(article.text), list(spans(article, chance))
        draft = edited(article, articles, kind, rate, chance)
        for what, span in chosen:
            truth = draft.truth(span)
            words = (
                "gone"
                if truth is None
                else "changed"
                if draft.text[slice(*truth)] != old[slice(*span)]
                else "the same"
            )
            note = carried(annotate(old, span), old, draft.text)
            alone = locate(target(old, span), draft.text)
            found = {
                "carried": (None if note.is_orphan else note.target.span, note.placed),
                "locate": ((alone.start, alone.end), alone.placed)
                if alone
                else (None, Placed.ORPHANED),
            }
            for how, (place, placed) in found.items():
                for key in zip(GROUPS, (kind, f"{rate:.0%}", what, words, "all"), strict=True):
                    tallies[how, *key].add(outcome(place, truth), placed, truth is not None)
    return dict(sorted(tallies.items(), key=lambda one: GROUPS.index(one[0][1])))


def speed(articles: list[Article], words: int = 50_000, notes: int = 200) -> str:
    """CPU seconds for carrying notes over to an edited version of a long article."""
    chance = random.Random(words)
    old, new, size = "", "", 0
    for article in articles:
        if size < words:
            draft = edited(article, articles, "typos in words", RATES[1], chance)
            old, new = old + clean(article.text) + "\n\n", new + draft.text + "\n\n"
            size += len(draft.words())
    chosen = [span for _, span in spans(Article("long", old, ()), chance)]
    ones = [annotate(old, span) for span in chance.choices(chosen, k=notes)]
    begun = process_time()
    for one in ones:
        carried(one, old, new)
    return (
        f"{notes} notes on {size} words, a tenth of them mistyped: {process_time() - begun:.1f} s"
    )


def anchoring(half: tuple[int, int] = REPORTED) -> None:
    """Print the table; without the gold articles, that they are not there."""
    folder = SHARED / "gold" / "polnear" / "dev"
    if not folder.is_dir():
        print("anchoring: the gold articles (../shared) are not beside this checkout")
        return
    every = read_split(folder)
    place, seed = half
    tallies = measured(every[place::2], seed)
    head = (
        "targets",
        "stand",
        "right",
        "orphaned though standing",
        "wrong",
        "wrong and CARRIED",
        "rightly orphaned",
    )
    for how in ("carried", "locate"):
        print(f"\n{how} | {' | '.join(head)}")
        for (way, of, name), tally in tallies.items():
            if way == how:
                print(f"{of}: {name} | {tally.row()}")
    print("\n" + speed(every))


if __name__ == "__main__":
    anchoring(TUNING if "--tuning" in sys.argv else REPORTED)
