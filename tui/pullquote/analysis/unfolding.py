"""Findings of a folded text, at their places in the text as it is."""

from typing import Any, TypeVar, cast

import msgspec

from pullquote.findings import Findings
from pullquote.folding import Folded

_Value = TypeVar("_Value")


def unfolded(findings: Findings, text: Folded) -> Findings:
    """The findings in `text.text`, with all spans in the text that it was made of."""
    return _placed(findings, text) if text.is_folded else findings


def _placed(value: _Value, text: Folded) -> _Value:
    """A finding, or what is in one: only spans are pairs of numbers."""
    placed: Any = value
    if isinstance(value, msgspec.Struct):
        fields = {name: _placed(getattr(value, name), text) for name in value.__struct_fields__}
        placed = msgspec.structs.replace(value, **fields)
    elif isinstance(value, tuple) and len(value) == 2 and all(type(one) is int for one in value):
        placed = text.span(value)
    elif isinstance(value, tuple):
        placed = tuple(_placed(one, text) for one in value)
    return cast("_Value", placed)
