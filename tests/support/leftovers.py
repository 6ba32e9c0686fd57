"""What a client may leave behind: tasks, file descriptors, objects."""

from __future__ import annotations

import asyncio
import gc
import os
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any


def tasks_but(*known: asyncio.Task[Any]) -> set[asyncio.Task[Any]]:
    """Return the tasks that are neither the one that asks nor known."""
    return asyncio.all_tasks() - {asyncio.current_task(), *known}


async def settled(condition: Callable[[], bool]) -> None:
    """Wait until something is so, which takes a few turns of the event loop."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 # what it waits for is anything at all
            await asyncio.sleep(0.001)


def open_files() -> int:
    """Count the file descriptors of the process."""
    return len(os.listdir("/dev/fd"))  # noqa: PTH208 # macOS has it too, without what pathlib asks for


def objects() -> int:
    """Count the objects that the collector knows, after it has run."""
    for _ in range(3):
        gc.collect()
    return len(gc.get_objects())


def resident_bytes() -> int:
    """Return how much memory the process takes; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize()
