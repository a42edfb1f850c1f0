"""In which other articles of the library the words of a quotation stand, and what they are there."""

from datetime import date

from pullquote.library.backlog import rebuild
from pullquote.library.elsewhere import Place, Quoted, When
from pullquote.library.store import Library
from pullquote.notes.collation import Likeness
from tests.quotations import COURIER, HERS, add

BRIDGE = "“We will rebuild the old bridge before the winter, whatever it costs.”"


def elsewhere(library: Library, article: str, words: str = BRIDGE) -> tuple[Place, ...]:
    return library.elsewhere.places(Quoted(article, words, HERS))


def test_the_other_article_is_found_with_what_it_made_of_the_words(library: Library) -> None:
    here = add(library, BRIDGE)
    there = add(
        library,
        "“We will rebuild the old bridge … whatever it costs.”",
        url=COURIER,
        published="2016-05-01",
        title="Old bridge",
    )
    (place,) = elsewhere(library, here)
    assert (place.article, place.title, place.site) == (there, "Old bridge", "courier.example")
    assert (place.finding, place.start, place.end) == ("q1", 0, 53)
    assert (place.day, place.is_dated, place.when) == (date(2016, 5, 1), True, When.EARLIER)
    assert place.collation.likeness is Likeness.CUT
    assert place.collation.cuts == (False, True)
    assert place.collation.is_signed
    (back,) = elsewhere(library, there, place.words)
    assert (back.article, back.when) == (here, When.LATER)


def test_who_had_it_first_comes_first(library: Library) -> None:
    here = add(library, BRIDGE)
    for number, day in enumerate(("2016-05-09", "2016-05-01", "2016-05-02")):
        add(library, BRIDGE, url=f"https://{number}.example/", published=day)
    found = elsewhere(library, here)
    assert [place.when for place in found] == [When.EARLIER, When.SAME_DAY, When.LATER]
    assert {place.collation.likeness for place in found} == {Likeness.SAME}


def test_the_same_words_in_anothers_mouth_are_told(library: Library) -> None:
    here = add(library, BRIDGE)
    for number, who in enumerate(("Bo Lindqvist", "Mayor Quist", "a neighbour")):
        add(library, BRIDGE, who, url=f"https://{number}.example/")
    told = {place.speaker: place.is_another for place in elsewhere(library, here)}
    assert told == {"Bo Lindqvist": True, "Mayor Quist": False, "a neighbour": False}


def test_a_version_of_the_same_work_is_not_elsewhere(library: Library) -> None:
    older = add(library, BRIDGE)
    newer = add(library, f"{BRIDGE[:-1]} It will stand.”")
    assert older != newer
    assert not elsewhere(library, older)
    assert not elsewhere(library, newer)


def test_a_few_words_and_other_words_are_not_looked_for(library: Library) -> None:
    for number, words in enumerate(("“We will not go.”", "“Nobody asked us about the wall.”")):
        add(library, words, url=f"https://{number}.example/")
    here = add(library, "“We will not go.”")
    assert not elsewhere(library, here, "“We will not go.”")
    assert not elsewhere(library, here)


def test_what_is_deleted_stands_nowhere_and_leaves_nothing(library: Library) -> None:
    here, there = add(library, BRIDGE), add(library, BRIDGE, url=COURIER)
    library.bin.delete(there)
    assert not elsewhere(library, here)
    library.bin.put_back()
    assert elsewhere(library, here)
    library.bin.delete(here, there)
    assert library.database.rows("SELECT count(*) FROM shingles") == [(0,)]


def test_made_anew_the_index_is_the_same(library: Library) -> None:
    here = add(library, BRIDGE)
    add(library, BRIDGE, url=COURIER)
    before = elsewhere(library, here)
    rebuild(library.database)
    assert before
    assert elsewhere(library, here) == before


def test_a_part_of_a_very_long_one_is_found(library: Library) -> None:
    """Of a long quotation only some shingles are kept, and not all are looked for."""
    words = [f"word{number * 7919 % 3001}" for number in range(9_000)]
    whole = add(library, f"“{' '.join(words)}”")
    part = f"“{' '.join(words[4_000:4_012])}”"
    here = add(library, part, url=COURIER)
    assert [place.article for place in elsewhere(library, here, part)] == [whole]
    assert [place.article for place in elsewhere(library, whole, f"“{' '.join(words)}”")] == [here]
