"""Make the table of given names: `python -m pullquote.training.given CENSUS`, with Faker installed.

`CENSUS` is a folder with dist.male.first and dist.female.first of the United States' census of
1990, which are in the public domain. The names of other countries are those that Faker (MIT) has
for its languages in Latin or Cyrillic letters; Russian and Ukrainian ones are spelled as
newspapers spell them. Each language has a vote for a man's and one for a woman's name, the census
four, shared out as the name was borne: Andrea is a woman in America and a man in Italy.
"""

import importlib
import pkgutil
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from pullquote.analysis.lexicon import GIVEN_NAMES

_WORDS = {"m": "male", "f": "female"}
_SETTLES = 4  # times as many votes as the other has
_CENSUS = 4  # votes
_LEAST = 3  # letters
_ABOUT = """\
# Given names: m for a man's, f for a woman's, nothing for both. From the census of the United
# States of 1990 (public domain) and the lists of some 50 countries in Faker (MIT: Daniele Faraglia
# and others), by training/given.py.
"""
_LETTERS = dict(zip("абвгдзийклмнопрстуф", "abvgdziyklmnoprstuf", strict=True)) | {
    **{"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ъ": ""},
    **{"е": "e", "ё": "yo", "х": "kh", "ы": "y", "э": "e", "ю": "yu", "я": "ya"},
}
_UKRAINIAN = {"г": "h", "ґ": "g", "є": "ie", "и": "y", "і": "i", "ї": "i", "й": "i"}
_CYRILLIC = {
    "ru_RU": _LETTERS,
    "bg_BG": _LETTERS | {"х": "h", "ъ": "a"},
    "uk_UA": _LETTERS | _UKRAINIAN | {"ю": "iu", "я": "ia"},
}
_FIRST = {"є": "Ye", "ю": "Yu", "я": "Ya", "ї": "Yi", "й": "Y"}  # at the beginning, in Ukrainian
# Aleksey, Alexei; Yury, Yuri; Artyom, Artem
_SPELLINGS = (("ks", "x"), ("ey", "ei"), ("ay", "ai"), ("iy", "y"), ("iy", "i"), ("yo", "e"))

Votes = defaultdict[str, dict[str, float]]  # of each name, by sex


def made(census: Path) -> str:
    """The table, a line for each name."""
    votes = _of_census(census)
    for name, sex in _of_languages():
        votes[name][sex] = votes[name].get(sex, 0.0) + 1
    return _ABOUT + "".join(f"{name}\t{_sex(votes[name])}\n" for name in sorted(votes))


def _sex(votes: dict[str, float]) -> str:
    """Whose a name is, by what was given for men and for women."""
    men, women = votes.get("m", 0.0), votes.get("f", 0.0)
    return "m" if men > _SETTLES * women else "f" if women > _SETTLES * men else ""


def _of_census(folder: Path) -> Votes:
    votes: Votes = defaultdict(dict)
    for sex, word in _WORDS.items():
        for line in (folder / f"dist.{word}.first").read_text(encoding="ascii").splitlines():
            name, share, *_ = line.split()
            votes[name.lower()][sex] = float(share)
    for shares in votes.values():
        whole = sum(shares.values()) or 1.0
        shares.update({sex: _CENSUS * share / whole for sex, share in shares.items()})
    return votes


def _of_languages() -> Iterator[tuple[str, str]]:
    """Each name of each language, with the sex."""
    import faker.providers.person as person

    for module in pkgutil.iter_modules(person.__path__):
        if module.name == "en":
            continue  # it has those of all countries again
        of_language = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for sex, word in _WORDS.items():
            listed = vars(of_language).get(f"first_names_{word}", ())
            names = (_spelled(name, module.name) for name in listed if isinstance(name, str))
            yield from ((name, sex) for name in set().union(*names) if _is_name(name))


def _spelled(name: str, language: str) -> set[str]:
    """How a name may be written in an English text, in small letters."""
    name = name.strip().lower()
    letters = _CYRILLIC.get(language, {})
    first = _FIRST.get(name[:1], "") if language == "uk_UA" else ""
    forms = {(first + "".join(letters.get(c, c) for c in name[bool(first) :])).lower()}
    if language == "ru_RU":
        for written, other in _SPELLINGS:
            forms |= {form.replace(written, other) for form in forms}
        forms |= {f"y{form}" for form in forms if form.startswith("e")}
    return forms | {_without_accents(form) for form in forms}


def _without_accents(name: str) -> str:
    parts = unicodedata.normalize("NFD", name)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _is_name(name: str) -> bool:
    letters = name.replace("-", "").replace("'", "").replace("’", "")
    is_latin = all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return is_latin and len(letters) >= _LEAST


if __name__ == "__main__":
    GIVEN_NAMES.write_text(made(Path(sys.argv[1])), encoding="utf-8")
