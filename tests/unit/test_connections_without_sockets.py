"""What a pool opens, lends and closes, and what the libraries are asked for: no connection is made here."""

import asyncio
import ssl
import sys
from contextlib import suppress
from typing import Any

import httpx
import httpx2
import pytest
from peer import wire
from virtual_time import run_virtually

from contracts_client import ConfigurationError, ContractsClient, defaults
from contracts_client.transport.connections import Pool
from contracts_client.transport.exchange import HttpxTransport
from contracts_client.transport.library import (
    HTTPX,
    Library,
    TransportOptions,
    checked_timeout,
    is_proxy_address,
    library_of,
)
from contracts_client.transport.lifecycle import Lifetime, is_being_cancelled
from contracts_client.transport.network import LazyContext
from contracts_client.transport.trace import ExchangeError

HTTPX2 = Library(httpx2, "httpcore2")
LIBRARIES = pytest.mark.parametrize("library", [HTTPX, HTTPX2], ids=["httpx", "httpx2"])


class Opened:
    """A transport that only knows whether it is open."""

    def __init__(self, **made_with: Any) -> None:
        self.made_with = made_with
        self.closed = 0

    async def handle_async_request(self, request: Any, /) -> Any:
        raise httpx.PoolTimeout("no connection is free")

    async def aclose(self) -> None:
        self.closed += 1


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Opened]:
    """What was opened, in the place of real pools, with what it was opened with."""
    made: list[Opened] = []

    def pool(_: Library, context: ssl.SSLContext, **options: Any) -> Opened:
        made.append(Opened(context=context, **options))
        return made[-1]

    monkeypatch.setattr(Library, "pool", pool)
    return made


async def test_one_pool_serves_all_exchanges_and_is_closed_in_the_end(opened: list[Opened]) -> None:
    pool = Pool("http://127.0.0.1:9", TransportOptions(), connections=7, tls=None)

    async def borrow() -> object:
        async with pool.transport(fresh=False) as lent:
            return lent

    assert await asyncio.gather(borrow(), borrow(), borrow()) == opened * 3
    assert await borrow() is opened[0]
    (made,) = opened
    context = made.made_with.pop("context")
    assert made.made_with == {"proxy": None, "connections": 7, "keepalive_connections": 7}
    assert (context.verify_mode, context.cert_store_stats()["x509"]) == (ssl.CERT_REQUIRED, 0)
    assert made.closed == 0
    await pool.aclose()
    assert made.closed == 1


async def test_a_fresh_connection_is_one_that_is_not_kept_and_is_closed_however_its_exchange_ends(
    opened: list[Opened],
) -> None:
    pool = Pool("http://127.0.0.1:9", TransportOptions(), connections=7, tls=None)
    for _ in range(2):
        with suppress(ZeroDivisionError):
            async with pool.transport(fresh=True) as lent:
                assert lent is opened[-1]
                assert opened[-1].closed == 0
                raise ZeroDivisionError
    assert [made.closed for made in opened] == [1, 1]
    assert {(made.made_with["connections"], made.made_with["keepalive_connections"]) for made in opened} == {(1, 0)}
    await pool.aclose()
    assert [made.closed for made in opened] == [1, 1]


@pytest.mark.parametrize(("fresh", "connections"), [(True, 1), (False, 7)])
async def test_an_exchange_has_a_connection_of_its_own_where_that_is_asked_for(
    opened: list[Opened], *, fresh: bool, connections: int
) -> None:
    exchanger = HttpxTransport("http://127.0.0.1:9", TransportOptions(), max_concurrency=7, max_bytes=100)
    with pytest.raises(ExchangeError) as caught:
        await exchanger.send(wire(fresh=fresh))
    assert caught.value.never_sent  # what the client's own pool calls that is that
    assert [made.made_with["connections"] for made in opened] == [connections]
    await exchanger.aclose()


@pytest.mark.parametrize("closes", [True, False])
async def test_a_transport_of_the_user_s_is_lent_as_it_is_and_closed_by_whom_it_is_closed_with(
    opened: list[Opened], *, closes: bool
) -> None:
    class Own(httpx.AsyncBaseTransport):
        closed = 0

        async def aclose(self) -> None:
            self.closed += 1

    own = Own()
    pool = Pool(
        "https://api.example", TransportOptions(transport=own, closes_transport=closes), connections=7, tls=None
    )
    for fresh in (True, False):
        async with pool.transport(fresh=fresh) as lent:
            assert lent is own
    assert not opened
    assert (pool.is_own, pool.is_pooled) == (False, False)
    await pool.aclose()
    assert own.closed == closes


@pytest.mark.parametrize(("fault", "seconds"), [(RuntimeError, 0), (None, defaults.DRAIN_TIMEOUT)])
def test_a_transport_that_does_not_close_is_logged_and_not_waited_for(
    caplog: pytest.LogCaptureFixture, fault: type[Exception] | None, seconds: float
) -> None:
    class Stuck(httpx.AsyncBaseTransport):
        async def aclose(self) -> None:
            if fault is not None:
                raise fault("c4narY")
            await asyncio.Event().wait()

    async def main() -> float:
        pool = Pool("https://api.example", TransportOptions(transport=Stuck()), connections=1, tls=None)
        async with pool.transport(fresh=False):
            pass
        await pool.aclose()
        return asyncio.get_running_loop().time()

    assert run_virtually(main()) == pytest.approx(seconds)
    name = "TimeoutError" if fault is None else "RuntimeError"
    assert caplog.messages == [f"a connection could not be closed: {name}"]


@pytest.mark.parametrize("trust_env", [True, False])
def test_a_pool_with_a_context_of_its_own_trusts_the_environment_as_far_as_it_is_told(*, trust_env: bool) -> None:
    pool = Pool("https://api.example", TransportOptions(trust_env=trust_env), connections=1, tls=None)
    assert pool._tls._trust_env is trust_env


def test_a_pool_is_known_for_one_whoever_made_it() -> None:
    own = Pool("https://api.example", TransportOptions(), connections=1, tls=None)
    assert (own.is_own, own.is_pooled, own.library) == (True, True, HTTPX)
    by_name = Pool("https://api.example", TransportOptions(transport="httpx2"), connections=1, tls=None)
    assert (by_name.is_own, by_name.is_pooled, by_name.library) == (True, True, HTTPX2)
    given = TransportOptions(transport=httpx.AsyncHTTPTransport())
    users = Pool("https://api.example", given, connections=1, tls=None)
    assert (users.is_own, users.is_pooled) == (False, True)


async def test_the_context_is_the_user_s_or_the_shared_one_or_for_plain_http_one_that_trusts_nobody(
    opened: list[Opened],
) -> None:
    mine, shared = (ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) for _ in range(2))
    tls = LazyContext(shared, trust_env=False)
    for url, options, lazy, context in (
        ("https://api.example", TransportOptions(ssl_context=mine), None, mine),
        ("http://localhost", TransportOptions(ssl_context=mine), None, mine),
        ("https://api.example", TransportOptions(), tls, shared),
    ):
        async with Pool(url, options, connections=1, tls=lazy).transport(fresh=False):
            assert opened[-1].made_with["context"] is context
    async with Pool("http://localhost", TransportOptions(), connections=1, tls=tls).transport(fresh=False):
        assert opened[-1].made_with["context"] not in {mine, shared}


@pytest.mark.parametrize("trust_env", [True, False])
async def test_the_environment_s_proxy_counts_where_the_environment_is_trusted_and_the_pool_is_the_client_s(
    opened: list[Opened], monkeypatch: pytest.MonkeyPatch, *, trust_env: bool
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    options = TransportOptions(trust_env=trust_env, ssl_context=context)
    async with Pool("https://api.example", options, connections=1, tls=None).transport(fresh=False):
        assert opened[0].made_with["proxy"] == ("http://proxy.example:3128" if trust_env else None)


@LIBRARIES
@pytest.mark.parametrize("proxy", [None, "http://proxy.example:3128", "https://proxy.example:3128"])
def test_a_library_is_asked_for_bounded_http_1_1_with_one_context_for_server_and_proxy(
    library: Library, proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    monkeypatch.setattr(library.module, "AsyncHTTPTransport", Opened)
    made: Any = library.pool(context, proxy=proxy, connections=5, keepalive_connections=3)
    asked = made.made_with
    through = asked.pop("proxy")
    limits = library.module.Limits(
        max_connections=5, max_keepalive_connections=3, keepalive_expiry=defaults.KEEPALIVE_EXPIRY
    )
    assert asked == {"verify": context, "trust_env": False, "http2": False, "limits": limits}
    assert (through is None) is (proxy is None)
    if proxy is not None:
        assert str(through.url) == proxy
        assert (through.ssl_context is context) is proxy.startswith("https:")


@LIBRARIES
def test_a_request_of_httpx_becomes_the_same_of_the_library(library: Library) -> None:
    mine = library.new_request("PUT", "https://api.example/x?a=b%2F", [("X-One", "1")], b"{}", {"trace": None})
    assert library.request(mine) is mine
    given = httpx.Request(
        "PUT", "https://api.example/x?a=b%2F", headers=[("X-One", "1")], content=b"{}", extensions={"trace": 1}
    )
    same = library.request(given)
    assert isinstance(same, library.module.Request)
    assert (same.method, str(same.url), same.content) == ("PUT", "https://api.example/x?a=b%2F", b"{}")
    assert same.headers.raw == given.headers.raw
    assert same.extensions == {"trace": 1}
    empty = library.request(httpx.Request("GET", "https://api.example/x"))
    assert "content-length" not in empty.headers


@LIBRARIES
def test_a_library_is_loaded_with_the_one_below_it(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.load()
    assert library.is_loaded
    monkeypatch.delitem(sys.modules, library.core)
    assert not library.is_loaded


def test_a_library_that_is_not_there_is_named_and_the_choices_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", None)
    for transport, words in (
        ("httpx2", 'transport="httpx2" needs that library: install contracts-client[httpx2], or httpx2 itself'),
        ("x", 'transport must be an httpx.AsyncBaseTransport, an httpx2.AsyncBaseTransport or "httpx2"'),
    ):
        with pytest.raises(ConfigurationError) as caught:
            library_of(transport)  # type: ignore[arg-type]
        assert str(caught.value) == words


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("http://proxy.example", True),
        ("socks5://proxy.example:1", True),
        ("http://", False),
        ("proxy.example:1", False),
        ("http://\x00", False),
        ("http://proxy.example:x", False),
        ("", False),
    ],
)
def test_an_address_of_a_proxy_has_a_scheme_that_is_known_and_a_host(address: str, *, is_one: bool) -> None:
    assert is_proxy_address(address) is is_one


@pytest.mark.parametrize("seconds", [0.001, defaults.MAX_SECONDS])
def test_seconds_may_be_as_many_as_can_be_waited_for(seconds: float) -> None:
    phases, whole = checked_timeout(seconds, ValueError)
    assert (phases, whole) == (httpx.Timeout(seconds), seconds)
    for phase in ("connect", "read", "write", "pool"):
        timeout = httpx.Timeout(None, **{phase: seconds})
        assert checked_timeout(timeout, ValueError) == (timeout, None)
        with pytest.raises(ValueError, match=f"^must have a positive number of seconds, or None, for {phase}$"):
            checked_timeout(httpx.Timeout(None, **{phase: defaults.MAX_SECONDS + 1}), ValueError)
    with pytest.raises(ValueError, match=r"^must be an httpx\.Timeout or a positive number of seconds$"):
        checked_timeout(defaults.MAX_SECONDS + 1, ValueError)


def test_outside_of_any_task_nobody_is_being_cancelled() -> None:
    seen: list[bool] = []

    async def main() -> None:
        asyncio.get_running_loop().call_soon(lambda: seen.append(is_being_cancelled()))
        await asyncio.sleep(0)
        seen.append(is_being_cancelled())
        task: Any = asyncio.current_task()
        task.cancel()
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            seen.append(is_being_cancelled())
            task.uncancel()

    asyncio.run(main())
    assert seen == [False, False, True]


async def test_draining_ends_with_the_last_call_and_not_before() -> None:
    life = Lifetime()
    first, second = life.begin(), life.begin()
    draining = asyncio.create_task(life.drain(30))
    life.end(first)
    for _ in range(3):
        await asyncio.sleep(0)
    assert not draining.done()
    life.end(second)
    await draining
    await life.drain(30)  # nothing is under way: at once


@pytest.mark.parametrize("seconds", [0.0, 3.0])
def test_draining_takes_no_longer_than_it_may(seconds: float) -> None:
    async def main() -> float:
        life, began = Lifetime(), asyncio.get_running_loop().time()
        life.begin()
        await life.drain(seconds)
        return asyncio.get_running_loop().time() - began

    assert run_virtually(main()) == pytest.approx(seconds)


def test_a_call_under_way_learns_at_once_that_it_is_ended_and_until_then_has_no_end() -> None:
    async def main() -> float:
        life = Lifetime()
        scope = life.begin()
        asyncio.get_running_loop().call_later(1000, life.end_calls)
        with pytest.raises(TimeoutError):
            async with scope:
                await asyncio.Event().wait()
        return asyncio.get_running_loop().time()

    assert run_virtually(main()) == pytest.approx(1000)


async def test_the_warning_points_to_where_the_client_was_forgotten() -> None:
    life = Lifetime()
    life.is_open = True
    with pytest.warns(ResourceWarning) as caught:
        del life
    assert caught[0].filename == __file__


async def test_whoever_forgets_a_client_is_warned_of_the_client_by_its_name() -> None:
    life = Lifetime("the client acme-shop")
    life.is_open = True
    words = (
        r"^the client acme-shop was forgotten with connections open: use it inside 'async with', or await its aclose"
    )
    with pytest.warns(ResourceWarning, match=words) as caught:
        del life
    assert isinstance(caught[0].source, Lifetime)  # tracemalloc tells where it was made
    nameless = Lifetime()
    nameless.is_open = True
    with pytest.warns(ResourceWarning, match="^client was forgotten"):
        del nameless
    for is_open, is_closed in ((False, False), (True, True), (False, True)):
        quiet = Lifetime()
        quiet.is_open, quiet.is_closed = is_open, is_closed
        del quiet


def test_a_client_says_in_which_loop_it_lives() -> None:
    client = ContractsClient("acme-shop")
    with pytest.raises(ConfigurationError) as caught:
        client.list_contracts().__await__().send(None)
    assert str(caught.value) == "the client needs asyncio: await it within asyncio.run(), not under trio or by hand"
    asyncio.run(client.aclose())
