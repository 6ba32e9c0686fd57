"""A client belongs to the event loop of its first use, and so to one thread."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from benefits_server import benefits_server
from simulated_api import ScriptedApi

from contracts_client import BearerToken, ConfigurationError, ContractsClient
from contracts_client.auth.credentials import AccessToken, TokenProvider


def a_client(**options: Any) -> ContractsClient:
    return ContractsClient("acme-shop", **{"auth": BearerToken("t"), "transport": ScriptedApi(latency=0), **options})


async def _token() -> AccessToken:
    return AccessToken("token")


USES: dict[str, Callable[[ContractsClient], Coroutine[Any, Any, object]]] = {
    "a call": lambda client: client.get_contract("c-1"),
    "a claim": lambda client: client.claim_personnel_ticket("A-B-C", customer_number=7),
    "closing": lambda client: client.aclose(),
    "a view": lambda client: client.with_options(deadline=1).get_contract("c-1"),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
@pytest.mark.parametrize("auth", [BearerToken("t"), TokenProvider(_token)], ids=["token", "provider"])
def test_a_client_says_so_on_another_event_loop(use: Callable[[ContractsClient], Any], auth: Any) -> None:
    async def main() -> None:
        await client.get_contract("c-1")

    client = a_client(auth=auth)
    asyncio.run(main())
    with pytest.raises(ConfigurationError, match="one client for each event loop"):
        asyncio.run(use(client))


def test_a_client_says_so_in_another_thread_while_it_is_in_use() -> None:
    failures: list[BaseException] = []

    def elsewhere(client: ContractsClient) -> None:
        try:
            asyncio.run(USES["a call"](client))
        except ConfigurationError as error:
            failures.append(error)

    async def main() -> None:
        async with benefits_server() as server, a_client(transport=None, base_url=server.url) as client:
            await client.get_contract("c-1")
            thread = threading.Thread(target=elsewhere, args=[client])
            thread.start()
            await asyncio.gather(*(client.get_contract("c-1") for _ in range(20)), asyncio.to_thread(thread.join))

    asyncio.run(main())
    assert len(failures) == 1


def test_a_client_may_be_made_where_no_event_loop_runs() -> None:
    async def main() -> None:
        async with client:
            await client.get_contract("c-1")

    client = a_client()
    asyncio.run(main())


def test_a_client_that_is_closed_may_be_closed_again_anywhere() -> None:
    client = a_client()
    asyncio.run(client.aclose())
    asyncio.run(client.aclose())


def test_a_call_that_is_refused_on_another_event_loop_does_no_harm_to_the_first() -> None:
    with asyncio.Runner() as first:
        client = a_client()
        first.run(client.get_contract("c-1"))  # type: ignore[arg-type]
        with asyncio.Runner() as second, pytest.raises(ConfigurationError):
            second.run(client.aclose())
        first.run(client.get_contract("c-1"))  # type: ignore[arg-type]
        first.run(client.aclose())


@pytest.mark.parametrize(
    "use", [*USES.values(), lambda client: anext(aiter(client.list_contracts()))], ids=[*USES, "a listing"]
)
def test_a_client_says_that_it_needs_asyncio_where_that_does_not_run(use: Callable[[ContractsClient], Any]) -> None:
    with pytest.raises(ConfigurationError, match="needs asyncio") as caught:
        use(a_client()).__await__().send(None)  # as another library's event loop would
    assert caught.value.__context__ is None


def test_what_fails_on_another_event_loop_is_not_hidden_by_the_client_that_does_not_belong_there() -> None:
    async def main() -> None:
        async with client:
            raise KeyError

    client = a_client()
    asyncio.run(client.get_contract("c-1"))  # type: ignore[arg-type]
    with pytest.raises(KeyError) as caught:
        asyncio.run(main())
    assert caught.value.__context__ is None


def test_leaving_a_client_on_another_event_loop_is_said_where_nothing_else_failed() -> None:
    async def main() -> None:
        async with client:
            pass

    client = a_client()
    asyncio.run(client.get_contract("c-1"))  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="one client for each event loop"):
        asyncio.run(main())
