"""Listing contracts over the wire: filters, sort, pages and what is included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Api

    from contracts_client.sandbox import Sandbox


def test_a_page_has_twenty_contracts(api: Api) -> None:
    """A page has twenty contracts unless asked otherwise."""
    body = api.list().json()
    assert len(body["items"]) == 20
    assert (body["totalItems"], body["totalPages"]) == (300, 15)


def test_pages_hold_every_contract_once(api: Api, sandbox: Sandbox) -> None:
    """The pages together hold every contract once in the order of UUID."""
    listed = [contract["uuid"] for contract in api.all()]
    assert listed == [contract.uuid for contract in sandbox.data.contracts]


def test_a_page_past_the_end_is_empty(api: Api) -> None:
    """A page past the end is empty with the right totals."""
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
def test_a_filter_takes_date_or_moment(api: Api, value: str) -> None:
    """A date filter takes a date or a moment."""
    found = [contract["uuid"] for contract in api.all(expirationDateBefore=value)]
    assert found == [contract["uuid"] for contract in api.all(expirationDateBefore="2025-06-15")]
    assert found


def test_customers_are_found_as_consumers(api: Api, sandbox: Sandbox) -> None:
    """The filter by customer looks at all consumers, also at those that are not included."""
    contract = next(each for each in sandbox.data.contracts if len(each.consumers) > 1)
    guest = next(each for each in contract.consumers if not each.is_holder)
    for asked in ({"customerNumber": guest.customer_number}, {"customerRef": guest.customer_ref}):
        assert contract.uuid in [each["uuid"] for each in api.all(includeConsumers="none", **asked)]


def test_organisations_need_internal_tokens(api: Api, internal: Api) -> None:
    """The filter by organisation needs an internal token."""
    refused = api.list(organisationId=4)
    assert (refused.status_code, refused.json()["errorCode"]) == (403, "INTERNAL_TOKEN_REQUIRED")
    found = internal.all(organisationId=4)
    assert {contract["organisationId"] for contract in found} == {4}


def test_several_sort_keys_are_repeated(api: Api) -> None:
    """Sorting by several properties repeats the parameter."""
    found = api.all(("sortBy", "status"), ("sortBy", "expirationDate"), sortDirection="DESC")
    keys = [(each["status"], each.get("expirationDate", "")) for each in found]
    assert keys == sorted(keys, reverse=True)
    assert len(found) == 300


def test_sorting_ascends_by_default(api: Api) -> None:
    """Sorting ascends unless told otherwise."""
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
def test_a_senseless_sort_is_refused(api: Api, query: dict[str, str], code: str) -> None:
    """A sort that makes no sense is refused."""
    refused = api.list(**query)
    assert (refused.status_code, refused.json()["errorCode"]) == (400, code)


def _with_events(sandbox: Sandbox) -> str:
    return next(each.uuid for each in sandbox.data.contracts if each.events and each.sub_contracts)


def test_events_come_when_asked_for(api: Api, sandbox: Sandbox) -> None:
    """Order line events come only when asked for."""
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


def test_an_unclaimed_ticket_has_no_consumer(api: Api, sandbox: Sandbox) -> None:
    """A ticket that nobody holds has no consumers."""
    ticket = next(each for each in sandbox.data.personnel_tickets if not each.claimed)
    for contract in api.all(externalRef=ticket.code):
        assert contract["contractConsumers"] == []
        assert "acceptanceDate" not in contract


def test_a_dependent_contract_comes_twice(api: Api, sandbox: Sandbox) -> None:
    """A dependent contract is listed in its parent and by itself."""
    uuid = _with_events(sandbox)
    (card,) = api.list(uuid=uuid).json()["items"]
    for sub in card["subContracts"]:
        (alone,) = api.list(uuid=sub["uuid"]).json()["items"]
        assert alone == sub
        assert alone["parent"] == uuid


def test_a_gift_card_shows_its_total(api: Api) -> None:
    """A gift card shows its transactions and total."""
    for card in api.all(loyaltyProgramId="lp-gift-card"):
        total = sum(round(float(each["amount"]["amount"]) * 100) for each in card["transactions"])
        assert round(float(card["currentTotal"]["amount"]) * 100) == total
        assert card["currentTotal"]["currency"] == "NOK"
