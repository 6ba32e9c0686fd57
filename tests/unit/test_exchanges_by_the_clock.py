"""When an exchange is given up, told late, or loses its place: on virtual time, over a transport of the user's."""

import asyncio
from collections.abc import Awaitable, Callable
from math import inf
from typing import Any

import httpx
import pytest
from peer import settled, start, wire
from virtual_time import VirtualClock, run_virtually

from contracts_client import ClientClosedError, defaults
from contracts_client.openapi.operation import Response
from contracts_client.transport.exchange import HttpxTransport
from contracts_client.transport.library import TransportOptions
from contracts_client.transport.lifecycle import Lifetime
from contracts_client.transport.trace import ExchangeError

GRACE, LIMIT = defaults.HANG_UP_GRACE, defaults.HANG_UP_LIMIT
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


def exchanger(transport: Transport, *, places: int = 1, life: Lifetime | None = None) -> HttpxTransport:
    options = TransportOptions(transport=transport)
    return HttpxTransport(
        "https://api.example", options, max_concurrency=places, max_bytes=100, clock=VirtualClock(), life=life
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
async def test_an_exchange_that_waits_for_its_response_ends_a_moment_after_its_deadline() -> None:
    transport, began = Transport(), now()
    exchange = start(exchanger(transport).send(wire(seconds=30)))
    await asyncio.wait([exchange])
    assert now() == pytest.approx(began + 30 + GRACE)
    assert (str(failure_of(exchange)), failure_of(exchange).timed_out) == (
        "the response did not come to its end in time",
        True,
    )
    assert len(transport.cancelled) == 1


@virtually
async def test_an_exchange_whose_deadline_is_over_has_a_moment_all_the_same() -> None:
    transport, began = Transport(), now()
    exchange = start(exchanger(transport).send(wire(seconds=-5)))
    await asyncio.wait([exchange])
    assert now() == pytest.approx(began + GRACE)


@virtually
async def test_an_exchange_that_is_busy_with_its_connection_is_left_alone_for_a_while() -> None:
    transport, began = Transport(BUSY), now()
    exchange = start(exchanger(transport).send(wire(seconds=30)))
    await asyncio.wait([exchange])
    assert now() == pytest.approx(began + 30 + LIMIT, abs=GRACE / 2)
    assert transport.cancelled == [now()]


@virtually
async def test_an_exchange_that_is_no_more_busy_ends_at_the_next_look() -> None:
    transport, began = Transport(BUSY), now()
    asked = wire(seconds=30)
    exchange = start(exchanger(transport).send(asked))
    await asyncio.sleep(30 + GRACE * 2.5)
    await asked.progress.trace(READING, {})
    await asyncio.wait([exchange])
    assert now() == pytest.approx(began + 30 + GRACE * 3)


@virtually
async def test_an_exchange_without_a_deadline_is_waited_for_without_an_end() -> None:
    transport = Transport()
    exchange = start(exchanger(transport).send(wire(seconds=inf)))
    await asyncio.wait([exchange], timeout=1e7)
    assert not exchange.done()
    transport.go_on.set_result(httpx.Response(200, content=b"ok"))
    assert (await exchange).body == b"ok"


@virtually
async def test_an_exchange_that_can_t_be_cancelled_loses_its_place_a_while_later_and_is_cancelled_once() -> None:
    transport, began = Transport(stubborn=True), now()
    made = exchanger(transport)
    exchange = start(made.send(wire(seconds=30)))
    await asyncio.sleep(0)
    second = start(made.send(wire(seconds=1000)))
    await settled_later(lambda: len(transport.began) == 2)
    assert transport.began[1] == pytest.approx(began + 30 + GRACE + LIMIT)
    assert transport.cancelled == [pytest.approx(began + 30 + GRACE)]
    transport.go_on.set_result(httpx.Response(200, content=b"ok"))
    await asyncio.wait([exchange, second])
    third, fourth = (start(made.send(wire())) for _ in range(2))
    transport.go_on = asyncio.get_running_loop().create_future()
    await asyncio.sleep(1)
    assert len(transport.began) == 3  # the place was given back once
    transport.go_on.set_result(httpx.Response(200))
    await asyncio.wait([third, fourth])


async def settled_later(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 # on virtual time
        await asyncio.sleep(0.01)


@virtually
async def test_an_exchange_whose_caller_has_gone_ends_a_moment_later() -> None:
    transport = Transport()
    made = exchanger(transport)
    await caller_leaves(start(made.send(wire(seconds=30))), transport)
    left = now()
    await settled_later(lambda: bool(transport.cancelled))
    assert transport.cancelled == [pytest.approx(left + GRACE)]
    await made.aclose()


@virtually
async def test_a_claim_whose_caller_has_gone_goes_on_to_its_deadline_and_its_outcome_is_told() -> None:
    told: list[Response | BaseException] = []
    transport, began = Transport(SENDING, READING), now()
    made = exchanger(transport)
    await caller_leaves(start(made.send(wire(seconds=30, on_late=told.append))), transport)
    await settled_later(lambda: bool(told))
    assert transport.cancelled == [pytest.approx(began + 30 + GRACE)]
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
    assert transport.cancelled == [pytest.approx(left + defaults.DEADLINE + GRACE)]


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
async def test_a_claim_whose_caller_has_gone_before_it_was_sent_stays_unsent_and_is_not_told() -> None:
    told: list[Response | BaseException] = []
    transport = Transport(BUSY)
    made = exchanger(transport)
    asked = wire(seconds=30, on_late=told.append)
    await caller_leaves(start(made.send(asked)), transport)
    left = now()
    with pytest.raises(ExchangeError, match="the caller had gone before anything was sent"):
        await asked.progress.trace(SENDING, {})
    await settled_later(lambda: bool(transport.cancelled))
    assert 0 <= transport.cancelled[0] - (left + LIMIT) <= GRACE
    assert told == []


@virtually
async def test_a_request_that_nobody_is_told_of_is_not_recalled() -> None:
    transport = Transport(BUSY)
    asked = wire(seconds=30)
    made = exchanger(transport)
    await caller_leaves(start(made.send(asked)), transport)
    await asked.progress.trace(SENDING, {})
    assert asked.progress.sent
    await made.aclose()


@virtually
async def test_closing_waits_for_what_somebody_wants_and_ends_the_rest() -> None:
    transport = Transport(SENDING, READING)
    made = exchanger(transport, places=2)
    unwanted = start(made.send(wire(seconds=30)))
    await caller_leaves(unwanted, transport)
    wanted = start(made.send(wire(seconds=30)))
    await settled(lambda: len(transport.began) == 2)
    began = now()
    await made.aclose(0.05)
    assert now() == pytest.approx(began + 0.05)
    await asyncio.wait([wanted])
    error = failure_of(wanted)
    assert (str(error), error.transient) == ("the client was closed before the answer came", False)


@virtually
async def test_closing_takes_its_time_from_the_defaults_and_ends_at_once_where_nothing_is_wanted() -> None:
    transport = Transport(SENDING, READING)
    made, began = exchanger(transport), now()
    exchange = start(made.send(wire(seconds=300)))
    await settled(lambda: bool(transport.began))
    await made.aclose()
    assert now() == pytest.approx(began + defaults.DRAIN_TIMEOUT, abs=0.01)
    await asyncio.wait([exchange])
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
    assert now() == pytest.approx(began + 1 + defaults.DRAIN_TIMEOUT)
    transport.go_on.set_result(httpx.Response(200))
    await asyncio.wait([exchange])


@virtually
async def test_whoever_waits_for_a_place_when_the_client_is_closed_hears_of_it() -> None:
    transport = Transport()
    made = exchanger(transport)
    first, second, third = (start(made.send(wire(seconds=30))) for _ in range(3))
    await settled(lambda: bool(transport.began))
    await made.aclose(0)
    await asyncio.wait([first, second, third])
    for late in (second, third):
        assert isinstance(late.exception(), ClientClosedError)
    assert len(transport.began) == 1


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
        asked.progress.executed = executed
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


def test_there_are_as_many_connections_as_places_and_only_a_pool_is_treated_as_one() -> None:
    own = HttpxTransport("https://api.example", TransportOptions(), max_concurrency=7, max_bytes=100)
    assert (own._pool._connections, own._conversation._pooled) == (7, True)

    async def main() -> None:
        assert exchanger(Transport())._conversation._pooled is False

    run_virtually(main())


@virtually
async def test_a_claim_that_is_under_way_without_its_caller_as_the_client_closes_is_told_of_that() -> None:
    told: list[Response | BaseException] = []
    transport = Transport(SENDING, READING)
    made = exchanger(transport)
    await caller_leaves(start(made.send(wire(seconds=30, on_late=told.append))), transport)
    await made.aclose(0.5)
    assert [str(each) for each in told] == ["the client was closed before the answer came"]
