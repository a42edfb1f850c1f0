"""Where a page sends its visitors by `<meta http-equiv="refresh">`, as some do for a redirect."""

import re

_HEAD = 65_536  # bytes of the page that are looked at
_SOON = 10.0  # seconds; a page that waits longer is there to be read, and loads itself anew
_CONTENT = re.compile(
    r"\s*+(?P<seconds>\d{0,9}+)[.\d]*+\s*+[;,]\s*+(?:url\s*+=\s*+)?(?P<url>.*)", re.I | re.S
)


def refresh_target(page: bytes) -> str:
    """The address that a page sends its visitors to, as it is written there; "" for none.

    What stands in `noscript` is passed over: it leads to a page that asks for JavaScript.
    """
    head = page[:_HEAD]
    if not re.search(rb"http-equiv", head, re.I) or not re.search(rb"refresh", head, re.I):
        return ""
    from lxml import html
    from lxml.etree import LxmlError

    try:
        tree = html.document_fromstring(head)
    except (LxmlError, ValueError):
        return ""
    for meta in tree.iter("meta"):
        if meta.get("http-equiv", "").strip().lower() != "refresh":
            continue
        found = _CONTENT.fullmatch(meta.get("content", ""))
        if found and next(meta.iterancestors("noscript"), None) is None:
            soon = float(found["seconds"] or 0) <= _SOON
            return _unquoted(found["url"]) if soon else ""
    return ""


def _unquoted(url: str) -> str:
    """What stands before the closing quotation mark, if there is an opening one."""
    if url[:1] in ("'", '"'):
        url = url[1:].partition(url[0])[0]
    return url.strip()
