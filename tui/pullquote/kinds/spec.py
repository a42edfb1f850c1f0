"""What there is to know of a kind of finding: the form that one module a kind fills in.

What shows, walks, lists, explains or exports findings asks these values, and branches on no kind
itself. They are plain: no Textual, no markup.
"""

from collections.abc import Callable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from pullquote.findings import Rule
from pullquote.notes.reading import Layer, Reading
from pullquote.text import Spans

Item = TypeVar("Item")  # a finding of the kind, or an annotation
Styled = tuple[tuple[str, str], ...]  # words, each with a style: "bold", "dim", "" for none
Line = tuple[str, str | Styled]  # a heading and what stands under it


class Badge(NamedTuple):
    """A word or two at the right edge of a row, with a style."""

    words: str
    style: str = "$muted"


class Entry(NamedTuple):
    """A finding or note in a row: a glyph, who with how they say it, and what."""

    glyph: str
    who: str
    word: str  # what is known of it, where there is but a line for all
    what: str | Styled
    badge: str = ""  # what the reader says of it: a verdict, that it was corrected
    cue: str = ""  # how it is said, beside who
    edge: tuple[Badge, ...] = ()  # at the right edge, the last first to go: its kind, its verdict
    tone: str = ""  # the style of the glyph
    manner: str = "bold"  # the style of who
    comment: tuple[Styled, ...] = ()  # the reader's, below the words, a line each
    denied: bool = False  # whether the words alone say the opposite: the cue stays


class Order(NamedTuple):
    """An order of findings: what it is called, and by what they are sorted, then as in the text."""

    title: str
    key: Callable[[Reading, Any], Any]  # least for what is wanted first; false, where it counts
    is_counted: bool = False  # whether to say how many these are


class Part(NamedTuple):
    """A part of a finding that has words of its own."""

    heading: str
    spans: Spans
    word: str = ""  # before it where findings are listed; none where it is left out there


class Kind(msgspec.Struct, Generic[Item], frozen=True, kw_only=True):
    """A kind of finding, or the reader's notes, on the screen and in exports."""

    layer: Layer
    key: str  # goes to the next
    back: str = ""  # goes to the previous; the capital of `key` where none is given
    step: str = "Go to the {way} {layer}"  # what these keys do; {way} is next or previous
    turn: str = "Go to the {plural}"  # what its pane's key does
    pane: str = ""  # the title of its pane; the word for several where none is given
    hints: tuple[str, ...]  # ids of the acts that matter on one, most important first
    empty: str  # what its pane says where there is none

    has_ground: bool = False  # whether that is in the hue of who says it, with a bar in the gutter
    is_name: bool = False  # whether it names somebody, whose hue it stands in
    lane: str = ""  # of the gutter, where its glyph stands beside its first line
    colour: Callable[[Item], str] = lambda one: "muted"  # of its glyph: a variable of the palette
    hedges: Callable[[Item], Spans] = lambda one: ()  # its words that say it may not be so
    tick: str = ""  # its sign in the overview of the article
    has_extent: bool = False  # whether its words are underlined where the reader is on it
    sign: tuple[str, str]  # how it looks in the text, for the help

    glyph: Callable[[Item], str]
    edge: Callable[[Item], str] = lambda one: ""  # what kind it is, at the right edge of its row
    usual: str = ""  # of its values: goes without saying in a row
    parts: Callable[[Item], tuple[Part, ...]] = lambda one: ()
    addressed: Callable[[Item], Spans] = lambda one: ()  # to whom it is said
    rules: Mapping[Rule, str] = {}  # its own, as Why? explains them
    # in which its pane may be sorted, beside that of the text, by their names in the settings
    orders: Mapping[str, Order] = {}
    is_judged: bool = False  # whether the reader gives verdicts on it

    # Where a row, or the reasons, are others than those of what somebody says (statement.py):
    # a row is made of the reading, the finding, and the names of the kinds of highlights.
    row: Callable[[Reading, Item, tuple[str, ...]], Entry] | None = None
    why: Callable[[Reading, Item], list[Line]] | None = None
    # what else its row opens with where it is the current one
    details: Callable[[Reading, Item], list[Line]] | None = None
    why_title: str = "Why this {layer}?"

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Which way its keys go, and the keys."""
        return ("next", self.key), ("previous", self.back or self.key.upper())

    @property
    def plural(self) -> str:
        """The word for several; the name of its pane."""
        return self.layer.plural

    @property
    def singular(self) -> str:
        """The word for one, with its article: "a claim"."""
        return f"{'an' if self.layer[0] in 'aeiou' else 'a'} {self.layer}"


class PaneSpec(NamedTuple):
    """A pane beside the text: which findings or notes it lists, and what its key does."""

    name: str
    kind: Kind[Any]
    turn: str
    lists: Callable[[Reading, Any], bool] = lambda reading, one: True
    called: str = ""  # its title, where that is not its name
    empty: str = ""  # what it says where it lists none of those that there are
    # its title, where that is by what is in it; it is only there then
    titles: Callable[[Reading], str] | None = None

    @property
    def title(self) -> str:
        """What stands in its frame and on its tab."""
        return self.called or self.name.capitalize()

    def over(self, reading: Reading) -> str:
        """Its title over what is listed of a reading; "" for a pane that is not there."""
        return self.titles(reading) if self.titles else self.title
