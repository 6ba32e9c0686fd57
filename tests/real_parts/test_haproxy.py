"""HAProxy in front of the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from api import Api
from programs import Running, free_port, program, running

from contracts_client import BearerToken, ContractsClient

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


@pytest.mark.parametrize("haproxy", [DOUBLING], indirect=True, ids=["doubling"])
async def test_a_content_type_that_is_there_twice(api: Api, haproxy: Running) -> None:
    async with httpx.AsyncClient() as host:
        assert (await host.get(haproxy.url)).headers.get_list("Content-Type") == ["application/json"] * 2
    async with ContractsClient("acme-ticketshop", base_url=haproxy.url, auth=BearerToken("t")) as client:
        assert await client.list_valid_contracts(1001)
        assert (await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)).success
