"""The text of a mail: its own words, and those of the mails that it answers or passes on.

What is quoted stands behind `>`, one for each level, below a line that says whose it is ("On … Sam
Roe wrote:"), or below the header of a mail ("From: … Sent: …"), which begins what was passed on
and goes on to the end. Each becomes a part of the article, without its marks.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pullquote.article import Part, PartKind, Parts
from pullquote.article.line_ends import whole_words
from pullquote.article.signatures import DELIMITER, unsigned
from pullquote.text import one_line
from pullquote.wrapping import paragraph_spans

# The fields that a mail's header has in what programs quote, by what they stand for.
FIELDS = {
    "from": ("from", "von", "de", "da", "van", "från", "fra", "od"),
    "date": ("date", "sent", "datum", "gesendet", "envoyé", "fecha", "enviado", "inviato", "data",
             "verzonden", "skickat", "sendt"),
    "to": ("to", "an", "à", "para", "a", "aan", "till", "til", "cc", "bcc", "reply-to"),
    "subject": ("subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp", "ämne",
                "emne"),
}  # fmt: skip
_STANDS_FOR = {word: field for field, words in FIELDS.items() for word in words}
_FIELD = re.compile(r"[*_]{0,2}([^\W\d_][\w-]{0,30})[*_]{0,2}[ \xa0]?:[*_]{0,2}(?:[ \xa0]+|$)(.*)")

_QUOTED = re.compile(r"(?:[ \t]?>)+[ ]?")
_STOPS = (".", "!", "?")
_DELIMITER = re.compile(r"--[ \xa0]?\Z")  # before a signature
_PASSED_ON = re.compile(
    r"[ \t]*+(?:-{2,}+|_{5,}+)[ \t]*+(?:[^\W\d_][\w ]{3,40}[ \t]*+-{2,}+[ \t]*+)?\Z"
)

_WHERE = re.compile(r"(?<!\s)\s*+(?:<[^<>]*>|\[[^\[\]]*\]|\([^\s()@]+@[^\s()]+\))")
_LAST_NAME_FIRST = re.compile(r"\A([^\W\d_][\w'’-]+), ([^\W\d_][\w.'’-]*(?: [\w.'’-]+)?)\Z")
_LONGEST = 300  # characters; no line that says who wrote is longer
_DATED = re.compile(r"(?:on|am|le|el|il|op|em|den)\b.{0,40}\d", re.I)
# … NAME <address> wrote:
_WROTE = re.compile(
    r"\b(?:wrote|writes|a écrit|escribió|ha scritto|escreveu|skrev|написал\w*+)\b\s*+:?\s*+\Z"
)
_ADDRESS = re.compile(
    r"(?:<[^<>]*+>|\(?<?mailto:[^\s:]*+|\(<?[^\s()@]*+@[^\s()]*+\))\Z",
)
_BEHIND = re.compile(r".*\b(?:schrieb|schreef|skrev)\s+(.*?)\s*(?:<[^<>]*>)?\s*:\s*\Z")
_NAME = re.compile(
    r"\s*+(?:(?:[ap]\.?m\.?|uhr|h|ore|(?-i:[A-Z]{3,4}))(?:\s*+[,)])?\s++)*"
    r"[\"'“]?([^\W\d_][^\d,<>@:\"“”]*?)[\"'”]?\Z",
    re.I,
)

_WIDTH = 72  # cells; mail programs wrap to 72 to 78
_BETWEEN = "\x00"  # stands between two runs; a cleaned text has none


class Line(NamedTuple):
    """A line of a mail: how often it is quoted, and its words without the marks."""

    depth: int
    words: str


def quoted_lines(text: str) -> list[Line]:
    """The lines of `text` with their levels of quotation."""
    return [_line(line) for line in text.split("\n")]


def flowed_lines(text: str, without_space: bool = False) -> list[Line]:
    """As `quoted_lines`, with lines put together that `format=flowed` (RFC 3676) has divided.

    `without_space`: the parameter DelSp, for scripts that have no spaces between words.
    """
    lines: list[Line] = []
    flows = False
    for raw in text.split("\n"):
        depth, words = _line(raw)
        words = words if depth else words.removeprefix(" ")
        is_delimiter = words == "-- "
        if flows and not is_delimiter and lines[-1].depth == depth:
            lines[-1] = Line(depth, lines[-1].words + words)
        else:
            lines.append(Line(depth, words))
        flows = words.endswith(" ") and not is_delimiter
        if flows and without_space:
            lines[-1] = Line(depth, lines[-1].words[:-1])
    return lines


def _line(raw: str) -> Line:
    marks = _QUOTED.match(raw)
    return Line(marks[0].count(">"), raw[marks.end() :]) if marks else Line(0, raw)


class _Run(NamedTuple):
    """Lines of one level that one person wrote; `last` says who wrote what is quoted below."""

    depth: int
    by: str
    lines: list[str]
    last: list[str]

    def unsigned(self) -> "_Run":
        """The run without the signature in it."""
        own = unsigned(self.lines)
        return self._replace(lines=[*own, "", *self.last] if own else self.last)


def text_of(lines: Sequence[Line]) -> tuple[str, Parts]:
    """The text of a mail, each paragraph on one line, with its quoted parts."""
    runs = [run.unsigned() for run in _runs(_outside(lines))]
    body = f"\n\n{_BETWEEN}\n\n".join("\n".join(run.lines) for run in runs)
    body = whole_words(body)
    texts: list[list[str]] = [[]]
    for start, end in paragraph_spans(body, _WIDTH):
        if body[start:end] == _BETWEEN:
            texts.append([])
        else:
            texts[-1].append(one_line(body[start:end]))
    return _laid_out((run, text) for run, text in zip(runs, texts, strict=True) if text)


def _laid_out(runs: Iterable[tuple[_Run, list[str]]]) -> tuple[str, Parts]:
    paragraphs: list[str] = []
    parts: list[Part] = []
    offset = 0
    for run, text in runs:
        length = len("\n\n".join(text))
        if run.depth:
            parts.append(Part(PartKind.QUOTED, offset, offset + length, by=run.by))
        paragraphs += text
        offset += length + 2
    return "\n\n".join(paragraphs), tuple(parts)


def _outside(lines: Sequence[Line]) -> list[Line]:
    """The lines with each that says who wrote what it stands at the top of, outside of that."""
    found = [*lines]
    said = [number for number, line in enumerate(lines) if line.words.strip()]
    for before, number, after in zip(said, said[1:], said[2:], strict=False):
        depth, words = lines[number]
        if lines[before].depth < depth <= lines[after].depth and _says_who(words):
            found[number] = Line(depth - 1, words)
    return found


def _says_who(words: str) -> bool:
    said = words.strip()
    return said.endswith(":") and bool(_DATED.match(said) and _said_by(said))


def _runs(lines: Sequence[Line]) -> Iterator[_Run]:
    """The lines in runs. What was passed on without marks counts as quoted once more."""
    writers: dict[int, str] = {}  # who wrote what is quoted so often
    passed_on: dict[int, int] = {}  # how many mails began without marks, by the level of marks
    run = _Run(0, "", [], [])
    for number, (marks, words) in enumerate(lines):
        passed_on = {level: count for level, count in passed_on.items() if level <= marks}
        sender = _sender(lines, number)
        if sender is not None:
            passed_on[marks] = passed_on.get(marks, 0) + 1
        depth = marks + sum(passed_on.values())
        if sender is not None:
            writers = _known(writers, depth, sender)
        if depth != run.depth or sender is not None:
            yield run
            run = _Run(depth, writers.get(depth, ""), [], [])
        if _DELIMITER.match(words):
            run.lines.append(DELIMITER)
        elif not _PASSED_ON.match(words):
            run.lines.append(words)
        if said := _writer(lines, number):
            writers = _known(writers, depth + 1, said.name)
            run.last.extend(run.lines[-said.lines :])
            del run.lines[-said.lines :]
            if said.unmarked:
                passed_on[marks] = passed_on.get(marks, 0) + 1
    yield run


def _known(writers: dict[int, str], depth: int, name: str) -> dict[int, str]:
    """The writers once it is said who wrote what is quoted `depth` times."""
    return {level: known for level, known in writers.items() if level < depth} | {depth: name}


def _sender(lines: Sequence[Line], number: int) -> str | None:
    """Who sent the mail whose header begins at a line; None if none does."""
    fields: dict[str, str] = {}
    depth = lines[number].depth
    if number and lines[number - 1].depth == depth and _field(lines[number - 1].words):
        return None  # inside of one
    for line in lines[number : number + 8]:
        found = _field(line.words) if line.depth == depth else None
        if found is None:
            break
        fields.setdefault(*found)
    if "from" in fields and not fields.keys().isdisjoint(("date", "subject")):
        return sender_name(fields["from"])
    return None


def _field(line: str) -> tuple[str, str] | None:
    found = _FIELD.match(line.strip())
    stands_for = _STANDS_FOR.get(found[1].lower()) if found else None
    return (stands_for, found[2].strip()) if found and stands_for else None


def is_field(line: str) -> bool:
    """Whether a line is one of a mail's header."""
    return _field(line) is not None


def header(text: str) -> dict[str, str] | None:
    """The fields that `text` begins with, as `FIELDS` has them; None if it is no mail."""
    fields: dict[str, str] = {}
    for line in text.lstrip().split("\n")[:100]:
        if not line.strip():
            break
        if found := _field(line):
            fields.setdefault(*found)
        elif not _FIELD.match(line) and not (fields and line[0] in " \t"):
            return None
    return fields if "from" in fields and len(fields) > 1 else None


def sender_name(field: str) -> str:
    """The name in a `From` field, or else the address."""
    name = _WHERE.sub("", field).strip(" \"'“”*")
    name = one_line(name or field.strip("<> "))
    return _LAST_NAME_FIRST.sub(r"\2 \1", name)


class _Writer(NamedTuple):
    """Who wrote what follows; `unmarked` if that has no marks of its own."""

    name: str
    unmarked: bool
    lines: int  # in which it is said


def _writer(lines: Sequence[Line], number: int) -> _Writer | None:
    """Who wrote what follows, where a line says so, or ends what one of two before it began."""
    depth, words = lines[number]
    if not words.rstrip().endswith(":"):
        return None
    after = next((line for line in lines[number + 1 :] if line.words.strip()), None)
    if after is None or after.depth < depth:
        return None
    said, count = words.strip(), 1
    for before in reversed(lines[max(0, number - 2) : number]):
        if _DATED.match(said) or before.depth != depth or not _goes_on(before.words):
            break
        said, count = f"{before.words.strip()} {said}", count + 1
    name = _said_by(said) or _said_by(words.strip())
    is_dated = _DATED.match(said) is not None
    if not name or (after.depth == depth and not is_dated):
        return None
    return _Writer(name, after.depth == depth, count if is_dated else 1)


def _goes_on(words: str) -> bool:
    """Whether a line may be the beginning of who wrote what is quoted below the next."""
    said = words.strip()
    is_rule = _DELIMITER.match(words) or _PASSED_ON.match(words)
    return bool(said) and not is_rule and (not said.endswith(_STOPS) or bool(_DATED.match(said)))


def _said_by(said: str) -> str:
    """The name in "On … NAME wrote:"; "" if it says nothing of the kind."""
    said = said[-_LONGEST:]
    behind = _BEHIND.match(said)
    words = behind[1] if behind else _before(said)
    behind_date = re.split(r"[\d,]", words)[-1].strip()
    name = _NAME.match(behind_date)
    return one_line(name[1]) if name else ""


def _before(said: str) -> str:
    """What stands before "wrote:", without the address; "" where nobody wrote."""
    wrote = _WROTE.search(said)
    if wrote is None:
        return ""
    words = said[: wrote.start()].rstrip(" \t\n,")
    address = _ADDRESS.search(words)
    return words[: address.start()] if address else words
