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


async def test_it_answers_as_the_sandbox_does_where_nothing_is_scripted(sandbox: ScriptedSandbox) -> None:
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


async def test_an_answer_of_the_test_s_own_is_given_and_each_attempt_belongs_to_its_call(
    sandbox: ScriptedSandbox,
) -> None:
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


async def test_every_request_fails_until_the_script_is_cleared(sandbox: ScriptedSandbox) -> None:
    sandbox.every().answers(500)
    async with a_client(sandbox, retry=None) as client:
        for _ in range(2):
            with pytest.raises(ServerError):
                await client.list_contracts()
        sandbox.clear_script()
        assert (await client.list_contracts()).items
    assert [each.outcome for each in sandbox.calls] == ["500", "500", "200"]


async def test_a_claim_whose_answer_is_lost_was_executed(sandbox: ScriptedSandbox) -> None:
    code = sandbox.data.personnel_tickets[0].code
    sandbox.next("claim_personnel_ticket").loses_the_answer()
    async with a_client(sandbox) as client:
        with pytest.raises(OutcomeUnknownError) as caught:
            await client.claim_personnel_ticket(code, customer_number=1001)
    assert not caught.value.safe_to_retry
    assert sandbox.data.personnel_tickets[0].customer_number == 1001
    assert sandbox.assert_called_once("claim_personnel_ticket", external_reference=code).outcome == "loses the answer"


@pytest.mark.parametrize("after", [True, False])
async def test_a_dropped_connection_executes_nothing(sandbox: ScriptedSandbox, after: bool) -> None:  # noqa: FBT001 # drawn
    code = sandbox.data.personnel_tickets[0].code
    sandbox.next("claim_personnel_ticket").drops_connection(after_request_read=after)
    async with a_client(sandbox) as client:
        with pytest.raises(OutcomeUnknownError):
            await client.claim_personnel_ticket(code, customer_number=1001)
    assert sandbox.data.personnel_tickets[0].customer_number is None


async def test_a_dropped_connection_is_no_timeout_and_a_read_is_tried_again(sandbox: ScriptedSandbox) -> None:
    sandbox.next("list_contracts", times=2).drops_connection()
    async with a_client(sandbox) as client:
        with pytest.raises(APIConnectionError) as caught:
            await client.list_contracts(retry=None)
        assert not isinstance(caught.value, APITimeoutError)
        assert (await client.list_contracts()).items
    assert [each.attempts for each in sandbox.calls] == [1, 2]


async def test_a_request_that_is_never_answered_runs_into_the_client_s_timeout(sandbox: ScriptedSandbox) -> None:
    sandbox.next("list_contracts").times_out()
    async with a_client(sandbox, retry=None) as client:
        with pytest.raises(APITimeoutError):
            await client.list_contracts(timeout=0.2)
        assert (await client.list_contracts()).items


async def test_an_answer_that_drips_runs_into_the_deadline(sandbox: ScriptedSandbox) -> None:
    sandbox.next("list_contracts").drips(0.01)
    async with a_client(sandbox, retry=None) as client:
        with pytest.raises(APITimeoutError):
            await client.list_contracts(deadline=0.5)
        assert (await client.list_contracts()).items


async def test_nothing_drips_for_a_client_that_has_gone() -> None:
    gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    gone.set_result(None)
    exchange = _ServedExchange(Any, Any, Any, gone)  # type: ignore[arg-type] # it asks for nothing else
    assert [chunk async for chunk in exchange._body(b"{}", 1.0)] == []  # pyright: ignore[reportPrivateUsage]


async def test_an_answer_may_drip_for_as_long_as_the_client_likes(sandbox: ScriptedSandbox) -> None:
    sandbox.next("list_contracts").drips(0)
    async with a_client(sandbox) as client:
        assert (await client.list_contracts()).items


async def test_what_the_specification_does_not_know_is_sent(sandbox: ScriptedSandbox) -> None:
    sandbox.next("list_contracts").sends_unknown_status("ASLEEP")
    sandbox.next("list_contracts").sends_unknown_field("colour", "red")
    sandbox.next("list_contracts").sends_broken_json()
    async with a_client(sandbox) as client:
        assert not (await client.list_contracts()).items[0].status.is_known
        assert (await client.list_contracts()).items[0].additional_properties == {"colour": "red"}
        with pytest.raises(ResponseDecodeError):
            await client.list_contracts()


async def test_contracts_come_and_go_right_after_an_answer(sandbox: ScriptedSandbox) -> None:
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


async def test_a_request_is_held_until_the_test_lets_it_go(sandbox: ScriptedSandbox) -> None:
    hold = sandbox.next("list_contracts").is_held()
    async with a_client(sandbox) as client:
        listing = asyncio.create_task(client.list_contracts().collect())
        request = await hold.reached()
        assert request.operation == "list_contracts"
        assert not listing.done()
        hold.release()
        assert len(await listing) == len(sandbox.data.contracts)


async def test_an_expired_token_costs_one_more_request_and_one_more_token(sandbox: ScriptedSandbox) -> None:
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


def test_a_server_that_runs_can_not_be_without_a_connection(sandbox: ScriptedSandbox) -> None:
    with pytest.raises(InvalidArgumentError, match=r"stop\(\) the server"):
        sandbox.next("list_contracts").refuses_connection()
    with pytest.raises(InvalidArgumentError, match="connecting must be False"):
        sandbox.next("list_contracts").times_out(connecting=True)
    sandbox.clear_script()


@pytest.mark.parametrize("fault", [refused, timed_out_connecting])
async def test_what_no_script_plans_ends_the_connection(sandbox: ScriptedSandbox, fault: Any) -> None:
    sandbox._plans.add("list_contracts", 1, fault, "has no connection")  # pyright: ignore[reportPrivateUsage]
    async with a_client(sandbox, timeout=0.2, retry=None) as client:
        with pytest.raises(APIConnectionError):
            await client.list_contracts()


async def test_what_was_scripted_wrong_is_the_test_s_to_know(sandbox: ScriptedSandbox) -> None:
    sandbox.next("list_contracts").then_removes("c-none")
    async with a_client(sandbox, retry=None) as client:
        with pytest.raises(APIConnectionError):
            await client.list_contracts()
    with pytest.raises(AssertionError, match="is followed by a removal: it could not"):
        sandbox.assert_all_happened()
    sandbox.clear_script()


async def test_the_same_call_with_another_correlation_id_is_another_call(sandbox: ScriptedSandbox) -> None:
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


async def test_a_server_stops_while_a_request_waits(sandbox: ScriptedSandbox) -> None:
    hold = sandbox.next("list_contracts").is_held()
    async with a_client(sandbox, retry=None) as client:
        listing = asyncio.create_task(client.list_contracts().collect())
        await hold.reached()
        await asyncio.to_thread(sandbox.stop)
        with pytest.raises(APIConnectionError):
            await listing
