"""The commands about what articles were read from: original and refresh."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from io import BytesIO
from itertools import groupby
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

import click

from pullquote.cli import completing, ids, opening
from pullquote.cli.evidence import is_hash
from pullquote.cli.opening import data_option, one_line_errors, refuse, tell
from pullquote.cli.output import json_option
from pullquote.errors import installing
from pullquote.files import replacing
from pullquote.settings import Settings, expanded
from pullquote.text import one_line

if TYPE_CHECKING:
    from pullquote.article.original import Original
    from pullquote.library.originals import Known
    from pullquote.library.refreshing import Refreshed
    from pullquote.library.store import Library

_SERVERS = 8  # asked at a time, each for one page after the other


@click.command("original")
@click.argument("identity", metavar="ID", shell_complete=completing.ids)
@click.option(
    "--format",
    "form",
    type=click.Choice(["bytes", "warc", "about"]),
    default="bytes",
    show_default=True,
    help="The bytes as they are, a WARC file, or what is known of them as text.",
)
@click.option("--output", type=click.Path(), help="Write to this file instead of standard output.")
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@data_option
def original(identity: str, form: str, output: str | None, force: bool, data: str | None) -> None:
    """Write the page or file as it was: an article's, or evidence.

    ID is an article's, or the SHA-256 that stands beside a piece of evidence.

    The bytes are those that the server sent, uncompressed. --format about shows when and where they
    came from, their SHA-256, and what the server said. A WARC file is compressed if its name ends
    in .gz.
    """
    from pullquote.library.refreshing import NOT_KEPT

    with one_line_errors():
        library = opening.library(data, make=False)
        found = (
            _of_evidence(identity, library)
            if is_hash(identity) or _begins_a_hash(identity, library)
            else library.originals.of(ids.identified(identity, library))
        )
        if found is None or (found.data is None and form != "about"):
            refuse(f"{identity}: {NOT_KEPT}; pullquote refresh {identity} fetches it again")
        content = _written(found, form, output or "")
        if output is None or output == "-":
            click.echo(content, nl=False)
            return
        path = expanded(output)
        if path.exists() and not force:
            refuse(f"{output}: exists already; --force overwrites it")
        with replacing(path) as out:
            out.write(content)
        tell(f"wrote {path}")


def _begins_a_hash(typed: str, library: "Library") -> bool:
    """Whether evidence has it, as its hash is shown in the reader, and no article."""
    if not re.fullmatch("[0-9a-f]{8,16}", typed) or library.articles.find(typed):
        return False
    return bool(library.evidence.hashes(typed))


def _of_evidence(prefix: str, library: "Library") -> "Original":
    """What was fetched as evidence, by its SHA-256; the command ends where it is not there."""
    hashes = library.evidence.hashes(prefix)
    found = library.evidence.of(hashes[0]) if len(hashes) == 1 else None
    if found is None:
        refuse(
            f"{prefix}: nothing of that SHA-256 is kept as evidence; pullquote evidence lists it"
        )
    if found.data is None:
        refuse(
            f"{prefix}: its bytes are not kept: that was off in the settings, or it was too large"
        )
    return found


def _written(found: "Original", form: str, output: str) -> bytes:
    """An original in the format asked for."""
    if form == "bytes":
        return found.data or b""
    if form == "about":
        return _about(found).encode()
    from pullquote.article.archiving import write_warc

    out = BytesIO()
    try:
        write_warc(found, out, output.endswith(".gz"))
    except ImportError:
        refuse(f"WARC needs warcio; {installing('warc')} installs it")
    return out.getvalue()


def _about(found: "Original") -> str:
    rows = (
        ("source", found.source),
        ("address", found.url),
        ("retrieved", found.retrieved),
        ("read as", found.form),
        ("size", f"{found.size:,} bytes"),
        ("SHA-256", found.sha256),
        ("kept", "yes" if found.data is not None else "no"),
        ("status", str(found.status or "")),
        *found.headers,
    )
    return "".join(f"{name}: {one_line(value)}\n" for name, value in rows if value)


@click.command("refresh")
@click.argument("identities", nargs=-1, metavar="[ID]…", shell_complete=completing.ids)
@click.option("--all", "everything", is_flag=True, help="All articles that came from the web.")
@click.option(
    "--from-original",
    is_flag=True,
    help="Fetch nothing: read the kept originals anew, after an update of pullquote.",
)
@click.option(
    "--evidence",
    "of_evidence",
    is_flag=True,
    help="Check what verdicts rest on instead: of the articles named, or all.",
)
@json_option
@data_option
def refresh(
    identities: tuple[str, ...],
    everything: bool,
    from_original: bool,
    of_evidence: bool,
    as_json: bool,
    data: str | None,
) -> None:
    """Fetch articles again, and keep new versions of what changed.

    One line each: unchanged, changed (with how many words), changed back, gone, or failed with the
    reason. Notes are carried over to the new version; D in the reader and pullquote diff show what
    changed. An article that was read from a file is read from it again. The exit status is 1 if
    one is gone or failed.

    --evidence fetches the sources of the evidence for verdicts again, and says of each quotation
    whether it is as before, and what has changed since; what it rested on before stays kept.
    """
    if of_evidence:
        _check_evidence(identities, as_json, data)
    if bool(identities) == everything:
        raise click.UsageError("name the articles to refresh, or --all")
    with one_line_errors(), _stopped_in_words():
        settings, library = opening.settings(), opening.library(data, make=False)
        chosen = _chosen(identities, library)
        results = (
            _read_anew(chosen, library) if from_original else _refreshed(chosen, settings, library)
        )
        counts = Counter[str]()
        failed = False
        for result in results:
            click.echo(_json_line(result) if as_json else _line(result))
            counts[result.outcome] += 1
            failed = failed or not result.is_there
        if not counts:
            tell("no article came from the web; nothing to refresh")
        if len(chosen) > 1:
            tell(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    sys.exit(1 if failed else 0)


def _check_evidence(identities: tuple[str, ...], as_json: bool, data: str | None) -> NoReturn:
    from pullquote.cli.evidence import refresh_all

    with one_line_errors(), _stopped_in_words():
        settings, library = opening.settings(), opening.library(data, make=False)
        articles = [ids.identified(one, library) for one in identities]
        is_there = refresh_all(articles, settings, library, as_json)
    sys.exit(0 if is_there else 1)


@contextmanager
def _stopped_in_words() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        tell("stopped; what was fetched so far is kept")
        sys.exit(opening.INTERRUPTED)


def _chosen(identities: Sequence[str], library: "Library") -> list["Known"]:
    """The sources to refresh, each once: those of the articles named, or all on the web."""
    if not identities:
        return [one for one in library.originals.known() if one.is_on_the_web]
    found = {}
    for given in identities:
        identity = ids.identified(given, library)
        for known in library.originals.known(identity):
            found[known.article] = known
    return list(found.values())


def _read_anew(chosen: Sequence["Known"], library: "Library") -> Iterator["Refreshed"]:
    from pullquote.library.refreshing import read_anew

    return (read_anew(library, one) for one in chosen)


def _refreshed(
    chosen: Sequence["Known"], settings: Settings, library: "Library"
) -> Iterator["Refreshed"]:
    """Refresh sources, several servers at a time; each result as it comes."""
    from pullquote.library.refreshing import refresh

    again = partial(refresh, library, limit=settings.max_bytes, kept=settings.original_limit)
    if len(chosen) == 1:
        with opening.shown(chosen[0].source) as watch:
            result = again(chosen[0], watch=watch)
        yield result
        return
    done = SimpleQueue["Refreshed | Exception"]()
    servers = SimpleQueue[list["Known"]]()
    for _, group in groupby(sorted(chosen, key=_server), key=_server):
        servers.put(list(group))
    for _ in range(_SERVERS):
        Thread(target=_work, args=(again, servers, done), daemon=True).start()
    for _ in chosen:
        outcome = done.get()
        if isinstance(outcome, Exception):
            raise outcome
        yield outcome


def _server(known: "Known") -> str:
    return urlsplit(known.source).netloc.lower() if known.is_on_the_web else ""


def _work(
    again: "Callable[[Known], Refreshed]",
    servers: "SimpleQueue[list[Known]]",
    done: "SimpleQueue[Refreshed | Exception]",
) -> None:
    """Ask one server after the other, each for all that is wanted of it."""
    with suppress(Empty):
        while True:
            for result in _of_one_server(again, servers.get_nowait()):
                done.put(result)


def _of_one_server(
    again: "Callable[[Known], Refreshed]", wanted: "Sequence[Known]"
) -> "Iterator[Refreshed | Exception]":
    """One page after the other; a server that asks to be left alone is."""
    from pullquote.library.refreshing import Outcome, Refreshed

    busy = None
    for known in wanted:
        if busy is None:
            try:
                result = again(known)
            except Exception as error:  # raised where the results are waited for
                yield error
                return
            busy = result if result.wait is not None else None
            yield result
        else:
            yield Refreshed(
                Outcome.FAILED,
                known.article,
                known.title,
                known.source,
                problem=f"{one_line(known.source)}: not asked, since its server is busy",
            )


def _line(result: "Refreshed") -> str:
    words = f": {result.words:,} word{'s' * (result.words != 1)}" if result.words else ""
    cells = (
        result.article[:8],
        f"{result.outcome}{words}",
        one_line(result.title or result.source),
        result.notes,
        f"({result.problem})" if result.problem else "",
    )
    return "  ".join(filter(None, cells))


def _json_line(result: "Refreshed") -> bytes:
    import msgspec

    return msgspec.json.encode(result)
