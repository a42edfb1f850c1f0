"""What the article passes on without vouching for it: reported claims, which have a source, and hedged ones, which have none.

A claim is a clause, not a topic or a wish: its content has a subject and a verb, and its cue is one of speech or belief.
Offsets are half-open, in code points.
"""

from tui.analysis.findings import Actor, ActorKind, Attribution, Claim, Commitment, Sourcing
from tui.analysis.lexicon import lexicon
from tui.analysis.parsed import Paragraph, Parsed, Token
from tui.text import Span, Spans, overlap, trimmed

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


def find_claims(parsed: Parsed, actors: list[Actor], attributions: list[Attribution]) -> list[Claim]:
    """The claims of an article, in text order."""
    by_id = {actor.id: actor for actor in actors}
    hedged = _hedged(parsed)
    covered = [span for claim in hedged for span in (*claim.content, *claim.hedges)]
    reported = [
        _reported(parsed, one, by_id.get(one.speaker or ""))
        for one in attributions
        if _is_claim(parsed, one) and not any(overlap(cue, span) for cue in one.cue for span in covered)
    ]
    return sorted([*hedged, *reported], key=lambda claim: claim.content)


# --- reported: an attribution of a clause


def _is_claim(parsed: Parsed, one: Attribution) -> bool:
    speech = lexicon("cues")["speech"]
    lemmas = {token.lemma_.lower() for cue in one.cue for token in parsed.tokens(cue)}
    if lemmas and not lemmas & (speech["verbs"] | speech["nouns"]) and not lemmas <= {":", "-", "―", "—", "–"}:
        return False
    return any(token.dep_ in _SUBJECTS for span in one.content for token in parsed.tokens(span))


def _reported(parsed: Parsed, one: Attribution, source: Actor | None) -> Claim:
    return Claim(
        content=tuple(_without_that(parsed, span) for span in one.content),
        attribution=one.id,
        source=source.id if source else None,
        sourcing=sourcing(source, has_source=bool(one.source)),
        commitment=_commitment(parsed, one),
        hedges=_hedges(parsed, one),
    )


def _without_that(parsed: Parsed, span: Span) -> Span:
    start, end = span
    if parsed.text[start : start + 5].lower() == "that ":
        start += 5
    return trimmed(parsed.text, (start, end))


def sourcing(source: Actor | None, has_source: bool) -> Sourcing:
    """How well a reader could check who makes a claim."""
    if source is None:
        return Sourcing.ANONYMOUS if has_source else Sourcing.UNATTRIBUTED
    if source.kind is ActorKind.PERSON:
        return Sourcing.NAMED
    if source.kind in (ActorKind.ORGANISATION, ActorKind.GOVERNMENT):
        return Sourcing.INSTITUTION
    return Sourcing.OFFICIAL if source.affiliation else Sourcing.ANONYMOUS


def _commitment(parsed: Parsed, one: Attribution) -> Commitment:
    classes = lexicon("cues")["commitment"]
    tokens = [token for cue in one.cue for token in parsed.tokens(cue)]
    if any(child.dep_ == "neg" for token in tokens for child in token.children):
        return Commitment.DENIED
    for name in ("denied", "insisted", "suggested"):
        if any(token.lemma_.lower() in classes[name] for token in tokens):
            return Commitment(name)
    content = [token for span in one.content for token in parsed.tokens(span)]
    if any(token.lower_ in ("if", "unless") and token.dep_ == "mark" for token in content):
        return Commitment.CONDITIONAL
    return Commitment.ASSERTED


def _hedges(parsed: Parsed, one: Attribution) -> Spans:
    evidential = lexicon("cues")["evidential"]["adverbs"]
    found = []
    for span in (*one.cue, *one.content):
        paragraph = parsed.paragraph(span[0])
        if paragraph:
            found += [parsed.clause(paragraph.start, [t]) for t in parsed.tokens(span) if t.lower_ in evidential]
    return tuple(sorted(found))


# --- hedged: "reportedly", "are said to"


def _hedged(parsed: Parsed) -> list[Claim]:
    evidential = lexicon("cues")["evidential"]
    found: list[Claim] = []
    for paragraph, sentence in parsed.sentences():
        for token in sentence:
            if token.lower_ in evidential["adverbs"]:
                hedge, verb = [token], _clause_head(token)
            elif _is_hearsay(token, evidential["passives"]):
                auxiliary = next(c for c in token.children if c.dep_ == "auxpass")
                hedge, verb = list(token.doc[auxiliary.i : _to(token) + 1]), token
            else:
                continue
            content = _main_clause(parsed, paragraph, verb)
            if content[1] > content[0] and not any(overlap(content, claim.content[0]) for claim in found[-1:]):
                found.append(
                    Claim(
                        content=(content,),
                        sourcing=Sourcing.UNATTRIBUTED,
                        commitment=Commitment.SUGGESTED,
                        hedges=(parsed.clause(paragraph.start, hedge),),
                    )
                )
    return found


def _clause_head(token: Token) -> Token:
    head = token.head
    while head.pos_ not in ("VERB", "AUX") and head.head is not head:
        head = head.head
    return head


def _is_hearsay(token: Token, passives: frozenset[str]) -> bool:
    """ "is said to": a passive of saying without an agent, with an infinitive."""
    kinds = {child.dep_ for child in token.children}
    return token.lemma_.lower() in passives and {"auxpass", "nsubjpass", "xcomp"} <= kinds and "agent" not in kinds


def _to(token: Token) -> int:
    """The "to" of the infinitive, or the verb itself."""
    follows = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    return int(follows.i if follows.lower_ == "to" else token.i)


def _main_clause(parsed: Parsed, paragraph: Paragraph, verb: Token) -> Span:
    """The clause of `verb` without what only adds to it: a clause with a conjunction of its own, a loose apposition."""
    tokens = [token for token in verb.subtree if not token.is_space]
    start = min(t.i for t in tokens)
    end = max(t.i for t in tokens) + 1
    for token in tokens:
        if token.i <= verb.i:
            continue
        adds = token.dep_ in ("advcl", "conj", "parataxis") and token.head.i == verb.i
        if adds or _is_loose(token):
            end = min(end, min(t.i for t in token.subtree))
    words = list(verb.doc[start:end])
    while words and (words[-1].is_punct or words[-1].is_space or words[-1].pos_ in ("CCONJ", "SCONJ")):
        words.pop()
    while words and (words[0].is_punct or words[0].is_space or words[0].pos_ in ("CCONJ", "SCONJ")):
        words.pop(0)
    return parsed.clause(paragraph.start, words) if words else (0, 0)


def _is_loose(token: Token) -> bool:
    """A second object with a relative clause ("… troops to Ukraine an initiative that …") is a loose apposition."""
    if token.dep_ not in ("dobj", "appos") or not any(c.dep_ == "relcl" for c in token.children):
        return False
    return token.dep_ == "appos" or any(c.dep_ == "dobj" and c.i < token.i for c in token.head.children)
