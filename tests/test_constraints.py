"""The versions that `make` installs: all pinned, all allowed by pyproject.toml, no addresses."""

import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
WANTED = [
    Requirement(line)
    for lines in (PROJECT["dependencies"], *(EXTRAS[name] for name in EXTRAS if name != "train"))
    for line in lines
    if not line.startswith("pullquote[")
]


def _pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


@pytest.mark.parametrize("wanted", WANTED, ids=lambda one: one.name)
def test_every_dependency_is_pinned_to_a_version_that_it_allows(wanted: Requirement) -> None:
    assert wanted.specifier.contains(_pins()[canonicalize_name(wanted.name)])


def test_the_pins_hold_no_address() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert " @ " not in text
