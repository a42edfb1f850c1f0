"""Training: what it reads, checks and learns from; the network where `train` is installed."""

from itertools import chain, pairwise, product
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pullquote.training.corpus import (
    Article,
    Marked,
    WrongFiles,
    checked,
    fingerprint,
    read_split,
    split_files,
)
from pullquote.training.score import figures, right

TEXT = "“We will go,” said Ann Lee.\nShe added that it would rain.\n"
SAID = Marked(((19, 26),), ((14, 18),), ((0, 13),))
ADDED = Marked(((28, 31),), ((32, 37),), ((38, 56),))
ARTICLE = Article("one", TEXT, (SAID, ADDED))


@pytest.fixture
def split(tmp_path: Path) -> Path:
    for folder, name, words in (
        ("text", "one.txt", TEXT),
        (
            "attributions",
            "one_ab.ann",
            "T1\tSource 19 26\tAnn Lee\nT2\tCue 14 18\tsaid\nT3\tContent 0 13\t…\nE1\tCue:T2 "
            "Source:T1 Content:T3\n",
        ),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(words, encoding="utf-8")
    return tmp_path


def test_a_split_is_read_as_it_was_marked(split: Path) -> None:
    (article,) = read_split(split)
    assert (article.name, article.text, article.attributions) == ("one", TEXT, (SAID,))


def test_other_files_than_those_the_figures_were_made_with_are_refused(split: Path) -> None:
    files = split_files(split)
    known = fingerprint(files)
    assert checked("the split", files, known) == known
    (split / "text" / "one.txt").write_text("changed", encoding="utf-8")
    with pytest.raises(WrongFiles, match="the split"):
        checked("the split", files, known)


def test_figures_are_full_for_the_same_and_fall_with_a_wrong_source() -> None:
    assert figures([ARTICLE], [ARTICLE.attributions])["all"] == {
        "attrib": 1.0,
        "exact": 1.0,
        "source": 1.0,
    }
    wrong = ADDED._replace(source=((19, 26),))
    assert right(ARTICLE, [SAID, wrong]) == [True, False]
    assert figures([ARTICLE], [[SAID, wrong]])["all"] == {
        "attrib": 0.5,
        "exact": 1.0,
        "source": 0.5,
    }
    assert figures([ARTICLE], [[]])["all"]["attrib"] == 0


def test_words_learn_their_labels_and_a_cue_its_source() -> None:
    pytest.importorskip("torch")
    from pullquote.analysis.words import Tokens
    from pullquote.training.examples import example

    made = example(ARTICLE, Tokens())
    words = [word.text for part in made.parts for word in part.words]
    begins = {words[number]: int(label) for number, label in enumerate(made.labels) if label % 2}
    assert begins == {"“": 5, "said": 3, "Ann": 1, "She": 1, "added": 3, "that": 5}
    pointed = {words[number]: words[target] for number, target in made.links.items()}
    assert pointed == {"“": "said", "said": "Ann", "that": "added", "added": "She"}


@given(st.lists(st.integers(1, 300), max_size=40), st.integers(60, 250))
def test_windows_take_every_paragraph_once_and_keep_to_their_room(
    sizes: list[int], room: int
) -> None:
    pytest.importorskip("torch")
    from pullquote.training.examples import packed

    runs = packed(sizes, room)
    assert list(chain.from_iterable(runs)) == list(range(len(sizes)))
    assert all(len(run) == 1 or sum(sizes[number] for number in run) <= room for run in runs)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=30))
def test_the_curve_of_confidence_never_falls(scored: list[tuple[float, bool]]) -> None:
    pytest.importorskip("torch")
    from pullquote.training.__main__ import reliability

    scores, shares = reliability(scored)
    assert scores == sorted(scores)
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6])
def test_all_ways_through_a_chain_of_labels_are_summed(count: int) -> None:
    """As counted one by one; what is padded counts nothing."""
    torch = pytest.importorskip("torch")
    network = pytest.importorskip("pullquote.training.network")
    torch.manual_seed(count)
    starts, steps = torch.randn(2, 3), torch.randn(2, count - 1, 3, 3)
    found = network.log_partition(starts, steps)
    for chained in range(2):
        ways = product(range(3), repeat=count)
        scores = [
            starts[chained, way[0]]
            + sum(steps[chained, at][move] for at, move in enumerate(pairwise(way)))
            for way in ways
        ]
        assert found[chained].item() == pytest.approx(
            torch.logsumexp(torch.stack(scores), 0).item(), abs=1e-4
        )
    stays = torch.full((2, 2, 3, 3), -1e4)
    stays[..., range(3), range(3)] = 0
    assert network.log_partition(starts, torch.cat([steps, stays], 1)).allclose(found, atol=1e-4)


def test_a_device_that_is_not_there_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    training = pytest.importorskip("pullquote.training.__main__")
    folder = str(tmp_path)
    arguments = [folder, folder, "--mentions", folder, "--out", folder, "--device", "nowhere"]
    done = CliRunner().invoke(training.main, arguments)
    assert done.exit_code == 2
    assert "nowhere" in done.output
