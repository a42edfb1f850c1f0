"""Whatever is done to a library, what is derived of it is what a new index makes of it."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import msgspec
import pytest

from pullquote.article import Article
from pullquote.findings import Actor, ActorKind, AttributionKind, Findings, Quote
from pullquote.library.file import LibraryError
from pullquote.library.schema import SCRIPTS, statements
from pullquote.library.store import Library
from pullquote.notes.annotations import Correction, Edit, annotate
from tests.library.test_voices import person, read

_FAMILIES = (
    (ActorKind.PERSON, ("Ada Quist", "Ada M. Quist", "Ada Beth Quist", "Ada Quist Jr.", "Quist")),
    (ActorKind.PERSON, ("Ada Quist", "Tim Rask", "Timothy Rask", "Rask")),
    (ActorKind.ORGANISATION, ("Acme", "Acme Bridges", "Acme Bridges Company", "ABC", "Ada Quist")),
)
_ROLES = ("", "mayor", "goalkeeper", "bishop")
_STEPS = 12


class _Reader:
    """Somebody who does anything to a library, in an order by chance."""

    def __init__(self, library: Library, seed: int) -> None:
        self.library, self.chance = library, Random(seed)
        self.found = dict[str, Findings]()

    def read(self, address: str = "") -> None:
        """Have an article analysed; a version of another, if its address is that one's."""
        text, actors, quotes = "", list[Actor](), list[Quote]()
        for place, (kind, names) in enumerate(_FAMILIES):
            name, start = self.chance.choice(names), len(text)
            text += f"{name}{self.chance.choice(('', ', 42,', ', 71,'))} said "
            actors.append(self.actor(f"a{place}", name, kind, names, (start, start + len(name))))
            start = len(text)
            text += "“we will never go to the bridge again”"
            quotes.append(
                Quote(
                    id=f"q{place}",
                    attribution="",
                    content=((start, len(text)),),
                    kind=AttributionKind.DIRECT,
                    speaker=f"a{place}",
                )
            )
            text += f" of {self.chance.choice(names)}. "
        number = len(self.found)
        address = address or f"https://example.org/{number}"
        published = self.chance.choice(("2016-05-01", "2017-05-01"))
        article = Article(text=f"{text}{number}", url=address, published=published)
        self.library.articles.save(article)
        self.analyse(article.id, Findings(analyser="", actors=tuple(actors), quotes=tuple(quotes)))

    def actor(
        self, id: str, name: str, kind: ActorKind, names: tuple[str, ...], mention: tuple[int, int]
    ) -> Actor:
        aliases = tuple(self.chance.sample(names, self.chance.choice((0, 0, 2))))
        role = self.chance.choice(_ROLES) or None
        return Actor(id=id, name=name, kind=kind, role=role, aliases=aliases, mentions=(mention,))

    def analyse(self, article: str, found: Findings) -> None:
        self.found[article] = msgspec.structs.replace(found, analyser=f"{self.chance.random()}")
        self.library.findings.save(article, self.found[article])

    def analyse_again(self, article: str) -> None:
        """Find other roles and kinds than before."""
        actors = tuple(
            msgspec.structs.replace(one, role=self.chance.choice(_ROLES) or None)
            if self.chance.random() < 0.4
            else one
            for one in self.found[article].actors
        )
        self.analyse(article, msgspec.structs.replace(self.found[article], actors=actors))

    def correct(self, article: str) -> None:
        found, text = self.found[article], self.library.articles.get(article).text  # type: ignore[union-attr]
        quote = self.chance.choice(found.quotes)
        note = annotate(text, quote.content[0])
        wrong = Correction(
            edit=Edit.REJECT, kind=quote.finding, analyser=found.analyser, of=(note.target,)
        )
        self.library.notes.add(article, msgspec.structs.replace(note, correction=wrong))

    def do_something(self) -> None:
        library, chance, acts = self.library, self.chance, self.library.voice_acts
        there = [one for one in self.found if library.articles.get(one)]
        voices = [voice.number for voice in library.voices.find("", 100)]
        if not there or not voices:
            return self.read()
        article, other = chance.choice(there), chance.choice(there)
        one, two = chance.choice(voices), chance.choice(voices)
        member = chance.choice(library.voices.members(one))
        doing: tuple[Callable[[], object], ...] = (
            self.read,
            lambda: self.read(f"https://example.org/{chance.randrange(len(self.found))}"),
            lambda: self.analyse_again(article),
            lambda: self.correct(article),
            lambda: library.notes.undo(article),
            lambda: library.metadata.edit(article, {"published": "2018-01-01"}),
            lambda: library.works.link(article, other),
            lambda: library.works.unlink(article),
            lambda: library.bin.delete(article),
            library.bin.put_back,
            lambda: acts.merge(one, two),
            lambda: acts.part(one, [member.article]),
            lambda: acts.part(one, name=member.name),
            lambda: acts.describe(one, name=f"Called {chance.randrange(9)}", role="known"),
            lambda: acts.assign(article, chance.choice(("Quist", "Rask")), "person", one),
            acts.undo,
            acts.redo,
        )
        with suppress(LibraryError):  # what cannot be parted, or is one voice already
            chance.choice(doing)()
        return None


def _derived(library: Library) -> dict[str, list[tuple[object, ...]]]:
    """All that is derived; a voice by its first member, since only its number may be another."""
    rows = library.database.rows
    first = {
        voice: f"{article} {actor}"
        for article, actor, voice in reversed(
            rows("SELECT article, actor, voice FROM members ORDER BY article, actor")
        )
    }
    queries = {
        "voices": "SELECT number, kind, name, identity, role, link, why FROM voices",
        "members": "SELECT voice, article, actor, name, role, affiliation, born, names, kind FROM members",
        "names": "SELECT voice, use, name, kind, members FROM voice_names",
        "said": "SELECT voice, article, finding, words, speaker, kind, how, sourcing FROM said",
        "about": "SELECT number, facets FROM said",
    }
    found = {what: rows(query) for what, query in queries.items()}
    findings = dict(rows("SELECT number, article || finding FROM said"))
    about = [
        (findings[number], first.get(int(token[1:])) if token[1:].isdigit() else token)
        for number, facets in found.pop("about")
        for token in facets.split()
        if token[0] == "a"
    ]
    by_voice = {
        what: sorted((str(first.get(voice)), *map(str, rest)) for voice, *rest in ones)
        for what, ones in found.items()
    }
    return {**by_voice, "about": sorted((one, str(voice)) for one, voice in about)}


@pytest.mark.parametrize("seed", range(12))
def test_what_was_done_in_whatever_order_a_new_index_is_the_same(
    library: Library, seed: int
) -> None:
    reader = _Reader(library, seed)
    for _ in range(5):
        reader.read()
    for _ in range(_STEPS):
        reader.do_something()
    library.said.settle()
    before = _derived(library)
    library.said.rebuild()
    assert _derived(library) == before


def test_what_is_decided_in_a_work_holds_for_a_version_that_is_linked_to_it(
    library: Library,
) -> None:
    """Also where whose voice that is shares no name with anybody in the version."""
    actors = {
        "One.": ("Ada Quist", "goalkeeper"),
        "Two.": ("Bo Rask", ""),
        "Three.": ("Ada Quist", "bishop"),
    }
    ids = {
        text: read(library, text, person(name, role=role)) for text, (name, role) in actors.items()
    }
    (rask,) = library.voices.named("Bo Rask")
    library.voice_acts.assign(ids["One."], "Ada Quist", "person", rask.number)
    library.works.link(ids["Three."], ids["One."])
    library.said.settle()
    before = _derived(library)
    library.said.rebuild()
    assert _derived(library) == before


def test_a_library_of_an_earlier_version_is_put_right(tmp_path: Path) -> None:
    """In which who has which voice went by what was done: here somebody sits alone for no reason."""
    with Library.open(tmp_path) as library:
        reader = _Reader(library, 3)
        for _ in range(6):
            reader.read()
        before = _derived(library)
        with library.database.transaction() as db:
            made = db.execute("INSERT INTO voices (kind, name) VALUES ('person', 'x')").lastrowid
            row = db.execute(
                "SELECT * FROM members WHERE name LIKE 'Ada%' ORDER BY 1 DESC"
            ).fetchone()
            db.execute("DELETE FROM members WHERE article = ? AND actor = ?", row[:2])
            marks = ", ".join("?" * len(row))
            db.execute(f"INSERT INTO members VALUES ({marks})", (*row[:2], made, *row[3:]))
            db.execute("DROP TABLE unseated")
            for statement in statements(SCRIPTS[23]):  # by which it came to this one
                db.execute(statement)
        assert not library.said.is_settled()
        library.said.settle()
        assert library.said.is_settled()
        assert _derived(library) == before
