"""The cast: who speaks, by how much they say; and the page of one of them, with all of that."""

from collections import Counter
from collections.abc import Mapping

from msgspec.structs import replace

from pullquote.findings import SPEECH, STATED, Actor, FindingKind
from pullquote.kinds import BY_LAYER, Badge, Line, PaneSpec
from pullquote.notes.reading import Layer
from pullquote.reader.correction_notes import naming
from pullquote.reader.listing import Listing, listing
from pullquote.reader.marks import Mark, found_again
from pullquote.reader.motions import sentence_at
from pullquote.reader.rows import Row, row
from pullquote.reader.session import Session
from pullquote.text import one_line, overlap, plural

_BARS = dict(zip(SPEECH, "▮▯", strict=True))  # one for each that somebody says
_LONGEST = 6  # cells of bars, beside a name: with more than these to be shown, they are shares
_GONE = "They are not in this article any more: Esc leads back to the cast."

_Tally = Mapping[Layer, int]  # of one actor: how many of each kind of what is said


def cast(session: Session, pane: PaneSpec) -> Listing:
    """Who speaks, who says most first; then a row without a mark, and who is only mentioned."""
    listed = listing(session, pane)
    said = _tallies(session)
    spoken = {actor: tuple(tally[kind] for kind in SPEECH) for actor, tally in said.items()}
    most = max(map(sum, spoken.values()), default=0)
    speaking = [
        _with_bars(one, said[one.mark.id], most)
        for one in listed.rows
        if one.mark and one.mark.id in said
    ]
    silent = [_in_short(one) for one in listed.rows if one.mark and one.mark.id not in said]
    if not speaking or not silent:
        return listed._replace(rows=(*_most_first(speaking, spoken), *silent))
    words = f"{plural(len(silent), 'more is', 'more are')} mentioned"
    fold = Row(None, "▸", words, "", "", manner="$muted")
    return listed._replace(rows=(*_most_first(speaking, spoken), fold, *silent))


def _most_first(rows: list[Row], spoken: Mapping[str, tuple[int, ...]]) -> list[Row]:
    """By how much they say, then by how much of that is quoted."""
    counts = [spoken[one.mark.id] for one in rows if one.mark]
    ranked = sorted(zip(counts, rows, strict=True), key=lambda one: (-sum(one[0]), -one[0][0]))
    return [row for _, row in ranked]


def _tallies(session: Session) -> dict[str, Counter[Layer]]:
    """What each actor says, whoever else is filtered out."""
    shows, said = session.filters.cleared().shows, dict[str, Counter[Layer]]()
    for kind in STATED:
        for mark in session.marks.every[kind]:
            if mark.actor and shows(mark, session.reading):
                said.setdefault(mark.actor, Counter())[kind] += 1
    return said


def _with_bars(one: Row, tally: _Tally, most: int) -> Row:
    """The row of somebody who says so much, in an article where another says the most."""
    share = min(1.0, _LONGEST / most) if most else 1.0
    bars = "".join(
        bar * max(1, round(tally[kind] * share)) for kind, bar in _BARS.items() if tally[kind]
    )
    counts = ("says", _counted(tally))
    edge = (*one.edge, Badge(bars, one.hue)) if bars else one.edge
    details = one.details
    return replace(_in_short(one), edge=edge, details=lambda: [counts, *details()])


def _in_short(one: Row) -> Row:
    """The row of an actor: who it is, and what they are, on two lines where it is long."""
    role = one.what if isinstance(one.what, str) else ""
    return replace(one, what=((role, "$muted"),) if role else "")


def _counted(tally: _Tally) -> str:
    """How many there are of each kind: "1 quote · 2 claims"."""
    counts = ((tally[kind], kind) for kind in STATED if tally[kind])
    return " · ".join(plural(count, kind, kind.plural) for count, kind in counts)


def again(session: Session, speaker: Mark) -> Mark:
    """A speaker in a reading derived anew, where they may have another id; or as they were."""
    return found_again(session.marks.every[FindingKind.ACTOR], speaker) or speaker


def page(session: Session, speaker: Mark) -> Listing:
    """How the article introduces a speaker, and everything they say here, in order."""
    found = session.reading.findings
    actor = found.actor(speaker.actor) if found else None
    if actor is None:
        return Listing((), _GONE, "")
    shows = session.filters.cleared().shows
    said: dict[str, list[Mark]] = {}  # a piece of speech may be a quote, a claim and a warning
    for kind in STATED:
        for mark in session.marks.every[kind]:
            if mark.actor == actor.id and shows(mark, session.reading):
                said.setdefault(mark.attribution or mark.id, []).append(mark)
    pieces = sorted((_piece(session, alike) for alike in said.values()), key=lambda one: one[0])
    tally = Counter(mark.layer for alike in said.values() for mark in alike)
    rows = (_introduced(session, speaker, actor, tally), *(row for _, row in pieces))
    return Listing(rows, "", "Esc: the cast")


def _piece(session: Session, alike: list[Mark]) -> tuple[int, Row]:
    """The row of a piece of speech: as what is judged, else the longest, with what else it is."""
    main = max(alike, key=lambda one: (BY_LAYER[one.layer].is_judged, _length(one)))
    one = row(session.reading, main, session.settings.highlights, session.marks.hues)
    also = tuple(Badge(str(mark.layer)) for mark in alike if mark is not main)
    who = one.cue or str(main.layer)
    return main.start, replace(one, who=who, manner="italic", cue="", edge=(*also, *one.edge))


def _length(mark: Mark) -> int:
    return sum(end - start for start, end in mark.spans)


def _introduced(session: Session, speaker: Mark, actor: Actor, tally: _Tally) -> Row:
    """The first row of a page: who it is, and the sentence that says so."""
    named = naming(session, actor)
    sentence = sentence_at(session.text, session.paragraphs, named[0])
    words = one_line(session.text[slice(*sentence)])  # which often has quotation marks itself
    mark = next(
        one
        for one in session.marks.every[FindingKind.ACTOR]
        if one.actor == actor.id and overlap(one.spans[0], named)
    )
    one = row(session.reading, mark, session.settings.highlights, session.marks.hues)
    details = one.details

    def opened() -> list[Line]:
        return [("says", _counted(tally) or "nothing that is shown"), *details()]

    return replace(one, comment=(((words, "italic"),),), details=opened)
