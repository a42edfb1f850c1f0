"""One spec a kind of finding: what shows, walks, lists and explains findings comes from it."""

import ast
from collections.abc import Iterator

import msgspec
import pytest

from pullquote.actions import READING
from pullquote.article import Article
from pullquote.findings import (
    STATED,
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    FindingKind,
    Findings,
    Rule,
)
from pullquote.kinds import BY_LAYER, EVERY_KIND, KINDS, PANES, RULES, details, row, why
from pullquote.kinds.reasons import speaker_lines
from pullquote.notes.reading import EVERY_LAYER, LAYERS, NOTE, derived
from pullquote.reader.hints import MOMENTS
from tests.conftest import ROOT
from tests.readings import seed_reading

# What may name a kind, and why. Anything else asks pullquote/kinds, or the findings themselves.
NAMED = {
    # an actor is who says it, every other finding is what is said
    "notes/corrections/__init__.py": {"ACTOR"},
    "notes/corrections/edits.py": {"ACTOR"},
    "notes/corrections/spec.py": {"ACTOR"},
    "notes/corrections/steps.py": {"Actor"},
    "formats/html.py": {"ACTOR"},
    "formats/training_data.py": {"ACTOR"},
    "reader/correcting.py": {"Actor"},
    "reader/correction_notes.py": {"Actor"},
    # acts on actors: their mentions, and what one of them says alone
    "reader/listing.py": {"ACTOR"},
    # the pane of actors is the cast, and has a page for each of them
    "reader/cast.py": {"ACTOR"},
    "reader/cast_panes.py": {"ACTOR"},
    "reader/columns.py": {"ACTOR"},
    "reader/session.py": {"ACTOR"},
    # verdicts are on claims, and so are the filters by how they are sourced; one by an actor goes on
    "reader/filtering.py": {"CLAIM"},
    "reader/filters.py": {"ACTOR", "CLAIM"},
    "reader/judging.py": {"CLAIM"},
    # to the next open claim, and mention; the key to the next quote goes to the next match, too
    "reader/moving.py": {"ACTOR", "CLAIM", "QUOTE"},
    # what is copied is signed by whom it quotes; a selection grows to the quotation around it
    "reader/marking.py": {"QUOTE"},
    "reader/selecting.py": {"QUOTE"},
    # schema.org has types of its own for quotations and claims
    "formats/linked_data.py": {"CLAIM", "Claim", "QUOTE"},
    # elsewhere a quote is looked for by its words, a claim by what it says
    "reader/elsewhere.py": {"CLAIM", "QUOTE"},
    "reader/everywhere.py": {"CLAIM"},
    "library/indexing.py": {"CLAIM", "QUOTE"},
    # a quote and the claims in it are one statement
    "notes/statements.py": {"CLAIM", "QUOTE", "Quote"},
}
_TYPES = {*(one.__name__ for one in STATED.values()), "Actor"}


def test_every_kind_of_finding_has_one_spec_and_so_have_notes() -> None:
    assert sorted(kind.layer for kind in KINDS) == sorted(LAYERS)
    assert tuple(BY_LAYER) == EVERY_LAYER
    for kind in FindingKind:
        assert kind.plural in Findings.__struct_fields__
        assert BY_LAYER[kind].plural == kind.plural


def test_each_kind_has_keys_and_each_pane_its_number() -> None:
    keys = {action.id: action.keys for action in READING}
    for kind in EVERY_KIND:
        for way, key in kind.keys:
            assert keys[f"{kind.layer}.{way}"] == key
    for number, pane in enumerate(PANES, 1):
        assert keys[f"pane.{pane.name}"] == str(number)


def test_the_status_line_and_the_look_know_every_kind() -> None:
    for kind in EVERY_KIND:
        assert kind.layer in MOMENTS
    for kind in EVERY_KIND:
        assert kind.has_ground or kind.is_name or kind.lane or kind.layer is NOTE, "it is not seen"


def test_every_value_of_a_finding_has_a_glyph() -> None:
    for kind, stated in STATED.items():
        for field, values in stated.choices.items():
            for value in values:
                one = msgspec.convert(
                    {"attribution": "t1", stated.extent: [], **stated.assumed, field: value},
                    stated,
                    strict=False,
                )
                assert len(BY_LAYER[kind].glyph(one)) == 1


def test_every_finding_and_note_has_a_row_and_reasons(seed: Article, findings: Findings) -> None:
    reading = seed_reading(seed, findings)
    for layer in LAYERS:
        for one in reading.of(layer):
            entry = row(reading, layer, one, ("check",) * 5)
            assert len(entry.glyph) == 1
            assert entry.who
            assert why(reading, layer, one)
    assert not derived(seed, None, ()).of(FindingKind.QUOTE)


def test_a_speaker_who_may_be_another_has_a_question_mark(
    seed: Article, findings: Findings
) -> None:
    quote, *_ = findings.quotes
    claim = next(one for one in findings.claims if one.attribution == quote.attribution)
    for share, sign in ((0.69, "?"), (0.7, "")):
        found = msgspec.structs.replace(
            findings,
            attributions=tuple(
                msgspec.structs.replace(one, speaker_confidence=share)
                if one.id == quote.attribution
                else one
                for one in findings.attributions
            ),
        )
        reading = derived(seed, found, ())
        for one in (quote, claim):
            assert row(reading, one.finding, one, ()).who == f"Maria Zakharova{sign}"
            known = dict(details(reading, one.finding, one))
            assert ("may be another" in str(known.get("speaker"))) == bool(sign)
            why_so = dict(why(reading, one.finding, one))
            assert ("may be another" in str(why_so["Speaker"])) == bool(sign)
        other = findings.quotes[-1]
        assert not row(reading, other.finding, other, ()).who.endswith("?")


def test_why_tells_a_surname_from_another_wording_and_counts_what_is_left_out() -> None:
    words = ["Ann Cole", "Cole", *"ABCDEFGHIJKLM"]
    text = " ".join(words)
    starts = [0, 9, *range(14, 40, 2)]
    mentions = tuple((at, at + len(one)) for at, one in zip(starts, words, strict=True))
    actor = Actor(id="a1", name="Ann Cole", kind=ActorKind.PERSON, mentions=mentions)
    said = Attribution(
        id="t1", source=((9, 13),), cue=(), content=((14, 15),), kind=AttributionKind.INDIRECT
    )
    told = dict(speaker_lines(text, actor, said))
    assert "“Cole” is short for “Ann Cole”" in str(told["Speaker"])
    assert str(told["Mentions (15)"]).endswith("and 1 other wording")


def test_every_rule_is_explained() -> None:
    assert set(RULES) == set(Rule)


def _named(tree: ast.AST) -> Iterator[str]:
    """Where code branches on a kind: `FindingKind.CLAIM`, `isinstance(one, Claim)`, `case Claim()`."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="FindingKind"), attr=name) if name.isupper():
                yield name
            case ast.Call(func=ast.Name(id="isinstance"), args=[_, types]):
                yield from (
                    one.id
                    for one in ast.walk(types)
                    if isinstance(one, ast.Name) and one.id in _TYPES
                )
            case ast.MatchClass(cls=ast.Name(id=name)) if name in _TYPES:
                yield name


@pytest.mark.parametrize("room", ["reader", "formats", "cli", "notes", "library"])
def test_nothing_branches_on_kinds_of_findings(room: str) -> None:
    house = ROOT / "tui" / "pullquote"
    for path in sorted((house / room).rglob("*.py")):
        name = path.relative_to(house).as_posix()
        found = set(_named(ast.parse(path.read_text(encoding="utf-8"))))
        assert found <= NAMED.get(name, set()), f"{name}: ask the kind's spec instead"
