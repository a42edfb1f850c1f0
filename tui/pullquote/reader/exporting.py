"""Write what is on the screen to a file, in any of the formats."""

import os
from itertools import chain, count
from pathlib import Path

from textual import work

from pullquote.errors import PullquoteError
from pullquote.reader.choice import Choice
from pullquote.reader.dialogs import Line
from pullquote.reader.guarded import off_loop
from pullquote.reader.part import Part
from pullquote.settings import expanded
from pullquote.text import one_line


class Exporting(Part):
    """The part of the reader's screen that exports."""

    @work
    async def action_export(self) -> None:
        """Write the reading to a file."""
        # reading needs none of them
        from pullquote.formats import file_name, listed_formats, put, usual_folder

        formats, broken = listed_formats()
        if broken:
            self.say("; ".join(broken))
        titles = [f"{one.name}: {one.description}" for one in formats]
        chosen = await self.app.push_screen_wait(Choice("Export as", titles))
        if chosen is None:
            return
        form = formats[chosen]
        path = usual_folder() / file_name(self.reading, form.name)
        if form.merged is None:
            path = await off_loop(_free, path)

        async def write(line: str) -> str:
            try:
                await off_loop(put, [self.reading], form.name, self.settings, expanded(line))
            except (PullquoteError, OSError, ValueError) as error:  # ValueError: a NUL in a path
                return one_line(str(error))
            self.say(f"wrote {line}")
            return ""

        hint = "Enter writes · Esc leaves"
        await self.app.push_screen_wait(
            Line("Export to", str(path), hint, check=_named, save=write)
        )


def _named(line: str) -> str | None:
    return None if line.strip() else "a file name is needed"


def _free(path: Path) -> Path:
    """A path that is not taken: as given, or with a number behind its stem."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in chain((path,), numbered) if not os.path.exists(one))
