"""Plain text, taken as it stands, but for words divided by line ends, and running heads of pages.

It is titled by its headline, else by its file's name. A mail that was copied is read as one.
"""

from pathlib import Path

from pullquote.article import Article
from pullquote.article.decoding import decoded
from pullquote.article.forms import Raw, SourceForm
from pullquote.article.headline import headline
from pullquote.article.line_ends import whole_words
from pullquote.article.replies import header
from pullquote.text import clean, one_line


def _read(raw: Raw, name: str) -> Article:
    text = decoded(raw.data, raw.charset, name)
    if "\f" in text:
        from pullquote.article.printed_pages import without_running_heads

        text = without_running_heads(text)
    text = clean(text)
    if header(text):
        from pullquote.article.mail import from_mail

        return from_mail(text.encode(), name)
    text = whole_words(text)
    place = headline(text)
    if place:
        return Article(text=text, title=one_line(text[slice(*place)]), headings=(place,))
    return Article(text=text, title="" if raw.source == "-" else one_line(Path(raw.source).stem))


TEXT = SourceForm(
    name="text", suffixes=("", ".txt", ".text"), content_types=("text/plain",), read=_read
)
