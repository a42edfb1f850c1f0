"""A story in words: its articles with who is quoted in which, and what only one of them has."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from pullquote.findings import Commitment
from pullquote.folding import folded
from pullquote.formats.markdown import line
from pullquote.formats.worksheet import entry, scale
from pullquote.notes.annotations import Annotation, Target
from pullquote.notes.figures import Figure
from pullquote.notes.story import Counted, Report, Statement, Story, Version
from pullquote.settings import Settings

_WORD = re.compile(r"\w+")
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
        ("Quoted in one outlet only", _only(story)),
        ("Claimed in several", _several(story)),
        ("Figures that differ", _counts(story)),
        ("Source not named here, named there", _named(story)),
        ("Claimed in one only", _alone(story)),
    )
    for title, lines in (
        (_count(story), _articles(story.reports)),
        *compared[: 0 if is_alone else None],
    ):
        found = [_item(words) if is_markdown else f"  {words}" for words in lines]
        if found:
            heading = (f"## {title}", "") if is_markdown else (title,)
            yield "\n".join((*heading, *found, ""))


def _item(words: str) -> str:
    """An item of a list in Markdown; what is set in is of the item above it."""
    return f"{'  ' if words.startswith('  ') else ''}- {line(words)}"


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


def outlets(reports: Iterable[Report]) -> dict[str, str]:
    """What tells each article of a story from the others, by their ids: where, of what day."""
    return _apart(
        reports, (outlet, lambda one: f"{outlet(one)}, {one.title or 'Untitled'}", _with_id)
    )


def _sites(reports: Iterable[Report]) -> dict[str, str]:
    """The same in few words: the site alone, where no other article is of it."""
    return _apart(reports, (lambda one: one.site or one.article[:8], outlet, _with_id))


def _with_id(one: Report) -> str:
    return f"{outlet(one)}, {one.article[:8]}"


def _apart(reports: Iterable[Report], ways: Sequence[Callable[[Report], str]]) -> dict[str, str]:
    """Each by the first way to call it that calls no other so."""
    ones, found = tuple(reports), dict[str, str]()
    for way in ways:
        often = Counter(map(way, ones))
        for one in ones:
            if often[way(one)] == 1:
                found.setdefault(one.article, way(one))
    return found


def _only(story: Story) -> Iterator[str]:
    called = outlets(story.reports)
    for one in story.reports:
        if one.only:
            yield f"{called[one.article]}: {', '.join(one.only)}"


def _several(story: Story) -> Iterator[str]:
    sites = _sites(story.reports)
    for one in story.told_by_several:
        differ = f" ({'; '.join(map(str, one.figures))})" if one.figures else ""
        yield f"{one.words}{differ}: {_places(one.versions, sites)}"
        for version in one.versions:
            if _wording(version) != _wording(one):
                yield f"  {sites[version.article]} has: {version.words}"


def _wording(one: Version | Statement) -> list[str]:
    """Its words, whatever their marks and capitals."""
    return _WORD.findall(folded(one.words).lower())


def _counts(story: Story) -> Iterator[str]:
    """Each figure with where it is told, and below it the words in which it is."""
    sites = _sites(story.reports)
    for one in story.counted:
        counts = one.counts
        told = [f"{figure}: {', '.join(places)}" for figure, places in _by_figure(one, sites)]
        yield f"{'; '.join(told)}{' (of the same?)' if one.is_doubtful else ''}"
        yield from (f"  {count.version.words} ({_source(count.version)})" for count in counts)


def _by_figure(one: Counted, sites: Mapping[str, str]) -> Iterable[tuple[Figure, dict[str, None]]]:
    """The figures, the most frequent first, each with the outlets that have it."""
    found = dict[Figure, dict[str, None]]()
    for count in one.counts:
        found.setdefault(count.figure, {})[sites[count.version.article]] = None
    return sorted(found.items(), key=lambda pair: -len(pair[1]))


def _named(story: Story) -> Iterator[str]:
    sites = _sites(story.reports)
    for one in story.told_by_several:
        if one.named:
            unnamed = [version for version in one.versions if version not in one.named]
            yield f"{one.words}: {_places(unnamed, sites)}, but {_places(one.named, sites)}"


def _alone(story: Story) -> Iterator[str]:
    called, sites = outlets(story.reports), _sites(story.reports)
    for report in story.reports:
        alone = story.told_by(report.article)
        shown = [one for one in alone if one.versions[0].checkable][:_ALONE]
        if alone:
            can = "of which can be checked:" if shown else "none of which can be checked"
            count = "1 claim" if len(alone) == 1 else f"{len(alone)} claims"
            yield f"{called[report.article]}: {count}, {can}"
            yield from (
                f"  {one.words} ({_source(one.versions[0])}){_similar(one, sites)}" for one in shown
            )


def _similar(one: Statement, sites: Mapping[str, str]) -> str:
    """Who else has something like it, which only a reader can tell to be the same or not."""
    there = ", ".join(sites[article] for article in sites if article in one.similar)
    return f"; similar: {there}" if there else ""


def _places(versions: Iterable[Version], sites: Mapping[str, str]) -> str:
    return "; ".join(f"{sites[one.article]} ({_source(one)})" for one in versions)


def _source(one: Version) -> str:
    """Who says it, how sourced, and how firmly unless simply asserted."""
    is_usual = one.commitment is Commitment.ASSERTED
    return ", ".join((one.who, one.sourcing, *(() if is_usual else (one.commitment,))))


def _worksheet(story: Story, settings: Settings) -> Iterator[str]:
    """Each statement once, with all its places: one box to tick for all of them."""
    called = outlets(story.reports)
    first = story.reports[0]
    several, every = len(story.told_by_several), len(story.statements)
    yield f"# {line(first.title) or 'Untitled'}: {_count(story)}\n"
    yield "\n".join(f"- {line(words)}" for words in _articles(story.reports)) + "\n"
    yield f"**Claims: {every}. In several articles: {several}.**\n"
    yield f"{scale(settings)}\n"
    ordered = sorted(story.statements, key=lambda one: -len(one.versions))
    for number, one in enumerate(ordered, 1):
        known = _known(one, called, story.counted)
        yield entry(f"Claim {number}", one.words, known, _given(one), settings) + "\n"


def _given(one: Statement) -> Annotation:
    """The verdict, where all places have one and the same, with what the reader wrote anywhere."""
    comments = dict.fromkeys(filter(None, (version.comment for version in one.versions)))
    evidence = {each.key: each for version in one.versions for each in version.evidence}
    return Annotation(
        id="",
        target=Target(0, 0, ""),
        verdict=one.verdict,
        comment="\n\n".join(comments),
        evidence=tuple(evidence.values()),
    )


def _known(one: Statement, called: Mapping[str, str], counted: Iterable[Counted]) -> list[str]:
    places = [
        f"- **in:** {line(called[version.article])}: {line(version.who)}, "
        f"{version.sourcing}, {version.commitment}"
        + (f": {line(version.words)}" if _wording(version) != _wording(one) else "")
        + (f"; verdict {line(version.verdict)}" if version.verdict else "")
        for version in one.versions
    ]
    differ = [
        f"{count.figure} in {called[count.version.article]}{', of the same?' * two.is_doubtful}"
        for two in counted
        if any(count.version in one.versions for count in two.counts)
        for count in two.counts
        if count.version not in one.versions
    ]
    figures = (*map(str, one.figures), *dict.fromkeys(differ))
    places += [f"- **similar in:** {line(called[it])}" for it in called if it in one.similar]
    return places + [f"- **figures:** {line(figure)}" for figure in figures]
