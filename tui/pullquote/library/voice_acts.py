"""What the reader decides about voices, across the whole library; each act can be undone."""

import sqlite3
from collections.abc import Mapping, Sequence
from uuid import uuid4

import msgspec

from pullquote.findings import Actor, ActorKind
from pullquote.library import decisions
from pullquote.library.database import Database
from pullquote.library.decisions import IS_CALLED, Key, Row
from pullquote.library.file import LibraryError
from pullquote.library.seating import ARTICLE, KIND, NAME, Said, said_of
from pullquote.library.voices import Voices, main_names
from pullquote.notes.cast import Voice
from pullquote.notes.names import words_of
from pullquote.notes.voices import class_of, names_of
from pullquote.text import one_line


class VoiceActs:
    """The acts on voices, each one transaction; every call raises `LibraryError` where it fails."""

    def __init__(self, database: Database, voices: Voices) -> None:
        self._database, self._voices = database, voices

    def merge(self, number: int, *others: int) -> str:
        """Make other voices one with the voice of that number, which keeps its name.

        Returns:
            What was done, in a few words.

        Raises:
            LibraryError: One of them is not there, or the library cannot be written.
        """
        with self._database.transaction() as db:
            own, *rest = self._there(number, *others)
            if number in others:
                raise LibraryError(f"{self._database.path}: {own.name} is that voice already")
            identity = _identity(db, number)
            said = said_of(db, identity)
            wanted = list[tuple[Key, str]]()
            for other in rest:
                before = _identity(db, other.number)
                theirs = said_of(db, before)
                said = Said(own.kind, said.name, said.role or theirs.role, said.link or theirs.link)
                wanted += decisions.handed_over(db, before, identity)
            wanted += decisions.anchored(db, [number, *others], identity)
            name = said.name or own.name
            said = Said(own.kind, name, said.role, said.link)
            wanted.append(decisions.saying(identity, said))
            done = f"merged {_listed_names(rest)} into {name}"
            decisions.decide(db, wanted, done, [number, *others])
        return done

    def part(self, number: int, articles: Sequence[str] = (), name: str = "") -> str:
        """Make another voice of some of a voice's members; see `merge`.

        Args:
            number: The voice's.
            articles: The ids of the articles whose members are parted from it.
            name: What they are called who are parted from it; in all articles, if none are named.
        """
        with self._database.transaction() as db:
            (own,) = self._there(number)
            identity, other = _identity(db, number), uuid4().hex
            parted = _parted(db, number, articles, name)
            if not parted or len(parted) == len(_parted(db, number)):
                raise LibraryError(
                    f"{self._database.path}: {own.name} has no such articles beside others; see "
                    f"pullquote voice {number}"
                )
            called = " ".join(words_of(name))
            keys = [
                Key(NAME, kind, main) if joins and not articles else Key(ARTICLE, kind, main, work)
                for kind, main, work, joins in parted.values()
            ]
            kinds = {kind for kind, *_, joins in parted.values() if joins}
            numbers = [article for article, _ in parted]
            wanted = dict(decisions.anchored(db, [number], identity, without=numbers))
            wanted |= dict.fromkeys(keys, other)
            if called and not articles:
                wanted |= {Key(NAME, kind, called): other for kind in kinds}
            said = said_of(db, identity)
            wanted |= [
                decisions.saying(identity, Said(own.kind, said.name, said.role, said.link)),
                decisions.saying(other, Said()),
            ]
            what = f"{len(set(numbers))} of its articles" if articles else f"“{name}”"
            done = f"parted {what} from {own.name}"
            # by its identity it keeps its number
            db.execute("UPDATE voices SET identity = ? WHERE number = ?", (identity, number))
            decisions.decide(db, list(wanted.items()), done, [number])
        return done

    def describe(
        self, number: int, name: str | None = None, role: str | None = None, link: str | None = None
    ) -> str:
        """Call a voice by another name, give it a role or a link; see `merge`.

        Args:
            number: The voice's.
            name: The name; "" for what most articles call it, None to leave it.
            role: The role, or "" for none.
            link: A Wikidata id or an address, or "" for none.
        """
        given = {"name": name, "role": role, "link": link}
        changed = {
            key: one_line(value).strip() for key, value in given.items() if value is not None
        }
        try:
            if "link" in changed:
                changed["link"] = decisions.checked_link(changed["link"])
        except ValueError as error:
            raise LibraryError(str(error)) from error
        with self._database.transaction() as db:
            (own,) = self._there(number)
            identity = _identity(db, number)
            said = msgspec.structs.replace(said_of(db, identity), kind=own.kind, **changed)
            wanted = [
                *decisions.anchored(db, [number], identity),
                decisions.saying(identity, said),
            ]
            done = _described(own.name, changed)
            decisions.decide(db, wanted, done, [number])
        return done

    def assign(self, article: str, name: str, kind: str, number: int) -> str:
        """Say that who is called `name` in one article has the voice of that number; see `merge`.

        So the bearer of a surname alone gets a voice.
        """
        with self._database.transaction() as db:
            (own,) = self._there(number)
            identity = _identity(db, number)
            row = db.execute("SELECT work FROM articles WHERE id = ?", (article,)).fetchone()
            main = names_of(Actor(id="", name=name, kind=ActorKind(kind))).main
            if row is None or not main:
                raise LibraryError(f"{self._database.path}: nobody named here to have a voice")
            said = msgspec.structs.replace(said_of(db, identity), kind=own.kind)
            wanted = [
                *decisions.anchored(db, [number], identity),
                decisions.saying(identity, said),
                (Key(ARTICLE, class_of(kind), main, row[0]), identity),
            ]
            done = f"{name} here is {own.name}"
            decisions.decide(db, wanted, done, [number])
        return done

    def refuse(self, number: int, other: int) -> str:
        """Never propose two voices as one again; see `merge`."""
        with self._database.transaction() as db:
            own, another = self._there(number, other)
            one, two = (main_names(db, voice)[0] for voice in (number, other))
            done = f"{own.name} is not {another.name}"
            wanted = [decisions.refusal(class_of(own.kind), one, two)]
            decisions.decide(db, wanted, done)
        return done

    def undo(self) -> str | None:
        """Undo the last act on voices; what it was in a few words, or None."""
        with self._database.transaction() as db:
            return decisions.step(db, back=True)

    def redo(self) -> str | None:
        """Do the last undone act on voices again; the same way."""
        with self._database.transaction() as db:
            return decisions.step(db, back=False)

    def decisions(self) -> list[Row]:
        """All that the reader has decided about voices, for a file."""
        with self._database.snapshot() as db:
            return decisions.all_rows(db)

    def take_in(self, rows: Sequence[Row], source: str) -> int:
        """Take in decisions out of a file, as one act; how many changed something."""
        with self._database.transaction() as db:
            said = f"decisions from {one_line(source)}"
            return decisions.take_in(db, rows, said, only_later=False)

    def join(self, rows: Sequence[Row]) -> int:
        """The same for those of another library: where both have decided, the later stands."""
        with self._database.transaction() as db:
            return decisions.take_in(db, rows, "decisions of another library")

    def _there(self, *numbers: int) -> list[Voice]:
        voices = [self._voices.get(number) for number in numbers]
        missing = next((n for n, one in zip(numbers, voices, strict=True) if one is None), None)
        if missing is not None:
            raise LibraryError(f"{self._database.path}: no voice {missing}; see pullquote voices")
        return [one for one in voices if one is not None]


def _described(name: str, changed: Mapping[str, str]) -> str:
    """What a voice was given, and what was taken from it, in a few words."""
    gave = " and ".join(f"{key} “{value}”" for key, value in changed.items() if value)
    took = " and ".join(key for key, value in changed.items() if not value)
    if not gave:
        return f"took the {took} from {name}"
    return f"gave {name} the {gave}{f' and no {took}' if took else ''}"


def _identity(db: sqlite3.Connection, number: int) -> str:
    """A voice's identity, or a new one for it."""
    row = db.execute("SELECT identity FROM voices WHERE number = ?", (number,)).fetchone()
    return row[0] or uuid4().hex


def _parted(
    db: sqlite3.Connection, number: int, articles: Sequence[str] = (), name: str = ""
) -> dict[tuple[int, str], tuple[str, str, str, bool]]:
    """The members of a voice that are meant, by article and actor.

    Returns:
        Of each its class, its main name, its work, and whether that is a name that joins.
    """
    rows = db.execute(
        f"SELECT article, actor, {KIND}, json_extract(names, '$[0][1]'), work, id, "
        "instr(names, '[\"alone\"') FROM members "
        "JOIN articles ON articles.number = article JOIN voices ON voices.number = voice "
        f"WHERE voice = ? AND (? = '' OR {IS_CALLED})",
        (number, name, " ".join(words_of(name))),
    ).fetchall()
    among = frozenset(articles)
    return {
        (article, actor): (class_of(kind), main, work, not alone)
        for article, actor, kind, main, work, id, alone in rows
        if not among or id in among
    }


def _listed_names(voices: Sequence[Voice]) -> str:
    return " and ".join(one.name for one in voices)
