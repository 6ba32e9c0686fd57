"""The examples run as a new user runs them."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_tour_shows_every_operation() -> None:
    """The tour ends well and shows every operation."""
    command = [sys.executable, "-W", "error", "examples/tour.py", "--contracts", "120", "--seed", "4"]
    # Not traced for coverage: tracing a child's event loop on CPython 3.11 can break its asynchronous sockets.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
    for method in (
        "list_contracts",
        "get_contract",
        "validate_consumption",
        "claim_personnel_ticket",
        "list_contracts_by_external_ref",
        "list_valid_contracts",
    ):
        assert f"client.{method}" in done.stdout
    assert "page 3 of 3" in done.stdout
    assert "BadRequestError" in done.stdout
    assert "nothing left running" in done.stdout
