"""The Textual app: themes, the keymap, the command palette; one reading on the screen."""

import gc
from collections.abc import Iterable
from functools import partial

from msgspec.structs import replace
from textual import events, on, work
from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.screen import Screen

from pullquote.actions import OF_PLUG_INS, READING, key_names, keys_with
from pullquote.analysis import analyser
from pullquote.extra import EXTRA
from pullquote.library.store import Library
from pullquote.notes.reading import Reading
from pullquote.reader import palette
from pullquote.reader.emoji import with_single_emoji
from pullquote.reader.frames import with_whole_frames
from pullquote.reader.guarded import Failed, Guarded, off_loop
from pullquote.reader.idle import EVERY, Idle
from pullquote.reader.leaving import GRACE, Leaving, end, is_gone
from pullquote.reader.opening import AS_IT_WAS, Opening
from pullquote.reader.screen import Reader
from pullquote.reader.showing import look_elsewhere
from pullquote.reader.themes import DARK, LIGHT
from pullquote.reader.typed_ahead import TypedAhead
from pullquote.settings import BadSettings, Settings, save_setting, shipped


class Pullquote(App[None]):
    """The reader's app."""

    TITLE = "pullquote"
    CSS_PATH = str(shipped("styles") / "pullquote.tcss")

    def __init__(
        self, reading: Reading, library: Library, settings: Settings, opening: Opening = AS_IT_WAS
    ) -> None:
        super().__init__()
        self._choose(settings.theme)
        article, articles = reading.article.id, library.articles
        if opening.at is None:
            opening = replace(opening, at=articles.place(article))
        opening = replace(opening, furthest=articles.furthest(article))
        self._reading, self._settings, self._opening = reading, settings, opening
        self._library = Guarded(library, self._show_trouble)
        self._idle = Idle(self._library, settings.model, self._is_analysing, self._look_elsewhere)
        self._leaving = Leaving(self._save_place_at_once, self._leave_politely)
        self.typed_ahead = TypedAhead(self, self._deliver)
        self.animation_level = "none"

    def _choose(self, theme: str) -> None:
        """Begin with a theme; chosen once the app runs, it would have all styled twice."""
        for one in (DARK, LIGHT):
            self.register_theme(one)
        self.set_reactive(App.theme, theme if theme in self.available_themes else DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, lambda theme: self._save_theme(theme.name))
        self.set_keymap(self._settings.keymap)
        self.set_interval(EVERY, self._idle.look)
        self.call_after_refresh(_collect_garbage)
        if not self.is_headless:
            self._leaving.watch()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of speakers, claims and highlights, which a theme may set, too."""
        return {
            **super().get_theme_variable_defaults(),
            **palette.variables(self.current_theme, _colours(self.console.color_system)),
        }

    def get_driver_class(self) -> type[Driver]:
        return with_single_emoji(with_whole_frames(super().get_driver_class()))

    def get_default_screen(self) -> Screen[None]:
        return Reader(self._reading, self._library, self._settings, self._opening)

    @property
    def reader(self) -> Reader | None:
        """The reader on the screen, or under the dialog that is."""
        return next((one for one in reversed(self.screen_stack) if isinstance(one, Reader)), None)

    def _is_analysing(self) -> bool:
        return self.reader is not None and self.reader.session.is_analysing

    def _look_elsewhere(self) -> None:
        if self.reader is not None:
            look_elsewhere(self.reader)

    def _show_trouble(self) -> None:
        if self.is_running and self.reader is not None:
            self.reader.show()

    # --- keys

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            self.app_focus = True  # whatever the terminal, or the browser, has said before
            await self.typed_ahead.take(event)
        else:
            if isinstance(event, events.MouseDown):
                self._put_card_away()
            await super().on_event(event)
            if isinstance(event, events.Key):
                self.typed_ahead.came_back()

    def watch_app_focus(self, is_focused: bool) -> None:
        """A screen that came up while nobody looked at the terminal has the keys from now on."""
        if is_focused and self.screen_stack and self.screen.focused is None:
            self.screen.focus_next(self.screen.AUTO_FOCUS or "*")

    async def _deliver(self, stroke: events.Key | events.Paste) -> None:
        self._put_card_away()
        self._idle.pressed()
        await super().on_event(stroke)

    def _put_card_away(self) -> None:
        if self._opening.is_first:
            from pullquote.reader.welcome import put_away  # all other readings do without

            put_away(self.screen)
            self._opening = replace(self._opening, is_first=False)

    # --- other articles

    @on(Reader.Opened)
    def _opened(self, event: Reader.Opened) -> None:
        self._open(event)

    @work(exclusive=True, group="opening")
    async def _open(self, event: Reader.Opened) -> None:
        """Another article of the library comes on the screen in the place of this one."""
        found = await self._library(_left_off, event.article, analyser(self._settings.model))
        if isinstance(found, Failed):
            return
        if found is None:
            if self.reader is not None:
                self.reader.tell("that article is not in the library any more: L lists what is")
            return
        reading, place, furthest, said = found
        self._idle.stop()
        at = place if event.at is None else event.at
        settings = self.reader.session.settings if self.reader else self._settings
        came = len(self.reader.session.trail.articles) if self.reader else 0
        opening = Opening(
            at=at,
            is_place=event.at is not None and len(event.trail) > came,  # and not on the way back
            furthest=furthest,
            trail=event.trail,
            remark=said,
        )
        screen = Reader(reading, self._library, settings, opening)
        if self.reader is not None:
            await self.reader.leave()
        # The screen that an app starts with cannot be switched for another; it stays below, left.
        if len(self.screen_stack) == 1:
            await self.push_screen(screen)
        else:
            await self.switch_screen(screen)
        # where it cannot be noted that it was opened, it can be read
        await self._library(lambda library: library.articles.save(reading.article))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every act of the reader, and Textual's own."""
        yield from super().get_system_commands(screen)
        if isinstance(screen, Reader):
            chosen = keys_with(self._settings.keymap)
            there = screen.session.marks.every[EXTRA]
            for act in (one for one in READING if there or one.id not in OF_PLUG_INS):
                keys = key_names(chosen[act.id])
                yield SystemCommand(
                    act.label,
                    f"{act.tooltip} ({keys})" if keys else act.tooltip,
                    partial(screen.action_act, act.id),
                )

    @work
    async def _save_theme(self, name: str) -> None:
        if name == self._settings.theme:
            return
        try:
            await off_loop(save_setting, "theme", name)
        except (BadSettings, OSError) as error:
            if self.reader is not None:
                self.reader.tell(str(error))

    # --- leaving

    async def action_quit(self) -> None:
        """Leave, when what was done is saved; what was typed and is not keeps the reader here."""
        from pullquote.reader.dialogs import Dialog  # none is on the screen when reading begins

        screen = self.screen
        if isinstance(screen, Dialog) and screen.is_unsaved():
            screen.action_leave()
        else:
            self._quit()

    @work(exclusive=True, group="leaving")
    async def _quit(self) -> None:
        before = self._library.trouble
        await self._library.settle()
        if self._library.trouble and self._library.trouble != before:
            # an act that the reader takes for done is not: they are told, and may leave all the
            # same
            return
        if self.reader is not None:
            await self.reader.leave()
        self._idle.stop()
        self.exit()

    def _save_place_at_once(self) -> None:
        reader = self.reader
        if reader is not None and reader.session.bookmark.is_seen:
            place = reader.session.bookmark.place
            self._library.at_once(lambda library: library.articles.save_place(*place))

    def _leave_politely(self) -> None:
        self.run_worker(self._rescue_and_exit(), exclusive=True, group="leaving")

    async def _rescue_and_exit(self) -> None:
        """Nobody can be asked any more: save what is being written, and end."""
        from pullquote.reader.dialogs import Dialog

        if isinstance(self.screen, Dialog):
            await self.screen.rescue()
        await self._library.settle(GRACE)
        if self.reader is not None:
            await self.reader.leave()
        if not self.is_headless and is_gone():
            end()
        self.exit()

    def panic(self, *renderables: object) -> None:
        """What went wrong for want of a terminal is no fault to be shown on it."""
        if not self.is_headless and is_gone():
            self._leaving.begin()
        else:
            super().panic(*renderables)  # type: ignore[arg-type]


def _collect_garbage() -> None:
    """Look for garbage again, which the command line put off, but not among what there is now.

    What starting made stays to the end; a look through it holds the keys up for several frames.
    """
    if not gc.isenabled():
        gc.collect()
        gc.freeze()
        gc.enable()


def _colours(system: str | None) -> int:
    """How many colours a terminal of one of Rich's systems has."""
    return {"truecolor": 2**24, "256": 256}.get(system or "truecolor", 16)


def _left_off(
    library: Library, article: str, analyser: str
) -> tuple[Reading, int, int, str] | None:
    """The reading of an article of the library, with the notes that waited for it.

    Returns:
        Where the reader left it, how far they were, and what is to be said, too.
    """
    said = ""
    if library.waiting.count():
        from pullquote.library.importing import settle_waiting  # it loads the anchoring

        said = settle_waiting(library, article)
    reading, articles = library.reading(article, analyser), library.articles
    if reading is None:
        return None
    return reading, articles.place(article) or 0, articles.furthest(article), said
