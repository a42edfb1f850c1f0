"""Interviews without marks: questions in paragraphs of their own, and the answers below them.

"What made you stay?" stands alone, in bold on many pages, and the paragraphs up to the next one are
what the interviewee said, word for word. An explainer asks, too, but answers in the paper's own
voice; so the questions have to address somebody, and the answers to speak of themselves. Spans are
half-open, in code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from pullquote.analysis.bylines import byline, credit
from pullquote.analysis.drafts import Draft
from pullquote.analysis.floating import alone
from pullquote.analysis.lexicon import any_of, lexicon
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.sources import Found
from pullquote.findings import ActorKind, Attribution, Rule
from pullquote.text import Spans, at

_EXCHANGES = 3  # questions with their answers, at least
_LONG = 60  # words; nobody asks so much in one paragraph
_THICK = 6  # paragraphs for each question, at most
_MARKS = '“”"‘«—–'
_BYLINE = 8  # words at most
_ANSWERS = 0.9  # the share of answers that are the interviewee's
# set by hand, as the other rules of form: such interviews are too rare in PolNeAR to count
_CONFIDENCE = 0.7


@cache
def prompts() -> re.Pattern[str]:
    """How a question begins that is none by its mark: "Tell us about"."""
    return re.compile(rf"(?:{any_of(lexicon('cues')['interviews']['prompts'])})\b", re.I)


@cache
def closing() -> re.Pattern[str]:
    """How a paragraph begins that says how the interview was made: "This interview was edited"."""
    words = any_of(lexicon("cues")["interviews"]["closing"])
    return re.compile(rf"[\W_]*(?:(?:{words})\b|{credit().pattern})", re.I)


@cache
def asked() -> re.Pattern[str]:
    """Whom a question asks: "you"."""
    return re.compile(rf"\b(?:{any_of(lexicon('cues')['interviews']['asked'])})\b", re.I)


@cache
def own() -> re.Pattern[str]:
    """How who is asked speaks of themselves: "I"."""
    return re.compile(rf"\b(?:{any_of(lexicon('cues')['interviews']['own'])})\b")


def answers(text: str, paragraphs: Spans) -> tuple[Spans, ...]:
    """The paragraphs of each answer of the interview in `text`; none where there is none.

    Near misses: an explainer ("What is in the bill? It bans …"), a column that asks its readers
    twice, answers in quotation marks, which say by themselves that they are somebody's words.
    """
    questions = [n for n in range(1, len(paragraphs)) if _is_question(text[slice(*paragraphs[n])])]
    ends = [*questions[1:], len(paragraphs)][: len(questions)]
    pairs = [(n, end) for n, end in zip(questions, ends, strict=True) if end > n + 1]
    if len(pairs) < _EXCHANGES or len(pairs) * _THICK < pairs[-1][0] - pairs[0][0]:
        return ()
    longest = max(end - n for n, end in pairs[:-1])
    last, end = pairs[-1]
    pairs[-1] = last, min(end, last + longest)
    whole = (_answer(text, paragraphs[n + 1 : end]) for n, end in pairs)
    told = [answer for answer in whole if answer]
    addressed = sum(_addresses(text[slice(*paragraphs[n])]) for n, _ in pairs)
    if not (_mostly_own(text, told) and 3 * addressed >= len(pairs)):
        return ()
    return tuple(told)


def _is_question(paragraph: str) -> bool:
    words = paragraph.strip()
    if not words or words[0] in _MARKS or len(words.split()) > _LONG:
        return False
    return words.endswith("?") or bool(prompts().match(words))


def _answer(text: str, paragraphs: Spans) -> Spans:
    """The paragraphs of an answer, up to what the paper says of the interview."""
    found: list[tuple[int, int]] = []
    for span in paragraphs:
        if closing().match(text, *span):
            break
        found.append(span)
    return tuple(found)


def _addresses(question: str) -> bool:
    return bool(asked().search(question))


def _mostly_own(text: str, told: list[Spans]) -> bool:
    """Whether most answers speak of themselves, and few begin with a quotation mark."""
    marked = sum(text[answer[0][0]] in _MARKS for answer in told)
    of_theirs = sum(any(own().search(text, *span) for span in answer) for answer in told)
    return 2 * of_theirs >= len(told) >= _EXCHANGES and 3 * marked <= len(told)


def answer_of(content: Spans) -> Attribution:
    """What an interviewee says to one question: it has neither a source nor a cue."""
    return alone(content, _CONFIDENCE, Rule.INTERVIEW)


# --- who answers


def answered(
    parsed: Parsed, attributions: Sequence[Attribution], drafts: Iterable[Draft]
) -> dict[int, Found]:
    """Who is interviewed, as the speaker of each answer, by the number of its attribution."""
    who = _interviewee(parsed, attributions, drafts)
    answers = (number for number, one in enumerate(attributions) if one.rule is Rule.INTERVIEW)
    return {} if who is None else dict.fromkeys(answers, Found(who, "interviewee", _ANSWERS))


def _interviewee(
    parsed: Parsed, attributions: Sequence[Attribution], drafts: Iterable[Draft]
) -> Draft | None:
    """The person whom the words above the first answer name most, but for who wrote them."""
    first = next((one.content[0][0] for one in attributions if one.rule is Rule.INTERVIEW), None)
    if first is None:
        return None
    page = tuple(paragraph.span for paragraph in parsed.paragraphs)
    counts = {
        draft: sum(end <= first and not _is_byline(parsed, page, begin) for begin, end in spans)
        for draft in drafts
        if draft.kind is ActorKind.PERSON and (spans := sorted(draft.mentions))
    }
    best = max(counts, key=lambda one: (counts[one], -min(one.mentions)[0]), default=None)
    return best if best is not None and counts[best] else None


def _is_byline(parsed: Parsed, page: Spans, offset: int) -> bool:
    """Whether a paragraph says who wrote the interview: "By Ann Cole"."""
    number = at(page, offset)
    words = "" if number is None else parsed.text[slice(*page[number])].strip()
    return len(words.split()) <= _BYLINE and bool(byline().match(words))
