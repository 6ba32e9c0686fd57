"""Models and open enumerations as types of pydantic: validated, written and described by what they are themselves."""

import json
from typing import Any

import pytest
from contract_documents import CONTRACT, DOCUMENTS, SMALL_CONTRACT
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

import contracts_client
from contracts_client import Consumption, Contract, ContractStatus
from contracts_client.openapi.enums import OpenInt
from contracts_client.openapi.forms import pydantic_schema

CANARY = "c4narY"
CANARY_NUMBER = 47110815
MODELS = {name: getattr(contracts_client, name) for name in DOCUMENTS if hasattr(contracts_client, name)}


class Level(OpenInt, known={"LOW": 1, "HIGH": 10}):
    """How high it is."""


class Answer(BaseModel):
    contract: Contract
    others: list[Contract] | None = None
    status: ContractStatus = ContractStatus.VALID
    level: Level = Level.LOW


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_a_type_of_pydantic(name: str) -> None:
    """What pydantic reads and writes is what the model reads and writes, unknown properties included."""
    adapter = TypeAdapter[Any](MODELS[name])
    document = {**DOCUMENTS[name], "unknown": [1, {"a": None}]}
    read = adapter.validate_python(document)
    assert type(read) is MODELS[name]
    assert read == MODELS[name].from_dict(document) == adapter.validate_json(json.dumps(document))
    assert adapter.validate_python(read) is read
    assert adapter.dump_python(read) == json.loads(adapter.dump_json(read)) == read.to_dict()


@pytest.mark.parametrize("mode", ["validation", "serialization"])
@pytest.mark.parametrize("name", MODELS)
def test_the_json_schema_fits_documents(name: str, mode: Any) -> None:
    """The JSON schema accepts what a model writes, and refuses a property of another type."""
    schema = TypeAdapter[Any](MODELS[name]).json_schema(mode=mode)
    judge = Draft202012Validator(schema)
    assert judge.is_valid({**DOCUMENTS[name], "unknown": 1})
    for each in DOCUMENTS[name]:
        assert not judge.is_valid({**DOCUMENTS[name], each: object()}) or each in {"errors", "code"}
    assert not any("title" in each for each in schema.get("properties", {}).values())


def test_a_recursive_model_is_described_once() -> None:
    schema = Answer.model_json_schema()
    described = schema["$defs"]["Contract"]
    inner = described["properties"]["subContracts"]
    assert (inner["type"], inner["items"]) == ("array", {"$ref": "#/$defs/Contract"})
    assert inner["description"] == "Contracts limited in time that depend on this one. (documented)"
    assert described["description"] == contracts_client.Contract.__doc__
    amount = schema["$defs"]["TotalAmount"]["properties"]["amount"]
    assert (amount["type"], amount["format"]) == ("string", "decimal")


def test_models_without_source_are_described(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where sources are left out, descriptions of properties are too."""

    def getsource(_: object) -> str:
        raise OSError

    pydantic_schema._descriptions.cache_clear()
    monkeypatch.setattr("inspect.getsource", getsource)
    properties = Answer.model_json_schema()["$defs"]["Contract"]["properties"]
    assert properties["uuid"] == {"type": "string"}
    pydantic_schema._descriptions.cache_clear()


@pytest.mark.parametrize(
    ("field", "known", "unknown"), [("status", "EXPIRED", "NEW"), ("level", 10, 7), ("level", "10", 7)]
)
def test_unknown_values_are_valid(field: str, known: object, unknown: object) -> None:
    contract = Contract.from_dict(SMALL_CONTRACT)
    read = Answer.model_validate({"contract": contract, field: known})
    assert getattr(read, field).is_known
    assert not getattr(Answer.model_validate({"contract": contract, field: unknown}), field).is_known
    assert Answer.model_validate_json(read.model_dump_json()) == read
    schema = Answer.model_json_schema()["$defs"]
    level = {"type": "integer", "title": "Level", "description": "How high it is.", "examples": [1, 10]}
    assert schema["Level"] == level
    assert schema["ContractStatus"]["examples"][0] == "VALID"
    assert "enum" not in schema["ContractStatus"]


INVALID: list[tuple[Any, str, str]] = [
    ({"externalRef": CANARY, "uuid": CANARY_NUMBER}, "contract.uuid", "expected a string, found an integer"),
    ({**CONTRACT, "externalRef": [CANARY]}, "contract.externalRef", "expected a string, found an array"),
    ({**CONTRACT, "subContracts": [{"uuid": CANARY}]}, "contract.subContracts.0.status", "a string, found nothing"),
    ({**CONTRACT, CANARY + "-": {"a": [[[]]]}, "parent": 1}, "contract.parent", "expected a string"),
    (f"{CANARY}", "contract", "expected an object, found a string"),
    (CANARY_NUMBER, "contract", "expected an object, found an integer"),
    ({CANARY_NUMBER}, "contract", "expected an object, found something else"),
]


@pytest.mark.parametrize(("value", "place", "reason"), INVALID, ids=[place for _, place, _ in INVALID])
def test_an_error_hides_the_value(value: Any, place: str, reason: str) -> None:
    """pydantic's errors quote the input: for a model of ours they quote nothing of it."""
    with pytest.raises(ValidationError) as caught:
        Answer.model_validate({"contract": value})
    (problem,) = caught.value.errors()
    assert ".".join(map(str, problem["loc"])) == place
    assert reason in problem["msg"]
    for text in (str(caught.value), repr(caught.value), caught.value.json(), repr(caught.value.errors())):
        assert CANARY not in text
        assert str(CANARY_NUMBER) not in text
    assert caught.value.__context__ is None


def test_a_broken_rule_is_told_without_value() -> None:
    """A consumption whose travel date has no moment in UTC is refused by its own rule."""
    odd = {"contractUuid": CANARY, "customerNumber": CANARY_NUMBER, "travelDate": "0001-01-01T00:00:00+00:00:30"}
    with pytest.raises(ValidationError, match="travel_date must lie within the years 1 to 9999 in UTC") as caught:
        TypeAdapter(Consumption).validate_python(odd)
    assert str(caught.value).startswith("1 validation error for function-wrap[Consumption()]")
    assert CANARY not in str(caught.value)
    assert str(CANARY_NUMBER) not in caught.value.json()


def test_an_unwritable_model_is_not_quoted() -> None:
    contract = Contract.from_dict(CONTRACT)
    contract.external_ref = CANARY
    contract.created_at = contract.created_at.replace(tzinfo=None)
    with pytest.raises(PydanticSerializationError, match="created_at: must be an aware datetime") as caught:
        Answer.model_construct(contract=contract).model_dump_json()
    assert CANARY not in str(caught.value)
