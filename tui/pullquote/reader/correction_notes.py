"""Corrections as annotations: each names its finding by place, and the reading applies it.

What a reading makes of them is in tui/pullquote/notes/corrections/.
"""

import re
from collections import Counter

from pullquote.findings import STATED, Actor, FindingKind, Findings, statements
from pullquote.notes.annotations import Annotation, Correction, Edit, annotate, targets
from pullquote.notes.corrections import confirmed_value, mentioned, spec_of
from pullquote.reader.marks import Mark
from pullquote.reader.session import Session
from pullquote.text import Span, Spans, one_line


def findings_of(session: Session) -> Findings:
    """What is corrected; there is no correcting before the analysis."""
    found = session.reading.findings
    assert found is not None
    return found


def naming(session: Session, actor: Actor) -> Span:
    """The mention that an actor is named by: its own alone, and best its name."""
    text, found = session.text, findings_of(session)
    own = [span for span in actor.mentions if mentioned(found, span)] or actor.mentions
    return max(
        own, key=lambda span: (text[slice(*span)] == actor.name, span[1] - span[0], -span[0])
    )


def place_of(session: Session, mark: Mark) -> Spans:
    """What a correction names the finding at `mark` by, though it be gone when it is saved."""
    finding = mark.finding
    return (naming(session, finding),) if isinstance(finding, Actor) else finding.spans


def correction(
    session: Session, mark: Mark, edit: Edit, to: Spans = (), value: str = "", of: Spans = ()
) -> Annotation:
    """A correction of the finding at `mark`; it names it by `of`, or by its place.

    An actor is named by its best mention.
    """
    of = of or place_of(session, mark)
    return correction_at(session, FindingKind(mark.layer), of, edit, to, value)


def correction_at(
    session: Session, kind: FindingKind, of: Spans, edit: Edit, to: Spans = (), value: str = ""
) -> Annotation:
    """A correction of what lies, or should, at `of`; offsets are half-open, in code points.

    Args:
        session: Whose findings are corrected.
        kind: What it is a finding of.
        of: Where it lies.
        edit: What is to be done to it.
        to: The spans that the edit asks for: a source, the mention of an actor, a new extent.
        value: The value or name that the edit asks for.
    """
    text = session.text
    made = Correction(
        edit=edit,
        kind=kind,
        analyser=findings_of(session).analyser,
        of=targets(text, of),
        to=targets(text, to),
        value=value,
    )
    return annotate(text, (of[0][0], of[-1][1]), correction=made)


def confirmation(session: Session, mark: Mark) -> Annotation:
    """A correction that says that the finding at `mark` is right, as it stands."""
    finding = mark.finding
    is_actor = isinstance(finding, Actor)
    speaker = None if is_actor else findings_of(session).actor(finding.speaker)
    to = (naming(session, speaker),) if speaker else ()
    return correction(session, mark, Edit.CONFIRM, to, confirmed_value(finding))


async def save_correction(session: Session, note: Annotation) -> str:
    """Save a correction in the place of one of the same thing, if there is one; why not, or ""."""
    new = note.correction
    assert new is not None
    spec = spec_of(new.edit, new.kind)
    old = [
        one
        for one in session.reading.annotations
        if one.correction and not spec.repeats and _key(one.correction) == _key(new)
    ]
    why_not = await session.save(
        [*((one, None) for one in old), (None, note)],
        f"corrected {session.quoted(new.of[0].exact)} · {spec.done_line(new)}",
    )
    if not why_not and note.id in session.reading.conflicts:
        session.done = "a conflict: it fits no finding · 5 lists it · u undoes it"
        session.said = session.done
    return why_not


def _key(correction: Correction) -> tuple[object, ...]:
    return correction.kind, correction.edit, correction.of


def most_likely(found: Findings, at: int) -> list[Actor]:
    """The actors mentioned, those who say most first, then those named nearest to `at`."""
    stated = [one for kind in STATED for one in statements(found, kind)]
    said = Counter(one.speaker for one in stated)
    far = {
        one.id: min(abs(at - start) for start, _ in one.mentions)
        for one in found.actors
        if one.mentions
    }
    return sorted(
        (one for one in found.actors if one.mentions), key=lambda one: (-said[one.id], far[one.id])
    )


def stretched(spans: Spans, extent: Span) -> Spans:
    """`spans` from one end of `extent` to the other: cut off outside, the gaps kept."""
    start, end = extent
    kept = [span for span in spans if span[0] < end and span[1] > start] or [extent]
    kept[0] = (start, kept[0][1])
    kept[-1] = (kept[-1][0], end)
    return tuple(kept)


def same_words(text: str, span: Span) -> Spans:
    """The other places where the words of `span` stand, as whole words."""
    pattern = rf"(?<!\w){re.escape(text[slice(*span)])}(?!\w)"
    return tuple(m.span() for m in re.finditer(pattern, text) if m.span() != span)


def around(text: str, mentions: Spans) -> tuple[str, ...]:
    """Each mention with a few words around."""
    return tuple(
        f"{one_line(text[max(0, s - 24) : s])} [{text[s:e]}] {one_line(text[e : e + 32])}"
        for s, e in mentions
    )
