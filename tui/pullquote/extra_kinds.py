"""Kinds of findings from other packages: entry points in the group `pullquote.kinds`.

Each is a value: what it is called, how it looks, and a function that finds it. The function runs in
the helper process, after our own analysis; what it raises is one line, and what it gives is looked
at before anybody sees it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from pullquote.extra import Extra
from pullquote.findings import Findings
from pullquote.plugins import BrokenPlugIn, PlugIns

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Examined(msgspec.Struct, frozen=True):
    """An article as a plug-in's function gets it.

    Attributes:
        text: The article's; all offsets count in it, half-open in code points.
        findings: Ours, and those of the plug-ins before.
        docs: Gives its paragraphs, each with where it starts in `text` and as parsed by spaCy.
    """

    text: str
    findings: Findings
    docs: Callable[[], "Iterator[tuple[int, Doc]]"]


class ExtraKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of finding.

    Attributes:
        name: What one is called, in lower case: "law". It never changes.
        plural: What several are called; the title of its pane.
        find: Gives the findings of an article, in any order; their `kind` and `id` need not be set.
        glyph: One character, for the gutter and the rows.
        glyphs: Other ones, by `Extra.label`.
        description: What it finds, for Why?.
    """

    name: str
    plural: str
    find: Callable[[Examined], Iterable[Extra]]
    glyph: str = "◇"
    glyphs: Mapping[str, str] = {}
    description: str = ""


EXTRA_KINDS: PlugIns[ExtraKind] = PlugIns("pullquote.kinds", ExtraKind)


def installed() -> str:
    """The packages' kinds with their versions, as they stand in `Findings.analyser`: " law/1.0".

    Empty without any. No package is imported.
    """
    if not EXTRA_KINDS.are_declared():
        return ""
    return "".join(f" {name}/{EXTRA_KINDS.version(name)}" for name in EXTRA_KINDS)


def kind_of(one: Extra) -> ExtraKind:
    """The kind of a finding; a plain one where its package is not there, or cannot be used."""
    try:
        return EXTRA_KINDS[one.kind]
    except (KeyError, BrokenPlugIn):
        return ExtraKind(name=one.kind, plural=f"{one.kind}s", find=lambda examined: ())


def by_kind(found: Findings) -> dict[str, tuple[Extra, ...]]:
    """What plug-ins found, by the plural of its kind."""
    kinds = {one.kind: kind_of(one).plural for one in found.of_plug_ins}
    return {
        plural: tuple(one for one in found.of_plug_ins if one.kind == name)
        for name, plural in kinds.items()
    }
