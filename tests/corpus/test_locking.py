"""One run a folder at a time, also where the system has no locks."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("fsspec")

from pullquote.corpus.extra import CorpusError
from pullquote.corpus.locking import numbered
from pullquote.corpus.place import Place

_COMING = """
import sys, time
from pullquote.corpus.extra import CorpusError
from pullquote.corpus.locking import numbered
from pullquote.corpus.place import Place
print("ready", flush=True)
sys.stdin.readline()
try:
    with numbered(Place(sys.argv[1])):
        print("in", flush=True)
        sys.stdin.readline()
except CorpusError:
    print("refused", flush=True)
"""


def _left(folder: Path) -> Place:
    """A folder in which a run was killed."""
    place = Place(str(folder))
    place.write("locks/4", b"1.0")
    return place


def test_of_those_who_find_a_lock_left_behind_one_goes_on(tmp_path: Path) -> None:
    place = _left(tmp_path)
    command = [sys.executable, "-c", _COMING, str(tmp_path)]
    coming = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    said = []
    for told in ("ready", ""):
        for one in coming:
            assert one.stdin is not None
            assert one.stdout is not None
            if told:
                assert one.stdout.readline() == "ready\n"
            else:
                one.stdin.write("\n")
                one.stdin.flush()
    for one in coming:
        assert one.stdout is not None
        said.append(one.stdout.readline().strip())
    assert sorted(said) == ["in", *["refused"] * 5]
    for one in coming:
        one.communicate("\n")
    assert not place.names("locks")


def test_a_lock_that_was_left_behind_is_taken_and_one_that_is_renewed_is_not(
    tmp_path: Path,
) -> None:
    place = _left(tmp_path)
    with numbered(place) as check:
        check()
        with pytest.raises(CorpusError, match="another run"), numbered(place):
            pass
        check()
    assert not place.names("locks")


def test_who_was_taken_for_gone_does_not_go_on(tmp_path: Path) -> None:
    place = Place(str(tmp_path))
    with numbered(place) as check:
        place.write("locks/1", b"1.0")  # as if this machine had slept
        with numbered(place), pytest.raises(CorpusError, match="another run"):
            check()
