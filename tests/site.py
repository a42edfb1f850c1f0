"""Build the docs as a site, without a warning and without anything from elsewhere: `make docs`."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SITE = ROOT / "build" / "site"
# what a browser would fetch by itself; links are the reader's to follow
_FETCHED = re.compile(r"""<(?:script|img|iframe)[^>]*\ssrc="?(https?:[^"\s>]*)""", re.I)
_LINKED = re.compile(r"""<link[^>]*rel="?(?:stylesheet|preconnect)[^>]*href="?(https?:[^"\s>]*)""")
_IN_STYLE = re.compile(r"(?:@import|url\()\s*[\"']?(https?:[^\"')\s]*)")


def from_elsewhere() -> list[str]:
    """What a page or a style sheet of the site fetches from another site."""
    found: list[str] = []
    for path in (*SITE.rglob("*.html"), *SITE.rglob("*.css")):
        text = path.read_text(encoding="utf-8")
        patterns = (_IN_STYLE,) if path.suffix == ".css" else (_FETCHED, _LINKED)
        found += [f"{path.name}: {url}" for one in patterns for url in one.findall(text)]
    return found


def main() -> None:
    """Build it; fail where something is wrong."""
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--clean"]
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    status = subprocess.run(build, cwd=ROOT, env=quiet, check=False).returncode
    if status:
        sys.exit(status)
    if found := from_elsewhere():
        sys.exit("\n".join(found))
    print(SITE / "index.html")


if __name__ == "__main__":
    main()
