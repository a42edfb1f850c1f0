"""The title and author that a document's properties give, less what programs write there."""

import re

from pullquote.text import one_line

# For an author who has not said who they are.
_NOBODY = re.compile(
    r"python-docx|microsoft office user|windows user|user|admin|administrator|unknown|author|owner"
    r"|anonymous|\W*",
    re.I,
)
# For a document without a title: what made it, or the name of its file.
_UNTITLED = re.compile(
    r"untitled.*|microsoft (?:word|powerpoint|excel).*|word document|document ?\d*|print"
    r"|\S+\.(?:docx?|odt|rtf|indd|pdf|tex|dvi|html?|qxd|pages|pptx?|xlsx?)|\W*",
    re.I,
)


def title(given: str | None) -> str:
    """The title; "" if it is none."""
    said = one_line(given or "")
    return "" if _UNTITLED.fullmatch(said) else said


def byline(given: str | None) -> str:
    """The authors, with commas between them; "" if nobody is named."""
    said = one_line(given or "")
    return "" if _NOBODY.fullmatch(said) else said.replace(";", ",")
