"""The acts that need the screen itself: scrolling, panes, what is laid over it, the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from pullquote.actions import OF_PLUG_INS, READING, SELECTING, key_names, keys_with
from pullquote.extra import EXTRA
from pullquote.findings import ENGLISH, FindingKind
from pullquote.kinds import BY_LAYER, NO_FINDING
from pullquote.languages import remark
from pullquote.notes.reading import NOTE
from pullquote.reader import searching
from pullquote.reader.columns import CAST, PAGE, PANES, TOGETHER
from pullquote.reader.elsewhere import look
from pullquote.reader.filters import name_of
from pullquote.reader.listing import is_to_come
from pullquote.reader.marking import quotation, target_title
from pullquote.reader.questions import Choose, FromLibrary, FromSaid
from pullquote.reader.why import why

if TYPE_CHECKING:
    from textual.geometry import Region

    from pullquote.reader.acting import Ask
    from pullquote.reader.marks import Mark
    from pullquote.reader.screen import Reader
    from pullquote.reader.session import Session

_BY_ID = {act.id: act for act in READING}
_INTRO = (
    "An act applies to the selection, else to the finding under the cursor, else to the sentence.",
)
_SIGNS = (
    *(BY_LAYER[kind].sign for kind in FindingKind),
    ("1 to 5 and a ground", "my highlight"),
    BY_LAYER[NOTE].sign,
    ("✎", "my correction"),
    ("✓ ≈ ✗ ? “", "behind a line, my verdict: true, half true, false, unverifiable, opinion"),
    ("▸", "the line that the cursor is on"),
    ("✎ ✓", "in the panes: put right by me, confirmed by me"),
    ("✓ true +1", "in the panes: my verdict, with so much evidence; ! where it does not stand so"),
)


# --- scrolling


def scroll(reader: Reader, lines: int) -> str | None:
    """Scroll by lines; a selection that is being made goes along."""
    view, session = reader.article, reader.session
    before = view.scroll_offset.y
    view.scroll_lines(lines)
    if view.scroll_offset.y == before:
        return "the end of the text" if lines > 0 else "the start of the text"
    if session.position.selecting and not view.shows_cursor:
        session.extend(view.nearest_on_screen(upwards=lines < 0))
    return None


def page(reader: Reader, count: float) -> str | None:
    """Scroll by pages, with two lines kept."""
    return scroll(reader, round(count * max(1, reader.article.size.height - 2)))


def caret_line(reader: Reader, count: int) -> str | None:
    """Move the end of the selection by a line."""
    reader.session.extend(reader.article.line_away(count))
    return None


def column(reader: Reader, count: int) -> str | None:
    """Set the text narrower or wider."""
    return f"column of {reader.article.widen(count)}"


# --- the panes


def pane(reader: Reader, name: str) -> str | None:
    """Show a pane and go to it; from the pane itself, back to the text."""
    in_rail = name == CAST and reader.has_class("-vast")
    one = reader.rail.pane(f"rail-{CAST}") if in_rail else reader.panes.pane(name)
    if one.has_focus:
        return cancel(reader)
    reader.remove_class("-text-only")
    reader.add_class("-drawer")
    if in_rail:
        reader.rail.fill()
    else:
        reader.panes.open(name, alone=reader.has_class("-narrow"))
    one.focus()
    if one.rows and one.highlighted is None:
        session = reader.session
        row = one.row_of_actor(session.actor_here())
        one.highlighted = one.nearest(session.position.cursor) if row is None else row
    elif one.rows:
        reader.call_after_refresh(reader.follow_pane)
    return None


def open_page(reader: Reader, speaker: Mark) -> None:
    """Show everything that a speaker says here, and go there."""
    reader.remove_class("-text-only")
    reader.add_class("-drawer")
    found = reader.session.reading.findings
    page = reader.panes.open_page(speaker, name_of(found, speaker.actor))
    page.focus()
    page.highlighted = 0
    reader.call_after_refresh(reader.follow_pane)


def speaker(reader: Reader) -> str | None:
    """Show everything that whoever speaks here says."""
    session = reader.session
    here = session.current
    is_said = here is not None and here.layer is not NOTE
    mark = session.marks.mention(here.actor if here and is_said else session.actor_here())
    if mark is None:
        return "nobody named here: n goes to a quote, c to a claim"
    open_page(reader, mark)
    return None


def leave_page(reader: Reader) -> str | None:
    """From a speaker's page back to the cast."""
    if reader.has_class("-vast"):
        reader.panes.open(TOGETHER[0], alone=False)
    return pane(reader, CAST)


def turn(reader: Reader, count: int) -> str | None:
    """Go from the text round the panes on the screen; where there are none, show one."""
    panes = [*reader.rail.shown, *reader.panes.shown]
    if not panes:
        last = (name for name in PANES if reader.panes.query_one(f"#{name}").has_class("-shown"))
        return pane(reader, next(last, "claims"))
    places = [reader.article, *panes]
    here = next((number for number, place in enumerate(places) if place.has_focus), 0)
    places[(here + count) % len(places)].focus()
    return None


def text_only(reader: Reader) -> str | None:
    """The text alone, or with the panes again."""
    reader.toggle_class("-text-only")
    reader.article.focus()
    alone = reader.has_class("-text-only")
    return "the text alone: z brings the panes back" if alone else "the text with its panes"


# --- searching, and ending what goes on


def search(reader: Reader) -> str | None:
    """Ask what to search for."""
    reader.search_line.open()
    return None


def cancel(reader: Reader) -> str | None:
    """End what is going on: the search, else the selection; the drawer."""
    session = reader.session
    if reader.panes.pane(PAGE).has_focus:
        return leave_page(reader)
    if session.search.matches or reader.search_line.is_open:
        searching.end(session)
        reader.search_line.close()
    else:
        session.end_selection()
    reader.remove_class("-drawer")
    reader.article.focus()
    return ""


# --- what is laid over the text


def words(reader: Reader) -> Region | None:
    """The cells that the words have which an act applies to; None where they are not shown."""
    span = reader.session.target()
    return reader.article.region_of(span) if span else None


def show_why(reader: Reader) -> str | None:
    """Show why the finding under the cursor is there."""
    from pullquote.reader.dialogs import Why  # reading begins without

    session = reader.session
    mark = session.current or session.marks.at(session.position.cursor)
    lines = why(session.reading, mark) if mark else []
    if mark is None or not lines:
        return NO_FINDING
    title = BY_LAYER[mark.layer].why_title.format(layer=mark.layer)
    dialog = Why(title, lines)
    dialog.words = partial(words, reader)
    reader.app.push_screen(dialog)
    return None


_MENU = ("highlight", "note.write", "tag", "correct", "mark.set", "copy")


def show_menu(reader: Reader) -> str | None:
    """Offer what can be done with what the reader is on."""
    current, keys = reader.session.current, keys_with(reader.session.settings.keymap)
    own = (*BY_LAYER[current.layer].hints, "why") if current else ()
    acts = [_BY_ID[act] for act in dict.fromkeys((*own, *_MENU))]
    width = max(len(act.label) for act in acts)
    lines = [f"{act.label:<{width}}  {key_names(keys[act.id])}" for act in acts]

    async def choose(session: Session, ask: Ask) -> None:
        chosen = await ask(Choose(target_title(session) or "Menu", lines))
        if chosen is not None:
            reader.call_later(reader.action_act, acts[chosen].id)

    reader.do(choose)
    return None


def show_sources(reader: Reader) -> str | None:
    """Show the sources counted."""
    from pullquote.kinds.sources import sources
    from pullquote.reader.tally import Tally

    session = reader.session
    counted = sources(session.reading)
    if counted is None:
        return "still reading" if is_to_come(session) else "not analysed, so no sources are known"
    so_far = "So far: the analysis is running." if session.is_analysing else ""
    said = so_far or remark(session.reading.findings)
    reader.app.push_screen(Tally(counted, said, session.marks.hues))
    return None


def show_help(reader: Reader) -> str | None:
    """Show the keys."""
    from pullquote.reader.help import Help
    from pullquote.reader.welcome import lines

    session = reader.session
    places = (SELECTING, READING) if session.position.selecting else (READING, SELECTING)
    keymap = session.settings.keymap
    intro = (*lines(keymap), "", *_INTRO)
    has_extras = bool(session.marks.every[EXTRA])
    acts = (act for act in chain(*places) if has_extras or act.id not in OF_PLUG_INS)
    signs = (*_SIGNS, BY_LAYER[EXTRA].sign) if has_extras else _SIGNS
    dialog = Help("Keys", intro, acts, keymap, signs)
    dialog.words = partial(words, reader)
    reader.app.push_screen(dialog)
    return None


def show_library(reader: Reader) -> str | None:
    """Choose another article of the library, or search all notes."""
    reader.save_place()  # so that the journal has this article as it now is
    reader.do(_from_library)
    return None


def show_inbox(reader: Reader) -> str | None:
    """Choose an article of the inbox."""
    reader.save_place()
    reader.do(partial(_from_library, is_inbox=True))
    return None


def show_said(reader: Reader) -> str | None:
    """Ask what is said in all articles, and go to one of the places."""
    reader.save_place()
    reader.do(_from_said)
    return None


async def _from_said(session: Session, ask: Ask) -> None:
    if (chosen := await ask(FromSaid(session.library))) is not None:
        session.leave_for(*chosen)


async def _from_library(session: Session, ask: Ask, is_inbox: bool = False) -> None:
    chosen = await ask(FromLibrary(session.library, is_inbox))
    if chosen is not None:
        session.leave_for(*chosen)


def palette(reader: Reader) -> str | None:
    """Find an act by its name."""
    reader.app.action_command_palette()
    return None


def leave(reader: Reader) -> str | None:
    """Leave the program."""
    reader.call_later(reader.app.action_quit)
    return None


# --- the analysis


def analyse_as_english(reader: Reader) -> str | None:
    """Analyse what is in another language as if it were English."""
    session = reader.session
    if session.is_analysing:
        return "the analysis is running (X stops it)"
    if not remark(session.reading.findings):
        return "nothing is left out for its language"
    reader.begin_analysis(ENGLISH)
    return ""


def look_elsewhere(reader: Reader) -> None:
    """Look where else quotes stand and claims are made, while the keys go on."""
    reader.run_worker(look(reader.session), exclusive=True, group="elsewhere")


# --- the clipboard


def copy(reader: Reader) -> str | None:
    """Copy with the line that says who says it, where."""
    session, span = reader.session, reader.session.target()
    if span is None:
        return None
    reader.app.copy_to_clipboard(quotation(session))
    session.end_selection()
    return f"copied {session.quoted(session.text[slice(*span)])}"


ON_SCREEN: dict[str, Callable[[Reader], str | None]] = {
    "line.down": partial(scroll, lines=1),
    "line.up": partial(scroll, lines=-1),
    "page.down": partial(page, count=1),
    "page.up": partial(page, count=-1),
    "half.down": partial(page, count=0.5),
    "half.up": partial(page, count=-0.5),
    "selecting.down": partial(caret_line, count=1),
    "selecting.up": partial(caret_line, count=-1),
    "column.narrower": partial(column, count=-4),
    "column.wider": partial(column, count=4),
    **{f"pane.{name}": partial(pane, name=name) for name in PANES},
    "speaker": speaker,
    "focus.next": partial(turn, count=1),
    "focus.previous": partial(turn, count=-1),
    "text.only": text_only,
    "search": search,
    "cancel": cancel,
    "analysis.insist": analyse_as_english,
    "why": show_why,
    "sources": show_sources,
    "help": show_help,
    "menu": show_menu,
    "library": show_library,
    "inbox": show_inbox,
    "said": show_said,
    "palette": palette,
    "quit": leave,
    "copy": copy,
}
