"""Words that say harm will or may follow: who warns whom, of what, if what.

A warning is an attribution that one of the rules of attributed.py holds for, or, where no
attribution is, a verb of warning or a fear without a speaker (unattributed.py). Offsets are
half-open, in code points.
"""

from pullquote.analysis.parsed import Parsed
from pullquote.analysis.places import Places
from pullquote.analysis.warnings.attributed import warnings_of
from pullquote.analysis.warnings.issuers import Issuers
from pullquote.analysis.warnings.unattributed import fears, verbs_of_warning
from pullquote.findings import Actor, Attribution, Warning, numbered


def find_warnings(
    parsed: Parsed, actors: list[Actor], attributions: list[Attribution]
) -> list[Warning]:
    """The warnings of an article, in text order.

    Args:
        parsed: The text.
        actors: Those that the speakers of `attributions` are ids of.
        attributions: With their speakers.
    """
    issuers = Issuers(actors)
    warnings = [
        warning
        for attribution in attributions
        for warning in warnings_of(parsed, attribution, issuers)
    ]
    taken = Places((span, None) for warning in warnings for span in warning.span)
    for warning in (*verbs_of_warning(parsed, issuers), *fears(parsed)):
        if any(map(taken.over, warning.span)):
            continue
        warnings.append(warning)
        for span in warning.span:
            taken.put(span, None)
    return numbered(warnings)
