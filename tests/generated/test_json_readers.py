"""Reading JSON values: the right type and no other, and an error that never holds the value."""

import contextlib
import datetime as dt
import gc
import math
import pickle
import time
import traceback
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts_client.openapi.dates import read_date, read_date_time
from contracts_client.openapi.decode import (
    decoded,
    drained,
    list_of,
    mismatch,
    read_any,
    read_bool,
    read_decimal,
    read_dict,
    read_float,
    read_int,
    read_list,
    read_none,
    read_str,
    read_union,
    read_uuid,
    union_of,
)
from contracts_client.openapi.errors import DecodeError

CANARY = "c4narY"
UTC = dt.UTC


def zone(hours: float) -> dt.timezone:
    return dt.timezone(dt.timedelta(hours=hours))


# One value of each JSON type; an integral float, since a server may write one.
VALUES: dict[str, Any] = {
    "nothing": None,
    "a boolean": True,
    "an integer": 1,
    "a number": 1.0,
    "a string": CANARY,
    "an array": [CANARY],
    "an object": {CANARY: CANARY},
}
TAKES: dict[str, tuple[Callable[[Any], Any], str, set[str]]] = {
    "none": (read_none, "null", {"nothing"}),
    "str": (read_str, "a string", {"a string"}),
    "int": (read_int, "an integer of 64 bits", {"an integer"}),
    "bool": (read_bool, "a boolean", {"a boolean"}),
    "float": (read_float, "a finite number", {"an integer", "a number"}),
    "decimal": (read_decimal, "a decimal number in a string", set()),
    "date": (read_date, "an ISO 8601 date in a string", set()),
    "date-time": (read_date_time, "an ISO 8601 date and time in a string", set()),
    "uuid": (read_uuid, "a UUID in a string", set()),
    "dict": (read_dict, "an object", {"an object"}),
    "list": (list_of(read_any), "an array", {"an array"}),
}


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("reader", TAKES)
def test_a_reader_takes_its_own_type_alone(reader: str, kind: str) -> None:
    read, expected, takes = TAKES[reader]
    value = VALUES[kind]
    if kind in takes:
        assert read(value) == value
        return
    with pytest.raises(DecodeError) as caught:
        read(value)
    assert (caught.value.expected, caught.value.found, caught.value.path) == (expected, kind, "")
    assert str(caught.value) == f"the document: expected {expected}, found {kind}"


@pytest.mark.parametrize("reader", [name for name in TAKES if name != "none"])
def test_an_error_holds_nothing_of_the_value(reader: str) -> None:
    read = TAKES[reader][0]
    value = [CANARY] if reader == "str" else CANARY
    with pytest.raises(DecodeError) as caught:
        read(value)
    error = caught.value
    shown = [str(error), repr(error), str(error.args), *traceback.format_exception_only(error)]
    assert not [text for text in shown if CANARY in text]
    assert CANARY.encode() not in pickle.dumps(error)
    assert error.__cause__ is None


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_any_value_is_read_as_it_is(value: object) -> None:
    assert read_any(value) is value


@pytest.mark.parametrize("value", [0, -1, 2**31, 2**53 + 1, 2**63 - 1, -(2**63)])
def test_an_integer_keeps_every_digit(value: int) -> None:
    assert read_int(value) == value


@pytest.mark.parametrize("value", [True, False])
def test_booleans_and_numbers_are_told_apart(value: bool) -> None:  # noqa: FBT001 # a case
    for read in (read_int, read_float):
        with pytest.raises(DecodeError, match="found a boolean"):
            read(value)
    with pytest.raises(DecodeError, match="found an integer"):
        read_bool(int(value))


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, 10**400], ids=["above", "below", "huge"])
def test_an_integer_has_64_bits(value: int) -> None:
    with pytest.raises(DecodeError, match="expected an integer of 64 bits, found an integer"):
        read_int(value)


@pytest.mark.parametrize("value", [0.0, -0.5, 5e-324, 1.7976931348623157e308, 1, -(2**53)])
def test_a_number_is_a_finite_float(value: float) -> None:
    assert read_float(value) == value
    assert type(read_float(value)) is float


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, -math.inf, 10**400, -(10**400)], ids=["nan", "inf", "-inf", "huge", "-huge"]
)
def test_a_number_too_large_is_no_float(value: float) -> None:
    with pytest.raises(DecodeError, match="expected a finite number"):
        read_float(value)


@pytest.mark.parametrize(
    "text", ["0", "1.50", "-1.50", "+1.5", ".50", "-.50", "1.", "007.10", "9" * 60 + ".01", "0." + "0" * 60 + "1"]
)
def test_a_decimal_keeps_every_digit(text: str) -> None:
    value = read_decimal(text)
    assert value == Decimal(text)
    assert value.as_tuple() == Decimal(text).as_tuple()


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=2))
def test_a_decimal_of_two_places_is_itself(value: Decimal) -> None:
    assert read_decimal(f"{value:f}").as_tuple() == value.as_tuple()


@pytest.mark.parametrize(
    "text",
    ["", " ", ".", "-", "+", "1e3", "1E3", "1e999999999", "NaN", "nan", "sNaN", "Infinity", "-inf", " 1.50", "1.50 ",
     "1.50\n", "1,50", "1_000", "1.2.3", "--1", "\u0661.\u0665\u0660", "\uff11.50", "0x10", "1 000", "12.50 NOK"],
    ids=ascii,
)  # fmt: skip
def test_python_s_own_decimals_are_refused(text: str) -> None:
    with pytest.raises(DecodeError, match="expected a decimal number in a string, found a string"):
        read_decimal(text)


@pytest.mark.parametrize("text", ["2026-02-28", "2024-02-29", "0001-01-01", "9999-12-31"])
def test_a_date_is_four_two_and_two_digits(text: str) -> None:
    value = read_date(text)
    assert type(value) is dt.date
    assert value.isoformat() == text


@pytest.mark.parametrize(
    "text",
    ["", "2026-2-8", "2026-02-30", "2025-02-29", "2026-13-01", "0000-01-01", "20260228", "2026-W09-6", "2026-02-28Z",
     "2026-02-28T00:00:00", " 2026-02-28", "2026-02-28\n", "\u0662026-02-28", "28.02.2026", "10000-01-01"],
    ids=ascii,
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    with pytest.raises(DecodeError, match="expected an ISO 8601 date in a string"):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01T08:30:00Z", dt.datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01T08:30:00z", dt.datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01t08:30:00Z", dt.datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01 08:30:00Z", dt.datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01T08:30:00", dt.datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01T08:30", dt.datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01T08:30:00+0000", dt.datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01T08:30:00-00:00", dt.datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01T08:30:00+02:00", dt.datetime(2026, 3, 1, 8, 30, tzinfo=zone(2))),
        ("2026-03-01T08:30:00-0330", dt.datetime(2026, 3, 1, 8, 30, tzinfo=zone(-3.5))),
        ("2026-03-01T08:30:00+02", dt.datetime(2026, 3, 1, 8, 30, tzinfo=zone(2))),
        ("2026-03-01T08:30:00.5Z", dt.datetime(2026, 3, 1, 8, 30, 0, 500_000, tzinfo=UTC)),
        ("2026-03-01T08:30:00,5Z", dt.datetime(2026, 3, 1, 8, 30, 0, 500_000, tzinfo=UTC)),
        ("2026-03-01T08:30:00.123456789Z", dt.datetime(2026, 3, 1, 8, 30, 0, 123_457, tzinfo=UTC)),
        ("2026-03-01T08:30:00.1234564Z", dt.datetime(2026, 3, 1, 8, 30, 0, 123_456, tzinfo=UTC)),
        ("2026-03-01T08:30:59.9999999Z", dt.datetime(2026, 3, 1, 8, 31, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", dt.datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59:59.999999-14:00", dt.datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=zone(-14))),
    ],
)  # fmt: skip
def test_a_moment_without_an_offset_is_utc(text: str, moment: dt.datetime) -> None:
    value = read_date_time(text)
    assert value == moment
    assert value.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize(
    "text",
    ["", CANARY, "2026-03-01", "08:30:00", "2026-03-01T", "2026-03-01T08:30:0", "2026-03-01T25:00:00Z",
     "2026-03-01T08:60:00Z", "2026-03-01T08:30:61Z", "2026-02-30T08:30:00Z", "2026-03-01T08:30:00+25:00",
     "2026-03-01T08:30:00+2:00", "2026-03-01T08:30:00ZZ", "2026-03-01T08:30:00Z\n", " 2026-03-01T08:30:00Z",
     "2026-03-01T08:30:00 Europe/Oslo", "\u0662026-03-01T08:30:00Z", "1767225600000", "1 Mar 2026 08:30:00 GMT",
     "9999-12-31T23:59:59.9999999Z", "26-03-01T08:30:00Z", "2026-3-1T08:30:00Z", "0000-01-01T00:00:00Z"],
    ids=ascii,
)  # fmt: skip
def test_what_is_no_moment_is_none(text: str) -> None:
    with pytest.raises(DecodeError, match="expected an ISO 8601 date and time in a string, found a string") as caught:
        read_date_time(text)
    assert caught.value.__cause__ is None
    assert CANARY not in "".join(traceback.format_exception_only(caught.value))


def test_the_local_zone_plays_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine in UTC can't tell this from the local time."""
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "EST5EDT,M3.2.0,M11.1.0")
        time.tzset()
        try:
            moment = read_date_time("2026-03-01T08:30:00")
        finally:
            elsewhere.undo()
            time.tzset()
    assert moment == dt.datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    assert moment.utcoffset() == dt.timedelta(0)


@pytest.mark.parametrize("value", [1767225600, 1767225600000, 1767225600.5])
def test_seconds_of_an_epoch_are_no_moment(value: float) -> None:
    with pytest.raises(DecodeError):
        read_date_time(value)


@given(
    st.text(max_size=30)
    | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.,]{0,14}[Zz+\-0-9:]{0,6}", fullmatch=True)
)
def test_any_text_is_a_moment_or_an_error(text: str) -> None:
    try:
        moment = read_date_time(text)
    except DecodeError:
        return
    assert moment.utcoffset() is not None


@given(st.datetimes(timezones=st.timezones() | st.just(UTC)))
def test_python_s_own_moments_are_read(moment: dt.datetime) -> None:
    offset = moment.utcoffset()
    text = moment.isoformat()
    if offset is not None and offset.total_seconds() % 60 == 0:
        assert read_date_time(text) == moment.replace(tzinfo=dt.timezone(offset))


def test_a_uuid_is_read_in_either_case() -> None:
    text = "0b9f5f2e-1c1d-4a55-9d7c-8d1c3c9a1f00"
    assert read_uuid(text) == read_uuid(text.upper()) == UUID(text)


@pytest.mark.parametrize(
    "text",
    [
        "1_345678-1234-5678-1234-567812345678",
        "\u06612345678-1234-5678-1234-567812345678",
        "{12345678-1234-5678-1234-567812345678}",
        "urn:uuid:12345678-1234-5678-1234-567812345678",
        "12345678123456781234567812345678",
        "12345678-1234-5678-1234-567812345678\n",
    ],
    ids=ascii,
)
def test_python_s_own_uuids_are_refused(text: str) -> None:
    with pytest.raises(DecodeError):
        read_uuid(text)


@pytest.mark.parametrize("text", ["", "c-1", "0b9f5f2e-1c1d-4a55-9d7c-8d1c3c9a1f0", "g" * 32])
def test_what_is_no_uuid_is_none(text: str) -> None:
    with pytest.raises(DecodeError, match="expected a UUID in a string"):
        read_uuid(text)


def test_an_object_is_not_copied() -> None:
    value = {"a": object()}
    assert read_dict(value) is value


def test_an_array_becomes_a_new_list() -> None:
    value = ["1.5", "2.5"]
    assert read_list(value, read_decimal) == [Decimal("1.5"), Decimal("2.5")]
    assert read_list(value, read_any) is not value
    assert read_list([], read_str) == []


@pytest.mark.parametrize("bad", [0, 1, 2])
def test_a_wrong_item_is_named_by_its_index(bad: int) -> None:
    value: list[object] = ["a", "b", "c"]
    value[bad] = 7
    with pytest.raises(DecodeError) as caught:
        read_list(value, read_str)
    assert caught.value.path == f"[{bad}]"


def test_a_drained_list_gives_items_in_order() -> None:
    items = ["a", "b", "c"]
    left = [(item, len(items)) for item in drained(items)]
    assert left == [("a", 2), ("b", 1), ("c", 0)]


def test_arrays_in_arrays_name_both_indexes() -> None:
    read = list_of(list_of(read_int))
    assert read([[1], [], [2, 3]]) == [[1], [], [2, 3]]
    with pytest.raises(DecodeError) as caught:
        read([[1], [2, "3"]])
    assert str(caught.value) == "[1][1]: expected an integer of 64 bits, found a string"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2016-12-31T23:59:60Z", dt.datetime(2017, 1, 1, tzinfo=UTC)),
        ("2016-12-31t23:59:60.5z", dt.datetime(2017, 1, 1, 0, 0, 0, 500_000, tzinfo=UTC)),
        ("2016-12-31 23:59:60.9999999", dt.datetime(2017, 1, 1, 0, 0, 1, tzinfo=UTC)),
        ("2017-01-01T05:29:60+05:30", dt.datetime(2017, 1, 1, 5, 30, tzinfo=zone(5.5))),
    ],
)
def test_a_leap_second_is_the_one_after_it(text: str, moment: dt.datetime) -> None:
    assert read_date_time(text) == moment
    assert read_date_time(text).utcoffset() == moment.utcoffset()


@pytest.mark.parametrize(
    "text", ["2016-12-31T12:00:60Z", "2016-12-31T23:59:61Z", "2016-12-31T23:59:60+01:00", "9999-12-31T23:59:60Z"]
)
def test_a_second_that_never_was_is_refused(text: str) -> None:
    with pytest.raises(DecodeError) as caught:
        read_date_time(text)
    assert caught.value.__context__ is None


def test_a_union_takes_the_first_that_fits() -> None:
    readers = (read_date, read_date_time, read_str)
    assert type(read_union("2026-01-01", *readers)) is dt.date
    assert type(read_union("2026-01-01T00:00:00Z", *readers)) is dt.datetime
    assert read_union("soon", *readers) == "soon"
    assert union_of(*readers)("soon") == "soon"


def test_an_unread_union_names_every_type() -> None:
    with pytest.raises(DecodeError) as caught:
        union_of(read_int, read_str, read_str)([CANARY])
    assert str(caught.value) == "the document: expected an integer of 64 bits or a string, found an array"
    assert caught.value.__context__ is None


def test_a_union_names_what_one_reader_found() -> None:
    with pytest.raises(DecodeError) as caught:
        read_union([1, CANARY], read_str, list_of(read_int))
    assert str(caught.value) == "[1]: expected an integer of 64 bits, found a string"
    assert caught.value.__context__ is None


def test_several_readers_name_the_union() -> None:
    with pytest.raises(DecodeError) as caught:
        read_union([CANARY], read_none, list_of(read_int), list_of(read_bool))
    assert str(caught.value) == "the document: expected what one of 2 schemas describes or null, found an array"


@pytest.mark.parametrize("value", [["a"], [1], [None], 7])
def test_a_union_leaves_no_cycle_behind(value: object) -> None:
    gc.collect()
    gc.disable()
    try:
        with contextlib.suppress(DecodeError):
            read_union(value, list_of(read_int), list_of(read_str))
        with contextlib.suppress(DecodeError):
            read_union(value, read_none, list_of(read_str))
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_boolean_is_no_integer_of_a_union() -> None:
    with pytest.raises(DecodeError, match="found a boolean"):
        read_union(True, read_int, read_str)


def test_a_value_json_has_not_has_no_name() -> None:
    assert mismatch(object(), "a string").found == "something else"
    assert mismatch(b"", "a string").found == "something else"


class Text(str):
    __slots__ = ()


class Whole(int):
    pass


@pytest.mark.parametrize(
    ("read", "value"),
    [(read_str, Text("a")), (read_int, Whole(1)), (read_dict, type("D", (dict,), {})()), (list_of(read_any), (1, 2))],
    ids=["str", "int", "dict", "tuple"],
)
def test_a_subclass_is_no_json_type(read: Callable[[Any], Any], value: object) -> None:
    with pytest.raises(DecodeError):
        read(value)


def test_deep_recursion_is_a_decode_error() -> None:
    def decode(value: list[Any]) -> Any:
        return decode(value)

    with pytest.raises(DecodeError, match="reasonable depth") as caught:
        decoded([], decode)
    assert caught.value.__context__ is None
    assert decoded("a", read_str) == "a"


def test_another_defect_is_not_hidden() -> None:
    def decode(_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        decoded(1, decode)
