"""When an exchange ends, goes on without its caller and is told late: on virtual time, over a user's transport."""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from math import inf
from typing import Any

import httpx
import pytest
from peer import settled, start, wire
from virtual_time import VirtualClock, run_virtually

from contracts_client import defaults
from contracts_client.openapi.operation import Response
from contracts_client.transport.httpx_transport import HttpxTransport
from contracts_client.transport.library import TransportOptions
from contracts_client.transport.lifecycle import Lifetime
from contracts_client.transport.trace import ExchangeError

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


def exchanger(transport: Transport, *, life: Lifetime | None = None) -> HttpxTransport:
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
async def test_an_exchange_whose_caller_leaves_ends_at_once() -> None:
    transport = Transport()
    made = exchanger(transport)
    await caller_leaves(start(made.send(wire(seconds=30))), transport)
    left = now()
    await made.aclose()
    assert transport.cancelled == [left]


@virtually
async def test_a_pool_of_the_user_s_goes_on_connecting() -> None:
    """httpx loses a connection that is cancelled meanwhile; the next step that is safe ends the exchange."""
    transport = Transport(BUSY)
    made = exchanger(transport)
    asked = wire(seconds=30)
    await caller_leaves(start(made.send(asked)), transport)
    await asyncio.sleep(29)
    assert transport.cancelled == []
    with pytest.raises(ExchangeError, match="its caller had gone"):
        await asked.trace.trace(READING, {})
    await made.aclose()


@virtually
async def test_connecting_ends_some_time_after_the_deadline() -> None:
    transport, began = Transport(BUSY), now()
    await caller_leaves(start(exchanger(transport).send(wire(seconds=30))), transport)
    await settled_later(lambda: bool(transport.cancelled))
    assert transport.cancelled == [pytest.approx(began + 30 + defaults.CONNECT_TIMEOUT)]


@virtually
async def test_an_exchange_without_a_deadline_is_waited_for_without_an_end() -> None:
    transport = Transport()
    exchange = start(exchanger(transport).send(wire(seconds=inf)))
    await asyncio.wait([exchange], timeout=1e7)
    assert not exchange.done()
    transport.go_on.set_result(httpx.Response(200, content=b"ok"))
    assert (await exchange).body == b"ok"


@virtually
async def test_a_transport_that_can_t_be_cancelled_holds_no_caller() -> None:
    transport = Transport(stubborn=True)
    exchange = start(exchanger(transport).send(wire(seconds=30)))
    await caller_leaves(exchange, transport)
    await asyncio.sleep(100)
    assert len(transport.cancelled) == 1
    transport.go_on.set_result(httpx.Response(200, content=b"ok"))
    await asyncio.sleep(0.01)


async def settled_later(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 # on virtual time
        await asyncio.sleep(0.01)


@virtually
async def test_a_claim_whose_caller_has_gone_goes_on_to_its_deadline_and_its_outcome_is_told() -> None:
    told: list[Response | BaseException] = []
    transport, began = Transport(SENDING, READING), now()
    made = exchanger(transport)
    await caller_leaves(start(made.send(wire(seconds=30, on_late=told.append))), transport)
    await settled_later(lambda: bool(told))
    assert transport.cancelled == [pytest.approx(began + 30)]
    (error,) = told
    assert isinstance(error, ExchangeError)
    assert error.timed_out


@virtually
async def test_a_claim_without_a_deadline_has_one_once_its_caller_has_gone() -> None:
    told: list[Response | BaseException] = []
    transport = Transport(SENDING, READING)
    made = exchanger(transport)
    await caller_leaves(start(made.send(wire(seconds=inf, on_late=told.append))), transport)
    left = now()
    await settled_later(lambda: bool(told))
    assert transport.cancelled == [pytest.approx(left + defaults.DEADLINE)]


@virtually
async def test_a_claim_that_is_answered_late_is_told_once_with_its_answer() -> None:
    told: list[Response | BaseException] = []
    transport = Transport(SENDING, READING)
    made = exchanger(transport)
    await caller_leaves(start(made.send(wire(seconds=30, on_late=told.append))), transport)
    transport.go_on.set_result(httpx.Response(200, content=b"ok"))
    await asyncio.sleep(100)
    (answer,) = told
    assert isinstance(answer, Response)
    assert answer.body == b"ok"
    assert transport.cancelled == []


@virtually
async def test_a_claim_whose_caller_goes_just_as_it_is_answered_is_told_too() -> None:
    told: list[Response | BaseException] = []
    transport = Transport(SENDING, READING)
    made = exchanger(transport)
    exchange = start(made.send(wire(seconds=30, on_late=told.append)))
    await settled(lambda: bool(transport.began))
    (under_way,) = made._tasks
    under_way.add_done_callback(lambda _: exchange.cancel())
    transport.go_on.set_result(httpx.Response(200, content=b"ok"))
    await asyncio.wait([exchange])
    assert exchange.cancelled()
    assert [answer.body for answer in told if isinstance(answer, Response)] == [b"ok"]


@virtually
async def test_a_claim_whose_caller_leaves_before_it_is_sent_stays_unsent() -> None:
    told: list[Response | BaseException] = []
    transport = Transport(BUSY)
    made = exchanger(transport)
    asked = wire(seconds=30, on_late=told.append)
    await caller_leaves(start(made.send(asked)), transport)
    with pytest.raises(ExchangeError, match="its caller had gone") as caught:
        await asked.trace.trace(SENDING, {})
    assert caught.value.never_sent
    await made.aclose()
    assert told == []


@virtually
async def test_closing_waits_for_claims_without_a_caller_and_ends_the_rest() -> None:
    told: list[Response | BaseException] = []
    transport = Transport(SENDING, READING)
    made, began = exchanger(transport), now()
    read = start(made.send(wire(seconds=30)))
    await caller_leaves(start(made.send(wire(seconds=30, on_late=told.append))), transport)
    await made.aclose(0.05)
    assert now() == pytest.approx(began + 0.05)
    await asyncio.wait([read])
    assert (str(failure_of(read)), failure_of(read).transient) == (CLOSED, False)
    assert [str(each) for each in told] == [CLOSED]


@virtually
async def test_closing_takes_its_time_from_the_defaults() -> None:
    transport, began = Transport(SENDING, READING), now()
    made = exchanger(transport)
    await caller_leaves(start(made.send(wire(seconds=300, on_late=print))), transport)
    await made.aclose()
    assert now() == pytest.approx(began + defaults.DRAIN_TIMEOUT, abs=0.01)
    began = now()
    await made.aclose()
    await exchanger(Transport()).aclose()
    assert now() == began


@virtually
async def test_closing_does_not_wait_for_ever_for_what_can_t_be_cancelled() -> None:
    transport = Transport(SENDING, READING, stubborn=True)
    made = exchanger(transport)
    exchange = start(made.send(wire(seconds=300)))
    await settled(lambda: bool(transport.began))
    began = now()
    await made.aclose(1)
    assert now() == pytest.approx(began + defaults.DRAIN_TIMEOUT)
    transport.go_on.set_result(httpx.Response(200))
    await asyncio.wait([exchange])


@virtually
async def test_a_transport_of_the_user_s_leaves_nothing_open_that_the_client_could_forget() -> None:
    life = Lifetime()
    transport = Transport()
    made = exchanger(transport, life=life)
    transport.go_on.set_result(httpx.Response(200))
    await made.send(wire())
    assert not life.is_open
    life.is_open = True
    await made.send(wire())
    assert life.is_open
    await made.aclose()
    assert life.is_closed


@pytest.mark.parametrize("executed", [True, False])
@pytest.mark.parametrize("never_sent", [True, False])
def test_what_is_certain_of_the_last_request_of_a_flow_says_nothing_of_those_before(
    *, executed: bool, never_sent: bool
) -> None:
    async def main() -> ExchangeError:
        transport = Transport()
        asked = wire()
        asked.trace.executed = executed
        transport.go_on.set_exception(ExchangeError("no way", never_sent=never_sent))
        with pytest.raises(ExchangeError) as caught:
            await exchanger(transport).send(asked)
        return caught.value

    assert run_virtually(main()).never_sent is (never_sent and not executed)


@virtually
async def test_a_transport_that_fails_as_if_it_were_cancelled_has_failed() -> None:
    transport = Transport()
    transport.go_on.cancel()
    with pytest.raises(ExchangeError) as caught:
        await exchanger(transport).send(wire())
    assert (str(caught.value), caught.value.transient) == ("the connection failed (CancelledError)", False)


@virtually
async def test_a_caller_that_is_cancelled_just_as_its_client_closes_is_cancelled() -> None:
    transport = Transport()
    made = exchanger(transport)
    exchange = start(made.send(wire(seconds=30)))
    await settled(lambda: bool(transport.began))
    (under_way,) = made._tasks
    under_way.add_done_callback(lambda _: exchange.cancel())
    await made.aclose(0)
    await asyncio.wait([exchange])
    assert under_way.cancelled()
    assert exchange.cancelled()


@virtually
async def test_the_caller_of_a_claim_learns_that_its_client_was_closed() -> None:
    """It is told, so nothing is reported late."""
    told: list[Response | BaseException] = []
    transport = Transport(SENDING, READING)
    made = exchanger(transport)
    claim = start(made.send(wire(seconds=30, on_late=told.append)))
    await settled(lambda: bool(transport.began))
    await made.aclose()
    await asyncio.wait([claim])
    assert str(failure_of(claim)) == CLOSED
    assert told == []


async def test_an_exchange_never_ends_in_an_exception_that_nobody_awaits() -> None:
    """asyncio logs such, and error trackers make an event of each."""
    said: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: said.append(context))
    transport = Transport(SENDING, READING)
    made = exchanger(transport)
    for on_late in (None, print):
        transport.began.clear()
        await caller_leaves(start(made.send(wire(on_late=on_late))), transport)
    tasks = list(made._tasks)
    transport.go_on.set_exception(httpx.ReadError("broken"))
    await asyncio.wait(tasks)
    assert [task.cancelled() or type(task.result()) for task in tasks] == [ExchangeError]
    with pytest.raises(ExchangeError):
        await made.send(wire())
    del tasks
    gc.collect()
    assert said == []
