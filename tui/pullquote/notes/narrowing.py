"""What an article must have to be asked for: notes of a kind or time, or somebody's name."""

import msgspec


class Narrow(msgspec.Struct, frozen=True, kw_only=True):
    """What an article is to have: a note with one of the tags, between two days, or a name.

    An empty field asks for nothing. Days are ISO 8601 (YYYY-MM-DD), by any clock.
    """

    noted: bool = False
    tags: frozenset[str] = frozenset()
    since: str = ""
    until: str = ""
    names: tuple[str, ...] = ()  # parts of names in what was found or corrected; asks for no note
