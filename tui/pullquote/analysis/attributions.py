"""Who is said, in which words, to have said what: the model's links, corrected by rules.

The rules take what is a matter of form, in which the model is weak: transcripts ("PENCE: …"), pull
quotes ("…” ― Name"), a whole quotation beside a verb of speech, quotations over several paragraphs,
and the marks at the ends of a content. Each was kept because it raised the figures on PolNeAR's dev
split, or left them and mended what readers see.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

import msgspec

from pullquote.analysis.encoder import Link, encoder
from pullquote.analysis.floating import brought_together
from pullquote.analysis.furniture import prose_of
from pullquote.analysis.places import Places, meeting
from pullquote.findings import Attribution, AttributionKind, Rule
from pullquote.analysis.quotations import Quotation, read_quotations
from pullquote.text import Span, Spans, at, trimmed

_WORD = re.compile(r"\w")
# The share of what a rule finds that people marked too: a transcript's on ten lines of PolNeAR's
# train split, whose annotators disagree on them; the other two are too rare there to measure, and
# set by hand.
_SURE = {Rule.TRANSCRIPT: 0.5, Rule.SIGNATURE: 0.7, Rule.SPOKEN: 0.7, Rule.FLOATING: 0.4}
_DIRECT = 0.8  # of the words inside marks; the rest may be "he said" that a content runs over


@dataclass(frozen=True, slots=True)
class _Page:
    """A text with its paragraphs (those of prose alone) and the quotations in each."""

    text: str
    paragraphs: Spans
    quotations: tuple[tuple[Quotation, ...], ...]

    def number(self, offset: int) -> int | None:
        """The paragraph that `offset` is in."""
        return at(self.paragraphs, offset)

    def marked(self, content: Spans) -> Spans:
        """The quotations that a content lies on, in the paragraphs that it begins and ends in."""
        return tuple(q.span for span in content for q in self.quoted(span))

    def marked_by(self, link: Link) -> list[Quotation]:
        """The quotations that a link's contents lie on, in the paragraph of its cue."""
        number = self.number(link.cue[0])
        return [
            q
            for span in link.contents
            if self.number(span[0]) == number
            for q in self.quoted(span)
        ]

    def quoted(self, span: Span) -> list[Quotation]:
        """The quotations that reach into `span`, in the paragraphs that it begins and ends in."""
        numbers = {self.number(span[0]), self.number(span[1] - 1)}
        return [
            q
            for number in sorted(n for n in numbers if n is not None)
            for q in meeting(self.quotations[number], span)
        ]


def find_attributions(text: str, paragraphs: Spans, furniture: Spans) -> list[Attribution]:
    """The attributions in `text`, in text order; none in the furniture.

    Spans are half-open, in code points; speakers are not resolved yet.
    """
    prose = prose_of(paragraphs, furniture)
    links = [link for _, window in encoder().links(text, prose) for link in window]
    return attributions_of(text, prose, links)


def attributions_of(text: str, prose: Spans, links: Iterable[Link]) -> list[Attribution]:
    """The attributions from the model's `links`, which may lie in the paragraphs `prose`."""
    page = _Page(text, prose, read_quotations(text, prose))
    ones = [link for link in links if link.contents or link.source]
    ones = _transcribed(page, ones)
    ones = _signed(page, ones)
    ones = _kept_in_paragraph(page, ones)
    ones = _spoken(page, _said_beside(page, ones))
    ones = [replace(link, contents=_snapped(page, link)) for link in ones]
    ones, floats = brought_together(text, prose, page.quotations, ones)
    found = [
        Attribution(
            id="",
            source=(link.source,) if link.source else (),
            cue=(link.cue,),
            content=link.contents,
            kind=kind(page.text, link.contents, page.marked(link.contents)),
            confidence=link.confidence,
            rule=link.rule,
        )
        for link in ones
    ]
    found += [
        Attribution(
            id="",
            source=(),
            cue=(),
            content=content,
            kind=AttributionKind.DIRECT,
            confidence=_SURE[Rule.FLOATING],
            rule=Rule.FLOATING,
        )
        for content in floats
    ]
    return in_order(found)


def in_order(attributions: Iterable[Attribution]) -> list[Attribution]:
    """Attributions in text order, each with its id: `t1`, `t2`, …"""
    return [
        msgspec.structs.replace(one, id=f"t{number}")
        for number, one in enumerate(sorted(attributions, key=_place), 1)
    ]


def _place(one: Attribution) -> tuple[int, int]:
    spans = [*one.cue, *one.content, *one.source]
    return min(spans)[0], one.cue[0][0] if one.cue else 0


def kind(text: str, content: Spans, marked: Iterable[Span]) -> AttributionKind:
    """How much of the content's words stand inside quotation marks (`marked`)."""
    words = {m.start() for start, end in content for m in _WORD.finditer(text, start, end)}
    inside = {i for start, end in marked for i in range(start, end) if i in words}
    if not inside:
        return AttributionKind.INDIRECT
    return AttributionKind.DIRECT if len(inside) >= _DIRECT * len(words) else AttributionKind.MIXED


# --- "PENCE: Gennifer Flowers will not be attending …"

_SPEAKER = re.compile(
    r"[\"“]?([QA]|(?:[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3})|(?:[A-Z][a-z]+ "
    r"){0,2}[A-Z][a-z]+)(:)\s+(?=\S)"
)
_TURNS = 4  # lines with names in small letters; a note or a list has fewer


def _transcribed(page: _Page, links: list[Link]) -> list[Link]:
    """A transcript's lines: paragraphs that open with a name and a colon.

    Two with NAMES IN CAPITALS are one; so are four in which two names, or Q and A, take turns.
    """
    lines = [(p, m) for p in page.paragraphs if (m := _SPEAKER.match(page.text, *p))]
    names = Counter(m[1] for _, m in lines if not m[1].isupper() or len(m[1]) == 1)
    often = {name for name, count in names.items() if count > 1}
    takes_turns = len(often) > 1 and sum(names[name] for name in often) >= _TURNS
    lines = [
        (p, m)
        for p, m in lines
        if (m[1].isupper() and len(m[1]) > 1) or (takes_turns and m[1] in often)
    ]
    if len(lines) < 2:
        return links
    spoken = [
        Link(
            m.span(1),
            m.span(2),
            (_unmarked_end(page, (m.end(), p[1])),),
            _SURE[Rule.TRANSCRIPT],
            Rule.TRANSCRIPT,
        )
        for p, m in lines
    ]
    return _outside(links, [p for p, _ in lines]) + spoken


def _outside(links: list[Link], taken: list[Span]) -> list[Link]:
    """The links with no word of cue or contents in the paragraphs `taken`, which are in order."""
    return [
        link
        for link in links
        if not any(meeting(taken, span) for span in (link.cue, *link.contents))
    ]


def _unmarked_end(page: _Page, span: Span) -> Span:
    start, end = trimmed(page.text, span)
    return (start, end - 1) if page.text[end - 1] in '"”' else (start, end)


# --- “The most unqualified child ever.” ― Francisco Herrero

# a paragraph ends with no blank
_SIGNED = re.compile(r"(?<=[”\"'])\s*([―—–]|--)\s*(\w[^”“\"]{1,60})$")


def _signed(page: _Page, links: list[Link]) -> list[Link]:
    """A quotation with a dash and a name behind it, which is all of its paragraph."""
    signed, taken = [], []
    for p, marked in zip(page.paragraphs, page.quotations, strict=True):
        name = _SIGNED.search(page.text[p[0] : p[1]])
        if name is None or not marked or marked[0].start != p[0]:
            continue
        content = (p[0], p[0] + len(page.text[p[0] : p[0] + name.start()].rstrip()))
        signer, dash = _shifted(name.span(2), p[0]), _shifted(name.span(1), p[0])
        signed.append(Link(signer, dash, (content,), _SURE[Rule.SIGNATURE], Rule.SIGNATURE))
        taken.append(p)
    return _outside(links, taken) + signed


def _shifted(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


# --- contents that point at another paragraph's cue, while their own has one without


def _kept_in_paragraph(page: _Page, links: list[Link]) -> list[Link]:
    """A content that points out of its paragraph belongs to a cue there, if one has no content."""
    contents = [list(link.contents) for link in links]
    cues = [page.number(link.cue[0]) for link in links]
    by_cue: dict[int | None, list[int]] = {}
    for number, cue in enumerate(cues):
        by_cue.setdefault(cue, []).append(number)
    for number, link in enumerate(links):
        for content in link.contents:
            here = page.number(content[0])
            if here == cues[number]:
                continue
            bare = next((i for i in by_cue.get(here, ()) if not contents[i]), None)
            if bare is not None and here is not None:
                contents[number].remove(content)
                contents[bare].append(content)
    return [
        replace(link, contents=tuple(sorted(ones)))
        for link, ones in zip(links, contents, strict=True)
    ]


# --- “It never crossed my mind,” she said.

_VERBS = (
    "said|says|adds?|added|told|asked|asks|argued|wrote|writes|tweeted|replied|explained|continued|"
    "recalled|insisted|warned|noted|stated|declared|concluded|joked|shouted|answered|remarked|"
    "responded|claimed|observed|complained"
)
_NAME = (
    r"(?:he|she|they|I|we|@\w+|(?:the |The |a |an )?(?:[A-Z][\w.’'-]*|\w+)"
    r"(?: (?:[A-Z][\w.’'-]*|of|the|de|van|von|bin)){0,6})"
)
_AFTER = re.compile(
    rf"\s*(?:(?P<s1>{_NAME}) (?P<v1>{_VERBS})\b|(?P<v2>{_VERBS}) (?P<s2>{_NAME})\b)"
)
_ENOUGH = 2  # words; a shorter quotation is as like to be a name


def _said_beside(page: _Page, links: list[Link]) -> list[Link]:
    """The words right behind a quotation say whose it is, not the source of the whole sentence.

    "“It is late,” he told her, according to a statement."
    """
    cues = Places((link.cue, number) for number, link in enumerate(links))
    found = []
    for link in links:
        source, cue = link.source, link.cue
        for quotation in page.marked_by(link):
            said = _AFTER.match(page.text, quotation.end)
            if said is None or not quotation.closed:
                continue
            verb, name = ("v1", "s1") if said["v1"] else ("v2", "s2")
            here = cues.over(said.span(verb))
            if not here and cue[0] > said.end(verb) and page.number(cue[0]) == page.number(said.end()):
                source, cue = said.span(name), said.span(verb)
            elif link.cue == said.span(verb) and not _is_near(page, source, cue):
                source = said.span(name)
        found.append(replace(link, source=source, cue=cue))
    return found


def _is_near(page: _Page, source: Span | None, cue: Span) -> bool:
    return source is not None and page.number(source[0]) == page.number(cue[0])


def _spoken(page: _Page, links: list[Link]) -> list[Link]:
    """A quotation that no content covers, with a verb of speech and a name right behind it."""
    result = list(links)
    contents = Places((span, page.number(span[0])) for link in links for span in link.contents)
    cues = Places((link.cue, number) for number, link in enumerate(links))

    def is_free(place: int, span: Span) -> bool:
        """Whether no content that begins in the same paragraph lies on a quotation."""
        return all(number != place for _, number in contents.over(span))

    for place, marked in enumerate(page.quotations):
        for number, quotation in enumerate(marked):
            inner = page.text[quotation.start + quotation.opening : quotation.end - 1].rstrip(
                "”\"' "
            )
            if not quotation.closed or len(inner.split()) < _ENOUGH or inner[-1:] not in ",.?!":
                continue
            if not is_free(place, quotation.span):
                continue
            said = _AFTER.match(page.text, quotation.end)
            if said is None:
                continue
            source, cue = (
                (said.span("s1"), said.span("v1"))
                if said["v1"]
                else (said.span("s2"), said.span("v2"))
            )
            same = next((i for _, i in cues.over(cue)), None)
            if same is None:
                rest = next(
                    (q.span for q in islice(marked, number + 1, None) if is_free(place, q.span)),
                    None,
                )
                spans = (quotation.span, rest) if rest else (quotation.span,)
                cues.put(cue, len(result))
                result.append(Link(source, cue, spans, _SURE[Rule.SPOKEN], Rule.SPOKEN))
                for span in spans:
                    contents.put(span, place)
            elif not result[same].contents:
                result[same] = replace(result[same], contents=(quotation.span,))
    return result


# --- the ends of a content

# "stating publicly that …": the adverb is the cue's
_ADVERB = re.compile(r"(?:\w+ly\s+)+(?=that\b)")


def _snapped(page: _Page, link: Link) -> Spans:
    """The contents with their ends on words, and on a quotation's marks where these are near."""
    spans = [_snapped_span(page, span) for span in link.contents]
    return tuple(sorted(span for span in spans if _WORD.search(page.text, *span)))


def _snapped_span(page: _Page, span: Span) -> Span:
    start, end = span
    number = page.number(start)
    for quotation in (
        meeting(page.quotations[number], (start - 2, end + 1)) if number is not None else ()
    ):
        first, last = quotation.start + quotation.opening, quotation.end
        if start == first:
            start = quotation.start
        if first < end < last and quotation.closed and not _WORD.search(page.text, end, last):
            end = last
    if adverb := _ADVERB.match(page.text, start, end):
        start = adverb.end()
    return trimmed(page.text, (start, end))
