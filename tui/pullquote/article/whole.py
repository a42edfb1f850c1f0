"""All that can be read in a source, also what is no article in it.

A page of figures, a list, a comment below an article may be what somebody quotes. So what the
article leaves out of a page comes after it, and of a book or a mailbox every member.
"""

from collections.abc import Iterator
from contextlib import suppress

from pullquote.article import Article, Unreadable
from pullquote.article.decoding import declared_in, decoded
from pullquote.article.forms import Raw
from pullquote.article.html import HTML, from_document
from pullquote.article.source import extract, members
from pullquote.text import one_line


def whole(raw: Raw) -> Iterator[Article]:
    """The articles in a source, then all words of a page; each is made when it is asked for.

    Raises:
        Unreadable: There is not a word to read in it.
    """
    found, problem = False, Unreadable(f"{one_line(raw.source)}: contains no words")
    for member in members(raw):
        try:
            article = extract(member.raw)
        except Unreadable as error:
            problem = error
        else:
            found = True
            yield article
    if raw.form is HTML:
        name = one_line(raw.source)
        with suppress(Unreadable):
            page = from_document(
                decoded(raw.data, raw.charset or declared_in(raw.data), name), name
            )
            if page.text:
                found = True
                yield page
    if not found:
        raise problem
