"""What a corpus is read from: every file is found once, every row read or told, none twice."""

import bz2
import gzip
import json
import lzma
import os
import random
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import zstandard

from pullquote.article.source import extract, fetch, members
from pullquote.corpus.inputs import parts, read
from pullquote.corpus.inputs.forms import PIECE
from pullquote.corpus.parts import Entry, Failure, Options, Part
from pullquote.errors import PullquoteError

pytest.importorskip("fsspec")

FORMS = Path(__file__).parent.parent / "data" / "forms"
ROW = {"id": "tide-1", "title": "At dawn", "text": "“We sail at dawn,” said Ada Quay."}


def articles(*inputs: Path | str, **how: object) -> list[Entry]:
    """All articles of inputs of which nothing fails."""
    found = everything(*inputs, **how)
    assert not [one for one in found if isinstance(one, Failure)]
    return [one for one in found if isinstance(one, Entry)]


def everything(*inputs: Path | str, **how: object) -> list[Entry | Failure]:
    """All that inputs give, part by part."""
    options = Options(**how)  # type: ignore[arg-type]
    found: list[Entry | Failure] = []
    for part in parts([str(one) for one in inputs], options):
        found += [part] if isinstance(part, Failure) else read(part, options)
    return found


def written(path: Path, *rows: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def saved(path: Path, text: str = "The tide is out.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_gives_its_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", "a/b.md", ".hidden/x.txt", "a/.y.txt", "d.txt"):
        saved(tmp_path / name)
    (tmp_path / "a" / "round").symlink_to(tmp_path)
    assert [one.id for one in articles(tmp_path)] == ["a/b", "a/c", "b", "d"]


def test_files_that_differ_by_their_suffix_keep_it(tmp_path: Path) -> None:
    for name in ("story.html", "story.txt", "story-2.txt"):
        saved(tmp_path / name, "<p>The tide is out, and nobody saw it go.</p>")
    assert [part.name for part in parts([str(tmp_path)], Options()) if isinstance(part, Part)] == [
        "story.html", "story.txt", "story-2"
    ]  # fmt: skip


def test_what_is_in_several_folders_is_told_apart(tmp_path: Path) -> None:
    for name in ("x/2023/a.txt", "x/2024/a.txt", "y/2024/a.txt", "a.txt"):
        saved(tmp_path / name)
    inputs = [tmp_path / "x/2023", tmp_path / "x/2024", tmp_path / "y/2024", tmp_path / "a.txt"]
    assert [one.id for one in articles(*inputs)] == ["2023/a", "2024/a", "2024~2/a", "a"]


def test_a_pattern_gives_the_files_that_fit(tmp_path: Path) -> None:
    for name in ("x/a.txt", "x/b.md", "y/a.txt", "y/z/a.txt"):
        saved(tmp_path / name)
    assert [one.id for one in articles(f"{tmp_path}/*/*.txt")] == ["x/a", "y/a"]
    assert [one.id for one in articles(f"{tmp_path}/**/*.txt")] == ["x/a", "y/a", "y/z/a"]
    assert [one.id for one in articles(f"{tmp_path}/x/*")] == ["a", "b"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (one,) = articles(saved(tmp_path / "tide[1].txt"))
    assert one.id == "tide[1]"


@pytest.mark.skipif(sys.platform != "linux", reason="names are UTF-8 elsewhere")
def test_a_name_that_is_not_utf_8_is_one_line_and_the_rest_is_read(tmp_path: Path) -> None:
    saved(tmp_path / "low.txt")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/h\xefgh.txt")).write_text("High tide.")
    first, other = sorted(everything(tmp_path), key=lambda one: isinstance(one, Entry))
    assert isinstance(first, Failure)
    assert first.input == f"{tmp_path}/h\\xefgh.txt"
    assert isinstance(other, Entry)


@pytest.mark.parametrize("missing", ["nowhere", "no*.txt", "elsewhere://x/y"])
def test_what_is_not_there_is_one_line(missing: str, tmp_path: Path) -> None:
    given = missing if "://" in missing else f"{tmp_path}/{missing}"
    (one,) = everything(given)
    assert isinstance(one, Failure)
    assert one.input == given
    assert one.why


def test_a_file_that_has_become_a_pipe_since_is_not_waited_for(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.txt")
    (part,) = parts([str(path)], Options())
    assert isinstance(part, Part)
    path.unlink()
    os.mkfifo(path)
    (one,) = read(part, Options())
    assert isinstance(one, Failure)
    assert "is a pipe now" in one.why


@pytest.mark.parametrize(
    "name",
    ["python.mbox", "ebooklib.epub", "wacz.wacz", "chromium.mhtml", "warcio.warc", "wget.warc.gz"],
)
def test_a_file_gives_what_the_reader_reads(name: str) -> None:
    path = FORMS / name
    those = [one.raw for one in members(fetch(str(path)))]
    numbers = [f"#{at}" for at in range(1, len(those) + 1)] if len(those) > 1 else [""]
    found = [one for one in everything(path) if isinstance(one, Entry)]
    assert [one.id for one in found] == [f"{path.stem}{number}" for number in numbers]
    assert [one.article.text for one in found] == [extract(raw).text for raw in those]


def test_a_file_has_no_time_that_a_later_run_would_not_give(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.txt")
    assert articles(path) == articles(path)


def test_a_file_that_is_no_article_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    saved(tmp_path / "a.txt", " ")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\0")
    saved(tmp_path / "c.txt")
    empty, picture, last = everything(tmp_path)
    assert isinstance(empty, Failure)
    assert "empty" in empty.why
    assert isinstance(picture, Failure)
    assert "cannot read .png files" in picture.why
    assert isinstance(last, Entry)


def test_a_row_is_an_article(tmp_path: Path) -> None:
    row = {**ROW, "author": ["Ada Quay", "Ben Sand"], "date": "2024-03-01T10:00:00Z",
           "source_url": "https://example.org/tide", "publication": "The Tide", "lang": "en"}  # fmt: skip
    (one,) = articles(written(tmp_path / "a.jsonl", row))
    article = one.article
    assert (one.id, article.text, article.title) == ("tide-1", ROW["text"], "At dawn")
    assert (article.byline, article.published) == ("Ada Quay, Ben Sand", "2024-03-01")
    assert (article.url, article.site) == ("https://example.org/tide", "The Tide")
    assert article.language == "en"


def test_columns_are_those_that_are_said(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.jsonl", {"doc": {"w": "Low tide."}, "n": 7, "hed": "Low", "text": "x"}
    )
    (one,) = articles(path, columns={"text": "doc.w", "id": "n", "title": "hed"})
    assert (one.id, one.article.text, one.article.title) == ("7", "Low tide.", "Low")


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(PullquoteError, match="no field “words”"):
        parts([], Options(columns={"words": "body"}))


def test_a_row_without_a_text_names_the_columns_there_are(tmp_path: Path) -> None:
    (one,) = everything(written(tmp_path / "a.jsonl", {"hed": "Low", "n": 1}))
    assert isinstance(one, Failure)
    assert one.part == "a#1"
    assert "hed, n" in one.why
    assert "--map text=COLUMN" in one.why


def test_rows_that_are_all_alike_without_a_text_are_one_line(tmp_path: Path) -> None:
    (one,) = everything(written(tmp_path / "a.jsonl", *[{"hed": "Low"}] * 500))
    assert isinstance(one, Failure)
    assert "none of the first 100 rows" in one.why


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"text": "cut off', "not valid JSON"),
        (b'["a list"]', "named columns"),
        (b'{"text": ""}', "contains no words"),
        (b'{"text": 5}', "no text in the column"),
        (b'{"text": "' + b"x" * 3000 + b'"}', "larger than"),
        (b'{"te\0xt": "nul"}', "not valid JSON"),
        (b"[" * 100_000, "larger than"),
    ],
)
def test_a_broken_row_is_told_and_the_next_is_read(line: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps(ROW).encode()
    path.write_bytes(b"\n".join((good.replace(b"-1", b"-0"), line, good)))
    first, broken, last = everything(path, limit=2000)
    assert isinstance(broken, Failure)
    assert broken.part == "a#2"
    assert why in broken.why
    assert [one.id for one in (first, last) if isinstance(one, Entry)] == ["tide-0", "tide-1"]


def test_of_a_file_that_is_too_large_the_option_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Tide. " * 500)
    (one,) = everything(path, limit=2000)
    assert isinstance(one, Failure)
    assert one.why == "larger than 2,000 bytes; raise --limit to read it"


def test_a_row_in_another_encoding_is_read_as_browsers_do(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"text": "“Déjà,” said Zoë Quay."}'.encode("cp1252"))
    (one,) = articles(path)
    assert one.article.text == "“Déjà,” said Zoë Quay."


def test_half_a_character_in_a_row_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "Tide \\ud800 out", "score": NaN}')
    (one,) = articles(path)
    assert one.article.text == "Tide � out"


def test_an_id_that_comes_again_gets_a_number_and_is_told(tmp_path: Path) -> None:
    found = everything(written(tmp_path / "a.jsonl", ROW, ROW))
    assert [one.id for one in found if isinstance(one, Entry)] == ["tide-1", "tide-1~2"]
    (told,) = (one for one in found if isinstance(one, Failure))
    assert told.part == "tide-1~2"


def test_an_id_with_a_number_is_no_other_article_either(tmp_path: Path) -> None:
    rows = [{**ROW, "id": name} for name in ("x", "x", "x~2", "x", "x~2")]
    found = everything(written(tmp_path / "a.jsonl", *rows))
    ids = [one.id for one in found if isinstance(one, Entry)]
    assert ids == ["x", "x~2", "x~2~2", "x~3", "x~2~3"]


def test_a_row_may_be_a_page_or_markdown(tmp_path: Path) -> None:
    row = {"text": "# At dawn\n\nThe *tide* is out.", "form": "markdown", "title": "Dawn"}
    (one,) = articles(written(tmp_path / "a.jsonl", row))
    assert one.article.title == "Dawn"
    assert "The tide is out." in one.article.text
    assert one.article.retrieved == ""


def test_json_is_a_row_or_a_list_of_them(tmp_path: Path) -> None:
    single = saved(tmp_path / "one.json", json.dumps(ROW, indent=2))
    several = saved(tmp_path / "many.json", json.dumps([ROW, {"text": "Low tide."}], indent=2))
    lines = written(tmp_path / "lines.json", {"text": "High tide."}, {"text": "Low tide."})
    assert [one.id for one in articles(single)] == ["tide-1"]
    assert [one.id for one in articles(several)] == ["tide-1", "many#2"]
    assert [one.id for one in articles(lines)] == ["lines#1", "lines#2"]


PACKED: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": partial(lzma.compress, preset=0),
    ".zst": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("suffix", PACKED)
def test_a_compressed_file_is_read_to_its_end(suffix: str, tmp_path: Path) -> None:
    """Also where it was compressed piece by piece."""
    path = tmp_path / f"a.jsonl{suffix}"
    rows = [json.dumps({"text": f"Tide {n}."}).encode() + b"\n" for n in range(3)]
    path.write_bytes(b"".join(map(PACKED[suffix], rows)))
    assert [one.article.text for one in articles(path)] == ["Tide 0.", "Tide 1.", "Tide 2."]


@pytest.mark.parametrize("suffix", PACKED)
def test_a_compressed_file_that_was_cut_off_gives_what_is_there(
    suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    chance = random.Random(1)
    texts = (f"Tide {chance.getrandbits(3000):x}." for _ in range(2600))
    rows = b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)
    packed = PACKED[suffix](rows)
    path.write_bytes(packed[: len(packed) // 2])
    found = everything(path)
    assert isinstance(found[-1], Failure)
    assert len(found) > 1


@pytest.mark.parametrize("breaks", [lambda packed: packed[:-4], lambda packed: packed + b"noise"])
def test_what_is_wrong_at_the_end_of_a_compressed_file_costs_no_row(
    breaks: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl.gz"
    rows = b"".join(json.dumps({"text": f"Tide {n}."}).encode() + b"\n" for n in range(3))
    path.write_bytes(breaks(gzip.compress(rows)))
    *found, last = everything(path)
    assert [one.article.text for one in found if isinstance(one, Entry)] == [
        "Tide 0.",
        "Tide 1.",
        "Tide 2.",
    ]
    assert isinstance(last, Failure)


def test_a_file_of_zstandard_that_was_cut_off_is_told_also_between_two_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.zst"
    packed = PACKED[".zst"](b"text\n" + b"The tide is out.\n" * 9)
    path.write_bytes(packed[:-1])
    *_, last = everything(path)
    assert isinstance(last, Failure)
    assert "cut off" in last.why


def test_a_large_file_is_divided_and_every_line_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    size = 0
    texts = []
    with path.open("w") as file:
        while size < 3.5 * PIECE:
            texts.append(f"Tide {len(texts)} " + "out " * (len(texts) % 700))
            size += file.write(json.dumps({"text": texts[-1]}) + "\n")
    those = [part for part in parts([str(path)], Options()) if isinstance(part, Part)]
    assert len(those) == 4
    assert sum(part.size for part in those) == size
    found = articles(path)
    assert [one.article.text for one in found] == texts
    assert len({one.id for one in found}) == len(texts)
    first_of_second = next(iter(read(those[1], Options())))
    assert isinstance(first_of_second, Entry)
    at = int(first_of_second.id.partition("@")[2])
    assert path.read_bytes()[at - 1 : at + 1] == b"\n{"


def test_another_state_is_another_part(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.txt")
    (before,) = parts([str(path)], Options())
    assert list(parts([str(path)], Options())) == [before]
    saved(path, "The tide is in again.")
    assert list(parts([str(path)], Options())) != [before]
