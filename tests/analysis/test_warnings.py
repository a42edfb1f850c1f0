"""Who warns whom, of what, if what; and what is no warning."""

import pytest

from pullquote.analysis.pipeline import analyse
from pullquote.findings import WarningKind


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
