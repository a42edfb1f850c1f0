"""What exports say of notes, which words a note is taken to lie on, which notes are chosen."""

import os
import time
from collections.abc import Iterator

import pytest

from pullquote.article import Article
from pullquote.findings import (
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    FindingKind,
    Findings,
    Foreign,
    Quote,
)
from pullquote.formats import export
from pullquote.formats.said import actor_of, speaker
from pullquote.formats.selection import Selection
from pullquote.notes.annotations import Annotation, Correction, Edit, Placed, targets
from pullquote.notes.evidence import Evidence
from pullquote.notes.reading import Reading, derived
from pullquote.settings import Settings
from pullquote.text import Span
from tests.readings import note, seed_reading

SETTINGS = Settings()
TEXT = "Ann said that Bob had told her “it was all over and done with”.\nNobody else spoke of it, then or later on.\nEnd."
OUTER = (9, TEXT.index("”") + 1)
INNER = (TEXT.index("“"), OUTER[1])


def _said(identity: str, content: Span) -> Attribution:
    return Attribution(
        id=identity,
        source=(),
        cue=(),
        content=(content,),
        kind=AttributionKind.INDIRECT,
        speaker=identity,
    )


FOUND = Findings(
    analyser="test",
    actors=(
        Actor(
            id="a",
            name="Ann Archer",
            kind=ActorKind.PERSON,
            role="minister",
            aliases=("the Fox",),
            mentions=((0, 3),),
        ),
        Actor(id="b", name="Bob", kind=ActorKind.PERSON, mentions=((14, 17),)),
    ),
    attributions=(_said("a", OUTER), _said("b", INNER)),
    quotes=(
        Quote(attribution="a", content=(OUTER,), kind=AttributionKind.INDIRECT, speaker="a"),
        Quote(attribution="b", content=(INNER,), kind=AttributionKind.INDIRECT, speaker="b"),
    ),
)


def on(span: Span, **bodies: object) -> Annotation:
    return note(1, span, TEXT, **bodies)


# --- who says it


def test_words_within_what_somebody_says_are_that_speakers() -> None:
    assert speaker(FOUND, on(OUTER)) == "Ann Archer (minister)"
    assert speaker(FOUND, on((0, OUTER[1]))) == "Ann Archer (minister)"


def test_words_that_one_passes_on_from_another_are_the_others() -> None:
    assert speaker(FOUND, on((INNER[0] + 1, INNER[0] + 7))) == "Bob"


def test_a_highlight_over_several_paragraphs_is_nobodys() -> None:
    assert actor_of(FOUND, on((20, len(TEXT)))) is None
    assert actor_of(FOUND, on((len(TEXT) - 4, len(TEXT)))) is None
    assert actor_of(None, on(OUTER)) is None


def test_what_an_orphan_lies_on_is_nobodys() -> None:
    assert speaker(FOUND, on(OUTER, placed=Placed.ORPHANED)) == ""


# --- which notes are chosen


@pytest.mark.parametrize("named", ["archer", "MINIS", "fox"])
def test_an_actor_is_chosen_by_name_role_or_alias_for_notes_and_findings_alike(named: str) -> None:
    reading = derived(
        Article(text=TEXT), FOUND, (on(OUTER, comment="hers"), on(INNER, comment="his"))
    )
    chosen = Selection(actors=(named,)).of(reading, SETTINGS)
    assert chosen is not None
    assert [one.comment for one in chosen.annotations] == ["hers"]
    assert chosen.findings is not None
    assert [one.speaker for one in chosen.findings.quotes] == ["a"]


def test_who_is_not_there_chooses_nothing() -> None:
    reading = derived(Article(text=TEXT), FOUND, (on(OUTER), on((64, 70))))
    assert Selection(actors=("carol",)).of(reading, SETTINGS) is None


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(os.environ, "TZ", "XXX-13")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("far_east")
def test_days_are_the_readers_own() -> None:
    """Noon in UTC is the next day, thirteen hours to the east."""
    reading = derived(Article(text=TEXT), None, (on(OUTER),))
    assert Selection(since="2026-01-02", until="2026-01-02").of(reading, SETTINGS) == reading
    assert Selection(until="2026-01-01").of(reading, SETTINGS) is None


# --- what is said of them


@pytest.fixture
def reading(seed: Article, findings: Findings) -> Reading:
    return seed_reading(seed, findings)


@pytest.mark.parametrize("form", ["markdown", "text"])
def test_verdicts_and_evidence_are_told_with_the_note_and_the_verdict_with_its_claim(
    reading: Reading, form: str
) -> None:
    page = str(export([reading], form, SETTINGS)).replace("*", "").replace("\\", "")
    assert "Verdict: half true" in page
    assert "https://example.org/a?b=1&c=2" in page
    assert "“it <was> so”" in page
    assert [
        line.endswith("[verdict: half true]")
        for line in page.split("\n")
        if "unattributed, suggested" in line
    ] == [
        True,
        False,
    ]


@pytest.mark.parametrize("form", ["markdown", "text"])
def test_corrections_and_orphans_stand_apart_and_say_what_they_are(
    reading: Reading, form: str
) -> None:
    page = str(export([reading], form, SETTINGS)).lower()
    notes, gone, corrections = (
        page.index(one) for one in ("notes\n", "notes whose words are gone", "corrections\n")
    )
    assert notes < gone < page.index("a sentence gone") < corrections
    assert corrections < page.index("the quote here is by “emmanuel macron”")


@pytest.mark.parametrize("form", ["markdown", "text", "html"])
def test_a_note_that_has_moved_and_a_correction_that_does_not_hold_say_so(form: str) -> None:
    moved = on((0, 3), comment="so", placed=Placed.MOVED)
    nothing = Correction(
        edit=Edit.CONFIRM, kind=FindingKind.CLAIM, analyser="x", of=targets(TEXT, ((0, 3),))
    )
    notes = (moved, note(2, (0, 3), TEXT, correction=nothing))
    page = str(export([derived(Article(text=TEXT), FOUND, notes)], form, SETTINGS))
    assert "its words or their context have changed" in page
    assert "The claim here is right" in page
    assert "the finding it corrects is gone" in page


@pytest.mark.parametrize("form", ["markdown", "worksheet", "obsidian", "hypothesis", "html"])
def test_only_evidence_on_the_web_is_a_link_and_no_address_is_lost(form: str) -> None:
    evidence = (
        Evidence(url="javascript:alert(1)", title="One"),
        Evidence(url="https://e.org/a b?c=$&lt;=1", title="Two"),
    )
    page = str(
        export(
            [derived(Article(text=TEXT), FOUND, (on((0, 3), evidence=evidence),))], form, SETTINGS
        )
    )
    assert "One javascript:alert(1)" in page
    assert "(<javascript" not in page
    assert 'href="javascript' not in page
    assert ("[Two](<https://e.org/a%20b?c=%24&amp;lt;=1>)" in page) == (form != "html")


@pytest.mark.parametrize("form", ["text", "markdown", "html", "worksheet"])
def test_what_is_not_analysed_for_its_language_is_said(form: str) -> None:
    foreign = (Foreign(language="fr", span=((0, 26),)),)
    found = Findings(analyser="test", language="fr", foreign=foreign)
    reading = derived(Article(text="Le ministre a parlé lundi."), found, ())
    assert "In French: not analysed." in str(export([reading], form, Settings()))
