"""What evidence says stands in exports with how it stood there, when, and the hash of what came."""

import json
from itertools import chain
from typing import Any

import msgspec
import pytest

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.formats import export
from pullquote.notes.evidence import Check, Evidence, Standing
from pullquote.notes.incoming import Refused, vetted
from pullquote.notes.reading import Reading, derived
from pullquote.settings import Settings
from tests.formats.test_claims_out import SCHEMA
from tests.readings import note

HASH, LATER = "ab" * 32, "cd" * 32
STOOD = Check(standing=Standing.STANDS, at="2026-01-02T12:00:00+00:00", sha256=HASH)
CHANGED = Check(
    standing=Standing.CHANGED,
    at="2026-01-03T12:00:00+00:00",
    sha256=LATER,
    words="it <b>was</b> *not* so",
    url="https://e.org/b",
)
GONE = Check(standing=Standing.MISSING, at="2026-01-04T12:00:00+00:00", sha256=LATER)


def reading(seed: Article, findings: Findings, *checks: Check, **fields: Any) -> Reading:
    one = Evidence(url="https://e.org/a", quote="it <b>was</b> so", checks=checks, **fields)
    claim = findings.claims[0]
    span = claim.content[0][0], claim.content[-1][1]
    return derived(seed, findings, (note(1, span, seed.text, verdict="true", evidence=(one,)),))


def written(one: Reading, form: str) -> str:
    content = export([one], form, Settings())
    return content if isinstance(content, str) else content.decode()


@pytest.mark.parametrize("form", ["worksheet", "markdown", "obsidian", "html", "text", "readwise"])
def test_it_says_how_the_quotation_stands_when_and_in_what(
    seed: Article, findings: Findings, form: str
) -> None:
    plain = written(reading(seed, findings, STOOD), form).replace("</strong>", "")
    assert f"stands there, 2026-01-02 (SHA-256 {HASH})" in plain
    still = msgspec.structs.replace(STOOD, until="2026-01-09T12:00:00+00:00")
    plain = written(reading(seed, findings, still), form)
    assert f"2026-01-02, still so 2026-01-09 (SHA-256 {HASH})" in plain
    plain = written(reading(seed, findings, STOOD, GONE), form).replace("</strong>", "")
    assert (
        f"not there, 2026-01-04 (SHA-256 {LATER}); stood there, 2026-01-02 (SHA-256 {HASH})"
        in plain
    )
    assert "unchecked: offline" in written(reading(seed, findings, problem="offline"), form)
    assert "in vain: 410 Gone" in written(reading(seed, findings, STOOD, problem="410 Gone"), form)


def test_the_words_that_differ_are_marked_on_the_page_and_are_no_markup(
    seed: Article, findings: Findings
) -> None:
    page = written(reading(seed, findings, CHANGED), "html")
    assert "it &lt;b&gt;was&lt;/b&gt; <ins>*not* </ins>so, 2026-01-03" in page
    sheet = written(reading(seed, findings, CHANGED), "worksheet")
    assert r"it \<b\>was\</b\> {+\*not\* +}so" in sheet.replace("\\{", "{").replace("\\}", "}")


def test_a_review_cites_what_was_fetched_with_date_and_hash(
    seed: Article, findings: Findings
) -> None:
    for checks in ((), (STOOD,), (STOOD, CHANGED)):
        reviews = json.loads(written(reading(seed, findings, *checks), "claimreview"))
        SCHEMA.validate(reviews)
    (cited,) = reviews[0]["citation"]
    assert cited["encoding"] == {
        "@type": "MediaObject",
        "dateCreated": CHANGED.at,
        "contentUrl": "https://e.org/b",
        "sha256": LATER,
    }
    assert cited["description"].startswith("stands there changed: ")


def test_the_web_annotation_model_has_the_time_of_the_source(
    seed: Article, findings: Findings
) -> None:
    whole = json.loads(written(reading(seed, findings, STOOD), "webannotation"))
    bodies = chain.from_iterable(one["body"] for one in whole["first"]["items"])
    (cited,) = (one for one in bodies if "source" in one)
    assert cited["state"] == {"type": "TimeState", "sourceDate": "2026-01-02T12:00:00Z"}


@pytest.mark.parametrize("change", [{"sha256": "../../etc"}, {"at": ""}, {"at": "yesterday"}])
def test_checks_from_a_file_without_a_date_and_a_hash_are_refused(
    seed: Article, change: dict[str, str]
) -> None:
    check = msgspec.structs.replace(STOOD, **change)
    one = note(1, (0, 5), seed.text, evidence=(Evidence(url="https://e.org", checks=(check,)),))
    with pytest.raises(Refused):
        vetted(one)


def test_checks_from_a_file_pass_the_door(seed: Article) -> None:
    check = msgspec.structs.replace(
        CHANGED, words="a\x1b[31m\nb", url="javascript:x", at="2026-01-03T13:00:00+01:00"
    )
    one = Evidence(url="https://e.org", article="../x", problem="a\x07\nb", checks=(check,))
    (found,) = vetted(note(1, (0, 5), seed.text, evidence=(one,))).evidence
    assert (found.article, found.problem) == ("", "a␇ b")
    assert found.check == msgspec.structs.replace(CHANGED, words="a␛[31m b", url="")
