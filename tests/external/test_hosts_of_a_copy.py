"""What hosts do to a copy of the package: they format all that they have, and freeze programs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from contracts_client.vendor import command

HOOKS = """
default_language_version: {python: python3}
repos:
- repo: local
  hooks:
  - {id: ruff, name: ruff, language: system, types: [python], entry: python -m ruff check --fix --unsafe-fixes --no-cache}
  - {id: ruff-format, name: ruff-format, language: system, types: [python], entry: python -m ruff format --no-cache}
  - {id: isort, name: isort, language: system, types: [python], entry: python -m isort --profile black}
  - {id: black, name: black, language: system, types: [python], entry: python -m black --line-length 60}
  - {id: pyupgrade, name: pyupgrade, language: system, types: [python], entry: pyupgrade --py311-plus, exclude: ^src/acme/_vendor/contracts/}
"""  # noqa: E501
SETTINGS = '[tool.ruff]\nline-length = 60\nlint.select = ["E", "F", "I", "UP", "D", "Q", "B", "RUF", "PGH"]\n'
PROGRAM = """
import asyncio, sys
from acme._vendor.contracts import BearerToken, ContractsClient
from acme._vendor.contracts.openapi.fast import fast_json

async def main():
    async with ContractsClient("acme-shop", auth=BearerToken("t")) as client:
        assert client is not None
    print("msgspec" if fast_json() else "standard library")

asyncio.run(main())
"""


def run(line: list[str], host: Path, code: int = 0) -> str:
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"PATH": programs, "HOME": str(host), "PRE_COMMIT_HOME": str(host / ".cache")}
    done = subprocess.run(line, cwd=host, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def host(tmp_path: Path) -> Path:
    """A repository of the src layout, with a copy."""
    folder = tmp_path / "host"
    assert command.main([str(folder / "src" / "acme" / "_vendor" / "contracts")]) == 0
    run(["git", "init", "-q"], folder)
    return folder


def test_pre_commit_leaves_a_copy_as_it_is(host: Path) -> None:
    (host / ".pre-commit-config.yaml").write_text(HOOKS, encoding="utf-8")
    (host / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    own = host / "src" / "acme" / "shop.py"
    own.write_text("import sys, os\nprint (sys,os)\n", encoding="utf-8")
    run(["git", "add", "."], host)
    run([sys.executable, "-m", "pre_commit", "run", "--all-files"], host, code=1)  # hooks that change files fail
    assert own.read_text(encoding="utf-8").startswith("import os\nimport sys\n")
    assert command.main([str(host / "src" / "acme" / "_vendor" / "contracts"), "--check"]) == 0


def test_a_frozen_program_has_msgspec(host: Path) -> None:
    (host / "program.py").write_text(PROGRAM, encoding="utf-8")
    line = [sys.executable, "-m", "PyInstaller", "--log-level", "ERROR", "--paths", "src", "--noconfirm", "program.py"]
    run(line, host)
    assert run([str(host / "dist" / "program" / "program")], host) == "msgspec\n"
