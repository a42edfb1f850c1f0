"""What there is to know of a kind of finding: the form that one module a kind fills in.

What shows, walks, lists, explains or exports findings asks these values, and branches on no kind
itself. They are plain: no Textual, no markup.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from pullquote.findings import Rule
from pullquote.notes.reading import Layer, Reading
from pullquote.text import Spans

Item = TypeVar("Item")  # a finding of the kind, or an annotation
Line = tuple[str, str]  # a heading and what stands under it
Styled = tuple[tuple[str, str], ...]  # words, each with a style: "bold", "dim", "" for none


class Entry(NamedTuple):
    """A finding or note in a row: a glyph, who with a word or two on it, and what."""

    glyph: str
    who: str
    word: str
    what: str | Styled
    badge: str = ""  # what the reader says of it: a verdict, that it was corrected


class Part(NamedTuple):
    """A part of a finding that has words of its own."""

    heading: str
    spans: Spans
    word: str = ""  # before it where findings are listed; none where it is left out there


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[Item]):
    """A kind of finding, or the reader's notes, on the screen and in exports."""

    layer: Layer
    key: str  # goes to the next
    back: str = ""  # goes to the previous; the capital of `key` where none is given
    step: str = "Go to the {way} {layer}"  # what these keys do; {way} is next or previous
    turn: str = "Go to the {plural}"  # what its pane's key does
    hints: tuple[str, ...]  # ids of the acts that matter on one, most important first
    empty: str  # what its pane says where there is none

    style: str = ""  # of its words in the text, in Textual's CSS
    has_ground: bool = False  # whether that is a background, and a bar in the gutter
    gutter: str = ""  # its sign there
    gutter_style: str = ""
    sign: Line  # how it looks in the text, for the help
    glyphs: Line | None = None  # in the panes: what the glyphs mean

    glyph: Callable[[Item], str]
    usual: str = ""  # of its values: goes without saying in a row
    addressed: Callable[[Item], Spans] = lambda one: ()  # to whom it is said
    parts: Callable[[Item], tuple[Part, ...]] = lambda one: ()
    rules: Mapping[Rule, str] = field(default_factory=dict)  # its own, as Why? explains them
    is_judged: bool = False  # whether the reader gives verdicts on it

    # Where a row, or the reasons, are others than those of what somebody says (statement.py):
    # a row is made of the reading, the finding, and the names of the kinds of highlights.
    row: Callable[[Reading, Item, tuple[str, ...]], Entry] | None = None
    why: Callable[[Reading, Item], list[Line]] | None = None
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
