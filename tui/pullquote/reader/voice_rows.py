"""The page of a voice in lines and rows."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from textual.content import Content

from pullquote.findings import Commitment, Sourcing
from pullquote.kinds import Badge, Line, Styled, words_of_saying
from pullquote.kinds.claim import SOURCING_GLYPHS
from pullquote.kinds.markdown_lines import markdown_lines
from pullquote.library.voice_pages import Often, VoicePage
from pullquote.notes.sayings import Saying
from pullquote.reader.rows import Row
from pullquote.text import one_line, plural

_ROLES, _OTHERS = 4, 6  # on a line
_TOPICS = 8
_ELSE = "of others"


class Shown(NamedTuple):
    """A row: what is said, the topic under which it is listed, and what is written on it."""

    said: Saying
    topic: str = ""
    comments: tuple[str, ...] = ()  # that the reader has written on it


def head_line(page: VoicePage) -> Content:
    """Who it is, and how much there is."""
    one = page.voice
    link = f"wikidata.org/wiki/{one.link}" if one.link.startswith("Q") else one.link
    said = plural(one.said, "quote or claim", "quotes and claims")
    counts = f"{plural(one.articles, 'article')}, {said}"
    about = (one.role, one.kind, link, counts, f"voice {one.number}")
    return Content.assemble(
        (one_line(one.name), "bold"), "  ", " · ".join(filter(None, map(one_line, about)))
    )


def role_line(page: VoicePage) -> Content:
    """Its roles over time, the last first; and its other names."""
    roles = [f"{one_line(one.role)} ({_days(one.first, one.last)})" for one in page.roles[:_ROLES]]
    others = [name for name in page.names if name != page.voice.name][:_OTHERS]
    called = f"also {one_line(', '.join(others))}" if others else ""
    return Content(" · ".join(filter(None, (called, *roles))))


def _days(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def about_line(page: VoicePage) -> Content:
    """Who speaks of it, and of whom it speaks."""
    by, of = (_listed(ones) for ones in (page.spoken_of_by, page.speaks_of))
    return Content(" · ".join(filter(None, (by and f"spoken of by {by}", of and f"of {of}"))))


def _listed(ones: Sequence[Often]) -> str:
    return one_line(", ".join(f"{one.name} {one.said}" for one in ones[:_OTHERS]))


def row(shown: Shown) -> Row:
    """How something said reads in the list."""
    one = shown.said
    edge = (
        Badge(one_line(one.who) if one.doubtful else ""),  # else all is said by whose page it is
        Badge(f"{one.how}{' ✓?' if one.checkable else ''}"),
        Badge(one_line(one.site)[:20]),
        Badge(one.verdict, "bold $text-accent"),
        Badge(f"{'' if one.is_dated else 'added '}{one.day}"),
    )
    return Row(
        None,
        SOURCING_GLYPHS[Sourcing(one.sourcing)],
        one_line(shown.topic or one.title or "Untitled"),
        "",
        one.words,
        cue=words_of_saying(one.cue),
        edge=tuple(badge for badge in edge if badge.words),
        tone="$muted",
        comment=tuple(chain.from_iterable(map(_note, shown.comments))),
        denied=one.commitment == Commitment.DENIED,
        details=lambda: _details(one),
    )


def _note(comment: str) -> Iterator[Styled]:
    """The lines of the reader's own words, which are not to be taken for what was said."""
    for number, words in enumerate(markdown_lines(comment)):
        yield words if number else (("note  ", "$muted"), *words)


def _details(one: Saying) -> list[Line]:
    where = " · ".join(filter(None, (one.title or "Untitled", one.byline, one.site, one.published)))
    called = f"as {one.who}, " if one.speaker else ""
    return [("known", one_line(f"{called}{', '.join((one.kind, *one.known))}")),
            ("in", one_line(where))]  # fmt: skip


def by_topic(
    sayings: Sequence[Saying],
    topics: Sequence[Often],
    about: Callable[[Often], frozenset[int]],
) -> tuple[Shown, ...]:
    """What is said, under whom most is said of first; what is of several, under the first.

    Args:
        sayings: In the order in which they stand under each.
        topics: Who is spoken of, the most frequent first.
        about: The numbers of what is said about one of them.
    """
    left, shown = list(sayings), list[Shown]()
    for topic in topics[:_TOPICS]:
        numbers = about(topic)
        title = f"of {topic.name}"
        shown += [Shown(one, title) for one in left if one.number in numbers]
        left = [one for one in left if one.number not in numbers]
    return (*shown, *(Shown(one, _ELSE) for one in left))
