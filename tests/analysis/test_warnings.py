"""Who warns whom, of what, if what; and what is no warning."""

import pytest

from pullquote.analysis import DEFAULT_MODEL
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.pipeline import analyse, parse
from pullquote.analysis.warnings import find_warnings
from pullquote.analysis.warnings.attributed import RULES, Row
from pullquote.analysis.warnings.figures import FIGURES, Figure
from pullquote.analysis.warnings.kinds import KINDS, KindRow
from pullquote.analysis.warnings.reported import Reported
from pullquote.analysis.warnings.unattributed import VERBS, Verb
from pullquote.findings import WarningKind
from pullquote.text import paragraphs


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Iran warned that the talks would collapse.", WarningKind.CAUTION),
        ("Russia threatened to cut off gas to Ukraine.", WarningKind.THREAT),
        ("Farmers said they would blockade Paris from Monday.", WarningKind.THREAT),
        ("The minister said that all options are on the table.", WarningKind.THREAT),
        ("Iran said that it would retaliate if Israel attacked.", WarningKind.THREAT),
        ("The Kremlin said that any intervention would cross a red line.", WarningKind.RED_LINE),
        ("Experts fear that the dam will break.", WarningKind.FEAR),
        ("The move raised fears of a wider war.", WarningKind.FEAR),
    ],
)
def test_warnings_go_beyond_the_verb(sentence: str, kind: WarningKind) -> None:
    assert [one.kind for one in analyse(f"{sentence} The weather was fine.").warnings] == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry denied that it had warned the pilots.",
        "The minister said that the road would close on Monday.",
        "In 1914 Austria threatened to attack Serbia.",
        "Syria said it would take in refugees if war started in Iraq.",
    ],
)
def test_a_denial_a_plan_and_history_are_none(sentence: str) -> None:
    assert analyse(f"{sentence} The weather was fine.").warnings == ()


def test_a_flood_warning_is_no_threat() -> None:
    found = analyse(
        "The weather service warned of floods on the coast. Roads were closed."
    ).warnings
    assert [one.kind for one in found] == [WarningKind.CAUTION]


def test_a_threat_has_its_issuer_though_somebody_else_reports_it() -> None:
    found = analyse(
        "Iran threatened on Tuesday to cut off electricity to the republic, the agency reported."
    )
    (one,) = found.warnings
    issuer = found.actor(one.speaker)
    assert issuer is not None
    assert issuer.name == "Iran"


# --- the rows of the tables, each on its own sentence and on its near miss

WEATHER = "The weather was fine."


def reported(sentence: str) -> list[Reported]:
    """The attributions of a sentence, as the rules look at them."""
    text = f"{sentence} {WEATHER}"
    page = paragraphs(text)
    parsed = Parsed(text, list(parse(text, page, DEFAULT_MODEL)))
    return [
        Reported(parsed, one, parsed.by_paragraph(one.content))
        for one in analyse(text).attributions
        if one.content
    ]


@pytest.mark.parametrize("row", RULES, ids=lambda row: row.yes)
def test_a_rule_holds_for_its_sentence_and_not_for_its_near_miss(row: Row) -> None:
    assert any(map(row.when, reported(row.yes)))
    assert not any(map(row.when, reported(row.no)))


@pytest.mark.parametrize("row", KINDS, ids=lambda row: f"{row.kind}: {row.yes}")
def test_a_kind_is_that_of_its_sentence(row: KindRow) -> None:
    (found,) = analyse(f"{row.yes} {WEATHER}").warnings
    assert found.kind is row.kind
    others = [other for other in KINDS[: KINDS.index(row)] if other.kind is row.kind]
    assert not any(other.when(one, None) for one in reported(row.yes) for other in others)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_a_figure_of_speech_is_no_harm(figure: Figure) -> None:
    assert analyse(f"{figure.yes} {WEATHER}", cores=1).warnings == ()
    assert analyse(f"{figure.no} {WEATHER}", cores=1).warnings
    assert not any(figure.when(one.content) for one in reported(figure.no))
    assert any(figure.when(one.content) for one in reported(figure.yes))


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_a_verb_warns_without_an_attribution(verb: Verb) -> None:
    """As where the model of attributions finds nothing."""

    def warned(sentence: str) -> list[WarningKind]:
        page = paragraphs(sentence)
        parsed = Parsed(sentence, list(parse(sentence, page, DEFAULT_MODEL)))
        return [one.kind for one in find_warnings(parsed, [], [])]

    assert warned(verb.yes) == [verb.kind]
    assert warned(verb.no) == []


def test_who_is_warned_does_not_warn() -> None:
    found = analyse("Acme Ltd was warned of leaks in the tank, an inquest was told on Friday.")
    assert [one.speaker for one in found.warnings] == [None]
    found = analyse("Acme Ltd warned of leaks in the tank on Friday.")
    (one,) = found.warnings
    assert one.speaker is not None


def test_a_motive_is_no_fear_that_the_article_tells_of() -> None:
    said = "A nurse, who asked not to be named for fear of reprisals, said it was late."
    assert analyse(said, cores=1).warnings == ()
    assert analyse("The town emptied amid fears of a flood.", cores=1).warnings


def test_who_shuts_a_way_under_a_condition_threatens() -> None:
    said = "“If the council does not pay, we will shut the port,” said Ann Cole."
    assert [one.kind for one in analyse(said, cores=1).warnings] == [WarningKind.THREAT]
    assert analyse("“We will shut the port in May,” said Ann Cole.", cores=1).warnings == ()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("“If the fee is not here by noon, the locks will be changed,”", WarningKind.THREAT),
        ("“If anybody talks, his barn will be burned,”", WarningKind.THREAT),
        ("“Pay the fee or we burn the barn down,”", WarningKind.THREAT),
        ("“One more lie and you are fired,”", WarningKind.THREAT),
        ("“If the gate is not mended, it will give way,”", WarningKind.CAUTION),
        ("“If the mill shuts, two hundred people will lose their jobs,”", WarningKind.CAUTION),
        ("“Without a truce the town will run out of water,”", WarningKind.CAUTION),
        ("“Mix the two and the tank will explode,”", WarningKind.CAUTION),
        ("“If it reaches the farm, the herd would have to be shot,”", WarningKind.CAUTION),
        ("“If we talk, we will be killed,”", WarningKind.CAUTION),
        ("“If the fee is here by noon, the keys will be handed over,”", None),
        ("“If anybody talks, his words will be recorded,”", None),
        ("“Pay the fee or send a cheque,”", None),
        ("“One more lap and you are done,”", None),
        ("“If the gate is not locked, it will swing open,”", None),
        ("“If the mill grows, two hundred people will find work,”", None),
        ("“Without a map the town will be hard to find,”", None),
        ("“Without her our team would lose,”", None),
        ("“Mix the two and the paint will turn green,”", None),
        ("“If the tests are clear, the herd could be sold,”", None),
    ],
)
def test_what_is_said_to_follow_warns_without_a_word_of_warning(
    said: str, kind: WarningKind | None
) -> None:
    found = analyse(f"{said} Ann Cole told the farmers. {WEATHER}", cores=1)
    assert [one.kind for one in found.warnings] == ([kind] if kind else [])
    names = [one.name for one in map(found.actor, (w.speaker for w in found.warnings)) if one]
    assert names == (["Ann Cole"] if kind else [])


@pytest.mark.parametrize(
    ("sentence", "issuer"),
    [
        ("The government said that Norway reserves the right to respond.", "Norway"),
        ("The mayor said Norway reserves the right to respond and may shut the port.", "Norway"),
        ("A spokesman said Norway will take all necessary measures.", "Norway"),
        ("The general said that Norway will pay a heavy price.", "The general"),
    ],
)
def test_a_set_phrase_of_threat_is_of_whoever_would_act(sentence: str, issuer: str) -> None:
    found = analyse(f"{sentence} {WEATHER}", cores=1)
    (one,) = found.warnings
    assert found.actor(one.speaker).name == issuer  # type: ignore[union-attr]
