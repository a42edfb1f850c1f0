"""A kind of finding: references to laws."""

import re
from collections.abc import Iterator

from pullquote.extra import Extra
from pullquote.extra_kinds import Examined, ExtraKind

_LAW = re.compile(r"\b(Article|Section|Chapter) (\d+)\b")


def find(article: Examined) -> Iterator[Extra]:
    """Each reference, with whoever says it where it stands in a quote."""
    for match in _LAW.finditer(article.text):
        start, end = match.span()
        said = (
            quote.speaker
            for quote in article.findings.quotes
            if any(first <= start and end <= last for first, last in quote.content)
        )
        yield Extra(
            kind="law",
            span=((start, end),),
            label=match[1].lower(),
            note=f"number {match[2]}",
            speaker=next(said, None),
        )


KIND = ExtraKind(
    name="law",
    plural="laws",
    glyph="§",
    description="a reference to a law by its number",
    find=find,
)
