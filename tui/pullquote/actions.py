"""Every act of the reader, declared once.

A declaration gives the act's binding with its id (what the keymap in the settings names), its entry
in the command palette, its line in the help and its tooltip, so that these cannot disagree. What
the act does is looked up by its id (tui/pullquote/reader/acts.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from pullquote.extra import EXTRA
from pullquote.findings import FindingKind
from pullquote.kinds import BY_LAYER, PANES
from pullquote.notes.reading import NOTE, Layer

if TYPE_CHECKING:
    from textual.binding import Binding


class Action(msgspec.Struct, frozen=True):
    """One act: a stable id, default keys and its help."""

    id: str
    keys: str  # with commas between, as Textual's bindings
    label: str
    tooltip: str
    group: str

    @property
    def word(self) -> str:
        """What the bar calls it, which has room for a word or two."""
        return _SHORT.get(self.id) or self.label.removeprefix("Next ").rstrip("?").lower()


def bindings(actions: Iterable[Action]) -> "list[Binding]":
    """Textual's bindings for `actions`: all lead to the screen's one action, `act`."""
    from textual.binding import Binding  # commands know the acts' names without loading Textual

    return [
        Binding(
            one.keys,
            f"screen.act({one.id!r})",
            one.label,
            show=False,
            id=one.id,
            tooltip=one.tooltip,
            group=Binding.Group(one.group),
        )
        for one in actions
    ]


_SHORT = {
    "filter.actor": "alone",
    "filter.clear": "all",
    "help": "keys",
    "note.next": "next note",
    "verdict.next": "next open",
}

MOVE, FIND, MARK, SHOW, APP = "Move", "Find", "Mark up", "Show", "Pullquote"
SELECT = "While selecting"

_Rows = tuple[tuple[str, str, str, str], ...]  # id, keys, label, tooltip


def _steps(*layers: Layer) -> _Rows:
    """To the next and the previous on each of these layers."""
    return tuple(
        (
            f"{layer}.{way}",
            key,
            f"{way.capitalize()} {layer}",
            BY_LAYER[layer].step.format(way=way, layer=layer),
        )
        for layer in layers
        for way, key in BY_LAYER[layer].keys
    )


def _panes() -> _Rows:
    return tuple(
        (f"pane.{pane.name}", str(number), pane.title, pane.turn)
        for number, pane in enumerate(PANES, 1)
    )


# By group.
_READING: dict[str, _Rows] = {
    MOVE: (
        *_steps(*FindingKind),
        ("mention.next", "asterisk", "Next mention", "Go to the same actor's next mention"),
        (
            "mention.previous",
            "number_sign",
            "Previous mention",
            "Go to the same actor's previous mention",
        ),
        *_steps(NOTE, EXTRA),
        ("line.down", "j,down", "Line down", "Scroll a line down"),
        ("line.up", "k,up", "Line up", "Scroll a line up"),
        ("page.down", "space,pagedown,ctrl+f", "Page down", "Scroll a page down"),
        ("page.up", "b,pageup,ctrl+b", "Page up", "Scroll a page up"),
        ("half.down", "ctrl+d", "Half a page down", "Scroll half a page down"),
        ("half.up", "ctrl+u", "Half a page up", "Scroll half a page up"),
        ("text.start", "g,home", "Start", "Go to the start of the text"),
        ("text.end", "G,end", "End", "Go to the end of the text"),
        ("paragraph.next", "right_curly_bracket", "Next paragraph", "To the next paragraph"),
        (
            "paragraph.previous",
            "left_curly_bracket",
            "Previous paragraph",
            "To the previous paragraph",
        ),
        ("sentence.next", "right_parenthesis", "Next sentence", "To the next sentence"),
        ("sentence.previous", "left_parenthesis", "Previous sentence", "To the previous sentence"),
        (
            "mark.set",
            "grave_accent",
            "Set a mark",
            "Set a mark here to come back to, or take it off",
        ),
        ("mark.list", "apostrophe", "Marks", "List the marks, and go to one"),
        ("jump.back", "ctrl+o,alt+left,backspace", "Back", "Back to where I was before the jump"),
        ("jump.forward", "alt+right", "Forward", "Forward again, after going back"),
    ),
    FIND: (
        (
            "search",
            "slash",
            "Search",
            "Search the text as you type; Enter stays at the match, Esc goes back; n and N go on",
        ),
        ("filter.actor", "f", "Only this actor", "Show what one actor says, and nothing else"),
        ("filter.clear", "F", "All actors", "Show every actor's findings again"),
        (
            "filter.stances",
            "o",
            "Thoughts and wishes too",
            "Also what is thought, felt, wanted, decided or seen",
        ),
        ("filter.doubtful", "d", "Doubtful ones", "Hide the doubtful findings, or show them again"),
        (
            "filter.claims",
            "S",
            "Sift claims",
            "Show claims of some kind of source, firmness or verdict alone, or those to be checked",
        ),
        (
            "claims.order",
            "O",
            "Sort claims",
            "List the claims as in the text, checkable, best sourced or open first, or by speaker",
        ),
        ("why", "p", "Why?", "Why this finding is there: its parts, the rule or score, the actor"),
        (
            "elsewhere",
            "Q",
            "Elsewhere",
            "The same words in other articles: what was cut or changed, who says it there",
        ),
        (
            "sources",
            "T",
            "Sources",
            "The sources counted: who says how much, how claims are sourced, who was asked",
        ),
    ),
    MARK: (
        (
            "select",
            "v",
            "Select",
            "Select text by keyboard, from the cursor on; where a selection is asked for: begin it",
        ),
        ("select.grow", "V", "Grow", "Select the word; again: clause, quote, sentence, paragraph"),
        ("highlight", "h", "Highlight", "Highlight the selection, finding or sentence"),
        ("note.write", "i", "Note", "Write a note on the selection, finding or sentence"),
        (
            "tag",
            "t",
            "Tag",
            "Tag the selection, finding, sentence, or the notes marked in their pane",
        ),
        (
            "note.remove",
            "x,delete",
            "Remove",
            "Remove my note, or those marked in their pane (u undoes)",
        ),
        (
            "correct",
            "e",
            "Correct",
            "Correct a finding, or where a note begins and ends; with a selection, add a finding",
        ),
        ("verdict", "r", "Verdict", "Give the claim a verdict"),
        ("verdict.next", "R", "Next open claim", "Go to the next claim without a verdict"),
        (
            "verdict.elsewhere",
            "Z",
            "Verdict elsewhere",
            "Give the claim's verdict to the same statement in other articles, too",
        ),
        (
            "evidence",
            "l",
            "Evidence",
            "Give evidence for the claim's verdict: a page, an article or a file, and what it says",
        ),
        ("menu", "shift+f10", "Menu", "What can be done here, as a list (also the right button)"),
        ("repeat", "full_stop", "Repeat", "Do the last act again: here, else on the next target"),
        ("undo", "u", "Undo", "Undo my last act on this article"),
        ("redo", "ctrl+r", "Redo", "Do again what was undone"),
        ("copy", "y", "Copy", "Copy the selection, finding or sentence with who says it"),
    ),
    SHOW: (
        *_panes(),
        ("speaker", "enter", "All they say", "Everything that whoever speaks here says, in order"),
        ("focus.next", "tab", "Next pane", "From the text to the panes on the screen, and round"),
        ("focus.previous", "shift+tab", "Previous pane", "The same, the other way round"),
        ("layers", "s", "Layers", "Show or hide kinds of highlights"),
        ("text.only", "z", "Text alone", "The text without panes, or with them again"),
        ("column.narrower", "minus", "Narrower", "Set the text in a narrower column"),
        ("column.wider", "equals_sign,plus", "Wider", "Set the text in a wider column"),
        (
            "analysis.cancel",
            "X",
            "Stop analysis",
            "Stop the analysis that is running, or the check of evidence",
        ),
        (
            "analysis.insist",
            "I",
            "Analyse as English",
            "Analyse what was taken for another language as English",
        ),
    ),
    APP: (
        ("library", "L", "Library", "Another article, or a search through all articles and notes"),
        ("voice", "at", "Voice", "Everything that who is named here said in all articles"),
        ("said", "U", "Said", "Who said what, in all articles: by words, speaker, site, time"),
        (
            "story",
            "ampersand",
            "Story",
            "Other articles on the same event, and whose voice is in each alone",
        ),
        ("versions", "D", "Versions", "Other versions of this article: what changed, their notes"),
        ("inbox", "B", "Inbox", "What came in and is unread; an address typed there is read later"),
        ("unread.next", "J", "Next unread", "Open the next unread article of the inbox"),
        ("unread.previous", "K", "Previous unread", "Open the unread article before in the inbox"),
        ("open.page", "H", "Open the page", "Open the article's page in the browser"),
        (
            "open.evidence",
            "P",
            "Open evidence",
            "Open the evidence for this verdict: a page in the browser, an article here",
        ),
        (
            "metadata",
            "Y",
            "Edit metadata",
            "Put the title, byline, site, address, date or language right",
        ),
        ("export", "E", "Export", "Write the article with findings and notes to a file"),
        ("help", "question_mark,f1", "Help", "The keys that work here, and what the signs mean"),
        ("palette", "colon", "Commands", "Find an act by its name"),
        (
            "cancel",
            "escape",
            "Cancel",
            "End the search or selection, close the drawer, back to the text",
        ),
        ("quit", "q", "Quit", "Leave pullquote; everything is saved"),
    ),
}
_SELECTING: dict[str, _Rows] = {
    SELECT: (
        ("selecting.left", "h,left", "Left", "A character to the left"),
        ("selecting.right", "l,right", "Right", "A character to the right"),
        ("selecting.down", "j,down", "Down", "A line down"),
        ("selecting.up", "k,up", "Up", "A line up"),
        ("selecting.word", "w", "Word on", "To the end of the next word"),
        ("selecting.back", "b", "Word back", "To the word before"),
        (
            "selecting.sentence",
            "right_parenthesis",
            "Sentence on",
            "To the end of the sentence, or the next",
        ),
        ("selecting.sentence_back", "left_parenthesis", "Sentence back", "A sentence back"),
        (
            "selecting.paragraph",
            "right_curly_bracket",
            "Paragraph on",
            "To the end of the paragraph, or the next",
        ),
        ("selecting.paragraph_back", "left_curly_bracket", "Paragraph back", "A paragraph back"),
        ("selecting.swap", "o", "Other end", "Move the other end of the selection"),
        ("selecting.grow", "right_square_bracket", "Grow", "Take in a word more at this end"),
        ("selecting.shrink", "left_square_bracket", "Shrink", "Leave out a word at this end"),
        ("selecting.take", "enter", "Take", "Highlight what is selected, or what else it is for"),
    )
}


def _declared(groups: dict[str, _Rows]) -> tuple[Action, ...]:
    return tuple(Action(*row, group) for group, rows in groups.items() for row in rows)


READING, SELECTING = _declared(_READING), _declared(_SELECTING)
OF_PLUG_INS = frozenset({f"{EXTRA}.next", f"{EXTRA}.previous", f"pane.{EXTRA.plural}"})


def keys_with(keymap: Mapping[str, str]) -> dict[str, str]:
    """The keys of each act by its id: those chosen, else its own, less what another act was given.

    A key may do one thing while reading and another while selecting.
    """
    return _keys_of(READING, keymap) | _keys_of(SELECTING, keymap)


def _keys_of(acts: Sequence[Action], keymap: Mapping[str, str]) -> dict[str, str]:
    taken = {key for act in acts for key in keymap.get(act.id, "").split(",")}

    def left(keys: str) -> str:
        return ",".join(key for key in keys.split(",") if key not in taken)

    return {act.id: keymap.get(act.id, left(act.keys)) for act in acts}


_NAMES = {
    "asterisk": "*", "number_sign": "#", "comma": ",", "less_than_sign": "<", "slash": "/",
    "question_mark": "?", "colon": ":", "at": "@", "ampersand": "&",
    "minus": "-", "plus": "+", "equals_sign": "=", "left_curly_bracket": "{",
    "right_curly_bracket": "}", "left_parenthesis": "(", "right_parenthesis": ")", "escape": "Esc",
    "pagedown": "PgDn", "pageup": "PgUp", "down": "↓", "up": "↑", "left": "←", "right": "→",
    "enter": "Enter", "delete": "Del", "backspace": "Backspace", "home": "Home", "end": "End",
    "space": "Space", "full_stop": ".", "left_square_bracket": "[", "right_square_bracket": "]",
    "tab": "Tab", "grave_accent": "`", "apostrophe": "'",
}  # fmt: skip


def key_names(keys: str) -> str:
    """Keys as a reader knows them: `left_parenthesis,alt+left` is `( alt+←`."""
    return " ".join(
        "+".join(_NAMES.get(part, part) for part in key.split("+"))
        for key in keys.split(",")
        if key
    )
