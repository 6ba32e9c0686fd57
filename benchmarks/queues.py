"""What refusals cost while many requests wait: how long 20 answers of 429 hold the event loop up.

``make bench-queues`` runs it, on the rate limiter alone; the table shows the least processor time of the rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
from datetime import UTC, datetime
from time import process_time

import docs_page

from contracts_client import RateLimits, defaults
from contracts_client.clock import LoopClock
from contracts_client.resilience.rate_limiter import RateLimiter

WAITING = (100, 1_000, 10_000, 30_000)
REFUSED = 20
RETRY_AFTER = 5  # seconds that the first refusal asks for, each later one asks for one more
_MIXES = 7919  # a prime, so that the order of the deadlines is not that of the calls


async def measure(waiting: int, spread: float) -> tuple[float, float, int]:
    """Return the microseconds that a request takes to join, the milliseconds of the refusals, and how many then raise.

    Args:
        waiting: How many requests wait.
        spread: Seconds over which their deadlines are spread.
    """
    limiter = RateLimiter(LoopClock(), RateLimits(), lambda: 0.5, max_concurrency=REFUSED)
    ends_at = asyncio.get_running_loop().time() + defaults.DEADLINE
    permits = [await limiter.acquire("get_contract", ends_at) for _ in range(REFUSED)]
    deadlines = [ends_at - spread * (number * _MIXES % waiting) / waiting for number in range(waiting)]
    started = process_time()
    tasks = [asyncio.ensure_future(limiter.acquire("get_contract", each)) for each in deadlines]
    await asyncio.sleep(0)
    joined = process_time() - started
    started = process_time()
    for number, permit in enumerate(permits):
        limiter.refused(permit, retry_after=RETRY_AFTER + number)
        limiter.release(permit)
    for _ in range(3):  # those who are called look again at what they wait for
        await asyncio.sleep(0)
    refused = process_time() - started
    late = sum(task.done() for task in tasks)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    return joined / waiting * 1e6, refused * 1e3, late


def report(rounds: int) -> str:
    """Measure everything, and return what belongs into the docs."""
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    lines = [
        f"The least of {rounds} rounds, {datetime.now(UTC):%Y-%m-%d}, {machine}.",
        "",
        f"| requests that wait | joining, µs each | {REFUSED} refusals together, ms | deadlines apart, ms | raise |",
        "| ---: | ---: | ---: | ---: | ---: |",
    ]
    for waiting in WAITING:
        alike = [asyncio.run(measure(waiting, spread=0)) for _ in range(rounds)]
        apart = [asyncio.run(measure(waiting, spread=defaults.DEADLINE - RETRY_AFTER)) for _ in range(rounds)]
        joined, refused, _ = map(min, zip(*alike, strict=True))
        _, apart_refused, late = map(min, zip(*apart, strict=True))
        lines.append(f"| {waiting} | {joined:.0f} | {refused:.1f} | {apart_refused:.1f} | {late} |")
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
        docs_page.put("queues", text)


if __name__ == "__main__":
    main()
