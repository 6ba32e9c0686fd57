"""Time that a test has stopped, by freezegun and by time-machine, while msgspec is installed."""

from __future__ import annotations

import subprocess
import sys

import pytest

# In a process of its own: it is the first read of a process that prepares the fast reader.
FROZEN = """
import asyncio, datetime, json
import httpx, msgspec
{imports}
from api import CONTRACT, PAGE, TOKEN
from contracts_client import ClientCredentials, ContractsClient

def answer(request):
    body = TOKEN if "oauth" in request.url.path else [CONTRACT] if "consumers" in request.url.path else PAGE
    return httpx.Response(200, json=body)

async def main():
    auth = ClientCredentials("an-id", "a-s3cret")
    async with ContractsClient("acme-ticketshop", auth=auth, transport=httpx.MockTransport(answer)) as client:
        return [await client.list_valid_contracts(1001), await client.list_contracts().collect()]

with {stopped}:
    stopped = asyncio.run(main())
after = asyncio.run(main())
for lists in (stopped, after):
    for contracts in lists:
        moment = contracts[0].created_at
        assert moment.isoformat() == "2026-01-01T00:00:00+00:00", moment
        assert datetime.datetime.now(datetime.UTC) > moment - datetime.timedelta(days=99999)
assert stopped == after
print("read")
"""
WAYS = {
    "freezegun": ("import freezegun", "freezegun.freeze_time('2026-06-01')"),
    "freezegun, real asyncio": ("import freezegun", "freezegun.freeze_time('2026-06-01', real_asyncio=True)"),
    "freezegun, ticking": ("import freezegun", "freezegun.freeze_time('2026-06-01', tick=True)"),
    "time-machine": ("import time_machine", "time_machine.travel('2026-06-01', tick=False)"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_first_read_while_time_stands(way: str) -> None:
    imports, stopped = WAYS[way]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FROZEN.format(imports=imports, stopped=stopped)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=__file__.rpartition("/")[0],
    )
    assert done.stdout == "read\n", done.stderr
