"""Words that say harm will or may follow: who warns whom, of what, if what.

A warning is an attribution whose cue warns, or whose content sets harm under a condition or a modal; and a fear that is
reported without a speaker. Condition and consequence are parted by the parse: an if-clause, or the subject of a modal verb
("any deployment … would be a direct threat"). Offsets are half-open, in code points.
"""

import re

from tui.analysis.findings import Actor, Attribution, Warning, WarningKind
from tui.analysis.lexicon import countries, lexicon
from tui.analysis.parsed import Parsed, Token
from tui.text import Span, Spans, overlap, trimmed

_CONDITIONS = ("if", "unless", "should", "once")


def find_warnings(parsed: Parsed, actors: list[Actor], attributions: list[Attribution]) -> list[Warning]:
    """The warnings of an article, in text order."""
    by_id = {actor.id: actor for actor in actors}
    found = [w for one in attributions if (w := _warned(parsed, one, by_id.get(one.speaker or "")))]
    spans = [span for one in found for span in one.span]
    found += [fear for fear in _fears(parsed) if not any(overlap(span, fear.span[0]) for span in spans)]
    return sorted(found, key=lambda warning: warning.span)


def _warned(parsed: Parsed, one: Attribution, issuer: Actor | None) -> Warning | None:
    words = lexicon("warnings")
    cue = [token for span in one.cue for token in parsed.tokens(span)]
    content = [token for span in one.content for token in parsed.tokens(span)]
    if not content or any(child.dep_ == "neg" for token in cue for child in token.children):
        return None
    lemmas = {token.lemma_.lower() for token in cue}
    by_cue = bool(lemmas & (words["cues"] | words["cue_nouns"]))
    modal = next((t for t in content if t.tag_ == "MD" and t.lower_ in words["modals"]["words"]), None)
    phrase = _phrase(parsed, one.content)
    harmful = sum(t.lemma_.lower() in words["harms"] for t in content)
    conditional = any(t.lower_ in _CONDITIONS and t.dep_ in ("mark", "aux") for t in content)
    speaks = not lemmas & {"ask", "wonder", "deny", "want", "hope"}
    harms = speaks and modal is not None and _harm_follows(modal, words["harms"])
    if not (by_cue or (speaks and phrase) or harms or (conditional and modal and harmful and speaks)):
        return None
    spans = tuple(_bare(parsed.text, span) for span in one.content)
    paragraph = parsed.paragraph(spans[0][0])
    start = paragraph.start if paragraph else 0
    content = [t for t in content if paragraph and t.doc is paragraph.doc]
    condition, consequence = _parts(parsed, start, content, modal)
    return Warning(
        span=spans,
        kind=phrase or _kind(parsed, one, lemmas, content, issuer),
        attribution=one.id,
        issuer=issuer.id if issuer else None,
        target=_target(parsed, start, modal, content),
        condition=condition,
        consequence=consequence,
    )


def _bare(text: str, span: Span) -> Span:
    start, end = span
    if opening := re.match(r"(?:that|of|against|about)\s+", text[start:end]):
        start += opening.end()
    return trimmed(text, (start, end))


def _harm_follows(modal: Token, harms: frozenset[str]) -> bool:
    """Whether the modal's verb, or what it does or leads to, is harm."""
    verb = modal.head
    near = [verb, *(c for c in verb.children if c.dep_ in ("dobj", "attr", "prt", "acomp"))]
    near += [p for c in verb.children if c.dep_ in ("prep", "agent") for p in c.children if p.dep_ == "pobj"]
    return any(token.lemma_.lower() in harms for token in near)


def _phrase(parsed: Parsed, content: Spans) -> WarningKind | None:
    """The kind of warning that a set phrase makes of a content."""
    words = " ".join(parsed.text[start:end].lower() for start, end in content)
    words = re.sub(r"[“”\"]", "", " ".join(words.split()))
    for name, phrases in lexicon("warnings")["phrases"].items():
        if any(phrase in words for phrase in phrases):
            return WarningKind(name)
    return None


def _kind(
    parsed: Parsed, one: Attribution, lemmas: set[str], content: list[Token], issuer: Actor | None
) -> WarningKind:
    """A threat where the issuer's own side would do the harm; else a caution."""
    if lemmas & {"threaten", "threat", "vow", "pledge", "promise"}:
        return WarningKind.THREAT
    if "ultimatum" in lemmas:
        return WarningKind.ULTIMATUM
    if any(
        t.lower_ in ("we", "i") and t.dep_ == "nsubj" and any(c.tag_ == "MD" for c in t.head.children) for t in content
    ):
        return WarningKind.THREAT
    own = _country(issuer)
    demonyms = countries().demonyms
    names = countries().names
    side = [t for t in content if t.dep_ != "pobj" or t.head.lower_ == "by"]
    if own and any(own in (demonyms.get(t.text), names.get(t.text)) for t in side):
        return WarningKind.THREAT
    return WarningKind.CAUTION


def _country(issuer: Actor | None) -> str | None:
    """The country that an issuer speaks for."""
    if issuer is None:
        return None
    names = countries().names
    words = re.sub(r"['’]s\b", "", f"{issuer.affiliation or ''} {issuer.name}").split()
    runs = (" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    return next((names[run] for run in runs if run in names), None)


def _parts(parsed: Parsed, start: int, content: list[Token], modal: Token | None) -> tuple[Spans, Spans]:
    """The condition and the consequence in a warning's content."""
    inside = {token.i for token in content}
    mark = next((t for t in content if t.lower_ in ("if", "unless") and t.dep_ == "mark"), None)
    if mark is not None:
        clause = [t for t in mark.head.subtree if t.i in inside and not t.is_space]
        rest = [t for t in content if t.i not in {c.i for c in clause}]
        return _span(parsed, start, clause), _span(parsed, start, rest)
    if modal is None:
        return (), ()
    verb = modal.head
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "csubj") and c.i < modal.i), None)
    before = [t for t in content if t.i < modal.i and t.lower_ != "that"] if subject is not None else []
    after = [t for t in content if t.i > modal.i]
    return _span(parsed, start, before), _span(parsed, start, after)


def _span(parsed: Parsed, start: int, tokens: list[Token]) -> Spans:
    while tokens and tokens[-1].is_punct and tokens[-1].text not in '”"':
        tokens = tokens[:-1]
    while tokens and tokens[0].text in (",", ";", "—", "–", "-"):
        tokens = tokens[1:]
    return (parsed.clause(start, tokens),) if tokens else ()


_SOMEONE = ("PERSON", "ORG", "GPE", "NORP")


def _target(parsed: Parsed, start: int, modal: Token | None, content: list[Token]) -> Spans:
    """Whom the harm would strike: the object of the consequence's verb, if it is someone."""
    if modal is None:
        return ()
    words = lexicon("people")
    people = words["groups"] | words["unnamed"]
    for token in content:
        someone = token.lemma_.lower() in people or token.ent_type_ in _SOMEONE
        if token.head == modal.head and token.dep_ == "dobj" and someone:
            return _span(parsed, start, list(token.doc[token.left_edge.i : token.i + 1]))
        if token.dep_ == "pobj" and token.head.lower_ in ("for", "against", "on") and token.ent_type_ in _SOMEONE:
            return _span(parsed, start, [token])
    return ()


# --- fears that are reported


def _fears(parsed: Parsed) -> list[Warning]:
    """ "raised fears of …", "amid fears that …": nobody is said to fear."""
    nouns = lexicon("warnings")["fears"]
    found = []
    for paragraph, sentence in parsed.sentences():
        for token in sentence:
            if token.lemma_.lower() not in nouns or token.pos_ != "NOUN":
                continue
            follows = [c for c in token.children if c.lower_ in ("of", "over", "about") or c.dep_ in ("acl", "ccomp")]
            if not follows or any(c.dep_ == "poss" for c in token.children):
                continue
            start = token.head.i if token.dep_ == "dobj" else token.left_edge.i
            tokens = [t for t in token.doc[start : max(c.right_edge.i for c in follows) + 1] if not t.is_space]
            span = _span(parsed, paragraph.start, tokens)
            what = _span(parsed, paragraph.start, [t for t in tokens if t.i > follows[0].i])
            found.append(Warning(span=span, kind=WarningKind.FEAR, consequence=what))
    return found
