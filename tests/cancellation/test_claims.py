"""A claim whose caller is cancelled: the caller leaves at once, and what came of the claim is told all the same."""

import asyncio
import logging

import httpx
import pytest
from benefits_server import Exchange, answer, answer_rightly, benefits_server
from leftovers import settled, tasks_but
from peer import Connection, peer

from contracts_client import (
    APITimeoutError,
    BearerToken,
    ContractsClient,
    OutcomeUnknownError,
    RetryPolicy,
    defaults,
)
from contracts_client.hooks import AttemptEnd, CallEnd, CallObserver

AUTH = BearerToken("t0ken")


class Witness(CallObserver):
    """A hook that keeps what it is told."""

    def __init__(self) -> None:
        self.ends: list[CallEnd] = []
        self.late: list[AttemptEnd] = []

    def __call__(self, _: object) -> CallObserver:
        return self

    def ended(self, end: CallEnd) -> None:
        self.ends.append(end)

    def ended_late(self, attempt: AttemptEnd) -> None:
        self.late.append(attempt)


def refuse(exchange: Exchange) -> None:
    exchange.say(answer({"title": "claimed already"}, "409 Conflict"))


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])
@pytest.mark.parametrize(
    ("handler", "status", "word"),
    [(answer_rightly, 200, "200"), (refuse, 409, "409"), (Exchange.reset, None, "failed")],
    ids=["executed", "refused", "broken"],
)
async def test_a_claim_goes_on_without_its_caller(
    handler: object, status: int | None, word: str, transport: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    """A claim goes on without its caller and its outcome is told."""
    caplog.set_level(logging.WARNING, "contracts_client")
    asked, witness = asyncio.Event(), Witness()
    held: list[Exchange] = []

    def hold(exchange: Exchange) -> None:
        held.append(exchange)
        asked.set()

    async with (
        benefits_server() as server,
        ContractsClient(
            "acme-shop",
            auth=AUTH,
            base_url=server.url,
            transport=transport,  # type: ignore[arg-type]
            hooks=[witness],
            max_concurrency=1,
        ) as client,
    ):
        server.handler = hold
        call = asyncio.create_task(client.claim_personnel_ticket("A-B-C", customer_number=7, correlation_id="claim-1"))
        await asked.wait()
        call.cancel()
        for _ in range(3):
            await asyncio.sleep(0)
        assert call.cancelled()
        assert isinstance(witness.ends[0].error, asyncio.CancelledError)
        assert not witness.late
        handler(held[0])  # type: ignore[operator]
        await settled(lambda: bool(witness.late) and not tasks_but())  # it is told a turn after its task has ended
        assert [each.status_code for each in witness.late] == [status]
        assert witness.late[0].sent
        (record,) = caplog.records
        assert "claim-1" in record.getMessage()
        assert f"claim-personnel-ticket {word} in" in record.getMessage()
        server.handler = answer_rightly
        await server.together(client, 1)


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])
async def test_closing_waits_for_a_claim_under_way(transport: str | None) -> None:
    """Closing waits for a claim that goes on without its caller."""
    asked, witness = asyncio.Event(), Witness()

    def answer_later(exchange: Exchange) -> None:
        asked.set()
        asyncio.get_running_loop().call_later(0.05, answer_rightly, exchange)

    async with benefits_server() as server:
        server.handler = answer_later
        async with ContractsClient(
            "acme-shop",
            auth=AUTH,
            base_url=server.url,
            transport=transport,  # type: ignore[arg-type]
            hooks=[witness],
        ) as client:
            call = asyncio.create_task(client.claim_personnel_ticket("A-B-C", customer_number=7))
            await asked.wait()
            call.cancel()
        assert [each.status_code for each in witness.late] == [200]


async def test_closing_tells_of_unanswered_claims(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A claim that never gets an answer is told of when the client closes."""
    monkeypatch.setattr(defaults, "DRAIN_TIMEOUT", 0.01)
    asked, witness = asyncio.Event(), Witness()
    async with benefits_server() as server:
        server.handler = lambda _: asked.set()
        async with ContractsClient("acme-shop", auth=AUTH, base_url=server.url, hooks=[witness]) as client:
            call = asyncio.create_task(client.claim_personnel_ticket("A-B-C", customer_number=7))
            await asked.wait()
            call.cancel()
        assert [(each.status_code, each.error) for each in witness.late] == [(None, "failed")]
        assert not tasks_but()
    assert "its caller had gone" in caplog.text


async def test_an_unwanted_read_delays_no_close(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A read that nobody waits for holds nothing up when the client closes."""
    monkeypatch.setattr(defaults, "DRAIN_TIMEOUT", 60)
    asked = asyncio.Event()
    async with benefits_server() as server:
        server.handler = lambda _: asked.set()
        async with asyncio.timeout(10):
            async with ContractsClient("acme-shop", auth=AUTH, base_url=server.url) as client:
                call = asyncio.create_task(client.get_contract("c-1"))
                await asked.wait()
                call.cancel()
        assert not tasks_but()


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])
async def test_an_unsent_claim_is_not_told_of(transport: str | None, caplog: pytest.LogCaptureFixture) -> None:
    """A claim that was never sent is nothing to tell of. Its caller is still there, and may send another."""
    caplog.set_level(logging.WARNING, "contracts_client")
    witness = Witness()
    async with (
        peer(Connection.gone) as silent,
        ContractsClient(
            "acme-shop",
            auth=AUTH,
            base_url=silent.url.replace("http:", "https:"),  # it never says a word of TLS
            transport=transport,  # type: ignore[arg-type]
            hooks=[witness],
            retry=RetryPolicy(backoff_base=0),
        ) as client,
    ):
        with pytest.raises(APITimeoutError) as caught:
            await client.claim_personnel_ticket("A-B-C", customer_number=7, timeout=0.05)
        assert caught.value.attempts == defaults.MAX_ATTEMPTS
        await settled(lambda: not silent.open and not tasks_but())
    assert not witness.late
    assert not caplog.records


@pytest.mark.parametrize("options", [{"timeout": 0.05}, {"deadline": 0.05}], ids=["timeout", "deadline"])
async def test_a_late_claim_outcome_is_told_too(options: dict[str, float], caplog: pytest.LogCaptureFixture) -> None:
    """What comes of a claim once its caller was told that nobody knows is told too."""
    caplog.set_level(logging.WARNING, "contracts_client")
    witness = Witness()
    async with (
        benefits_server() as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url, hooks=[witness]) as client,
    ):
        server.handler = lambda _: None
        with pytest.raises(OutcomeUnknownError):
            await client.claim_personnel_ticket("A-B-C", customer_number=7, **options)
        await settled(lambda: not tasks_but())
    # Where the transport's own timeout was first, the caller has been told already.
    assert [each.error for each in witness.late] in ([], ["timed out"])
    assert len(caplog.records) == len(witness.late)


async def test_a_claim_is_answered_or_told_of() -> None:
    """A claim is answered or told of, at each turn of the loop at which its caller may go.

    Also at the one where the outcome is there already, and its caller has not gone on yet.
    """
    executed = 0

    def execute(_: httpx.Request) -> httpx.Response:
        nonlocal executed
        executed += 1
        return httpx.Response(200, json={"customerNumber": 7, "success": True})

    turns, answered = 0, False
    while not answered:
        witness, before = Witness(), executed
        async with ContractsClient(
            "acme-shop", auth=AUTH, transport=httpx.MockTransport(execute), hooks=[witness]
        ) as client:
            call = asyncio.create_task(client.claim_personnel_ticket("A-B-C", customer_number=7))
            for _ in range(turns):
                await asyncio.sleep(0)
            answered = call.done()
            call.cancel()
            await asyncio.wait([call])
            await settled(lambda: not tasks_but())
        assert len(witness.late) + (not call.cancelled()) == executed - before
        turns += 1
    assert turns > 3


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])
async def test_a_left_claim_keeps_its_slot(transport: str | None) -> None:
    """A claim without its caller keeps its slot. So there are never more connections than slots."""
    held: list[Exchange] = []
    async with (
        benefits_server() as server,
        ContractsClient(
            "acme-shop",
            auth=AUTH,
            base_url=server.url,
            transport=transport,
            max_concurrency=1,  # type: ignore[arg-type]
        ) as client,
    ):
        server.handler = held.append
        claim = asyncio.create_task(client.claim_personnel_ticket("A-B-C", customer_number=7))
        await settled(lambda: len(held) == 1)
        claim.cancel()
        await asyncio.wait([claim])
        server.handler = answer_rightly
        read = asyncio.create_task(client.get_contract("c-1"))
        for _ in range(20):
            await asyncio.sleep(0)
        assert not read.done()
        assert len(server.transports) == 1
        answer_rightly(held[0])
        assert (await read).uuid == "c-1"


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])
async def test_a_claim_closes_an_idle_connection(transport: str | None) -> None:
    """An idle connection makes way for that of a claim."""
    most = 0

    def note(exchange: Exchange) -> None:
        nonlocal most
        most = max(most, len(server.transports))
        answer_rightly(exchange)

    async with (
        benefits_server() as server,
        ContractsClient(
            "acme-shop",
            auth=AUTH,
            base_url=server.url,
            transport=transport,
            max_concurrency=2,  # type: ignore[arg-type]
        ) as client,
    ):
        await server.together(client, 2)
        server.handler = note
        for _ in range(3):
            await client.claim_personnel_ticket("A-B-C", customer_number=7)
        await settled(lambda: not tasks_but())
    assert most <= 2
