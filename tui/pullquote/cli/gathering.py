"""The readings that an export has: of the whole library, or of sources that are named."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from pullquote.cli import opening
from pullquote.cli.opening import refuse
from pullquote.settings import Settings

if TYPE_CHECKING:
    from pullquote.formats.selection import Selection
    from pullquote.library.store import Library
    from pullquote.library.works import Version
    from pullquote.notes.reading import Reading

_AHEAD = 2  # readings that are read before the first is written
Versions = Callable[[str], "Sequence[Version]"]


def versions_in(library: "Library", every_version: bool) -> Versions:
    """Tells the versions of a work; none of any where each stands for itself.

    Who reads an article asks, and soon after who names its file.
    """
    return (lambda article: ()) if every_version else lru_cache(_AHEAD + 1)(library.works.versions)


def all_readings(
    chosen: "Selection",
    settings: Settings,
    library: "Library",
    versions: Versions,
    every_version: bool,
) -> Iterator["Reading"]:
    """The library's readings that may match the selection, one at a time; none is analysed.

    Of each work it is the newest version, with the notes that wait in an earlier one, or each
    version with its own notes, where there are no `versions` of any.
    """
    from pullquote.analysis import analyser
    from pullquote.library.versions import with_earlier_notes, with_first

    name, narrow, articles = analyser(settings.model), chosen.narrow(), library.articles
    for identity in articles.ids(narrow) if every_version else articles.newest_ids(narrow):
        reading = library.reading(identity, name)
        if reading is not None:
            known = versions(identity)
            whole = with_first(library, with_earlier_notes(library, reading, known), known)
            opening.tell_failed(whole.machine)
            yield whole


def waiting(library: "Library", whole: bool) -> Iterator["Reading"]:
    """Notes that wait for their article, for the formats that carry all there is (`whole`)."""
    from pullquote.library.waiting import readings

    yield from readings(library.waiting.all()) if whole else ()


def named(
    sources: tuple[str, ...],
    settings: Settings,
    library: "Library",
    versions: Versions,
    analysed: bool,
) -> Iterator["Reading"]:
    """The readings of `sources`, analysed first if `analysed`."""
    from pullquote.library.versions import with_first

    read = opening.analysed if analysed else opening.reading
    with opening.progress(len(sources)) as bar:
        for source in sources:
            one = read(opening.article(source, settings, library), settings, library)
            yield with_first(library, one, versions(one.article.id))
            bar.update(1)


def looked_ahead(readings: Iterator["Reading"]) -> tuple[Iterator["Reading"], bool]:
    """`readings`, and whether there are several: two are read ahead. Refused if there are none."""
    ahead = list(islice(readings, _AHEAD))
    if not ahead:
        refuse("nothing to export: no article matches")
    several = len(ahead) > 1
    return _then(ahead, readings), several


def _then(first: list["Reading"], rest: Iterator["Reading"]) -> Iterator["Reading"]:
    """`first`, then `rest`, keeping no reference to what was yielded."""
    while first:
        yield first.pop(0)
    yield from rest
