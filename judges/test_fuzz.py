"""A short run of each target of the fuzzer, from the corpus that is kept; ``make fuzz`` runs them for longer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HERE

RUNS = int(os.environ.get("FUZZ_RUNS", "20000"))  # inputs of each target
FUZZ = HERE / "fuzz"
TARGETS = sorted(path.name for path in (FUZZ / "corpus").iterdir())


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("target", TARGETS)
def test_nothing_comes_out_but_what_is_promised(target: str, tmp_path: Path) -> None:
    # A copy, so that a run in CI leaves the tree as it was; make fuzz writes into the kept corpus.
    keeps = bool(os.environ.get("FUZZ_KEEP"))
    program = FUZZ / "fuzz.py"
    if not keeps:
        shutil.copytree(FUZZ / "corpus", tmp_path / "corpus")
        program = Path(shutil.copy(program, tmp_path))
    done = subprocess.run(
        [
            sys.executable,
            str(program),
            target,
            f"-atheris_runs={RUNS}",
            "-max_len=4096",
            "-rss_limit_mb=2048",
            "-seed=1",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
