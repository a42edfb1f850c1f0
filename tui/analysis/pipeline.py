"""The analysis, whole: text in, findings out.

Furniture first, then the parse and the attributions, and from these actors with what they say: quotes, claims, warnings.
Paragraphs go through spaCy and the encoder in pieces, so that progress can be told.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any

from tui.analysis import DEFAULT_MODEL, analyser
from tui.analysis.actors import draft_actors
from tui.analysis.attributions import attributions_of
from tui.analysis.claims import find_claims
from tui.analysis.encoder import Link, encoder
from tui.analysis.findings import Findings
from tui.analysis.furniture import find_furniture
from tui.analysis.parsed import Paragraph, Parsed
from tui.analysis.quotes import find_quotes
from tui.analysis.speakers import assign_speakers
from tui.analysis.stances import with_stances
from tui.analysis.warnings import find_warnings
from tui.text import Spans, overlap, paragraphs

_AS_SPACES = str.maketrans("\n\t", "  ")  # one for one: inside a paragraph they are white space
_LONG = 50_000  # characters; a longer paragraph is no prose, and spaCy's memory grows with it


class NoModel(Exception):
    """The spaCy pipeline that the settings name cannot be loaded; the message is one line."""


@cache
def pipeline(model: str) -> Any:
    """The spaCy pipeline of that name, loaded once. Raises `NoModel`."""
    import spacy

    try:
        return spacy.load(model, exclude=["textcat", "entity_linker"])
    except (OSError, ImportError, ValueError) as error:
        way_out = "install it, or set another model in the settings"
        raise NoModel(f'the spaCy pipeline "{model}" cannot be loaded; {way_out}') from error


def analyse(text: str, model: str = DEFAULT_MODEL, progress: Callable[[float], None] | None = None) -> Findings:
    """The findings in `text`, which must have come through the door (tui/text.py).

    `progress` is told the share done, 0 to 1, from either of two threads. Raises `NoModel`.
    """
    tell = progress or (lambda share: None)
    page = paragraphs(text)
    furniture = find_furniture(text, page)
    prose = tuple(p for p in page if not any(overlap(p, one) == p[1] - p[0] for one in furniture))
    shares = {"parse": 0.0, "links": 0.0}

    def done(part: str, share: float) -> None:
        shares[part] = share
        tell((shares["parse"] + shares["links"]) * 0.45)  # the rest takes about a tenth of the time

    # The encoder runs outside the interpreter's lock, so that it costs no time beside the parse where there are two cores.
    with ThreadPoolExecutor(1) as beside:
        linking = beside.submit(_links, text, prose, partial(done, "links"))
        parsed = Parsed(text, _parse(text, prose, model, partial(done, "parse")), furniture)
        links = linking.result()
    return found_in(parsed, page, attributions_of(text, prose, links), analyser(model))


def found_in(parsed: Parsed, page: Spans, attributions: list[Any], name: str) -> Findings:
    """The findings that follow from a parsed text and its attributions."""
    attributions = with_stances(parsed, attributions)
    actors, spoken = assign_speakers(parsed, draft_actors(parsed), attributions)
    return Findings(
        analyser=name,
        actors=tuple(actors),
        attributions=tuple(spoken),
        quotes=tuple(find_quotes(parsed.text, page, spoken)),
        claims=tuple(find_claims(parsed, actors, spoken)),
        warnings=tuple(find_warnings(parsed, actors, spoken)),
        furniture=parsed.furniture,
    )


def _parse(text: str, prose: Spans, model: str, tell: Callable[[float], None]) -> list[Paragraph]:
    nlp = pipeline(model)
    spans = [(start, min(end, start + _LONG)) for start, end in prose]
    parsed = []
    for number, doc in enumerate(
        nlp.pipe((text[start:end].translate(_AS_SPACES) for start, end in spans), batch_size=32)
    ):
        parsed.append(Paragraph(spans[number][0], doc))
        if number % 16 == 0:
            tell(number / len(spans))
    return parsed


def _links(text: str, prose: Spans, tell: Callable[[float], None]) -> list[Link]:
    found: list[Link] = []
    for done, links in encoder().links(text, prose):
        found += links
        tell(done / len(prose))
    return found
