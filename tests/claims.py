"""Articles of several outlets that make the same claims, for the tests."""

from pullquote.article import Article
from pullquote.findings import (
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    Findings,
    Sourcing,
)
from pullquote.library.store import Library


def told(
    words: str,
    speaker: str = "",
    sourcing: Sourcing = Sourcing.NAMED,
    commitment: Commitment = Commitment.ASSERTED,
    site: str = "one.example",
    day: str = "2026-03-01",
) -> tuple[Article, Findings]:
    """An article of one claim, which somebody makes, or nobody with a name."""
    text = f"{words}, {speaker or 'sources'} said."
    article = Article(
        text=text, title=f"On {site}", site=site, url=f"https://{site}/{len(words)}", published=day
    )
    start = text.index(f"{speaker or 'sources'} said.", len(words))
    end = start + len(speaker or "sources")
    kind = ActorKind.PERSON if speaker else ActorKind.UNNAMED
    actor = Actor(id="a1", name=speaker or "sources", kind=kind, mentions=((start, end),))
    attribution = Attribution(
        id="t1",
        source=((start, end),),
        cue=((end + 1, end + 5),),
        content=((0, len(words)),),
        kind=AttributionKind.INDIRECT,
        speaker="a1",
    )
    claim = Claim(
        id="c1",
        content=((0, len(words)),),
        sourcing=sourcing,
        commitment=commitment,
        attribution="t1",
        speaker="a1",
        cue="said",
    )
    findings = Findings(
        analyser="a test", actors=(actor,), attributions=(attribution,), claims=(claim,)
    )
    return article, findings


def saved(library: Library, *articles: tuple[Article, Findings]) -> list[str]:
    """The ids of articles, which are then in the library."""
    for article, findings in articles:
        library.articles.save(article)
        library.findings.save(article.id, findings)
    return [article.id for article, _ in articles]


RAISED = told("The old harbour wall will be raised by two metres next spring", "Ada Quist")
AGAIN = told(
    "The harbour wall will be raised by three metres next spring",
    sourcing=Sourcing.ANONYMOUS,
    site="two.example",
    day="2026-03-02",
)
SAME = told(
    "“The old harbour wall will be raised by 2 metres next spring”",
    "Ada Quist",
    site="three.example",
    day="2026-03-02",
)
UNNAMED = told(
    "The old harbour wall will be raised by two metres next spring",
    sourcing=Sourcing.ANONYMOUS,
    site="five.example",
    day="2026-03-02",
)
DENIED = told(
    "The harbour wall will be raised by two metres next spring",
    "Ben Carr",
    commitment=Commitment.DENIED,
    site="four.example",
    day="2026-03-03",
)
OTHER = told("The town library opens on Sundays from the first of May on", "Ada Quist")
