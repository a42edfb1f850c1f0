"""Mentions as the learned model takes them: a head word, its form, and the name around it.

Needs no parse; training reads its texts with it, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache

from pullquote.analysis.lexicon import countries, lexicon
from pullquote.analysis.words import Word
from pullquote.findings import ActorKind
from pullquote.text import Span

Run = tuple[int, int]  # the numbers of its first and its last word

_QUOTED = 1  # of a word: between quotation marks
_CAPITALS = frozenset({3, 4, 5, 6})  # casings that begin with one
_APOSTROPHES = ("’", "'")
_ENDS = frozenset(".!?:“”\"‘’'—–-•*(")  # behind them any word may have a capital
_INITIALS = 4  # the casing of "UN"
_OF_MANY = ("ese", "sh", "ch", "ss", "s")  # ends of demonyms that can be of many
_SAID = 6  # words that may stand between an article and its noun


class Form(IntEnum):
    """What kind of word the head of a mention is; the order is the model's."""

    HE = 0
    SHE = 1
    IT = 2
    THEY = 3
    I = 4  # noqa: E741
    WE = 5
    YOU = 6
    WHO = 7
    NAME = 8
    NOMINAL = 9
    OTHER = 10  # "this", "some", "everyone"

    is_full: bool  # whether it says by itself who is meant: a name or a noun

    def __init__(self, number: int) -> None:
        self.is_full = self.name in ("NAME", "NOMINAL")


@cache
def forms() -> dict[str, Form]:
    """The form of each pronoun, in small letters."""
    words = lexicon("mentions")
    found = dict.fromkeys(words["others"], Form.OTHER)
    for name, pronouns in words["pronouns"].items():
        found.update((pronoun, Form[name.upper()]) for pronoun in pronouns if pronoun not in found)
    return found


@cache
def offices() -> frozenset[str]:
    """Titles and nouns for people, in small letters: alone they name nobody."""
    people = lexicon("people")
    found: frozenset[str] = lexicon("mentions")["titles"] | people["unnamed"] | people["groups"]
    return found


def is_of_one(word: str) -> bool:
    """Whether a demonym can be one person's: "Canadian"; not "French", "Canadians"."""
    return word in countries().demonyms and not word.endswith(_OF_MANY)


@dataclass(slots=True, eq=False)
class Mention:
    """A mention by its head word."""

    head: int  # the number of its word among those it was read in
    at: Span  # where the head lies in the text
    span: Span  # where the name lies, or the head
    word: str  # the head, in small letters
    paragraph: int
    is_quoted: bool
    form: Form
    run: Run  # the name around it, or the head alone
    type: ActorKind | None = None  # what the model takes it for
    share: float = 1.0  # how likely it is the head of a mention
    words: frozenset[str] = field(default_factory=frozenset)  # of the name, without titles
    name: tuple[str, ...] = ()  # as it is written
    first: str = ""  # the name's first word
    length: int = 1  # of the name, in words
    initials: str = ""
    is_first: bool = False  # whether a sentence begins with it, so that its capital says nothing
    said: tuple[str, ...] = ()  # what is said of it before the head, back to an article

    @property
    def is_office(self) -> bool:
        """Whether a name is no more than a title or an office: "the Mayor"."""
        is_held = self.word in offices() and self.word not in lexicon("people")["collective"]
        return is_held or self.words <= offices() or self.is_one_of_people

    @property
    def is_one_of_people(self) -> bool:
        """Whether it is somebody by where they are from: "the Canadian"; not "the French"."""
        return self.length == 1 and self.said == ("the",) and is_of_one(self.name[0])

    def call(self, text: Sequence[Word], run: Run) -> None:
        """Give it the name that goes from one word to another."""
        self.run = run
        self.span = text[run[0]].start, text[run[1]].end
        written = [text[number].text for number in range(run[0], run[1] + 1)]
        written = [word for word in written if word[0].isalnum()]
        without = lexicon("mentions")["titles"] | {"of", "the"}
        self.name = tuple(written)
        core = [word.lower() for word in written if word.lower() not in without]
        self.words = frozenset(core or [self.word])
        self.first = written[0].lower() if written else self.word
        self.length = len(written)
        joined = "".join(written)
        self.initials = ""
        self.is_first = _begins(text, run[0])
        if len(written) > 1:
            self.initials = "".join(word[0] for word in written if word[0].isupper()).lower()
        elif self.form is Form.NAME and joined.isupper() and len(joined) > 1:
            self.initials = joined.lower()
        if len(written) > 1 and all(len(word) == 1 for word in written):  # "U.N."
            self.initials = joined.lower()
            self.words = frozenset([self.initials])


def mention(text: Sequence[Word], head: int) -> Mention:
    """The mention whose head is the word of that number."""
    word = text[head]
    lower = word.text.lower()
    form = forms().get(lower)
    if word.casing == _INITIALS and lower in lexicon("mentions")["initials"]:
        form = None
    if form is None:
        form = Form.NAME if is_capital(word) else Form.NOMINAL
    run = _name_around(text, head) if form is Form.NAME else (head, head)
    at = word.start, word.end
    found = Mention(head, at, at, lower, word.paragraph, word.quoted == _QUOTED, form, run)
    found.call(text, run)
    if form.is_full:
        found.said = said_before(text, run[0] if form is Form.NAME else head)
    return found


def is_capital(word: Word) -> bool:
    """Whether a word begins with a capital letter."""
    return word.casing in _CAPITALS


def said_before(text: Sequence[Word], number: int) -> tuple[str, ...]:
    """What is said of a noun before it, from its article on: ("a", "rival") of "a rival firm".

    Where no article stands there, and no possessive, nothing tells what belongs to it.
    """
    found: list[str] = []
    is_whole = False
    for before in range(number - 1, max(-1, number - 1 - _SAID), -1):
        word = text[before]
        if word.paragraph != text[number].paragraph:
            break
        lower = word.text.lower()
        if lower in lexicon("mentions")["determiners"]:
            found.append(lower)
            return tuple(reversed(found))
        if word.text in _APOSTROPHES:
            is_whole = True
            found = [one for one in found if one != "s"]
        elif word.text[0].isalnum():
            if is_whole and found and not is_capital(word):
                break
            found.append(word.text)
        elif word.text != "-":
            break
    return tuple(reversed(found)) if is_whole else ()


def _begins(text: Sequence[Word], number: int) -> bool:
    """Whether a word begins a sentence, a paragraph or a quotation."""
    if not number or text[number - 1].paragraph != text[number].paragraph:
        return True
    return text[number - 1].text in _ENDS


def is_title_of(one: Mention, other: Mention) -> bool:
    """Whether an office stands before a name, as a part of it: "Minister Reed"."""
    return one.form is Form.NAME and one.run == other.run and one.word in offices()


def part(text: Sequence[Word], one: Mention, other: Mention) -> None:
    """Give two heads in one run of capitals a name each: "Acme CEO Jane Miller"."""
    if not (one.form is other.form is Form.NAME):
        return
    overlap = one.run[1] >= other.head and other.run[0] <= one.head
    if not overlap or any(text[number].text == "of" for number in range(one.head, other.head)):
        return
    one.call(text, (one.run[0], one.head))
    if other.type is ActorKind.PERSON is not one.type:
        other.call(text, (one.head + 1, other.run[1]))


def _name_around(text: Sequence[Word], head: int) -> Run:
    """The first and the last word of the name that a capital belongs to."""
    names = _Names(text, text[head].paragraph)
    first = last = head
    while step := names.before(first):
        first -= step
    while step := names.behind(last):
        last += step
    if text[last].text == "." and not names.ends_in_initials(first, last):
        last -= 1
    return first, last


class _Names:
    """A text's words as parts of names, within a paragraph."""

    def __init__(self, text: Sequence[Word], paragraph: int) -> None:
        self._text = text
        self._paragraph = paragraph
        self._small = lexicon("mentions")["small"]
        self._titles = lexicon("mentions")["titles"]

    def before(self, first: int) -> int:
        """How many words more belong to a name that begins at `first`; 0 where none."""
        if self._is_part(first - 1):
            return 1
        joint = self._word(first - 1)
        if joint in _APOSTROPHES and self._is_part(first - 2) and self._joins(first - 1):
            return 2
        if joint in ("-", "&") and first > 1 and self._is_part(first - 2):
            return 2 if joint == "&" or self._touch(first - 2) else 0
        return 2 if self._is_abbreviated(first - 1) and self._is_part(first - 2) else 0

    def behind(self, last: int) -> int:
        """The same behind a name that ends at `last`."""
        if self._is_part(last + 1) or self._is_abbreviated(last + 1):
            return 1
        joint = self._word(last + 1)
        if joint in _APOSTROPHES and self._is_part(last + 2) and self._joins(last + 1):
            return 2
        if joint in ("-", "&", "of") and self._is_part(last + 2):
            return 2
        is_of_the = joint == "of" and self._word(last + 2) == "the"
        return 3 if is_of_the and self._is_part(last + 3) else 0

    def ends_in_initials(self, first: int, last: int) -> bool:
        """Whether the stop at the end of a name is its own: "Jane M."."""
        goes_on = last + 1 < len(self._text)
        return goes_on and len(self._text[last - 1].text) == 1 and last - first > 1

    def _word(self, number: int) -> str:
        return self._text[number].text if 0 <= number < len(self._text) else ""

    def _touch(self, number: int) -> bool:
        """Whether no space stands behind a word."""
        return self._text[number].end == self._text[number + 1].start

    def _joins(self, number: int) -> bool:
        """Whether a mark stands inside a name: "O’Neill", not "COLE’S"."""
        touches = self._touch(number - 1) and self._touch(number)
        return touches and len(self._text[number + 1].text) > 1

    def _is_here(self, number: int) -> bool:
        inside = 0 <= number < len(self._text)
        return inside and self._text[number].paragraph == self._paragraph

    def _is_part(self, number: int) -> bool:
        if not self._is_here(number) or not is_capital(self._text[number]):
            return False
        return self._text[number].text.lower() not in self._small

    def _is_abbreviated(self, number: int) -> bool:
        """Whether a stop belongs to an initial or a title before it."""
        if number < 1 or not self._is_here(number) or self._text[number].text != ".":
            return False
        word = self._text[number - 1]
        is_short = len(word.text) == 1 or word.text.lower() in self._titles
        return is_short and is_capital(word) and self._touch(number - 1)
