"""The Makefile offers what the documents promise, and finds a Python that works."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.release.wheel import find_python as find_python_of_wheel

ROOT = Path(__file__).resolve().parents[2]
MADE_IN_TEXT = re.compile(r"(?:`|^\$ )make ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)*)", re.MULTILINE)
FIND_PYTHON = ROOT / "tools" / "find_python.sh"


def shim(folder: Path, name: str, script: str) -> Path:
    """A program that a version manager might leave on PATH."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def find_python(path: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = ["/bin/sh", str(FIND_PYTHON), *arguments]
    return subprocess.run(command, env={"PATH": str(path)}, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def listed() -> set[str]:
    # A make that runs these tests has told its own options to the environment.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "--silent", "-C", str(ROOT)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return {line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")}


def test_make_alone_lists_the_targets(listed: set[str]) -> None:
    assert listed >= {"setup", "demo", "test", "generate", "check-generated", "lint-spec", "lint", "format", "types"}


def test_every_target_is_listed(listed: set[str]) -> None:
    phony = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for names in phony for name in names.split()} == listed


def named_in(text: str) -> set[str]:
    return {target for targets in MADE_IN_TEXT.findall(text) for target in targets.split()}


@pytest.mark.parametrize("document", ["README.md", ".github/CONTRIBUTING.md"])
def test_a_named_target_exists(document: str, listed: set[str]) -> None:
    assert named_in((ROOT / document).read_text(encoding="utf-8")) <= listed


def test_a_target_in_a_text_is_found() -> None:
    text = "`make demo`, to make sure\n```console\n$ make lint types    # before a commit\n$ make lint-spec\n```"
    assert named_in(text) == {"demo", "lint", "types", "lint-spec"}


def test_a_shim_that_fails_is_passed_over(tmp_path: Path) -> None:
    shim(tmp_path, "python3", "echo not installed >&2; exit 127")
    shim(tmp_path, "python3.12", f'exec {sys.executable} "$@"')
    assert find_python(tmp_path).stdout == "python3.12\n"


def test_no_python_is_said_clearly(tmp_path: Path) -> None:
    done = find_python(tmp_path)
    assert done.returncode == 1
    assert "No Python 3.11 or later was found" in done.stderr


def test_a_python_without_venv_is_named(tmp_path: Path) -> None:
    shim(tmp_path, "python3", 'case "$2" in *venv*) exit 1;; esac')
    done = find_python(tmp_path)
    assert done.returncode == 1
    assert "python3 cannot make virtual environments" in done.stderr


def test_a_named_python_alone_is_tried(tmp_path: Path) -> None:
    shim(tmp_path, "python3", f'exec {sys.executable} "$@"')
    done = find_python(tmp_path, "python3.99")
    assert done.returncode == 1
    assert "python3.99 is not a running Python" in done.stderr


def test_a_broken_python_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    broken = shim(tmp_path / "shims", f"python{version}", "exit 127")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    assert find_python_of_wheel(version, path=str(broken.parent)) is None
    base = Path(sys.base_prefix, "bin", f"python{version}")
    works = shim(tmp_path / "versions" / f"{version}.0" / "bin", broken.name, f'exec {base} "$@"')
    assert find_python_of_wheel(version, path=str(broken.parent)) in (works, base)


def test_check_is_what_ci_does() -> None:
    steps = re.findall(r"^step ([a-z-]+)", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)
    (checks,) = re.findall(r"^check: ([a-z -]+) ##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    # CI makes what is handed out, from what is committed, and tests that.
    expected = ["release-check" if name == "test-wheel" else name for name in checks.split()]
    assert [*(name for name in steps if name not in ("setup", "tools")), "coverage"] == expected
