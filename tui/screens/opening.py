"""How an article comes on the screen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opening:
    """How an article is opened: at an offset, or as a new version of one that was read before."""

    at: int | None = None
    earlier: str | None = None
    same_place: bool = False  # whether that came from the same file, not from the same address


AS_IT_WAS = Opening()
