"""Which language the prose is in: only English is analysed, and what is not is said to be so.

It is told paragraph by paragraph, so that an English statement in a French article is analysed. An
English article that quotes another language here and there is analysed whole.

Only small words count, those that begin with no capital: names are of any language, and what is
left of a list of them is too short to tell. English is told by its commonest words, at no cost;
where a good part lacks them, py3langid is asked, which knows 140 languages and takes half a second
to load. Over the 558 English texts that we measure with, no paragraph was taken for another
language (docs/quality.md).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from pullquote.findings import ENGLISH, Foreign
from pullquote.text import Span, Spans

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_PART = 0.25  # of the letters of the prose; with less in other languages it is analysed whole
_COMMON = 0.3  # of the words; half of the paragraphs in English have 0.44 and more
_LEAST = 30  # bytes of small words; with fewer, nothing is told from them
# English paragraphs with as much have 0.18 and more, single sentences in 17 other languages 0.0007
# and less
_ENGLISH_AT_LEAST = 0.01
# Nigerian Pidgin, for which headlines in English are taken, and "no language"
_NOT_TOLD = frozenset({"pcm", "zxx"})
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Languages(NamedTuple):
    """What language an article is in, the paragraphs in English, and those in other languages."""

    main: str  # ISO 639, of most of the prose
    english: Spans
    foreign: tuple[Foreign, ...]  # which has most first


def languages(text: str, prose: Spans) -> Languages:
    """The languages of an article.

    Args:
        text: The article's text.
        prose: Where its paragraphs lie, in order; half-open, in code points.

    Returns:
        All paragraphs as English, where less than a quarter of the letters is told to be in other
        languages.
    """
    english = Languages(ENGLISH, prose, ())
    whole, least = _length(prose), _PART * _length(prose)
    lacking = [span for span in prose if _lacks_common_words(text[slice(*span)])]
    if not lacking or _length(lacking) < least:
        return english
    spans: dict[str, list[Span]] = defaultdict(list)
    for span, language in zip(prose, _each(text, prose), strict=True):
        spans[language].append(span)
    here = tuple(spans.pop(ENGLISH, ()))
    if whole - _length(here) < least or not spans:
        return english
    most = sorted(spans, key=lambda one: -_length(spans[one]))
    main = most[0] if _length(spans[most[0]]) > _length(here) else ENGLISH
    return Languages(
        main, here, tuple(Foreign(language=one, span=tuple(spans[one])) for one in most)
    )


def _length(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _lacks_common_words(paragraph: str) -> bool:
    from spacy.lang.en.stop_words import STOP_WORDS

    words = _WORD.findall(paragraph)
    return sum(word.lower() in STOP_WORDS for word in words) < _COMMON * len(words)


def _each(text: str, prose: Spans) -> list[str]:
    """The language of each paragraph; one that is too short to tell has that of the one before."""
    told = [_language(text[slice(*span)]) for span in prose]
    first = next(filter(None, told), ENGLISH)
    return list(accumulate(told, lambda before, own: own or before, initial=first))[1:]


def _language(paragraph: str) -> str:
    """The language of a paragraph, "" where it is too short to tell."""
    words = " ".join(word for word in _WORD.findall(paragraph) if not word[0].isupper())
    if len(words.encode()) < _LEAST:
        return ""
    ranked = dict(_identifier().rank(words))
    likely = ranked[ENGLISH] >= _ENGLISH_AT_LEAST
    return ENGLISH if likely else max(ranked, key=ranked.__getitem__)


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([one for one in identifier.labels if one not in _NOT_TOLD])
    return identifier
