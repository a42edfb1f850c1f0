"""Evidence for the verdict on a claim: a page, another article or a file, and what it says.

It is saved when it is entered, and checked beside the reading; one that cannot be checked now stays
as it is, and is checked again later. A file is read first, since only what was read of it says
afterwards where it was.
"""

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pullquote.library.evidence import Job
from pullquote.library.store import Library
from pullquote.notes.annotations import Annotation
from pullquote.notes.evidence import Evidence, Evidences
from pullquote.notes.evidence_lines import standing_line
from pullquote.notes.reading import derived
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.guarded import Failed
from pullquote.reader.judging import NO_CLAIM, save_verdict, verdict_here
from pullquote.reader.marking import as_saved, replaced, title_of
from pullquote.reader.questions import GiveEvidence
from pullquote.reader.session import Session
from pullquote.text import is_on_the_web, one_line, plural

if TYPE_CHECKING:
    from pullquote.library.checking import Checked

_DIGITS = 8  # of a hash, in the bar
_OFFERED = 8  # articles to choose from


class Offered(NamedTuple):
    """An article of the library that may be evidence."""

    id: str
    title: str
    site: str
    published: str


class Gathering:
    """The evidence for one claim, as it is gathered: what there is, and one more."""

    def __init__(self, session: Session, note: Annotation) -> None:
        self.changed: Callable[[], None] = lambda: None  # told when there is something new to show
        self._session, self._note = session, note

    @property
    def evidence(self) -> Evidences:
        """What there is by now."""
        note = as_saved(self._session, self._note)
        return note.evidence if note else ()

    def progress(self, one: Evidence) -> str:
        """How far its check is, in words; "" where none runs."""
        return self._session.checks.words.get(one.key, "")

    async def offered(self, typed: str) -> tuple[Offered, ...]:
        """Articles whose titles have the words that are typed, or whose id begins so."""
        if (
            not one_line(typed)
            or is_on_the_web(typed)
            or any(one in typed for one in (os.sep, os.altsep) if one)
        ):
            return ()
        here = self._session.reading.article.id
        found = await self._session.library.quietly(lambda one: one.titled(typed, _OFFERED + 1))
        if isinstance(found, Failed):
            return ()
        return tuple(Offered(*one) for one in found if one[0] != here)[:_OFFERED]

    async def add(self, source: str, title: str, quote: str) -> str:
        """Add evidence; why it cannot be, or ""."""
        from pullquote.library.checking import NOWHERE, named

        made = await self._session.library(named, source, title, quote)
        if isinstance(made, Failed):
            return made.why
        one, path = made
        if one is None:
            return NOWHERE
        if path:
            return await self._add_file(one, path)
        why_not = await self._save((*self.evidence, one))
        if not why_not:
            self.check(one)
        return why_not

    async def _add_file(self, one: Evidence, path: str) -> str:
        found = await self._checked(one, path)
        if isinstance(found, str) or found.evidence.problem:
            return found if isinstance(found, str) else found.evidence.problem
        return await self._save((*self.evidence, found.evidence))

    async def drop(self) -> str:
        """Take the last away."""
        return await self._save(self.evidence[:-1])

    async def _save(self, evidence: Evidences) -> str:
        before = as_saved(self._session, self._note)
        done = (
            f"{plural(len(evidence), 'link')} for {self._session.quoted(self._note.target.exact)}"
        )
        after = replaced(before or self._note, evidence=evidence)
        return await save_verdict(self._session, before, after, done)

    # --- checking

    def check(self, *ones: Evidence) -> None:
        """Check these beside the reading, or all; what runs already is stopped instead."""
        if not ones and self._session.checks.stop():
            return
        for one in ones or self.evidence:
            self._session.checks.begin(partial(self._check, one))

    async def _check(self, one: Evidence) -> None:
        found = await self._checked(one)
        self._session.said = told(found)
        self._show()

    async def _checked(self, one: Evidence, path: str = "") -> "Checked | str":
        session = self._session
        folder = await session.library.quietly(lambda library: library.path.parent)
        if isinstance(folder, Failed):
            return folder.why
        job = Job(article=session.reading.article.id, note=self._note.id, evidence=one, path=path)
        found = await session.checks.run(job, folder, self._show)
        notes = await session.library.quietly(_notes, job.article)
        if not isinstance(notes, Failed) and notes != session.reading.annotations:
            session.renew(derived(session.reading.article, session.reading.machine, notes))
        return found

    def _show(self) -> None:
        self.changed()
        self._session.changed()


def _notes(library: Library, article: str) -> tuple[Annotation, ...]:
    return library.notes.of(article)


def told(found: "Checked | str") -> str:
    """What came of a check, in a line for the bar."""
    return found if isinstance(found, str) else standing_line(found.evidence, digits=_DIGITS)


async def evidence(session: Session, ask: Ask) -> str | None:
    """Give evidence for a verdict on the claim here."""
    here = verdict_here(session)
    if here is None:
        return NO_CLAIM
    note = here[1]
    await ask(GiveEvidence(title_of(note), Gathering(session, note)))
    return None


ASKING: dict[str, AskingAct] = {"evidence": evidence}
