"""The words of an article as a message can quote them: short, whole words, whole letters."""

from rich.cells import cell_len, split_graphemes

from pullquote.text import one_line

_MARKS = "“”„\"«»‘’' "  # an excerpt has quotation marks of its own
_PAIRS = (("“", "”"), ("‘", "’"), ("«", "»"))
_APOSTROPHE = "’"
_GAP = " … "
_LEAST, _MOST = 16, 40  # cells
_LONGEST = 32  # code points in a letter, with all that is put on it


def excerpt(words: str, cells: int = _MOST) -> str:
    """`words` in quotation marks, in about so many cells: “the first of them … the last”.

    Where the last word has no room, the first ones have it all.
    """
    words = one_line(words)
    inside = _unquoted(words) or words
    if cell_len(inside) <= cells:
        return f"“{inside}”"
    head = (cells - len(_GAP)) * 2 // 3
    tail = cells - len(_GAP) - head
    last = _last(inside, tail)
    if not inside[-len(last) - 1].isspace() and " " in inside[:cells].strip():
        return f"“{_partnered(_first(inside, cells - len(_GAP) + 1))}{_GAP.rstrip()}”"
    return f"“{_partnered(_first(inside, head))}{_GAP}{_partnered(last)}”"


def _unquoted(words: str) -> str:
    """`words` without the marks around them; what is quoted within them keeps both of its own."""
    inside = words.strip(_MARKS)
    for opening, closing in _PAIRS:
        if inside.count(opening) > inside.count(closing):
            inside += closing
        elif closing != _APOSTROPHE and inside.count(closing) > inside.count(opening):
            inside = opening + inside
    return inside


def _partnered(words: str) -> str:
    """`words` without a mark at an end whose partner was cut off."""
    for opening, closing in _PAIRS:
        if words.endswith(closing) and opening not in words:
            words = words.rstrip(_MARKS)
        if words.startswith(opening) and closing not in words:
            words = words.lstrip(_MARKS)
    return words


def room(width: int) -> int:
    """How many cells an excerpt may have on a screen of that width."""
    return max(_LEAST, min(_MOST, width // 4))


def _first(words: str, cells: int) -> str:
    """As many whole words from the start as fit; of a word longer than that, whole letters."""
    cut = _fitting(words, cells, from_start=True)
    if not words[len(cut)].isspace():
        cut = cut.rpartition(" ")[0] or cut
    return cut.rstrip()


def _last(words: str, cells: int) -> str:
    cut = _fitting(words, cells, from_start=False)
    if not words[-len(cut) - 1].isspace():
        cut = cut.partition(" ")[2] or cut
    return cut.lstrip()


def _fitting(words: str, cells: int, from_start: bool) -> str:
    """The letters at one end of `words` that fit into so many cells, at least one."""
    near = _LONGEST * cells  # what lies further away cannot fit
    words = words[:near] if from_start else words[-near:]
    spans, _ = split_graphemes(words)
    used, count = 0, 0
    for _, _, width in spans if from_start else reversed(spans):
        used += width
        if used > cells and count:
            break
        count += 1
    return words[: spans[count - 1][1]] if from_start else words[spans[-count][0] :]
