"""The learned model: which words of a text are a source, a cue or a content, and which of them belong together.

A small encoder (MiniLM, six layers) reads windows of whole paragraphs and gives each word seven scores (BIO labels of the
three roles, decoded by Viterbi under a CRF's transitions) and two vectors: a source or content points at its cue
(pointer networks, Vinyals et al. 2015). model/MODEL_CARD.md says what it was trained on and how good it is. Casing and
quotation state go in beside the word pieces, since the pieces are lower-cased. All offsets are half-open, in code points.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tui.text import Span, Spans

FILES = Path(__file__).parent / "model"
WINDOW = 200  # pieces; windows of 120 to 200 are fastest
_PARAGRAPH = 450  # pieces; a longer paragraph is cut (the encoder's limit is 512)
_POINTS = 0.02  # below it a span points at no cue
_SOURCE, _CUE, _CONTENT = range(3)


class Word(NamedTuple):
    """One word or mark, with the features that go in beside its pieces."""

    start: int
    end: int
    text: str
    casing: int
    quoted: int


@dataclass(frozen=True, slots=True)
class Link:
    """A cue with the source and the contents that point at it."""

    source: Span | None
    cue: Span
    contents: Spans


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


class _Encoded(NamedTuple):
    """A paragraph, or a piece of one, as the encoder takes it: for each word its pieces."""

    words: list[Word]
    pieces: list[list[int]]

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces)) + 1


class Encoder:
    """The model, loaded. Not safe to use from two threads."""

    def __init__(self, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(FILES / "attribution.int8.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(FILES / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        special = [self._tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[UNK]")]
        self._begin, self._end, self._unknown = (int(piece or 0) for piece in special)
        with np.load(FILES / "attribution_meta.npz") as meta:
            self._transitions, self._first = meta["trans"], meta["start"]

    def links(self, text: str, paragraphs: Spans) -> Iterator[tuple[int, list[Link]]]:
        """The links in each window, with how many of `paragraphs` are done by then."""
        done = 0
        window: list[_Encoded] = []
        for number, paragraph in enumerate(paragraphs):
            for encoded in self._encoded(text, paragraph):
                if window and sum(one.size for one in window) + encoded.size > WINDOW:
                    yield done, self._decoded(window)
                    window = []
                window.append(encoded)
            done = number
        if window:
            yield len(paragraphs), self._decoded(window)

    def _encoded(self, text: str, paragraph: Span) -> list[_Encoded]:
        items = words(text, paragraph)
        if not items:
            return []
        encoding = self._tokenizer.encode([w.text for w in items], is_pretokenized=True, add_special_tokens=False)
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
        return [_Encoded(items[a:b], pieces[a:b]) for a, b in pairwise([*cuts, len(items)])]

    def _decoded(self, window: list[_Encoded]) -> list[Link]:
        ids, casing, quoted, first = [self._begin], [8], [4], []
        for part in window:
            for word, pieces in zip(part.words, part.pieces, strict=True):
                first.append(len(ids))
                ids += pieces
                casing += [word.casing] * len(pieces)
                quoted += [word.quoted] * len(pieces)
            ids.append(self._end)
            casing.append(8)
            quoted.append(4)
        feed = {"ids": np.array([ids]), "ca": np.array([casing]), "qu": np.array([quoted])}
        scores, queries, keys = (output[0][first] for output in self._session.run(None, feed))
        spans: list[tuple[int, int, int]] = []
        offset = 0
        for part in window:
            labels = self._viterbi(scores[offset : offset + len(part.words)])
            spans += [(role, offset + start, offset + end) for role, start, end in _runs(labels)]
            offset += len(part.words)
        items = [word for part in window for word in part.words]
        parts = [number for number, part in enumerate(window) for _ in part.words]
        return _linked(items, parts, spans, queries, keys)

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


def _runs(labels: list[int]) -> list[tuple[int, int, int]]:
    """Roles with the first and last word of their runs: 0 is outside, 1 and 2 begin and go on with a source, …"""
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


def _linked(
    items: list[Word], parts: list[int], spans: list[tuple[int, int, int]], queries: Any, keys: Any
) -> list[Link]:
    """Each source and content with the cue that it points at; a cue takes the source that points at it best."""
    cues = [(start, end) for role, start, end in spans if role == _CUE]
    if not cues:
        return []
    points = _pointing(queries, keys, [span[1] for span in spans], [start for start, _ in cues])
    contents: list[list[Span]] = [[] for _ in cues]
    sources: list[tuple[int, int] | None] = [None] * len(cues)
    wishes = []
    for (role, start, end), row in zip(spans, points, strict=True):
        if role == _CONTENT and row.max() >= _POINTS:
            contents[int(row.argmax())].append((items[start].start, items[end].end))
        elif role == _SOURCE:
            wishes += [(share, start, end, number) for number, share in enumerate(row) if share >= _POINTS]
    taken = set()
    for _, start, end, number in sorted(wishes, reverse=True):
        if sources[number] is None and start not in taken:
            sources[number] = (start, end)
            taken.add(start)
    for number, (one, two) in enumerate(pairwise(cues), 1):
        # "He said X and argued Y": the second cue of a sentence takes over the first one's source.
        before = sources[number - 1]
        same = parts[one[0]] == parts[two[0]] and not any(w.text in ".?!" for w in items[one[0] : two[0]])
        if sources[number] is None and before is not None and same and before[0] < two[0]:
            sources[number] = before
    return [
        Link(
            (items[source[0]].start, items[source[1]].end) if source else None,
            (items[cue[0]].start, items[cue[1]].end),
            tuple(sorted(content)),
        )
        for source, cue, content in zip(sources, cues, contents, strict=True)
    ]


def _pointing(queries: Any, keys: Any, starts: list[int], cues: list[int]) -> Any:
    """For each span the share of its pointing that falls on each cue."""
    scores = queries[starts] @ keys.T / math.sqrt(queries.shape[1])
    weights = np.exp(scores - scores.max(1, keepdims=True))
    return (weights / weights.sum(1, keepdims=True))[:, cues]


@cache
def encoder() -> Encoder:
    """The model, loaded once."""
    return Encoder()
