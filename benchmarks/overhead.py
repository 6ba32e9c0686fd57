"""A call of this package beside the same request by bare httpx, httpx2 and aiohttp: cost, throughput, start.

`make bench-overhead` runs it. Every measurement is a process of its own, the server another; the rounds take the
contenders in turn, so that a noisy moment of the machine hits them all; the tables show medians over the processes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- overhead: begin -->\n", "<!-- overhead: end -->\n"
LIBRARIES = ("httpx", "httpx2", "aiohttp")
STARTING = ("httpx", "httpx2", "contracts_client")
IN_FLIGHT = (1, 20, 100)

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


def measured(script: str, *arguments: str) -> Figures:
    """Measure one contender in a process of its own."""
    command = [sys.executable, str(HERE / script), *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        raise SystemExit(f"{script} {' '.join(arguments)} failed:\n{done.stderr}")
    figures: Figures = json.loads(done.stdout)
    return figures


def median(runs: list[Figures]) -> Figures:
    """Return the medians of several runs."""
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def calls(rounds: int) -> list[str]:
    """Measure calls, and return a Markdown table."""
    runs: dict[tuple[str, str], list[Figures]] = {(kind, lib): [] for lib in LIBRARIES for kind in ("bare", "ours")}
    with server() as (url, uuid):
        for turn in range(rounds):
            print(f"calls, round {turn + 1} of {rounds}", file=sys.stderr)
            for (kind, library), found in runs.items():
                found.append(measured("calls.py", kind, library, url, uuid))
    titles = {"bare": "bare", "ours": "contracts_client over"}
    heads = " | ".join(f"calls/s (processor µs), {tasks} in flight" for tasks in IN_FLIGHT)
    lines = [
        f"| contender | µs a call | more than bare | processor µs a call | more than bare | {heads} |",
        f"| --- |{' ---: |' * (4 + len(IN_FLIGHT))}",
    ]
    for (kind, library), found in runs.items():
        figures, base = median(found), median(runs["bare", library])
        costs = " | ".join(
            f"{figures[key]:.0f} | {'' if kind == 'bare' else f'{figures[key] - base[key]:+.0f}'}"
            for key in ("call", "busy")
        )
        rates = " | ".join(f"{figures[f'rate {each}']:.0f} ({figures[f'busy {each}']:.0f})" for each in IN_FLIGHT)
        lines.append(f"| {titles[kind]} {library} | {costs} | {rates} |")
    return lines


def starts(rounds: int) -> list[str]:
    """Measure starts, and return a Markdown table."""
    runs: dict[str, list[Figures]] = {name: [] for name in STARTING}
    for turn in range(rounds):
        print(f"start-up, round {turn + 1} of {rounds}", file=sys.stderr)
        for name, found in runs.items():
            found.append(measured("start_up.py", name))
    lines = ["| contender | import, ms | make a client, ms | event loop held up, ms |", "| --- | ---: | ---: | ---: |"]
    for name, found in runs.items():
        figures = median(found)
        lines.append(f"| {name} | {figures['import']:.0f} | {figures['construct']:.1f} | {figures['held up']:.1f} |")
    return lines


def report(rounds: int) -> str:
    """Measure everything, and return what belongs into the docs."""
    summary = (
        f"Medians of {rounds} processes, {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, "
        f"{platform.machine()}, {os.cpu_count()} cores, of which the server takes one."
    )
    return "\n".join([summary, "", *calls(rounds), "", *starts(rounds), ""])


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7, help="processes for each contender (7)")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    options = parser.parse_args()
    text = report(options.rounds)
    print(text)
    if options.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}{text}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
