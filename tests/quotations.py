"""Articles of one quotation each, for several tests."""

from pullquote.article import Article
from pullquote.findings import Actor, ActorKind, AttributionKind, Findings, Quote
from pullquote.library.store import Library

HERS = "Ada Quist"
GAZETTE, COURIER = "https://gazette.example/a", "https://courier.example/b"


def one_quotation(
    words: str,
    speaker: str = HERS,
    url: str = GAZETTE,
    published: str = "2016-05-02",
    title: str = "Bridge",
) -> tuple[Article, Findings]:
    """An article that quotes somebody, and what is found in it."""
    text = f"{words} {speaker} said to {url}."
    start = text.index(f"{speaker} said")
    quote = Quote(
        id="q1",
        attribution="t1",
        content=((0, len(words)),),
        kind=AttributionKind.DIRECT,
        speaker="a1",
    )
    kind = ActorKind.UNNAMED if speaker[:1].islower() else ActorKind.PERSON
    actor = Actor(id="a1", name=speaker, kind=kind, mentions=((start, start + len(speaker)),))
    article = Article(text=text, title=title, url=url, published=published)
    return article, Findings(analyser="a test", actors=(actor,), quotes=(quote,))


def add(library: Library, *about: str, **more: str) -> str:
    """Put such an article into a library; its id."""
    article, found = one_quotation(*about, **more)
    library.articles.save(article)
    library.findings.save(article.id, found)
    return article.id
