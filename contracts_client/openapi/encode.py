"""Encoders from Python values to JSON values, and checks of the values of a model to send."""

from __future__ import annotations

import datetime as dt
import json
import operator
from collections.abc import Callable
from decimal import Decimal
from math import isfinite
from typing import Any, SupportsIndex, cast
from uuid import UUID

from .dates import write_date, write_date_time
from .decode import INT64_MAX, INT64_MIN
from .enums import OpenInt, OpenStr
from .errors import ArgumentError


def write_decimal(value: Any, argument: str) -> str:
    """Return a decimal number with every digit it has, without an exponent.

    Raises:
        ArgumentError: It is no finite Decimal.
    """
    if not isinstance(value, Decimal) or not value.is_finite():
        raise ArgumentError(argument, "must be a finite Decimal")
    return f"{value:f}"


_WRITERS: tuple[tuple[type, Callable[[Any, str], Any]], ...] = (
    (dt.datetime, write_date_time),  # before date, since every datetime is one
    (dt.date, write_date),
    (Decimal, write_decimal),
    (UUID, lambda value, _: str(value)),
    (OpenStr, lambda value, _: str(value)),
    (OpenInt, lambda value, _: int(value)),
)


def write_any(value: Any, argument: str) -> Any:
    """Return the JSON value of a value whose type is one of several."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, list):
        return [write_any(item, argument) for item in value]  # pyright: ignore[reportUnknownVariableType]
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value, argument)
    return value


def as_int(value: object) -> int | None:
    """Return an integer, also one of numpy or of another type with ``__index__``, or None. A boolean is none."""
    if type(value) is int:
        return value
    if as_bool(value) is None and hasattr(value, "__index__"):
        try:
            return operator.index(cast("SupportsIndex", value))
        except TypeError:  # an array has it too
            return None
    return None


def as_bool(value: object) -> bool | None:
    """Return a boolean, also one of numpy, or None."""
    if isinstance(value, bool):
        return value
    return bool(value) if str(getattr(value, "dtype", "")) == "bool" and getattr(value, "shape", None) == () else None


def plain(value: Any) -> Any:
    """Return an integer of another type as an int, and any other value as it is."""
    found = as_int(value)
    return value if found is None else found


def plain_number(value: object) -> int:
    """Return an integer or a boolean of another type as one of Python's.

    Raises:
        TypeError: It is neither.
    """
    found: int | None = as_bool(value)
    if found is None:
        found = as_int(value)
    if found is None:
        raise TypeError
    return found


def require(argument: str, value: Any, kind: type) -> None:
    """Check that a value is of a type; a boolean is no integer, and an integer has 64 bits.

    Raises:
        ArgumentError: It is of another. The message names the type, never the value.
    """
    number = as_int(value) if kind is int else None
    if number is None and (kind is int or not isinstance(value, kind)):
        raise ArgumentError(argument, f"must be of type {kind.__name__}")
    if number is not None and not INT64_MIN <= number <= INT64_MAX:
        raise ArgumentError(argument, "must be an integer of 64 bits")


def require_number(argument: str, value: Any) -> None:
    """Check that a value is a finite number. An integer is one, as it is to type checkers; a boolean is none.

    Raises:
        ArgumentError: It is not.
    """
    try:
        if isinstance(value, float | int) and not isinstance(value, bool) and isfinite(value):
            return
    except OverflowError:
        pass
    raise ArgumentError(argument, "must be a finite number")


def require_json(argument: str, value: Any) -> None:
    """Check that a value is one that JSON can hold.

    Raises:
        ArgumentError: It is not.
    """
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        pass  # these quote the value
    else:
        return
    raise ArgumentError(argument, "must be a value that JSON can hold")


def require_any_of(argument: str, value: Any, kinds: str, *checks: Callable[[str, Any], object]) -> None:
    """Check that a value passes one of several checks.

    Raises:
        ArgumentError: It does not.
    """
    for check in checks:
        try:
            check(argument, value)
        except ArgumentError:
            continue
        return
    raise ArgumentError(argument, f"must be of type {kinds}")


def require_list(argument: str, value: Any, check: Callable[[str, Any], object]) -> None:
    """Check that a value is a list, and every item of it.

    Raises:
        ArgumentError: It is not, or an item is not what it should be.
    """
    require(argument, value, list)
    for index, item in enumerate(value):
        check(f"{argument}[{index}]", item)
