"""A page as users see it: the generated one, and its number."""

import copy
import pickle
from typing import Any

import attrs
import pytest

from contracts_client import ContractPage, DecodeError
from contracts_client.models import ContractPageBody

JSON: dict[str, Any] = {"items": [], "totalItems": 41, "totalPages": 3, "next": "c4narY"}


def test_a_page_takes_everything_from_the_server_s_and_adds_its_number() -> None:
    body = ContractPageBody.from_dict(JSON)
    page = ContractPage.numbered(body, 7)
    assert page.number == 7
    assert {name: getattr(page, name) for name in attrs.asdict(body)} == {
        name: getattr(body, name) for name in attrs.asdict(body)
    }
    assert page.items is body.items


def test_a_page_that_is_read_from_json_is_the_first() -> None:
    page = ContractPage.from_dict(JSON)
    assert type(page) is ContractPage
    assert (page.number, page.total_items, page.total_pages) == (1, 41, 3)


def test_the_number_is_no_part_of_the_json() -> None:
    assert ContractPage.numbered(ContractPageBody.from_dict(JSON), 7).to_dict() == JSON


def test_pages_of_other_numbers_are_other_pages() -> None:
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


def test_the_repr_of_a_page_shows_its_number_and_no_unknown_property() -> None:
    shown = repr(ContractPage.numbered(ContractPageBody.from_dict(JSON), 7))
    assert "number=7" in shown
    assert "c4narY" not in shown


def test_a_page_without_items_is_not_read() -> None:
    with pytest.raises(DecodeError, match=r"^items: expected an array, found nothing$"):
        ContractPage.from_dict({"totalItems": 0})
