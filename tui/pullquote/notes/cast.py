"""Voices and their members, as lists, pages and files show them."""

import msgspec


class Voice(msgspec.Struct, frozen=True):
    """A voice as lists show it.

    Attributes:
        number: By which it is asked for; another one may have it after the index is made anew.
        kind: What most of its members are.
        name: What the reader calls it, else what most articles do.
        role: That the reader has given it; "" for none.
        link: A Wikidata id or an address that the reader has given it; "" for none.
        decided: Whether the reader has said anything of it.
        articles: In how many articles it is.
        said: How many quotes and claims are its.
    """

    number: int
    kind: str
    name: str
    role: str = ""
    link: str = ""
    decided: bool = False
    articles: int = 0
    said: int = 0


class Member(msgspec.Struct, frozen=True):
    """An actor of an article who has the voice.

    Attributes:
        article: The article's id.
        actor: The actor's id in it.
        name: What the article calls them.
        role: What it says they are; "" for nothing.
        affiliation: To whom it says they belong; "" for nobody.
        title: The article's.
        site: Where it appeared.
        date: When it appeared, else when it was added; ISO 8601.
    """

    article: str
    actor: str
    name: str
    role: str
    affiliation: str
    title: str
    site: str
    date: str
