"""Every valid document is read and written back; every broken one is named by its place; both parsers agree."""

from __future__ import annotations

import copy
import importlib
import json
import re
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schema_strategies import SCHEMAS, Node, documents

from contracts_client._generated import models, types
from contracts_client._generated.errors import DecodeError

pytest.importorskip("msgspec", reason="the extra fast is not installed")

# The name of each schema's class, where generator-config.yaml gives it one for people.
NAMES = {
    "ContractResponse": "Contract",
    "ContractPageResponse": "ContractPage",
    "ContractConsumerResponse": "ContractConsumer",
    "PolicyResponse": "Policy",
    "ConsumptionValidationResponse": "ConsumptionValidation",
    "ClaimContractResponse": "Claim",
    "ErrorResponse": "ErrorBody",
}
OBJECTS = [name for name, schema in SCHEMAS.items() if schema.get("type") == "object"]
BOUNDED = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def model(schema: str) -> Any:
    return getattr(models, NAMES.get(schema, schema))


def readers(schema: str) -> tuple[types.Reader[Any], types.Reader[Any]]:
    """A reader that uses msgspec, and one that uses the standard library alone."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", NAMES.get(schema, schema)).lower()
    module = importlib.import_module(f"contracts_client._generated.models.{name}")
    made: types.Reader[Any] = getattr(module, f"{name}_reader")
    fast = types.Reader(made.decode, made.describe, made.convert)
    slow = types.Reader(made.decode, made.describe, made.convert)
    fast._prepare()
    slow._prepared = True
    return fast, slow


def outcome(reader: types.Reader[Any], body: bytes) -> Any:
    try:
        if reader._fast is None:
            with patch.object(types, "fast_json", lambda: None):
                return reader.read(body)
        return reader.read(body)
    except DecodeError as error:
        return type(error), error.path, error.expected, error.found


@pytest.mark.parametrize("schema", OBJECTS)
@BOUNDED
@given(data=st.data())
def test_a_valid_document_is_written_back_as_it_came(schema: str, data: st.DataObject) -> None:
    document = data.draw(documents(SCHEMAS[schema]))
    given_document = copy.deepcopy(document)
    made = model(schema).from_dict(document)
    assert made.to_dict() == document == given_document


@pytest.mark.parametrize("schema", OBJECTS)
@BOUNDED
@given(data=st.data())
def test_both_parsers_make_the_same_of_a_valid_document(schema: str, data: st.DataObject) -> None:
    body = json.dumps(data.draw(documents(SCHEMAS[schema])), ensure_ascii=data.draw(st.booleans())).encode()
    fast, slow = readers(schema)
    assert outcome(fast, body) == outcome(slow, body)
    assert not isinstance(outcome(fast, body), tuple)


def places(schema: Node, value: Any, path: str = "") -> list[tuple[str, Any, Any, Node, bool]]:
    """Every property of a document: its path, where it stands, its name, its schema, and whether it is required."""
    while "$ref" in schema:
        schema = SCHEMAS[schema["$ref"].rpartition("/")[2]]
    found: list[tuple[str, Any, Any, Node, bool]] = []
    if schema.get("type") == "array" and isinstance(value, list):
        for index, item in enumerate(value):
            found += places(schema["items"], item, f"{path}[{index}]")
    elif schema.get("type") == "object":
        for name, inner in schema["properties"].items():
            if name in value:
                here = f"{path}.{name}" if path else name
                found.append((here, value, name, inner, name in schema.get("required", ())))
                found += places(inner, value[name], here)
    return found


def wrong_values(schema: Node) -> list[Any]:
    """Values of other JSON types, and texts that can't be read."""
    while "$ref" in schema:
        schema = SCHEMAS[schema["$ref"].rpartition("/")[2]]
    values: dict[str, list[Any]] = {
        "string": [7, True, [], {}],
        "integer": ["7", True, 1.0, 1.5, [], 2**63],
        "boolean": [1, 0, "true", []],
        "array": [{}, "a", 7],
        "object": [[], "a", 7],
    }
    kind = schema.get("type")
    if not isinstance(kind, str):
        return [1.5, [], True]
    unreadable = {"date-time": ["2026-01-02", "soon", ""], "decimal": ["1e5", "", "NaN", " 1"]}
    return values[kind] + unreadable.get(schema.get("format", ""), [])


STRICT = [name for name in OBJECTS if not SCHEMAS[name].get("x-lenient")]


@pytest.mark.parametrize("schema", STRICT)
@BOUNDED
@given(data=st.data())
def test_a_broken_document_is_named_by_the_place_that_is_broken(schema: str, data: st.DataObject) -> None:
    document = data.draw(documents(SCHEMAS[schema]))
    candidates = places(SCHEMAS[schema], document)
    if not candidates:
        return
    path, holder, name, inner, required = data.draw(st.sampled_from(candidates))
    if required and data.draw(st.booleans()):
        del holder[name]
    else:
        holder[name] = data.draw(st.sampled_from(wrong_values(inner)))
    with pytest.raises(DecodeError) as caught:
        model(schema).from_dict(document)
    assert caught.value.path == path
    fast, slow = readers(schema)
    body = json.dumps(document).encode()
    assert outcome(fast, body) == outcome(slow, body) == (DecodeError, path, caught.value.expected, caught.value.found)


PAGE = b'{"items": [], "totalItems": 1, "more": %s}'
HOSTILE = [
    *(
        PAGE % value
        for value in (b"NaN", b"-Infinity", b"1e400", b"-1e400", b"1e-400", b"1" * 30, b"1" * 5000, b"01", b".5")
    ),
    *(
        PAGE % value
        for value in (b'"\\ud800"', b'"\\udc00\\ud800"', b'"\\uD83D\\uDE00"', b'"\xff"', b'"\xed\xa0\x80"', b'"\x01"')
    ),
    *(PAGE % (b"[" * depth + b"]" * depth) for depth in (10, 100, 100_000)),
    PAGE % b"1" + b"x",
    b'{"items": [], "items": [7]}',
    b'{"items": [7], "items": []}',
    b'{"items": [], "totalItems": 1.0}',
    b'{"items": [], "totalItems": 9223372036854775808}',
    b'{"items": [], "totalItems": -9223372036854775808}',
    b'\xef\xbb\xbf{"items": []}',
    '{"items": []}'.encode("utf-16"),
    b" \n",
    b"null",
    b"[]",
    b'{"items": null}',
    b"{'items': []}",
    b'{"items": [],}',
]


@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: body[:60].decode("latin-1"))
def test_both_parsers_agree_on_hostile_json(body: bytes) -> None:
    fast, slow = readers("ContractPageResponse")
    assert outcome(fast, body) == outcome(slow, body)


@pytest.mark.parametrize(
    "moment",
    [
        "2026-01-02T03:04:05.1234567Z",
        "2026-01-02T03:04:05.9999999Z",
        "2026-01-02t03:04:05z",
        "2026-01-02T03:04:05",
        "2026-01-02 03:04:05+0100",
        "2026-01-02T03:04Z",
        "2026-01-02T03:04:05,5Z",
        "2026-01-02T24:00:00Z",
        "2026-01-02T03:04:60Z",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_both_parsers_agree_on_odd_moments(moment: str) -> None:
    fast, slow = readers("TotalAmount")
    body = json.dumps({"amount": "1.00", "calculatedAt": moment}).encode()
    assert outcome(fast, body) == outcome(slow, body)


@BOUNDED
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_both_parsers_agree_on_anything(body: bytes) -> None:
    fast, slow = readers("ContractPageResponse")
    assert outcome(fast, body) == outcome(slow, body)


def test_nesting_without_end_is_an_error_of_ours() -> None:
    contract = json.dumps(
        {
            "uuid": "c",
            "status": "VALID",
            "createdAt": "2026-01-01T00:00:00Z",
            "createdBy": "a",
            "lastChangedAt": "2026-01-01T00:00:00Z",
            "lastChangedBy": "a",
            "consumableFrom": "2026-01-01T00:00:00Z",
            "loyaltyProgram": {},
            "organisationId": 1,
        }
    )[:-1]
    body = (f'{contract}, "subContracts": [' * 2000 + "]}" * 2000).encode()
    for reader in readers("ContractResponse"):
        with pytest.raises(DecodeError, match="nested too deeply"):
            reader.read(body)
