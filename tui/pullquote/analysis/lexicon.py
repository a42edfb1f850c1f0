"""The word lists of the analysis, read once: people, cues, warnings, countries."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_DATA = Path(__file__).parent / "en"


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The word list in `data/NAME.toml`; lists of words are sets."""
    values = tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return {key: _as_set(value) for key, value in values.items()}


def _as_set(value: Any) -> Any:
    if isinstance(value, list):
        return frozenset(value)
    if isinstance(value, dict):
        return {key: _as_set(one) for key, one in value.items()}
    return value


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

    names: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for info in CountryInfo.all().values():
        name = info.get("name") or ""
        if not name:
            continue
        for other in (name, *(info.get("altSpellings") or ())):
            if len(other) > 3 and other[0].isupper() and other.isascii():
                names.setdefault(other, name)
        for found, key in ((demonyms, "demonym"), (capitals, "capital")):
            value = info.get(key) or ()
            for one in (value,) if isinstance(value, str) else value:
                found.setdefault(one, name)
    ours = lexicon("countries")
    return Countries(
        names | ours["names"],
        demonyms | ours["demonyms"],
        capitals | ours["capitals"],
        dict(ours["seats"]),
    )


@cache
def given_names() -> dict[str, str]:
    """Given names in lower case: "m", "f", or "" for both; census files in `names` (MIT)."""
    import names

    shares: dict[str, dict[str, float]] = {}
    for gender in ("male", "female"):
        for line in Path(names.FILES[f"first:{gender}"]).read_text(encoding="ascii").splitlines():
            name, share, *_ = line.split()
            shares.setdefault(name.lower(), {})[gender[0]] = float(share)
    return {
        name: _gender_of(found.get("m", 0.0), found.get("f", 0.0)) for name, found in shares.items()
    }


def _gender_of(male: float, female: float) -> str:
    return "m" if male > 4 * female else "f" if female > 4 * male else ""
