"""Tables, archives of the web and places beyond this machine give the same articles."""

import csv
import datetime
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pullquote.corpus.inputs import parts, read, web_archives
from pullquote.corpus.parts import Entry, Failure, Options, Part
from tests.corpus.test_inputs import ROW, articles, everything

pyarrow = pytest.importorskip("pyarrow")
fsspec = pytest.importorskip("fsspec")

ROWS = [
    {"id": f"tide-{n}", "title": f"Tide {n}", "text": f"The tide is out, {n}."} for n in range(9)
]


def table(path: Path, rows: list[dict[str, Any]], **how: Any) -> Path:
    from pyarrow.parquet import write_table

    write_table(pyarrow.Table.from_pylist(rows), path, **how)
    return path


@pytest.mark.parametrize("between", [",", "\t", ";"])
def test_a_table_as_text_is_read_whatever_stands_between(between: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, ["id", "headline", "body"], delimiter=between)
        writer.writeheader()
        writer.writerow(
            {"id": 1, "headline": "Low, then high", "body": "Line one;\nand\ttwo, “too”."}
        )
    (one,) = articles(path)
    assert (one.id, one.article.title) == ("1", "Low, then high")
    assert one.article.text == "Line one;\nand\ttwo, “too”."


def test_a_broken_row_of_a_table_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(b"id\ttext\n1\tLow tide.\n2\n3\t\n4\tHigh\0 tide at Zo\xeb\xb4s.\n")
    first, short, empty, last = everything(path)
    assert isinstance(short, Failure)
    assert (short.part, short.why) == ("a#2", "1 columns where the first row has 2")
    assert isinstance(empty, Failure)
    assert empty.part == "3"
    assert isinstance(last, Entry)
    assert last.article.text == "High␀ tide at Zoë´s."
    assert isinstance(first, Entry)


def test_a_quotation_mark_that_is_never_closed_costs_no_more_than_an_article(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.csv"
    rows = "".join(f"{n},The tide is out.\n" for n in range(2000))
    path.write_text(f'id,text\n1,Low tide.\n2,"High tide.\n{rows}')
    found = everything(path, limit=5000)
    assert [one for one in found if isinstance(one, Failure)]
    assert len([one for one in found if isinstance(one, Entry)]) > 1500


@pytest.mark.parametrize("end", ["", "\n", "\n3,Ebb.\n"])
def test_a_quotation_mark_that_is_open_at_the_end_of_a_table_is_told(
    end: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'id,text\n1,Low tide.\n2,"High tide.{end}')
    first, last = everything(path)
    assert isinstance(first, Entry)
    assert isinstance(last, Failure)
    assert last.part == "a#2"
    assert "not closed" in last.why


def test_a_table_without_a_column_of_texts_is_one_line_that_names_the_columns(
    tmp_path: Path,
) -> None:
    path = table(tmp_path / "a.parquet", [{"hed": "Low", "n": n} for n in range(300)])
    (one,) = everything(path)
    assert isinstance(one, Failure)
    assert "hed, n" in one.why
    assert "--map text=COLUMN" in one.why


def test_parquet_gives_its_rows_with_their_fields(tmp_path: Path) -> None:
    row = {
        "id": 7, "body": ROW["text"], "authors": ["Ada Quay"], "date": datetime.date(2024, 3, 1),
        "doc": {"hed": "Low"}, "vector": [0.5] * 20,
    }  # fmt: skip
    (one,) = articles(table(tmp_path / "a.parquet", [row]), columns={"title": "doc.hed"})
    assert (one.id, one.article.title, one.article.byline) == ("7", "Low", "Ada Quay")
    assert one.article.published == "2024-03-01"


def test_parquet_is_divided_by_groups_and_rows_and_every_row_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pullquote.corpus.inputs.parquet.PIECE", 60)
    path = table(tmp_path / "a.parquet", [{"text": row["text"]} for row in ROWS], row_group_size=4)
    assert len(list(parts([str(path)], Options()))) > 3
    found = articles(path)
    assert [one.article.text for one in found] == [row["text"] for row in ROWS]
    assert [one.id for one in found] == [f"a#{n}" for n in range(1, 10)]


def test_a_value_that_cannot_be_is_passed_over_and_its_row_is_read(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    texts = [b"The tide is out.", b"The caf\xe9 is shut."]  # the second is no UTF-8
    offsets = pyarrow.array([0, len(texts[0]), len(texts[0] + texts[1])], pyarrow.int32()).buffers()
    columns = {
        "text": pyarrow.Array.from_buffers(
            pyarrow.string(), 2, [None, offsets[1], pyarrow.py_buffer(b"".join(texts))]
        ),
        "date": pyarrow.array([2**31 - 1, 19_000], pyarrow.date32()),
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "a.parquet")
    found = articles(tmp_path / "a.parquet")
    assert [one.article.text for one in found] == ["The tide is out.", "The café is shut."]
    assert [one.article.published for one in found] == ["", "2022-01-08"]


def test_a_damaged_table_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 no more")
    (one,) = everything(path)
    assert isinstance(one, Failure)


def archive(path: Path, pages: list[tuple[str, str, bytes]], packed: bool) -> Path:
    """An archive of pages: status, media type and bytes of each."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        for number, (status, kind, data) in enumerate(pages):
            http = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            url = f"https://example.org/{number}"
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(data), http_headers=http
                )
            )
    return path


def page(number: int) -> bytes:
    words = f"The harbour board met on day {number}. " + "“We sail at dawn,” said Ada Quay. " * 5
    return f"<html><title>Day {number}</title><article><h1>Day {number}</h1><p>{words}</p></article>".encode()


def test_what_is_no_page_in_an_archive_is_passed_over(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    pages = [("200 OK", "text/html", page(1)), ("404 Not Found", "text/html", b"<p>No</p>"),
             ("200 OK", "image/png", b"\x89PNG"), ("200 OK", "text/html", b"<p></p>")]  # fmt: skip
    good, empty = everything(archive(tmp_path / "a.warc.gz", pages, True))
    assert isinstance(good, Entry)
    assert (good.id, good.article.url) == ("a.warc#1", "https://example.org/0")
    assert isinstance(empty, Failure)
    assert empty.part == "a.warc#2"


@pytest.mark.parametrize("packed", [True, False])
def test_a_large_archive_is_divided_and_every_page_read_once(
    packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fastwarc")
    monkeypatch.setattr(web_archives, "_PIECE", 1000)
    pages = [("200 OK", "text/html", page(n)) for n in range(12)]
    path = archive(tmp_path / f"a.warc{'.gz' * packed}", pages, packed)
    assert len(list(parts([str(path)], Options()))) > 3
    found = articles(path)
    assert [one.article.title for one in found] == [f"Day {n}" for n in range(12)]
    assert len({one.id for one in found}) == 12


@pytest.mark.parametrize("share", [0.58, 0.62, 0.7])
def test_an_archive_that_was_cut_off_gives_what_is_there(share: float, tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    path = archive(
        tmp_path / "a.warc.gz", [("200 OK", "text/html", page(n)) for n in range(4)], True
    )
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    found = everything(path)
    assert isinstance(found[0], Entry)
    assert isinstance(found[-1], Failure)


def _answered(headers: str, body: bytes, length: int | None = None) -> bytes:
    """A record of an archive, written by hand so that it may lie."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n".encode() + body
    record = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer) if length is None else length}\r\n\r\n"
    )
    return record.encode() + answer + b"\r\n\r\n"


def test_a_page_before_a_record_that_lies_of_its_length_is_read(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "a.warc"
    path.write_bytes(_answered("", page(1)) + _answered("", page(2), 99_999))
    good, broken = everything(path)
    assert isinstance(good, Entry)
    assert good.article.title == "Day 1"
    assert isinstance(broken, Failure)
    assert "cut off" in broken.why


_CHUNKED = "Transfer-Encoding: chunked\r\n"


@pytest.mark.parametrize(
    "body",
    [
        b"%X\r\n%s\r\n%X\r\n%s\r\n0\r\n\r\n" % (40, page(2)[:40], len(page(2)) - 40, page(2)[40:]),
        b"%X\r\n%s\r\n" % (len(page(2)), page(2)),
        b"%X\r\n%s\r\nnonsense\r\n" % (len(page(2)), page(2)),
        page(2),
    ],
    ids=["whole", "without an end", "broken", "in no chunks"],
)
def test_a_page_that_was_sent_in_chunks_costs_no_other(body: bytes, tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "a.warc"
    path.write_bytes(_answered("", page(1)) + _answered(_CHUNKED, body) + _answered("", page(3)))
    assert [one.article.title for one in articles(path)] == ["Day 1", "Day 2", "Day 3"]


@pytest.fixture
def memory() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    yield system
    system.rm("/", recursive=True)


def test_a_place_that_fsspec_reads_is_read_as_a_folder_is(memory: Any) -> None:
    memory.pipe("/news/b.jsonl", json.dumps(ROW).encode())
    memory.pipe("/news/a/c.txt.gz", gzip.compress(b"The tide is out."))
    memory.pipe("/news/.hidden.txt", b"No.")
    assert [one.id for one in articles("memory://news")] == ["a/c.txt", "tide-1"]
    assert [one.id for one in articles("memory://news/**/*.jsonl")] == ["tide-1"]
    (one,) = parts(["memory://news/b.jsonl"], Options())
    assert isinstance(one, Part)
    assert one.state


def test_an_object_server_is_read_and_written_objects_are_told_from_those_before(
    bucket: dict[str, str], tmp_path: Path
) -> None:
    system = fsspec.filesystem("s3", endpoint_url=bucket["endpoint_url"])
    system.pipe("news/2024/a.jsonl", json.dumps(ROW).encode())
    system.pipe("news/2024/b.parquet", table(tmp_path / "b.parquet", ROWS[:2]).read_bytes())
    found = articles("s3://news/2024", storage=bucket)
    assert [one.id for one in found] == ["tide-1", "tide-0", "tide-1"]
    (before,) = parts(["s3://news/2024/a.jsonl"], Options(storage=bucket))
    system.pipe("news/2024/a.jsonl", json.dumps({**ROW, "title": "At noon"}).encode())
    (after,) = parts(["s3://news/2024/a.jsonl"], Options(storage=bucket))
    assert isinstance(before, Part)
    assert isinstance(after, Part)
    assert before.state != after.state
    (one,) = read(after, Options(storage=bucket))
    assert isinstance(one, Entry)
    assert one.article.title == "At noon"
    (gone,) = everything("s3://news/none.jsonl", storage=bucket)
    assert isinstance(gone, Failure)
