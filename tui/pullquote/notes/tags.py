"""Tags on one line, and read from it again: spaces between, quotation marks where needed."""

import re
from collections.abc import Iterable

from pullquote.text import one_line

_TAG = re.compile(r'"([^"]*)"|([^\s,]+)')


def tag_line(tags: Iterable[str]) -> str:
    """`tags` on one line; one with a space or comma in it stands in quotation marks."""
    return " ".join(f'"{tag}"' if re.search(r"[\s,]", tag) else tag for tag in tags)


def tags_in(line: str) -> tuple[str, ...]:
    """The tags on a line, each once, without the “#” that may stand before them."""
    words = (one_line(quoted or word).lstrip("#") for quoted, word in _TAG.findall(line))
    return tuple(dict.fromkeys(word for word in words if word))
