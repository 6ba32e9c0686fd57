"""Runs the tests that need no sockets, threads or processes. Only CPython for WebAssembly runs this: see run.mjs."""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Callable

PART = ("tests/unit", "tests/generated/test_argument_encoders.py", "tests/generated/test_open_enumerations.py")
# What they need is not there: httpx2, PyYAML and openapi-core have no wheels, and there are no sockets.
LEFT_OUT = (
    "tests/unit/test_connections_without_sockets.py",
    "tests/unit/test_exchanges_by_the_clock.py",  # asyncio.shield logs on 3.14 what nobody waits for any more
    "tests/unit/test_exchanges_without_sockets.py",
    "tests/unit/test_listing_arguments.py",
)
# There is no stack for JSON of thousands of levels, and no time zone to set.
OPTIONS = (
    "-q",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:faulthandler",
    "--noconftest",
    "-o",
    "timeout=0",
    "-k",
    "not deep and not time_zone",
)


class SleepingSelector(selectors._BaseSelectorImpl):  # what keeps the registrations
    """Waits for timers alone, since there are no sockets."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("Every task waits for another: nothing can happen any more")
        time.sleep(max(timeout, 0))
        return []


def nothing(*_: object) -> None:
    """Do without the socket pair by which other threads wake a loop: there are none."""


class WithoutSockets:
    """A plugin of pytest."""

    def pytest_collection(self) -> None:
        from hypothesis import settings  # noqa: PLC0415 # after pytest has taken it for a plugin

        settings.register_profile("wasm", max_examples=10, deadline=None)
        settings.load_profile("wasm")

    def pytest_asyncio_loop_factories(self) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
        return {"loop": asyncio.SelectorEventLoop}


def main(arguments: list[str]) -> int:
    """Run the part, or what the arguments name."""
    import pytest  # noqa: PLC0415 # after the selectors are exchanged

    return int(
        pytest.main(
            [
                *OPTIONS,
                *(f"--ignore={each}" for each in LEFT_OUT),
                *(PART if all(each[0] == "-" for each in arguments) else ()),
                *arguments,
            ],
            plugins=[WithoutSockets()],
        )
    )


selectors.DefaultSelector = SleepingSelector
for name in ("_make_self_pipe", "_close_self_pipe", "_write_to_self"):
    setattr(asyncio.SelectorEventLoop, name, nothing)
asyncio._set_running_loop(None)  # JavaScript's, which nothing here runs on
