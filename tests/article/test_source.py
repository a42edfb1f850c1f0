"""Getting an article in, and refusing what is none with one clear line."""

import errno
import io
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from pullquote.article import Unreadable
from pullquote.article.source import fetch, load, shipped


def test_the_shipped_article_is_there_as_it_is() -> None:
    article = shipped()
    assert article.text.startswith("France and the United Kingdom are reportedly exploring")
    assert article.title


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.txt", None, "no such file"),
        ("empty.txt", b"  \n ", "is empty"),
        ("wordless.txt", b"... -- !!", "contains no words"),
        ("binary.txt", b"\x7fELF\x00\x01\x02", "binary file"),
        ("noise.txt", bytes(range(1, 9)) * 40, "binary file"),
        ("paper.pdf", b"%PDF-1.4", "is damaged"),
        ("paper.odt", b"PK\x03\x04", "cannot read .odt files"),
        ("x" * 300, None, "cannot be read: File name too long"),
        ("big.txt", b"word " * 300, "raise max_bytes"),
        ("broken.txt", b"\xff\xfea\x00b", "not valid utf-16"),
        (
            "page.html",
            b"<html><body><script>1</script></body></html>",
            "no article found in this page",
        ),
    ],
)
def test_a_bad_file_is_one_line_that_names_it(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
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


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_text_is_read_in_its_own_encoding(tmp_path: Path, encoding: str) -> None:
    words = (
        "“It’s a café,” said Élodie Lefèvre — and naïve readers agreed: the whole façade was a "
        "cliché.\n" * 5
    )
    path = tmp_path / "article.txt"
    path.write_bytes(words.encode(encoding))
    assert load(str(path)).text == words


def test_a_few_broken_bytes_in_utf_8_spoil_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(
        "“We will go,” said Élodie Lefèvre.\n".encode() * 9 + b"Caf\xe9 and\xff so on."
    )
    assert load(str(path)).text == "“We will go,” said Élodie Lefèvre.\n" * 9 + "Caf� and� so on."


@pytest.mark.parametrize(
    ("source", "said"), [("", "no source given"), ("~nosuchuser/a.txt", "no such user")]
)
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


def test_a_page_on_standard_input_is_one_whatever_stands_before_it() -> None:
    page = (
        b"<html><body><article>"
        + b"<p>He said a long thing today.</p>" * 9
        + b"</article></body></html>"
    )
    for before in (
        b"\xef\xbb\xbf",
        b"<?xml version='1.0'?>\n<!-- a --> \n<!-- <html> -->",
        b"\n \n<!---->",
    ):
        assert fetch("-", io.BytesIO(before + page)).form.name == "html"
    for other in (b"<!-- a comment --> words", b"<htmlish>", b"<!-- <html>"):
        assert fetch("-", io.BytesIO(other)).form.name == "text"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="devices are files on Unix")
def test_a_device_is_refused() -> None:
    for device in ("/dev/zero", "/dev/null"):
        with pytest.raises(Unreadable, match=f"{device}: is not a regular file"):
            load(device)


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A named pipe, as the shell makes one for `<(command)`."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def _written(pipe: Path, *pieces: bytes) -> Thread:
    """A writer into the pipe, who stops when nobody reads any more."""

    def write() -> None:
        with suppress(BrokenPipeError), pipe.open("wb", buffering=0) as file:
            for piece in pieces:
                file.write(piece)

    writer = Thread(target=write, daemon=True)
    writer.start()
    return writer


unix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are files on Unix")


@unix
def test_what_comes_through_a_named_pipe_is_read_to_its_end(pipe: Path) -> None:
    words = b"Some words. " * 20_000
    writer = _written(pipe, words[:7], words[7:])
    assert load(str(pipe)).text == words.decode()
    writer.join()


@unix
def test_a_pipe_that_nobody_writes_into_or_that_has_no_end_is_refused(pipe: Path) -> None:
    with pytest.raises(Unreadable, match="is not a regular file but a pipe"):
        fetch(str(pipe), timeout=0.1)
    writer = _written(pipe, *[b"words " * 1000] * 1000)
    with pytest.raises(Unreadable, match="larger than 20,000 bytes"):
        fetch(str(pipe), limit=20_000)
    writer.join()


def test_standard_input_that_is_closed_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(Unreadable, match="standard input: is closed"):
        fetch("-")


def test_standard_input_that_cannot_be_read_is_one_line() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(Unreadable, match="standard input: cannot be read: Input/output error"):
        fetch("-", Broken())


def test_markdown_becomes_paragraphs_with_headings(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        '---\ntitle: "The talks"\nauthor: A. Writer\n---\n# Talks\n\nHe *said* '
        "[so](http://x)\nyesterday.\n\n- one\n- two\n"
    )
    article = load(str(path))
    assert article.text == "Talks\nHe said so yesterday.\none\ntwo"
    assert [article.text[s:e] for s, e in article.headings] == ["Talks"]
    assert (article.title, article.byline) == ("The talks", "A. Writer")


def test_a_page_gives_its_text_and_what_is_known_of_it(tmp_path: Path) -> None:
    body = "".join(
        f"<p>Paragraph {n} of the article says something that is long enough to be prose.</p>"
        for n in range(8)
    )
    page = f"""<html lang="en"><head><title>Talks go on</title><meta property="og:site_name" content="The Paper">
    <meta name="author" content="Jane Doe"><meta property="article:published_time" content="2026-01-02"></head>
    <body><nav>Home News</nav><article><h1>Talks go on</h1>{body}{body}</article></body></html>"""
    path = tmp_path / "page.html"
    path.write_text(page)
    article = load(str(path))
    assert article.text.count("Paragraph 3 of the article") == 1
    assert (article.title, article.byline, article.published) == (
        "Talks go on",
        "Jane Doe",
        "2026-01-02",
    )


def test_hostile_text_is_harmless_past_the_door(tmp_path: Path) -> None:
    path = tmp_path / "evil.txt"
    path.write_bytes("Words \x1b]0;title\x07 and \u202e more words.\r\nNext.".encode())
    text = load(str(path)).text
    assert not set(text) & set("\x1b\x07\u202e\r")


def test_the_text_of_real_pages_is_taken_out_and_nothing_else(shared: Path, tmp_path: Path) -> None:
    """At least 0.975 by the scorer, over forty pages."""
    with (tmp_path / "found.jsonl").open("w") as out:
        for page in sorted((shared / "gold/article-html/html").glob("*.html")):
            out.write(
                json.dumps({"doc": page.stem, "text": load(str(page)).text, "furniture": []}) + "\n"
            )
    scorer = [
        sys.executable,
        shared / "bench/score_extraction.py",
        shared / "gold/article-html",
        tmp_path / "found.jsonl",
    ]
    said = subprocess.run(scorer, capture_output=True, text=True, check=True).stdout
    assert float(said.split()[-1]) >= 0.975, said
