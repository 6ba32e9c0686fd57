"""What an exchange tells about itself: how far it got, and why it brought no response."""

import asyncio
import copy
import pickle
from types import SimpleNamespace
from typing import Any

import pytest

from contracts_client.transport.interface import ExchangeError, RequestTrace
from contracts_client.transport.lifecycle import Lifetime

CONNECT = "connection.connect_tcp.started"
TLS = "connection.start_tls.started"
SEND = "http11.send_request_headers.started"
BODY = "http11.send_request_body.started"


@pytest.mark.parametrize(
    ("sent", "events", "may_have_seen"),
    [
        (False, [], False),
        (True, [], True),
        (True, [CONNECT], False),
        (True, [CONNECT, TLS], False),
        (True, ["connection.connect_unix_socket.started"], False),
        (True, [CONNECT, TLS, SEND], True),
        (True, [CONNECT, SEND, BODY], True),
        (True, [SEND], True),
        (True, ["http2.send_request_headers.started"], True),
        (True, ["connection.connect_tcp.complete"], True),
        (False, ["connection.connect_tcp.complete", TLS], False),
    ],
    ids=[
        "new",
        "no report",
        "connecting",
        "handshake",
        "unix",
        "headers",
        "body",
        "reused",
        "http2",
        "connected",
        "not sent",
    ],
)
async def test_sent_headers_may_have_been_seen(*, sent: bool, events: list[str], may_have_seen: bool) -> None:
    """The server may have seen something once headers were begun."""
    request_trace = RequestTrace()
    assert request_trace.sent is False
    request_trace.sent = sent
    for event in events:
        await request_trace.trace(event, {"request": "c4narY"})
    assert request_trace.sent is may_have_seen


@pytest.mark.parametrize(
    ("info", "may_have_seen"),
    [
        ({"request": SimpleNamespace(method=b"CONNECT")}, False),
        ({"request": SimpleNamespace(method=b"GET")}, True),
        ({"request": None}, True),
        ({}, True),
        (None, True),
    ],
)
async def test_a_proxy_connect_sends_nothing(info: object, *, may_have_seen: bool) -> None:
    """The server sees nothing of what only asks a proxy for a way."""
    request_trace = RequestTrace()
    request_trace.begin(pooled=True)
    await request_trace.trace(CONNECT, {})
    await request_trace.trace(SEND, info)
    assert request_trace.sent is may_have_seen


async def test_a_proxy_answer_is_not_the_server_s() -> None:
    """A proxy's answer is none of the server's."""
    request_trace = RequestTrace()
    request_trace.begin(pooled=True)
    for event in (CONNECT, SEND, "http11.receive_response_headers.started", "http11.receive_response_headers.complete"):
        await request_trace.trace(event, {})
    assert request_trace.answered
    await request_trace.trace(TLS, {})
    assert not request_trace.answered


async def test_a_cancelled_proxy_connect_is_unsent() -> None:
    """What was cancelled while a proxy was asked stays unsent."""
    request_trace = RequestTrace()
    request_trace.begin(pooled=True)
    await request_trace.trace(CONNECT, {})
    await request_trace.trace(SEND, {"request": SimpleNamespace(method=b"CONNECT")})
    request_trace.cancel()
    await request_trace.trace(TLS, {})
    with pytest.raises(ExchangeError, match="its caller had gone") as caught:
        await request_trace.trace(SEND, {"request": SimpleNamespace(method=b"POST")})
    assert caught.value.never_sent


def test_a_failed_exchange_is_retryable() -> None:
    """An exchange that failed may be tried again unless it says otherwise."""
    error = ExchangeError("it broke")
    assert (error.never_sent, error.timed_out, error.unusable, error.transient) == (False, False, False, True)


def test_an_exchange_error_is_pickled() -> None:
    """An exchange's error travels with what it knows."""
    error = ExchangeError("it broke", never_sent=True, timed_out=True, unusable=True, transient=False)
    arrivals: list[Any] = [copy.copy(error), pickle.loads(pickle.dumps(error))]
    for arrived in arrivals:
        assert (str(arrived), vars(arrived)) == ("it broke", vars(error))


@pytest.mark.parametrize(
    ("events", "busy"),
    [
        ([], True),
        ([CONNECT], True),
        ([CONNECT, SEND], True),
        ([CONNECT, SEND, "http11.receive_response_headers.started"], False),
        ([CONNECT, SEND, "http11.receive_response_headers.complete"], True),
        ([CONNECT, SEND, "http11.receive_response_body.started"], False),
    ],
)
async def test_a_response_wait_can_be_cancelled(events: list[str], *, busy: bool) -> None:
    """A pool is safe to cancel while it waits for the response."""
    trace = RequestTrace()
    assert not trace.busy
    trace.begin(pooled=True)
    for event in events:
        await trace.trace(event, {})
    assert trace.busy is busy


async def test_a_stream_is_kept_until_sending() -> None:
    """A stream is remembered until the request is sent."""
    trace, stream = RequestTrace(), object()
    trace.begin(pooled=True)
    await trace.trace("connection.connect_tcp.complete", {"return_value": stream})
    assert (trace.stream, trace.opened) == (stream, True)
    await trace.trace(SEND, {"request": SimpleNamespace(method=b"CONNECT")})
    assert trace.stream is stream
    await trace.trace(SEND, {"request": SimpleNamespace(method=b"GET")})
    assert (trace.stream, trace.opened) == (None, True)


@pytest.mark.parametrize(
    ("stream", "address"),
    [
        (
            SimpleNamespace(get_extra_info=lambda name: ("::1", 1, 0, 0) if name == "server_addr" else None),
            ("::1", 1, 0, 0),
        ),
        (SimpleNamespace(get_extra_info=lambda _: None), None),
        (object(), None),
        (None, None),
    ],
)
async def test_a_stream_address_is_kept_if_known(stream: object, address: object) -> None:
    """The address of a stream is kept as far as it is told."""
    trace = RequestTrace()
    await trace.trace("connection.connect_tcp.complete", {"return_value": stream})
    assert trace.address == address


def test_a_cancelled_exchange_begins_nothing() -> None:
    request_trace = RequestTrace()
    request_trace.cancel()
    with pytest.raises(ExchangeError, match="caller had gone") as caught:
        request_trace.begin(pooled=False)
    assert caught.value.never_sent
    assert not request_trace.sent


async def test_a_socks_proxy_is_past_once_set_up() -> None:
    """Until a SOCKS proxy has connected, a fault is the proxy's."""
    request_trace = RequestTrace()
    await request_trace.trace("socks5.setup_socks5_connection.started", {})
    assert not request_trace.past_proxy
    await request_trace.trace("socks5.setup_socks5_connection.complete", {})
    assert request_trace.past_proxy


async def test_closing_leaves_expired_deadlines() -> None:
    """A call whose deadline has expired is not ended again when the client closes."""
    lifetime = Lifetime()
    scope = lifetime.begin(asyncio.timeout(-1))

    async def call() -> None:
        async with scope:
            try:
                await asyncio.sleep(0)
            finally:
                assert scope.expired()
                lifetime.end_calls()

    with pytest.raises(TimeoutError):
        await call()
    lifetime.end(scope)
