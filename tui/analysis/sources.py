"""Sources that the model leaves out, where the parse has them: the subject of the cue's verb.

"Trump had said …": a cue whose verb is active has the subject as its source, its own or the one of the verb that it is joined
to ("He said X and argued Y"). Offsets are half-open, in code points.
"""

import msgspec

from tui.analysis.findings import Attribution
from tui.analysis.parsed import Parsed, Token
from tui.text import Span, overlap


def with_sources(parsed: Parsed, attributions: list[Attribution]) -> list[Attribution]:
    """The attributions, with the parse's source where the model has none."""
    return [one if one.source else _with_source(parsed, one) for one in attributions]


def _with_source(parsed: Parsed, one: Attribution) -> Attribution:
    for span in one.cue:
        paragraph = parsed.paragraph(span[0])
        for verb in parsed.tokens(span) if paragraph else ():
            subject = _subject(verb)
            if subject is None or paragraph is None:
                continue
            words = [t for t in subject.doc[subject.left_edge.i : subject.right_edge.i + 1] if not t.is_space]
            source = parsed.clause(paragraph.start, words)
            if any(overlap(source, other) for other in (*one.content, *one.cue)):
                source = _at(paragraph.start, subject)
            if not any(overlap(source, other) for other in (*one.content, *one.cue)):
                return msgspec.structs.replace(one, source=(source,))
    return one


def _subject(verb: Token) -> Token | None:
    """The subject of an active verb."""
    while True:
        kinds = {child.dep_: child for child in verb.children}
        if verb.pos_ not in ("VERB", "AUX") or "auxpass" in kinds or "nsubjpass" in kinds:
            return None
        if "nsubj" in kinds:
            return kinds["nsubj"]
        if verb.dep_ not in ("conj", "xcomp", "advcl"):
            return None
        verb = verb.head


def _at(start: int, token: Token) -> Span:
    return start + token.idx, start + token.idx + len(token.text)
