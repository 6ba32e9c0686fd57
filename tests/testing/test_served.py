"""The server that fails as it is told: what a client meets over a real socket, and what the test is told of it."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from contracts_client import (
    APIConnectionError,
    APITimeoutError,
    ClientCredentials,
    ContractsClient,
    Environment,
    InvalidArgumentError,
    OutcomeUnknownError,
    RateLimitError,
    ResponseDecodeError,
    ServerError,
    TokenError,
)
from contracts_client.testing import ScriptedSandbox
from contracts_client.testing.api.server import _ServedExchange
from contracts_client.testing.builders import a_contract
from contracts_client.testing.faults.faults import refused, timed_out_connecting

CODE = "ABC-DEF-123"


@pytest.fixture
def sandbox() -> Iterator[ScriptedSandbox]:
    with ScriptedSandbox(contracts=40) as sandbox:
        yield sandbox
        sandbox.assert_all_happened()


def a_client(sandbox: ScriptedSandbox, **options: Any) -> ContractsClient:
    return ContractsClient(
        "acme-shop",
        auth=ClientCredentials(sandbox.internal_client_id, sandbox.internal_client_secret),
        environment=Environment(api_url=sandbox.url, auth_url=sandbox.url),
        **options,
    )


async def test_without_a_script_it_answers(sandbox: ScriptedSandbox) -> None:
    """It answers as the sandbox does where nothing is scripted."""
    async with a_client(sandbox) as client:
        contracts = await client.list_contracts(per_page=20).collect()
        assert [each.uuid for each in contracts] == [each.uuid for each in sandbox.data.contracts]
        uuid = contracts[0].uuid
        assert (await client.get_contract(uuid)).uuid == uuid
    assert sandbox.requests[0].operation == "token"
    assert [each.arguments.get("page") for each in sandbox.calls] == [1, 2, 1]
    call = sandbox.assert_called_once("list_contracts", uuid=uuid)
    assert call.headers["ET-Client-Name"] == "acme-shop"
    assert call.requests[0].status_code == 200
    assert call.requests[0].path.startswith("/customers/v2/benefits/contracts?")


async def test_scripted_answers_are_given(
    sandbox: ScriptedSandbox,
) -> None:
    """An answer of the test's own is given and each attempt belongs to its call."""
    sandbox.next("list_contracts", times=2).answers(503, retry_after=0)
    async with a_client(sandbox) as client:
        assert (await client.list_contracts()).items
    call = sandbox.assert_called_once("list_contracts")
    assert [each.status_code for each in call.requests] == [503, 503, 200]
    assert [each.attempt for each in call.requests] == [1, 2, 3]


async def test_a_429_tells_when_to_come_back(sandbox: ScriptedSandbox) -> None:
    sandbox.next("list_valid_contracts").answers(429, retry_after=7)
    async with a_client(sandbox, retry=None) as client:
        with pytest.raises(RateLimitError) as caught:
            await client.list_valid_contracts(1001)
    assert caught.value.retry_after == 7


async def test_requests_fail_until_cleared(sandbox: ScriptedSandbox) -> None:
    """Every request fails until the script is cleared."""
    sandbox.every().answers(500)
    async with a_client(sandbox, retry=None) as client:
        for _ in range(2):
            with pytest.raises(ServerError):
                await client.list_contracts()
        sandbox.clear_script()
        assert (await client.list_contracts()).items
    assert [each.outcome for each in sandbox.calls] == ["500", "500", "200"]


async def test_a_lost_answer_was_executed(sandbox: ScriptedSandbox) -> None:
    """A claim whose answer is lost was executed."""
    code = sandbox.data.personnel_tickets[0].code
    sandbox.next("claim_personnel_ticket").loses_the_answer()
    async with a_client(sandbox) as client:
        with pytest.raises(OutcomeUnknownError) as caught:
            await client.claim_personnel_ticket(code, customer_number=1001)
    assert not caught.value.safe_to_retry
    assert sandbox.data.personnel_tickets[0].customer_number == 1001
    assert sandbox.assert_called_once("claim_personnel_ticket", external_reference=code).outcome == "loses the answer"


@pytest.mark.parametrize("after", [True, False])
async def test_a_dropped_connection_runs_nothing(sandbox: ScriptedSandbox, after: bool) -> None:  # noqa: FBT001 # drawn
    """A dropped connection executes nothing."""
    code = sandbox.data.personnel_tickets[0].code
    sandbox.next("claim_personnel_ticket").drops_connection(after_request_read=after)
    async with a_client(sandbox) as client:
        with pytest.raises(OutcomeUnknownError):
            await client.claim_personnel_ticket(code, customer_number=1001)
    assert sandbox.data.personnel_tickets[0].customer_number is None


async def test_a_dropped_read_is_retried(sandbox: ScriptedSandbox) -> None:
    """A dropped connection is no timeout and a read is tried again."""
    sandbox.next("list_contracts", times=2).drops_connection()
    async with a_client(sandbox) as client:
        with pytest.raises(APIConnectionError) as caught:
            await client.list_contracts(retry=None)
        assert not isinstance(caught.value, APITimeoutError)
        assert (await client.list_contracts()).items
    assert [each.attempts for each in sandbox.calls] == [1, 2]


async def test_an_unanswered_request_times_out(sandbox: ScriptedSandbox) -> None:
    """A request that is never answered runs into the client's timeout."""
    sandbox.next("list_contracts").times_out()
    async with a_client(sandbox, retry=None) as client:
        with pytest.raises(APITimeoutError):
            await client.list_contracts(timeout=0.2)
        assert (await client.list_contracts()).items


async def test_a_drip_meets_the_deadline(sandbox: ScriptedSandbox) -> None:
    """An answer that drips runs into the deadline."""
    sandbox.next("list_contracts").drips(0.01)
    async with a_client(sandbox, retry=None) as client:
        with pytest.raises(APITimeoutError):
            await client.list_contracts(deadline=0.5)
        assert (await client.list_contracts()).items


async def test_nothing_drips_without_a_client() -> None:
    """Nothing drips for a client that has gone."""
    gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    gone.set_result(None)
    exchange = _ServedExchange(Any, Any, Any, gone)  # type: ignore[arg-type] # it asks for nothing else
    assert [chunk async for chunk in exchange._body(b"{}", 1.0)] == []  # pyright: ignore[reportPrivateUsage]


async def test_a_drip_may_take_its_time(sandbox: ScriptedSandbox) -> None:
    """An answer may drip for as long as the client likes."""
    sandbox.next("list_contracts").drips(0)
    async with a_client(sandbox) as client:
        assert (await client.list_contracts()).items


async def test_unknown_values_are_sent(sandbox: ScriptedSandbox) -> None:
    """What the specification does not know is sent."""
    sandbox.next("list_contracts").sends_unknown_status("ASLEEP")
    sandbox.next("list_contracts").sends_unknown_field("colour", "red")
    sandbox.next("list_contracts").sends_broken_json()
    async with a_client(sandbox) as client:
        assert not (await client.list_contracts()).items[0].status.is_known
        assert (await client.list_contracts()).items[0].additional_properties == {"colour": "red"}
        with pytest.raises(ResponseDecodeError):
            await client.list_contracts()


async def test_contracts_change_after_an_answer(sandbox: ScriptedSandbox) -> None:
    """Contracts come and go right after an answer."""
    new, old = a_contract(uuid="0-new"), sandbox.data.contracts[0].uuid
    sandbox.next("list_contracts").then_inserts(new)
    sandbox.next("list_contracts").then_removes(old)
    sandbox.next("list_contracts").then_removes(new)
    found = []
    async with a_client(sandbox) as client:
        for _ in range(4):
            page = await client.list_contracts()
            found.append({"0-new", old} & {each.uuid for each in page.items})
    assert found == [{old}, {"0-new", old}, {"0-new"}, set()]


async def test_a_request_is_held_and_released(sandbox: ScriptedSandbox) -> None:
    """A request is held until the test lets it go."""
    hold = sandbox.next("list_contracts").is_held()
    async with a_client(sandbox) as client:
        listing = asyncio.create_task(client.list_contracts().collect())
        request = await hold.reached()
        assert request.operation == "list_contracts"
        assert not listing.done()
        hold.release()
        assert len(await listing) == len(sandbox.data.contracts)


async def test_an_expired_token_costs_one_more(sandbox: ScriptedSandbox) -> None:
    """An expired token costs one more request and one more token."""
    async with a_client(sandbox) as client:
        await client.list_contracts()
        sandbox.expire_token()
        await client.list_contracts()
    assert [each.status_code for each in sandbox.requests_of("list_contracts")] == [200, 401, 200]
    assert len(sandbox.requests_of("token")) == 2


async def test_a_token_request_fails_as_it_is_told(sandbox: ScriptedSandbox) -> None:
    sandbox.next("token").answers(503)
    async with a_client(sandbox, retry=None) as client:
        with pytest.raises(TokenError):
            await client.list_contracts()
    assert [each.status_code for each in sandbox.requests] == [503]


def test_a_running_server_has_connections(sandbox: ScriptedSandbox) -> None:
    """A server that runs can not be without a connection."""
    with pytest.raises(InvalidArgumentError, match=r"stop\(\) the server"):
        sandbox.next("list_contracts").refuses_connection()
    with pytest.raises(InvalidArgumentError, match="connecting must be False"):
        sandbox.next("list_contracts").times_out(connecting=True)
    sandbox.clear_script()


@pytest.mark.parametrize("fault", [refused, timed_out_connecting])
async def test_an_unplanned_fault_ends_connections(sandbox: ScriptedSandbox, fault: Any) -> None:
    """What no script plans ends the connection."""
    sandbox._plans.add("list_contracts", 1, fault, "has no connection")  # pyright: ignore[reportPrivateUsage]
    async with a_client(sandbox, timeout=0.2, retry=None) as client:
        with pytest.raises(APIConnectionError):
            await client.list_contracts()


async def test_a_wrong_script_is_told(sandbox: ScriptedSandbox) -> None:
    """What was scripted wrong is the test's to know."""
    sandbox.next("list_contracts").then_removes("c-none")
    async with a_client(sandbox, retry=None) as client:
        with pytest.raises(APIConnectionError):
            await client.list_contracts()
    with pytest.raises(AssertionError, match="is followed by a removal: it could not"):
        sandbox.assert_all_happened()
    sandbox.clear_script()


async def test_another_correlation_id_another_call(sandbox: ScriptedSandbox) -> None:
    """The same call with another correlation id is another call."""
    sandbox.next("list_contracts", times=5).answers(400)
    headers = {"Authorization": f"Bearer {sandbox.issue_token()}", "ET-Client-Name": "acme-shop"}
    url = f"{sandbox.url}/customers/v2/benefits/contracts?page=1"
    async with httpx.AsyncClient(headers=headers) as http:
        for id_ in ("a", "b", "a", None, None, "c", "c"):
            await http.get(url, headers={"X-Correlation-Id": id_} if id_ else {})
    assert [(each.correlation_id, each.attempts) for each in sandbox.calls] == [
        *(("a", 2), ("b", 1), ("", 1), ("", 1)),  # whose client says nothing of which is which
        *(("c", 1), ("c", 1)),  # answered well, and asked once more
    ]


async def test_a_server_stops_under_a_request(sandbox: ScriptedSandbox) -> None:
    """A server stops while a request waits."""
    hold = sandbox.next("list_contracts").is_held()
    async with a_client(sandbox, retry=None) as client:
        listing = asyncio.create_task(client.list_contracts().collect())
        await hold.reached()
        await asyncio.to_thread(sandbox.stop)
        with pytest.raises(APIConnectionError):
            await listing
