"""Kindle's My Clippings.txt: highlights with their notes, in the languages of its menus.

A clipping is a title, a line that says of what kind it is, where it lies and when it was made, and
the words; a line of equals signs ends it. The reader's own notes are clippings of their own, at the
place of the highlight that they are on. A highlight that was changed stands there again: the longer
one counts. The device writes no addresses, so that a clipping finds its article by title or words.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pullquote.formats.form import Content, Importer, Items
from pullquote.notes.incoming import (
    Incoming,
    NotThisFormat,
    admitted,
    local_moment,
    on_words,
)

_END = re.compile(r"^={9,}[ \t\r]*$", re.M)
_ABOUT = re.compile(r"\s*[-–—]\s+(.*)")
_FIRST = re.compile(r"\s*+[^\n]++\n\s*+[-–—] [^\n]*\d")  # what such a file begins with

# What kinds of clippings are called: in English, German, Spanish, French, Italian, Portuguese,
# Dutch, Russian; then in scripts that put no spaces between words.
_KINDS = {
    "bookmark": (
        "bookmark|lesezeichen|marcador|signet|segnalibro|bladwijzer|закладка",
        "ブックマーク|书签|書籤|북마크",
    ),
    "highlight": (
        "highlight|clip|clipping|markierung|subrayado|surlignement|evidenziazione|destaque"
        "|markering|выделенный отрывок",
        "ハイライト|标注|標註|하이라이트",
    ),
    "note": ("note|notiz|nota|notitie|заметка", "メモ|笔记|筆記|메모"),
}
_KIND = {
    kind: re.compile(rf"(?<!\w)(?:{words})(?!\w)|{characters}", re.I)
    for kind, (words, characters) in _KINDS.items()
}
_MONTHS_IN = ("en", "de", "es", "fr", "it", "pt", "nl", "ru")

_PLACE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_BY_YEAR = re.compile(r"(\d{4})[年년]\s*(\d{1,2})[月월]\s*(\d{1,2})")
_TIME = re.compile(
    r"(?:(下午|午後|오후)\s*+)?(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*+([ap])\.?\s?m\b)?", re.I
)
_AUTHOR = re.compile(r"(.*\S)\s*\([^()]*(?:\([^()]*\)[^()]*)*\)")
_LIMIT = re.compile(r"<[^<>\n]*>")  # in place of the words, in the device's language
_TITLE = 1000  # characters of a title, with its author
_NEAR = 16  # clippings at one place that are compared


class _Clipping(NamedTuple):
    kind: str
    title: str
    start: int  # by the device's own locations, or pages; 0 where it says none
    end: int
    words: str
    made: str


def loaded(text: str) -> list[Incoming]:
    """What a file of clippings holds, in its order by title.

    Returns:
        Highlights, with the notes on them as their comments; notes without a highlight; what was
        left out.

    Raises:
        NotThisFormat: There is no clipping in it.
    """
    found, by_title = list[Incoming](), defaultdict[str, list[_Clipping]](list)
    for block in _END.split(text.replace("\r\n", "\n")):
        if not block.strip():
            continue
        one = _clipping(block)
        if isinstance(one, Incoming):
            found.append(one)
        else:
            by_title[one.title].append(one)
    for ones in by_title.values():
        found += _joined(ones)
    if not found:
        raise NotThisFormat("has no clippings in it")
    return found


def _clipping(block: str) -> _Clipping | Incoming:
    """A clipping, or why it is none."""
    title, _, rest = block.strip().lstrip("\N{BYTE ORDER MARK}").partition("\n")
    line, _, words = rest.partition("\n")
    about = _ABOUT.match(line)
    if not about:
        return Incoming(refused=f"a clipping that does not say what it is: {title[:60]}")
    head, _, when = about[1].rpartition("|")
    kind = next((kind for kind, names in _KIND.items() if names.search(head or when)), "")
    words = words.strip()
    if not kind:
        return Incoming(refused=f"a clipping of no known kind: {line.strip()[:60]}")
    if kind == "bookmark":
        return Incoming(skipped="bookmark")
    if not words or _LIMIT.fullmatch(words):
        reason = "clipping over the publisher's limit" if words else "empty clipping"
        return Incoming(skipped=reason)
    named = _AUTHOR.fullmatch(title.strip()[:_TITLE])
    return _Clipping(
        kind, named[1] if named else title.strip(), *_place(head), words, _moment(when)
    )


def _place(head: str) -> tuple[int, int]:
    """The last range of numbers before the date: the location where there is one, else the page."""
    found = _PLACE.findall(head[:200])
    if not found:
        return 0, 0
    start, end = found[-1]
    # “Loc. 170-72” is up to 172
    end = start[: len(start) - len(end)] + end if end else start
    return int(start[:9]), int(end[:9])


def _moment(when: str) -> str:
    """The moment in a line such as “Added on Friday, 1 March 2013 12:34:56”; "" for none."""
    time = _TIME.search(when)
    day = _day(when[: time.start()] if time else when)
    if not day:
        return ""
    if not time:
        return local_moment(day)
    hour = int(time[2])
    if time[1] or time[5]:
        hour = hour % 12 + 12 * bool(time[1] or time[5].lower() == "p")
    return local_moment(f"{day}T{hour:02}:{time[3]}:{time[4] or '00'}")


def _day(words: str) -> str:
    if ordered := _BY_YEAR.search(words):
        year, month, day = map(int, ordered.groups())
        return f"{year}-{month:02}-{day:02}"
    year_word = re.search(r"(?<!\d)\d{4}(?!\d)", words)
    day_word = re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    names = re.findall(r"[^\W\d_]+", words.casefold())
    number = next((_months()[name] for name in names if name in _months()), 0)
    if not (year_word and day_word and number):
        return ""
    return f"{year_word[0]}-{number:02}-{int(day_word[0]):02}"


@cache
def _months() -> dict[str, int]:
    from babel.dates import get_month_names

    return {
        name.casefold(): number
        for locale in _MONTHS_IN
        for context in ("format", "stand-alone")
        for number, name in get_month_names("wide", context, locale).items()
    }


# --- which belong together


def _joined(ones: Sequence[_Clipping]) -> Iterator[Incoming]:
    """The clippings of one title: each highlight in its last form, with the notes on it."""
    highlights, old = _latest([one for one in ones if one.kind == "highlight"])
    notes, older = _latest([one for one in ones if one.kind == "note"])
    comments = defaultdict[int, list[_Clipping]](list)
    starts = [one.start for one in highlights]
    for note in notes:
        comments[_under(note, highlights, starts)].append(note)
    for number, one in enumerate(highlights):
        yield _incoming(one, comments[number])
    for note in comments[-1]:
        yield _incoming(None, [note])
    for _ in range(old + older):
        yield Incoming(skipped="earlier form of a clipping")


def _latest(ones: list[_Clipping]) -> tuple[list[_Clipping], int]:
    """Those that no other at their place holds, by place; and how many were left out.

    The very same clipping twice is left to be found a duplicate.
    """
    ones = sorted(ones, key=lambda one: (one.start, one.end))
    held = set[int]()
    for number, one in enumerate(ones):
        for other in range(number + 1, min(number + 1 + _NEAR, len(ones))):
            if ones[other].start > one.end:
                break
            a, b = one.words, ones[other].words
            if a != b and (a in b or b in a):
                held.add(number if a in b else other)
    return [one for number, one in enumerate(ones) if number not in held], len(held)


def _under(note: _Clipping, highlights: Sequence[_Clipping], starts: Sequence[int]) -> int:
    """The number of the highlight that a note is on, best one that ends there; -1 for none."""
    last = bisect_right(starts, note.start)
    near = range(max(0, last - _NEAR), last)
    fitting = [one for one in near if highlights[one].end >= note.start > 0]
    return min(
        fitting,
        key=lambda one: (
            highlights[one].end != note.start,
            highlights[one].end - highlights[one].start,
        ),
        default=-1,
    )


def _incoming(one: _Clipping | None, notes: Sequence[_Clipping]) -> Incoming:
    """A highlight with the notes on it, or a note on the whole."""
    about = one or notes[0]
    comment = "\n\n".join(dict.fromkeys(note.words for note in notes))
    words = one.words if one else ""
    note = on_words(
        words,
        source=f"kindle {about.title}\n{about.start}-{about.end}\n{words}\n{comment}",
        highlight=int(one is not None),
        comment=comment,
        created=about.made,
        modified=max(about.made, *(note.made for note in notes)) if notes else about.made,
    )
    return admitted(note, "", "", about.title, whole=one is None)


def _is_clippings(content: Content) -> bool:
    return bool(_FIRST.match(content.text)) and bool(_END.search(content.text))


IMPORTER = Importer(
    name="kindle",
    carries="highlights with their notes (My Clippings.txt)",
    read=lambda content: Items(loaded(content.text)),
    sniff=_is_clippings,
)
