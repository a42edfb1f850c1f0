"""Who is who: names, offices, groups and what stands for them."""

from itertools import pairwise

import pytest

from pullquote.analysis.actors.groups import ROWS, Row
from pullquote.analysis.pipeline import analyse
from pullquote.findings import Actor, ActorKind, Findings, Stance


def actor(found: Findings, name: str) -> Actor:
    return next(one for one in found.actors if one.name == name)


def mentions(text: str, name: str) -> list[str]:
    return [text[slice(*span)] for span in actor(analyse(text), name).mentions]


def test_a_surname_a_pronoun_and_an_office_are_the_person_named_before() -> None:
    text = (
        "French President Emmanuel Macron spoke on Monday. Macron said he would stay. "
        "The president left Paris in the evening."
    )
    found = mentions(text, "Emmanuel Macron")
    assert "Macron" in found
    assert "he" in found
    assert "The president" in found


def test_siblings_of_one_surname_stay_two_persons() -> None:
    text = "Mary Smith and John Smith run the shop. Mary Smith said it was open. John Smith said it was not."
    found = [one.name for one in analyse(text).actors]
    assert found.count("Mary Smith") == 1
    assert found.count("John Smith") == 1


def test_two_of_one_surname_are_told_by_their_titles_and_by_their_given_names() -> None:
    text = (
        "Senator Paul Marsh said on Monday that the port was closed. Governor Edith Marsh, who is no "
        "relation, said that it was open. Senator Marsh left early. Mrs Marsh stayed."
    )
    found = analyse(text)
    said = {one.name: [text[slice(*span)] for span in one.mentions] for one in found.actors}
    assert said["Paul Marsh"] == ["Senator Paul Marsh", "Paul Marsh", "Senator Marsh"]
    assert said["Edith Marsh"] == ["Governor Edith Marsh", "Edith Marsh", "who", "Mrs Marsh"]


def test_miss_is_no_given_name() -> None:
    text = (
        "The defence was led by counsel, Sophie Harrow.\n\nThe judge said Miss Harrow had acted "
        "with care.\n\nMiss Harrow said that her client knew nothing."
    )
    assert "Miss Harrow" not in {one.name for one in analyse(text).actors}


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("The mayor, Ann Cole, said so.", "mayor"),
        ("The firm's new head of sales, Ann Cole, said so.", "new head of sales"),
        ("A German lawyer, Ann Cole, said so.", "German lawyer"),
        ("Another witness, Ann Cole, said so.", None),
        ("At the trial, Ann Cole said so.", None),
    ],
)
def test_the_role_before_a_name_and_a_comma(words: str, role: str | None) -> None:
    assert actor(analyse(f"In town it was late. {words}"), "Ann Cole").role == role


def test_a_role_before_a_name_and_a_comma_is_nobody_else() -> None:
    found = analyse("It was late in town. A German lawyer, Max Bauer, said that he was tired.")
    assert [one.name for one in found.actors] == ["Max Bauer"]


def test_who_is_called_by_where_they_are_from() -> None:
    text = (
        "Spaniard Carlos Vega beat Jo Park on Monday.\n\n"
        "Ann Nove, the Canadian world No 3, was watching. “They were both great,” the Canadian said.\n\n"
        "The Canadian government sent flowers."
    )
    assert "the Canadian" in mentions(text, "Ann Nove")
    assert "The Canadian government" not in mentions(text, "Ann Nove")
    assert actor(analyse(text), "Carlos Vega").affiliation == "Spain"


def test_initials_that_are_written_like_a_name_are_known_from_brackets() -> None:
    text = (
        "The river was closed by the Scottish Water Protection Agency (Swpa) on Monday. "
        "Swpa said that nobody was hurt."
    )
    assert mentions(text, "Scottish Water Protection Agency").count("Swpa") == 2


def test_a_state_named_like_an_island_is_not_that_island() -> None:
    text = "The New Jersey governor, Ann Cole, said that it was late."
    assert actor(analyse(text), "Ann Cole").affiliation is None


def test_what_happens_is_no_actor_and_a_thing_is_no_short_name() -> None:
    text = "Blue Moon said that the Super Bowl was late. The moon was full over the Super Bowl."
    found = analyse(text)
    assert "Super Bowl" not in {one.name for one in found.actors}
    assert not any("The moon" in [text[slice(*at)] for at in one.mentions] for one in found.actors)


@pytest.mark.parametrize(
    ("text", "gone", "stays"),
    [
        (
            "Under the Emergency Relief Act (ERA), the town owes ERA money. The ERA took effect in May, "
            "Ann Cole said of the Regional Farm Agency (RFA). The RFA left.",
            "ERA",
            "Regional Farm Agency",
        ),
        (
            "The annual town meeting (ATM) was loud. The ATM elected Dov Klein of the local farmers’ "
            "union (LFU). The LFU left, Ann Cole said.",
            "ATM",
            "LFU",
        ),
        ("Islam is old. Islam teaches that, Ann Cole said to Muslims.", "Islam", "Ann Cole"),
    ],
)
def test_what_only_has_a_name_is_no_actor(text: str, gone: str, stays: str) -> None:
    names = {one.name for one in analyse(text, cores=1).actors}
    assert stays in names
    assert gone not in names


def test_what_is_no_noun_is_nobody() -> None:
    text = (
        "The institutional bulwarks against Mr. Cole are significant. Institutional rules say so."
    )
    assert "institutional" not in {one.name for one in analyse(text, cores=1).actors}
    text = "Ann Cole left. The accused said that it was late."
    assert "The accused" in {one.name for one in analyse(text, cores=1).actors}


def test_the_house_is_not_the_white_house() -> None:
    text = "The White House said the bill was good. The House will vote in May, Ann Cole said."
    assert "The House" not in mentions(text, "White House")
    text = "The Health Department said the bill was good. The Department will vote in May."
    assert "The Department" in mentions(text, "Health Department")


def test_a_party_in_small_letters_is_called_by_its_name() -> None:
    text = (
        "Ann Cole left the Harbour party in May. Dov Klein left the Orchard party. He left a party."
    )
    names = {one.name for one in analyse(text, cores=1).actors}
    assert {"the Harbour party", "the Orchard party"} <= names
    assert not {"a party", "party"} & names


def test_a_body_in_somebodys_role_is_not_that_person() -> None:
    text = (
        "Lou Merrin, a spokesman for the Harbour Workers Convention, left. The Convention met. "
        "The spokesman was late, Ann Cole said."
    )
    called = mentions(text, "Lou Merrin")
    assert "The Convention" not in called
    assert "The spokesman" in called


def test_a_title_before_a_name_is_nobody_elses() -> None:
    text = (
        "At a rally Jo Marsh spoke of Michael B. Stone. Republican presidential candidate Dov Klein "
        "signs autographs. Klein left."
    )
    assert "Republican presidential candidate" in mentions(text, "Dov Klein")
    assert "Republican presidential candidate" not in mentions(text, "Michael B. Stone")


def test_mum_is_called_by_her_name() -> None:
    text = "Tom Cole was at sea. His mother, Carol Cole, said: “Mum is what he called me.” Carol Cole wept."
    assert "Carol Cole" in {one.name for one in analyse(text).actors}


def test_initials_and_short_names_are_the_organisation() -> None:
    text = "The World Health Organization spoke on Monday. The WHO said it was ready, and the Organization paid."
    assert {"The WHO", "the Organization"} <= set(mentions(text, "World Health Organization"))


def test_the_first_word_of_one_organisation_is_that_where_it_stands_in_full_before() -> None:
    text = "Lumen Robotics said on Monday that it would close. Lumen sold forty robots."
    assert "Lumen" in mentions(text, "Lumen Robotics")
    text = (
        "National Grid said on Monday that it was late. Paris Police said that it was not. "
        "National pride grew, said Ann Cole in Paris."
    )
    assert "National" not in mentions(text, "National Grid")
    assert "Paris" not in mentions(text, "Paris Police")


def test_we_is_the_body_that_somebody_speaks_for() -> None:
    text = (
        "“We are late,” said Ann Cole, a spokeswoman for Harbour Trust. Harbour Trust makes nails."
    )
    assert "We" in mentions(text, "Harbour Trust")


def test_a_noun_inside_somebody_unnamed_is_not_that_person() -> None:
    text = (
        "A public inquiry opened on Monday. The inquiry heard that boats had sunk. "
        "A person familiar with the inquiry said that it would end in May."
    )
    assert "The inquiry" not in mentions(text, "A person familiar with the inquiry")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The Royal Bank of Norland cut its rate. The Bank of Norland said it would not.",
            {"Royal Bank of Norland", "Bank of Norland"},
        ),
        ("Dorset and Wiltshire Fire said a barn had burned.", {"Dorset and Wiltshire Fire"}),
        ("The Workers’ Daily said on Monday that it would close.", {"Workers’ Daily"}),
        ("Det Insp Tom Bevan said a van had gone. Insp Bevan asked for help.", {"Tom Bevan"}),
        ("Cllr Mair Howells and PC Ann Reed said it was late.", {"Mair Howells", "Ann Reed"}),
    ],
)
def test_names_are_as_they_are_written_without_ranks(text: str, names: set[str]) -> None:
    assert names <= {one.name for one in analyse(text).actors}


def test_a_person_quoted_before_being_introduced_is_one_actor() -> None:
    text = "“We will go,” Keller said. Anna Keller, the mayor of Bonn, spoke on Monday."
    assert "Keller" in mentions(text, "Anna Keller")


def test_they_are_the_group_before_them() -> None:
    text = "The senators met on Monday. They said the talks had failed."
    assert "They" in mentions(text, "The senators")


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Jane Miller said that it would rain.", Stance.SAID),
        ("Jane Miller wrote in a letter that it would rain.", Stance.WROTE),
        ("Jane Miller believes that it will rain.", Stance.THOUGHT),
        ("Jane Miller fears that it will rain.", Stance.FELT),
        ("Jane Miller wants to leave the party.", Stance.WANTED),
        ("Jane Miller told the workers to leave the building.", Stance.WANTED),
        ("The court ruled that the law was void.", Stance.SAID),
    ],
)
def test_the_cue_tells_speech_from_thoughts_wishes_and_rulings(
    sentence: str, stance: Stance
) -> None:
    (one,) = analyse(f"{sentence} The weather was fine.").attributions
    assert one.stance is stance


def test_a_long_text_tells_what_its_first_part_holds() -> None:
    text = "\n\n".join(f"“We will go {number},” said Jane Miller." for number in range(200))
    parts: list[Findings] = []
    whole = analyse(text, so_far=parts.append)
    assert len(whole.quotes) == 200
    assert parts
    assert [one.content for one in parts[0].quotes] == [
        one.content for one in whole.quotes[: len(parts[0].quotes)]
    ]
    assert len(parts[0].quotes) >= 12  # a screen or two
    counts = [len(part.quotes) for part in parts]
    assert all(after >= 2 * before for before, after in pairwise(counts))  # the work stays linear


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.yes)
def test_people_without_a_name_are_actors_of_their_kind(row: Row) -> None:
    """And a word that is none of a person is no actor."""

    def kinds(sentence: str) -> list[ActorKind]:
        return [one.kind for one in analyse(sentence).actors]

    assert kinds(row.yes) == [row.kind]
    assert kinds(row.no) == []


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        (
            "Ann Cole, a lawyer who told the court of the storm, said it was late.",
            "Ann Cole",
            "a lawyer",
        ),
        ("Harbour Mayor Dov Klein said it was late.", "Dov Klein", "Harbour Mayor"),
        ("The BBC’s Dov Klein said it was late.", "Dov Klein", None),
        ("Oscar-winning actress Jo Marsh left.", "Jo Marsh", "Oscar-winning actress"),
        ("Attorney-General Jo Marsh left.", "Jo Marsh", "Attorney-General"),
        ("Ann Cole spoke of the storm, events that shook the town.", "Ann Cole", None),
    ],
)
def test_a_role_is_what_a_person_is_without_a_clause(
    text: str, name: str, role: str | None
) -> None:
    assert actor(analyse(text), name).role == role


@pytest.mark.parametrize(
    ("text", "name", "affiliation"),
    [
        (
            "Marta Quill left the harbour. Her lawyer said it was late.",
            "Marta Quill’s lawyer",
            None,
        ),
        (
            "Brindle Water shut the plant. A spokesman for the company said it would pay.",
            "A spokesman for Brindle Water",
            "Brindle Water",
        ),
        (
            "A spokesman for Acme Corp said it was late.",
            "A spokesman for Acme Corp",
            "Acme Corp",
        ),
        ("A woman left the harbour. Her lawyer said it was late.", "Her lawyer", None),
        (
            "Marta Quill and her colleagues left. They said they were tired.",
            "Marta Quill’s colleagues",
            None,
        ),
    ],
)
def test_somebody_without_a_name_is_called_by_whose_they_are(
    text: str, name: str, affiliation: str | None
) -> None:
    assert actor(analyse(text), name).affiliation == affiliation


def test_who_is_nobody_in_particular_is_listed_only_for_what_they_say() -> None:
    text = "At least seven people left the town. Ann Cole stayed. Some said that it was late."
    assert {one.name for one in analyse(text).actors} == {"Ann Cole", "Some"}


def test_a_name_ends_where_a_headline_in_capitals_runs_on() -> None:
    text = (
        "Ann Cole Holding Firm About The Storm\n"
        "Ann Cole, the mayor, said on Monday that it was late. Dov Klein asked Ann Cole to leave."
    )
    found = [one.name for one in analyse(text).actors if one.kind is ActorKind.PERSON]
    assert found == ["Ann Cole", "Dov Klein"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Councillor Janet Hale told a packed meeting that it was late.", "Janet Hale"),
        ("Superintendent Ann Cole said it was late.", "Ann Cole"),
        ("Chef Ann Cole said it was late.", "Ann Cole"),
        ("Bishop Auckland said it was late.", "Bishop Auckland"),
    ],
)
def test_a_rank_written_out_is_no_part_of_a_full_name(text: str, name: str) -> None:
    assert name in [one.name for one in analyse(text).actors]


def test_a_rank_before_one_name_is_no_mention_of_another() -> None:
    text = (
        "Councillor Janet Hale told a packed meeting that rents would rise. Cllr Derek Moss agreed, "
        "said Councillor Ruth Moss. “It is a lie,” she said."
    )
    assert "Councillor" not in [one for a in analyse(text).actors for one in a.aliases]


def test_it_is_nobodys_other_name() -> None:
    text = "Merrow Police were late. It is a big force. It said: “We are sorry.”"
    assert "It" not in [one for a in analyse(text).actors for one in a.aliases]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ann Cole, Burns’ campaign manager, said the vote was close.", "Burns’ campaign manager"),
        ("Ann Cole, the first woman of her town to win, left.", "the first woman of her town"),
        ("Ann Cole, the author of “Rain”, left.", "the author"),
        ("Ann Cole, the author of a long book, left.", "the author of a long book"),
    ],
)
def test_a_role_has_its_owner_and_ends_in_no_small_word(text: str, role: str) -> None:
    assert actor(analyse(text, cores=1), "Ann Cole").role == role


def test_what_somebody_believes_is_nobodys_name() -> None:
    text = "He said that his faith, as a Muslim, was his own. “I am Muslim,” Ann Cole said."
    people = [one.name for one in analyse(text, cores=1).actors if one.kind is ActorKind.PERSON]
    assert people == ["Ann Cole"]


def test_somebody_without_a_name_is_not_cut_at_a_hyphen() -> None:
    text = "At least one clerk in the e-mail chain said so. A judge - from Leeds - said so, too."
    names = {one.name for one in analyse(text, cores=1).actors}
    assert {"At least one clerk in the e-mail chain", "A judge"} <= names


def test_a_word_with_a_hyphen_is_mentioned_whole() -> None:
    text = "Tom Reed thanked his co-star, Ann Cole. Ann Cole, a co-chair of the town, left."
    assert "his co-star" in mentions(text, "Ann Cole")


def test_a_stretch_of_text_is_no_actor_but_what_it_is_of_is() -> None:
    text = "A second paragraph tells that the bridge fell. The line manager said it was late."
    assert [one.name for one in analyse(text, cores=1).actors] == ["The line manager"]


@pytest.mark.parametrize(
    ("text", "teller"),
    [
        ("The court heard Ann Cole admit that she had left the gate open.", "Ann Cole"),
        ("The court heard Ann Cole left the gate open.", None),
    ],
)
def test_whom_a_court_hears_say_it_is_who_says_it(text: str, teller: str | None) -> None:
    found = analyse(text, cores=1)
    (claim,) = found.claims
    named = found.actor(claim.speaker)
    assert (named.name if named else None) == teller
