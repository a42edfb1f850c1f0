"""Put right what is known about the article: its title, byline, site, address, date, language."""

from collections.abc import Callable, Mapping

import msgspec

from pullquote.article import Article
from pullquote.library.fields import WORDS
from pullquote.library.store import Library, LibraryError
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.guarded import Failed, Guarded
from pullquote.reader.questions import PutRight
from pullquote.reader.session import Session


async def edit(session: Session, ask: Ask) -> str | None:
    """Put the metadata of this article right, in a form."""
    identity = session.reading.article.id

    def show(article: Article, done: str) -> None:
        session.reading = msgspec.structs.replace(session.reading, article=article)
        session.done = session.said = done
        session.changed()

    question = await asked(session.library, identity, show)
    if question is not None:
        await ask(question)
    return None


async def asked(
    library: Guarded, article: str, show: Callable[[Article, str], None]
) -> PutRight | None:
    """The form for an article of the library; None where it cannot be read, which is told.

    Args:
        library: Has the article.
        article: Its id.
        show: Called with the article as it was put right, and with what was done.
    """
    known = await library(lambda opened: opened.metadata.of(article))
    if isinstance(known, Failed):
        return None

    async def save(values: Mapping[str, str]) -> str:
        saved = await library(_edited, article, values)
        if isinstance(saved, Failed):
            return saved.why
        words = ", ".join(WORDS[name] for name in values)
        show(saved, f"put right: {words} · u undoes it" if values else "nothing was changed")
        return ""

    return PutRight(known, save)


def _edited(library: Library, article: str, values: Mapping[str, str]) -> Article:
    library.metadata.edit(article, values)
    found = library.articles.get(article)
    if found is None:
        raise LibraryError("the article is not in the library any more")
    return found


ASKING: dict[str, AskingAct] = {"metadata": edit}
