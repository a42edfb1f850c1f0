"""Share the articles of a DocBin of pullquote's out, for training and for measuring.

python split.py corrections.spacy: every fifth article goes into dev.spacy, the others into
train.spacy. Never part of one: what was seen in training would be measured.
"""

import sys
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin


def split(corrections: Path, folder: Path) -> None:
    """Write `train.spacy` and `dev.spacy` into `folder`."""
    docs = [*DocBin().from_disk(corrections).get_docs(spacy.blank("en").vocab)]
    articles = sorted({doc.user_data["article"] for doc in docs})
    if not articles:
        raise SystemExit(f"{corrections}: has no corrections; press e on findings, export again")
    if len(articles) < 2:
        raise SystemExit(f"{corrections}: has corrections in one article only; correct another")
    held_out = {*articles[::5]}
    for name, of_it in (("dev", True), ("train", False)):
        chosen: list[Doc] = [doc for doc in docs if (doc.user_data["article"] in held_out) is of_it]
        DocBin(docs=chosen).to_disk(folder / f"{name}.spacy")
        print(f"{name}.spacy: {len(chosen)} paragraphs")


if __name__ == "__main__":
    split(Path(sys.argv[1]), Path())
