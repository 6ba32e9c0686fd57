"""A Python whose hashes are restricted, as by OpenSSL in FIPS mode."""

from __future__ import annotations

import subprocess
import sys

import pytest

BEFORE = "b1.1.1.1ea9e2682e9c.9a27ad"
"""A bookmark that was written before there were any of SHA-256."""
RULES = """
import hashlib, sys
def restricted(name):
    usual = getattr(hashlib, name)
    def refusing(*data, usedforsecurity=True, **others):
        if usedforsecurity:
            raise ValueError("[digital envelope routines] unsupported")
        return usual(*data, usedforsecurity=False, **others)
    return refusing
hashlib.md5, hashlib.sha1 = restricted("md5"), restricted("sha1")
"""
WITHOUT = RULES + "del hashlib.blake2b, hashlib.blake2s\n"
REFUSING = (
    RULES
    + """
def refusing(*_, **__):
    raise ValueError("[digital envelope routines] unsupported")
hashlib.blake2b = hashlib.blake2s = refusing
"""
)
FOR_OTHER_USES = RULES + "hashlib.blake2b, hashlib.blake2s = restricted('blake2b'), restricted('blake2s')\n"
USE = """
import asyncio, json
import httpx
from api import CONTRACT, TOKEN
from contracts_client import ClientCredentials, ContractsClient

CONTRACTS = [{**CONTRACT, "uuid": f"{number:03}" * 50} for number in range(6)]  # long keys are kept as a digest

def answer(request):
    if "oauth" in request.url.path:
        return httpx.Response(200, json=TOKEN)
    start = (int(request.url.params.get("page", 1)) - 1) * 2
    page = {"items": CONTRACTS[start : start + 2], "totalItems": 6, "totalPages": 3}
    return httpx.Response(200, json=page)

async def main():
    auth = ClientCredentials("an-id", "a-s3cret")
    async with ContractsClient("acme-ticketshop", auth=auth, transport=httpx.MockTransport(answer)) as client:
        assert len(await client.list_contracts(per_page=2).collect()) == 6
        assert (await client.find_claim("ABC-DEF-123", customer_number=1001)).uuid == CONTRACTS[0]["uuid"]
        listing = client.list_contracts(per_page=2, customer_number=1001)
        async for _ in listing:
            break
        marks = [str(listing.bookmark), *sys.argv[1:]]
        for mark in marks:
            rest = await client.list_contracts(per_page=2, customer_number=1001, resume=mark).collect()
            assert [each.uuid for each in rest] == [each["uuid"] for each in CONTRACTS[1:]], mark
        print(marks[0])

asyncio.run(main())
"""


def use(rules: str, *bookmarks: str) -> str:
    """Import the client in a process with such rules, use it, go on after the bookmarks, and return a new one."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", rules + USE, *bookmarks],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=__file__.rpartition("/")[0],
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("rules", [WITHOUT, REFUSING, FOR_OTHER_USES], ids=["absent", "refused", "for other uses"])
def test_it_works_with_restricted_hashes(rules: str) -> None:
    """Bookmarks of one machine are understood on the other, and so is one of an earlier version."""
    usual = use("import sys\n", BEFORE)
    restricted = use(rules, usual, BEFORE)
    use("import sys\n", restricted)
