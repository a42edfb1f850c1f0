"""Who said what, where and when is found in all articles, by words and conditions."""

import sys
from collections.abc import Sequence
from datetime import date

import msgspec
import pytest

from pullquote.analysis import analyser
from pullquote.article import Article
from pullquote.findings import (
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    Findings,
    Quote,
    Sourcing,
)
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate
from pullquote.notes.questions import BadQuestion, Question, typed, understood
from pullquote.text import Span

Line = tuple[str, str, bool]  # who says what, and whether it is a claim that can be checked


def add(library: Library, site: str, published: str, *lines: Line) -> str:
    """An article of sentences in which somebody says something, analysed; its id."""
    text, found = "", Findings(analyser=analyser())
    for number, line in enumerate(lines):
        text += f"“{line[1]}” said {line[0]}.\n"
        found = _with(found, text, number, *line)
    article = Article(text=text, site=site, published=published, title=f"{site} {published}")
    library.articles.save(article)
    library.findings.save(article.id, found)
    return article.id


def _with(found: Findings, text: str, number: int, who: str, words: str, checks: bool) -> Findings:
    """The findings with those of the last line of a text."""

    def at(part: str) -> Span:
        start = text.rindex(f"“{words}”") + f"“{words}” said {who}.".rindex(part)
        return start, start + len(part)

    def actor(name: str) -> Actor:
        kind = ActorKind.PERSON if name.istitle() else ActorKind.UNNAMED
        return Actor(id=f"a{number}{name}", name=name, kind=kind, mentions=(at(name),))

    speaker, one, kind = f"a{number}{who}", f"t{number}", AttributionKind.DIRECT
    content = (at(f"“{words}”"),)
    said = Attribution(
        id=one, source=(at(who),), cue=(at("said"),), content=content, kind=kind, speaker=speaker
    )
    quote = Quote(id=f"q{number}", attribution=one, content=content, kind=kind, speaker=speaker)
    claim = Claim(
        id=f"c{number}",
        attribution=one,
        content=(at(words),),
        sourcing=Sourcing.NAMED,
        commitment=Commitment.ASSERTED,
        speaker=speaker,
        checkable=True,
    )
    return msgspec.structs.replace(
        found,
        actors=(*found.actors, actor(who), *(actor(other) for other in CAST if other in words)),
        attributions=(*found.attributions, said),
        quotes=(*found.quotes, quote),
        claims=(*found.claims, *([claim] if checks else [])),
    )


CAST = ("Ada Quist", "Bo Rask")


def doubt(library: Library, *articles: str, by: str = "") -> None:
    """Make it doubtful who says what in articles, as an analyser found it."""
    for one in articles:
        reading = library.reading(one, by or analyser())
        assert reading is not None
        assert reading.machine is not None
        said = tuple(
            msgspec.structs.replace(each, speaker_confidence=0.6)
            for each in reading.machine.attributions
        )
        found = msgspec.structs.replace(reading.machine, attributions=said)
        library.findings.save(one, found)


@pytest.fixture
def town(library: Library) -> Library:
    add(
        library,
        "Herald",
        "2016-08-03",
        ("Ada Quist", "The bridge is closed for good", False),
        ("Bo Rask", "Ada Quist spent 40 crowns on the bridge", True),
    )
    add(
        library,
        "The Post",
        "2017",
        ("Cy Rask", "Bridges are closing, the café stays", False),
        ("a neighbour", "Nobody asked us", False),
    )
    add(library, "Herald", "", ("Ada Quist", "会談は決裂した", False))
    return library


def words(library: Library, asked: str) -> Sequence[str]:
    return [one.words.strip("“”") for one in library.said.ask(understood(asked)).sayings]


CLOSED, SPENT = "The bridge is closed for good", "Ada Quist spent 40 crowns on the bridge"
CLOSING, NOBODY, TALKS = "Bridges are closing, the café stays", "Nobody asked us", "会談は決裂した"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", [TALKS, CLOSING, NOBODY, CLOSED, SPENT]),
        ("bridge", [CLOSED, CLOSING, SPENT]),
        ("BRIDGE clos", [CLOSED, CLOSING]),
        ('"bridge"', [CLOSED, SPENT]),
        ('"bridge is"', [CLOSED]),
        ("bridge -closed", [CLOSING, SPENT]),
        ("-bridge", [TALKS, NOBODY]),
        ("cafe", [CLOSING]),
        ("決裂", [TALKS]),
        ('by:"ada quist"', [TALKS, CLOSED]),
        ("by:rask", [CLOSING, SPENT]),
        ("by:neighbour", [NOBODY]),
        ("by:rask by:ada", [TALKS, CLOSING, CLOSED, SPENT]),
        ("about:quist", [SPENT]),
        ("about:ada by:bo checkable", [SPENT]),
        ("about:ada by:cy", []),
        ("site:herald", [TALKS, CLOSED, SPENT]),
        ("site:nowhere", []),
        ("after:2016-09", [TALKS, CLOSING, NOBODY]),
        ("since:2017 until:2017", [CLOSING, NOBODY]),
        ("before:2017", [CLOSED, SPENT]),
        ("until:2016-08-03 after:2016-08-03", [CLOSED, SPENT]),
        ("kind:claim", [SPENT]),
        ("kind:direct bridge", [CLOSED, CLOSING, SPENT]),
        ("kind:indirect", []),
        ("sourcing:anon", [NOBODY]),
        ("checkable", [SPENT]),
        ("verdict:false", []),
        ("until:9999", [TALKS, CLOSING, NOBODY, CLOSED, SPENT]),
        (f"by:{'9' * 30}", []),
        ('xyzzy OR NEAR(bridge, 3) * ^"', []),
    ],
)
def test_a_question_finds_what_meets_all_of_it(
    town: Library, asked: str, found: Sequence[str]
) -> None:
    assert list(words(town, asked)) == found


def test_a_verdict_is_found_as_soon_as_it_is_given(town: Library) -> None:
    """What has none is open; undone, it is again."""
    claim = town.said.ask(understood("kind:claim")).sayings[0]
    article = town.articles.get(claim.article)
    assert article is not None
    note = annotate(article.text, (claim.start, claim.end))
    town.notes.add(article.id, msgspec.structs.replace(note, verdict="mostly true"))
    assert words(town, 'verdict:"mostly true"') == [SPENT]
    assert SPENT not in words(town, "verdict:open bridge")
    town.notes.undo(article.id)
    assert words(town, 'verdict:"mostly true"') == []
    assert SPENT in words(town, "verdict:open bridge")


def test_a_word_of_a_verdict_is_no_other_condition(town: Library) -> None:
    claim = town.said.ask(understood("kind:claim")).sayings[0]
    quote = town.said.ask(understood("kind:quote by:neighbour")).sayings[0]
    assert not quote.checkable
    article = town.articles.get(claim.article)
    assert article is not None
    note = annotate(article.text, (claim.start, claim.end))
    town.notes.add(article.id, msgspec.structs.replace(note, verdict="not hedged"))
    assert words(town, 'verdict:"not hedged"') == [SPENT]
    assert words(town, "verdict:not") == []


def test_all_that_there_is_can_be_asked_for(town: Library) -> None:
    assert len(town.said.ask(Question(), sys.maxsize).sayings) == 5


def test_of_questions_the_last_hundred_are_remembered(town: Library) -> None:
    for number in range(102):
        town.said.remember(f"word{number}", number)
    earlier, goal = town.said.asked()
    assert (len(earlier), goal) == (100, 101)


def test_a_name_stands_for_all_that_are_called_so(town: Library) -> None:
    """One with the whole name is meant alone; of nobody there are names that are like it."""
    rask, ada = (town.said.ask(Question(by=(name,))).names[0] for name in ("Rask", "ADA QUIST"))
    assert {name for _, name in rask.voices} == {"Bo Rask", "Cy Rask"}
    assert [name for _, name in ada.voices] == ["Ada Quist"]
    assert town.said.names_like("Ada Quisst")[0] == "Ada Quist"


def test_a_voice_has_as_many_statements_as_are_listed(town: Library) -> None:
    """A quote that is a claim, too, is one statement."""
    town.said.settle()
    voices = town.voices.find("")
    assert any(voice.said for voice in voices)
    for voice in voices:
        listed = town.said.ask(Question(by=(voice.name,))).sayings
        assert voice.said == len(listed)


def test_pages_follow_each_other_and_all_comes_by_time(town: Library) -> None:
    pages = [town.said.ask(Question(), 2, at).sayings for at in (0, 2, 4)]
    every = list(town.said.every(Question()))
    assert [one for page in pages for one in page] == every
    assert list(town.said.every(Question(), "oldest")) == every[::-1]
    assert town.said.ask(Question(), 2).total == 5


@pytest.mark.parametrize(
    "asked", ["after:yesterday", "kind:lie", "sourcing:good", "before:2016-13", "since:2016-02-30"]
)
def test_a_condition_that_cannot_be_is_said_to_be_so(asked: str) -> None:
    with pytest.raises(BadQuestion, match=asked.partition(":")[0]):
        understood(asked)


@pytest.mark.parametrize(
    "asked",
    ["", 'joint "white house" -tax by:"Ada Quist" about:rask site:post kind:claim checkable'],
)
def test_a_question_is_typed_as_it_was(asked: str) -> None:
    assert understood(typed(understood(asked))) == understood(asked)


def test_a_condition_that_is_being_typed_says_nothing_yet() -> None:
    assert understood("bridge by: site:") == Question(words="bridge")
    assert understood('by:"Ada Q') == Question(by=("Ada Q",))
    assert understood("after:2016").since == date(2016, 1, 1)


def test_a_damaged_row_costs_its_own_article(town: Library) -> None:
    with town.database.transaction() as db:
        db.execute("UPDATE findings SET json = x'7b00' WHERE rowid = 1")
    town.said.rebuild()
    assert words(town, "bridge") == [CLOSING]


def test_a_voices_number_is_no_word_of_who_is_not_that_voice(library: Library) -> None:
    add(
        library,
        "Herald",
        "2016-08-03",
        ("Ada Quist", "No", False),
        ("1 of the judges", "Yes", False),
    )
    (quist,) = library.voices.named("Ada Quist")
    assert quist.number == 1
    found = library.said.ask(Question(by=("1",))).sayings
    assert [one.speaker for one in found] == ["Ada Quist"]
    found = library.said.ask(Question(by=("1 of the judges",))).sayings
    assert [one.speaker for one in found] == ["1 of the judges"]
