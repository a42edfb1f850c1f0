"""What an article was read from is kept as it was, and fetched again."""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from pullquote.article import Article
from pullquote.article.html import HTML
from pullquote.article.original import Original
from pullquote.cli import main, opening
from pullquote.library.originals import Known
from pullquote.library.refreshing import Outcome, refresh
from pullquote.library.store import Library, LibraryError
from pullquote.notes.annotations import annotate
from pullquote.notes.narrowing import Narrow
from pullquote.settings import load
from tests.article.making import FORMS
from tests.article.site import PARAGRAPHS, Site, page, served

LATER = (*PARAGRAPHS[:1], PARAGRAPHS[1].replace("go on until", "end before"), PARAGRAPHS[2])


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        one.pages["/news/a"] = page("Talks go on")
        yield one


def pullquote(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def read(site: Site, library: Library) -> Callable[[str], str]:
    """Open a page of the site, or a file; returns the article's id."""
    return lambda place: (
        opening.article(
            f"{site.address}{place}" if place.startswith("/news") else place, load(), library
        ).id
    )


# --- the original


def test_the_original_is_what_the_server_sent(
    site: Site, read: Callable[[str], str], tmp_path: Path
) -> None:
    identity = read("/news/a")
    done = pullquote("original", identity[:8])
    assert done.stdout_bytes == site.pages["/news/a"]
    assert pullquote("original", identity, "--output", "-").stdout_bytes == done.stdout_bytes
    target = tmp_path / "page.html"
    assert pullquote("original", identity, "--output", str(target)).exit_code == 0
    assert target.read_bytes() == site.pages["/news/a"]
    again = pullquote("original", identity, "--output", str(target))
    assert (again.exit_code, "--force overwrites it" in again.stderr) == (2, True)
    about = pullquote("original", identity, "--format", "about").stdout.splitlines()
    assert f"address: {site.address}/news/a" in about
    assert f"SHA-256: {hashlib.sha256(site.pages['/news/a']).hexdigest()}" in about
    assert "status: 200" in about
    assert "kept: yes" in about
    assert any(line.startswith("etag: ") for line in about)


def test_a_warc_file_of_it_passes_warcio_s_check(
    site: Site, read: Callable[[str], str], tmp_path: Path
) -> None:
    archive = pytest.importorskip("warcio.archiveiterator")
    checker = pytest.importorskip("warcio.checker")
    identity = read("/news/a")
    for name in ("page.warc", "page.warc.gz"):
        path = tmp_path / name
        done = pullquote("original", identity, "--format", "warc", "--output", str(path))
        assert done.exit_code == 0, done.output
        assert checker.Checker(_Checked(path)).process_all() in (0, None)
        with path.open("rb") as file:
            kinds = {}
            for record in archive.ArchiveIterator(file, check_digests="raise"):
                kinds[record.rec_type] = (record.rec_headers, record.content_stream().read())
        headers, body = kinds["response"]
        assert body == site.pages["/news/a"]
        assert headers["WARC-Target-URI"] == f"{site.address}/news/a"


class _Checked:
    """The options of `warcio check`."""

    verbose = False

    def __init__(self, path: Path) -> None:
        self.inputs = [str(path)]


def test_a_file_s_original_is_kept_with_its_full_path(
    read: Callable[[str], str], tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(page("Talks go on"))
    identity = read(str(path))
    assert pullquote("original", identity).stdout_bytes == path.read_bytes()
    about = pullquote("original", identity, "--format", "about").stdout
    assert f"source: {path}\n" in about
    assert "status" not in about
    archive = pytest.importorskip("warcio.archiveiterator")
    warc = pullquote("original", identity, "--format", "warc").stdout_bytes
    kinds = {
        record.rec_type: record.content_stream().read()
        for record in archive.ArchiveIterator(BytesIO(warc), check_digests="raise")
    }
    assert kinds["resource"] == path.read_bytes()


@pytest.mark.parametrize("setting", ["keep_originals = false", "largest_original = 99"])
def test_where_the_bytes_are_not_to_be_kept_what_is_known_of_them_is(
    read: Callable[[str], str], tmp_path: Path, setting: str
) -> None:
    (tmp_path / "config.toml").write_text(setting)
    identity = read("/news/a")
    done = pullquote("original", identity)
    assert done.exit_code == 2
    assert "not kept" in done.stderr
    about = pullquote("original", identity, "--format", "about").stdout
    assert "kept: no" in about
    assert "SHA-256: " in about
    (tmp_path / "config.toml").write_text("")
    assert pullquote("refresh", identity).exit_code == 0


def test_the_first_bytes_that_gave_a_text_stay(site: Site, read: Callable[[str], str]) -> None:
    first = site.pages["/news/a"]
    identity = read("/news/a")
    site.pages["/news/a"] = page("Talks go on", beside="another advertisement")
    assert read("/news/a") == identity
    assert pullquote("original", identity).stdout_bytes == first


def test_what_is_deleted_goes_with_its_original(
    read: Callable[[str], str], library: Library
) -> None:
    identity = read("/news/a")
    assert library.originals.of(identity)
    library.bin.delete(identity)
    assert library.originals.of(identity) is None
    library.bin.put_back()
    assert library.originals.of(identity)


def test_a_damaged_original_costs_itself_alone(
    read: Callable[[str], str], library: Library
) -> None:
    identity = read("/news/a")
    with library._database.transaction() as db:
        db.execute("UPDATE originals SET data = x'00'")
    found = library.originals.of(identity)
    assert found is not None
    assert found.data is None
    assert any("original" in line for line in library.damaged)


# --- fetched again


def test_what_has_not_changed_is_asked_for_and_not_sent(
    site: Site, read: Callable[[str], str]
) -> None:
    identity = read("/news/a")
    done = pullquote("refresh", identity)
    assert (done.exit_code, done.stdout) == (0, f"{identity[:8]}  unchanged  Talks go on\n")
    assert [status for _, status in site.asked] == [200, 304]


def test_a_new_version_is_kept_with_its_original_and_the_notes(
    site: Site, read: Callable[[str], str], library: Library
) -> None:
    identity = read("/news/a")
    old = library.articles.get(identity)
    assert old is not None
    at = old.text.index("Officials")
    library.notes.add(identity, annotate(old.text, (at, at + 9), highlight=1))
    site.pages["/news/a"] = page("Talks go on", LATER)
    done = pullquote("refresh", identity[:8])
    new = library.works.versions(identity)[-1].id
    assert done.exit_code == 0
    assert done.stdout == f"{new[:8]}  changed: 3 words  Talks go on  notes: 1 carried\n"
    assert library.works.earlier(new) == identity
    assert [note.target.exact for note in library.notes.of(new)] == ["Officials"]
    assert pullquote("original", new).stdout_bytes == site.pages["/news/a"]
    assert "unchanged" in pullquote("refresh", identity).stdout  # the newer one is asked for
    assert "end before" in pullquote("diff", new).stdout


def test_a_page_that_changes_back_is_said_to_and_brings_no_note_twice(
    site: Site, read: Callable[[str], str], library: Library
) -> None:
    identity = read("/news/a")
    old = library.articles.get(identity)
    assert old is not None
    library.notes.add(identity, annotate(old.text, (0, 11), highlight=1))
    first = site.pages["/news/a"]
    for body, said in (
        (page("Talks go on", LATER), "changed"),
        (first, "changed back"),
        (first, "unchanged"),
        (page("Talks go on", LATER), "changed back"),
    ):
        site.pages["/news/a"] = body
        assert json.loads(pullquote("refresh", identity, "--json").stdout)["outcome"] == said
    assert [len(library.notes.of(one.id)) for one in library.works.versions(identity)] == [1, 1]


def test_all_that_came_from_the_web_is_refreshed_with_a_line_each(
    site: Site, read: Callable[[str], str], tmp_path: Path
) -> None:
    for name in "bcdef":
        site.pages[f"/news/{name}"] = page(f"Story {name}", (*PARAGRAPHS, f"This is story {name}."))
    every = {name: read(f"/news/{name}") for name in "abcdef"}
    (tmp_path / "own.txt").write_text("“No,” said Ann Cole. A file is not refreshed with all.")
    read(str(tmp_path / "own.txt"))
    site.pages["/news/a"] = page("Talks go on", LATER)
    del site.pages["/news/b"]
    site.refusals["/news/c"] = (410, {})
    site.redirects["/news/d"] = "/"
    site.pages["/"] = page(
        "The front page", ("All the news of the day is to be found on this page.",) * 3
    )
    site.pages["/news/e"] = b"<html><body></body></html>"
    done = pullquote("refresh", "--all", "--json")
    assert done.exit_code == 1
    found = {one["source"][-1]: one for one in map(json.loads, done.stdout.splitlines())}
    assert {name: one["outcome"] for name, one in found.items()} == {
        "a": "changed",
        "b": "gone",
        "c": "gone",
        "d": "gone",
        "e": "failed",
        "f": "unchanged",
    }
    assert "404" in found["b"]["problem"]
    assert found["d"]["problem"] == f"leads to {site.address}/"
    assert {name: one["article"] for name, one in found.items() if name != "a"} == {
        name: identity for name, identity in every.items() if name != "a"
    }
    assert "3 gone" in done.stderr


def test_a_server_that_asks_to_be_left_alone_is(site: Site, read: Callable[[str], str]) -> None:
    for name in "bc":
        site.pages[f"/news/{name}"] = page(f"Story {name}", (*PARAGRAPHS, f"This is story {name}."))
    for name in "abc":
        read(f"/news/{name}")
        site.refusals[f"/news/{name}"] = (429, {"Retry-After": "600"})
    site.asked.clear()
    done = pullquote("refresh", "--all")
    assert done.exit_code == 1
    assert len(site.asked) == 1
    assert "left alone for 10 minutes" in done.stdout
    assert done.stdout.count("not asked, since its server is busy") == 2


def test_a_file_is_read_again(read: Callable[[str], str], tmp_path: Path) -> None:
    path = tmp_path / "statement.txt"
    path.write_text("“We will go,” said Jane Miller. The talks go on.\n")
    identity = read(str(path))
    assert "unchanged" in pullquote("refresh", identity).stdout
    path.write_text("“We will stay,” said Jane Miller. The talks go on.\n")
    assert "changed: 1 word " in pullquote("refresh", identity).stdout
    path.unlink()
    done = pullquote("refresh", identity)
    assert (done.exit_code, "no such file" in done.stdout) == (1, True)


def test_what_came_from_nowhere_is_said_to(library: Library) -> None:
    article = Article(text="“Yes,” said Ann Cole of the town hall.", source="-")
    library.articles.save(article)
    done = pullquote("refresh", article.id)
    assert (done.exit_code, "neither a file nor the web" in done.stdout) == (1, True)


def test_an_article_of_an_earlier_pullquote_is_fetched_and_has_an_original_then(
    site: Site, read: Callable[[str], str], library: Library
) -> None:
    identity = read("/news/a")
    with library._database.transaction() as db:
        db.execute("DELETE FROM originals")
    assert pullquote("original", identity).exit_code == 2
    assert "unchanged" in pullquote("refresh", "--all").stdout
    assert pullquote("original", identity).stdout_bytes == site.pages["/news/a"]


# --- read anew, after an update


@pytest.fixture
def updated(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let pullquote read pages otherwise from now on: with a full stop more at the end."""
    read_before = HTML.read

    def update() -> None:
        def read(raw: object, name: str) -> object:
            article = read_before(raw, name)  # type: ignore[arg-type]
            return msgspec.structs.replace(article, text=f"{article.text}\nThe end.")

        msgspec.structs.force_setattr(HTML, "read", read)

    yield update
    msgspec.structs.force_setattr(HTML, "read", read_before)


def test_the_original_is_read_anew_without_the_web_and_the_notes_come_along(
    site: Site, read: Callable[[str], str], library: Library, updated: Callable[[], None]
) -> None:
    identity = read("/news/a")
    old = library.articles.get(identity)
    assert old is not None
    library.notes.add(identity, annotate(old.text, (0, 11), highlight=1))
    assert "unchanged" in pullquote("refresh", "--all", "--from-original").stdout
    updated()
    asked = len(site.asked)
    done = pullquote("refresh", "--all", "--from-original")
    new = library.works.versions(identity)[-1]
    assert done.stdout == f"{new.id[:8]}  read anew: 2 words  Talks go on  notes: 1 carried\n"
    assert (new.notes, len(site.asked)) == (1, asked)
    assert pullquote("original", new.id).stdout_bytes == site.pages["/news/a"]
    found = library.articles.get(new.id)
    assert found is not None
    assert (found.retrieved, found.source) == (old.retrieved, old.source)


def test_letters_that_were_mended_stay_so_when_it_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "garbled.txt"
    file.write_text("“AndrÃ© is late,” said JosÃ© on Monday.")
    identity = pullquote("add", str(file), "--mend").stdout[:16]
    for how in (["--from-original"], []):
        done = pullquote("refresh", identity, *how)
        assert done.stdout.startswith(f"{identity[:8]}  unchanged")


def test_a_chapter_that_is_read_anew_has_what_the_book_says_of_it(
    tmp_path: Path, library: Library, updated: Callable[[], None]
) -> None:
    """Title, author and address in the book stay; headings are those that are found now."""
    pullquote("add", str(FORMS / "pandoc.epub"))
    before = {
        one.id: one for one in map(library.articles.get, library.articles.ids(Narrow())) if one
    }
    with library.database.transaction() as db:
        db.execute("UPDATE articles SET headings = '[]', byline = ''")
    for identity in before:
        pullquote("refresh", identity, "--from-original")
        assert library.articles.get(identity) == before[identity]
    updated()
    for identity, one in before.items():
        pullquote("refresh", identity, "--from-original")
        new = library.articles.get(library.works.versions(identity)[-1].id)
        assert new is not None
        assert new.id != identity
        assert (new.title, new.byline, new.site) == (one.title, one.byline, one.site)


def test_what_pullquote_reads_otherwise_is_not_said_to_be_changed_by_the_site(
    site: Site, read: Callable[[str], str], updated: Callable[[], None]
) -> None:
    identity = read("/news/a")
    updated()
    site.pages["/news/a"] = page("Talks go on", beside="another advertisement")
    assert "read anew: 2 words" in pullquote("refresh", identity).stdout
    site.pages["/news/a"] = page("Talks go on", LATER)
    assert "changed: 3 words" in pullquote("refresh", identity).stdout


# --- the library


def test_bytes_are_compressed_in_the_library(library: Library, read: Callable[[str], str]) -> None:
    identity = read("/news/a")
    rows = library._database.rows("SELECT data FROM originals WHERE article = ?", identity)
    assert zlib.decompress(rows[0][0]).startswith(b"<!doctype html>")


def test_a_library_that_may_only_be_read_is_told_once(
    site: Site, read: Callable[[str], str], library: Library
) -> None:
    read("/news/a")
    library._database.read_only = True
    known: Known = library.originals.known()[0]
    with pytest.raises(LibraryError, match="can only be read"):
        refresh(library, known, 9_999_999, 9_999_999)


def test_an_original_has_all_that_came_with_it(
    library: Library, site: Site, read: Callable[[str], str]
) -> None:
    found = library.originals.of(read("/news/a"))
    assert isinstance(found, Original)
    assert (found.form, found.status, found.charset) == ("html", 200, "utf-8")
    assert ("content-type", "text/html; charset=utf-8") in found.headers
    assert Outcome.UNCHANGED == "unchanged"


def test_what_is_deleted_while_it_is_fetched_does_not_come_back(
    site: Site, read: Callable[[str], str], library: Library
) -> None:
    identity = read("/news/a")
    (known,) = library.originals.known(identity)
    site.pages["/news/a"] = page("Talks go on", LATER)
    library.bin.delete(identity)
    found = refresh(library, known, 10**6, 10**6)
    assert (found.outcome, found.problem) == (Outcome.FAILED, "was deleted in the meantime")
    assert library.articles.entries() == ()
