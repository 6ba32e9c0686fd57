"""A name whose address changes while connections are kept, as resolved by the machine: libnss-wrapper tells it."""

from __future__ import annotations

import asyncio
import os
import ssl
import sys
from pathlib import Path

import trustme
from api import serving
from programs import library

HOST = "contracts.acme.example"
OTHER = "127.0.0.2"
USE = """
import asyncio, os, pathlib
from contracts_client import BearerToken, ContractsClient

async def main():
    url = f"https://{os.environ['API_HOST']}:{os.environ['API_PORT']}"
    async with ContractsClient(
        "acme-ticketshop", base_url=url, auth=BearerToken("t"), connection_lifetime=0.3
    ) as client:
        assert await client.list_valid_contracts(1001)
        assert await client.list_valid_contracts(1001)
        hosts = f"{os.environ['API_OTHER']} {os.environ['API_HOST']}"
        pathlib.Path(os.environ["NSS_WRAPPER_HOSTS"]).write_text(hosts)
        os.utime(os.environ["NSS_WRAPPER_HOSTS"], (0, 0))  # it looks at whole seconds to see a change
        await asyncio.sleep(0.4)
        assert await client.list_valid_contracts(1001)

asyncio.run(main())
"""


async def test_a_connection_follows_a_new_address(tmp_path: Path) -> None:
    wrapper = library("libnss_wrapper.so", "libnss-wrapper")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(context)
    hosts = tmp_path / "hosts"
    hosts.write_text(f"127.0.0.1 {HOST}\n")
    async with serving(context) as first:
        port = first.url.rpartition(":")[2]
        async with serving(context, int(port), OTHER) as second:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", USE),
                stderr=asyncio.subprocess.PIPE,
                env={
                    **os.environ,
                    "LD_PRELOAD": wrapper,
                    "NSS_WRAPPER_HOSTS": str(hosts),
                    "SSL_CERT_FILE": str(tmp_path / "authority.pem"),
                    "API_HOST": HOST,
                    "API_OTHER": OTHER,
                    "API_PORT": port,
                    "NO_PROXY": "*",
                },
            )
            _, errors = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0, errors.decode()
    assert (len(first.requests), first.connections) == (2, 1)
    assert len(second.requests) == 1
