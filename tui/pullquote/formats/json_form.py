"""JSON for programs, out and in: the whole reading, versioned; docs/formats.md describes it.

What comes in again are the article and the reader's notes. Findings do not: they belong to one
analyser and one text, and are found anew, so that no file can put words into the mouth of the
machine.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import msgspec

from pullquote.article import Article
from pullquote.article.vetting import vetted
from pullquote.audit import Audit, audit
from pullquote.findings import Findings
from pullquote.formats.files import indented, listed
from pullquote.formats.form import Content, Format, Items, Purpose
from pullquote.formats.selectors import identity
from pullquote.notes.annotations import Annotation
from pullquote.notes.incoming import Incoming, NotThisFormat, admitted, decoded, read_each
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import one_line

SCHEMA = 3

# --- out


class _Form(msgspec.Struct, frozen=True):
    schema: int
    article: Article
    findings: Findings | None  # as the reader has put them right
    annotations: tuple[Annotation, ...] = ()
    machine: Findings | None = None  # as they were found
    audit: Audit | None = None  # the sources of `findings`, counted


def json_form(readings: Iterable[Reading], settings: Settings) -> Iterator[str]:
    """The readings as indented JSON: one as an object, several as a list, read by its lines."""
    forms = map(_form, readings)
    first, second = next(forms, None), next(forms, None)
    if first is not None and second is None:
        yield indented(first)
        return
    several = chain(filter(None, (first, second)), forms)
    first = second = None  # let go of, once they are written
    yield from listed(several)
    yield "\n"


def _form(one: Reading) -> _Form:
    counted = audit(one.findings, one.article.text) if one.findings else None
    return _Form(SCHEMA, one.article, one.findings, one.annotations, one.machine, counted)


# --- in


class _Read(msgspec.Struct, frozen=True):
    article: Article
    annotations: list[Any] = []


def loaded(text: str) -> list[tuple[Article, list[Incoming]]]:
    """The articles that `json_form` wrote, in this version or an earlier one, each with its notes.

    Raises:
        NotThisFormat: It is anything else, or a newer version's.
    """
    whole = decoded(text)
    return [_loaded(form) for form in (whole if isinstance(whole, list) else [whole])]


def _loaded(form: Any) -> tuple[Article, list[Incoming]]:
    schema = form.get("schema") if isinstance(form, dict) else None
    if isinstance(schema, int) and schema > SCHEMA:
        raise NotThisFormat(
            f"was written by a newer pullquote (schema {schema}); update pullquote to import it"
        )
    try:
        one = msgspec.convert(form, _Read)
    except (msgspec.ValidationError, RecursionError) as error:
        raise NotThisFormat(
            f"not a reading as pullquote exports it: {one_line(str(error))}"
        ) from error
    article = vetted(one.article)
    if not article.text and not (article.title or article.url):
        raise NotThisFormat("has an article without its text; export it again")
    name = article.id if article.text else ""  # notes that wait have an article without a text

    def read(item: Any) -> list[Incoming]:
        note = msgspec.convert(item, Annotation)
        note = msgspec.structs.replace(note, id=identity(note.id))
        return [admitted(note, name, article.url, article.title, whole=_is_of_the_whole(note))]

    return article, read_each(one.annotations, read)


def _is_of_the_whole(note: Annotation) -> bool:
    """Whether a note that waits is on no words."""
    return note.is_orphan and not note.target.exact


def _read(content: Content) -> Items:
    found = loaded(content.text)
    notes = [note for _, notes in found for note in notes]
    return Items(notes, [article for article, _ in found if article.text])


def _is_ours(content: Content) -> bool:
    return any(
        isinstance(item, dict) and "schema" in item and "article" in item
        for item in content.items[:1]
    )


FORMAT = Format(
    name="json",
    suffix=".json",
    carries="everything",
    description="the whole reading, for programs",
    purpose=Purpose.DATA,
    write=json_form,
    read=_read,
    sniff=_is_ours,
    whole=True,
)
