"""What went out comes in again, through the library, as it was."""

import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from tests.readings import readings
from tui.export import export
from tui.export.importers import read
from tui.library.importing import Outcome, bring_in
from tui.library.reading import Reading
from tui.library.store import Library
from tui.settings import Settings


@pytest.mark.parametrize("form", ["json", "webannotation", "hypothesis"])
@given(reading=readings())
@settings(max_examples=25)
def test_the_identity_for_any_reading_and_nothing_the_second_time(form: str, reading: Reading) -> None:
    items = read(str(export([reading], form, Settings())).encode())
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        library.keep(reading.article)
        first = bring_in(library, items.notes)
        notes = library.annotations(reading.article.id)
        assert {one.id: one for one in notes} == {
            one.id: one for one in reading.annotations if not _bare_twin(reading, one.id)
        }
        assert {one.outcome for one in first} <= {Outcome.IMPORTED, Outcome.DUPLICATE}
        assert all(one.outcome is Outcome.DUPLICATE for one in bring_in(library, items.notes))
        assert library.annotations(reading.article.id) == notes


def _bare_twin(reading: Reading, identity: str) -> bool:
    """Whether a note says just what an earlier one says at the same place: it is a duplicate of that."""
    notes = list(reading.annotations)
    here = next(i for i, one in enumerate(notes) if one.id == identity)

    def says(number: int) -> object:
        return msgspec.structs.replace(notes[number], id="", created="", modified="")

    return any(says(number) == says(here) for number in range(here))
