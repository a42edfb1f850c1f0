"""What screens show and exporters write: an article with its findings and the reader's annotations."""

import msgspec

from tui.analysis.findings import Findings
from tui.article import Article
from tui.library.annotations import Annotation


class Reading(msgspec.Struct, frozen=True):
    """One article as read so far. `annotations` are in text order; `findings` is None until it has been analysed."""

    article: Article
    findings: Findings | None = None
    annotations: tuple[Annotation, ...] = ()
