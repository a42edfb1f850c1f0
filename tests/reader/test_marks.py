"""What the reader is on is found again when the reading is derived anew."""

import msgspec

from pullquote.article import Article
from pullquote.findings import FindingKind, Findings
from pullquote.notes.annotations import annotate
from pullquote.notes.reading import EVERY_LAYER, NOTE, Layer, derived
from pullquote.reader.marks import Mark, found_again, marks
from pullquote.text import Span
from tests.readings import seed_reading


def _mark(layer: Layer, identity: str, *spans: Span) -> Mark:
    return Mark(layer, identity, annotate("a text", (0, 1)), spans)


def test_every_mark_names_its_finding_or_note(seed: Article, findings: Findings) -> None:
    reading = seed_reading(seed, findings)
    assert reading.findings is not None
    over = marks(reading)
    assert tuple(over) == EVERY_LAYER
    for kind in FindingKind:
        for mark in over[kind]:
            one = reading.findings.finding(mark.id)
            assert one is not None
            assert one.finding is kind
            assert mark.item is one
            assert mark.spans in one.places
    assert {mark.id for mark in over[NOTE]} == {
        note.id for note in reading.annotations if not note.is_orphan
    }


def test_findings_without_ids_of_an_old_analyser_are_told_apart(
    seed: Article, findings: Findings
) -> None:
    claims = tuple(msgspec.structs.replace(one, id="") for one in findings.claims)
    old = msgspec.structs.replace(findings, claims=claims)
    ones = marks(derived(seed, old, ()))[FindingKind.CLAIM]
    assert len({mark.id for mark in ones}) == len(claims)


def test_a_mark_is_found_again_by_its_id_where_its_finding_has_got_longer() -> None:
    was = _mark(FindingKind.CLAIM, "c2", (10, 20))
    longer = _mark(FindingKind.CLAIM, "c2", (10, 30))
    assert found_again([_mark(FindingKind.CLAIM, "c1", (0, 5)), longer], was) is longer


def test_a_mark_is_found_again_by_its_place_where_findings_are_numbered_anew() -> None:
    was = _mark(FindingKind.CLAIM, "c2", (10, 20))
    anew = [
        _mark(FindingKind.CLAIM, "c1", (0, 5)),
        _mark(FindingKind.CLAIM, "c2", (6, 9)),
        _mark(FindingKind.CLAIM, "c3", (10, 20)),
    ]
    assert found_again(anew, was) is anew[2]
    assert found_again(anew[:2], was) is None


def test_another_mention_of_the_same_actor_is_not_the_one_that_the_reader_was_on() -> None:
    was = _mark(FindingKind.ACTOR, "a1", (10, 20))
    assert found_again([_mark(FindingKind.ACTOR, "a1", (50, 60))], was) is None


def test_a_note_is_found_again_wherever_it_was_put() -> None:
    was = _mark(NOTE, "n")
    placed = _mark(NOTE, "n", (10, 20))
    assert found_again([_mark(NOTE, "m", (0, 5)), placed], was) is placed
