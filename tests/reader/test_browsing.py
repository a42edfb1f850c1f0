"""The page and the evidence are opened in the browser, and nothing but pages is."""

import webbrowser
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pullquote.article import Article
from pullquote.library.store import Library
from tests.reader.conftest import Open, at_desk


class Browser(webbrowser.BaseBrowser):
    """A browser that notes what it is told to open."""

    def __init__(self) -> None:
        super().__init__("noted")
        self.opened: list[str] = []

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        self.opened.append(url)
        return True


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    found = Browser()
    monkeypatch.setattr(webbrowser, "get", lambda *_: found)
    return found


async def test_the_page_of_an_article_is_opened(
    library: Library, seed: Article, findings: Any, browser: Browser
) -> None:
    article = msgspec.structs.replace(seed, url="https://example.org/a?b=1")
    async with at_desk(library, article, findings) as at:
        assert "opened https://example.org/a?b=1" in await at.press("H")
    assert browser.opened == ["https://example.org/a?b=1"]


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "javascript:alert(1)", "--new-window"])
async def test_what_is_no_page_is_not(
    library: Library, seed: Article, findings: Any, browser: Browser, url: str
) -> None:
    async with at_desk(library, msgspec.structs.replace(seed, url=url), findings) as at:
        assert "no address" in await at.press("H")
    assert browser.opened == []


async def test_evidence_is_opened_one_link_at_once_and_of_several_one(
    desk: Open, browser: Browser
) -> None:
    async with desk() as at:
        assert "no evidence here" in await at.press("c", "P")
        await at.press("l", *"https://e.org/a", "ctrl+s", "escape", "P")
        await at.press("l", *"https://e.org/b", "ctrl+s", "escape", "P", "2")
    assert browser.opened == ["https://e.org/a", "https://e.org/b"]


async def test_a_browser_that_would_take_the_terminal_is_not_started(
    library: Library, seed: Article, findings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda *_: webbrowser.GenericBrowser("w3m"))
    article = msgspec.structs.replace(seed, url="https://example.org/a")
    async with at_desk(library, article, findings) as at:
        assert "needs a terminal of its own" in await at.press("H")


async def test_a_command_that_the_environment_names_opens_pages_out_of_the_terminal(
    library: Library,
    seed: Article,
    findings: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    command, noted = tmp_path / "opener", tmp_path / "noted"
    command.write_text(f'#!/bin/sh\necho "$1" > "{noted}"\necho noise\n')
    command.chmod(0o700)
    monkeypatch.setattr(webbrowser, "get", lambda *_: webbrowser.GenericBrowser(str(command)))
    article = msgspec.structs.replace(seed, url="https://example.org/a")
    async with at_desk(library, article, findings) as at:
        assert "opened https://example.org/a" in await at.press("H")
        assert noted.read_text() == "https://example.org/a\n"
        assert "noise" not in capfd.readouterr().out
        command.write_text("#!/bin/sh\nexit 3\n")
        assert "did not open https://example.org/a" in await at.press("H")
        command.unlink()
        assert "did not open https://example.org/a" in await at.press("H")
