"""HAProxy in front of the API, which turns away what is too much with 503 and Retry-After."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import ClassVar

import httpx
import pytest
from api import Api
from programs import Running, free_port, program, running

from contracts_client import AttemptEnd, BearerToken, CallObserver, CallStart, ContractsClient

REFUSED = 20
RETRY_AFTER = 1  # second
CONFIGURATION = """\
defaults
    mode http
    timeout connect 5s
    timeout client 20s
    timeout server 20s
frontend all
    bind 127.0.0.1:{port}
{rules}
    default_backend api
backend api
    server api {upstream}
"""


REFUSING = f"""\
    stick-table type integer size 1 store gpc0
    http-request track-sc0 int(1)
    http-request sc-inc-gpc0(0)
    http-request return status 503 hdr Retry-After {RETRY_AFTER} if {{ sc0_get_gpc0 le {REFUSED} }}
"""
DOUBLING = "    http-response add-header Content-Type application/json\n"


@pytest.fixture
async def haproxy(api: Api, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Running]:
    found = program("haproxy", "haproxy")
    port = free_port()
    file = tmp_path / "haproxy.cfg"
    upstream = api.url.removeprefix("http://")
    file.write_text(CONFIGURATION.format(port=port, upstream=upstream, rules=request.param))
    with running([found, "-db", "-f", file], port, tmp_path) as started:
        yield started


class Waits(CallObserver):
    """How long each call waited after its first attempt, beyond what was asked for."""

    beyond: ClassVar[list[float]] = []

    def __init__(self, start: CallStart) -> None:
        self._ended = 0.0

    def attempt_ended(self, attempt: AttemptEnd) -> None:
        self._ended = asyncio.get_running_loop().time()

    def attempt_started(self, number: int) -> None:
        if number == 2:
            self.beyond.append(asyncio.get_running_loop().time() - self._ended - RETRY_AFTER)


@pytest.mark.parametrize("haproxy", [REFUSING], indirect=True, ids=["refusing"])
async def test_retries_after_a_503_are_spread(api: Api, haproxy: Running) -> None:
    """None comes early, and they do not come together when their time has come."""
    Waits.beyond.clear()
    async with ContractsClient(
        "acme-ticketshop",
        base_url=haproxy.url,
        auth=BearerToken("t"),
        max_concurrency=REFUSED,
        deadline=30,
        hooks=[Waits],
    ) as client:
        assert all(await asyncio.gather(*(client.list_valid_contracts(1001) for _ in range(REFUSED))))

    waits = sorted(Waits.beyond)
    assert len(waits) == REFUSED
    assert waits[0] > -0.01  # clocks are read at different times
    assert max(sum(each <= other < each + 0.05 for other in waits) for each in waits) <= REFUSED // 2


@pytest.mark.parametrize("haproxy", [DOUBLING], indirect=True, ids=["doubling"])
async def test_a_content_type_that_is_there_twice(api: Api, haproxy: Running) -> None:
    async with httpx.AsyncClient() as host:
        assert (await host.get(haproxy.url)).headers.get_list("Content-Type") == ["application/json"] * 2
    async with ContractsClient("acme-ticketshop", base_url=haproxy.url, auth=BearerToken("t")) as client:
        assert await client.list_valid_contracts(1001)
        assert (await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)).success
