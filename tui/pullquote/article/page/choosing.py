"""Which lines of a page are the article.

trafilatura finds it; what it takes is looked at again line by line. Lines far from the article are
left out, those between and beside its paragraphs, which it is not sure of, are taken in.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import groupby, takewhile

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, fromstring, tostring

from pullquote.article import PartKind
from pullquote.article.page.blocks import HEADING, Block
from pullquote.article.page.markup import names
from pullquote.article.page.notices import offers
from pullquote.folding import folded

# What styles words within a line and says nothing of what the line is.
_WITHIN_LINES = (
    "span",
    "em",
    "i",
    "b",
    "strong",
    "u",
    "mark",
    "abbr",
    "cite",
    "small",
    "sub",
    "sup",
)
_LOST = 0.5  # of the letters of a wider extraction; a precise one with less has lost the article
_WORD = re.compile(r"\w+")
_JOINERS = re.compile("[\u200c\u200d]")
_RUN = 4  # words
_COVERED = 0.8  # of a line's runs of words
_MOST = 0.6  # of the letters found; an `article` with less is only a piece of the article
_PROSE = 60  # characters; a paragraph of a sentence has more
_STOPS = tuple(".?!…:”’\"')")
_ENDS = (".", "?", "!", "”", "’")
_LINKED = 0.7  # of the characters of a line; it is there for its link
_GALLERY = re.compile(r"gallery|carousel|slide|lightbox|player|playlist")
_QUOTES = re.compile(r"[“\"]\w[^“”\"]{8,}+(?<=[.,!?…])[”\"]")  # a sentence, no title
_CAPTION = 3  # blanks; a caption with fewer only says whose picture it is
_HOME = 0.15  # of the letters found; an element that holds as much of them is one of the article's


def chosen(
    tree: HtmlElement, lines: Sequence[Block], live: Sequence[HtmlElement] = ()
) -> list[bool]:
    """Which of the `lines` of `tree` are the article's; `live` are the entries of a live blog."""
    discarded = _discarded(tree)
    prose = sum(len(line.text) for line in lines if is_prose(line) and line.owner not in discarded)
    kept = _is_in(lines, _extracted(tree, prose))
    if live:
        kept = _with_entries(lines, kept, live, discarded)
    else:
        kept = _with_neighbours(lines, _in_region(lines, kept), discarded)
    return _without_ends(lines, _without_link_lists(lines, kept))


def _extracted(tree: HtmlElement, prose: int) -> str:
    """The article's text, by trafilatura's precise extraction where that does not lose it.

    Args:
        tree: The page; stays as it is.
        prose: The characters of all its sentences.
    """
    from trafilatura import bare_extraction

    # trafilatura's time grows as the square of the pieces that a paragraph's text is in
    plain = deepcopy(tree)
    etree.strip_tags(plain, *_WITHIN_LINES)
    plain = fromstring(tostring(plain, encoding="unicode"), parser=HTMLParser(huge_tree=True))

    def text(**how: bool) -> str:
        found = bare_extraction(deepcopy(plain), include_comments=False, include_tables=True, **how)
        return found.text or "" if found is not None else ""

    precise = text(favor_precision=True, fast=True)
    if len(precise) >= _LOST * prose:
        return precise
    wide = text()
    return precise if len(precise) >= _LOST * len(wide) else wide


# --- the lines that a text holds


def _is_in(lines: Iterable[Block], text: str) -> list[bool]:
    whole = {_key(line) for line in text.split("\n")}
    runs = _runs(text)
    return [_key(line.text) in whole or _is_covered(line.text, runs) for line in lines]


def _key(line: str) -> str:
    return " ".join(_words(line))


def _words(text: str) -> list[str]:
    """The words as trafilatura has them: without what stands unseen in them, joiners too."""
    return _WORD.findall(_JOINERS.sub("", folded(text)).lower())


def _runs(text: str) -> set[tuple[str, ...]]:
    found = _words(text)
    return set(zip(*(found[n:] for n in range(_RUN)), strict=False))


def _is_covered(line: str, runs: set[tuple[str, ...]]) -> bool:
    own = _runs(line)
    return bool(own) and len(own & runs) >= _COVERED * len(own)


# --- where the article is


def _in_region(lines: Sequence[Block], kept: list[bool]) -> list[bool]:
    """The kept lines that lie in the one `article` with most of them, if there is one."""
    letters = Counter[HtmlElement]()
    for line, is_kept in zip(lines, kept, strict=True):
        if is_kept:
            letters[line.owner] += len(line.text)
    region = _region(letters)
    if region is None:
        return kept
    inside = {*region.iter()}
    return [is_kept and line.owner in inside for line, is_kept in zip(lines, kept, strict=True)]


def _region(letters: Counter[HtmlElement]) -> HtmlElement | None:
    """The innermost `article` or `main` that has most of the letters."""
    held = Counter[HtmlElement]()
    for owner, count in letters.items():
        around = [owner, *owner.iterancestors()]
        held.update({one: count for one in around if one.tag in ("article", "main")})
    least = _MOST * letters.total()
    enough = [one for one in held if held[one] >= least]
    return max(enough, key=lambda one: sum(1 for _ in one.iterancestors()), default=None)


def _with_entries(
    lines: Sequence[Block],
    kept: list[bool],
    live: Sequence[HtmlElement],
    discarded: set[HtmlElement],
) -> list[bool]:
    """The kept lines, and all of the entries."""
    inside = {element for entry in live for element in entry.iter()}
    entries = {*live}

    def is_own(line: Block) -> bool:
        if line.owner not in inside or (line.linked >= _LINKED and not line.kind):
            return False
        around = takewhile(
            lambda one: one not in entries, [line.owner, *line.owner.iterancestors()]
        )
        return line.kind != "" or not any(one in discarded for one in around)

    return [is_kept or is_own(line) for line, is_kept in zip(lines, kept, strict=True)]


def _with_neighbours(
    lines: Sequence[Block], kept: list[bool], discarded: set[HtmlElement]
) -> list[bool]:
    """The kept lines, those set apart between them, and the paragraphs beside them."""
    homes = _homes(lines, kept)
    places = [number for number, is_kept in enumerate(kept) if is_kept]
    if not places:
        return kept
    first, last = places[0], places[-1]

    def belongs(number: int, line: Block) -> bool:
        if line.owner in discarded or line.linked >= _LINKED:
            return False
        between = first < number < last
        near = _around(line.owner, 5)
        if line.kind == PartKind.CAPTION:
            if line.text.count(" ") < _CAPTION or not any(one in homes for one in near):
                return False
            # who is quoted below a picture is quoted nowhere else
            return bool(_QUOTES.search(line.text)) or (between and not any(map(_is_gallery, near)))
        if between:
            if not line.kind and any(one.tag == "figure" for one in near):
                return False
            return any(one in homes for one in near[: 4 if line.kind else 3])
        return line.owner.tag == "p" and is_prose(line) and any(one in homes for one in near[:2])

    return [
        is_kept or belongs(number, line)
        for number, (line, is_kept) in enumerate(zip(lines, kept, strict=True))
    ]


def _is_gallery(element: HtmlElement) -> bool:
    """Whether an element shows pictures for themselves, or a film."""
    return bool(_GALLERY.search(names(element)))


def is_prose(line: Block) -> bool:
    """Whether a line is a sentence and not all a link."""
    return len(line.text) >= _PROSE and line.text.endswith(_STOPS) and line.linked < _LINKED


def _around(element: HtmlElement, count: int) -> list[HtmlElement]:
    """An element and the next ones around it, `count` in all."""
    pairs = zip(range(count - 1), element.iterancestors(), strict=False)
    return [element, *(one for _, one in pairs)]


def _homes(lines: Sequence[Block], kept: list[bool]) -> set[HtmlElement]:
    """The elements that hold the article's paragraphs side by side, and those made like the first.

    A page that is cut by advertisements has the same element over and over.
    """
    letters = Counter[HtmlElement]()
    for line, is_kept in zip(lines, kept, strict=True):
        parent = line.owner.getparent()
        if is_kept and is_prose(line) and parent is not None:
            letters[parent] += len(line.text)
    if not letters:
        return set()
    most = _make(letters.most_common(1)[0][0])
    least = _HOME * letters.total()
    parents = {parent for line in lines if (parent := line.owner.getparent()) is not None}
    return {one for one in parents if letters[one] >= least or (most[1] and _make(one) == most)}


def _make(element: HtmlElement) -> tuple[str, str]:
    return str(element.tag), element.get("class", "")


def _discarded(tree: HtmlElement) -> set[HtmlElement]:
    """What trafilatura never takes: shares, newsletters, related stories, comments."""
    from trafilatura import xpaths

    expressions = (
        *xpaths.OVERALL_DISCARD_XPATH,
        *xpaths.TEASER_DISCARD_XPATH,
        *xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH,
    )
    matched = {element for expression in expressions for element in expression(tree)}
    found: set[HtmlElement] = set()
    for element in tree.iter("*"):
        if element in matched or element.tag in _BESIDE or element.getparent() in found:
            found.add(element)
    return found


_BESIDE = ("aside", "footer", "form")

# --- lists of links


_LABEL = re.compile(
    r"(?:read|see|watch) (?:more|also|next)|also read|more on this(?: story)?|don['’]t miss"
    r"|related(?: articles| stories| topics)?|recommended|most read|advertisement",
    re.I,
)


def _without_link_lists(lines: Sequence[Block], kept: list[bool]) -> list[bool]:
    """The kept lines without several links in a row, and what stands above these as their title."""
    pairs = zip(lines, kept, strict=True)
    found = [is_kept and not _LABEL.fullmatch(line.text) for line, is_kept in pairs]
    places = [number for number, is_kept in enumerate(kept) if is_kept]
    runs = groupby(places, lambda number: _is_link(lines[number]))
    before: int | None = None
    for is_link, run in runs:
        numbers = [*run]
        if is_link and len(numbers) > 1:
            if before is not None and _is_title(lines[before]):
                found[before] = False
            for number in numbers:
                found[number] = False
        before = numbers[-1]
    return found


def _is_link(line: Block) -> bool:
    return line.linked >= _LINKED and not line.kind and not line.text.endswith(_ENDS)


def _is_title(line: Block) -> bool:
    return len(line.text) < _PROSE and not line.text.endswith(_ENDS)


_NOTHING = re.compile(
    r"(?:\d+ )?comments?|share(?: this)?|tags?|advertisement|related(?: \w+)?|more", re.I
)


def _without_ends(lines: Sequence[Block], kept: list[bool]) -> list[bool]:
    """The kept lines up to the last that is the article's: under its last headings is nothing."""

    def is_own(line: Block) -> bool:
        is_offer = '"' not in line.text and "“" not in line.text and offers(line.text)
        return line.kind != HEADING and not _NOTHING.fullmatch(line.text) and not is_offer

    last = max((n for n, one in enumerate(lines) if kept[n] and is_own(one)), default=-1)
    return [is_kept and number <= last for number, is_kept in enumerate(kept)]


# --- the standfirst

_STANDFIRST = re.compile(
    r"stand-?first|(?:^|[\s_-])(?:dek|deck|lede|sub-?title|sub-?heads?|sub-?headline|sub-?line|tagline)(?:[\s_-]|$)"
    r"|(?:article|story|post|entry)[\w]*[-_]+(?:summary|description|excerpt|intro|lead|standfirst)(?:\s|$)"
)
_SMALL = 3  # letters; a longer word tells what a headline is about
_SHORTEST, _LONGEST = 30, 500  # characters


def headline(lines: Sequence[Block], kept: Sequence[bool], title: str) -> int | None:
    """The number of the only `h1` above the article's first paragraph; None where there is none.

    One without a word of the page's `title` is the site's name.
    """
    tops = [number for number, line in enumerate(lines) if line.owner.tag == "h1"]
    first = next((n for n, one in enumerate(lines) if kept[n] and one.kind != HEADING), 0)
    if len(tops) != 1 or tops[0] >= first:
        return None
    shared = {*_key(lines[tops[0]].text).split()} & {*_key(title).split()}
    return tops[0] if not title or any(len(word) > _SMALL for word in shared) else None


def standfirst(lines: Sequence[Block], kept: Sequence[bool], title: str) -> int | None:
    """The number of the line below the headline that sums the article up; None for none."""
    top = headline(lines, kept, title)
    if top is None:
        return None
    first = next(n for n, one in enumerate(lines) if kept[n] and one.kind != HEADING)
    for number in range(top + 1, min(first + 3, len(lines))):
        line = lines[number]
        named = any(_STANDFIRST.search(names(one)) for one in _around(line.owner, 3))
        if named and _SHORTEST <= len(line.text) <= _LONGEST and line.linked < _LINKED:
            return number
    return None


# --- what is said twice


def said_again(lines: Sequence[Block]) -> set[int]:
    """The numbers of quotations without an author of their own that repeat the article's words."""
    runs = _runs("\n".join(line.text for line in lines if line.kind != PartKind.QUOTED))
    return {
        number
        for number, line in enumerate(lines)
        if line.kind == PartKind.QUOTED and "@" not in line.by and _is_covered(line.text, runs)
    }


def repeats(line: str, title: str) -> bool:
    """Whether a line is the title, which may have the site's name behind it."""
    return len(line) > _SHORTEST // 2 and _key(title).startswith(_key(line)[:_LONGEST])


_MORE = 1.3  # times the letters; the page shows only a part of what it tells machines
_SAME = 0.5  # of the runs of words; what has fewer in common is another article


def is_more(body: Sequence[str], lines: Sequence[str]) -> bool:
    """Whether the paragraphs `body` hold the article whose `lines` are known, and more of it."""
    known = _runs("\n".join(lines))
    letters = sum(map(len, body))
    if letters < _MORE * sum(map(len, lines)):
        return False
    return not known or len(known & _runs("\n".join(body))) >= _SAME * len(known)
