"""The findings of real articles, against what careful readers marked."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from pullquote.analysis import NoModel
from pullquote.analysis.pipeline import analyse
from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.record import Record, record


def test_all_that_a_careful_reader_expects_of_the_shipped_article_is_found(
    shared: Path, seed: Article, findings: Findings, tmp_path: Path
) -> None:
    found = tmp_path / "found.jsonl"
    found.write_bytes(record("troops-to-ukraine", seed.text, findings))
    scorer = [
        sys.executable,
        shared / "bench/score_findings.py",
        shared / "gold/seed/expected.json",
        found,
    ]
    done = subprocess.run(scorer, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_attributions_are_found_as_promised(shared: Path, tmp_path: Path) -> None:
    """On PolNeAR's dev split: F1 of at least 0.72 over all attributions, 0.90 over direct ones."""
    from pullquote.analysis.attributions import find_attributions
    from pullquote.analysis.furniture import find_furniture
    from pullquote.text import paragraphs

    gold = shared / "gold/polnear/dev"
    with (tmp_path / "found.jsonl").open("w") as out:
        for path in sorted((gold / "text").glob("*.txt")):
            text = path.read_bytes().decode()
            page = paragraphs(text)
            ones = find_attributions(text, page, find_furniture(text, page))
            found = [{"source": one.source, "cue": one.cue, "content": one.content} for one in ones]
            out.write(json.dumps({"doc": path.stem, "attributions": found}) + "\n")
    scorer = [
        sys.executable,
        shared / "bench/score_attribution.py",
        gold,
        tmp_path / "found.jsonl",
        "--json",
    ]
    report = json.loads(subprocess.run(scorer, capture_output=True, check=True).stdout)
    assert report["all"]["attrib"]["f1"] >= 0.72
    assert report["direct"]["attrib"]["f1"] >= 0.90


def test_quotes_name_their_speakers_and_a_coined_name_is_no_quote(
    seed: Article, findings: Findings
) -> None:
    said = [
        (seed.text[slice(*quote.content[0])], findings.actor(quote.speaker))
        for quote in findings.quotes
    ]
    assert [(words, actor and actor.name) for words, actor in said] == [
        ("“legitimate targets”", "Maria Zakharova"),
        ("“create serious consequences for France itself.”", "Sergei Shoigu"),
    ]


def test_findings_come_back_as_they_went(seed: Article, findings: Findings) -> None:
    line = record("seed", seed.text, findings)
    assert b"\n" not in line
    back = msgspec.json.decode(line, type=Record)
    assert all(
        getattr(back, name) == getattr(findings, name) for name in Findings.__struct_fields__
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "word",
        "“",
        "”””",
        '"""',
        "''",
        "😀 said 😀.",
        "他说：“你好。”",
        "A\n\n\nB",
        "“A\n“B\n“C",
        "x" * 3000,
        "He said \ufffd.",
    ],
)
def test_no_text_breaks_the_analysis(text: str) -> None:
    found = analyse(text)
    spans = [span for one in found.attributions for span in (*one.source, *one.cue, *one.content)]
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_a_quotation_over_paragraphs_is_one_and_a_stray_mark_spoils_none() -> None:
    text = (
        "“We will not give up this fight,” said Senator Jane Miller.\n"
        'A stray " mark stands in this line.\n'
        "“It matters to all of us, and we must act now,” Miller said.\n"
    )
    found = analyse(text)
    speakers = {
        found.actor(quote.speaker).name for quote in found.quotes if found.actor(quote.speaker)
    }  # type: ignore[union-attr]
    assert speakers == {"Jane Miller"}
    assert len(found.quotes) == 2


def test_lines_of_a_transcript_have_their_speakers() -> None:
    text = "WALLACE: Will you attend the debate tomorrow night?\nPENCE: I will not be attending the debate, Chris."
    found = analyse(text)
    assert [text[slice(*one.source[0])] for one in found.attributions] == ["WALLACE", "PENCE"]


def test_all_that_is_said_in_a_conversation_is_quoted() -> None:
    text = (
        "Ann Cole met Kim Park on Sunday.\nCOLE: Is it open?\nPARK (the owner): Not yet.\n"
        "It will be in May.\n(Laughter.)\nCOLE: Why?"
    )
    found = analyse(text)
    assert [[text[slice(*span)] for span in quote.content] for quote in found.quotes] == [
        ["Is it open?"],
        ["Not yet.", "It will be in May."],
        ["Why?"],
    ]
    speakers = [found.actor(quote.speaker) for quote in found.quotes]
    assert [one.name for one in speakers if one] == ["Ann Cole", "Kim Park", "Ann Cole"]


def test_a_heading_and_a_dateline_are_no_conversation() -> None:
    text = "EDITORIAL: A dangerous habit\nThe minister left.\nNEW DELHI: The road is shut."
    assert analyse(text).quotes == ()


def test_furniture_yields_no_findings() -> None:
    text = "The senator said taxes must fall.\nAlso read: Senator says he “will never” pay\nThe end came soon."
    found = analyse(text)
    (only,) = found.furniture
    assert text[slice(*only)].startswith("Also read")
    assert all(
        start >= only[1] or end <= only[0]
        for one in found.attributions
        for start, end in one.content
    )


def test_a_model_that_is_not_installed_is_one_line() -> None:
    with pytest.raises(NoModel, match='"no_such_model" cannot be loaded; install it'):
        analyse("Some words.", "no_such_model")
