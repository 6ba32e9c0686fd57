"""Mocks of httpx, which know nothing of httpx2: what docs/testing.md says of them, and the ways that it shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import respx
from api import PAGE, Api
from pytest_httpx import HTTPXMock

from contracts_client import BearerToken, ContractsClient

AUTH = BearerToken("t0ken")


def a_router() -> respx.MockRouter:
    router = respx.MockRouter(assert_all_called=False)
    router.route().respond(json=PAGE)
    return router


async def test_respx_is_bypassed_by_httpx2(api: Api) -> None:
    with respx.mock(assert_all_called=False) as mock:
        mock.route().respond(json=PAGE)
        async with ContractsClient("acme-ticketshop", base_url=api.url, auth=AUTH) as client:
            await client.list_contracts()
        assert (len(mock.calls), len(api.requests)) == (1, 0)
        async with ContractsClient("acme-ticketshop", base_url=api.url, auth=AUTH, transport="httpx2") as client:
            await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)
        assert (len(mock.calls), len(api.requests)) == (1, 1)


@pytest.mark.httpx_mock(assert_all_responses_were_requested=False, can_send_already_matched_responses=True)
async def test_pytest_httpx_is_bypassed_by_httpx2(api: Api, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json=PAGE)
    async with ContractsClient("acme-ticketshop", base_url=api.url, auth=AUTH) as client:
        await client.list_contracts()
    assert (len(httpx_mock.get_requests()), len(api.requests)) == (1, 0)
    async with ContractsClient("acme-ticketshop", base_url=api.url, auth=AUTH, transport="httpx2") as client:
        await client.list_contracts()
    assert (len(httpx_mock.get_requests()), len(api.requests)) == (1, 1)


async def test_a_router_as_transport_takes_it(api: Api) -> None:
    router = a_router()
    transport = httpx.MockTransport(router.async_handler)
    async with ContractsClient("acme-ticketshop", base_url=api.url, auth=AUTH, transport=transport) as client:
        await client.list_contracts()
    assert (len(router.calls), len(api.requests)) == (1, 0)


CLAIM = """
import pytest
from contracts_client import BearerToken, ContractsClient, RetryPolicy

async def test_a_claim():
    async with ContractsClient(
        "acme-ticketshop", base_url={url!r}, auth=BearerToken("t"), transport={transport!r}, retry=None
    ) as client:
        await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)
"""


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"])
async def test_pytest_socket_stops_the_rest(api: Api, tmp_path: Path, transport: str | None) -> None:
    """What the page says to put into pytest's configuration; here another address stands for the outside."""
    (tmp_path / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\naddopts = --allow-hosts=127.0.0.9\n")
    (tmp_path / "test_claim.py").write_text(CLAIM.format(url=api.url, transport=transport))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    assert "SocketConnectBlockedError" in done.stdout
    assert api.connections == 0
