"""The learned model: which words are a source, a cue or a content, and which belong together.

A small encoder (MiniLM, six layers) reads windows of whole paragraphs and gives each word seven
scores (BIO labels of the three roles, decoded by Viterbi under a CRF's transitions) and two
vectors: a content points at its cue and a cue at its source (pointer networks, Vinyals et al.
2015). Further heads say of each word whether a mention of an actor has it as its head, and of what
type, and give it two vectors for whom it stands for (coreference/). model/MODEL_CARD.md says what
all was trained on and how good it is. All offsets are half-open, in code points.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pullquote.analysis.quotations import with_double_marks
from pullquote.analysis.words import FILES, Encoded, Tokens, Word, inputs
from pullquote.findings import Rule
from pullquote.text import Span, Spans

Floats = NDArray[np.floating[Any]]
Run = tuple[int, int]  # the numbers of its first and its last word

# pieces; longer windows cost F1 (0.004 on the train split, out of fold) and gain nothing
WINDOW = 70
_POINTS = 0.02  # below it a span points at no cue
# of a link's score; below it more links are wrong than F1 can bear (on PolNeAR's train split, out
# of fold)
_FLOOR = 0.1
_SOURCE, _CUE, _CONTENT = range(3)
_NOTHING: Floats = np.zeros((0, 0))
_UNCALIBRATED = (np.array([0.0, 1.0]), np.array([0.0, 1.0]))


@dataclass(frozen=True, slots=True)
class Link:
    """A cue with its source and contents; `confidence` is the share of such links that is right."""

    source: Span | None
    cue: Span
    contents: Spans
    confidence: float = 1.0
    rule: Rule = Rule.MODEL


class Window(NamedTuple):
    """What the model says of some neighbouring paragraphs."""

    done: int  # paragraphs, up to the end of the window
    links: list[Link]
    words: list[Word]
    # where the model has such heads, a row for each word:
    types: Floats = _NOTHING  # the scores of what type of mention it is the head of, if any
    anaphors: Floats = _NOTHING  # its vector as the head of a later mention
    antecedents: Floats = _NOTHING  # the same as that of an earlier one


class Encoder:
    """The model, loaded. Windows may be read in several threads, and are made in one."""

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
            self._first = meta["start"]
            self._into = np.ascontiguousarray(meta["trans"].T)
            self._moves = np.exp(meta["trans"])
            is_calibrated = "scores" in meta
            self._curve = (meta["scores"], meta["shares"]) if is_calibrated else _UNCALIBRATED

    def read(self, text: str, paragraphs: Spans) -> Iterator[Window]:
        """What the model says of `paragraphs`, window by window.

        A link never leaves its window, nor its paragraphs. Quotations of every style are read as
        between double marks.
        """
        for done, window in self.windows(text, paragraphs):
            yield self.window(done, window)

    def windows(self, text: str, paragraphs: Spans) -> Iterator[tuple[int, list[Encoded]]]:
        """The windows to be read, each with how many paragraphs are done behind it."""
        text = with_double_marks(text, paragraphs)
        window: list[Encoded] = []
        for number, paragraph in enumerate(paragraphs):
            for encoded in self._tokens.encoded(text, paragraph, number):
                if window and sum(one.size for one in window) + encoded.size > WINDOW:
                    yield number, window
                    window = []
                window.append(encoded)
        if window:
            yield len(paragraphs), window

    def window(self, done: int, window: list[Encoded]) -> Window:
        """What the model says of a window."""
        ids, casing, quoted, first = inputs(window)
        feed = {"ids": np.array([ids]), "ca": np.array([casing]), "qu": np.array([quoted])}
        scores, queries, keys, *rest = (out[0][first] for out in self._session.run(None, feed))
        words = [word for part in window for word in part.words]
        return Window(done, self._links(window, words, scores, queries, keys), words, *rest)

    def _links(
        self,
        window: list[Encoded],
        words: list[Word],
        scores: Floats,
        queries: Floats,
        keys: Floats,
    ) -> list[Link]:
        """The links in a window, with calibrated confidence."""
        runs: list[tuple[int, Run]] = []
        marked: list[slice] = []
        for part in _parts(window):
            found = _runs(self._viterbi(scores[part]))
            runs += [(role, (part.start + a, part.start + b)) for role, (a, b) in found]
            marked += [part] if found else []
        if all(role != _CUE for role, _ in runs):
            return []
        shares = np.zeros_like(scores)  # of what is in no run nobody asks
        for part in marked:
            shares[part] = self._marginals(scores[part])
        links = _linked(words, runs, _Scores(shares, queries, keys))
        return [self._calibrated(link) for link in links if link.confidence >= _FLOOR]

    def _calibrated(self, link: Link) -> Link:
        share = float(np.interp(link.confidence, *self._curve))
        return replace(link, confidence=round(share, 3))

    def _viterbi(self, scores: Floats) -> list[int]:
        """The best labels of a paragraph's words."""
        best = self._first + scores[0]
        back = np.zeros(scores.shape, dtype=np.intp)
        for own, before in zip(scores[1:], back[1:], strict=True):
            through = best + self._into  # a row for each label, a column for the one before it
            through.argmax(1, out=before)
            best = np.maximum.reduce(through, 1) + own
        label = int(best.argmax())
        labels = [label]
        for before_each in reversed(back[1:].tolist()):
            label = before_each[label]
            labels.append(label)
        return labels[::-1]

    def _marginals(self, scores: Floats) -> Floats:
        """Each word's share for each label, by the forward and backward pass over a paragraph."""
        evidence = np.exp(scores - scores.max(1, keepdims=True))
        ahead, behind = np.empty_like(evidence), np.ones_like(evidence)
        ahead[0] = np.exp(self._first) * evidence[0]
        ahead[0] /= np.add.reduce(ahead[0])
        # in place, since there is a step for each word
        for before, here, own in zip(ahead, ahead[1:], evidence[1:], strict=False):
            before.dot(self._moves, out=here)
            here *= own
            here /= np.add.reduce(here)
        for here, after, own in zip(behind[-2::-1], behind[::-1], evidence[::-1], strict=False):
            self._moves.dot(after * own, out=here)
            here /= np.add.reduce(here)
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
