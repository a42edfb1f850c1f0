"""Who is said, by which words, to have said what: the model's links, put right by rules where a reader would see them wrong."""

from tui.analysis.encoder import encoder
from tui.analysis.findings import Attribution, AttributionKind
from tui.text import Spans


def find_attributions(text: str, paragraphs: Spans, furniture: Spans) -> list[Attribution]:
    """The attributions in `text`, in text order; none in the furniture. Spans are half-open, in code points."""
    prose = tuple(p for p in paragraphs if not any(s <= p[0] and p[1] <= e for s, e in furniture))
    links = [link for _, window in encoder().links(text, prose) for link in window]
    return [
        Attribution(id=f"t{i}", source=(l.source,) if l.source else (), cue=(l.cue,), content=l.contents, kind=AttributionKind.INDIRECT)
        for i, l in enumerate(links)
    ]
