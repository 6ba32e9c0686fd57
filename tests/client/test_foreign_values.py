"""Integers, booleans and missing times of other libraries, which are duck-typed here as numpy and pandas make them."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from raw_server import always, json_answer, page_answer, raw_server

from contracts_client import Claim, Consumption, ContractsClient, InvalidArgumentError, RateLimits, RetryPolicy
from contracts_client.openapi import fast


class Int64:
    """As numpy.int64: no int, but it has __index__."""

    dtype, shape = "int64", ()

    def __init__(self, value: int) -> None:
        self._value = value

    def __index__(self) -> int:
        return self._value


class Bool:
    """As numpy.bool: no bool, and it may have __index__."""

    dtype, shape = "bool", ()

    def __init__(self, value: bool) -> None:  # noqa: FBT001 # as numpy's
        self._value = value

    def __bool__(self) -> bool:
        return self._value

    def __index__(self) -> int:
        return int(self._value)


class Array:
    """As numpy.ndarray: it has __index__, which refuses."""

    dtype, shape = "bool", (2,)

    def __index__(self) -> int:
        raise TypeError("only integer scalar arrays can be converted to a scalar index")


class NaTType(dt.datetime):
    """As pandas.NaT: a datetime to isinstance(), which can't be asked for its offset."""

    def __str__(self) -> str:
        return "NaT"

    def utcoffset(self) -> Any:
        raise ValueError("NaTType does not support utcoffset")


class datetime64:  # noqa: N801 # numpy's name
    """As numpy.datetime64("NaT")."""

    def __str__(self) -> str:
        return "NaT"


NUMBER: Any = Int64(471147)
NAT = NaTType(1, 1, 1)


async def test_integers_of_numpy_are_sent() -> None:
    """An integer or a boolean of numpy is sent as one of Python."""
    async with raw_server(always(page_answer())) as server:
        client = ContractsClient(
            "acme-shop",
            base_url=server.url,
            max_concurrency=Int64(2),  # type: ignore[arg-type]
            deadline=Int64(5),  # type: ignore[arg-type]
            retry=RetryPolicy(max_attempts=Int64(2)),  # type: ignore[arg-type]
            limits=RateLimits(per_minute=Int64(100)),  # type: ignore[arg-type]
        )
        async with client:
            listing = client.list_contracts(
                customer_number=NUMBER,
                organisation_id=NUMBER,
                per_page=NUMBER,
                include_order_line_events=Bool(True),  # type: ignore[arg-type]
                limit=NUMBER,
                prefetch=Int64(0),  # type: ignore[arg-type]
                deduplicate=Bool(True),  # type: ignore[arg-type]
            )
            assert await listing.collect() == []
    line = server.requests[0].partition(b"\r\n")[0].decode()
    for part in ("customerNumber=471147", "organisationId=471147", "perPage=471147", "includeOrderLineEvents=true"):
        assert part in line


async def test_a_consumption_of_numpy_is_sent() -> None:
    """A consumption with an integer of numpy is written as JSON."""
    async with (
        raw_server(always(json_answer({"isValid": True}))) as server,
        ContractsClient("acme-shop", base_url=server.url) as client,
    ):
        await client.validate_consumption([Consumption(contract_uuid="c-1", customer_number=NUMBER)])
        assigned = Consumption(contract_uuid="c-1", customer_number=1)
        assigned.customer_number = NUMBER
        await client.validate_consumption([assigned])
    for request in server.requests:
        body = json.loads(request.partition(b"\r\n\r\n")[2])
        assert body == {"consumptions": [{"contractUuid": "c-1", "customerNumber": 471147}]}


class Text(str):
    """As numpy.str_: a string that is no plain one, and that compares with a tuple as an array does."""

    __slots__ = ()

    def __ne__(self, other: object) -> Any:
        return Array() if isinstance(other, tuple) else str.__ne__(self, other)

    __hash__ = str.__hash__


@pytest.mark.parametrize("has_msgspec", [True, False])
def test_models_of_numpy_travel(monkeypatch: pytest.MonkeyPatch, has_msgspec: bool) -> None:  # noqa: FBT001
    """A model with numbers, booleans and strings of numpy is written and shown as one of Python's."""
    if not has_msgspec:
        monkeypatch.setattr(fast, "fast_json", lambda: None)
    consumption = Consumption(contract_uuid=Text("c-1"), customer_number=NUMBER)
    assert json.dumps(consumption.to_dict()) == '{"contractUuid": "c-1", "customerNumber": 471147}'
    assert consumption.to_json() == b'{"contractUuid":"c-1","customerNumber":471147}'
    assert repr(consumption) == "Consumption(contract_uuid='c-1', customer_number=***)"
    claim = Claim(success=Bool(True), customer_number=NUMBER)  # type: ignore[arg-type]
    assert claim.to_json() == b'{"success":true,"customerNumber":471147}'


async def test_ways_out_take_numpy() -> None:
    """The query and the body of a request of one's own take integers and booleans of numpy, and amounts."""
    values = {"a": Int64(3), "b": Bool(True), "c": Decimal("1.50"), "d": [Int64(1), 2]}
    async with (
        raw_server(always(json_answer({}))) as server,
        ContractsClient("acme-shop", base_url=server.url) as client,
    ):
        await client.request("POST", "/x", query=values, json=values)  # type: ignore[arg-type]
        with pytest.raises(InvalidArgumentError, match=r"json must be a time, not NaT \(not a time\): leave it out"):
            await client.request("POST", "/x", json={"t": NAT})
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /x?a=3&b=true&c=1.50&d=1&d=2 ")
    assert json.loads(body) == {"a": 3, "b": True, "c": "1.50", "d": [1, 2]}


@pytest.mark.parametrize("value", [Bool(True), Array(), 1.0, True, "1", Int64(0), Int64(2**63)])
async def test_what_is_no_integer_is_refused(value: Any) -> None:
    """A boolean or an array of numpy is no integer, and no number out of range is one."""
    async with ContractsClient("acme-shop", base_url="http://127.0.0.1:9") as client:
        with pytest.raises(InvalidArgumentError, match="customer_number must be an integer from 1, within 64 bits"):
            await client.list_valid_contracts(value)
        with pytest.raises(InvalidArgumentError, match="include_expired_contracts must be True or False"):
            await client.list_valid_contracts(1, include_expired_contracts=Array())  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [NAT, datetime64()])
async def test_a_missing_time_is_named(value: Any) -> None:
    """NaT is refused by its name, for a filter, a date and a model."""
    said = r"must be a time, not NaT \(not a time\): leave it out instead"
    async with ContractsClient("acme-shop", base_url="http://127.0.0.1:9") as client:
        with pytest.raises(InvalidArgumentError, match=f"travel_date {said}"):
            await client.list_valid_contracts(1, travel_date=value)
        with pytest.raises(InvalidArgumentError, match=f"consumable_after {said}"):
            await client.list_contracts(consumable_after=value)
        with pytest.raises(ValueError, match=f"travel_date {said}"):
            Consumption(contract_uuid="c-1", customer_number=1, travel_date=value)
