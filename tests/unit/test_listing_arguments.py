"""How a listing is to be read is checked before anything is sent, and its bookmark belongs to its query."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from contracts_client import Bookmark, ContractsClient, InvalidArgumentError
from contracts_client._listings import PUBLIC_PARAMETERS

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ContractsClient("acme-shop", base_url="http://127.0.0.1:9")
CANARY = 918273645

METHODS: list[Callable[..., Any]] = [
    CLIENT.list_contracts,
    lambda **options: CLIENT.list_contracts_by_external_ref("A-B-C", **options),
]


@pytest.mark.parametrize("method", METHODS, ids=["list_contracts", "list_contracts_by_external_ref"])
@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("prefetch", -1),
        ("prefetch", True),
        ("prefetch", 1.5),
        ("on_drift", "ignore"),
        ("on_drift", None),
        ("deduplicate", 1),
        ("deduplicate", None),
        ("resume", "nonsense"),
        ("resume", 7),
        ("resume", "b1.1.0.000000000000.-"),
        ("resume", Bookmark(page=0, position=0, fingerprint="")),
        ("limit", -1),
        ("page", 0),
    ],
)
def test_an_argument_that_breaks_a_rule_is_refused(method: Callable[..., Any], argument: str, value: object) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        method(**{argument: value})
    assert caught.value.argument == argument
    assert str(value) not in caught.value.rule.split()


@pytest.mark.parametrize("method", METHODS, ids=["list_contracts", "list_contracts_by_external_ref"])
def test_a_bookmark_is_taken_back_whatever_the_way_of_reading(method: Callable[..., Any]) -> None:
    bookmark = method().bookmark
    again = method(resume=bookmark, limit=3, prefetch=0, on_drift="raise", deduplicate=False, deadline=2)
    assert again.bookmark == bookmark
    assert method(resume=str(bookmark)).bookmark == bookmark


def test_a_bookmark_and_a_page_are_two_ways_to_start() -> None:
    with pytest.raises(InvalidArgumentError, match="page must be left out where resume is given"):
        CLIENT.list_contracts(page=2, resume=CLIENT.list_contracts().bookmark)


OTHERS: list[dict[str, Any]] = [
    {},
    {"customer_number": CANARY},
    {"contract_holder": CANARY},
    {"customer_number": CANARY, "per_page": 7},
    {"customer_number": CANARY, "sort_by": "createdAt"},
    {"customer_number": CANARY, "include_consumers": "all"},
    {"customer_number": CANARY + 1},
]


def test_a_bookmark_of_another_query_is_refused() -> None:
    for one in OTHERS:
        bookmark = CLIENT.list_contracts(**one).bookmark
        for other in OTHERS:
            if one == other:
                continue
            with pytest.raises(InvalidArgumentError) as caught:
                CLIENT.list_contracts(**other, resume=bookmark)
            assert caught.value.argument == "resume"
            assert str(CANARY) not in str(caught.value)


def test_a_bookmark_of_another_operation_or_path_or_header_is_refused() -> None:
    method = CLIENT.list_contracts_by_external_ref
    for bookmark in (
        CLIENT.list_contracts().bookmark,
        method("A-B-D").bookmark,
        method("A-B-C", entur_customer_number=CANARY).bookmark,
    ):
        with pytest.raises(InvalidArgumentError, match="same query"):
            method("A-B-C", resume=bookmark)


def test_what_counts_as_pointing_to_nobody_is_not_personal_by_the_specification() -> None:
    document = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
    shared = document["components"]["parameters"].values()
    operations = [each for path in document["paths"].values() for each in path.values() if isinstance(each, dict)]
    declared = [*shared, *(parameter for each in operations for parameter in each.get("parameters", []))]
    query = {each["name"]: each for each in declared if each.get("in") == "query"}
    assert set(query) > PUBLIC_PARAMETERS
    personal = {name for name, each in query.items() if each.get("x-personal") or each["schema"].get("x-personal")}
    assert personal
    assert not personal & PUBLIC_PARAMETERS


def test_the_repr_shows_the_query_without_values_that_may_be_personal() -> None:
    listing = CLIENT.list_contracts(customer_number=CANARY, customer_ref="c4narY", per_page=50, organisation_id=7)
    text = repr(listing)
    assert str(CANARY) not in text
    assert "c4narY" not in text
    assert "customerNumber=…" in text
    assert "perPage=50" in text
