"""Training of actors beside attributions: what it reads, how it learns, and what it writes."""

import json
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from pullquote.analysis.words import Tokens
from pullquote.findings import ActorKind
from pullquote.training.corpus import Article, Marked, WrongFiles
from pullquote.training.marked import HELD, TRAIN, read_own, read_page, read_stand_off
from pullquote.training.mentions import NON_COMMERCIAL, UNSETTLED, Head, Text, read_documents

PAGE = """@1 person Ann Lee
@2 organisation Lee & Sons
@3 unnamed a clerk
---
[Ann Lee|1] left [[her|1] firm|2].

{“[I|1] go,”|1} [she|1] told [a clerk|3].
"""
TEXT = "Ann Lee left her firm.\n\n“I go,” she told a clerk.\n"
PERSON = frozenset({ActorKind.PERSON})
SOMEBODY = frozenset({ActorKind.PERSON, ActorKind.GROUP})


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return Tokens()


def heads(text: Text) -> dict[str, Head]:
    return {text.words[number].text: head for number, head in text.heads.items()}


# --- what is read


def test_a_page_is_its_text_with_mentions_and_quotations() -> None:
    page = read_page(PAGE)
    assert page.text == TEXT
    assert [(TEXT[slice(*span)], actor) for span, actor in page.mentions] == [
        ("Ann Lee", "1"), ("her", "1"), ("her firm", "2"), ("I", "1"), ("she", "1"), ("a clerk", "3"),
    ]  # fmt: skip
    assert [(TEXT[slice(*span)], actor) for span, actor in page.quotations] == [("“I go,”", "1")]


@pytest.mark.parametrize(
    ("changed", "into"),
    [("[her|1]", "[her|9]"), ("firm|2]", "firm|2}"), ("[she|1]", "[she"), ("[she|1]", "she|1]"), ("@3 unnamed", "@3 thing")],
)  # fmt: skip
def test_a_faulty_page_is_refused(changed: str, into: str) -> None:
    with pytest.raises(WrongFiles):
        read_page(PAGE.replace(changed, into))


def test_heads_have_the_type_of_their_actor_and_the_unnamed_may_be_several(
    tmp_path: Path, tokens: Tokens
) -> None:
    (tmp_path / "a01.txt").write_text(PAGE, encoding="utf-8")
    (text,) = read_own(tmp_path, tokens)
    assert heads(text) == {
        "Lee": Head(PERSON, "1"),
        "her": Head(PERSON, "1"),
        "firm": Head(frozenset({ActorKind.ORGANISATION}), "2"),
        "I": Head(PERSON, "1"),
        "she": Head(PERSON, "1"),
        "clerk": Head(SOMEBODY, "3"),
    }
    assert text.elsewhere == {None}


def test_marks_over_a_corpus_find_their_article_by_its_hash(tmp_path: Path, tokens: Tokens) -> None:
    marks = {
        "sha256": sha256(TEXT.encode()).hexdigest(),
        "heads": [[4, "person", 0], [34, "person", 0]],
    }
    (tmp_path / "polnear.jsonl").write_text(json.dumps(marks), encoding="utf-8")
    (text,) = read_stand_off(tmp_path, [Article("one", TEXT, ())], tokens)
    assert heads(text) == {"Lee": Head(PERSON, "0"), "she": Head(PERSON, "0")}
    with pytest.raises(WrongFiles):
        read_stand_off(tmp_path, [Article("one", TEXT + "!", ())], tokens)


def test_our_articles_are_faultless_and_none_that_is_held_is_trained_on() -> None:
    pages = {
        path: read_page(path.read_text(encoding="utf-8"))
        for path in [*TRAIN.glob("*.txt"), *HELD.glob("*.txt")]
    }
    for path, page in pages.items():
        assert {actor for _, actor in page.mentions} == set(page.kinds), path.name
        assert all(page.text[a:b] == page.text[a:b].strip() != "" for (a, b), _ in page.mentions)
    assert len({page.text for page in pages.values()}) == len(pages)
    assert not {path.name for path in TRAIN.glob("*.txt")} & {
        path.name for path in HELD.glob("*.txt")
    }


def test_of_the_corpus_there_are_hashes_places_and_types_but_no_words() -> None:
    hashes: list[str] = []
    for folder in (TRAIN, HELD):
        for line in (folder / "polnear.jsonl").read_text(encoding="utf-8").splitlines():
            marks = json.loads(line)
            assert marks.keys() == {"sha256", "heads"}
            assert all(kind in set(ActorKind) for _, kind, _ in marks["heads"])
            assert all(type(at) is type(chain) is int for at, _, chain in marks["heads"])
            hashes.append(marks["sha256"])
    assert len(set(hashes)) == len(hashes)


def documents(folder: Path) -> Path:
    genres = ["bio", *sorted(NON_COMMERCIAL | UNSETTLED)]
    words = "The firm is small. It owed its owners. Kent saw it."
    marks = [
        [4, "organization", "1", 0, 8], [19, "organization", "1", 19, 21], [27, "organization", "1", 27, 30],
        [31, "other", "2", 27, 37], [39, "place", "3", 39, 43], [48, "organization", "1", 48, 50],
    ]  # fmt: skip
    path = folder / "gum.json"
    path.write_text(
        json.dumps(
            [{"doc": genre, "genre": genre, "text": words, "heads": marks} for genre in genres]
        )
    )
    return path


def test_genres_are_left_out_by_their_terms_and_what_is_no_actor_is_unmarked(
    tmp_path: Path, tokens: Tokens
) -> None:
    (text,) = read_documents(documents(tmp_path), tokens, NON_COMMERCIAL | UNSETTLED)
    assert text.name == "bio"
    assert {word: sorted(map(str, head.types)) for word, head in heads(text).items()} == {
        "firm": ["government", "organisation"],
        "It": ["government", "organisation"],
        "its": ["government", "organisation"],
        "Kent": ["None", "government"],
        "it": ["government", "organisation"],
    }
    assert text.elsewhere == {None, ActorKind.DOCUMENT}


def test_an_organisation_is_they_now_and_then_in_its_place(tmp_path: Path, tokens: Tokens) -> None:
    pytest.importorskip("torch")
    from pullquote.training.passages import passages

    texts = read_documents(documents(tmp_path), tokens, NON_COMMERCIAL | UNSETTLED)
    (as_it_is,) = texts
    seen = set()
    for seed in range(20):
        (passage,) = passages(texts, tokens, Random(seed), 100, (70,))
        assert [word.start for word in passage.text.words] == [
            word.start for word in as_it_is.words
        ]
        assert list(passage.heads) == sorted(as_it_is.heads)
        seen.add(" ".join(word.text for word in passage.text.words))
    assert seen == {
        "The firm is small . It owed its owners . Kent saw it .",
        "The firm is small . They owed their owners . Kent saw them .",
    }


# --- how it learns, by a network of two narrow layers


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch = pytest.importorskip("torch")
    from transformers import BertConfig, BertModel

    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("base")
    config = BertConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48
    )
    BertModel(config).save_pretrained(folder)
    return folder


@pytest.fixture
def material(tmp_path: Path, tokens: Tokens) -> Any:
    """An example of attributions, and some texts with mentions."""
    pytest.importorskip("torch")
    from pullquote.training.examples import example
    from pullquote.training.joint import Material

    (tmp_path / "a01.txt").write_text(PAGE, encoding="utf-8")
    unmarked = read_documents(documents(tmp_path), tokens, NON_COMMERCIAL | UNSETTLED)
    said = Marked(((32, 35),), ((36, 40),), ((24, 31),))
    examples = [example(Article("one", TEXT, (said,)), tokens)]
    return Material(tokens, examples, unmarked, unmarked * 2, read_own(tmp_path, tokens))


def test_a_joint_run_that_was_stopped_ends_as_one_that_was_not(
    base: Path,
    tmp_path: Path,
    tokens: Tokens,
    material: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    torch = pytest.importorskip("torch")
    from pullquote.training import run
    from pullquote.training.joint import JointPlan, train_jointly
    from pullquote.training.network import Network

    monkeypatch.setattr(run, "_KEEP", 2)
    start, plan = Network(base), JointPlan(steps=5, marked_from=2)

    class Stopped(Exception):
        """The run ends at once."""

    def trained(state: str, stops_at: int = 0) -> dict[str, Any]:
        end = run.Run.end

        def stopping(self: Any, step: int) -> None:
            end(self, step)
            if step == stops_at:
                raise Stopped

        with monkeypatch.context() as patched:
            patched.setattr(run.Run, "end", stopping)
            return train_jointly(
                base,
                start,
                material,
                plan,
                tmp_path / state,
                lambda step, losses: None,
            ).state_dict()

    whole = trained("whole.state")
    with pytest.raises(Stopped):
        trained("parts.state", stops_at=3)
    again = trained("parts.state")
    assert all(torch.equal(whole[name], again[name]) for name in whole)
    assert not torch.equal(whole["tag.weight"], start.state_dict()["tag.weight"])
    assert run.seconds(tmp_path / "parts.state") > 0


def test_words_have_the_same_vectors_in_a_step_as_in_their_window_alone(base: Path) -> None:
    """Windows of like size are read at once, and padded; their words stay in order."""
    torch = pytest.importorskip("torch")
    from pullquote.training.network import JointNetwork
    from pullquote.training.vectors import Inputs, word_vectors

    network = JointNetwork(base).eval()

    def window(size: int) -> Inputs:
        pieces = [101, *range(1000 + size, 1998 + 2 * size), 102][:size]
        return pieces, [2] * size, [0] * size, list(range(1, size - 1, 2))

    windows = [window(size) for size in (60, 9, 58, 120, 7)]
    with torch.no_grad():
        at_once = word_vectors(network, windows)
        alone = torch.cat([word_vectors(network, [one]) for one in windows])
    assert len(at_once) == sum(len(first) for *_, first in windows)
    torch.testing.assert_close(at_once, alone, atol=1e-5, rtol=1e-4)


def test_losses_fall_when_the_network_learns_them(
    base: Path, tmp_path: Path, tokens: Tokens, material: Any
) -> None:
    torch = pytest.importorskip("torch")
    from pullquote.training.losses import actor_losses
    from pullquote.training.network import JointNetwork
    from pullquote.training.passages import passages
    from pullquote.training.vectors import word_vectors

    torch.manual_seed(0)
    network = JointNetwork(base).eval()
    (passage,) = passages(material.marked, tokens, Random(0), 100, (70,))
    optimiser = torch.optim.AdamW(network.parameters(), lr=3e-3)
    seen = []
    for _ in range(12):
        types, antecedents = actor_losses(network, passage, word_vectors(network, passage.windows))
        optimiser.zero_grad()
        (types + antecedents).backward()
        optimiser.step()
        seen.append((types.item(), antecedents.item()))
    assert seen[-1][0] < seen[0][0] / 2
    assert seen[-1][1] < seen[0][1] / 2


def test_weights_are_averaged_by_share_where_both_have_them(base: Path) -> None:
    torch = pytest.importorskip("torch")
    from pullquote.training.__main__ import _averaged
    from pullquote.training.network import JointNetwork, Network

    start, joint = Network(base), JointNetwork(base)
    ours, theirs = (
        {name: value.clone() for name, value in one.state_dict().items()} for one in (joint, start)
    )
    mean = _averaged(joint, start, 0.75).state_dict()
    torch.testing.assert_close(
        mean["tag.weight"], 0.75 * ours["tag.weight"] + 0.25 * theirs["tag.weight"]
    )
    assert torch.equal(mean["mine.weight"], ours["mine.weight"])


# --- what it writes, and how good that is


@pytest.mark.parametrize(("quantised", "near"), [(False, 1e-4), (True, 0.5)])
def test_what_is_written_scores_at_run_time_as_the_network_does(
    base: Path, tmp_path: Path, tokens: Tokens, quantised: bool, near: float
) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from pullquote.analysis.coreference.mentions import mention
    from pullquote.analysis.coreference.pairs import Scorer, pairs
    from pullquote.analysis.encoder import Encoder
    from pullquote.analysis.words import inputs
    from pullquote.text import paragraphs
    from pullquote.training.export import export
    from pullquote.training.mentions import encoded
    from pullquote.training.network import JointNetwork

    torch.manual_seed(1)
    network = JointNetwork(base).eval()
    export(network, tmp_path, quantised)
    (window,) = Encoder(tmp_path).read(TEXT, paragraphs(TEXT))
    chosen = [1, 3, 4, 7]
    found = pairs([mention(window.words, number) for number in chosen])
    with np.load(tmp_path / "actors.npz") as arrays:
        assert {array.dtype for array in arrays.values()} == {np.dtype("f2" if quantised else "f4")}
        scores = Scorer(arrays).scores(window.anaphors[chosen], window.antecedents[chosen], found)
    ids, casing, quoted, first = inputs(encoded(TEXT, paragraphs(TEXT), tokens))
    with torch.no_grad():
        hidden = network.hidden(*(torch.tensor([row]) for row in (ids, casing, quoted)))[0][first]
        wanted = network.pair_scores(hidden[chosen], *map(torch.from_numpy, found))
        types = network.mention(hidden)
    assert np.abs(scores - wanted.numpy()).max() < near + 1e-3
    assert np.abs(window.types - types.numpy()).max() < near


def test_figures_of_clusters_are_full_for_the_same_and_fall_with_a_wrong_join() -> None:
    from pullquote.training.clusters import figures

    def marked(*chains: str) -> dict[int, Head]:
        return {number: Head(PERSON, chain) for number, chain in enumerate(chains)}

    right = marked("a", "a", "b", "b")
    assert figures([right], [marked("x", "x", "y", "y")]) == {
        "mentions": 1.0,
        "types": 1.0,
        "clusters": 1.0,
    }
    joined = figures([right], [marked("x", "x", "x", "x")])
    assert (joined["mentions"], joined["clusters"]) == (1.0, round(2 * 0.5 / 1.5, 4))
    assert figures([right], [marked("x", "x")])["mentions"] == round(4 / 6, 4)
    assert figures([right], [{}])["clusters"] == 0
