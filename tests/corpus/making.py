"""Small corpora as `pullquote corpus analyze` writes them, without an analysis."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from pullquote.article import Article
from pullquote.corpus.dataset import MANIFEST, Manifest, Record, put
from pullquote.corpus.parts import Options
from pullquote.corpus.place import Place
from pullquote.corpus.tables import Rows, rows
from pullquote.corpus.writing import Tables
from pullquote.findings import Findings


def corpus(folder: Path, *partitions: Iterable[tuple[str, Article]]) -> Path:
    """A corpus of articles without findings, each with its id."""
    return written(
        folder,
        *(
            [rows(identity, article, Findings(analyser="test 1")) for identity, article in those]
            for those in partitions
        ),
    )


def written(folder: Path, *partitions: Iterable[Rows]) -> Path:
    """A corpus of rows."""
    place = Place(str(folder))
    for number, those in enumerate(partitions):
        made = Tables()
        for one in those:
            made.add(one)
        finished = made.finished()
        files = {table: file for table, (file, _) in finished.items()}
        record = Record(id=f"{number:05}", analyser="test 1", files=files)
        put(place, record, {table: content for table, (_, content) in finished.items()})
    manifest = Manifest(pullquote="0", analyser="test 1", inputs=(), options=Options(),
                        partition_size=1, is_complete=True)  # fmt: skip
    place.write(MANIFEST, msgspec.json.encode(manifest))
    return folder
