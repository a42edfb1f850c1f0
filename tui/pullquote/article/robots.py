"""What sites ask of programs that come by themselves: robots.txt, after RFC 9309.

It binds what is fetched without a reader asking for that very page: full texts of what came in by a
feed. A page that a reader names is theirs to read, as in a browser.
"""

from threading import Lock
from urllib.parse import urlsplit

from protego import Protego

from pullquote.article import Unreadable
from pullquote.article.web import AGENT, Refused, page

_LIMIT = 500_000  # bytes; RFC 9309 asks for as many to be read, at least
_TIMEOUT = 10.0  # seconds
_NOTHING = "User-agent: *\nDisallow: /\n"


class Robots:
    """The rules of every site asked so far, each of which is asked once; for several threads."""

    def __init__(self) -> None:
        self._rules: dict[str, Protego] = {}
        self._lock = Lock()

    def allow(self, url: str) -> bool:
        """Whether the site of `url` lets us fetch it by ourselves."""
        return bool(self._of(url).can_fetch(url, AGENT))

    def pause(self, url: str) -> float:
        """The seconds that its site wants between two of our visits; 0 if it does not say."""
        return float(self._of(url).crawl_delay(AGENT) or 0)

    def _of(self, url: str) -> Protego:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            known = self._rules.get(site)
        if known is None:
            known = Protego.parse(_rules(f"{site}/robots.txt"))
            with self._lock:
                self._rules[site] = known
        return known


def _rules(url: str) -> str:
    """The text of a robots.txt: nothing is forbidden where there is none, all if it is broken."""
    try:
        return page(url, _LIMIT, _TIMEOUT).body.decode("utf-8", errors="replace")
    except Refused as error:
        return "" if 400 <= error.status < 500 and error.wait is None else _NOTHING
    except Unreadable:
        return _NOTHING
