"""Deque's axe-core over a page in a browser: what keeps people from using it."""

import os
from pathlib import Path

from tests.chromium import Page

# Where npm put it: `npm install axe-core` in a folder, and NODE_PATH its node_modules.
AXE = Path(os.environ.get("NODE_PATH") or "node_modules") / "axe-core" / "axe.min.js"


async def found_by_axe(page: Page) -> list[str]:
    """What axe finds wrong with the page that is open, a line each; all of its rules are asked."""
    await page.value(AXE.read_text(encoding="utf-8") + "; true")
    script = """
    axe.run(document, {
      rules: {"label-content-name-mismatch": {enabled: true}, "color-contrast-enhanced": {enabled: false}},
    }).then(done => done.violations.flatMap(
      one => one.nodes.map(node => `${one.id}: ${node.target}: ${node.failureSummary}`)))
    """
    found: list[str] = await page.value(script)
    return found
