"""Words that say harm will or may follow: who warns whom, of what, if what.

A warning is an attribution whose cue warns, whose content sets harm under a condition or a modal,
or whose source is bound to an act of coercion; a verb of warning that no attribution covers; and a
fear that is reported without a speaker. Condition and consequence are parted by the parse: an
if-clause, or the subject of a modal verb ("any deployment … would be a direct threat"). Offsets are
half-open, in code points.
"""

import re
from bisect import bisect_right

from pullquote.analysis.lexicon import countries, lexicon
from pullquote.analysis.parsed import Paragraph, Parsed, Token, antecedent, is_root, subtree
from pullquote.analysis.places import Places
from pullquote.findings import Actor, Attribution, Rule, Warning, WarningKind, numbered
from pullquote.text import Span, Spans, overlap, trimmed

# The share of what these rules find that lies on an attribution of PolNeAR's train split, out of
# fold.
_SURE = {Rule.VERB: 0.83, Rule.FEAR: 0.71}
_CONDITIONS = ("if", "unless", "should", "once")


def find_warnings(
    parsed: Parsed, actors: list[Actor], attributions: list[Attribution]
) -> list[Warning]:
    """The warnings of an article, in text order."""
    index = _Issuers(actors)
    found = [w for one in attributions if (w := _warned(parsed, one, index))]
    taken = Places((span, None) for one in found for span in one.span)
    for told in (*_told(parsed, index), *_fears(parsed)):
        if not any(taken.over(span) for span in told.span):
            found.append(told)
            for span in told.span:
                taken.put(span, None)
    return numbered(found)


class _Issuers:
    """The actors by id and by the places where they are mentioned."""

    def __init__(self, actors: list[Actor]) -> None:
        self._by_id = {actor.id: actor for actor in actors}
        self._places = sorted((span, actor.id) for actor in actors for span in actor.mentions)

    def of(self, identity: str | None) -> Actor | None:
        return self._by_id.get(identity or "")

    def at(self, start: int, token: Token) -> Actor | None:
        """The actor whose shortest mention holds the token, in the paragraph at `start`."""
        token = antecedent(token) or token
        offset = start + token.idx
        last = bisect_right(self._places, ((offset, 1 << 60), ""))
        near = self._places[max(0, last - 12) : last]
        hits = [(end - begin, identity) for (begin, end), identity in near if begin <= offset < end]
        return self._by_id[min(hits)[1]] if hits else None


def _warned(parsed: Parsed, one: Attribution, index: _Issuers) -> Warning | None:
    """The warning that an attribution is, if it is one."""
    words = lexicon("warnings")
    cue = [token for span in one.cue for token in parsed.tokens(span)]
    parts = parsed.by_paragraph(one.content)
    content = [token for _, tokens in parts for token in tokens]
    lemmas = {token.lemma_.lower() for token in cue}
    if (
        not content
        or lemmas & lexicon("cues")["commitment"]["denied"]
        or any(map(_is_negated, cue))
    ):
        return None
    if cue and _is_history(cue[0].sent):
        return None
    start = parts[0][0].start
    by_cue = bool(lemmas & (words["cues"] | words["cue_nouns"]))
    modal = next(
        (t for t in content if t.tag_ == "MD" and t.lower_ in words["modals"]["words"]), None
    )
    phrase = _phrase(parsed, one.content)
    first = parts[0][1]  # what follows is of one paragraph; a content may lie on several
    condition, consequence = _parts(parsed, start, first, modal)
    outside = [t for t in content if not any(overlap(_at(start, t), span) for span in condition)]
    harmful = any(t.lemma_.lower() in words["harms"] for t in outside)
    conditional = any(t.lower_ in _CONDITIONS and t.dep_ in ("mark", "aux") for t in content)
    speaks = not lemmas & {"ask", "wonder", "want", "hope"}
    harms = speaks and modal is not None and _harm_follows(modal, words["harms"])
    vowed = bool(lemmas & words["vows"])
    coercion = next(
        ((part, t) for part in parts for t in part[1] if _coerces(t, conditional, vowed)), None
    )
    answered = conditional and any(_answers(token) for token in outside)
    harm = harms or (conditional and modal and harmful and speaks)
    rules = {
        Rule.CUE: by_cue,
        Rule.PHRASE: speaks and phrase,
        Rule.COERCION: coercion,
        Rule.ANSWER: answered,
        Rule.HARM: harm,
    }
    rule = next((name for name, found in rules.items() if found), None)
    if rule is None:
        return None
    issuer = index.of(one.speaker) or _subject_of_cue(parsed, one, index)
    if coercion is not None and not by_cue:
        issuer = _who_acts(*coercion, index) or issuer
    kind = phrase or _kind(parsed, one, lemmas, first, issuer)
    if coercion is not None or answered:
        kind = WarningKind.RED_LINE if kind is WarningKind.RED_LINE else WarningKind.THREAT
    return Warning(
        span=tuple(_bare(parsed.text, span) for span in one.content),
        kind=kind,
        attribution=one.id,
        speaker=issuer.id if issuer else None,
        target=_target(parsed, start, modal, first),
        condition=condition,
        consequence=consequence,
        confidence=one.confidence,
        rule=rule,
    )


def _at(start: int, token: Token) -> Span:
    return start + token.idx, start + token.idx + len(token.text)


def _is_negated(token: Token) -> bool:
    return any(child.dep_ == "neg" for child in token.children)


def _subject_of_cue(parsed: Parsed, one: Attribution, index: _Issuers) -> Actor | None:
    """Whoever is the subject of the cue's verb, or of the verb that governs it ("rallied supporters
    by warning").
    """
    for paragraph, cue in parsed.by_paragraph(one.cue):
        for verb in cue:
            if verb.pos_ == "VERB" and (subject := _subject(verb)) is not None:
                return index.at(paragraph.start, subject)
    return None


_ABOVE = 4  # verbs, that of the cue among them; the subject of one further up is another's


def _subject(verb: Token) -> Token | None:
    """The subject of a verb or, for one without, of the verb above it."""
    for _ in range(_ABOVE):
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None:
            return subject
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN"):
            return verb.head
        verb = verb.head
    return None


def _who_acts(part: tuple[Paragraph, list[Token]], verb: Token, index: _Issuers) -> Actor | None:
    """The actor who is named in a part of the content as the subject of a coercive verb, if not by
    "we" or "it".
    """
    paragraph, content = part
    subject = _subject(verb)
    named = (
        subject is not None
        and subject.pos_ == "PROPN"
        and subject.i in {token.i for token in content}
    )
    return index.at(paragraph.start, subject) if named else None


def _is_bound(verb: Token, vowed: bool) -> bool:
    """Whether somebody is bound to do what a verb says: "will impose", "prepared to impose", "vowed
    to impose".
    """
    if any(
        c.tag_ == "MD" and c.lower_ in ("will", "would", "may", "might", "shall", "'ll", "’ll")
        for c in verb.children
    ):
        return True
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    above = "" if is_root(verb) else verb.head.lemma_.lower()
    return infinitive and (vowed or above in lexicon("warnings")["vows"])


def _coerces(verb: Token, conditional: bool, vowed: bool) -> bool:
    """Whether a verb is an act of coercion that somebody is bound to."""
    words = lexicon("warnings")["coercion"]
    lemma = verb.lemma_.lower()
    if verb.pos_ != "VERB" or _is_negated(verb) or not _is_bound(verb, vowed):
        return False
    if lemma in words["acts"]:
        return True
    objects = {c.lemma_.lower() for c in _objects(verb)}
    if lemma in words["leaves"]:
        return conditional or bool(objects & words["posts"])
    return lemma in words["imposes"] | words["withholds"] and bool(objects & words["objects"])


def _objects(verb: Token) -> list[Token]:
    """What a verb is done to, with what is joined to it."""
    objects = [
        c
        for above in (verb, *verb.children)
        for c in above.children
        if c.dep_ in ("dobj", "nsubjpass")
    ]
    return objects + [c for one in objects for c in one.children if c.dep_ in ("conj", "compound")]


def _answers(token: Token) -> bool:
    """ "we will respond": under a condition, the speaker's own act."""
    own = any(
        c.dep_ == "nsubj" and c.lower_ in ("we", "i", "it", "they", "he", "she")
        for c in token.children
    )
    bound = any(
        c.tag_ == "MD" and c.lower_ in ("will", "would", "'ll", "’ll") for c in token.children
    )
    return (
        own
        and bound
        and not _is_negated(token)
        and token.lemma_.lower() in lexicon("warnings")["coercion"]["answers"]
    )


# --- warnings that no attribution covers


def _told(parsed: Parsed, index: _Issuers) -> list[Warning]:
    """Verbs of warning with what they warn of, whoever passes them on: "Iran threatened to cut off
    electricity".
    """
    words = lexicon("warnings")
    denied = lexicon("cues")["commitment"]["denied"]
    found = []
    for paragraph, sentence in parsed.sentences():
        for token in sentence:
            lemma = token.lemma_.lower()
            if (
                token.pos_ != "VERB"
                or lemma not in words["cues"] | {"swear", "vow"}
                or _is_negated(token)
            ):
                continue
            if any(
                a.lemma_.lower() in denied or _is_negated(a) for a in token.ancestors
            ) or _is_history(sentence):
                continue
            what = [
                c
                for c in token.children
                if c.dep_ in ("ccomp", "xcomp", "dobj", "prep") and c.i > token.i
            ]
            if lemma not in ("threaten", "fear"):  # whom one warns is no harm
                what = [c for c in what if c.dep_ != "dobj"]
            what = [
                c
                for c in what
                if c.dep_ != "prep" or c.lower_ in ("of", "against", "about", "over")
            ]
            if lemma in ("swear", "vow"):
                what = [
                    c
                    for c in what
                    if c.dep_ == "xcomp"
                    and c.lemma_.lower() in words["coercion"]["answers"] | words["harms"]
                ]
            clause = next(
                (c for c in what if c.dep_ in ("ccomp", "xcomp")), what[0] if what else None
            )
            if clause is None:
                continue
            tokens = [t for t in subtree(clause) if not t.is_space]
            span = _span(parsed, paragraph.start, tokens)
            subject = _subject(token)
            issuer = (
                index.at(paragraph.start, subject)
                if subject is not None and subject.i < token.i
                else None
            )
            modal = next((t for t in tokens if t.tag_ == "MD"), None)
            condition, consequence = _parts(parsed, paragraph.start, tokens, modal)
            found.append(
                Warning(
                    span=tuple(_bare(parsed.text, one) for one in span),
                    kind=_of_verb(lemma),
                    speaker=issuer.id if issuer else None,
                    condition=condition,
                    consequence=consequence,
                    confidence=_SURE[Rule.VERB],
                    rule=Rule.VERB,
                )
            )
    return [one for one in found if one.span]


_HISTORY = re.compile(r"\b1\d{3}\b")


def _is_history(sentence: Token) -> bool:
    """Whether a sentence tells of a year long past."""
    return bool(_HISTORY.search(sentence.text))


def _of_verb(lemma: str) -> WarningKind:
    if lemma in ("threaten", "swear", "vow"):
        return WarningKind.THREAT
    return WarningKind.FEAR if lemma == "fear" else WarningKind.CAUTION


def _bare(text: str, span: Span) -> Span:
    start, end = span
    if opening := re.match(r"(?:that|of|against|about)\s+", text[start:end]):
        start += opening.end()
    return trimmed(text, (start, end))


def _harm_follows(modal: Token, harms: frozenset[str]) -> bool:
    """Whether the modal's verb, or what it does or leads to, is harm."""
    verb = modal.head
    near = [verb, *(c for c in verb.children if c.dep_ in ("dobj", "attr", "prt", "acomp"))]
    near += [
        p
        for c in verb.children
        if c.dep_ in ("prep", "agent")
        for p in c.children
        if p.dep_ == "pobj"
    ]
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
    if "fear" in lemmas:
        return WarningKind.FEAR
    if "ultimatum" in lemmas:
        return WarningKind.ULTIMATUM
    if any(
        t.lower_ in ("we", "i")
        and t.dep_ == "nsubj"
        and any(c.tag_ == "MD" for c in t.head.children)
        for t in content
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
    runs = (
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )
    return next((names[run] for run in runs if run in names), None)


def _parts(
    parsed: Parsed, start: int, content: list[Token], modal: Token | None
) -> tuple[Spans, Spans]:
    """The condition and the consequence in a warning's content."""
    inside = {token.i for token in content}
    mark = next((t for t in content if t.lower_ in ("if", "unless") and t.dep_ == "mark"), None)
    if mark is not None:
        clause = [t for t in subtree(mark.head) if t.i in inside and not t.is_space]
        conditional = {t.i for t in clause}
        rest = [t for t in content if t.i not in conditional]
        return _span(parsed, start, clause), _span(parsed, start, rest)
    if modal is None:
        return (), ()
    verb = modal.head
    subject = next(
        (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "csubj") and c.i < modal.i),
        None,
    )
    before = (
        [t for t in content if t.i < modal.i and t.lower_ != "that"] if subject is not None else []
    )
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
        if token.head.i == modal.head.i and token.dep_ == "dobj" and someone:
            return _span(parsed, start, list(token.doc[token.left_edge.i : token.i + 1]))
        if (
            token.dep_ == "pobj"
            and token.head.lower_ in ("for", "against", "on")
            and token.ent_type_ in _SOMEONE
        ):
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
            follows = [
                c
                for c in token.children
                if c.lower_ in ("of", "over", "about") or c.dep_ in ("acl", "ccomp")
            ]
            if not follows or any(c.dep_ == "poss" for c in token.children):
                continue
            start = token.head.i if token.dep_ == "dobj" else token.left_edge.i
            tokens = [
                t
                for t in token.doc[start : max(c.right_edge.i for c in follows) + 1]
                if not t.is_space
            ]
            span = _span(parsed, paragraph.start, tokens)
            what = _span(parsed, paragraph.start, [t for t in tokens if t.i > follows[0].i])
            found.append(
                Warning(
                    span=span,
                    kind=WarningKind.FEAR,
                    consequence=what,
                    confidence=_SURE[Rule.FEAR],
                    rule=Rule.FEAR,
                )
            )
    return found
