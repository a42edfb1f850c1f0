"""The analysis, whole: text in, findings out.

Furniture first, then the parse and the attributions, and from these actors with what they say:
quotes, claims, warnings. Paragraphs go through spaCy and the encoder in pieces, so that progress
can be told.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

from pullquote.analysis import DEFAULT_MODEL, NoModel, analyser
from pullquote.analysis.encoder import Link, encoder
from pullquote.analysis.furniture import find_furniture, prose_of
from pullquote.analysis.parsed import BATCH, Paragraph, Parsed, parsed_paragraphs
from pullquote.analysis.stages import Material, run
from pullquote.findings import Attribution, Findings
from pullquote.text import Spans, paragraphs

if TYPE_CHECKING:
    from spacy.language import Language

_FIRST = 48  # paragraphs of a long text whose findings are told before the rest is done


@cache
def pipeline(model: str) -> "Language":
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
    prose = prose_of(page, furniture)
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
        whole = Parsed(text, kept, furniture)
        material = Material(text, page, first, lambda: here, lambda: whole)
        begun = Findings(analyser=analyser(model), furniture=furniture)
        return run(material, begun, first="attributions")

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


def found_in(parsed: Parsed, page: Spans, attributions: list[Attribution], name: str) -> Findings:
    """The findings that follow from a parsed text and its attributions."""
    material = Material(parsed.text, page, page, tuple, lambda: parsed)
    begun = Findings(analyser=name, furniture=parsed.furniture, attributions=tuple(attributions))
    return run(material, begun, first="actors")


def parse(text: str, prose: Spans, model: str) -> Iterator[Paragraph]:
    """The paragraphs `prose` of `text`, parsed one by one by the pipeline of that name. Raises
    `NoModel`.
    """
    nlp = pipeline(model)
    return parsed_paragraphs(text, prose, lambda texts: nlp.pipe(texts, batch_size=BATCH))
