"""Plain text, taken as it stands."""

from pathlib import Path

from pullquote.article import Article
from pullquote.article.decoding import decoded
from pullquote.article.forms import Raw, SourceForm
from pullquote.text import clean, one_line


def _read(raw: Raw, name: str) -> Article:
    return Article(
        text=clean(decoded(raw.data, raw.charset, name)),
        title="" if raw.source == "-" else one_line(Path(raw.source).stem),
    )


TEXT = SourceForm(
    name="text", suffixes=("", ".txt", ".text"), content_types=("text/plain",), read=_read
)
