"""Notes on one line, for people."""

from pullquote.notes.annotations import Annotation, Motivation
from pullquote.notes.corrections import correction_line
from pullquote.text import one_line

_SHOWN = 40  # characters of a note's words


def short(note: Annotation) -> str:
    """A note in a few words, for people: by its weightiest body."""
    match note.motivation:
        case Motivation.EDITING if note.correction:
            return f"correction: {correction_line(note.correction)}"
        case Motivation.ASSESSING if note.verdict:
            return f"verdict {note.verdict}"
        case Motivation.TAGGING:
            return f"tag {' '.join(f'#{tag}' for tag in note.tags)}"
    words = one_line(note.comment or note.target.exact).strip(
        '“”"«»„'
    )  # quoted here, and not twice
    if len(words) > _SHOWN:
        words = f"{words[: _SHOWN - 1].rstrip()}…"
    return f"{note.motivation.word} “{words}”"
