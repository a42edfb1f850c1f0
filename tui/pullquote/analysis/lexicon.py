"""The word lists of the analysis, each read once and when a rule first asks for it."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_DATA = Path(__file__).parent / "en"
_THE = "the "
GIVEN_NAMES = _DATA / "given_names.tsv"


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The word lists in `en/NAME.toml`; each list is a set, each table of lists a dict of sets.

    Raises `OSError` where there is no such file.
    """
    values = tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return {key: _as_set(value) for key, value in values.items()}


def _as_set(value: Any) -> Any:
    if isinstance(value, list):
        return frozenset(value)
    if isinstance(value, dict):
        return {key: _as_set(one) for key, one in value.items()}
    return value


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches one of `words`, the longest that fits."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


class Countries(NamedTuple):
    """Country by name, by demonym and adjective, by capital, and by seat of government."""

    names: dict[str, str]
    demonyms: dict[str, str]
    capitals: dict[str, str]
    seats: dict[str, str]
    behind_the: frozenset[str]  # seats that have the article: "the Kremlin", not "Whitehall"


@cache
def countries() -> Countries:
    """All that `en/countries.tsv` has."""
    lines = (_DATA / "countries.tsv").read_text(encoding="utf-8").splitlines()
    _, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    also, people, capitals, seats = (
        {word: row[0] for row in rows for word in _words(row[column])} for column in range(1, 5)
    )
    names = {row[0]: row[0] for row in rows} | also
    bare = {seat.removeprefix(_THE): country for seat, country in seats.items()}
    behind_the = (seat.removeprefix(_THE) for seat in seats if seat.startswith(_THE))
    return Countries(names, people, capitals, bare, frozenset(behind_the))


def _words(cell: str) -> Iterable[str]:
    """The words in a cell of a table, with either apostrophe."""
    words = cell.split("; ") if cell else []
    return [form for word in words for form in (word, word.replace("'", "’"))]


@cache
def given_names() -> dict[str, str]:
    """Given names in lower case: "m", "f", or "" for both; made by training/given.py."""
    lines = GIVEN_NAMES.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))
