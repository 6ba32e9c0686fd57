"""Answers that VCR.py recorded or Hishel kept: they carry the correlation id that they were made for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
import vcr
from api import PAGE, Api, Reply, Request
from hishel import AsyncSqliteStorage
from hishel.httpx import AsyncCacheTransport

from contracts_client import BearerToken, ContractsClient
from contracts_client.errors import APIError

FIXED = "0b9c2c5e-4d1f-4c55-9d53-5ad1e6e8d0c1"


def echoing(request: Request) -> Reply:
    """As the API does: the correlation id comes back."""
    headers = {"X-Correlation-Id": request.headers["x-correlation-id"], "Cache-Control": "max-age=60"}
    return Reply(PAGE, headers=headers)


async def read(api: Api, **options: Any) -> str:
    async with ContractsClient("acme-ticketshop", base_url=api.url, auth=BearerToken("t"), **options) as client:
        return (await client.list_contracts()).items[0].uuid


async def test_a_fixed_id_plays_a_cassette(api: Api, tmp_path: Path) -> None:
    api.answer = echoing
    cassette = str(tmp_path / "contracts.yaml")
    with vcr.use_cassette(cassette, filter_headers=["Authorization"]):
        assert await read(api, correlation_id=lambda: FIXED) == "c-1"
    with vcr.use_cassette(cassette, record_mode="none"):
        assert await read(api, correlation_id=lambda: FIXED) == "c-1"
    assert len(api.requests) == 1


async def test_a_cassette_of_another_id_is_refused(api: Api, tmp_path: Path) -> None:
    """What the fixed one is for: another call's response is never taken for this one's."""
    api.answer = echoing
    cassette = str(tmp_path / "contracts.yaml")
    with vcr.use_cassette(cassette):
        await read(api)
    with vcr.use_cassette(cassette, record_mode="none", allow_playback_repeats=True), pytest.raises(APIError):
        await read(api)


async def test_a_fixed_id_reads_a_cache(api: Api, tmp_path: Path) -> None:
    api.answer = echoing
    for _ in range(2):
        storage = AsyncSqliteStorage(database_path=str(tmp_path / "cache.db"))
        transport = AsyncCacheTransport(next_transport=httpx.AsyncHTTPTransport(), storage=storage)
        assert await read(api, transport=transport, correlation_id=lambda: FIXED) == "c-1"
        await storage.close()
    assert len(api.requests) == 1
