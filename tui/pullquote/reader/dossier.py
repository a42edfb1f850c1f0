"""Write all that a question found to a file, asked for on the screen."""

import asyncio
import re
from typing import Any

from textual.app import App

from pullquote.errors import PullquoteError
from pullquote.library.said import Sort
from pullquote.library.store import Library
from pullquote.notes.questions import Question, typed
from pullquote.reader.asking import dialog
from pullquote.reader.exporting import free, needed
from pullquote.reader.guarded import Failed, Guarded, off_loop
from pullquote.reader.questions import Choose, WriteLine
from pullquote.settings import expanded
from pullquote.text import one_line


async def write_dossier(app: App[Any], library: Guarded, question: Question, sort: Sort) -> str:
    """Ask in which form and where, and write; what there is to say of it, "" for nothing."""
    from pullquote.formats.dossier import FORMS, Dossier, put
    from pullquote.formats.files import usual_folder

    forms = list(FORMS)
    chosen = await app.push_screen_wait(dialog(Choose("Write a dossier as", forms)))
    if chosen is None:
        return ""
    form, asked = forms[chosen], typed(question)
    stem = re.sub(r"[\W_]+", "-", asked.lower()).strip("-")[:60] or "said"
    path = await off_loop(free, usual_folder() / f"{stem}{FORMS[form][0]}")
    wrote = []

    async def write(line: str) -> str:
        found = await library(_every, question, sort)
        if isinstance(found, Failed):
            return found.why
        dossier = Dossier(f"What is said: {asked}".rstrip(": "), found)
        try:
            await off_loop(put, dossier, form, expanded(line))
        except (PullquoteError, OSError, ValueError) as error:  # ValueError: a NUL in a path
            return one_line(str(error))
        wrote.append(f"wrote {line}: {dossier.summary}")
        return ""

    hint = "Enter writes · Esc leaves"
    await app.push_screen_wait(dialog(WriteLine("Write to", str(path), hint, needed, write)))
    await asyncio.sleep(0)
    return "".join(wrote)


def _every(library: Library, question: Question, sort: Sort) -> tuple[Any, ...]:
    return tuple(library.said.every(question, "newest" if sort == "relevance" else sort))
