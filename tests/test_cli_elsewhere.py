"""`pullquote elsewhere`: quotations whose words stand in other articles."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pullquote.cli import main
from pullquote.library.store import Library
from tests.quotations import COURIER, add

BRIDGE = "“We will rebuild the old bridge before the winter, whatever it costs.”"
SHORTER = "“We will repair the old bridge … whatever it costs.”"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[tuple[str, str]]:
    with Library.open(tmp_path / "data") as library:
        here = add(library, BRIDGE)
        there = add(library, SHORTER, "Bo Lindqvist", COURIER, "2016-05-01", "Old bridge")
        add(library, "“Nobody has asked us about the wall.”", url="https://herald.example/")
        yield here, there


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["elsewhere", *arguments], prog_name="pullquote")


def test_an_articles_quotations_are_listed_with_their_places(shelf: tuple[str, str]) -> None:
    here, there = shelf
    found = run(here[:8])
    assert found.exit_code == 0
    assert found.stdout.splitlines() == [
        f"{here[:8]}  Ada Quist: {BRIDGE}",
        f"  {there[:8]}  changed, cut there · said by Bo Lindqvist · earlier · "
        "courier.example, 2016-05-01 · Old bridge",
        f"            {SHORTER}",
    ]


def test_without_an_id_all_articles_are_looked_into(shelf: tuple[str, str]) -> None:
    here, there = shelf
    lines = run().stdout.splitlines()
    assert [line[:8] for line in lines if line[:1] != " "] == [here[:8], there[:8]]
    assert len(run("--limit", "1").stdout.splitlines()) == 3


def test_as_json_it_has_the_pieces_of_both(shelf: tuple[str, str]) -> None:
    here, there = shelf
    (line,) = run(here, "--format", "json").stdout.splitlines()
    found = json.loads(line)
    assert (found["article"], found["words"], found["speaker"]) == (here, BRIDGE, "Ada Quist")
    (place,) = found["places"]
    assert (place["article"], place["day"], place["when"]) == (there, "2016-05-01", "earlier")
    assert (place["likeness"], place["cut_here"], place["cut_there"]) == ("changed", False, True)
    assert (place["signed"], place["another_speaker"]) == (True, True)
    assert ["removed", "rebuild"] in place["pieces_here"]
    assert ["added", "repair"] in place["pieces_there"]


def test_where_there_is_nothing_a_line_and_the_status_say_so(
    shelf: tuple[str, str], tmp_path: Path
) -> None:
    with Library.open(tmp_path / "data") as library:
        alone = add(library, "“It is our river, whatever they say.”", url="https://alone.example/")
    assert (run(alone).exit_code, run(alone).stdout) == (1, "")
    assert run(alone).stderr == "pullquote: no quotation stands in another article, too\n"
    assert run("ffff0000").exit_code == 2
