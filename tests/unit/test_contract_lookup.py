"""One contract out of a listing that was narrowed down to it."""

import pytest

from contracts_client import Contract
from contracts_client._generated.models import ContractPage
from contracts_client._listings.lookups import only_contract
from contracts_client.openapi.errors import DecodeError, StatusError
from contracts_client.openapi.operation import Operation, Request, Response


def contract(uuid: str) -> Contract:
    moment = "2026-01-01T00:00:00Z"
    return Contract.from_dict(
        {
            "uuid": uuid,
            "status": "VALID",
            "createdAt": moment,
            "createdBy": "a",
            "lastChangedAt": moment,
            "lastChangedBy": "a",
            "consumableFrom": moment,
            "loyaltyProgram": {},
            "organisationId": 1,
        }
    )


REQUEST = Request(method="GET", template="/contracts", path="/contracts")
RESPONSE = Response(status=200, headers={}, body=b"")


def look_up(uuid: str, *uuids: str) -> Contract:
    listing = Operation(request=REQUEST, parse=lambda _: ContractPage(items=[contract(each) for each in uuids]))
    picking = only_contract(listing, uuid)
    assert picking.request is REQUEST
    return picking.parse(RESPONSE)


@pytest.mark.parametrize("uuids", [["c-1"], ["c-0", "c-1"], ["c-1", "c-1"]], ids=["alone", "among others", "twice"])
def test_the_contract_of_the_uuid_is_found(uuids: list[str]) -> None:
    assert look_up("c-1", *uuids).uuid == "c-1"


def test_an_empty_listing_is_not_found() -> None:
    with pytest.raises(StatusError) as caught:
        look_up("c-1")
    assert (caught.value.status, caught.value.documented, caught.value.body) == (404, True, None)


@pytest.mark.parametrize("others", [["C-1"], ["c-2", "c-3"], ["c-1 "]], ids=["other case", "others", "longer"])
def test_anothers_contract_is_not_handed_out(others: list[str]) -> None:
    """A server that ignores the filter answers with other contracts."""
    with pytest.raises(DecodeError, match=r"^items: expected the contract that was asked for, found others$") as caught:
        look_up("c-1", *others)
    assert caught.value.path == "items"
    assert not any(other in str(caught.value) for other in others)


@pytest.mark.parametrize(
    "totals",
    [
        {"totalItems": 1},
        {"totalPages": 2},
        {"totalPages": "2"},
        {"totalItems": 0, "totalPages": 2},
        {"totalItems": "many"},
        {"totalItems": -1},
    ],
    ids=str,
)
def test_an_empty_page_of_several_is_no_404(totals: dict[str, object]) -> None:
    listing = Operation(request=REQUEST, parse=lambda _: ContractPage.from_dict({"items": [], **totals}))
    with pytest.raises(DecodeError, match="found no contracts although there may be some"):
        only_contract(listing, "c-1").parse(RESPONSE)
