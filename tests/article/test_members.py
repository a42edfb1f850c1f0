"""Sources that hold several articles: books, mailboxes, archives of the web."""

import io
import json
import os
import pty
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pullquote.article import Unreadable
from pullquote.article.source import extract, fetch, load, members
from pullquote.library.store import Library
from pullquote.notes.narrowing import Narrow
from tests.article.making import FORMS
from tests.article.test_forms import HARBOUR, MILL, REPORT
from tests.test_cli import pullquote

BOOK = FORMS / "pandoc.epub"
TITLES = ["The harbour of Ostrava Bay reopens", "The mill at Brackwater closes"]


def titles(name: str) -> list[str]:
    return [member.title for member in members(fetch(str(FORMS / name)))]


# --- books


def test_a_chapter_is_an_article_with_what_the_book_says_of_itself() -> None:
    first, second = (extract(member.raw) for member in members(fetch(str(BOOK))))
    assert [first.title, second.title] == TITLES
    assert set(HARBOUR[1:]) <= set(first.text.split("\n"))
    assert "twice.\n" in first.text  # the note's mark is gone
    assert MILL in second.text
    assert (second.byline, second.published, second.language) == (
        "Ines Calder, Tom Achterberg",
        "2026-03-04",
        "en-GB",
    )
    assert second.source == f"{BOOK}#2"


def test_files_that_the_table_of_contents_does_not_name_go_on_with_the_chapter() -> None:
    assert titles("ebooklib.epub") == ["The night", "The pumping station"]
    assert load(f"{FORMS / 'ebooklib.epub'}#1").text.split("\n") == REPORT[:3]


def test_a_page_that_only_names_a_part_of_the_book_is_no_article(tmp_path: Path) -> None:
    """What comes below it, however deep in the table of contents, is."""
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
    point = '<navPoint><navLabel><text>{}</text></navLabel><content src="{}.xhtml"/>{}</navPoint>'
    toc = point.format("Part One", "part", point.format("Rain", "rain", ""))
    item = '<item id="{0}" href="{0}{1}" media-type="application/{2}+xml"/>'
    items = item.format("toc", ".ncx", "x-dtbncx")
    items += "".join(item.format(one, ".xhtml", "xhtml") for one in ("part", "rain"))
    with zipfile.ZipFile(tmp_path / "book.epub", "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="c.opf"/></rootfiles></container>',
        )
        book.writestr(
            "c.opf",
            f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest>'
            '<spine toc="toc"><itemref idref="part"/><itemref idref="rain"/></spine></package>',
        )
        book.writestr(
            "toc.ncx",
            f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{toc}</navMap></ncx>',
        )
        book.writestr("part.xhtml", page.format("<h1>Part One</h1>"))
        book.writestr("rain.xhtml", page.format("<h2>Rain</h2><p>It rains, said Ann Cole.</p>"))
    done = pullquote("add", tmp_path / "book.epub")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout[18:] == "Rain\n"


def test_libreoffice_s_books_have_their_chapters() -> None:
    assert titles("libreoffice.epub")[-2:] == TITLES


# --- mailboxes


def test_each_mail_of_a_mailbox_is_an_article() -> None:
    first, second = (extract(member.raw) for member in members(fetch(str(FORMS / "python.mbox"))))
    assert (first.title, first.byline, first.published) == (
        "The harbour",
        "Ines Rademaker",
        "2026-03-04",
    )
    assert "\nFrom what we hear, the lights work." in first.text  # no beginning of a mail
    assert (second.title, second.byline) == ("Réponse à l’enquête", "Ruth Okafor")
    assert "no buyer" in second.text


# --- archives of the web


def test_the_pages_of_an_archive_are_articles_with_their_addresses_and_times() -> None:
    first, again = (extract(one.raw) for one in members(fetch(str(FORMS / "warcio.warc"))))
    assert first.url == again.url == "https://news.example/harbour"
    assert (first.retrieved, again.retrieved) == ("2026-03-04T10:00:00Z", "2026-03-05T10:00:00Z")
    assert "tested twice" in first.text
    assert "tested three times" in again.text


def test_an_archive_s_list_of_pages_says_which_are_meant() -> None:
    assert titles("wget.warc.gz") == TITLES
    assert titles("wacz.wacz") == ["The mill, as crawled"]


# --- which one


def test_one_is_named_by_its_number() -> None:
    assert MILL in load(f"{BOOK}#2").text
    with pytest.raises(Unreadable, match=r"holds 2 articles: 1 The .*there is no number 3"):
        load(f"{BOOK}#3")


def test_without_a_terminal_the_refusal_lists_them() -> None:
    done = pullquote(BOOK)
    assert done.returncode == 2
    assert done.stderr.rstrip() == (
        f"pullquote: {BOOK}: holds 2 articles: 1 {TITLES[0]}; 2 {TITLES[1]}; name one, as {BOOK}#1"
    )
    assert done.stdout == ""


def test_a_file_whose_name_ends_like_a_number_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt#2").write_text("Some words.")
    (tmp_path / "a.txt").write_text("Other words.")
    os.rename(tmp_path / "a.txt#2", tmp_path / "b#2")
    assert load(str(tmp_path / "b#2")).text == "Some words."
    assert load(str(tmp_path / "a.txt#1")).text == "Other words."


def test_contents_lists_them() -> None:
    lines = pullquote("contents", BOOK).stdout.splitlines()
    assert lines == [f"   1  {TITLES[0]}  (130 words)", f"   2  {TITLES[1]}  (60 words)"]


def test_in_a_terminal_one_is_chosen_by_words_and_number() -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pullquote.cli", "--plain", str(BOOK)]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs) as running:
        os.write(ours, b"brackwater\n2\n")
        printed, _ = running.communicate()
    os.close(theirs)
    asked = os.read(ours, 10_000).decode()
    os.close(ours)
    assert MILL in " ".join(printed.decode().split())
    assert asked.count("2  The mill") == 2
    assert asked.count("1  The harbour") == 1


def test_analyze_takes_all_of_them_or_the_one_that_is_named() -> None:
    done = pullquote("analyze", BOOK)
    assert [json.loads(line)["doc"] for line in done.stdout.splitlines()] == [
        "pandoc#1",
        "pandoc#2",
    ]
    one = pullquote("analyze", f"{BOOK}#2")
    assert [json.loads(line)["doc"] for line in one.stdout.splitlines()] == ["pandoc#2"]


def test_add_puts_all_of_them_into_the_library_and_tells_what_it_could_not(
    tmp_path: Path, library: Library
) -> None:
    done = pullquote("add", BOOK, tmp_path / "none.txt", FORMS / "warcio.warc")
    assert done.returncode == 1
    assert "none.txt: no such file" in done.stderr
    lines = [line.split("  ", 1) for line in done.stdout.splitlines()]
    assert [title for _, title in lines] == [*TITLES, TITLES[0], TITLES[0]]
    assert {identity for identity, _ in lines} == set(library.articles.ids(Narrow()))
    versions = library.works.versions(lines[-1][0])
    assert len(versions) == 2  # the page as it was on two days


def test_what_is_added_is_not_said_to_have_been_opened(tmp_path: Path, library: Library) -> None:
    file = tmp_path / "note.md"
    file.write_text("# Rain\n\nIt rains, said Ann Cole.\n")
    for _ in range(2):
        pullquote("add", file)
    (entry,) = library.articles.entries()
    assert (entry.opened, entry.added[:2]) == ("", "20")
    assert pullquote("list").stdout.startswith(f"{entry.id[:8]}  {'':10}    0%")
    pullquote(file)
    assert library.articles.entries()[0].opened
    pullquote("add", file)
    assert library.articles.entries()[0].opened


TAGGED = "---\ntitle: Rain\ntags: {}\n---\n\n# Rain\n\nIt rains, said Ann Cole.\n"


@pytest.mark.parametrize(
    "tags",
    [
        "[weather, '#climate change']",
        "weather, climate change",
        "\n  - weather\n  - climate change",
        "'#weather, #climate change, weather'",
    ],
)
def test_the_tags_of_a_clipped_article_are_the_readers(
    tags: str, tmp_path: Path, library: Library
) -> None:
    """They lie on its headline, are found by, and do not come again once they are removed."""
    file = tmp_path / "rain.md"
    file.write_text(TAGGED.format(tags))
    identity = pullquote("add", file).stdout[:16]
    (note,) = library.notes.of(identity)
    assert (note.target.exact, note.tags) == ("Rain", ("weather", "climate change"))
    assert pullquote("list", "--tag", "weather").stdout.startswith(identity[:8])
    file.write_text(TAGGED.format(tags) + "\nIt rained on, too, said Ann Cole of the rain.\n")
    later = pullquote("add", file).stdout[:16]
    assert [one.tags for one in library.notes.of(later)] == [("weather", "climate change")]
    library.notes.remove(later, *(one.id for one in library.notes.of(later)))
    pullquote("add", file)
    assert library.notes.of(later) == ()


def test_a_book_on_standard_input_says_how_to_get_at_one() -> None:
    with pytest.raises(Unreadable, match=r"standard input: holds 2 articles: .*save it to a file"):
        load("-", io.BytesIO(BOOK.read_bytes()))
