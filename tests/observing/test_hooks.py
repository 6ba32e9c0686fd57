"""Hooks are told of every call and attempt, by allow-list, and can't spoil a call."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import httpx
import pytest
from simulated_api import ScriptedApi
from virtual_time import VirtualClock, run_virtually

from contracts_client import (
    AttemptEnd,
    BearerToken,
    CallEnd,
    CallObserver,
    CallStart,
    ConfigurationError,
    ContractsClient,
    NotFoundError,
    RateLimitError,
    TokenError,
)

CUSTOMER = 4711471147


class Recorder(CallObserver):
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.started: list[CallStart] = []
        self.events: list[tuple[str, Any]] = []

    def __call__(self, start: CallStart) -> CallObserver:
        self.started.append(start)
        return self

    def attempt_started(self, number: int) -> None:
        self.events.append(("attempt started", number))

    def attempt_ended(self, attempt: AttemptEnd) -> None:
        self.events.append(("attempt ended", attempt))

    def ended(self, end: CallEnd) -> None:
        self.events.append(("ended", end))

    def ended_late(self, attempt: AttemptEnd) -> None:
        self.events.append(("ended late", attempt))

    def told(self, what: str) -> list[Any]:
        return [value for event, value in self.events if event == what]


def observed(
    api: ScriptedApi, *hooks: Any, call: Callable[[ContractsClient], Any] | None = None, **options: Any
) -> Any:
    async def main() -> Any:
        options.setdefault("auth", BearerToken("t"))
        async with ContractsClient("acme-shop", transport=api, clock=VirtualClock(), hooks=hooks, **options) as client:
            return await (client.list_valid_contracts(CUSTOMER) if call is None else call(client))

    return run_virtually(main())


def listing() -> httpx.Response:
    return httpx.Response(200, json=[])


def test_a_hook_is_told_each_step_in_order() -> None:
    """A hook is told of a call and of each attempt in order."""
    recorder = Recorder()
    api = ScriptedApi(503, listing(), latency=0.5)
    observed(api, recorder, call=lambda client: client.list_valid_contracts(CUSTOMER, correlation_id="an-id"))
    [start] = recorder.started
    assert start == CallStart(
        operation="list_valid_contracts",
        method="GET",
        path_template="/customers/v2/benefits/contract-consumers/{customer_number}/contracts",
        correlation_id="an-id",
        client_name="acme-shop",
        server_address="api.entur.io",
        server_port=443,
        deadline=60,
    )
    assert [event for event, _ in recorder.events] == ["attempt started", "attempt ended"] * 2 + ["ended"]
    first, second = recorder.told("attempt ended")
    assert (first.number, first.status_code, first.error, first.sent) == (1, 503, None, True)
    assert first.seconds == pytest.approx(0.5)
    assert 0 <= first.retry_in <= 0.5
    assert (second.number, second.status_code, second.retry_in) == (2, 200, None)
    [end] = recorder.told("ended")
    assert (end.attempts, end.status_code, end.error) == (2, 200, None)
    assert end.seconds >= 1


def test_a_hook_is_told_no_argument_values() -> None:
    """Nothing that a hook is told holds a value of an argument."""
    recorder = Recorder()
    observed(ScriptedApi(503, listing()), recorder)
    assert str(CUSTOMER) not in repr(recorder.started) + repr(recorder.events)


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (httpx.ConnectError("x"), "failed"),
        (httpx.ReadTimeout("x"), "timed out"),
        (httpx.ReadError("x"), "failed"),
    ],
)
def test_a_hook_is_told_the_fault_in_a_word(fault: Exception, word: str) -> None:
    """A hook is told what went wrong in a word."""
    recorder = Recorder()
    observed(ScriptedApi(fault, listing()), recorder)
    first = recorder.told("attempt ended")[0]
    assert (first.status_code, first.error) == (None, word)


def test_a_hook_is_told_of_the_final_error() -> None:
    """A hook is told of the error that the caller gets."""
    recorder = Recorder()
    with pytest.raises(NotFoundError) as caught:
        observed(ScriptedApi(404), recorder)
    [end] = recorder.told("ended")
    assert end.error is caught.value
    assert (end.attempts, end.status_code) == (1, 404)


def test_a_hook_is_told_of_a_missing_token() -> None:
    """A hook is told of a call that has no token."""

    async def nothing() -> str:
        raise RuntimeError

    recorder = Recorder()
    with pytest.raises(TokenError):
        observed(ScriptedApi(), recorder, auth=nothing)
    assert [event for event, _ in recorder.events] == ["ended"]
    assert recorder.told("ended")[0].attempts == 0


def test_a_hook_is_told_of_no_new_token() -> None:
    """A hook is told how an attempt ended whose token can not be replaced."""
    answers = iter(["one"])

    async def one_token() -> str:
        await asyncio.sleep(5)
        return next(answers, "no bearer token")

    recorder = Recorder()
    with pytest.raises(TokenError):
        observed(ScriptedApi(401, latency=1), recorder, auth=one_token)
    assert [event for event, _ in recorder.events] == ["attempt started", "attempt ended", "ended"]
    [attempt] = recorder.told("attempt ended")
    assert (attempt.status_code, attempt.error, attempt.retry_in, attempt.seconds) == (401, None, None, 1)


@pytest.mark.parametrize(
    ("options", "word"), [({"deadline": 2}, "timed out"), ({"timeout": 2, "retry": None}, "timed out")]
)
def test_a_hook_is_told_of_a_timeout(options: dict[str, Any], word: str) -> None:
    """A hook is told of a call that ran out of time."""
    recorder = Recorder()
    with pytest.raises(Exception, match="ran out"):
        observed(ScriptedApi(latency=100), recorder, **options)
    [attempt] = recorder.told("attempt ended")
    assert (attempt.error, attempt.seconds) == (word, 2)


async def test_a_forbidden_attempt_is_logged(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """An attempt that the configuration does not allow is told and logged as failed."""
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    recorder = Recorder()
    with caplog.at_level(logging.DEBUG, "contracts_client"):
        async with ContractsClient("acme-shop", base_url="https://localhost:9", hooks=[recorder]) as client:
            with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
                await client.list_valid_contracts(CUSTOMER)
    [attempt] = recorder.told("attempt ended")
    assert (attempt.error, attempt.sent) == ("failed", False)
    [record] = caplog.records
    assert "contracts failed in" in record.getMessage()


def test_a_hook_is_told_of_a_cancelled_call(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A hook is told of a call that was cancelled and what came of a claim after that."""

    async def main() -> None:
        async with ContractsClient("acme-shop", transport=api, clock=VirtualClock(), hooks=[recorder]) as client:
            claim = asyncio.ensure_future(
                client.claim_personnel_ticket("ABC-DEF-1", customer_number=CUSTOMER, correlation_id="an-id")
            )
            await asyncio.sleep(1)
            claim.cancel()
            with pytest.raises(asyncio.CancelledError):
                await claim
            assert [event for event, _ in recorder.events] == ["attempt started", "attempt ended", "ended"]

    recorder = Recorder()
    api = ScriptedApi(httpx.Response(200, json={"success": True}), latency=3)
    with caplog.at_level(logging.WARNING, "contracts_client"):
        run_virtually(main())
    [attempt] = recorder.told("attempt ended")
    assert (attempt.error, attempt.seconds) == ("cancelled", 1)
    assert isinstance(recorder.told("ended")[0].error, asyncio.CancelledError)
    [late] = recorder.told("ended late")
    assert (late.status_code, late.seconds) == (200, 3)
    [record] = caplog.records
    assert record.getMessage() == (
        "POST /customers/v2/benefits/contracts/claim-personnel-ticket 200 in 3000 ms "
        "(attempt 1, correlation id an-id); its caller had gone"
    )


class Tracing(CallObserver):
    def __init__(self, headers: Any) -> None:
        self._headers = headers

    def headers(self) -> Mapping[str, str]:
        found: Mapping[str, str] = self._headers
        return found


def test_hook_headers_go_with_every_attempt() -> None:
    """A hook's headers are sent with every attempt."""
    api = ScriptedApi(503, listing())
    observed(
        api, lambda _: Tracing({"traceparent": "00-a-b-01"}), lambda _: Tracing({"Traceparent": "other", "x": "y"})
    )
    assert [request.headers["traceparent"] for request in api.requests] == ["00-a-b-01"] * 2
    assert [request.headers["x"] for request in api.requests] == ["y"] * 2


@pytest.mark.parametrize(
    "name",
    [
        *("Authorization", "ET-Client-Name", "x-correlation-id", "HOST", "Content-Length", "Entur-Customer-Number"),
        "ET_Client_Name",
    ],
)
def test_hook_headers_replace_none_of_ours(name: str) -> None:
    """A hook's headers do not replace the client's own."""
    api = ScriptedApi(listing())
    observed(api, lambda _: Tracing({name: "evil"}))
    assert "evil" not in api.requests[0].headers.values()


@pytest.mark.parametrize(
    "headers",
    [
        {"a": "b\r\nc: d"},
        {"a\n": "b"},
        {"a": ""},
        {"a": "ø"},
        {"a": 1},
        {1: "a"},
        {"a": " b"},
        {"": "b"},
        {"a": "x" * 5000},
    ],
)
def test_an_invalid_hook_header_is_left_out(headers: Any, caplog: pytest.LogCaptureFixture) -> None:
    """A hook's header that can not be sent is left out with a warning."""
    api = ScriptedApi(listing())
    observed(api, lambda _: Tracing(headers))
    assert not {"a", "c"} & set(api.requests[0].headers)
    assert [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING] == [
        "a hook wants a header sent that can't be"
    ]


class Broken(CallObserver):
    """Fails at every event."""

    def __init__(self, kind: type[BaseException]) -> None:
        self._kind = kind

    def _fail(self, *_: Any) -> Any:
        raise self._kind(CUSTOMER)

    headers = attempt_started = attempt_ended = ended = ended_late = _fail


@pytest.mark.parametrize("kind", [RuntimeError, asyncio.CancelledError])
def test_a_failing_hook_does_no_harm(kind: type[BaseException], caplog: pytest.LogCaptureFixture) -> None:
    """A hook or an observer that fails spoils nothing."""

    def failing(_: CallStart) -> CallObserver:
        raise kind(CUSTOMER)

    recorder = Recorder()
    assert observed(ScriptedApi(503, listing()), failing, lambda _: Broken(kind), lambda _: None, recorder) == []
    assert recorder.told("ended")
    warnings = {record.getMessage() for record in caplog.records if record.levelno == logging.WARNING}
    assert warnings == {f"a hook failed with {kind.__name__}"}


def test_a_wrong_observer_does_no_harm(caplog: pytest.LogCaptureFixture) -> None:
    """What a hook returns need not be an observer to spoil nothing."""
    claimed = httpx.Response(200, json={"success": True, "customerNumber": CUSTOMER})
    assert observed(
        ScriptedApi(claimed),
        lambda _: 5,
        call=lambda client: client.claim_personnel_ticket("A-B-C", customer_number=CUSTOMER),
    ).success
    assert "a hook failed with AttributeError" in caplog.text


def test_an_observer_may_ignore_everything() -> None:
    """An observer need not care for anything."""
    assert observed(ScriptedApi(503, listing()), lambda _: CallObserver()) == []


@pytest.mark.parametrize("hooks", [5, None, ["a"], [None]])
def test_what_is_no_hook_is_refused(hooks: Any) -> None:
    with pytest.raises(ConfigurationError, match="hooks must be functions that are called with a CallStart"):
        ContractsClient("acme-shop", hooks=hooks)


def test_a_rate_limit_event_has_its_wait() -> None:
    """A refusal for the rate is told with the seconds until the next attempt."""
    recorder = Recorder()
    with pytest.raises(RateLimitError):
        observed(ScriptedApi(*[httpx.Response(429, headers={"Retry-After": "10"})] * 9), recorder)
    waits = [attempt.retry_in for attempt in recorder.told("attempt ended")]
    assert all(10 <= wait <= 10.5 for wait in waits[:-1])
    assert waits[-1] is None


async def an_async_hook(_: Any) -> None: ...


async def an_async_generator(_: Any) -> Any:
    yield


class AsyncObserver(CallObserver):
    """An observer with a method that nobody would await."""

    def __init__(self, _: Any = None) -> None: ...

    async def ended(self, end: Any) -> None: ...  # type: ignore[override]


class AsyncCallable:
    async def __call__(self, _: Any) -> None: ...


@pytest.mark.parametrize(
    "hook", [an_async_hook, partial(an_async_hook), an_async_generator, AsyncCallable(), AsyncObserver]
)
def test_an_async_hook_is_refused(hook: Any) -> None:
    """A hook that would never be awaited is refused when the client is made."""
    with pytest.raises(ConfigurationError, match="hooks must not be async, nor have async methods: nothing awaits it"):
        ContractsClient("acme-shop", hooks=[CallObserver, hook])
    if hook is not AsyncObserver:
        with pytest.raises(ConfigurationError, match="on_schema_drift must not be async: nothing awaits it"):
            ContractsClient("acme-shop", on_schema_drift=hook)
