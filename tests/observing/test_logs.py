"""What the log shows: one logger, an allow-list, and one correlation id through everything."""

import asyncio
import logging
import re
from contextvars import ContextVar
from typing import Any

import httpx
import pytest
import structlog
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from peer import OK, peer
from simulated_api import ScriptedApi
from structlog.testing import capture_logs
from virtual_time import VirtualClock, run_virtually

from contracts_client import BearerToken, ContractsClient, NotFoundError, ResponseDecodeError, ServerError
from contracts_client.opentelemetry import OpenTelemetryHook
from contracts_client.structured_logging import StructuredLoggingHook

CUSTOMER = 4711471147
TEMPLATE = "/customers/v2/benefits/contract-consumers/{customer_number}/contracts"


def called(api: ScriptedApi, call: Any = None, **options: Any) -> Any:
    async def main() -> Any:
        async with ContractsClient(
            "acme-shop", auth=BearerToken("t"), transport=api, clock=VirtualClock(), **options
        ) as client:
            return await (client.list_valid_contracts(CUSTOMER) if call is None else call(client))

    return run_virtually(main())


def test_each_attempt_is_one_log_line(caplog: pytest.LogCaptureFixture) -> None:
    """Each attempt is one line of allowed words."""
    caplog.set_level(logging.DEBUG, "contracts_client")
    called(
        ScriptedApi(503, httpx.ReadTimeout("x"), httpx.Response(200, json=[]), latency=0.25),
        lambda client: client.list_valid_contracts(CUSTOMER, correlation_id="an-id"),
    )
    records = [record for record in caplog.records if record.levelno == logging.DEBUG]
    assert [(record.name, record.levelno, record.getMessage()) for record in records] == [
        ("contracts_client", logging.DEBUG, f"GET {TEMPLATE} {word} in 250 ms (attempt {number}, correlation id an-id)")
        for number, word in enumerate(["503", "timed out", "200"], 1)
    ]


def test_each_retry_is_an_info_record(caplog: pytest.LogCaptureFixture) -> None:
    """Each retry is a record of INFO, with the reason, and nothing personal."""
    caplog.set_level(logging.INFO, "contracts_client")
    called(
        ScriptedApi(503, httpx.ReadTimeout("x"), httpx.Response(200, json=[])),
        lambda client: client.list_valid_contracts(CUSTOMER, correlation_id="an-id"),
    )
    said = [re.sub(r"in \d+ ms", "in N ms", record.getMessage()) for record in caplog.records]
    start = f"GET {TEMPLATE} is retried in N ms (attempt"
    assert said == [
        f"{start} 1, correlation id an-id): GET {TEMPLATE} was answered with 503 Service Unavailable",
        f"{start} 2, correlation id an-id): the server did not answer in time (ReadTimeout at https://api.entur.io:443)",
    ]
    assert {(record.name, record.levelno) for record in caplog.records} == {("contracts_client", logging.INFO)}


def test_one_correlation_id_goes_everywhere(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """One correlation id goes through request retries log span event and error."""
    exporter, tracers = InMemorySpanExporter(), TracerProvider()
    tracers.add_span_processor(SimpleSpanProcessor(exporter))
    current: ContextVar[str] = ContextVar("request_id")
    api = ScriptedApi(503, 503, 503, 503)

    async def request(client: ContractsClient) -> ServerError:
        current.set("id-of-the-request")
        with pytest.raises(ServerError) as caught:
            await client.list_valid_contracts(CUSTOMER)
        return caught.value

    caplog.set_level(logging.DEBUG, "contracts_client")
    with capture_logs() as events:
        error = called(
            api,
            request,
            correlation_id=current,
            hooks=[OpenTelemetryHook(tracers), StructuredLoggingHook(structlog.get_logger())],
        )
    assert {request.headers["X-Correlation-Id"] for request in api.requests} == {"id-of-the-request"}
    assert all("id-of-the-request" in record.getMessage() for record in caplog.records)
    assert {event["correlation_id"] for event in events} == {"id-of-the-request"}
    [span] = exporter.get_finished_spans()
    assert (span.attributes or {})["contracts_client.correlation_id"] == "id-of-the-request"
    assert error.correlation_id == "id-of-the-request"
    assert (len(api.requests), len(caplog.records)) == (4, 4 + 3)


def test_parallel_calls_keep_their_own_ids() -> None:
    """Calls side by side keep their own correlation ids."""
    current: ContextVar[str] = ContextVar("request_id")
    api = ScriptedApi(*[503] * 5, *[httpx.Response(200, json=[])] * 10)

    async def request(client: ContractsClient, name: str) -> None:
        current.set(name)
        await client.list_valid_contracts(CUSTOMER)

    async def several(client: ContractsClient) -> None:
        await asyncio.gather(*(request(client, f"request-{each}") for each in range(5)))
        await client.list_valid_contracts(CUSTOMER)  # outside of any request: a new id

    called(api, several, correlation_id=current)
    sent = [request.headers["X-Correlation-Id"] for request in api.requests]
    assert {sent.count(f"request-{each}") for each in range(5)} == {2}
    assert not sent[-1].startswith("request-")


def test_structured_events_hide_arguments() -> None:
    """Structured events have keys and no value of an argument."""
    with capture_logs() as events:
        called(
            ScriptedApi(503, httpx.Response(200, json=[]), latency=0.25),
            lambda client: client.list_valid_contracts(CUSTOMER, correlation_id="an-id"),
            hooks=[StructuredLoggingHook(structlog.get_logger())],
        )
    first, second, call = events
    common = {
        "operation": "list_valid_contracts",
        "method": "GET",
        "path_template": TEMPLATE,
        "correlation_id": "an-id",
    }
    retry_in = first["retry_in"]
    assert first == {
        **common, "event": "contracts_attempt", "log_level": "debug", "attempt": 1, "status": 503, "error": None,
        "milliseconds": 250, "sent": True, "retry_in": retry_in,
    }  # fmt: skip
    assert (second["attempt"], second["status"], second["retry_in"]) == (2, 200, None)
    assert (call["event"], call["log_level"], call["status"], call["attempts"]) == ("contracts_call", "info", 200, 2)
    assert str(CUSTOMER) not in repr(events)


def test_a_failed_call_is_a_logged_warning() -> None:
    """A call that failed is a structured warning with its message."""
    with capture_logs() as events, pytest.raises(NotFoundError) as caught:
        called(ScriptedApi(404), hooks=[StructuredLoggingHook(structlog.get_logger())])
    call = events[-1]
    assert (call["log_level"], call["error"], call["message"]) == ("warning", "NotFoundError", caught.value.message)


def test_a_cancelled_claim_is_logged_twice() -> None:
    """A cancelled claim is a structured warning and so is its outcome."""

    async def cancelled(client: ContractsClient) -> None:
        claim = asyncio.ensure_future(client.claim_personnel_ticket("ABC-DEF-1", customer_number=CUSTOMER))
        await asyncio.sleep(1)
        claim.cancel()
        with pytest.raises(asyncio.CancelledError):
            await claim

    with capture_logs() as events:
        called(
            ScriptedApi(httpx.Response(200, json={"success": True}), latency=3),
            cancelled,
            hooks=[StructuredLoggingHook(structlog.get_logger())],
        )
    attempt, call, late = events
    assert attempt["error"] == "cancelled"
    assert (call["log_level"], call["error"], call["message"]) == ("warning", "CancelledError", None)
    assert (late["log_level"], late["status"], late["caller_gone"]) == ("warning", 200, True)


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"])
async def test_only_our_http_logs_are_silenced(transport: Any, caplog: pytest.LogCaptureFixture) -> None:
    """The HTTP library logs nothing of our requests and all of anyone else's."""
    caplog.set_level(logging.DEBUG)

    async def talk(connection: Any) -> None:
        while True:
            await connection.request()
            await connection.say(OK.replace(b"Content-Length", b"Set-Cookie: c00kie\r\nContent-Length"))

    async with (
        peer(talk) as server,
        ContractsClient("acme-shop", base_url=server.url, transport=transport, retry=None) as client,
        httpx.AsyncClient(trust_env=False) as other,
    ):
        with pytest.raises(ResponseDecodeError):
            await client.list_valid_contracts(CUSTOMER)
        ours = [record for record in caplog.records if record.name.startswith("http")]
        await other.get(f"{server.url}/of-others")
    theirs = [record for record in caplog.records if record.name.startswith("http")]
    assert ours == []
    assert {record.name.partition(".")[0] for record in theirs} == {"httpx", "httpcore"}
    assert any("/of-others" in record.getMessage() for record in theirs)
    assert str(CUSTOMER) not in caplog.text
