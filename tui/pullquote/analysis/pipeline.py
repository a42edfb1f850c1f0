"""The analysis, whole: text in, findings out.

Furniture first, then the parse and the attributions, and from these actors with what they say:
quotes, claims, warnings. Paragraphs go through spaCy and the encoder in pieces, so that progress
can be told.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from pullquote.analysis import DEFAULT_MODEL, NoModel, analyser
from pullquote.analysis.actors import draft_actors
from pullquote.analysis.attributions import attributions_of
from pullquote.analysis.claims import find_claims
from pullquote.analysis.encoder import Link, encoder
from pullquote.analysis.furniture import find_furniture, without
from pullquote.analysis.parsed import Paragraph, Parsed
from pullquote.analysis.quotes import find_quotes
from pullquote.analysis.speakers import assign_speakers
from pullquote.analysis.stances import with_stances
from pullquote.analysis.warnings import find_warnings
from pullquote.findings import Findings
from pullquote.text import Spans, paragraphs

_AS_SPACES = str.maketrans("\n\t", "  ")  # one for one: inside a paragraph they are white space
_FIRST = 48  # paragraphs of a long text whose findings are told before the rest is done
_LONG = 50_000  # characters; a longer paragraph is no prose: what follows in it is not analysed


@cache
def pipeline(model: str) -> Any:
    """The spaCy pipeline of that name, loaded once. Raises `NoModel`."""
    import spacy

    try:
        return spacy.load(model, exclude=["textcat", "entity_linker"])
    except (OSError, ImportError, ValueError) as error:
        way_out = "install it, or set another model in the settings"
        raise NoModel(f'the spaCy pipeline "{model}" cannot be loaded; {way_out}') from error


def analyse(
    text: str,
    model: str = DEFAULT_MODEL,
    progress: Callable[[float], None] | None = None,
    so_far: Callable[[Findings], None] | None = None,
    cores: int = 2,
) -> Findings:
    """The findings in `text`, which must have come through the door (tui/pullquote/text.py).

    `progress` is told the share done, 0 to 1, from either of two threads; `so_far` gets the
    findings of the first part of a long text, and again each time that as much again is done. With
    one core the encoder waits for the parse instead of running beside it. Raises `NoModel`.
    """
    tell = progress or (lambda share: None)
    page = paragraphs(text)
    furniture = find_furniture(text, page)
    prose = tuple((start, min(end, start + _LONG)) for start, end in without(furniture, page))
    shares = {"parse": 0.0, "links": 0.0}
    links: list[Link] = []
    linked = 0  # paragraphs

    def done(part: str, share: float) -> None:
        shares[part] = share
        tell((shares["parse"] + shares["links"]) * 0.45)  # the rest takes about a tenth of the time

    def link() -> None:
        nonlocal linked
        for count, ones in encoder().links(text, prose):
            links.extend(ones)
            linked = count
            done("links", count / len(prose))

    def found(parsed: list[Paragraph], count: int) -> Findings:
        first = prose[:count]
        here = [one for one in list(links) if not first or one.cue[1] <= first[-1][1]]
        kept = [paragraph for paragraph in parsed if not first or paragraph.start < first[-1][1]]
        return found_in(
            Parsed(text, kept, furniture), page, attributions_of(text, first, here), analyser(model)
        )

    # The encoder runs outside the interpreter's lock, so that it costs no time beside the parse
    # where there are two cores.
    parsed: list[Paragraph] = []
    with ThreadPoolExecutor(1) as beside:
        linking = beside.submit(link) if cores > 1 else None
        due = _FIRST
        for paragraph in parse(text, prose, model):
            parsed.append(paragraph)
            if len(parsed) % 16 == 0:
                done("parse", len(parsed) / len(prose))
            both = min(len(parsed), linked)
            if so_far is not None and both >= due and len(prose) >= 2 * due:
                so_far(found(parsed, both))
                due = 2 * both
        if linking is None:
            link()
        else:
            linking.result()
    return found(parsed, len(prose))


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


def parse(text: str, prose: Spans, model: str) -> Iterator[Paragraph]:
    nlp = pipeline(model)
    docs = nlp.pipe((text[start:end].translate(_AS_SPACES) for start, end in prose), batch_size=32)
    for (start, _), doc in zip(prose, docs, strict=True):
        doc.tensor = doc.tensor[
            :0
        ]  # most of a document's memory, and of no use behind the pipeline
        yield Paragraph(start, doc)
