"""Contracts by external reference, and the valid ones of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Api

    from contracts_client.sandbox import Sandbox
    from contracts_client.sandbox.data.store import Contract, PersonnelTicket


@pytest.fixture(scope="module")
def claimed(sandbox: Sandbox) -> PersonnelTicket:
    return next(each for each in sandbox.data.personnel_tickets if each.claimed and len(each.contracts) == 2)


@pytest.fixture(scope="module")
def foreign(sandbox: Sandbox) -> Contract:
    """A contract of another organisation than the client's."""
    return next(each for each in sandbox.data.contracts if each.external_ref and each.organisation_id != 1)


def test_a_reference_finds_its_contracts(api: Api, claimed: PersonnelTicket) -> None:
    """An external reference finds all its contracts."""
    body = api.by_ref(claimed.code, organisationId=1).json()
    assert [each["uuid"] for each in body["items"]] == [each.uuid for each in claimed.contracts]
    assert (body["totalItems"], body["totalPages"]) == (2, 1)
    assert api.by_ref(claimed.code, perPage=1, page=2).json()["items"] == body["items"][1:]


@pytest.mark.parametrize("ref", ["NO-SUCH-REF", "a%2Fb", "%C3%A6", "a%0Ab"])
def test_an_unknown_reference_is_empty(api: Api, ref: str) -> None:
    """A reference of nothing is an empty page."""
    answer = api.by_ref(ref)
    assert answer.status_code == 200
    assert answer.json() == {"items": [], "totalItems": 0, "totalPages": 0}


def test_a_customer_sees_own_contracts_only(api: Api, claimed: PersonnelTicket) -> None:
    def total(customer: object) -> int:
        number: int = api.by_ref(claimed.code, {"Entur-Customer-Number": str(customer)}).json()["totalItems"]
        return number

    assert total(claimed.customer_number) == 2
    assert total(f"00{claimed.customer_number}") == 2
    assert total(99) == 0


def test_the_token_names_the_organisation(api: Api, internal: Api, foreign: Contract) -> None:
    """Without an organisation it is the one of the token."""
    assert foreign.external_ref
    assert api.by_ref(foreign.external_ref).json()["totalItems"] == 0
    assert internal.by_ref(foreign.external_ref).json()["totalItems"] == 1


def test_another_organisation_is_refused(api: Api, internal: Api, foreign: Contract) -> None:
    """Another organisation needs an internal token."""
    assert foreign.external_ref
    refused = api.by_ref(foreign.external_ref, organisationId=foreign.organisation_id)
    assert (refused.status_code, refused.json()["errorCode"]) == (403, "INTERNAL_TOKEN_REQUIRED")
    answer = internal.by_ref(foreign.external_ref, organisationId=foreign.organisation_id)
    assert [each["uuid"] for each in answer.json()["items"]] == [foreign.uuid]


def test_valid_contracts_are_an_array(api: Api) -> None:
    """The valid contracts of a customer are a bare array."""
    found = api.valid(1001).json()
    assert found
    for contract in found:
        assert contract["status"] == "VALID"
        assert contract["consumableFrom"] <= "2025-06-15T09:30:00.000Z" < contract.get("expirationDate", "9")


def test_expired_ones_come_when_asked_for(api: Api) -> None:
    """Expired contracts come when asked for."""
    valid = {each["uuid"] for each in api.valid(1001).json()}
    more = [each for each in api.valid(1001, includeExpiredContracts="true").json() if each["uuid"] not in valid]
    assert {each["status"] for each in more} == {"EXPIRED", "VALID"}
    assert all(each["status"] == "EXPIRED" or each["expirationDate"] < "2025-06-15T09:30" for each in more)
    assert [each["uuid"] for each in api.valid(1001, includeExpiredContracts="false").json()] == sorted(valid)


def test_the_travel_date_moves_the_moment(api: Api, sandbox: Sandbox) -> None:
    later = next(
        each
        for each in sandbox.data.contracts
        if each.status == "VALID" and each.consumable_from.month == 7 and each.holder
    )

    def listed(**query: str) -> bool:
        return later.uuid in [each["uuid"] for each in api.valid(later.holder, **query).json()]

    assert not listed()
    assert listed(travelDate="2025-08-01T12:00:00+02:00")


def test_an_organisation_narrows_valid_ones(api: Api) -> None:
    """An organisation narrows the valid contracts."""
    found = api.valid(1001, organisationId=4).json()
    assert {each["organisationId"] for each in found} == {4}
    assert len(found) < len(api.valid(1001).json())


def test_an_unknown_customer_has_none(api: Api) -> None:
    """An unknown customer has no valid contracts."""
    answer = api.valid(987654321)
    assert (answer.status_code, answer.json()) == (200, [])


def test_includes_work_for_valid_contracts(api: Api) -> None:
    """What is included can be chosen for valid contracts too."""
    for contract in api.valid(1001, includeConsumers="none", includeOrderLineEvents="true").json():
        assert "contractConsumers" not in contract
        assert "orderLineEvents" in contract
