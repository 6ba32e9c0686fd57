"""Writing JSON values, and what a repr shows of a personal one."""

import datetime as dt
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from attrs import define
from hypothesis import given
from hypothesis import strategies as st

from contracts_client import ContractStatus, TotalAmount
from contracts_client.openapi.dates import read_date, read_date_time, write_date, write_date_time
from contracts_client.openapi.decode import read_decimal
from contracts_client.openapi.encode import (
    require,
    require_any_of,
    require_json,
    require_list,
    require_number,
    write_any,
    write_decimal,
)
from contracts_client.openapi.enums import OpenInt
from contracts_client.openapi.errors import ArgumentError
from contracts_client.openapi.model import Model

CANARY = "c4narY"
UTC = dt.UTC


class Level(OpenInt, known={"LOW": 1}):
    __slots__ = ()


class NoOffset(dt.tzinfo):
    """A zone that does not say."""

    def utcoffset(self, _: dt.datetime | None) -> None:
        return None


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (dt.datetime(2026, 3, 1, 8, 30, tzinfo=UTC), "2026-03-01T08:30:00Z"),
        (dt.datetime(2026, 3, 1, 8, 30, 0, 500, tzinfo=UTC), "2026-03-01T08:30:00.000500Z"),
        (dt.datetime(2026, 3, 1, 8, 30, tzinfo=ZoneInfo("Europe/Oslo")), "2026-03-01T08:30:00+01:00"),
        (dt.datetime(2026, 7, 1, 8, 30, tzinfo=ZoneInfo("Europe/Oslo")), "2026-07-01T08:30:00+02:00"),
        (dt.datetime(2026, 3, 1, tzinfo=dt.timezone(dt.timedelta(hours=-3.5))), "2026-03-01T00:00:00-03:30"),
        (dt.datetime(2026, 3, 1, tzinfo=dt.timezone(dt.timedelta(0), "GMT")), "2026-03-01T00:00:00Z"),
        (dt.datetime(2026, 3, 1, tzinfo=dt.timezone(dt.timedelta(seconds=30))), "2026-02-28T23:59:30Z"),
        (dt.datetime(1900, 1, 1, tzinfo=ZoneInfo("Europe/Amsterdam")), "1899-12-31T23:40:28Z"),
        (dt.datetime(999, 3, 1, tzinfo=UTC), "0999-03-01T00:00:00Z"),
    ],
    ids=["utc", "microseconds", "winter", "summer", "minus", "named utc", "seconds", "old Amsterdam", "early"],
)  # fmt: skip
def test_a_moment_is_written_in_rfc_3339(moment: dt.datetime, text: str) -> None:
    assert write_date_time(moment, "travel_date") == text


@given(
    st.datetimes(
        dt.datetime(2, 1, 1),  # noqa: DTZ001 # Hypothesis wants them naive
        dt.datetime(9998, 1, 1),  # noqa: DTZ001 # likewise
        timezones=st.timezones()
        | st.builds(dt.timezone, st.timedeltas(dt.timedelta(hours=-23), dt.timedelta(hours=23))),
    )
)
def test_a_written_moment_is_read_the_same(moment: dt.datetime) -> None:
    offset = moment.utcoffset()
    assert offset is not None
    # As a plain offset: comparing across zones is odd where clocks are put back.
    assert read_date_time(write_date_time(moment, "a")) == moment.replace(tzinfo=dt.timezone(offset))


@pytest.mark.parametrize(
    "value",
    [dt.datetime(2026, 3, 1), dt.datetime(2026, 3, 1, tzinfo=NoOffset())],  # noqa: DTZ001 # the point
    ids=["naive", "a zone that does not say"],
)
def test_a_naive_moment_is_refused(value: dt.datetime) -> None:
    with pytest.raises(ArgumentError, match="aware datetime") as caught:
        write_date_time(value, "travel_date")
    assert caught.value.argument == "travel_date"


WRITERS: dict[str, Callable[[Any, str], str]] = {
    "moment": write_date_time,
    "date": write_date,
    "decimal": write_decimal,
}


@pytest.mark.parametrize(
    "value", [None, CANARY, 7, 1.5, True, [], {}, object()], ids=lambda value: type(value).__name__
)
@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_another_type_is_refused_by_argument(write: Callable[[Any, str], str], value: object) -> None:
    with pytest.raises(ArgumentError, match=r"^an_argument: must be a") as caught:
        write(value, "an_argument")
    assert CANARY not in str(caught.value)


def test_dates_and_moments_are_told_apart() -> None:
    with pytest.raises(ArgumentError):
        write_date_time(dt.date(2026, 3, 1), "a")
    with pytest.raises(ArgumentError):
        write_date(dt.datetime(2026, 3, 1, tzinfo=UTC), "a")


@given(st.dates())
def test_a_written_date_is_read_as_the_same(value: dt.date) -> None:
    assert read_date(write_date(value, "a")) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [("1.50", "1.50"), ("-0.00", "-0.00"), ("1E+3", "1000"), ("1E-7", "0.0000001"), ("0E-2", "0.00"), (".5", "0.5")],
)
def test_a_decimal_has_no_exponent(value: str, text: str) -> None:
    assert write_decimal(Decimal(value), "amount") == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40))
def test_a_written_decimal_is_read_the_same(value: Decimal) -> None:
    assert read_decimal(write_decimal(value, "a")) == value


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_decimal_must_be_finite(value: str) -> None:
    with pytest.raises(ArgumentError, match="finite Decimal"):
        write_decimal(Decimal(value), "amount")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (dt.datetime(2026, 3, 1, tzinfo=UTC), "2026-03-01T00:00:00Z"),
        (dt.date(2026, 3, 1), "2026-03-01"),
        (Decimal("1.50"), "1.50"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (ContractStatus.VALID, "VALID"),
        (ContractStatus("FROZEN"), "FROZEN"),
        (Level.LOW, 1),  # type: ignore[attr-defined]
        (TotalAmount(amount=Decimal("1.50")), {"amount": "1.50"}),
        ([dt.date(2026, 3, 1), [Decimal(1)]], ["2026-03-01", ["1"]]),
        ("text", "text"),
        (3101, 3101),
        (True, True),
        (None, None),
        ({"a": 1}, {"a": 1}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_several_types_are_written_as_each(value: object, written: object) -> None:
    found = write_any(value, "code")
    assert found == written
    assert type(found) is type(written)


def test_several_types_refuse_as_each_would() -> None:
    with pytest.raises(ArgumentError, match="code"):
        write_any([dt.datetime(2026, 3, 1)], "code")  # noqa: DTZ001 # the point


@define(kw_only=True, repr=False)
class Shown(Model):
    """A model with a value of each kind that its repr treats in its own way."""

    plain: object = None
    personal: object = None
    _personal = frozenset({"personal"})


def shown(**values: Any) -> str:
    return repr(Shown(**values))


def test_a_repr_leaves_out_what_is_not_there() -> None:
    assert shown() == "Shown()"
    assert shown(plain="a") == "Shown(plain='a')"


@pytest.mark.parametrize("value", [CANARY, 0, "", False, [], [CANARY], {CANARY: CANARY}], ids=repr)
def test_a_repr_masks_a_personal_value(value: object) -> None:
    assert shown(personal=value) == "Shown(personal=***)"


def test_a_repr_counts_unknown_properties() -> None:
    assert shown(additional_properties={CANARY: 1, "b": CANARY}) == "Shown(<2 unknown>)"


def test_a_repr_counts_a_long_list() -> None:
    assert shown(plain=[1, 2, 3]) == "Shown(plain=[1, 2, 3])"
    assert shown(plain=[1, 2, 3, CANARY]) == "Shown(plain=[4 items])"
    assert shown(plain=[[], [1]]) == "Shown(plain=[[], [1 items]])"


def test_a_repr_does_not_show_unknown_values() -> None:
    assert shown(plain={CANARY: CANARY, "b": 1}) == "Shown(plain=<2 properties>)"
    assert shown(plain=[{CANARY: CANARY}]) == "Shown(plain=[<1 properties>])"


@pytest.mark.parametrize(
    "value", ["x" * 10**6, Decimal("1" * 1000), ContractStatus("x" * 1000)], ids=["text", "Decimal", "enumeration"]
)
def test_a_repr_cuts_what_is_long(value: object) -> None:
    assert len(shown(plain=value)) < 130
    assert shown(plain=value).rstrip(")").removesuffix(", unknown").endswith("...")
    assert shown(plain="x" * 78) == f"Shown(plain='{'x' * 78}')"


def test_a_repr_shows_moments_in_iso_8601() -> None:
    assert shown(plain=dt.date(2026, 3, 1)) == "Shown(plain=2026-03-01)"
    assert shown(plain=[dt.datetime(2026, 3, 1, tzinfo=UTC)]) == "Shown(plain=[2026-03-01T00:00:00+00:00])"


def test_a_repr_shows_models_within() -> None:
    inner = Shown(plain="x" * 60, personal=CANARY)
    assert shown(plain=[inner]) == f"Shown(plain=[Shown(plain='{'x' * 60}', personal=***)])"


def test_a_wrong_type_is_named_without_value() -> None:
    require("uuid", "a", str)
    require("number", 7, int)
    cases: list[tuple[object, type]] = [(CANARY, int), (7, str), (True, int), (None, str)]
    for value, kind in cases:
        with pytest.raises(ArgumentError) as caught:
            require("uuid", value, kind)
        assert str(caught.value) == f"uuid: must be of type {kind.__name__}"


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1])
def test_an_integer_to_send_has_64_bits(number: int) -> None:
    require("number", 2**63 - 1, int)
    require("number", -(2**63), int)
    with pytest.raises(ArgumentError, match=r"^number: must be an integer of 64 bits$"):
        require("number", number, int)


@pytest.mark.parametrize("number", [0, 1, -1.5, 2**70])
def test_an_integer_is_a_number_too(number: float) -> None:
    require_number("weight", number)


@pytest.mark.parametrize(
    "number", [True, "1", None, math.nan, math.inf, 10**400, Decimal(1)], ids=lambda each: str(each)[:9]
)
def test_a_number_json_has_not_is_refused(number: object) -> None:
    with pytest.raises(ArgumentError, match=r"^weight: must be a finite number$") as caught:
        require_number("weight", number)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("value", [None, 1, "a", [1.5, {"a": []}]], ids=str)
def test_any_json_value_may_be_sent(value: object) -> None:
    require_json("note", value)


@pytest.mark.parametrize(
    "value", [object(), {1}, [math.nan], dt.date(2026, 3, 1), 10**5000], ids=lambda each: type(each).__name__
)
def test_a_value_json_has_not_is_refused(value: object) -> None:
    with pytest.raises(ArgumentError, match=r"^note: must be a value that JSON can hold$") as caught:
        require_json("note", value)
    assert caught.value.__context__ is None


def test_several_types_are_checked_in_turn() -> None:
    def is_text(argument: str, value: object) -> None:
        require(argument, value, str)

    require_any_of("code", 7, "float | str", is_text, require_number)
    require_any_of("code", "7", "float | str", is_text, require_number)
    with pytest.raises(ArgumentError, match=r"^code: must be of type float \| str$") as caught:
        require_any_of("code", [CANARY], "float | str", is_text, require_number)
    assert caught.value.__context__ is None


def test_a_list_is_checked_item_by_item() -> None:
    def check(argument: str, value: object) -> None:
        require(argument, value, str)

    require_list("names", ["a", "b"], check)
    with pytest.raises(ArgumentError, match=r"^names: must be of type list$"):
        require_list("names", "ab", check)
    with pytest.raises(ArgumentError, match=r"^names\[1\]: must be of type str$"):
        require_list("names", ["a", 7], check)


def test_a_moment_outside_of_utc_is_refused() -> None:
    """Its offset has seconds, which RFC 3339 has not, and UTC would be before the calendar."""
    moment = dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=1, seconds=1)))
    with pytest.raises(ArgumentError, match="years 1 to 9999") as caught:
        write_date_time(moment, "travel_date")
    assert caught.value.__context__ is None
