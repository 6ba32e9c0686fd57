"""How a listing is read is checked before anything is sent, and its bookmark belongs to its query."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from contracts_client import Bookmark, ContractsClient, InvalidArgumentError, defaults
from contracts_client._listings.listing import PUBLIC_PARAMETERS

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ContractsClient("acme-shop", base_url="http://127.0.0.1:9")
CANARY = 918273645

METHODS: list[Callable[..., Any]] = [
    CLIENT.list_contracts,
    lambda **options: CLIENT.list_contracts_by_external_ref("A-B-C", **options),
]
both = pytest.mark.parametrize("method", METHODS, ids=["list_contracts", "list_contracts_by_external_ref"])


@both
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
        ("per_page", 0),
    ],
)
def test_a_bad_argument_is_refused_by_name(method: Callable[..., Any], argument: str, value: object) -> None:
    with pytest.raises(InvalidArgumentError, match=f"^{argument} must be ") as caught:
        method(**{argument: value})
    assert caught.value.argument == argument
    assert str(value) not in caught.value.rule.split()


@pytest.mark.parametrize(
    ("max_concurrency", "asked", "ahead"),
    [
        (1, 100, 0),
        (2, 100, 0),
        (3, 100, 0),
        (4, 100, 1),
        (6, 100, 2),
        (20, 100, 9),
        (20, 3, 3),
        (20, 0, 0),
        (20, None, defaults.PREFETCH),
        (6, None, 2),
    ],
)
def test_prefetch_takes_half_the_exchanges(max_concurrency: int, asked: int | None, ahead: int) -> None:
    client = ContractsClient("acme-shop", base_url="http://127.0.0.1:9", max_concurrency=max_concurrency)
    assert client.list_contracts(prefetch=asked)._listing.prefetch == ahead


@both
def test_a_bookmark_fits_all_ways_of_reading(method: Callable[..., Any]) -> None:
    bookmark = method().bookmark
    again = method(resume=bookmark, limit=3, prefetch=0, on_drift="raise", deduplicate=False, deadline=2)
    assert again.bookmark == bookmark
    assert method(resume=str(bookmark)).bookmark == bookmark


@pytest.mark.parametrize(
    ("text", "filters"),
    [("b1.2.1.71a0392c6947.-", {}), ("b1.2.1.98df6830c95c.-", {"customer_number": 1, "per_page": 7})],
)
def test_a_bookmark_of_long_ago_is_taken(text: str, filters: dict[str, Any]) -> None:
    assert str(CLIENT.list_contracts(resume=text, **filters).bookmark) == text


def test_bookmark_and_page_are_no_pair() -> None:
    with pytest.raises(InvalidArgumentError, match="page must be left out where resume is given"):
        CLIENT.list_contracts(page=2, resume=CLIENT.list_contracts().bookmark)


OTHERS: list[dict[str, Any]] = [
    {},
    {"customer_number": CANARY},
    {"contract_holder": CANARY},
    {"customer_ref": str(CANARY)},
    {"external_ref": str(CANARY)},
    {"uuid": str(CANARY)},
    {"organisation_id": 5},
    {"per_page": 7},
    {"customer_number": CANARY, "per_page": 7},
    {"customer_number": CANARY, "sort_by": "createdAt"},
    {"customer_number": CANARY, "include_consumers": "all"},
    {"customer_number": CANARY + 1},
]


def test_another_querys_bookmark_is_refused() -> None:
    for one in OTHERS:
        bookmark = CLIENT.list_contracts(**one).bookmark
        assert CLIENT.list_contracts(**one, resume=bookmark).bookmark == bookmark
        for other in OTHERS:
            if one == other:
                continue
            with pytest.raises(InvalidArgumentError, match="a bookmark of the same query") as caught:
                CLIENT.list_contracts(**other, resume=bookmark)
            assert caught.value.argument == "resume"
            assert str(CANARY) not in str(caught.value)


def test_another_methods_bookmark_is_refused() -> None:
    method = CLIENT.list_contracts_by_external_ref
    for bookmark in (
        CLIENT.list_contracts().bookmark,
        method("A-B-D").bookmark,
        method("A-B-C", entur_customer_number=CANARY).bookmark,
    ):
        with pytest.raises(InvalidArgumentError, match="same query"):
            method("A-B-C", resume=bookmark)


@pytest.mark.parametrize("name", ["customer_number", "contract_holder", "customer_ref", "external_ref", "uuid"])
def test_a_person_changes_its_16_bits_alone(name: str) -> None:
    value: Any = CANARY if name in {"customer_number", "contract_holder"} else str(CANARY)
    plain, personal = (CLIENT.list_contracts(**more).bookmark.fingerprint for more in ({}, {name: value}))
    assert plain[:8] == personal[:8]
    assert plain[8:] != personal[8:]


def test_public_filters_change_other_bits() -> None:
    plain, other = (CLIENT.list_contracts(per_page=size).bookmark.fingerprint for size in (5, 6))
    assert plain[:8] != other[:8]
    assert plain[8:] == other[8:]


def test_no_personal_parameter_is_public() -> None:
    document = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
    shared = document["components"]["parameters"].values()
    operations = [each for path in document["paths"].values() for each in path.values() if isinstance(each, dict)]
    declared = [*shared, *(parameter for each in operations for parameter in each.get("parameters", []))]
    query = {each["name"]: each for each in declared if each.get("in") == "query"}
    assert set(query) > PUBLIC_PARAMETERS
    personal = {name for name, each in query.items() if each.get("x-personal") or each["schema"].get("x-personal")}
    assert personal
    assert not personal & PUBLIC_PARAMETERS


def test_the_repr_shows_no_person() -> None:
    personal = {name: value for each in OTHERS[1:6] for name, value in each.items()}
    text = repr(CLIENT.list_contracts(**personal, per_page=50, organisation_id=7, sort_by=["createdAt"]))
    assert str(CANARY) not in text
    shown = text.partition("(")[2].partition(")")[0].split(", ")
    assert {"perPage=50", "organisationId=7", "customerNumber=…", "uuid=…", "sortBy=…"} <= set(shown)
