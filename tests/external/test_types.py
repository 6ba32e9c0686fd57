"""Type checkers beside mypy and pyright see the same types: a user may use any."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HERE, ROOT

PROGRAMS = Path(sys.executable).parent
EXAMPLES = sorted(
    str(path.relative_to(ROOT)) for path in (ROOT / "examples").rglob("*.py") if "tests" not in path.parts
)
PYREFLY = ("pyrefly", "check", "--config", str(HERE / "pyrefly.toml"), "--python-interpreter-path", sys.executable)


def outcome(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAMS / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_pyrefly_agrees_on_public_names() -> None:
    """Pyrefly agrees on the public names and their wrong uses."""
    done = outcome(*PYREFLY, "tests/typing/public_api.py")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("example", EXAMPLES)
def test_pyrefly_accepts_the_example(example: str) -> None:
    """Pyrefly finds nothing wrong with an example."""
    done = outcome(*PYREFLY, example)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("example", EXAMPLES)
def test_ty_accepts_the_example(example: str) -> None:
    """Ty finds nothing wrong with an example.

    It does not know mypy's names of errors, so the file of wrong uses, which names them, is not for it.
    """
    done = outcome("ty", "check", "--python", sys.executable, example)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pyrefly_would_find_something(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("from contracts_client import Contract\n\nname: int = Contract.from_dict({}).uuid\n")
    done = outcome(*PYREFLY, str(wrong))
    assert done.returncode != 0
