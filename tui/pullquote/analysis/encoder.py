"""The learned model: which words are a source, a cue or a content, and which belong together.

A small encoder (MiniLM, six layers) reads windows of whole paragraphs and gives each word seven
scores (BIO labels of the three roles, decoded by Viterbi under a CRF's transitions) and two
vectors: a content points at its cue and a cue at its source (pointer networks, Vinyals et al.
2015). model/MODEL_CARD.md says what it was trained on and how good it is. Casing and quotation
state go in beside the word pieces, since the pieces are lower-cased. All offsets are half-open, in
code points.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pullquote.analysis.quotations import with_double_marks
from pullquote.findings import Rule
from pullquote.text import Span, Spans

Floats = NDArray[np.floating[Any]]
Run = tuple[int, int]  # the numbers of its first and its last word

FILES = Path(__file__).parent / "model"
# pieces; longer windows cost F1 (0.004 on the train split, out of fold) and gain nothing
WINDOW = 70
_PARAGRAPH = 450  # pieces; a longer paragraph is cut (the encoder's limit is 512)
_POINTS = 0.02  # below it a span points at no cue
# of a link's score; below it more links are wrong than F1 can bear (on PolNeAR's train split, out
# of fold)
_FLOOR = 0.1
_SOURCE, _CUE, _CONTENT = range(3)
_BEGIN, _END = 101, 102  # the pieces [CLS] and [SEP]
_UNCALIBRATED = (np.array([0.0, 1.0]), np.array([0.0, 1.0]))
_NO_CASING, _NO_QUOTE = 8, 4  # of [CLS] and [SEP]


class Word(NamedTuple):
    """One word or mark, with the features that go in beside its pieces."""

    start: int
    end: int
    text: str
    casing: int
    quoted: int


@dataclass(frozen=True, slots=True)
class Link:
    """A cue with its source and contents; `confidence` is the share of such links that is right."""

    source: Span | None
    cue: Span
    contents: Spans
    confidence: float = 1.0
    rule: Rule = Rule.MODEL


_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


def words(text: str, paragraph: Span) -> list[Word]:
    """The words of a paragraph."""
    found: list[Word] = []
    inside = False
    start, end = paragraph
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        quoted = int(inside)
        if word in "“«" or (word == '"' and (not inside or _opens(text, match.span(), paragraph))):
            inside, quoted = True, 2
        elif word in '”»"':
            inside, quoted = False, 3
        found.append(Word(*match.span(), word, _casing(word), quoted))
    return found


def _opens(text: str, mark: Span, paragraph: Span) -> bool:
    """Whether a straight mark inside a quotation opens another."""
    before = text[mark[0] - 1] if mark[0] > paragraph[0] else " "
    after = text[mark[1]] if mark[1] < paragraph[1] else " "
    return not after.isspace() and (before.isspace() or before in "([—–")


def _casing(word: str) -> int:
    if not word[0].isalnum():
        return 0
    if word.isdigit():
        return 1
    if word.islower():
        return 2
    if not word[0].isupper():
        return 7
    if len(word) == 1:
        return 3
    return 4 if word.isupper() else 5 if word[1:].islower() else 6


class Encoded(NamedTuple):
    """A paragraph, or a piece of one, as the encoder takes it: for each word its pieces."""

    words: list[Word]
    pieces: list[list[int]]

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces)) + 1


class Tokens:
    """Paragraphs to word pieces."""

    def __init__(self, vocabulary: Path = FILES / "tokenizer.json") -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(vocabulary))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._unknown = int(self._tokenizer.token_to_id("[UNK]") or 0)

    def encoded(self, text: str, paragraph: Span) -> list[Encoded]:
        """The paragraph's words with their pieces, split where it is too long for the encoder."""
        items = words(text, paragraph)
        if not items:
            return []
        encoding = self._tokenizer.encode(
            [w.text for w in items], is_pretokenized=True, add_special_tokens=False
        )
        pieces: list[list[int]] = [[] for _ in items]
        for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
            pieces[int(word or 0)].append(piece)
        pieces = [ids or [self._unknown] for ids in pieces]
        cuts, size = [0], 0
        for number, ids in enumerate(pieces):
            if size + len(ids) > _PARAGRAPH:
                cuts.append(number)
                size = 0
            size += len(ids)
        return [Encoded(items[a:b], pieces[a:b]) for a, b in pairwise([*cuts, len(items)])]


def inputs(window: Sequence[Encoded]) -> tuple[list[int], list[int], list[int], list[int]]:
    """A window's pieces, their casing and quotation state, and each word's first piece."""
    pieces, casing, quoted, first = [_BEGIN], [_NO_CASING], [_NO_QUOTE], []
    for part in window:
        for word, ids in zip(part.words, part.pieces, strict=True):
            first.append(len(pieces))
            pieces += ids
            casing += [word.casing] * len(ids)
            quoted += [word.quoted] * len(ids)
        pieces.append(_END)
        casing.append(_NO_CASING)
        quoted.append(_NO_QUOTE)
    return pieces, casing, quoted, first


class Encoder:
    """The model, loaded. Not safe to use from two threads."""

    def __init__(self, folder: Path = FILES, threads: int = 1) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(next(folder.glob("attribution*.onnx"))), options, providers=["CPUExecutionProvider"]
        )
        self._tokens = Tokens()
        with np.load(folder / "attribution_meta.npz") as meta:
            self._transitions, self._first = meta["trans"], meta["start"]
            is_calibrated = "scores" in meta
            self._curve = (meta["scores"], meta["shares"]) if is_calibrated else _UNCALIBRATED

    def links(self, text: str, paragraphs: Spans) -> Iterator[tuple[int, list[Link]]]:
        """The links in each window, with how many of `paragraphs` are done by then.

        A link never leaves its window, nor its paragraphs. Quotations of every style are read as
        between double marks.
        """
        text = with_double_marks(text, paragraphs)
        done = 0
        window: list[Encoded] = []
        for number, paragraph in enumerate(paragraphs):
            for encoded in self._tokens.encoded(text, paragraph):
                if window and sum(one.size for one in window) + encoded.size > WINDOW:
                    yield done, self._decoded(window)
                    window = []
                window.append(encoded)
            done = number
        if window:
            yield len(paragraphs), self._decoded(window)

    def _decoded(self, window: list[Encoded]) -> list[Link]:
        """The links in a window, with calibrated confidence."""
        scores, queries, keys = self._scores(window)
        runs: list[tuple[int, Run]] = []
        shares = np.zeros_like(scores)
        for part in _parts(window):
            found = _runs(self._viterbi(scores[part]))
            runs += [(role, (part.start + a, part.start + b)) for role, (a, b) in found]
            shares[part] = self._marginals(scores[part])
        words = [word for part in window for word in part.words]
        links = _linked(words, runs, _Scores(shares, queries, keys))
        return [self._calibrated(link) for link in links if link.confidence >= _FLOOR]

    def _scores(self, window: list[Encoded]) -> list[Floats]:
        """The labels' scores, the queries and the keys of a window: a row for each word."""
        ids, casing, quoted, first = inputs(window)
        feed = {"ids": np.array([ids]), "ca": np.array([casing]), "qu": np.array([quoted])}
        return [output[0][first] for output in self._session.run(None, feed)]

    def _calibrated(self, link: Link) -> Link:
        share = float(np.interp(link.confidence, *self._curve))
        return replace(link, confidence=round(share, 3))

    def _viterbi(self, scores: Floats) -> list[int]:
        """The best labels of a paragraph's words."""
        best = self._first + scores[0]
        back = np.zeros(scores.shape, dtype=np.int8)
        for step in range(1, len(scores)):
            through = best[:, None] + self._transitions
            back[step] = through.argmax(0)
            best = through.max(0) + scores[step]
        labels = [int(best.argmax())]
        for step in range(len(scores) - 1, 0, -1):
            labels.append(int(back[step][labels[-1]]))
        return labels[::-1]

    def _marginals(self, scores: Floats) -> Floats:
        """Each word's share for each label, by the forward and backward pass over a paragraph."""
        evidence = np.exp(scores - scores.max(1, keepdims=True))
        moves = np.exp(self._transitions)
        ahead, behind = np.empty_like(evidence), np.ones_like(evidence)
        state = np.exp(self._first) * evidence[0]
        for step in range(len(scores)):
            if step:
                state = (state @ moves) * evidence[step]
            state = ahead[step] = state / state.sum()
        for step in range(len(scores) - 1, 0, -1):
            state = moves @ (behind[step] * evidence[step])
            behind[step - 1] = state / state.sum()
        shares = ahead * behind
        return shares / shares.sum(1, keepdims=True)


def _parts(window: list[Encoded]) -> Iterator[slice]:
    """Where the words of each part lie among all of a window."""
    offset = 0
    for part in window:
        yield slice(offset, offset + len(part.words))
        offset += len(part.words)


def _runs(labels: list[int]) -> list[tuple[int, Run]]:
    """Roles with their runs of words: label 0 is outside, 1 and 2 begin and continue a source, …"""
    runs: list[tuple[int, Run]] = []
    for number, (before, label) in enumerate(pairwise([0, *labels])):
        if not label:
            continue
        role, continues = (label - 1) // 2, label % 2 == 0
        if continues and before and runs[-1][0] == role:
            runs[-1] = role, (runs[-1][1][0], number)
        else:
            runs.append((role, (number, number)))
    return runs


class _Scores(NamedTuple):
    """What the model says of a window's words: a share for each label, and their pointers."""

    labels: Floats
    queries: Floats
    keys: Floats

    def begins(self, role: int, word: int) -> float:
        """The share for a span of that role that begins with the word."""
        return float(self.labels[word, 2 * role + 1])

    def ends(self, role: int, word: int) -> float:
        """The share for a span of that role that does not go on behind the word."""
        if word + 1 == len(self.labels):
            return 1.0
        return 1.0 - float(self.labels[word + 1, 2 * role + 2])

    def pointing(self, runs: list[Run], targets: list[Run]) -> Floats:
        """For each run (a row) the share of its pointing that falls on each target (a column)."""
        starts, ends = [first for first, _ in runs], [first for first, _ in targets]
        scores = self.queries[starts] @ self.keys.T / math.sqrt(self.queries.shape[1])
        return _softmax(scores)[:, ends]


def _softmax(scores: Floats) -> Floats:
    """Over the last axis."""
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Floats = weights / weights.sum(-1, keepdims=True)
    return shares


# --- which words belong together


class _Cue:
    """A cue with what points at it and what it points at; `share` is the product of all scores."""

    def __init__(self, run: Run, share: float) -> None:
        self.run = run
        self.share = share
        self.contents: list[Run] = []
        self.source: Run | None = None

    def link(self, words: list[Word]) -> Link:
        def span(run: Run) -> Span:
            return words[run[0]].start, words[run[1]].end

        source = span(self.source) if self.source else None
        contents = tuple(sorted(map(span, self.contents)))
        return Link(source, span(self.run), contents, self.share)


def _linked(words: list[Word], runs: list[tuple[int, Run]], scores: _Scores) -> list[Link]:
    """Each cue with the source that it points at, if any, and the contents that point at it."""
    sources, cues, contents = (
        [run for run_role, run in runs if run_role == role] for role in (_SOURCE, _CUE, _CONTENT)
    )
    if not cues:
        return []
    linked = [_Cue(run, scores.begins(_CUE, run[0])) for run in cues]
    _add_contents(linked, contents, scores)
    _add_sources(linked, sources, scores)
    return [cue.link(words) for cue in linked]


def _add_contents(cues: list[_Cue], contents: list[Run], scores: _Scores) -> None:
    """Give each content to the cue that it points at; the first counts in the cue's share."""
    rows = scores.pointing(contents, [cue.run for cue in cues])
    for content, row in zip(contents, rows, strict=True):
        best = int(row.argmax())
        cue = cues[best]
        if row[best] < _POINTS:
            continue
        if not cue.contents:
            bounds = scores.begins(_CONTENT, content[0]), scores.ends(_CONTENT, content[1])
            cue.share *= float(row[best]) * bounds[0] * bounds[1]
        cue.contents.append(content)


def _add_sources(cues: list[_Cue], sources: list[Run], scores: _Scores) -> None:
    """Give each cue the source that it points at; one that points at itself has none."""
    rows = scores.pointing([cue.run for cue in cues], sources)
    for cue, row in zip(cues, rows, strict=True):
        alone = float(scores.pointing([cue.run], [cue.run])[0, 0])
        best = int(row.argmax()) if sources else None
        if best is not None and row[best] >= max(alone, _POINTS):
            cue.source = sources[best]
            cue.share *= float(row[best]) * scores.begins(_SOURCE, cue.source[0])
        else:
            cue.share *= alone


@cache
def encoder() -> Encoder:
    """The model, loaded once."""
    return Encoder()
