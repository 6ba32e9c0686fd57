"""Proxies that refuse: squid and tinyproxy between the client and an API behind TLS, microsocks before one without."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from api import CALLS, Api, serving
from programs import Running, free_port, program, running

from contracts_client import BearerToken, ContractsClient
from contracts_client.errors import APIConnectionError

AUTHORITY = trustme.CA()
HOST = "contracts.acme.example"
HOSTS = {HOST: "127.0.0.1"}
SECRET = "pr0xy-s3cret"
TRANSPORTS = pytest.mark.parametrize("transport", [None, "aiohttp"], ids=["httpx", "aiohttp"])
SQUID = """\
http_port 127.0.0.1:{port}
visible_hostname localhost
cache deny all
hosts_file {folder}/hosts
access_log none
cache_log {folder}/cache.log
pid_filename {folder}/squid.pid
coredump_dir {folder}
pinger_enable off
shutdown_lifetime 0 seconds
{rules}
"""
WITH_PASSWORD = """\
auth_param basic program {helper} {folder}/passwords
acl known proxy_auth REQUIRED
http_access allow known
http_access deny all
"""
TINYPROXY = """\
Port {port}
Listen 127.0.0.1
Timeout 20
PidFile "{folder}/tinyproxy.pid"
LogFile "{folder}/tinyproxy.log"
{rules}
"""


@pytest.fixture
async def tls_api() -> AsyncIterator[Api]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    AUTHORITY.issue_cert(HOST).configure_cert(context)
    async with serving(context) as served:
        served.url = served.url.replace("localhost", HOST)  # what is called localhost is reached without a proxy
        yield served


@contextmanager
def squid(folder: Path, rules: str) -> Iterator[Running]:
    found = program("squid", "squid-openssl")
    port = free_port()
    if "{helper}" in rules:
        hashed = subprocess.run(
            [program("openssl", "openssl"), "passwd", "-apr1", SECRET], capture_output=True, text=True, check=True
        )
        (folder / "passwords").write_text(f"acme:{hashed.stdout}")
        rules = rules.format(helper="/usr/lib/squid/basic_ncsa_auth", folder=folder)
    file = folder / "squid.conf"
    # As root it becomes the user proxy, who has to get at the folder.
    for each in (folder, *folder.parents[:2]):
        each.chmod(0o755)
    folder.chmod(0o777)
    file.write_text(SQUID.format(port=port, folder=folder, rules=rules))
    with running([found, "-N", "-f", file], port, folder, hosts=HOSTS) as started:
        yield started


@contextmanager
def tinyproxy(folder: Path, rules: str) -> Iterator[Running]:
    found = program("tinyproxy", "tinyproxy")
    port = free_port()
    file = folder / "tinyproxy.conf"
    file.write_text(TINYPROXY.format(port=port, folder=folder, rules=rules))
    with running([found, "-d", "-c", file], port, folder, hosts=HOSTS) as started:
        yield started


@contextmanager
def microsocks(folder: Path, rules: str) -> Iterator[Running]:
    found = program("microsocks", "microsocks")
    port = free_port()
    with running([found, "-i", "127.0.0.1", "-p", str(port), *rules.split()], port, folder, hosts=HOSTS) as started:
        yield started


def client_of(api: Api, transport: Any = None) -> ContractsClient:
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    return ContractsClient(
        "acme-ticketshop",
        base_url=api.url,
        auth=BearerToken("t"),
        ssl_context=context,
        transport=transport,
        deadline=15,
    )


@pytest.fixture(autouse=True)
def _no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def skip_socks(address: str, transport: str | None) -> None:
    if address.startswith("socks") and transport == "aiohttp":
        pytest.skip("aiohttp speaks no SOCKS")


START = {"squid": squid, "tinyproxy": tinyproxy, "microsocks": microsocks}
GOOD = [
    ("squid", "http_access allow all", "http://127.0.0.1:{port}"),
    ("squid", WITH_PASSWORD, "http://acme:pr0xy-s3cret@127.0.0.1:{port}"),
    ("tinyproxy", "", "http://127.0.0.1:{port}"),
    ("tinyproxy", "BasicAuth acme pr0xy-s3cret", "http://acme:pr0xy-s3cret@127.0.0.1:{port}"),
    ("microsocks", "", "socks5h://127.0.0.1:{port}"),
    ("microsocks", "-u acme -P pr0xy-s3cret", "socks5h://acme:pr0xy-s3cret@127.0.0.1:{port}"),
]
CREDENTIALS = "it wants other credentials in the proxy's address"
REFUSING = [
    ("squid", "http_access deny all", "http://127.0.0.1:{port}", "its rules forbid this server or port"),
    ("squid", WITH_PASSWORD, "http://127.0.0.1:{port}", CREDENTIALS),
    ("squid", WITH_PASSWORD, "http://acme:wr0ng-s3cret@127.0.0.1:{port}", CREDENTIALS),
    ("tinyproxy", "ConnectPort 443", "http://127.0.0.1:{port}", "its rules forbid this server or port"),
    ("tinyproxy", "BasicAuth acme pr0xy-s3cret", "http://127.0.0.1:{port}", CREDENTIALS),
    ("tinyproxy", "BasicAuth acme pr0xy-s3cret", "http://acme:wr0ng-s3cret@127.0.0.1:{port}", CREDENTIALS),
    ("microsocks", "-u acme -P pr0xy-s3cret", "socks5h://127.0.0.1:{port}", CREDENTIALS),
    ("microsocks", "-u acme -P pr0xy-s3cret", "socks5h://acme:wr0ng-s3cret@127.0.0.1:{port}", CREDENTIALS),
]


@TRANSPORTS
@pytest.mark.parametrize("case", GOOD)
async def test_a_proxy_that_lets_through(
    tls_api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: tuple[str, str, str], transport: Any
) -> None:
    name, rules, address = case
    skip_socks(address, transport)
    with START[name](tmp_path, rules) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", address.format(port=proxy.port))
        async with client_of(tls_api, transport) as client:
            assert await client.list_valid_contracts(1001)
            await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)
    assert tls_api.executed == {"ABC-DEF-123": 1}


@TRANSPORTS
@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("case", REFUSING)
async def test_a_proxy_that_refuses(
    tls_api: Api,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[str, str, str, str],
    operation: str,
    *,
    transport: Any,
) -> None:
    """It is a fault of the configuration: tried once, told to be the proxy's and why, without the proxy's password."""
    name, rules, address, why = case
    skip_socks(address, transport)
    with START[name](tmp_path, rules) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", address.format(port=proxy.port))
        async with client_of(tls_api, transport) as client:
            with pytest.raises(APIConnectionError, match=rf"the proxy refused.*: {why}") as caught:
                await CALLS[operation](client)
    scheme = address.partition("://")[0]
    assert f"at {tls_api.url} through the proxy {scheme}://127.0.0.1:{proxy.port})" in str(caught.value)
    assert "s3cret" not in f"{caught.value!r} {caught.value}"
    assert caught.value.attempts == 1
    assert type(caught.value) is APIConnectionError  # nothing was executed
    assert tls_api.requests == []


@TRANSPORTS
async def test_a_proxy_that_is_not_there(tls_api: Api, monkeypatch: pytest.MonkeyPatch, transport: Any) -> None:
    """It may be restarting, so it is tried again; nothing was sent, so even the claim is."""
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{free_port()}")
    async with client_of(tls_api, transport) as client:
        with pytest.raises(APIConnectionError) as caught:
            await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)
    assert caught.value.attempts > 1
    assert caught.value.safe_to_retry
    assert "the proxy can't be reached: nothing listens on its port; check HTTPS_PROXY" in str(caught.value)


@TRANSPORTS
async def test_a_proxy_whose_name_leads_nowhere(tls_api: Api, monkeypatch: pytest.MonkeyPatch, transport: Any) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://nowhere.invalid:3128")
    async with client_of(tls_api, transport) as client:
        with pytest.raises(APIConnectionError) as caught:
            await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)
    assert caught.value.attempts <= 2  # names are looked up once more, since resolvers fail for moments
    assert "the proxy's name can't be resolved; check HTTPS_PROXY" in str(caught.value)
    assert f"at {tls_api.url} through the proxy http://nowhere.invalid:3128)" in str(caught.value)
    assert tls_api.requests == []


async def test_what_a_socks_proxy_can_not_reach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server may be restarting, so it is tried again; nothing was sent, so even the claim is."""
    with microsocks(tmp_path, "") as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"socks5h://127.0.0.1:{proxy.port}")
        async with client_of(Api(f"https://{HOST}:{free_port()}")) as client:
            with pytest.raises(APIConnectionError) as caught:
                await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)
    assert caught.value.attempts > 1
    assert caught.value.safe_to_retry
    assert "the proxy refused: it can't reach the server" in str(caught.value)
