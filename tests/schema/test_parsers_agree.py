"""With msgspec or with the standard library alone, any bytes give the same result, or the same error."""

from __future__ import annotations

import copy
import importlib
import json
import math
import pickle
import re
from datetime import date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import Schemas, replaced, without, wrong_values

from contracts_client._generated import models
from contracts_client.openapi import fast
from contracts_client.openapi.decode import MAX_NESTING
from contracts_client.openapi.errors import DecodeError
from contracts_client.testing.data.random_values import ANYTHING

pytest.importorskip("msgspec", reason="the extra fast is not installed")

ROOT = importlib.import_module("tools.generate.write").ROOT
SCHEMAS = Schemas(ROOT / "openapi.yaml")
OVERRIDES = importlib.import_module("yaml").safe_load((ROOT / "generator-config.yaml").read_text())["class_overrides"]
NAMES = {name: OVERRIDES.get(name, {}).get("class_name", name) for name in SCHEMAS.objects}
# The same examples each time, so that a run says something about the change under test and nothing else.
BOUNDED = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
SURROGATES = st.characters(categories=["Cs"])


def both(schema: str) -> tuple[fast.Reader[Any], fast.Reader[Any]]:
    """Fresh readers of a schema's model: one for either parser."""
    module = re.sub(r"(?<!^)(?=[A-Z])", "_", NAMES[schema]).lower()
    made = getattr(importlib.import_module(f"contracts_client._generated.models.{module}"), f"{module}_reader")
    return fast.Reader(made.decode, made.describe, made.convert), fast.Reader(made.decode, made.describe, made.convert)


READERS = {schema: both(schema) for schema in SCHEMAS.objects}


def exact(value: Any) -> Any:  # noqa: PLR0911 # one a kind
    """A value in a form in which 1, 1.0 and True differ, as do equal moments of different offsets."""
    if attrs.has(type(value)):
        return type(value).__name__, {each.name: exact(getattr(value, each.name)) for each in attrs.fields(type(value))}
    if isinstance(value, list):
        return [exact(item) for item in value]
    if isinstance(value, dict):
        return [(name, exact(item)) for name, item in value.items()]
    if isinstance(value, float) and math.isfinite(value):
        return "float", value.hex()
    if isinstance(value, datetime):
        return "datetime", value.replace(tzinfo=None), value.utcoffset()
    if isinstance(value, date):
        return "date", value
    return type(value).__name__, repr(value)


def outcome(reader: fast.Reader[Any], body: bytes) -> Any:
    """What a reader makes of bytes. Other errors than ours are not caught."""
    try:
        return exact(reader.read(body))
    except DecodeError as error:
        return type(error).__name__, error.path, error.expected, error.found


def outcomes(schema: str, body: bytes) -> tuple[Any, Any]:
    """What is made of bytes with msgspec, and with the standard library alone."""
    quick, slow = READERS[schema]
    with_msgspec = outcome(quick, body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast, "fast_json", lambda: None)
        return with_msgspec, outcome(slow, body)


def test_the_readers_use_different_parsers(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[str] = []
    standard = fast.parse_json_by_standard_library
    monkeypatch.setattr(fast, "parse_json_by_standard_library", lambda body: used.append("json") or standard(body))
    outcomes("TotalAmount", b"{}")
    assert used == ["json"]
    quick, slow = READERS["TotalAmount"]
    assert quick._fast is not None
    assert slow._fast is None


@pytest.mark.parametrize("schema", SCHEMAS.objects)
@BOUNDED
@given(data=st.data())
def test_on_valid_documents(schema: str, data: st.DataObject) -> None:
    document = data.draw(SCHEMAS.documents(schema))
    indent = data.draw(st.sampled_from([None, 1]))
    quick, slow = outcomes(schema, json.dumps(document, ensure_ascii=data.draw(st.booleans()), indent=indent).encode())
    assert quick == slow
    assert quick[0] == NAMES[schema], quick


@pytest.mark.parametrize("schema", SCHEMAS.objects)
@BOUNDED
@given(data=st.data())
def test_on_documents_wrong_in_one_place(schema: str, data: st.DataObject) -> None:
    document = data.draw(SCHEMAS.documents(schema))
    place = data.draw(st.sampled_from(list(SCHEMAS.places(SCHEMAS.all[schema], document))))
    if place.required and data.draw(st.booleans()):
        document = without(document, place.steps)
    else:
        document = replaced(
            document, place.steps, data.draw(ANYTHING | st.sampled_from(wrong_values(place.schema) or [None]))
        )
    quick, slow = outcomes(schema, json.dumps(document).encode())
    assert quick == slow


# One JSON token in place of another: what is no JSON, what is only nearly, and what parsers are known to differ on.
TOKENS = [
    b"NaN", b"-NaN", b"Infinity", b"-Infinity", b"1e400", b"-1e400", b"1e-400", b"0e999999999999", b"-0", b"-0.0",
    b"1.0", b"1e0", b"1E2", b"100e-2", b"01", b"-01", b"+1", b".5", b"1.", b"1.e1", b"1e", b"1e+", b"--1", b"0x10",
    b"1_000", b"9007199254740993", b"9007199254740993.0", b"9223372036854775807", b"9223372036854775808",
    b"-9223372036854775808", b"-9223372036854775809", b"18446744073709551615", b"18446744073709551616",
    b"9223372036854775807.0", b"9.223372036854775807e18", b"1" * 30, b"1" * 310, b"1" * 4300, b"1" * 5000,
    b"-" + b"1" * 5000, b"0." + b"1" * 400, b"2.2250738585072011e-308", b"1.7976931348623157e308",
    b"1.7976931348623159e308", b"true", b"True", b"nul", b"null", b"None", b"undefined", b"'a'", b'"', b'"a', b"",
    b'"\\ud800"', b'"\\udc00"', b'"\\udc00\\ud800"', b'"\\ud83d\\ude00"', b'"\\uD83D\\uDE00"', b'"\\ud83dx"',
    b'"\\ud83d\\n"', b'"\\ud83d\\u0041"', b'"\\\\ud800"', b'"\\u00e5"', b'"\\u00E5"', b'"\\u00g5"', b'"\\u 0e5"',
    b'"\\u+0e5"', b'"\\u00"', b'"\\x41"', b'"\\/"', b'"\\a"', b'"\\0"', b'"\\u0000"', b'"\x00"', b'"\x01"',
    b'"\t"', b'"\n"', b'"\x7f"', b'"\xc2\x80"', b'"\xff"', b'"\xc3"', b'"\xc0\x80"', b'"\xed\xa0\x80"',
    b'"\xf4\x90\x80\x80"', b'"\xef\xbf\xbf"', b'"\xe2\x80\xa8"', b'"\xef\xbb\xbf"',
    b"[", b"]", b"{", b"}", b"[]", b"{}", b"[1,]", b"[,1]", b"[1 2]", b'{"a":1,}', b'{"a" 1}', b'{"a"}', b"{1:1}",
    b"{'a':1}", b'{"a":1,"a":2}', b'{"\\ud800":1}', b'{"\xff":1}', b'{"\\u0061":1}', b"/**/1", b"1//",
    b"\xa0", b"\x0b1",
    b"[" * 50 + b"]" * 50, b'{"a":' * 100 + b"1" + b"}" * 100, b"[" * 100_000 + b"]" * 100_000, b"[" * 100_000,
    b'{"a":' * 100_000,
]  # fmt: skip


def tokens(body: bytes) -> list[tuple[int, int]]:
    """Where the strings, numbers and words of a JSON text stand; keys too."""
    return [found.span() for found in re.finditer(rb'"(?:[^"\\]|\\.)*"|-?[0-9][-+0-9.eE]*|true|false|null', body)]


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: ascii(token)[:40])
def test_on_hostile_tokens_in_each_place(token: bytes) -> None:
    body = json.dumps(SCHEMAS.full(SCHEMAS.all["TotalAmount"]) | {"other": [1]}).encode()
    bodies = [body[:start] + token + body[end:] for start, end in tokens(body)]
    page = json.dumps({"items": [], "totalItems": 1, "perPage": 2, "unknown": True}).encode()
    pages = [page[:start] + token + page[end:] for start, end in tokens(page)]
    for schema, each in [
        *(("TotalAmount", body) for body in bodies),
        *(("ContractPageResponse", body) for body in pages),
    ]:
        quick, slow = outcomes(schema, each)
        assert quick == slow, each[:200]


FULL = {schema: SCHEMAS.full(SCHEMAS.all[schema]) for schema in SCHEMAS.objects}


@st.composite
def mangled(draw: st.DrawFn, schema: str) -> bytes:
    """The bytes of a valid document, of which one place is changed as JSON's syntax has it."""
    document = draw(SCHEMAS.documents(schema))
    body = json.dumps(document, ensure_ascii=draw(st.booleans())).encode()
    spans = tokens(body) or [(0, len(body))]
    start, end = draw(st.sampled_from(spans))
    how = draw(st.sampled_from(["token", "escape", "twice", "byte", "cut", "space", "surrogate"]))
    if how == "token":
        body = body[:start] + draw(st.sampled_from(TOKENS[:-6])) + body[end:]
    elif how == "escape" and body[start : start + 1] == b'"' and end - start > 2:
        at = draw(st.integers(start + 1, end - 2))
        if 0x20 <= body[at] < 0x7F and body[at] not in b'"\\':
            body = body[:at] + b"\\u%04x" % body[at] + body[at + 1 :]
    elif how == "twice":
        name, value = draw(st.sampled_from(sorted(document) or ["a"])), draw(ANYTHING)
        other = json.dumps({name: value})[1:-1].encode()
        front = draw(st.booleans())
        rest = body[1:-1]
        body = b"{" + b", ".join(part for part in ((other, rest) if front else (rest, other)) if part) + b"}"
    elif how == "byte":
        at = draw(st.integers(0, max(0, len(body) - 1)))
        body = body[:at] + bytes([draw(st.integers(0, 255))]) + body[at + 1 :]
    elif how == "cut":
        body = body[: draw(st.integers(0, len(body)))]
    elif how == "space":
        space = draw(st.sampled_from([b" ", b"\t\r\n", b"\x0c", b"\xc2\xa0", b"\x00", b",", b"}", b"\xef\xbb\xbf"]))
        body = draw(st.sampled_from([space + body, body + space, body[:start] + space + body[start:]]))
    else:
        body = body[:start] + json.dumps(draw(st.text(SURROGATES, min_size=1, max_size=3))).encode() + body[end:]
    return body


@pytest.mark.parametrize("schema", SCHEMAS.objects)
@settings(BOUNDED, max_examples=25)
@given(data=st.data())
def test_on_mangled_documents(schema: str, data: st.DataObject) -> None:
    body = data.draw(mangled(schema))
    quick, slow = outcomes(schema, body)
    assert quick == slow


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "utf-7"])
@pytest.mark.parametrize("schema", SCHEMAS.objects)
def test_on_other_encodings(schema: str, encoding: str) -> None:
    document = {**FULL[schema], "blåbær": "å"}
    quick, slow = outcomes(schema, json.dumps(document, ensure_ascii=False).encode(encoding))
    assert quick == slow
    if encoding != "utf-7":  # which is ASCII, and so another text in UTF-8
        assert quick[0] == "DecodeError"


@settings(BOUNDED, max_examples=100)
@given(st.binary(max_size=40) | st.text('{}[]":,\\u0123456789eE+-.truefalsn \n', max_size=30).map(str.encode))
def test_on_anything_at_all(body: bytes) -> None:
    for schema in ("ContractPageResponse", "ErrorResponse"):
        quick, slow = outcomes(schema, body)
        assert quick == slow


FRACTIONS = [
    "1",
    "12",
    "123456",
    "1234565",
    "1234564",
    "1234567",
    "0000005",
    "9999995",
    "9999999",
    "99999949",
    "123456789",
    "1234565000000",
    "1111111111111111111111111111111111111111",
]
ZONES = [
    "z",
    "+0100",
    "+01",
    "-00:00",
    "+00:00",
    "+14:00",
    "-12:00",
    "+23:59",
    "+24:00",
    "-23:59",
    "+01:60",
    "+01:00:30",
    "ZZ",
    "UTC",
]
MOMENTS = [
    *(f"2026-12-31T23:59:59.{fraction}{zone}" for fraction in FRACTIONS for zone in ("Z", "+01:00", "")),
    *(f"2026-01-02T03:04:05{zone}" for zone in (*ZONES, " Z", "Z ")),
    *[
        "2026-01-02t03:04:05Z",
        "2026-01-02_03:04:05Z",
        "2026-01-02T03:04Z",
        "2026-01-02T03Z",
        "2026-01-02T03:04:05,5Z",
        "2026-01-02T03:04:05,1234567Z",
        "2026-01-02T03:04:05.Z",
        "20260102T030405Z",
        "2026-W01-5T03:04:05Z",
        "2026-002T03:04:05Z",
        "2026-01-02T24:00:00Z",
        "2026-01-02T23:59:60Z",
        "2026-01-02T23:60:00Z",
        "2026-02-29T00:00:00Z",
        "2024-02-29T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T23:59:59-14:00",
        "0000-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "-2026-01-02T03:04:05Z",
        "+2026-01-02T03:04:05Z",
        "2026-1-2T3:4:5Z",
        "2026-01-02",
    ],
    "2026-01-02 03:04:05Z",
    "\uff12026-01-02T03:04:05Z",  # a digit, but not an ASCII one
    "",
    " ",
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_on_moments(moment: str) -> None:
    plain = json.dumps({"amount": "1", "calculatedAt": moment})
    escaped = (
        plain.replace(moment, "".join(f"\\u{ord(character):04x}" for character in moment)) if moment.strip() else plain
    )
    quick, slow = outcomes("TotalAmount", plain.encode())
    assert quick == slow
    assert outcomes("TotalAmount", escaped.encode()) == (slow, slow)


@pytest.mark.parametrize("depth", [1, 10, MAX_NESTING, MAX_NESTING + 1, 200, 400, 900])
def test_on_contracts_in_contracts(depth: int) -> None:
    """Up to a bound, below which all that can be done with a contract works; beyond it, both refuse."""
    contract = json.dumps({**FULL["ContractResponse"], "subContracts": None})
    head, _, tail = contract.partition('"subContracts": null')
    body = (f'{head}"subContracts": [' * depth + contract + f"]{tail}" * depth).encode()
    quick, slow = outcomes("ContractResponse", body)
    assert quick == slow
    assert quick[0] == ("Contract" if depth <= MAX_NESTING else "DecodeError")


def test_the_deepest_contract_can_be_used() -> None:
    document: dict[str, Any] = {**FULL["ContractResponse"], "subContracts": None}
    for _ in range(MAX_NESTING):
        document = {**FULL["ContractResponse"], "subContracts": [document]}
    made = models.Contract.from_dict(document)
    assert pickle.loads(pickle.dumps(made)) == made == copy.deepcopy(made)
    assert models.Contract.from_dict(made.to_dict()) == made
    assert repr(made).count("sub_contracts") == MAX_NESTING
    with pytest.raises(DecodeError, match="at most 32 models within each other, found one that lies deeper") as caught:
        models.Contract.from_dict({**FULL["ContractResponse"], "subContracts": [document]})
    assert caught.value.path.startswith("subContracts[0].subContracts[0].")
    assert models.Contract.from_dict(made.to_dict()) == made  # an error leaves no depth behind


def test_the_names_of_all_models_are_tested() -> None:
    enums = {name for name in models.__all__ if not attrs.has(getattr(models, name))}
    assert set(NAMES.values()) == set(models.__all__) - enums
