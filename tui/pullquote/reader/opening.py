"""How an article comes on the screen."""

import msgspec

Place = tuple[str, int]  # an article's id, and an offset in its text


class Opening(msgspec.Struct, frozen=True):
    """How an article is opened: at an offset, from which others, or as a new version."""

    at: int | None = None  # None for where the reader left it
    is_place: bool = False  # whether that is where something is said that the reader chose to see
    furthest: int = 0  # up to where the reader had read it
    earlier: str | None = None
    same_place: bool = False  # whether that came from the same file, not from the same address
    language: str = ""  # "en" where it is to be analysed as English, whatever it looks like
    remark: str = ""  # what there is to say of it, in one line
    is_first: bool = False  # nothing has been read in this library before
    trail: tuple[Place, ...] = ()  # the articles that the reader came from, the nearest last


AS_IT_WAS = Opening()
