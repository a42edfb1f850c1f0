"""JSON for programs: the whole reading, versioned; docs/formats.md describes it."""

from collections.abc import Sequence

import msgspec

from tui.analysis.findings import Findings
from tui.article import Article
from tui.library.annotations import Annotation
from tui.library.reading import Reading, derived
from tui.settings import Settings

SCHEMA = 2


class _Form(msgspec.Struct, frozen=True):
    schema: int
    article: Article
    findings: Findings | None  # as the reader has put them right
    annotations: tuple[Annotation, ...] = ()
    machine: Findings | None = None  # as they were found


def json_form(readings: Sequence[Reading], settings: Settings) -> str:
    """The readings as indented JSON: one as an object, several as a list of them."""
    forms = [_Form(SCHEMA, one.article, one.findings, one.annotations, one.machine) for one in readings]
    whole = forms[0] if len(forms) == 1 else forms
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode() + "\n"


def loaded(text: str) -> tuple[Reading, ...]:
    """The readings that `json_form` wrote, of this version or the first. Raises `msgspec.DecodeError` for anything else."""
    whole = msgspec.json.decode(text, type=_Form | list[_Form])
    forms = whole if isinstance(whole, list) else [whole]
    return tuple(derived(one.article, one.machine or one.findings, one.annotations) for one in forms)
