"""Pullquote for other programs: the functions that `import pullquote` offers.

Each is one step of the way that the reader and the command line go, too: source → article →
findings → reading → file. What they raise that a user should see is a `PullquoteError`.
"""

from collections.abc import Iterable, Iterator
from os import PathLike, fspath
from pathlib import Path

from pullquote import formats
from pullquote.analysis import DEFAULT_MODEL, analyser
from pullquote.article import Article
from pullquote.article.forms import LIMIT
from pullquote.article.source import load
from pullquote.extra_kinds import EXTRA_KINDS
from pullquote.findings import Findings
from pullquote.formats import importers
from pullquote.formats.form import Items
from pullquote.library.store import Library
from pullquote.notes.annotations import Annotation
from pullquote.notes.narrowing import Narrow
from pullquote.notes.reading import Reading, derived
from pullquote.settings import Settings, data_dir
from pullquote.text import clean


def read(source: str | PathLike[str], *, limit: int = LIMIT) -> Article:
    """The article in a file or on a web page.

    Args:
        source: A path, an http(s) address, or `-` for standard input; `#N` behind it for the Nth of
            several, as in a book or a mailbox.
        limit: The largest size accepted, in bytes.

    Raises:
        Unreadable: There is no article in it; the message is one line.
    """
    return load(fspath(source), limit=limit)


def analyze(text: str | Article, *, model: str = DEFAULT_MODEL, language: str = "") -> Findings:
    """What is said in a text, and by whom.

    The first call loads the models, which takes some two seconds; they are kept.

    Args:
        text: The article, or its text alone, in which each line is a paragraph.
        model: The name or the folder of an installed spaCy pipeline with a parser and entities.
        language: "en" where all of it is to be analysed as English; else it is told from the text,
            and what is in another language is not analysed.

    Returns:
        The findings, with half-open offsets into the text as it was given, in code points; with
        what plug-ins find, and in `failed` a line for each that failed.

    Raises:
        AnalysisFailed: There is no such pipeline, or it cannot be loaded.
        TypeError: It is neither a text nor an article.

    Examples:
        >>> import pullquote
        >>> text = "“We will go,” said Jane Miller, the defence minister."
        >>> found = pullquote.analyze(text)
        >>> quote = found.quotes[0]
        >>> start, end = quote.content[0]
        >>> print(found.actor(quote.speaker).name, text[start:end])
        Jane Miller “We will go,”
    """
    from pullquote.analysis.pipeline import analyse

    if isinstance(text, Article):
        text = text.text
    if not isinstance(text, str):
        raise TypeError(f"a text or an Article is analysed, not {type(text).__name__}")
    # a line end of two characters stays two, so that offsets count in what was given
    text = clean(text.replace("\r\n", " \n"))
    found = analyse(text, model, language=language)
    if not EXTRA_KINDS.are_declared():
        return found
    from pullquote.analysis.extras import with_extras

    return with_extras(text, found, model)


def reading_of(
    article: Article, findings: Findings | None = None, annotations: Iterable[Annotation] = ()
) -> Reading:
    """An article with what was found in it and what its reader has noted: what formats write.

    Args:
        article: Whose text all offsets count in.
        findings: As `analyze` gives them; None where it is not analysed.
        annotations: Notes, highlights, verdicts, and corrections, which are applied; in any order.

    Examples:
        >>> import pullquote
        >>> article = pullquote.Article(text="“We will go,” said Jane Miller.", title="A visit")
        >>> note = pullquote.annotate(article.text, (1, 11), comment="When?", tags=("ask",))
        >>> reading = pullquote.reading_of(article, annotations=[note])
        >>> print(pullquote.export(reading, "csv").splitlines()[1].split(",")[1])
        A visit
    """
    ordered = sorted(annotations, key=lambda one: (one.is_orphan, one.target.span))
    return derived(article, findings, tuple(ordered))


def open_library(folder: str | PathLike[str] | None = None, *, make: bool = True) -> Library:
    """The library in a folder; the user's own without one. Use it in a `with` statement.

    Args:
        folder: Where `library.db` lies; by default `$PULLQUOTE_DATA`, or the user's data folder.
        make: Whether a library that is not there is made.

    Raises:
        LibraryError: The file cannot be used, or is not there and not to be made.

    Examples:
        >>> import pullquote, tempfile
        >>> article = pullquote.Article(text="“We will go,” said Jane Miller.", title="A visit")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with pullquote.open_library(folder) as library:
        ...         new = library.articles.save(article)
        ...         [reading.article.title for reading in pullquote.readings(library)]
        ['A visit']
    """
    return Library.open(data_dir() if folder is None else Path(folder), make)


def readings(library: Library, *, model: str = DEFAULT_MODEL) -> Iterator[Reading]:
    """Every article of a library with its findings, where it was analysed, and its notes.

    Args:
        library: Open; it is read one article at a time.
        model: Of the pipeline whose findings are wanted.

    Raises:
        LibraryError: The library cannot be read.
    """
    name = analyser(model)
    found = (library.reading(one, name) for one in library.articles.ids(Narrow()))
    return (reading for reading in found if reading is not None)


def export(
    readings: Reading | Iterable[Reading],
    form: str,
    *,
    settings: Settings | None = None,
    every_stance: bool = False,
) -> str | bytes:
    """Readings in one of the formats in `FORMATS`, as one file's content.

    Args:
        readings: One, or several where the format takes several; one that comes again is left out.
        form: The name of the format.
        settings: Have the reader's name and those of the kinds of highlights.
        every_stance: Whether what is written for people lists also what is thought, hoped or meant,
            not only what was said and written.

    Raises:
        KeyError: There is no such format.
        ExportError: The format cannot write it, or is another package's and fails.

    Examples:
        >>> import pullquote
        >>> text = "“We will go,” said Jane Miller."
        >>> article = pullquote.Article(text=text, title="A visit")
        >>> reading = pullquote.reading_of(article, pullquote.analyze(article))
        >>> print(pullquote.export(reading, "text"))  # doctest: +ELLIPSIS
        A visit
        <BLANKLINE>
        “We will go,” [quote 1: Jane Miller] said Jane Miller.
        ...
    """
    return formats.export(_several(readings), form, settings or Settings(), every_stance)


def write(
    readings: Reading | Iterable[Reading],
    form: str,
    path: str | PathLike[str],
    *,
    force: bool = False,
    settings: Settings | None = None,
    every_stance: bool = False,
) -> list[Path]:
    """Write readings in one of the formats in `FORMATS`; all of it or nothing.

    Args:
        readings: See `export`.
        form: The name of the format.
        path: A file, or a folder that is there: then a file for each article.
        force: Whether a file that is there is replaced.
        settings: See `export`.
        every_stance: See `export`.

    Returns:
        The files that were written.

    Raises:
        KeyError: There is no such format.
        ExportError: Nothing was written; it says why.
    """
    place = Path(path)
    return formats.put(_several(readings), form, settings or Settings(), place, force, every_stance)


def read_notes(data: bytes | str) -> Items:
    """The notes in a file that pullquote or another program wrote; the file says which.

    What comes in is to be vetted: each of `Items.notes` is a note or says why it is none.

    Args:
        data: What stands in the file.

    Raises:
        NotThisFormat: No format knows it, or the one that does cannot read it; one line.

    Examples:
        >>> import pullquote
        >>> article = pullquote.Article(text="“We will go,” said Jane Miller.", title="A visit")
        >>> note = pullquote.annotate(article.text, (1, 11), comment="When?")
        >>> file = pullquote.export(pullquote.reading_of(article, annotations=[note]), "json")
        >>> [item.annotation.comment for item in pullquote.read_notes(file).notes]
        ['When?']
    """
    return importers.read(data.encode() if isinstance(data, str) else data)


def _several(readings: Reading | Iterable[Reading]) -> Iterable[Reading]:
    return [readings] if isinstance(readings, Reading) else readings
