"""By which names actors of several articles are one voice, and what tells two of a name apart."""

import pytest

from pullquote.findings import Actor, ActorKind
from pullquote.notes.apart import ROWS, Profile, Row, why_apart, year_of_birth
from pullquote.notes.people import has_anothers_name
from pullquote.notes.voices import names_of

PERSON, BODY, GROUP = ActorKind.PERSON, ActorKind.ORGANISATION, ActorKind.GROUP
STATE = ActorKind.GOVERNMENT


def actor(name: str, kind: ActorKind, *aliases: str, of: str = "") -> Actor:
    """An actor of a name."""
    return Actor(id="a1", name=name, kind=kind, aliases=aliases, affiliation=of or None)


def share(one: Actor, other: Actor) -> bool:
    """Whether a name joins the two."""
    return not set(names_of(one).joining).isdisjoint(names_of(other).joining)


SAME = [
    (actor("Ada Quist", PERSON), actor("Mayor Ada M. Quist", PERSON)),
    (actor("Ada Quist", PERSON), actor("Ada Maria Quist", PERSON)),
    (actor("Zoë Núñez-Lund", PERSON), actor("Zoe Nunez Lund", PERSON)),
    (actor("Omar al-Quist", PERSON), actor("Omar Quist", PERSON)),
    (actor("Crooked Ada Quist", PERSON, "Ada Quist"), actor("Ada Quist", PERSON)),
    (actor("J. K. Roe", PERSON), actor("J.K. Roe", PERSON)),
    (actor("A. M. Quist", PERSON, "Ada M. Quist"), actor("Ada Quist", PERSON)),
    (actor("陳怡君", PERSON), actor("陳怡君", PERSON)),
    (actor("박 서연", PERSON), actor("박서연", PERSON)),
    (actor("the Acme Corp.", BODY), actor("Acme", BODY)),
    (actor("Acme Motors", BODY, "Acme"), actor("Acme", BODY)),
    (actor("Department of Justice", BODY), actor("the Justice Department", BODY)),
    (actor("Ministry of Foreign Affairs", BODY, of="Norway"),
     actor("Norway’s Foreign Ministry", BODY)),
    (actor("the Norwegian government", GROUP), actor("Norway", STATE)),
    (actor("U.S.", STATE), actor("United States", STATE)),
    (actor("The Quist campaign", GROUP), actor("Quist’s campaign", GROUP)),
    (actor("Office of Bridge Safety", BODY, "OBS"), actor("Bridge Safety Office", BODY)),
]  # fmt: skip
APART = [
    (actor("Ada Quist", PERSON, "Bo Quist"), actor("Bo Quist", PERSON)),
    (actor("Quist", PERSON), actor("Quist", PERSON)),
    (actor("海南省", PERSON), actor("海南省", PERSON)),
    (actor("公明党", PERSON), actor("公明党", PERSON)),
    (actor("スミス", PERSON), actor("スミス", PERSON)),
    (actor("陳", PERSON), actor("陳", PERSON)),
    (actor("A. Quist", PERSON), actor("A. Quist", PERSON)),
    (actor("A. M. Quist", PERSON), actor("Ada Quist", PERSON)),
    (actor("B. M. Quist", PERSON, "Ada M. Quist"), actor("Ada Quist", PERSON)),
    (actor("Bo Quist", PERSON, "Ben Olav Quist"), actor("Ben Quist", PERSON)),
    (actor("Ada Quist", PERSON), actor("Ada Quist Jr.", PERSON)),
    (actor("Foreign Ministry", BODY), actor("Foreign Ministry", BODY)),
    (actor("Foreign Ministry", BODY, of="Norway"), actor("Foreign Ministry", BODY, of="Chile")),
    (actor("Bank of Norway", BODY), actor("Royal Bank of Norway", BODY)),
    (actor("Norwegians", GROUP), actor("Norway", STATE)),
    (actor("voters", GROUP), actor("voters", GROUP)),
    (actor("Younger voters", GROUP), actor("Younger voters", GROUP)),
    (actor("The report", ActorKind.DOCUMENT), actor("The report", ActorKind.DOCUMENT)),
    (actor("Ada Quist", ActorKind.UNNAMED), actor("Ada Quist", ActorKind.UNNAMED)),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME, ids=lambda one: one.name)
def test_names_that_are_one_are_joined(one: Actor, other: Actor) -> None:
    assert share(one, other)


@pytest.mark.parametrize(("one", "other"), APART, ids=lambda one: one.name)
def test_names_that_may_be_two_are_not(one: Actor, other: Actor) -> None:
    assert not share(one, other)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.why)
def test_what_tells_two_of_a_name_apart(row: Row) -> None:
    assert why_apart(row.yes[0], [row.yes[1]]) == row.why
    assert not why_apart(row.no[0], [row.no[1]])


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [
        (("Ada Rask",), True),
        (("Quist", "Ben Carr"), True),
        (("Ada Maria Quist", "Mayor Quist", "Quist", "the old mayor", "Acme Motors"), False),
        ((), False),
    ],
)
def test_an_article_may_take_anothers_full_name_for_theirs(
    aliases: tuple[str, ...], expected: bool
) -> None:
    assert has_anothers_name("Ada Quist", aliases) is expected


def test_what_most_members_say_counts() -> None:
    known = [Profile("Ada Quist", "senator")] * 3 + [Profile("Ada Quist", "the goalkeeper")]
    assert not why_apart(Profile("Ada Quist", "former senator"), known)
    assert why_apart(Profile("Ada Quist", "striker"), known)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Ada Quist, 42, said no.", 1984),
        ("Ada Quist (71) said no.", 1955),
        ("Ada Quist, aged 9.", 2017),
        ("Ada Quist, 42 of whose 50 votes", None),
        ("Ada Quist 42", None),
    ],
)
def test_who_is_so_old_was_born_in(text: str, year: int | None) -> None:
    assert year_of_birth(text, [9], "2026-05-01") == year
    assert year_of_birth(text, [9], "") is None
    assert year_of_birth(text, [9], "²⁰¹⁶") is None


def test_a_body_that_an_article_calls_by_its_first_word_may_be_what_is_called_so() -> None:
    acme = names_of(actor("Acme Bridges Company", BODY, "Acme", "Bridges"))
    assert (acme.loose, acme.aliases) == (("acme",), ())
