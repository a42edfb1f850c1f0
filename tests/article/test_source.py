"""Getting an article in, and refusing what is none with one clear line."""

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tui.article import Unreadable
from tui.article.source import fetch, load, shipped


def test_the_shipped_article_is_there_as_it_is() -> None:
    article = shipped()
    assert article.text.startswith("France and the United Kingdom are reportedly exploring")
    assert article.title


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.txt", None, "no such file"),
        ("empty.txt", b"  \n ", "is empty"),
        ("wordless.txt", b"... -- !!", "has no words"),
        ("binary.txt", b"\x7fELF\x00\x01\x02", "binary file"),
        ("noise.txt", bytes(range(1, 9)) * 40, "binary file"),
        ("paper.pdf", b"%PDF-1.4", "cannot read .pdf files"),
        ("x" * 300, None, "cannot be read: File name too long"),
        ("big.txt", b"word " * 300, "raise max_bytes"),
        ("broken.txt", b"\xff\xfea\x00b", "broken utf-16"),
        ("page.html", b"<html><body><script>1</script></body></html>", "no article in this page"),
    ],
)
def test_a_bad_file_is_one_line_that_names_it(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Unreadable) as error:
        load(str(path), limit=1000)
    assert name in str(error.value)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="is a folder"):
        load(str(tmp_path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_read_in_its_own_encoding(tmp_path: Path, encoding: str) -> None:
    words = "“It’s a café,” said Élodie Lefèvre — and naïve readers agreed: the whole façade was a cliché.\n" * 5
    path = tmp_path / "article.txt"
    path.write_bytes(words.encode(encoding))
    assert load(str(path)).text == words


def test_a_few_broken_bytes_in_utf_8_spoil_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes("“We will go,” said Élodie Lefèvre.\n".encode() * 9 + b"Caf\xe9 and\xff so on.")
    assert load(str(path)).text == "“We will go,” said Élodie Lefèvre.\n" * 9 + "Caf� and� so on."


@pytest.mark.parametrize(("source", "said"), [("", "no article is named"), ("~nosuchuser/a.txt", "no such user")])
def test_what_names_no_file_is_told_so(source: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        load(source)


def test_a_name_of_any_bytes_becomes_a_title_that_can_be_shown(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/a\x1b[31m\xff.txt"
    with open(path, "wb") as file:
        file.write(b"Some words.")
    article = load(os.fsdecode(path))
    assert article.title == "a␛[31m�"
    assert not set(article.source) & {"\x1b", "\udcff"}


def test_standard_input_may_be_text_or_a_page() -> None:
    assert load("-", io.BytesIO(b"Some words.")).text == "Some words."
    page = (
        b"<!doctype html><html><body><article><h1>T</h1>"
        + b"<p>He said a long thing today.</p>" * 9
        + b"</article></body></html>"
    )
    assert "He said a long thing" in load("-", io.BytesIO(page)).text


def test_markdown_becomes_paragraphs_with_headings(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        '---\ntitle: "The talks"\nauthor: A. Writer\n---\n# Talks\n\nHe *said* [so](http://x)\nyesterday.\n\n- one\n- two\n'
    )
    article = load(str(path))
    assert article.text == "Talks\nHe said so yesterday.\none\ntwo"
    assert [article.text[s:e] for s, e in article.headings] == ["Talks"]
    assert (article.title, article.byline) == ("The talks", "A. Writer")


def test_a_page_gives_its_text_and_what_is_known_of_it(tmp_path: Path) -> None:
    body = "".join(
        f"<p>Paragraph {n} of the article says something that is long enough to be prose.</p>" for n in range(8)
    )
    page = f"""<html lang="en"><head><title>Talks go on</title><meta property="og:site_name" content="The Paper">
    <meta name="author" content="Jane Doe"><meta property="article:published_time" content="2026-01-02"></head>
    <body><nav>Home News</nav><article><h1>Talks go on</h1>{body}{body}</article></body></html>"""
    path = tmp_path / "page.html"
    path.write_text(page)
    article = load(str(path))
    assert article.text.count("Paragraph 3 of the article") == 1
    assert (article.title, article.byline, article.published) == ("Talks go on", "Jane Doe", "2026-01-02")


def test_hostile_text_is_harmless_past_the_door(tmp_path: Path) -> None:
    path = tmp_path / "evil.txt"
    path.write_bytes("Words \x1b]0;title\x07 and \u202e more words.\r\nNext.".encode())
    text = load(str(path)).text
    assert not set(text) & set("\x1b\x07\u202e\r")


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/missing":
            self.send_error(404)
            return
        kind = "application/pdf" if self.path == "/pdf" else "text/plain; charset=iso-8859-1"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write("Un café, said he.".encode("iso-8859-1"))

    def log_message(self, *values: object) -> None: ...


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Answers) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


def test_a_url_is_read_in_the_encoding_that_its_server_declares(server: str) -> None:
    article = load(f"{server}/a")
    assert article.text == "Un café, said he."
    assert article.url == f"{server}/a"


def test_what_the_web_refuses_is_one_line(server: str) -> None:
    with pytest.raises(Unreadable, match="the server answered 404"):
        fetch(f"{server}/missing")
    with pytest.raises(Unreadable, match="is application/pdf, not a page"):
        fetch(f"{server}/pdf")
    with pytest.raises(Unreadable, match="cannot be reached"):
        fetch("http://127.0.0.1:9/closed", timeout=2)


def test_the_text_of_real_pages_is_taken_out_and_nothing_else(shared: Path, tmp_path: Path) -> None:
    """At least 0.955 by the scorer, over forty pages."""
    with (tmp_path / "found.jsonl").open("w") as out:
        for page in sorted((shared / "gold/article-html/html").glob("*.html")):
            out.write(json.dumps({"doc": page.stem, "text": load(str(page)).text, "furniture": []}) + "\n")
    scorer = [
        sys.executable,
        shared / "bench/score_extraction.py",
        shared / "gold/article-html",
        tmp_path / "found.jsonl",
    ]
    said = subprocess.run(scorer, capture_output=True, text=True, check=True).stdout
    assert float(said.split()[-1]) >= 0.955, said
