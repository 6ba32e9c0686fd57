"""Measures one contender in this process, and prints what it found as JSON. benchmarks/decode.py runs it."""

from __future__ import annotations

import gc
import importlib
import json
import sys
import tracemalloc
from collections.abc import Callable
from time import process_time
from typing import Any

import pages

WARM_UP = 5
REPEATS = 30


def milliseconds(function: Callable[[], object]) -> float:
    """Return the least processor time of a call."""
    times: list[float] = []
    for repeat in range(WARM_UP + REPEATS):
        started = process_time()
        function()
        if repeat >= WARM_UP:
            times.append(process_time() - started)
    return min(times) * 1000


def main() -> None:
    """Measure the contender that the command line names."""
    contender: Any = importlib.import_module(f"contenders.{sys.argv[1]}")
    body = pages.body()
    made = contender.decode(body)
    found = contender.facts(made)
    if found != pages.facts():
        raise SystemExit(f"{sys.argv[1]} decoded something else: {found}")
    result = {
        "decode": milliseconds(lambda: contender.decode(body)),
        "encode": milliseconds(lambda: contender.encode(made)),
        "data": milliseconds(lambda: contender.as_data(made)),
    }
    del made
    gc.collect()
    tracemalloc.start()
    made = contender.decode(body)
    result["peak"] = tracemalloc.get_traced_memory()[1] / 1024
    gc.collect()
    result["retained"] = tracemalloc.get_traced_memory()[0] / 1024
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
