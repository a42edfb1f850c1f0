"""Who speaks: the rows that find a speaker, and what has none, each on sentences of our own."""

from functools import cache
from typing import NamedTuple

import pytest

from pullquote.analysis import DEFAULT_MODEL, doubts, heard, issued, sources, terms, turns
from pullquote.analysis.actors import draft_actors
from pullquote.analysis.appositions import WRITTEN, Written, name_in
from pullquote.analysis.coreference.join import join
from pullquote.analysis.mentions import Index
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.pipeline import analyse, parse
from pullquote.analysis.predicted import predicted
from pullquote.analysis.speakers import Walk
from pullquote.findings import DOUBTFUL, ActorKind, Findings, Sourcing
from pullquote.text import joined, paragraphs


@cache
def analysed(text: str) -> Findings:
    return analyse(text, cores=1)


def names(text: str) -> list[str]:
    """The speakers of the attributions, in their order."""
    found = analysed(text)
    actors = (found.actor(one.speaker) for one in found.attributions)
    return [actor.name if actor is not None else "nobody" for actor in actors]


def rows_of(text: str) -> list[str]:
    """The names of the rows that found the speakers, by the rules alone and with what is learned."""
    page = paragraphs(text)
    parsed = Parsed(text, list(parse(text, page, DEFAULT_MODEL)))
    attributions = list(analysed(text).attributions)
    learned = predicted(text, page)
    by_rules, by_both = (
        draft_actors(parsed),
        join(parsed, draft_actors(parsed), learned.clusters, learned.whole.likely),
    )
    walks = (Walk(parsed, Index(parsed, drafts), attributions) for drafts in (by_rules, by_both))
    return [one.row for walk in walks for one in walk.taken().values()]


def quotes(text: str) -> dict[str, str]:
    """What is quoted, and of whom."""
    found = analysed(text)
    actors = {one: found.actor(one.speaker) for one in found.quotes}
    return {
        joined(text, one.content): actor.name if actor is not None else "nobody"
        for one, actor in actors.items()
    }


@pytest.mark.parametrize("row", [*sources.ROWS, *turns.ROWS], ids=lambda row: row.name)
def test_a_row_finds_the_speaker_of_its_text_and_leaves_its_near_miss(
    row: sources.Row | turns.Row,
) -> None:
    text, name = row.yes
    assert names(text)[-1] == name
    assert row.name in rows_of(text)
    near, other = row.no
    assert names(near)[-1] == other


@pytest.mark.parametrize("row", issued.ROWS, ids=lambda row: row.name)
def test_what_somebody_wrote_speaks_for_them_where_the_article_says_who(row: issued.Row) -> None:
    for text, name in (row.yes, row.no):
        assert names(text)[-1] == name


def test_a_report_with_its_author_beside_it_is_the_source_and_what_follows_is_of_it() -> None:
    text = "A report by Acme Corp said the yard was shut. The report said it was “a ruin”."
    assert names(text) == ["A report by Acme Corp"] * 2


def test_what_stands_in_a_report_is_of_who_wrote_it_and_came_by_the_report() -> None:
    found = analysed("Ann Cole published a study in May. The study said the yard was never safe.")
    claim = found.claims[-1]
    speaker, via = found.actor(claim.speaker), found.actor(claim.via)
    assert speaker is not None
    assert via is not None
    assert (speaker.name, via.name) == ("Ann Cole", "The study")
    assert claim.sourcing is Sourcing.DOCUMENT


@pytest.mark.parametrize("row", terms.ROWS, ids=lambda row: row.name)
def test_a_term_is_no_quote_and_its_near_miss_is_one(row: terms.Row) -> None:
    marked = row.no[row.no.rindex("“") + 1 : row.no.rindex("”")]
    assert not any(words in quote for quote in quotes(row.yes) for words in _in_marks(row.yes))
    assert any(marked in quote for quote in quotes(row.no))


@pytest.mark.parametrize("row", doubts.ROWS, ids=lambda row: row.name)
def test_a_reason_for_doubt_counts_in_its_text_and_not_in_its_near_miss(row: doubts.Row) -> None:
    assert analysed(row.yes).quotes[-1].speaker_confidence <= row.share
    assert analysed(row.no).quotes[-1].speaker_confidence > row.share


def _in_marks(text: str) -> list[str]:
    return [part.partition("”")[0] for part in text.split("“")[1:]]


@pytest.mark.parametrize("one", WRITTEN, ids=lambda one: one.yes[0])
def test_a_name_is_read_with_its_nickname_or_title(one: Written) -> None:
    text, name = one.yes
    assert name_in(text) == name
    assert one.match(one.no) is None


def test_an_interview_is_of_who_is_introduced_and_not_of_who_wrote_it() -> None:
    text = (
        "The last baker of the street\n\nBy Tom Birch\n\nAnn Cole has baked bread since 1982.\n\n"
        "What made you stay?\n\nI was tired. A man from the bank came. He said, “Name your price.” "
        "I did.\n\nDid you ever sell?\n\nNever. My oven is my own.\n\n"
        "What do you tell the young?\n\nGet up, I say."
    )
    said = quotes(text)
    assert said["“Name your price.”"] != "Ann Cole"
    others = {words: who for words, who in said.items() if words != "“Name your price.”"}
    assert set(others.values()) == {"Ann Cole"}
    assert [words.split(" ")[0] for words in others] == ["I", "Never.", "Get"]


def test_an_interview_that_names_nobody_has_answers_and_no_speaker() -> None:
    text = (
        "The last baker of the street\n\nWhat made you stay?\n\nI was tired.\n\n"
        "Was it late?\n\nMy oven was cold.\n\nWhat do they say?\n\nGet up, I say."
    )
    said = analysed(text).quotes
    assert [one.speaker for one in said] == [None] * 3
    assert not analysed(text.replace("made you", "made them")).quotes  # nobody is asked


def test_answers_in_quotation_marks_have_the_speakers_that_their_cues_give_them() -> None:
    text = (
        "Ann Cole and Kim Park ran.\n\nWhat do you want?\n\n“I want to win,” said Ann Cole.\n\n"
        "What would you change?\n\n“I would change it all,” said Kim Park.\n\n"
        "Are you late?\n\n“I am never late,” said Ann Cole."
    )
    assert list(quotes(text).values()) == ["Ann Cole", "Kim Park", "Ann Cole"]


def test_who_is_called_by_where_they_are_from_is_no_actor_of_their_own() -> None:
    text = "The Canadian, Dov Klein, won. “It was late,” Klein said. “I slept,” added the Canadian."
    assert quotes(text) == {"“It was late,”": "Dov Klein", "“I slept,”": "Dov Klein"}
    assert [one.name for one in analysed(text).actors] == ["Dov Klein"]


class Case(NamedTuple):
    """A text, and who says what in it."""

    why: str
    text: str
    said: dict[str, str]


CASES = (
    Case(
        "what somebody wrote in a post is theirs, where the post is cited",
        "Ann Cole posted about the port on Monday.\n“It will never open again,” the post said.",
        {"“It will never open again,”": "Ann Cole"},
    ),
    Case(
        "the company that was accused answers, in a statement",
        "Acme Corp met its bank on Monday. "
        "On Tuesday Ann Cole accused Mills Bank of hiding the tests.\n"
        "The company rejected the claims in a statement.\n"
        "“We have never hidden a thing,” the statement said.",
        {"“We have never hidden a thing,”": "Mills Bank"},
    ),
    Case(
        "the company among those who were sued answers, not the one that spoke before",
        "“We are done,” Northway Films said on Monday. “There is no more to say.”\n"
        "On Thursday, Ann Cole sued Tom Birch and Granite Records.\n"
        "“We were shocked to see it,” the company said in a statement.",
        {
            "“We are done,” … “There is no more to say.”": "Northway Films",
            "“We were shocked to see it,”": "Granite Records",
        },
    ),
    Case(
        "who denies saying something has not said it",
        "“It is late,” said Ann Cole, but denied calling the yard “a ruin”.",
        {"“It is late,”": "Ann Cole"},
    ),
    Case(
        "a report goes on as it",
        "Acme Corp shut its yard. A report by Ann Cole said that the yard was “a ruin”. "
        "It said that the cranes were “beyond repair”.",
        {"“a ruin”": "A report by Ann Cole", "“beyond repair”": "A report by Ann Cole"},
    ),
    Case(
        "a judge is no minister",
        "The minister, Ann Cole, rejected claims that she had lied.\n"
        "The judge told his lawyer to “control your client”, and left.",
        {"“control your client”": "The judge"},
    ),
    Case(
        "a person by whom it was said, not the party before the name",
        "Some of the drivers were described as “bandits with a licence and a van” "
        "by Harbour Party MP Ann Cole.",
        {"“bandits with a licence and a van”": "Ann Cole"},
    ),
    Case(
        "who adds something has just spoken",
        "Prime Minister Paul Marsh met the crews.\n"
        "“The port is shut,” said the harbour’s spokesman Jin Bao. “We cannot open it yet.\n"
        "“We are ready to work with all of them as soon as the ice is gone,” he added.",
        {
            "“The port is shut,” … “We cannot open it yet.": "Jin Bao",
            "“We are ready to work with all of them as soon as the ice is gone,”": "Jin Bao",
        },
    ),
    Case(
        "the name beside a role, on either side",
        "One of the protesters, Nora Finch, 42, said: “We want change now.”\n"
        "“It is time,” said the harbour’s owner, Paul Marsh.",
        {"“We want change now.”": "Nora Finch", "“It is time,”": "Paul Marsh"},
    ),
    Case(
        "who spoke last, not who was spoken of",
        "Tom Levitt said that John Marlow knew the town well.\n"
        "“He learned the language there, and he talked to everybody,” he said.",
        {"“He learned the language there, and he talked to everybody,”": "Tom Levitt"},
    ),
    Case(
        "who has been the subject since",
        "“I like the town,” Tom Levitt said.\nJohn Marlow bought a house.\n"
        "“It is a good house,” he said.",
        {"“I like the town,”": "Tom Levitt", "“It is a good house,”": "John Marlow"},
    ),
    Case(
        "never somebody whom the words call by name",
        "The senator, Ben Carver, spoke of Paul Marsh. Marsh died in May.\n"
        "“The day Paul Marsh died was the worst of all,” he said.",
        {"“The day Paul Marsh died was the worst of all,”": "Ben Carver"},
    ),
    Case(
        "it said",
        "The High Court refused bail on Monday. “The risk is too high,” it said.",
        {"“The risk is too high,”": "High Court"},
    ),
    Case(
        "handles",
        '"Strange, there is a photograph," wrote @tomhollis on X.\n'
        '@danareyes replied: "Show it, then."',
        {
            '"Strange, there is a photograph,"': "@tomhollis",
            '"Show it, then."': "@danareyes",
        },
    ),
    Case(
        "the words beside a quotation, not the source of the sentence",
        "Ruth Amis spoke on Tuesday. “This is a good day for the harbour,” she told reporters, "
        "according to a report.",
        {"“This is a good day for the harbour,”": "Ruth Amis"},
    ),
    Case(
        "a quotation over paragraphs has one speaker, wherever the cue stands",
        "“We have seen floods.\n“We have seen fires.\n“And we are still here,” said Ann Cole.\n"
        "Paul Marsh said that the road was shut.",
        {"“We have seen floods. … “We have seen fires. … “And we are still here,”": "Ann Cole"},
    ),
    Case(
        "the last paragraph of it is not the next speaker’s",
        "“What worries us is the rain,” Ann Cole said. “It has rained for days.\n"
        "“I ask everybody to stay at home.”\nPaul Marsh said that the road was shut.",
        {
            "“What worries us is the rain,” … “It has rained for days. … “I ask everybody to stay at "
            "home.”": "Ann Cole"
        },
    ),
    Case(
        "a heading is said by whoever says its words",
        "Paul Marsh came late.\n“Nobody told us about it”\nThe road was shut. Ann Cole said: "
        "“Nobody told us about it, and nobody asked.”",
        {
            "“Nobody told us about it”": "Ann Cole",
            "“Nobody told us about it, and nobody asked.”": "Ann Cole",
        },
    ),
    Case(
        "words passed on in marks are of who said them, also through a clause",
        "Ann Cole left in May. “My boss rang me and said, ‘We are done.’ He told me he wanted to "
        "‘start afresh’,” she said.",
        {
            "“My boss rang me and said, … He told me he wanted to": "Ann Cole",
            "‘We are done.’": "Ann Cole’s boss",
            "‘start afresh’": "Ann Cole’s boss",
        },
    ),
    Case(
        "what somebody says to have said stays theirs, as do terms in their words",
        "“I said, ‘We are done.’ It was a ‘nasty’ night,” Ann Cole said.",
        {"“I said, ‘We are done.’ It was a ‘nasty’ night,”": "Ann Cole"},
    ),
    Case(
        "nobody calls themselves “he” in their own words",
        "“And he goes, ‘Not really, and leave me in peace,’” Paul Cole said.",
        {
            "“And he goes,": "Paul Cole",
            "‘Not really, and leave me in peace,’": "nobody",
        },
    ),
    Case(
        "a company is no union, whichever was named last",
        "Acme Corp closed the plant. The union, the Allied Workers, met. “We will strike,” the union "
        "said. “They lied,” said the company.",
        {"“We will strike,”": "Allied Workers", "“They lied,”": "Acme Corp"},
    ),
    Case(
        "who asked in the same sentence is not who answers",
        "Ann Cole took the stand. Asked by Miss Ruiz how it felt, she replied: “I was cold.”",
        {"“I was cold.”": "Ann Cole"},
    ),
    Case(
        "a hyphen stays in a name, and the first part of it is still its",
        "Mary-Ann Draper left. “I am late,” Mary-Ann said.",
        {"“I am late,”": "Mary-Ann Draper"},
    ),
    Case(
        "what stands in marks was said, whatever the verb reports besides",
        "Ann Cole told the workers to “leave at once and never come back”.",
        {"“leave at once and never come back”": "Ann Cole"},
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_who_says_what(case: Case) -> None:
    assert quotes(case.text) == case.said


@pytest.mark.parametrize("row", heard.ROWS, ids=lambda row: row.yes)
def test_who_only_hears_is_not_the_source_and_who_speaks_is(row: heard.Row) -> None:
    assert names(row.yes)[0] == "nobody"
    assert names(row.no)[0] != "nobody"


def test_what_a_court_hears_is_of_whoever_is_named_and_else_came_through_the_court() -> None:
    assert names("MPs were told by Ann Cole that the fund was “empty”.") == ["Ann Cole"]
    (claim,) = analysed("The court heard that the fund was empty.").claims
    assert (claim.speaker, claim.sourcing) == (None, Sourcing.INSTITUTION)


def test_a_noun_for_somebody_named_is_no_actor_of_its_own() -> None:
    found = analysed("Acme spokesman Tom Hall said it was late. “Sorry,” the spokesman said.")
    assert [one.name for one in found.actors if one.kind is not ActorKind.ORGANISATION] == [
        "Tom Hall"
    ]


def test_a_possessor_is_named_without_its_mark_and_stays_in_a_role() -> None:
    role = "The council’s chief executive"
    found = analysed(f"{role}, Ann Cole, said it was late. {role} said it was fine.")
    assert {one.name for one in found.actors} == {"The council", "Ann Cole"}
    text = "The mayor left. Council’s finance chief Dov Klein left."
    (person,) = (one for one in analysed(text).actors if one.kind is ActorKind.PERSON)
    assert person.role == "Council’s finance chief"


def test_a_claim_passed_on_in_marks_came_through_who_speaks() -> None:
    text = "“My boss told me, ‘The port is shut,’” Ann Cole said."
    found = analysed(text)
    (inner,) = (one for one in found.claims if one.via)
    names = [actor.name for actor in map(found.actor, (inner.speaker, inner.via)) if actor]
    assert (joined(text, inner.content), names) == (
        "‘The port is shut,’",
        ["Ann Cole’s boss", "Ann Cole"],
    )


def test_a_floating_quotation_is_doubtful() -> None:
    found = analysed("Jane Miller came on Sunday.\n“We will not give up our house.”")
    (quote,) = found.quotes
    assert quote.confidence < DOUBTFUL


def test_a_speaker_that_is_named_is_surer_than_one_that_is_guessed() -> None:
    text = "Jane Miller came on Sunday.\n“We will not give up our house.”\nAnn Cole said: “I will.”"
    found = analysed(text)
    guessed, named = found.quotes
    assert named.speaker_confidence > guessed.speaker_confidence
    attribution = found.attribution(guessed.attribution)
    assert attribution is not None
    assert attribution.speaker_confidence == guessed.speaker_confidence


def test_whose_lawyer_somebody_is_begins_no_name() -> None:
    """ "Her lawyer, Dov Klein, said": it is the lawyer who speaks, and "he" after it is he."""
    text = (
        "Nora Finch sued Ivan Petrov. Her lawyer, Dov Klein, said that the bank would pay. "
        "“She is glad of it,” he said."
    )
    assert names(text)[-2:] == ["Dov Klein", "Dov Klein"]
    assert names(text.replace("Her lawyer, Dov Klein,", "Ivan Petrov, her lawyer,"))[-2:] == [
        "Ivan Petrov",
        "Ivan Petrov",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Police found a note under the door. It read: “You are next.”", "a note"),
        ("Acme Corp put up a sign. It read: “Keep out.”", "a sign"),
        ("A note to the club read: “You are next,” police said.", "A note to the club"),
        ("The judge read the note. “You are next,” Ann Cole said.", "Ann Cole"),
    ],
)
def test_what_can_be_read_is_the_words_of_no_body_that_tells_of_it(text: str, name: str) -> None:
    assert quotes(text).popitem()[1] == name


def test_the_agency_is_the_body_whose_name_ends_so_before_another_that_acts() -> None:
    court = "Acme Corp was fined in a case of the Environment Agency."
    assert names(f"{court} The agency said it was late.")[-1] == "Environment Agency"
    assert names(f"{court} The firm said it was late.")[-1] == "Acme Corp"


def test_a_noun_speaks_for_nobody_whom_its_words_call_by_name() -> None:
    text = "Maja Kos smiled. “I cried,” she said, “since the lad on the gate said, ‘Hello, Maja.’”"
    assert quotes(text)["‘Hello, Maja.’"] == "the lad on the gate"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Cole and her colleagues said it was late. They said it was dark.", "Ann Cole"),
        (
            "Acme Corp left. Ann Cole and her team said it was late. They said it was dark.",
            "Ann Cole",
        ),
        ("Acme Corp left. Ann Cole said it was late. They said it was dark.", "Acme Corp"),
    ],
)
def test_they_are_somebody_and_others_of_theirs(text: str, name: str) -> None:
    assert names(text)[-1] == name


def test_who_is_somebody_and_never_a_speaker_of_that_name() -> None:
    said = (
        "“It was wrong,” said an official familiar with the talks, who added that the mayor wept."
    )
    assert names(said) == ["an official familiar with the talks"] * 2
    assert names("Of them 56% dislike it, including 9% who say they would leave.")[-1] == "nobody"
    assert "who" not in names("There are no such maps, only some who suggest that there are.")
