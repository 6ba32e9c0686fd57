"""When an exchange ends, goes on without its caller and is told late: on virtual time, over a user's transport."""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from math import inf
from typing import Any

import httpx
import pytest
from peer import a_request, settled, start
from virtual_time import VirtualClock, run_virtually

from contracts_client import defaults
from contracts_client.openapi.operation import Response
from contracts_client.transport.httpx_transport import HttpxTransport
from contracts_client.transport.interface import ExchangeError
from contracts_client.transport.library import TransportOptions
from contracts_client.transport.lifecycle import Lifetime

CLOSED = "the client was closed before the answer came"
BUSY = "connection.connect_tcp.started"
READING = "http11.receive_response_headers.started"
SENDING = "http11.send_request_headers.started"


class Transport(httpx.AsyncBaseTransport):
    """Hangs in its exchanges, after it has reported something; and says how they end, and when."""

    def __init__(self, *events: str, stubborn: bool = False) -> None:
        self.events = events
        self.stubborn = stubborn
        self.began: list[float] = []
        self.cancelled: list[float] = []
        self.go_on: asyncio.Future[httpx.Response] = asyncio.get_running_loop().create_future()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.began.append(now())
        for event in self.events:
            await request.extensions["trace"](event, {})
        while True:
            try:
                return await asyncio.shield(self.go_on)
            except asyncio.CancelledError:
                self.cancelled.append(now())
                if not self.stubborn:
                    raise


def now() -> float:
    return asyncio.get_running_loop().time()


def own_transport(transport: Transport, *, life: Lifetime | None = None) -> HttpxTransport:
    options = TransportOptions(transport=transport)
    return HttpxTransport(
        "https://api.example", options, max_concurrency=1, max_bytes=100, clock=VirtualClock(), life=life
    )


def virtually(test: Callable[[], Awaitable[None]]) -> Callable[[], None]:
    """Run a test on virtual time, from a moment that is not 0."""

    def run() -> None:
        async def main() -> None:
            await asyncio.sleep(1000)
            await test()

        run_virtually(main())

    run.__name__ = test.__name__
    return run


def failure_of(task: asyncio.Task[Any]) -> ExchangeError:
    error = task.exception()
    assert isinstance(error, ExchangeError)
    return error


async def caller_leaves(exchange: asyncio.Task[Any], transport: Transport) -> None:
    await settled(lambda: bool(transport.began))
    exchange.cancel()
    await asyncio.wait([exchange])
    assert exchange.cancelled()


@virtually
async def test_an_abandoned_exchange_ends_at_once() -> None:
    """An exchange whose caller leaves ends at once."""
    transport = Transport()
    made = own_transport(transport)
    await caller_leaves(start(made.send(a_request(seconds=30))), transport)
    left = now()
    await made.aclose()
    assert transport.cancelled == [left]


@virtually
async def test_a_user_s_pool_goes_on_connecting() -> None:
    """A pool of the user's goes on connecting.

    httpx loses a connection that is cancelled meanwhile; the next step that is safe ends the exchange.
    """
    transport = Transport(BUSY)
    made = own_transport(transport)
    asked = a_request(seconds=30)
    await caller_leaves(start(made.send(asked)), transport)
    await asyncio.sleep(29)
    assert transport.cancelled == []
    with pytest.raises(ExchangeError, match="its caller had gone"):
        await asked.trace.trace(READING, {})
    await made.aclose()


@virtually
async def test_connecting_ends_after_the_deadline() -> None:
    """Connecting ends some time after the deadline."""
    transport, began = Transport(BUSY), now()
    await caller_leaves(start(own_transport(transport).send(a_request(seconds=30))), transport)
    await settled_later(lambda: bool(transport.cancelled))
    assert transport.cancelled == [pytest.approx(began + 30 + defaults.CONNECT_TIMEOUT)]


@virtually
async def test_no_deadline_means_an_endless_wait() -> None:
    """An exchange without a deadline is waited for without an end."""
    transport = Transport()
    exchange = start(own_transport(transport).send(a_request(seconds=inf)))
    await asyncio.wait([exchange], timeout=1e7)
    assert not exchange.done()
    transport.go_on.set_result(httpx.Response(200, content=b"ok"))
    assert (await exchange).body == b"ok"


@virtually
async def test_a_stuck_transport_holds_no_caller() -> None:
    """A transport that can't be cancelled holds no caller."""
    transport = Transport(stubborn=True)
    exchange = start(own_transport(transport).send(a_request(seconds=30)))
    await caller_leaves(exchange, transport)
    await asyncio.sleep(100)
    assert len(transport.cancelled) == 1
    transport.go_on.set_result(httpx.Response(200, content=b"ok"))
    await asyncio.sleep(0.01)


async def settled_later(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 # on virtual time
        await asyncio.sleep(0.01)


@virtually
async def test_a_cancelled_claim_goes_on() -> None:
    """A claim whose caller has gone goes on to its deadline and its outcome is told."""
    told: list[Response | BaseException] = []
    transport, began = Transport(SENDING, READING), now()
    made = own_transport(transport)
    await caller_leaves(start(made.send(a_request(seconds=30, on_late=told.append))), transport)
    await settled_later(lambda: bool(told))
    assert transport.cancelled == [pytest.approx(began + 30)]
    (error,) = told
    assert isinstance(error, ExchangeError)
    assert error.timed_out


@virtually
async def test_a_cancelled_claim_gets_a_deadline() -> None:
    """A claim without a deadline has one once its caller has gone."""
    told: list[Response | BaseException] = []
    transport = Transport(SENDING, READING)
    made = own_transport(transport)
    await caller_leaves(start(made.send(a_request(seconds=inf, on_late=told.append))), transport)
    left = now()
    await settled_later(lambda: bool(told))
    assert transport.cancelled == [pytest.approx(left + defaults.DEADLINE)]


@virtually
async def test_a_late_claim_answer_is_told_once() -> None:
    """A claim that is answered late is told once with its answer."""
    told: list[Response | BaseException] = []
    transport = Transport(SENDING, READING)
    made = own_transport(transport)
    await caller_leaves(start(made.send(a_request(seconds=30, on_late=told.append))), transport)
    transport.go_on.set_result(httpx.Response(200, content=b"ok"))
    await asyncio.sleep(100)
    (answer,) = told
    assert isinstance(answer, Response)
    assert answer.body == b"ok"
    assert transport.cancelled == []


@virtually
async def test_a_claim_cancelled_on_answer_is_told() -> None:
    """A claim whose caller goes just as it is answered is told too."""
    told: list[Response | BaseException] = []
    transport = Transport(SENDING, READING)
    made = own_transport(transport)
    exchange = start(made.send(a_request(seconds=30, on_late=told.append)))
    await settled(lambda: bool(transport.began))
    (under_way,) = made._tasks
    under_way.add_done_callback(lambda _: exchange.cancel())
    transport.go_on.set_result(httpx.Response(200, content=b"ok"))
    await asyncio.wait([exchange])
    assert exchange.cancelled()
    assert [answer.body for answer in told if isinstance(answer, Response)] == [b"ok"]


@virtually
async def test_an_early_cancelled_claim_is_unsent() -> None:
    """A claim whose caller leaves before it is sent stays unsent."""
    told: list[Response | BaseException] = []
    transport = Transport(BUSY)
    made = own_transport(transport)
    asked = a_request(seconds=30, on_late=told.append)
    await caller_leaves(start(made.send(asked)), transport)
    with pytest.raises(ExchangeError, match="its caller had gone") as caught:
        await asked.trace.trace(SENDING, {})
    assert caught.value.never_sent
    await made.aclose()
    assert told == []


@virtually
async def test_closing_waits_for_cancelled_claims() -> None:
    """Closing waits for claims without a caller and ends the rest."""
    told: list[Response | BaseException] = []
    transport = Transport(SENDING, READING)
    made, began = own_transport(transport), now()
    read = start(made.send(a_request(seconds=30)))
    await caller_leaves(start(made.send(a_request(seconds=30, on_late=told.append))), transport)
    await made.aclose(0.05)
    assert now() == pytest.approx(began + 0.05)
    await asyncio.wait([read])
    assert (str(failure_of(read)), failure_of(read).transient) == (CLOSED, False)
    assert [str(each) for each in told] == [CLOSED]


@virtually
async def test_closing_uses_the_default_time() -> None:
    """Closing takes its time from the defaults."""
    transport, began = Transport(SENDING, READING), now()
    made = own_transport(transport)
    await caller_leaves(start(made.send(a_request(seconds=300, on_late=print))), transport)
    await made.aclose()
    assert now() == pytest.approx(began + defaults.DRAIN_TIMEOUT, abs=0.01)
    began = now()
    await made.aclose()
    await own_transport(Transport()).aclose()
    assert now() == began


@virtually
async def test_closing_does_not_wait_for_ever() -> None:
    """Closing does not wait for ever for what can't be cancelled."""
    transport = Transport(SENDING, READING, stubborn=True)
    made = own_transport(transport)
    exchange = start(made.send(a_request(seconds=300)))
    await settled(lambda: bool(transport.began))
    began = now()
    await made.aclose(1)
    assert now() == pytest.approx(began + defaults.DRAIN_TIMEOUT)
    transport.go_on.set_result(httpx.Response(200))
    await asyncio.wait([exchange])


@virtually
async def test_a_user_s_transport_is_not_left_open() -> None:
    """A transport of the user's leaves nothing open that the client could forget."""
    life = Lifetime()
    transport = Transport()
    made = own_transport(transport, life=life)
    transport.go_on.set_result(httpx.Response(200))
    await made.send(a_request())
    assert not life.is_open
    life.is_open = True
    await made.send(a_request())
    assert life.is_open
    await made.aclose()
    assert life.is_closed


@pytest.mark.parametrize("executed", [True, False])
@pytest.mark.parametrize("never_sent", [True, False])
def test_a_flow_is_not_judged_by_its_end(*, executed: bool, never_sent: bool) -> None:
    """What is certain of the last request of a flow says nothing of those before."""

    async def main() -> ExchangeError:
        transport = Transport()
        asked = a_request()
        asked.trace.executed = executed
        transport.go_on.set_exception(ExchangeError("no way", never_sent=never_sent))
        with pytest.raises(ExchangeError) as caught:
            await own_transport(transport).send(asked)
        return caught.value

    assert run_virtually(main()).never_sent is (never_sent and not executed)


@virtually
async def test_a_self_cancelled_transport_failed() -> None:
    """A transport that fails as if it were cancelled has failed."""
    transport = Transport()
    transport.go_on.cancel()
    with pytest.raises(ExchangeError) as caught:
        await own_transport(transport).send(a_request())
    assert str(caught.value).startswith("the connection failed (CancelledError at http")
    assert not caught.value.transient


@virtually
async def test_cancelling_wins_over_closing() -> None:
    """A caller that is cancelled just as its client closes is cancelled."""
    transport = Transport()
    made = own_transport(transport)
    exchange = start(made.send(a_request(seconds=30)))
    await settled(lambda: bool(transport.began))
    (under_way,) = made._tasks
    under_way.add_done_callback(lambda _: exchange.cancel())
    await made.aclose(0)
    await asyncio.wait([exchange])
    assert under_way.cancelled()
    assert exchange.cancelled()


@virtually
async def test_a_claim_caller_is_told_of_the_close() -> None:
    """The caller of a claim learns that its client was closed. It is told, so nothing is reported late."""
    told: list[Response | BaseException] = []
    transport = Transport(SENDING, READING)
    made = own_transport(transport)
    claim = start(made.send(a_request(seconds=30, on_late=told.append)))
    await settled(lambda: bool(transport.began))
    await made.aclose()
    await asyncio.wait([claim])
    assert str(failure_of(claim)) == CLOSED
    assert told == []


async def test_no_exchange_exception_is_unawaited() -> None:
    """An exchange never ends in an exception that nobody awaits.

    asyncio logs such, and error trackers make an event of each.
    """
    said: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: said.append(context))
    transport = Transport(SENDING, READING)
    made = own_transport(transport)
    for on_late in (None, print):
        transport.began.clear()
        await caller_leaves(start(made.send(a_request(on_late=on_late))), transport)
    tasks = list(made._tasks)
    transport.go_on.set_exception(httpx.ReadError("broken"))
    await asyncio.wait(tasks)
    assert [task.cancelled() or type(task.result()) for task in tasks] == [ExchangeError]
    with pytest.raises(ExchangeError):
        await made.send(a_request())
    del tasks
    gc.collect()
    assert said == []
