"""The templates for packagers ask for what the program needs, and hold no addresses."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "packaging"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NEEDED = {re.split(r"[<>=\[]", line)[0] for line in PROJECT["dependencies"]}
_OF_CONDA = {"brotli-python": "brotli"}
_OF_ARCH = {
    "jinja": "jinja2",
    "lxml-html-clean": "lxml-html-clean",
    "mdit_py_plugins": "mdit-py-plugins",
    "frontmatter": "python-frontmatter",
}


def test_the_recipe_for_conda_has_our_dependencies() -> None:
    recipe = yaml.safe_load((FOLDER / "recipe.yaml").read_text(encoding="utf-8"))
    names = {line.split()[0] for line in recipe["requirements"]["run"]} - {"python"}
    assert {_OF_CONDA.get(name, name) for name in names} == NEEDED


def test_the_expression_for_nix_has_our_dependencies() -> None:
    text = (FOLDER / "default.nix").read_text(encoding="utf-8")
    (names,) = re.findall(r"dependencies = with .*?\[(.*?)\]", text, re.DOTALL)
    assert set(names.split()) == NEEDED


def test_the_pkgbuild_has_our_dependencies() -> None:
    text = (FOLDER / "PKGBUILD").read_text(encoding="utf-8")
    (names,) = re.findall(r"^depends=\((.*?)\)", text, re.DOTALL | re.MULTILINE)
    bare = {name.removeprefix("python-") for name in names.split()} - {"python"}
    assert {_OF_ARCH.get(name, name) for name in bare} == NEEDED


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_no_template_holds_an_address(path: Path) -> None:
    assert "://" not in path.read_text(encoding="utf-8")
