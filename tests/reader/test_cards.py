"""A row of a list: who it is keeps its room before what stands at the edge."""

from pullquote.kinds import Badge
from pullquote.reader.card import Card
from pullquote.reader.rows import Row

EDGE = (Badge("checkable"), Badge("indirect"), Badge("Coast Courier"), Badge("added 2026-11-27"))


def head(who: str, width: int) -> str:
    row = Row(None, "●", who, "", "words", edge=EDGE)
    return Card(row).closed(width)[0].plain


def test_what_is_least_at_the_edge_goes_before_a_name_is_cut() -> None:
    assert head("Ann Cole", 80).split("  ")[-4:] == [one.words for one in EDGE]
    long = head("the National Board of Audit and Review", 80)
    assert "the National Board of Audit and" in long
    assert "checkable" not in long
    assert long.endswith("added 2026-11-27")


def test_a_narrow_row_keeps_the_last_at_the_edge() -> None:
    assert "added 2026-11-27" in head("the National Board of Audit and Review", 40)
