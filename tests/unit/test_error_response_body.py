"""What an error response says: the API's shape, RFC 9457, the gateway's, or nothing."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts_client import ErrorBody, defaults
from contracts_client.calls.outcomes import parse_error_body
from contracts_client.openapi.operation import Response


def parsed(body: Any, content_type: str = "application/json") -> ErrorBody | None:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return parse_error_body(Response(status=400, headers={"content-type": content_type}, body=raw))


def read(body: Any, content_type: str = "application/json") -> ErrorBody:
    found = parsed(body, content_type)
    assert found is not None
    return found


def test_the_api_s_error_form_is_read() -> None:
    """The API's own shape is read as it is."""
    own = {
        "path": "/customers/v2/benefits/contracts",
        "error": "Bad Request",
        "status": 400,
        "message": "perPage is too large",
        "timestamp": "2026-01-01T00:00:00Z",
        "correlationId": "an-id",
        "errorCode": "PER_PAGE_TOO_LARGE",
        "errors": [{"field": "perPage"}],
        "hint": "fewer",
    }
    assert read(own).to_dict() == own


def test_an_rfc_9457_problem_is_read() -> None:
    """A problem of rfc 9457 is read under the API's names."""
    body = read(
        {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "no such contract", "instance": "/a"},
        "application/problem+json; charset=utf-8",
    )
    assert (body.error, body.message, body.path, body.status) == ("Not Found", "no such contract", "/a", 404)
    assert body.additional_properties == {"type": "about:blank"}


@pytest.mark.parametrize("name", ["title", "detail", "instance"])
def test_one_name_of_rfc_9457_is_enough(name: str) -> None:
    assert read({name: "a"}).additional_properties == {}


def test_a_message_makes_it_the_api_s_form() -> None:
    """A body with a message is the API's own, also with other members."""
    body = read({"message": "m", "title": "t", "detail": "d"})
    assert (body.message, body.error) == ("m", None)
    assert body.additional_properties == {"title": "t", "detail": "d"}


def test_the_gateway_s_fault_is_read() -> None:
    detail = {"errorcode": "policies.ratelimit.QuotaViolation"}
    body = read({"fault": {"faultstring": "Rate limit quota violation", "detail": detail}})
    assert (body.message, body.error_code) == ("Rate limit quota violation", "policies.ratelimit.QuotaViolation")


@pytest.mark.parametrize("detail", [None, "text", [], 7, {}, {"errorcode": None}], ids=repr)
def test_a_fault_without_a_code_has_none(detail: object) -> None:
    body = read({"fault": {"faultstring": "no", "detail": detail}})
    assert (body.message, body.error_code) == ("no", None)


def test_a_fault_text_is_an_extra_property() -> None:
    """A fault that is no object is just another property."""
    assert read({"fault": "text", "message": "m"}).additional_properties == {"fault": "text"}


@pytest.mark.parametrize(
    "body",
    [
        {"message": 7},
        {"status": "400"},
        {"status": True},
        {"timestamp": "yesterday"},
        {"timestamp": 1767225600000},
        {"errors": {"a": 1}},
        {"fault": {"faultstring": 7, "detail": {"errorcode": 8}}},
    ],
    ids=json.dumps,
)
def test_a_property_of_a_wrong_type_is_none(body: dict[str, Any]) -> None:
    """A property of another type is none and never an error."""
    found = read(body)
    assert (found.message, found.status, found.timestamp, found.errors, found.error_code) == (None,) * 5


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
        (b'"text"', "application/json"),
        (b"{", "application/json"),
        (b'{"message": NaN}', "application/json"),
        (b"[" * 200_000, "application/json"),
        (b"\xff\xfe\xfd", "application/json"),
        (b"<html>Bad Gateway</html>", "text/html"),
        (b'{"message": "m"}', "text/plain"),
        (b'{"message": "m"}', ""),
    ],
    ids=["empty", "array", "null", "string", "cut", "NaN", "deep", "no UTF-8", "html", "plain text", "no type"],
)
def test_a_body_without_an_object_is_ignored(body: bytes, content_type: str) -> None:
    """A body that is no JSON object says nothing."""
    assert parsed(body, content_type) is None


def test_a_body_that_is_too_large_is_ignored() -> None:
    """A body that is too large to be looked at says nothing."""
    bare = len(json.dumps({"message": ""}))
    assert parsed({"message": "m" * (defaults.MAX_ERROR_BYTES - bare)}) is not None
    assert parsed({"message": "m" * (defaults.MAX_ERROR_BYTES - bare + 1)}) is None


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
names = st.sampled_from(
    [
        *("path", "error", "status", "message", "timestamp", "correlationId", "errorCode", "errors"),
        *("title", "detail", "instance", "fault", "faultstring", "errorcode"),
    ]
)
bodies = st.dictionaries(names | st.text(max_size=5), json_values | st.dictionaries(names, json_values), max_size=6)


@given(bodies)
def test_no_json_object_is_ever_an_error(body: dict[str, Any]) -> None:
    assert isinstance(ErrorBody.from_dict(body), ErrorBody)
    assert isinstance(parsed(body), ErrorBody)
