"""Measure what the package costs its host (imports, bytes, dependencies, time) against [tool.budgets].

Measured is the wheel, installed beside what it needs and nothing else: a development environment hides costs, and has
some of its own. Counts and sizes are held to their budgets. Times depend on the machine, and are told.
"""

import json
import platform
import re
import statistics
import sys
import tempfile
import time
import tomllib
import zipfile
from email.parser import HeaderParser
from pathlib import Path
from typing import NamedTuple

from tools.release.environments import REQUIREMENTS, ROOT, build_wheel, install_wheel, locked_environment, run

# How often each import is timed, in turn with the other.
ROUNDS = 9
# What serves tests and demonstrations, and is copied into other repositories only where it is asked for.
FOR_TESTS = ("contracts_client/sandbox/", "contracts_client/testing/")
COUNT_MODULES = """
import sys, httpx, attrs
beneath = len(sys.modules)
import contracts_client
print(len(sys.modules) - beneath, len(sys.modules))
"""
USER_FILE = """\
import asyncio
from contracts_client import ContractsClient
print(asyncio.run(ContractsClient("acme-ticketshop").get_contract("c-0001")).uuid)
"""

Figures = dict[str, float]


class Budgets(NamedTuple):
    """What may be needed, by name."""

    held: Figures
    told: Figures


def read_budgets(pyproject: Path = ROOT / "pyproject.toml") -> Budgets:
    """Read the budgets."""
    table = tomllib.loads(pyproject.read_text(encoding="utf-8"))["tool"]["budgets"]
    return Budgets(**table)


def judge(measured: Figures, budgets: Budgets) -> tuple[str, list[str]]:
    """Put what was measured beside its budgets: a table for people, and the names of those that are exceeded."""
    every = budgets.held | budgets.told
    if unmatched := sorted(measured.keys() ^ every.keys()):
        raise ValueError(f"Measured without a budget, or the other way round: {', '.join(unmatched)}")
    rows = [f"{'':<42} {'measured':>10} {'budget':>10}"]
    for name, budget in every.items():
        figures = (f"{n:>10,}" if isinstance(n, int) else f"{n:>10,.1f}" for n in (measured[name], budget))
        exceeded = "EXCEEDED" if name in budgets.held else "over (told, not held)"
        rows.append(f"{name:<42} {' '.join(figures)}  {'within' if measured[name] <= budget else exceeded}")
    return "\n".join(rows), [name for name, budget in budgets.held.items() if measured[name] > budget]


def modules(python: Path) -> Figures:
    """Count the modules that an import of the package loads."""
    beyond, every = run([str(python), "-I", "-c", COUNT_MODULES], capture=True).split()
    return {"modules imported beyond httpx and attrs": int(beyond), "modules imported in all": int(every)}


def call_path(python: Path) -> Figures:
    """Count what one warm call of a listing runs through until httpx is reached."""
    calls, frames = run([str(python), "-I", str(ROOT / "tools" / "release" / "call_path.py")], capture=True).split()
    return {"package calls until httpx is reached": int(calls), "package frames until httpx is reached": int(frames)}


def sizes(wheel: Path) -> Figures:
    """Measure the files of a wheel, unpacked."""
    with zipfile.ZipFile(wheel) as archive:
        files = {info.filename: info.file_size for info in archive.infolist()}
    for_tests = sum(size for name, size in files.items() if name.startswith(FOR_TESTS))
    total = sum(files.values())
    return {"unpacked bytes": total, "unpacked bytes without sandbox and test kit": total - for_tests}


def dependencies(wheel: Path, lock: Path) -> Figures:
    """Count what comes along with an installation without extras."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        needed = HeaderParser().parsestr(archive.read(name).decode()).get_all("Requires-Dist", [])
    direct = [requirement for requirement in needed if "extra ==" not in requirement]
    pinned = re.findall(r"^[\w.-]+(?===)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return {"direct dependencies": len(direct), "dependencies in all": len(set(pinned))}


def import_times(python: Path, rounds: int = ROUNDS) -> Figures:
    """Time the import beside that of httpx, each in processes of its own, in turn.

    asyncio, which both need to be of use, is loaded before.
    """
    found: dict[str, list[float]] = {"httpx": [], "contracts_client": []}
    # One more, first, which writes what Python compiles.
    for turn in range(rounds + 1):
        for name, times in found.items():
            command = [str(python), "-I", str(ROOT / "benchmarks" / "start_up.py"), name]
            figures: Figures = json.loads(run(command, capture=True))
            if turn > 0:
                times.append(figures["import"])
    bare, ours = (statistics.median(times) for times in found.values())
    return {"import time as multiple of httpx's": ours / bare, "import time in ms": ours}


def type_checking(python: Path) -> Figures:
    """Time mypy, strict and without a cache, on a user's file of three lines."""
    with tempfile.TemporaryDirectory(prefix="budgets-") as folder:
        Path(folder, "shop.py").write_text(USER_FILE, encoding="utf-8")
        # Away from this repository, whose own settings and sources shall not be found.
        command = [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(python), "shop.py"]
        started = time.monotonic()
        run(command, cwd=Path(folder))
        return {"mypy's cold time on three lines in s": time.monotonic() - started}


def measure(folder: Path) -> Figures:
    """Build the wheel, install it, and measure all there is a budget for."""
    wheel = build_wheel(folder)
    lock = REQUIREMENTS / "runtime.txt"
    python = locked_environment(f"runtime-{platform.python_version()}", lock)
    install_wheel(python, wheel)
    counts = modules(python) | call_path(python) | sizes(wheel) | dependencies(wheel, lock)
    return counts | import_times(python) | type_checking(python)


def main() -> int:
    """Run the command."""
    with tempfile.TemporaryDirectory(prefix="budgets-") as folder:
        table, exceeded = judge(measure(Path(folder)), read_budgets())
    print(table)
    if exceeded:
        print(f"More than [tool.budgets] in pyproject.toml allows: {', '.join(exceeded)}", file=sys.stderr)
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
