"""Change the core on purpose, one small thing at a time, and show what no test notices.

mutmut makes the mutants. Its own ``run`` takes hours, and ends at the first test that its frames disturb. Here the
tests are collected once, and each mutant is tried in a fork of that process, by tests that reach the changed function,
until one of them fails twice.
"""

import argparse
import ast
import difflib
import faulthandler
import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "mutants"
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutmut"]
JOBS = 2
SLOW = 1.0  # seconds of a test beyond which it is left to the suite
HANGS = 3.0  # seconds of a test after which it hangs
PATIENCE = 20.0  # seconds that all tests of a mutant may take beside a multiple of what they took before
LEFT, NOTICED = 0, 1


class Timed(NamedTuple):
    """A test, how long it takes, and how many functions it reaches."""

    item: pytest.Item
    seconds: float
    reached: int


def only_words(before: ast.AST, after: ast.AST) -> bool:
    """Tell whether a change is one of the words of a message, or of the case of a text."""
    old, new = ([each.value for each in ast.walk(tree) if isinstance(each, ast.Constant)] for tree in (before, after))
    changed = [(a, b) for a, b in zip(old, new, strict=False) if a != b and isinstance(a, str) and isinstance(b, str)]
    alike = [a.lower() == b.lower() or (" " in a and b.replace("XX", "") == a) for a, b in changed]
    return len(old) == len(new) and alike == [True]


def within(name: str, whole: str) -> bool:
    """Tell whether a dotted name is another one, or of something in it."""
    return f"{name}.".startswith(f"{whole}.")


def make(chosen: list[str]) -> dict[str, str]:
    """Copy the repository, write the chosen mutants, or all, into the copy, and return by name what they change."""
    shutil.rmtree(COPY, ignore_errors=True)
    git = shutil.which("git") or "git"
    listed = subprocess.check_output((git, "ls-files", "-co", "--exclude-standard"), cwd=ROOT, text=True)
    for name in listed.splitlines():
        (COPY / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, COPY / name)
    mutate = import_module("mutmut.mutation.file_mutation").mutate_file_contents
    changes: dict[str, str] = {}
    for path in sorted(path for pattern in SETTINGS["only_mutate"] for path in COPY.glob(pattern)):
        module = ".".join(path.relative_to(COPY).with_suffix("").parts)
        if chosen and not any(within(module, each) or within(each, module) for each in chosen):
            continue
        path.write_text(mutate(str(path), path.read_text()).code)
        nodes = ast.walk(ast.parse(path.read_text()))
        functions = {node.name: node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
        for name, mutant in functions.items():
            function, mark, number = name.partition("__mutmut_")
            original = functions.get(f"{function}__mutmut_orig", mutant)
            if not mark or number == "orig" or only_words(original, mutant):
                continue
            if not chosen or any(within(f"{module}.{name}", each) for each in chosen):
                old, new = (ast.unparse(each).replace(each.name, function).splitlines() for each in (original, mutant))
                lines = [line for line in difflib.unified_diff(old, new, n=0, lineterm="") if line[0] != "@"]
                changes[f"{module}.{name}"] = "\n".join(lines[2:])
    return changes


def in_forks(jobs: Iterable[tuple[str, Callable[[], int], float]]) -> Iterator[tuple[str, int]]:
    """Run functions in processes of their own, some at once, each for so many seconds, and tell what they return."""
    running: dict[int, tuple[str, float]] = {}
    waiting = iter(jobs)
    while True:
        while len(running) < JOBS and (job := next(waiting, None)):
            name, run, seconds = job
            child = os.fork()
            if not child:
                code = NOTICED
                try:
                    code = run()
                finally:
                    os._exit(code)
            running[child] = name, time.monotonic() + seconds
        if not running:
            return
        child, status = os.waitpid(-1, os.WNOHANG)
        if child:
            yield running.pop(child)[0], os.waitstatus_to_exitcode(status)
        else:
            for late in [late for late, (_, end) in running.items() if time.monotonic() > end]:
                os.kill(late, signal.SIGKILL)
            time.sleep(0.01)


def in_turn(tests: list[Timed], seconds: float) -> list[Timed]:
    """Return as many tests as fit into the time: those that reach little else, and then some of every file."""
    files: Counter[Path] = Counter()
    rounds: list[tuple[int, Timed]] = []
    for test in tests:
        files[test.item.path] += 1
        rounds.append((files[test.item.path], test))
    unlike = [test for _, test in sorted(rounds, key=lambda each: (each[0], each[1].seconds))]
    special = sorted(tests, key=lambda test: (test.reached, test.seconds))
    kept: dict[Timed, None] = {}
    for order in (special, unlike):
        left = seconds / 2
        for test in order:
            left -= 0 if test in kept else test.seconds
            if left > 0:
                kept[test] = None
    return list(kept)


class Trials:
    """Takes the place of pytest's own loop: tries each test as the code is, and then each mutant."""

    def __init__(self, changes: dict[str, str], seconds: float) -> None:
        self.counts: Counter[tuple[str, int]] = Counter()
        self._changes = changes
        self._seconds = seconds
        self._failed = False
        self._mutant = ""
        self._nowhere = Path(os.devnull).open("w")  # noqa: SIM115 # for as long as the process lasts

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note that a test failed."""
        self._failed |= report.failed

    def _fails(self, item: pytest.Item, following: pytest.Item | None) -> bool:
        if self._mutant:  # one that hangs is noticed: this ends the process with 1
            faulthandler.dump_traceback_later(HANGS, exit=True, file=self._nowhere)
        self._failed = False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return self._failed

    def _reach(self, items: list[pytest.Item], file: Path) -> int:
        reached: set[str] = set()

        def record(name: str, **_: Any) -> None:
            reached.add(name)

        vars(import_module("mutmut.mutation.trampoline"))["record_trampoline_hit"] = record
        os.environ["MUTANT_UNDER_TEST"] = "stats"
        with file.open("w") as out:
            for item, following in zip(items, [*items[1:], None], strict=True):
                reached.clear()
                began = time.monotonic()
                failed = self._fails(item, following)
                line = item.nodeid, failed, time.monotonic() - began, sorted(reached)
                out.write(json.dumps(line) + "\n")
        return LEFT

    def _try(self, name: str, tests: list[Timed]) -> int:
        self._mutant = name
        os.environ["MUTANT_UNDER_TEST"] = name
        items = [test.item for test in tests]
        for item, following in zip(items, [*items[1:], None], strict=True):
            # Once may be by chance, on a busy machine.
            if self._fails(item, following) and self._fails(item, None):
                return NOTICED
        return LEFT

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try everything, in forks: nothing that a test leaves behind gets into this process."""
        report = os.dup(1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what pytest says of each test
        files = [Path(f"reached-{part}.jsonl") for part in range(JOBS)]
        parts = [partial(self._reach, session.items[part::JOBS], file) for part, file in enumerate(files)]
        for _ in in_forks((file.name, part, 3600.0) for file, part in zip(files, parts, strict=True)):
            pass
        items = {item.nodeid: item for item in session.items}
        tests: dict[str, list[Timed]] = {}
        for line in "".join(file.read_text() for file in files).splitlines():
            nodeid, failed, took, functions = json.loads(line)
            if failed:
                os.write(report, f"left out, since it fails with nothing changed: {nodeid}\n".encode())
            elif took < SLOW:
                for function in functions:
                    tests.setdefault(function, []).append(Timed(items[nodeid], took, len(functions)))
        gc.freeze()  # what forks share is not to be copied by their garbage collections
        jobs: list[tuple[str, Callable[[], int], float]] = []
        for name in self._changes:
            fit = in_turn(tests.get(name.partition("__mutmut_")[0], []), self._seconds)
            jobs.append((name, partial(self._try, name, fit), PATIENCE + 10 * sum(test.seconds for test in fit)))
        for name, code in in_forks(jobs):
            self.counts[name.split(".")[1], LEFT if code == LEFT else NOTICED] += 1
            if code == LEFT:
                os.write(report, f"\n{name}\n{self._changes[name]}\n".encode())
        os.dup2(report, 1)
        self._nowhere.close()
        return True


def main() -> None:
    """Make the mutants, try them, and print what is left and how many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "name", nargs="*", help="of a mutant, a module or a package, such as retry or pagination; all by default"
    )
    parser.add_argument("--seconds", type=float, default=5.0, help="that the tests of one mutant may take")
    options = parser.parse_args()
    os.chdir(ROOT)  # where mutmut looks for its settings
    changes = make([f"contracts_client.{name.removeprefix('contracts_client.')}" for name in options.name])
    os.chdir(COPY)
    sys.path.insert(0, str(COPY))
    os.environ |= {"PYTHONPATH": str(COPY), "MUTANT_UNDER_TEST": ""}
    trials = Trials(changes, options.seconds)
    pytest.main([*SETTINGS["pytest_add_cli_args"], *SETTINGS["pytest_add_cli_args_test_selection"]], [trials])
    for module in sorted({module for module, _ in trials.counts}):
        noticed, left = trials.counts[module, NOTICED], trials.counts[module, LEFT]
        print(f"{module:16} {noticed + left:5} tried {noticed:5} noticed {left:4} left")


if __name__ == "__main__":
    main()
