"""Write what is on the screen to a file, in any of the formats."""

import os
from collections.abc import Sequence
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import PullquoteError
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.guarded import Failed, off_loop
from pullquote.reader.questions import Choose, WriteLine
from pullquote.reader.session import Session
from pullquote.settings import expanded
from pullquote.text import one_line

if TYPE_CHECKING:
    from pullquote.formats.naming import Titled
    from pullquote.library.store import Library
    from pullquote.notes.reading import Reading


async def export(session: Session, ask: Ask) -> str | None:
    """Write the reading to a file."""
    # reading needs none of them
    from pullquote.formats import Names, file_name, listed_formats, put, usual_folder
    from pullquote.formats.naming import no_versions

    formats, broken = listed_formats()
    if broken:
        session.said = "; ".join(broken)
        session.changed()
    titles = [f"{one.name}: {one.description}" for one in formats]
    chosen = await ask(Choose("Export as", titles))
    if chosen is None:
        return None
    form = formats[chosen]
    folder = usual_folder()
    if form.merged is None:
        path = await off_loop(free, folder / file_name(session.reading, form.name))
    else:
        versions = await session.library(_versions, session.reading.article.id)
        known = no_versions if isinstance(versions, Failed) else lambda _: versions
        path = await off_loop(Names(folder, form.name, known).path, session.reading)

    async def write(line: str) -> str:
        try:
            reading = await session.library(_cited, session.reading)
            readings = [session.reading if isinstance(reading, Failed) else reading]
            await off_loop(put, readings, form.name, session.settings, expanded(line))
        except (PullquoteError, OSError, ValueError) as error:  # ValueError: a NUL in a path
            return one_line(str(error))
        session.done = session.said = f"wrote {line}"
        return ""

    hint = "Enter writes · Esc leaves"
    await ask(WriteLine("Export to", str(path), hint, needed, write))
    return None


def _versions(library: "Library", article: str) -> "Sequence[Titled]":
    return library.works.versions(article)


def _cited(library: "Library", reading: "Reading") -> "Reading":
    from pullquote.library.versions import with_first

    return with_first(library, reading, library.works.versions(reading.article.id))


def needed(line: str) -> str | None:
    """What is wrong with a line that has to be a path."""
    return None if line.strip() else "a file name is needed"


def free(path: Path) -> Path:
    """A path that is not taken: as given, or with a number behind its stem."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in chain((path,), numbered) if not os.path.exists(one))


ASKING: dict[str, AskingAct] = {"export": export}
