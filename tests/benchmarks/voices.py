"""Actors joined across articles, against chains that people marked across articles (MEANTIME).

Pairs of actors in two articles that are one voice, of those pairs that were found and are marked.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from pullquote.analysis.pipeline import analyse
from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.store import Library
from pullquote.notes.voices import PERSON, class_of
from pullquote.text import Spans
from tests.conftest import SHARED


class Joined(NamedTuple):
    """An actor that was found, with what it is in truth, and its voice."""

    article: str
    kind: str
    truth: str
    voice: int


def meantime(folder: Path) -> dict[str, tuple[float, float, int]]:
    """Precision and recall of joins by class, and the number of pairs; none without the articles."""
    source = SHARED / "gold/meantime"
    if not source.is_dir():
        return {}
    gold = json.loads((source / "gold.json").read_bytes())
    found = list[Joined]()
    with Library.open(folder) as library:
        ids = {}
        for name in gold:
            text = (source / "text" / f"{name}.txt").read_bytes().decode()
            article = Article(text=text, title=name)
            ids[name] = article.id
            library.articles.save(article)
            library.findings.save(article.id, findings_of(name, text, folder))
        for name, marked in gold.items():
            findings = library.findings.of(article_id := ids[name], "measured")
            assert findings is not None
            found += _known(library, article_id, findings, marked["actors"])
    return {
        kind: scores([one for one in found if (one.kind == PERSON) == (kind == PERSON)])
        for kind in (PERSON, "body")
    }


def findings_of(name: str, text: str, folder: Path) -> Findings:
    """What the machine finds in a text."""
    import msgspec

    return msgspec.structs.replace(analyse(text), analyser="measured")


def _known(
    library: Library, article: str, findings: Findings, marked: list[dict[str, object]]
) -> Iterator[Joined]:
    for actor in findings.actors:
        voice = library.voices.of(article, actor.id)
        if not voice:
            continue
        for one in marked:
            names: Spans = tuple((s, e) for s, e in one["names"])  # type: ignore[misc,attr-defined]
            if set(names) & set(actor.mentions):
                truth = str(one["id"]).rsplit("_", 1)[-1]
                yield Joined(article, class_of(actor.kind), truth, voice)
                break


def scores(found: list[Joined]) -> tuple[float, float, int]:
    """Precision and recall over pairs in two articles, and how many pairs are one in truth."""
    by_truth, by_voice = defaultdict(list), defaultdict(list)
    for one in found:
        by_truth[one.truth].append(one)
        by_voice[one.voice].append(one)
    same, joined = (
        {
            frozenset((one, other))
            for ones in groups.values()
            for one, other in combinations(ones, 2)
            if one.article != other.article
        }
        for groups in (by_truth, by_voice)
    )
    right = len(same & joined)
    return right / max(1, len(joined)), right / max(1, len(same)), len(same)
