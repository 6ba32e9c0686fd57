# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Reading and writing JSON values: what every model is made of.

A reader takes a JSON value and returns the Python one, or raises DecodeError, which never holds the value.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from math import isfinite
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from .errors import ArgumentError, DecodeError

T = TypeVar("T")

_JSON_TYPES: dict[type, str] = {
    type(None): "nothing",
    bool: "a boolean",
    int: "an integer",
    float: "a number",
    str: "a string",
    list: "an array",
    dict: "an object",
}
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)").fullmatch
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?"
).fullmatch
_parse_date_time = datetime.datetime.fromisoformat
_UTC = datetime.UTC


def mismatch(value: Any, expected: str) -> DecodeError:
    """Return the error for a value that is not what was expected."""
    return DecodeError(expected, _JSON_TYPES.get(value.__class__, "something else"))


def read_any(value: Any) -> Any:
    """Read any JSON value, as it is."""
    return value


def read_none(value: Any) -> None:
    """Read null."""
    if value is not None:
        raise mismatch(value, "null")


def read_str(value: Any) -> str:
    """Read a string."""
    if type(value) is not str:
        raise mismatch(value, "a string")
    return value


def read_int(value: Any) -> int:
    """Read an integer; a boolean is none."""
    if type(value) is not int:
        raise mismatch(value, "an integer")
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
    if type(value) is not str or _DECIMAL(value) is None:
        raise mismatch(value, "a decimal number in a string")
    return Decimal(value)


def read_date(value: Any) -> datetime.date:
    """Read an ISO 8601 date."""
    if type(value) is str and _DATE(value) is not None:
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise mismatch(value, "an ISO 8601 date in a string")


def read_date_time(value: Any) -> datetime.datetime:
    """Read an ISO 8601 date and time. It is aware: without an offset it is taken as UTC."""
    if type(value) is str and _DATE_TIME(value) is not None:
        try:
            moment = _parse_date_time(value.upper())
        except ValueError:
            pass
        else:
            return moment if moment.tzinfo is not None else moment.replace(tzinfo=_UTC)
    raise mismatch(value, "an ISO 8601 date and time in a string")


def read_uuid(value: Any) -> UUID:
    """Read an RFC 4122 UUID."""
    if type(value) is str:
        try:
            return UUID(value)
        except ValueError:
            pass
    raise mismatch(value, "a UUID in a string")


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


def list_of(read: Callable[[Any], T]) -> Callable[[Any], list[T]]:
    """Return a reader of arrays, for arrays in arrays."""
    return lambda value: read_list(value, read)


def read_union(value: Any, expected: str, *readers: Callable[[Any], Any]) -> Any:
    """Read a value with the first reader that takes it."""
    for read in readers:
        try:
            return read(value)
        except DecodeError:
            continue
    raise mismatch(value, expected)


def union_of(expected: str, *readers: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a reader of unions, for unions in arrays."""
    return lambda value: read_union(value, expected, *readers)


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


def write_date_time(value: Any, argument: str) -> str:
    """Return an aware datetime in RFC 3339.

    Raises:
        ArgumentError: It is no datetime, or has no offset: a moment without one can't be told.
    """
    if not isinstance(value, datetime.datetime):
        raise ArgumentError(argument, "must be a datetime")
    offset = value.utcoffset()
    if offset is None:
        raise ArgumentError(argument, "must be an aware datetime: give it a tzinfo, such as datetime.UTC")
    if offset.seconds % 60 or offset.microseconds:
        value = value.astimezone(_UTC)  # RFC 3339 has no offset in seconds
    text = value.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def write_date(value: Any, argument: str) -> str:
    """Return a date in ISO 8601.

    Raises:
        ArgumentError: It is no date.
    """
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise ArgumentError(argument, "must be a date")
    return value.isoformat()


def write_decimal(value: Any, argument: str) -> str:
    """Return a decimal number with every digit it has, without an exponent.

    Raises:
        ArgumentError: It is no finite Decimal.
    """
    if not isinstance(value, Decimal) or not value.is_finite():
        raise ArgumentError(argument, "must be a finite Decimal")
    return f"{value:f}"


def write_any(value: Any, argument: str) -> Any:
    """Return the JSON value of a value whose type is one of several."""
    if isinstance(value, datetime.datetime):
        return write_date_time(value, argument)
    if isinstance(value, datetime.date):
        return write_date(value, argument)
    if isinstance(value, Decimal):
        return write_decimal(value, argument)
    if isinstance(value, UUID | OpenStr):
        return str(value)
    if isinstance(value, OpenInt):
        return int(value)
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, list):
        return [write_any(item, argument) for item in value]  # pyright: ignore[reportUnknownVariableType]
    return value


def masked(value: object) -> str:
    """Return what a repr shows of a personal value: whether there is one, and no more."""
    return "None" if value is None else "***"


def masked_properties(value: dict[str, Any]) -> str:
    """Return what a repr shows of properties that the specification does not know: how many, and no more."""
    return f"<{len(value)} unknown>" if value else "{}"


class OpenStr(str):
    """A string of which some values are known by name.

    A value that the specification does not know is no error: it is kept as it is, and ``is_known`` is False. Known
    values are the same object wherever they are made, so ``is``, ``==``, ``match`` and ``dict`` look-ups all work.
    """

    __slots__ = ()
    _known: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls, *, known: dict[str, str]) -> None:
        cls._known = {}
        for name, value in known.items():
            member = str.__new__(cls, value)
            cls._known[value] = member
            setattr(cls, name, member)

    def __new__(cls, value: str) -> Self:
        """Return the known value, or a new unknown one."""
        member: Self | None = cls._known.get(value)
        return str.__new__(cls, value) if member is None else member

    @classmethod
    def read(cls, value: Any) -> Self:
        """Read a value from JSON; any string will do.

        Raises:
            DecodeError: It is no string.
        """
        if type(value) is not str:
            raise mismatch(value, "a string")
        member: Self | None = cls._known.get(value)
        return str.__new__(cls, value) if member is None else member

    @classmethod
    def known(cls) -> Iterator[Self]:
        """Iterate over the values that the specification knows, in its order."""
        return iter(cls._known.values())

    @property
    def value(self) -> str:
        """The value as a plain string."""
        return str(self)

    @property
    def is_known(self) -> bool:
        """Whether the specification knows this value."""
        return self in self._known

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r}{'' if self.is_known else ', unknown'})"


class OpenInt(int):
    """An integer of which some values are known by name. See OpenStr."""

    __slots__ = ()
    _known: ClassVar[dict[int, Any]] = {}

    def __init_subclass__(cls, *, known: dict[str, int]) -> None:
        cls._known = {}
        for name, value in known.items():
            member = int.__new__(cls, value)
            cls._known[value] = member
            setattr(cls, name, member)

    def __new__(cls, value: int) -> Self:
        """Return the known value, or a new unknown one."""
        member: Self | None = cls._known.get(value)
        return int.__new__(cls, value) if member is None else member

    @classmethod
    def read(cls, value: Any) -> Self:
        """Read a value from JSON; any integer will do.

        Raises:
            DecodeError: It is no integer.
        """
        if type(value) is not int:
            raise mismatch(value, "an integer")
        return cls(value)

    @classmethod
    def known(cls) -> Iterator[Self]:
        """Iterate over the values that the specification knows, in its order."""
        return iter(cls._known.values())

    @property
    def value(self) -> int:
        """The value as a plain integer."""
        return int(self)

    @property
    def is_known(self) -> bool:
        """Whether the specification knows this value."""
        return self in self._known

    def __repr__(self) -> str:
        return f"{type(self).__name__}({int(self)!r}{'' if self.is_known else ', unknown'})"
