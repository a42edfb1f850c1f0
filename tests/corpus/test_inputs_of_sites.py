"""Tables on a site are read whole, whether it gives parts of files or not."""

import gzip
import json
import re
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

pytest.importorskip("aiohttp")
pytest.importorskip("pyarrow")

from pullquote.corpus.inputs import json_lines, parts
from pullquote.corpus.parts import Failure, Options, Part
from tests.corpus.test_input_tables import ROWS, table
from tests.corpus.test_inputs import articles, everything

_IDS = [row["id"] for row in ROWS]


class _Whole(SimpleHTTPRequestHandler):
    """A site that answers with whole files."""

    def log_message(self, *about: object) -> None:
        """Nothing is logged."""


class _InParts(_Whole):
    """A site that gives parts of files."""

    def do_GET(self) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or "")
        if asked is None:
            super().do_GET()
            return
        data = Path(self.translate_path(self.path)).read_bytes()
        part = data[int(asked[1]) : int(asked[2] or len(data)) + 1]
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {asked[1]}-{asked[2]}/{len(data)}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)


@pytest.fixture
def site(request: Any, tmp_path: Path) -> Iterator[str]:
    """The address of a site with our rows as tables."""
    lines = "".join(json.dumps(row) + "\n" for row in ROWS).encode()
    (tmp_path / "news.jsonl").write_bytes(lines)
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(lines))
    table(tmp_path / "news.parquet", ROWS, row_group_size=4)

    def handler(*given: Any) -> SimpleHTTPRequestHandler:
        made: SimpleHTTPRequestHandler = request.param(*given, directory=str(tmp_path))
        return made

    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("site", [_Whole, _InParts], indirect=True)
def test_a_table_on_a_site_is_divided_and_every_row_read_once(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_lines, "PIECE", 100)
    found = list(parts([f"{site}/news.jsonl"], Options()))
    assert len(found) > 3
    assert all(isinstance(one, Part) and one.state for one in found)
    assert [one.id for one in articles(f"{site}/news.jsonl")] == _IDS
    assert [one.id for one in articles(f"{site}/news.jsonl.gz")] == _IDS


@pytest.mark.parametrize("site", [_InParts], indirect=True)
def test_parquet_on_a_site_is_read(site: str) -> None:
    assert [one.id for one in articles(f"{site}/news.parquet")] == _IDS


@pytest.mark.parametrize(
    ("site", "name", "why"),
    [
        (_Whole, "none.jsonl", "the site answers 404 File not found"),
    ],
    indirect=["site"],
)
def test_what_a_site_does_not_give_is_one_line(site: str, name: str, why: str) -> None:
    (one,) = everything(f"{site}/{name}")
    assert isinstance(one, Failure)
    assert one.why == why


def test_what_came_of_a_site_that_does_not_answer_stays(tmp_path: Path) -> None:
    from tests.corpus.stubs import Inline
    from tests.corpus.test_running import _run, _task

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *given: _Whole(*given, directory=str(tmp_path / "in"))
    )
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/news.jsonl"
    _, held = _run(_task(tmp_path / "out", url))  # type: ignore[arg-type]
    assert held.rows["articles"] == len(ROWS)
    server.shutdown()
    server.server_close()
    _, held = _run(_task(tmp_path / "out", url), Inline())  # type: ignore[arg-type]
    assert (held.rows["articles"], held.rows["errors"]) == (len(ROWS), 1)
