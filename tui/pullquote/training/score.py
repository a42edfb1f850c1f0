"""How good attributions are against people's: contents matched one to one, by source.

Contents are sets of word characters; two match if they share half of what both cover, the best
first (the measure of the project's benchmark, after Pareti et al. 2013 and Johansson & Moschitti
2013).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pullquote.analysis.attributions import kind
from pullquote.analysis.quotations import quotations
from pullquote.text import Spans, paragraphs
from pullquote.training.corpus import Article, Marked

_WORD = re.compile(r"\w+")
_MATCH = 0.5
KINDS = ("all", "direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class _Item:
    source: frozenset[int]
    content: frozenset[int]
    kind: str


def _characters(text: str, spans: Spans) -> frozenset[int]:
    return frozenset(
        i for span in spans for word in _WORD.finditer(text, *span) for i in range(*word.span())
    )


def _items(article: Article, ones: Iterable[Marked]) -> list[_Item]:
    text = article.text
    marked = [quotation.span for span in paragraphs(text) for quotation in quotations(text, span)]
    items = []
    for one in ones:
        near = [
            span
            for span in marked
            if any(span[0] < end and start < span[1] for start, end in one.content)
        ]
        items.append(
            _Item(
                _characters(text, one.source),
                _characters(text, one.content),
                kind(text, one.content, near),
            )
        )
    return items


def _pairs(gold: Sequence[_Item], found: Sequence[_Item]) -> list[tuple[int, int]]:
    scored = []
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            shared = len(one.content & other.content)
            if shared and (share := shared / len(one.content | other.content)) >= _MATCH:
                scored.append((-share, g, f))
    pairs: list[tuple[int, int]] = []
    for _, g, f in sorted(scored):
        if all(g != one and f != other for one, other in pairs):
            pairs.append((g, f))
    return pairs


def _source_agrees(one: _Item, other: _Item) -> bool:
    return bool(one.source & other.source) or not (one.source or other.source)


def right(article: Article, found: Sequence[Marked]) -> list[bool]:
    """For each attribution found, whether people marked it too, with the same source."""
    gold, items = _items(article, article.attributions), _items(article, found)
    matched = {f for g, f in _pairs(gold, items) if _source_agrees(gold[g], items[f])}
    return [number in matched for number in range(len(items))]


def figures(
    articles: Sequence[Article], found: Sequence[Sequence[Marked]]
) -> dict[str, dict[str, float]]:
    """By kind: `attrib` (F1 of contents with the right source), `exact` (of contents), `source`."""
    counts: Counter[tuple[str, str]] = Counter()
    for article, ones in zip(articles, found, strict=True):
        gold = [item for item in _items(article, article.attributions) if item.content]
        items = [item for item in _items(article, ones) if item.content]
        _count(counts, "gold", gold)
        _count(counts, "found", items)
        for g, f in _pairs(gold, items):
            one, other = gold[g], items[f]
            holds = {
                "matched": True,
                "right": _source_agrees(one, other),
                "exact": one.content == other.content,
            }
            for what in (what for what, is_so in holds.items() if is_so):
                _count(counts, f"{what} gold", [one])
                _count(counts, f"{what} found", [other])
    return {name: _figures(counts, name) for name in KINDS}


def _count(counts: Counter[tuple[str, str]], what: str, items: Iterable[_Item]) -> None:
    """Count each item, among all and among those of its kind."""
    for item in items:
        counts.update({("all", what): 1, (item.kind, what): 1})


def _figures(counts: Counter[tuple[str, str]], name: str) -> dict[str, float]:
    matched = max(1, counts[name, "matched gold"])
    return {
        "attrib": round(_f1(counts, name, "right"), 4),
        "exact": round(_f1(counts, name, "exact"), 4),
        "source": round(counts[name, "right gold"] / matched, 4),
    }


def _f1(counts: Counter[tuple[str, str]], name: str, what: str) -> float:
    precision = counts[name, f"{what} found"] / max(1, counts[name, "found"])
    recall = counts[name, f"{what} gold"] / max(1, counts[name, "gold"])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
