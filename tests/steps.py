"""How many steps a regular expression takes over a text: Python's parser, an engine that counts.

The engine backtracks as `re` does, which does not tell its steps; it is slow, and for tests alone.
`attacks` makes the texts that drive a pattern to the worst: what leads to each of its repeats, what
the repeats take, again and again, and at the end something that makes it fail.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import product
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Node = tuple[Any, Any]
Ends = Iterator[int]

MOST = 500_000  # steps; who needs more for a text of a few hundred characters is worse than square
_POISON = ("", "\0", "\n", "x!")
_FEW = 6  # characters that stand for all that a pattern knows
_SAMPLES = "a \nZ1.\t-_#’“<"


class TooMany(Exception):
    """More than `MOST` steps."""


class Engine:
    """One pattern, run over one text at a time."""

    def __init__(self, pattern: re.Pattern[Any], anchored: bool = False) -> None:
        source = pattern.pattern
        self.tree = parser.parse(
            source.decode("latin-1") if isinstance(source, bytes) else source, _flags(pattern)
        )
        self.flags = pattern.flags
        self.anchored = anchored
        self.text = ""
        self.steps = 0
        self._known: dict[tuple[int, str], bool] = {}

    def count(self, text: str) -> int:
        """The steps to find all matches in `text`, or one at its start for an `anchored` pattern.

        Raises `TooMany`.
        """
        self.found(text)
        return self.steps

    def found(self, text: str) -> list[tuple[int, int]]:
        """The matches in `text`, as `re.finditer` gives them. Raises `TooMany`."""
        self.text, self.steps = text, 0
        matches, start = [], 0
        while start <= len(text):
            self._step()
            end = next(self._sequence(self.tree.data, start), None)
            if end is not None:
                matches.append((start, end))
            if self.anchored:
                break
            start = max(start + 1, end or 0)
        return matches

    def _step(self) -> None:
        self.steps += 1
        if self.steps > MOST:
            raise TooMany

    def _takes(self, node: Node, char: str) -> bool:
        key = id(node), char  # the tree keeps its nodes
        if key not in self._known:
            self._known[key] = _takes(node, char, self.flags)
        return self._known[key]

    def _sequence(self, nodes: list[Node], at: int) -> Ends:
        if not nodes:
            yield at
            return
        for end in self._node(nodes[0], at):
            yield from self._sequence(nodes[1:], end)

    def _node(self, node: Node, at: int) -> Ends:
        op, arg = node
        if op in _SINGLE:
            self._step()
            if at < len(self.text) and self._takes(node, self.text[at]):
                yield at + 1
        elif op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            low, high, body = arg
            many = self._repeat(body.data, low, high, at, lazy=op is c.MIN_REPEAT)
            yield from _first(many) if op is c.POSSESSIVE_REPEAT else many
        elif op is c.SUBPATTERN:
            yield from self._sequence(arg[3].data, at)
        elif op is c.ATOMIC_GROUP:
            yield from _first(self._sequence(arg.data, at))
        elif op is c.BRANCH:
            for way in arg[1]:
                yield from self._sequence(way.data, at)
        elif op is c.AT:
            self._step()
            if _stands(arg, self.text, at, self.flags):
                yield at
        elif op in (c.ASSERT, c.ASSERT_NOT):
            direction, body = arg
            found = any(True for _ in _first(self._looked(body.data, at, direction)))
            if found == (op is c.ASSERT):
                yield at
        else:
            raise NotImplementedError(op)

    def _looked(self, body: list[Node], at: int, direction: int) -> Ends:
        if direction > 0:
            yield from self._sequence(body, at)
            return
        start = at - parser.SubPattern(parser.State(), body).getwidth()[0]
        if start >= 0:
            yield from (end for end in self._sequence(body, start) if end == at)

    def _repeat(self, body: list[Node], low: int, high: int, at: int, lazy: bool) -> Ends:
        if not lazy and len(body) == 1 and body[0][0] in _SINGLE:
            yield from self._run(body[0], low, high, at)
            return
        if lazy and low == 0:
            yield at
        if high > 0:
            for end in self._sequence(body, at):
                if end > at:
                    yield from self._repeat(body, max(0, low - 1), high - 1, end, lazy)
        if not lazy and low == 0:
            yield at

    def _run(self, node: Node, low: int, high: int, at: int) -> Ends:
        """As `_repeat`, for a single character: without a frame for each."""
        end = at
        while end - at < high and end < len(self.text) and self._takes(node, self.text[end]):
            self._step()
            end += 1
        for one in range(end, at + low - 1, -1):
            self._step()
            yield one


_SINGLE = (c.LITERAL, c.NOT_LITERAL, c.IN, c.ANY)


def _flags(pattern: re.Pattern[Any]) -> int:
    return pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags


def _first(ends: Ends) -> Ends:
    for end in ends:
        yield end
        return


def _takes(node: Node, char: str, flags: int) -> bool:
    op, arg = node
    if op is c.ANY:
        return char != "\n" or bool(flags & re.DOTALL)
    cases = {char, char.lower(), char.upper()} if flags & re.IGNORECASE else {char}
    if op is c.LITERAL:
        return chr(arg) in cases
    if op is c.NOT_LITERAL:
        return chr(arg) not in cases
    negated = arg[0][0] is c.NEGATE
    return any(_is_in(one, case) for one in arg[negated:] for case in cases) != negated


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    c.CATEGORY_DIGIT: str.isdecimal,
    c.CATEGORY_SPACE: str.isspace,
    c.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
}
_CATEGORIES |= {
    c.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    c.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    c.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}


def _is_in(one: Node, char: str) -> bool:
    op, arg = one
    if op is c.LITERAL:
        return ord(char) == arg if len(char) == 1 else False
    if op is c.RANGE:
        return len(char) == 1 and arg[0] <= ord(char) <= arg[1]
    return _CATEGORIES[arg](char)


def _stands(where: Any, text: str, at: int, flags: int) -> bool:
    is_word = _CATEGORIES[c.CATEGORY_WORD]
    left = at > 0 and is_word(text[at - 1])
    right = at < len(text) and is_word(text[at])
    if where is c.AT_BEGINNING:
        return at == 0 or (bool(flags & re.MULTILINE) and text[at - 1] == "\n")
    if where is c.AT_BEGINNING_STRING:
        return at == 0
    if where is c.AT_END:
        return text[at:] in ("", "\n") or (bool(flags & re.MULTILINE) and text[at] == "\n")
    if where is c.AT_END_STRING:
        return at == len(text)
    return (left != right) == (where is c.AT_BOUNDARY)


# --- texts that drive a pattern to the worst


def attacks(engine: Engine) -> Iterator[Callable[[int], str]]:
    """Functions from a length to a text of about that length."""
    tree = engine.tree.data
    alphabet = _alphabet(tree, engine.flags)
    repeats = list(_repeats(tree, "", engine.flags))
    pumps = {"".join(one) for size in (1, 2) for one in product(alphabet, repeat=size)}
    pumps |= {pump for _, pump in repeats} | {_sample(tree, engine.flags)}
    prefixes = dict.fromkeys(["", *(prefix for prefix, _ in repeats)])
    for prefix, pump, poison in product(prefixes, sorted(pumps - {""}), _POISON):
        yield partial(_pumped, prefix, pump, poison)


def _pumped(prefix: str, pump: str, poison: str, length: int) -> str:
    return prefix + pump * (length // len(pump)) + poison


def _sample(nodes: Iterable[Node], flags: int) -> str:
    """A short text that the nodes take."""
    return "".join(_sample_of(node, flags) for node in nodes)


def _sample_of(node: Node, flags: int) -> str:
    op, arg = node
    if op is c.LITERAL:
        return chr(arg)
    if op in _SINGLE:
        return next(iter(_chars(node, flags)), "")
    if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
        return _sample(arg[2], flags) * max(1, arg[0])
    if op is c.SUBPATTERN:
        return _sample(arg[3], flags)
    if op is c.ATOMIC_GROUP:
        return _sample(arg, flags)
    return _sample(arg[1][0], flags) if op is c.BRANCH else ""


def _chars(node: Node, flags: int) -> Iterator[str]:
    """Characters that the node takes."""
    op, arg = node
    if op is c.IN:
        for kind, value in arg:
            if kind in (c.LITERAL, c.RANGE) and arg[0][0] is not c.NEGATE:
                yield chr(value if kind is c.LITERAL else value[0])
    yield from (char for char in _SAMPLES if _takes(node, char, flags))


def _repeats(nodes: list[Node], prefix: str, flags: int) -> Iterator[tuple[str, str]]:
    """What leads to each repeat, and what it takes once."""
    for node in nodes:
        op, arg = node
        if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            yield prefix, _sample(arg[2], flags)
        for inner in _inside(node):
            yield from _repeats(inner, prefix, flags)
        prefix += _sample_of(node, flags)


def _inside(node: Node) -> list[list[Node]]:
    op, arg = node
    if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
        return [arg[2].data]
    if op is c.SUBPATTERN:
        return [arg[3].data]
    if op is c.ATOMIC_GROUP:
        return [arg.data]
    if op is c.BRANCH:
        return [way.data for way in arg[1]]
    return [arg[1].data] if op in (c.ASSERT, c.ASSERT_NOT) else []


def _alphabet(tree: list[Node], flags: int) -> list[str]:
    """A character for each kind that the pattern's parts tell apart."""
    singles = list(_singles(tree))
    known = dict.fromkeys([*_SAMPLES, *(char for node in singles for char in _chars(node, flags))])
    kinds = {
        (char == "\n", char.isalnum(), *(_takes(node, char, flags) for node in singles)): char
        for char in reversed(known)
    }
    return sorted(kinds.values(), key=list(known).index)[:_FEW]


def _singles(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        if node[0] in _SINGLE:
            yield node
        for inner in _inside(node):
            yield from _singles(inner)
