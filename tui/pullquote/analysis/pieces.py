"""Word pieces, as BERT's uncased vocabulary has them: a word it lacks is parted into pieces it has.

Of a word the longest piece is taken first, then the longest of what is left (WordPiece, Schuster
and Nakajima 2012), with accents and control characters left out and each mark a word of its own.
The pieces are those that the library `tokenizers` gives, four times as soon, since a word that
comes again is looked up; and that library brings 29 MB along, huggingface_hub among them.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

import msgspec

_LONGEST = 100  # code points; a longer word is unknown
_KNOWN = 1 << 16  # words that are kept with their pieces
_UNKNOWN = "[UNK]"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co"})  # categories of Unicode
_NO_PUNCTUATION = "$+<=>^`|~"  # by Unicode; for BERT it is
_IDEOGRAPHS = (
    *((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xF900, 0xFAFF)),
    *((0x20000, 0x2A6DF), (0x2A700, 0x2CEAF), (0x2F800, 0x2FA1F)),
)


class _Model(msgspec.Struct):
    vocab: dict[str, int]


class _File(msgspec.Struct):
    model: _Model


class Pieces:
    """The pieces of a vocabulary, by number."""

    def __init__(self, file: Path) -> None:
        self._numbers = msgspec.json.decode(file.read_bytes(), type=_File).model.vocab
        self.unknown = self._numbers[_UNKNOWN]
        self._of_word = lru_cache(_KNOWN)(self._parted)

    def of(self, text: str) -> list[int]:
        """The numbers of a text's pieces; of one that has nothing to be seen, none."""
        return [
            number
            for together in text.split()
            for word in _words(together)
            for number in self._of_word(word)
        ]

    def _parted(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST:
            return (self.unknown,)
        found: list[int] = []
        start, prefix = 0, ""
        while start < len(word):
            ends = range(len(word), start, -1)
            end = next((end for end in ends if prefix + word[start:end] in self._numbers), None)
            if end is None:
                return (self.unknown,)
            found.append(self._numbers[prefix + word[start:end]])
            start, prefix = end, "##"
        return tuple(found)


@lru_cache(_KNOWN)
def _words(text: str) -> tuple[str, ...]:
    """The words and marks of what stands without a space, in small letters without accents."""
    if text.isascii() and text.isalnum():
        return (text.lower(),)
    seen = "".join(map(_apart, text))
    bare = (c for c in unicodedata.normalize("NFD", seen) if unicodedata.category(c) != "Mn")
    # letter by letter: a sigma at the end is one like any other
    small = "".join(letter.lower() for letter in bare)
    return tuple("".join(f" {c} " if _is_mark(c) else c for c in small).split())


def _apart(letter: str) -> str:
    """A letter as it counts: nothing where it cannot be seen, set apart where it is a word."""
    if letter == "\ufffd" or unicodedata.category(letter) in _INVISIBLE:
        return ""
    is_word = any(first <= ord(letter) <= last for first, last in _IDEOGRAPHS)
    return f" {letter} " if is_word else letter


def _is_mark(letter: str) -> bool:
    return letter in _NO_PUNCTUATION or unicodedata.category(letter).startswith("P")
