"""W3C Web Annotation: ours conforms and comes back; others' is read, or refused by name."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pullquote.article import Article
from pullquote.findings import FindingKind, Findings
from pullquote.formats.webannotation import loaded, webannotation
from pullquote.notes.annotations import (
    Annotation,
    Correction,
    Edit,
    Motivation,
    Placed,
    Target,
    on_targets,
)
from pullquote.notes.incoming import NOWHERE, NotThisFormat
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import one_line
from tests.readings import readings, seed_reading, words

SETTINGS = Settings(reader="Ada “A” <ada@example.org>", reader_url="https://example.org/ada b")
SCHEMA = Path(__file__).parent.parent / "data" / "w3c" / "webannotation.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@st.composite
def corrected(draw: st.DrawFn, note: Annotation) -> Annotation:
    """`note` with what the notes of `readings` lack: a correction, a history."""
    targets = st.lists(
        st.builds(Target, st.just(0), st.integers(1, 9), words, words, words),
        min_size=1,
        max_size=2,
    )
    corrections = st.builds(
        Correction,
        edit=st.sampled_from(Edit),
        kind=st.sampled_from(FindingKind),
        analyser=words.map(one_line),
        of=targets.map(tuple),
        to=targets.map(tuple),
        value=words.map(one_line),
    )
    return msgspec.structs.replace(
        note,
        correction=draw(st.none() | corrections),
        placed=draw(st.sampled_from(Placed)),
        origin=draw(st.sampled_from(("", "f" * 32))),
    )


@st.composite
def full_readings(draw: st.DrawFn) -> Reading:
    """Random readings with notes of every kind."""
    reading = draw(readings())
    return msgspec.structs.replace(
        reading, annotations=tuple(draw(corrected(one)) for one in reading.annotations)
    )


def unplaced(note: Annotation) -> Annotation:
    """An orphan's offsets are of another text, and so do not travel."""

    def place(one: Target) -> Target:
        return msgspec.structs.replace(one, start=NOWHERE, end=NOWHERE)

    return on_targets(note, place) if note.is_orphan else note


def items(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["first"]["items"]
    return found


def foreign(**changes: Any) -> dict[str, Any]:
    """An annotation as another program may write it."""
    target = {
        "source": "https://example.org/a",
        "selector": {
            "type": "TextQuoteSelector",
            "exact": "words",
            "prefix": "some ",
            "suffix": " here",
        },
    }
    return {"id": "https://example.org/1", "type": "Annotation", "target": target} | changes


def only(item: Any) -> Annotation:
    (one,) = loaded(json.dumps(item))
    assert one.annotation, one.refused
    return one.annotation


# --- what is written


@given(full_readings(), full_readings())
def test_notes_come_back_as_they_went(one: Reading, other: Reading) -> None:
    found = loaded("".join(webannotation([one, other], SETTINGS)))
    assert [item.annotation for item in found] == [
        unplaced(note) for note in (*one.annotations, *other.annotations)
    ]


@given(full_readings())
def test_what_is_known_of_the_article_travels_with_every_note(reading: Reading) -> None:
    about = (reading.article.id, reading.article.url, one_line(reading.article.title))
    came = loaded("".join(webannotation([reading], SETTINGS)))
    assert len(came) == len(reading.annotations)
    for item in came:
        assert (item.article, item.url, item.title) == about


@given(full_readings())
def test_what_is_written_is_what_the_recommendation_demands(reading: Reading) -> None:
    VALIDATOR.validate(json.loads("".join(webannotation([reading], SETTINGS))))


@given(full_readings())
def test_a_position_counts_code_points_and_holds_the_quoted_words(reading: Reading) -> None:
    """Neither the schema nor W3C's own tests look at a reversed place or at other words."""
    for item, note in zip(
        items("".join(webannotation([reading], SETTINGS))), reading.annotations, strict=True
    ):
        *places, quote = item["target"]["selector"]
        assert bool(places) != note.is_orphan
        for place in places:
            assert place["start"] < place["end"]
            assert reading.article.text[place["start"] : place["end"]] == quote["exact"]


@given(full_readings())
def test_the_first_motivation_is_the_notes_own_and_every_body_has_its_motivation(
    reading: Reading,
) -> None:
    for item, note in zip(
        items("".join(webannotation([reading], SETTINGS))), reading.annotations, strict=True
    ):
        first, *others = (
            item["motivation"] if isinstance(item["motivation"], list) else [item["motivation"]]
        )
        assert first == note.motivation
        assert {*others} < {*map(str, Motivation)}
        purposes = {body["purpose"] for body in item.get("body", [])} - {"classifying"}
        assert purposes <= {first, *others}


def test_the_seed_comes_back_too_and_an_orphan_has_its_quote_alone(
    seed: Article, findings: Findings
) -> None:
    reading = seed_reading(seed, findings)
    written = "".join(webannotation([reading], SETTINGS))
    assert [one.annotation for one in loaded(written)] == [
        unplaced(note) for note in reading.annotations
    ]
    orphan = items(written)[-1]
    assert [one["type"] for one in orphan["target"]["selector"]] == ["TextQuoteSelector"]


def test_a_correction_is_told_in_words_beside_the_machines_own(
    seed: Article, findings: Findings
) -> None:
    (body,) = items("".join(webannotation([seed_reading(seed, findings)], SETTINGS)))[3]["body"]
    assert body["purpose"] == "editing"
    assert body["value"] == "The quote here is by “Emmanuel Macron”"


def test_the_reader_is_the_creator_and_nobody_is_where_no_name_is_set(
    seed: Article, findings: Findings
) -> None:
    reading = seed_reading(seed, findings)
    creator = items("".join(webannotation([reading], SETTINGS)))[0]["creator"]
    assert creator == {
        "type": "Person",
        "name": SETTINGS.reader,
        "homepage": "https://example.org/ada%20b",
    }
    assert "creator" not in items("".join(webannotation([reading], Settings())))[0]


def test_no_notes_are_a_collection_of_none() -> None:
    written = "".join(webannotation([], SETTINGS))
    VALIDATOR.validate(json.loads(written))
    assert loaded(written) == []


# --- the schema sees what is wrong


def _broken() -> Iterator[Any]:
    def on(path: str, change: Callable[[dict[str, Any]], object]) -> Any:
        return pytest.param(change, id=path)

    yield on("no context", lambda one: one.pop("@context"))
    yield on("another context alone", lambda one: one.update({"@context": "http://example.org/"}))
    yield on("no id", lambda one: one.pop("id"))
    yield on("an id that is no IRI", lambda one: one.update(id="one two"))
    yield on("another type", lambda one: one.update(type="Note"))
    yield on("no target", lambda one: one.pop("target"))
    yield on("body and bodyValue", lambda one: one.update(bodyValue="so"))
    yield on("a day that is none", lambda one: one.update(created="yesterday"))
    yield on("a time zone", lambda one: one.update(modified="2026-01-01T12:00:00.000+00:00"))
    yield on("a motivation of its own", lambda one: one.update(motivation="musing"))
    yield on(
        "a text that is also a resource",
        lambda one: one["body"][0].update(source="http://example.org/"),
    )
    yield on("a text without a value", lambda one: one["body"][0].pop("value"))
    yield on("a negative start", lambda one: one["target"]["selector"][0].update(start=-1))
    yield on("half a position", lambda one: one["target"]["selector"][0].pop("end"))
    yield on("a quote of nothing", lambda one: one["target"]["selector"][1].pop("exact"))
    yield on("no source", lambda one: one["target"].pop("source"))


@pytest.mark.parametrize("change", _broken())
def test_the_schema_sees(
    change: Callable[[dict[str, Any]], object], seed: Article, findings: Findings
) -> None:
    whole = json.loads("".join(webannotation([seed_reading(seed, findings)], SETTINGS)))
    assert VALIDATOR.is_valid(whole)
    change(whole["first"]["items"][1])
    assert not VALIDATOR.is_valid(whole)


# --- what others write


@pytest.mark.parametrize(
    "whole",
    [
        foreign(),
        [foreign()],
        {"type": "AnnotationPage", "items": [foreign()]},
        {
            "type": ["AnnotationCollection"],
            "total": 1,
            "first": {"type": "AnnotationPage", "items": [foreign()]},
        },
    ],
    ids=["one", "a list", "a page", "a collection"],
)
def test_a_file_may_hold_one_a_list_a_page_or_a_collection(whole: Any) -> None:
    (one,) = loaded("\N{BYTE ORDER MARK}" + json.dumps(whole))
    assert one.url == "https://example.org/a"
    assert one.annotation
    assert one.annotation.target == Target(NOWHERE, NOWHERE, "words", "some ", " here")
    assert one.annotation.highlight == 1


def test_the_same_note_has_the_same_id_however_often_it_is_read() -> None:
    assert only(foreign()).id == only(foreign(bodyValue="changed since")).id
    unnamed = {key: value for key, value in foreign().items() if key != "id"}
    assert only(unnamed).id == only(unnamed).id != only(foreign()).id


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"bodyValue": "so"}, {"comment": "so"}),
        ({"body": "https://example.org/b"}, {"comment": "https://example.org/b"}),
        ({"body": {"id": "https://example.org/b"}}, {"comment": "https://example.org/b"}),
        ({"body": {"source": {"id": "https://example.org/b"}, "purpose": "linking"}}, {"comment": "https://example.org/b"}),
        ({"body": [{"value": "one"}, {"value": "two\r\nthree"}]}, {"comment": "one\n\ntwo\nthree"}),
        ({"body": {"value": "half true", "purpose": "assessing"}}, {"verdict": "half true"}),
        ({"body": {"value": " climate\nchange", "purpose": ["tagging"]}}, {"tags": ("climate change",)}),
        ({"body": {"value": "war"}, "motivation": "tagging"}, {"tags": ("war",)}),
        ({"body": {"value": "war", "purpose": "classifying"}}, {"tags": ("war",)}),
        ({"body": None, "motivation": "bookmarking"}, {"highlight": 1}),
        ({"bodyValue": "so", "motivation": ["commenting", "highlighting"]}, {"comment": "so", "highlight": 1}),
        ({"created": "2015-01-28T13:00:00+01:00"}, {"highlight": 1, "created": "2015-01-28T12:00:00.000+00:00"}),
        ({"bodyValue": "\x1b[31m\u202ered"}, {"comment": "␛[31m�red"}),
    ],
)  # fmt: skip
def test_a_body_is_what_its_purpose_says(changes: dict[str, Any], says: dict[str, Any]) -> None:
    one = only(foreign(**changes))
    assert one == msgspec.structs.replace(Annotation(id=one.id, target=one.target), **says)


def test_each_of_several_targets_is_a_note_or_is_refused() -> None:
    one = foreign()["target"]
    first, second = loaded(json.dumps(foreign(target=[one, one], bodyValue="so")))
    assert first.annotation
    assert second.annotation
    assert first.annotation.id != second.annotation.id
    assert first.annotation.comment == second.annotation.comment == "so"
    (refused,) = loaded(json.dumps(foreign(target=["https://example.org/a", one])))
    assert "whole resource" in refused.refused


POSITION = {"type": "TextPositionSelector", "start": 3, "end": 8}
QUOTE = {"type": "TextQuoteSelector", "exact": "words"}
RANGE = {
    "type": "RangeSelector",
    "startSelector": {"type": "XPathSelector", "value": "/p"},
    "endSelector": {},
}


@pytest.mark.parametrize(
    ("selector", "target"),
    [
        (POSITION, Target(3, 8, "")),
        ([POSITION, QUOTE], Target(3, 8, "words")),
        ([RANGE, QUOTE], Target(NOWHERE, NOWHERE, "words")),
        (
            ["https://example.org/selector", QUOTE | {"type": ["TextQuoteSelector"]}],
            Target(NOWHERE, NOWHERE, "words"),
        ),
        (
            [{"type": "FragmentSelector", "value": "p", "refinedBy": POSITION}, QUOTE],
            Target(NOWHERE, NOWHERE, "words"),
        ),
    ],
)
def test_a_place_is_a_quote_or_a_position_whatever_stands_beside(
    selector: Any, target: Target
) -> None:
    assert (
        only(foreign(target={"source": "https://example.org/a", "selector": selector})).target
        == target
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"target": "https://example.org/a"}, "its target is a whole resource"),
        ({"target": {"source": "https://example.org/a"}}, "not refined by another: none"),
        ({"target": {"selector": RANGE}}, "not refined by another: RangeSelector"),
        (
            {"target": {"selector": QUOTE | {"refinedBy": POSITION}}},
            "not refined by another: TextQuoteSelector",
        ),
        ({"target": {"selector": QUOTE | {"exact": ""}}}, "no selector that gives words"),
        (
            {"target": {"selector": POSITION | {"end": 3}}},
            "its position ends at 3, not after its start at 3",
        ),
        ({"target": {"selector": POSITION | {"start": -3}}}, "`int` >= 0"),
        ({"target": {"selector": POSITION | {"end": 10**30}}}, "`int` <= 9007199254740991"),
        (
            {"target": {"selector": QUOTE | {"exact": 5}}},
            "Expected `str`, got `int` - at `$.exact`",
        ),
        ({"target": []}, "it has no target"),
        ({"created": "yesterday"}, "no date and time: yesterday"),
        ({"created": "0001-01-01T00:00:00+14:00"}, "no date and time"),
        ({"motivation": {"id": 5}}, "at `$.motivation`"),
        ({"body": {"type": "Choice", "items": []}}, "neither a text nor a resource"),
        ({"body": {"value": 5}}, "at `$.body.value`"),
        ({"pullquote:highlight": 6}, "`int` <= 5"),
        ({"pullquote:placed": "under the bed"}, "Invalid enum value 'under the bed'"),
        ({"type": "Note"}, "its type is not Annotation"),
    ],
)
def test_a_note_that_cannot_be_read_is_refused_by_name_and_the_others_are_read(
    changes: Any, reason: str
) -> None:
    refused, read = loaded(json.dumps([foreign(**changes), foreign()]))
    assert refused.annotation is None
    assert refused.refused.startswith("annotation 1 (https://example.org/1): ")
    assert reason in refused.refused
    assert read.annotation


def test_a_correction_of_nothing_is_refused(seed: Article, findings: Findings) -> None:
    item = items("".join(webannotation([seed_reading(seed, findings)], SETTINGS)))[3]
    item["body"][0]["pullquote:correction"]["of"] = []
    assert loaded(json.dumps(item))[0].refused.endswith("its correction is of nothing")


def test_a_page_says_that_there_were_more() -> None:
    page = {"type": "AnnotationPage", "items": [foreign()], "next": "https://example.org/page2"}
    assert [one.refused for one in loaded(json.dumps(page))] == [
        "",
        "the pages after the first are not in this file",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", "5", '[{"text": "a"}]', '{"type": "AnnotationCollection"}', "[" * 9999],
)
def test_another_file_is_said_to_be_one(text: str) -> None:
    with pytest.raises(NotThisFormat, match=r"^(not JSON|no Web Annotation): [^\n]+$"):
        loaded(text)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["TextQuoteSelector"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "type", "value"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def broken(draw: Callable[..., Any], node: Any) -> Any:
    """`node` with some value in it, however deep, put in the place of another."""
    inside = list(
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    if not inside or draw(st.integers(0, 4)) == 0:
        return draw(values)
    key, value = draw(st.sampled_from(inside))
    changed = node.copy()
    changed[key] = broken(draw, value)
    return changed


@given(st.data(), full_readings())
def test_a_file_with_anything_wrong_in_it_is_read_or_refused_and_never_fails(
    data: st.DataObject, reading: Reading
) -> None:
    whole = broken(data.draw, json.loads("".join(webannotation([reading], SETTINGS))))
    try:
        found = loaded(json.dumps(whole))
    except NotThisFormat:
        return
    assert all(bool(one.annotation) != bool(one.refused) for one in found)
    assert all("\n" not in one.refused for one in found)
