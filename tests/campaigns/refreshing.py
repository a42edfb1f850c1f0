"""A day of a site that changes, with `pullquote refresh --all` killed at moments of chance.

After each kill the library must be whole: every version has its original, byte for byte what was
served at some time, and nothing that was printed is lost. Once a refresh ends by itself, the newest
version of each article is what is served, every note of the first version is on it exactly once,
and the next refresh finds nothing new.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pullquote.cli import opening
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate
from pullquote.settings import Settings
from tests.article.site import PARAGRAPHS, Site, page, served
from tests.campaigns import Tally

_ARTICLES = 12
_HOURS = 8
_KILLS = 4  # an hour
_LONGEST = 2.5  # seconds until a kill


def run(rounds: int) -> Iterator[Tally]:
    """A day for each of `rounds`."""
    chance = random.Random(rounds)
    tally = Tally("a site's day, refresh killed -9")
    changed = 0
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name, served() as site:
            folder, seen = Path(name), set[bytes]()
            _begun(folder, site, seen)
            for hour in range(_HOURS):
                changed += _changed(site, hour, chance, seen)
                for _ in range(_KILLS):
                    printed = _killed(folder, chance.uniform(0.3, _LONGEST))
                    tally.attempt(_whole(folder, seen, printed))
                tally.attempt(_settled(folder, site))
    tally.remark = f"{changed} changes of {_ARTICLES} articles"
    yield tally


def _words(number: int, hour: int) -> tuple[str, ...]:
    return (*PARAGRAPHS, f"This is story {number}, as it was at {hour} o'clock on that day.")


def _begun(folder: Path, site: Site, seen: set[bytes]) -> None:
    """Read the articles and put two notes on each."""
    with Library.open(folder) as library:
        for number in range(_ARTICLES):
            site.pages[f"/news/{number}"] = page(f"Story {number}", _words(number, 0))
            seen.add(site.pages[f"/news/{number}"])
            article = opening.article(f"{site.address}/news/{number}", Settings(), library)
            for word in ("Miller", "grain"):
                at = article.text.index(word)
                note = annotate(article.text, (at, at + len(word)), comment=word)
                library.notes.add(article.id, note)


def _changed(site: Site, hour: int, chance: random.Random, seen: set[bytes]) -> int:
    """Some articles have new words, some only a new advertisement; how many have new words."""
    site.with_etag = hour % 2 == 0
    changed = chance.sample(range(_ARTICLES), _ARTICLES // 2)
    for number in range(_ARTICLES):
        now = hour + 1 if number in changed else 0
        body = page(f"Story {number}", _words(number, now), beside=f"advertisement {hour}")
        site.pages[f"/news/{number}"] = body
        seen.add(body)
    return len(changed)


def _command(folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "pullquote.cli", "refresh", "--all", "--json", "--data", folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"NO_PROXY": "*", "PULLQUOTE_CONFIG": str(folder / "none.toml")},
    )


def _killed(folder: Path, after: float) -> list[str]:
    """Start a refresh and kill it; the lines that it printed in full."""
    process = _command(folder)
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGKILL)
    out, _ = process.communicate()
    return out.splitlines()[: out.count("\n")]


def _whole(folder: Path, seen: set[bytes], printed: list[str]) -> str | None:
    """What is wrong with the library after a kill, if anything is."""
    with Library.open(folder) as library:
        if missing := [line for line in printed if not _is_there(library, json.loads(line))]:
            return f"{len(missing)} printed, but not there"
        for entry in library.articles.entries():
            original = library.originals.of(entry.id)
            if original is None or original.data not in seen:
                return f"{entry.id}: a version without its original"
        if len(library.originals.known()) != _ARTICLES:
            return f"{len(library.originals.known())} works"
        return "; ".join(library.damaged) or None


def _is_there(library: Library, printed: dict[str, str]) -> bool:
    return library.articles.get(printed["article"]) is not None


def _settled(folder: Path, site: Site) -> str | None:
    """What is wrong once a refresh has ended by itself, if anything is."""
    for is_last in (False, True):
        process = _command(folder)
        out, said = process.communicate(timeout=300)
        if process.returncode != 0:
            return f"status {process.returncode}: {said[-200:]}"
        results = [json.loads(line) for line in out.splitlines()]
        if len(results) != _ARTICLES or (
            is_last and any(one["outcome"] != "unchanged" for one in results)
        ):
            return f"not settled: {[one['outcome'] for one in results]}"
    with Library.open(folder) as library:
        return next(filter(None, (_wrong_with(library, one, site.pages) for one in results)), None)


def _wrong_with(library: Library, result: dict[str, str], pages: dict[str, bytes]) -> str | None:
    served_now = pages["/" + result["source"].split("/", 3)[3]].decode()
    article = library.articles.get(result["article"])
    if article is None or article.text.splitlines()[-1] not in served_now:
        return f"{result['source']}: the newest version is not what is served"
    comments = sorted(note.comment for note in library.notes.of(article.id))
    return None if comments == ["Miller", "grain"] else f"{article.id}: notes {comments}"
