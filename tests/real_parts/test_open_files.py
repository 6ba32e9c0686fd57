"""A process that may have no more open files."""

from __future__ import annotations

import subprocess
import sys

import pytest

USE = """
import asyncio, resource, sys
from api import serving
from contracts_client import BearerToken, ContractsClient, RetryPolicy
from contracts_client.errors import APIConnectionError

async def main():
    async with serving() as api:
        client = ContractsClient(
            "acme-ticketshop", base_url=api.url, auth=BearerToken("t"), retry=RetryPolicy(backoff_base=0.01)
        )
        async with client:
            assert await client.list_valid_contracts(1001)
            await asyncio.sleep(0.05)
        client = ContractsClient("acme-ticketshop", base_url=api.url, auth=BearerToken("t"))
        async with client:
            kept = []
            _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
            resource.setrlimit(resource.RLIMIT_NOFILE, (64, most))
            try:
                while True:
                    kept.append(open("/dev/null"))
            except OSError:
                pass
            try:
                if sys.argv[1] == "read":
                    await client.list_valid_contracts(1001)
                else:
                    await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)
            except APIConnectionError as error:
                caught = error
            for each in kept:
                each.close()
            print(type(caught).__name__, caught.safe_to_retry, caught)
            assert await client.list_valid_contracts(1001)  # nothing is broken for good

asyncio.run(main())
"""


@pytest.mark.parametrize("operation", ["read", "claim"])
def test_too_many_open_files(operation: str) -> None:
    """They are told as what they are, not as a server that can't be reached; nothing was sent."""
    done = subprocess.run(
        [sys.executable, "-c", USE, operation],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=__file__.rpartition("/")[0],
    )
    assert done.returncode == 0, done.stderr
    assert "open files" in done.stdout
    assert done.stdout.startswith("APIConnectionError True")
