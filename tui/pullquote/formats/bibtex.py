r"""Where articles can be cited from, for LaTeX: BibTeX in biblatex's dialect, as biber reads it.

An article is what its CSL item is. Text is in UTF-8; of ASCII, all that TeX would obey is written
as a command, braces as `\textbraceleft{}`, since BibTeX counts braces even behind a backslash.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from pullquote.formats.bylines import Name
from pullquote.formats.csl import Date, Item, items
from pullquote.formats.form import Format, Purpose
from pullquote.notes.reading import Reading
from pullquote.settings import Settings

_ENTRY = {"article-newspaper": "article", "webpage": "online", "document": "misc"}
_SUBTYPE = {"article-newspaper": "newspaper"}  # without it, styles take an @article for a journal's
# What babel, and so biblatex, calls a language.
_BABEL = {
    "ar": "arabic", "be": "belarusian", "bg": "bulgarian", "ca": "catalan", "cs": "czech",
    "cy": "welsh", "da": "danish", "de": "ngerman", "de-AT": "naustrian", "de-CH": "nswissgerman",
    "el": "greek", "en": "english", "en-AU": "australian", "en-CA": "canadian",
    "en-GB": "british", "en-NZ": "newzealand", "en-US": "american", "es": "spanish",
    "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french",
    "fr-CA": "canadien", "ga": "irish", "gl": "galician", "he": "hebrew", "hr": "croatian",
    "hu": "magyar", "hy": "armenian", "id": "indonesian", "is": "icelandic", "it": "italian",
    "ja": "japanese", "ka": "georgian", "ko": "korean", "lt": "lithuanian", "lv": "latvian",
    "mk": "macedonian", "nb": "norsk", "nl": "dutch", "nn": "nynorsk", "no": "norsk",
    "pl": "polish", "pt": "portuguese", "pt-BR": "brazilian", "ro": "romanian", "ru": "russian",
    "sk": "slovak", "sl": "slovene", "sr": "serbian", "sv": "swedish", "th": "thai",
    "tr": "turkish", "uk": "ukrainian", "vi": "vietnamese", "zh": "chinese",
}  # fmt: skip
_COMMANDS = {
    **{sign: f"\\{sign}" for sign in "&%_#$"},
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
_VERBATIM = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '{}\\"<>')


def bibtex(readings: Iterable[Reading], settings: Settings) -> Iterator[str]:
    """The articles as BibTeX entries, each once: @article for a paper, @online, or @misc."""
    between = ""
    for item in items(readings):
        yield between + _entry(item)
        between = "\n"


def _entry(item: Item) -> str:
    fields = {
        "entrysubtype": _SUBTYPE.get(item.type, ""),
        "author": " and ".join(map(_name, item.author)),
        "title": f"{{{escaped(item.title)}}}"
        if item.title
        else "",  # a headline's capitals are not the style's to change
        "journaltitle" if item.type == "article-newspaper" else "organization": escaped(
            item.container_title
        ),
        **_dated("date", "year", item.issued),
        # read verbatim: nothing is escaped, braces are percent-encoded
        "url": quote(item.url, safe=_VERBATIM),
        **_dated("urldate", "note", item.accessed),
        **_in_language(item.language),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{_ENTRY[item.type]}{{{item.id},\n{''.join(lines)}}}\n"


def escaped(text: str) -> str:
    """`text` so that TeX sets it as it stands."""
    return re.sub(r"[&%_#$~^{}\\]", lambda match: _COMMANDS[match[0]], text)


def _name(name: Name) -> str:
    if not name.family:
        return f"{{{escaped(name.literal)}}}"
    return ", ".join(map(escaped, filter(None, (name.family, name.suffix, name.given))))


def _in_language(language: str) -> dict[str, str]:
    """The field for an article's language: as babel calls it, or else as it is."""
    known = _BABEL.get(language) or _BABEL.get(language.partition("-")[0])
    return {"langid": known} if known else {"language": language}


def _dated(field: str, otherwise: str, when: Date | None) -> dict[str, str]:
    """A field for a date in ISO 8601; what is no date goes into one that takes any text."""
    if when is None:
        return {}
    if not when.date_parts:
        return {otherwise: escaped(when.literal)}
    return {field: "-".join(f"{part:02}" for part in when.date_parts[0])}


FORMAT = Format(
    name="bibtex",
    suffix=".bib",
    carries="a citation of the article",
    description="citations for LaTeX (biblatex)",
    purpose=Purpose.CITING,
    write=bibtex,
    needs_findings=False,
)
