"""The project's own marks: articles written for it, and what it marked in PolNeAR's.

An article of ours is a file with a table of its actors, a line `---`, and the text with marks:

    @1 person Marta Quill
    @2 unnamed a spokesman for the firm
    ---
    [Marta Quill|1] said [she|1] was “sorry”. {“No,”|2} said [a spokesman for the firm|2].

`[…|id]` is a mention and may lie in another; `{…|id}` is a quotation with who says it, 0 where
nobody does. Every mention of every actor is marked, so that a word without a mark is the head of
none. PolNeAR's words are not ours to give away: `polnear.jsonl` has, for the SHA-256 of each
article's text, the offset, type and chain of each head word. All offsets are half-open, in code
points.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec

from pullquote.analysis import DEFAULT_MODEL
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.pipeline import parse
from pullquote.analysis.quotations import with_double_marks
from pullquote.analysis.words import Tokens
from pullquote.findings import ActorKind
from pullquote.text import Span, paragraphs
from pullquote.training.corpus import Article, WrongFiles
from pullquote.training.mentions import PERSON, Head, Text, Types, encoded, word_at

TRAIN, HELD = (Path(__file__).parent / "marked" / name for name in ("train", "held"))

_ACTOR = re.compile(r"@(\d+) (\w+) (.+)")
_MARK = re.compile(
    r"\|(?P<id>\d+)(?P<close>[\]}])|(?P<open>[\[{])|(?P<words>[^\[{|]+|.)", re.DOTALL
)
_CLOSES = {"[": "]", "{": "}"}
_NOBODY = "0"
_NO_MENTION: Types = frozenset({None})


class Mark(NamedTuple):
    """A mention or a quotation with the id of its actor."""

    span: Span
    actor: str


class Page(NamedTuple):
    """An article of ours without its marks, and these."""

    text: str
    kinds: dict[str, ActorKind]  # by the actors' ids
    mentions: list[Mark]
    quotations: list[Mark]


def read_page(written: str) -> Page:
    """An article of ours as it is written.

    Raises:
        WrongFiles: A mark has no actor, is crossed by another, or is not closed.
    """
    table, _, body = written.partition("\n---\n")
    kinds = dict(_actors(table))
    marks: dict[str, list[Mark]] = {"[": [], "{": []}
    text, open_ = "", list[tuple[str, int]]()
    for match in _MARK.finditer(body.strip("\n") + "\n"):
        if match["open"]:
            open_.append((match["open"], len(text)))
        elif match["close"]:
            opened, start = open_.pop() if open_ else ("", 0)
            is_known = match["id"] == _NOBODY or match["id"] in kinds
            if _CLOSES.get(opened) != match["close"] or not is_known:
                raise WrongFiles(f"a mark is faulty, at {text[-40:]!r}{match[0]}")
            marks[opened].append(Mark((start, len(text)), match["id"]))
        else:
            text += match["words"]
    if open_:
        raise WrongFiles(f"a mark is not closed, at {text[open_[-1][1] :][:40]!r}")
    return Page(text, kinds, marks["["], marks["{"])


def _actors(table: str) -> Iterator[tuple[str, ActorKind]]:
    for line in table.splitlines():
        match = _ACTOR.fullmatch(line.strip())
        if not match or match[2] not in set(ActorKind):
            raise WrongFiles(f"no line of an actor: {line!r}")
        yield match[1], ActorKind(match[2])


def read_own(folder: Path, tokens: Tokens) -> list[Text]:
    """Our articles in a folder.

    Raises:
        WrongFiles: A file is faulty.
    """
    return [_own(path, tokens) for path in sorted(folder.glob("*.txt"))]


def _own(path: Path, tokens: Tokens) -> Text:
    try:
        page = read_page(path.read_text(encoding="utf-8"))
    except WrongFiles as error:
        raise WrongFiles(f"{path.name}: {error}") from error
    heads = ((offset, page.kinds[actor], actor) for offset, actor in _heads(page))
    return _text(path.stem, page.text, heads, tokens)


def _heads(page: Page) -> list[tuple[int, str]]:
    """The offset of each mention's head with the actor; of two with one head, the shorter's."""
    parsed = Parsed(page.text, list(parse(page.text, paragraphs(page.text), DEFAULT_MODEL)))
    heads: dict[int, str] = {}
    for (start, end), actor in sorted(page.mentions, key=lambda one: one.span[1] - one.span[0]):
        head, paragraph = parsed.head((start, end)), parsed.paragraph(start)
        if head is not None and paragraph is not None and actor != _NOBODY:
            heads.setdefault(paragraph.start + head.idx, actor)
    return sorted(heads.items())


class _StandOff(msgspec.Struct):
    """The marks of an article that is not here."""

    sha256: str
    heads: list[tuple[int, ActorKind, int]]  # offset, kind, chain


def read_stand_off(folder: Path, corpus: Iterable[Article], tokens: Tokens) -> list[Text]:
    """The articles of `corpus` whose marks a folder has.

    Raises:
        WrongFiles: The corpus lacks an article.
    """
    articles = {sha256(one.text.encode()).hexdigest(): one for one in corpus}
    texts = []
    for line in (folder / "polnear.jsonl").read_bytes().splitlines():
        marks = msgspec.json.decode(line, type=_StandOff)
        if marks.sha256 not in articles:
            raise WrongFiles(f"{folder}: the corpus has no article with SHA-256 {marks.sha256}")
        article = articles[marks.sha256]
        heads = ((offset, kind, str(chain)) for offset, kind, chain in marks.heads)
        texts.append(_text(article.name, article.text, heads, tokens))
    return texts


def _text(
    name: str, text: str, heads: Iterable[tuple[int, ActorKind, str]], tokens: Tokens
) -> Text:
    spans = paragraphs(text)
    parts = encoded(with_double_marks(text, spans), spans, tokens)
    starts = [word.start for part in parts for word in part.words]
    by_word = {word_at(starts, at): Head(_types(kind), chain) for at, kind, chain in heads}
    return Text(name, text, parts, by_word, _NO_MENTION)


def _types(kind: ActorKind) -> Types:
    """Whoever is not named may be one or several."""
    return PERSON if kind is ActorKind.UNNAMED else frozenset({kind})


def marked_files() -> list[Path]:
    """All files of marks, for their fingerprint."""
    return [path for folder in (TRAIN, HELD) for path in folder.iterdir()]
