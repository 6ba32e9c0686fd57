"""Listings of 1 to 1000 pages at 0, 20 and 100 ms of latency: ours beside a loop by hand and other clients' pagers.

`make bench-paging` runs it. Every measurement is a process of its own, against one server on loopback. Sequential
readers of long listings wait most of the time, so they are measured side by side.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import decode
import docs_page

from contracts_client import defaults

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / ".venvs" / "bench-peers"
PAGES, LATENCIES, SIZE = (1, 10, 100, 1000), (0, 20, 100), 20
CONTENDERS = {
    "loop": "httpx and a loop, by hand",
    "openai": "openai-python's client and pager",
    "azure": "azure-core's pipeline and AsyncItemPaged",
    "ours0": "ours, `prefetch=0`",
    "ours4": "ours, `prefetch=4`",
    "ours8": "ours, `prefetch=8`",
}
PROCESSOR = CONTENDERS | {
    "aiohttp": "aiohttp and a loop, by hand",
    "openapi_generator": "openapi-generator's asyncio client and a loop",
    "ours0-httpx2": "ours, `prefetch=0`, over httpx2",
    "ours4-httpx2": "ours, `prefetch=4`, over httpx2",
    "ours0-aiohttp": "ours, `prefetch=0`, over aiohttp",
    "ours4-aiohttp": "ours, `prefetch=4`, over aiohttp",
}
PROCESSOR_PAGES = 500
PREFETCHES = (0, 1, 2, 3, 4, 6, 8, 9)
ITEMS = (10_000, 100_000, 1_000_000)
MEMORY_SIZE = 1000
LONG = 5.0  # seconds of waiting, from which on measurements may run side by side

Figures = dict[str, float]
Point = tuple[str, int, int]


@contextmanager
def running_server() -> Iterator[str]:
    """Run the server, and yield its URL."""
    command = [sys.executable, str(ROOT / "benchmarks" / "paging_server.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # it was asked for
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


class Runner:
    """Measures pagers, each in a process of its own.

    Args:
        python: The Python of an environment with the peers.
        server: URL of the server.
    """

    def __init__(self, python: Path, server: str) -> None:
        self._python = python
        self._server = server
        self._runs = 0

    def __call__(self, name: str, pages: int, latency: int, *, size: int = SIZE, kind: str = "time") -> Figures:
        """Measure one listing."""
        self._runs += 1
        run = f"{self._server}/r{self._runs}"
        command = [str(self._python), str(ROOT / "benchmarks" / "pagers.py"), name]
        command += [f"{run}/{latency}/{pages}/{size}", f"{self._server}/warm/0/2/{size}", kind]
        path = os.pathsep.join(str(each) for each in (ROOT, ROOT / "benchmarks", PEERS))
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": path}
        )
        if done.returncode != 0:
            raise SystemExit(f"{name} failed:\n{done.stderr}")
        found: Figures = json.loads(done.stdout)
        if found["items"] != pages * size:
            raise SystemExit(f"{name} read {found['items']:.0f} items of {pages * size}")
        with urllib.request.urlopen(f"{run}/requests") as answer:  # the server of this run
            found["requests"] = float(answer.read())
        return found


def median(runs: list[Figures]) -> Figures:
    """Return the median of each figure."""
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def times(measure: Runner, rounds: int) -> dict[Point, Figures]:
    """Measure every contender at every point."""
    points = [(name, pages, latency) for pages in PAGES for latency in LATENCIES for name in CONTENDERS]
    long = [point for point in points if point[1] * point[2] / 1000 >= LONG]
    runs: dict[Point, list[Figures]] = {point: [] for point in points}
    for turn in range(rounds):
        print(f"round {turn + 1} of {rounds}", file=sys.stderr)
        for point in points:
            if point not in long:
                runs[point].append(measure(*point))
    print("long listings", file=sys.stderr)
    with ThreadPoolExecutor(3) as pool:
        for point, found in zip(long, pool.map(lambda point: measure(*point), long), strict=True):
            runs[point].append(found)
    return {point: median(found) for point, found in runs.items()}


def time_tables(found: dict[Point, Figures], key: str, unit: float, form: str) -> list[str]:
    """Return a Markdown table of one figure."""
    points = [(pages, latency) for pages in PAGES for latency in LATENCIES]
    head = " | ".join(f"{pages} x {latency} ms" for pages, latency in points)
    lines = [f"| pager | {head} |", "| --- |" + " ---: |" * len(points)]
    for name, title in CONTENDERS.items():
        cells = " | ".join(form.format(found[name, *point][key] * unit) for point in points)
        lines.append(f"| {title} | {cells} |")
    return lines


def goals(found: dict[Point, Figures]) -> list[str]:
    """Return the goals, met or not."""
    lines: list[str] = []
    for prefetch in (4, 8):
        worst, where = 0.0, ""
        for pages in PAGES:
            for latency in LATENCIES[1:]:
                rest = found[f"ours{prefetch}", pages, 0]["seconds"]
                most = 1.15 * math.ceil(pages / prefetch) * latency / 1000 + rest
                share = found[f"ours{prefetch}", pages, latency]["seconds"] / most
                if share > worst:
                    worst, where = share, f"{pages} pages at {latency} ms"
        lines.append(
            f"- {'met' if worst <= 1 else '**not met**'}: `prefetch={prefetch}` takes at most 1.15 x ceil(pages/"
            f"{prefetch}) x latency, and what the same listing takes without latency; nearest to the limit: "
            f"{worst:.0%} of it, {where}"
        )
    ours = f"ours{defaults.PREFETCH}"
    for name in ("loop", "openai", "azure"):
        slower = [
            f"{pages} pages at {latency} ms ({found[ours, pages, latency]['seconds'] * 1000:.0f} ms, it "
            f"{found[name, pages, latency]['seconds'] * 1000:.0f} ms)"
            for pages in PAGES
            for latency in LATENCIES
            if found[name, pages, latency]["seconds"] < found[ours, pages, latency]["seconds"]
        ]
        title = f"the default is nowhere slower than {CONTENDERS[name]}"
        lines.append(f"- **not met**: {title}: {'; '.join(slower)}" if slower else f"- met: {title}")
    needless = max(found[name, pages, latency]["requests"] - pages for name, pages, latency in found)
    lines.append(f"- {'met' if needless == 0 else '**not met**'}: one request a page, for every pager")
    return lines


def prefetch_table(measure: Runner, rounds: int) -> list[str]:
    """Return what more pages ahead bring."""
    lines = [
        "| pages ahead | 100 pages at 20 ms | 100 pages at 100 ms | exchanges of 20 |",
        "| --- | ---: | ---: | ---: |",
    ]
    for prefetch in PREFETCHES:
        cells = [
            median([measure(f"ours{prefetch}", 100, latency) for _ in range(rounds)])["seconds"]
            for latency in (20, 100)
        ]
        lines.append(f"| {prefetch} | {cells[0]:.2f} s | {cells[1]:.2f} s | {prefetch + 1} |")
    return lines


def memory_table(measure: Runner) -> list[str]:
    """Return the memory that a listing takes, which does not depend on its size."""
    lines = ["| items | peak memory of ours | of the loop by hand |", "| ---: | ---: | ---: |"]
    with ThreadPoolExecutor(2) as pool:
        jobs = [(name, items // MEMORY_SIZE) for items in ITEMS for name in ("default", "loop")]
        found = list(pool.map(lambda job: measure(job[0], job[1], 0, size=MEMORY_SIZE, kind="memory")["peak"], jobs))
    for index, items in enumerate(ITEMS):
        lines.append(f"| {items:,} | {found[2 * index] / 1024:.1f} MiB | {found[2 * index + 1] / 1024:.1f} MiB |")
    return lines


def processor(rounds: int) -> str:
    """Measure the processor time of a page without latency, and return what belongs into the docs."""
    missing = decode.peers(python(), PEERS)
    runs: dict[str, list[float]] = {name: [] for name in PROCESSOR if name not in missing}
    with runner() as measure:
        for _ in range(rounds):
            for name, found in runs.items():
                found.append(measure(name, PROCESSOR_PAGES, 0)["processor"])
    least = {name: min(found) / PROCESSOR_PAGES * 1e6 for name, found in runs.items()}
    summary = (
        f"{PROCESSOR_PAGES} pages of {SIZE} contracts at 0 ms. The least of {rounds} processes, since what else runs "
        f"can only add, {setting()}"
    )
    lines = ["| pager | µs of processor a page |", "| --- | ---: |"]
    lines += [*(f"| {PROCESSOR[name]} | {found:.0f} |" for name, found in least.items()), ""]
    ours = f"ours{defaults.PREFETCH}-aiohttp"
    for peer in ("azure", "loop"):
        met = "met" if least[ours] < least[peer] else "**not met**"
        share = f"{least[ours] / least[peer]:.2f} of it"
        lines.append(f"- {met}: the default over aiohttp takes less than {PROCESSOR[peer]} ({share})")
    return "\n".join([summary, "", *lines, ""])


def setting() -> str:
    """Return when and where this is measured."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return f"{datetime.now(UTC):%Y-%m-%d}, Python {version}, {platform.machine()}, {os.cpu_count()} cores."


@contextmanager
def runner() -> Iterator[Runner]:
    """Run the server, and yield what measures against it."""
    with running_server() as server:
        yield Runner(python(), server)


def python() -> Path:
    """Return the Python of the environment with the peers."""
    return decode.environment(f"{sys.version_info.major}.{sys.version_info.minor}", Path(sys.executable))


def report(rounds: int) -> str:
    """Measure everything but the processor time, and return what belongs into the docs."""
    with runner() as measure:
        found = times(measure, rounds)
        ahead = prefetch_table(measure, rounds)
        memory = memory_table(measure)
    summary = (
        f"{SIZE} contracts a page. Medians of {rounds} processes (of one where a listing waits {LONG:.0f} s or more), "
        f"{setting()}"
    )
    return "\n".join(
        [
            summary,
            "",
            "Seconds for a whole listing:",
            "",
            *time_tables(found, "seconds", 1, "{:.3f}"),
            "",
            "Milliseconds to the first item:",
            "",
            *time_tables(found, "first", 1000, "{:.0f}"),
            "",
            *goals(found),
            "",
            "What more pages ahead bring:",
            "",
            *ahead,
            "",
            f"Memory, as tracemalloc counts it, with {MEMORY_SIZE} items a page:",
            "",
            *memory,
            "",
        ]
    )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="processes for each pager and point (3)")
    parser.add_argument("--write", action="store_true", help="put tables and plots into docs/")
    parser.add_argument("--processor", action="store_true", help="measure the processor time alone, which is short")
    options = parser.parse_args()
    parts = {"paging-processor": processor} if options.processor else {"paging": report, "paging-processor": processor}
    for name, measured in parts.items():
        text = measured(options.rounds)
        print(text)
        if options.write:
            docs_page.put(name, text)
            docs_page.draw(python())


if __name__ == "__main__":
    main()
