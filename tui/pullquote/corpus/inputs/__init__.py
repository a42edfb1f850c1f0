"""Inputs of a corpus: how they are divided among workers, and the articles that a worker reads.

The client lists files and divides them (`parts`), opening only those whose form has an index of
its own; a worker reads (`read`). Both are streams: neither holds more than one folder's names or
one article. Broken rows and files are told and passed over; they never end a run.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from pullquote.article import Article
from pullquote.corpus.inputs import places
from pullquote.corpus.inputs.csv_rows import CSV
from pullquote.corpus.inputs.documents import DOCUMENT
from pullquote.corpus.inputs.forms import Form, Read, failed
from pullquote.corpus.inputs.json_lines import JSON, JSON_LINES
from pullquote.corpus.inputs.parquet import PARQUET
from pullquote.corpus.inputs.places import Place, form_suffix, reason
from pullquote.corpus.inputs.web_archives import WARC
from pullquote.corpus.parts import Entry, Failure, Options, Part
from pullquote.errors import PullquoteError

FORMS: dict[str, Form] = {
    form.name: form for form in (JSON_LINES, JSON, CSV, PARQUET, WARC, DOCUMENT)
}
FIELDS = ("text", "id", "form", *(f for f in Article.__struct_fields__ if f not in
          ("text", "source", "headings", "parts")))  # fmt: skip


def parts(inputs: Sequence[str], options: Options) -> Iterator[Part | Failure]:
    """What there is to read, in an order that stays the same while the inputs do.

    Args:
        inputs: Files, folders, patterns and addresses.
        options: How they are read.

    Raises:
        PullquoteError: A column is given for a field that articles do not have.
    """
    for field in options.columns:
        if field not in FIELDS:
            raise PullquoteError(f"--map: no field “{field}”; there are {', '.join(FIELDS)}")
    return _parts(inputs, options)


def _parts(inputs: Sequence[str], options: Options) -> Iterator[Part | Failure]:
    for place in places.found(inputs, options):
        if isinstance(place, Failure):
            yield place
            continue
        try:
            yield from _form(place).divide(place, options)
        except Exception as error:  # a damaged file may raise anything
            yield Failure(place.url, "", reason(error))


def _form(place: Place) -> Form:
    suffix = form_suffix(place.url)
    return next((form for form in FORMS.values() if suffix in form.suffixes), DOCUMENT)


def read(part: Part, options: Options) -> Read:
    """The articles of a part as they are read, and what could not be.

    An id that was had before in the part gets a number: `x~2` is the second `x`.
    """
    had: set[str] = set()
    numbers: Counter[str] = Counter()
    try:
        for one in FORMS[part.form].read(part, options):
            if isinstance(one, Failure):
                yield one
                continue
            if (other := _another(one.id, had, numbers)) != one.id:
                why = f"the id {one.id} was had before; it is called {other} here"
                yield failed(part, other, why)
            had.add(other)
            yield msgspec.structs.replace(one, id=other)
    except Exception as error:  # a damaged file or a lost connection may raise anything
        yield failed(part, "", f"cannot be read further: {reason(error)}")


def _another(identity: str, had: set[str], numbers: Counter[str]) -> str:
    """An id that no article had before."""
    other = identity
    while other in had:
        numbers[identity] += 1
        other = f"{identity}~{numbers[identity] + 1}"
    return other


__all__ = ["FIELDS", "FORMS", "Entry", "Failure", "parts", "read"]
