"""From a response's bytes to a JSON value, and from a model to a request's body. With msgspec and without."""

import enum
import importlib
import inspect
import json
import pickle
import re
import sys
import traceback
from datetime import UTC, datetime, timedelta, timezone
from http import HTTPStatus
from types import ModuleType
from typing import Any

import pytest
from attrs import define
from contract_documents import CONSUMPTION, DOCUMENTS, SMALL_CONTRACT
from hypothesis import example, given
from hypothesis import strategies as st

from contracts_client._generated import models
from contracts_client._generated.models import Consumption, ContractPage, ValidateConsumptionRequest
from contracts_client._generated.models.contract_page import contract_page_reader
from contracts_client._generated.models.validate_consumption_request import decode_validate_consumption_request
from contracts_client.openapi import decode, fast, operation
from contracts_client.openapi.errors import ArgumentError, DecodeError, StatusError

CANARY = "c4narY"
ORIGINAL_FAST_JSON = fast.fast_json
JSON = "application/json"


# Without the extra there is only one of them to try.
PARSERS = ["standard library", *([] if fast.fast_json() is None else ["msgspec"])]


@pytest.fixture(autouse=True, params=PARSERS)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Results and errors are the same whether msgspec is there or not."""
    if request.param == "standard library":
        monkeypatch.setattr(fast, "fast_json", lambda: None)


def response(body: bytes, content_type: str | None = JSON, status: int = 200) -> operation.Response:
    headers = {} if content_type is None else {"content-type": content_type}
    return operation.Response(status=status, headers=headers, body=body)


def value_of(body: bytes, content_type: str | None = JSON) -> Any:
    return operation.json_value(response(body, content_type))


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/json;charset=utf-8",
        "APPLICATION/JSON ; charset=UTF-8",
        "application/problem+json",
        "application/vnd.entur.v2+json",
        "application/json, application/json",
        "application/json,Application/JSON;charset=utf-8 , application/problem+json",
        'application/json; profile="a, \\"b", application/hal+json',
        ", application/json,,",
    ],
)
def test_json_has_several_media_types(content_type: str) -> None:
    assert value_of(b'{"a": 1}', content_type) == {"a": 1}


@pytest.mark.parametrize(
    ("content_type", "found"),
    [
        ("text/html", "content type text/html"),
        ("text/html; charset=utf-8", "content type text/html"),
        ("Text/Plain", "content type text/plain"),
        ("application/xml", "content type application/xml"),
        ("text/json", "content type text/json"),
        ("application/jsonp", "content type application/jsonp"),
        (None, "no content type"),
        ("", "no content type"),
        (";charset=utf-8", "no content type"),
        (" , ;q=1,", "no content type"),
        ("application/json, text/html", "content type text/html"),
        ("text/html;charset=utf-8, application/json", "content type text/html"),
        (f"{CANARY} <script>", "a content type that can't be read"),
        (f"application/json, {CANARY} <script>", "a content type that can't be read"),
        ("a/" + "b" * 5000, "a content type that can't be read"),
        (", ".join(["application/json"] * 100), "a content type that can't be read"),
        ('"' * 999, "a content type that can't be read"),
    ],
)
def test_another_media_type_is_named(content_type: str | None, found: str) -> None:
    with pytest.raises(DecodeError, match=rf"expected a JSON body, found {found}$"):
        value_of(b'{"a": 1}', content_type)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_to_json_writes_what_to_dict_has(name: str) -> None:
    """A model is written as its JSON object, unknown properties and letters of any language included."""
    model = getattr(models, name).from_dict({**DOCUMENTS[name], "blåbær": ["\U0001f686", 1.5, None]})
    written = model.to_json()
    assert json.loads(written) == model.to_dict()
    assert "blåbær".encode() in written
    assert b": " not in written


@given(st.datetimes(timezones=st.timezones() | st.just(UTC)))
@example(datetime(1, 2, 3, tzinfo=UTC))
@example(datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=timezone(timedelta(hours=1, seconds=1))))
def test_to_json_writes_moments_as_to_dict(moment: datetime) -> None:
    amount = models.TotalAmount(amount="1", currency="NOK", calculated_at=moment)
    try:
        data = amount.to_dict()
    except ArgumentError as error:
        with pytest.raises(ArgumentError, match=re.escape(str(error))):
            amount.to_json()
    else:
        assert json.loads(amount.to_json()) == data


class Moment(datetime):
    """As pandas.Timestamp: a datetime of another class."""


@pytest.mark.parametrize("kind", [datetime, Moment])
def test_to_json_keeps_the_offset(kind: type[datetime]) -> None:
    """A moment keeps its offset, also one of another class than datetime."""
    moment = kind(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=1)))
    written = Consumption(contract_uuid="c-1", customer_number=1, travel_date=moment).to_json()
    assert json.loads(written)["travelDate"] == "2026-01-02T03:04:05+01:00"


class Renamed(models.Policy):
    """Is written as a user says."""

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.key}


def test_a_users_to_dict_counts_everywhere() -> None:
    contract = models.Contract.from_dict(SMALL_CONTRACT)
    contract.policies = [Renamed(key="EMPLOYEE")]
    assert contract.to_dict()["policies"] == json.loads(contract.to_json())["policies"] == [{"name": "EMPLOYEE"}]


_circle: list[Any] = []
_circle.append(_circle)


@pytest.mark.parametrize("value", [f"{CANARY}\ud800", float("nan"), float("inf"), _circle])
def test_to_json_hides_what_json_lacks(value: object) -> None:
    claim = models.Claim(success=True, additional_properties={"next": value})
    with pytest.raises(ArgumentError, match=r"^the document: must hold only what JSON and UTF-8 can hold$") as caught:
        claim.to_json()
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"null", None),
        (b" \t\r\n[1, 2.5, true, null] \n", [1, 2.5, True, None]),
        (b'"\\u00e5\\n\\ud83d\\ude86"', "\u00e5\n\U0001f686"),
        ('"bl\u00e5 \U0001f686"'.encode(), "bl\u00e5 \U0001f686"),
        (b"9007199254740993", 2**53 + 1),
        (b"1e308", 1e308),
        (b"1e-400", 0.0),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b'{"a": {"b": 1}, "a": {"c": 2}}', {"a": {"c": 2}}),
        (b'{"": ""}', {"": ""}),
    ],
)
def test_the_last_of_equal_names_wins(body: bytes, value: object) -> None:
    assert value_of(body) == value


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"c4narY", id="a word"),
        pytest.param(b'{"c4narY": ', id="cut"),
        pytest.param(b'{"c4narY": 1} x', id="something behind"),
        pytest.param(b"{'c4narY': 1}", id="single quotes"),
        pytest.param(b'{"c4narY": 1,}', id="comma"),
        pytest.param(b"// c4narY\n1", id="comment"),
        pytest.param(b'{"c4narY": NaN}', id="NaN"),
        pytest.param(b'{"c4narY": Infinity}', id="Infinity"),
        pytest.param(b'["c4narY", -Infinity]', id="-Infinity"),
        pytest.param(b'{"c4narY": 1e400}', id="1e400"),
        pytest.param(b'{"c4narY": [-1.5E+400]}', id="-1.5E+400"),
        pytest.param(b'"c4narY \xff"', id="bad UTF-8"),
        pytest.param(b'"c4narY \xc0\xaf"', id="overlong UTF-8"),
        pytest.param(b'"c4narY \xed\xa0\x80"', id="encoded surrogate"),
        pytest.param(b'"c4narY \\ud800"', id="half a pair"),
        pytest.param(b'{"c4narY \\uDFFF": 1}', id="half a pair in a name"),
        pytest.param('"c4narY"'.encode("utf-16"), id="UTF-16"),
        pytest.param('"c4narY"'.encode("utf-32-le"), id="UTF-32"),
        pytest.param(b'\xef\xbb\xbf"c4narY"', id="byte order mark"),
        pytest.param(b'"c4narY \n"', id="control character"),
        pytest.param(b" \n", id="blank"),
        pytest.param(b"<html>c4narY</html>", id="HTML"),
    ],
)
def test_an_error_of_parsing_quotes_nothing(body: bytes) -> None:
    with pytest.raises(DecodeError) as caught:
        value_of(body)
    error = caught.value
    assert str(error) == "the document: expected a JSON body, found something that is not JSON"
    assert CANARY not in "".join(traceback.format_exception(error)[-1:])
    assert CANARY.encode() not in pickle.dumps(error)
    assert error.__context__ is None or error.__suppress_context__


def test_an_empty_body_is_named() -> None:
    with pytest.raises(DecodeError, match=r"found an empty body$"):
        value_of(b"")


@pytest.mark.parametrize(
    "body", [b"[" * 200_000, b"[" * 200_000 + b"]" * 200_000, b'{"a":' * 200_000], ids=["cut", "whole", "objects"]
)
def test_endless_nesting_is_a_decode_error(body: bytes) -> None:
    with pytest.raises(DecodeError, match="expected a JSON body, found "):
        value_of(body)


def test_a_huge_integer_is_a_decode_error() -> None:
    body = b'{"items": [], "totalItems": ' + b"1" * 5000 + b"}"
    with pytest.raises(DecodeError):
        operation.read_body(response(body), contract_page_reader)


@given(st.binary(max_size=50) | st.text(max_size=50).map(str.encode))
def test_any_bytes_are_a_value_or_an_error(body: bytes) -> None:
    try:
        value_of(body)
    except DecodeError:
        return
    json.loads(body)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=3)
    ),
    max_leaves=10,
)


escapes = st.lists(
    st.sampled_from(
        [
            "\\ud83d",
            "\\ude86",
            "\\uD83D",
            "\\uDE86",
            "\\udbff\\udfff",
            "\\\\",
            "\\n",
            "\\u00e5",
            "ud83d",
            "ude86",
            "a",
            '", "',
        ]
    ),
    max_size=6,
).map("".join)


@given(escapes)
@example("\\\\ud83d")
@example("\\ud83d\\\\ude86")
@example('\\ud83d", "\\ude86')
def test_half_a_surrogate_pair_is_refused(escaped: str) -> None:
    text = f'["{escaped}"]'
    value = json.loads(text)
    if not any(0xD800 <= ord(character) < 0xE000 for each in value for character in each):
        assert value_of(text.encode()) == value
        return
    with pytest.raises(DecodeError):
        value_of(text.encode())


@given(values, st.booleans())
def test_what_json_writes_is_read(value: object, escaped: bool) -> None:  # noqa: FBT001 # drawn
    assert value_of(json.dumps(value, ensure_ascii=escaped).encode()) == value


def reading(body: bytes) -> ContractPage:
    # A reader of its own, since one remembers whether msgspec was there.
    made = contract_page_reader
    return operation.read_body(response(body), fast.Reader(made.decode, made.describe, made.convert))


def test_msgspec_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    look_again = inspect.unwrap(ORIGINAL_FAST_JSON)
    there, gone = ModuleType("msgspec"), None  # None makes an import fail
    monkeypatch.setitem(sys.modules, "msgspec", there)
    assert look_again() is there
    monkeypatch.setitem(sys.modules, "msgspec", gone)
    assert look_again() is None


@pytest.mark.parametrize("name", DOCUMENTS)
def test_readers_read_what_from_dict_reads(name: str) -> None:
    module_name = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    module = importlib.import_module(f"{models.__name__}.{module_name}")
    made: fast.Reader[Any] = getattr(module, f"{module_name}_reader")
    document = DOCUMENTS[name]
    for reader in (made, fast.Reader(made.decode, made.describe, made.convert)):
        assert reader.read(json.dumps(document).encode()) == getattr(models, name).from_dict(document)
    several = fast.list_reader(fast.Reader(made.decode, made.describe, made.convert))
    assert several.read(json.dumps([document, document]).encode()) == [getattr(models, name).from_dict(document)] * 2
    assert several.read(b"[]") == []
    with pytest.raises(DecodeError, match=r"^\[1\]: expected an object, found an array$"):
        several.read(json.dumps([document, []]).encode())


def test_a_document_is_read_into_its_model() -> None:
    document = {"items": [SMALL_CONTRACT, {**SMALL_CONTRACT, "x-new": 1}], "totalItems": 2, "x-new": [None]}
    page = reading(json.dumps(document).encode())
    assert type(page) is ContractPage
    assert page.to_dict() == document


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"uuid": 7}, "items[0].uuid: expected a string, found an integer"),
        ({"createdAt": CANARY}, "items[0].createdAt: expected an ISO 8601 date and time in a string, found a string"),
        ({"organisationId": 2**63}, "items[0].organisationId: expected an integer of 64 bits, found an integer"),
        ({"organisationId": True}, "items[0].organisationId: expected an integer of 64 bits, found a boolean"),
        ({"loyaltyProgram": None}, "items[0].loyaltyProgram: expected an object, found nothing"),
        (
            {"currentTotal": {"amount": CANARY}},
            "items[0].currentTotal.amount: expected a decimal number in a string, found a string",
        ),
    ],
)
def test_a_wrong_document_names_the_place(change: dict[str, Any], message: str) -> None:
    with pytest.raises(DecodeError) as caught:
        reading(json.dumps({"items": [{**SMALL_CONTRACT, **change}]}).encode())
    assert str(caught.value) == message


def test_a_wrong_item_of_a_page_is_named() -> None:
    wrong = {**SMALL_CONTRACT, "uuid": 7}
    for index in range(3):
        items = [SMALL_CONTRACT] * index + [wrong] + [SMALL_CONTRACT] * 2
        with pytest.raises(DecodeError) as caught:
            reading(json.dumps({"items": items}).encode())
        assert caught.value.path == f"items[{index}].uuid"


def test_the_bounds_of_an_integer_count() -> None:
    for bound in (-(2**63), 2**63 - 1):
        page = reading(json.dumps({"items": [{**SMALL_CONTRACT, "organisationId": bound}]}).encode())
        assert page.items[0].organisation_id == bound
    with pytest.raises(DecodeError, match=r"^items\[0\].organisationId: expected an integer of 64 bits"):
        reading(json.dumps({"items": [{**SMALL_CONTRACT, "organisationId": -(2**63) - 1}]}).encode())


def test_a_value_needs_no_fast_reader() -> None:
    assert operation.read_value(response(b"[1, 2]"), decode.list_of(decode.read_int)) == [1, 2]
    with pytest.raises(DecodeError, match=r"^\[1\]: "):
        operation.read_value(response(b'[1, "2"]'), decode.list_of(decode.read_int))


# --- bodies of requests


def body_of(body: object) -> bytes:
    return operation.json_body("body", body, decode_validate_consumption_request)


def request(**changes: Any) -> ValidateConsumptionRequest:
    values = {"contract_uuid": "c-1", "customer_number": 1001, **changes}
    return ValidateConsumptionRequest(consumptions=[Consumption(**values)])


def test_a_body_is_compact_utf8() -> None:
    assert body_of(request(contract_uuid="bl\u00e5")) == (
        '{"consumptions":[{"contractUuid":"bl\u00e5","customerNumber":1001}]}'.encode()
    )


class Place(enum.StrEnum):
    HERE = "here"


def test_a_body_may_hold_subclasses() -> None:
    body = body_of(request(contract_uuid=Place.HERE, customer_number=HTTPStatus.OK))
    assert json.loads(body) == {"consumptions": [{"contractUuid": "here", "customerNumber": 200}]}


def test_a_body_may_be_a_list_of_models() -> None:
    body = operation.json_body("body", [request(), request()], decode.list_of(decode_validate_consumption_request))
    assert json.loads(body) == [{"consumptions": [{"contractUuid": "c-1", "customerNumber": 1001}]}] * 2


def test_wrong_body_attributes_are_refused() -> None:
    wrong = request()
    wrong.consumptions[0] = CANARY  # type: ignore[call-overload]
    with pytest.raises(ArgumentError, match=r"^body: must be a model whose attributes are") as caught:
        body_of(wrong)
    assert caught.value.__context__ is None


def test_an_unwritable_body_is_refused() -> None:
    wrong = request()
    wrong.consumptions[0].travel_date = datetime(2026, 3, 1)  # noqa: DTZ001 # the point
    with pytest.raises(ArgumentError, match=r"^travel_date: must be an aware datetime") as caught:
        body_of(wrong)
    assert caught.value.__context__ is None


def test_a_body_may_be_plain_json_already() -> None:
    assert json.loads(body_of({"consumptions": [CONSUMPTION]})) == {"consumptions": [CONSUMPTION]}


@pytest.mark.parametrize(
    ("body", "argument"),
    [
        (None, "body"),
        ("text", "body"),
        ({}, "body.consumptions"),
        ({"consumptions": [{"contractUuid": "c", "customerNumber": CANARY}]}, "body.consumptions[0].customerNumber"),
        ({"consumptions": [{**CONSUMPTION, "travelDate": "soon"}]}, "body.consumptions[0].travelDate"),
    ],
)
def test_a_wrong_body_is_refused_by_place(body: object, argument: str) -> None:
    with pytest.raises(ArgumentError, match="must be ") as caught:
        body_of(body)
    assert caught.value.argument == argument
    assert CANARY not in str(caught.value)


def test_a_wrong_item_of_a_body_is_named() -> None:
    with pytest.raises(ArgumentError) as caught:
        operation.json_body("body", [1, "2"], decode.list_of(decode.read_int))
    assert caught.value.argument == "body[1]"


def endless() -> dict[str, Any]:
    value: dict[str, Any] = {}
    value["again"] = value
    return value


def deep() -> list[Any]:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    return value


@define
class Deep:
    """Gives a document that is nested too deeply, and takes it apart by hand: Python may free it recursively."""

    value: list[Any]

    def close(self) -> None:
        while self.value:
            self.value = self.value.pop()


@pytest.mark.parametrize(
    "unwritable",
    [float("nan"), float("inf"), {1}, b"bytes", object(), "\ud800", {"\udfff": 1}, endless(), 10**5000],
    ids=["NaN", "inf", "set", "bytes", "object", "surrogate", "surrogate in a name", "circle", "digits"],
)
def test_what_json_has_not_is_refused(unwritable: object) -> None:
    made = request(contract_uuid=CANARY)
    made.consumptions[0].additional_properties["x-new"] = unwritable  # when it is made it would be refused
    with pytest.raises(ArgumentError, match="what JSON and UTF-8 can hold") as caught:
        body_of(made)
    error = caught.value
    assert error.argument == "body"
    assert error.__cause__ is error.__context__ is None
    assert CANARY.encode() not in pickle.dumps(error)


def test_a_text_that_utf8_has_not_is_refused() -> None:
    with pytest.raises(ArgumentError) as caught:
        body_of(request(contract_uuid="\ud800", additional_properties={"x": CANARY}))
    assert caught.value.__context__ is None
    assert CANARY.encode() not in pickle.dumps(caught.value)


def test_a_body_nested_too_deeply_is_refused() -> None:
    nested = Deep(deep())
    with pytest.raises(ArgumentError):
        body_of({"consumptions": [], "x-new": nested.value})
    nested.close()


# --- errors of a status


@pytest.mark.parametrize(
    ("documented", "body", "content_type", "is_documented", "parsed"),
    [
        ({404: decode.read_dict}, b'{"a": 1}', JSON, True, {"a": 1}),
        ({404: decode.read_dict}, b"[]", JSON, True, None),
        ({404: decode.read_dict}, b'{"a": NaN}', JSON, True, None),
        ({404: decode.read_dict}, b"<html>c4narY</html>", "text/html", True, None),
        ({404: decode.read_dict}, b"", JSON, True, None),
        ({404: None}, b'{"a": 1}', JSON, True, None),
        ({400: decode.read_dict}, b'{"a": 1}', JSON, False, None),
        ({}, b'{"a": 1}', JSON, False, None),
    ],
    ids=[
        "as described",
        "another form",
        "no JSON",
        "HTML",
        "empty",
        "no body described",
        "another status",
        "none listed",
    ],
)
def test_a_status_error_has_a_described_body(
    *, documented: operation.Documented, body: bytes, content_type: str, is_documented: bool, parsed: object
) -> None:
    error = operation.status_error(response(body, content_type, 404), documented)
    assert type(error) is StatusError
    assert (error.status, error.documented, error.body) == (404, is_documented, parsed)
    assert CANARY not in str(error)
