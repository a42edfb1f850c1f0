"""Broken text through the helper process: each ends in time, with findings within the text?"""

import asyncio
import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pullquote.analysis import DEFAULT_MODEL, AnalysisFailed
from pullquote.analysis.beside import Helper, each_in_order
from pullquote.article.source import shipped
from pullquote.text import clean, sentences
from tests.analysis.test_broken_text import HEADLINES, check
from tests.analysis.test_marked import PAGE
from tests.campaigns import Tally

_HELPERS = 2
_EACH = 60
_SECONDS = 30.0  # for a text that takes a fraction of one
_HEDGES = (
    "reportedly",
    "allegedly",
    "supposedly",
    "apparently",
    "is said to",
    "are believed to",
    "it is said that",
)
_SUBJECTS = (
    "Apple",
    "Two dead",
    "Minister",
    "Talks in Geneva",
    "City of Arden",
    "The",
    "€9m bridge",
    "He",
    "Oil prices",
)
_RESTS = (
    "close to a deal",
    "in hospital",
    "behind the leak",
    "no threat",
    "to pay",
    "over",
    "and",
    "",
    "who it was",
    "— again",
)


class Text(NamedTuple):
    """A broken text, by the way in which it is broken."""

    how: str
    text: str


class Outcome(NamedTuple):
    """How a broken text is broken, and what went wrong with it, if anything did."""

    how: str
    failure: str | None


def run(rounds: int) -> Iterator[Tally]:
    """Some 400 texts a round, of seven kinds."""
    texts = list(_texts(random.Random(f"broken text {rounds}"), rounds))
    tallies = {one.how: Tally(f"broken text: {one.how}") for one in texts}
    helpers = [
        Helper(DEFAULT_MODEL, cores=1, deadline=lambda text: _SECONDS) for _ in range(_HELPERS)
    ]
    for outcome in each_in_order(_analysed, texts, helpers):
        tallies[outcome.how].attempt(outcome.failure)
    yield from tallies.values()


async def _analysed(helper: Helper, one: Text) -> Outcome:
    try:
        found = await helper.analyse(one.text)
        await asyncio.to_thread(check, found, one.text)
    except AnalysisFailed as error:
        return Outcome(one.how, f"{error}: {one.text[:80]!r}")
    except AssertionError:
        return Outcome(one.how, f"a finding outside its text: {one.text[:80]!r}")
    return Outcome(one.how, None)


def _texts(chance: random.Random, rounds: int) -> Iterator[Text]:
    own = [
        text[slice(*span)]
        for text in (shipped().text, PAGE)
        for span in sentences(text, (0, len(text)))
    ]
    for how, make in _WAYS.items():
        for _ in range(_EACH * rounds):
            yield Text(how, clean(make(chance, own)))
    for headline in HEADLINES:
        yield Text("headlines without a verb", headline)


def _headline(chance: random.Random, own: list[str]) -> str:
    words = [chance.choice(_SUBJECTS), chance.choice(_HEDGES), chance.choice(_RESTS)]
    if chance.random() < 0.3:
        chance.shuffle(words)
    return " ".join(words)


def _fragment(chance: random.Random, own: list[str]) -> str:
    words = chance.choice(own).split()
    at = chance.randrange(len(words))
    return " ".join(words[at : at + chance.randint(1, 7)])


def _shuffled(chance: random.Random, own: list[str]) -> str:
    words = [word for sentence in chance.sample(own, 3) for word in sentence.split()]
    chance.shuffle(words)
    return " ".join(words)


def _any_letters(chance: random.Random, own: list[str]) -> str:
    ranges = (
        (0x20, 0x7E),
        (0xA0, 0x24F),
        (0x370, 0x5FF),
        (0x600, 0x6FF),
        (0x2000, 0x206F),
        (0x4E00, 0x4FFF),
        (0x1F300, 0x1F64F),
    )
    return "".join(
        chr(chance.randint(*chance.choice(ranges))) for _ in range(chance.randint(1, 300))
    )


def _without_verbs(chance: random.Random, own: list[str]) -> str:
    return "\n".join(
        f"{chance.choice('•–*')} {chance.choice(_SUBJECTS)}, {chance.choice(_RESTS)} "
        f"{chance.choice(_HEDGES)}"
        for _ in range(20)
    )


def _nested(chance: random.Random, own: list[str]) -> str:
    pairs = ("“”", "''", '""', "«»", "„“", "()")
    text = chance.choice(own)
    for _ in range(chance.randint(5, 60)):
        opening, closing = chance.choice(pairs)
        before = chance.choice(("", "He said ", "Ann Cole: "))
        text = opening + before + text + chance.choice((closing, "", f"{closing} he said."))
    return text


def _one_after_another(chance: random.Random, own: list[str]) -> str:
    return (
        chance.choice(
            (
                "reportedly ",
                "and he said that ",
                "ministers of ",
                "if he would attack, ",
                "\n",
                "“no,” ",
                "A. ",
            )
        )
        * 300
    )


_WAYS: dict[str, Callable[[random.Random, list[str]], str]] = {
    "headlines with a hedge": _headline,
    "fragments of sentences": _fragment,
    "sentences shuffled": _shuffled,
    "letters of any script": _any_letters,
    "lists without verbs": _without_verbs,
    "quotation marks, deeply nested": _nested,
    "one phrase again and again": _one_after_another,
}
