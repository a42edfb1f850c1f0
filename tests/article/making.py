"""Make the files in tests/data/forms anew, with the programs that people use.

Run by hand: `python -m tests.article.making [NAME…]`, with pandoc, LibreOffice, Chromium, groff,
Ghostscript, qpdf, wget and node on the path, SingleFile's command line (npm: single-file-cli) in
`$SINGLEFILE`, and typst, reportlab, fpdf2, ebooklib, python-docx, img2pdf and wacz from PyPI. What
they are made from, texts of our own, is in tests/data/forms/from. The name of a file begins with
its maker's.
"""

import gzip
import io
import mailbox
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FORMS = Path(__file__).parents[1] / "data" / "forms"
FROM = FORMS / "from"
_SNAPSHOT = """
const {spawn} = require("child_process"), fs = require("fs"), [,, url, out, at] = process.argv;
const chromium = spawn("chromium", ["--headless", "--no-sandbox", "--disable-gpu",
  "--remote-debugging-port=9333", "--user-data-dir=" + at, url]);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
(async () => {
  let page;
  while (!page) {
    await wait(500);
    try {
      page = (await (await fetch("http://127.0.0.1:9333/json")).json()).find((one) => one.type == "page");
    } catch {}
  }
  await wait(1500);
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  socket.onopen = () => socket.send('{"id": 1, "method": "Page.captureSnapshot"}');
  socket.onmessage = (message) => {
    fs.writeFileSync(out, JSON.parse(message.data).result.data);
    chromium.kill();
    process.exit(0);
  };
})();
"""
_TYPST = """
#set document(title: "The Flooding of the Lower Town", author: "Rosalind Achebe")
#set page(width: 120mm, height: 90mm, margin: 14mm, columns: 2, numbering: "1 / 1",
  header: context { if counter(page).get().first() > 1 [Lower Town #h(1fr) Report of the Inquiry] })
#set text(size: 7pt, lang: "en", hyphenate: true)
#set par(justify: true, first-line-indent: 1em, spacing: 0.65em)
#place(top, scope: "parent", float: true)[#align(center)[#text(size: 15pt)[The Flooding of the
  Lower Town]]]
"""
_GROFF = """
.nr PS 10
.nr VS 12
.nr LL 4.6i
.nr PO 0.6i
.nr HM 0.8i
.nr FM 0.7i
.pl 6i
.ds LH Lower Town
.ds CH
.ds RH Report of the Inquiry
.ds CF \\\\n%
.nr PD 0v
.TL
The Flooding of the Lower Town
.AU
Rosalind Achebe
.2C
.hy 4
"""


def _run(*command: object, at: Path = FROM, said: str = "") -> str:
    done = subprocess.run(
        [str(one) for one in command],
        cwd=at,
        input=said,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _report() -> list[str]:
    return (FROM / "report.txt").read_text(encoding="utf-8").strip().split("\n\n")


def _pandoc(out: Path, source: str = "harbour.md") -> None:
    _run("pandoc", source, "-o", out)


def _libreoffice(out: Path, source: str = "page.html") -> None:
    with tempfile.TemporaryDirectory() as folder:
        if source.endswith(".md"):
            _pandoc(Path(folder) / "from.docx", source)
            source = f"{folder}/from.docx"
        to = {".docx": "docx:MS Word 2007 XML"}.get(out.suffix, out.suffix[1:])
        _run("soffice", "--headless", "--convert-to", to, "--outdir", folder, source)
        shutil.move(Path(folder) / f"{Path(source).stem}{out.suffix}", out)


@contextmanager
def _served() -> Iterator[str]:
    handler = partial(SimpleHTTPRequestHandler, directory=str(FROM))
    with ThreadingHTTPServer(("127.0.0.1", 8793), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield "http://127.0.0.1:8793"
        server.shutdown()


def _chromium_pdf(out: Path) -> None:
    options = ("--headless", "--no-sandbox", "--disable-gpu")
    with _served() as site:
        _run("chromium", *options, f"--print-to-pdf={out}", f"{site}/page.html")


def _chromium_mhtml(out: Path) -> None:
    with _served() as site, tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "snapshot.js"
        script.write_text(_SNAPSHOT)
        _run("node", "--experimental-websocket", script, f"{site}/page.html", out, folder)


def _singlefile(out: Path) -> None:
    browser = ("--browser-executable-path=/usr/bin/chromium", '--browser-args=["--no-sandbox"]')
    with _served() as site:
        _run(os.environ.get("SINGLEFILE", "single-file"), f"{site}/page.html", out, *browser)


def _wget(out: Path) -> None:
    archive = f"--warc-file={str(out).removesuffix('.warc.gz')}"
    with _served() as site:
        _run("wget", "-q", "-O", "/dev/null", archive, f"{site}/page.html", f"{site}/mill.html")


def _wacz(out: Path) -> None:
    pages = '{"format": "json-pages-1.0", "id": "pages", "title": "All"}\n{"url": "http://127.0.0.1:8793/mill.html", "title": "The mill, as crawled"}\n'
    with tempfile.TemporaryDirectory() as folder:
        named = Path(folder) / "pages.jsonl"
        named.write_text(pages)
        _run(sys.executable, "-m", "wacz", "create", "-o", out, "-p", named, FORMS / "wget.warc.gz")


def _warcio(out: Path) -> None:
    """As crawlers write it: sent by gzip, with an error, a style, a redirect and a second fetch."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    page, mill = (FROM / "page.html").read_bytes(), (FROM / "mill.html").read_bytes()
    html = ("Content-Type", "text/html; charset=utf-8")
    gzipped = ("Content-Encoding", "gzip")
    answers = (
        (
            "harbour",
            "200 OK",
            [html, gzipped],
            gzip.compress(page, mtime=0),
            "2026-03-04T10:00:00Z",
        ),
        ("style.css", "200 OK", [("Content-Type", "text/css")], b"p { color: red }", ""),
        ("gone", "404 Not Found", [html], mill, ""),
        (
            "harbour",
            "200 OK",
            [html],
            page.replace(b"twice", b"three times"),
            "2026-03-05T10:00:00Z",
        ),
    )
    with out.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        for path, status, headers, body, when in answers:
            writer.write_record(
                writer.create_warc_record(
                    f"https://news.example/{path}",
                    "response",
                    payload=io.BytesIO(body),
                    http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
                    warc_headers_dict={"WARC-Date": when or "2026-03-04T10:00:00Z"},
                )
            )


def _typst(out: Path) -> None:
    import typst

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.typ"
        body = "\n\n".join(one.replace("## ", "== ") for one in _report())
        source.write_text(_TYPST + body, encoding="utf-8")
        typst.compile(str(source), output=str(out))


def _groff(out: Path) -> None:
    body = [one.replace("## ", ".SH\n") if "## " in one else f".PP\n{one}" for one in _report()]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.ms"
        source.write_text(_GROFF.lstrip() + "\n".join(body), encoding="utf-8")
        with out.open("wb") as file:
            command = ["groff", "-k", "-Kutf8", "-ms", "-Tpdf", source]
            subprocess.run(command, stdout=file, check=True)


def _ghostscript(out: Path) -> None:
    _run("gs", "-q", "-sDEVICE=pdfwrite", "-o", out, FORMS / "libreoffice.pdf")


_NOTES = ("1 A note to the first page.", "2 Another, to the second one.")


def _reportlab(out: Path) -> None:
    """Two columns drawn side by side, row by row, as old layout programs do; footnotes below."""
    import textwrap

    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(out), pagesize=(420, 400))
    canvas.setTitle("Microsoft Word - draft7.doc")
    lines: list[str] = []
    for one in (one for one in _report()[:7] if "## " not in one):
        rows = textwrap.wrap(one, 40)
        lines += ["   " + rows[0], *rows[1:]]
    while lines:
        canvas.setFont("Times-Bold", 8)
        canvas.drawString(40, 375, "REPORT OF THE INQUIRY")
        rows, lines = lines[:50], lines[50:]
        canvas.setFont("Times-Roman", 10)
        for number, (left, right) in enumerate(
            zip(rows[:25], [*rows[25:], *[""] * 25], strict=False)
        ):
            for x, row in ((40, left), (220, right)):
                set_in = 12 if row.startswith("   ") else 0
                canvas.drawString(x + set_in, 350 - 12 * number, row.strip())
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(40, 30, _NOTES[canvas.getPageNumber() - 1])
        canvas.drawCentredString(210, 12, f"Page {canvas.getPageNumber()} of 2")
        canvas.showPage()
    canvas.save()


def _fpdf2(out: Path) -> None:
    from fpdf import FPDF

    document = FPDF(format="A5")
    document.set_title("The Flooding of the Lower Town")
    document.set_author("Rosalind Achebe")
    document.add_page()
    document.set_font("Helvetica", size=11)
    for one in _report()[:3]:
        plain = one.translate(str.maketrans("“”’", '""\''))
        document.multi_cell(0, text=plain, new_x="LMARGIN", new_y="NEXT")
        document.ln(4)
    document.output(str(out))


def _scan(out: Path) -> None:
    import img2pdf
    from PIL import Image, ImageDraw

    picture = Image.new("1", (400, 200), 1)
    ImageDraw.Draw(picture).text((20, 20), "We have waited for this day since the storm.", fill=0)
    data = io.BytesIO()
    picture.save(data, "PNG")
    out.write_bytes(img2pdf.convert(data.getvalue()))


def _qpdf(out: Path, password: str) -> None:
    _run("qpdf", "--encrypt", password, "owner", "256", "--", FORMS / "fpdf2.pdf", out)


def _ebooklib(out: Path) -> None:
    """EPUB with a table of contents of both kinds, and a chapter cut into two files."""
    from ebooklib import epub

    book = epub.EpubBook()
    book.set_title("The Flooding of the Lower Town")
    book.set_language("en")
    book.add_author("Rosalind Achebe")
    report = _report()
    files = [
        epub.EpubHtml(
            title=title,
            file_name=f"text/{name}.xhtml",
            content="".join(f"<p>{one}</p>" for one in some),
        )
        for name, title, some in (
            ("one", "The night", report[:2]),
            ("one_cut", "", report[2:3]),
            ("two", "The pumping station", report[4:7]),
        )
    ]
    for file in files:
        book.add_item(file)
    book.toc = [files[0], files[2]]
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    book.spine = ["nav", *files]
    epub.write_epub(str(out), book)


def _mailbox(out: Path) -> None:
    out.unlink(missing_ok=True)
    box = mailbox.mbox(out)
    for subject, sender, body in (
        (
            "The harbour",
            "Ines Rademaker <ines@port.example>",
            "“We open on Friday,” the minister said.\n\nFrom what we hear, the lights work.\n",
        ),
        (
            "Réponse à l’enquête",
            "Ruth Okafor <ruth@mill.example>",
            "There is no buyer, and there is no time.\n\nThe letter went to all workers.\n",
        ),
    ):
        letter = EmailMessage()
        letter["Subject"], letter["From"], letter["To"] = subject, sender, "desk@news.example"
        letter["Date"] = "Wed, 04 Mar 2026 10:00:00 +0100"
        letter.set_content(body)
        box.add(letter)
    box.close()


MAKERS = {
    "pandoc.epub": _pandoc,
    "pandoc.docx": _pandoc,
    "pandoc-changes.docx": partial(_pandoc, source="changes.md"),
    "libreoffice.docx": _libreoffice,
    "libreoffice.epub": partial(_libreoffice, source="harbour.md"),
    "libreoffice.pdf": partial(_libreoffice, source="harbour.md"),
    "chromium.pdf": _chromium_pdf,
    "chromium.mhtml": _chromium_mhtml,
    "singlefile.html": _singlefile,
    "wget.warc.gz": _wget,
    "warcio.warc": _warcio,
    "wacz.wacz": _wacz,
    "typst.pdf": _typst,
    "groff.pdf": _groff,
    "ghostscript.pdf": _ghostscript,
    "reportlab.pdf": _reportlab,
    "fpdf2.pdf": _fpdf2,
    "img2pdf.pdf": _scan,
    "qpdf-password.pdf": partial(_qpdf, password="secret"),
    "qpdf-owner.pdf": partial(_qpdf, password=""),
    "ebooklib.epub": _ebooklib,
    "python.mbox": _mailbox,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or MAKERS:
        MAKERS[name](FORMS / name)
        print(f"{name}: {(FORMS / name).stat().st_size:,} bytes")
