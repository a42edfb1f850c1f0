"""What the reader decides about voices holds in the whole library, and can be undone."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from pullquote.findings import Actor, ActorKind, AttributionKind, Findings, Quote
from pullquote.library import copies
from pullquote.library.backlog import rebuild
from pullquote.library.file import LibraryError
from pullquote.library.store import Library
from pullquote.notes.cast import Voice
from tests.library.test_voices import person, read


def articles(library: Library) -> dict[str, int]:
    """In how many articles each voice is, by name."""
    return {one.name: one.articles for one in library.voices.find("", 100)}


def number(library: Library, name: str) -> int:
    (one,) = library.voices.named(name)
    return one.number


def articles_of(library: Library, *voices: Voice) -> list[int]:
    """In how many articles each of some voices is by now."""
    return [one.articles for voice in voices if (one := library.voices.get(voice.number))]


@pytest.fixture
def two(library: Library) -> Library:
    """A library with two voices, one of them in two articles."""
    read(library, "One.", person("Timothy Quist"))
    read(library, "Two.", person("Timothy Quist"))
    read(library, "Three.", person("Tim Quist"))
    return library


def test_a_doubtful_join_is_proposed_and_taken(two: Library) -> None:
    (proposal,) = two.voices.proposals()
    assert (proposal.one.name, proposal.other.name) == ("Timothy Quist", "Tim Quist")
    two.voice_acts.merge(proposal.one.number, proposal.other.number)
    assert articles(two) == {"Timothy Quist": 3}
    assert two.voices.get(proposal.one.number)
    assert not two.voices.proposals()


def test_a_proposal_that_was_refused_does_not_come_again(two: Library) -> None:
    (proposal,) = two.voices.proposals()
    two.voice_acts.refuse(proposal.one.number, proposal.other.number)
    assert not two.voices.proposals()
    rebuild(two.database)
    assert not two.voices.proposals()
    two.voice_acts.undo()
    assert two.voices.proposals()


def test_an_act_is_undone_and_done_again_after_a_restart(two: Library, tmp_path: Path) -> None:
    two.voice_acts.merge(number(two, "Timothy Quist"), number(two, "Tim Quist"))
    with Library.at(two.path) as again:
        assert again.voice_acts.undo() == "merged Tim Quist into Timothy Quist"
        assert articles(again) == {"Timothy Quist": 2, "Tim Quist": 1}
        assert again.voice_acts.redo() == "merged Tim Quist into Timothy Quist"
        assert articles(again) == {"Timothy Quist": 3}
        assert again.voice_acts.redo() is None


def test_what_is_decided_outlives_a_new_analysis_and_holds_for_new_articles(two: Library) -> None:
    two.voice_acts.merge(number(two, "Timothy Quist"), number(two, "Tim Quist"))
    rebuild(two.database)
    read(two, "Four.", person("Tim Quist", id="a9"))
    assert articles(two) == {"Timothy Quist": 4}


def test_some_articles_are_parted_from_a_voice(library: Library) -> None:
    for text in ("One.", "Two."):
        read(library, text, person("Ada Quist"))
    other = read(library, "Three.", person("Ada Quist"))
    voice = number(library, "Ada Quist")
    library.voice_acts.part(voice, [other])
    rebuild(library.database)
    assert sorted(one.articles for one in library.voices.named("Ada Quist")) == [1, 2]
    library.voice_acts.undo()
    assert number(library, "Ada Quist")


@pytest.mark.parametrize("text", ["One.", "Two.", "Three."])
def test_the_voice_that_is_parted_from_keeps_its_number(library: Library, text: str) -> None:
    ids = {one: read(library, one, person("Ada Quist")) for one in ("One.", "Two.", "Three.")}
    voice = number(library, "Ada Quist")
    library.voice_acts.part(voice, [ids[text]])
    assert {one.article for one in library.voices.members(voice)} == {*ids.values()} - {ids[text]}


def test_a_merge_that_is_undone_gives_each_its_number_again(library: Library) -> None:
    read(library, "One.", person("Bo Rask"))
    read(library, "Two.", person("Ada Quist"))
    ada, bo = number(library, "Ada Quist"), number(library, "Bo Rask")
    library.voice_acts.merge(ada, bo)
    library.voice_acts.undo()
    assert number(library, "Ada Quist") == ada


def test_what_is_decided_about_one_of_a_name_draws_no_other(library: Library) -> None:
    """The mayor Ann Lee has an article; the goalkeeper, three, is who is told apart from her."""
    for words, role in (("One.", ""), ("Two.", "goalkeeper"), ("Three.", "mayor"), ("Four.", "")):
        read(library, words, person("Ann Lee", role=role))
    read(library, "Five.", person("Jo Roe"))
    keeper, mayor = sorted(library.voices.named("Ann Lee"), key=lambda one: -one.articles)
    assert articles_of(library, keeper, mayor) == [3, 1]
    library.voice_acts.describe(mayor.number, link="Q42")
    assert articles_of(library, keeper, mayor) == [3, 1]
    library.voice_acts.merge(mayor.number, number(library, "Jo Roe"))
    assert articles_of(library, keeper, mayor) == [3, 2]
    library.voice_acts.undo()
    library.voice_acts.undo()
    assert articles_of(library, keeper, mayor) == [3, 1]


def test_a_voice_is_not_made_one_with_itself(two: Library) -> None:
    voice = number(two, "Tim Quist")
    with pytest.raises(LibraryError, match="is that voice already"):
        two.voice_acts.merge(voice, voice)
    assert two.voice_acts.undo() is None


def test_a_name_is_parted_from_a_voice(library: Library) -> None:
    read(library, "One.", person("Ada Maria Quist"))
    read(library, "Two.", person("Ada Quist"))
    assert articles(library) == {"Ada Quist": 2}
    library.voice_acts.part(number(library, "Ada Quist"), name="Ada Maria Quist")
    assert articles(library) == {"Ada Quist": 1, "Ada Maria Quist": 1}


def test_who_has_a_name_in_one_article_is_parted_there_alone(library: Library) -> None:
    read(library, "One.", person("Ada Quist"))
    read(library, "Two.", person("Ada Quist"))
    third = read(library, "Three.", person("Ada Quist"), person("Ada Maria Quist", id="a2"))
    done = library.voice_acts.part(number(library, "Ada Quist"), [third], "Ada Quist")
    assert done == "parted 1 of its articles from Ada Quist"
    found = {one.number: one.articles for one in library.voices.find("Quist")}
    assert sorted(found.values()) == [1, 3]
    assert library.voices.of(third, "a1") != library.voices.of(third, "a2")


def test_two_that_were_parted_are_not_proposed_as_one(library: Library) -> None:
    """Neither by their name nor by its long form, which they share as well."""
    read(library, "One.", person("Tim Quist"))
    second = read(library, "Two.", person("Tim Quist"))
    library.voice_acts.part(number(library, "Tim Quist"), [second])
    assert len(library.voices.find("Quist")) == 2
    assert not library.voices.proposals()


def test_what_keeps_two_of_one_name_apart_is_told_before_what_is_like_in_them(
    library: Library,
) -> None:
    read(library, "One.", person("Tim Quist", role="goalkeeper"))
    read(library, "Two.", person("Tim Quist", role="Bishop of Hull"))
    assert [one.why for one in library.voices.proposals()] == ["one name, but their trades differ"]


def test_nothing_is_parted_from_a_voice_that_is_all_of_it(library: Library) -> None:
    article = read(library, "One.", person("Ada Quist"))
    with pytest.raises(LibraryError, match="no such articles beside others"):
        library.voice_acts.part(number(library, "Ada Quist"), [article])


def test_a_voice_has_the_name_role_and_link_that_the_reader_gives_it(two: Library) -> None:
    voice = number(two, "Tim Quist")
    link = "https://www.wikidata.org/wiki/Q42"
    two.voice_acts.describe(voice, name="Tim Q. Quist", role="mayor", link=link)
    rebuild(two.database)
    (found,) = two.voices.named("Tim Q. Quist")
    assert (found.role, found.link, found.decided) == ("mayor", "Q42", True)
    two.voice_acts.undo()
    (found,) = two.voices.named("Tim Quist")
    assert (found.role, found.link, found.decided) == ("", "", False)


def test_what_is_taken_from_a_voice_is_told_so(two: Library) -> None:
    voice = number(two, "Tim Quist")
    said = two.voice_acts.describe(voice, role="mayor", link="Q42")
    assert said == "gave Tim Quist the role “mayor” and link “Q42”"
    assert two.voice_acts.describe(voice, link="") == "took the link from Tim Quist"
    assert two.voice_acts.describe(voice, name="Tim", role="") == (
        "gave Tim Quist the name “Tim” and no role"
    )


def test_what_is_no_link_is_refused(two: Library) -> None:
    for typed in ("Q", "javascript:alert(1)", "https://a b", "Q42 or so"):
        with pytest.raises(LibraryError, match="is no link"):
            two.voice_acts.describe(number(two, "Tim Quist"), link=typed)


def test_a_surname_alone_gets_a_voice_by_the_readers_word(two: Library) -> None:
    article = read(two, "Four.", person("Quist"))
    two.voice_acts.assign(article, "Quist", "person", number(two, "Tim Quist"))
    assert articles(two) == {"Timothy Quist": 2, "Tim Quist": 2}
    two.voice_acts.undo()
    assert articles(two) == {"Timothy Quist": 2, "Tim Quist": 1}
    assert two.voices.of(article, "a1") is None


def said(library: Library) -> list[tuple[str, str]]:
    return library.database.rows(
        "SELECT words, voices.name FROM said LEFT JOIN voices ON voice = voices.number ORDER BY 1"
    )


def test_what_was_said_goes_with_its_voice_even_where_both_speak_in_one_article(
    library: Library,
) -> None:
    text = "“We will not go,” said Tim Quist. “They will stay,” said Timothy Quist."
    article = read(library, text)
    quotes = tuple(
        Quote(
            id=f"q{index}",
            attribution="",
            content=((start, start + 15),),
            kind=AttributionKind.DIRECT,
            speaker=f"a{index}",
        )
        for index, start in ((1, 0), (2, text.index("“They")))
    )
    actors = tuple(
        Actor(
            id=f"a{index}",
            name=name,
            kind=ActorKind.PERSON,
            mentions=((text.index(name), text.index(name) + len(name)),),
        )
        for index, name in ((1, "Tim Quist"), (2, "Timothy Quist"))
    )
    library.findings.save(article, Findings(analyser="b test", actors=actors, quotes=quotes))
    before = said(library)
    library.voice_acts.merge(number(library, "Tim Quist"), number(library, "Timothy Quist"))
    assert {voice for _, voice in said(library)} == {"Tim Quist"}
    library.voice_acts.undo()
    assert said(library) == before
    rebuild(library.database)
    assert said(library) == before


def test_another_librarys_decisions_come_in_as_one_act(two: Library, tmp_path: Path) -> None:
    with Library.at(tmp_path / "other.db", make=True) as other:
        read(other, "One.", person("Timothy Quist"))
        read(other, "Three.", person("Tim Quist"))
        other.voice_acts.merge(number(other, "Tim Quist"), number(other, "Timothy Quist"))
        copies.merge_all(two.database, other.database, lambda done, whole: None)
        assert articles(two) == {"Tim Quist": 3}
        assert two.voice_acts.take_in(other.voice_acts.decisions(), "again") == 0
    two.voice_acts.undo()
    assert articles(two) == {"Timothy Quist": 2, "Tim Quist": 1}


def test_a_purge_leaves_no_name_that_no_article_has(two: Library) -> None:
    two.voice_acts.describe(number(two, "Tim Quist"), name="Secret", role="Secret")
    two.voice_acts.describe(number(two, "Timothy Quist"), role="mayor")
    (article,) = (one.article for one in two.voices.members(number(two, "Secret")))
    two.bin.delete(article)
    two.bin.purge([article])
    assert "Secret" not in str(two.database.rows("SELECT json FROM decision_log"))
    left = two.voice_acts.decisions()
    assert {one.name for one in left if one.what == "name"} == {"timothy quist"}
    assert len(left) == 2


def test_a_purge_keeps_what_was_decided_on_names_in_an_article_whose_findings_are_damaged(
    library: Library,
) -> None:
    """It has them still, once it is analysed again."""
    other = read(library, "Somebody else alone.", person("Bo Rask"))
    article = read(library, "Ada M. Quist spoke.", person("Ada Quist"))
    library.voice_acts.describe(number(library, "Ada Quist"), role="mayor")
    library.voice_acts.describe(number(library, "Bo Rask"), role="Secret")
    with library.database.transaction() as db:
        db.execute("UPDATE findings SET json = x'7b22' WHERE article = ?", (article,))
        db.execute("INSERT OR IGNORE INTO stale SELECT number FROM articles")
    library.bin.delete(other)
    library.bin.purge([other])
    assert "Secret" not in str(library.voice_acts.decisions())
    read(library, "Ada M. Quist spoke.", person("Ada Quist"))
    (found,) = library.voices.named("Ada Quist")
    assert found.role == "mayor"


_FAMILIES = (
    ("Ada Quist", "Ada M. Quist", "Ada Maria Quist", "Ada Quist Jr.", "Quist"),
    ("Tim Rask", "Timothy Rask", "Bo Rask"),
    ("Quist Holdings", "Acme", "Ada Quist"),
)
_MADE = (
    *[lambda name, actor, role: person(name, id=actor, role=role)] * 2,
    lambda name, actor, role: body(name, actor),
)
_ROLES = ("", "mayor", "goalkeeper")  # by which two of a name are told apart


def body(name: str, id: str = "a1") -> Actor:
    """An organisation of a name."""
    return Actor(id=id, name=name, kind=ActorKind.ORGANISATION)


def test_a_person_and_a_body_are_made_one_and_parted_again(library: Library) -> None:
    """What a machine took for a company: by name, for articles to come, and undone."""
    read(library, "One.", person("Ada Quist"))
    read(library, "Two.", body("Quist Holdings"))
    read(library, "Three.", body("Quist Holdings"))
    before = _state(library)
    acts = library.voice_acts
    acts.merge(number(library, "Ada Quist"), number(library, "Quist Holdings"))
    acts.describe(number(library, "Ada Quist"), role="mayor")
    later = [read(library, "Four.", body("Quist Holdings"))]
    assert articles(library) == {"Ada Quist": 4}
    rebuild(library.database)
    (voice,) = library.voices.find("quist")
    assert (voice.kind, voice.articles) == ("person", 4)
    acts.part(voice.number, name="Quist Holdings")
    later.append(read(library, "Five.", body("Quist Holdings")))
    found = {one.name: (one.kind, one.articles) for one in library.voices.find("quist")}
    assert found == {"Ada Quist": ("person", 1), "Quist Holdings": ("organisation", 4)}
    for _ in range(3):
        acts.undo()
    for article in later:
        library.bin.delete(article)
    assert _state(library) == before


def _read_some(library: Library, chance: Random, roles: Sequence[str]) -> list[str]:
    return [
        read(
            library,
            f"Article {number}.",
            *(
                _MADE[index](chance.choice(names), f"a{index}", chance.choice(roles))
                for index, names in enumerate(_FAMILIES)
            ),
        )
        for number in range(4)
    ]


def _do_something(library: Library, articles: list[str], chance: Random) -> None:
    numbers = [voice.number for voice in library.voices.find("", 100)]
    one, other = chance.choice(numbers), chance.choice(numbers)
    member = chance.choice(library.voices.members(one))
    acts = library.voice_acts
    act = chance.choice(
        (
            lambda: acts.merge(one, other),  # or one with itself, which changes nothing
            lambda: acts.part(one, [member.article]),
            lambda: acts.part(one, name=member.name),
            lambda: acts.describe(one, name=f"Called {chance.randrange(9)}", role="known"),
            lambda: acts.assign(chance.choice(articles), "Quist", "person", one),
            lambda: acts.refuse(one, other),
            acts.undo,
            acts.redo,
        )
    )
    with suppress(LibraryError):  # a part that is the whole
        act()


def _state(library: Library) -> tuple[list[tuple[str, ...]], ...]:
    """Who has which voice, what these are called, and which names they bear."""
    return tuple(
        library.database.rows(query)
        for query in (
            "SELECT min(article || actor), group_concat(article || actor) FROM "
            "(SELECT * FROM members ORDER BY article, actor) GROUP BY voice ORDER BY 1",
            "SELECT name, role, link FROM voices ORDER BY 1, 2",
            "SELECT use, name, kind, members FROM voice_names ORDER BY 1, 2, 3, 4",
        )
    )


@pytest.mark.parametrize("roles", [_ROLES, ("",)], ids=["two of a name", "one of a name"])
@pytest.mark.parametrize("seed", range(8))
def test_whatever_was_done_is_undone_redone_and_found_by_a_new_index(
    library: Library, seed: int, roles: Sequence[str]
) -> None:
    chance = Random(seed)
    articles = _read_some(library, chance, roles)
    before = _state(library)
    for _ in range(6):
        _do_something(library, articles, chance)
    after, steps = _state(library), 0
    while library.voice_acts.undo():
        steps += 1
    assert _state(library) == before
    for _ in range(steps):
        library.voice_acts.redo()
    assert _state(library) == after
    rebuild(library.database)
    assert _state(library) == after
