"""Hypothesis' file: notes come back as they went, and what its client exports is read."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.formats.hypothesis import hypothesis, loaded
from pullquote.notes.annotations import Annotation, Target
from pullquote.notes.evidence import Evidence
from pullquote.notes.incoming import NOWHERE, NotThisFormat
from pullquote.notes.reading import Reading, derived
from pullquote.settings import Settings
from pullquote.text import one_line
from tests.formats.test_webannotation import broken, full_readings, unplaced
from tests.readings import note, seed_reading, tags

SETTINGS = Settings(reader="Ada Lovelace")


def written(*readings: Reading, settings: Settings = SETTINGS) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(hypothesis(readings, settings)))
    return found


def exported(**changes: Any) -> dict[str, Any]:
    """A note as the client exports it."""
    selectors = [
        {
            "type": "RangeSelector",
            "startContainer": "/p[1]",
            "startOffset": 4,
            "endContainer": "/p[1]",
            "endOffset": 9,
        },
        {"type": "MediaTimeSelector", "start": 1.5, "end": 2.25},
        {"type": "TextPositionSelector", "start": 104, "end": 109},
        {"type": "TextQuoteSelector", "exact": "words", "prefix": "the ", "suffix": " of"},
    ]
    item = {
        "id": "mQwKpYJhEe2f8ZdCqQ3k1w",
        "created": "2024-12-09T07:17:52.123456+00:00",
        "updated": "2024-12-09T07:18:00.000000+00:00",
        "user": "acct:someone@hypothes.is",
        "uri": "https://example.org/a",
        "text": "**so** it is",
        "tags": ["war", "climate change"],
        "group": "__world__",
        "permissions": {"read": ["group:__world__"], "update": ["acct:someone@hypothes.is"]},
        "target": [{"source": "https://example.org/a", "selector": selectors}],
        "document": {"title": ["Some\nnews"]},
        "links": {"html": "https://hypothes.is/a/mQwKpYJhEe2f8ZdCqQ3k1w"},
        "user_info": {"display_name": None},
        "flagged": False,
        "hidden": False,
    }
    return item | changes


def envelope(*items: Any) -> str:
    return json.dumps(
        {"export_date": "2024-12-10T00:00:00Z", "export_userid": "", "annotations": items}
    )


# --- out and in again


@given(full_readings(), full_readings())
def test_notes_come_back_as_they_went(one: Reading, other: Reading) -> None:
    found = loaded("".join(hypothesis([one, other], SETTINGS)))
    assert [item.annotation for item in found] == [
        unplaced(note) for note in (*one.annotations, *other.annotations)
    ]


@given(full_readings())
def test_what_is_known_of_the_article_travels_with_every_note(reading: Reading) -> None:
    about = (reading.article.id, reading.article.url, one_line(reading.article.title))
    came = loaded("".join(hypothesis([reading], SETTINGS)))
    assert len(came) == len(reading.annotations)
    for item in came:
        assert (item.article, item.url, item.title) == about


@given(full_readings(), st.tuples(*[tags.filter(bool)] * 5))
def test_tags_come_back_even_where_they_are_named_as_a_kind_of_highlight(
    reading: Reading, kinds: Any
) -> None:
    named = Settings(highlights=kinds)
    both = [
        msgspec.structs.replace(one, tags=kinds[:1], highlight=1) for one in reading.annotations
    ]
    found = loaded(
        "".join(hypothesis([msgspec.structs.replace(reading, annotations=tuple(both))], named))
    )
    assert [one.annotation.tags for one in found if one.annotation] == [kinds[:1]] * len(both)


def test_the_seed_comes_back_too_and_an_orphan_has_its_quote_alone(
    seed: Article, findings: Findings
) -> None:
    reading = seed_reading(seed, findings)
    whole = written(reading)
    assert [one.annotation for one in loaded(json.dumps(whole))] == [
        unplaced(one) for one in reading.annotations
    ]
    orphan = whole["annotations"][-1]
    assert [one["type"] for one in orphan["target"][0]["selector"]] == ["TextQuoteSelector"]
    assert "start" not in orphan["pullquote"]


# --- what is written


def test_every_field_that_its_documentation_demands_is_there(
    seed: Article, findings: Findings
) -> None:
    """h/docs/_extra/api-reference/schemas/annotation.yaml; the client's annotations-exporter."""
    whole = written(seed_reading(seed, findings))
    assert whole.keys() == {"export_date", "export_userid", "client_version", "annotations"}
    demanded = {
        "id",
        "created",
        "updated",
        "user",
        "uri",
        "text",
        "tags",
        "group",
        "permissions",
        "target",
        "document",
    }
    for one in whole["annotations"]:
        assert demanded | {"links", "hidden", "flagged"} <= one.keys()
        assert isinstance(one["text"], str)
        assert all(isinstance(tag, str) for tag in one["tags"])


@given(full_readings())
def test_a_position_counts_utf_16_units_as_javascript_does(reading: Reading) -> None:
    units = reading.article.text.encode("utf-16-le")
    ones = written(reading)["annotations"]
    assert len(ones) == len(reading.annotations)
    for one in ones:
        *places, quote = one["target"][0]["selector"]
        for place in places:
            assert (
                units[2 * place["start"] : 2 * place["end"]].decode("utf-16-le") == quote["exact"]
            )


def test_the_file_is_of_the_time_of_the_latest_change(seed: Article, findings: Findings) -> None:
    reading = seed_reading(seed, findings)
    assert written(reading)["export_date"] == reading.annotations[-1].modified
    assert written() == {
        "export_date": "",
        "export_userid": "acct:Ada_Lovelace@pullquote.invalid",
        "client_version": "pullquote",
        "annotations": [],
    }


@pytest.mark.parametrize(
    ("name", "user"),
    [
        ("", "reader"),
        ("漢字", "reader"),
        ("Łódź <b>", "d_b"),
        ("a" * 99, "a" * 30),
        ("J. Doe", "J._Doe"),
    ],
)
def test_a_user_is_named_as_hypothesis_names_them(name: str, user: str) -> None:
    assert (
        written(settings=Settings(reader=name))["export_userid"] == f"acct:{user}@pullquote.invalid"
    )


def test_notes_are_the_readers_alone(seed: Article, findings: Findings) -> None:
    ones = written(seed_reading(seed, findings))["annotations"]
    assert ones
    for one in ones:
        assert one["permissions"]["read"] == [one["user"]]


def test_its_users_see_kind_verdict_evidence_and_correction(
    seed: Article, findings: Findings
) -> None:
    mark, both, verdict, correction, _ = written(seed_reading(seed, findings))["annotations"]
    assert mark["tags"] == ["hedge", "question"]
    assert both["text"] == "# who decides that?\n=SUM(A1)"
    assert verdict["tags"] == ["half true"]
    assert verdict["text"].split("\n\n") == [
        "Verdict: **half true**",
        "Evidence: [A, “B” & C](<https://example.org/a?b=1&c=2>): “it \\<was\\> so” · unchecked",
    ]
    assert correction["text"] == "Correction: The quote here is by “Emmanuel Macron”"


def test_what_is_added_stands_below_the_comment(seed: Article) -> None:
    evidence = (Evidence(url="no address", title="](javascript:x) <b>"),)
    one = note(1, (0, 5), seed.text, comment="mine", verdict="true", evidence=evidence)
    (item,) = written(derived(seed, None, (one,)))["annotations"]
    assert (
        item["text"]
        == "mine\n\nVerdict: **true**\n\nEvidence: \\](javascript:x) \\<b\\> no address · unchecked"
    )


# --- what is read


def test_a_note_of_its_client_is_read_to_be_found_by_its_words() -> None:
    (one,) = loaded(envelope(exported()))
    assert (one.url, one.title, one.article) == ("https://example.org/a", "Some news", "")
    assert one.annotation == Annotation(
        id=one.annotation.id if one.annotation else "",
        target=Target(NOWHERE, NOWHERE, "words", "the ", " of"),
        comment="**so** it is",
        tags=("war", "climate change"),
        created="2024-12-09T07:17:52.123+00:00",
        modified="2024-12-09T07:18:00.000+00:00",
    )
    assert loaded(envelope(exported(text="changed since")))[0].annotation.id == one.annotation.id  # type: ignore[union-attr]


def test_a_note_without_a_word_is_a_highlight() -> None:
    (one,) = loaded(envelope(exported(text="", tags=[])))
    assert one.annotation
    assert one.annotation.highlight == 1


def test_a_comment_that_was_changed_elsewhere_comes_back_changed(
    seed: Article, findings: Findings
) -> None:
    """A program that keeps the keys it does not know keeps the verdict too."""
    whole = written(seed_reading(seed, findings))
    verdict = whole["annotations"][2]
    verdict["text"] = "I looked it up.\n\n" + verdict["text"]
    verdict["tags"] = [*reversed(verdict["tags"]), "done"]
    one = loaded(json.dumps(whole))[2].annotation
    assert one
    assert (one.comment.strip(), one.tags, one.verdict) == (
        "I looked it up.",
        ("done",),
        "half true",
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"target": [], "text": "", "tags": []}, "it says nothing, and lies on no words"),
        ({"target": exported()["target"] * 2}, "it lies on several places"),
        (
            {"target": [{"selector": [{"type": "PageSelector", "index": 1}]}]},
            "not refined by another: PageSelector",
        ),
        (
            {"target": [{"selector": exported()["target"][0]["selector"][:3]}]},
            "without the words that stand there",
        ),
        ({"text": None}, "Expected `str`, got `null` - at `$.text`"),
        ({"tags": "war"}, "at `$.tags`"),
        ({"updated": "now"}, "no date and time: now"),
        ({"pullquote": {"highlight": "one"}}, "at `$.pullquote.highlight`"),
        ({"pullquote": {"correction": {"edit": "explode"}}}, "Invalid enum value 'explode'"),
    ],
)
def test_a_note_that_cannot_be_read_is_refused_by_name_and_the_others_are_read(
    changes: Any, reason: str
) -> None:
    refused, read = loaded(envelope(exported(**changes), exported()))
    assert refused.annotation is None
    assert refused.refused.startswith("annotation 1 (mQwKpYJhEe2f8ZdCqQ3k1w): ")
    assert reason in refused.refused
    assert read.annotation


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "5", '{"annotations": {}}', '{"rows": 1}'])
def test_another_file_is_said_to_be_one(text: str) -> None:
    with pytest.raises(NotThisFormat, match=r"^(not JSON|no export of Hypothesis): [^\n]+$"):
        loaded(text)


@given(st.data(), full_readings())
def test_a_file_with_anything_wrong_in_it_is_read_or_refused_and_never_fails(
    data: st.DataObject, reading: Reading
) -> None:
    whole = broken(data.draw, written(reading))
    try:
        found = loaded(json.dumps(whole))
    except NotThisFormat:
        return
    assert all(bool(one.annotation) != bool(one.refused) for one in found)
    assert all("\n" not in one.refused for one in found)
