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

from pullquote.analysis.quotations import with_double_marks
from pullquote.findings import Rule
from pullquote.text import Span, Spans

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
_UNCALIBRATED = ([0.0, 1.0], [0.0, 1.0])
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
            curve: tuple[Any, Any] = (
                (meta["scores"], meta["shares"]) if "scores" in meta else _UNCALIBRATED
            )
            self._curve = curve

    def links(self, text: str, paragraphs: Spans) -> Iterator[tuple[int, list[Link]]]:
        """The links in each window, with how many of `paragraphs` are done by then."""
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
        ids, casing, quoted, first = inputs(window)
        feed = {"ids": np.array([ids]), "ca": np.array([casing]), "qu": np.array([quoted])}
        scores, queries, keys = (output[0][first] for output in self._session.run(None, feed))
        spans: list[tuple[int, int, int]] = []
        sure = np.zeros_like(scores)
        offset = 0
        for part in window:
            here = slice(offset, offset + len(part.words))
            spans += [
                (role, offset + start, offset + end)
                for role, start, end in _runs(self._viterbi(scores[here]))
            ]
            sure[here] = self._marginals(scores[here])
            offset = here.stop
        items = [word for part in window for word in part.words]
        return [
            replace(link, confidence=round(float(np.interp(link.confidence, *self._curve)), 3))
            for link in _linked(items, spans, _Scores(sure, queries, keys))
            if link.confidence >= _FLOOR
        ]

    def _viterbi(self, scores: Any) -> list[int]:
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

    def _marginals(self, scores: Any) -> Any:
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


def _runs(labels: list[int]) -> list[tuple[int, int, int]]:
    """Roles with the first and last word of their runs: 0 is outside, 1 and 2 are a source, …"""
    runs: list[list[int]] = []
    before = 0
    for number, label in enumerate(labels):
        if label:
            role = (label - 1) // 2
            if label % 2 == 0 and before and runs[-1][0] == role:
                runs[-1][2] = number
            else:
                runs.append([role, number, number])
        before = label
    return [(role, start, end) for role, start, end in runs]


class _Scores(NamedTuple):
    """What the model says of a window's words: a share for each label, and their pointers."""

    labels: Any
    queries: Any
    keys: Any

    def begins(self, role: int, word: int) -> float:
        """The share for a span of that role that begins with the word."""
        return float(self.labels[word, 2 * role + 1])

    def ends(self, role: int, word: int) -> float:
        """The share for a span of that role that does not go on behind the word."""
        return (
            1.0 - float(self.labels[word + 1, 2 * role + 2]) if word + 1 < len(self.labels) else 1.0
        )

    def pointing(self, starts: list[int], targets: list[int]) -> Any:
        """For each start the share of its pointing that falls on each target."""
        scores = self.queries[starts] @ self.keys.T / math.sqrt(self.queries.shape[1])
        return _shares(scores)[:, targets]


def _shares(scores: Any) -> Any:
    """Softmax over the last axis."""
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    return weights / weights.sum(-1, keepdims=True)


def _linked(items: list[Word], spans: list[tuple[int, int, int]], scores: _Scores) -> list[Link]:
    """Each cue with the source that it points at, if any, and the contents that point at it."""
    sources, cues, contents = (
        [(a, b) for one, a, b in spans if one == role] for role in (_SOURCE, _CUE, _CONTENT)
    )
    if not cues:
        return []
    starts = [start for start, _ in cues]
    held: list[list[tuple[int, int]]] = [[] for _ in cues]
    sure = [scores.begins(_CUE, start) for start in starts]
    for content, row in zip(
        contents, scores.pointing([start for start, _ in contents], starts), strict=True
    ):
        number = int(row.argmax())
        if row[number] >= _POINTS:
            if not held[number]:
                sure[number] *= (
                    float(row[number])
                    * scores.begins(_CONTENT, content[0])
                    * scores.ends(_CONTENT, content[1])
                )
            held[number].append(content)
    # A cue that points at itself has no source.
    targets = [start for start, _ in sources]
    source_of: list[tuple[int, int] | None] = []
    for number, row in enumerate(
        scores.pointing(starts, targets) if targets else [np.zeros(1)] * len(cues)
    ):
        alone = float(scores.pointing([starts[number]], [starts[number]])[0, 0])
        best = int(row.argmax())
        found = sources[best] if sources and row[best] >= max(alone, _POINTS) else None
        sure[number] *= float(row[best]) * scores.begins(_SOURCE, found[0]) if found else alone
        source_of.append(found)

    def span(words: tuple[int, int]) -> Span:
        return items[words[0]].start, items[words[1]].end

    return [
        Link(span(source) if source else None, span(cue), tuple(sorted(map(span, content))), share)
        for source, cue, content, share in zip(source_of, cues, held, sure, strict=True)
    ]


@cache
def encoder() -> Encoder:
    """The model, loaded once."""
    return Encoder()
