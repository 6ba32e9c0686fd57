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
def test_another_event_loop_is_refused(use: Callable[[ContractsClient], Any], auth: Any) -> None:
    """A client says so on another event loop."""

    async def main() -> None:
        await client.get_contract("c-1")

    client = a_client(auth=auth)
    asyncio.run(main())
    with pytest.raises(ConfigurationError, match="one client for each event loop"):
        asyncio.run(use(client))


def test_another_thread_is_refused_in_use() -> None:
    """A client says so in another thread while it is in use."""
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


def test_a_client_is_made_without_a_loop() -> None:
    """A client may be made where no event loop runs."""

    async def main() -> None:
        async with client:
            await client.get_contract("c-1")

    client = a_client()
    asyncio.run(main())


def test_a_closed_client_may_close_anywhere() -> None:
    """A client that is closed may be closed again anywhere."""
    client = a_client()
    asyncio.run(client.aclose())
    asyncio.run(client.aclose())


def test_a_refused_call_harms_no_other_loop() -> None:
    """A call that is refused on another event loop does no harm to the first."""
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
def test_without_asyncio_a_client_is_refused(use: Callable[[ContractsClient], Any]) -> None:
    """A client says that it needs asyncio where that does not run."""
    with pytest.raises(ConfigurationError, match="needs asyncio") as caught:
        use(a_client()).__await__().send(None)  # as another library's event loop would
    assert caught.value.__context__ is None


def test_another_loop_s_error_is_not_hidden() -> None:
    """What fails on another event loop is not hidden by the client that does not belong there."""

    async def main() -> None:
        async with client:
            raise KeyError

    client = a_client()
    asyncio.run(client.get_contract("c-1"))  # type: ignore[arg-type]
    with pytest.raises(KeyError) as caught:
        asyncio.run(main())
    assert caught.value.__context__ is None


def test_leaving_on_another_loop_is_told() -> None:
    """Leaving a client on another event loop is said where nothing else failed."""

    async def main() -> None:
        async with client:
            pass

    client = a_client()
    asyncio.run(client.get_contract("c-1"))  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="one client for each event loop"):
        asyncio.run(main())
