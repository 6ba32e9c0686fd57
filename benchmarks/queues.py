"""What refusals cost while many requests wait: how long 20 answers of 429 hold the event loop up.

``make bench-queues`` runs it, on the rate limiter alone; the table shows medians over the rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import statistics
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from contracts_client import RateLimits, defaults
from contracts_client.clock import LoopClock
from contracts_client.resilience.rate_limiter import RateLimiter

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- queues: begin -->\n", "<!-- queues: end -->\n"
WAITING = (100, 1_000, 10_000, 30_000)
REFUSED = 20


async def measure(waiting: int) -> tuple[float, float]:
    """Return the microseconds that a request takes to join the queue, and the milliseconds that the refusals take."""
    limiter = RateLimiter(LoopClock(), RateLimits(), lambda: 0.5, max_concurrency=REFUSED)
    ends_at = asyncio.get_running_loop().time() + defaults.DEADLINE
    permits = [await limiter.acquire("get_contract", ends_at) for _ in range(REFUSED)]
    started = perf_counter()
    tasks = [asyncio.ensure_future(limiter.acquire("get_contract", ends_at)) for _ in range(waiting)]
    await asyncio.sleep(0)
    joined = perf_counter() - started
    started = perf_counter()
    for permit in permits:
        limiter.refused(permit, retry_after=5)
        limiter.release(permit)
    for _ in range(3):  # those who are called look again at what they wait for
        await asyncio.sleep(0)
    refused = perf_counter() - started
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    return joined / waiting * 1e6, refused * 1e3


def report(rounds: int) -> str:
    """Measure everything, and return what belongs into the docs."""
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    lines = [
        f"Medians of {rounds} rounds, {datetime.now(UTC):%Y-%m-%d}, {machine}.",
        "",
        f"| requests that wait | joining the queue, µs each | {REFUSED} refusals together, ms |",
        "| ---: | ---: | ---: |",
    ]
    for waiting in WAITING:
        runs = [asyncio.run(measure(waiting)) for _ in range(rounds)]
        joined, refused = (statistics.median(column) for column in zip(*runs, strict=True))
        lines.append(f"| {waiting} | {joined:.0f} | {refused:.1f} |")
    return "\n".join([*lines, ""])


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="rounds for each length of the queue (5)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    text = report(options.rounds)
    print(text)
    if options.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}{text}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
