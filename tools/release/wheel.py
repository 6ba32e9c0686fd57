"""Install one wheel on every Python of the machine, and run the tests against what was installed.

What a user gets is the wheel. A checkout hides what it lacks: a file left out, or an import that only the checkout's
folder satisfies.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tools.release.environments import REQUIREMENTS, ROOT, build_wheel, install_wheel, locked_environment, run

# The versions that the project promises to support; later ones are tried too where they are found.
PROMISED = ("3.11", "3.12", "3.13", "3.14")
LATER = ("3.15",)
# Tests of the tools and of the checkout, which are the same for every Python: `make coverage` runs them once.
OF_THE_CHECKOUT = (
    "tests/repository/*",
    "tests/specification/*",
    "tests/golden/test_nothing_is_dropped.py",
    "tests/golden/test_pinned_package.py",
    "tests/golden/test_refused_*.py",
)
# Not copied beside the tests: the package itself, which would be imported in the wheel's stead, and what is made anew.
NOT_COPIED = {"contracts_client", ".git", "build", "dist", "htmlcov", "mutants"}
# Asked of each Python that is to be used: a name on PATH may be a shim that fails when run.
WHAT_IT_IS = (
    "import sys, venv; print('.'.join(map(str, sys.version_info[:3])), sys.implementation.name, sys.executable)"
)
WHERE_IT_LIES = "import contracts_client, sysconfig; print(contracts_client.__file__, sysconfig.get_path('purelib'))"


class Python(NamedTuple):
    """An interpreter that runs."""

    version: str
    full_version: str
    executable: Path


class Outcome(NamedTuple):
    """How the tests ended on one Python."""

    python: Python
    passed: bool
    seconds: float
    summary: str


def candidates() -> Iterator[str]:
    """List the interpreters that may be on the machine."""
    for version in (*PROMISED, *LATER):
        # Not only the first on PATH: a version manager's shim may stand before one that runs.
        for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
            if (command := shutil.which(f"python{version}", path=folder)) is not None:
                yield command
    yield sys.executable
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for installed in sorted(pyenv.glob("versions/3.1*/bin/python")):
        yield str(installed)


def running(commands: Iterable[str]) -> dict[str, Python]:
    """Keep the interpreters that really run, one a version."""
    found: dict[str, Python] = {}
    for command in commands:
        # Away from the checkout, and without its virtual environment's variables: the interpreter as it is.
        done = subprocess.run([command, "-I", "-c", WHAT_IT_IS], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            continue
        full_version, implementation, executable = done.stdout.strip().split(" ", 2)
        version = ".".join(full_version.split(".")[:2])
        if implementation == "cpython" and version in PROMISED + LATER:
            found.setdefault(version, Python(version, full_version, Path(executable)))
    return dict(sorted(found.items()))


def copy_tests(into: Path) -> None:
    """Copy the repository without the package, so that only the installed one can be imported."""
    ignored = shutil.ignore_patterns(
        ".venv*", "node_modules", "__pycache__", "*.egg-info", ".coverage*", ".*_cache", ".hypothesis"
    )

    def skipped(folder: str, names: list[str]) -> set[str]:
        here = NOT_COPIED if Path(folder) == ROOT else set[str]()
        return ignored(folder, names) | (here & set(names))

    shutil.copytree(ROOT, into, ignore=skipped, symlinks=True)


def run_tests(python: Python, wheel: Path, workplace: Path, arguments: list[str]) -> Outcome:
    """Install the wheel on one Python and run the tests against it."""
    started = time.monotonic()
    print(f"--- Python {python.full_version}", flush=True)
    copy = workplace / python.version
    copy_tests(copy)
    inside = locked_environment(python.full_version, REQUIREMENTS / "dev.txt", python=python.executable)
    install_wheel(inside, wheel)
    place, site_packages = run([str(inside), "-c", WHERE_IT_LIES], cwd=copy, capture=True).split()
    if not Path(place).is_relative_to(site_packages):
        raise SystemExit(f"The tests would import {place}, not the wheel")

    ignored = [f"--ignore-glob={each}" for each in OF_THE_CHECKOUT]
    command = [str(inside), "-m", "pytest", "-q", "-n", "auto", "-p", "no:cacheprovider", *ignored, *arguments]
    with subprocess.Popen(command, cwd=copy, stdout=subprocess.PIPE, text=True) as tests:
        lines = list(tests.stdout or ())
    summary = re.sub(r"^=+ | =+$", "", lines[-1].strip()) if lines else "no output"
    if tests.returncode != 0:
        print("".join(lines))
    seconds = time.monotonic() - started
    return Outcome(python, tests.returncode == 0, seconds, summary)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").splitlines()[0], epilog="Other arguments are passed to pytest."
    )
    parser.add_argument("--wheel", type=Path, help="the wheel to test; by default that of the work tree is built")
    parser.add_argument("--only", action="append", metavar="3.X", help="a version to test; may be repeated")
    options, arguments = parser.parse_known_args()

    pythons = running(candidates())
    wanted: list[str] = options.only or list(pythons)
    with tempfile.TemporaryDirectory(prefix="test-wheel-") as folder:
        wheel: Path = options.wheel.resolve() if options.wheel else build_wheel(Path(folder))
        print(f"Testing {wheel.name}", flush=True)
        outcomes = [
            run_tests(python, wheel, Path(folder), arguments)
            for version, python in pythons.items()
            if version in wanted
        ]

    print(f"\n{'Python':<10} {'':<7} {'seconds':>8}  tests")
    for outcome in outcomes:
        verdict = "passed" if outcome.passed else "FAILED"
        print(f"{outcome.python.full_version:<10} {verdict:<7} {outcome.seconds:>8.1f}  {outcome.summary}")
    missing = [version for version in (options.only or PROMISED) if version not in pythons]
    if missing:
        print(f"Not found on this machine: {', '.join(missing)}")
    return 0 if outcomes and all(outcome.passed for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
