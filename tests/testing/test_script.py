"""What a test scripts happens to the next requests, in order, and what it leaves behind is what the server would."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta, timezone
from typing import Any

import httpx
import pytest

from contracts_client import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    BadRequestError,
    ContractsClient,
    InvalidArgumentError,
    NotFoundError,
    OutcomeUnknownError,
    RateLimitError,
    ResponseDecodeError,
    ServerError,
)
from contracts_client.testing import FakeContractsApi, Hold, Script
from contracts_client.testing.builders import a_claim, a_contract, a_contract_consumer
from contracts_client.testing.faults.exchange import DRIPS

CLAIM = "claim_personnel_ticket"
LIST = "list_contracts"


@pytest.fixture
def api() -> FakeContractsApi:
    return FakeContractsApi()


@pytest.fixture
def client(api: FakeContractsApi) -> ContractsClient:
    return api.connect()


@pytest.fixture
def code(api: FakeContractsApi) -> str:
    return api.add_personnel_ticket()


async def claim(client: ContractsClient, code: str) -> bool:
    return (await client.claim_personnel_ticket(code, customer_number=1001)).success


# --- order and number -------------------------------------------------------------------------------------------------


async def test_faults_happen_in_order(api: FakeContractsApi, client: ContractsClient) -> None:
    """Faults happen in the order in which they were scripted each to a request."""
    api.next(LIST, times=2).answers(503)
    api.next(LIST).answers(502)
    await client.list_contracts()
    assert [each.status_code for each in api.requests_of(LIST)] == [503, 503, 502, 200]


async def test_other_operations_are_left_alone(api: FakeContractsApi, client: ContractsClient) -> None:
    api.next(LIST).answers(404)
    assert await client.list_valid_contracts(1001) == []
    with pytest.raises(AssertionError, match="list_contracts answers 404: 0 of 1 did"):
        api.assert_all_happened()
    api.clear_script()
    api.assert_all_happened()
    assert await client.list_contracts().collect() == []


async def test_any_operation_means_no_token(api: FakeContractsApi, client: ContractsClient) -> None:
    """Any operation may be meant but no token."""
    api.next().answers(404)
    with pytest.raises(NotFoundError):
        await client.list_contracts_by_external_ref("none")
    api.assert_all_happened()
    assert api.requests_of("token")[0].status_code == 200


async def test_every_lasts_until_it_is_cleared(api: FakeContractsApi, client: ContractsClient) -> None:
    """Every request may be meant until it is forgotten."""
    api.every(LIST).answers(500)
    with pytest.raises(AssertionError, match="every list_contracts answers 500: there was none"):
        api.assert_all_happened()
    with pytest.raises(ServerError):
        await client.list_contracts()
    api.assert_all_happened()
    api.clear_script()
    await client.list_contracts()


async def test_next_comes_before_every(api: FakeContractsApi, client: ContractsClient) -> None:
    """The next request may differ from every one that a fixture scripted before."""
    api.every(LIST).answers(404)
    api.next(LIST).answers(403)
    for status in (403, 404, 404):
        with pytest.raises(APIStatusError) as caught:
            await client.list_contracts()
        assert caught.value.status_code == status
    api.assert_all_happened()


async def test_unknown_requests_may_be_scripted(api: FakeContractsApi) -> None:
    """A request that calls no operation may be meant too."""
    api.every().refuses_connection()
    with pytest.raises(AssertionError, match="every request refuses the connection: there was none"):
        api.assert_all_happened()
    transport = api.client_options["transport"]
    assert isinstance(transport, httpx.AsyncBaseTransport)
    async with httpx.AsyncClient(transport=transport) as raw:
        with pytest.raises(httpx.ConnectError):
            await raw.get("https://contracts.example/elsewhere")


@pytest.mark.parametrize("times", [0, -1, True, 1.5])
def test_a_number_of_times_is_one(api: FakeContractsApi, times: int) -> None:
    with pytest.raises(InvalidArgumentError, match="times must be an integer from 1"):
        api.next(LIST, times=times)


# --- answers ----------------------------------------------------------------------------------------------------------


async def test_retry_after_runs_on_the_clock(api: FakeContractsApi, client: ContractsClient) -> None:
    """Retry after is waited for on the clock."""
    api.next(LIST).answers(429, retry_after=30)
    api.next(LIST).answers(503, retry_after=api.clock.now + timedelta(seconds=40))
    await client.list_contracts()
    assert 39.99 < api.clock.monotonic() < 50


async def test_an_error_has_the_api_s_body(api: FakeContractsApi, client: ContractsClient) -> None:
    """An error says what the API would and another body may be given."""
    api.next(LIST).answers(400)
    with pytest.raises(BadRequestError) as caught:
        await client.list_contracts(correlation_id="a-call")
    assert caught.value.error is not None
    assert (caught.value.error.status, caught.value.error.error) == (400, "Bad Request")
    assert caught.value.error.correlation_id == "a-call"
    api.next(LIST).answers(400, {"errorCode": "E1"}, headers={"X-Gateway": "1"})
    with pytest.raises(BadRequestError) as caught:
        await client.list_contracts()
    assert caught.value.error is not None
    assert caught.value.error.error_code == "E1"
    api.next(LIST).answers(599)
    with pytest.raises(ServerError):
        await client.list_contracts(retry=None)


async def test_models_are_answered_as_they_are(api: FakeContractsApi, client: ContractsClient) -> None:
    cards = [a_contract(additional_properties={"ofTomorrow": 1}), a_contract(2, status="FROZEN")]
    api.next("list_valid_contracts").answers(200, cards)
    assert await client.list_valid_contracts(1001) == cards
    api.next("list_valid_contracts").answers(200, b"[]")
    assert await client.list_valid_contracts(1001) == []
    api.next(CLAIM).answers(200, a_claim(success=False))
    assert not await claim(client, "A-B-C")


async def test_an_executed_request_may_be_answered(api: FakeContractsApi, client: ContractsClient, code: str) -> None:
    """An answer may come of a request that was executed."""
    api.next(CLAIM).answers(504, executed=True)
    with pytest.raises(OutcomeUnknownError):
        await claim(client, code)
    assert api.claimed_by(code) == 1001


# --- the network ------------------------------------------------------------------------------------------------------

EXECUTED: dict[str, tuple[Callable[[Script], object], bool]] = {
    "answers 503": (lambda script: script.answers(503), False),
    "times out": (Script.times_out, False),
    "drops the connection": (Script.drops_connection, False),
    "drops it before reading": (lambda script: script.drops_connection(after_request_read=False), False),
    "loses the answer": (Script.loses_the_answer, True),
    "drips": (Script.drips, True),
}


@pytest.mark.parametrize(("say", "executed"), EXECUTED.values(), ids=EXECUTED)
async def test_a_lost_claim_is_executed_or_not(
    api: FakeContractsApi, client: ContractsClient, code: str, say: Callable[[Script], object], *, executed: bool
) -> None:
    """A claim is executed or not and its outcome is unknown."""
    say(api.next(CLAIM))
    with pytest.raises(OutcomeUnknownError):
        await claim(client, code)
    assert (api.claimed_by(code) == 1001) is executed
    assert (await client.find_claim(code, customer_number=1001) is not None) is executed
    api.assert_called_once(CLAIM)


@pytest.mark.parametrize(
    "say", [Script.refuses_connection, lambda script: script.times_out(connecting=True)], ids=["refused", "silent"]
)
async def test_an_unsent_claim_is_retried(
    api: FakeContractsApi, client: ContractsClient, code: str, say: Callable[[Script], object]
) -> None:
    """A claim of which nothing was sent is tried again."""
    say(api.next(CLAIM))
    assert await claim(client, code)
    assert api.assert_called_once(CLAIM).attempts == 2


async def test_a_timeout_runs_on_the_clock(api: FakeContractsApi, client: ContractsClient) -> None:
    """A timeout takes its time on the clock and no more."""
    api.every(LIST).times_out()
    start = api.clock.monotonic()
    with pytest.raises(APITimeoutError):
        await client.list_contracts(timeout=3, retry=None)
    assert api.clock.monotonic() - start == 3
    with pytest.raises(APITimeoutError, match="deadline of 2 s"):
        await client.list_contracts(deadline=2)
    assert api.clock.monotonic() - start == 5
    await client.aclose()
    assert api.clock.monotonic() - start == 5


async def test_a_silent_server_closes_after_a_day(api: FakeContractsApi) -> None:
    """Without timeouts a silent server has hung up after a day."""
    api.every(LIST).times_out()
    client = api.connect(timeout=httpx.Timeout(None), deadline=float("inf"), retry=None)
    with pytest.raises(APITimeoutError):
        await client.list_contracts()
    assert api.clock.monotonic() == 86_400


async def test_drips_end_after_an_hour(api: FakeContractsApi, client: ContractsClient) -> None:
    """Drips end after an hour where nothing ends them before."""
    api.add(a_contract())
    api.next("list_valid_contracts").drips(0.01)
    assert await client.list_valid_contracts(1001) == []
    assert api.clock.monotonic() == pytest.approx(DRIPS / 100)


async def test_slow_drips_are_a_timeout(api: FakeContractsApi) -> None:
    """Drips that are further apart than the client waits are a timeout."""
    api.next(LIST).drips(30)
    with pytest.raises(APITimeoutError, match="did not answer in time"):
        await api.connect(timeout=httpx.Timeout(10), retry=None).list_contracts()
    assert api.clock.monotonic() == 10


# --- what could not be done -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["429", 99, 600, True])
def test_a_status_is_one(api: FakeContractsApi, status: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="status must be an integer from 100 to 599"):
        api.next(LIST).answers(status)


def test_a_body_must_be_json(api: FakeContractsApi) -> None:
    """A body that is no JSON is told where it is scripted."""
    with pytest.raises(TypeError, match="not JSON serializable"):
        api.next(LIST).answers(200, {"a": object()})


async def test_a_retry_moment_needs_an_offset(api: FakeContractsApi, client: ContractsClient) -> None:
    """A moment to try again may have any offset and must have one."""
    moment = (api.clock.now + timedelta(seconds=20)).astimezone(timezone(timedelta(hours=2)))
    api.next(LIST).answers(429, retry_after=moment)
    await client.list_contracts()
    assert api.clock.slept[0] == pytest.approx(20, abs=2)
    with pytest.raises(InvalidArgumentError, match="or a datetime with an offset"):
        api.next(LIST).answers(429, retry_after=moment.replace(tzinfo=None))


async def test_seconds_are_written_as_digits(api: FakeContractsApi, client: ContractsClient) -> None:
    """Seconds to wait are written as digits however many there are."""
    for seconds in (1_234_567, 2_000_000.0):
        api.next(LIST).answers(503, retry_after=seconds)
        with pytest.raises(ServerError) as caught:
            await client.list_contracts()
        assert caught.value.retry_after == seconds


async def test_a_failed_change_is_told(api: FakeContractsApi, client: ContractsClient) -> None:
    """What could not be done is told though the client took it for a fault of the connection."""
    api.next(LIST).then_removes("nobody")
    with pytest.raises(APIConnectionError):
        await client.list_contracts()
    with pytest.raises(AssertionError, match="list_contracts is followed by a removal: it could not, contract must be"):
        api.assert_all_happened()
    assert "is followed by a removal, which failed: contract must be one that was added" in api.describe_calls()


def test_a_sentence_without_a_verb_is_told(api: FakeContractsApi) -> None:
    api.next(LIST)
    api.every()
    with pytest.raises(AssertionError, match=r"list_contracts: what happens was not said.*; request: what happens"):
        api.assert_all_happened()
    api.clear_script()
    api.assert_all_happened()


async def test_a_change_without_room_is_told(api: FakeContractsApi, client: ContractsClient) -> None:
    """A change that no answer had room for is told."""
    api.every(LIST).sends_unknown_status()
    api.next().sends_unknown_status()
    with pytest.raises(NotFoundError) as caught:
        await claim(client, "NO-SUCH-CODE")
    assert caught.value.error
    assert caught.value.error.status == 404
    await client.list_contracts()
    with pytest.raises(AssertionError, match="unknown status: no answer had a contract; request sends an"):
        api.assert_all_happened()
    api.add(a_contract())
    await client.list_contracts()
    with pytest.raises(AssertionError, match="happened: request sends an unknown status: no answer had a"):
        api.assert_all_happened()


# --- what the answer holds --------------------------------------------------------------------------------------------


async def test_unknown_values_come_with_contracts(api: FakeContractsApi, client: ContractsClient) -> None:
    """A status and a field of tomorrow come with every contract."""
    api.add(a_contract(), a_contract(2))
    api.next(LIST).sends_unknown_status()
    assert [each.status for each in await client.list_contracts().collect()] == ["STATUS_OF_TOMORROW"] * 2
    api.next(LIST).sends_unknown_field("ofTomorrow", {"a": 1})
    for each in await client.list_contracts().collect():
        assert each.additional_properties == {"ofTomorrow": {"a": 1}}


async def test_a_list_that_is_no_page_has_them_too(api: FakeContractsApi, client: ContractsClient) -> None:
    api.add(a_contract(contract_consumers=[a_contract_consumer(customer_number=1001)]))
    api.next("list_valid_contracts").sends_unknown_status("FROZEN")
    assert [each.status for each in await client.list_valid_contracts(1001)] == ["FROZEN"]


async def test_a_page_of_html_is_no_answer(api: FakeContractsApi, client: ContractsClient) -> None:
    api.next(LIST).answers(200, "<html>", content_type="text/html")
    with pytest.raises(ResponseDecodeError, match="content type text/html"):
        await client.list_contracts()


async def test_unknown_fields_without_contracts(api: FakeContractsApi, client: ContractsClient, code: str) -> None:
    """An answer without contracts has the field itself and no status."""
    api.next(CLAIM).sends_unknown_field()
    answer = await client.claim_personnel_ticket(code, customer_number=1001)
    assert answer.additional_properties == {"fieldOfTomorrow": "new"}
    with pytest.raises(InvalidArgumentError, match="which claim_personnel_ticket does not answer"):
        api.next(CLAIM).sends_unknown_status()


async def test_broken_json_follows_an_execution(api: FakeContractsApi, client: ContractsClient, code: str) -> None:
    """Broken JSON comes of a request that was executed."""
    api.next(CLAIM).sends_broken_json()
    with pytest.raises(ResponseDecodeError):
        await claim(client, code)
    assert api.claimed_by(code) == 1001
    api.next("list_valid_contracts").sends_broken_json()
    with pytest.raises(ResponseDecodeError):
        await client.list_valid_contracts(1)


async def test_a_listing_changes_between_two_pages(api: FakeContractsApi, client: ContractsClient) -> None:
    cards = [a_contract(number, uuid=f"c-{number}") for number in range(1, 7)]
    api.add(*cards)
    api.next(LIST).then_removes(cards[0], "c-2")
    api.next(LIST).then_inserts(a_contract(uuid="c-0"), a_contract(uuid="c-7"))
    listing = client.list_contracts(per_page=2, prefetch=0)
    found = [each.uuid async for each in listing]
    assert found[:2] == ["c-1", "c-2"]
    assert "c-3" not in found  # it moved to the page that had been read
    assert listing.drift.totals_changed


# --- holding ----------------------------------------------------------------------------------------------------------


async def test_a_held_request_waits(api: FakeContractsApi, client: ContractsClient, code: str) -> None:
    """A request is held until it is released."""
    hold = api.next(CLAIM).is_held()
    assert hold.request is None
    claiming = asyncio.create_task(claim(client, code))
    request = await hold.reached()
    assert (request.operation, hold.request) == (CLAIM, request)
    assert (api.claimed_by(code), claiming.done()) == (None, False)
    hold.release()
    assert await claiming
    assert api.claimed_by(code) == 1001


async def test_a_held_request_is_executed(api: FakeContractsApi, client: ContractsClient, code: str) -> None:
    """A request that is held is executed though its caller has gone."""
    hold = api.next(CLAIM).is_held()
    claiming = asyncio.create_task(claim(client, code))
    await hold.reached()
    claiming.cancel()
    with pytest.raises(asyncio.CancelledError):
        await claiming
    hold.release()
    await api.clock.advance(0)
    assert api.claimed_by(code) == 1001


async def test_a_held_request_times_out(api: FakeContractsApi, client: ContractsClient) -> None:
    """Time that passes while a request is held ends in the client's timeout."""
    hold = api.next(LIST).is_held()
    listing = asyncio.ensure_future(client.list_contracts(timeout=httpx.Timeout(5), retry=None).first())
    await hold.reached()
    await api.clock.advance(4.9)
    assert not listing.done()
    await api.clock.advance(0.1)
    with pytest.raises(APITimeoutError):
        await listing
    hold.release()


def test_holds_work_across_threads(api: FakeContractsApi) -> None:
    """A request of another thread can be held and released."""
    hold = api.next(LIST).is_held()

    async def ask() -> int:
        async with api.connect() as client:
            return len(await client.list_contracts().collect())

    with ThreadPoolExecutor(1) as elsewhere:
        asked = elsewhere.submit(asyncio.run, ask())
        assert asyncio.run(hold.reached()).operation == LIST
        api.add(a_contract())
        hold.release()
        assert asked.result(timeout=10) == 1


async def test_released_is_not_held(api: FakeContractsApi, client: ContractsClient) -> None:
    """What was released is not held any more."""
    hold = api.next(LIST, times=2).is_held()
    hold.release()
    await client.list_contracts()
    await client.list_contracts()
    assert (await hold.reached()).status_code == 200


def test_waiters_of_ended_loops_are_skipped(api: FakeContractsApi) -> None:
    """Who waited on a loop that has ended is not told."""
    hold = api.next(LIST).is_held()

    async def ask() -> None:
        asked = asyncio.ensure_future(api.connect().list_contracts().collect())
        await hold.reached()
        asked.cancel()

    asyncio.run(ask())
    hold.release()


async def test_a_hold_does_not_wait_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that never comes is not waited for in vain."""
    monkeypatch.setattr("contracts_client.testing.faults.barrier.REACHED_WITHIN", 0.01)
    with pytest.raises(AssertionError, match=r"no request to hold has come within 0.01 s"):
        await Hold().reached()


async def test_a_closed_gate_sends_nothing(api: FakeContractsApi, client: ContractsClient) -> None:
    """While the line is closed nothing is sent."""
    api.next(LIST).answers(429, retry_after=120)
    with pytest.raises(RateLimitError):
        await client.list_contracts(deadline=10)
    with pytest.raises(APIConnectionError):
        await client.list_contracts(deadline=10)
    assert len(api.requests_of(LIST)) == 1
