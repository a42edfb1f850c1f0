"""Every act of the reader, declared once.

A declaration gives the act's binding with its id (what the keymap in the settings names), its entry
in the command palette, its line in the help and its tooltip, so that these cannot disagree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Action:
    """One act: a stable id, default keys, the Textual action that does it, and its help."""

    id: str
    keys: str  # with commas between, as Textual's bindings
    action: str
    label: str
    tooltip: str
    group: str


def bindings(actions: Iterable[Action]) -> "list[Binding]":
    """Textual's bindings for `actions`."""
    from textual.binding import Binding  # commands know the acts' names without loading Textual

    return [
        Binding(
            a.keys,
            a.action,
            a.label,
            show=False,
            id=a.id,
            tooltip=a.tooltip,
            group=Binding.Group(a.group),
        )
        for a in actions
    ]


MOVE, FIND, MARK, SHOW, SELECT, APP = (
    "Move",
    "Find",
    "Mark up",
    "Show",
    "While selecting",
    "Pullquote",
)

READING: tuple[Action, ...] = (
    Action(
        "quote.next",
        "n",
        "step('quote', 1)",
        "Next quote",
        "Go to the next quote, or match while searching",
        MOVE,
    ),
    Action(
        "quote.previous",
        "N",
        "step('quote', -1)",
        "Previous quote",
        "Go to the previous quote, or match",
        MOVE,
    ),
    Action("claim.next", "c", "step('claim', 1)", "Next claim", "Go to the next claim", MOVE),
    Action(
        "claim.previous",
        "C",
        "step('claim', -1)",
        "Previous claim",
        "Go to the previous claim",
        MOVE,
    ),
    Action(
        "warning.next", "w", "step('warning', 1)", "Next warning", "Go to the next warning", MOVE
    ),
    Action(
        "warning.previous",
        "W",
        "step('warning', -1)",
        "Previous warning",
        "Go to the previous warning",
        MOVE,
    ),
    Action(
        "actor.next",
        "a",
        "step('actor', 1)",
        "Next actor",
        "Go to the next mention of any actor",
        MOVE,
    ),
    Action(
        "actor.previous",
        "A",
        "step('actor', -1)",
        "Previous actor",
        "Go to the previous mention of any actor",
        MOVE,
    ),
    Action(
        "mention.next",
        "asterisk",
        "same_actor(1)",
        "Next mention",
        "Go to the same actor's next mention",
        MOVE,
    ),
    Action(
        "mention.previous",
        "number_sign",
        "same_actor(-1)",
        "Previous mention",
        "Go to the same actor's previous mention",
        MOVE,
    ),
    Action("note.next", "m", "step('note', 1)", "Next note", "Go to my next note", MOVE),
    Action(
        "note.previous", "M", "step('note', -1)", "Previous note", "Go to my previous note", MOVE
    ),
    Action("line.down", "j,down", "lines(1)", "Line down", "Scroll a line down", MOVE),
    Action("line.up", "k,up", "lines(-1)", "Line up", "Scroll a line up", MOVE),
    Action(
        "page.down", "space,pagedown,ctrl+f", "pages(1)", "Page down", "Scroll a page down", MOVE
    ),
    Action("page.up", "b,pageup,ctrl+b", "pages(-1)", "Page up", "Scroll a page up", MOVE),
    Action(
        "half.down", "ctrl+d", "pages(0.5)", "Half a page down", "Scroll half a page down", MOVE
    ),
    Action("half.up", "ctrl+u", "pages(-0.5)", "Half a page up", "Scroll half a page up", MOVE),
    Action("text.start", "g,home", "end(-1)", "Start", "Go to the start of the text", MOVE),
    Action("text.end", "G,end", "end(1)", "End", "Go to the end of the text", MOVE),
    Action(
        "paragraph.next",
        "right_curly_bracket",
        "unit('paragraph', 1)",
        "Next paragraph",
        "To the next paragraph",
        MOVE,
    ),
    Action(
        "paragraph.previous",
        "left_curly_bracket",
        "unit('paragraph', -1)",
        "Previous paragraph",
        "To the previous paragraph",
        MOVE,
    ),
    Action(
        "sentence.next",
        "right_parenthesis",
        "unit('sentence', 1)",
        "Next sentence",
        "To the next sentence",
        MOVE,
    ),
    Action(
        "sentence.previous",
        "left_parenthesis",
        "unit('sentence', -1)",
        "Previous sentence",
        "To the previous sentence",
        MOVE,
    ),
    Action(
        "jump.back",
        "ctrl+o,alt+left,backspace",
        "jump(-1)",
        "Back",
        "Back to where I was before the jump",
        MOVE,
    ),
    Action(
        "jump.forward", "alt+right", "jump(1)", "Forward", "Forward again, after going back", MOVE
    ),
    Action(
        "search",
        "slash",
        "search",
        "Search",
        "Search the text as you type; Enter stays at the match, Esc goes back; n and N go on",
        FIND,
    ),
    Action(
        "filter.actor",
        "f",
        "filter",
        "Only this actor",
        "Show what one actor says, and nothing else",
        FIND,
    ),
    Action(
        "filter.clear", "F", "clear_filter", "All actors", "Show every actor's findings again", FIND
    ),
    Action(
        "filter.stances",
        "o",
        "stances",
        "Thoughts and wishes too",
        "Also what is thought, felt, wanted, decided or seen",
        FIND,
    ),
    Action(
        "filter.doubtful",
        "d",
        "doubtful",
        "Doubtful ones",
        "Hide the doubtful findings, or show them again",
        FIND,
    ),
    Action(
        "filter.claims",
        "S",
        "sift",
        "Sift claims",
        "Show claims of some sourcing, commitment or verdict alone",
        FIND,
    ),
    Action(
        "why",
        "p",
        "why",
        "Why?",
        "Why this finding is there: its parts, the rule or score, the actor",
        FIND,
    ),
    Action(
        "select",
        "v",
        "select",
        "Select",
        "Select text by keyboard, from the cursor on; where a selection is asked for: begin it",
        MARK,
    ),
    Action(
        "select.grow",
        "V",
        "grow",
        "Grow",
        "Select the word; again: clause, quote, sentence, paragraph",
        MARK,
    ),
    Action(
        "highlight",
        "h",
        "highlight",
        "Highlight",
        "Highlight the selection, finding or sentence",
        MARK,
    ),
    Action(
        "note.write",
        "i",
        "comment",
        "Note",
        "Write a note on the selection, finding or sentence",
        MARK,
    ),
    Action(
        "tag",
        "t",
        "tag",
        "Tag",
        "Tag the selection, finding, sentence, or the notes marked in their pane",
        MARK,
    ),
    Action(
        "note.remove",
        "x,delete",
        "remove",
        "Remove",
        "Remove my note, or those marked in their pane (u undoes)",
        MARK,
    ),
    Action(
        "correct",
        "e",
        "correct",
        "Correct",
        "Correct a finding, or where a note begins and ends; with a selection, add a finding",
        MARK,
    ),
    Action("verdict", "r", "judge", "Verdict", "Give the claim a verdict", MARK),
    Action(
        "verdict.next",
        "R",
        "next_open",
        "Next open claim",
        "Go to the next claim without a verdict",
        MARK,
    ),
    Action("evidence", "l", "evidence", "Evidence", "Link evidence to the claim's verdict", MARK),
    Action(
        "repeat",
        "full_stop",
        "repeat",
        "Repeat",
        "Do the last act again: here, else on the next target",
        MARK,
    ),
    Action("undo", "u", "undo", "Undo", "Undo my last act on this article", MARK),
    Action("redo", "ctrl+r", "redo", "Redo", "Do again what was undone", MARK),
    Action(
        "copy",
        "y",
        "copy",
        "Copy",
        "Copy the selection, finding or sentence with who says it",
        MARK,
    ),
    Action("pane.claims", "1", "pane('claims')", "Claims", "Go to the claims", SHOW),
    Action("pane.warnings", "2", "pane('warnings')", "Warnings", "Go to the warnings", SHOW),
    Action("pane.quotes", "3", "pane('quotes')", "Quotes", "Go to the quotes", SHOW),
    Action("pane.actors", "4", "pane('actors')", "Actors", "Go to the actors", SHOW),
    Action("pane.notes", "5", "pane('notes')", "Notes", "Go to my notes", SHOW),
    Action(
        "focus.next",
        "tab",
        "turn(1)",
        "Next pane",
        "From the text to the panes on the screen, and round",
        SHOW,
    ),
    Action(
        "focus.previous",
        "shift+tab",
        "turn(-1)",
        "Previous pane",
        "The same, the other way round",
        SHOW,
    ),
    Action("layers", "s", "layers", "Layers", "Show or hide kinds of highlights", SHOW),
    Action(
        "text.only",
        "z",
        "text_only",
        "Text alone",
        "The text without panes, or with them again",
        SHOW,
    ),
    Action(
        "column.narrower",
        "minus",
        "column(-4)",
        "Narrower",
        "Set the text in a narrower column",
        SHOW,
    ),
    Action(
        "column.wider",
        "equals_sign,plus",
        "column(4)",
        "Wider",
        "Set the text in a wider column",
        SHOW,
    ),
    Action(
        "analysis.cancel",
        "X",
        "cancel_analysis",
        "Stop analysis",
        "Stop the analysis that is running",
        SHOW,
    ),
    Action(
        "library",
        "L",
        "library",
        "Library",
        "Another article, or a search through all articles and notes",
        APP,
    ),
    Action(
        "versions",
        "D",
        "versions",
        "Versions",
        "Other versions of this article: what changed, their notes",
        APP,
    ),
    Action(
        "export",
        "E",
        "export",
        "Export",
        "Write the article with findings and notes to a file",
        APP,
    ),
    Action(
        "help",
        "question_mark,f1",
        "help",
        "Help",
        "The keys that work here, and what the signs mean",
        APP,
    ),
    Action("palette", "colon", "app.command_palette", "Commands", "Find an act by its name", APP),
    Action(
        "cancel",
        "escape",
        "cancel",
        "Cancel",
        "End the search or selection, close the drawer, back to the text",
        APP,
    ),
    Action("quit", "q", "app.quit", "Quit", "Leave pullquote; everything is saved", APP),
)

SELECTING: tuple[Action, ...] = (
    Action(
        "selecting.left",
        "h,left",
        "caret('character', -1)",
        "Left",
        "A character to the left",
        SELECT,
    ),
    Action(
        "selecting.right",
        "l,right",
        "caret('character', 1)",
        "Right",
        "A character to the right",
        SELECT,
    ),
    Action("selecting.down", "j,down", "caret('line', 1)", "Down", "A line down", SELECT),
    Action("selecting.up", "k,up", "caret('line', -1)", "Up", "A line up", SELECT),
    Action(
        "selecting.word", "w", "caret('word', 1)", "Word on", "To the end of the next word", SELECT
    ),
    Action("selecting.back", "b", "caret('word', -1)", "Word back", "To the word before", SELECT),
    Action(
        "selecting.sentence",
        "right_parenthesis",
        "caret('sentence', 1)",
        "Sentence on",
        "To the end of the sentence, or the next",
        SELECT,
    ),
    Action(
        "selecting.sentence_back",
        "left_parenthesis",
        "caret('sentence', -1)",
        "Sentence back",
        "A sentence back",
        SELECT,
    ),
    Action(
        "selecting.paragraph",
        "right_curly_bracket",
        "caret('paragraph', 1)",
        "Paragraph on",
        "To the end of the paragraph, or the next",
        SELECT,
    ),
    Action(
        "selecting.paragraph_back",
        "left_curly_bracket",
        "caret('paragraph', -1)",
        "Paragraph back",
        "A paragraph back",
        SELECT,
    ),
    Action(
        "selecting.swap",
        "o",
        "swap_ends",
        "Other end",
        "Move the other end of the selection",
        SELECT,
    ),
    Action(
        "selecting.grow",
        "right_square_bracket",
        "by_word(1)",
        "Grow",
        "Take in a word more at this end",
        SELECT,
    ),
    Action(
        "selecting.shrink",
        "left_square_bracket",
        "by_word(-1)",
        "Shrink",
        "Leave out a word at this end",
        SELECT,
    ),
    Action(
        "selecting.take",
        "enter",
        "take",
        "Take",
        "Highlight what is selected, or what else it is for",
        SELECT,
    ),
)
