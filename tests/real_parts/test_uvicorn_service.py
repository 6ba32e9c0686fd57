"""A service under uvicorn that is told to end while ten claims are under way."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from api import Api, Reply, Request
from programs import free_port

CLAIMS = 10
SLOW = 30.0  # seconds: longer than the service lives


@pytest.fixture(params=["asyncio", "uvloop"])
async def service(
    api: Api, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    port = free_port()
    options = ["--port", str(port), "--loop", request.param, "--timeout-graceful-shutdown", "1"]
    command = [sys.executable, "-m", "uvicorn", "service:app", *options]
    folder = Path(__file__).parent
    with (tmp_path / "service.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, env={**os.environ, "API_URL": api.url}, stdout=log, stderr=log
        )
    try:
        url = f"http://127.0.0.1:{port}"
        async with asyncio.timeout(20), httpx.AsyncClient() as host:
            while True:
                try:
                    await host.get(url)
                    break
                except httpx.ConnectError:
                    await asyncio.sleep(0.05)
        yield process, url
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def code_of(request: Request) -> str:
    return request.headers["x-correlation-id"].removeprefix("claim-of-")


async def test_claims_of_a_service_that_ends(
    api: Api, service: tuple[asyncio.subprocess.Process, str], tmp_path: Path
) -> None:
    """Each is executed once at most, and either answered or logged as a claim whose outcome is unknown."""
    process, url = service
    codes = [f"ABC-DEF-{number:03}" for number in range(CLAIMS)]
    ends = dict.fromkeys(codes[:3], 0.5) | dict.fromkeys(codes[3:6], 3.0) | dict.fromkeys(codes[6:], SLOW)

    def answer(request: Request) -> Reply | None:
        if request.method != "POST":
            return None
        code = code_of(request)
        api.executed[code] += 1
        return Reply({"success": True, "customerNumber": 1001}, after=ends[code])

    api.answer = answer
    answered: dict[str, int] = {}
    async with httpx.AsyncClient(timeout=SLOW, limits=httpx.Limits(max_connections=None)) as host:

        async def ask(code: str) -> None:
            with suppress(httpx.TransportError):
                answered[code] = (await host.post(f"{url}/claims/{code}")).status_code

        asking = asyncio.gather(*map(ask, codes))
        async with asyncio.timeout(10):
            while api.executed.total() < CLAIMS:
                await asyncio.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        started = time.monotonic()
        async with asyncio.timeout(SLOW):
            await process.wait()
        took = time.monotonic() - started
        await asking

    log = (tmp_path / "service.log").read_text()
    assert took < 12, log  # seconds: uvicorn's own, the client's five, and what a busy machine takes
    assert api.executed == dict.fromkeys(codes, 1)
    known = {code for code, status in answered.items() if status == 200}
    told = {code for code in codes if any(f"claim-of-{code}" in line for line in log.splitlines() if "WARNING" in line)}
    assert {*codes[:3]} <= known
    assert known | told == {*codes}, log
    assert "never retrieved" not in log
