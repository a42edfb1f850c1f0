"""Notes on what is said in other articles, and verdicts on its claims, made on a voice's page.

Each is an act of its article, undone there by `u`, too.
"""

from collections.abc import Iterable

from pullquote.findings import Claim
from pullquote.library.store import Library, LibraryError
from pullquote.notes.annotations import Annotation, annotate
from pullquote.notes.reading import Reading
from pullquote.notes.sayings import Saying
from pullquote.reader.marking import change, replaced
from pullquote.reader.wording import excerpt

Comments = dict[int, tuple[str, ...]]  # by the numbers of what is said
_SHOWN = 40  # cells of what a note is on, where it is told


class Done:
    """What was done on a page, so that it is undone in its order: acts on notes, by their articles.

    An act on voices, which have a log of their own, has no article.
    """

    def __init__(self) -> None:
        self._articles, self._at = list[str](), 0

    def add(self, article: str) -> None:
        """Something was done; what had been undone is not redone any more."""
        self._articles[self._at :] = [article]
        self._at += 1

    def step(self, library: Library, back: bool) -> str:
        """Undo the last act, or do it again unless `back`; what it was, in words, or ""."""
        at = self._at - 1 if back else self._at
        article = self._articles[at] if 0 <= at < len(self._articles) else ""
        if article:  # what others have done to its notes stays
            notes = library.notes
            done = (notes.undo if back else notes.redo)(article, alone=False)
        else:
            done = library.voice_acts.undo() if back else library.voice_acts.redo()
        if done and not 0 <= at < len(self._articles):  # an act on voices of another day
            self._articles.insert(0 if back else at, "")
            at = max(at, 0)
        if 0 <= at < len(self._articles):
            self._at = at if back else at + 1
        return (
            f"{'undone' if back else 'redone'}: {done}"
            if done
            else f"nothing to {'undo' if back else 'redo'}"
        )


# --- notes


def note_on(library: Library, one: Saying) -> Annotation | None:
    """The note that lies on just what is said, if there is one."""
    notes = library.notes.of(one.article)
    return next((note for note in notes if _is_on(note, one)), None)


def _is_on(note: Annotation, one: Saying) -> bool:
    is_free = note.correction is None and not note.is_orphan
    return is_free and note.target.span == (one.start, one.end)


def write(one: Saying, comment: str, library: Library) -> str:
    """Write a note on what is said, or take it away; what was done, in words, or "" for nothing."""
    before = note_on(library, one)
    if not comment and not (before and before.comment):
        return ""
    article = library.articles.get(one.article)
    if article is None:
        raise LibraryError(f"{one.article[:8]}: this article is not in the library any more")
    note = before or annotate(article.text, (one.start, one.end))
    library.notes.act(article.id, [change(before, replaced(note, comment=comment))])
    return f"note {'on' if comment else 'off'} {excerpt(note.target.exact, _SHOWN)}"


def comments_on(library: Library, sayings: Iterable[Saying]) -> Comments:
    """What the reader has written on what is said, or on words in it."""
    among = tuple(sayings)
    notes = {id: library.notes.of(id) for id in {one.article for one in among}}
    return {
        one.number: tuple(
            note.comment
            for note in notes[one.article]
            if note.comment and not note.is_orphan
            and one.start <= note.target.start and note.target.end <= one.end
        )
        for one in among
    }  # fmt: skip


# --- verdicts


def verdict_on(library: Library, one: Saying, analyser: str) -> str | None:
    """The verdict on the claim in what is said, "" for none yet; None where there is no claim."""
    found = _claim(library, one, analyser)
    if found is None:
        return None
    reading, claim = found
    before = reading.verdict(claim)
    return before.verdict if before else ""


def judge(one: Saying, verdict: str, analyser: str, library: Library) -> str:
    """Give the claim in what is said a verdict, or take it away; what was done, in words."""
    found = _claim(library, one, analyser)
    if found is None:
        return ""
    reading, claim = found
    before = reading.verdict(claim)
    span = claim.content[0][0], claim.content[-1][1]
    note = before or annotate(reading.article.text, span)
    library.notes.act(reading.article.id, [change(before, replaced(note, verdict=verdict))])
    return f"verdict {verdict}" if verdict else "verdict off"


def _claim(library: Library, one: Saying, analyser: str) -> tuple[Reading, Claim] | None:
    """The claim that is said, or the first that lies in it."""
    reading = library.reading(one.article, analyser)
    if reading is None or reading.findings is None:
        return None
    claims = reading.findings.claims
    own = [claim for claim in claims if claim.id == one.finding]
    inside = [
        claim
        for claim in claims
        if one.start <= claim.content[0][0] and claim.content[-1][1] <= one.end
    ]
    found = next(iter((*own, *inside)), None)
    return (reading, found) if found else None
