"""A process that can open no more files, and connections that a transport of the user's leaves open."""

import errno
from types import SimpleNamespace

import httpx
import pytest

from contracts_client import APIConnectionError, ContractsClient
from contracts_client.transport import network

BASE_URL = "https://localhost:1"


@pytest.mark.parametrize("code", [errno.EMFILE, errno.ENFILE])
async def test_a_lack_of_files_for_certificates(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no fault of SSL_CERT_FILE, and may pass."""

    def refuse(*, trust_env: bool) -> None:
        raise OSError(code, "too many open files")

    monkeypatch.setattr(network, "create_ssl_context", refuse)
    async with ContractsClient("acme-shop", base_url=BASE_URL, retry=None) as client:
        with pytest.raises(APIConnectionError, match="files"):
            await client.get_contract("c-1")


async def test_a_broken_handshake_of_the_user_s() -> None:
    """httpcore leaves the stream open where a handshake fails: it is closed, whose transport it may be."""
    closed: list[str] = []

    async def aclose() -> None:
        closed.append("stream")

    class Transport(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            trace = request.extensions["trace"]
            await trace("connection.connect_tcp.started", {})
            stream = SimpleNamespace(aclose=aclose, get_extra_info=lambda _: None)
            await trace("connection.connect_tcp.complete", {"return_value": stream})
            raise httpx.ConnectError("broken")

    async with ContractsClient("acme-shop", base_url=BASE_URL, retry=None, transport=Transport()) as client:
        with pytest.raises(APIConnectionError):
            await client.get_contract("c-1")
    assert closed == ["stream"]
