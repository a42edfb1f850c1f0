"""Notes on one line, for people."""

from pullquote.notes.annotations import Annotation, Motivation
from pullquote.notes.corrections import correction_line
from pullquote.text import one_line

_SHOWN = 40  # characters of a note's words


def short(note: Annotation) -> str:
    """A note in a few words, for people: its weightiest body, and on which words it lies."""
    match note.motivation:
        case Motivation.EDITING if note.correction:
            return f"correction: {correction_line(note.correction)}"
        case Motivation.ASSESSING if note.verdict:
            return f"verdict {note.verdict} on {_few(note.target.exact)}"
        case Motivation.TAGGING:
            tags = " ".join(f"#{tag}" for tag in note.tags)
            return f"tag {tags} on {_few(note.target.exact)}"
    return f"{note.motivation.word} {_few(note.comment or note.target.exact)}"


def _few(words: str) -> str:
    """The first of `words`, quoted, and not twice."""
    words = one_line(words).strip("“”\"«»„‘’' ")
    return f"“{words[: _SHOWN - 1].rstrip()}…”" if len(words) > _SHOWN else f"“{words}”"
