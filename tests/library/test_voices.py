"""Actors of several articles are one voice where their names say so."""

import msgspec

from pullquote.article import Article
from pullquote.findings import Actor, ActorKind, Findings
from pullquote.library.store import Library


def read(library: Library, text: str, *actors: Actor, published: str = "2026-05-01") -> str:
    """Put an analysed article into the library; its id."""
    article = Article(text=text, title=text[:20], published=published)
    library.articles.save(article)
    library.findings.save(article.id, Findings(analyser="a test", actors=actors))
    return article.id


def person(name: str, *aliases: str, id: str = "a1", role: str = "", ends: int = 0) -> Actor:
    """A person of a name, mentioned once."""
    mentions = ((0, ends),) if ends else ()
    return Actor(
        id=id,
        name=name,
        kind=ActorKind.PERSON,
        aliases=aliases,
        role=role or None,
        mentions=mentions,
    )


def test_one_name_is_one_voice_however_it_is_set(library: Library) -> None:
    read(library, "One.", person("Ada Quist"))
    read(library, "Two.", person("Ada M. Quist"))
    read(library, "Three.", person("Mayor Ada Quist"), published="2026-06-01")
    (voice,) = library.voices.find("quist")
    assert (voice.name, voice.articles) == ("Ada Quist", 3)
    assert [one.date for one in library.voices.members(voice.number)] == [
        "2026-06-01",
        "2026-05-01",
        "2026-05-01",
    ]


def test_a_surname_alone_joins_nobody(library: Library) -> None:
    read(library, "One.", person("Ada Quist", "Quist"))
    read(library, "Two.", person("Quist"))
    (voice,) = library.voices.find("quist")
    assert voice.articles == 1


def test_two_of_one_name_stay_two_where_their_ages_differ(library: Library) -> None:
    for text in ("Ada Quist, 42, said no.", "Ada Quist, 71, said yes."):
        read(library, text, person("Ada Quist", ends=9))
    assert [one.articles for one in library.voices.find("ada quist")] == [1, 1]


def test_what_may_be_said_of_another_keeps_nobody_apart(library: Library) -> None:
    """Where a machine made one actor of two, whose role and employer it has is not known."""
    globex = {"role": "manager", "affiliation": "Globex"}
    read(library, "One.", person("Ada Quist", role="bishop"))
    mixed = msgspec.structs.replace(person("Ada Quist", "Ben Carr"), role="goalkeeper")
    read(library, "Two.", mixed)
    read(library, "Three.", msgspec.structs.replace(person("Ada Quist", "Ben Carr"), **globex))
    assert [one.articles for one in library.voices.find("ada quist")] == [3]


def test_a_voice_keeps_its_number_through_a_new_analysis(library: Library) -> None:
    article = read(library, "One.", person("Ada Quist"))
    (before,) = library.voices.find("ada")
    other = Findings(analyser="a newer test", actors=(person("Ada Quist", id="a7"),))
    library.findings.save(article, other)
    assert library.voices.of(article, "a7") == before.number


def test_a_name_that_no_article_has_any_more_is_forgotten(library: Library) -> None:
    read(library, "One.", person("Ada Quist"))
    article = read(library, "Two.", person("Ada Maria Quist"))
    library.bin.delete(article)
    assert not library.voices.find("maria")
    assert library.voices.names(library.voices.find("ada")[0].number) == ("Ada Quist",)


def test_what_is_typed_names_a_voice_by_number_by_name_or_by_its_beginnings(
    library: Library,
) -> None:
    read(library, "One.", person("Ada Quist"), person("Ada Quisling", id="a2"))
    first, second = library.voices.find("ada")
    assert library.voices.named(str(first.number)) == (first,)
    for one in (first, second):
        assert library.voices.named(one.name.lower()) == (one,)
    assert library.voices.named("a. quis") == (first, second)
    assert set(library.voices.completions("quis")) == {"Ada Quist", "Ada Quisling"}


def test_a_role_is_told_once_however_it_is_set_and_ends_before_a_clause(library: Library) -> None:
    role = "a lawyer who told the court of storms"
    read(library, "One.", person("Ada Quist", role=role), published="2026-01-01")
    read(library, "Two.", person("Ada Quist", role="Lawyer"), published="2026-02-01")
    read(library, "Three.", person("Ada Quist", role="the mayor whose office was searched"))
    page = library.voices.page(library.voices.named("Ada Quist")[0].number)
    assert page is not None
    found = [(one.role, one.first, one.last, one.articles) for one in page.roles]
    assert found == [
        ("the mayor", "2026-05-01", "2026-05-01", 1),
        ("Lawyer", "2026-01-01", "2026-02-01", 2),
    ]
