"""Mentions, pairs and clusters, without the learned weights: what they may never do."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.analysis.coreference.clusters import clusters
from pullquote.analysis.coreference.heads import Heads
from pullquote.analysis.coreference.mentions import Form, Mention, is_title_of, mention, part
from pullquote.analysis.coreference.pairs import BACK, SIZES, Pairs, agreement, pairs
from pullquote.analysis.words import Word, words
from pullquote.findings import ActorKind


def read(text: str) -> list[Word]:
    return words(text, (0, len(text)))


def headed(text: str, head: str) -> Mention:
    """The mention whose head is the first word written so."""
    found = read(text)
    return mention(found, next(n for n, word in enumerate(found) if word.text == head))


@pytest.mark.parametrize(
    ("text", "head", "form"),
    [
        ("and he left", "he", Form.HE),
        ("Her boat sank", "Her", Form.SHE),
        ("it told us so", "us", Form.WE),
        ("the US told them", "US", Form.NAME),
        ("the boat sank", "boat", Form.NOMINAL),
        ("some of them left", "some", Form.OTHER),
        ("Ann Cole left", "Cole", Form.NAME),
    ],
)
def test_form_of_a_head(text: str, head: str, form: Form) -> None:
    assert headed(text, head).form is form


@pytest.mark.parametrize(
    ("text", "head", "name"),
    [
        ("Then Ann Cole left.", "Cole", "Ann Cole"),
        ("Then Jonas R. Keller left.", "Keller", "Jonas R. Keller"),
        ("The firm Reed & Sons closed.", "Sons", "Reed & Sons"),
        ("It is the University of the West.", "University", "University of the West"),
        ("We met Marie-Louise Cole there.", "Cole", "Marie-Louise Cole"),
        ("But Cole left.", "Cole", "Cole"),
        ("We met Ann O’Cole there.", "Cole", "Ann O’Cole"),
        ("We met COLE’S men.", "COLE", "COLE"),
        ("We met Cole. Reed left.", "Cole", "Cole"),
    ],
)
def test_name_around_a_head(text: str, head: str, name: str) -> None:
    assert text[slice(*headed(text, head).span)] == name


def test_two_heads_in_one_run_of_capitals_are_two_names() -> None:
    text = read("Acme CEO Jane Miller left")
    firm, person = mention(text, 0), mention(text, 3)
    firm.type, person.type = ActorKind.ORGANISATION, ActorKind.PERSON
    part(text, firm, person)
    assert (firm.name, person.name) == (("Acme",), ("CEO", "Jane", "Miller"))


def test_an_office_before_a_name_is_part_of_it() -> None:
    text = read("Then Minister Reed left")
    assert is_title_of(mention(text, 1), mention(text, 2))
    assert not is_title_of(mention(text, 2), mention(text, 2))


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        (("Ann Cole left", "Cole"), ("Ann Cole spoke", "Cole"), 6),
        (("Cole left", "Cole"), ("Ann Cole spoke", "Cole"), 7),
        (("Acme left", "Acme"), ("Acme Motors spoke", "Motors"), 8),
        (("the UPW left", "UPW"), ("the Union of Port Workers spoke", "Union"), 9),
        (("Ann Cole left", "Cole"), ("Tom Cole spoke", "Cole"), 10),
        (("Ann Cole left", "Cole"), ("Dov Klein spoke", "Klein"), 5),
        (("the boat left", "boat"), ("a boat sank", "boat"), 2),
        (("he left", "he"), ("a boat sank", "boat"), 0),
    ],
)
def test_agreement_of_words(one: tuple[str, str], other: tuple[str, str], agrees: int) -> None:
    assert agreement(headed(*one), headed(*other)) == agrees


SOME = st.lists(st.sampled_from(["he", "she", "it", "they", "Cole", "Ann Cole", "boat", "I"]))


def _mentions(heads: Sequence[str]) -> list[Mention]:
    found = read("and " + " and ".join(heads) + " left")
    last = [number for number, word in enumerate(found) if word.text in ("and", "left")]
    return [mention(found, number - 1) for number in last if number]


@given(SOME)
def test_each_mention_is_paired_with_those_before_it(heads: list[str]) -> None:
    found = pairs(_mentions(heads), back=3)
    assert len(found.later) == sum(min(number, 3) for number in range(len(heads)))
    assert all(found.earlier < found.later)
    assert all(
        0 <= value < size for row in found.features for value, size in zip(row, SIZES, strict=True)
    )


def test_far_mentions_make_no_pair() -> None:
    found = pairs(_mentions(["he"] * (BACK + 20)))
    assert max(found.later - found.earlier) == BACK


class _Dice:
    """A scorer that knows nothing."""

    def __init__(self, scores: Sequence[float]) -> None:
        self._scores = scores

    def scores(self, anaphors: object, antecedents: object, found: Pairs) -> np.ndarray:
        return np.resize(np.asarray(self._scores), len(found.later))


@given(SOME, st.lists(st.floats(-9, 9), min_size=1, max_size=20))
def test_no_cluster_holds_he_and_she(heads: list[str], scores: list[float]) -> None:
    mentions = _mentions(heads)
    vectors = np.zeros((len(mentions), 2))
    made = clusters(Heads(mentions, vectors, vectors), _Dice(scores))  # type: ignore[arg-type]
    assert sorted(one.head for ones in made for one in ones.mentions) == [m.head for m in mentions]
    for ones in made:
        assert not {Form.HE, Form.SHE} <= {one.form for one in ones.mentions}


def test_names_without_a_common_word_are_two() -> None:
    mentions = _mentions(["Ann Cole", "Dov Klein", "Cole"])
    vectors = np.zeros((3, 2))
    made = clusters(Heads(mentions, vectors, vectors), _Dice([9.0]))  # type: ignore[arg-type]
    assert [[one.word for one in ones.mentions] for ones in made] == [["cole", "cole"], ["klein"]]


def test_no_cluster_holds_a_judge_and_a_minister_or_a_man_and_a_wife() -> None:
    mentions = _mentions(["the minister", "the judge", "the wife", "the husband"])
    vectors = np.zeros((4, 2))
    made = clusters(Heads(mentions, vectors, vectors), _Dice([9.0]))  # type: ignore[arg-type]
    assert [[one.word for one in ones.mentions] for ones in made] == [
        ["minister", "wife"],
        ["judge", "husband"],
    ]


def _made(heads: Sequence[str]) -> list[list[str]]:
    """The heads of each cluster, where every two are taken for one."""
    mentions = _mentions(heads)
    vectors = np.zeros((len(mentions), 2))
    made = clusters(Heads(mentions, vectors, vectors), _Dice([9.0]))  # type: ignore[arg-type]
    return [[heads[mentions.index(one)] for one in ones.mentions] for ones in made]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the statistics office", "the prime minister’s office"),
        ("the dockers’ union", "the teachers’ union"),
        ("the French ministry", "the German ministry"),
        ("the city council", "the county council"),
        ("the Appeals Court", "the Tax Court"),
        ("the president", "the vice president"),
        ("the firm", "a rival firm"),
        ("the firm", "another firm"),
        ("the first man", "the second man"),
        ("the Harbour Party", "the Orchard Party"),
        ("the Cole campaign", "the Klein campaign"),
        ("the Harbour Police", "the Orchard Police"),
        ("the White House", "the House"),
    ],
)
def test_two_that_are_called_by_one_noun_are_two(one: str, other: str) -> None:
    assert _made([one, other]) == [[one], [other]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the statistics office", "the office"),
        ("the National Audit Office", "the audit office"),
        ("the Ministry of Finance", "the new finance ministry"),
        ("the British court", "the UK court"),
        ("a man", "the second man"),
        ("the Harbour Party", "the ruling party"),
        ("the Cole campaign", "the campaign"),
        ("the Town Hall", "the Hall"),
    ],
)
def test_what_is_said_of_a_noun_in_other_words_does_not_make_it_two(one: str, other: str) -> None:
    assert _made([one, other]) == [[one, other]]


def test_a_name_is_of_one_type_wherever_it_stands() -> None:
    found = _mentions(["Acme", "he", "Acme"])
    for one, kind in zip(found, ("PERSON", "PERSON", "ORGANISATION"), strict=True):
        one.type = ActorKind[kind]
    found[0].share = 0.1
    vectors = np.zeros((3, 2))
    made = clusters(Heads(found, vectors, vectors), _Dice([9.0]))  # type: ignore[arg-type]
    assert [[one.word for one in ones.mentions] for ones in made] == [["acme", "acme"], ["he"]]


@pytest.mark.parametrize(
    ("short", "full", "kind"),
    [
        ("Bright Valley", "Bright Valley Group", ActorKind.ORGANISATION),
        ("Tom Cole", "Tom Cole Group", ActorKind.PERSON),
    ],
)
def test_what_a_body_begins_with_is_that_body(short: str, full: str, kind: ActorKind) -> None:
    found = _mentions([short, full])
    for one, read_as in zip(found, (ActorKind.PERSON, ActorKind.ORGANISATION), strict=True):
        one.type = read_as
    vectors = np.zeros((2, 2))
    clusters(Heads(found, vectors, vectors), _Dice([-9.0]))  # type: ignore[arg-type]
    assert found[0].type is kind


def test_whom_an_article_is_about_is_who_it_begins_with() -> None:
    lead, later = ["the doctor", "she"], ["Ann Cole", "she", "Cole", "her", "she", "Cole"]
    names = _mentions([*lead, *later])
    for one in names:
        one.type = ActorKind.PERSON
    of = {n: 0 if n < len(lead) else 1 for n in range(len(names))}
    found = pairs(names)
    near = [of[a] == of[b] for a, b in zip(found.later, found.earlier, strict=True)]
    scores = _Dice([9.0 if same else -9.0 for same in near])
    vectors = np.zeros((len(names), 2))
    (made,) = clusters(Heads(names, vectors, vectors), scores)  # type: ignore[arg-type]
    assert len(made.mentions) == len(names)


def test_nobody_calls_themselves_he_in_their_own_words() -> None:
    text = read("“I miss him,” Cole said.")
    found = [mention(text, number) for number in (1, 3)]
    vectors = np.zeros((2, 2))
    made = clusters(Heads(found, vectors, vectors), _Dice([9.0]))  # type: ignore[arg-type]
    assert [[one.word for one in ones.mentions] for ones in made] == [["i"], ["him"]]


def test_a_country_is_known_by_its_names() -> None:
    mentions = _mentions(["Britain", "France", "the UK"])
    vectors = np.zeros((3, 2))
    made = clusters(Heads(mentions, vectors, vectors), _Dice([9.0]))  # type: ignore[arg-type]
    assert [[one.word for one in ones.mentions] for ones in made] == [["britain", "uk"], ["france"]]


def test_nobody_mentioned_is_no_cluster() -> None:
    nothing = np.zeros((0, 0))
    assert clusters(Heads([], nothing, nothing), _Dice([9.0])) == []  # type: ignore[arg-type]
