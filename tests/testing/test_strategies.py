"""Strategies for every model: valid by the specification, or as wide as the client reads, and as asked for."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from judged_by_schema import faults

import contracts_client
from contracts_client import Contract, ContractStatus, InvalidArgumentError, Policy, models
from contracts_client._generated.schemas import SCHEMA_NAMES
from contracts_client.sandbox.specification import load_specification
from contracts_client.testing import strategies
from contracts_client.testing.data.random_documents import RandomDocuments
from contracts_client.testing.data.schemas import Schemas
from contracts_client.testing.strategies import contracts, documents, from_model

DOCUMENT = load_specification().document
STRATEGIES: dict[str, Callable[..., Any]] = {
    name: getattr(strategies, name) for name in strategies.__all__ if name not in ("documents", "from_model")
}
FOUND = settings(phases=[Phase.generate], derandomize=True, database=None)  # any is as good as the smallest
BOUNDED = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", STRATEGIES)
@BOUNDED
@given(data=st.data())
def test_drawn_models_round_trip(name: str, data: st.DataObject) -> None:
    """What is drawn is valid and comes back from JSON as it was."""
    made = data.draw(STRATEGIES[name]())
    written = json.loads(json.dumps(made.to_dict()))
    assert faults(DOCUMENT, SCHEMA_NAMES[type(made).__name__], written) == []
    assert type(made).from_dict(written) == made
    assert made.additional_properties == {}


@pytest.mark.parametrize("name", STRATEGIES)
@BOUNDED
@given(data=st.data())
def test_tolerant_models_round_trip(name: str, data: st.DataObject) -> None:
    """What is drawn tolerantly comes back from JSON as it was."""
    made = data.draw(STRATEGIES[name](tolerant=True))
    assert type(made).from_dict(json.loads(json.dumps(made.to_dict()))) == made


@BOUNDED
@given(documents(models.Contract))
def test_documents_are_valid(document: dict[str, Any]) -> None:
    """A document is valid before it is read."""
    assert faults(DOCUMENT, "ContractResponse", document) == []


def test_every_public_model_has_a_strategy() -> None:
    """Every public model has a strategy that says what it makes."""
    public = {name for name in contracts_client.__all__ if hasattr(getattr(models, name, None), "from_dict")}
    returned = [str(inspect.signature(each).return_annotation) for each in STRATEGIES.values()]
    assert {text.removeprefix("Strategy[").removesuffix("]") for text in returned} == public


def test_only_tolerant_ones_are_invalid() -> None:
    """Tolerant ones have what the specification does not allow and the others not."""
    drifted = [
        lambda each: not each.status.is_known,
        lambda each: bool(each.additional_properties),
    ]
    for is_drifted in drifted:
        assert is_drifted(find(contracts(tolerant=True), is_drifted, settings=FOUND))

    @BOUNDED
    @given(contracts())
    def known(each: Contract) -> None:
        assert each.status in ContractStatus.known()
        assert each.additional_properties == {}

    known()


@BOUNDED
@given(contracts(status=st.sampled_from(["VALID", "EXPIRED"]), parent=st.none(), coupons_limit=st.integers(1, 10)))
def test_a_property_follows_its_strategy(contract: Contract) -> None:
    """A property follows the strategy that is named."""
    assert contract.status in (ContractStatus.VALID, ContractStatus.EXPIRED)
    assert contract.parent is None
    assert 1 <= (contract.coupons_limit or 0) <= 10


def test_an_unknown_name_is_told_at_once() -> None:
    with pytest.raises(TypeError, match="Contract has no property statis; did you mean status"):
        contracts(statis=st.none())


def test_a_class_that_is_no_model_is_told() -> None:
    """A class that is no model is told at once."""

    class Thing(Policy):
        pass

    with pytest.raises(InvalidArgumentError, match="must be a model of the specification"):
        from_model(Thing)
    with pytest.raises(InvalidArgumentError, match="must be a model of the specification"):
        from_model(cast("type[Policy]", int))


def test_a_value_is_no_strategy() -> None:
    """A value in the place of a strategy is told at once."""
    with pytest.raises(InvalidArgumentError, match=r"^coupons_limit must be a strategy, such as st\.just\("):
        contracts(coupons_limit=cast("st.SearchStrategy[int]", 10))


def drawn(schema: dict[str, Any], *, tolerant: bool = False) -> st.SearchStrategy[Any]:
    return RandomDocuments(Schemas({"components": {"schemas": {}}}), tolerant=tolerant).of(schema)


@pytest.mark.parametrize(
    "schema",
    [
        {"const": 7},
        {"type": "integer", "minimum": 5, "maximum": 6},
        {"type": "integer", "exclusiveMinimum": -2, "exclusiveMaximum": 0},
        {"type": "integer", "format": "int32"},
        {"type": "number", "minimum": 0, "maximum": 1},
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
        {"type": "number"},
        {"type": "string", "minLength": 20, "maxLength": 22},
        {"type": "string", "pattern": r"^\w+-\w+-\w+$"},
        {"type": "string", "pattern": "[a-c]+", "maxLength": 12},
        {"type": "string", "format": "date-time"},
        {"type": "string", "format": "date"},
        {"type": "string", "format": "uuid"},
        {"type": "string", "format": "decimal", "pattern": r"^-?\d*\.\d\d$"},
        {"type": "array", "items": {"type": "boolean"}, "minItems": 3, "maxItems": 4},
        {"type": "array", "items": {"type": "null"}, "maxItems": 1},
        {"type": "object", "additionalProperties": {"type": "integer"}},
        {"type": "object", "properties": {"x": {}}, "additionalProperties": False, "required": ["x"]},
        {"enum": [1, "a"]},
        {"type": ["integer", "null"]},
        {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "object"}]},
    ],
    ids=str,
)
@BOUNDED
@given(data=st.data())
def test_values_keep_to_their_schema(schema: dict[str, Any], data: st.DataObject) -> None:
    """A value keeps to what its schema says."""
    document = {"components": {"schemas": {"Thing": schema}}}
    value = data.draw(drawn(schema))
    assert faults(document, "Thing", value) == []
    if schema.get("format") == "int32":
        assert -(2**31) <= value < 2**31


@BOUNDED
@given(drawn({"type": "string", "format": "decimal"}))
def test_an_amount_has_every_spelling(text: str) -> None:
    """An amount without a pattern has every spelling that is read."""
    assert re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)", text)


def test_what_contains_itself_ends() -> None:
    node = {"$ref": "#/components/schemas/Node"}
    choice = {"anyOf": [node, {"type": "array", "items": node}, {"type": "null"}]}
    schemas = Schemas({"components": {"schemas": {"Node": {"type": "object", "properties": {"next": choice}}}}})

    @BOUNDED
    @given(RandomDocuments(schemas).of(node))
    def ends(document: dict[str, Any]) -> None:
        assert json.dumps(document).count("next") <= 8

    ends()
