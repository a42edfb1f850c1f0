"""Articles to be cited, and what programs that know styles make of what is written for them."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from pullquote.article import Article
from pullquote.formats.bibtex import bibtex
from pullquote.formats.csl import csl_json
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from tests.conftest import ROOT

RENDERED = ROOT / "tests" / "data" / "citations"


def _article(title: str, byline: str, site: str, published: str, **known: str) -> Reading:
    slug = "-".join(title.lower().split()[:3])
    url = known.pop("url", f"https://news.example/{slug}")
    return Reading(
        Article(
            text=title,
            title=title,
            byline=byline,
            site=site,
            published=published,
            url=url,
            retrieved="2026-02-03",
            **known,
        )
    )


ARTICLES = [
    _article("Prices rise by 100% in R&D", "By Jane Miller", "The Example", "2026-01-05"),
    _article("Harbour closes", "Priya Sharma and Åsa Östlund", "The Example", "2026-01-06"),
    _article("Talks resume", "Xi Wang, Kim Jong-un and Nguyen Van An", "Daily Example", "2026-01"),
    _article("Commission agrees", "Ursula von der Leyen", "The Example", "2026-01-08"),
    _article("Ferry delayed", "Associated Press", "The Example", "2026-01-09", language="en-US"),
    _article("Vote counted", "Jane Miller, Political Editor, and agencies", "Ex", "2026-01-10"),
    _article("Hafen gesperrt", "Von Anna Schmidt", "Das Beispiel", "2026-01-11", language="de"),
    _article("El puerto", "Gabriel García Márquez", "El Ejemplo", "2026-01-12", language="es"),
    _article("A dream remembered", "Martin Luther King Jr.", "", "2026-01-13"),
    _article("A letter", "", "", "", url=""),
]


def written() -> dict[str, str]:
    """The articles in both forms of citations, by the suffixes of their files."""
    settings = Settings()
    return {
        "json": "".join(csl_json(ARTICLES, settings)),
        "bib": "".join(bibtex(ARTICLES, settings)),
    }


def by_pandoc(bibliography: Path, style: Path | None = None) -> str:
    """A list of references as pandoc makes it; in its own style, Chicago's, where none is named."""
    named = [f"--csl={style}"] if style else []
    command = ["pandoc", "--citeproc", f"--bibliography={bibliography}", *named]
    return _run([*command, "--to=plain", "--wrap=none"], "---\nnocite: '@*'\n---\n")


def by_citation_js(items: str, style: str, template: str = "") -> str:
    """A list of references as citation-js makes it, out of CSL JSON.

    Args:
        items: The CSL JSON.
        style: The style's name.
        template: The style as CSL has it; "" for one that citation-js knows.
    """
    script = """
    require("@citation-js/plugin-csl");
    const {Cite, plugins} = require("@citation-js/core");
    const {items, style, template} = JSON.parse(require("fs").readFileSync(0, "utf8"));
    if (template) plugins.config.get("@csl").templates.add(style, template);
    const made = new Cite(items, {generateGraph: false});
    process.stdout.write(made.format("bibliography", {template: style, lang: "en-US"}));
    """
    given = {"items": json.loads(items), "style": style, "template": template}
    return _run(["node", "-e", script], json.dumps(given))


def styles_of_citation_js() -> Iterator[tuple[str, str]]:
    """The styles that citation-js brings, each with its name, as CSL has them."""
    script = """
    require("@citation-js/plugin-csl");
    const known = require("@citation-js/core").plugins.config.get("@csl").templates;
    const named = ["apa", "vancouver"].map(one => [one, known.get(one)]);
    process.stdout.write(JSON.stringify(named));
    """
    yield from json.loads(_run(["node", "-e", script]))


def has_citation_js() -> bool:
    """Whether node is here and finds citation-js (in NODE_PATH)."""
    try:
        _run(["node", "-e", 'require("@citation-js/plugin-csl")'])
    except (OSError, subprocess.CalledProcessError):
        return False
    return bool(os.environ.get("NODE_PATH"))


def _run(command: list[str], given: str = "") -> str:
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout
