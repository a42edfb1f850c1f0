"""Notes on one line, for people."""

from pullquote.notes.annotations import Annotation, Motivation
from pullquote.notes.corrections import correction_line
from pullquote.text import one_line

_SHOWN = 60  # characters of a note's words; of more, the first and the last are shown
_LAST = 20
_GAP = " … "


def short(note: Annotation) -> str:
    """A note in a few words, for people: its weightiest body, and on which words it lies."""
    match note.motivation:
        case Motivation.EDITING if note.correction:
            line = correction_line(note.correction)
            return f"correction ({line[:1].lower()}{line[1:]})"
        case Motivation.ASSESSING if note.verdict:
            return f"verdict {note.verdict} on {_few(note.target.exact)}"
        case Motivation.TAGGING:
            tags = " ".join(f"#{tag}" for tag in note.tags)
            return f"tag {tags} on {_few(note.target.exact)}"
    words = _few(note.comment) if note.comment else f"on {_few(note.target.exact)}"
    return f"{note.motivation.word} {words}"


def _few(words: str) -> str:
    """The first of `words` and the last, quoted, and not twice; a word is not cut."""
    words = one_line(words).strip("“”\"«»„‘’' ")
    words += "”" * (words.count("“") - words.count("”"))  # of what is quoted within
    if len(words) <= _SHOWN:
        return f"“{words}”"
    room = _SHOWN - _LAST - len(_GAP)
    first, last = words[: room + 1], words[-_LAST - 1 :]
    first = first.rpartition(" ")[0] or first[:-1]
    last = last.partition(" ")[2] or last[1:]
    return f"“{first}{_GAP}{last}”"
