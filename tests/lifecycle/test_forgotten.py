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


@pytest.mark.parametrize("transport", [None, "httpx2"], ids=["httpx", "httpx2"])
@pytest.mark.parametrize("operation", ["read", "claim"])
async def test_a_client_that_is_forgotten_with_connections_open_says_so(transport: Any, operation: str) -> None:
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


async def test_only_the_token_endpoint_was_spoken_to_and_that_counts_too() -> None:
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


async def test_a_client_that_was_closed_goes_without_a_word() -> None:
    async with benefits_server() as server:
        with words_about_forgotten_clients() as words:
            async with a_client(server) as client:
                await client.get_contract("c-1")
            del client
            assert words() == []


async def test_a_client_that_was_never_used_goes_without_a_word() -> None:
    async with benefits_server() as server:
        with words_about_forgotten_clients() as words:
            a_client(server)
            with pytest.raises(ConfigurationError):
                ContractsClient("")
            assert words() == []


async def test_a_view_that_goes_says_nothing_while_its_client_lives_and_the_last_one_speaks() -> None:
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


async def test_a_client_over_a_transport_of_the_user_s_has_no_connections_of_its_own() -> None:
    with words_about_forgotten_clients() as words:
        client = ContractsClient("acme-shop", auth=BearerToken("t"), transport=ScriptedApi())
        await client.get_contract("c-1")
        del client
        assert words() == []


def test_a_program_that_ends_without_closing_its_client_hears_of_it_and_ends_all_the_same() -> None:
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
