"""Documents, books and saved pages, as the usual programs make them (tests/article/making.py)."""

import io
import re
import sys
import zipfile
from pathlib import Path

import pytest

from pullquote.article import Article, PartKind, Unreadable
from pullquote.article.pdf import _plain
from pullquote.article.source import fetch, load, members
from tests.article.making import FORMS, FROM, MAKERS

REPORT = [
    one.removeprefix("## ")
    for one in (FROM / "report.txt").read_text(encoding="utf-8").strip().split("\n\n")
]
TITLE = "The Flooding of the Lower Town"
HARBOUR = (
    "The port authority said on Tuesday that the first ships would enter the harbour before the end of the week. “We have waited for this day since the storm,” said Ines Rademaker, who directs the authority.",
    "“Nobody was hurt, and nobody will be asked to work in the dark,” Rademaker told reporters.",
    "What the fishermen say",
    "The fishermen’s union was less confident. “The administration promised us dredging, and it has not begun,” said Joost Vermaat, its chairman. He asked whether the government’s representatives understood what a closed harbour costs.",
)
PAGE = (HARBOUR[0], *HARBOUR[2:])
MILL = "“They could have talked to us in the spring,” Okafor said. “They talked to their lawyers instead.”"


def read(name: str) -> Article:
    return load(str(FORMS / name))


def headings(article: Article) -> list[str]:
    return [article.text[start:end] for start, end in article.headings]


def pages(article: Article) -> list[tuple[str, str]]:
    """The pages by their printed numbers, each with the words that it begins with."""
    return [
        (part.label, " ".join(article.text[part.start : part.end].split()[:3]))
        for part in article.parts
        if part.kind is PartKind.PAGE
    ]


def test_every_file_has_its_maker() -> None:
    assert {path.name for path in FORMS.iterdir() if path.is_file()} == set(MAKERS)


# --- what it is


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("typst.pdf", "pdf"),
        ("pandoc.docx", "docx"),
        ("libreoffice.docx", "docx"),
        ("pandoc.epub", "epub"),
        ("libreoffice.epub", "epub"),
        ("chromium.mhtml", "mhtml"),
        ("singlefile.html", "singlefile"),
        ("python.mbox", "mbox"),
        ("wget.warc.gz", "warc"),
        ("warcio.warc", "warc"),
        ("wacz.wacz", "warc"),
        ("from/page.html", "html"),
    ],
)
def test_the_bytes_say_what_it_is_whatever_its_name(name: str, form: str, tmp_path: Path) -> None:
    data = (FORMS / name).read_bytes()
    for disguise in ("called.txt", "called", "called.html"):
        (tmp_path / disguise).write_bytes(data)
        assert fetch(str(tmp_path / disguise)).form.name == form
    assert fetch("-", io.BytesIO(data)).form.name == form


# --- PDF


@pytest.mark.parametrize("name", ["typst.pdf", "groff.pdf"])
def test_two_columns_are_read_one_after_the_other_without_heads_and_hyphens(name: str) -> None:
    article = read(name)
    found = article.text.replace("North-gate", "Northgate").split("\n")  # both are words
    assert [one for one in found if one not in (TITLE, "Rosalind Achebe")] == REPORT
    assert headings(article) == [TITLE, "The pumping station", "What should follow"]
    assert article.title == TITLE


def test_pages_are_kept_for_citing_though_a_paragraph_runs_over_them() -> None:
    assert pages(read("typst.pdf")) == [
        ("1", "The Flooding of"),
        ("2", "estate. According to"),
        ("3", "The administration welcomed"),
    ]


def test_columns_drawn_side_by_side_are_told_apart_and_notes_follow_their_paragraph() -> None:
    article = read("reportlab.pdf")
    plain = [one for one in REPORT[:7] if len(one) > 40]
    first, last = "1 A note to the first page.", "2 Another, to the second one."
    assert article.text.split("\n") == [*plain[:5], first, *plain[5:], last]
    assert pages(article)[:3] == [
        ("1", "The inquiry into"),
        ("2", "regional administration declined"),
        ("1", "1 A note"),
    ]


@pytest.mark.parametrize("name", ["libreoffice.pdf", "ghostscript.pdf"])
def test_a_document_of_one_column_has_its_paragraphs_and_headings(name: str) -> None:
    article = read(name)
    assert set(HARBOUR[1:]) | {MILL} <= set(article.text.split("\n"))
    assert "lights had been tested twice.\n“Nobody" in article.text  # without the note's mark
    assert {"What the fishermen say", "The mill at Brackwater closes"} <= set(headings(article))
    assert article.byline == "Ines Calder, Tom Achterberg"


def test_a_page_printed_by_a_browser_is_an_article() -> None:
    assert set(PAGE) <= set(read("chromium.pdf").text.split("\n"))


def test_what_a_program_wrote_for_a_title_is_none() -> None:
    assert read("reportlab.pdf").title == ""


def test_the_day_a_file_was_made_is_not_the_day_of_the_article() -> None:
    assert read("typst.pdf").published == read("pandoc.docx").published == ""


def test_a_scan_is_refused_as_that() -> None:
    with pytest.raises(Unreadable, match=r"img2pdf\.pdf: has no text, as a scan; .*OCR"):
        read("img2pdf.pdf")


def test_a_password_is_asked_for_only_where_one_is_needed_to_read() -> None:
    assert read("qpdf-owner.pdf").text == read("fpdf2.pdf").text
    with pytest.raises(Unreadable, match=r"qpdf-password\.pdf: is encrypted"):
        read("qpdf-password.pdf")


# --- damaged and hostile


@pytest.mark.parametrize(
    "name",
    ["typst.pdf", "pandoc.docx", "pandoc.epub", "wacz.wacz", "wget.warc.gz", "libreoffice.pdf"],
)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_a_file_that_was_cut_off_is_one_line_or_what_is_left(
    name: str, share: float, tmp_path: Path
) -> None:
    data = (FORMS / name).read_bytes()
    path = tmp_path / f"cut.{name.partition('.')[2]}"
    path.write_bytes(data[: int(len(data) * share)])
    refused = None
    try:
        found = members(fetch(str(path)))
    except Unreadable as error:
        found, refused = (), str(error)
    assert found or re.fullmatch(rf".*{path.name}: .*", refused or "")


def _zipped(*files: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return data.getvalue()


def _opened(data: bytes, tmp_path: Path, name: str, limit: int = 1_000_000) -> Article:
    path = tmp_path / name
    path.write_bytes(data)
    return load(str(path), limit=limit)


def _lying(data: bytes, size: int, said: int) -> bytes:
    """A zip archive that says of a file of `size` bytes that it has `said`."""
    return data.replace(size.to_bytes(4, "little"), said.to_bytes(4, "little"))


@pytest.mark.parametrize("said", [5_000_000, 100])
def test_a_zip_bomb_stops_at_the_limit_whatever_it_says_of_its_size(
    said: int, tmp_path: Path
) -> None:
    bomb = _zipped(("word/document.xml", b"<w>" + b" " * 4_999_997))
    with pytest.raises(Unreadable, match=r"unpacked: larger than 1,000,000 bytes|is damaged"):
        _opened(_lying(bomb, 5_000_000, said), tmp_path, "bomb.docx")


def test_many_small_files_count_together(tmp_path: Path) -> None:
    files = [(f"word/{number}.xml", b"<w/>" + b" " * 400_000) for number in range(5)]
    with pytest.raises(Unreadable, match="unpacked: larger than"):
        _opened(_zipped(("word/document.xml", b"<w/>"), *files), tmp_path, "bomb.docx")


_ENTITIES = "".join(
    f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9)
)  # ten to the power of nine


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    bomb = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "ha">{_ENTITIES}]><w:document>&e9;</w:document>'
    with pytest.raises(Unreadable, match="declares entities"):
        _opened(_zipped(("word/document.xml", bomb.encode())), tmp_path, "bomb.docx")
    container = '<container><rootfile full-path="a.opf"/></container>'
    package = f'<!DOCTYPE p [<!ENTITY e0 "ha"><!ENTITY file SYSTEM "file:///etc/passwd">{_ENTITIES}]><package><title>Told &e1; &file;</title><item id="a" href="a.xhtml"/><itemref idref="a"/></package>'
    page = (
        "<html><body><h1>A chapter</h1>"
        + "<p>He said a long thing today, and more of it.</p><p>Then he left the room without a word.</p>"
        * 4
        + "</body></html>"
    )
    book = _zipped(
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.encode()),
        ("a.opf", package.encode()),
        ("a.xhtml", page.encode()),
    )
    assert _opened(book, tmp_path, "bomb.epub").site == "Told &e1; &file;"


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    with zipfile.ZipFile(FORMS / "pandoc.docx") as archive:
        files = [(one, archive.read(one)) for one in archive.namelist()]
    data = _zipped(*files, ("../escaped.xml", b"<w/>"), ("/tmp/escaped.xml", b"<w/>"))
    assert MILL in _opened(data, tmp_path, "a.docx").text
    assert {path.name for path in tmp_path.rglob("*")} == {"a.docx"}
    assert not (tmp_path.parent / "escaped.xml").exists()


def test_a_pdf_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    from pypdf import PdfWriter
    from pypdf.generic import NameObject, StreamObject

    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    stream = StreamObject()
    stream.set_data(b"q Q\n" * 2_000_000)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    data = io.BytesIO()
    writer.write(data)
    with pytest.raises(Unreadable, match="unpacked: larger than"):
        _opened(data.getvalue(), tmp_path, "bomb.pdf")


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        ("fpdf2.pdf", "pypdf", "pdf"),
        ("pandoc.docx", "mammoth", "docx"),
        ("warcio.warc", "warcio", "warc"),
    ],
)
def test_a_library_that_is_missing_is_named_with_what_to_install(
    name: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(Unreadable, match=rf"needs {module} .*pip install 'pullquote\[{extra}\]'"):
        read(name)


# --- DOCX


def test_a_document_is_read_with_its_title_and_authors() -> None:
    article = read("pandoc.docx")
    assert set(HARBOUR[1:]) | {MILL} <= set(article.text.split("\n"))
    assert {"What the fishermen say", "The mill at Brackwater closes"} <= set(headings(article))
    assert (article.title, article.byline) == (
        "The harbour of Ostrava Bay reopens",
        "Ines Calder, Tom Achterberg",
    )
    assert "twice.\n" in article.text  # the note's mark is gone
    assert "The tests took place in February." in article.text
    assert set(PAGE) <= set(read("libreoffice.docx").text.split("\n"))


def test_of_tracked_changes_the_final_text_is_read_and_no_comment() -> None:
    text = read("pandoc-changes.docx").text
    assert "The authority may open the harbour on Friday." in text
    assert "will be blamed" not in text
    assert "agreed" not in text


# --- saved pages


def test_a_page_saved_by_a_browser_knows_where_and_when() -> None:
    for name in ("chromium.mhtml", "singlefile.html"):
        article = read(name)
        assert set(PAGE) <= set(article.text.split("\n"))
        assert "News" not in article.text.split()
        assert article.url == "http://127.0.0.1:8793/page.html"
        assert re.match(r"2026-11-27T00:\d\d:\d\d\+00:00", article.retrieved)


def test_the_address_that_chromium_notes_in_a_complete_page_is_read(tmp_path: Path) -> None:
    mark = "<!DOCTYPE html>\n<!-- saved from url=(0030)https://news.example/harbour/ -->\n"
    page = (FROM / "page.html").read_text(encoding="utf-8").partition("\n")[2]
    path = tmp_path / "saved.htm"
    path.write_text(mark + page, encoding="utf-8")
    assert load(str(path)).url == "https://news.example/harbour/"


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("市 長 は「 行 か な い 」と", "市長は「行かない」と"),
        ("ﻗﺎﻟﺖ اﻟﻮزﻳﺮة", "قالت الوزيرة"),
        ("Tokyo 東京 in 2026, 한국 말", "Tokyo 東京 in 2026, 한국 말"),
    ],
)
def test_letters_of_a_pdf_are_those_that_are_typed(drawn: str, read: str) -> None:
    assert _plain(drawn) == read


SHEET = """\
PORT INQUIRY  --  REPORT                  {number}

{above}
The mayor said that the port would be closed on day {number} and that nobody
had been asked, which the union
{below}
                Ashton Port Authority
"""


def test_running_heads_of_pages_between_form_feeds_are_left_out(tmp_path: Path) -> None:
    pages = [
        SHEET.format(number=1, above="The report is out.\n", below="denied on"),
        SHEET.format(number=2, above="Monday. “No,” it said.\n", below="has called a lie.\n"),
        SHEET.format(number=3, above="No more was said.\n", below="did not answer.\n\n- 3 -\n"),
    ]
    (tmp_path / "report.txt").write_text("\f".join(pages) + "\f")
    text = load(str(tmp_path / "report.txt")).text
    assert "INQUIRY" not in text
    assert "Authority" not in text
    assert text.count("The mayor said") == 3
    assert "\n\nMonday. “No,” it said.\n\n" in text
    (tmp_path / "parts.txt").write_text("One part is\n\fhere.\fAnother part is there.\n\fTwo.")
    assert load(str(tmp_path / "parts.txt")).text.split() == (
        ["One", "part", "is", "here.", "Another", "part", "is", "there.", "Two."]
    )
