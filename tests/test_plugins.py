"""The template of a plug-in, installed and used; and plug-ins that go wrong."""

import asyncio
import json
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import pullquote
from pullquote.analysis import DEFAULT_MODEL, analyser
from pullquote.analysis.beside import Helper
from pullquote.analysis.extras import with_extras
from pullquote.article import Article
from pullquote.findings import (
    Actor,
    ActorKind,
    AttributionKind,
    Extra,
    FindingKind,
    Findings,
    Quote,
    Warning,
    WarningKind,
)
from pullquote.library.store import Library
from pullquote.library.vetting import _fit
from pullquote.notes.annotations import Correction, Edit, targets
from tests import packages
from tests.conftest import ROOT
from tests.packages import install
from tests.reader.conftest import at_desk
from tests.test_cli import pullquote as command

TEMPLATE = ROOT / "docs" / "plugin-template"
TEXT = "“We did it under Section 12,” said Jane Miller. Article 5 was not mentioned.\n"
MESSAGE = f"WIRE 2026-05-04\nCouncil closes port\n\n{TEXT}"
OURS = Findings(
    analyser="ours",
    actors=(Actor(id="a1", name="Jane Miller", kind=ActorKind.PERSON, mentions=((35, 46),)),),
    quotes=(
        Quote(
            id="q1",
            attribution="t1",
            content=((0, 29),),
            kind=AttributionKind.DIRECT,
            speaker="a1",
        ),
    ),
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the template is installed, as a reader would, without the network."""
    folder = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    there = ["--no-build-isolation", "--target", folder, TEMPLATE]
    subprocess.run([*pip, *there], check=True, capture_output=True)
    return folder


@pytest.fixture
def template(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(installed))
    monkeypatch.setenv("PYTHONPATH", str(installed))
    packages.look_again()


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    packages.look_again()


# --- the template


def test_its_own_tests_pass(template: None, tmp_path: Path) -> None:
    tests = runpy.run_path(str(TEMPLATE / "tests" / "test_laws.py"))
    (test,) = (tests[name] for name in tests if name.startswith("test_"))
    test(tmp_path)


def test_its_source_opens_and_its_format_is_offered(template: None, tmp_path: Path) -> None:
    (tmp_path / "message.wire").write_text(MESSAGE, encoding="utf-8")
    assert pullquote.read(tmp_path / "message.wire").title == "Council closes port"
    assert "the laws that an article refers to" in command("export", "--help").stdout


def test_its_findings_are_in_exports(template: None) -> None:
    article = Article(text=TEXT, title="The port")
    found = with_extras(TEXT, OURS, DEFAULT_MODEL)
    reading = pullquote.reading_of(article, found)
    first, second = json.loads(pullquote.export(reading, "json"))["findings"]["extras"]
    assert (first["kind"], first["label"], first["speaker"]) == ("law", "section", "a1")
    assert TEXT[slice(*second["span"][0])] == "Article 5"
    assert "LAWS\n1. Jane Miller [section, number 12]: Section 12" in pullquote.export(
        reading, "text"
    )
    assert "## Laws" in pullquote.export(reading, "markdown")
    assert '<h2 id="extras-title">Laws</h2>' in pullquote.export(reading, "html")
    assert pullquote.export(reading, "laws") == "The port: Section 12\nThe port: Article 5\n"
    packages.look_again()


def test_two_speakers_who_are_one_are_one_for_it_too(template: None) -> None:
    article = Article(text=TEXT, title="The port")
    other = Actor(id="a2", name="The minister", kind=ActorKind.PERSON, mentions=((48, 57),))
    found = msgspec.structs.replace(OURS, actors=(*OURS.actors, other))
    same = Correction(
        edit=Edit.MERGE,
        kind=FindingKind.ACTOR,
        analyser="ours",
        of=targets(TEXT, ((35, 46),)),
        to=targets(TEXT, ((48, 57),)),
    )
    note = pullquote.annotate(TEXT, (35, 46), correction=same)
    corrected = pullquote.reading_of(article, with_extras(TEXT, found, DEFAULT_MODEL), [note])
    assert [actor.id for actor in corrected.findings.actors] == ["a2"]
    assert [one.speaker for one in corrected.findings.of_plug_ins] == ["a2", None]


def test_a_library_that_comes_in_brings_only_what_lies_in_its_texts() -> None:
    def law(**changed: object) -> Findings:
        one = msgspec.structs.replace(Extra(kind="law", span=((17, 27),), id="x1"), **changed)
        return msgspec.structs.replace(OURS, quotes=(), extras=(one,))

    assert _fit(law(), TEXT)
    for bad in ({"span": ((0, 999),)}, {"span": ()}, {"speaker": "a9"}, {"note": "\x1b[2J"}):
        assert not _fit(law(**bad), TEXT)


async def test_its_kind_has_a_pane_marks_rows_and_reasons(template: None, library: Library) -> None:
    found = with_extras(TEXT, OURS, DEFAULT_MODEL)
    async with at_desk(library, Article(text=TEXT, title="The port"), found) as desk:
        assert "law 1/2" in await desk.press("right_square_bracket")
        assert any("§" in row and "We did it under Section 12" in row for row in desk.rows)
        await desk.press("7")
        assert desk.title("extras") == "7 Laws 2"
        assert any("Jane Miller" in row and "section" in row for row in desk.rows)
        await desk.press("escape", "p")
        assert any("a reference to a law by its number" in row for row in desk.rows)
        await desk.press("escape")
        assert "cannot be corrected" in await desk.press("e")


async def test_its_sign_hides_none_of_ours(template: None, library: Library) -> None:
    threat = Warning(id="w1", span=((0, 29),), kind=WarningKind.THREAT)
    found = msgspec.structs.replace(with_extras(TEXT, OURS, DEFAULT_MODEL), warnings=(threat,))
    async with at_desk(library, Article(text=TEXT, title="The port"), found) as desk:
        row = next(row for row in desk.rows if "We did it" in row)
        assert "▲" in row
        assert "§" not in row


async def test_without_its_package_its_findings_are_shown_all_the_same(library: Library) -> None:
    law = Extra(kind="law", span=((17, 27),), label="section", id="x1")
    found = msgspec.structs.replace(OURS, extras=(law,))
    async with at_desk(library, Article(text=TEXT, title="The port"), found) as desk:
        await desk.press("7")
        assert desk.title("extras") == "7 Laws 1"


async def test_without_plug_ins_nothing_of_them_is_seen(library: Library) -> None:
    async with at_desk(library, Article(text=TEXT, title="The port"), OURS) as desk:
        assert not any("plug-in" in row.lower() for row in desk.rows)
        assert "no extras in this article" in await desk.press("right_square_bracket")


def test_what_was_analysed_without_it_is_analysed_anew(template: None) -> None:
    assert analyser().endswith(" law/1.0")
    packages.look_again()


# --- addresses


def test_an_address_of_a_package_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = f"""
from pullquote.article.forms import AddressForm, Fetched
def fetch(address):
    if address == "press:file":
        return {str(tmp_path / "a.txt")!r}
    return Fetched(data={TEXT.encode()!r}, media_type="text/plain", url="https://example.org/1")
DECLARED = AddressForm(name="press", fetch=fetch)
"""
    install(tmp_path / "site", "pullquote.addresses", "press", code, monkeypatch)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    article = pullquote.read("press:1")
    assert (article.text, article.url) == (TEXT, "https://example.org/1")
    assert pullquote.read("press:file").text == TEXT
    with pytest.raises(pullquote.Unreadable, match="no such file"):
        pullquote.read("unknown:1")


# --- plug-ins that go wrong

_KIND = """
from pullquote.extra import Extra
from pullquote.extra_kinds import ExtraKind
def find(article):
    {work}
DECLARED = ExtraKind(name="{name}", plural="{name}s", find=find)
"""
BROKEN = {
    "absent": "import nowhere",
    "odd": "DECLARED = 7",
    "ends": _KIND.format(name="ends", work="raise SystemExit(3)"),
    "fails": _KIND.format(name="fails", work="raise ValueError('line 1\\nline 2')"),
    "lies": _KIND.format(
        name="lies", work="return [Extra(kind='lies', span=((0, len(article.text) + 1),))]"
    ),
    "untyped": _KIND.format(name="untyped", work="return [('law', 0, 5)]"),
    "works": _KIND.format(
        name="works", work="return [Extra(kind='x', span=((0, 3),), speaker='nobody')]"
    ),
    "zhangs": _KIND.format(name="zhangs", work="import re; re.match('(a+)+$', 'a' * 64 + 'b')"),
}


def test_what_goes_wrong_in_a_package_is_one_line_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, code in BROKEN.items():
        install(tmp_path / "site", "pullquote.kinds", name, code, monkeypatch)

    async def analysed() -> Findings:
        helper = Helper(DEFAULT_MODEL, plug_in_deadline=lambda text: 2.0)
        try:
            return await helper.analyse(TEXT)
        finally:
            await helper.close()

    found = asyncio.run(analysed())
    assert [found.actor(one.speaker).name for one in found.quotes] == ["Jane Miller"]
    (extra,) = found.of_plug_ins
    assert (extra.kind, extra.id, extra.speaker) == ("works", "x1", None)
    assert isinstance(found.failed, tuple)
    assert [line.partition(":")[0].rpartition(" ")[2] for line in found.failed] == [
        "absent",
        "ends",
        "fails",
        "lies",
        "odd",
        "untyped",
        "zhangs",
    ]
    assert "given up: not done after 2 s; report it to its authors" in found.failed[-1]
    assert all("\n" not in line for line in found.failed)


@pytest.mark.parametrize("asked", [("export",), ("export", "--format=csv"), ("read", "--plain")])
def test_every_command_says_which_failed(
    asked: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "site", "pullquote.kinds", "fails", BROKEN["fails"], monkeypatch)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    (tmp_path / "port.txt").write_text(TEXT)
    done = command(*asked, str(tmp_path / "port.txt"), "--data", str(tmp_path / "data"))
    failed = "the findings of fails: failed: ValueError: line 1 line 2; report it to its authors"
    assert (done.returncode, done.stderr) == (0, f"pullquote: {failed}\n")


_FORMAT = """
from pullquote.formats.form import Format, Purpose
DECLARED = Format(
    name="odd", suffix=".odd", carries="x", description="x", purpose=Purpose.DATA,
    write=lambda readings, settings: {pieces},
)
"""


@pytest.mark.parametrize("pieces", ["None", "[1]", "['\\udcff']", "iter(['a', None])", "exit(3)"])
def test_a_format_that_gives_nothing_that_can_be_written_is_one_line(
    pieces: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = _FORMAT.format(pieces=pieces)
    install(tmp_path / "site", "pullquote.formats", "odd", code, monkeypatch)
    reading = pullquote.Reading(pullquote.Article(text=TEXT))
    with pytest.raises(pullquote.ExportError, match=r"the format odd: failed: .*its authors$"):
        pullquote.export(reading, "odd")
