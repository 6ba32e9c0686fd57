"""Install one wheel on every Python of the machine, and run the tests against what was installed.

What a user gets is the wheel. A checkout hides what it lacks: a file left out, or an import that only the checkout's
folder satisfies.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.release.environments import REQUIREMENTS, ROOT, build_wheel, install_wheel, locked_environment, run, uv

# The versions that the project promises to support; later ones are tried too where they are found.
PROMISED = ("3.11", "3.12", "3.13", "3.14")
LATER = ("3.15",)
# Tests of the tools and of the checkout, which are the same for every Python: `make coverage` runs them once.
OF_THE_CHECKOUT = (
    "tests/repository/*",
    "tests/generation/*",
    "tests/golden/test_nothing_is_dropped.py",
    "tests/golden/test_pinned_package.py",
    "tests/golden/test_refused_*.py",
)
# Not copied beside the tests: the package itself, which would be imported in the wheel's stead, and what is made anew.
NOT_COPIED = {"contracts_client", ".git", "build", "dist", "htmlcov", "mutants"}
MADE_ANEW = shutil.ignore_patterns(".venv*", "node_modules", "__pycache__", "*.egg-info", ".coverage*", ".*_cache")
WHERE_IT_LIES = "import contracts_client, sysconfig; print(contracts_client.__file__, sysconfig.get_path('purelib'))"


def find_python(version: str, *, path: str = os.environ.get("PATH", os.defpath)) -> Path | None:
    """Let uv find a CPython that runs; pyenv's own are asked first, since its shims on PATH may fail."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    folders = [*map(str, sorted(pyenv.glob(f"versions/{version}.*/bin"))), path]
    command = uv("python", "find", "--system", "--no-python-downloads", "--no-project", f"cpython@{version}")
    environment = os.environ | {"PATH": os.pathsep.join(folders)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return Path(done.stdout.strip()) if done.returncode == 0 else None


def copy_tests(into: Path) -> None:
    """Copy the repository without the package, so that only the installed one can be imported."""

    def skipped(folder: str, names: list[str]) -> set[str]:
        return MADE_ANEW(folder, names) | (NOT_COPIED & {*names} if Path(folder) == ROOT else set[str]())

    shutil.copytree(ROOT, into, ignore=skipped, symlinks=True)


def passes(version: str, python: Path, wheel: Path, copy: Path, arguments: list[str]) -> bool:
    """Install the wheel on one Python, and run the tests of a copy of the repository against it."""
    print(f"--- Python {version}: {python}", flush=True)
    copy_tests(copy)
    inside = locked_environment(f"wheel-{version}", REQUIREMENTS / "dev.txt", python=python)
    install_wheel(inside, wheel)
    place, site_packages = run([str(inside), "-c", WHERE_IT_LIES], cwd=copy, capture=True).split()
    if not Path(place).is_relative_to(site_packages):
        raise SystemExit(f"The tests would import {place}, not the wheel")
    how = ["-q", "-n", "auto", "--dist", "worksteal", "-p", "no:cacheprovider"]
    command = [str(inside), "-m", "pytest", *how, *arguments]
    command += [f"--ignore-glob={each}" for each in OF_THE_CHECKOUT]
    return subprocess.run(command, cwd=copy, check=False).returncode == 0


def main() -> int:
    """Run the command, and return 1 where the tests failed on a version, or no version was found."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").splitlines()[0], epilog="Other arguments are passed to pytest."
    )
    parser.add_argument("--wheel", type=Path, help="the wheel to test; by default that of the work tree is built")
    parser.add_argument("--only", action="append", metavar="3.X", help="a version to test; may be repeated")
    options, arguments = parser.parse_known_args()
    wanted: list[str] = options.only or [*PROMISED, *LATER]
    found = {version: python for version in wanted if (python := find_python(version)) is not None}
    with tempfile.TemporaryDirectory(prefix="test-wheel-") as folder:
        wheel: Path = options.wheel.resolve() if options.wheel else build_wheel(Path(folder))
        print(f"Testing {wheel.name}", flush=True)
        passed = {
            version: passes(version, python, wheel, Path(folder, version), arguments)
            for version, python in found.items()
        }
    for version in wanted:
        print(f"Python {version}: {'not found' if version not in found else 'passed' if passed[version] else 'FAILED'}")
    return 0 if passed and all(passed.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
