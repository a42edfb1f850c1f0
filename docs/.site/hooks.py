"""What the site has besides docs/: CONTRIBUTING, CHANGELOG, and what its search needs of its own.

Pages that are read as files search by a script that the theme would fetch from elsewhere.
"""

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

_ROOT = Path(__file__).parents[2]
_OUTSIDE = re.compile(r"\]\((?:\.\./)+(CONTRIBUTING|CHANGELOG)\.md")
_WORKER = "assets/javascripts/iframe-worker.js"
_ELSEWHERE = re.compile(r"https://[^\s\"']*/iframe-worker/shim")
_PAGES = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add them, the pages with their links as seen from docs/."""
    worker = (Path(__file__).parent / "iframe-worker.js").read_text(encoding="utf-8")
    files.append(File.generated(config, _WORKER, content=worker))
    for name, page in _PAGES.items():
        text = (_ROOT / name).read_text(encoding="utf-8").replace("](docs/", "](")
        files.append(File.generated(config, page, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Links to them as to pages of the site."""
    return _OUTSIDE.sub(lambda one: f"]({one[1].lower()}.md", markdown)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Have the script come from the site."""
    return _ELSEWHERE.sub(f"{'../' * page.url.count('/')}{_WORKER}", output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The same in the page for what is not found."""
    return _ELSEWHERE.sub(f"/{_WORKER}", output_content)
