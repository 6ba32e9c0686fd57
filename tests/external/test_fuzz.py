"""A short run of each target of the fuzzer, from the corpus that is kept; ``make fuzz`` runs them for longer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HERE
from fuzz.corpus import TARGETS, pack, unpack

RUNS = int(os.environ.get("FUZZ_RUNS", "20000"))  # inputs of each target


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("target", TARGETS)
def test_only_promised_errors_are_raised(target: str, tmp_path: Path) -> None:
    """Nothing comes out but what is promised."""
    inputs = tmp_path / "inputs"
    unpack(target, inputs)
    done = subprocess.run(
        [
            sys.executable,
            str(HERE / "fuzz" / "fuzz.py"),
            target,
            str(inputs),
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
    if os.environ.get("FUZZ_KEEP"):  # a run in CI leaves the tree as it was
        pack(target, inputs)
