"""A story in words: its articles with who is quoted in which, and what only one of them has."""

from collections.abc import Iterable, Iterator

import msgspec

from pullquote.findings import Commitment
from pullquote.formats.markdown import line
from pullquote.formats.worksheet import entry, scale
from pullquote.notes.story import Report, Statement, Story, Version
from pullquote.settings import Settings

FORMS = ("table", "markdown", "json", "worksheet")
_NAMES = 8  # of those who are quoted in an article, where there is but a line for them
_ALONE = 10  # claims that one article alone has, those that can be checked first


def written(story: Story, form: str, settings: Settings) -> Iterator[str]:
    """A story in one of `FORMS`, line by line or paragraph by paragraph."""
    if form == "json":
        yield msgspec.json.encode(story).decode()
    elif form == "worksheet":
        yield from _worksheet(story, settings)
    else:
        yield from _sections(story, is_markdown=form == "markdown")


def _sections(story: Story, is_markdown: bool) -> Iterator[str]:
    is_alone = len(story.reports) < 2  # there is nothing to compare
    compared = (
        ("Quoted in one outlet only", _only(story.reports)),
        ("Claimed in several", _several(story)),
        ("Source not named here, named there", _named(story)),
        ("Claimed in one only", _alone(story)),
    )
    for title, lines in (
        (_count(story), _articles(story.reports)),
        *compared[: 0 if is_alone else None],
    ):
        found = [f"- {line(words)}" if is_markdown else f"  {words}" for words in lines]
        if found:
            heading = (f"## {title}", "") if is_markdown else (title,)
            yield "\n".join((*heading, *found, ""))


def _count(story: Story) -> str:
    count = len(story.reports)
    return f"{count} article{'' if count == 1 else 's'}"


def outlet(report: Report) -> str:
    """Where an article is from, and of what day."""
    day = report.day.isoformat()
    where = report.site or report.title or "no site"
    return f"{where}, {day if report.is_dated else f'added {day}'}"


def _articles(reports: Iterable[Report]) -> Iterator[str]:
    for one in reports:
        names = [f"{name} {count}" for name, count in one.quoted.items()]
        more = f", and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
        quoted = f": {', '.join(names[:_NAMES])}{more}" if names else ": nobody quoted by name"
        title = f"  {one.title or 'Untitled'}" if one.site else ""
        yield f"{one.article[:8]}  {outlet(one)}{title}{quoted}"


def _only(reports: Iterable[Report]) -> Iterator[str]:
    for one in reports:
        if one.only:
            yield f"{outlet(one)}: {', '.join(one.only)}"


def _several(story: Story) -> Iterator[str]:
    for one in story.told_by_several:
        differ = f" ({'; '.join(map(str, one.figures))})" if one.figures else ""
        yield f"{one.words}{differ}: {'; '.join(map(_place, one.versions))}"


def _named(story: Story) -> Iterator[str]:
    for one in story.told_by_several:
        if one.named:
            unnamed = [version for version in one.versions if version not in one.named]
            yield (
                f"{one.words}: {'; '.join(map(_place, unnamed))}, "
                f"but {'; '.join(map(_place, one.named))}"
            )


def _alone(story: Story) -> Iterator[str]:
    for report in story.reports:
        alone = [one.versions[0] for one in story.told_by(report.article)]
        shown = [one for one in alone if one.checkable][:_ALONE]
        if alone:
            can = "of which can be checked:" if shown else "none of which can be checked"
            count = "1 claim" if len(alone) == 1 else f"{len(alone)} claims"
            yield f"{outlet(report)}: {count}, {can}"
            yield from (f"  {one.words} ({_source(one)})" for one in shown)


def _place(one: Version) -> str:
    return f"{one.site or one.article[:8]} ({_source(one)})"


def _source(one: Version) -> str:
    """Who says it, how sourced, and how firmly unless simply asserted."""
    is_usual = one.commitment is Commitment.ASSERTED
    return ", ".join((one.speaker, one.sourcing, *(() if is_usual else (one.commitment,))))


def _worksheet(story: Story, settings: Settings) -> Iterator[str]:
    """Each statement once, with all its places: one box to tick for all of them."""
    titles = {one.article: one for one in story.reports}
    first = story.reports[0]
    several, every = len(story.told_by_several), len(story.statements)
    yield f"# {line(first.title) or 'Untitled'}: {_count(story)}\n"
    yield "\n".join(f"- {line(words)}" for words in _articles(story.reports)) + "\n"
    yield f"**Claims: {every}. In several articles: {several}.**\n"
    yield f"{scale(settings)}\n"
    ordered = sorted(story.statements, key=lambda one: -len(one.versions))
    for number, one in enumerate(ordered, 1):
        yield entry(f"Claim {number}", one.words, _known(one, titles), None, settings) + "\n"


def _known(one: Statement, reports: dict[str, Report]) -> list[str]:
    places = [
        f"- **in:** {line(outlet(reports[version.article]))}: {line(version.speaker)}, "
        f"{version.sourcing}, {version.commitment}"
        + (f"; verdict {line(version.verdict)}" if version.verdict else "")
        for version in one.versions
    ]
    return places + [f"- **figures:** {line(str(figure))}" for figure in one.figures]
