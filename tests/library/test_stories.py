"""An event as several articles have it: each statement once, with what was decided on it."""

import msgspec

from pullquote.findings import Findings
from pullquote.formats.story import written
from pullquote.library.relating import relate
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate
from pullquote.notes.evidence import Evidence
from pullquote.settings import Settings
from tests.claims import DENIED, RAISED, SAME, saved, told

BURNED = told("A fire on the night ferry on Monday killed 19 people, all of them", "Ada Quist")
BURNED_TOO = told(
    "A fire on the night ferry on Monday killed 21 people, all of them",
    "Ben Carr",
    site="two.example",
    day="2026-03-02",
)


def shown(library: Library, article: str, form: str) -> str:
    relate(library.database)
    story = library.stories.of(article)
    assert story is not None
    return "\n".join(written(story, form, Settings()))


def judge(library: Library, verdict: str, *articles: str) -> None:
    evidence = (Evidence(url="https://four.example/plan", quote="two metres"),)
    for article in articles:
        found = library.articles.get(article)
        assert found is not None
        end = found.text.index(", Ada Quist said")
        note = annotate(found.text, (0, end))
        note = msgspec.structs.replace(note, verdict=verdict, evidence=evidence, comment="asked")
        library.notes.add(article, note)


def test_a_statement_that_was_judged_everywhere_is_ticked_with_its_evidence(
    library: Library,
) -> None:
    here, there = saved(library, RAISED, SAME)
    judge(library, "true", here)
    sheet = shown(library, here, "worksheet")
    assert "## Claim 1 · ☐ open" in sheet  # the other place is open
    assert sheet.count("(<https://four.example/plan>)") == 1
    judge(library, "true", there)
    sheet = shown(library, here, "worksheet")
    assert "## Claim 1 · ☑ true" in sheet
    assert "- **note:** asked\n" in sheet
    assert sheet.count("(<https://four.example/plan>)") == 1


def test_verdicts_that_differ_leave_it_open(library: Library) -> None:
    here, there = saved(library, RAISED, SAME)
    judge(library, "true", here)
    judge(library, "false", there)
    assert "## Claim 1 · ☐ open" in shown(library, here, "worksheet")


def test_what_one_alone_claims_says_who_has_something_similar(library: Library) -> None:
    here, _ = saved(library, BURNED, BURNED_TOO)
    assert "Claimed in several" not in shown(library, here, "table")
    sheet = shown(library, here, "worksheet")
    assert "- **similar in:** one.example, 2026-03-01" in sheet
    assert "- **similar in:** two.example, 2026-03-02" in sheet


def test_a_denial_is_similar_to_what_it_denies(library: Library) -> None:
    here, _ = saved(library, RAISED, DENIED)
    _, denial = shown(library, here, "worksheet").split("Ben Carr, named, denied")
    assert denial.startswith("\n- **similar in:** one.example, 2026-03-01")


def test_the_lines_of_what_is_claimed_in_one_only_say_so_too(library: Library) -> None:
    (one, first), (other, second) = BURNED, BURNED_TOO
    here, _ = saved(library, (one, checkable(first)), (other, checkable(second)))
    lines = shown(library, here, "table")
    assert "19 people, all of them (Ada Quist, named); similar: two.example" in lines
    assert "21 people, all of them (Ben Carr, named); similar: one.example" in lines


def checkable(findings: Findings) -> Findings:
    claims = tuple(msgspec.structs.replace(one, checkable=True) for one in findings.claims)
    return msgspec.structs.replace(findings, claims=claims)
