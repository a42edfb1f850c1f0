"""Languages by their names, and what is said of an article in another one than English."""

from pullquote.findings import ENGLISH, Findings

INSIST = "Press I to analyse it as English."


def name(language: str) -> str:
    """The English name of a language, "French" for "fr"; its ISO 639 code, where none is known."""
    from babel import Locale  # most articles need none

    known: str = Locale("en").languages.get(language, language)
    return known


def needs_analysis(found: Findings | None, language: str) -> bool:
    """Whether there are no findings, or not of all that is to be analysed as `language`."""
    return found is None or bool(language and found.foreign)


def remark(found: Findings | None) -> str:
    """What is not analysed, as a sentence without its stop: "In French: not analysed"; else ""."""
    if found is None or not found.foreign:
        return ""
    names = " and ".join(name(one.language) for one in found.foreign)
    if found.language != ENGLISH and not found.attributions:
        return f"In {names}: not analysed"
    return f"Partly in {names}: not analysed there"
