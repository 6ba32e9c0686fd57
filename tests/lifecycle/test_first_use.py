"""What takes long is done when it is first needed, off the event loop, and once."""

import asyncio
import ssl
import sys
import threading
from typing import Any

import httpx
import pytest
from benefits_server import benefits_server

from contracts_client import APIConnectionError, BearerToken, ContractsClient
from contracts_client.transport import network
from contracts_client.transport.library import Library


async def test_the_ssl_context_is_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SSL context is built off the loop once and shared."""
    threads: list[threading.Thread] = []
    build = network.default_ssl_context

    def noting(*, trust_env: bool) -> ssl.SSLContext:
        threads.append(threading.current_thread())
        return build(trust_env=trust_env)

    monkeypatch.setattr(network, "default_ssl_context", noting)
    async with ContractsClient(
        "acme-shop", auth=BearerToken("t"), base_url="https://127.0.0.1:1", retry=None
    ) as client:
        assert threads == []
        calls = [client.get_contract("c-1"), client.get_contract("c-1")]
        claim = client.claim_personnel_ticket("A-B-C", customer_number=7)  # on a connection of its own
        outcomes = await asyncio.gather(*calls, claim, return_exceptions=True)
    assert {type(each) for each in outcomes} == {APIConnectionError}
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


async def test_the_transport_is_imported_off_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the transport runs on is imported off the loop."""

    class Noting:
        """Sees who imports."""

        threads: list[threading.Thread] = []  # noqa: RUF012 # of the one test

        def find_spec(self, name: str, *_: object) -> None:
            if name == "colorsys":
                self.threads.append(threading.current_thread())

    monkeypatch.setattr(sys, "meta_path", [Noting(), *sys.meta_path])
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    async with (
        benefits_server() as server,
        ContractsClient("acme-shop", auth=BearerToken("t"), base_url=server.url) as client,
    ):
        api: Any = client._session._transports[0]
        api._connections.library = Library(httpx, "colorsys")  # a module that nobody has imported yet
        await client.get_contract("c-1")
    (thread,) = Noting.threads
    assert thread is not threading.main_thread()
