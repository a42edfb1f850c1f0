"""What the model says of a text is the same whether one thread reads it or several."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from pullquote.analysis import encoder, predicted
from pullquote.analysis.pipeline import analyse
from pullquote.text import paragraphs

SAID = ["“We will open the bridge in May,” said Ann Cole, the mayor.",
        "She added that the town had paid 3 million pounds.",
        "Ben Hart, an engineer, warned that it would not hold."]  # fmt: skip
TEXT = "\n\n".join(SAID * 20)


def test_several_threads_read_each_window_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    once = encoder.Encoder.window

    def counted(self: encoder.Encoder, done: int, window: list[encoder.Encoded]) -> encoder.Window:
        read.append(done)
        return once(self, done, window)

    prose = paragraphs(TEXT)
    alone = predicted.predicted(TEXT, prose)
    monkeypatch.setattr(encoder.Encoder, "window", counted)
    reading = predicted.Reading(TEXT, prose)
    with ThreadPoolExecutor(3) as threads:
        told = [one.result() for one in [threads.submit(list, reading.go_on()) for _ in range(3)]]
    assert sorted(read) == sorted(set(read))
    assert max(max(each, default=0) for each in told) == reading.done == len(prose)
    assert reading.first(len(prose)).links == alone.links
    half = sorted(read)[len(read) // 2]  # where a window ends
    end = prose[half - 1][1]
    assert reading.first(half).links == [link for link in alone.links if link.cue[1] <= end]


def test_one_core_finds_what_two_find() -> None:
    assert analyse(TEXT, cores=1) == analyse(TEXT, cores=2)
