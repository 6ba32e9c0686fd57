"""The models that are more than the generated ones: a page with its number, a consumption that is checked."""

import copy
import json
import pickle
from datetime import datetime
from typing import Any

import attrs
import pytest

from contracts_client import Claim, Consumption, ContractPage, ContractStatus, DecodeError, InvalidArgumentError
from contracts_client.models import ContractPageBody, json_default
from contracts_client.openapi.enums import OpenInt

JSON: dict[str, Any] = {"items": [], "totalItems": 41, "totalPages": 3, "next": "c4narY"}


def test_a_page_adds_its_number() -> None:
    """A page takes everything from the server's and adds its number."""
    body = ContractPageBody.from_dict(JSON)
    page = ContractPage.numbered(body, 7)
    assert page.number == 7
    assert {name: getattr(page, name) for name in attrs.asdict(body)} == {
        name: getattr(body, name) for name in attrs.asdict(body)
    }
    assert page.items is body.items


def test_a_page_read_from_json_is_the_first() -> None:
    """A page that is read from JSON is the first."""
    page = ContractPage.from_dict(JSON)
    assert type(page) is ContractPage
    assert (page.number, page.total_items, page.total_pages) == (1, 41, 3)


def test_the_number_is_no_part_of_the_json() -> None:
    assert ContractPage.numbered(ContractPageBody.from_dict(JSON), 7).to_dict() == JSON


def test_pages_of_other_numbers_differ() -> None:
    """Pages of other numbers are other pages."""
    body = ContractPageBody.from_dict(JSON)
    assert ContractPage.numbered(body, 1) == ContractPage.from_dict(JSON)
    assert ContractPage.numbered(body, 1) != ContractPage.numbered(body, 2)


def test_a_page_travels_with_its_number() -> None:
    page = ContractPage.numbered(ContractPageBody.from_dict(JSON), 7)
    assert pickle.loads(pickle.dumps(page)) == copy.copy(page) == copy.deepcopy(page) == page
    assert attrs.evolve(page, number=8).number == 8


def test_a_page_is_made_by_keyword_alone() -> None:
    with pytest.raises(TypeError):
        ContractPage([])  # type: ignore[misc,call-arg] # the point
    assert ContractPage(items=[]).number == 1


def test_a_page_repr_hides_unknown_values() -> None:
    """The repr of a page shows its number and no unknown property."""
    shown = repr(ContractPage.numbered(ContractPageBody.from_dict(JSON), 7))
    assert "number=7" in shown
    assert "c4narY" not in shown


def test_a_page_without_items_is_not_read() -> None:
    with pytest.raises(DecodeError, match=r"^items: expected an array, found nothing$"):
        ContractPage.from_dict({"totalItems": 0})


CONSUMPTION: dict[str, Any] = {"contractUuid": "c-1", "customerNumber": 47110815, "travelDate": "2026-03-01T08:30:00Z"}


def test_a_consumption_has_the_public_class() -> None:
    """A consumption is read from JSON as the public class."""
    made = Consumption.from_dict({**CONSUMPTION, "next": "c4narY"})
    assert type(made) is Consumption
    assert made.to_dict() == {**CONSUMPTION, "next": "c4narY"}
    assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == made
    assert "47110815" not in repr(made)
    assert "c4narY" not in repr(made)


@pytest.mark.parametrize(
    ("values", "argument"),
    [
        ({"contract_uuid": 7}, "contract_uuid"),
        ({"customer_number": "c4narY"}, "customer_number"),
        ({"customer_number": True}, "customer_number"),
        ({"travel_date": "2026-03-01T08:30:00Z"}, "travel_date"),
        ({"travel_date": datetime(2026, 3, 1)}, "travel_date"),  # noqa: DTZ001 # the point
    ],
)
def test_an_invalid_consumption_is_not_made(values: dict[str, Any], argument: str) -> None:
    """A naive datetime or a value of another type is refused as soon as a consumption is made."""
    with pytest.raises(InvalidArgumentError) as caught:
        Consumption(**{"contract_uuid": "c-1", "customer_number": 1, **values})
    assert caught.value.argument == argument
    assert "c4narY" not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_malformed_consumption_is_located() -> None:
    """A consumption of another form is a decode error of its place."""
    with pytest.raises(DecodeError, match=r"^customerNumber: "):
        Consumption.from_dict({"contractUuid": "c-1"})


class Level(OpenInt, known={"LOW": 1}):
    """An enumeration of numbers, which the specification has none of."""


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Claim(success=True, customer_number=1), {"success": True, "customerNumber": 1}),
        (ContractStatus("NEW"), "NEW"),
        (Level.LOW, 1),
    ],
)
def test_json_default_writes_what_is_ours(value: object, written: object) -> None:
    assert json_default(value) == written
    assert type(json_default(value)) is type(written)
    assert json.loads(json.dumps([value], default=json_default)) == [written]


def test_json_default_refuses_what_is_not() -> None:
    """The error names the type and never the value."""
    with pytest.raises(TypeError, match=r"^bytes is no model, and nothing that JSON can hold$"):
        json_default(b"c4narY")
