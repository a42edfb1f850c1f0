"""What the words of an article are told by, so that the same ones are found among millions.

A worker computes it while the article is there: the hash of all words, which is the same for the
same ones, and a MinHash of every three words in a row, which tells how many of them two articles
share. Case, punctuation, white space and ligatures make no difference.
"""

import hashlib
import re

from pullquote.folding import folded

HASHES = 126  # of a MinHash, four bytes each: what two articles share is known to 0.04
_IN_A_ROW = 3  # words
_SEED = 2009  # of the hashes; another one makes other signatures


def signature(text: str) -> tuple[str, bytes]:
    """The hash of an article's words, and their MinHash: 504 bytes, the same on every machine.

    What sets a text (case, punctuation, white space, ligatures) makes no difference.
    """
    from rensa import RMinHash

    words = re.findall(r"\w+", folded(text).casefold())
    rows = zip(*(words[at:] for at in range(_IN_A_ROW)), strict=False)
    minhash = RMinHash(num_perm=HASHES, seed=_SEED)
    minhash.update([" ".join(row) for row in rows] or [" ".join(words)])
    exact = hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()[:32]
    return exact, b"".join(one.to_bytes(4, "little") for one in minhash.digest())
