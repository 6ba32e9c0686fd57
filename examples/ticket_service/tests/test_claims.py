"""A personnel ticket is sold once, and the customer is told what is so, also when the network fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from contracts_client.testing import FakeContractsApi, ManualClock, Script
from contracts_client.testing.builders import a_claim

from ..app import DEADLINE
from ..selling import Outcome
from .conftest import CUSTOMER, SOMEBODY_ELSE

CLAIM = "claim_personnel_ticket"
LOOK_UP = "list_contracts_by_external_ref"  # of find_claim


async def sell(service: httpx.AsyncClient, code: str, customer: int = CUSTOMER) -> tuple[int, str]:
    answer = await service.post("/tickets", json={"pickup_code": code}, headers={"Customer-Number": str(customer)})
    return answer.status_code, answer.json().get("outcome")


async def test_a_ticket_is_claimed_for_a_customer(service: httpx.AsyncClient, api: FakeContractsApi, code: str) -> None:
    """A ticket is claimed for the customer."""
    assert await sell(service, code) == (201, Outcome.SOLD)
    assert api.claimed_by(code) == CUSTOMER


async def test_who_asks_again_has_it(service: httpx.AsyncClient, api: FakeContractsApi, code: str) -> None:
    await sell(service, code)
    assert await sell(service, code) == (201, Outcome.SOLD)
    assert api.claimed_by(code) == CUSTOMER


async def test_nobody_else_gets_it(service: httpx.AsyncClient, api: FakeContractsApi, code: str) -> None:
    await sell(service, code)
    assert await sell(service, code, SOMEBODY_ELSE) == (409, Outcome.REFUSED)
    assert api.claimed_by(code) == CUSTOMER


async def test_a_claim_without_success_is_no_sale(service: httpx.AsyncClient, api: FakeContractsApi, code: str) -> None:
    api.next(CLAIM).answers(200, a_claim(success=False, customer_number=None))
    assert await sell(service, code) == (409, Outcome.REFUSED)


async def test_an_executed_claim_is_a_sale(service: httpx.AsyncClient, api: FakeContractsApi, code: str) -> None:
    """A claim whose answer was lost after it was executed is a sale."""
    api.next(CLAIM).loses_the_answer()
    assert await sell(service, code) == (201, Outcome.SOLD)
    assert api.claimed_by(code) == CUSTOMER
    api.assert_called_once(CLAIM)


ANSWERS_THAT_SAY_NOTHING: dict[str, tuple[int, Any]] = {
    "504": (504, None),
    "500": (500, None),
    "wrong type": (200, {"success": "yes"}),
    "no object": (200, []),
    "nothing in it": (200, {}),
}


@pytest.mark.parametrize(("status", "body"), ANSWERS_THAT_SAY_NOTHING.values(), ids=ANSWERS_THAT_SAY_NOTHING)
async def test_an_uninformative_answer_is_checked(
    service: httpx.AsyncClient, api: FakeContractsApi, code: str, status: int, body: Any
) -> None:
    """An answer that says nothing is looked into."""
    api.next(CLAIM).answers(status, body, executed=True)
    assert await sell(service, code) == (201, Outcome.SOLD)
    api.assert_called_once(CLAIM)


@pytest.mark.parametrize("spoil", [Script.sends_broken_json, Script.drips], ids=["broken", "dripping"])
async def test_an_unreadable_answer_is_checked(
    service: httpx.AsyncClient, api: FakeContractsApi, code: str, spoil: Callable[[Script], None]
) -> None:
    """An answer that can not be read is looked into."""
    spoil(api.next(CLAIM))
    assert await sell(service, code) == (201, Outcome.SOLD)
    api.assert_called_once(CLAIM)


async def test_an_unknown_claim_is_not_sent_again(service: httpx.AsyncClient, api: FakeContractsApi, code: str) -> None:
    """A claim that nobody can tell of is unknown and never sent again."""
    api.next(CLAIM).drops_connection()
    assert await sell(service, code) == (202, Outcome.UNKNOWN)
    assert await sell(service, code) == (202, Outcome.UNKNOWN)
    api.assert_called_once(CLAIM)
    assert api.claimed_by(code) is None


async def test_an_unknown_outcome_says_when_to_ask(
    service: httpx.AsyncClient, api: FakeContractsApi, code: str
) -> None:
    """An unknown outcome says when to ask again."""
    api.next(CLAIM).drops_connection()
    answer = await service.post("/tickets", json={"pickup_code": code})
    assert answer.headers["Retry-After"] == "5"


async def test_a_late_claim_is_found_when_asked(
    service: httpx.AsyncClient, api: FakeContractsApi, contracts_clock: ManualClock, code: str
) -> None:
    """A claim that is executed late is found by who asks again."""
    hold = api.next(CLAIM).is_held()
    sale = asyncio.create_task(sell(service, code))
    await hold.reached()
    await contracts_clock.advance(DEADLINE)
    assert await sale == (202, Outcome.UNKNOWN)
    hold.release()
    await contracts_clock.advance(0)  # until all that can happen has
    assert api.claimed_by(code) == CUSTOMER
    assert await sell(service, code) == (201, Outcome.SOLD)
    api.assert_called_once(CLAIM)
    await sell(service, code)
    assert len(api.calls_of(CLAIM)) == 2  # with its outcome known, it is like any other


async def test_a_claim_without_a_lookup_is_unknown(
    service: httpx.AsyncClient, api: FakeContractsApi, code: str
) -> None:
    """A claim that can not be looked up is unknown until it can."""
    api.next(CLAIM).loses_the_answer()
    api.next(LOOK_UP, times=3).answers(500)
    assert await sell(service, code) == (202, Outcome.UNKNOWN)
    assert await sell(service, code) == (201, Outcome.SOLD)
    api.assert_called_once(CLAIM)


async def test_simultaneous_clicks_are_one_claim(service: httpx.AsyncClient, api: FakeContractsApi, code: str) -> None:
    """Two clicks at once are one claim even where its answer is lost."""
    api.next(CLAIM).loses_the_answer()
    api.next(LOOK_UP, times=3).answers(500)  # the first click never learns what came of it
    outcomes = await asyncio.gather(sell(service, code), sell(service, code))
    assert sorted(outcomes) == [(201, Outcome.SOLD), (202, Outcome.UNKNOWN)]
    api.assert_called_once(CLAIM)


async def test_the_second_click_gets_the_outcome(service: httpx.AsyncClient, api: FakeContractsApi, code: str) -> None:
    """Who clicks twice at once is told what came of the first click."""
    hold = api.next(CLAIM).is_held()
    first = asyncio.create_task(sell(service, code))
    await hold.reached()
    second = asyncio.create_task(sell(service, code))
    for _ in range(100):  # turns of the loop: enough for a second claim, or for an answer that says too little
        await asyncio.sleep(0)
    hold.release()
    assert [await first, await second] == [(201, Outcome.SOLD)] * 2


async def test_a_cancelled_claim_is_looked_up_next(
    service: httpx.AsyncClient, api: FakeContractsApi, code: str
) -> None:
    """A claim whose request was cancelled is looked up by the next."""
    hold = api.next(CLAIM).is_held()
    first = asyncio.create_task(sell(service, code))
    await hold.reached()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    hold.release()  # the API executes it
    assert await sell(service, code) == (201, Outcome.SOLD)
    api.assert_called_once(CLAIM)


async def test_an_unexecuted_claim_can_be_repeated(
    service: httpx.AsyncClient, api: FakeContractsApi, code: str
) -> None:
    """A claim that was not executed for sure can be made again."""
    api.next(CLAIM).answers(403)
    assert (await sell(service, code))[0] == 502
    assert await sell(service, code) == (201, Outcome.SOLD)
