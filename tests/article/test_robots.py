"""What a site asks of programs that come by themselves is heeded."""

from collections.abc import Callable

import pytest

from pullquote.article.robots import Robots
from tests.article.manners import Visit, server

RULES = b"""User-agent: *
Disallow: /private
Allow: /private/open
Crawl-delay: 3

User-agent: pullquote
Disallow: /*.pdf$
"""


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def _answers(*answer: bytes, heard: list[str]) -> Callable[[Visit], None]:
    def serve(visit: Visit) -> None:
        heard.append(visit.request.split(" ")[1])
        visit.send(*answer)

    return serve


def _head(status: str) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n".encode()


def test_what_is_asked_of_us_by_name_binds_and_a_site_is_asked_once() -> None:
    heard: list[str] = []
    with server(_answers(_head("200 OK"), RULES, heard=heard)) as place:
        robots = Robots()
        assert robots.allow(f"{place}/private/a")  # forbidden to others only
        assert robots.allow(f"{place}/a.pdf?x")
        assert not robots.allow(f"{place}/a.pdf")
        assert robots.pause(f"{place}/a") == 0
    assert heard == ["/robots.txt"]


def test_what_is_asked_of_everybody_is_asked_of_us() -> None:
    heard: list[str] = []
    with server(_answers(_head("200 OK"), RULES.partition(b"\n\n")[0], heard=heard)) as place:
        robots = Robots()
        assert [
            robots.allow(f"{place}{path}") for path in ("/a", "/private/a", "/private/open")
        ] == [
            True,
            False,
            True,
        ]
        assert robots.pause(f"{place}/a") == 3


@pytest.mark.parametrize(
    ("status", "may"),
    [("404 Not Found", True), ("403 Forbidden", True), ("500 Broken", False), ("503 Busy", False)],
)
def test_a_site_without_rules_forbids_nothing_and_one_that_is_broken_is_left_alone(
    status: str, may: bool
) -> None:
    with server(_answers(_head(status), heard=[])) as place:
        assert Robots().allow(f"{place}/a") is may
