"""What other packages find: one pane and one pair of keys for all of their kinds.

How one looks is its package's to say (extra_kinds.py); where there is none, nothing of this shows.
"""

from pullquote.extra import EXTRA as LAYER
from pullquote.extra import Extra
from pullquote.extra_kinds import by_kind, kind_of
from pullquote.findings import Rule
from pullquote.kinds.reasons import found_by
from pullquote.kinds.spec import Badge, Entry, Kind, Line
from pullquote.kinds.statement import who
from pullquote.notes.reading import Reading
from pullquote.text import joined


def _glyph(one: Extra) -> str:
    kind = kind_of(one)
    glyph = kind.glyphs.get(one.label, kind.glyph)
    return glyph if len(glyph) == 1 and glyph.isprintable() else "◇"


def _row(reading: Reading, one: Extra, highlights: tuple[str, ...]) -> Entry:
    found = reading.findings
    assert found is not None
    name = who(found, one.speaker) if one.speaker else one.kind
    return Entry(
        _glyph(one),
        name,
        one.label,
        joined(reading.article.text, one.span),
        edge=(Badge(one.label),) if one.label else (),
        tone="bold $sourced-institution",
    )


def _details(reading: Reading, one: Extra) -> list[Line]:
    return [(one.kind, one.note)] if one.note else []


def _why(reading: Reading, one: Extra) -> list[Line]:
    text, found = reading.article.text, reading.findings
    assert found is not None
    kind = kind_of(one)
    lines: list[Line] = [
        (one.kind.capitalize(), joined(text, one.span)),
        ("Found by", found_by(Rule.PLUG_IN, one.confidence, EXTRA.rules)),
    ]
    lines += [("What it is", kind.description)] if kind.description else []
    lines += [(one.label.capitalize() or "Note", one.note)] if one.note else []
    return lines + ([("Speaker", who(found, one.speaker))] if one.speaker else [])


def titles(reading: Reading) -> str:
    """What those that there are are called, to stand over them: "Laws", "Laws, figures"."""
    found = reading.findings
    return ", ".join(by_kind(found)).capitalize() if found else ""


EXTRA = Kind[Extra](
    layer=LAYER,
    key="right_square_bracket",
    back="left_square_bracket",
    step="Go to the {way} finding of a plug-in",
    turn="Go to the findings of plug-ins",
    pane="Plug-ins",
    hints=("highlight", "note.write"),
    empty="There is nothing here that a plug-in found. What is installed, docs/plugins.md tells.",
    lane="warned",
    colour=lambda one: "sourced-institution",
    has_extent=True,
    sign=("◇", "what a plug-in found"),
    glyph=_glyph,
    edge=lambda one: one.label,
    row=_row,
    why=_why,
    details=_details,
    why_title="Why is this here?",
    rules={Rule.PLUG_IN: "a plug-in"},
)
