"""KeyboardInterrupt and SystemExit inside a call: they end the program, and nothing is tried again."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from contracts_client import BearerToken, ContractsClient
from contracts_client.auth.credentials import AccessToken, TokenProvider
from contracts_client.hooks import CallObserver

SUPPORT = Path(__file__).resolve().parent.parent / "support"


class Interrupted(httpx.AsyncBaseTransport):
    def __init__(self, error: BaseException) -> None:
        self._error = error
        self.requests = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        raise self._error


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_a_program_s_end_is_not_retried(
    error: type[BaseException],
) -> None:
    """What ends the program inside an exchange is neither swallowed nor tried again."""
    transport = Interrupted(error())

    async def main() -> None:
        async with ContractsClient("acme-shop", auth=BearerToken("t"), transport=transport) as client:
            await client.get_contract("c-1")

    with pytest.raises(error):
        asyncio.run(main())
    assert transport.requests == 1


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("place", ["callable", "provider", "hook", "observer"])
def test_an_exit_in_user_code_is_passed_on(place: str, error: type[BaseException]) -> None:
    """What ends the program inside the user's own code is not swallowed."""

    async def token() -> str:
        raise error

    async def provided() -> AccessToken:
        raise error

    class Ending(CallObserver):
        def attempt_started(self, number: int) -> None:
            raise error

    def hook(_: object) -> CallObserver:
        if place == "hook":
            raise error
        return Ending()

    options: dict[str, Any] = {
        "callable": {"auth": token},
        "provider": {"auth": TokenProvider(provided)},
    }.get(place, {"hooks": [hook]})
    transport = Interrupted(AssertionError())

    async def main() -> None:
        async with ContractsClient("acme-shop", transport=transport, **options) as client:
            await client.get_contract("c-1")

    with pytest.raises(error):
        asyncio.run(main())
    assert transport.requests == 0


def test_ctrl_c_ends_a_call_in_drain_time() -> None:
    # The signal gets its handler here, since a runner in the background may ignore it.
    """Ctrl c ends a program in the middle of a call within the time to drain."""
    code = """
import asyncio
import signal
from benefits_server import benefits_server
from contracts_client import BearerToken, ContractsClient

signal.signal(signal.SIGINT, signal.default_int_handler)

async def main():
    async with benefits_server() as server:
        server.handler = lambda _: print("asked", flush=True)
        async with ContractsClient("acme-shop", auth=BearerToken("t"), base_url=server.url) as client:
            await client.get_contract("c-1")

asyncio.run(main())
"""
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=SUPPORT,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "asked\n"
        os.kill(program.pid, signal.SIGINT)
        _, errors = program.communicate(timeout=60)
    assert errors.rstrip().endswith("KeyboardInterrupt")
    assert "never retrieved" not in errors
    assert "Warning" not in errors
