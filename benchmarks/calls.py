"""Measures the calls of one contender in this process, and prints what it found as JSON. overhead.py runs it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from time import perf_counter, process_time

from callers import CALLERS, Call

WARM_UP = 100
AT_A_TIME = 300
REPEATS = 4
IN_FLIGHT = (1, 20, 100)

Figures = dict[str, float]


async def once(call: Call, tasks: int) -> tuple[float, float]:
    """Return the seconds, and those of the processor, that calls take by tasks that make one after the other."""
    left = iter(range(AT_A_TIME))

    async def some() -> None:
        for _ in left:
            await call()

    started, busy = perf_counter(), process_time()
    await asyncio.gather(*(some() for _ in range(tasks)))
    return perf_counter() - started, process_time() - busy


async def main() -> None:
    """Measure the contender that the command line names: its name, address, uuid."""
    name, url, uuid = sys.argv[1:]
    found: Figures = {}
    async with CALLERS[name](url, uuid) as call:
        for _ in range(WARM_UP):
            await call()
        for tasks in IN_FLIGHT:
            runs = [await once(call, tasks) for _ in range(REPEATS)]
            found[f"rate {tasks}"] = AT_A_TIME / min(seconds for seconds, _ in runs)
            found[f"busy {tasks}"] = min(busy for _, busy in runs) / AT_A_TIME * 1e6
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
    os._exit(0)  # pyreqwest's threads can crash a process that ends
