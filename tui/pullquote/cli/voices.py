"""The commands for voices: voices lists them, voice shows one and says what is what."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pullquote.cli import completing, opening
from pullquote.cli.ids import identified
from pullquote.cli.opening import data_option, one_line_errors, refuse, tell
from pullquote.cli.output import json_option, print_json, write_utf_8
from pullquote.cli.said import print_sayings, settle
from pullquote.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pullquote.library.store import Library
    from pullquote.library.voice_pages import Month, VoicePage
    from pullquote.notes.cast import Voice
    from pullquote.notes.sayings import Saying

KINDS = ("person", "organisation", "government", "group")
_SHOWN = 50  # lines of a list
_BARS = "▁▂▃▄▅▆▇█"


@click.command()
@click.argument("words", nargs=-1, metavar="[WORD]…", shell_complete=completing.voices)
@click.option("--kind", type=click.Choice(KINDS), help="Only voices of this kind.")
@click.option("--proposed", is_flag=True, help="Pairs that may be one voice, for you to decide.")
@click.option("--limit", type=click.IntRange(0), default=_SHOWN, show_default=True,
              help="Maximum results; 0 is all.")  # fmt: skip
@json_option
@click.option("--undo", is_flag=True, help="Undo your last act on voices.")
@click.option("--redo", is_flag=True, help="Do again what was undone.")
@click.option("--export", "out", metavar="FILE", type=click.Path(),
              help="Write your decisions on voices to FILE (- is standard output).")  # fmt: skip
@click.option("--import", "into", metavar="FILE", type=click.Path(),
              help="Take in what such a FILE has.")  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@data_option
def voices(
    words: tuple[str, ...],
    kind: str | None,
    proposed: bool,
    limit: int,
    as_json: bool,
    undo: bool,
    redo: bool,
    out: str | None,
    into: str | None,
    force: bool,
    data: str | None,
) -> None:
    """List who speaks or acts, across all articles.

    With words, those with all of them in a name; the beginning of a word is enough. Each line has
    the number, the kind, the articles, the quotes and claims, and the name, a star behind it where
    you have decided something. The exit status is 1 if there are none.
    """
    with one_line_errors():
        library = opening.library(data, make=False)
        settle(library)
        if undo or redo:
            done = library.voice_acts.undo() if undo else library.voice_acts.redo()
            click.echo(
                f"{'undone' if undo else 'redone'}: {done}"
                if done
                else f"nothing to {'undo' if undo else 'redo'}"
            )
            return
        if out or into:
            _transfer(library, out, into, force)
            return
        most = limit or sys.maxsize
        found = _propose(library, most, as_json) if proposed else _list(
            library.voices.find(" ".join(words), most, kind or ""), as_json
        )  # fmt: skip
        if not found and proposed:
            tell("no two voices look as if they were one")
        elif not found:
            tell("no voice found; try another word, its beginning, or pullquote analyze --library")
    sys.exit(0 if found else 1)


def _list(found: "Sequence[Voice]", as_json: bool) -> bool:
    for one in found:
        if as_json:
            print_json(one)
        else:
            click.echo(_line(one))
    return bool(found)


def _line(one: "Voice") -> str:
    star, role = (" *" if one.decided else ""), (f", {one.role}" if one.role else "")
    articles = f"{one.articles:>5} {'article ' if one.articles == 1 else 'articles'}"
    counts = f"{one.number:>6}  {one.kind:12}  {articles}  {one.said:>5} said"
    return f"{counts}  {one_line(one.name)}{star}{one_line(role)}"


def _propose(library: "Library", limit: int, as_json: bool) -> bool:
    proposals = library.voices.proposals(limit)
    for one in proposals:
        if as_json:
            print_json(one)
        else:
            click.echo(f"{_line(one.one)}\n{_line(one.other)}\n        {one.why}\n")
    if proposals and not as_json:
        first, second = proposals[0].one.number, proposals[0].other.number
        tell(
            f"pullquote voice {first} --merge {second} makes the first two one; "
            f"--refuse {second} never proposes them again"
        )
    return bool(proposals)


def _transfer(library: "Library", out: str | None, into: str | None, force: bool) -> None:
    from pullquote.library import voice_files
    from pullquote.settings import expanded

    if into:
        changed = library.voice_acts.take_in(voice_files.read(expanded(into)), Path(into).name)
        click.echo(f"{changed} decisions taken in")
    if out == "-":
        click.echo(voice_files.encoded(library.voice_acts.decisions()).decode(), nl=False)
    elif out:
        from pullquote.files import replacing

        path = expanded(out)
        if path.exists() and not force:
            refuse(f"{out}: is there already; --force writes over it")
        rows = library.voice_acts.decisions()
        with replacing(path) as file:
            file.write(voice_files.encoded(rows))
        click.echo(f"wrote {out}: {len(rows)} decisions")


# --- one voice


def chosen(typed: str, library: "Library") -> "Voice":
    """The one voice that is named so; the command ends, with the others to choose from, if not."""
    found = library.voices.named(typed)
    if not found:
        like = ", ".join(f"“{name}”" for name in library.said.names_like(typed))
        refuse(f"{typed}: no voice has this name{f'; did you mean {like}?' if like else ''}")
    if len(found) > 1:
        which = ", ".join(f"{one.number} {one.name} ({one.kind})" for one in found[:6])
        more = f" and {len(found) - 6} more" if len(found) > 6 else ""
        refuse(f"{typed}: several have this name; write the number: {one_line(which)}{more}")
    return found[0]


@click.command()
@click.argument("name", metavar="NAME", shell_complete=completing.voices)
@click.option("--merge", "others", multiple=True, metavar="NAME", shell_complete=completing.voices,
              help="Make this voice one with it. May be repeated.")  # fmt: skip
@click.option("--part", "parted", multiple=True, metavar="ID", shell_complete=completing.ids,
              help="Who is meant in this article is another. May be repeated.")  # fmt: skip
@click.option("--part-name", metavar="NAME", help="Who is called this is another.")
@click.option("--refuse", "refused", metavar="NAME", shell_complete=completing.voices,
              help="Never propose these two as one again.")  # fmt: skip
@click.option("--name", "called", metavar="NAME", help="Call it this; empty: what articles do.")
@click.option("--role", help="Its role; empty: none.")
@click.option("--link", metavar="LINK", help="A Wikidata id (Q42) or an address; empty: none.")
@click.option("--limit", type=click.IntRange(0),
              help=f"Maximum quotes and claims: {_SHOWN} in a table, all in other formats, unless "
              "given. 0 is all.")  # fmt: skip
@click.option("--format", "form", default="table", show_default=True,
              type=click.Choice(("table", "markdown", "html", "csv", "json", "csl-json")),
              help="A table for the terminal, or a dossier in one of these formats.")  # fmt: skip
@data_option
def voice(
    name: str,
    others: tuple[str, ...],
    parted: tuple[str, ...],
    part_name: str | None,
    refused: str | None,
    called: str | None,
    role: str | None,
    link: str | None,
    limit: int | None,
    form: str,
    data: str | None,
) -> None:
    """Show all that one voice said, its roles, and who speaks of it.

    NAME is a name, or a number out of `pullquote voices`. With options, say who is who instead: it
    holds in the whole library and through new analyses, and `pullquote voices --undo` takes it
    back.
    """
    with one_line_errors():
        library = opening.library(data, make=False)
        settle(library)
        one = chosen(name, library)
        acts = library.voice_acts
        done = []
        if others:
            numbers = [chosen(other, library).number for other in others]
            done.append(acts.merge(one.number, *numbers))
        if parted or part_name:
            ids = [identified(article, library) for article in parted]
            done.append(acts.part(one.number, ids, part_name or ""))
        if refused:
            done.append(acts.refuse(one.number, chosen(refused, library).number))
        if not (called is role is link is None):
            done.append(acts.describe(one.number, called, role, link))
        for line in done:
            click.echo(one_line(line))
        if not done:
            _show(library, one.number, limit, form)


def _show(library: "Library", number: int, limit: int | None, form: str) -> None:
    from pullquote.notes.questions import Question

    page = library.voices.page(number)
    if page is None:
        refuse(f"{number}: this voice is not there any more; see pullquote voices")
    question = Question(by=(str(number),))
    if limit is None:
        limit = _SHOWN if form == "table" else 0
    if limit:
        answer = library.said.ask(question, limit, sort="newest")
        words, total = answer.sayings, answer.total
    else:
        words = tuple(library.said.every(question, "newest"))
        total = len(words)
    if form in _FORMS:
        _FORMS[form](page, words)
    else:
        _dossier(page, words, form)
    if 0 < len(words) < total:
        tell(f"the newest {len(words)}; --limit 0 shows all")


def _table(page: "VoicePage", words: "Sequence[Saying]") -> None:
    for line in _head(page):
        click.echo(line)
    print_sayings(words, speaker=False)


def _head(page: "VoicePage", is_lasting: bool = False) -> list[str]:
    """What is known of a voice, beside its words; what `is_lasting` has no number."""
    one = page.voice
    about = [one.name, one.role, one.kind, _address(one.link)]
    about += [] if is_lasting else [f"voice {one.number}"]
    lines = [" · ".join(filter(None, map(one_line, about)))]
    others = [name for name in page.names if name != one.name]
    lines += [f"also called: {one_line(', '.join(others[:8]))}"] if others else []
    for role in page.roles[:8]:
        days = role.first if role.first == role.last else f"{role.first} to {role.last}"
        lines.append(f"{days}: {one_line(role.role)}")
    speakers = ", ".join(f"{other.name} {other.said}" for other in page.spoken_of_by[:8])
    lines += [f"spoken of by: {one_line(speakers)}"] if speakers else []
    lines += [_bars(page.months)] if page.months and not is_lasting else []
    return lines


def _address(link: str) -> str:
    return f"https://www.wikidata.org/wiki/{link}" if link.startswith("Q") else link


def _bars(months: "Sequence[Month]") -> str:
    """A bar a month, of the last that fit on a line."""
    shown = months[-60:]
    most = max(one.said for one in shown) or 1
    bars = "".join(
        _BARS[-(-one.said * (len(_BARS) - 1) // most)] if one.said else " " for one in shown
    )
    return f"{shown[0].month} {bars} {shown[-1].month}  (at most {most} a month)"


def _json(page: "VoicePage", words: "Sequence[Saying]") -> None:
    from pullquote.formats.dossier import Dossier

    items = Dossier(page.voice.name, words).items
    articles = [{"article": article, "csl": item} for article, item in items.items()]
    print_json({"schema": 1, "page": page, "said": words, "articles": articles})


def _dossier(page: "VoicePage", words: "Sequence[Saying]", form: str) -> None:
    from pullquote.formats.dossier import Dossier, written

    write_utf_8()
    about = (*_head(page, is_lasting=True),)
    for piece in written(Dossier(f"{page.voice.name}: everything said", words, about), form):
        click.echo(piece, nl=False)


_FORMS = {"table": _table, "json": _json}
