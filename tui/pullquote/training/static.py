"""Make the static vectors of statements: potion-base-8M, fewer dimensions, eight bits.

    python -m pullquote.training.static FOLDER

`FOLDER` has the files of minishlab/potion-base-8M as published (model.safetensors, tokenizer.json).
Its dimensions are principal components, so the first ones tell most. The rows are put in the order
of our tokenizer's pieces, of which its are a part.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np

from pullquote.analysis.vectors import DIMENSIONS, Vectors
from pullquote.analysis.words import FILES


def reduced(folder: Path) -> Vectors:
    """A row of eight-bit numbers for each piece of our tokenizer."""
    raw = (folder / "model.safetensors").read_bytes()
    size = int.from_bytes(raw[:8], "little")
    shape = json.loads(raw[8 : 8 + size])["embeddings"]["shape"]
    full = np.frombuffer(raw[8 + size :], dtype=np.float32).reshape(shape)[:, :DIMENSIONS]
    theirs, ours = (
        json.loads((place / "tokenizer.json").read_bytes())["model"]["vocab"]
        for place in (folder, FILES)
    )
    rows = np.zeros((max(ours.values()) + 1, DIMENSIONS), dtype=np.int8)
    small = np.round(full * (127 / np.abs(full).max())).astype(np.int8)
    for piece, number in theirs.items():
        rows[ours[piece]] = small[number]
    return rows


if __name__ == "__main__":
    target = FILES / "statements.npy"
    np.save(target, reduced(Path(sys.argv[1])))
    print(target.name, target.stat().st_size, sha256(target.read_bytes()).hexdigest())
