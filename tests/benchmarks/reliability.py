"""How often findings of a confidence are right: PolNeAR's dev split, by tenths of confidence.

An attribution is right where people marked the same content with the same source; a claim or a
warning of an attribution stands or falls with it; one without is right where it lies on any content
or cue that people marked.
"""

import json
from collections import defaultdict
from pathlib import Path

from pullquote.text import Spans, overlap
from pullquote.training.corpus import Article, Marked, read_split
from pullquote.training.score import right

KINDS = ("attributions", "claims", "warnings")


def curve(gold: Path, findings: Path) -> dict[str, list[tuple[float, float, int]]]:
    """For each kind of `findings`, as `analyze` writes them: confidence, share right, count."""
    articles = {article.name: article for article in read_split(gold)}
    scored: dict[str, list[tuple[float, bool]]] = {kind: [] for kind in KINDS}
    for line in findings.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        article = articles[record["doc"]]
        found = [
            Marked(*(_spans(one[role]) for role in ("source", "cue", "content")))
            for one in record["attributions"]
        ]
        marks = right(article, found)
        by_id = {one["id"]: mark for one, mark in zip(record["attributions"], marks, strict=True)}
        scored["attributions"] += [
            (one["confidence"], by_id[one["id"]]) for one in record["attributions"]
        ]
        for kind, field in (("claims", "content"), ("warnings", "span")):
            for one in record[kind]:
                stands = by_id.get(one["attribution"])
                ok = _touches(article, _spans(one[field])) if stands is None else stands
                scored[kind].append((one["confidence"], ok))
    return {kind: _bins(ones) for kind, ones in scored.items()}


def _spans(value: list[list[int]]) -> Spans:
    return tuple((start, end) for start, end in value)


def _touches(article: Article, spans: Spans) -> bool:
    marked = [span for one in article.attributions for span in (*one.content, *one.cue)]
    return any(overlap(span, other) for span in spans for other in marked)


def _bins(ones: list[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    rooms: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for one in ones:
        rooms[min(9, int(one[0] * 10))].append(one)
    return [
        (sum(c for c, _ in room) / len(room), sum(ok for _, ok in room) / len(room), len(room))
        for _, room in sorted(rooms.items())
    ]
