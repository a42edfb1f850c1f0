"""How well a name fits what is typed to find it in a list."""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz

_LIKE = 75  # of 100: a name less like what is typed is not meant
_TELLING = 3  # letters: fewer are like too many names


def best(typed: str, names: Sequence[str], first: int = 0) -> list[int]:
    """The names that fit what is typed, by their indexes, the best first.

    Args:
        typed: The beginning of a word, initials, or something like the name, whatever case and
            accents; all names fit nothing, in their own order.
        names: What there is to choose from.
        first: The names from this index on come before the others that fit as well.
    """
    wanted = _plain(typed)
    if not wanted:
        return list(range(len(names)))
    ranks = {index: _rank(wanted, _plain(name)) for index, name in enumerate(names)}
    fitting = [(rank, index < first, index) for index, rank in ranks.items() if rank is not None]
    return [index for *_, index in sorted(fitting)]


def _rank(wanted: str, name: str) -> float | None:
    """How far a name is from what is wanted; None where it is not meant."""
    words = re.findall(r"\w+", name)
    if wanted in name and any(word.startswith(wanted.split()[0]) for word in words):
        return 0
    if "".join(wanted.split()) in "".join(word[0] for word in words):
        return 1
    if wanted in name:
        return 2
    alike = fuzz.partial_ratio(wanted, name, score_cutoff=_LIKE) if len(wanted) >= _TELLING else 0
    return 103 - alike if alike else None


def _plain(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words).casefold()
    return " ".join(
        "".join(letter for letter in letters if not unicodedata.combining(letter)).split()
    )
