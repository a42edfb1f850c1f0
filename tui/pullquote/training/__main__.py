"""Train the model, from corpora and base weights to the files that the analysis runs.

Attributions first. Three teachers are each trained on two thirds of the corpus and say of the third
that they have not seen what they find in it; the student learns from the annotators and from these
together, since annotators disagree (cross-fitted distillation). It is averaged with a network of
the same seed that learnt from the annotators alone. From there the joint training goes on: it
learns actors, too, and is held by the same teachers. What ships is the mean of its weights and
those that it began with, since it loses some of what it knew of attributions. Every stage keeps
what it made in the work folder, so that a run that was stopped goes on where it was.
"""

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeVar

import click
import msgspec
import numpy as np
import torch

from pullquote.analysis.attributions import attributions_of
from pullquote.analysis.coreference.pairs import Scorer
from pullquote.analysis.encoder import Encoder
from pullquote.analysis.furniture import find_furniture
from pullquote.analysis.words import Tokens
from pullquote.findings import Attribution, Rule
from pullquote.text import overlap, paragraphs
from pullquote.training import clusters
from pullquote.training.corpus import (
    Article,
    Marked,
    WrongFiles,
    checked,
    fingerprint,
    read_split,
    split_files,
)
from pullquote.training.examples import Example, epoch, example
from pullquote.training.export import export
from pullquote.training.joint import JointPlan, Material, train_jointly
from pullquote.training.loop import Plan, Progress, marginals, train
from pullquote.training.marked import HELD, TRAIN, marked_files, read_own, read_stand_off
from pullquote.training.mentions import NON_COMMERCIAL, UNSETTLED, Text, read_documents
from pullquote.training.network import Network
from pullquote.training.run import seconds
from pullquote.training.score import figures, right

_TRAIN = "eeac981231c56ebba7146a92421089467a639914605e9023a9e7dc6eb68e24b6"
_DEV = "98384ad080d8f7c54c6b81cda1aa6db82815160bc98d56937b4a7d993f132b4e"
_BASE = "ba875552b2452153e9df56ac74455cc6494b46b71d476992a09550fbdad36631"
_MENTIONS = "772f95f0d7c71c2004313fc19cc6921b9519471b10a64216967370d89bba767c"
_FOLDS = 3
_TEACHER_EPOCHS, _STUDENT_EPOCHS = 5, 6
_TRUST = 0.5  # how much the teachers count beside the annotators
_SHARE = 0.9  # of the joint training in the weights that ship
_JOINT_SEED = 7  # added to the seed, so that the joint training's dice are its own
_BINS = 15  # of the curve from the model's score to the share that is right

AnyNetwork = TypeVar("AnyNetwork", bound=Network)
_folder = click.Path(exists=True, file_okay=False, path_type=Path)


def _usable(context: click.Context, option: click.Parameter, device: str) -> str:
    """The name of a device, asked before hours of reading and learning hang on it."""
    try:
        torch.empty(0, device=device)
    except (AssertionError, RuntimeError) as error:  # as PyTorch says that it has none
        raise click.BadParameter(f"{device}: {str(error).splitlines()[0]}") from error
    return device


@click.command(
    epilog="Example: python -m pullquote.training polnear minilm --mentions mentions "
    "--work stages --out model"
)
@click.argument("corpus", type=_folder)
@click.argument("base", type=_folder)
@click.option(
    "--mentions",
    type=_folder,
    required=True,
    help="A folder with gum.json and litbank.json.",
)
@click.option(
    "--work",
    type=click.Path(path_type=Path),
    default="training",
    show_default=True,
    help="Where stages are kept.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="Where the model's files are written.",
)
@click.option(
    "--share",
    type=click.FloatRange(0, 1),
    default=_SHARE,
    show_default=True,
    help="The share of the joint training in the weights that ship.",
)
@click.option(
    "--device",
    default="cpu",
    show_default=True,
    callback=_usable,
    help="What the networks learn on, as PyTorch calls it: cpu, cuda.",
)
@click.option("--threads", type=click.IntRange(1), default=2, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
def main(
    corpus: Path,
    base: Path,
    mentions: Path,
    work: Path,
    out: Path,
    share: float,
    device: str,
    threads: int,
    seed: int,
) -> None:
    """Train on CORPUS (PolNeAR) from BASE (all-MiniLM-L6-v2, unpacked); the model goes to --out."""
    torch.set_num_threads(threads)
    torch.set_float32_matmul_precision("high")  # what a GPU multiplies fast; a processor ignores it
    work.mkdir(parents=True, exist_ok=True)
    try:
        hashes = _hashes(corpus, base, mentions)
        data = _read(corpus, base, mentions)
    except WrongFiles as error:
        raise click.ClickException(str(error)) from error
    examples = data.material.examples
    at = _Place(base, work, device)
    curve = _taught(at, data.articles, examples, seed)
    alone = _run(at, "hard", examples, seed, _STUDENT_EPOCHS, 0.0)
    student = _run(at, "student", examples, seed, _STUDENT_EPOCHS, _TRUST)
    student = _averaged(student, alone, 0.5)
    plan = JointPlan(seed=seed + _JOINT_SEED)
    with _bar("joint", plan.steps) as progress, torch.device(device):
        state = work / "joint.state"
        joint = train_jointly(base, student, data.material, plan, state, progress).cpu()
    joint = _averaged(joint, student, share)
    full = work / "full"
    for folder, quantised in ((full, False), (out, True)):
        export(joint, folder, quantised)
        _calibrate(folder, curve)
    report = {
        "figures, full precision": _figures(full, data),
        "figures, as shipped": _figures(out, data),
        "sha256": hashes,
        "seed": seed,
        "joint training": {"plan": plan, "share": share, "texts": data.counts},
        "megabytes": round(sum(path.stat().st_size for path in out.glob("a*")) / 1e6, 1),
        "minutes of training": round(sum(map(seconds, work.glob("*.state"))) / 60),
        "versions": {"python": platform.python_version(), "torch": str(torch.__version__)},
    }
    encoded = msgspec.json.format(msgspec.json.encode(report), indent=1)
    (out / "manifest.json").write_bytes(encoded + b"\n")
    click.echo(msgspec.json.format(msgspec.json.encode(report["figures, as shipped"]), indent=1))


class _Place(NamedTuple):
    """Where a training has its base weights, keeps its stages, and on what it runs."""

    base: Path
    work: Path
    device: str


class _Data(NamedTuple):
    """All that is read before training begins."""

    articles: list[Article]
    material: Material
    dev: list[Article]
    held: dict[str, list[Text]]  # whose marks nothing is trained on, by where they are from

    @property
    def counts(self) -> dict[str, int]:
        """How many texts there are to learn actors from."""
        of = self.material
        return {"GUM": len(of.documents), "LitBank": len(of.novels), "marked": len(of.marked)}


def _hashes(corpus: Path, base: Path, mentions: Path) -> dict[str, str]:
    """The fingerprints of all that is read. Raises WrongFiles where one is not as expected."""
    weights = [base / "model.safetensors", base / "tokenizer.json"]
    return {
        "train": checked(f"{corpus}/train", split_files(corpus / "train"), _TRAIN),
        "dev": checked(f"{corpus}/dev", split_files(corpus / "dev"), _DEV),
        "base": checked(str(base), weights, _BASE),
        "mentions": checked(str(mentions), _mention_files(mentions), _MENTIONS),
        "marked": fingerprint(marked_files()),
    }


def _mention_files(folder: Path) -> list[Path]:
    return [folder / "gum.json", folder / "litbank.json"]


def _read(corpus: Path, base: Path, mentions: Path) -> _Data:
    tokens = Tokens(base / "tokenizer.json")
    articles = read_split(corpus / "train")
    gum, litbank = _mention_files(mentions)
    marked = [*read_own(TRAIN, tokens), *read_stand_off(TRAIN, articles, tokens)]
    documents = read_documents(gum, tokens, NON_COMMERCIAL | UNSETTLED)
    examples = [example(article, tokens) for article in articles]
    return _Data(
        articles,
        Material(tokens, examples, documents, read_documents(litbank, tokens), marked),
        read_split(corpus / "dev"),
        {"own": read_own(HELD, tokens), "PolNeAR": read_stand_off(HELD, articles, tokens)},
    )


@contextmanager
def _bar(name: str, steps: int) -> Iterator[Progress]:
    """A bar that shows how far a run is, and its losses."""
    with click.progressbar(
        length=steps, label=name, show_pos=True, item_show_func=lambda losses: losses or ""
    ) as bar:
        yield lambda step, losses: bar.update(step - bar.pos, losses)


def _run(
    at: _Place, name: str, examples: list[Example], seed: int, epochs: int, trust: float
) -> Network:
    """The network of one run, trained now or taken from its kept state."""
    plan = Plan(seed=seed, trust=trust)
    steps = epochs * len(epoch(examples, Random(0), (plan.room,), plan.batch, 0.0))
    plan = Plan(seed=seed, trust=trust, steps=steps)
    with _bar(name, steps) as progress, torch.device(at.device):
        return train(at.base, examples, plan, at.work / f"{name}.state", progress).cpu()


def _taught(
    at: _Place, articles: list[Article], examples: list[Example], seed: int
) -> tuple[list[float], list[float]]:
    """Give examples the marginals of a teacher that did not see them; the curve, score to share."""
    scored: list[tuple[float, bool]] = []
    for fold in range(_FOLDS):
        name = f"fold{fold}"
        kept = at.work / f"soft{fold}.npz"
        seen = [one for number, one in enumerate(examples) if number % _FOLDS != fold]
        teacher = _run(at, name, seen, seed + 10 + fold, _TEACHER_EPOCHS, 0.0)
        _teach(teacher, examples[fold::_FOLDS], kept)
        folder = at.work / f"model{fold}"
        _written(at.base, teacher, folder)
        encoder = Encoder(folder)
        for article in articles[fold::_FOLDS]:
            scored += _scored(encoder, article)
    return reliability(scored)


def _teach(teacher: Network, unseen: list[Example], kept: Path) -> None:
    """Give examples the marginals of a teacher; they are kept in a file, and taken from there."""
    if not kept.exists():
        soft: dict[str, Any] = {}
        for one in unseen:
            of_labels, of_moves = marginals(teacher, one, Plan().room)
            soft |= {f"{one.name}|u": of_labels, f"{one.name}|p": of_moves}
        np.savez(kept, **soft)
    with np.load(kept) as arrays:
        for one in unseen:
            one.soft = arrays[f"{one.name}|u"], arrays[f"{one.name}|p"]


def _scored(encoder: Encoder, article: Article) -> list[tuple[float, bool]]:
    """The score of each attribution that the model finds, and whether people marked it too."""
    found = _attributions(encoder, article)
    marks = zip(found, right(article, list(map(_marked, found))), strict=True)
    return [(one.confidence, is_right) for one, is_right in marks if one.rule is Rule.MODEL]


def _marked(attribution: Attribution) -> Marked:
    return Marked(attribution.source, attribution.cue, attribution.content)


def reliability(scored: list[tuple[float, bool]]) -> tuple[list[float], list[float]]:
    """The share that is right by score, in bins of like size, made to rise: points of a curve."""
    ordered = sorted(scored)
    bins = [chunk for chunk in np.array_split(np.array(ordered, dtype=float), _BINS) if len(chunk)]
    scores = [float(chunk[:, 0].mean()) for chunk in bins]
    shares = np.maximum.accumulate([float(chunk[:, 1].mean()) for chunk in bins])
    return [0.0, *scores, 1.0], [float(shares[0]), *map(float, shares), float(shares[-1])]


def _averaged(one: AnyNetwork, other: Network, share: float) -> AnyNetwork:
    """`share` of one's weights and the rest of the other's, where it has them.

    One went on from the other, or both share a seed (model soups, Wortsman et al. 2022).
    """
    theirs = other.state_dict()
    mean = {
        name: share * mine + (1 - share) * theirs[name] if name in theirs else mine
        for name, mine in one.state_dict().items()
    }
    one.load_state_dict(mean)
    return one


def _written(base: Path, trained: Network, folder: Path) -> Path:
    """The files of a network, with attention written out, as ONNX needs it."""
    network = Network(base, attention="eager")
    network.load_state_dict(trained.state_dict())
    return export(network, folder)


def _calibrate(folder: Path, curve: tuple[list[float], list[float]]) -> None:
    """Add the curve from score to confidence to a model's files."""
    with np.load(folder / "attribution_meta.npz") as meta:
        arrays = dict(meta)
    np.savez(folder / "attribution_meta.npz", **arrays, scores=curve[0], shares=curve[1])


def _attributions(encoder: Encoder, article: Article) -> list[Attribution]:
    page = paragraphs(article.text)
    furniture = find_furniture(article.text, page)
    prose = tuple(p for p in page if not any(overlap(p, one) == p[1] - p[0] for one in furniture))
    links = [link for window in encoder.read(article.text, prose) for link in window.links]
    return attributions_of(article.text, prose, links)


def _figures(folder: Path, data: _Data) -> dict[str, Any]:
    """The figures of the model in `folder`: of attributions with the rules, of actors without."""
    encoder = Encoder(folder)
    with np.load(folder / "actors.npz") as arrays:
        scorer = Scorer(arrays)
    found = [list(map(_marked, _attributions(encoder, article))) for article in data.dev]
    of_actors = {
        name: clusters.figures(
            [clusters.marked_heads(one) for one in texts],
            [clusters.found_heads(one, encoder, scorer) for one in texts],
        )
        for name, texts in data.held.items()
    }
    return {"attributions": figures(data.dev, found), "actors": of_actors}


if __name__ == "__main__":
    main()
