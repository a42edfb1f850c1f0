"""A web server of bad manners, for tests and campaigns: raw sockets, a thread a visitor.

Each manner is what the server does once it has read the request, and a promise of what the reader
is told: "" where the article is read after all, else a pattern for the one line that refuses it.
Paths name manners: `/cut_off`.
"""

import gzip
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import NamedTuple

import brotli
import zstandard

WORDS = "“We will go,” said Jane Miller. The talks on grain are to go on until both sides agree.\n"
TEXT = (WORDS * 8).encode()
PAGE = (
    "<!doctype html><html><head><title>Talks go on</title></head><body><article><h1>Talks go "
    "on</h1>"
    + "".join(f"<p>Paragraph {number}. {WORDS}</p>" for number in range(8))
    + "</article></body></html>"
).encode()


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor of the server, who has asked for something; `stopped` at the server's end."""

    socket: socket.socket
    request: str
    stopped: threading.Event

    def send(self, *pieces: bytes) -> None:
        """Send the pieces, one after the other."""
        for piece in pieces:
            self.socket.sendall(piece)


Manner = Callable[[Visit], None]


class Manners(NamedTuple):
    """How the server behaves, and what the reader is told of it."""

    serve: Manner
    told: str


def _head(*lines: str, status: str = "200 OK", kind: str = "text/plain; charset=utf-8") -> bytes:
    about = [f"Content-Type: {kind}"] if kind else []
    return "\r\n".join([f"HTTP/1.1 {status}", *about, *lines, "Connection: close", "", ""]).encode(
        "latin-1"
    )


def _sends(*pieces: bytes) -> Manner:
    return lambda visit: visit.send(*pieces)


def _for_ever(*once: bytes, again: bytes, pause: float = 0.0) -> Manner:
    """`once`, and then `again` and again, until the visitor leaves or the server stops."""

    def serve(visit: Visit) -> None:
        visit.send(*once)
        while not visit.stopped.wait(pause):
            visit.send(again)

    return serve


def _stalls(*pieces: bytes) -> Manner:
    def serve(visit: Visit) -> None:
        visit.send(*pieces)
        visit.stopped.wait()

    return serve


def _late(visit: Visit) -> None:
    """All of it, and the last of it only after a while."""
    visit.send(_head(_LENGTH), TEXT[:99])
    visit.stopped.wait(1.2)
    visit.send(TEXT[99:])


def _reset(*pieces: bytes) -> Manner:
    def serve(visit: Visit) -> None:
        visit.send(*pieces)
        visit.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return serve


def _asks_for_a_cookie(visit: Visit) -> None:
    if "seen=yes" in visit.request:
        visit.send(_head(_LENGTH), TEXT)
    else:
        visit.send(_redirect("/cookie", "Set-Cookie: seen=yes"))


def _in_single_bytes(data: bytes) -> bytes:
    return b"".join(b"1\r\n%c\r\n" % byte for byte in data)


def _redirect(place: str, *lines: str, status: str = "302 Found") -> bytes:
    return _head(f"Location: {place}", "Content-Length: 0", *lines, status=status, kind="")


_REFRESH = b'<meta HTTP-Equiv="Refresh" content="%s">'


def _refreshes(place: str, when: str = "0;url=", body: bytes = b"") -> bytes:
    return _head(kind="text/html") + _REFRESH % f"{when}{place}".encode() + body


def _refreshes_for_ever(visit: Visit) -> None:
    visit.send(_refreshes(f"{visit.request.split()[1]}?x"))


def _bomb(size: int) -> bytes:
    """`size` bytes of blanks in one gzip stream, without ever having them in memory."""
    packing, piece = zlib.compressobj(9, wbits=31), b" " * 1_000_000
    return b"".join(packing.compress(piece) for _ in range(size // len(piece))) + packing.flush()


_LENGTH = f"Content-Length: {len(TEXT)}"
_CHUNKED = "Transfer-Encoding: chunked"
_GZIPPED = gzip.compress(TEXT)
_BOMB = _bomb(200_000_000)
_BLANKS = b" " * 50_000_000
_MEMBERS = gzip.compress(b" ") * 50_000

MANNERS: dict[str, Manners] = {
    # Slow, or without end.
    "silent": Manners(_stalls(), "no answer within"),
    "slow_head": Manners(
        _for_ever(b"HTTP/1.1 200 OK\r\nX: ", again=b"x", pause=0.1), "no answer within"
    ),
    "slow_body": Manners(
        _for_ever(_head("Content-Length: 900000"), again=b"x", pause=0.1), "bytes within"
    ),
    "slow_chunks": Manners(
        _for_ever(_head(_CHUNKED), again=b"1\r\nx\r\n", pause=0.1), "bytes within"
    ),
    "stalls": Manners(_stalls(_head(_LENGTH), TEXT[:99]), "only 99 bytes within"),
    "continue_for_ever": Manners(
        _for_ever(again=b"HTTP/1.1 100 Continue\r\n\r\n"), "no answer within"
    ),
    "continue_slowly": Manners(
        _for_ever(again=b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.1), "no answer within"
    ),
    "early_hints": Manners(
        _for_ever(again=b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), "no answer within"
    ),
    "body_for_ever": Manners(_for_ever(_head(), again=b"word " * 9999), "larger than"),
    "chunks_for_ever": Manners(
        _for_ever(_head(_CHUNKED), again=b"1\r\nx\r\n" * 9999), "bytes within|larger than"
    ),
    "chunk_extensions": Manners(
        _for_ever(_head(_CHUNKED), again=b"1;" + b"a" * 999), "was cut off"
    ),
    "trailers_for_ever": Manners(
        _for_ever(_head(_CHUNKED), b"1\r\nx\r\n0\r\n", again=b"A: b\r\n"), "was cut off"
    ),
    "headers_for_ever": Manners(
        _for_ever(b"HTTP/1.1 200 OK\r\n", again=b"A: b\r\n"), "cannot be used"
    ),
    "huge_header": Manners(_sends(_head(f"A: {'b' * 9_000_000}", _LENGTH), TEXT), "cannot be used"),
    # Cut off.
    "cut_off": Manners(
        _sends(_head("Content-Length: 9000"), TEXT), f"cut off after {len(TEXT):,} of 9,000 bytes"
    ),
    "cut_off_chunk": Manners(
        _sends(_head(_CHUNKED), b"ff\r\n", TEXT[:99]), "cut off after 99 bytes"
    ),
    "no_last_chunk": Manners(
        _sends(_head(_CHUNKED), b"9\r\n", TEXT[:9], b"\r\n"), "cut off after 9 bytes"
    ),
    "cut_off_brotli": Manners(
        _sends(_head("Content-Encoding: br"), brotli.compress(TEXT)[:-9]), "was cut off"
    ),
    "cut_off_zstd": Manners(
        _sends(_head("Content-Encoding: zstd"), zstandard.compress(TEXT)[:-9]), "was cut off"
    ),
    "cut_off_gzip": Manners(_sends(_head("Content-Encoding: gzip"), _GZIPPED[:-20]), "was cut off"),
    "reset_at_once": Manners(_reset(), "hung up before it answered"),
    "reset_amid": Manners(_reset(_head(_LENGTH), TEXT[:99]), "was cut off"),
    "closes_at_once": Manners(_sends(), "cannot be used"),
    "half_a_head": Manners(_sends(b"HTTP/1.1 200 OK\r\nContent-Ty"), "cannot be used"),
    # Wrong about themselves.
    "wrong_chunk_size": Manners(_sends(_head(_CHUNKED), b"5\r\n", TEXT), "was cut off"),
    "no_chunk_size": Manners(_sends(_head(_CHUNKED), b"zz\r\n", TEXT), "was cut off"),
    "negative_length": Manners(_sends(_head("Content-Length: -1"), TEXT), "cannot be used"),
    "huge_length": Manners(_sends(_head("Content-Length: 99999999999999"), TEXT), "larger than"),
    "two_lengths": Manners(_sends(_head(_LENGTH, "Content-Length: 3"), TEXT), "cannot be used"),
    "http_0_9": Manners(_sends(TEXT), "cannot be used"),
    "http_2": Manners(
        _sends(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18)), "cannot be used"
    ),
    "not_gzip": Manners(
        _sends(_head("Content-Encoding: gzip", _LENGTH), TEXT), "not compressed as declared"
    ),
    "unknown_packing": Manners(
        _sends(_head("Content-Encoding: compress", _LENGTH), TEXT), "was not requested"
    ),
    "not_brotli": Manners(
        _sends(_head("Content-Encoding: br", _LENGTH), TEXT), "not compressed as declared"
    ),
    "not_zstd": Manners(
        _sends(_head("Content-Encoding: zstd", _LENGTH), TEXT), "not compressed as declared"
    ),
    "unknown_charset": Manners(
        _sends(_head(_LENGTH, kind="text/plain; charset=klingon"), TEXT), ""
    ),
    "odd_charset": Manners(_sends(_head(_LENGTH, kind="text/plain; charset=punycode"), TEXT), ""),
    "undefined_charset": Manners(
        _sends(_head(_LENGTH, kind="text/plain; charset=undefined"), TEXT), ""
    ),
    "wrong_charset": Manners(_sends(_head(_LENGTH, kind="text/plain; charset=utf-16"), TEXT), ""),
    "image": Manners(
        _sends(_head(_LENGTH, kind="image/png"), TEXT), "is image/png, not a web page"
    ),
    "escapes": Manners(_sends(_head(kind="text/\x1b[31mred"), TEXT), "not a web page"),
    "nuls": Manners(_sends(_head(), bytes(9999)), "binary file"),
    "empty": Manners(_sends(_head("Content-Length: 0")), "is empty"),
    # Bombs.
    "gzip_bomb": Manners(_sends(_head("Content-Encoding: gzip"), _BOMB), "larger than"),
    "brotli_bomb": Manners(
        _sends(_head("Content-Encoding: br"), brotli.compress(_BLANKS, quality=3)), "larger than"
    ),
    "zstd_bomb": Manners(
        _sends(_head("Content-Encoding: zstd"), zstandard.compress(_BLANKS)), "larger than"
    ),
    "gzip_twice": Manners(
        _sends(_head("Content-Encoding: gzip, gzip"), gzip.compress(_BOMB)), "was not requested"
    ),
    "gzip_members": Manners(
        _sends(_head("Content-Encoding: gzip"), _MEMBERS), "not compressed as declared"
    ),
    # Redirects.
    "loop": Manners(_sends(_redirect("/loop")), "redirects more than 10 times"),
    "to_a_file": Manners(_sends(_redirect("file:///etc/passwd")), "which is not a web address"),
    "to_ftp": Manners(_sends(_redirect("ftp://127.0.0.1/a")), "which is not a web address"),
    "to_nonsense": Manners(_sends(_redirect("http://[::1/\x7f")), "cannot be used"),
    "to_no_port": Manners(
        _sends(_redirect("http://127.0.0.1:99999/")), "which is not a web address"
    ),
    "no_place": Manners(_sends(_head("Content-Length: 0", status="302 Found")), "answered 302"),
    "redirect_for_ever": Manners(
        _for_ever(_head("Location: /text", status="302 Found"), again=TEXT), ""
    ),
    "cookie": Manners(_asks_for_a_cookie, ""),
    "refresh": Manners(_sends(_refreshes("/text")), ""),
    "refresh_in_words": Manners(_sends(_refreshes("' /text ' later", "3.5 ; uRL =")), ""),
    "refresh_to_itself": Manners(_sends(_refreshes("/refresh_to_itself", body=PAGE)), ""),
    "refresh_later": Manners(_sends(_refreshes("/missing", "300;url=", body=PAGE)), ""),
    "refresh_nowhere": Manners(_sends(_refreshes("", "0", body=PAGE)), ""),
    "refresh_without_script": Manners(
        _sends(
            _head(kind="text/html"),
            b"<noscript>",
            _REFRESH % b"0;url=/missing",
            b"</noscript>",
            PAGE,
        ),
        "",
    ),
    "refresh_for_ever": Manners(_refreshes_for_ever, "redirects more than 10 times"),
    "refresh_to_a_file": Manners(
        _sends(_refreshes("file:///etc/passwd")), "which is not a web address"
    ),
    # Other answers.
    "no_content": Manners(_sends(_head(status="204 No Content", kind="")), "is empty"),
    "part": Manners(_sends(_head(_LENGTH, status="206 Partial Content"), TEXT), "answered 206"),
    "not_modified": Manners(_sends(_head(status="304 Not Modified", kind="")), "answered 304"),
    "forbidden": Manners(
        _sends(_head(_LENGTH, status="403 Forbidden"), TEXT), "answered 403 Forbidden"
    ),
    "missing": Manners(
        _sends(_head(_LENGTH, status="404 Not Found"), TEXT), "answered 404 Not Found"
    ),
    "gone": Manners(_sends(_head(_LENGTH, status="410 Gone"), TEXT), "answered 410 Gone"),
    "busy": Manners(
        _sends(_head("Retry-After: 600", status="429 Too Many Requests")),
        "429 Too Many Requests; it asks to be left alone for 10 minutes",
    ),
    "busy_until": Manners(
        _sends(_head("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT", status="503 Busy")),
        "503 Busy; it asks to be left alone for 0 seconds",
    ),
    "busy_nonsense": Manners(
        _sends(_head("Retry-After: ²", status="503 Busy")), "503 Busy; open it in a browser"
    ),
    "broken": Manners(_sends(_head(_LENGTH, status="500 \x1b[2J"), TEXT), "answered 500"),
    "status_999": Manners(_sends(_head(_LENGTH, status="999 No"), TEXT), "answered 999"),
    # Odd but good.
    "text": Manners(_sends(_head(_LENGTH), TEXT), ""),
    "late": Manners(_late, ""),
    "page": Manners(
        _sends(_head(f"Content-Length: {len(PAGE)}", kind="text/html; charset=utf-8"), PAGE), ""
    ),
    "no_type": Manners(_sends(_head(f"Content-Length: {len(PAGE)}", kind=""), PAGE), ""),
    "single_bytes": Manners(_sends(_head(_CHUNKED), _in_single_bytes(TEXT), b"0\r\n\r\n"), ""),
    "gzip": Manners(
        _sends(_head("Content-Encoding: gzip", f"Content-Length: {len(_GZIPPED)}"), _GZIPPED), ""
    ),
    "two_members": Manners(_sends(_head("Content-Encoding: gzip"), _GZIPPED, _GZIPPED), ""),
    "brotli": Manners(_sends(_head("Content-Encoding: br"), brotli.compress(TEXT)), ""),
    "zstd": Manners(_sends(_head("Content-Encoding: zstd"), zstandard.compress(TEXT)), ""),
    "two_frames": Manners(
        _sends(_head("Content-Encoding: zstd"), *[zstandard.compress(TEXT)] * 2), ""
    ),
    "deflate": Manners(_sends(_head("Content-Encoding: deflate"), zlib.compress(TEXT)), ""),
    "raw_deflate": Manners(
        _sends(_head("Content-Encoding: deflate"), zlib.compress(TEXT)[2:-4]), ""
    ),
    "garbage_behind": Manners(_sends(_head(_LENGTH), TEXT, b"\x00garbage\xff" * 99), ""),
    "second_answer": Manners(_sends(_head(_LENGTH), TEXT, _head("Content-Length: 4"), b"evil"), ""),
    "continue_once": Manners(_sends(b"HTTP/1.1 100 Continue\r\n\r\n", _head(_LENGTH), TEXT), ""),
    "no_length": Manners(_sends(_head(), TEXT), ""),
}


def _as_asked(visit: Visit) -> None:
    """Behave as the path of the request says."""
    name = visit.request.split(" ", 2)[1].strip("/").partition("?")[0]
    MANNERS.get(name, MANNERS["text"]).serve(visit)


def _over(connection: socket.socket, secured: ssl.SSLContext | None) -> socket.socket:
    return secured.wrap_socket(connection, server_side=True) if secured else connection


@contextmanager
def server(
    behave: Manner = _as_asked,
    family: int = socket.AF_INET,
    is_mute: bool = False,
    secured: ssl.SSLContext | None = None,
) -> Iterator[str]:
    """A server's address, `http://127.0.0.1:port` or IPv6's; an `is_mute` one says nothing."""
    stopped = threading.Event()
    place = "127.0.0.1" if family == socket.AF_INET else "::1"
    with socket.create_server((place, 0), family=family) as listening:

        def welcome() -> None:
            with suppress(OSError):
                while True:
                    threading.Thread(
                        target=receive, args=(listening.accept()[0],), daemon=True
                    ).start()

        def receive(connection: socket.socket) -> None:
            with connection, suppress(OSError), _over(connection, secured) as visitor:
                request = b""
                while is_mute or b"\r\n\r\n" not in request:
                    piece = visitor.recv(65_536)
                    if not piece:
                        return
                    request += piece
                behave(Visit(visitor, request.decode("latin-1"), stopped))

        threading.Thread(target=welcome, daemon=True).start()
        host = place if family == socket.AF_INET else f"[{place}]"
        yield f"http://{host}:{listening.getsockname()[1]}"
        stopped.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)  # so that `accept` returns
