"""Who says something that a passive reports: "it was denied, said to be late, … by Ann Cole"."""

from __future__ import annotations

import re
from functools import cache

from pullquote.analysis.appositions import name_beside
from pullquote.analysis.lexicon import any_of, lexicon
from pullquote.analysis.mentions import Index
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.sources import NAMED, Found
from pullquote.findings import Attribution


@cache
def agent() -> re.Pattern[str]:
    """What stands before who does it, behind a passive: "by"."""
    return re.compile(rf"[,\s]{{0,3}}(?:{any_of(lexicon('words')['agents'])})\s")


_STOP = re.compile(r"[.,;](?=\s|$)|\n")  # where the phrase that names an agent ends
_BEHIND = 60  # characters in which an agent is named


def agent_of(parsed: Parsed, index: Index, attribution: Attribution) -> Found | None:
    """Who is named behind "by" at the end of an attribution without a source.

    A person beside a role goes before whose role it is: "by Harbour Party MP Ann Cole".
    """
    end = max(one[1] for one in (*attribution.cue, *attribution.content))
    by = agent().match(parsed.text, end)
    if by is None:
        return None
    named = [one for one in index.mentions((by.end(), by.end() + _BEHIND)) if one[0][0] >= end]
    stop = _STOP.search(parsed.text, by.end(), by.end() + _BEHIND)
    phrase = (by.end(), stop.start() if stop else min(by.end() + _BEHIND, len(parsed.text)))
    person = name_beside(parsed, index.mentions, phrase)
    for span, draft in sorted(named, key=lambda one: (one[1] is not person, one[0])):
        if draft.kind in NAMED and parsed.text.find(".", by.end(), span[0]) < 0:
            return Found(draft, "agent", 0.9)
    return None
