"""TLS: real handshakes with an authority of the test's own."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from raw_server import always, page_answer

from contracts_client import APIConnectionError, BearerToken, ConfigurationError, ContractsClient
from contracts_client.transport.network import default_ssl_context

AUTH = BearerToken("t0ken")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@asynccontextmanager
async def tls_server(authority: trustme.CA, host: str) -> AsyncIterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    handle = always(page_answer("c-1"))

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await handle(await reader.readuntil(b"\r\n\r\n"), writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with server:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}"


async def test_a_context_trusts_an_own_authority(authority: trustme.CA) -> None:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    async with (
        tls_server(authority, "localhost") as url,
        ContractsClient("acme-shop", auth=AUTH, base_url=url, ssl_context=context) as client,
    ):
        assert (await client.get_contract("c-1")).uuid == "c-1"


async def test_a_variable_trusts_an_own_authority(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    async with (
        tls_server(authority, "localhost") as url,
        ContractsClient("acme-shop", auth=AUTH, base_url=url) as client,
    ):
        calls = [client.get_contract("c-1") for _ in range(3)]  # the context is built once for all of them
        assert [contract.uuid for contract in await asyncio.gather(*calls)] == ["c-1"] * 3


@pytest.mark.parametrize(
    ("host", "told"),
    [
        pytest.param("localhost", "an authority that is not trusted: pass ssl_context=", id="unknown authority"),
        pytest.param("elsewhere.example", "for another host name: check the host", id="wrong host name"),
    ],
)
async def test_a_wrong_certificate_is_not_retried(authority: trustme.CA, host: str, told: str) -> None:
    context = ssl.create_default_context()
    if host != "localhost":
        authority.configure_trust(context)
    async with (
        tls_server(authority, host) as url,
        ContractsClient("acme-shop", auth=AUTH, base_url=url, ssl_context=context) as client,
    ):
        with pytest.raises(APIConnectionError, match=told) as caught:
            await client.get_contract("c-1")
    assert f"at {url})" in str(caught.value)
    assert not caught.value.safe_to_retry
    assert "verify" not in str(caught.value)


async def test_certificates_are_always_checked(authority: trustme.CA) -> None:
    async with (
        tls_server(authority, "localhost") as url,
        ContractsClient("acme-shop", auth=AUTH, base_url=url.replace("https", "HTTPS")) as client,
    ):
        with pytest.raises(APIConnectionError, match="certificate"):
            await client.get_contract("c-1")


@pytest.mark.parametrize("value", [False, True])
async def test_there_is_no_verify_option(value: Any) -> None:
    """httpx would take the place of a context for its ``verify``."""
    with pytest.raises(ConfigurationError, match=r"^ssl_context must be an ssl\.SSLContext, or None"):
        ContractsClient("acme-shop", auth=AUTH, ssl_context=value)


async def test_a_missing_certificate_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "nowhere.pem")
    async with ContractsClient("acme-shop", auth=AUTH, base_url="https://127.0.0.1:1") as client:
        with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
            await client.get_contract("c-1")
    default_ssl_context(trust_env=False)


def weakened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str) -> ssl.SSLContext:
    if how == "keys":
        monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys.log"))
    context = ssl.create_default_context()
    context.check_hostname = how == "keys"
    if how == "certificate":
        context.verify_mode = ssl.CERT_NONE
    return context


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("certificate", r"verifies no certificate.*; it checks no host name"),
        ("host name", r"^ssl_context checks no host name"),
        ("keys", r"^ssl_context logs its keys"),
    ],
)
def test_a_weak_context_is_warned_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str, told: str) -> None:
    """Where the client is made, once."""
    context = weakened(monkeypatch, tmp_path, how)
    with pytest.warns(UserWarning, match=told) as caught:
        ContractsClient("acme-shop", auth=AUTH, ssl_context=context)
    assert [each.filename for each in caught] == [__file__]


def test_keys_are_never_logged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys.log"))
    for trust_env in (True, False):
        assert default_ssl_context(trust_env=trust_env).keylog_filename is None
