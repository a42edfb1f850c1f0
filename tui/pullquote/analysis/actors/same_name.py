"""Actors that have lost their name to another of the same name are that other.

Where "the Democrats" was found twice, as a party and as a group, and the one has all the mentions
by name, what is left of the other are pronouns: "they", "their". Near misses: "a man" and "a man",
who are each mentioned so, "Mr Cole" and "Mrs Cole".
"""

from pullquote.analysis.drafts import Draft
from pullquote.analysis.mentions import Index, leading_articles
from pullquote.analysis.sources import Found
from pullquote.analysis.turns import genders
from pullquote.text import one_line


def join_same_names(text: str, index: Index, speakers: dict[int, Found]) -> dict[int, Found]:
    """Join such actors; the speakers, each the actor that is left."""
    bearers: dict[str, Draft] = {}
    nameless: list[Draft] = []
    for draft in index.drafts:
        key = _key(draft.name)
        words = {_key(one_line(text[slice(*span)])) for span in draft.mentions}
        if key in words:
            bearers.setdefault(key, draft)
        elif words <= genders().keys():
            nameless.append(draft)
    into = {one: bearers[_key(one.name)] for one in nameless if _key(one.name) in bearers}
    for one, bearer in into.items():
        bearer.mentions |= one.mentions
    index.drafts[:] = [draft for draft in index.drafts if draft not in into]
    left = ((number, one, into.get(one.draft, one.draft)) for number, one in speakers.items())
    return {number: one._replace(draft=draft) for number, one, draft in left}


def _key(name: str) -> str:
    return leading_articles().sub("", name.lower())
