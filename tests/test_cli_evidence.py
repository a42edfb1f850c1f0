"""Evidence for verdicts from the command line: given, listed, and checked again."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pullquote.article import Article
from pullquote.cli import main
from pullquote.findings import Findings
from pullquote.library.store import Library
from pullquote.notes.evidence import Evidence, Standing
from tests.article.site import PARAGRAPHS, Site, page, served

QUOTE = "The talks on grain are to go on until both sides agree"
LATER = tuple(one.replace("go on until", "end before") for one in PARAGRAPHS)
Command = Callable[..., Result]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        one.pages["/a"] = page("Talks go on")
        yield one


@pytest.fixture
def pullquote(library: Library, seed: Article, findings: Findings) -> Command:
    """The command line over a library with the shipped article."""
    library.articles.save(seed)
    library.findings.save(seed.id, findings)
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.fixture
def given(pullquote: Command, seed: Article, site: Site) -> Callable[..., Result]:
    """Give evidence for the first claim."""

    def give(source: str, quote: str = QUOTE, claim: int = 1) -> Result:
        source = f"{site.address}{source}" if source.startswith("/a") else source
        return pullquote("evidence", seed.id, source, "--claim", str(claim), "--quote", quote)

    return give


def evidence(library: Library, seed: Article) -> tuple[Evidence, ...]:
    return tuple(one for note in library.notes.of(seed.id) for one in note.evidence)


def test_the_page_is_kept_as_it_was_and_the_quotation_looked_for_in_it(
    given: Command, library: Library, seed: Article, site: Site
) -> None:
    result = given("/a")
    (one,) = evidence(library, seed)
    assert (result.exit_code, one.title, one.quote) == (0, "Talks go on", QUOTE)
    assert one.check is not None
    known = hashlib.sha256(site.pages["/a"]).hexdigest()
    assert (one.check.standing, one.check.sha256) == (Standing.STANDS, known)
    assert f"“{QUOTE}” · stands there, {one.check.at[:10]} (SHA-256 {known})" in result.output
    kept = library.evidence.of(known)
    assert kept is not None
    assert (kept.data, kept.status, kept.url) == (site.pages["/a"], 200, f"{site.address}/a")


def test_what_was_fetched_as_evidence_is_written_by_its_hash(
    given: Command, pullquote: Command, site: Site
) -> None:
    given("/a")
    known = hashlib.sha256(site.pages["/a"]).hexdigest()
    assert pullquote("original", known).stdout_bytes == site.pages["/a"]
    about = pullquote("original", known[:20], "--format", "about").output
    assert f"SHA-256: {known}\n" in about
    assert pullquote("original", known[:12]).stdout_bytes == site.pages["/a"]  # as a row shows it
    assert "nothing of that SHA-256" in pullquote("original", "0" * 64).output
    assert "no article of that id" in pullquote("original", "0" * 12).output


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        (
            QUOTE.replace("go on", "end"),
            "stands there changed: The talks on grain are to [-end -]{+go on +}until",
        ),
        ("Nobody in this place has ever seen a ship as large as that one", "not there, "),
    ],
)
def test_words_that_differ_are_shown_and_words_that_are_not_there_are_told(
    given: Command, quote: str, said: str
) -> None:
    result = given("/a", quote)
    assert said in result.output
    assert result.exit_code == 1


def test_a_page_without_an_article_is_looked_through_whole(given: Command, site: Site) -> None:
    rows = "".join(f"<tr><td>District {n}</td><td>{n * 311}</td></tr>" for n in range(1, 9))
    site.pages["/a/table"] = f"<html><body><table>{rows}</table></body></html>".encode()
    assert "stands there, " in given("/a/table", "District 3 933").output


def test_a_quotation_outside_of_the_article_is_found_too(given: Command, site: Site) -> None:
    beside = "<footer><p>Corrections: the minister spoke on Tuesday, not on Monday.</p></footer>"
    site.pages["/a"] = page("Talks go on").replace(b"</body>", beside.encode() + b"</body>")
    assert "stands there, " in given("/a", "the minister spoke on Tuesday, not on Monday").output


def test_evidence_that_cannot_be_fetched_is_kept_unchecked_and_checked_later(
    given: Command, pullquote: Command, library: Library, seed: Article, site: Site
) -> None:
    del site.pages["/a"]
    result = given("/a")
    assert result.exit_code == 1
    assert "unchecked: the server answered 404 Not Found" in result.output
    assert evidence(library, seed)[0].check is None
    gone = pullquote("refresh", "--evidence")
    assert (gone.exit_code, gone.output.split("  ")[:2]) == (1, [seed.id[:8], "not found"])
    site.pages["/a"] = page("Talks go on")
    checked = pullquote("refresh", "--evidence", seed.id[:8])
    assert (checked.exit_code, checked.output.split("  ")[1]) == (0, "checked: stands there")
    assert evidence(library, seed)[0].problem == ""


def test_a_page_that_changes_is_told_and_what_the_evidence_rested_on_stays(
    given: Command, pullquote: Command, library: Library, seed: Article, site: Site
) -> None:
    before = site.pages["/a"]
    given("/a")
    assert "as before: stands there" in pullquote("refresh", "--evidence").output
    assert [status for _, status in site.asked] == [200, 304]
    site.pages["/a"] = page("Talks end", LATER)
    told = pullquote("refresh", "--evidence").output
    assert "changed: stands there changed" in told
    assert ": The talks on grain are to [-go on until -]{+end before +}both sides agree, " in told
    site.pages["/a"] = page("Talks", PARAGRAPHS[:1])
    told = pullquote("refresh", "--evidence").output
    assert "changed: not there" in told
    (one,) = evidence(library, seed)
    assert [check.standing for check in one.checks] == ["stands", "changed", "not there"]
    assert "; stood there changed, " in told
    for check in one.checks:
        assert library.evidence.of(check.sha256) is not None
    assert pullquote("original", one.checks[0].sha256).stdout_bytes == before


def test_a_page_that_is_gone_keeps_what_was_found(
    given: Command, pullquote: Command, library: Library, seed: Article, site: Site
) -> None:
    given("/a")
    site.refusals["/a"] = 410, {}
    told = pullquote("refresh", "--evidence")
    assert told.exit_code == 1
    assert "  gone  " in told.output
    assert "stands there, " in told.output
    assert "asked again in vain: the server answered 410 Gone" in told.output
    # another quotation is looked for in what is kept
    assert given("/a", "both sides agree on the terms").exit_code == 0
    assert evidence(library, seed)[1].check is not None


def test_a_page_is_fetched_once_for_all_that_is_quoted_of_it(
    given: Command, pullquote: Command, site: Site
) -> None:
    given("/a")
    given("/a", "We will go", claim=2)
    site.asked.clear()
    assert len(pullquote("refresh", "--evidence").output.splitlines()) == 3  # and how many
    assert len(site.asked) == 1


def test_a_server_that_asks_to_be_left_alone_is(
    given: Command, pullquote: Command, site: Site
) -> None:
    for path in ("/a/1", "/a/2"):
        site.pages[path] = page("Talks go on")
        given(path)
        site.refusals[path] = 429, {"Retry-After": "60"}
    site.asked.clear()
    assert "not asked, since its server is busy" in pullquote("refresh", "--evidence").output
    assert len(site.asked) == 1


def test_a_file_is_evidence_and_is_read_again_where_it_lay(
    given: Command, pullquote: Command, library: Library, seed: Article, tmp_path: Path
) -> None:
    path = tmp_path / "letter.md"
    path.write_text(f"# A letter\n\n{PARAGRAPHS[1]}\n")
    assert given(str(path)).exit_code == 0
    (one,) = evidence(library, seed)
    assert (one.url, one.title) == ("", "letter.md")
    assert str(tmp_path) not in pullquote("export", seed.id, "--format", "json").output
    path.write_text("# A letter\n\nNothing of it is true.\n")
    assert "changed: not there" in pullquote("refresh", "--evidence").output
    path.unlink()
    assert "no such file" in pullquote("refresh", "--evidence").output


@pytest.mark.parametrize(
    "source", ["nowhere.txt", "ftp://e.org/a", "file:///etc/passwd", "http:///"]
)
def test_what_is_no_source_is_refused(given: Command, library: Library, source: str) -> None:
    result = given(source)
    assert result.exit_code == 2
    assert "an address begins with https://" in result.output
    assert not evidence(library, library.articles.get(library.articles.entries()[0].id))  # type: ignore[arg-type]


def test_an_article_of_the_library_is_evidence_in_its_last_version(
    given: Command, pullquote: Command, library: Library, seed: Article
) -> None:
    first = Article(text="\n".join(PARAGRAPHS), title="Talks go on", url="https://e.org/talks")
    later = Article(text="\n".join(LATER), title="Talks end", url="https://e.org/talks")
    library.articles.save(first)
    result = given(first.id[:8])
    (one,) = evidence(library, seed)
    assert (result.exit_code, one.article, one.title) == (0, first.id, "Talks go on")
    assert f"(article {first.id[:8]})" in result.output
    library.articles.save(later)
    assert "changed: stands there changed" in pullquote("refresh", "--evidence").output
    library.bin.delete(first.id, later.id)
    told = pullquote("refresh", "--evidence").output
    assert "failed" in told
    assert "the article is not in the library any more" in told


def test_what_is_evidence_is_no_article(
    given: Command, pullquote: Command, library: Library
) -> None:
    given("/a")
    assert len(pullquote("list").output.splitlines()) == 1
    assert "grain" not in pullquote("search", "grain").output
    assert len(library.articles.entries()) == 1


def test_the_list_has_every_claim_with_its_number_and_evidence(
    given: Command, pullquote: Command, seed: Article, findings: Findings
) -> None:
    given("/a", claim=2)
    lines = pullquote("evidence", seed.id).output.splitlines()
    assert len(lines) == len(findings.claims) + 1
    assert lines[1].startswith("   2  ")
    assert lines[2].startswith("      - Talks go on http")


def test_each_line_of_json_says_what_became_of_one(
    given: Command, pullquote: Command, seed: Article
) -> None:
    given("/a")
    line = json.loads(pullquote("refresh", "--evidence", "--json").output)
    assert (line["outcome"], line["article"]) == ("as before: stands there", seed.id)
    assert line["evidence"]["checks"][0]["standing"] == "stands"


def test_the_words_of_a_hostile_page_pass_the_door(
    given: Command, library: Library, seed: Article, site: Site
) -> None:
    hostile = PARAGRAPHS[1].replace("grain", "gr\x1b[31main\u202e[red]")
    site.pages["/a"] = page("[bold]\x1b]0;own\x07Talks", (hostile, *PARAGRAPHS))
    given("/a", QUOTE.replace("grain", "gr[31main[red]"))
    (one,) = evidence(library, seed)
    assert one.check is not None
    said = f"{one.title}{one.check.words}"
    assert said
    assert not set(said) & {"\x1b", "\x07", "\u202e"}
