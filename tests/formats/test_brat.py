"""brat's standoff files, read back by a parser that knows the format and nothing of ours."""

import re
from dataclasses import dataclass, field

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.article import Article
from pullquote.findings import (
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    FindingKind,
    Findings,
    Quote,
    ReplyKind,
    Sourcing,
    Warning,
    WarningKind,
)
from pullquote.formats.brat import ann, txt
from pullquote.notes.annotations import Correction, Edit, targets
from pullquote.notes.reading import Reading, derived
from pullquote.settings import Settings
from pullquote.text import Span
from tests.conftest import ROOT
from tests.readings import note, readings, seed_reading, words

SETTINGS = Settings()
_T = re.compile(r"(T\d+)\t([A-Za-z0-9_-]+) (\d+ \d+(?:;\d+ \d+)*)\t([^\t\n]+)")
_R = re.compile(r"(R\d+)\t([A-Za-z0-9_-]+) Arg1:(T\d+) Arg2:(T\d+)")
_A = re.compile(r"(A\d+)\t([A-Za-z0-9_-]+) (T\d+) ([A-Za-z0-9_-]+)")
_SAME = re.compile(r"\*\tSame( T\d+){2,}")
_NOTE = re.compile(r"(#\d+)\tAnnotatorNotes (T\d+)\t([^\t\n]+)")


@dataclass
class Standoff:
    """What an .ann file says."""

    spans: dict[str, tuple[str, tuple[Span, ...]]] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    same: list[list[str]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    def labelled(self, label: str) -> list[tuple[Span, ...]]:
        return [spans for one, spans in self.spans.values() if one == label]

    def related(self, label: str, one: str) -> list[str]:
        return [other for name, first, other in self.relations if (name, first) == (label, one)]


def parsed(ann_file: str, text: str) -> Standoff:
    """Read an .ann file as brat does: by its rules for ids, fragments and the words beside them."""
    assert not ann_file or ann_file.endswith("\n")
    out, ids = Standoff(), set()
    for line in ann_file.splitlines():
        if match := _T.fullmatch(line):
            identity, label, places, said = match.groups()
            spans = tuple(
                (int(a), int(b)) for a, b in (place.split() for place in places.split(";"))
            )
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all("\n" not in text[start:end] for start, end in spans)
            assert said == " ".join(text[start:end] for start, end in spans)
            out.spans[identity] = label, spans
        elif match := _R.fullmatch(line):
            identity = match[1]
            out.relations.append((match[2], match[3], match[4]))
        elif match := _A.fullmatch(line):
            identity = match[1]
            out.attributes.append((match[2], match[3], match[4]))
        elif match := _NOTE.fullmatch(line):
            identity = match[1]
            out.notes[match[2]] = match[3]
        else:
            assert _SAME.fullmatch(line), line
            out.same.append(line.split("\t")[1].split()[1:])
            continue
        assert identity not in ids
        ids.add(identity)
    ends = [end for _, *both in out.relations for end in both] + [
        one for _, one, _ in out.attributes
    ]
    assert {*ends, *out.notes, *(one for ones in out.same for one in ones)} <= out.spans.keys()
    return out


@st.composite
def analysed(draw: st.DrawFn) -> Reading:
    """A random reading with findings on random places of its text."""
    reading = draw(readings())
    length = len(reading.article.text)
    edges = st.lists(st.integers(0, length), min_size=2, max_size=4, unique=True).map(sorted)
    spans = edges.map(lambda ones: tuple(zip(ones[::2], ones[1::2], strict=False)))
    content = draw(spans)
    machine = Findings(
        analyser="random",
        actors=(
            Actor(
                id="a",
                name=draw(words) or "A",
                kind=draw(st.sampled_from(ActorKind)),
                mentions=draw(spans),
            ),
        ),
        attributions=(
            Attribution(
                id="q",
                source=draw(spans),
                cue=draw(st.just(()) | spans),
                content=content,
                kind=AttributionKind.MIXED,
                speaker=draw(st.sampled_from((None, "a"))),
            ),
        ),
        quotes=(
            Quote(attribution="q", content=draw(spans), kind=AttributionKind.MIXED, speaker="a"),
        ),
        claims=(
            Claim(
                content=draw(spans),
                sourcing=draw(st.sampled_from(Sourcing)),
                commitment=Commitment.ASSERTED,
                speaker=draw(st.sampled_from((None, "a"))),
                hedges=draw(spans),
            ),
        ),
        warnings=(
            Warning(span=draw(spans), kind=WarningKind.RED_LINE, speaker="a", target=draw(spans)),
        ),
    )
    return derived(reading.article, machine, reading.annotations)


@pytest.fixture
def reading(seed: Article, findings: Findings) -> Reading:
    return seed_reading(seed, findings)


@given(analysed())
def test_any_reading_is_a_file_that_brat_can_read(reading: Reading) -> None:
    text = txt(reading, SETTINGS)
    assert text == reading.article.text
    parsed(ann(reading, SETTINGS), text)


def test_every_finding_comes_back_where_it_lay(reading: Reading) -> None:
    out = parsed(ann(reading, SETTINGS), reading.article.text)
    found = reading.findings
    assert found is not None
    assert out.labelled("Quote") == [one.content for one in found.quotes]
    assert out.labelled("Claim") == [one.content for one in found.claims]
    assert out.labelled("Warning") == [one.span for one in found.warnings]
    assert out.labelled("Reply") == [one.span for one in found.replies]
    assert out.labelled("Figure") == [(span,) for one in found.claims for span in one.figures]
    contents = [one.content for one in found.attributions if one.content]
    assert out.labelled("Content") == contents
    assert len(out.same) == sum(len(actor.mentions) > 1 for actor in found.actors)


def test_a_content_is_bound_to_its_source_its_cue_and_who_is_meant(reading: Reading) -> None:
    out = parsed(ann(reading, SETTINGS), reading.article.text)
    found = reading.findings
    assert found is not None
    contents = [identity for identity, (label, _) in out.spans.items() if label == "Content"]
    with_content = [one for one in found.attributions if one.content]
    for one, identity in zip(with_content, contents, strict=True):
        assert [out.spans[other] for other in out.related("HasSource", identity)] == [
            ("Source", one.source)
        ] * bool(one.source)
        assert [out.spans[other] for other in out.related("HasCue", identity)] == [
            ("Cue", one.cue)
        ] * bool(one.cue)
        speaker = found.actor(one.speaker)
        said_by = [out.notes[other].partition(",")[0] for other in out.related("SaidBy", identity)]
        assert said_by == ([speaker.name] if speaker else [])


def test_verdicts_corrections_and_notes_are_there_and_an_orphan_is_not(reading: Reading) -> None:
    out = parsed(ann(reading, SETTINGS), reading.article.text)
    (claim,) = [
        one for name, one, value in out.attributes if (name, value) == ("Verdict", "half-true")
    ]
    assert out.spans[claim] == ("Claim", reading.findings.claims[0].content)  # type: ignore[union-attr]
    checked = {
        out.spans[one][0]
        for name, one, value in out.attributes
        if (name, value) == ("Checked", "corrected")
    }
    assert {"Quote", "Content"} <= checked
    assert "# who decides that? =SUM(A1) #war #russia" in out.notes.values()
    assert out.labelled("Highlight-important") == [((1527, 1545),)]
    assert "lost" not in " ".join(out.notes.values())


def test_an_annotation_over_several_lines_and_cells_is_in_fragments() -> None:
    text = "🙂 one\n\ntwo\tthree "
    reading = Reading(Article(text=text), None, (note(1, (0, len(text)), text, comment="a\nb"),))
    assert (
        ann(reading, SETTINGS)
        == "T1\tNote 0 5;7 10;11 16\t🙂 one two three\n#1\tAnnotatorNotes T1\ta b\n"
    )


def test_names_that_brat_cannot_take_are_spelled_so_that_it_can() -> None:
    text = "Well."
    settings = msgspec.structs.replace(SETTINGS, highlights=("сомнение", "to check", "c", "d", "e"))
    notes = (note(1, (0, 4), text, highlight=1), note(2, (0, 4), text, highlight=2))
    out = parsed(ann(Reading(Article(text=text), None, notes), settings), text)
    assert [label for label, _ in out.spans.values()] == ["Highlight-1", "Highlight-to-check"]


def test_what_the_reader_rejected_is_not_there(seed: Article, findings: Findings) -> None:
    place = findings.quotes[0].content
    correction = Correction(
        edit=Edit.REJECT, kind=FindingKind.QUOTE, analyser="golden", of=targets(seed.text, place)
    )
    reading = derived(seed, findings, (note(1, place[0], seed.text, correction=correction),))
    out = parsed(ann(reading, SETTINGS), seed.text)
    assert place not in out.labelled("Quote")
    assert not out.labelled("Note")


def test_the_configuration_in_the_docs_declares_all_that_is_written(reading: Reading) -> None:
    page = (ROOT / "docs" / "formats" / "brat.md").read_text(encoding="utf-8")
    conf = re.search(r"```ini\n(.*?)```", page, re.S)
    assert conf
    _, *pieces = re.split(r"^\[(\w+)\]\n+", conf[1], flags=re.M)
    parts = dict(zip(pieces[::2], pieces[1::2], strict=True))
    entities = set(parts["entities"].split())
    relations = {line.split("\t")[0] for line in parts["relations"].splitlines() if line}
    values = {
        line.split("\t")[0]: set(line.rpartition("Value:")[2].split("|"))
        for line in parts["attributes"].splitlines()
    }
    out = parsed(ann(reading, SETTINGS), reading.article.text)
    assert {label for label, _ in out.spans.values()} <= entities
    assert {f"Highlight-{name}" for name in SETTINGS.highlights} <= entities
    assert {kind.capitalize() for kind in ActorKind} <= entities
    assert {name for name, _, _ in out.relations} <= relations
    assert all(value in values[name] for name, _, value in out.attributes)
    assert {
        verdict.replace(" ", "-") for verdict in (*SETTINGS.verdicts, *SETTINGS.verdicts_unrated)
    } == values["Verdict"]
    assert {kind.replace(" ", "-") for kind in WarningKind} == values["WarningKind"]
    assert {kind.replace(" ", "-") for kind in ReplyKind} == values["ReplyKind"]
