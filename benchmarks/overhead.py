"""A call of this package beside the same request by HTTP libraries and by another generated client, and the start.

`make bench-overhead` runs it. Every measurement is a process of its own, the server another; the rounds take the
contenders in turn, so that a noisy moment of the machine hits them all. What else runs can only add: of each figure the
best counts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import decode
import docs_page

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CALLERS = {
    "floor": "floor: asyncio.Protocol and httptools",
    "aiohttp": "bare aiohttp",
    "pyreqwest": "pyreqwest",
    "ours-aiohttp": "**contracts_client over aiohttp**",
    "ours-httpx-aiohttp": "contracts_client over httpx-aiohttp's transport",
    "openapi_generator": "openapi-generator's asyncio client (aiohttp)",
    "httpx2": "bare httpx2",
    "ours-httpx2": "**contracts_client over httpx2**",
    "httpx": "bare httpx",
    "ours-httpx": "**contracts_client over httpx**",
}
STARTING = ("httpx", "httpx2", "contracts_client")
IN_FLIGHT = (1, 20, 100)
# The most of a contender's processor time that a call may take at each of IN_FLIGHT.
GOALS = {
    ("ours-aiohttp", "aiohttp"): (1.7, 1.7, 1.7),
    ("ours-aiohttp", "openapi_generator"): (0.5, 0.5, 0.5),
    ("ours-httpx", "httpx"): (1.0, 0.65, 0.4),
    ("ours-httpx2", "httpx2"): (1.0, 1.0, 1.0),
}
GROWTH = 1.2  # the most that a call with 100 in flight may take, as a multiple of one with 1

Figures = dict[str, float]


@contextmanager
def server() -> Iterator[tuple[str, str]]:
    """Run the server, and give its address and the identifier of its contract."""
    command = [sys.executable, str(HERE / "answering_server.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            port, uuid = (process.stdout.readline() if process.stdout else "").split()
            yield f"http://127.0.0.1:{port}", uuid
        finally:
            process.kill()


class Runner:
    """Measures contenders, each in a process of its own.

    Args:
        python: The Python of an environment with the peers.
        folder: Where the generated ones are.
    """

    def __init__(self, python: Path, folder: Path) -> None:
        self._python = python
        self._path = os.pathsep.join([str(ROOT), str(folder)])

    def __call__(self, script: str, *arguments: str) -> Figures:
        """Measure one contender."""
        command = [str(self._python), str(HERE / script), *arguments]
        # An installed package is compiled, so that the bytecode of this one has to be kept too.
        environment = os.environ | {"PYTHONPATH": self._path, "PYTHONDONTWRITEBYTECODE": ""}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if done.returncode != 0:
            raise SystemExit(f"{script} {' '.join(arguments)} failed:\n{done.stderr}")
        figures: Figures = json.loads(done.stdout)
        return figures


def best(runs: list[Figures]) -> Figures:
    """Return the highest of each rate, and the least of each time."""
    return {key: (max if key.startswith("rate") else min)(run[key] for run in runs) for key in runs[0]}


def calls(measure: Runner, names: list[str], rounds: int) -> dict[str, Figures]:
    """Measure the calls of each contender."""
    runs: dict[str, list[Figures]] = {name: [] for name in names}
    with server() as (url, uuid):
        for turn in range(rounds):
            print(f"calls, round {turn + 1} of {rounds}", file=sys.stderr)
            for name, found in runs.items():
                found.append(measure("calls.py", name, url, uuid))
    return {name: best(found) for name, found in runs.items()}


def table(results: dict[str, Figures]) -> list[str]:
    """Return a Markdown table of the calls."""
    heads = [f"{what}, {tasks} in flight" for what in ("µs", "x aiohttp", "calls/s") for tasks in IN_FLIGHT]
    lines = [f"| contender | {' | '.join(heads)} |", f"| --- |{' ---: |' * len(heads)}"]
    base = results["aiohttp"]
    for name, found in results.items():
        busy = [f"busy {tasks}" for tasks in IN_FLIGHT]
        cells = [f"{found[key]:.0f}" for key in busy] + [f"{found[key] / base[key]:.2f}" for key in busy]
        cells += [f"{found[f'rate {tasks}']:.0f}" for tasks in IN_FLIGHT]
        lines.append(f"| {CALLERS[name]} | {' | '.join(cells)} |")
    return lines


def goals(results: dict[str, Figures]) -> list[str]:
    """Return the goals, met or not."""
    lines: list[str] = []
    for (name, peer), most in GOALS.items():
        if peer in results:
            shares = [results[name][key] / results[peer][key] for key in (f"busy {tasks}" for tasks in IN_FLIGHT)]
            met = all(share <= limit for share, limit in zip(shares, most, strict=True))
            text = f"of the processor time of {CALLERS[peer]}, {title(name)} takes at most {joined(most)}"
            lines.append(f"- {'met' if met else '**not met**'}: {text} ({joined(shares)})")
    for name in ("ours-aiohttp", "ours-httpx2", "ours-httpx"):
        growth = results[name][f"busy {IN_FLIGHT[-1]}"] / results[name][f"busy {IN_FLIGHT[0]}"]
        text = f"with 100 in flight, {title(name)} takes at most {GROWTH} times what it takes with 1"
        lines.append(f"- {'met' if growth <= GROWTH else '**not met**'}: {text} ({growth:.2f})")
    return lines


def title(name: str) -> str:
    """Return the title of a contender without emphasis."""
    return CALLERS[name].strip("*")


def joined(figures: Iterable[float]) -> str:
    """Return the figures at each of IN_FLIGHT."""
    return " / ".join(f"{figure:.2f}" for figure in figures)


def starts(measure: Runner, rounds: int) -> list[str]:
    """Measure starts, and return a Markdown table."""
    runs: dict[str, list[Figures]] = {name: [] for name in STARTING}
    for turn in range(rounds):
        print(f"start-up, round {turn + 1} of {rounds}", file=sys.stderr)
        for name, found in runs.items():
            found.append(measure("start_up.py", name))
    lines = [
        "| contender | import, processor ms | make a client, processor ms | event loop held up, ms |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, found in runs.items():
        figures = best(found)
        lines.append(f"| {name} | {figures['import']:.0f} | {figures['construct']:.1f} | {figures['held up']:.1f} |")
    return lines


def report(measure: Runner, missing: set[str], rounds: int) -> dict[str, str]:
    """Measure everything, and return what belongs into the docs, by the names of its marks."""
    found = calls(measure, [name for name in CALLERS if name not in missing], rounds)
    started = starts(measure, rounds)
    setting = (
        f"The best of {rounds} processes, {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, "
        f"{platform.machine()}, {os.cpu_count()} cores, of which the server takes one."
    )
    return {
        "overhead": "\n".join([setting, "", *table(found), "", *goals(found), ""]),
        "start": "\n".join([setting, "", *started, ""]),
    }


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7, help="processes for each contender (7)")
    parser.add_argument("--write", action="store_true", help="put tables and plots into docs/")
    options = parser.parse_args()
    python = decode.environment(f"{sys.version_info.major}.{sys.version_info.minor}", Path(sys.executable))
    folder = ROOT / ".venvs" / "bench-peers"
    missing = decode.peers(python, folder)
    for name, text in report(Runner(python, folder), missing, options.rounds).items():
        print(text)
        if options.write:
            docs_page.put(name, text)
    if options.write:
        docs_page.draw(python)


if __name__ == "__main__":
    main()
