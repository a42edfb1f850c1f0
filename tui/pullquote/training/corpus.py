"""PolNeAR: articles with attributions marked by people (Newell, Margolin & Ruths, LREC 2018)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pullquote.text import Spans


class WrongFiles(Exception):
    """The corpus or the base weights are not those that the figures were made with."""


class Marked(NamedTuple):
    """An attribution as an annotator marked it; any role may be empty."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its attributions. Offsets are half-open, in code points."""

    name: str
    text: str
    attributions: tuple[Marked, ...]


def fingerprint(files: Iterable[Path]) -> str:
    """SHA-256 over the names and bytes of `files`, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.name):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def checked(what: str, files: Iterable[Path], expected: str) -> str:
    """The fingerprint of `files`. Raises WrongFiles where it is not `expected`."""
    found = fingerprint(files)
    if found != expected:
        raise WrongFiles(
            f"{what}: its files are not the ones that this was written for (SHA-256 {found})"
        )
    return found


def read_split(folder: Path) -> list[Article]:
    """The articles of a split, which holds `text/*.txt` and `attributions/*.ann` (brat's standoff).

    Of several annotators' files for a text the first is taken, in the order of their names.
    """
    annotations: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem.rsplit("_", 1)[0], path)
    return [
        Article(path.stem, _read(path), _attributions(annotations[path.stem]))
        for path in sorted((folder / "text").glob("*.txt"))
        if path.stem in annotations
    ]


def split_files(folder: Path) -> list[Path]:
    """All files of a split, for its fingerprint."""
    return [*(folder / "text").glob("*.txt"), *(folder / "attributions").glob("*.ann")]


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")  # line ends as they are: offsets count them


def _attributions(path: Path) -> tuple[Marked, ...]:
    spans: dict[str, Spans] = {}
    events: list[str] = []
    for line in _read(path).split("\n"):
        head, _, rest = line.partition("\t")
        if head[:1] == "T" and head[1:].isdigit():
            where = rest.split("\t", 1)[0].split(" ", 1)[1]
            spans[head] = tuple(
                (int(a), int(b)) for a, b in (part.split() for part in where.split(";"))
            )
        elif head[:1] == "E" and head[1:].isdigit():
            events.append(rest)
    return tuple(_marked(event, spans) for event in events)


def _marked(event: str, spans: dict[str, Spans]) -> Marked:
    roles: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}
    for argument in event.split():
        name, _, target = argument.partition(":")
        role = name.rstrip("0123456789").lower()
        if role in roles:
            roles[role] += spans[target]
    return Marked(*(tuple(sorted(roles[role])) for role in ("source", "cue", "content")))
