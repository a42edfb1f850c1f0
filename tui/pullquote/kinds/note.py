"""The reader's notes: beside the findings a layer of their own, with rows, reasons and a pane."""

from pullquote.kinds.markdown_line import markdown_line
from pullquote.kinds.reasons import judged
from pullquote.kinds.spec import Entry, Kind, Line, Styled
from pullquote.kinds.statement import verdict_word
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
    said = one_line(note.target.exact)
    words: str | Styled = markdown_line(note.comment) if note.comment else said
    tags = " ".join(f"#{tag}" for tag in note.tags)
    carried = str(note.placed) if note.placed is Placed.CARRIED else ""
    word, badge = " ".join(filter(None, (tags, carried))), _badge(reading, note)
    if note.correction:
        return Entry("✎", correction_line(note.correction), carried, said, badge)
    if note.verdict or note.evidence:
        about = (*markdown_line(note.comment), ("  on: ", "dim"), (said, ""))
        verdict = f"verdict: {verdict_word(note)[1:-1]}"
        return Entry("=", verdict, word, about if note.comment else said, badge)
    kind = highlights[note.highlight - 1] if note.highlight else ""
    return Entry(NOTE.glyph(note), kind or ("note" if note.comment else "tag"), word, words, badge)


def _badge(reading: Reading, note: Annotation) -> str:
    if note.id in reading.conflicts and not note.is_orphan:
        return "CONFLICT"
    return note.placed.upper() if note.placed in (Placed.MOVED, Placed.ORPHANED) else ""


def _why(reading: Reading, note: Annotation) -> list[Line]:
    lines: list[Line] = [("On", one_line(note.target.exact))]
    if note.correction:
        gone = " · a conflict: the finding it corrects is gone"
        state = gone if note.id in reading.conflicts else ""
        lines.append(("Correction", correction_line(note.correction) + state))
    if note.verdict or note.evidence:
        lines += judged(note)
    elif note.comment:
        lines.append(("Note", note.comment))
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
    empty="No notes yet: h highlights, i writes a note, t tags.",
    gutter_style="color: $text-accent; text-style: bold;",
    sign=("*", "my note or tags"),
    glyph=lambda note: "*",
    row=_row,
    why=_why,
    why_title="Your note",
)
