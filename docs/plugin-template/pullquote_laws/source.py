"""A form of source: messages of a news agency.

The first line is `WIRE` with the day, the second the headline, the rest the text.
"""

from pullquote import Article, Unreadable
from pullquote.article.forms import Raw, SourceForm
from pullquote.text import clean, one_line


def read(raw: Raw, name: str) -> Article:
    """The message as an article; `name` is what messages call the source."""
    lines = raw.data.decode("utf-8", "replace").split("\n", 2)
    if len(lines) < 3:
        raise Unreadable(f"{name}: is cut off after its headline; get the message again")
    head, title, text = lines
    return Article(
        text=clean(text),
        title=one_line(title),
        published=one_line(head.removeprefix("WIRE")),
        site="Wire",
    )


FORM = SourceForm(
    name="wire",
    suffixes=(".wire",),
    content_types=("text/x-wire",),
    read=read,
    sniff=lambda data: data.startswith(b"WIRE "),
)
