"""A dossier: all that a question or a voice found, with where it stands, to keep and to cite.

Each form is written from the same statements; every article is cited once, under a number in those
for people and under its citation key in those for programs. Nothing from an article is taken for
markup: Markdown is escaped, the page's template escapes, cells are guarded.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from pullquote.formats import csl
from pullquote.formats.csv_table import table
from pullquote.formats.files import File, Pieces, indented, listed, write_all
from pullquote.formats.markdown import line
from pullquote.formats.references import reference, today
from pullquote.formats.said import web_address
from pullquote.notes.sayings import Saying
from pullquote.text import plural

HEADER = (
    "day", "dated", "site", "title", "url", "article", "start", "end", "speaker", "kind", "how",
    "cue", "sourcing", "commitment", "checkable", "verdict", "confidence", "doubtful", "words",
    "citation",
)  # fmt: skip


class Dossier(msgspec.Struct, frozen=True, dict=True):
    """What was found.

    Attributes:
        title: What it is of.
        sayings: What was found, in order.
        remarks: What else there is to say of it, a line each.
    """

    title: str
    sayings: Sequence[Saying]
    remarks: tuple[str, ...] = ()

    @cached_property
    def items(self) -> dict[str, csl.Item]:
        """The articles as a bibliography has them, by their ids, in the order of the sayings."""
        return {
            one.article: csl.item(one.about, one.article)
            for one in {one.article: one for one in self.sayings}.values()
        }

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each article among the references."""
        return {article: number for number, article in enumerate(self.items, 1)}

    @property
    def summary(self) -> str:
        """How much there is."""
        said, articles = len(self.sayings), len(self.items)
        return f"{plural(said, 'statement')} in {plural(articles, 'article')}, {today()}"


Write = Callable[[Dossier], Pieces]
Sources = Callable[[], Iterable[Path]]  # files that are never replaced


def markdown(dossier: Dossier) -> Iterator[str]:
    """As a page of notes: each statement a block quotation, then the references."""
    yield f"# {line(dossier.title)}\n\n{line(dossier.summary)}.\n"
    yield from (f"\n{line(remark)}\n" for remark in dossier.remarks)
    for one in dossier.sayings:
        known = ", ".join(map(line, filter(None, (_cue(one), *one.known))))
        place = f"{line(when(one))} [{dossier.numbers[one.article]}]"
        yield f"\n> {line(one.words)}\n>\n> — **{line(one.who)}** ({known}), {place}\n"
    if dossier.items:
        yield "\n## References\n\n"
    for number, item in enumerate(dossier.items.values(), 1):
        address = f" <{web_address(item.url)}>" if web_address(item.url) else ""
        yield f"{number}. {line(reference(item))}{address}\n"


def page(dossier: Dossier) -> Iterator[str]:
    """As a web page of its own, on which nothing runs and to which nothing is fetched."""
    from pullquote.formats.html import style, template

    yield template("dossier.html").render(
        dossier=dossier, css=style(), when=when, reference=reference
    )


def csv(dossier: Dossier) -> Iterator[str]:
    """As a table: a row a statement."""
    return table(HEADER, (_cells(dossier, one) for one in dossier.sayings))


def _cells(dossier: Dossier, one: Saying) -> tuple[str | int, ...]:
    return (
        one.day,
        "published" if one.is_dated else "added",
        one.site,
        one.title,
        one.url,
        one.article,
        one.start,
        one.end,
        one.speaker,
        one.kind,
        one.how,
        one.cue,
        one.sourcing,
        one.commitment,
        "yes" if one.checkable else "no",
        one.verdict,
        str(round(one.sure, 3)),
        "yes" if one.doubtful else "no",
        one.words,
        dossier.items[one.article].id,
    )


def json(dossier: Dossier) -> Iterator[str]:
    """As JSON: the statements, and the articles in the form of CSL."""
    head = indented({"title": dossier.title, "remarks": dossier.remarks}).rstrip("\n}").rstrip()
    yield f'{head},\n  "said": '
    yield from listed(map(_fields, dossier.sayings), depth=1)
    yield ',\n  "articles": '
    yield from listed(
        ({"article": key, "csl": item} for key, item in dossier.items.items()), depth=1
    )
    yield "\n}\n"


_LEFT_OUT = ("number", "voice", "title", "byline", "site", "url", "published", "retrieved")


def _fields(one: Saying) -> dict[str, object]:
    fields = msgspec.structs.asdict(one)
    return {name: value for name, value in fields.items() if name not in _LEFT_OUT}


def csl_json(dossier: Dossier) -> Iterator[str]:
    """The articles alone, for Zotero and Pandoc."""
    yield from listed(dossier.items.values())
    yield "\n"


FORMS: dict[str, tuple[str, Write]] = {  # the suffix, and what writes it
    "markdown": (".md", markdown),
    "html": (".html", page),
    "csv": (".csv", csv),
    "json": (".json", json),
    "csl-json": (".csl.json", csl_json),
}


def when(one: Saying) -> str:
    """The day of a statement, as far as it is known."""
    said = csl.item(one.about, one.article).issued
    if said and said.date_parts:
        return "-".join(f"{part:02}" for part in said.date_parts[0])
    return one.day if one.is_dated else f"undated, added {one.day}"


def _cue(one: Saying) -> str:
    return f"“{one.cue}”" if one.cue else ""


def put(
    dossier: Dossier, form: str, path: Path, force: bool = False, sources: Sources = tuple
) -> None:
    """Write the dossier to a file.

    Raises:
        ExportError: Nothing was written; it says why.
    """
    write_all([File(path, written(dossier, form), force)], sources)


def written(dossier: Dossier, form: str) -> Iterable[str | bytes]:
    """The dossier in a form of `FORMS`, piece by piece."""
    return FORMS[form][1](dossier)
