"""Readers: each returns the Python value of a JSON value, or raises DecodeError, which never holds it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from math import isfinite
from typing import Any, TypeVar, TypeVarTuple
from uuid import UUID

from .errors import DecodeError

T = TypeVar("T")
Readers = TypeVarTuple("Readers")

INT64_MIN = -(2**63)
INT64_MAX = 2**63 - 1
MAX_DEPTH = 64
"""Depth of arrays and objects within each other in a value of unknown type."""
MAX_NESTING = 32
"""How many models may lie within each other where a model can contain itself. The field's own documents have two."""

_JSON_TYPES: dict[type, str] = {
    type(None): "nothing",
    bool: "a boolean",
    int: "an integer",
    float: "a number",
    str: "a string",
    list: "an array",
    dict: "an object",
}
_CONTAINERS: frozenset[type] = frozenset({list, dict})
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)").fullmatch
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}").fullmatch
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}").fullmatch


def mismatch(value: Any, expected: str) -> DecodeError:
    """Return the error for an unexpected value."""
    return DecodeError(expected, _JSON_TYPES.get(value.__class__, "something else"))


def place(name: str) -> str:
    """Return a name that the server chose, as a path shows it: ``?`` if it does not look like a name."""
    return name if _NAME(name) else "?"


def _is_shallow(value: Any) -> bool:
    """Whether a JSON value can be compared, copied and pickled without an end to the stack."""
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH + 1):
        in_arrays = [inner for each in level if each.__class__ is list for inner in each]
        in_objects = [inner for each in level if each.__class__ is dict for inner in each.values()]
        level = in_arrays + in_objects
        if not level:
            return True
    return False


def read_any(value: Any) -> Any:
    """Read any JSON value of reasonable depth, as it is."""
    if value.__class__ in _CONTAINERS and not _is_shallow(value):
        raise DecodeError(f"at most {MAX_DEPTH} arrays and objects within each other", "more of them")
    return value


def unknown_properties(source: dict[str, Any], names: dict[str, str]) -> dict[str, Any] | None:
    """Return the properties of an object that have none of these names, or None if there are none."""
    unknown: dict[str, Any] = {}
    for name, value in source.items():
        if name not in names:
            try:
                unknown[name] = read_any(value)
            except DecodeError as error:
                raise error.inside(place(name)) from None
    return unknown or None


def lenient_properties(unknown: dict[str, Any]) -> dict[str, Any] | None:
    """Return the properties that a lenient model could not read. One that is nested too deeply is None."""
    return {name: value if _is_shallow(value) else None for name, value in unknown.items()} or None


def read_none(value: Any) -> Any:
    """Read null."""
    if value is not None:
        raise mismatch(value, "null")
    return None


def read_str(value: Any) -> str:
    """Read a string."""
    if type(value) is not str:
        raise mismatch(value, "a string")
    return value


def read_bytes(value: Any) -> bytes:
    """Refuse a value: bytes stand in forms, and JSON has none."""
    raise mismatch(value, "a form, since JSON has no bytes")


def read_int(value: Any) -> int:
    """Read an integer of 64 bits; a boolean is none."""
    if type(value) is not int or not INT64_MIN <= value <= INT64_MAX:
        raise mismatch(value, "an integer of 64 bits")
    return value


def read_bool(value: Any) -> bool:
    """Read a boolean."""
    if type(value) is not bool:
        raise mismatch(value, "a boolean")
    return value


def read_float(value: Any) -> float:
    """Read a finite number; a boolean is none."""
    if type(value) is float:
        if isfinite(value):
            return value
    elif type(value) is int:
        try:
            return float(value)
        except OverflowError:
            pass
    raise mismatch(value, "a finite number")


def read_decimal(value: Any) -> Decimal:
    """Read a decimal number from a string, with every digit it has."""
    if type(value) is str:
        # The pattern takes three times as long as the number itself, and most amounts are digits and one point.
        digits = value.replace(".", "", 1)
        if (digits.isdecimal() and digits.isascii()) or _DECIMAL(value) is not None:
            return Decimal(value)
    raise mismatch(value, "a decimal number in a string")


def read_uuid(value: Any) -> UUID:
    """Read an RFC 4122 UUID."""
    if type(value) is not str or _UUID(value) is None:
        raise mismatch(value, "a UUID in a string")
    return UUID(value)


def read_dict(value: Any) -> dict[str, Any]:
    """Read an object, without looking into it."""
    if type(value) is not dict:
        raise mismatch(value, "an object")
    return value  # pyright: ignore[reportUnknownVariableType] # JSON: the keys are strings


def read_list(value: Any, read: Callable[[Any], T]) -> list[T]:
    """Read an array, item by item."""
    if type(value) is not list:
        raise mismatch(value, "an array")
    items: list[T] = []
    try:
        for item in value:  # pyright: ignore[reportUnknownVariableType] # JSON: read() looks at it
            items.append(read(item))  # noqa: PERF401 # len(items) is the index of the item that failed
    except DecodeError as error:
        raise error.inside(len(items)) from None
    return items


def drained(items: list[T]) -> Iterator[T]:
    """Iterate over a list that is not needed afterwards, and free each item when it has been read."""
    items.reverse()
    while items:
        yield items.pop()


def list_of(read: Callable[[Any], T]) -> Callable[[Any], list[T]]:
    """Return a reader of arrays, for arrays in arrays."""
    return lambda value: read_list(value, read)


def read_union(value: Any, *readers: Callable[[Any], Any]) -> Any:
    """Read a value with the first reader that accepts it. If only one reader got inside it, its error is raised."""
    refused: list[str] = []
    inside: list[DecodeError] = []
    for read in readers:
        try:
            return read(value)
        except DecodeError as error:
            if error.path:
                inside.append(error.with_traceback(None))  # which holds this frame, and so itself
            elif error.expected not in refused:
                refused.append(error.expected)
    if len(inside) == 1:
        raise inside.pop()
    if inside:
        refused.insert(0, f"what one of {len(inside)} schemas describes")
    raise mismatch(value, " or ".join(refused))


def union_of(*readers: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a reader of unions, for unions in arrays."""
    return lambda value: read_union(value, *readers)


def by_kind(
    name: str, readers: Mapping[str, Callable[[Any], Any]], otherwise: Callable[[Any], Any]
) -> Callable[[Any], Any]:
    """Return a reader of objects of which a property says by which reader they are read.

    Args:
        name: Name of the property.
        readers: The reader, by the value of the property.
        otherwise: Reads objects of which the property has any other value.
    """

    def read(value: Any) -> Any:
        kind = read_dict(value).get(name)
        return readers.get(kind, otherwise)(value) if type(kind) is str else otherwise(value)

    return read


class _Nesting(threading.local):
    depth = 0


_nesting = _Nesting()


def nested(read: Callable[[Any, *Readers], T], value: Any, *readers: *Readers) -> T:
    """Read a value in which the model that holds it may come again, up to a depth.

    Without a bound, the result could be too deep to be compared, shown or pickled.

    Args:
        read: Reads the value.
        value: The value.
        readers: What ``read`` reads the inner values with, where there are some.

    Raises:
        DecodeError: It lies too deep, or is not what the specification says.
    """
    depth = _nesting.depth
    if depth >= MAX_NESTING:
        raise DecodeError(f"at most {MAX_NESTING} models within each other", "one that lies deeper")
    _nesting.depth = depth + 1
    try:
        return read(value, *readers)
    finally:
        _nesting.depth = depth


def decoded(value: Any, decode: Callable[[Any], T]) -> T:
    """Return what a JSON value decodes to.

    Raises:
        DecodeError: The value is not what the specification says, or is nested too deeply.
    """
    try:
        return decode(value)
    except RecursionError:
        pass
    raise DecodeError("a document of reasonable depth", "one that is nested too deeply")
