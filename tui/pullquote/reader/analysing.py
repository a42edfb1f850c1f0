"""The analysis of the article on the screen, in a process of its own, while it is read."""

import asyncio

from pullquote.analysis.beside import AnalysisFailed, analyse_beside
from pullquote.findings import FindingKind, Findings
from pullquote.notes.reading import derived
from pullquote.reader.listing import none_yet
from pullquote.reader.session import Session


async def analyse(session: Session, language: str = "") -> None:
    """Analyse the article of `session`; what is found comes into it part by part.

    With a `language` it is analysed as being in that; "en" is the only one that can be.

    How far it is, is its `analysed`, in words its `progress`; that then tells how it went. What was
    found is saved. Cancelling `session.helper` stops it.
    """
    article = session.reading.article

    def show(findings: Findings) -> None:
        if _is_said_too_early(session, findings):
            session.said = ""
        session.renew(derived(article, findings, session.reading.annotations))

    def tell(share: float) -> None:
        progress = f"finding who says what … {share:.0%} (X stops it)"
        # the helper tells more often than there is something new to show
        if progress != session.progress:
            session.progress, session.analysed = progress, share
            session.changed()

    session.progress, session.analysed = "finding who says what …", 0.0
    session.helper = asyncio.create_task(
        analyse_beside(article.text, session.settings.model, tell, show, language)
    )
    session.renew(session.reading)
    findings = None
    try:
        findings = await session.helper
    except AnalysisFailed as error:
        session.progress = str(error)
    except asyncio.CancelledError:
        session.progress = "analysis stopped"
    else:
        session.progress = " · ".join(findings.failed or ())
    session.helper = session.analysed = None
    if findings is None:
        session.renew(session.reading)
    else:
        found = findings
        show(found)
        await session.library(lambda library: library.findings.save(article.id, found))


def _is_said_too_early(session: Session, findings: Findings) -> bool:
    """Whether the bar says that there are none yet of a kind of which there are now."""
    return any(
        session.said == none_yet(kind.plural) and (findings.of(kind) or not session.is_analysing)
        for kind in FindingKind
    )


def cancel(session: Session) -> str | None:
    """Stop the analysis, and checks of evidence; what is on the screen stays."""
    if session.checks.stop():
        return None
    if session.helper is None:
        return "no analysis is running"
    session.helper.cancel()
    return None


ACTS = {"analysis.cancel": cancel}
