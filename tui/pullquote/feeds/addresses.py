"""Addresses as feeds and pages write them."""

from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from pullquote.text import is_address, is_on_the_web, one_line


def absolute(base: str, address: str | None) -> str:
    """`address` as written at `base`, in full; "" for none, and for one that is not on the web."""
    written = (address or "").strip()
    try:
        whole = one_line(urljoin(base, written)) if written else ""
        urlsplit(whole)
    except ValueError:  # not an address at all
        return ""
    return whole if is_on_the_web(whole) else ""


def typed(address: str) -> str:
    """An address as a reader types it, in full: https:// may be left out."""
    return address if "://" in address else f"https://{address}"


def addresses_in(lines: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The web addresses in lines, one or several in each, each once; and what are none."""
    words = [word for line in lines for word in line.split()]
    found = [word for word in words if is_address(word) and absolute("", word)]
    wrong = [word for word in words if word not in found]
    return tuple(dict.fromkeys(map(one_line, found))), tuple(dict.fromkeys(wrong))
