"""The rows of the analysis' tables, each on its own sentence and on its near miss.

A row must be the first of its table that holds for its sentence, and must not hold for its near
miss. The tables of actors, warnings and commitments are in test_actors, test_warnings, test_claims.
"""

import ast
import importlib
import pkgutil
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from pullquote import analysis
from pullquote.analysis import DEFAULT_MODEL, assertions, names, passed, stances
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.pipeline import analyse, parse
from pullquote.findings import Attribution
from pullquote.text import paragraphs
from tests.conftest import SOURCE

Row = names.KindRow | stances.StanceRow | assertions.Row


def parsed(text: str) -> Parsed:
    return Parsed(text, list(parse(text, paragraphs(text), DEFAULT_MODEL)))


def used(text: str) -> list[names.Usage]:
    """The names of a text, as the rows look at them."""
    return names.usages(names.named(parsed(text)))


def attributed(look: Callable[[Parsed, Attribution], Any]) -> Callable[[str], list[Any]]:
    """The attributions of a sentence, as the rows look at them."""

    def looked(sentence: str) -> list[Any]:
        text = f"{sentence} The weather was fine."
        return [look(parsed(text), one) for one in analyse(text, cores=1).attributions]

    return looked


TABLES: tuple[tuple[Callable[[str], list[Any]], Sequence[Row]], ...] = (
    (used, names.KINDS),
    (attributed(stances.Cued), stances.STANCES),
    (attributed(passed.Passed), assertions.ASSERTIONS),
)
EACH = [
    pytest.param(look, rows, row, id=f"{type(row).__name__}: {row.yes}")
    for look, rows in TABLES
    for row in rows
]


@pytest.mark.parametrize(("look", "rows", "row"), EACH)
def test_a_row_holds_for_its_sentence_and_not_for_its_near_miss(
    look: Callable[[str], list[Any]], rows: Sequence[Row], row: Row
) -> None:
    first = [next((one for one in rows if one.when(case)), None) for case in look(row.yes)]
    assert row in first
    near = look(row.no)
    assert near
    assert not any(map(row.when, near))


def test_a_capital_that_only_begins_a_sentence_makes_no_name() -> None:
    text = "Refoulement is banned. Acme left. Acme spoke of refoulement. Refoulement hurts Acme."
    assert "refoulement" not in {one.name for one in used(text)}
    assert "refoulement" in {one.name for one in used(text.replace(" refoulement", " it"))}


def test_what_no_row_is_for_is_only_named_and_no_claim() -> None:
    sentence = "Jane Miller mentioned a flood."
    (cued,) = attributed(stances.Cued)(sentence)
    assert stances.stance(cued.parsed, cued.attribution) is stances.Stance.PERCEIVED
    (one,) = attributed(passed.Passed)("Jane Miller agreed to close the port.")
    assert not assertions.asserts(one)


def test_every_table_of_rules_has_its_tests() -> None:
    """A new one needs a line here or in the module that tests its room."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(analysis.__path__, "pullquote.analysis.")
        if not found.name.endswith("__main__")
    ]
    tables = {
        f"{module.__name__.removeprefix('pullquote.analysis.')}.{name}"
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, tuple) and value and hasattr(value[0], "yes")
    }
    assert tables == {
        "actors.groups.ROWS",  # test_actors
        "accused.ROWS",  # test_assertions
        "appositions.WRITTEN",  # test_speakers
        "assertions.ASSERTIONS",
        "checkable.ROWS",  # test_checkable
        "commitments.COMMITMENTS",  # test_claims
        "doubts.ROWS",  # test_speakers
        "heard.ROWS",  # test_speakers
        "issued.ROWS",  # test_speakers
        "names.KINDS",
        "quotations.STYLES",  # test_quotations
        "prefixes.ROWS",  # test_names
        "sources.ROWS",  # test_speakers
        "stances.STANCES",
        "replies.rows.ROWS",  # test_replies
        "sourcing.SOURCINGS",  # test_sourcing
        "terms.ROWS",  # test_speakers
        "turns.ROWS",
        "warnings.attributed.RULES",  # test_warnings
        "warnings.figures.FIGURES",
        "warnings.kinds.KINDS",
        "warnings.unattributed.VERBS",
    }


def test_the_labels_of_the_parser_stand_in_one_module() -> None:
    """So that another language maps them there."""
    attributes = {"dep_", "pos_", "tag_", "ent_type_", "label_"}
    for path in sorted((SOURCE / "analysis").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare):
                asked = {one.attr for one in ast.walk(node.left) if isinstance(one, ast.Attribute)}
                words = [one for one in ast.walk(node) if isinstance(one, ast.Constant)]
                assert not (asked & attributes and words), f"{path}:{node.lineno}"
