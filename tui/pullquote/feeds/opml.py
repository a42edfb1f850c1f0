"""Lists of feeds as OPML, the form that feed readers exchange (http://opml.org/spec2.opml)."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree

from pullquote.errors import PullquoteError
from pullquote.feeds.addresses import absolute
from pullquote.text import one_line

_DEEPEST = 50  # outlines in one another


class BadOPML(PullquoteError):
    """A list of feeds cannot be read; the message, one line, names it and a way out."""


class Outline(NamedTuple):
    """A feed in such a list."""

    address: str
    title: str = ""
    site: str = ""
    folder: str = ""  # the titles of the outlines around it, with slashes between


def read(data: bytes, name: str) -> tuple[Outline, ...]:
    """The feeds in a list, however deep, each once.

    Args:
        data: The file.
        name: The file, as messages name it.

    Raises:
        BadOPML: It is not OPML, or has no feed in it.
    """
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring

    parser = XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = fromstring(data.strip(), parser=parser)
    except (XMLSyntaxError, ValueError) as error:
        raise BadOPML(
            f"{name}: is not valid OPML: {one_line(str(error))[:120]}; export it again from the "
            "program that made it"
        ) from error
    if root.tag.lower() != "opml":
        raise BadOPML(f"{name}: is not OPML; export the list of feeds from your feed reader")
    found = {one.address: one for body in root.iter("body") for one in _feeds(body, ())}
    if not found:
        raise BadOPML(f"{name}: has no feed in it; export the list of feeds from your feed reader")
    return tuple(found.values())


def _feeds(outline: Any, folders: tuple[str, ...]) -> Iterator[Outline]:
    for one in outline.iterchildren("outline"):
        known = {key.lower(): one_line(value) for key, value in one.attrib.items()}
        title = known.get("title") or known.get("text") or ""
        address = absolute("", known.get("xmlurl"))
        if address:
            yield Outline(address, title, absolute("", known.get("htmlurl")), "/".join(folders))
        if len(folders) < _DEEPEST:
            yield from _feeds(one, (*folders, title.replace("/", "-")) if title else folders)


def written(feeds: Iterable[Outline]) -> str:
    """A list of these feeds, with an outline around those of a folder."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = "Feeds"
    outlines = {"": ElementTree.SubElement(root, "body")}
    for feed in feeds:
        title = feed.title or feed.address
        about = {"text": title, "title": title, "type": "rss", "xmlUrl": feed.address}
        about |= {"htmlUrl": feed.site} if feed.site else {}
        ElementTree.SubElement(_around(feed.folder, outlines), "outline", about)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def _around(folder: str, outlines: dict[str, ElementTree.Element]) -> ElementTree.Element:
    if folder not in outlines:
        outer, _, name = folder.rpartition("/")
        outlines[folder] = ElementTree.SubElement(_around(outer, outlines), "outline", text=name)
    return outlines[folder]
