"""Train the attribution model, from a corpus and base weights to the files that the analysis runs.

Three teachers are each trained on two thirds of the corpus and say of the third that they have not
seen what they find in it; the student learns from the annotators and from these together, since
annotators disagree (cross-fitted distillation). What ships is the mean of the student's weights and
those of a network of the same seed that learnt from the annotators alone. Every stage keeps what it
made in the work folder, so that a run that was stopped goes on where it was.
"""

import platform
import time
from pathlib import Path
from random import Random
from typing import Any

import click
import msgspec
import numpy as np
import torch

from pullquote.analysis.attributions import attributions_of
from pullquote.analysis.encoder import Encoder
from pullquote.analysis.furniture import find_furniture
from pullquote.analysis.words import Tokens
from pullquote.findings import Attribution, Rule
from pullquote.text import overlap, paragraphs
from pullquote.training.corpus import Article, Marked, WrongFiles, checked, read_split, split_files
from pullquote.training.examples import Example, epoch, example
from pullquote.training.export import export
from pullquote.training.loop import Plan, marginals, train
from pullquote.training.network import Network
from pullquote.training.score import figures, right

_TRAIN = "eeac981231c56ebba7146a92421089467a639914605e9023a9e7dc6eb68e24b6"
_DEV = "98384ad080d8f7c54c6b81cda1aa6db82815160bc98d56937b4a7d993f132b4e"
_BASE = "ba875552b2452153e9df56ac74455cc6494b46b71d476992a09550fbdad36631"
_FOLDS = 3
_TEACHER_EPOCHS, _STUDENT_EPOCHS = 5, 6
_TRUST = 0.5  # how much the teachers count beside the annotators
_BINS = 15  # of the curve from the model's score to the share that is right


@click.command(
    epilog="Example: python -m pullquote.training polnear minilm --work stages --out model"
)
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("base", type=click.Path(exists=True, file_okay=False, path_type=Path))
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
@click.option("--threads", type=click.IntRange(1), default=2, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
def main(corpus: Path, base: Path, work: Path, out: Path, threads: int, seed: int) -> None:
    """Train on CORPUS (PolNeAR) from BASE (all-MiniLM-L6-v2, unpacked); the model goes to --out."""
    torch.set_num_threads(threads)
    work.mkdir(parents=True, exist_ok=True)
    try:
        hashes = {
            "train": checked(f"{corpus}/train", split_files(corpus / "train"), _TRAIN),
            "dev": checked(f"{corpus}/dev", split_files(corpus / "dev"), _DEV),
            "base": checked(
                str(base), [base / "model.safetensors", base / "tokenizer.json"], _BASE
            ),
        }
    except WrongFiles as error:
        raise click.ClickException(str(error)) from error
    began = time.monotonic()
    tokens = Tokens(base / "tokenizer.json")
    articles, dev = read_split(corpus / "train"), read_split(corpus / "dev")
    examples = [example(article, tokens) for article in articles]
    curve = _taught(base, work, articles, examples, seed)
    alone = _run(base, work, "hard", examples, seed, _STUDENT_EPOCHS, 0.0)
    student = _averaged(_run(base, work, "student", examples, seed, _STUDENT_EPOCHS, _TRUST), alone)
    written = _written(base, student, out)
    with np.load(out / "attribution_meta.npz") as meta:
        np.savez(out / "attribution_meta.npz", **{**meta, "scores": curve[0], "shares": curve[1]})
    full = work / "full"
    export(_exportable(base, student), full, quantised=False)
    shipped = _on_dev(out, dev)
    report = {
        "figures, full precision": _on_dev(full, dev),
        "figures, as shipped": shipped,
        "sha256": hashes,
        "seed": seed,
        "megabytes": round(written.stat().st_size / 1e6, 1),
        "minutes of this run": round((time.monotonic() - began) / 60),
        "versions": {"python": platform.python_version(), "torch": str(torch.__version__)},
    }
    (out / "manifest.json").write_bytes(
        msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n"
    )
    for name, values in shipped.items():
        click.echo(f"{name:9} " + "  ".join(f"{key} {value:.3f}" for key, value in values.items()))


def _run(
    base: Path, work: Path, name: str, examples: list[Example], seed: int, epochs: int, trust: float
) -> Network:
    """The network of one run, trained now or taken from its kept state."""
    plan = Plan(seed=seed, trust=trust)
    steps = epochs * len(epoch(examples, Random(0), plan.room, plan.batch, 0.0))
    plan = Plan(seed=seed, trust=trust, steps=steps)
    with click.progressbar(
        length=steps, label=name, show_pos=True, item_show_func=lambda loss: loss or ""
    ) as bar:
        done = 0

        def progress(step: int, losses: str) -> None:
            nonlocal done
            bar.update(step - done, losses)
            done = step

        return train(base, examples, plan, work / f"{name}.state", progress)


def _taught(
    base: Path, work: Path, articles: list[Article], examples: list[Example], seed: int
) -> tuple[list[float], list[float]]:
    """Give examples the marginals of a teacher that did not see them; the curve, score to share."""
    scored: list[tuple[float, bool]] = []
    for fold in range(_FOLDS):
        name = f"fold{fold}"
        kept = work / f"soft{fold}.npz"
        seen = [one for number, one in enumerate(examples) if number % _FOLDS != fold]
        teacher = _run(base, work, name, seen, seed + 10 + fold, _TEACHER_EPOCHS, 0.0)
        _teach(teacher, examples[fold::_FOLDS], kept)
        folder = work / f"model{fold}"
        _written(base, teacher, folder)
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


def _averaged(one: Network, other: Network) -> Network:
    """The mean of two networks' weights that share a seed (model soups, Wortsman et al. 2022)."""
    mine, theirs = one.state_dict(), other.state_dict()
    one.load_state_dict({name: (mine[name] + theirs[name]) / 2 for name in mine})
    return one


def _exportable(base: Path, trained: Network) -> Network:
    """The same network with attention written out, as ONNX needs it."""
    network = Network(base, attention="eager")
    network.load_state_dict(trained.state_dict())
    return network


def _written(base: Path, trained: Network, folder: Path) -> Path:
    return export(_exportable(base, trained), folder)


def _attributions(encoder: Encoder, article: Article) -> list[Attribution]:
    page = paragraphs(article.text)
    furniture = find_furniture(article.text, page)
    prose = tuple(p for p in page if not any(overlap(p, one) == p[1] - p[0] for one in furniture))
    links = [link for window in encoder.read(article.text, prose) for link in window.links]
    return attributions_of(article.text, prose, links)


def _on_dev(folder: Path, dev: list[Article]) -> dict[str, dict[str, float]]:
    """The figures of the model in `folder`, with the rules."""
    encoder = Encoder(folder)
    found = [list(map(_marked, _attributions(encoder, article))) for article in dev]
    return figures(dev, found)


if __name__ == "__main__":
    main()
