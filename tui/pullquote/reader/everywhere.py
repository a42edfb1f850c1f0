"""What is done with a claim wherever it is made: its verdict is given there, its story is shown."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from pullquote.findings import FindingKind
from pullquote.library.restated import Restated
from pullquote.library.store import Library
from pullquote.notes.annotations import Annotation, annotate
from pullquote.notes.story import Report, Story
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.elsewhere import claims_elsewhere
from pullquote.reader.guarded import Failed
from pullquote.reader.judging import NO_CLAIM, verdict_here
from pullquote.reader.marking import replaced
from pullquote.reader.questions import Choose
from pullquote.reader.session import Session
from pullquote.text import one_line, plural

_NAMES = 8  # of who is quoted in an article
_WIDTH = 56  # characters of a line of a row
_INDENT = "\n       "  # of its further lines


async def give_elsewhere(session: Session, ask: Ask) -> str | None:
    """Give the verdict of the claim here to the same statements in other articles, with evidence.

    Only where there is none yet, and as an act of each article: undone there like any.
    """
    here = verdict_here(session)
    if here is None:
        return NO_CLAIM
    note = here[1]
    if not note.verdict:
        return "no verdict here yet: r gives one"
    places = await _without_verdict(session, note)
    if isinstance(places, Failed):
        return places.why
    if not places:
        return "the same statement is made nowhere else, or has a verdict there"
    given = await session.library(_give, note, places)
    if isinstance(given, Failed):
        return given.why
    return f"verdict {note.verdict} given in {plural(given, 'other article')} · undone there by u"


async def _without_verdict(session: Session, note: Annotation) -> tuple[Restated, ...] | Failed:
    """Where the claim here is made again in other articles, and has no verdict."""
    claims = await claims_elsewhere(session)
    if isinstance(claims, Failed):
        return claims
    current = session.current
    if current is not None and current.layer is FindingKind.CLAIM:
        claim = claims.get((current.start, current.end))
    else:
        claim = claims.get((note.target.start, note.target.end))
    places = claim.places if claim else ()
    return tuple(one for one in places if one.is_same and not one.verdict)


def _give(library: Library, note: Annotation, places: tuple[Restated, ...]) -> int:
    """Give a verdict to the same statements, all or none; to how many."""
    given = 0
    with library.transaction():
        for place in places:
            if article := library.articles.get(place.article):
                there = annotate(article.text, (place.start, place.end))
                verdict, evidence = note.verdict, note.evidence
                library.notes.add(article.id, replaced(there, verdict=verdict, evidence=evidence))
                given += 1
    return given


async def story(session: Session, ask: Ask) -> str | None:
    """Show the articles on the same event, with whose voice is in each alone, and go to one."""
    from pullquote.formats.story import outlets

    article = session.reading.article.id
    found = await session.library(lambda library: library.stories.of(article))
    if isinstance(found, Failed):
        return found.why
    others = found.reports[1:] if found else ()
    if found is None or not others:
        return "no other article in the library is on this event"
    several = plural(len(found.told_by_several), "claim")
    called = outlets(others)
    rows = [_row(found, one, called[one.article]) for one in others]
    title = f"On this event: {plural(len(others), 'other article')}, {several} in several"
    chosen = await ask(Choose(title, rows))
    if chosen is not None:
        session.leave_for(others[chosen].article)
    return None


def _row(found: Story, one: Report, called: str) -> str:
    """An article of a story: who is quoted in it, and what it has that the others have not."""
    title = f" · {one.title or 'Untitled'}" if one.site else ""
    quoted = [f"{name} {count}" for name, count in one.quoted.items()]
    alone = found.told_by(one.article)
    first = [each.words for each in alone if each.versions[0].checkable and not each.similar][:1]
    parts = (
        f"{called}{_figures(found, one.article)}{title}",
        f"quoted: {_listed(quoted)}" if quoted else "nobody quoted by name",
        f"only there: {_listed(one.only)}" if one.only else "",
        ": ".join((f"claimed only there ({len(alone)})", *first)) if alone else "",
        *_sources(found, one.article),
    )
    lines = [line for part in parts if part for line in wrap(one_line(part), _WIDTH)]
    return _INDENT.join(lines)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return f"{', '.join(names[:_NAMES])}{more}"


def _sources(found: Story, article: str) -> Iterator[str]:
    """Whose source is named in only one of two articles: the first, and another."""
    first = found.reports[0].article
    for one in found.told_by_several:
        here = [each for each in one.versions if each.article == first]
        there = [each for each in one.versions if each.article == article]
        if not (one.named and here and there):
            continue
        if there[0] in one.named and here[0] not in one.named:
            yield f"named there: {there[0].who}: {one.words}"
        elif here[0] in one.named and there[0] not in one.named:
            yield f"{there[0].sourcing} there: {one.words}"


def _figures(found: Story, article: str) -> str:
    """What an article of a story counts otherwise than the first."""
    first = found.reports[0].article
    counts = list[str]()
    for one in found.counted:
        if here := one.figures_in(first):
            others = (figure for figure in one.figures_in(article) if figure not in here)
            counts += [f"{figure}{'?' * one.is_doubtful}" for figure in others]
    return f" · there {', '.join(dict.fromkeys(counts))}" if counts else ""


ASKING: dict[str, AskingAct] = {"verdict.elsewhere": give_elsewhere, "story": story}
