"""A note for Obsidian, and the same note again without harm to what was written around it.

The reader's highlights stand as callouts between two comments that Obsidian does not show. `merged`
replaces what is between them in a file that is there already and leaves all else alone, so that the
note can be worked on and exported again. Nothing between the markers can look like one: what is not
ours is escaped, and inside a callout.

Properties, tags, block ids and callouts follow Obsidian's help (Properties, Tags, Internal links,
Callouts).
"""

import hashlib
import re
from collections.abc import Iterator
from itertools import zip_longest

from pullquote.errors import PullquoteError
from pullquote.formats import marked
from pullquote.formats.form import Content, Format, Purpose, notes_reader, single_writer
from pullquote.formats.markdown import comment, judged, line, properties, quotation
from pullquote.formats.said import GONE, speaker
from pullquote.notes.annotations import Annotation
from pullquote.notes.reading import Reading
from pullquote.settings import Settings

_MARKER = re.compile(r"^%% pullquote:(?:begin ([0-9a-f]{16})|end) %%(?=[ \t\r]*$)", re.M)
# What ends a tag in Obsidian: spaces and punctuation other than "_", "-" and "/".
_NOT_IN_TAGS = re.compile(r"[\s\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\[\]\\]+")


class NoMarkers(PullquoteError):
    """The file has no section to replace, or more than one; the message is one line."""


def obsidian(reading: Reading, settings: Settings) -> str:
    """The annotations without corrections, in a section between markers, under the properties.

    The section's name in the markers follows from the article's address, so that a new version
    finds the old one's.
    """
    name = hashlib.sha256(reading.article.work.encode()).hexdigest()[:16]
    notes = [note for note in reading.annotations if not note.correction]
    lost = [_callout(reading, note, settings) for note in notes if note.is_orphan]
    tags = {_tag(tag) for note in notes for tag in note.tags} - {""}
    parts = (
        properties(reading.article, tags),
        f"%% pullquote:begin {name} %%",
        "## Notes",
        *(_callout(reading, note, settings) for note in notes if not note.is_orphan),
        *([f"## {GONE}", *lost] if lost else []),
        "%% pullquote:end %%",
    )
    return "\n\n".join(parts) + "\n"


def merged(new: str, old: str) -> str:
    """`old` with its section of that name replaced by that in `new`; all around it stays.

    Raises `NoMarkers` where there is not just one such section in `old`, begun and ended.
    """
    ((name, start, end),) = _sections(new)
    there = [place for other, *place in _sections(old) if other == name]
    if len(there) != 1 or not there[0][1]:
        how = "more than one section, or one without an end," if there else "no section"
        raise NoMarkers(f'there is {how} that begins with "%% pullquote:begin {name} %%"')
    before, after = there[0]
    return old[:before] + new[start:end] + old[after:]


def _sections(note: str) -> Iterator[tuple[str, int, int]]:
    """Each section's name and place, markers included; the end is 0 where it is not closed."""
    markers = list(_MARKER.finditer(note))
    for marker, following in zip_longest(markers, markers[1:]):
        if marker[1]:
            yield (
                marker[1],
                marker.start(),
                following.end() if following and not following[1] else 0,
            )


def _tag(tag: str) -> str:
    """`tag` as Obsidian allows it: one word, not of digits alone; "" where nothing is left."""
    word = _NOT_IN_TAGS.sub("-", tag).strip("-/")
    return f"_{word}" if word.isdigit() else word


def _callout(reading: Reading, note: Annotation, settings: Settings) -> str:
    """One annotation: who says it, the words, what the reader makes of them, an id to link to.

    The id follows from the annotation's, which may come from another program and hold anything.
    """
    title = " · ".join(
        map(
            line,
            filter(None, (settings.highlight(note.highlight), speaker(reading.findings, note))),
        )
    )
    tags = " ".join(f"#{tag}" for tag in map(_tag, note.tags) if tag)
    body = "\n\n".join(filter(None, (quotation(note), comment(note.comment), *judged(note), tags)))
    lines = [f"[!quote] {title}", *body.split("\n")]
    name = hashlib.sha256(note.id.encode()).hexdigest()[:8]
    return "\n".join(f"> {one}".rstrip() for one in lines) + f"\n\n^pq-{name}"


def _is_a_note(content: Content) -> bool:
    """Whether a file is a note with our section, or a clipped article with marks in it.

    What links to Zotero is a note of Zotero's.
    """
    text = content.text
    return marked.is_ours(text) or ("](zotero://" not in text and marked.is_marked(text))


FORMAT = Format(
    name="obsidian",
    suffix=".obsidian.md",
    carries="annotations, kept up to date inside a note of yours",
    description="an Obsidian note, updated in place when exported again",
    purpose=Purpose.NOTES,
    write=single_writer(obsidian),
    read=notes_reader(marked.loaded),
    sniff=_is_a_note,
    single=True,
    merged=merged,
)
