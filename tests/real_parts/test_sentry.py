"""Sentry's SDK with its integrations of asyncio, HTTP libraries and logging: what it tells of our calls."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import sentry_sdk
from api import Api, Reply, Request
from sentry_sdk.envelope import Envelope
from sentry_sdk.integrations.asyncio import AsyncioIntegration
from sentry_sdk.integrations.httpx import HttpxIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.scrubber import DEFAULT_DENYLIST, EventScrubber
from sentry_sdk.transport import Transport

from contracts_client import APIError, ClientCredentials, ContractsClient, Environment, RetryPolicy

CUSTOMER = 40917735
REFERENCE = "QRS-TUV-987"
SCRUBBED = ("customer_number", "external_reference")
SECRETS = (str(CUSTOMER), REFERENCE, "t0ken", "a-s3cret")


class Kept(Transport):
    """Keeps what would be sent."""

    def __init__(self, options: Any = None) -> None:
        super().__init__(options)
        self.items: list[tuple[str, Any]] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.items += [(str(item.type), item.payload.json or item.get_bytes().decode()) for item in envelope.items]

    def events(self) -> list[Any]:
        return [payload for kind, payload in self.items if kind == "event"]


@pytest.fixture
async def sentry() -> AsyncIterator[Kept]:
    """A host that tells Sentry all it can: local variables, traces and personal data."""
    kept = Kept()
    loop = asyncio.get_running_loop()
    factory = loop.get_task_factory()
    sentry_sdk.init(
        dsn="http://key@127.0.0.1:9/1",
        transport=kept,
        integrations=[AsyncioIntegration(), HttpxIntegration(), LoggingIntegration(event_level="WARNING")],
        traces_sample_rate=1.0,
        event_scrubber=EventScrubber(denylist=[*DEFAULT_DENYLIST, *SCRUBBED], recursive=True),
        include_local_variables=True,
        max_request_body_size="always",
    )
    try:
        yield kept
    finally:
        sentry_sdk.get_client().close()
        sentry_sdk.get_global_scope().set_client(None)
        loop.set_task_factory(factory)


def client_of(api: Api, transport: Any = None) -> ContractsClient:
    return ContractsClient(
        "acme-ticketshop",
        environment=Environment(api_url=api.url, auth_url=api.url),
        auth=ClientCredentials("an-id", "a-s3cret"),
        retry=RetryPolicy(backoff_base=0.01),
        transport=transport,
    )


def failing(times: int) -> Callable[[Request], Reply | None]:
    """Return what breaks so many requests, in turn by its end of the connection and by 503."""
    left = iter(range(times))

    def answer(request: Request) -> Reply | None:
        if "oauth" in request.path or (number := next(left, None)) is None:
            return None
        if number % 2:
            return Reply({}, "503 Service Unavailable")
        raise ConnectionResetError

    return answer


def check(sentry: Kept) -> None:
    """Nothing that was told holds a secret. Of the frames, ours alone count: the host's are the host's."""
    sentry_sdk.get_client().flush()
    for event in sentry.events():
        for value in event.get("exception", {}).get("values", ()):
            frames = value["stacktrace"]["frames"]
            value["stacktrace"]["frames"] = [each for each in frames if each["module"].startswith("contracts_client")]
    text = json.dumps(sentry.items, default=str)
    assert [text[max(0, text.find(each) - 200) :][:300] for each in SECRETS if each in text] == []


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"])
async def test_a_retried_attempt_is_no_event(api: Api, sentry: Kept, transport: Any) -> None:
    api.answer = failing(2)
    with sentry_sdk.start_transaction(name="a request of the host"):
        async with client_of(api, transport) as client:
            assert await client.list_valid_contracts(CUSTOMER)
            assert await client.list_contracts_by_external_ref(REFERENCE).collect()
            assert (await client.claim_personnel_ticket(REFERENCE, customer_number=CUSTOMER)).success
    assert len(api.requests) == 6  # the token's, and two that broke
    check(sentry)
    assert sentry.events() == []
    assert [kind for kind, _ in sentry.items] == ["transaction"]


@pytest.mark.parametrize("operation", ["read", "list", "filter", "find", "claim"])
async def test_an_event_holds_no_argument(api: Api, sentry: Kept, operation: str) -> None:
    """A host that lets Sentry have the error gets one event, with frames of ours, and no number or code in them."""
    api.answer = failing(9)
    with sentry_sdk.start_transaction(name="a request of the host"):
        async with client_of(api) as client:
            try:
                if operation == "read":
                    await client.list_valid_contracts(CUSTOMER)
                elif operation == "list":
                    await client.list_contracts_by_external_ref(REFERENCE).collect()
                elif operation == "filter":
                    await client.list_contracts(customer_number=CUSTOMER)
                elif operation == "find":
                    await client.find_claim(REFERENCE, customer_number=CUSTOMER)
                else:
                    await client.claim_personnel_ticket(REFERENCE, customer_number=CUSTOMER)
            except APIError as error:
                sentry_sdk.capture_exception(error)
    check(sentry)
    assert len(sentry.events()) == 1
    assert "contracts_client" in json.dumps(sentry.events(), default=str)


async def test_a_cancelled_call_is_no_event(api: Api, sentry: Kept) -> None:
    api.delay = 0.2
    async with client_of(api) as client:
        task = asyncio.ensure_future(client.list_valid_contracts(CUSTOMER))
        while len(api.requests) < 2:  # the token's, and its own
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    check(sentry)
    assert sentry.events() == []
