"""No regular expression takes more than so many steps for each character of a text.

Patterns are found where they stand, also new ones: in every call of `re` with a literal, and
compiled in a module. One that is made of words while the program runs needs a line in `MADE`. Steps
are counted by `tests/steps.py`, over texts made to drive each pattern to the worst: what is twice
as long may take three times the steps, but not four times.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from pullquote import wrapping
from pullquote.article import line_ends
from tests.conftest import SOURCE
from tests.steps import Engine, TooMany, attacks

ONE_PLACE = {"match", "fullmatch"}  # the calls that try a pattern at one place alone
CALLS = {*ONE_PLACE, "compile", "search", "sub", "subn", "split", "findall", "finditer"}

# What patterns are made of while the program runs, and one as it may be made; None: see
# `_of_furniture`.
MADE = {
    "glob_translate(pattern)": None,  # what the user's own pattern asks for, over paths
    "f'(?s:.*[{marks}])'": r"(?s:.*[:=@])",
    "f' {{0,3}}{first.markup}{first.markup[0]}*\\\\s*'": r" {0,3}``````*\s*",
    "'|'.join(map(re.escape, words))": "gas|grain",
    "'\\\\s+'.join(map(_either_form, parts))": "g(?:\u00e1|a\u0301)s\\s+grain",
    "f'(?<!\\\\w){re.escape(target.exact)}(?!\\\\w)'": r"(?<!\w)gas\ and\ grain(?!\w)",
    "pattern": r"(?<!\w)Jane\ Miller(?!\w)",
    "separator": r";|,\s+(?=\w)",
    "'|'.join((f'(?:{pattern})' for pattern in sorted(patterns)))": None,
    "words['dateline']": None,
    "f'(?<!\\\\w)(?:{words})(?!\\\\w)|{characters}'": r"(?<!\w)(?:page|seite)(?!\w)|位置|ページ",
    "'|'.join(patterns)": None,  # see _of_notices
    "phrase": None,
    "one.pattern": r"\bgas\W+grain",
    "f\"(?:{'|'.join(patterns)})\\\\w*\"": r"(?:\bgas\W+grain|\btruce\b)\w*",
    "_WIDE": wrapping._WIDE,
    "_WIDE_LINE_END": line_ends._WIDE_LINE_END,
    "f'\\\\b(?:{_one_of(words)})(?: (?:{articles}))*\\\\s*$'": r"\b(?:dubbed|called)(?: (?:the|a|it))*\s*$",
    "f'[0-9a-f]{{{_DIGITS}}}(-[0-9a-f]+)?'": r"[0-9a-f]{24}(-[0-9a-f]+)?",
}


class Found(NamedTuple):
    """A pattern, where it stands, and whether it is tried at one place alone."""

    where: str
    pattern: re.Pattern[Any]
    is_anchored: bool = False


def _patterns() -> Iterator[Found]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "training" in path.parts:
            continue  # no reader's text goes there
        place = path.relative_to(SOURCE.parent).with_suffix("")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from _written(str(place), tree)
        if any(
            isinstance(node, ast.Import) and "re" in {name.name for name in node.names}
            for node in tree.body
        ):
            module = importlib.import_module(".".join(place.parts).removesuffix(".__init__"))
            yield from _compiled(module, tree)
            yield from _of_words(module, tree)
    yield from _of_furniture()
    yield from _of_notices()


def _written(place: str, tree: ast.Module) -> Iterator[Found]:
    """The patterns written as literals in calls of `re`, of parts that are known."""
    of_the_module = {id(node.value) for node in tree.body if isinstance(node, ast.Assign)}
    of_the_module |= {id(node) for made in _makers(tree) for node in ast.walk(made)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name)) if name in CALLS:
                if id(node) in of_the_module:
                    continue
                written = node.args[0]
                source = (
                    written.value
                    if isinstance(written, ast.Constant)
                    else MADE[ast.unparse(written)]
                )
                if source is not None:
                    yield Found(
                        f"{place}:{node.lineno}",
                        re.compile(source, _flags(node)),
                        name in ONE_PLACE,
                    )


def _flags(call: ast.Call) -> int:
    named = [ast.unparse(one) for one in (*call.args[1:], *(word.value for word in call.keywords))]
    return sum(
        getattr(re, flag) for text in named for flag in re.findall(r"\bre\.([A-Z]+)\b", text)
    )


def _compiled(module: ModuleType, tree: ast.Module) -> Iterator[Found]:
    """The patterns among a module's names, with how they are used in it."""
    for name, value in vars(module).items():
        if isinstance(value, re.Pattern):
            uses = {
                node.attr
                for node in ast.walk(tree)
                if isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == name
            }
            yield Found(f"{module.__name__}.{name}", value, bool(uses) and uses <= ONE_PLACE)


def _makers(tree: ast.Module) -> list[ast.FunctionDef]:
    """The functions of a module that make a pattern of a list of words, when it is first used."""
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    made = (
        one for one in functions if one.returns and ast.unparse(one.returns) == "re.Pattern[str]"
    )
    return [one for one in made if not one.args.args]


def _of_words(module: ModuleType, tree: ast.Module) -> Iterator[Found]:
    """The patterns that such functions make, with how they are used in their module."""
    for name in (one.name for one in _makers(tree)):
        uses = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == f"{name}()"
        }
        is_anchored = bool(uses) and uses <= ONE_PLACE
        yield Found(f"{module.__name__}.{name}", getattr(module, name)(), is_anchored)


def _of_furniture() -> Iterator[Found]:
    from pullquote.analysis.furniture import _patterns

    for name, pattern in zip(("links", "lines", "dateline"), _patterns(), strict=True):
        yield Found(f"furniture.toml: {name}", pattern, is_anchored=True)


def _of_notices() -> Iterator[Found]:
    from pullquote.article.page import notices

    for one in notices.NOTICES:
        yield Found(f"notices: {one.name}", one.named)
    for number, phrase in enumerate((*notices._CONSENTS, *notices._OFFERS)):
        yield Found(f"notices: phrase {number}", re.compile(phrase, re.I))


# A length, and times how many steps twice that may take: most patterns are found good at the first,
# which costs least; one with a part of up to sixty characters looks bad until the second.
_LOOKS = ((32, 2.6), (100, 2.6), (200, 3.0))


def _worst(found: Found) -> str | None:
    """A text to which the pattern takes too many steps, if there is one."""
    engine = Engine(found.pattern, found.is_anchored)
    known = set[str]()
    for attack in attacks(engine):
        if (text := attack(400)) in known:
            continue
        known.add(text)
        try:
            if all(
                engine.count(attack(2 * n)) > most * engine.count(attack(n)) for n, most in _LOOKS
            ):
                return attack(12)
        except TooMany:
            return attack(12)
    return None


@pytest.mark.parametrize("found", [pytest.param(one, id=one.where) for one in _patterns()])
def test_twice_the_text_is_twice_the_steps(found: Found) -> None:
    assert _worst(found) is None


# What stood in this program once, and its kind.
@pytest.mark.parametrize(
    ("source", "flags", "is_anchored"),
    [
        (r"[^\n]*\S[^\n]*", 0, False),
        (r"(?:<!--.*?-->\s*)*<html", re.S, True),
        (r"^(\s*)([-+>]|\d+[.)])", re.M, False),
        (r"\b[A-Z](?:\.[A-Z])*\.$", 0, False),
        (r"(a+)+b", 0, True),
        (r"\w+ly\s+", 0, False),
    ],
)
def test_a_pattern_that_takes_the_square_is_found_out(
    source: str, flags: int, is_anchored: bool
) -> None:
    assert _worst(Found("", re.compile(source, flags), is_anchored)) is not None


@pytest.mark.parametrize("source", [r"\w+(?:[’'-]\w+)*|[^\w\s]+", r"\S[^\n]*+", r"(?<!\w)a(?!\w)"])
def test_a_pattern_that_goes_once_over_the_text_is_not(source: str) -> None:
    assert _worst(Found("", re.compile(source))) is None


@pytest.mark.parametrize(
    "source",
    [r"\w+\s", r"(?:ab|a)*c", r"a{2,3}?b", r"(?<=a)b|^c$", r"[^a]b", r"(?>a*)b", r"\bx\b", r"a*+b"],
)
@pytest.mark.parametrize("text", ["", "ab ab c", "aaab", "c", "xx x", "aaabc \n"])
def test_the_engine_that_counts_finds_what_re_finds(source: str, text: str) -> None:
    engine = Engine(re.compile(source))
    assert engine.found(text) == [match.span() for match in re.finditer(source, text)]
