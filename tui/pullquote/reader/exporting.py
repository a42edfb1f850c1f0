"""Write what is on the screen to a file, in any of the formats."""

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
        from pullquote.formats import file_name, listed_formats, put  # reading needs none of them

        formats, broken = listed_formats()
        if broken:
            self.say("; ".join(broken))
        titles = [f"{one.name}: {one.description}" for one in formats]
        chosen = await self.app.push_screen_wait(Choice("Export as", titles))
        if chosen is None:
            return
        form = formats[chosen]
        path = _folder() / file_name(self.reading, form.name)
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


def _folder() -> Path:
    """Where exports go by default: the working directory, or home where that has been deleted."""
    try:
        return Path.cwd()
    except OSError:
        return Path.home()


def _free(path: Path) -> Path:
    """A path that is not taken: as given, or with a number behind its stem."""
    ones = (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, 1000)))
    return next(one for one in ones if not one.exists())
