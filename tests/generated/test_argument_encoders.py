"""From an argument to what is sent: encoders, query, headers, segments of a path."""

import datetime as dt
import enum
import math
import re
import string
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contracts_client import ContractStatus
from contracts_client._generated.operations.get_contracts import get_contracts
from contracts_client.openapi import operation, parameters
from contracts_client.openapi.enums import OpenInt
from contracts_client.openapi.errors import ArgumentError

CANARY = "c4narY"
UTC = dt.UTC


class Direction(str, enum.Enum):  # noqa: UP042 # what users of older code bases have
    DOWN = "DESC"


class Modern(enum.StrEnum):
    DOWN = "DESC"


class Choice(enum.IntEnum):
    SEVEN = 7


class Level(OpenInt, known={"LOW": 1}):
    __slots__ = ()


@pytest.mark.parametrize(
    ("encode", "value", "text"),
    [
        (parameters.text, "a b", "a b"),
        (parameters.text, " ", " "),
        (parameters.text, "bl\u00e5b\u00e6r \U0001f686", "bl\u00e5b\u00e6r \U0001f686"),
        (parameters.text, Direction.DOWN, "DESC"),
        (parameters.text, Modern.DOWN, "DESC"),
        (parameters.text, ContractStatus.VALID, "VALID"),
        (parameters.integer, 0, "0"),
        (parameters.integer, -(2**63), "-9223372036854775808"),
        (parameters.integer, 2**63 - 1, "9223372036854775807"),
        (parameters.integer, Choice.SEVEN, "7"),
        (parameters.integer, Level(7), "7"),
        (parameters.number, 1.5, "1.5"),
        (parameters.number, 7, "7"),
        (parameters.number, Level(7), "7"),
        (parameters.number, Choice.SEVEN, "7"),
        (parameters.number, -0.0, "-0.0"),
        (parameters.boolean, True, "true"),
        (parameters.boolean, False, "false"),
        (parameters.date, dt.date(2026, 3, 1), "2026-03-01"),
        (parameters.date_time, dt.datetime(2026, 3, 1, tzinfo=UTC), "2026-03-01T00:00:00Z"),
        (parameters.date_or_date_time, dt.date(2026, 3, 1), "2026-03-01"),
        (parameters.date_or_date_time, dt.datetime(2026, 3, 1, tzinfo=UTC), "2026-03-01T00:00:00Z"),
    ],
)
def test_a_value_is_encoded_as_plain_text(encode: parameters.Encoder, value: object, text: str) -> None:
    found = encode("an_argument", value)
    assert found == text
    assert type(found) is str


NAIVE = dt.datetime(2026, 3, 1)  # noqa: DTZ001 # the point


@pytest.mark.parametrize(
    ("encode", "values"),
    [
        (parameters.text, ["", None, 7, b"a", ["a"], "\ud800", f"{CANARY}\udfff"]),
        (parameters.integer, [True, False, 1.0, "1", None, 2**63, -(2**63) - 1, math.nan, 10**5000]),
        (parameters.number, [True, "1", None, math.nan, math.inf, -math.inf, 10**400, 10**5000, 1j]),
        (parameters.boolean, [0, 1, "true", None, CANARY]),
        (parameters.date, ["2026-03-01", NAIVE, dt.datetime(2026, 3, 1, tzinfo=UTC), None, 7]),
        (parameters.date_time, ["2026-03-01T00:00:00Z", NAIVE, dt.date(2026, 3, 1), None, 7]),
        (parameters.date_or_date_time, ["2026-03-01", NAIVE, None, 7, dt.time(1)]),
        (parameters.array(parameters.text), [CANARY, b"ab", {CANARY: 1}, None, 7, [""], ["a", 7], [CANARY, None]]),
    ],
    ids=["text", "integer", "number", "boolean", "date", "date_time", "date_or_date_time", "array"],
)
def test_an_unsendable_value_is_not_shown(encode: parameters.Encoder, values: list[object]) -> None:
    for value in values:
        with pytest.raises(ArgumentError, match=r"^an_argument(\[\d\])?: must ") as caught:
            encode("an_argument", value)
        assert CANARY not in str(caught.value)
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "value", [["a", "b"], ("a", "b"), iter(["a", "b"]), {"a": 1, "b": 2}.keys()], ids=lambda v: type(v).__name__
)
def test_any_iterable_is_an_array(value: Any) -> None:
    assert parameters.array(parameters.text)("sort_by", value) == ["a", "b"]


def test_an_unsendable_item_is_named() -> None:
    with pytest.raises(ArgumentError) as caught:
        parameters.array(parameters.text)("sort_by", ["a", "", "c"])
    assert caught.value.argument == "sort_by[1]"


def test_an_array_of_arrays_is_refused() -> None:
    with pytest.raises(ArgumentError, match="must not hold lists"):
        parameters.array(parameters.array(parameters.text))("sort_by", [["a"]])


def test_an_array_is_repeated_in_its_place() -> None:
    asked = get_contracts(organisation_id=7, sort_by=["b", "a", "b"], include_order_line_events=False).request.query
    sorted_by = (("sortBy", "b"), ("sortBy", "a"), ("sortBy", "b"))
    assert asked == (("organisationId", "7"), *sorted_by, ("includeOrderLineEvents", "false"))
    assert get_contracts(sort_by=[]).request.query == ()


def test_absent_headers_are_left_out() -> None:
    found = parameters.headers(
        ("A", "a", None, parameters.text),
        ("B", "b", "x y", parameters.text),
        ("C", "c", [7, 8], parameters.array(parameters.integer)),
    )
    assert found == (("B", "x y"), ("C", "7"), ("C", "8"))


@given(st.text(max_size=30) | st.text(string.printable, max_size=30))
@example("")
@example(" a")
@example("a\n")
def test_a_header_value_is_visible_ascii(value: str) -> None:
    try:
        accepted = parameters.header_value("a_header", value)
    except ArgumentError as error:
        # The message is always the same, so it can't hold the value.
        assert str(error) == "a_header: must be visible ASCII characters, with spaces inside only"  # noqa: PT017
        assert re.fullmatch(r"[\x20-\x7e]+", value) is None or value != value.strip(" ")
    else:
        assert accepted == value
        assert value.isascii()
        assert value.isprintable()
        assert value == value.strip()
        assert value


@pytest.mark.parametrize(
    "value",
    ["a\r\nX-Evil: 1", "a\nb", "a\0", "a\x7f", "a\x01", " a", "a ", "\ta", "a\tb", "bl\u00e5", "a\u2028b"],
    ids=ascii,
)
def test_a_header_can_not_inject(value: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        parameters.headers(("X-A", "an_argument", value, parameters.text))
    assert caught.value.argument == "an_argument"


BASE = "https://api.example.com/v2/contracts"


def joined(segment: str) -> httpx.URL:
    return httpx.URL(f"{BASE}/{segment}/by-external-ref")


texts = (
    st.text(max_size=20)
    | st.text(st.sampled_from("./\\%2eEfF5cC?#:@;&= \r\n\t\0aå"), max_size=12)
    | st.lists(
        st.sampled_from(["..", ".", "%2e", "%2E", "%252e", "/", "\\", "%2f", "%5c", "a", ";", "?", "#", "//", "@"]),
        max_size=6,
    ).map("".join)
)


@given(texts)
@example("..")
@example("a/../../b")
@example("//evil.example.com")
@example("?page=1")
@example("#top")
@example("%2e%2e%2fadmin")
def test_a_segment_stays_one_segment(value: str) -> None:
    try:
        segment = parameters.segment("external_ref", value, parameters.text)
    except ArgumentError as error:
        assert error.argument == "external_ref"  # noqa: PT017 # both outcomes are right
        return
    url = joined(segment)
    assert (url.scheme, url.host, url.port, url.userinfo) == ("https", "api.example.com", None, b"")
    assert (url.query, url.fragment) == (b"", "")
    path = url.raw_path.decode("ascii")
    assert path.split("/")[:3] == ["", "v2", "contracts"]
    assert path.split("/")[4:] == ["by-external-ref"]
    assert unquote(path.split("/")[3]) == value


def encodings(text: str) -> st.SearchStrategy[str]:
    """Ways to write a text with some characters percent-encoded, once or on top of each other."""
    one = st.sampled_from(
        [lambda c: c, lambda c: f"%{ord(c):02x}", lambda c: f"%{ord(c):02X}", lambda c: f"%25{ord(c):02x}"]
    )
    return st.tuples(*[one.map(lambda write, c=c: write(c)) for c in text]).map("".join)


@given(
    st.sampled_from([".", ".."]).flatmap(encodings),
    st.sampled_from(["", "/", "\\", "a/", "a\\", "/a/"]).flatmap(encodings),
    st.sampled_from(["", "/", "\\", "/a", "\\a"]).flatmap(encodings),
)
def test_a_dot_segment_is_refused(dots: str, before: str, after: str) -> None:
    with pytest.raises(ArgumentError, match="external_ref: must not"):
        parameters.segment("external_ref", before + dots + after, parameters.text)


@pytest.mark.parametrize("value", ["..;x=1", "..%3bx", "a/..;/b", ".;", "%2e%2e%3B"])
def test_a_dot_segment_with_parameters_too(value: str) -> None:
    """Some servers cut off what follows a semicolon before they resolve dot segments."""
    with pytest.raises(ArgumentError, match="external_ref: must not hold the path segments"):
        parameters.segment("external_ref", value, parameters.text)


@pytest.mark.parametrize("value", [" ", "\t\n", "%20", "%2520", "\u00a0"], ids=ascii)
def test_a_blank_segment_is_refused(value: str) -> None:
    with pytest.raises(ArgumentError, match="must not be empty"):
        parameters.segment("external_ref", value, parameters.text)


@pytest.mark.parametrize("rounds", [10, 1000, 500_000])
def test_a_segment_encoded_often_is_refused(rounds: int) -> None:
    with pytest.raises(ArgumentError, match=r"over and over|longer than"):
        parameters.segment("external_ref", "%" + "25" * rounds + "2e", parameters.text)


@pytest.mark.parametrize(
    "value", ["...", ".a", "a.", "..a", "a..b", "100%", "50%25", "a%2fb", "ABC-DEF-123", "%", "%zz"]
)
def test_a_segment_may_hold_dots(value: str) -> None:
    segment = parameters.segment("external_ref", value, parameters.text)
    assert segment == quote(value, safe="")
    assert unquote(segment) == value


def test_a_number_may_be_a_segment() -> None:
    assert parameters.segment("customer_number", 1001, parameters.integer) == "1001"


@pytest.mark.parametrize(
    ("encode", "value", "rule"),
    [
        (parameters.text, "", "must not be empty"),
        (parameters.text, None, "must be a string"),
        (parameters.integer, "1001", "must be an integer"),
        (parameters.array(parameters.text), ["a"], "must be a single value"),
    ],
    ids=["empty", "none", "text for a number", "list"],
)
def test_several_values_are_no_segment(encode: parameters.Encoder, value: object, rule: str) -> None:
    with pytest.raises(ArgumentError, match=rule):
        parameters.segment("external_ref", value, encode)


def test_reprs_show_no_value() -> None:
    request = operation.Request(
        method="GET",
        template="/contracts/{external_ref}",
        path=f"/contracts/{CANARY}",
        query=(("customerNumber", CANARY),),
        headers=(("Entur-Customer-Number", CANARY),),
        body=CANARY.encode(),
    )
    response = operation.Response(status=200, headers={"set-cookie": CANARY}, body=CANARY.encode())
    assert CANARY not in repr(request) + repr(response)
    assert "/contracts/{external_ref}" in repr(request)


@pytest.mark.parametrize("make", [operation.Request, operation.Response])
def test_requests_are_made_by_keyword_alone(make: Callable[..., object]) -> None:
    with pytest.raises(TypeError):
        make("GET", "/", "/")
