"""The Textual app: themes, the keymap, the command palette; one reading on the screen."""

from collections.abc import Iterable

from textual import on
from textual.app import App, SystemCommand
from textual.screen import Screen

from tui.analysis import analyser
from tui.library.reading import Reading
from tui.library.store import Library
from tui.screens.actions import READING
from tui.screens.help import key_names
from tui.screens.opening import AS_IT_WAS, Opening
from tui.screens.reader import Reader
from tui.settings import BadSettings, Settings, save_theme, shipped


class Pullquote(App[None]):
    """The reader's app."""

    TITLE = "pullquote"
    CSS_PATH = str(shipped("styles") / "pullquote.tcss")

    def __init__(self, reading: Reading, library: Library, settings: Settings, opening: Opening = AS_IT_WAS) -> None:
        super().__init__()
        self._reading, self._library, self._settings, self._opening = reading, library, settings, opening
        self.animation_level = "none"

    def on_mount(self) -> None:
        if self._settings.theme in self.available_themes:
            self.theme = self._settings.theme
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))
        self.set_keymap(self._settings.keymap)

    def get_default_screen(self) -> Screen[None]:
        return Reader(self._reading, self._library, self._settings, self._opening)

    @on(Reader.Opened)
    def _open(self, event: Reader.Opened) -> None:
        """Another article of the library comes on the screen in the place of this one."""
        reading = self._library.reading(event.article, analyser(self._settings.model))
        if reading is not None:
            self._library.keep(reading.article)
            screen = Reader(reading, self._library, self._settings, Opening(at=event.at))
            if isinstance(self.screen, Reader):
                self.screen.leave()
            # The screen that an app starts with cannot be switched for another; it stays below, left.
            if len(self.screen_stack) == 1:
                self.push_screen(screen)
            else:
                self.switch_screen(screen)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every act of the reader, and Textual's own."""
        yield from super().get_system_commands(screen)
        if isinstance(screen, Reader):
            for act in READING:
                keys = key_names(self._settings.keymap.get(act.id, act.keys))

                async def run(action: str = act.action) -> None:
                    await screen.run_action(action)

                yield SystemCommand(act.label, f"{act.tooltip} ({keys})" if keys else act.tooltip, run)

    def _keep_theme(self, name: str) -> None:
        if name == self._settings.theme:
            return
        try:
            save_theme(name)
        except BadSettings as error:
            self.notify(str(error), severity="warning", markup=False)
