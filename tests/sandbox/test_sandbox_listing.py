"""Listing contracts over the wire: filters, sort, pages and what is included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Api

    from contracts_client.sandbox import Sandbox


def test_a_page_has_twenty_contracts_unless_asked_otherwise(api: Api) -> None:
    body = api.list().json()
    assert len(body["items"]) == 20
    assert (body["totalItems"], body["totalPages"]) == (300, 15)


def test_the_pages_together_hold_every_contract_once_in_the_order_of_uuid(api: Api, sandbox: Sandbox) -> None:
    listed = [contract["uuid"] for contract in api.all()]
    assert listed == [contract.uuid for contract in sandbox.data.contracts]


def test_a_page_past_the_end_is_empty_with_the_right_totals(api: Api) -> None:
    assert api.list(page=16).json() == {"items": [], "totalItems": 300, "totalPages": 15}


def test_a_hundred_a_page_is_the_most(api: Api) -> None:
    assert len(api.list(perPage=100).json()["items"]) == 100
    refused = api.list(perPage=101)
    assert refused.status_code == 400
    assert refused.json()["errorCode"] == "PER_PAGE_TOO_LARGE"
    assert "perPage" in refused.json()["message"]


def test_filters_are_anded(api: Api) -> None:
    found = api.all(customerNumber=1001, loyaltyProgramId="lp-gift-card", expirationDateAfter="2025-06-15")
    assert found
    for contract in found:
        assert contract["loyaltyProgram"]["id"] == "lp-gift-card"
        assert contract["expirationDate"] > "2025-06-15"
    assert len(found) < len(api.all(customerNumber=1001))


@pytest.mark.parametrize("value", ["2025-06-15", "2025-06-15T00:00:00Z", "2025-06-15T02:00:00+02:00"])
def test_a_date_filter_takes_a_date_or_a_moment(api: Api, value: str) -> None:
    found = [contract["uuid"] for contract in api.all(expirationDateBefore=value)]
    assert found == [contract["uuid"] for contract in api.all(expirationDateBefore="2025-06-15")]
    assert found


def test_the_filter_by_customer_looks_at_all_consumers_whatever_is_included(api: Api, sandbox: Sandbox) -> None:
    contract = next(each for each in sandbox.data.contracts if len(each.consumers) > 1)
    guest = next(each for each in contract.consumers if not each.is_holder)
    for asked in ({"customerNumber": guest.customer_number}, {"customerRef": guest.customer_ref}):
        assert contract.uuid in [each["uuid"] for each in api.all(includeConsumers="none", **asked)]


def test_the_filter_by_organisation_needs_an_internal_token(api: Api, internal: Api) -> None:
    refused = api.list(organisationId=4)
    assert (refused.status_code, refused.json()["errorCode"]) == (403, "INTERNAL_TOKEN_REQUIRED")
    found = internal.all(organisationId=4)
    assert {contract["organisationId"] for contract in found} == {4}


def test_sorting_by_several_properties_repeats_the_parameter(api: Api) -> None:
    found = api.all(("sortBy", "status"), ("sortBy", "expirationDate"), sortDirection="DESC")
    keys = [(each["status"], each.get("expirationDate", "")) for each in found]
    assert keys == sorted(keys, reverse=True)
    assert len(found) == 300


def test_sorting_ascends_unless_told_otherwise(api: Api) -> None:
    found = [each["createdAt"] for each in api.all(sortBy="createdAt")]
    assert found == sorted(found)
    assert found == [each["createdAt"] for each in api.all(sortBy="createdAt", sortDirection="ASC")]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"sortBy": "colour"}, "SORT_PROPERTY_UNKNOWN"),
        ({"sortBy": "loyaltyProgram"}, "SORT_PROPERTY_UNKNOWN"),
        ({"sortBy": "status,uuid"}, "SORT_PROPERTY_UNKNOWN"),
        ({"sortBy": "status", "sortDirection": "down"}, "SORT_DIRECTION_UNKNOWN"),
    ],
)
def test_a_sort_that_makes_no_sense_is_refused(api: Api, query: dict[str, str], code: str) -> None:
    refused = api.list(**query)
    assert (refused.status_code, refused.json()["errorCode"]) == (400, code)


def _with_events(sandbox: Sandbox) -> str:
    return next(each.uuid for each in sandbox.data.contracts if each.events and each.sub_contracts)


def test_order_line_events_come_only_when_asked_for(api: Api, sandbox: Sandbox) -> None:
    uuid = _with_events(sandbox)
    (plain,) = api.list(uuid=uuid).json()["items"]
    (full,) = api.list(uuid=uuid, includeOrderLineEvents="true").json()["items"]
    (without,) = api.list(uuid=uuid, includeOrderLineEvents="false").json()["items"]
    assert plain == without
    assert "orderLineEvents" not in plain
    assert all("orderLineEvents" not in sub for sub in plain["subContracts"])
    assert len(full["orderLineEvents"]) == full["couponsLimit"] - full["remainingCoupons"]
    assert all(sub["orderLineEvents"] == [] for sub in full["subContracts"])


def test_consumers_come_as_asked_for(api: Api, sandbox: Sandbox) -> None:
    contract = next(each for each in sandbox.data.contracts if len(each.consumers) > 1)

    def consumers(**query: Any) -> Any:
        return api.list(uuid=contract.uuid, **query).json()["items"][0].get("contractConsumers")

    assert consumers(includeConsumers="none") is None
    assert len(consumers(includeConsumers="all")) == len(contract.consumers)
    assert [each["customerNumber"] for each in consumers()] == [contract.holder]
    assert consumers() == consumers(includeConsumers="contract-holder")


def test_a_ticket_that_nobody_holds_has_no_consumers(api: Api, sandbox: Sandbox) -> None:
    ticket = next(each for each in sandbox.data.personnel_tickets if not each.claimed)
    for contract in api.all(externalRef=ticket.code):
        assert contract["contractConsumers"] == []
        assert "acceptanceDate" not in contract


def test_a_dependent_contract_is_listed_in_its_parent_and_by_itself(api: Api, sandbox: Sandbox) -> None:
    uuid = _with_events(sandbox)
    (card,) = api.list(uuid=uuid).json()["items"]
    for sub in card["subContracts"]:
        (alone,) = api.list(uuid=sub["uuid"]).json()["items"]
        assert alone == sub
        assert alone["parent"] == uuid


def test_a_gift_card_shows_its_transactions_and_total(api: Api) -> None:
    for card in api.all(loyaltyProgramId="lp-gift-card"):
        total = sum(round(float(each["amount"]["amount"]) * 100) for each in card["transactions"])
        assert round(float(card["currentTotal"]["amount"]) * 100) == total
        assert card["currentTotal"]["currency"] == "NOK"
