"""Read a table that a program wrote as Lua, without running any of it.

KOReader keeps what it knows of a document as `return { ["key"] = value, … }`, with strings,
numbers, truth values and tables as the only values. Anything else is refused with the line that it
stands on. Strings are bytes in Lua: `\\228` is one of them.
"""

import re
from collections.abc import Iterator
from typing import Any

from pullquote.errors import PullquoteError

Table = dict[Any, Any]

_DEEPEST = 40  # tables in tables; KOReader's have up to eight
_TOKEN = re.compile(
    r"""(?P<space>\s+|--[^\n]*)
    |(?P<string>"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*')
    |(?P<number>-?(?:0[xX][0-9a-fA-F]{1,16}|(?:\d{1,40}\.?\d{0,40}|\.\d{1,40})(?:[eE][+-]?\d{1,3})?))
    |(?P<name>[A-Za-z_]\w*)
    |(?P<mark>[{}\[\]=,;])""",
    re.X | re.S,
)
_ESCAPE = re.compile(rb"\\(\d{1,3}|x[0-9a-fA-F]{2}|\r?\n|.)", re.S)
_LETTERS = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"", b"b": b"", b"f": b"\n", b"v": b"\n"}
_CONSTANTS = {"true": True, "false": False, "nil": None}


class NotATable(PullquoteError):
    """It is no such table; the message is one line that names the line of the file."""


class _Tokens:
    """The tokens of a text one after the other, each with its kind; comments are none."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._each = self._read()
        self.kind, self.value = next(self._each)

    def _read(self) -> Iterator[tuple[str, str]]:
        while self._at < len(self._text):
            found = _TOKEN.match(self._text, self._at)
            if not found:
                raise self.unexpected()
            if found.lastgroup != "space":
                yield str(found.lastgroup), found[0]
            self._at = found.end()
        while True:
            yield "end", ""

    def take(self, *wanted: str) -> str:
        """The token here, which is to be one of those wanted where any are; then the next."""
        value = self.value
        if wanted and value not in wanted:
            raise self.unexpected()
        self.kind, self.value = next(self._each)
        return value

    def unexpected(self) -> NotATable:
        line = self._text.count("\n", 0, self._at) + 1
        return NotATable(f"is not a table of values in Lua: line {line}")


def table(text: str) -> Table:
    """The table that `text` returns.

    Returns:
        Strings, numbers, truth values and tables by their keys; without those that are nil.

    Raises:
        NotATable: It is anything else.
    """
    tokens = _Tokens(text)
    tokens.take("return")
    found = _table(tokens, 1)
    if tokens.kind != "end":
        raise tokens.unexpected()
    return found


def _table(tokens: _Tokens, depth: int) -> Table:
    if depth > _DEEPEST:
        raise NotATable(f"has more than {_DEEPEST} tables in one another")
    found, number = Table(), 0
    tokens.take("{")
    while tokens.value != "}":
        key: Any = None
        if tokens.kind == "mark" and tokens.value == "[":
            tokens.take()
            key = _value(tokens, depth)
            tokens.take("]")
            tokens.take("=")
        elif tokens.kind == "name" and tokens.value not in _CONSTANTS:
            key = tokens.take()
            tokens.take("=")
        else:
            number += 1
            key = number
        value = _value(tokens, depth)
        if isinstance(key, dict):
            raise tokens.unexpected()
        if value is not None and key is not None:
            found[key] = value
        if tokens.value != "}":
            tokens.take(",", ";")
    tokens.take("}")
    return found


def _value(tokens: _Tokens, depth: int) -> Any:
    if tokens.kind == "string":
        return _string(tokens.take())
    if tokens.kind == "number":
        return _number(tokens.take())
    if tokens.kind == "name" and tokens.value in _CONSTANTS:
        return _CONSTANTS[tokens.take()]
    if tokens.value == "{":
        return _table(tokens, depth + 1)
    raise tokens.unexpected()


def _number(written: str) -> int | float:
    if "x" in written.lower():
        return int(written, 16)
    return int(written) if written.lstrip("-").isdigit() else float(written)


def _string(written: str) -> str:
    inside = written[1:-1].encode(errors="surrogatepass")
    return _ESCAPE.sub(_unescaped, inside).decode(errors="replace")


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    if said.isdigit():
        return bytes([int(said) & 0xFF])
    if len(said) == 3 and said.startswith(b"x"):
        return bytes([int(said[1:], 16)])
    return _LETTERS.get(said, said.replace(b"\r\n", b"\n"))
