"""The commands about what verdicts rest on: evidence, and refresh --evidence."""

import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from pullquote.cli import completing, opening
from pullquote.cli.opening import data_option, one_line_errors, refuse, tell
from pullquote.settings import Settings
from pullquote.text import joined, one_line

if TYPE_CHECKING:
    from pullquote.findings import Claim
    from pullquote.library.checking import Checked, Fetch
    from pullquote.library.evidence import Job
    from pullquote.library.store import Library
    from pullquote.notes.annotations import Annotation
    from pullquote.notes.evidence import Evidence
    from pullquote.notes.reading import Reading

_SERVERS = 8  # asked at a time, each for one page after the other
_FOR_EVER = 10 * 366 * 86_400.0  # seconds
_SHOWN = 100  # characters of a claim, or of a quotation


@click.command("evidence")
@click.argument("article", shell_complete=completing.sources)
@click.argument("source", required=False, shell_complete=completing.sources)
@click.option("--claim", "number", type=click.IntRange(1), help="The claim's number in the list.")
@click.option("--quote", default="", help="What the source says, word for word; … for what is cut.")
@click.option("--title", default="", help="The source's title, if it is not to be its own.")
@data_option
def evidence(
    article: str, source: str | None, number: int | None, quote: str, title: str, data: str | None
) -> None:
    """Give evidence for a claim's verdict, or list all claims.

    SOURCE is a URL, the id of an article in the library, or a file. It is fetched and kept as it
    is, and the quotation looked for in it: it stands there, stands there changed, or is not there.
    What cannot be fetched now stays unchecked, and `pullquote refresh --evidence` checks it later;
    the exit status is then 1, as it is where the quotation is not there.
    """
    if (source is None) is not (number is None):
        raise click.UsageError("name the claim and the source: ARTICLE SOURCE --claim NUMBER")
    with one_line_errors():
        settings, library = opening.settings(), opening.library(data)
        found = opening.article(article, settings, library)
        reading = opening.analysed(found, settings, library)
        claims = reading.findings.claims if reading.findings else ()
        if source is None:
            for line in _listed(reading, claims):
                click.echo(line)
            return
        if number is None or number > len(claims):
            refuse(
                f"{article}: has {len(claims)} claims; pullquote evidence {found.id[:8]} lists them"
            )
        one = _given(reading, claims[number - 1], source, title, quote, settings, library)
        click.echo(_with_standing(one))
        stands = one.check is not None and one.check.standing.holds
    sys.exit(0 if stands else 1)


def _listed(reading: "Reading", claims: "Sequence[Claim]") -> Iterator[str]:
    for number, claim in enumerate(claims, 1):
        note = reading.verdict(claim)
        verdict = f"{note.verdict}  " if note and note.verdict else ""
        yield f"{number:4}  {verdict}{_short(joined(reading.article.text, claim.content))}"
        for one in note.evidence if note else ():
            yield f"      - {_with_standing(one)}"


def _with_standing(one: "Evidence") -> str:
    from pullquote.notes.evidence_lines import evidence_line

    return evidence_line(one)


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rpartition(' ')[0]} …"


def _given(
    reading: "Reading",
    claim: "Claim",
    source: str,
    title: str,
    quote: str,
    settings: Settings,
    library: "Library",
) -> "Evidence":
    """Add evidence to what is said of a claim, and check it; how it is then."""
    from pullquote.library.checking import NOWHERE, check, fetching, named
    from pullquote.library.evidence import Job
    from pullquote.notes.annotations import annotate

    one, path = named(library, source, title, quote)
    if one is None:
        refuse(f"{one_line(source)}: {NOWHERE}")
    before, article = reading.verdict(claim), reading.article
    span = claim.content[0][0], claim.content[-1][1]
    note = before or annotate(article.text, span)
    if not path:  # of a file only what was read of it says where it is
        _save(library, article.id, before, note, one)
    job = Job(article=article.id, note=note.id, evidence=one, path=path)
    with opening.shown(source) as watch:
        fetch = fetching(settings.max_bytes, watch)
        found = check(library, job, settings.original_limit, fetch).evidence
    if path and found.problem:
        refuse(f"{one_line(source)}: {found.problem}")
    if path:
        _save(library, article.id, before, note, found)
    return found


def _save(
    library: "Library",
    article: str,
    before: "Annotation | None",
    note: "Annotation",
    one: "Evidence",
) -> None:
    import msgspec

    from pullquote.notes.annotations import now

    more = note.with_evidence((*note.evidence, one))
    library.notes.act(article, [(before, msgspec.structs.replace(more, modified=now()))])


# --- checked again


def refresh_all(
    articles: "Sequence[str]", settings: Settings, library: "Library", as_json: bool
) -> bool:
    """Check the evidence of these articles again, or all; print a line each.

    Returns:
        Whether every source could be looked through.
    """
    jobs = list(library.evidence.jobs(articles))
    counts, told, is_there = Counter[str](), set[tuple[str, ...]](), True
    for work, job, found in _checked(jobs, settings, library):
        is_there = is_there and found.is_there
        name = (work, *job.evidence.key)
        if name in told:  # on another version of the article
            continue
        told.add(name)
        outcome = _outcome(job.evidence, found)
        counts[outcome.partition(":")[0]] += 1
        click.echo(_json_line(job, found, outcome) if as_json else _line(job, found, outcome))
    if not counts:
        tell("there is no evidence to check; l in the reader and pullquote evidence give some")
    elif counts.total() > 1:
        tell(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    return is_there


def _checked(
    jobs: "Sequence[tuple[str, Job]]", settings: Settings, library: "Library"
) -> "Iterator[tuple[str, Job, Checked]]":
    """What each check finds as it comes, several servers at a time."""
    from pullquote.feeds.side_by_side import side_by_side
    from pullquote.library.checking import check, fetching, source_of

    def server(one: "tuple[str, Job]") -> str:
        return urlsplit(source_of(library, one[1])).netloc.lower()

    def work(group: "list[tuple[str, Job]]") -> "Iterable[tuple[str, Job, Checked]]":
        fetch = _each_once(fetching(settings.max_bytes), [source_of(library, j) for _, j in group])
        for name, job in group:
            yield name, job, check(library, job, settings.original_limit, fetch)

    groups = [[*ones] for _, ones in groupby(sorted(jobs, key=server), key=server)]
    yield from side_by_side(work, groups, _SERVERS, time.monotonic() + _FOR_EVER)


def _each_once(fetch: "Fetch", sources: Sequence[str]) -> "Fetch":
    """Fetch each source once, and none of a server any more that asks to be left alone."""
    from pullquote.article import Unreadable
    from pullquote.article.original import Validators

    counted = Counter(sources)
    came: dict[str, object] = {}
    busy: list[Unreadable] = []

    def again(source: str, known: Validators) -> "object":
        if busy and source not in came:
            raise Unreadable(f"{one_line(source)}: not asked, since its server is busy")
        if source not in came:
            try:
                if counted[source] == 1:  # nobody asks for it again: it is not held
                    return fetch(source, known)
                came[source] = fetch(source, Validators())
            except Unreadable as error:
                came[source] = error
                if getattr(error, "wait", None) is not None:
                    busy.append(error)
        found = came[source]
        if isinstance(found, Unreadable):
            raise found
        return found

    return again  # type: ignore[return-value]


def _outcome(before: "Evidence", found: "Checked") -> str:
    """What became of evidence since it was checked last."""
    now, was = found.evidence.check, before.check
    if not found.is_there:
        known = "gone" if was else "not found"  # what never stood there has not gone
        return known if found.is_gone else "failed"
    assert now is not None
    if was is None:
        return f"checked: {now.standing.words}"
    if was.says_as(now):
        return f"as before: {now.standing.words}"
    return f"changed: {now.standing.words}"


def _line(job: "Job", found: "Checked", outcome: str) -> str:
    from pullquote.notes.evidence_lines import said_in, standing_line

    is_known = outcome.startswith(("as before", "checked"))
    cells = (
        job.article[:8],
        outcome,
        _short(said_in(found.evidence)),
        "" if is_known else f"({standing_line(found.evidence, digits=12)})",
    )
    return "  ".join(filter(None, cells))


def _json_line(job: "Job", found: "Checked", outcome: str) -> bytes:
    import msgspec

    row = {"outcome": outcome, "article": job.article, "note": job.note}
    return msgspec.json.encode(row | msgspec.to_builtins(found))


def is_hash(typed: str) -> bool:
    """Whether what is typed is a SHA-256, or more of it than an article's id has digits."""
    return re.fullmatch("[0-9a-f]{17,64}", typed) is not None
