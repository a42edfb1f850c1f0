"""The word lists of the analysis, each read once and when a rule first asks for it."""

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_DATA = Path(__file__).parent / "en"


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
    """Country by name, demonym, capital and seat of government."""

    names: dict[str, str]
    demonyms: dict[str, str]
    capitals: dict[str, str]
    seats: dict[str, str]


@cache
def countries() -> Countries:
    """All countries, from countryinfo (MIT) and from what our own list adds to it."""
    from countryinfo import CountryInfo

    known = [info for info in CountryInfo.all().values() if info.get("name")]
    ours = lexicon("countries")
    return Countries(
        _country_by(known, _spellings) | ours["names"],
        _country_by(known, lambda info: _as_tuple(info.get("demonym"))) | ours["demonyms"],
        _country_by(known, lambda info: _as_tuple(info.get("capital"))) | ours["capitals"],
        dict(ours["seats"]),
    )


def _country_by(
    known: list[dict[str, Any]], words: Callable[[dict[str, Any]], Iterable[str]]
) -> dict[str, str]:
    """Countries by some of their `words`; of two that share one the first has it."""
    names: dict[str, str] = {}
    for info in known:
        for word in words(info):
            names.setdefault(word, info["name"])
    return names


def _spellings(info: dict[str, Any]) -> list[str]:
    """A country's names, without codes and what is not written in Latin letters."""
    names = (info["name"], *_as_tuple(info.get("altSpellings")))
    return [name for name in names if len(name) > 3 and name[0].isupper() and name.isascii()]


def _as_tuple(value: str | Iterable[str] | None) -> tuple[str, ...]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


@cache
def given_names() -> dict[str, str]:
    """Given names in lower case: "m", "f", or "" for both; census files in `names` (MIT)."""
    import names

    shares: dict[str, dict[str, float]] = {}
    for gender in ("male", "female"):
        for line in Path(names.FILES[f"first:{gender}"]).read_text(encoding="ascii").splitlines():
            name, share, *_ = line.split()
            shares.setdefault(name.lower(), {})[gender] = float(share)
    return {name: _gender_of(**of_name) for name, of_name in shares.items()}


def _gender_of(male: float = 0.0, female: float = 0.0) -> str:
    """By the shares of men and women who bear a name: four times as many settle it."""
    if male > 4 * female:
        return "m"
    return "f" if female > 4 * male else ""
