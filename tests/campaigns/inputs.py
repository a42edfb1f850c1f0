"""Broken files: articles and pages of our own, cut, flipped, nested, in wrong encodings.

Each goes through `load` in a process of its own kind, which the clock ends. A file is either an
article or refused in one line; whatever passes is clean, lies on offsets that hold, and can be
wrapped and cut into sentences.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from pullquote.article import Article, Unreadable
from pullquote.article.source import load, shipped
from pullquote.reader.layout import Layout
from pullquote.text import Paragraphs, clean, one_line, sentences
from tests.article.manners import PAGE
from tests.campaigns import Tally

_FILES = 600
_DEADLINE = 15  # seconds a file
_LONG = 120_000  # characters, of what is repeated

_MARKDOWN = """---
title: "Talks go on"
author: Jane Miller
---
# Talks go on

“We will go,” *said* [Jane Miller](https://example.org/a "her page").

> The talks on **grain** are to go on.

- one
- two `code`

| who | what |
|-----|------|
| she | said |
"""
_SEEDS = {".txt": shipped().text, ".html": PAGE.decode(), ".md": _MARKDOWN}
_MARKS = "\x00 \x07 \x1b[2J \x1b]52;c;eA==\x07 \x7f \x85 \x9b31m \u061c \u200e \u202e \u2028 \u2066 \ufeff \U000e0041 \ufffe"
_UNITS = {
    ".txt": (
        " ",
        "\n",
        "\t",
        " \n",
        "“",
        "”",
        ".",
        ". ",
        "Mr. ",
        "U.S.",
        "a",
        "a ",
        "東",
        "e\u0301",
        "👩\u200d",
        "'",
        "…”",
    ),
    ".md": (
        "[",
        "![",
        "*",
        "*a ",
        "_",
        "`",
        "`a",
        "<",
        "<!--",
        "&",
        "> ",
        "- ",
        "|",
        "\\",
        "# a\n",
        "[a](",
        "[a]: b\n",
        "~",
    ),
    ".html": (
        "<",
        "<p>",
        "<div>",
        "</div>",
        "<b>",
        "<!--",
        "<table><tr><td>",
        "&",
        "&amp;",
        "&#x202e;",
        "<a href='",
        "<p>a",
    ),
}
_ENCODINGS = (
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "koi8-r",
    "shift_jis",
    "gb18030",
    "utf-7",
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")

Mutation = Callable[[random.Random, str, str], bytes]


def _cut(chance: random.Random, text: str, _suffix: str) -> bytes:
    data = text.encode()
    return data[: chance.randrange(len(data))]


def _flipped(chance: random.Random, text: str, _suffix: str) -> bytes:
    data = bytearray(text.encode())
    for _ in range(chance.choice((1, 9, 99))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _encoded(chance: random.Random, text: str, _suffix: str) -> bytes:
    return text.encode(chance.choice(_ENCODINGS), "replace")


def _marked(chance: random.Random, text: str, _suffix: str) -> bytes:
    """With control characters, bidi marks and halves of surrogate pairs anywhere."""
    for mark in chance.choices(_MARKS.split(" "), k=9):
        place = chance.randrange(len(text))
        text = text[:place] + mark + text[place:]
    data = text.encode()
    place = chance.randrange(len(data))
    return (
        data[:place]
        + chance.choice((b"", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xc0\x80", b"\xff"))
        + data[place:]
    )


def _wrong_mark(chance: random.Random, text: str, _suffix: str) -> bytes:
    return chance.choice(_BOMS) + text.encode()


def _repeated(chance: random.Random, text: str, suffix: str) -> bytes:
    """One thing again and again, alone or inside the text."""
    unit = chance.choice(_UNITS[suffix])
    place = chance.randrange(len(text))
    return (text[:place] + unit * (_LONG // len(unit)) + text[place:]).encode()


def _nested(chance: random.Random, text: str, suffix: str) -> bytes:
    opening, closing = chance.choice(
        (("<div>", "</div>"), ("<b>", ""), ("<ul><li>", ""), ("> ", ""), ("- ", ""), ("(", ")"))
    )
    depth = chance.choice((300, 10_000))
    return (opening * depth + text + closing * depth).encode()


def _stuffed(chance: random.Random, text: str, suffix: str) -> bytes:
    """With an attribute, a link, a heading, a title that is huge."""
    much = chance.choice(("a", "“", "\u202e", " ", "&lt;")) * _LONG
    forms = (
        f"<p class='{much}'>",
        f"<title>{much}</title>",
        f"<meta name='author' content='{much}'>",
        f"<link rel='canonical' href='https://example.org/{much}'>",
        f"[a]({much})",
        f"# {much}\n",
    )
    form = chance.choice(forms)
    return (form + text).encode()


def _spliced(chance: random.Random, text: str, _suffix: str) -> bytes:
    """Pieces of all three, in any order."""
    pieces = [
        one[chance.randrange(len(one)) :][: chance.randrange(1, 400)]
        for one in _SEEDS.values()
        for _ in range(4)
    ]
    chance.shuffle(pieces)
    return "".join(pieces).encode()


_MUTATIONS: tuple[Mutation, ...] = (
    _cut, _flipped, _encoded, _marked, _wrong_mark, _repeated, _nested, _stuffed, _spliced,
)  # fmt: skip


def run(rounds: int) -> Iterator[Tally]:
    """`_FILES` files a round."""
    tally = Tally("broken files")
    with tempfile.TemporaryDirectory() as folder:
        waiting = [str(path) for path in _files(Path(folder), _FILES * rounds)]
        read = 0
        while waiting:
            done, died = _tried(waiting)
            for path, outcome in done:
                read += outcome == "read"
                tally.attempt(
                    None if outcome in ("read", "refused") else f"{Path(path).name}: {outcome}"
                )
            waiting = waiting[len(done) :]
            if died and waiting:
                tally.attempt(f"{Path(waiting.pop(0)).name}: {died}")
            elif died:
                break
    tally.remark = f"{read} read, the others refused"
    yield tally


def _files(folder: Path, count: int) -> Iterator[Path]:
    """Files, each named after how it was made."""
    for number in range(count):
        chance = random.Random(number)
        suffix = list(_SEEDS)[number % len(_SEEDS)]
        mutation = _MUTATIONS[number // len(_SEEDS) % len(_MUTATIONS)]
        path = folder / f"{number:05}{mutation.__name__}{suffix}"
        path.write_bytes(mutation(chance, _SEEDS[suffix], suffix))
        yield path


def _tried(paths: list[str]) -> tuple[list[tuple[str, str]], str]:
    """What became of the files up to one that the process died of, and how; "" where it lived."""
    command = [sys.executable, "-m", "tests.campaigns.inputs"]
    done = subprocess.run(
        command,
        input=json.dumps(paths),
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    outcomes = [tuple(json.loads(line)) for line in done.stdout.splitlines()]
    if done.returncode == -signal.SIGALRM:
        return outcomes, f"hung for {_DEADLINE} s"
    return outcomes, f"died with {done.returncode}: {done.stderr[-200:]}" if done.returncode else ""


def _try(paths: list[str]) -> None:
    """Load the files, and print what became of each; the clock ends it where one hangs."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    for path in paths:
        signal.alarm(_DEADLINE)
        print(json.dumps((path, _outcome(path))), flush=True)


def _outcome(path: str) -> str:
    try:
        return "; ".join(_wrong(load(path))) or "read"
    except Unreadable as error:
        return (
            "refused"
            if str(error) == one_line(str(error)) and path in str(error)
            else f"said {error!s:.200}"
        )
    except Exception as error:
        return f"{type(error).__name__}: {error!s:.200}"


def _wrong(article: Article) -> list[str]:
    """What is wrong with an article that came through the door."""
    text, spans = article.text, Paragraphs(article.text)
    lines = (
        article.title,
        article.byline,
        article.site,
        article.published,
        article.url,
        article.language,
        article.source,
    )
    layout = Layout(text, spans, 60)
    checks = {
        "not clean": clean(text) == text and _is_harmless(text.replace("\n", "").replace("\t", "")),
        "a line about it is none": all(
            line == one_line(line) and _is_harmless(line) for line in lines
        ),
        "headings beside the text": all(
            0 <= start < end <= len(text)
            for start, end in (*article.headings, *(part.span for part in article.parts))
        ),
        "paragraphs beside the text": "".join(text[s:e] for s, e in spans).split() != []
        and not spans[-1][1] > len(text),
        "lines that miss words": _words(text, [layout.span(line) for line in range(len(layout))])
        == "".join(text.split()),
        "sentences that miss words": all(
            _words(text, list(sentences(text, span))) == "".join(text[slice(*span)].split())
            for span in spans
        ),
        "cannot be written": bool(text.encode() and article.id),
    }
    return [wrong for wrong, is_right in checks.items() if not is_right]


def _words(text: str, spans: list[tuple[int, int]]) -> str:
    return "".join("".join(text[start:end].split()) for start, end in spans)


_BIDI = ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")


def _is_harmless(text: str) -> bool:
    kinds = set(text)
    return not any(
        unicodedata.category(char) in ("Cc", "Cs") or unicodedata.bidirectional(char) in _BIDI
        for char in kinds
    )


if __name__ == "__main__":
    _try(json.load(sys.stdin))
