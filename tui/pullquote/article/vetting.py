"""An article out of a file that anybody may have written, fit to be shown."""

from typing import Any

import msgspec

from pullquote.article import Article
from pullquote.text import Span, clean, is_on_the_web, one_line


def vetted(article: Article) -> Article:
    """An article with its text and metadata cleaned, and no heading or part outside of it."""
    text = clean(article.text)
    fields = msgspec.structs.asdict(article)
    about: dict[str, Any] = {
        name: one_line(value) for name, value in fields.items() if isinstance(value, str)
    }
    about["url"] = about["url"] if is_on_the_web(about["url"]) else ""
    headings = tuple(span for span in article.headings if _is_in(text, span))
    parts = tuple(
        msgspec.structs.replace(part, by=one_line(part.by), label=one_line(part.label))
        for part in article.parts
        if _is_in(text, part.span)
    )
    return msgspec.structs.replace(
        article, **about | {"text": text, "headings": headings, "parts": parts}
    )


def _is_in(text: str, span: Span) -> bool:
    start, end = span
    return 0 <= start < end <= len(text)
