"""nginx between the client and the API: reloaded and restarted while calls are under way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from api import Api
from programs import Running, free_port, program, running

from contracts_client import BearerToken, ContractsClient, ContractsError, OutcomeUnknownError
from contracts_client.errors import APIError

CONFIGURATION = """\
daemon off;
master_process on;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    gzip on;
    gzip_min_length 0;
    gzip_proxied any;
    gzip_types application/json;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream api {{ server {upstream}; keepalive 16; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://api;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
        }}
    }}
}}
"""


@pytest.fixture
async def nginx(api: Api, tmp_path: Path) -> AsyncIterator[Running]:
    found = program("nginx", "nginx-light")
    port = free_port()
    file = tmp_path / "nginx.conf"
    upstream = api.url.removeprefix("http://")
    file.write_text(CONFIGURATION.format(folder=tmp_path, port=port, upstream=upstream))
    with running([found, "-p", tmp_path, "-e", tmp_path / "error.log", "-c", file], port, tmp_path) as started:
        yield started


async def restart(nginx: Running, seconds: float) -> None:
    """Have it away for so long."""
    await asyncio.to_thread(nginx.stop)
    await asyncio.sleep(seconds)
    await asyncio.to_thread(nginx.start_again)


async def at_rate(call: Callable[[int], Awaitable[object]], rate: int, seconds: float) -> list[BaseException]:
    """Call so often a second, wait for all of it, and return what failed."""
    loop = asyncio.get_running_loop()
    started = loop.time()
    tasks = []
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, started + number / rate - loop.time()))
        tasks.append(asyncio.ensure_future(call(number)))
    return [each for each in await asyncio.gather(*tasks, return_exceptions=True) if isinstance(each, BaseException)]


async def test_what_nginx_packs_is_read(api: Api, nginx: Running) -> None:
    async with httpx.AsyncClient() as host:
        assert (await host.get(nginx.url)).headers["Content-Encoding"] == "gzip"
    async with ContractsClient("acme-ticketshop", base_url=nginx.url, auth=BearerToken("t")) as client:
        assert await client.list_valid_contracts(1001)


async def test_a_reload_fails_no_read(api: Api, nginx: Running) -> None:
    async with ContractsClient("acme-ticketshop", base_url=nginx.url, auth=BearerToken("t"), deadline=15) as client:

        async def reload() -> None:
            for _ in range(5):
                await asyncio.sleep(0.3)
                nginx.reload()

        failed, _ = await asyncio.gather(at_rate(lambda _: client.list_valid_contracts(1001), 60, 2), reload())
    assert failed == []


@pytest.mark.parametrize("rate", [40, 80])
async def test_a_restart_fails_two_reads_at_most(api: Api, nginx: Running, rate: int) -> None:
    async with ContractsClient("acme-ticketshop", base_url=nginx.url, auth=BearerToken("t"), deadline=15) as client:

        async def pause() -> None:
            await asyncio.sleep(0.5)
            await restart(nginx, 1.0)

        failed, _ = await asyncio.gather(at_rate(lambda _: client.list_valid_contracts(1001), rate, 2.5), pause())
    assert all(isinstance(error, APIError) for error in failed)
    assert len(failed) <= 2


async def test_claims_in_restarts_are_made_once(api: Api, nginx: Running) -> None:
    api.delay = 0.1  # so that some are under way, executed and unanswered, as nginx goes
    told: dict[str, BaseException | None] = {}
    async with ContractsClient("acme-ticketshop", base_url=nginx.url, auth=BearerToken("t"), deadline=15) as client:

        async def claim(number: int) -> None:
            code = f"ABC-DEF-{number:03}"
            try:
                await client.claim_personnel_ticket(code, customer_number=1001)
                told[code] = None
            except ContractsError as error:
                told[code] = error

        async def disturb() -> None:
            for _ in range(2):
                await asyncio.sleep(0.3)
                nginx.reload()
                await asyncio.sleep(0.3)
                await restart(nginx, 0.2)

        await asyncio.gather(at_rate(claim, 60, 2), disturb())

    assert max(api.executed.values()) == 1
    assert any(isinstance(error, OutcomeUnknownError) for error in told.values())
    for code, error in told.items():
        if error is None:
            assert api.executed[code] == 1
        elif api.executed[code]:
            assert isinstance(error, OutcomeUnknownError)
            assert not error.safe_to_retry
