"""Pages from the web: the whole article within the deadline, or one line that says why not."""

import re
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pullquote.article import Unreadable, web
from pullquote.article.original import Validators, seconds_to_wait, validators
from pullquote.article.source import extract, fetch, load
from pullquote.article.web import Refused, page
from tests.article.manners import MANNERS, PAGE, TEXT, Manner, Visit, server

DEADLINE = 0.4  # seconds


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with server() as place:
        yield place


READ = [name for name, manners in MANNERS.items() if not manners.told]
REFUSED = [name for name, manners in MANNERS.items() if manners.told]


@pytest.mark.parametrize("name", READ)
def test_an_odd_server_s_article_is_read_whole(address: str, name: str) -> None:
    article = extract(fetch(f"{address}/{name}"))
    assert article.url.startswith(address)
    if article.title != "Talks go on" and name != "wrong_charset":
        assert article.text == TEXT.decode() * (2 if name.startswith("two_") else 1)


@pytest.mark.parametrize("name", REFUSED)
def test_a_server_of_bad_manners_is_one_line_that_names_the_address(
    address: str, name: str
) -> None:
    with pytest.raises(Unreadable) as error:
        extract(
            fetch(f"{address}/{name}", timeout=DEADLINE if "within" in MANNERS[name].told else 30)
        )
    said = str(error.value)
    assert said.startswith(f"{address}/{name}: ")
    assert re.search(MANNERS[name].told, said), said
    assert "; " in said  # what to do about it
    assert said.isprintable()


def test_a_page_s_own_redirect_gives_the_address_of_where_it_leads(address: str) -> None:
    assert load(f"{address}/refresh").url == f"{address}/text"
    assert load(f"{address}/refresh_later").url == f"{address}/refresh_later"


def test_a_page_is_asked_for_only_if_it_has_changed() -> None:
    heard: list[str] = []

    def behave(visit: Visit) -> None:
        heard.append(visit.request)
        same = 'If-None-Match: "one"' in visit.request
        status = "304 Not Modified" if same else "200 OK"
        visit.send(f'HTTP/1.1 {status}\r\nETag: "one"\r\nConnection: close\r\n\r\n'.encode())
        visit.send(b"" if same else TEXT)

    with server(behave) as place:
        first = page(place, 9999, 5)
        known = validators(first.headers)
        again = page(place, 9999, 5, known=known)
    assert (first.status, first.body, first.is_unchanged) == (200, TEXT, False)
    assert known == Validators('"one"', "")
    assert (again.status, again.body, again.is_unchanged) == (304, b"", True)
    assert "If-Modified-Since" not in heard[1]


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301, 308), "/2"), ((302, 301), ""), ((301, 302, 301), "/1"), ((), "")],
)
def test_a_page_that_has_moved_for_good_says_where_to(
    statuses: tuple[int, ...], moved: str
) -> None:
    def behave(visit: Visit) -> None:
        at = int(visit.request.split()[1].strip("/") or 0)
        if at < len(statuses):
            visit.send(f"HTTP/1.1 {statuses[at]} On\r\nLocation: /{at + 1}\r\n\r\n".encode())
        else:
            MANNERS["text"].serve(visit)

    with server(behave) as place:
        assert page(place, 9999, 5).moved == (f"{place}{moved}" if moved else "")


@pytest.mark.parametrize(
    ("name", "status", "wait", "is_gone"),
    [
        ("missing", 404, None, True),
        ("gone", 410, None, True),
        ("forbidden", 403, None, False),
        ("busy", 429, 600.0, False),
        ("busy_until", 503, 0.0, False),
    ],
)
def test_a_refusal_says_what_kind_it_is(
    address: str, name: str, status: int, wait: float | None, is_gone: bool
) -> None:
    with pytest.raises(Refused) as error:
        page(f"{address}/{name}", 9999, 5)
    assert (error.value.status, error.value.wait, error.value.is_gone) == (status, wait, is_gone)


def test_what_an_office_signs_itself_is_trusted_and_others_are_refused_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's certificates count; here the system is told of one more."""
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    made = subprocess.run(
        (
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext "
            f"subjectAltName=DNS:localhost -out {certificate} -keyout {key}"
        ).split(),
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("no openssl here")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with server(secured=context) as place:
        address = place.replace("http://127.0.0.1", "https://localhost")
        web._certificates.cache_clear()
        with pytest.raises(
            Unreadable, match=r"cannot be trusted: certificate verify failed[^()\[]*;"
        ):
            page(f"{address}/text", 9999, 5)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        web._certificates.cache_clear()
        assert page(f"{address}/text", 9999, 5).body == TEXT
    web._certificates.cache_clear()


def test_a_page_without_a_type_is_read_as_what_it_looks_like(address: str) -> None:
    article = load(f"{address}/no_type")
    assert "<p>" not in article.text
    assert article.title == "Talks go on"


def test_a_page_may_be_as_large_as_the_limit_and_no_larger(address: str) -> None:
    assert fetch(f"{address}/page", limit=len(PAGE)).data == PAGE
    assert fetch(f"{address}/gzip", limit=len(TEXT)).data == TEXT
    for name, size in (("page", len(PAGE)), ("gzip", len(TEXT))):
        with pytest.raises(Unreadable, match="raise max_bytes"):
            fetch(f"{address}/{name}", limit=size - 1)


def test_who_is_silent_behind_https_is_left_at_the_deadline() -> None:
    with server(is_mute=True) as place, pytest.raises(Unreadable, match="no answer within"):
        fetch(place.replace("http://", "https://"), timeout=DEADLINE)


def test_a_name_that_is_looked_up_for_ever_is_left_at_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: found.wait())
    try:
        with pytest.raises(Unreadable, match="no answer within"):
            fetch("http://slow.example/a", timeout=DEADLINE)
    finally:
        found.set()


def _hears(heard: list[str]) -> Manner:
    def behave(visit: Visit) -> None:
        heard.append(visit.request)
        MANNERS["text"].serve(visit)

    return behave


def test_an_address_may_have_spaces_and_letters_of_any_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[str] = []
    with server(_hears(heard)) as place:
        port = int(place.rpartition(":")[2])
        look_up = socket.getaddrinfo
        asked: list[Any] = []

        def at_home(host: Any, port: Any, *hints: Any) -> Any:
            asked.append(host)
            return look_up("127.0.0.1", port, *hints)

        monkeypatch.setattr(socket, "getaddrinfo", at_home)
        fetch(f"http://müller.example:{port}/Zeitung von heute/über?q=日本&r=50%25 ")
    request, *headers = heard[0].split("\r\n")
    assert request == "GET /Zeitung%20von%20heute/%C3%BCber?q=%E6%97%A5%E6%9C%AC&r=50%25 HTTP/1.1"
    assert f"Host: xn--mller-kva.example:{port}" in headers
    assert {one.decode() if isinstance(one, bytes) else one for one in asked} == {
        "xn--mller-kva.example"
    }
    assert any(line.startswith("User-Agent: pullquote/") for line in headers)


def test_an_address_may_be_one_of_ipv6() -> None:
    try:
        with server(family=socket.AF_INET6) as place:
            assert fetch(f"{place}/text").data == TEXT
    except OSError:
        pytest.skip("no IPv6 here")


@pytest.mark.parametrize(
    "address", ["http://", "http:///a", "http://[::1", "https://☃.example", "http://x/\udcff"]
)
def test_what_is_no_address_is_told_so(address: str) -> None:
    with pytest.raises(Unreadable, match=r"check it|not a web address") as error:
        fetch(address)
    assert str(error.value).isprintable()


def test_a_server_that_is_not_there_cannot_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unreadable, match="cannot be reached: nothing answers there; check"):
        fetch(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (socket.EAI_NONAME, "no server of that name is known"),
        (socket.EAI_AGAIN, "its name is not found now"),
    ],
)
def test_a_name_that_is_not_found_is_told_without_what_machines_say(
    monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def unknown(*asked: object, **also: object) -> list[object]:
        raise socket.gaierror(number, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Unreadable, match=f"cannot be reached: {words}; check the address"):
        fetch("http://northhaven.example/")


def test_a_name_and_password_in_an_address_are_used_but_not_kept() -> None:
    heard: list[str] = []
    with server(_hears(heard)) as place:
        article = load(f"{place.replace('://', '://ann:secret@')}/a")
    assert "Authorization: Basic" in heard[0]
    assert (article.url, article.source) == (f"{place}/a", f"{place}/a")


def test_who_watches_is_told_how_far_it_is(address: str) -> None:
    told: list[tuple[int, float]] = []
    with pytest.raises(Unreadable, match="only 99 bytes"):
        fetch(
            f"{address}/stalls",
            timeout=1.2,
            watch=lambda received, seconds: told.append((received, seconds)),
        )
    assert [received for received, _ in told] == [99] * len(told)
    assert told
    assert all(0 < seconds <= time.monotonic() for _, seconds in told)


def test_a_wait_without_end_is_a_year_at_most() -> None:
    assert seconds_to_wait("9" * 400) == 366 * 86_400
    assert seconds_to_wait("120") == 120
    assert seconds_to_wait("Mon, 2 Mar 99999999999 10:00:00 GMT") is None
