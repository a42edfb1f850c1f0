"""How exports put a finding into words; shared by those that are read by people."""

from tui.analysis.findings import Claim, Findings, Quote, Warning
from tui.library.annotations import Annotation
from tui.text import joined, overlap


def name(findings: Findings, actor: str | None, nobody: str = "nobody named") -> str:
    """The name of an actor with the role, or a word for none."""
    one = findings.actor(actor)
    if one is None:
        return nobody
    return f"{one.name} ({one.role})" if one.role and one.role.lower() not in one.name.lower() else one.name


def quote_line(text: str, findings: Findings, quote: Quote) -> tuple[str, str]:
    """Who, and what words."""
    return name(findings, quote.speaker), joined(text, quote.content)


def claim_line(text: str, findings: Findings, claim: Claim) -> tuple[str, str]:
    """Who (with the sourcing and the commitment), and what is claimed."""
    return f"{name(findings, claim.source)} [{claim.sourcing}, {claim.commitment}]", joined(text, claim.content)


def warning_line(text: str, findings: Findings, warning: Warning) -> tuple[str, str]:
    """Who warns whom (with the kind), and of what."""
    target = f" to {joined(text, warning.target)}" if warning.target else ""
    return f"{name(findings, warning.issuer)}{target} [{warning.kind}]", joined(text, warning.span)


def speaker(findings: Findings | None, note: Annotation) -> str:
    """Who says what the annotation lies on: the speaker of the attribution that it shares most with."""
    if findings is None:
        return ""
    shares = [
        (sum(overlap(note.target.span, span) for span in one.content), one.speaker)
        for one in findings.attributions
        if one.speaker
    ]
    most, actor = max(shares, key=lambda share: share[0], default=(0, None))
    return name(findings, actor) if most else ""
