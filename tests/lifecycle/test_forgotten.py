"""A client that opened connections and is forgotten says so; any other goes without a word."""

import gc
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from benefits_server import BenefitsServer, benefits_server
from simulated_api import ScriptedApi

from contracts_client import BearerToken, ClientCredentials, ConfigurationError, ContractsClient, Environment

SUPPORT = Path(__file__).resolve().parent.parent / "support"


def a_client(server: BenefitsServer, **options: Any) -> ContractsClient:
    return ContractsClient("acme-shop", **{"auth": BearerToken("t0ken"), "base_url": server.url, **options})


@contextmanager
def words_about_forgotten_clients() -> Iterator[Callable[[], list[str]]]:
    """Return what is said, so far, of clients that nothing refers to any more."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")  # asyncio has a word of its own for each connection

        def words() -> list[str]:
            gc.collect()
            return [str(each.message) for each in caught if "forgotten" in str(each.message)]

        yield words
        gc.collect()


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])
@pytest.mark.parametrize("operation", ["read", "claim"])
async def test_a_forgotten_open_client_warns(transport: Any, operation: str) -> None:
    """A client that is forgotten with connections open says so."""
    async with benefits_server() as server:
        with words_about_forgotten_clients() as words:
            client = a_client(server, transport=transport)
            if operation == "read":
                await client.get_contract("c-1")
            else:
                await client.claim_personnel_ticket("A-B-C", customer_number=7)
            del client
            (word,) = words()
    assert "acme-shop" in word
    assert "async with" in word
    assert "aclose()" in word
    assert "t0ken" not in word


async def test_a_token_connection_counts_as_open() -> None:
    """Only the token endpoint was spoken to and that counts too."""
    async with benefits_server() as server:
        with words_about_forgotten_clients() as words:
            client: Any = a_client(
                server,
                auth=ClientCredentials("id", "5ecret"),
                environment=Environment(api_url=server.url, auth_url=server.url),
            )
            await client._session._context.tokens.get()
            del client
            (word,) = words()
    assert "5ecret" not in word


async def test_a_closed_client_ends_silently() -> None:
    """A client that was closed goes without a word."""
    async with benefits_server() as server:
        with words_about_forgotten_clients() as words:
            async with a_client(server) as client:
                await client.get_contract("c-1")
            del client
            assert words() == []


async def test_an_unused_client_ends_silently() -> None:
    """A client that was never used goes without a word."""
    async with benefits_server() as server:
        with words_about_forgotten_clients() as words:
            a_client(server)
            with pytest.raises(ConfigurationError):
                ContractsClient("")
            assert words() == []


async def test_the_last_view_to_end_warns() -> None:
    """A view that goes says nothing while its client lives and the last one speaks."""
    async with benefits_server() as server:
        with words_about_forgotten_clients() as words:
            client = a_client(server)
            view = client.with_options(deadline=5)
            await view.get_contract("c-1")
            del view
            assert words() == []
            view = client.with_options(deadline=5)
            del client
            assert words() == []
            await view.get_contract("c-1")
            del view
            assert len(words()) == 1


async def test_a_user_s_transport_is_not_warned_of() -> None:
    """A client over a transport of the user's has no connections of its own."""
    with words_about_forgotten_clients() as words:
        client = ContractsClient("acme-shop", auth=BearerToken("t"), transport=ScriptedApi())
        await client.get_contract("c-1")
        del client
        assert words() == []


def test_a_program_ends_despite_open_clients() -> None:
    """A program that ends without closing its client hears of it and ends all the same."""
    code = """
import asyncio
from benefits_server import benefits_server
from contracts_client import BearerToken, ContractsClient

async def main():
    global client
    async with benefits_server() as server:
        client = ContractsClient("acme-shop", auth=BearerToken("t"), base_url=server.url)
        await client.get_contract("c-1")

asyncio.run(main())
"""
    command = [sys.executable, "-W", "always::ResourceWarning", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, cwd=SUPPORT)
    assert done.stderr.count("was forgotten with connections open") == 1
    assert "Traceback" not in done.stderr
