"""Models that misbehave, as anybody's may: installed beside the others, named in the settings."""

from pathlib import Path

NAME = "misbehaving_model"
_CODE = """
import os, re, signal
import spacy
from pullquote.analysis import SHIPPED
from spacy.language import Language


@Language.component("misbehave")
def misbehave(doc):
    if "[dies]" in doc.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "[fails]" in doc.text:
        raise MemoryError("no room\\nfor this")
    if "[hangs]" in doc.text:
        re.match("(a+)+$", "a" * 64 + "b")  # in C code, which lets nothing else of Python run
    if "[spins]" in doc.text:
        while True:
            pass
    return doc


def load(**options):
    nlp = spacy.load(SHIPPED, **options)
    nlp.add_pipe("misbehave")
    return nlp
"""


def install(folder: Path) -> str:
    """Install the model in a folder on Python's path; its name. Brackets say what it does."""
    (folder / NAME).mkdir(parents=True)
    (folder / NAME / "__init__.py").write_text(_CODE, encoding="utf-8")
    about = folder / f"{NAME}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 1.0\n", encoding="utf-8"
    )
    return NAME
