"""Schemathesis holds the sandbox to openapi.yaml: all of its checks, in all of its phases, with thousands of cases."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import HERE, SPECIFICATION

from contracts_client.sandbox import Sandbox

EXAMPLES = int(os.environ.get("JUDGES_EXAMPLES", "200"))  # an operation and phase; `make judges-nightly` asks for more
FEWEST_CASES = 2000


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(60, seed=1) as sandbox:
        yield sandbox


@pytest.mark.timeout(3600)
def test_schemathesis_accepts_the_sandbox(sandbox: Sandbox, tmp_path: Path) -> None:
    """Schemathesis finds nothing wrong with the sandbox."""
    program = Path(sys.executable).parent / "schemathesis"
    command = [
        *(str(program), "--config-file", str(HERE / "schemathesis.toml"), "run", str(SPECIFICATION)),
        *("--url", sandbox.url, "--header", f"Authorization: Bearer {sandbox.issue_token(internal=True)}"),
        *("--checks", "all", "--max-examples", str(EXAMPLES), "--seed", "1", "--no-color"),
    ]
    tickets = sandbox.data.personnel_tickets
    hooks = {
        "SCHEMATHESIS_HOOKS": str(HERE / "schemathesis_hooks.py"),
        "PERSONNEL_TICKET_CODES": " ".join(ticket.code for ticket in tickets),
    }
    outcome = subprocess.run(command, cwd=tmp_path, env=os.environ | hooks, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout[-8000:]
    counted = re.search(r"(\d+) generated, (\d+) passed", outcome.stdout)
    assert counted is not None, outcome.stdout[-2000:]
    assert int(counted[2]) >= FEWEST_CASES
    assert any(ticket.claimed for ticket in tickets), "no claim got as far as an answer of 200"
