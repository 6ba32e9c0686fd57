"""Validating a consumption, and claiming a personnel ticket."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Api, Clock

    from contracts_client.sandbox import Sandbox
    from contracts_client.sandbox.data.store import Contract

NOW = "2025-06-15T09:30:00Z"


def _pick(sandbox: Sandbox, fits: Callable[[Contract], bool]) -> Contract:
    return next(each for each in sandbox.data.contracts if each.holder and fits(each))


def _use(contract: Contract, **rest: Any) -> dict[str, Any]:
    return {"contractUuid": contract.uuid, "customerNumber": contract.holder, **rest}


def test_a_possible_consumption_is_ok(api: Api, sandbox: Sandbox) -> None:
    """A consumption that can be made is ok."""
    first = sandbox.data.contracts[0]
    for consumption in (_use(first), _use(first, travelDate=NOW)):
        assert api.validate(consumption).json() == {"isValid": True, "code": 3101, "reason": "OK"}


def test_every_fault_has_a_code_of_its_own(api: Api, sandbox: Sandbox) -> None:
    first = sandbox.data.contracts[0]
    used_up = _pick(sandbox, lambda each: each.remaining_coupons == 0)
    endless_ago, long_hence = "2001-01-01T00:00:00Z", "2099-01-01T00:00:00Z"
    expected = {
        3102: {"contractUuid": "c-none", "customerNumber": 1001},
        3103: _use(first, customerNumber=4),
        3104: _use(_pick(sandbox, lambda each: each.status == "REFUNDED")),
        3105: _use(first, travelDate=endless_ago),
        3106: _use(first, travelDate=long_hence),
        3107: _use(used_up),
    }
    for code, consumption in expected.items():
        verdict = api.validate(consumption).json()
        assert (verdict["isValid"], verdict["code"]) == (False, code)
        assert verdict["reason"].endswith(".")
        assert str(consumption["customerNumber"]) not in verdict["reason"]


def test_the_first_fault_decides(api: Api, sandbox: Sandbox) -> None:
    first = sandbox.data.contracts[0]
    verdict = api.validate(_use(first), _use(first, customerNumber=4), {"contractUuid": "x", "customerNumber": 1})
    assert verdict.json()["code"] == 3103


def test_consumptions_share_the_coupons(api: Api, sandbox: Sandbox) -> None:
    """Consumptions checked together use up the coupons together."""
    card = _pick(sandbox, lambda each: each.remaining_coupons == 7)
    assert api.validate(*[_use(card)] * 7).json()["code"] == 3101
    assert api.validate(*[_use(card)] * 8).json()["code"] == 3107


def test_nothing_to_validate_is_refused(api: Api) -> None:
    refused = api.validate()
    assert (refused.status_code, refused.json()["errorCode"]) == (400, "CONSUMPTIONS_EMPTY")


def test_a_claim_takes_all_contracts(own: tuple[Sandbox, Api], clock: Clock) -> None:
    """A ticket is claimed once with all its contracts."""
    sandbox, api = own
    ticket = next(each for each in sandbox.data.personnel_tickets if not each.claimed and len(each.contracts) == 2)
    before = api.by_ref(ticket.code).json()["items"]
    assert [each["contractConsumers"] for each in before] == [[], []]
    clock.turn(60)

    claim = api.claim(ticket.code, 4711)
    assert (claim.status_code, claim.json()) == (200, {"success": True, "customerNumber": 4711})
    assert (ticket.claimed, ticket.customer_number) == (True, 4711)

    again = api.claim(ticket.code, 4712)
    assert (again.status_code, again.json()["errorCode"]) == (400, "PERSONNEL_TICKET_ALREADY_CLAIMED")
    assert api.claim(ticket.code, 4711).status_code == 400

    uuids = [each.uuid for each in ticket.contracts]
    for found in (
        api.by_ref(ticket.code).json()["items"],
        api.list(customerNumber=4711).json()["items"],
        api.list(contractHolder=4711).json()["items"],
        api.valid(4711).json(),
    ):
        assert [each["uuid"] for each in found] == uuids
        for contract in found:
            assert contract["contractConsumers"][0]["customerNumber"] == 4711
            assert contract["contractConsumers"][0]["isContractHolder"] is True
            assert contract["acceptanceDate"] == contract["lastChangedAt"] == "2025-06-15T09:31:00.000Z"
            assert contract["lastChangedBy"] == "acme-ticketshop"
    assert api.list(customerNumber=4712).json()["items"] == []


def test_a_code_of_no_ticket_is_not_found(api: Api) -> None:
    refused = api.claim("RUT-PRIV-NOSUCH", 1001)
    assert (refused.status_code, refused.json()["errorCode"]) == (404, "PERSONNEL_TICKET_UNKNOWN")


@pytest.mark.parametrize("code", ["", "RUT", "RUT-PRIV", "RUT PRIV 1", "a-b-c-d", "RUT-PRIV-7K2M9Q "])
def test_a_code_of_another_form_is_refused(api: Api, code: str) -> None:
    refused = api.claim(code, 1001)
    assert (refused.status_code, refused.json()["errorCode"]) == (400, "REQUEST_INVALID")
    assert "body.externalReference" in refused.json()["message"]


def test_a_contract_expires_by_the_clock(own: tuple[Sandbox, Api], clock: Clock) -> None:
    sandbox, api = own
    first = sandbox.data.contracts[0]
    assert first.uuid in [each["uuid"] for each in api.valid(1001).json()]
    clock.turn(timedelta(days=400).total_seconds())
    token = sandbox.issue_token()
    api.client.headers["Authorization"] = f"Bearer {token}"
    assert first.uuid not in [each["uuid"] for each in api.valid(1001).json()]
    assert api.validate(_use(first)).json()["code"] == 3106
