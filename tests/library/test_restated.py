"""The same claim in other articles is found, whoever makes it there and however it is sourced."""

import msgspec

from pullquote.library.backlog import rebuild
from pullquote.library.relating import is_waiting, relate
from pullquote.library.restated import Claimed, Restated
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate
from tests.claims import AGAIN, DENIED, OTHER, RAISED, SAME, saved


def places(library: Library, article: str) -> tuple[Restated, ...]:
    relate(library.database)
    found = library.restated.of(article)
    return found[0].places if found else ()


def test_the_same_words_and_nearly_the_same_are_one_statement(library: Library) -> None:
    here, *_ = saved(library, RAISED, SAME, OTHER)
    (there,) = places(library, here)
    assert (there.site, there.sameness, there.speaker) == (
        "three.example",
        "same statement",
        "Ada Quist",
    )
    assert not is_waiting(library.database)


def test_other_figures_make_it_similar_and_are_told(library: Library) -> None:
    here, *_ = saved(library, RAISED, AGAIN)
    (there,) = places(library, here)
    assert there.sameness == "similar"
    assert [str(one) for one in there.differing] == ["2 metres here, 3 metres there"]
    assert not there.is_named


def test_a_denial_is_told_and_never_the_same_statement(library: Library) -> None:
    here, *_ = saved(library, RAISED, DENIED)
    (there,) = places(library, here)
    assert (there.sameness, there.is_denied) == ("similar", True)


def test_a_verdict_does_not_lose_it_and_a_rebuild_finds_it_again(library: Library) -> None:
    here, _ = saved(library, RAISED, SAME)
    before = places(library, here)
    note = msgspec.structs.replace(annotate(RAISED[0].text, (0, 61)), verdict="false")
    library.notes.add(here, note)
    assert not is_waiting(library.database)
    found: Claimed = library.restated.of(here)[0]
    assert (found.verdict, found.places) == ("false", before)
    rebuild(library.database)
    assert places(library, here) == before


def test_it_goes_with_the_article(library: Library) -> None:
    here, there = saved(library, RAISED, SAME)
    assert places(library, here)
    library.bin.delete(there)
    assert not library.restated.of(here)
    library.bin.delete(here)
    for table in ("wordings", "worded", "alike"):
        assert not library.database.rows(f"SELECT 1 FROM {table}")


def test_nothing_waits_for_what_has_gone(library: Library) -> None:
    here, there = saved(library, RAISED, SAME)
    with library.database.transaction() as db:
        db.execute("DELETE FROM articles WHERE id = ?", (there,))
    relate(library.database)
    assert not is_waiting(library.database)
    assert not library.restated.of(here)
