"""Words that a source sets apart as somebody else's, written as a quotation.

A block quotation or an embedded post has no marks of its own: the layout says that it is one. A
text has no layout, so the marks stand in it, and behind them who wrote it, as under a pull quote:
“…” — Ann Cole (@anncole).
"""

from collections.abc import Sequence

_MARKS = '“„«‘"「『'
_SIGNATURE = 60  # characters; the analysis takes no longer ones for a signature


def quotation(paragraphs: Sequence[str], by: str = "", when: str = "") -> list[str]:
    """The `paragraphs`, each on one line, as one quotation.

    Each begins with a mark and the last ends with one, as is the custom; those that have marks
    already are as they were. `by` and `when` are written behind the last, where they are short.
    """
    lines = [*paragraphs]
    if not any(line.startswith(tuple(_MARKS)) for line in lines):
        lines = [f"“{line}" for line in lines]
        lines[-1:] = [f"{line}”" for line in lines[-1:]]
    signatures = (f"{by}, {when}" if when else by, by)
    if lines and by:
        signature = next((one for one in signatures if len(one) <= _SIGNATURE), by[:_SIGNATURE])
        lines[-1] += f" — {signature}"
    return lines
