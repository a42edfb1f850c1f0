"""What other packages find, after our own analysis, one kind after the other.

A package may raise anything, give anything, or never end; our findings are had before, and none of
them is lost. Who ends it where it hangs is the process that waits for this one (beside.py).
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from pullquote.analysis import AnalysisFailed
from pullquote.analysis.pipeline import parse
from pullquote.extra import Extra
from pullquote.extra_kinds import EXTRA_KINDS, Examined
from pullquote.findings import Findings
from pullquote.plugins import BrokenPlugIn, raising
from pullquote.text import Span, one_line, paragraphs

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MOST = 20_000  # findings of one kind in an article
_LONGEST = 300  # characters of what a row says


def with_extras(
    text: str,
    found: Findings,
    model: str,
    before: Callable[[str, Findings], None] = lambda name, found: None,
) -> Findings:
    """The findings with those of all packages' kinds; each that fails is a line in `failed`.

    Args:
        text: The article's.
        found: Ours.
        model: The name of an installed spaCy pipeline with a parser and entities.
        before: Called before each kind with its name and the findings so far.
    """
    for name in EXTRA_KINDS:
        before(name, found)
        try:
            ones = _found(name, Examined(text, found, lambda: _docs(text, model)))
        except (AnalysisFailed, BrokenPlugIn, OSError) as error:
            found = failing(found, one_line(str(error)))
        else:
            found = _added(found, ones)
    return found


def failing(found: Findings, line: str) -> Findings:
    """The findings, with a line on a plug-in that failed."""
    return msgspec.structs.replace(found, failed=(*(found.failed or ()), line))


def _added(found: Findings, ones: Iterable[Extra]) -> Findings:
    every = sorted((*found.of_plug_ins, *ones), key=lambda one: one.span)
    numbered = (msgspec.structs.replace(one, id=f"x{n}") for n, one in enumerate(every, 1))
    return msgspec.structs.replace(found, extras=tuple(numbered))


def _found(name: str, examined: Examined) -> list[Extra]:
    """What a kind finds, as it may be shown. Raises `AnalysisFailed` and `BrokenPlugIn`."""
    kind = EXTRA_KINDS[name]
    with raising(AnalysisFailed, f"the findings of {name}"):
        given = list(islice(kind.find(examined), _MOST))
        return [_vetted(name, one, examined) for one in given]


def _vetted(name: str, one: Extra, examined: Examined) -> Extra:
    """A finding that holds what it promises. Raises `ValueError` and `TypeError`."""
    if not isinstance(one, Extra):
        raise TypeError(f"{type(one).__name__} is not an Extra")
    one = msgspec.convert(msgspec.to_builtins(one), Extra)
    if not one.span or not all(_is_in(span, examined.text) for span in one.span):
        raise ValueError(f"no place in the text: {one.span}")
    return msgspec.structs.replace(
        one,
        kind=name,
        label=one_line(one.label)[:_LONGEST],
        note=one_line(one.note)[:_LONGEST],
        speaker=one.speaker if examined.findings.actor(one.speaker) else None,
        confidence=min(1.0, max(0.0, one.confidence)),
    )


def _is_in(span: Span, text: str) -> bool:
    return 0 <= span[0] < span[1] <= len(text)


def _docs(text: str, model: str) -> "Iterator[tuple[int, Doc]]":
    for one in parse(text, paragraphs(text), model):
        yield one.start, one.doc
