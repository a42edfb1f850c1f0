"""Who is said, in which words, to have said what: the model's links, corrected by rules.

The rules take what is a matter of form, in which the model is weak: transcripts ("PENCE: …"), pull
quotes ("…” ― Name"), a whole quotation beside a verb of speech, quotations over several paragraphs,
and the marks at the ends of a content. Each was kept because it raised the figures on PolNeAR's dev
split, or left them and mended what readers see. Each is a step in `STEPS`, and steps are taken in
turn. Spans are half-open, in code points.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, islice, starmap

import msgspec

from pullquote.analysis.encoder import Link, encoder
from pullquote.analysis.floating import brought_together
from pullquote.analysis.furniture import prose_of
from pullquote.analysis.interviews import answer_of, answers
from pullquote.analysis.lexicon import any_of, lexicon
from pullquote.analysis.places import Places, meeting
from pullquote.analysis.quotations import Quotation, Quoted, read_quotations
from pullquote.analysis.transcripts import Transcript, transcript
from pullquote.findings import Attribution, AttributionKind, Rule
from pullquote.text import Span, Spans, at, trimmed

_WORD = re.compile(r"\w")
# The share of what a rule finds that people marked too: a transcript's on ten lines of PolNeAR's
# train split, whose annotators disagree on them; the other two are too rare there to measure, and
# set by hand.
_CONFIDENCE = {Rule.TRANSCRIPT: 0.5, Rule.SIGNATURE: 0.7, Rule.SPOKEN: 0.7}
_DIRECT = 0.8  # of the words inside marks; the rest may be "he said" that a content runs over


@dataclass(frozen=True, slots=True)
class _Page:
    """A text with its paragraphs (those of prose alone) and the quotations in each."""

    text: str
    paragraphs: Spans
    quotations: tuple[tuple[Quotation, ...], ...]
    transcript: Transcript

    def number(self, offset: int) -> int | None:
        """The paragraph that `offset` is in."""
        return at(self.paragraphs, offset)

    def marked(self, content: Spans) -> Spans:
        """The quotations that a content lies on, in the paragraphs that it begins and ends in."""
        return tuple(quoted.span for span in content for quoted in self._on(span))

    def beside(self, link: Link) -> list[Quotation]:
        """The quotations that a link's contents lie on, in the paragraph of its cue."""
        number = self.number(link.cue[0])
        spans = [span for span in link.contents if self.number(span[0]) == number]
        return [quoted for span in spans for quoted in self._on(span)]

    def _on(self, span: Span) -> Iterator[Quotation]:
        """The quotations that reach into `span`, in the paragraphs that it begins and ends in."""
        numbers = {self.number(span[0]), self.number(span[1] - 1)}
        for number in sorted(number for number in numbers if number is not None):
            yield from meeting(self.quotations[number], span)


def find_attributions(text: str, paragraphs: Spans, furniture: Spans) -> list[Attribution]:
    """The attributions in `text`, in text order; none in the furniture.

    Spans are half-open, in code points; speakers are not resolved yet.
    """
    prose = prose_of(paragraphs, furniture)
    links = [link for window in encoder().read(text, prose) for link in window.links]
    return attributions_of(text, prose, links)


def attributions_of(text: str, prose: Spans, links: Iterable[Link]) -> list[Attribution]:
    """The attributions from the model's `links`, in text order; speakers are not resolved yet.

    Args:
        text: The article's text.
        prose: The paragraphs that attributions may lie in, in order.
        links: What the model found in them, in any order.
    """
    lines = transcript(text, prose)
    told = () if lines.lines else answers(text, prose)
    answered = [span for answer in told for span in answer]
    in_answers = frozenset(answered)
    prose = tuple(span for span in prose if span not in in_answers)
    page = _Page(text, prose, read_quotations(text, prose), lines)
    corrected = [link for link in links if link.contents or link.source]
    corrected = _outside(corrected, answered)
    for step in STEPS:
        corrected = step(page, corrected)
    corrected, floats = brought_together(text, prose, _without_lines(page), corrected)
    found = [_attribution(page, link) for link in corrected]
    return in_order([*found, *floats, *map(answer_of, told)])


def _without_lines(page: _Page) -> tuple[Quoted, ...]:
    """The quotations of each paragraph but those that are lines: "WALLACE: Will you be there?"."""
    names = sorted(line.source for line in page.transcript.lines)
    lines = (tuple(one for one in ones if not meeting(names, one.span)) for ones in page.quotations)
    return tuple(lines)


def in_order(attributions: Iterable[Attribution]) -> list[Attribution]:
    """Attributions in text order, each with its id: `t1`, `t2`, …"""
    ordered = sorted(attributions, key=_place)
    return [msgspec.structs.replace(one, id=f"t{n}") for n, one in enumerate(ordered, 1)]


def _place(one: Attribution) -> tuple[int, int]:
    """Where an attribution begins, and its cue."""
    return min((*one.cue, *one.content, *one.source))[0], one.cue[0][0] if one.cue else 0


def _attribution(page: _Page, link: Link) -> Attribution:
    return Attribution(
        id="",
        source=(link.source,) if link.source else (),
        cue=(link.cue,),
        content=link.contents,
        kind=_kind(page, link),
        confidence=link.confidence,
        rule=link.rule,
    )


def _kind(page: _Page, link: Link) -> AttributionKind:
    """How much of a link's words are the source's own: all that is said in a conversation."""
    if link.rule is Rule.TRANSCRIPT and page.transcript.is_conversation:
        return AttributionKind.DIRECT
    return kind(page.text, link.contents, page.marked(link.contents))


def kind(text: str, content: Spans, marked: Iterable[Span]) -> AttributionKind:
    """How much of the content's words stand inside quotation marks (`marked`)."""
    letters = {match.start() for span in content for match in _WORD.finditer(text, *span)}
    inside = letters.intersection(chain.from_iterable(starmap(range, marked)))
    if not inside:
        return AttributionKind.INDIRECT
    is_direct = len(inside) >= _DIRECT * len(letters)
    return AttributionKind.DIRECT if is_direct else AttributionKind.MIXED


# --- "COLE: Nobody told me, …"


def _transcribed(page: _Page, links: list[Link]) -> list[Link]:
    """A transcript's lines are of who opens them, and of nobody else."""
    lines = page.transcript.lines
    taken = sorted(span for line in lines for span in line.contents)
    spoken = [_made(line.source, line.colon, line.contents, Rule.TRANSCRIPT) for line in lines]
    return _outside(links, taken) + spoken


def _made(source: Span, cue: Span, contents: Spans, rule: Rule) -> Link:
    return Link(source, cue, contents, _CONFIDENCE[rule], rule)


def _outside(links: list[Link], taken: list[Span]) -> list[Link]:
    """The links with no word of cue or contents in the paragraphs `taken`, which are in order."""
    return [link for link in links if not _is_in(link, taken)]


def _is_in(link: Link, paragraphs: list[Span]) -> bool:
    return any(meeting(paragraphs, span) for span in (link.cue, *link.contents))


# --- “The most unqualified child ever.” ― Francisco Herrero

# a paragraph ends with no blank
_SIGNED = re.compile(r"(?<=[”\"'])\s*([―—–]|--)\s*(\w[^”“\"]{1,60})$")


def _signed(page: _Page, links: list[Link]) -> list[Link]:
    """A quotation with a dash and a name behind it, which is all of its paragraph."""
    pages = zip(page.paragraphs, page.quotations, strict=True)
    quotes = [span for span, marked in pages if marked and marked[0].start == span[0]]
    signatures = ((span, _SIGNED.search(page.text[slice(*span)])) for span in quotes)
    signed = [(span, signature) for span, signature in signatures if signature]
    made = [_signed_by(page, span[0], signature) for span, signature in signed]
    return _outside(links, [span for span, _ in signed]) + made


def _signed_by(page: _Page, start: int, signature: re.Match[str]) -> Link:
    """The quotation from `start` up to a signature, whose places count from there."""
    content = start, start + len(page.text[start : start + signature.start()].rstrip())
    signer, dash = _shifted(signature.span(2), start), _shifted(signature.span(1), start)
    return _made(signer, dash, (content,), Rule.SIGNATURE)


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
    for number, content, here in _pointing_out(page, links, cues):
        bare = next((other for other in by_cue.get(here, ()) if not contents[other]), None)
        if bare is not None:
            contents[number].remove(content)
            contents[bare].append(content)
    return _with_contents(links, map(sorted, contents))


def _pointing_out(
    page: _Page, links: list[Link], cues: list[int | None]
) -> Iterator[tuple[int, Span, int]]:
    """Contents outside the paragraph of their cue: the link's number, the content, where it is."""
    for number, link in enumerate(links):
        for content in link.contents:
            here = page.number(content[0])
            if here is not None and here != cues[number]:
                yield number, content, here


def _with_contents(links: list[Link], contents: Iterable[Iterable[Span]]) -> list[Link]:
    pairs = zip(links, contents, strict=True)
    return [replace(link, contents=tuple(spans)) for link, spans in pairs]


# --- “It never crossed my mind,” she said.

_ENOUGH = 2  # words; a shorter quotation is as like to be a name


@cache
def speech_behind() -> re.Pattern[str]:
    """A verb of speech and a name, in either order, at the beginning of a text."""
    words = lexicon("cues")["spoken"]
    verbs, pronouns = any_of(words["verbs"]), any_of(words["pronouns"])
    articles, particles = any_of(words["articles"]), any_of(words["particles"])
    capital = r"[A-Z][\w.’'-]*"
    full = rf"(?:(?:{articles}) )?(?:{capital}|\w+)(?: (?:{capital}|{particles})){{0,6}}"
    name = rf"(?:{pronouns}|@\w+|{full})"
    return re.compile(rf"\s*(?:(?P<s1>{name}) (?P<v1>{verbs})\b|(?P<v2>{verbs}) (?P<s2>{name})\b)")


def _said_beside(page: _Page, links: list[Link]) -> list[Link]:
    """The words right behind a quotation say whose it is, not the source of the whole sentence.

    "“It is late,” he told her, according to a statement."
    """
    cues = Places((link.cue, None) for link in links)
    return [_of_beside(page, link, cues) for link in links]


def _of_beside(page: _Page, link: Link, cues: Places[None]) -> Link:
    for quotation in page.beside(link):
        speech = _behind(page.text, quotation)
        if speech is None:
            continue
        source, cue = speech
        here = page.number(link.cue[0]) == page.number(cue[1] - 1)
        if here and link.cue[0] > cue[1] and not cues.over(cue):
            link = replace(link, source=source, cue=cue)
        elif link.cue == cue and not _is_near(page, link):
            link = replace(link, source=source)
    return link


def _is_near(page: _Page, link: Link) -> bool:
    return link.source is not None and page.number(link.source[0]) == page.number(link.cue[0])


def _spoken(page: _Page, links: list[Link]) -> list[Link]:
    """A quotation that no content covers, with a verb of speech and a name right behind it."""
    covered = _Covered(page, links)
    for place, marked in enumerate(page.quotations):
        for number, quotation in enumerate(marked):
            if not covered.is_free(place, quotation):
                continue
            if speech := _speech(page.text, quotation):
                covered.give(place, marked[number:], *speech)
    return covered.links


def _speech(text: str, quotation: Quotation) -> tuple[Span, Span] | None:
    """The source and the cue right behind a quotation of a sentence or a clause."""
    return _behind(text, quotation) if _is_clause(text, quotation) else None


def _behind(text: str, quotation: Quotation) -> tuple[Span, Span] | None:
    """The source and the cue right behind a quotation, whatever it is."""
    if not quotation.closed:
        return None
    speech = speech_behind().match(text, quotation.end)
    if speech is None:
        return None
    order = "1" if speech["v1"] else "2"
    return speech.span(f"s{order}"), speech.span(f"v{order}")


def _is_clause(text: str, quotation: Quotation) -> bool:
    """Whether a quotation has some words, and ends in a stop."""
    inner = text[quotation.start + quotation.opening : quotation.end - 1].rstrip("”\"' ")
    return inner[-1:] in tuple(",.?!") and len(inner.split()) >= _ENOUGH


class _Covered:
    """Links by where their cues and contents lie, while quotations are given to cues."""

    def __init__(self, page: _Page, links: list[Link]) -> None:
        self.links = list(links)
        spans = [span for link in links for span in link.contents]
        self._contents = Places((span, page.number(span[0])) for span in spans)
        self._cues = Places((link.cue, number) for number, link in enumerate(links))

    def is_free(self, place: int, quotation: Quotation) -> bool:
        """Whether no content that begins in the same paragraph lies on a quotation."""
        return all(number != place for _, number in self._contents.over(quotation.span))

    def give(self, place: int, marked: Sequence[Quotation], source: Span, cue: Span) -> None:
        """Give the first of the quotations `marked`, of paragraph `place`, to a cue.

        One that no link has becomes a link of the first quotation and the next that is free; one
        that a link has without contents gets the first.
        """
        same = next((number for _, number in self._cues.over(cue)), None)
        if same is None:
            self._add(place, marked, source, cue)
        elif not self.links[same].contents:
            self.links[same] = replace(self.links[same], contents=(marked[0].span,))

    def _add(self, place: int, marked: Sequence[Quotation], source: Span, cue: Span) -> None:
        free = (quoted.span for quoted in marked[1:] if self.is_free(place, quoted))
        contents = (marked[0].span, *islice(free, 1))
        self._cues.put(cue, len(self.links))
        self.links.append(_made(source, cue, contents, Rule.SPOKEN))
        for span in contents:
            self._contents.put(span, place)


# --- the ends of a content

# "stating publicly that …": the adverb is the cue's
_ADVERB = re.compile(r"(?:\w+ly\s+)+(?=that\b)")


def _snapped(page: _Page, links: list[Link]) -> list[Link]:
    """Contents with their ends on words, and on a quotation's marks where these are near."""
    contents = ([_snapped_span(page, span) for span in link.contents] for link in links)
    return _with_contents(links, (sorted(_with_words(page, spans)) for spans in contents))


def _with_words(page: _Page, spans: Iterable[Span]) -> list[Span]:
    """The pieces of a content that have words.

    One word alone in a paragraph is none of it where others are in another ("By", of the byline
    above a sentence); near miss: in marks it is, “No,” above “Not at all,” she said.
    """
    worded = [span for span in spans if _WORD.search(page.text, *span)]
    marked = {span for span in worded if page.marked((span,))}
    alone = {span for span in worded if " " not in page.text[slice(*span)].strip()} - marked
    return [one for one in worded if one not in alone or not _are_apart(page, one, worded)]


def _are_apart(page: _Page, one: Span, others: Iterable[Span]) -> bool:
    """Whether all other pieces stand in other paragraphs."""
    numbers = [page.number(other[0]) for other in others if other != one]
    return bool(numbers) and page.number(one[0]) not in numbers


def _snapped_span(page: _Page, span: Span) -> Span:
    start, end = span
    number = page.number(start)
    quoted = () if number is None else meeting(page.quotations[number], (start - 2, end + 1))
    for quotation in quoted:
        first, last = quotation.start + quotation.opening, quotation.end
        if start == first:
            start = quotation.start
        if first < end < last and quotation.closed and not _WORD.search(page.text, end, last):
            end = last
    if adverb := _ADVERB.match(page.text, start, end):
        start = adverb.end()
    return trimmed(page.text, (start, end))


STEPS: tuple[Callable[[_Page, list[Link]], list[Link]], ...] = (
    _transcribed,
    _signed,
    _kept_in_paragraph,
    _said_beside,
    _spoken,
    _snapped,
)
