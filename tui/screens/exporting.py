"""Write what is on the screen to a file, in any of the formats."""

from pathlib import Path

from textual import work

from tui.screens.dialogs import Choice, Line
from tui.screens.part import Part
from tui.settings import expanded


class Exporting(Part):
    """The part of the reader's screen that exports."""

    @work
    async def action_export(self) -> None:
        """Write the reading to a file."""
        from tui.export import (  # some twenty modules, of which reading needs none
            EXPORTERS,
            ExportError,
            file_name,
            put,
        )

        formats = list(EXPORTERS)
        titles = [f"{name}: {EXPORTERS[name].description}" for name in formats]
        chosen = await self.app.push_screen_wait(Choice("Export as", titles))
        if chosen is None:
            return
        name = formats[chosen]
        path = Path.cwd() / file_name(self.reading, name)
        if EXPORTERS[name].merged is None:
            path = _free(path)

        def wrong(line: str) -> str | None:
            if not line.strip():
                return "a file name is needed"
            try:
                put([self.reading], name, self.settings, expanded(line))
            except (ExportError, OSError) as error:
                return str(error)
            return None

        line = await self.app.push_screen_wait(Line("Export to", str(path), "Enter writes · Esc leaves", check=wrong))
        if line is not None:
            self.say(f"wrote {line}")


def _free(path: Path) -> Path:
    """A path that is not taken: as given, or with a number behind its stem."""
    ones = (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, 1000)))
    return next(one for one in ones if not one.exists())
