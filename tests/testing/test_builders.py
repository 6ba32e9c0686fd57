"""Models made for tests: the same each time, valid by the specification, and what was asked for."""

from __future__ import annotations

import copy
import inspect
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from judged_by_schema import faults

import contracts_client
from contracts_client import Claim, Contract, ContractStatus, ErrorBody, InvalidArgumentError, models
from contracts_client._generated.schemas import SCHEMA_NAMES
from contracts_client.sandbox.specification import SpecificationError, load_specification
from contracts_client.testing import builders
from contracts_client.testing.builders import (
    a_claim,
    a_consumption,
    a_consumption_validation,
    a_contract,
    a_contract_consumer,
    a_contract_page,
    a_localized_text,
    a_loyalty_program,
    a_total_amount,
    an_error_body,
    build,
)
from contracts_client.testing.data.documents import Documents
from contracts_client.testing.data.models import made_by
from contracts_client.testing.data.schemas import Schemas

DOCUMENT = load_specification().document
BUILDERS: dict[str, Callable[..., Any]] = {
    name: getattr(builders, name) for name in builders.__all__ if name.startswith(("a_", "an_"))
}


def schema_of(made: Any) -> str:
    return SCHEMA_NAMES[type(made).__name__]


@pytest.mark.parametrize("full", [False, True], ids=["required", "full"])
@pytest.mark.parametrize("name", BUILDERS)
def test_made_models_round_trip(name: str, full: bool) -> None:  # noqa: FBT001
    """What is made is valid and comes back from JSON as it was."""
    for seed in (1, 2, 40, 366):
        made = BUILDERS[name](seed, full=full)
        written = json.loads(json.dumps(made.to_dict()))
        assert faults(DOCUMENT, schema_of(made), written) == []
        again = type(made).from_dict(written)
        assert again == made
        assert made.additional_properties == {}


@pytest.mark.parametrize("name", BUILDERS)
def test_one_number_makes_the_same_model(name: str) -> None:
    """The same call makes the same and shares nothing another number makes another."""
    made = BUILDERS[name]
    assert made() == made(1)
    assert made() is not made()
    assert made(7, full=True) == made(7, full=True)
    if name not in ("a_consumption_validation", "a_total_amount"):  # all is well in one way; amounts have an example
        assert len({json.dumps(made(seed).to_dict()) for seed in range(1, 30)}) == 29


def test_another_process_makes_the_same() -> None:
    code = "from contracts_client.testing.builders import *; print(a_contract_page(3, full=True).to_dict())"
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(a_contract_page(3, full=True).to_dict())


@pytest.mark.parametrize("name", BUILDERS)
def test_full_gives_every_property(name: str) -> None:
    """Full gives every property that the specification knows."""
    made = BUILDERS[name](full=True)
    assert set(made.to_dict()) == set(made.json_names)


def test_by_default_required_properties_only() -> None:
    """Otherwise there is what is required or all of what requires nothing."""
    required = DOCUMENT["components"]["schemas"]["ContractResponse"]["required"]
    assert set(a_contract().to_dict()) == set(required)
    assert set(a_contract().loyalty_program.to_dict()) == {"id", "type", "displayName"}
    assert set(a_contract_consumer().to_dict()) == {"customerNumber", "customerRef", "isContractHolder"}


def test_every_public_model_has_a_builder() -> None:
    """Every public model has a builder that says what it makes."""
    public = {name for name in contracts_client.__all__ if hasattr(getattr(models, name, None), "from_dict")}
    made = {type(builder()).__name__ for builder in BUILDERS.values()}
    assert made == public
    for builder in BUILDERS.values():
        assert inspect.signature(builder, eval_str=True).return_annotation is type(builder())


def test_named_properties_are_there() -> None:
    """What is named is there and enumerations are enumerations."""
    expires = datetime(2027, 1, 1, tzinfo=UTC)
    made = a_contract(status="EXPIRED", coupons_limit=10, expiration_date=expires, loyalty_program=a_loyalty_program(3))
    assert made.status is ContractStatus.EXPIRED
    assert (made.coupons_limit, made.expiration_date, made.loyalty_program.id) == (10, expires, "loyalty-program-id-3")


def test_an_unknown_value_may_be_named() -> None:
    """A value that the specification does not know may be named."""
    made = a_contract(status="FROZEN", additional_properties={"colour": "green"})
    assert not made.status.is_known
    assert made.to_dict()["colour"] == "green"


def test_none_leaves_a_property_out() -> None:
    """None leaves an optional property out."""
    assert "parent" not in a_contract(full=True, parent=None).to_dict()
    assert a_claim(customer_number=None) == Claim(success=True)


def test_what_was_given_is_copied() -> None:
    consumers = [a_contract_consumer()]
    made = a_contract(contract_consumers=consumers)
    consumers.clear()
    assert made.contract_consumers == [a_contract_consumer()]


def test_the_words_have_a_meaning() -> None:
    assert a_claim(5).customer_number == a_contract_consumer(5).customer_number == 1005
    assert a_consumption(2).contract_uuid == a_contract(2).uuid
    assert (a_consumption_validation().is_valid, a_consumption_validation().code) == (True, 3101)
    assert a_consumption_validation(is_valid=False).code is None
    assert a_total_amount().amount == Decimal("199.00")
    assert a_total_amount().currency == "NOK"
    assert a_localized_text().language_code == "nob"
    assert (an_error_body().status, an_error_body(status=409).status) == (400, 409)


def test_a_page_is_the_only_one_by_default() -> None:
    """A page is the only one unless told otherwise."""
    page = a_contract_page()
    assert [contract.uuid for contract in page.items] == ["contract-uuid-1", "contract-uuid-2"]
    assert (page.number, page.total_items, page.total_pages, page.is_last) == (1, 2, 1, True)
    middle = a_contract_page(2, number=2, total_items=6, total_pages=3)
    assert [contract.uuid for contract in middle.items] == ["contract-uuid-3", "contract-uuid-4"]
    assert (middle.number, middle.is_last, middle.remaining_items) == (2, False, 2)
    empty = a_contract_page(items=[])
    assert (empty.total_items, empty.remaining_items) == (0, 0)


@pytest.mark.parametrize("number", [0, "1", True])
def test_a_page_has_a_number_from_1(number: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="number must be an integer from 1"):
        a_contract_page(number=number)


@pytest.mark.parametrize("seed", [0, -1, "1", True, 1.5, None])
def test_a_seed_is_a_number_from_1(seed: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="seed must be an integer from 1"):
        a_contract(seed)


def test_an_unknown_name_suggests_others() -> None:
    """An unknown name is told with those that are alike."""
    wrong: Any = {"cupons_limit": 10}
    with pytest.raises(TypeError, match=r"^Contract has no property cupons_limit; did you mean coupons_limit"):
        a_contract(**wrong)
    with pytest.raises(TypeError, match=r"^Policy has no property zzz; it has additional_properties, id, key$"):
        builders.a_policy(**dict.fromkeys(["zzz"]))


@pytest.mark.parametrize(
    ("builder", "name", "value", "rule"),
    [
        (a_contract, "coupons_limit", "10", r"must be int \| None"),
        (a_contract, "uuid", None, "must be str"),
        (a_contract, "loyalty_program", "c-1", "must be LoyaltyProgram"),
        (a_contract, "contract_consumers", 3, r"must be list\[ContractConsumer\] \| None"),
        (a_contract, "coupons_limit", 2**63, "must be int"),
        (a_contract, "created_at", datetime(2026, 1, 1), "must be an aware datetime"),  # noqa: DTZ001 - it is the fault
        (a_contract, "additional_properties", 3, "must be a dict of properties"),
        (a_consumption, "customer_number", "1001", "must be of type int"),
        (an_error_body, "status", "400", r"must be int \| None"),
        (a_total_amount, "amount", "soon", "must be a finite Decimal"),
    ],
)
def test_a_value_of_another_type_is_refused(builder: Callable[..., Any], name: str, value: Any, rule: str) -> None:
    """A value of another type is refused by its name."""
    with pytest.raises(InvalidArgumentError, match=f"^{name} {rule}") as caught:
        builder(**{name: value})
    assert caught.value.argument == name


def test_a_class_that_is_no_model_is_refused() -> None:
    """A class that is no model of the specification is refused."""

    class Thing(Claim):
        pass

    with pytest.raises(InvalidArgumentError, match="must be a model of the specification, which Thing is not"):
        build(Thing)


def changed(schema: str, **parts: Any) -> Schemas:
    document = copy.deepcopy(DOCUMENT)
    document["components"]["schemas"][schema] |= parts
    return Schemas(document)


def test_builders_follow_the_specification() -> None:
    """What is made follows a change of the specification."""
    frozen = changed("ContractStatus", enum=["FROZEN", "VALID"])
    assert made_by(frozen, Contract, 1, {}).status == "FROZEN"
    properties = {**DOCUMENT["components"]["schemas"]["ContractResponse"]["properties"], "colour": {"type": "string"}}
    coloured = changed("ContractResponse", properties=properties, required=["uuid", "colour", "parent"])
    document = Documents(coloured).make(Contract, 2)
    assert document == {"uuid": "contract-uuid-2", "parent": "contract-parent-2", "colour": "contract-colour-2"}
    lenient = changed("ErrorResponse", required=["status"])
    assert made_by(lenient, ErrorBody, 1, {}) == ErrorBody(status=1001)


def one(schema: dict[str, Any], seed: int = 1) -> Any:
    document = {"components": {"schemas": {"Claim": {"type": "object", "properties": {"x": schema}}}}}
    return Documents(Schemas(document, {"Claim": "Claim"})).make(Claim, seed).get("x")


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "integer"}, 1001),
        ({"type": "integer", "maximum": 9}, 9),
        ({"type": "integer", "exclusiveMaximum": 9}, 8),
        ({"type": "integer", "minimum": 5000}, 5000),
        ({"type": "integer", "exclusiveMinimum": 5000}, 5001),
        ({"type": "number"}, 1.5),
        ({"type": "number", "maximum": 1}, 1),
        ({"type": "string", "const": "always"}, "always"),
        ({"type": "string", "examples": ["first", "second"]}, "first"),
        ({"type": "string", "example": "old"}, "old"),
        ({"type": "string", "default": "usual"}, "usual"),
        ({"type": "string", "format": "uuid"}, "00000000-0000-4000-8000-000000000001"),
        ({"type": "string", "format": "date-time"}, "2026-01-01T08:00:00Z"),
        ({"type": "string", "format": "date"}, "2026-01-01"),
        ({"type": "string", "format": "decimal"}, "1.50"),
        ({"type": "string", "pattern": r"^[a-z]+-x-\d$"}, "claim-x-1"),
        ({"type": ["null", "string"]}, None),
        ({"oneOf": [{"type": "boolean"}, {"type": "string"}]}, True),
        ({"type": "array", "items": {"type": "string"}}, ["claim-x-1", "claim-x-2"]),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 3}, [1001, 1002, 1003]),
        ({"type": "array", "items": {"type": "integer"}, "maxItems": 1}, [1001]),
    ],
    ids=str,
)
def test_values_keep_to_their_schema(schema: dict[str, Any], value: Any) -> None:
    """A value keeps to what its schema says."""
    assert one(schema) == value


def test_moments_follow_in_property_order() -> None:
    """The moments of an object follow each other in the order of its properties."""
    made = a_contract()
    assert made.created_at < made.last_changed_at < made.consumable_from
    assert a_contract(2).created_at > made.created_at


def test_an_example_is_copied() -> None:
    schema = {"type": "array", "items": {}, "examples": [[1]]}
    assert one(schema) == [1]
    one(schema).clear()
    assert one(schema) == [1]


def test_examples_take_turns() -> None:
    assert [one({"type": "string", "examples": ["a", "b"]}, seed) for seed in (1, 2, 3)] == ["a", "b", "a"]


@pytest.mark.parametrize("rule", [{"pattern": "^[0-9]+$"}, {"minLength": 30}, {"maxLength": 3}], ids=str)
def test_a_strange_text_needs_an_example(rule: dict[str, Any]) -> None:
    """A text that can not be made up needs an example."""
    with pytest.raises(SpecificationError, match="Claim-x has a pattern or a length"):
        one({"type": "string", **rule})
    assert one({"type": "string", **rule, "examples": ["123"]}) == "123"


def test_what_contains_itself_ends() -> None:
    node = {"$ref": "#/components/schemas/Claim"}
    maybe = {"anyOf": [node, {"type": "null"}]}
    properties = {"name": {"type": "string"}, "one": node, "some": {"type": "array", "items": node}, "maybe": maybe}
    document = {"components": {"schemas": {"Claim": {"type": "object", "properties": properties}}}}
    made = Documents(Schemas(document, {"Claim": "Claim"})).make(Claim, 1)
    assert made["one"]["one"]["one"] == {"name": "claim-name-1"}
    assert made["some"][1]["name"] == "claim-name-2"
    assert made["maybe"]["maybe"]["maybe"] == {"name": "claim-name-1"}


def test_too_deep_lists_are_short() -> None:
    """A required list of what lies too deep is as short as it may be."""
    node = {"$ref": "#/components/schemas/Claim"}
    claim = {"type": "object", "properties": {"some": {"type": "array", "items": node}}, "required": ["some"]}
    made = Documents(Schemas({"components": {"schemas": {"Claim": claim}}}, {"Claim": "Claim"})).make(Claim, 1)
    assert made["some"][0]["some"][0]["some"][0]["some"] == []
