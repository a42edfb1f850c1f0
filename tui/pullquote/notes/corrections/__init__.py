"""Put the reader's corrections to what the machine found.

A correction names its finding by kind and place, so that it holds for whatever analyser finds the
same again. One whose finding is not there any more, or lies elsewhere, is a conflict: it is shown,
and applied to nothing else. So is one at a place that two findings share, since it names neither.
Where the machine has come to agree there is nothing to apply, and no conflict. Corrections are
applied in the order in which they were made, each to what the ones before it left.

What can be corrected is one class an edit (edits.py), made of steps (steps.py).
"""

from pullquote.findings import FindingKind, Findings
from pullquote.notes.annotations import Annotation, Correction, Edit
from pullquote.notes.corrections.edits import EDITS
from pullquote.notes.corrections.spec import Asks, EditSpec
from pullquote.notes.corrections.steps import (
    Case,
    confirmed_value,
    mentioned,
    replace,
    resourced,
)

__all__ = [
    "Asks",
    "EditSpec",
    "confirmed_value",
    "corrected",
    "correction_line",
    "mentioned",
    "offered",
    "spec_of",
]

_BY_EDIT = {spec.edit: spec for spec in EDITS}
_BY_BOTH = {(spec.edit, kind): spec for spec in EDITS for kind in spec.kinds}


def offered(kind: FindingKind) -> tuple[EditSpec, ...]:
    """The edits that a finding of that kind is offered, in the order of the menu."""
    return tuple(spec for spec in EDITS if kind in spec.kinds and spec.menu)


def spec_of(edit: Edit, kind: FindingKind) -> EditSpec:
    """What is known of an edit of a finding of that kind; where there is none, of that edit."""
    return _BY_BOTH.get((edit, kind), _BY_EDIT[edit])


def correction_line(correction: Correction) -> str:
    """A correction on one line, for people."""
    return spec_of(correction.edit, correction.kind).note_line(correction)


def corrected(
    text: str, found: Findings, annotations: tuple[Annotation, ...]
) -> tuple[Findings, frozenset[str]]:
    """The findings with the corrections among `annotations`.

    Args:
        text: The article's; all spans are half-open, in code points of it.
        found: What the machine found; returned itself where nothing changes it.
        annotations: In any order; the corrections are applied in that of their making.

    Returns:
        The findings in text order, and the ids of the annotations whose correction could not be
        applied, and so changed nothing.
    """
    machine, conflicts = found, set()
    for note in sorted(annotations, key=lambda one: (one.created, one.id)):
        if note.correction is None:
            continue
        holds = not note.is_orphan and _stands(text, note.correction)
        changed = _applied(Case(text, found, note.correction, note.id)) if holds else None
        if changed is None:
            conflicts.add(note.id)
        else:
            found = changed
    return (found if found is machine else _in_order(found)), frozenset(conflicts)


def _stands(text: str, correction: Correction) -> bool:
    """Whether a correction is of this text: its words stand where it says."""
    return bool(correction.of) and all(
        target.stands(text) for target in (*correction.of, *correction.to)
    )


def _in_order(found: Findings) -> Findings:
    return replace(
        found,
        attributions=tuple(
            sorted(
                found.attributions, key=lambda one: min((*one.source, *one.cue, *one.content))[0]
            )
        ),
        **{
            kind.plural: tuple(sorted(found.of(kind), key=lambda one: one.spans))
            for kind in FindingKind
        },
    )


def _applied(case: Case) -> Findings | None:
    """The findings after one correction, None where it has nothing to be applied to."""
    spec = _BY_BOTH.get((case.correction.edit, case.correction.kind))
    if spec is None:
        return None
    try:
        changed = spec.applied(case)
    except ValueError:  # a value that this version does not know
        return None
    if changed and case.correction.kind is FindingKind.ACTOR:
        return resourced(case.found, changed)
    return changed
