"""The wheel, installed into an empty environment, runs from another folder with all it ships."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from tests.conftest import ROOT

_LARGEST = 60_000_000  # bytes


def test_the_installed_wheel_reads_the_shipped_article_from_anywhere(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.stat().st_size <= _LARGEST
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    python = tmp_path / "venv" / "bin" / "python"
    site = Path(
        subprocess.check_output(
            [python, "-c", "import site; print(site.getsitepackages()[0])"], text=True
        ).strip()
    )
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        wheel,
    ]
    subprocess.run(install, check=True, capture_output=True)
    # What it depends on comes from this environment: only its own files are in question.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    (tmp_path / "elsewhere").mkdir()
    command = [tmp_path / "venv" / "bin" / "pullquote", "--plain"]
    done = subprocess.run(
        command,
        cwd=tmp_path / "elsewhere",
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert done.returncode == 0, done.stderr
    assert "[quote 1: Maria Zakharova" in done.stdout
    assert (site / "pullquote" / "styles" / "pullquote.tcss").is_file()
    assert not (site / "pullquote" / "training" / "marked").exists()
    share = tmp_path / "venv" / "share"
    pages = {page.name for page in (share / "man" / "man1").glob("pullquote*.1")}
    assert pages == {page.name for page in (ROOT / "docs" / "man").iterdir()}
    for script in ("bash-completion/completions/pullquote", "zsh/site-functions/_pullquote"):
        assert (share / script).is_file()
    assert (share / "fish" / "vendor_completions.d" / "pullquote.fish").is_file()
    licences = {path.name for path in site.glob("pullquote-*.dist-info/**/LICENSE*")}
    assert licences == {"LICENSE", "LICENSES_SOURCES"}  # ours, spaCy's, and what its data is from
