"""JSON for programs: the whole reading, versioned; docs/formats.md describes it."""

import msgspec

from tui.analysis.findings import Findings
from tui.article import Article
from tui.library.annotations import Annotation
from tui.library.reading import Reading

SCHEMA = 1


class _Form(msgspec.Struct, frozen=True):
    schema: int
    article: Article
    findings: Findings | None
    annotations: tuple[Annotation, ...]


def json_form(reading: Reading, names: tuple[str, ...] = ()) -> str:
    """The reading as indented JSON; the names of the kinds of highlight are the reader's and stay out."""
    form = _Form(SCHEMA, reading.article, reading.findings, reading.annotations)
    return msgspec.json.format(msgspec.json.encode(form), indent=2).decode() + "\n"


def loaded(text: str) -> Reading:
    """The reading that `json_form` wrote. Raises `msgspec.DecodeError` for anything else."""
    form = msgspec.json.decode(text, type=_Form)
    return Reading(form.article, form.findings, form.annotations)
