"""A personnel ticket is sold once, and the customer is told what is so, whatever the network does."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from contracts_client.testing.builders import a_claim

from ..selling import Outcome
from .fake import CLAIM, CUSTOMER, LOOK_UP, FakeApi, Fault, answered, lost


async def sell(service: httpx.AsyncClient, code: str, customer: int = CUSTOMER) -> tuple[int, str]:
    answer = await service.post("/tickets", json={"pickup_code": code}, headers={"Customer-Number": str(customer)})
    return answer.status_code, answer.json().get("outcome")


def holder(api: FakeApi, code: str) -> int | None:
    ticket = api.state.data.personnel_ticket(code)
    return ticket.customer_number if ticket else None


async def test_a_ticket_is_claimed_for_the_customer(service: httpx.AsyncClient, api: FakeApi, code: str) -> None:
    assert await sell(service, code) == (201, Outcome.SOLD)
    assert holder(api, code) == CUSTOMER


async def test_who_asks_again_has_it(service: httpx.AsyncClient, api: FakeApi, code: str) -> None:
    await sell(service, code)
    assert await sell(service, code) == (201, Outcome.SOLD)
    assert holder(api, code) == CUSTOMER


async def test_nobody_else_gets_it(service: httpx.AsyncClient, api: FakeApi, code: str) -> None:
    await sell(service, code)
    assert await sell(service, code, 1002) == (409, Outcome.REFUSED)
    assert holder(api, code) == CUSTOMER


async def test_a_claim_without_success_is_no_sale(service: httpx.AsyncClient, api: FakeApi, code: str) -> None:
    api.next(CLAIM, answered(200, a_claim(success=False, customer_number=None).to_dict()))
    assert await sell(service, code) == (409, Outcome.REFUSED)


async def test_a_claim_whose_answer_was_lost_after_it_was_executed_is_a_sale(
    service: httpx.AsyncClient, api: FakeApi, code: str
) -> None:
    api.next(CLAIM, lost(executed=True))
    assert await sell(service, code) == (201, Outcome.SOLD)
    assert holder(api, code) == CUSTOMER
    assert len(api.sent(CLAIM)) == 1


@pytest.mark.parametrize(
    "answer",
    [answered(504), answered(500), answered(200, {"success": "yes"}), answered(200, []), answered(200, {})],
    ids=["504", "500", "wrong type", "no object", "nothing in it"],
)
async def test_an_answer_that_says_nothing_is_looked_into(
    service: httpx.AsyncClient, api: FakeApi, code: str, answer: Fault
) -> None:
    api.next(CLAIM, Fault(answer.answer, executed=True))
    assert await sell(service, code) == (201, Outcome.SOLD)
    assert len(api.sent(CLAIM)) == 1


async def test_a_claim_that_nobody_can_tell_of_is_unknown_and_never_sent_again(
    service: httpx.AsyncClient, api: FakeApi, code: str
) -> None:
    api.next(CLAIM, lost(executed=False))
    assert await sell(service, code) == (202, Outcome.UNKNOWN)
    assert await sell(service, code) == (202, Outcome.UNKNOWN)
    assert len(api.sent(CLAIM)) == 1
    assert holder(api, code) is None


async def test_an_unknown_outcome_says_when_to_ask_again(service: httpx.AsyncClient, api: FakeApi, code: str) -> None:
    api.next(CLAIM, lost(executed=False))
    answer = await service.post("/tickets", json={"pickup_code": code})
    assert answer.headers["Retry-After"] == "5"


async def test_a_claim_that_is_executed_late_is_found_by_who_asks_again(
    service: httpx.AsyncClient, api: FakeApi, code: str
) -> None:
    api.next(CLAIM, lost(executed=False))
    assert await sell(service, code) == (202, Outcome.UNKNOWN)
    await api.execute(api.sent(CLAIM)[0])
    assert holder(api, code) == CUSTOMER
    assert await sell(service, code) == (201, Outcome.SOLD)
    assert len(api.sent(CLAIM)) == 1
    await sell(service, code)
    assert len(api.sent(CLAIM)) == 2  # with its outcome known, it is like any other


async def test_a_claim_that_can_not_be_looked_up_is_unknown_until_it_can(
    service: httpx.AsyncClient, api: FakeApi, code: str
) -> None:
    api.next(CLAIM, lost(executed=True))
    api.next(LOOK_UP, answered(500), answered(500))
    assert await sell(service, code) == (202, Outcome.UNKNOWN)
    assert await sell(service, code) == (201, Outcome.SOLD)
    assert len(api.sent(CLAIM)) == 1


async def test_two_clicks_at_once_are_one_claim_even_where_its_answer_is_lost(
    service: httpx.AsyncClient, api: FakeApi, code: str
) -> None:
    api.next(CLAIM, lost(executed=True))
    api.next(LOOK_UP, answered(500), answered(500))  # the first click never learns what came of it
    outcomes = await asyncio.gather(sell(service, code), sell(service, code))
    assert sorted(outcomes) == [(201, Outcome.SOLD), (202, Outcome.UNKNOWN)]
    assert len(api.sent(CLAIM)) == 1


async def test_who_clicks_twice_at_once_is_told_what_came_of_the_first_click(
    service: httpx.AsyncClient, api: FakeApi, code: str
) -> None:
    sent, gate = asyncio.Event(), asyncio.Event()
    api.next(CLAIM, Fault(reached=sent, gate=gate))
    first = asyncio.create_task(sell(service, code))
    await sent.wait()
    second = asyncio.create_task(sell(service, code))
    await asyncio.sleep(0.02)  # long enough for a second claim, or for an answer that says too little
    gate.set()
    assert [await first, await second] == [(201, Outcome.SOLD)] * 2


async def test_a_claim_whose_request_was_cancelled_is_looked_up_by_the_next(
    service: httpx.AsyncClient, api: FakeApi, code: str
) -> None:
    sent, gate = asyncio.Event(), asyncio.Event()
    api.next(CLAIM, Fault(reached=sent, gate=gate))
    first = asyncio.create_task(sell(service, code))
    await sent.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    gate.set()  # the API executes it
    assert await sell(service, code) == (201, Outcome.SOLD)
    assert len(api.sent(CLAIM)) == 1


async def test_a_claim_that_was_not_executed_for_sure_can_be_made_again(
    service: httpx.AsyncClient, api: FakeApi, code: str
) -> None:
    api.next(CLAIM, answered(403))
    assert (await sell(service, code))[0] == 502
    assert await sell(service, code) == (201, Outcome.SOLD)
