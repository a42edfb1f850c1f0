"""The reader's notes: beside the findings a layer of their own, with rows, reasons and a pane."""

from pullquote.kinds.evidence import evidence_lines
from pullquote.kinds.markdown_lines import markdown_lines
from pullquote.kinds.reasons import judged
from pullquote.kinds.spec import Badge, Entry, Kind, Line
from pullquote.kinds.verdicts import verdict_badge
from pullquote.notes.annotations import Annotation, Placed, local_minute
from pullquote.notes.corrections import correction_line
from pullquote.notes.reading import NOTE as LAYER
from pullquote.notes.reading import Reading
from pullquote.text import one_line

_PLACED = {
    Placed.CARRIED: "carried over from an earlier version: the same words at the same place",
    Placed.MOVED: "carried over, but its words or their context have changed: e changes where it "
    "begins and ends",
    Placed.ORPHANED: "its words are not in this text: Enter in the notes pane lets you select "
    "where it belongs",
}


def _row(reading: Reading, note: Annotation, highlights: tuple[str, ...]) -> Entry:
    tags = " ".join(f"#{tag}" for tag in note.tags)
    carried = str(note.placed) if note.placed is Placed.CARRIED else ""
    badge = _badge(reading, note)
    edge = (Badge(tags, "$text-accent"), Badge(carried), Badge(badge, "bold $warned"))
    glyph, who, manner = _kind(note, highlights)
    chip = _chip(note, highlights) if note.highlight and glyph in "✎=" else None
    return Entry(
        glyph,
        who,
        " ".join(filter(None, (tags, carried))),
        ((one_line(note.target.exact), "$muted"),),
        badge,
        edge=tuple(one for one in (*edge, chip) if one and one.words),
        tone="$text-accent",
        manner=manner,
        comment=markdown_lines(note.comment),
    )


def _chip(note: Annotation, highlights: tuple[str, ...]) -> Badge:
    """The kind of highlight that it is, in its colours."""
    return Badge(highlights[note.highlight - 1], f"bold $chip-ink on $chip-{note.highlight}")


def _kind(note: Annotation, highlights: tuple[str, ...]) -> tuple[str, str, str]:
    """What kind of note it is: a glyph, a word or two, and their style."""
    if note.correction:
        return "✎", correction_line(note.correction), "bold"
    if verdict := verdict_badge(note if note.verdict or note.evidence else None):
        return "=", *verdict
    if note.highlight:
        return str(note.highlight), *_chip(note, highlights)
    return NOTE.glyph(note), "note" if note.comment else "tag", "bold"


def _badge(reading: Reading, note: Annotation) -> str:
    if note.id in reading.conflicts and not note.is_orphan:
        return "CONFLICT"
    return note.placed.upper() if note.placed in (Placed.MOVED, Placed.ORPHANED) else ""


def _details(reading: Reading, note: Annotation) -> list[Line]:
    """What a verdict rests on; how it came to be where it is."""
    lines: list[Line] = [
        (heading.lower(), words) for one in note.evidence for heading, words in evidence_lines(one)
    ]
    return lines + ([("position", _PLACED[note.placed])] if note.placed in _PLACED else [])


def _why(reading: Reading, note: Annotation) -> list[Line]:
    lines: list[Line] = [("On", one_line(note.target.exact))]
    if note.correction:
        gone = " · a conflict: the finding it corrects is gone"
        state = gone if note.id in reading.conflicts else ""
        lines.append(("Correction", correction_line(note.correction) + state))
    if note.verdict or note.evidence:
        lines += judged(note)
    elif note.comment:
        lines += [("Note", line) for line in markdown_lines(note.comment)]
    lines += [("Tags", " ".join(f"#{tag}" for tag in note.tags))] if note.tags else []
    lines += [("Position", _PLACED[note.placed])] if note.placed in _PLACED else []
    created, changed = local_minute(note.created), local_minute(note.modified)
    return [*lines, ("Created", f"{created}, last changed {changed}")]


NOTE = Kind[Annotation](
    layer=LAYER,
    key="m",
    step="Go to my {way} note",
    turn="Go to my notes",
    hints=("note.write", "tag", "note.remove"),
    empty="You have not written anything here yet. On a selection, a finding or a sentence, "
    "h highlights, i writes a note and t tags; on a claim, r gives a verdict.",
    colour=lambda note: "note",
    tick="*",
    sign=("*", "my note or tags"),
    glyph=lambda note: "*",
    row=_row,
    why=_why,
    details=_details,
    why_title="Your note",
)
