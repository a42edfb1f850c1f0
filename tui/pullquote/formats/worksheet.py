"""A fact-checking worksheet in Markdown: the claims, what is known of each, room to write."""

from collections import Counter
from collections.abc import Iterable, Iterator
from textwrap import indent

from pullquote.findings import Claim, Findings, Sourcing
from pullquote.formats.form import Format, Purpose
from pullquote.formats.markdown import blocks, line, linked_evidence
from pullquote.formats.said import about, assessed, not_analysed, said_by, wrapped
from pullquote.notes.annotations import Annotation, Target
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import joined

_OPEN, _DONE = "☐", "☑"
_ROOM = "…" * 40
_IN = "  "
_UNWRITTEN = Annotation(id="", target=Target(0, 0, ""))  # on a claim that nobody has judged yet


def worksheet(readings: Iterable[Reading], settings: Settings) -> Iterator[str]:
    """One sheet an article: a summary, the scale, then each claim with its verdict and evidence.

    Verdicts on words that are no claim stand at the end, so that none is lost.
    """
    between = ""
    for reading in readings:
        yield f"{between}{_sheet(reading, settings)}\n"
        between = "\n---\n\n"


def _sheet(reading: Reading, settings: Settings) -> str:
    article = reading.article
    title = f"# {line(article.title) or 'Untitled'}"
    head = [title, line(about(article)), not_analysed(reading)]
    if reading.findings is None:
        return "\n\n".join(filter(None, (*head, *_apart(reading, settings))))
    found = reading.findings
    sheets = [
        _claim(reading, found, number, claim, settings)
        for number, claim in enumerate(found.claims, 1)
    ]
    parts = (
        *head,
        *_summary(reading, found.claims),
        scale(settings),
        *sheets,
        *_apart(reading, settings),
    )
    return "\n\n".join(filter(None, parts))


def _summary(reading: Reading, claims: tuple[Claim, ...]) -> list[str]:
    """How many claims there are, and how many have no verdict yet, by how well they are sourced."""
    every = Counter(claim.sourcing for claim in claims)
    still = Counter(claim.sourcing for claim in claims if reading.is_open(claim))
    rows = [f"| {one} | {every[one]} | {still[one]} |" for one in Sourcing if every[one]]
    table = ["\n".join(("| sourcing | claims | open |", "|---|--:|--:|", *rows))] if rows else []
    return [f"**Claims: {every.total()}. Open: {still.total()}.**", *table]


def scale(settings: Settings) -> str:
    """The verdicts that there are, best first."""
    scale = f"Scale, best first: {' › '.join(map(line, settings.verdicts))}."
    apart = ", ".join(map(line, settings.verdicts_unrated))
    return scale + wrapped(" Not on the scale: {}.", apart)


def _claim(reading: Reading, found: Findings, number: int, claim: Claim, settings: Settings) -> str:
    text, note = reading.article.text, reading.verdict(claim)
    hedges = ", ".join(joined(text, (hedge,)) for hedge in claim.hedges)
    known = [
        f"- **who:** {line(said_by(found, claim))}",
        f"- **sourcing:** {claim.sourcing}",
        f"- **commitment:** {claim.commitment}",
        *([f"- **hedges:** {line(hedges)}"] if hedges else []),
    ]
    return entry(f"Claim {number}", joined(text, claim.content), known, note, settings)


def _apart(reading: Reading, settings: Settings) -> list[str]:
    others = [note for claim, note in assessed(reading) if claim is None]
    return [
        entry(
            f"Other words {number}",
            note.target.exact,
            ["- these words are no longer in the text"] if note.is_orphan else [],
            note,
            settings,
        )
        for number, note in enumerate(others, 1)
    ]


def entry(
    title: str, words: str, known: list[str], note: Annotation | None, settings: Settings
) -> str:
    """The words, what is known of them, the verdict with its reasons, and room to write."""
    written = note or _UNWRITTEN
    state = wrapped(f"{_DONE} {{}}", line(written.verdict)) or f"{_OPEN} open"
    choices = (*settings.verdicts, *settings.verdicts_unrated)
    boxes = " ".join(f"{_DONE if written.verdict == one else _OPEN} {line(one)}" for one in choices)
    evidence = [f"    - {linked_evidence(one)}" for one in written.evidence]
    lines = [
        *known,
        f"- **verdict:** {boxes}",
        f"- **note:**{_comment(written.comment)}",
        "- **evidence:**",
        *evidence,
        f"    - {_ROOM}",
    ]
    return "\n\n".join((f"## {title} · {state}", f"> {line(words)}", "\n".join(lines)))


def _comment(text: str) -> str:
    """The reader's comment behind its label; more than a paragraph stands below it, as far in."""
    found = blocks(text)
    if not found:
        return f" {_ROOM}"
    if len(found) == 1 and found[0].is_paragraph:
        return f" {indent(found[0].text, _IN).lstrip()}"
    return "\n\n" + indent("\n\n".join(block.text for block in found), _IN) + "\n"


FORMAT = Format(
    name="worksheet",
    suffix=".worksheet.md",
    carries="claims to check",
    description="a fact-checking worksheet, claim by claim",
    purpose=Purpose.CHECKING,
    write=worksheet,
)
