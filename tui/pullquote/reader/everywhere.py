"""What is done with a claim wherever it is made: its verdict is given there, its story is shown."""

from pullquote.findings import FindingKind
from pullquote.library.restated import Restated
from pullquote.library.store import Library
from pullquote.notes.annotations import Annotation, annotate
from pullquote.notes.story import Story
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.elsewhere import claims_elsewhere
from pullquote.reader.guarded import Failed
from pullquote.reader.judging import NO_CLAIM, verdict_here
from pullquote.reader.marking import replaced
from pullquote.reader.questions import Choose
from pullquote.reader.session import Session
from pullquote.text import plural

_NAMES = 3  # of who is quoted in an article alone


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
    rows, called = [], outlets(others)
    for one in others:
        names = ", ".join(one.only[:_NAMES])
        more = f" and {len(one.only) - _NAMES} more" if len(one.only) > _NAMES else ""
        alone = f" · only there: {names}{more}" if names else ""
        title = f" · {one.title or 'Untitled'}" if one.site else ""
        rows.append(f"{called[one.article]}{_figures(found, one.article)}{alone}{title}")
    title = f"On this event: {plural(len(others), 'other article')}, {several} in several"
    chosen = await ask(Choose(title, rows))
    if chosen is not None:
        session.leave_for(others[chosen].article)
    return None


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
