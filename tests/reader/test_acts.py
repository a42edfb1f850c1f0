"""Every act that is declared can be done, and nothing else."""

from pullquote.actions import READING, SELECTING
from pullquote.reader.acts import ACTS, AIMED, ASKING
from pullquote.reader.showing import ON_SCREEN


def test_every_declared_act_is_done_in_one_place_and_every_act_is_declared() -> None:
    tables = (ACTS, ASKING, ON_SCREEN)
    declared = [act.id for act in (*READING, *SELECTING)]
    assert sorted(name for table in tables for name in table) == sorted(declared)
    assert set(declared) >= AIMED
