"""Zotero's notes as it exports them in Markdown, with links back to the annotations.

“Add Note from Annotations” makes a paragraph of each: the words in quotation marks or marked, the
citation as a link to the item, a link to the annotation, and what the reader wrote. The note names
its source by author and year alone, so that an annotation finds its article by its words.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest

from pullquote.article.front_matter import parted
from pullquote.formats.form import Content, Importer, Items
from pullquote.formats.marked import plain
from pullquote.notes.incoming import Incoming, NotThisFormat, admitted, on_words
from pullquote.text import clean

_LINK = r"\(?\[[^\[\]\n]{0,300}\]\(\s?zotero://[^()\s]{1,300}\s?\)\)?"
_LINKS = re.compile(rf"{_LINK}(?:\s*{_LINK})*")
_KEY = re.compile(r"[?&]annotation=(\w+)")
_LISTED = re.compile(r"^\s*(?:[-*+>]|\d+[.)])\s+")
_OPENS = re.compile('[“"«„]|<mark')
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_MARKS = {"“": "”", '"': '"', "«": "»", "„": "“"}
_HEADING = re.compile(r"^#\s+(.+)$", re.M)
# what Zotero itself calls such a note, with the moment below it
_MADE_UP = re.compile(r"[^\S\n]*+\n\s*+\((?=[^\n\d]*+\d)[^\n]*\)[^\S\n]*$", re.M)


def loaded(text: str) -> list[Incoming]:
    """The annotations in a note.

    Raises:
        NotThisFormat: There is none in it.
    """
    about, body = parted(clean(text))
    title = about.get("title", "") or _title(body)
    found = [
        one
        for paragraph in re.split(r"\n\s*\n|\n(?=\s*[-*+]\s)", body)
        for one in _of(paragraph, title, about.get("url", ""))
    ]
    if not found:
        raise NotThisFormat("a note with links to Zotero, but no words or comments beside them")
    return found


def _title(body: str) -> str:
    """The first heading, unless Zotero made it up."""
    heading = _HEADING.search(body)
    if not heading or _MADE_UP.match(body, heading.end()):
        return ""
    return plain(heading[1])


def _of(paragraph: str, title: str, url: str) -> Iterator[Incoming]:
    """The annotations in a paragraph: before each run of links the words, the comment behind it."""
    runs = list(_LINKS.finditer(paragraph))
    words = _LISTED.sub("", paragraph[: runs[0].start()]) if runs else ""
    for run, following in zip_longest(runs, runs[1:]):
        between = paragraph[run.end() : following.start() if following else len(paragraph)]
        opens = _OPENS.search(between) if following else None
        comment = plain(between[: opens.start()] if opens else between)
        yield _incoming(_bare(words), comment, run[0], title, url)
        words = between[opens.start() :] if opens else ""


def _bare(words: str) -> str:
    """Words without the marks around them."""
    words = plain(_MARKUP.sub("", words))
    if len(words) > 1 and _MARKS.get(words[0]) == words[-1]:
        return words[1:-1].strip()
    return words


def _incoming(words: str, comment: str, links: str, title: str, url: str) -> Incoming:
    if not words and not comment:
        return Incoming(skipped="citation without words")
    key = _KEY.search(links)
    note = on_words(
        words,
        source=f"zotero {key[1] if key else ''}\n{words}\n{comment}",
        highlight=int(bool(words)),
        comment=comment,
    )
    return admitted(note, "", url, title, whole=not words)


def _is_zoteros(content: Content) -> bool:
    return bool(_LINKS.search(content.text))


IMPORTER = Importer(
    name="zotero",
    carries="highlights and comments (a note exported as Markdown)",
    read=lambda content: Items(loaded(content.text)),
    sniff=_is_zoteros,
)
